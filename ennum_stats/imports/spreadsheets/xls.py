"""Workbooks of Excel before 2007 (.xls), read as those of today: values, and all that a person sees of them.

The library gives values, looks, notes and what is hidden; that a value is computed, that rules colour cells, and what
is printed on each page stand in the records of the file alone.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc, CompDocError

from ennum_stats.imports.spreadsheets import bounds
from ennum_stats.imports.spreadsheets.archive import damaged, old_or_locked
from ennum_stats.imports.spreadsheets.marks import page_line
from ennum_stats.imports.spreadsheets.sheet import (
    EMPTY,
    ERROR_VALUE,
    ForeignFile,
    ForeignRow,
    Sheet,
    SheetCell,
    computed_remark,
    look_of,
    text_cell,
    value_cell,
)

_BEGIN, _END, _FORMULA, _HEADER, _FOOTER, _RULES = 0x809, 0x0A, 0x06, 0x14, 0x15, frozenset((0x1B0, 0x879))
_ORDINARY = frozenset((8, 64, 0x7FFF))
"""Places of black, and of the colour that the system gives letters."""


def read_xls(path: Path) -> ForeignFile:
    """Read the sheets of an old workbook. Raises `FileRefused`: with a password, damaged, or too large."""
    content = path.read_bytes()
    log = io.StringIO()
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=log)
        records = _stream(content)
        sheets = tuple(_sheet(book, n, records, path.name) for n in range(book.nsheets))
    except bounds.FileRefused:
        raise
    except (xlrd.XLRDError, CompDocError, NotImplementedError) as error:
        raise old_or_locked(path) from error
    except Exception as error:
        # Whatever a damaged workbook makes the library raise, the answer is the same.
        raise damaged(path) from error
    return ForeignFile(path.name, sheets, computed_remark(sheets))


def _stream(content: bytes) -> bytes:
    """Give the records of a workbook."""
    document = CompDoc(content, logfile=io.StringIO())
    return next(filter(None, map(document.get_named_stream, ("Workbook", "Book"))), b"") or content


def _sheet(book: Any, number: int, records: bytes, name: str) -> Sheet:
    sheet = book.sheet_by_index(number)
    bounds.require_rows(sheet.nrows, name)
    if sheet.ncols > bounds.WIDEST_ROW:
        raise bounds.too_wide(name)
    bounds.require_cells(sum(map(sheet.row_len, range(sheet.nrows))), name)
    formulas: set[tuple[int, int]] = set()
    lines, has_rules = [], False
    start = book._sh_abs_posn[number] - book.base  # noqa: SLF001 - told nowhere else
    for code, data in _records(records, start):
        if code == _FORMULA:
            formulas.add(struct.unpack("<HH", data[:4]))
        elif code in (_HEADER, _FOOTER) and len(data) > 3:
            lines.append(data[3:].decode("utf-16-le" if data[2] & 1 else "latin-1", "replace"))
        has_rules |= code in _RULES
    hidden = [place for place, info in sheet.colinfo_map.items() if info.hidden or not info.width]
    return Sheet(
        sheet.name,
        tuple(_rows(book, sheet, formulas)),
        frozenset(hidden),
        is_hidden=sheet.visibility != 0,
        noted_rows=frozenset(row + 1 for row, _ in sheet.cell_note_map),
        page_lines=tuple(filter(None, map(page_line, lines))),
        has_colour_rules=has_rules,
    )


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Give the records of a sheet, those of charts in it among them, by their codes."""
    depth = 0
    while start + 4 <= len(stream):
        code, size = struct.unpack("<HH", stream[start : start + 4])
        depth += (code == _BEGIN) - (code == _END)
        if depth <= 0:
            return
        yield code, stream[start + 4 : start + 4 + size]
        start += 4 + size


def _rows(book: Any, sheet: Any, formulas: set[tuple[int, int]]) -> Iterator[ForeignRow]:
    for number in bounds.rows_read(range(sheet.nrows)):
        cells = [
            _cell(book, sheet, number, place, is_computed=(number, place) in formulas)
            for place in range(sheet.row_len(number))
        ]
        while cells and cells[-1].is_empty:
            cells.pop()
        if cells:
            info = sheet.rowinfo_map.get(number)
            yield ForeignRow(number + 1, tuple(cells), bool(info and (info.hidden or info.height == 0)))


def _cell(book: Any, sheet: Any, number: int, place: int, *, is_computed: bool) -> SheetCell:
    cell = sheet.cell(number, place)
    style = book.xf_list[cell.xf_index]
    font = book.font_list[style.font_index]
    fill = style.background
    runs = [book.font_list[index] for _, index in sheet.rich_text_runlist_map.get((number, place), ())]
    marks: dict[str, Any] = {
        "is_struck": bool(font.struck_out or any(run.struck_out for run in runs)),
        "look": look_of(
            _colour(book, fill.pattern_colour_index) if fill.fill_pattern else "",
            "" if font.colour_index in _ORDINARY else _colour(book, font.colour_index),
            is_bold=font.weight > 400, is_italic=bool(font.italic), is_underlined=bool(font.underlined),
        ),
        "is_computed": is_computed,
    }  # fmt: skip
    match cell.ctype:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return EMPTY
        case xlrd.XL_CELL_ERROR:
            return text_cell(xlrd.error_text_from_code.get(cell.value, "#"), ERROR_VALUE)
        case xlrd.XL_CELL_DATE if cell.value >= 1:
            return value_cell(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode), **marks)
        case xlrd.XL_CELL_BOOLEAN:
            return value_cell(bool(cell.value), **marks)
    return value_cell(cell.value, book.format_map[style.format_key].format_str, **marks)


def _colour(book: Any, place: int) -> str:
    rgb = book.colour_map.get(place)
    return "".join(f"{part:02X}" for part in rgb) if rgb else f"indexed {place}"
