"""Where the files of a new kit go in a folder that people work in: no file of theirs is overwritten, moved or
deleted.

A file is the program's own while it has the bytes that the manifest names and nobody has it open. Every other
one is somebody's, whatever it is called: the new one stands beside it, under a name with the day of the kit.
Files of other languages are nobody's business here.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.files.atomic import swap_folder, write_atomic
from ennum_stats.files.journal import JOURNAL, writing
from ennum_stats.files.office import is_locked
from ennum_stats.kit.manifest import MANIFEST, Manifest, hash_of, sha256
from ennum_stats.languages import listed


@dataclass
class Placement:
    """Hold what is to be written to the folder of a kit, and what its manifest then says."""

    changes: dict[str, bytes | None] = field(default_factory=dict)
    """The new content of files by name; nothing where a file is deleted."""
    files: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)


def placement(
    folder: Path, manifest: Manifest, new: Mapping[str, bytes], languages: Collection[str], day: str
) -> Placement:
    """Find a place for each new file of some languages, and what becomes of those that were there."""
    placement = Placement()
    for name, data in new.items():
        place = _free_place(folder, manifest, name, data, day)
        placement.files[place] = digest = sha256(data)
        if place != name:
            placement.beside[place] = name
        if hash_of(folder / place) != digest:
            placement.changes[place] = data
    for name, digest in manifest.files.items():
        if name in placement.files:
            continue
        if name.split("/")[0] not in languages or _is_held(folder / name, digest):
            placement.files[name] = digest
            if name in manifest.beside and manifest.beside[name] not in new:  # else there is a newer one
                placement.beside[name] = manifest.beside[name]
        elif hash_of(folder / name) == digest:
            placement.changes[name] = None
    if manifest.is_changed:  # somebody's words, which the new manifest would overwrite
        data = (folder / MANIFEST).read_bytes()
        placement.changes[_free_place(folder, manifest, MANIFEST, data, day, at_least=1)] = data
    return placement


def require_kit_folder(target: Path, *, is_ours: bool) -> None:
    """Refuse a folder of something else, unless it is the one of the day (`is_ours`), whose manifest
    somebody deleted."""
    is_kit = target.is_dir() and (
        is_ours or (target / MANIFEST).is_file() or not any(path.name != JOURNAL for path in target.iterdir())
    )
    if target.exists() and not is_kit:
        raise UsageError(
            message("This folder holds something other than a press kit."),
            where=str(target),
            remedy=message("Choose an empty folder, or one that does not exist yet."),
        )


def put_in_place(folder: Path, target: Path, editions: Mapping[str, Mapping[str, object]], day: str) -> None:
    """Put the files of new editions where they belong, all or none, and say so in the manifest."""
    new = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    with writing(target.parent) as journal:  # two at once would not know whose files are whose
        before = Manifest.of(target)
        placed = placement(target, before, new, editions.keys(), day)
        manifest = Manifest({**before.editions, **editions}, placed.files, placed.beside).text()
        if target.exists():
            changes = {f"{target.name}/{name}": data for name, data in placed.changes.items()}
            journal.write_all({**changes, f"{target.name}/{MANIFEST}": manifest.encode()})
        else:
            write_atomic(folder / MANIFEST, manifest.encode())
            swap_folder(folder, target)


def remarks_on(folder: Path, languages: Sequence[str], language: str) -> list[Message]:
    """Tell whoever made a kit which files of theirs stayed and how the new ones are called, what is wrong on pages,
    and which languages were made of other data; `language` is in which they are told."""
    manifest = Manifest.of(folder)
    lines = []
    for ours, place in sorted(manifest.beside.items()):
        names = {"theirs": place, "ours": ours}
        is_own = hash_of(folder / place) == manifest.files.get(place)
        if is_own or is_open(folder / place):
            line = message(
                "“{theirs}” is open or protected, and stays as it is. The new one: “{ours}”.", **names
            )
        else:
            line = message(
                "“{theirs}” was changed by somebody, and stays as it is. The new one: “{ours}”.", **names
            )
        lines.append(line)
    for code in languages:
        for file, text, values in manifest.editions.get(code, {}).get("pages", ()):
            lines.append(message("In “{file}”, {fault}.", file=f"{code}/{file}", fault=Message(text, values)))
    if manifest.editions:
        made_of = [manifest.editions[c].get("content_hash") for c in languages if c in manifest.editions]
        older = [c for c, edition in manifest.editions.items() if edition.get("content_hash") not in made_of]
        if older:
            lines.append(message(
                "Made earlier, of other data: {languages}. To make them again: {options}",
                languages=listed(older, language), options=" ".join(f"--lang {code}" for code in older),
            ))  # fmt: skip
    return lines


def is_open(path: Path) -> bool:
    """Tell whether somebody has a file open, or wants it left alone: Word, Excel, PowerPoint and LibreOffice
    leave a file of their own beside it, Windows lets nobody else write to it, and a file may be read-only."""
    if is_locked(path):
        return True
    try:
        with path.open("r+b"):
            return False
    except PermissionError:
        return True


def _free_place(folder: Path, manifest: Manifest, name: str, data: bytes, day: str, at_least: int = 0) -> str:
    """Name the first place where a file may be written: its own, or one beside it."""
    names = (name_beside(name, day, number) for number in count(at_least))
    return next(n for n in names if _is_free(folder / n, manifest.files.get(n), data))


def name_beside(name: str, day: str, number: int) -> str:
    """Name what stands beside a file: at nought the file itself, then with the day, then counted."""
    path = PurePosixPath(name)
    added = ("", f" ({day})")[number] if number < 2 else f" ({day}, {number})"
    return str(path.with_name(f"{path.stem}{added}{path.suffix}"))


def _is_free(path: Path, digest: str | None, data: bytes) -> bool:
    """Tell whether nothing is lost where this is written: nothing is there, or the same, or what the program
    wrote itself and nobody has open."""
    if not os.path.lexists(path):
        return True
    actual = None if path.is_symlink() else hash_of(path)
    return actual == sha256(data) or (actual is not None and actual == digest and not is_open(path))


def _is_held(path: Path, digest: str) -> bool:
    """Tell whether a file is the program's own and somebody has it open: a later command removes it."""
    return hash_of(path) == digest and (path.is_symlink() or is_open(path))
