"""The journal: who changed the raw tables, when, from which file, and what that changed; and which stores were
published, with how much under embargo, or put back. One entry a change.

An entry is a file of its own in `data/raw/history/`, which git ignores as it does the lists. It is written in the same
step as the tables, all or none, and holds what undoes it: the lines that went and came in each file. No cell that was
refused stands in it, and of the file only its name and hash. A key that is not known here is passed over, so that
later entries may say more. Each entry holds the hash of the one before, and a file beside them that of the last, so
that one which is changed or taken out is missed (`breaks`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from difflib import SequenceMatcher
from fnmatch import fnmatch
from getpass import getuser
from itertools import takewhile
from pathlib import Path
from typing import Any, Self

from ennum_stats.errors import EnnumError, Message, message, unknown_name
from ennum_stats.files.journal import writing
from ennum_stats.project import Project
from ennum_stats.raw.excel_csv import table_bytes
from ennum_stats.raw.kinds import CODES
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.raw.schema import RawTable
from ennum_stats.raw.tables import RAW_TABLE_BY_NAME

FOLDER = "history"
PUBLISH, REPUBLISH = "publish", "republish"
"""The kinds of entries that change no table: a store was published, or an earlier one put in force again."""
WHOLE = message("The journal is whole; entries: {n}.")
_LAST = f"{FOLDER}/last"
"""The file that names the last entry, with its hash."""
COMMAND, PAGE, PYTHON = "command", "page", "python"
"""By what a change was made."""
_AS_IT_IS = "surrogateescape"
"""How bytes stay what they are: a table that French Excel saved may not be UTF-8 before a change."""


class HistoryDamaged(EnnumError, ValueError):
    """Tell of an entry of the history that cannot be read."""


@dataclass(frozen=True)
class Author:
    """Hold who changes something: the name, how it is known (`declared` by who writes, of the account, or of the
    administration's proxy), and by what (a command, the page, Python)."""

    name: str
    known_by: str = "declared"
    way: str = PYTHON

    @classmethod
    def here(cls, name: str = "", way: str = PYTHON) -> Self:
        """Name who declares it, else for whom the program acts, else the account that runs it."""
        if not name and (by := _ACTING_FOR.get()):
            return cls(by.name, by.known_by, by.way)
        if name:
            return cls(name, "declared", way)
        try:
            return cls(getuser(), "account", way)
        except (OSError, KeyError, ImportError):  # a system that knows no users
            return cls("?", "account", way)


_ACTING_FOR: ContextVar[Author | None] = ContextVar("acting_for", default=None)


@contextmanager
def acting_for(author: Author) -> Iterator[None]:
    """Write in the journal, within the block, that it is somebody who does what is done."""
    before = _ACTING_FOR.set(author if author.name else None)
    try:
        yield
    finally:
        _ACTING_FOR.reset(before)


@dataclass(frozen=True)
class ReplacedLines:
    """Hold lines of a file that gave way to others: the number of the first (from 1, as it was before), those that
    went and those that came."""

    line: int
    went: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True)
class FileDifference:
    """Hold what a change did to a raw file (relative to data/raw): hashes of its content before and after, empty where
    there was no file, and the lines replaced."""

    path: str
    before: str
    after: str
    lines: tuple[ReplacedLines, ...]

    def reversed_in(self, data: bytes | None) -> bytes | None:
        """Give the content of the file without the change: byte for byte where nothing changed since, else with its
        lines taken out and put back. Raises `LookupError` where a line that came is not there any more."""
        if _hash(data) == self.after and not self.before:
            return None
        lines = _lines(data)
        is_as_left = _hash(data) == self.after
        for piece in self.lines:
            at = piece.line - 1 if is_as_left else self._place(lines, piece)
            lines[at : at + len(piece.came)] = piece.went
        return "".join(lines).encode(errors=_AS_IT_IS)

    @staticmethod
    def _place(lines: list[str], piece: ReplacedLines) -> int:
        """Find where the lines that came stand now; where none came, the place nearest to that of before."""
        if not piece.came:
            return min(piece.line - 1, len(lines))
        first = piece.came[0]
        for start in (start for start, line in enumerate(lines) if line == first):
            if tuple(lines[start : start + len(piece.came)]) == piece.came:
                return start
        raise LookupError(first)


@dataclass(frozen=True)
class ChangeMade:
    """Hold what a change is, before it is written: what was done (`import winners`, `remove list`, `undo`), the file it
    came from with its SHA-256, what was said beside the file, and the figures that change."""

    kind: str
    names: tuple[str, ...] = ()
    file: str = ""
    sha256: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    known_at: str = ""
    figures: tuple[Mapping[str, Any], ...] = ()
    undoes: str = ""


@dataclass(frozen=True)
class HistoryEntry(ChangeMade):
    """Hold a change that was written: its place among all (clocks are set back), its number, when (UTC), who, what
    it did to each file, and the hash of the entry before (nothing in those of versions that made no chain)."""

    place: int = 0
    number: str = ""
    at: str = ""
    who: str = ""
    known_by: str = ""
    way: str = ""
    files: tuple[FileDifference, ...] = ()
    previous: str = ""

    @property
    def path(self) -> str:
        """Where it stands, relative to data/raw."""
        return f"{FOLDER}/{self.place:06}-{self.at.replace(':', '')[:17]}-{self.number}.json"

    def contents(self) -> dict[str, bytes]:
        """Write it as JSON, and that it is the last one, by path relative to data/raw."""
        content = json.dumps(asdict(self), ensure_ascii=False, indent=1).encode(errors=_AS_IT_IS)
        return {self.path: content, _LAST: f"{Path(self.path).name} {_hash(content)}\n".encode()}

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read an entry. Raises `HistoryDamaged`."""
        try:
            cells = json.loads(path.read_text("utf-8", _AS_IT_IS))
            known = {name: cells[name] for name in (f.name for f in fields(cls)) if name in cells}
            files = tuple(
                FileDifference(
                    file["path"], file["before"], file["after"],
                    tuple(ReplacedLines(p["line"], tuple(p["went"]), tuple(p["came"])) for p in file["lines"]),
                )
                for file in known.pop("files")
            )  # fmt: skip
            return cls(
                **known | {"files": files, "names": tuple(known["names"]), "figures": tuple(known["figures"])}
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise HistoryDamaged(
                message("This entry of the history cannot be read."),
                where=str(path),
                remedy=message("Put it back from a backup; the tables are untouched."),
            ) from error

    def rows(self) -> dict[str, tuple[int, int]]:
        """Count the rows of each table that went and came; those of which cells were filled did both."""
        return counts_of(self.files)


def counts_of(files: Iterable[FileDifference]) -> dict[str, tuple[int, int]]:
    """Count the rows of each table that went and came in files; what is no table has none."""
    counts: dict[str, tuple[int, int]] = {}
    for file in files:
        if (table := table_at(file.path)) is None:
            continue
        for piece in file.lines:
            went, came = counts.get(table.name, (0, 0))
            is_header = piece.line == 1
            counts[table.name] = (
                went + len(piece.went) - (is_header and not file.after),
                came + len(piece.came) - (is_header and not file.before),
            )
    return counts


def entry_of(
    made: ChangeMade, author: Author, raw: Path, contents: Mapping[str, bytes | None]
) -> HistoryEntry:
    """Make the entry of a change that is about to be written: `raw` still holds the files of before."""
    brought = {Path(path).stem: data for path, data in contents.items() if fnmatch(path, f"{FOLDER}/*.json")}
    names = sorted({*brought, *(path.stem for path in (raw / FOLDER).glob("*.json"))})
    before = brought.get(names[-1]) or (raw / FOLDER / f"{names[-1]}.json").read_bytes() if names else b""
    taken = {name.rpartition("-")[2] for name in names}
    number = next(n for n in iter(lambda: secrets.token_hex(2), "") if n not in taken)
    return HistoryEntry(
        **{f.name: getattr(made, f.name) for f in fields(ChangeMade)},
        place=int(names[-1].partition("-")[0]) + 1 if names else 1,
        number=number,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        who=without_persons(author.name),
        known_by=author.known_by,
        way=author.way,
        previous=_hash(before),
        files=tuple(
            difference(path, (raw / path).read_bytes() if (raw / path).is_file() else None, data)
            for path, data in contents.items()
            if table_at(path)
        ),
    )


def difference(path: str, before: bytes | None, after: bytes | None) -> FileDifference:
    """Compare two contents of a raw file, line by line: a row of a table stands on one."""
    old, new = _lines(before), _lines(after)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    rest = min(len(old), len(new)) - same
    ends = zip(old[::-1][:rest], new[::-1][:rest], strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    middles = old[same : len(old) - tail], new[same : len(new) - tail]
    steps = SequenceMatcher(None, *middles, autojunk=False).get_opcodes() if all(middles) else [
        ("replace", 0, len(middles[0]), 0, len(middles[1]))
    ]  # fmt: skip
    lines = tuple(
        ReplacedLines(same + start + 1, tuple(middles[0][start:end]), tuple(middles[1][first:last]))
        for step, start, end, first, last in steps
        if step != "equal" and (end > start or last > first)
    )
    return FileDifference(path, _hash(before), _hash(after), lines)


def _lines(data: bytes | None) -> list[str]:
    return io.StringIO(data.decode(errors=_AS_IT_IS), newline="").readlines() if data else []


def _hash(data: bytes | None) -> str:
    return hashlib.sha256(data).hexdigest() if data is not None else ""


def note(raw: Path, *changes: ChangeMade) -> None:
    """Write entries that change no table. Raises `OutputInUse`."""
    with writing(raw) as journal:
        for change in changes:
            journal.write_all(entry_of(change, Author.here(way=COMMAND), raw, {}).contents())


def breaks(raw: Path) -> Iterator[Message]:
    """Say each place at which the journal is not as it was written: an entry was taken out, changed or put in."""
    place, before, is_chained = 0, _hash(b""), False
    paths = sorted((raw / FOLDER).glob("*.json"))
    for path in paths:
        entry = HistoryEntry.read(path)
        is_chained = is_chained or bool(entry.previous)
        if entry.place != place + 1:
            yield message(
                "Before “{name}” entries are missing: {n}.", name=path.name, n=entry.place - place - 1
            )
        elif is_chained and entry.previous != before:
            yield message("The entry before “{name}” was changed, or is another one.", name=path.name)
        place, before = entry.place, _hash(path.read_bytes())
    last = raw / _LAST
    named = last.read_text("utf-8").split() if last.is_file() else []
    if (is_chained or named) and named != [*(path.name for path in paths[-1:]), before]:
        yield message("The last entry was taken out or changed, or “{name}” was.", name=last.name)


# --- reading it -------------------------------------------------------------------------------------


def entries(project: Project) -> list[HistoryEntry]:
    """Read all changes of a project, the first one first. Raises `HistoryDamaged`."""
    return [HistoryEntry.read(path) for path in sorted((project.raw / FOLDER).glob("*.json"))]


def undone_by(all_: Sequence[HistoryEntry]) -> dict[str, str]:
    """Give for each change that is undone the number of the one that undoes it; an undo may be undone itself."""
    undone: dict[str, str] = {}
    for entry in reversed(all_):
        if entry.undoes and entry.number not in undone:
            undone[entry.undoes] = entry.number
    return undone


def with_number(all_: Sequence[HistoryEntry], number: str) -> HistoryEntry:
    """Find a change by its number. Raises `UnknownName`."""
    known = {entry.number: entry for entry in all_}
    if number not in known:
        raise unknown_name(message("“{code}” is unknown.", code=number), known)
    return known[number]


def resting_on(entry: HistoryEntry, all_: Sequence[HistoryEntry], raw: Path) -> list[HistoryEntry]:
    """Find the later changes, not undone, that changed what a change wrote or whose rows refer to it, the last one
    first: they are to be undone before it."""
    undone = undone_by(all_)
    later = [
        other
        for other in all_[all_.index(entry) + 1 :]
        if other.number not in undone and not (other.undoes and other.undoes in undone)
    ]
    came = {(file.path, line) for file in entry.files for piece in file.lines for line in piece.came}
    keys = {
        (table.name, cells[table.key[0]])
        for table, cells in _rows(entry, raw)
        if len(table.key) == 1
    }  # fmt: skip
    return [
        other
        for other in reversed(later)
        if any((f.path, line) in came for f in other.files for piece in f.lines for line in piece.went)
        or any(named in keys for table, cells in _rows(other, raw) for named in _names(table, cells))
    ]


def _rows(entry: HistoryEntry, raw: Path) -> Iterator[tuple[RawTable, dict[str, str]]]:
    """Give the rows that came by a change, with the columns that their file has now."""
    for file in entry.files:
        table, path = table_at(file.path), raw / file.path
        if table is None or not path.is_file():
            continue
        header = next(csv.reader(io.StringIO(table_bytes(path, table).decode(), newline="")), [])
        lines = [line for piece in file.lines for line in piece.came]
        for cells in csv.reader(lines):
            if cells != header and len(cells) == len(header):
                yield table, dict(zip(header, cells, strict=True))


def _names(table: RawTable, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give what a row refers to: tables and keys."""
    for column in table.columns:
        cell = cells.get(column.name, "")
        for other in filter(None, column.references.split("+")):
            yield from ((other, name) for name in (cell.split() if column.kind is CODES else [cell]) if name)


def table_at(path: str) -> RawTable | None:
    """Give the table that a raw file is of, by its path relative to data/raw; none where it is of none."""
    for table in RAW_TABLE_BY_NAME.values():
        places = [table.path, *([table.embargoed] if table.embargoed else [])]
        if path in places or (table.is_folder and any(path.startswith(f"{place}/") for place in places)):
            return table
    return RAW_TABLE_BY_NAME.get(Path(path).stem)
