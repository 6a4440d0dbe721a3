"""How a raw table is declared (columns, tables), and how it is told what is wrong in one (findings).

The tables themselves are declared in `tables` and `school_tables`, the kinds of cells in `kinds`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.raw.kinds import CODE, TEXT, Kind


@dataclass(frozen=True)
class RawColumn:
    """Declare a column: its name, what its cells hold, and whether a cell must be filled in.

    `references` names the tables, joined by "+", whose keys the codes must be in, or `codelists.NAME`;
    `choices` is a closed list; a day that `is_past` cannot be one that is still to come. A column that
    `is_later` came when files of its table were in use already: in a file without it its cells are empty.
    """

    name: str
    kind: Kind = TEXT
    required: bool = False
    references: str = ""
    choices: tuple[str, ...] = ()
    description: str = ""
    is_past: bool = False
    is_later: bool = False


@dataclass(frozen=True)
class RawTable:
    """Declare a raw table: a file, or a folder of files with the same columns.

    An optional table that has no file has no rows. `embargoed` is the file or folder, which git ignores, of
    those of its rows that the public must not see yet.
    """

    name: str
    path: str
    columns: tuple[RawColumn, ...]
    key: tuple[str, ...]
    description: str
    is_folder: bool = False
    is_optional: bool = False
    embargoed: str = ""

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the names in the order of the file."""
        return tuple(column.name for column in self.columns)


def table(
    name: str, description: str, key: tuple[str, ...], *columns: RawColumn, folder: str = "",
    is_optional: bool = False, embargoed: str = "",
) -> RawTable:  # fmt: skip
    """Declare a raw table whose file has its name."""
    return RawTable(
        name, f"{folder}{name}.csv", columns, key, description, is_optional=is_optional, embargoed=embargoed
    )


def names() -> tuple[RawColumn, ...]:
    """Declare the columns of the names in the four languages."""
    return tuple(
        RawColumn(f"name_{language}", required=True, description=f"Name ({language}).")
        for language in LANGUAGES
    )


def code(name: str, description: str, references: str = "", required: bool = True) -> RawColumn:
    """Declare a column of codes that must be filled in."""
    return RawColumn(name, CODE, required=required, references=references, description=description)


def optional(name: str, references: str, description: str) -> RawColumn:
    """Declare a column of codes that may be empty."""
    return code(name, description, references, required=False)


@dataclass(frozen=True)
class Finding:
    """Tell one thing that is wrong: its place, what was found, what was expected and what to do."""

    file: str
    line: int
    column: str
    found: Message
    expected: Message
    remedy: Message
    relies_on: frozenset[str] = frozenset()
    """The other tables that it was found with: it is left out where one of them could not be read."""

    def words(self, language: str) -> str:
        """Write `FILE:LINE: COLUMN: …` in the reader's language, so that an editor can jump there."""
        place = f"{self.file}:{self.line}: " + (f"{self.column}: " if self.column else "")
        return place + " ".join(
            translate(part, language) for part in (self.found, self.expected, self.remedy)
        )


class RawTablesRefused(EnnumError, ValueError):
    """Refuse to build from the raw tables, with everything that was found in one run."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            message("Findings in the raw tables: {n}.", n=len(findings)),
            remedy=message("Nothing was published; the store in force is untouched."),
        )
        self.findings = findings
