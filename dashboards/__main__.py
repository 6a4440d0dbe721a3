"""What is made ahead: `python -m dashboards` fetches and compresses what the browser needs, and reads the
past of the published store for its feeds.

It takes seconds that no reader should wait for. Where there is no npm, or no network, the whole plotly.js of
the `plotly` package does the same as the partial one.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from dashboards.app import create_app
from dashboards.server.bundle import fetched, locked, place_of
from ennum_stats.drawing.web_look import kept
from ennum_stats.project import Project

_SECONDS = 60


def fetch(name: str) -> bool:
    """Gets a package's file by npm, as this machine is set up to, and checks it; whether it is there then."""
    if fetched(name):
        return True
    npm, package = shutil.which("npm"), locked()[name]
    if npm is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        line = [npm, "pack", f"{name}@{package['version']}", "--pack-destination", folder, "--silent"]
        try:
            subprocess.run(line, check=True, capture_output=True, timeout=_SECONDS, cwd=folder)
        except (OSError, subprocess.SubprocessError):
            return False
        packed = next(Path(folder).glob("*.tgz")).read_bytes()
        digest = base64.b64encode(hashlib.sha512(packed).digest()).decode()
        if package["integrity"] != f"sha512-{digest}":
            return False
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            member = archive.extractfile(f"package/{package['file']}")
            content = member.read() if member else b""
    return bool(content) and bool(kept(place_of(name).name, lambda: content))


def main() -> None:
    """Fetches the partial plotly.js, has the application compress its scripts, and keeps the past beside the
    store."""
    parser = ArgumentParser(prog="python -m dashboards")
    parser.add_argument("--root", default=os.environ.get("ENNUM_ROOT"), help="folder of the project")
    project = Project.at(parser.parse_args().root)
    for name in locked():
        if not fetch(name):
            print(f"{name}: npm absent; plotly.js entier / full plotly.js", file=sys.stderr)
    app = create_app(project)
    if edition := app.server.extensions["ennum"].edition():
        edition.keep(edition.news().written())


if __name__ == "__main__":
    main()
