"""How a raw table is declared: kinds of cells, columns and tables. The tables themselves are in `tables` and
`school_tables`.

What is wrong in a raw table, and where, so that an editor can jump to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.languages import translate

LANGUAGE_SUFFIXES = ("fr", "de", "nl", "en")
SOURCE_KINDS = ("official", "parliament_answer", "press", "parliament_question", "political")
STATUSES = (
    "A",
    "B",
    "D",
    "E",
    "F",
    "G",
    "I",
    "K",
    "L",
    "M",
    "N",
    "O",
    "P",
    "Q",
    "S",
    "U",
    "V",
    "W",
)
"""The SDMX code list of observation statuses (CL_OBS_STATUS)."""


class Kind(StrEnum):
    """What a cell holds. A `PERIOD` stays as printed (a day, a month or a year); the first day of a
    `PERIOD_START` and the last of a `PERIOD_END` are what the store keeps."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    PERIOD = "period"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DAY = "day"
    TIME = "time"
    MOMENT = "moment"


@dataclass(frozen=True)
class Column:
    """A column: its name, what its cells hold, and whether a cell may be empty.

    `references` names the table whose key the code must be in, or `codelists.NAME`;
    `choices` is a closed list.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    references: str = ""
    choices: tuple[str, ...] = ()
    non_negative: bool = False
    description: str = ""


@dataclass(frozen=True)
class Table:
    """A raw table: a file, or a folder of files with the same columns.

    An optional table that has no file has no rows.
    """

    name: str
    path: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    description: str
    is_folder: bool = False
    is_optional: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names in the order of the file."""
        return tuple(column.name for column in self.columns)


def names() -> tuple[Column, ...]:
    """The columns of the names in the four languages."""
    return tuple(
        Column(f"name_{suffix}", required=True, description=f"Name ({suffix}).")
        for suffix in LANGUAGE_SUFFIXES
    )


def code(name: str, description: str, references: str = "", required: bool = True) -> Column:
    """A column of codes, filled in."""
    return Column(
        name, Kind.CODE, required=required, references=references, description=description
    )


def optional(name: str, references: str, description: str) -> Column:
    """A column of codes that may be empty."""
    return code(name, description, references, required=False)


@dataclass(frozen=True)
class Finding:
    """One thing wrong: place, what was found, what was expected and what to do."""

    file: str
    line: int
    column: str
    found: Message
    expected: Message
    remedy: Message
    relies_on: frozenset[str] = frozenset()
    """Other tables that it was found with: where one of them could not be read, it says nothing."""

    def words(self, language: str) -> str:
        """`FILE:LINE: COLUMN: …` in the reader's language."""
        place = f"{self.file}:{self.line}: " + (f"{self.column}: " if self.column else "")
        return place + " ".join(
            translate(part, language) for part in (self.found, self.expected, self.remedy)
        )


class RawTablesRefused(EnnumError, ValueError):
    """The raw tables cannot be built from: here is everything that was found in one run."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            message("Findings in the raw tables: {n}.", n=len(findings)),
            remedy=message("Nothing was published; the store in force is untouched."),
        )
        self.findings = findings
