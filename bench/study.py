"""The study of a Dash whose first answer is the page, and the Flask pages that it was made beside.

The study is no part of the product: it lies beside the repository and borrows the pages of an earlier commit.
Where either is not there, nothing is measured beside it.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import serving
from bench.timing import ROOT
from dashboards.server import bundle

STUDY = ROOT.parent / "shared" / "prototype" / "dash"
COMMIT = "ad2f26d"
"""The last one with pages drawn by Flask; its README names it."""


@contextmanager
def flask_pages(folder: Path) -> Iterator[int | None]:
    """Serve the pages of that commit; nothing where it is not there."""
    if not checked_out(folder):
        yield None
        return
    with serving.dashboard(folder, code=folder) as (port, _):
        yield port


@contextmanager
def study(folder: Path) -> Iterator[int | None]:
    """Serve the study; nothing where it is not there, or the partial plotly.js was not fetched."""
    if not STUDY.is_dir() or not checked_out(folder) or not _with_packages(folder):
        yield None
        return
    shutil.copytree(STUDY, folder / "dash", dirs_exist_ok=True)
    port, path = serving.free_port(), os.pathsep.join(map(str, (folder, folder / "dash")))
    gunicorn = [sys.executable, "-m", "gunicorn", "-w", str(serving.WORKERS)]
    bound = [*gunicorn, "-b", f"127.0.0.1:{port}", "--timeout", "120", "--preload", "wsgi:server"]
    with serving.running(bound, port, folder, {"PYTHONPATH": path, "MODE": "auto"}):
        yield port


def checked_out(folder: Path) -> bool:
    """Whether the commit is in the folder, with a store of its own."""
    if (folder / "run.py").is_file():
        return True
    packed = subprocess.run(["git", "archive", COMMIT], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode != 0:
        return False
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    build = serving.line("build", folder)
    subprocess.run(build, cwd=folder, check=True, capture_output=True)
    return True


def _with_packages(folder: Path) -> bool:
    """Lay the files of npm that both use where the study looks for them."""
    for name, package in bundle.locked().items():
        kept = bundle.fetched(name)
        if kept is None:
            return False
        place = folder / "npm" / "node_modules" / name
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept, place / package["file"])
    return True
