"""The public raw tables that travel in the wheel, for analysts away from any project.

They are copied once into the user's cache and built there; a new version, or other tables, have a folder
of their own. In a checkout nothing is packaged: there the project is at hand.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from ennum_stats.project import Project

_PACKAGED = Path(__file__).parent / "data" / "raw"


def has_packaged_tables() -> bool:
    """Whether the package brings raw tables along: in a wheel it does."""
    return _PACKAGED.is_dir()


def packaged_project() -> Project:
    """A project in the user's cache with the packaged tables; copied there the first time."""
    target = cache_folder() / _fingerprint(_PACKAGED)
    if not target.is_dir():
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        shutil.copytree(_PACKAGED, beside / "data" / "raw")
        try:
            beside.replace(target)
        except OSError:  # another process was faster: its copy is the same
            shutil.rmtree(beside, ignore_errors=True)
    return Project(target)


def cache_folder() -> Path:
    """Where this system keeps what a program can make again; `ENNUM_CACHE` names another place."""
    told = os.environ.get("ENNUM_CACHE")
    if told:
        return Path(told)
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "ennum-stats"


def _fingerprint(packaged: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(packaged.rglob("*.csv")):
        digest.update(path.relative_to(packaged).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
