"""Convert cells to the values of fields: texts, codes, days, numbers; each refusal has its reason.

Days are read as spreadsheets write them (27/01/2020, 01/2020, 2020, "27 janvier 2020", "27 janv. 2020", "27. Januar
2020"), as ISO 8601 writes them, or as the serial number that a spreadsheet program stores (43857), also
where a CSV holds it. Midnight after a day is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import get_month_names

from ennum_stats.errors import message
from ennum_stats.imports.choices import Choices
from ennum_stats.imports.forms import CellReading, Field
from ennum_stats.imports.spreadsheets.header import MatchedTable
from ennum_stats.imports.spreadsheets.number_parser import CellRefused, ParsedNumber, read_number
from ennum_stats.imports.spreadsheets.sheet import ForeignRow, SheetCell
from ennum_stats.languages import LANGUAGES
from ennum_stats.periods import Period, iso_form
from ennum_stats.raw.kinds import ADDRESS_PATTERN
from ennum_stats.table import begins_like_formula, formula_words
from ennum_stats.typography import Apart, fold

_MONTH_NUMBERS = {
    fold(name): number
    for language in LANGUAGES
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=language).items()
} | {"jan": 1, "fev": 2, "fevr": 2, "sep": 9}
MONTHS = frozenset(_MONTH_NUMBERS)
"""Names of months in all languages, long and short, without accents."""
_MIDNIGHT = re.compile(r"(?<=\d\d)[T ]00:00(?::00(?:\.0+)?)?$")
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(18_264, 73_051)  # 1950 to 2099
_YEARS = range(1900, 2200)
_IS_EMPTY = message("This cell is empty.")


@dataclass
class ParsedRow:
    """Hold a row of a form: texts (codes, days and names among them) and numbers by field."""

    row: int
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, ParsedNumber] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return the text of a field, empty where it is not filled in."""
        return self.texts.get(key, "")

    def given(self, *keys: str) -> dict[str, str]:
        """Return those of the fields that are filled in."""
        return {key: self.texts[key] for key in keys if self.texts.get(key)}


def converted(
    table: MatchedTable, row: ForeignRow, fields: Sequence[Field], choices: Choices
) -> tuple[ParsedRow, list[CellRefused]]:
    """Convert a row; return its values, and the cells that cannot be taken."""
    filled, refused = ParsedRow(row.number), []
    for target in fields:
        if target.key not in table.positions and not target.is_required:
            continue
        try:
            convert(target, table.cell(row, target.key), choices, filled)
        except CellRefused as error:
            refused.append(error)
    return filled, refused


def convert(target: Field, cell: SheetCell, choices: Choices, row: ParsedRow) -> None:
    """Convert a cell and put its value into the row; raise `CellRefused` where it cannot be taken."""
    if cell.fault is not None:
        raise CellRefused(target.key, cell.fault)
    if cell.is_empty:
        if target.is_required:
            raise CellRefused(target.key, _IS_EMPTY)
    elif target.reading is CellReading.NUMBER:
        row.numbers[target.key] = read_number(cell, target.key)
    elif target.reading is CellReading.CHOICE:
        row.texts[target.key] = _choice(target, cell, choices)
    else:
        row.texts[target.key] = _READERS[target.reading](target.key, cell)


def _text(key: str, cell: SheetCell) -> str:
    """Read one line of text; refuse what a spreadsheet program would later take for a formula."""
    text = " ".join(cell.shown.split())
    if begins_like_formula(text):
        raise CellRefused(key, formula_words(text))
    return text


def _code(key: str, cell: SheetCell) -> str:
    text = _text(key, cell)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", text):
        raise CellRefused(
            key, message("“{value}” is no code: letters without accents, digits, - and _.", value=text)
        )
    return text


def _address(key: str, cell: SheetCell) -> str:
    text = _text(key, cell)
    if not re.match(ADDRESS_PATTERN, text):
        raise CellRefused(key, message("“{value}” is no address (https://…).", value=text))
    return text


def _choice(target: Field, cell: SheetCell, choices: Choices) -> str:
    code = choices.code(target.choices, cell.shown)
    if code is None:
        raise CellRefused(
            target.key,
            message("“{value}” is not in the list. Nearest: {names}.",
                    value=cell.shown, names=Apart(choices.nearest(target.choices, cell.shown))),
        )  # fmt: skip
    return code


def _period(key: str, cell: SheetCell) -> str:
    value = cell.value
    if isinstance(value, date):
        if (value - _SERIAL_START).days in _YEARS:
            raise CellRefused(
                key,
                message(
                    "{value}: the spreadsheet program made a day out of a year; format the cell as "
                    "text and write the year again.",
                    value=cell.shown,
                ),
            )
        return value.isoformat()
    if isinstance(value, str) and re.fullmatch(r"\d{5}", value):
        value = Decimal(value)
    text = _serial(value) if isinstance(value, Decimal) else iso_form(fold_date(cell.shown))
    try:
        return Period(text).text
    except ValueError as error:
        raise CellRefused(
            key,
            message("“{value}” is no day, month or year: write 27/01/2020, 01/2020 or 2020.",
                    value=cell.shown),
        ) from error  # fmt: skip


def _serial(number: Decimal) -> str:
    if number == number.to_integral_value():
        if int(number) in _YEARS:
            return str(int(number))
        if int(number) in _SERIALS:
            return (_SERIAL_START + timedelta(days=int(number))).isoformat()
    return ""


def fold_date(text: str) -> str:
    """Write the months of a day as numbers: "1er mars 2020" becomes "1/3/2020"."""
    words = re.sub(r"\b1er\b", "1", " ".join(re.split(r"[\s\u00a0\u202f]+", text.strip().lower())))
    parts = fold(words).split()
    named = [part for part in parts if part in _MONTH_NUMBERS]
    if len(named) == 1:
        return "/".join(str(_MONTH_NUMBERS.get(part, part)) for part in parts)
    return _MIDNIGHT.sub("", words.upper()) if ":" in words else words


def _school_years(key: str, cell: SheetCell) -> str:
    """Read school years such as "2030-2031", or "2014-2016" of a call that covers two."""
    match = re.fullmatch(r"(\d{4})\s*[-–/]\s*(\d{4})", cell.shown.strip())
    if match is None or not 1 <= int(match[2]) - int(match[1]) <= 3:
        raise CellRefused(key, message("“{value}” is no school year: write 2030-2031.", value=cell.shown))
    return f"{match[1]}-{match[2]}"


def _moment(key: str, cell: SheetCell) -> str:
    """Read a day, or a day and an hour: "15/06/2031 10:00"."""
    shown = cell.shown.strip()
    match = re.fullmatch(r"(\S+?)(?:\s+(?:à\s+)?|T)(\d{1,2})[:h]\s?(\d{2})", shown)
    day = _period(key, SheetCell(match[1]) if match else cell)
    if len(day) != len("2020-01-15"):
        raise CellRefused(key, message("“{value}” is no single day.", value=shown))
    moment = day + (f"T{match[2]:0>2}:{match[3]}" if match else "")
    try:
        datetime.fromisoformat(moment)
    except ValueError as error:
        raise CellRefused(key, message("“{value}” is no hour.", value=shown)) from error
    return moment


_READERS: dict[CellReading, Callable[[str, SheetCell], str]] = {
    CellReading.TEXT: _text,
    CellReading.CODE: _code,
    CellReading.ADDRESS: _address,
    CellReading.PERIOD: _period,
    CellReading.SCHOOL_YEARS: _school_years,
    CellReading.MOMENT: _moment,
}
