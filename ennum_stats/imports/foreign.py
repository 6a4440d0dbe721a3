"""A foreign file once it is read: sheets of rows of cells, each with what stands in it.

Whatever the file was (XLSX, CSV), the rest of the imports see only this. Nothing is interpreted yet but
what the file itself says: that a cell is a day, a percentage, a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from ennum_stats.errors import EnnumError, Message

Value = str | Decimal | date | time | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its value, or why it has none that can be used (`fault`).

    A number that is shown as a percentage comes as it is shown: 85 for 85 %, with `is_percent`.
    """

    value: Value = None
    is_percent: bool = False
    fault: Message | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.value is None and self.fault is None

    @property
    def shown(self) -> str:
        """What stands in it, for a person who looks for the cell."""
        if self.value is None:
            return ""
        if isinstance(self.value, date):
            return self.value.strftime("%d/%m/%Y")
        if isinstance(self.value, Decimal):
            return f"{self.value:f}".replace(".", ",") + (" %" if self.is_percent else "")
        return str(self.value)


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """A row with anything in it: its number in the file, counted from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, position: int) -> Cell:
        """The cell at a position; an empty one behind the end of the row."""
        return self.cells[position] if position < len(self.cells) else EMPTY


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name (empty for a CSV) and its rows that are not empty."""

    name: str
    rows: tuple[ForeignRow, ...]


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A file that was read: its name, its sheets, and how it was read where that is worth saying."""

    name: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[Message, ...] = ()


class FileRefused(EnnumError, ValueError):
    """A file that is not read at all: what it is, and what to do."""
