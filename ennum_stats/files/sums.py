"""Folders that list their own files with their SHA-256: written whole, told from folders of people, and checked.

`sha256sum -c SHA256SUMS` checks one without the program.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ennum_stats.errors import Message, message
from ennum_stats.files.atomic import folder_beside, swap_folder
from ennum_stats.files.boundary import require_file
from ennum_stats.files.journal import JOURNAL, writing
from ennum_stats.files.system import link_or_copy

CHECKSUMS = "SHA256SUMS"
MISSING = message("“{name}” is missing.")
CHANGED = message("“{name}” was changed since it was made.")
NOT_OURS = message("“{name}” is not of the program.")


def with_sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give files by their paths in order, and last the list of them with their hashes."""
    ordered = dict(sorted(files.items()))
    sums = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in ordered.items()]
    return ordered | {CHECKSUMS: "".join(sums).encode()}


def sums_of(folder: Path) -> dict[str, str]:
    """Read which files a folder lists, with their hashes. Raises `OSError`, `UnicodeDecodeError`."""
    return sums_listed(require_file(folder / CHECKSUMS).read_text("utf-8"))


def sums_listed(text: str) -> dict[str, str]:
    """Read the list of files with their hashes."""
    lines = (line.partition("  ") for line in text.splitlines())
    return {name: digest for digest, _, name in lines if name}


def put(folder: Path, files: Mapping[str, bytes], before: Iterable[str]) -> None:
    """Write files in one step in the place of those `before`, with what else people keep in the folder."""
    if not os.access(folder.resolve().parent, os.W_OK) or os.path.ismount(folder):
        # The folder itself must stay: a disk of its own, or in a folder of somebody else.
        with writing(folder) as journal:
            journal.write_all(dict.fromkeys(before) | dict(files))
        return
    ours = {*files, *before}
    with folder_beside(folder) as scratch:
        for name, content in files.items():
            (scratch / name).parent.mkdir(parents=True, exist_ok=True)
            (scratch / name).write_bytes(content)
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_dir() and not path.is_symlink():
                (scratch / name).mkdir(parents=True, exist_ok=True)
            elif name not in ours:
                (scratch / name).parent.mkdir(parents=True, exist_ok=True)
                link_or_copy(path, scratch / name)
        swap_folder(scratch, folder)


def differences_from_sums(
    folder: Path, sums: Mapping[str, str], beside: Iterable[str]
) -> Iterator[tuple[Message, bool]]:
    """Tell each file that is not as it is listed, and whether it misleads: one that is not listed, nor one of those
    `beside` the list, does not."""
    for name, digest in sorted(sums.items()):
        path = folder / name
        if not path.is_file():
            yield Message(MISSING.text, {"name": name}), True
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield Message(CHANGED.text, {"name": name}), True
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in sums and path.name not in (*beside, JOURNAL):
            yield Message(NOT_OURS.text, {"name": name}), False
