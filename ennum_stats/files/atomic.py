"""Writing files and folders whole or not at all, and archives that repeat byte for byte.

What is new is made beside the old under a hidden name of this process, synced, then swapped in, so that no
reader ever sees half of it, or nothing. Nothing here knows what is in the files; `journal` writes several
files as one.
"""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ennum_stats.files.boundary import require_file
from ennum_stats.files.leavings import OLD, owned_file, owned_folder, remove, remove_leavings
from ennum_stats.files.system import exchange, sync, sync_all, sync_folder

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""
_CONTENT_TYPES = "[Content_Types].xml"
"""The list of types of an Office file; some readers want it to be the first entry."""


def write_atomic(path: Path, data: bytes | Path) -> None:
    """Write a file, or copy another one, beside its place and swap it in; its folder is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        require_file(path)  # a folder or a device is none that a file may replace
    remove_leavings(path.parent, path)
    with owned_file(path) as (temporary, file):
        if isinstance(data, Path):
            with data.open("rb") as source:
                shutil.copyfileobj(source, file)
        else:
            file.write(data)
        sync(file)
        if sys.platform == "win32":  # where nothing open can be renamed
            file.close()
        temporary.replace(path)
    sync_folder(path.parent)


@contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """Give an empty folder beside a target, and remove it at the end unless it was moved away.

    What killed processes left there for the same target is removed, or put back where the target is missing.
    """
    place = target.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    remove_leavings(place.parent, place)
    with owned_folder(place) as folder:
        yield folder


def swap_folder(folder: Path, target: Path) -> None:
    """Put a folder in the place of another one, which is gone then; put that back where it fails.

    Both exchange their names in one step where the system can; elsewhere one is renamed after the other.
    """
    place = target.resolve()
    sync_all(folder)
    if not place.exists():
        folder.rename(place)
    elif exchange(folder, place):
        remove(folder)
    else:
        _swap_in_two_steps(folder, place)
    sync_folder(place.parent)


def _swap_in_two_steps(folder: Path, place: Path) -> None:
    old = folder.with_name(folder.name + OLD)
    place.rename(old)
    try:
        folder.rename(place)
    except OSError:
        old.rename(place)
        raise
    remove(old)


def repeatable(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """Rewrite a zip archive so that the same content is the same bytes whenever it is made.

    Names are sorted, times fixed; `changes` are made to the entries of these names.
    """
    edits = changes or {}
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # Unix, on every machine
            content = old.read(name)
            new.writestr(entry, edits[name](content) if name in edits else content)
    return result.getvalue()
