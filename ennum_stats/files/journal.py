"""Several files of a folder changed as one, by one writer at a time, whatever is killed in the middle.

The journal is one hidden file of the folder, and exists only while something is written. The process that
writes keeps it locked, and the system lets go of a lock when its process ends: so a journal that nobody has
locked tells of a writer that died, and `settle` finishes what it began, or undoes it.

What is new is made beside its place and synced first; only then are names exchanged. Each line of the
journal stands there before what it tells of is done: who writes, then what a change makes of which file. A
change of which everything is there is finished; of any other no name was exchanged yet, and what it made is
deleted. Nothing here knows what is in the files.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import BinaryIO

from ennum_stats.errors import EnnumError, OutputInUse, message
from ennum_stats.files.boundary import require_file, system_fault
from ennum_stats.files.leavings import place_beside, seen_from
from ennum_stats.files.system import is_at, lock, sync, sync_folder

JOURNAL = ".journal"
PATIENCE_S = 4.0
"""How long one who would write waits for another: longer than almost every change takes."""
_PAUSE_S = 0.05
_writing: set[Path] = set()
"""The folders that this process writes to: what it reads of them meanwhile does not wait for itself."""


class FolderInUse(EnnumError, PermissionError):
    """Tell of a folder that another process writes to."""

    __str__ = EnnumError.__str__


@dataclass(frozen=True)
class _Change:
    """Hold one file of a change: its name in the folder, the name under which its new content waits, and the hash
    of that (none: the file is deleted)."""

    name: str
    made: str
    sha256: str | None

    def is_there(self, folder: Path) -> bool:
        """Tell whether the new content waits, or has its place already."""
        return self.sha256 is None or any(
            _hash(folder / name) == self.sha256 for name in (self.made, self.name)
        )

    def exchange(self, folder: Path) -> None:
        """Give the new content its place, unless it has it."""
        if self.sha256 is None:
            (folder / self.name).unlink(missing_ok=True)
        elif (folder / self.made).exists():
            (folder / self.made).replace(folder / self.name)


@dataclass
class Journal:
    """Hold the right to change the files of a folder, as `writing` gives it."""

    folder: Path
    file: BinaryIO
    _changes: int = 0

    def write_all(self, files: Mapping[str, bytes | None]) -> None:
        """Write all files, by name in the folder, or none; those without content are deleted. Where one
        cannot be replaced, the others are put back.

        Raises `OutputInUse` with the file that failed.
        """
        before = {name: _content(self.folder / name) for name in files}
        with _explained_faults(self.folder):
            changes = self._prepared(files)
            try:
                _finish(self.folder, changes)
            except OSError:
                done = {n: old for n, old in before.items() if _content(self.folder / n) != old}
                _finish(self.folder, self._prepared(done))
                raise

    def _prepared(self, files: Mapping[str, bytes | None]) -> list[_Change]:
        """Make the new content of files beside their places; where that fails, nothing of it stays."""
        self._changes += 1
        changes = []
        for name, data in files.items():
            temporary = place_beside(self.folder / name).relative_to(self.folder).as_posix()
            digest = None if data is None else hashlib.sha256(data).hexdigest()
            changes.append(_Change(name, f"{temporary}.change-{self._changes}", digest))
        self.note({"changes": [asdict(change) for change in changes]})
        try:
            for change, data in zip(changes, files.values(), strict=True):
                (self.folder / change.name).parent.mkdir(parents=True, exist_ok=True)
                if data is not None:
                    _write_synced(self.folder / change.made, data)
            _sync_places(self.folder, changes)
        except OSError:
            self._clear(changes)
            raise
        return changes

    def note(self, record: Mapping[str, object]) -> None:
        """Add a line to the journal, for good before anything it tells of is done."""
        self.file.seek(0, os.SEEK_END)
        self.file.write(json.dumps(record).encode() + b"\n")
        sync(self.file)

    def settle(self) -> None:
        """Finish the last change of which everything is there, or else undo them all; nothing of them is
        left beside its place."""
        noted = _read_changes(self.file)
        for changes in reversed(noted):
            if all(change.is_there(self.folder) for change in changes):
                _finish(self.folder, changes)
                break
        for changes in noted:
            self._clear(changes)

    def _clear(self, changes: list[_Change]) -> None:
        for change in changes:
            (self.folder / change.made).unlink(missing_ok=True)


@contextmanager
def writing(folder: Path, patience: float | None = None) -> Iterator[Journal]:
    """Be the one writer of a folder; what an earlier one left half done is finished or undone first.

    Raises `FolderInUse` where another writes for longer than `patience` (seconds; `PATIENCE_S` unless told),
    `OutputInUse` where nothing may be written.
    """
    with _explained_faults(folder):
        journal = Journal(folder, _locked(folder, patience))
    _writing.add(folder.resolve())
    try:
        with _explained_faults(folder):
            journal.settle()
            journal.file.truncate(0)
            journal.note({"by": _writer(), "since": datetime.now().astimezone().isoformat()})
            sync_folder(folder)
        try:
            yield journal
        finally:
            with suppress(OSError):  # what cannot be undone now is by the next command
                journal.settle()
                _remove(journal)
    finally:
        _writing.discard(folder.resolve())
        journal.file.close()


def settle(folder: Path, patience: float | None = None) -> None:
    """Wait for who writes to a folder; finish or undo what a dead writer left half done.

    Raises what `writing` raises. Where nothing is being written this only looks for a file.
    """
    until = _until(patience)
    while (folder / JOURNAL).exists() and folder.resolve() not in _writing:
        try:
            with writing(folder, patience):
                return
        except OutputInUse:  # who may only read waits for who writes
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE_S)


def _finish(folder: Path, changes: list[_Change]) -> None:
    for change in changes:
        change.exchange(folder)
    _sync_places(folder, changes)


def _sync_places(folder: Path, changes: list[_Change]) -> None:
    for place in {(folder / change.name).parent for change in changes}:
        sync_folder(place)


def _read_changes(file: BinaryIO) -> list[list[_Change]]:
    """Read the changes of a journal; a line that was not written to its end tells of nothing done."""
    file.seek(0)
    records = []
    for line in file.read().splitlines():
        with suppress(ValueError):
            records.append(json.loads(line))
    return [[_Change(**change) for change in record["changes"]] for record in records if "changes" in record]


# --- the lock ---------------------------------------------------------------------------------------


def _locked(folder: Path, patience: float | None) -> BinaryIO:
    """Open the journal of a folder, locked. One that its writer removed meanwhile is none any more."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / JOURNAL
    until = _until(patience)
    while True:
        with suppress(FileNotFoundError):
            require_file(path)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        is_mine = lock(file.fileno())
        if is_mine and is_at(file.fileno(), path):
            return file
        who = {} if is_mine else _who(file)
        file.close()
        if time.monotonic() > until:
            raise _in_use(folder, who)
        time.sleep(_PAUSE_S)


def _until(patience: float | None) -> float:
    return time.monotonic() + (PATIENCE_S if patience is None else patience)


def _remove(journal: Journal) -> None:
    """Delete the journal while it is locked, so that nobody takes it for that of a dead writer. Windows keeps
    it while anybody has it open: then it is theirs."""
    if sys.platform == "win32":
        journal.file.close()
    (journal.folder / JOURNAL).unlink()
    sync_folder(journal.folder)


def _writer() -> str:
    try:
        user = getuser()
    except (OSError, KeyError, ImportError):  # a system that knows no users
        user = "?"
    return f"{user}@{platform.node()} ({os.getpid()})"


def _who(file: BinaryIO) -> Mapping[str, str]:
    """Read who writes, from the first line of a journal; nobody where it is not there yet."""
    file.seek(0)
    try:
        return dict(json.loads(file.readline()))
    except (ValueError, OSError):
        return {}


def _in_use(folder: Path, who: Mapping[str, str]) -> FolderInUse:
    since = who.get("since")
    return FolderInUse(
        message("{who} has been writing to this folder since {time}.",
                who=who["by"], time=datetime.fromisoformat(since).strftime("%H:%M:%S"))
        if since else message("Another command is writing to this folder."),
        where=str(folder),
        remedy=message("Wait until it is done, then try again."),
    )  # fmt: skip


@contextmanager
def _explained_faults(folder: Path) -> Iterator[None]:
    """Tell a person what the system says where nothing can be written. Raises `OutputInUse`."""
    try:
        yield
    except EnnumError:
        raise
    except OSError as error:
        where = str(seen_from(Path(error.filename or folder)))
        if isinstance(error, PermissionError):  # as Windows says of a file that is open, too
            raise OutputInUse(
                message("The file cannot be written: it is open in another program, or protected."),
                where=where,
                remedy=message(
                    "Nothing was written; close it, or look at the access rights, then try again."
                ),
            ) from error
        known = system_fault(error)
        raise OutputInUse(
            known.found, where=where, expected=message("Nothing was written."), remedy=known.remedy
        ) from error


# --- files ------------------------------------------------------------------------------------------


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _hash(path: Path) -> str | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        sync(file)
