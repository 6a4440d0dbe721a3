"""Totals at the foot of a list: left out of its rows, and compared with their sum."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from ennum_stats.errors import Message, message
from ennum_stats.imports.columns import Recognised
from ennum_stats.imports.foreign import Cell, FileRefused, ForeignRow
from ennum_stats.imports.names import fold
from ennum_stats.imports.printed import CellRefused, Printed, plain, read_number

_TOTAL = ("total", "totaux", "somme", "total general", "total generaux")
_PART = ("sous total", "sous totaux")


def is_total(row: ForeignRow, table: Recognised, numbers: tuple[str, ...]) -> bool:
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

    def add(self, number: Printed | None) -> None:
        """Counts the number of a row, taken or refused."""
        if number is not None:
            self.sum_ += number.value

    def foot(self, row: ForeignRow, table: Recognised) -> None:
        """Reads a row of totals; a sub-total is only left out."""
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

    def require_matching(self, table: Recognised) -> None:
        """Raises `FileRefused` where the total is not the sum of the rows, all of which could be read."""
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
