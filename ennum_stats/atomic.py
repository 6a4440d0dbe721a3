"""Writing files and folders whole or not at all, and archives that repeat byte for byte.

What is new is made beside the old under a hidden name of this process, then swapped in, so that no
reader ever sees half of it. Nothing here knows what is in the files; `journal` writes several files as one.
"""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ennum_stats.boundary import require_file

_OLD = ".old"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""
_CONTENT_TYPES = "[Content_Types].xml"
"""The list of types of an Office file; some readers want it to be the first entry."""


def beside(path: Path) -> Path:
    """Name the place where a file or folder is made before it takes its own place."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file beside its place and swap it in; its folder is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        require_file(path)  # a folder or a device is none that a file may replace
    made = beside(path)
    made.write_bytes(data)
    made.replace(path)


@contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """Give an empty folder beside a target, and remove it at the end unless it was moved away.

    Where an earlier process was killed in the middle of `swap_folder`, the old target is put back.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for old in sorted(target.parent.glob(f".{target.name}.*{_OLD}")):
        if not target.exists():
            old.rename(target)
    folder = beside(target)
    _remove(folder)
    folder.mkdir()
    try:
        yield folder
    finally:
        _remove(folder)


def swap_folder(folder: Path, target: Path) -> None:
    """Put a folder in the place of another one, which is gone then; put that back where it fails."""
    old = beside(target).with_name(beside(target).name + _OLD)
    try:
        if target.exists():
            target.rename(old)
        try:
            folder.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    finally:
        _remove(old)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


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
