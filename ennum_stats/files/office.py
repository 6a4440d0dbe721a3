"""Tell from the bytes of an Office file, before anything in it is read, what it may not be; and whether it is
open.

Each reader says in its own words what is wrong; the bounds stand here alone.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_CONTENT = 256 * 1024 * 1024
"""Of a file, unpacked."""
CONTENT_TYPES = "[Content_Types].xml"
_LARGEST_RATIO = 200  # sheets full of repetitions reach about 50
_MOST_PARTS = 5_000
_SMALL_PART = 1024 * 1024
OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROLOG = 65_536
LOCKS = ("~$", ".~lock.")
"""How the names of the files begin that Office and LibreOffice leave beside an open file."""


def is_old_or_locked(path: Path) -> bool:
    """Tell whether a file has a password, or is in the old format of Office: both look alike outside."""
    with path.open("rb") as file:
        return file.read(len(OLD_FORMAT)) == OLD_FORMAT


def is_bomb(parts: Sequence[zipfile.ZipInfo]) -> bool:
    """Tell whether an archive would be far larger, unpacked, than any file that people make."""
    return (
        len(parts) > _MOST_PARTS
        or sum(part.file_size for part in parts) > LARGEST_CONTENT
        or any(
            part.file_size > _SMALL_PART and part.file_size > _LARGEST_RATIO * max(part.compress_size, 1)
            for part in parts
        )
    )


def declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell whether a part declares a document type, as no Office program writes it."""
    if not part.filename.lower().endswith((".xml", ".rels")):
        return False
    with archive.open(part) as content:
        return b"<!DOCTYPE" in content.read(_PROLOG).upper()


def is_locked(path: Path) -> bool:
    """Tell whether a file is open in Office or LibreOffice, or is what they leave beside one.

    Word writes “~$” in the place of the first two letters of a long name, Excel before the whole.
    """
    name = path.name
    locks = (*(f"~${name[cut:]}" for cut in range(3)), f".~lock.{name}#")
    return name.startswith(LOCKS) or any(os.path.lexists(path.with_name(lock)) for lock in locks)
