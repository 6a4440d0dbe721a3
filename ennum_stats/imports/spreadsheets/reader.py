"""Foreign files (workbooks of Excel and LibreOffice, CSV), read into sheets of cells or refused in one sentence.

The archive of a workbook is looked at before anything in it is read. Only values are read: a formula, an
error value or a cell that a program cannot read is a fault of its cell, with its reason. What is hidden or
struck through says so.
"""

from __future__ import annotations

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import message
from ennum_stats.files.office import is_old_or_locked
from ennum_stats.imports.spreadsheets.archive import damaged, filled_sheets, is_open_document, require_safe
from ennum_stats.imports.spreadsheets.bounds import FileRefused, reading, rows_read
from ennum_stats.imports.spreadsheets.marks import SheetMarks, noted_rows, sheet_marks, struck_shared_texts
from ennum_stats.imports.spreadsheets.sheet import (
    EMPTY,
    ERROR_VALUE,
    IS_FORMULA,
    ForeignFile,
    ForeignRow,
    Sheet,
    SheetCell,
    computed_remark,
    look_of,
    read_delimited,
    text_cell,
    value_cell,
)

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_NOTES = re.compile(rb'\bTarget\s*=\s*["\']([^"\']*comments[^"\']*)["\']', re.IGNORECASE)


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
                    sheets = tuple(_sheets(book, archive, dict(filled)))
                finally:
                    book.close()
                if any(_formulas(sheet) for sheet in sheets):
                    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
                    try:
                        sheets = tuple(_computed(sheets, book, filled))
                    finally:
                        book.close()
        except FileRefused:
            raise
        except Exception as error:
            # Whatever a damaged workbook makes the library raise, the answer is the same.
            raise damaged(path) from error
    return ForeignFile(path.name, sheets, computed_remark(sheets))


# --- rows and cells ---------------------------------------------------------------------------------


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a part that not every workbook has."""
    return archive.read(name) if name in archive.namelist() else b""


def _sheets(book: Workbook, archive: zipfile.ZipFile, filled: dict[str, bytes]) -> Iterator[Sheet]:
    looks = _Looks(book)
    struck = struck_shared_texts(_part(archive, "xl/sharedStrings.xml"))
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # those in the file may lie
        part: Any = sheet
        name = part._worksheet_path  # noqa: SLF001 - told nowhere else
        # Once each: a part that was not looked at, or was read already, is no sheet.
        content = filled.pop(name)
        marks = sheet_marks(content, struck)
        part._get_source = partial(io.BytesIO, content)  # noqa: SLF001
        yield Sheet(
            str(sheet.title),
            tuple(_rows(sheet, marks, looks)),
            marks.hidden_columns,
            is_hidden=sheet.sheet_state != "visible",
            noted_rows=frozenset().union(*map(noted_rows, _notes(archive, name))),
            page_lines=marks.page_lines,
            has_colour_rules=marks.has_colour_rules,
        )


def _formulas(sheet: Sheet) -> set[tuple[int, int]]:
    """Give the places of the formulas of a sheet: rows by number from 1, columns from 0."""
    return {
        (row.number, place)
        for row in sheet.rows
        for place, cell in enumerate(row.cells)
        if cell.fault is IS_FORMULA
    }


def _computed(sheets: Sequence[Sheet], book: Workbook, filled: dict[str, bytes]) -> Iterator[Sheet]:
    """Give the sheets with the values that the spreadsheet program last computed in the place of formulas; one that
    has none stays."""
    for sheet, source in zip(sheets, book.worksheets, strict=True):
        formulas = _formulas(sheet)
        source.reset_dimensions()
        part: Any = source
        part._get_source = partial(io.BytesIO, filled[part._worksheet_path])  # noqa: SLF001
        values = {
            (number, place): _cell(cell)
            for number, row in enumerate(source.iter_rows() if formulas else (), start=1)
            for place, cell in enumerate(row)
            if (number, place) in formulas and cell.value is not None
        }
        yield replace(sheet, rows=tuple(_with_values(row, values) for row in sheet.rows))


def _with_values(row: ForeignRow, values: Mapping[tuple[int, int], SheetCell]) -> ForeignRow:
    cells = tuple(
        replace(values[row.number, place], is_struck=cell.is_struck, look=cell.look, is_computed=True)
        if (row.number, place) in values
        else cell
        for place, cell in enumerate(row.cells)
    )
    return replace(row, cells=cells)


def _notes(archive: zipfile.ZipFile, sheet: str) -> Iterator[bytes]:
    """Read the parts with the notes of a sheet, which are named beside it."""
    folder, _, file = sheet.lstrip("/").rpartition("/")
    for target in _NOTES.findall(_part(archive, f"{folder}/_rels/{file}.rels")):
        yield _part(archive, posixpath.normpath(posixpath.join("/", folder, target.decode())).lstrip("/"))


@dataclass(frozen=True, slots=True)
class _Look:
    """Hold how a style shows cells: whether struck through, and what tells it apart from others."""

    is_struck: bool
    name: str


_LINES = ("medium", "thick", "double")


class _Looks:
    """Give the look of each style of a workbook: a sheet has thousands of cells and few styles."""

    def __init__(self, book: Workbook) -> None:
        self._book: Any = book
        self._known: dict[int, _Look] = {}

    def of(self, cell: Any) -> _Look:
        """Give how a cell looks."""
        style = cell._style_id  # noqa: SLF001 - told nowhere else
        if style not in self._known:
            font, fill, border = cell.font, cell.fill, cell.border
            self._known[style] = _Look(
                bool(font is not None and font.strike),
                look_of(
                    _colour(fill.fgColor) or fill.fill_type if fill is not None and fill.fill_type else "",
                    _colour(font.color) if font is not None else "",
                    is_bold=bool(font is not None and font.b),
                    is_italic=bool(font is not None and font.i),
                    is_underlined=bool(font is not None and font.u and font.u != "none"),
                    has_line=bool(border and border.bottom and border.bottom.style in _LINES),
                ),
            )
        return self._known[style]


def _colour(color: Any) -> str:
    """Name a colour; empty for that of ordinary letters."""
    if color is None:
        return ""
    if color.type == "rgb":
        return "" if str(color.rgb)[-6:] == "000000" else str(color.rgb)[-6:]
    name = f"{color.type} {color.value} {color.tint or ''}".rstrip()
    return "" if name in ("theme 1", "indexed 8", "indexed 64") else name


def _rows(sheet: Any, marks: SheetMarks, looks: _Looks) -> Iterator[ForeignRow]:
    """Read the rows with anything in them: empty ones cost no memory."""
    for number, row in enumerate(rows_read(sheet.iter_rows()), start=1):
        cells = [EMPTY if cell.value is None else _cell(cell) for cell in row]
        while cells and cells[-1].is_empty:
            cells.pop()
        if not cells:
            continue
        for place, cell in enumerate(cells):
            if cell.is_empty:
                continue
            look = looks.of(row[place])
            is_struck = look.is_struck or (number, place) in marks.struck_texts
            if is_struck or look.name:
                cells[place] = replace(cell, is_struck=is_struck, look=look.name)
        yield ForeignRow(number, tuple(cells), number in marks.hidden_rows)


def _cell(cell: Any) -> SheetCell:
    if cell.data_type == "f":
        return text_cell(str(cell.value), IS_FORMULA)
    if cell.data_type == "e":
        return text_cell(str(cell.value), ERROR_VALUE)
    return value_cell(cell.value, str(cell.number_format or ""))


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
    if suffix in (".xlsx", ".xls", ".ods"):  # whatever it is called: programs name one as another
        if is_old_or_locked(path):
            from ennum_stats.imports.spreadsheets.xls import read_xls

            return read_xls(path)
        if is_open_document(path):
            from ennum_stats.imports.spreadsheets.ods import read_ods

            return read_ods(path)
        return read_workbook(path)
    if suffix in (".csv", ".txt"):
        return read_delimited(path)
    raise FileRefused(
        message("This kind of file is not read: “{suffix}”.", suffix=suffix or path.name),
        where=path.name,
        remedy=message("Save it as an Excel workbook (.xlsx) or as CSV."),
    )
