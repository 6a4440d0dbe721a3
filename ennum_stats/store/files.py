"""The files of a published store, and whether they still have the bytes with which they were published.

These stand beside the name of the store in the pointer and the history. A process compares them before it
opens a store for the first time, and again where a file was changed: a damaged store is told as such, and
building is the remedy.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ennum_stats.errors import message
from ennum_stats.files.boundary import store_damaged, translated_errors

FILE = "store.duckdb"
"""The name of a store in its folder."""
OF_ANOTHER_VERSION = message("The published store was built by another version.")
_State = tuple[int, int, int, int]
"""What the system says of a file without reading it: a change of any of these is a change of the file."""


def quoted(text: str | Path) -> str:
    """Write a text, or a path, as a text of SQL, whatever signs it has."""
    return "'" + os.fspath(text).replace("'", "''") + "'"


@dataclass(frozen=True)
class RowsGiven:
    """Give the rows of a DataFrame to DuckDB as the stream of Arrow that every library has: of polars it
    would ask for pyarrow, which is as large as all else that a question needs."""

    frame: Any

    def __arrow_c_stream__(self, schema: object = None) -> object:
        """Give the stream."""
        return self.frame.__arrow_c_stream__(schema)


def file_hash(path: Path) -> str:
    """Compute the SHA-256 of the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def require_bytes(path: Path, sha256: str | None) -> None:
    """Raise `StoreDamaged` where a file does not have the bytes with which it was published, or nobody wrote
    down which these are."""
    if sha256 is None:
        raise store_damaged(path, OF_ANOTHER_VERSION)
    with translated_errors(path):
        is_whole = path.is_file() and _hash_of(path, _state_of(path)) == sha256
    if not is_whole:
        raise store_damaged(path, message("The published store is damaged, or gone."))


def are_whole(place: Path, files: Mapping[str, str]) -> bool:
    """Tell whether files of a folder, by name, have the bytes with which they were published."""
    try:
        for name, sha256 in files.items():
            require_bytes(place / name, sha256)
    except OSError:  # which a damaged store is, too
        return False
    return bool(files)


def _state_of(path: Path) -> _State:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


@lru_cache(maxsize=128)
def _hash_of(path: Path, _state: _State) -> str:
    return file_hash(path)
