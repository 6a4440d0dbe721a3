"""What a process makes beside its place is its own while it lives; of one that was killed, the next command
removes it.

Everything that is not yet whole has a hidden name that `place_beside` gives, and is locked by who makes it: a lock
dies with its process, also in another container, where numbers of processes say nothing. Windows cannot lock
folders; what is a day old there belongs to nobody.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from itertools import chain, count, repeat
from pathlib import Path
from typing import BinaryIO

from ennum_stats.files.system import is_at, lock

OLD = ".old"
"""How the name ends under which a folder waits until the new one has its place."""
_HIDDEN = re.compile(rf"\.(?P<name>.+)\.\d+(?:-\d+)?(?P<old>{re.escape(OLD)})?", re.DOTALL)
_TEMPORARY = "ennum-stats-"
_LONGEST_NAME = 200
"""Bytes of a name that leave room for what is added to it: most systems take 255."""
_A_DAY_S = 86_400


def place_beside(path: Path) -> Path:
    """Name the place where a file or folder is made before it takes its own place."""
    name = path.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:32]
    return path.with_name(f".{name}.{os.getpid()}")


def seen_from(path: Path) -> Path:
    """Name for people the folder in which something is made under hidden names; anything else as it is."""
    hidden = [place for place in (path, *path.parents) if _HIDDEN.fullmatch(place.name)]
    return hidden[-1].parent if hidden else path


@contextmanager
def owned_file(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Give an empty file beside a path that is this process's own, and its place; remove it at the end unless
    it was moved away."""
    owned, descriptor = _owned(_names(path), _opened_file)
    try:
        with os.fdopen(descriptor, "r+b") as file:
            file.truncate(0)
            yield owned, file
    finally:
        remove(owned)


@contextmanager
def owned_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder beside a path that is this process's own, and remove it at the end."""
    with _held(_names(path)) as folder:
        for left in folder.iterdir():
            remove(left)
        yield folder


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder among the system's temporary ones, readable by this user alone, and remove it at
    the end. Nothing under embargo belongs there."""
    _remove_temporary()
    folders = (Path(tempfile.mkdtemp(prefix=prefix)) for prefix in repeat(_TEMPORARY))
    with _held(folders) as folder:
        yield folder


def remove_leavings(folder: Path, of: Path | None = None) -> None:
    """Remove from a folder what processes made beside their places that live no more, and what they left
    among temporary files; with `of`, only what was made for this path. A folder that was moved aside, and
    nothing took its place, is put back.

    What cannot be removed stays: it is for the next command.
    """
    if of is None:
        _remove_temporary()
    wanted = place_beside(of).name.rpartition(".")[0] if of else ""
    with suppress(OSError):
        for path in sorted(folder.glob(f"{escape(wanted)}.*")):
            hidden = _HIDDEN.fullmatch(path.name)
            if hidden and (not wanted or f".{hidden['name']}" == wanted):
                _clear(path, (of or folder / hidden["name"]) if hidden["old"] else None)


def remove(path: Path) -> None:
    """Remove a file or folder, if it is there; what cannot be removed now is by a later command."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _remove_temporary() -> None:
    with suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob(f"{_TEMPORARY}*"):
            _clear(path)


def _names(path: Path) -> Iterator[Path]:
    """Name the places beside a path, one after the other: another thread, or a process of another container
    that has the same number, may be at work at the first."""
    first = place_beside(path)
    return chain([first], (first.with_name(f"{first.name}-{n}") for n in count(2)))


def _owned(places: Iterator[Path], opened: Callable[[Path], int]) -> tuple[Path, int]:
    """Open the first place that nobody has locked, and lock it."""
    while True:
        place = next(places)
        descriptor = opened(place)
        if lock(descriptor) and is_at(descriptor, place):
            return place, descriptor
        os.close(descriptor)


@contextmanager
def _held(places: Iterator[Path]) -> Iterator[Path]:
    """Make the first of some folders that nobody else holds, and remove it at the end."""
    if sys.platform == "win32":
        folder, descriptor = next(places), None
        folder.mkdir(exist_ok=True)
    else:
        folder, descriptor = _owned(places, _opened_folder)
    try:
        yield folder
    finally:
        remove(folder)
        if descriptor is not None:
            os.close(descriptor)


def _opened_file(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)


def _opened_folder(path: Path) -> int:
    path.mkdir(exist_ok=True)
    return os.open(path, os.O_RDONLY)


def _clear(path: Path, place: Path | None = None) -> None:
    """Remove what belongs to no living process, or put it back where its place is empty."""
    with suppress(OSError):
        if sys.platform == "win32":
            if time.time() - path.stat().st_mtime > _A_DAY_S:
                remove(path)
            return
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            if not lock(descriptor) or not is_at(descriptor, path):
                return
            if place is not None and not place.exists():
                path.rename(place)
            else:
                remove(path)
        finally:
            os.close(descriptor)
