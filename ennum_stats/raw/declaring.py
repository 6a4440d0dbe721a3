"""How a raw table is declared: kinds of cells, columns and tables. The tables themselves are in `tables` and
`school_tables`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
