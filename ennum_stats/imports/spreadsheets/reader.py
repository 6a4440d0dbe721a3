"""Foreign files (XLSX, and CSV as Excel saves it), read into sheets of cells or refused in one sentence.

The archive of a workbook is looked at before anything in it is read. Only values are read: a formula, an
error value or a cell that a program cannot read is a fault of its cell, with its reason. What is hidden or
struck through says so.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import message
from ennum_stats.imports.spreadsheets.archive import damaged, filled_sheets, require_safe
from ennum_stats.imports.spreadsheets.bounds import FileRefused, reading, rows_read
from ennum_stats.imports.spreadsheets.marks import SheetMarks, sheet_marks, struck_shared_texts
from ennum_stats.imports.spreadsheets.sheet import (
    EMPTY,
    IS_FORMULA,
    ForeignFile,
    ForeignRow,
    Sheet,
    SheetCell,
    read_delimited,
    text_cell,
)

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

ERROR_VALUE = message("Excel shows an error here.")


def read_workbook(path: Path) -> ForeignFile:
    """Read the sheets of a workbook. Raises `FileRefused`."""
    require_safe(path)
    filled = filled_sheets(path)
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that we do not read: lists, styles, charts
        try:
            with zipfile.ZipFile(path) as archive:
                book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
                try:
                    sheets = tuple(_sheets(book, archive, filled))
                finally:
                    book.close()
        except FileRefused:
            raise
        except Exception as error:
            # Whatever a damaged workbook makes the library raise, the answer is the same.
            raise damaged(path) from error
    return ForeignFile(path.name, sheets)


# --- rows and cells ---------------------------------------------------------------------------------


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a part that not every workbook has."""
    return archive.read(name) if name in archive.namelist() else b""


def _sheets(book: Workbook, archive: zipfile.ZipFile, filled: dict[str, bytes]) -> Iterator[Sheet]:
    strikes = b"strike" in _part(archive, "xl/styles.xml")
    struck = struck_shared_texts(_part(archive, "xl/sharedStrings.xml"))
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # those in the file may lie
        part: Any = sheet
        name = part._worksheet_path  # noqa: SLF001 - told nowhere else
        # Once each: a part that was not looked at, or was read already, is no sheet.
        content = filled.pop(name)
        marks = sheet_marks(content, struck)
        part._get_source = partial(io.BytesIO, content)  # noqa: SLF001
        rows = tuple(_rows(sheet, marks, strikes=strikes))
        is_hidden = sheet.sheet_state != "visible"
        yield Sheet(str(sheet.title), rows, marks.hidden_columns, is_hidden=is_hidden)


def _rows(sheet: Any, marks: SheetMarks, *, strikes: bool) -> Iterator[ForeignRow]:
    """Read the rows with anything in them: empty ones cost no memory."""
    struck = {number for number, _ in marks.struck_texts}
    for number, row in enumerate(rows_read(sheet.iter_rows()), start=1):
        cells = [EMPTY if cell.value is None else _cell(cell) for cell in row]
        while cells and cells[-1].is_empty:
            cells.pop()
        if not cells:
            continue
        if strikes or number in struck:
            cells = [
                replace(cell, is_struck=True)
                if not cell.is_empty and ((number, place) in marks.struck_texts or row[place].font.strike)
                else cell
                for place, cell in enumerate(cells)
            ]
        yield ForeignRow(number, tuple(cells), number in marks.hidden_rows)


def _cell(cell: Any) -> SheetCell:
    kind, value = cell.data_type, cell.value
    if kind == "f":
        return text_cell(str(value), IS_FORMULA)
    if kind == "e":
        return text_cell(str(value), ERROR_VALUE)
    if isinstance(value, bool):
        return SheetCell("VRAI" if value else "FAUX")
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime):
        is_midnight = value.time() == time()
        return SheetCell(value.date() if is_midnight else value.isoformat(timespec="minutes"))
    if isinstance(value, date | time):
        return SheetCell(value)
    return text_cell(str(value).strip())


def _number(value: float, number_format: str) -> SheetCell:
    """Keep the 15 digits that Excel itself keeps: 0.1 + 0.2 is 0.3 there."""
    number = Decimal(f"{value:.15g}")
    if "%" in number_format:
        return SheetCell(number * 100, is_percent=True)
    return SheetCell(number)


_MACROS = (".xlsm", ".xltm", ".xlam")


def read_file(path: Path) -> ForeignFile:
    """Read the sheets of a file as rows of cells.

    Raises `FileRefused`: not there, open in a spreadsheet program, too large, of another format, with
    macros, external links or a password, damaged, or not what its name says.
    """
    with reading(path):
        return _read(path)


def _read(path: Path) -> ForeignFile:
    suffix = path.suffix.lower()
    if suffix in _MACROS:
        raise FileRefused(
            message("This workbook may hold macros."),
            where=path.name,
            remedy=message("Save it as an Excel workbook without macros (.xlsx)."),
        )
    if suffix == ".xlsx":
        return read_workbook(path)
    if suffix in (".csv", ".txt"):
        return read_delimited(path)
    raise FileRefused(
        message("This kind of file is not read: “{suffix}”.", suffix=suffix or path.name),
        where=path.name,
        remedy=message("Save it as an Excel workbook (.xlsx) or as CSV."),
    )
