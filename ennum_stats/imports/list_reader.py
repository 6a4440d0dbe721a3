"""A list of schools as its columns and rows, and the totals at its foot, before anything is made of them.

Only the columns of its form are kept, since others may name persons. Telephone numbers, e-mails and words in
the place of a number of a project are masked: what is refused goes back to people, and must tell of none.
Totals are left out of the rows, and compared with their sum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from ennum_stats.errors import Message, message
from ennum_stats.imports.forms import Form
from ennum_stats.imports.header import MatchedTable, recognise
from ennum_stats.imports.number_parser import (
    REACHES_A_PERSON,
    CellRefused,
    ParsedNumber,
    plain,
    read_number,
)
from ennum_stats.imports.spreadsheet import Cell, FileRefused, ForeignFile, ForeignRow
from ennum_stats.imports.spreadsheet_reader import read_file
from ennum_stats.project import Project
from ennum_stats.raw.personal_data import MASK, reaches_person, without_persons
from ennum_stats.typography import fold

_TOTAL = ("total", "totaux", "somme", "total general", "total generaux")
_PART = ("sous total", "sous totaux")


def is_total(row: ForeignRow, table: MatchedTable, numbers: tuple[str, ...]) -> bool:
    """Whether a row is a total or a sub-total: one of its cells says so, and it has the number of no site."""
    names_site = any(re.search(r"\d", table.cell(row, key).shown) for key in numbers)
    return any(says_total(cell) for cell in row.cells) and not names_site


def says_total(cell: Cell) -> bool:
    """Whether a cell names a total or a sub-total."""
    return _word(cell.shown) != ""


def _word(text: str) -> str:
    if text[:1].casefold() not in ("t", "s"):  # nearly every cell: spares its folding
        return ""
    folded = fold(text)
    for part in (*_PART, *_TOTAL):
        if folded == part or folded.startswith(part + " "):
            return part
    return ""


@dataclass
class Totals:
    """The sum of a column so far, and what the foot says of it."""

    key: str
    sum_: Decimal = Decimal(0)
    remarks: list[Message] = field(default_factory=list)
    unread: int = 0
    """Numbers above that could not be read: without them nothing is known of the sum."""
    _told: Decimal | None = None
    _row: int = 0

    def add(self, number: ParsedNumber | None) -> None:
        """Count the number of a row, taken or refused."""
        if number is not None:
            self.sum_ += number.value

    def foot(self, row: ForeignRow, table: MatchedTable) -> None:
        """Read a row of totals; a sub-total is only left out."""
        if any(_word(cell.shown) in _PART for cell in row.cells):
            return
        cell = table.cell(row, self.key)
        if cell.fault is not None:
            self.remarks.append(
                message(
                    "The total in row {row} is a formula: it was not compared.", row=str(row.number)
                )
            )
            return
        if cell.is_empty:
            return
        try:
            self._told, self._row = read_number(cell, self.key).value, row.number
        except CellRefused:
            return

    def require_matching(self, table: MatchedTable) -> None:
        """Raise `FileRefused` where the total is not the sum of the rows, all of which could be read."""
        if self._told is not None and self.unread:
            self.remarks.append(
                message("The total in row {row} was not compared: amounts above it that cannot be read: {n}.",
                        row=str(self._row), n=self.unread)
            )  # fmt: skip
            return
        if self._told is not None and self._told != self.sum_:
            raise FileRefused(
                message("The total in row {row} is {told}, but the rows add up to {sum}.",
                        row=str(self._row), told=_digits(self._told), sum=_digits(self.sum_)),
                where=table.heading(self.key),
                remedy=message("Look for a row that is missing, twice or changed; then import it again."),
            )  # fmt: skip
        if self._told is not None:
            self.remarks.append(
                message("The total at the foot matches: {sum}.", sum=_digits(self.sum_))
            )


def _digits(number: Decimal) -> str:
    return plain(number).replace(".", ",") if number else "0"


_FEWEST_COLUMNS = 2
_LONGEST_LETTERS = 3  # project A and project B, or "bis"
_NO_NUMBER = message("This is no number of a project.")
_FICTITIOUS = fold("données fictives")


def read_list(
    file: Path, project: Project, form: Form, sheet: str = ""
) -> tuple[ForeignFile, MatchedTable]:
    """Read a file, and the table in it that has the columns of the form. Raises `FileRefused`."""
    foreign = read_file(file)
    _require_not_fictitious(foreign, project)
    return foreign, _without_persons(recognise(foreign, form.fields, sheet, _FEWEST_COLUMNS))


def _require_not_fictitious(file: ForeignFile, project: Project) -> None:
    """Invented lists say so in their first rows; they belong to their own project."""
    head = (cell.shown for s in file.sheets for row in s.rows[:5] for cell in row.cells)
    if not project.is_demo and any(_FICTITIOUS in fold(text) for text in head):
        raise FileRefused(
            message("This list is invented (données fictives); this project is real."),
            where=file.name,
            remedy=message("Use the project in which it was invented."),
        )


def _without_persons(table: MatchedTable) -> MatchedTable:
    """Keep the columns of the form alone, since others may name persons, and no telephone
    numbers and e-mails. A total that only another column names stays one."""
    positions = {key: place for place, key in enumerate(table.positions)}
    titles = {key: table.cell(table.header, key).shown for key in table.positions}

    def kept(row: ForeignRow) -> ForeignRow:
        found = {key: table.cell(row, key) for key in table.positions}
        cells = [  # a title is one that the form knows; without it the refused rows could not be read again
            cell if cell.shown == titles[key] else _masked(key, cell) for key, cell in found.items()
        ]
        others = set(range(len(row.cells))) - set(table.positions.values())
        total = next((row.cell(n) for n in sorted(others) if says_total(row.cell(n))), None)
        return replace(row, cells=(*cells, total) if total else tuple(cells))

    return MatchedTable(
        table.sheet, kept(table.header), tuple(kept(row) for row in table.rows), positions,
        tuple(without_persons(title) for title in table.ignored),
    )  # fmt: skip


def _masked(key: str, cell: Cell) -> Cell:
    if key == "project" and len(cell.shown) > _LONGEST_LETTERS and not re.search(r"\d", cell.shown):
        return replace(cell, value=MASK, fault=_NO_NUMBER)
    if isinstance(cell.value, str) and reaches_person(cell.value):
        return replace(cell, value=without_persons(cell.value), fault=REACHES_A_PERSON)
    return cell
