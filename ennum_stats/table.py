"""A table of values as they are, for charts, files for programs and Excel: columns with their units, and rows.

Tables of words ready to be shown are blocks of a document (`document.blocks.WrittenTable`). What a spreadsheet
program would compute is no text of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

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
        "“{value}” begins with “{mark}”: Excel would take it for a formula.", value=text, mark=text[0]
    )


def harmless(text: str) -> str:
    """Put a text that a spreadsheet program would compute behind an apostrophe, as every CSV has it; a number
    is only read.

    >>> harmless("@SUM(A1)"), harmless("-0.5")
    ("'@SUM(A1)", '-0.5')
    """
    is_formula = begins_like_formula(text) and not _IS_NUMBER.fullmatch(text)
    one_row = text.replace("\r", "\n")  # which the csv module puts in quotation marks, as it does not "\r"
    return f"'{one_row}" if is_formula else one_row


Value: TypeAlias = str | Decimal | None
"""A text, a number in the unit of its column, or what is not known."""


@dataclass(frozen=True)
class ValueColumn:
    """Hold a column of values: its heading, their unit where they are numbers, what programs call it, and of which
    bounds they are: those are rounded outwards."""

    name: str
    unit: str | None = None
    code: str = ""
    bound: Literal["", "lower", "upper"] = ""


@dataclass(frozen=True)
class ValueTable:
    """Hold values as they are, row by row; the first column names the row."""

    columns: tuple[ValueColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    caption: str = ""
