"""A foreign file once it is read: sheets of rows of cells, each with what stands in it.

Whatever the file was (XLSX, CSV), the rest of the imports see only this. Nothing is interpreted yet but
what the file itself says: that a cell is a day, a percentage, a formula.

CSV as spreadsheet programs save it: separated by semicolons, tabs or commas, in UTF-8, Windows-1252, Mac Roman or
the code of DOS.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from ennum_stats.errors import Message, message
from ennum_stats.imports.spreadsheets import bounds

Value = str | Decimal | date | time | None


@dataclass(frozen=True, slots=True)
class SheetCell:
    """Hold a cell: its value, or why it has none that can be used (`fault`).

    A number that is shown as a percentage comes as it is shown: 85 for 85 %, with `is_percent`; `currency` is the
    sign that is shown beside it. What is struck through, whole or in part, is there for the program and gone for the
    eye. `look` tells cells apart whose colours or letters differ; empty for plain ones. What is computed is the value
    that a formula last had.
    """

    value: Value = None
    is_percent: bool = False
    fault: Message | None = None
    is_struck: bool = False
    currency: str = ""
    look: str = ""
    is_computed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.value is None and self.fault is None

    @property
    def shown(self) -> str:
        """What stands in it, for a person who looks for the cell."""
        if isinstance(self.value, str):  # nearly every cell, asked a dozen times
            return self.value
        if self.value is None:
            return ""
        if isinstance(self.value, date):
            return self.value.strftime("%d/%m/%Y")
        if isinstance(self.value, Decimal):
            return f"{self.value:f}".replace(".", ",") + (" %" if self.is_percent else "")
        return str(self.value)


EMPTY = SheetCell()
IS_FORMULA = message("A formula stands here instead of a value: copy the cells, then paste their values.")
ERROR_VALUE = message("Excel shows an error here.")
_MONEY_FORMAT = re.compile(r"\[\$([^\]\-]+)|([€$£¥]|EUR|USD|CHF|BEF)(?![^\[]*\])")


def value_cell(value: Any, number_format: str = "", **marks: Any) -> SheetCell:
    """Make a cell of what a library reads (text, number, day, truth) and the format in which a number is shown."""
    if isinstance(value, bool):
        cell = SheetCell("VRAI" if value else "FAUX")
    elif isinstance(value, int | float):
        number = Decimal(f"{value:.15g}")  # the digits that Excel itself keeps: 0.1 + 0.2 is 0.3 there
        is_percent = "%" in number_format
        cell = SheetCell(
            number * 100 if is_percent else number,
            is_percent,
            currency="" if is_percent else _currency(number_format),
        )
    elif isinstance(value, datetime):
        is_midnight = value.time() == time()
        cell = SheetCell(value.date() if is_midnight else value.isoformat(timespec="minutes"))
    elif isinstance(value, date | time):
        cell = SheetCell(value)
    else:
        cell = text_cell(str(value).strip())
    return replace(cell, **marks) if any(marks.values()) and not cell.is_empty else cell


@lru_cache(maxsize=200)
def _currency(number_format: str) -> str:
    """Give the sign of a currency that a format shows: "€" of `#,##0.00 [$€-80C]`.

    >>> _currency('[$$-409]#,##0.00'), _currency("0.00")
    ('$', '')
    """
    match = _MONEY_FORMAT.search(number_format)
    return next(filter(None, match.groups()), "") if match else ""


LINE_BELOW = ", a line below"


def look_of(
    fill: str, letters: str, *, is_bold: bool, is_italic: bool, is_underlined: bool, has_line: bool = False
) -> str:
    """Name how a cell looks, by its colours and a thick line below it; empty for black letters on white."""
    names = (
        f"fill {fill}" if fill not in ("", "FFFFFF") else "", f"letters {letters}" if letters else "",
        "bold" if is_bold else "", "italic" if is_italic else "",
        "underlined" if is_underlined else "",
    )  # fmt: skip
    return ", ".join(filter(None, names)) + LINE_BELOW * has_line


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """Hold a row with anything in it: its number in the file, counted from 1, its cells, and whether a person
    who opens the file does not see it."""

    number: int
    cells: tuple[SheetCell, ...]
    is_hidden: bool = False

    def cell(self, position: int) -> SheetCell:
        """Give the cell at a position; an empty one behind the end of the row."""
        return self.cells[position] if position < len(self.cells) else EMPTY


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold a sheet: its name (empty for a CSV), its rows that are not empty, the positions of its hidden columns,
    whether it is hidden itself, the numbers of rows with a note on a cell, what is printed above and below its pages,
    and whether rules colour its cells."""

    name: str
    rows: tuple[ForeignRow, ...]
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    noted_rows: frozenset[int] = frozenset()
    page_lines: tuple[str, ...] = ()
    has_colour_rules: bool = False


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """Hold a file that was read: its name, its sheets, and how it was read where that is worth saying."""

    name: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[Message, ...] = ()

    @property
    def visible_sheets(self) -> tuple[Sheet, ...]:
        """The sheets that a person sees who opens the file."""
        return tuple(sheet for sheet in self.sheets if not sheet.is_hidden)


def computed_remark(sheets: Sequence[Sheet]) -> tuple[Message, ...]:
    """Tell how many values of formulas were read, if any."""
    computed = sum(cell.is_computed for sheet in sheets for row in sheet.rows for cell in row.cells)
    return (message("Formulas: the values last computed were read ({n}). Where they may be out of date, open the file, "
                    "save it, and import it again.", n=computed),) if computed else ()  # fmt: skip


DELIMITERS = (";", "\t", ",")
_LOOKED_AT = 30
_MOST_LINES_A_ROW = 5
_FRENCH = re.compile("[éèêàçîôÉ°]")
"""Signs of French, few of which come of reading another of them by the wrong one of the three codes."""


def read_delimited(path: Path) -> ForeignFile:
    """Read the one sheet of a CSV file.

    Raises `FileRefused` where it is no text, or where a quotation mark is astray: it would swallow rows.
    """
    text, remarks = read_text(path)
    lines = lines_of(text, path.name)
    if lines and lines[0].lower().startswith("sep="):
        delimiter, skipped = lines[0][4:5].strip() or ";", 1
    else:
        delimiter, skipped = _delimiter(text), 0
    records = read_records(lines, delimiter, path.name)
    rows = tuple(
        ForeignRow(record.number - skipped, tuple(map(cell_of, record.cells)))
        for record in records
        if record.number > skipped and any(cell.strip() for cell in record.cells)
    )
    return ForeignFile(path.name, (Sheet("", rows),), remarks)


def read_records(lines: Sequence[str], delimiter: str, name: str) -> list[Record]:
    """Read the rows of a CSV file, counted as a spreadsheet program shows them: a cell may hold line breaks.

    Raises `FileRefused` where a quotation mark is astray.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    records, line, filled = [], 1, 0
    try:
        for number, cells in enumerate(bounds.rows_read(reader), start=1):
            if len(cells) > bounds.WIDEST_ROW and any(cell.strip() for cell in cells[bounds.WIDEST_ROW :]):
                raise bounds.too_wide(name)
            filled += len(cells)
            bounds.require_rows(number, name)
            bounds.require_cells(filled, name)
            if "".join(lines[line - 1 : reader.line_num]).count('"') % 2:
                raise _astray(line, name)
            records.append(Record(number, line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _astray(line, name) from error
    widths = (len(row.cells) for row in records if any(cell.strip() for cell in row.cells))
    width = Counter(widths).most_common(1)
    for record in records:
        if record.swallows_rows(delimiter, width[0][0] if width else 0):
            raise _astray(record.line, name)
    return records


@dataclass(frozen=True, slots=True)
class Record:
    """Hold a row of a CSV file: its number, the line on which it begins, and its cells."""

    number: int
    line: int
    cells: list[str]

    def swallows_rows(self, delimiter: str, width: int) -> bool:
        """Tell whether a cell holds the rest of its row, and the start of a later one up to where it ends: what
        comes of a quotation mark before one cell and one after another, rows below."""
        for place, cell in enumerate(self.cells):
            first, *others = cell.split("\n")
            closed_at = place + width - len(self.cells)
            if others and width > 1:
                ends = first.count(delimiter), others[-1].count(delimiter)
                if ends == (width - 1 - place, closed_at):
                    return True
        return False


def _astray(line: int, name: str) -> bounds.FileRefused:
    return bounds.FileRefused(
        message("On line {n}, a quotation mark is not closed or stands in the wrong place.", n=line),
        where=name,
        remedy=message("Correct it in the file, or save the list again as an Excel workbook (.xlsx)."),
    )


def read_text(path: Path) -> tuple[str, tuple[Message, ...]]:
    """Read the text of a file without byte-order marks, and how it was read where that is worth saying."""
    text, remarks = _decoded(path)
    return text.lstrip("\ufeff"), remarks  # exports come with two of them


def lines_of(text: str, name: str) -> list[str]:
    """Part the text of a CSV into its lines. Raises `FileRefused` where there are more than any list has,
    or one is longer than any row."""
    bounds.require_rows(text.count("\n") // _MOST_LINES_A_ROW, name)
    lines = io.StringIO(text, newline="").readlines()
    for number, line in enumerate(lines, start=1):
        if len(line) > bounds.LONGEST_LINE:
            raise bounds.FileRefused(
                message("Line {n} is longer than any row of a list.", n=number),
                where=name,
                remedy=message("Save it again as an Excel workbook (.xlsx)."),
            )
    return lines


def _decoded(path: Path) -> tuple[str, tuple[Message, ...]]:
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), ()
    if b"\0" in data:
        raise bounds.FileRefused(
            message("This is not a text file."),
            where=path.name,
            remedy=message("Save it as an Excel workbook (.xlsx) or as CSV."),
        )
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        # What Excel saves as CSV on a French Windows, on a Mac, and as "CSV (MS-DOS)".
        readings = {
            name: data.decode(codec, errors="replace")
            for name, codec in (("Windows-1252", "cp1252"), ("Mac Roman", "mac_roman"), ("DOS 850", "cp850"))
        }
        name = max(readings, key=lambda name_read: len(_FRENCH.findall(readings[name_read])))
        return readings[name], (message("The file is not UTF-8; it was read as {encoding}.", encoding=name),)


def _delimiter(text: str) -> str:
    """Give the one that the first lines hold most of; a semicolon wherever there are any."""
    head = "\n".join(text.splitlines()[:_LOOKED_AT])
    counts = {delimiter: head.count(delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda d: (counts[d] > 0 and d != ",", counts[d]))


def cell_of(text: str) -> SheetCell:
    """Make the cell of a text that a person wrote, which is no formula."""
    stripped = text.strip()
    return text_cell(stripped, IS_FORMULA if stripped.startswith("=") else None)


def text_cell(text: str, fault: Message | None = None) -> SheetCell:
    """Make the cell of a text, empty where there is none; one that is longer than any is cut, and not
    taken."""
    if len(text) > bounds.LONGEST_CELL:
        shown, reason = bounds.too_long(text)
        return SheetCell(shown, fault=reason)
    return SheetCell(text or None, fault=fault)
