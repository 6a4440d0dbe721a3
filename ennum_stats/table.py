"""A table, whatever shows it: columns with their units, and rows of values or of written cells.

`ValueTable` holds values as they are: charts, files for programs, Excel. `WrittenTable` holds words ready
to be shown: terminal, notebooks, Word, PDF. Renderers stand with their formats; `html` is the one
that belongs to no output of its own. What a spreadsheet program would compute is no text of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Generic, TypeAlias, TypeVar

from ennum_stats.errors import Message, message

FORMULA = "^[=+@\t\r＝＋－＠-]"
"""How a text begins that a spreadsheet program takes for a formula, also in another script."""
_FORMULA = re.compile(FORMULA)
_IS_NUMBER = re.compile(r"[+-]?\d[\d .,\u00a0\u202f]*%?")


def begins_like_formula(text: str) -> bool:
    """Tell whether a text begins as a formula does: no cell that people write may.

    >>> begins_like_formula("=1+1"), begins_like_formula("-5"), begins_like_formula("12 - 5")
    (True, True, False)
    """
    return _FORMULA.match(text) is not None


def formula_words(text: str) -> Message:
    """Say what is wrong with a text that begins as a formula does."""
    return message(
        "“{value}” begins with “{mark}”: Excel would take it for a formula.",
        value=text,
        mark=text[0],
    )


def harmless(text: str) -> str:
    """Put a text that a spreadsheet program would compute behind an apostrophe, as every CSV has it; a number
    is only read.

    >>> harmless("@SUM(A1)"), harmless("-0.5")
    ("'@SUM(A1)", '-0.5')
    """
    is_formula = begins_like_formula(text) and not _IS_NUMBER.fullmatch(text)
    one_row = text.replace(
        "\r", "\n"
    )  # which the csv module puts in quotation marks, as it does not "\r"
    return f"'{one_row}" if is_formula else one_row


Value: TypeAlias = str | Decimal | None
"""A text, a number in the unit of its column, or what is not known."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, the unit of its values where they are numbers, and its share of the width."""

    name: str
    unit: str | None = None
    width: int = 1
    is_number: bool = False
    """Whether its words are numbers, which are set to the right."""


@dataclass(frozen=True)
class Cell:
    """Words in a table; `figure` names the figure that they show, `url` where they lead, `language` that of
    the words where it is not the table's."""

    text: str
    figure: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True)
class Row:
    """A row of words; a group's row is one cell as wide as the table."""

    cells: tuple[Cell, ...]
    is_group: bool = False
    is_total: bool = False


R = TypeVar("R")


@dataclass(frozen=True)
class TableOf(Generic[R]):
    """Columns and rows; the first column names the row."""

    columns: tuple[Column, ...]
    rows: tuple[R, ...]
    caption: str = ""


ValueTable: TypeAlias = TableOf[tuple[Value, ...]]
WrittenTable: TypeAlias = TableOf[Row]


def row(*cells: str | Cell, total: bool = False) -> Row:
    """Make a row of cells; a text becomes a cell."""
    return Row(tuple(c if isinstance(c, Cell) else Cell(c) for c in cells), is_total=total)


def group(heading: str) -> Row:
    """Make a row that heads those below it."""
    return Row((Cell(heading),), is_group=True)


def written_table(
    header: Sequence[str], rows: Iterable[Sequence[str]], caption: str = ""
) -> WrittenTable:
    """Make a table of words from headings and texts."""
    columns = tuple(Column(heading) for heading in header)
    return TableOf(columns, tuple(row(*cells) for cells in rows), caption)


def html(table: WrittenTable) -> str:
    """Write a table as plain HTML, as a notebook shows it."""
    head = "".join(f'<th scope="col">{escape(column.name)}</th>' for column in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell.text)}</td>" for cell in one.cells) + "</tr>"
        for one in table.rows
    )
    return (
        f"<table><caption>{escape(table.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
