"""Foreign files (XLSX, and CSV as Excel saves it), read into sheets of cells or refused in one sentence.

The archive of a workbook is looked at before anything in it is read. Only values are read: a formula, an
error value or a cell that a program cannot read is a fault of its cell, with its reason. What is hidden or
struck through says so.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.boundary import errors_told, require_file
from ennum_stats.errors import message
from ennum_stats.imports.sheet_marks import SheetMarks, sheet_marks, struck_shared_texts
from ennum_stats.imports.spreadsheet import (
    EMPTY,
    IS_FORMULA,
    Cell,
    FileRefused,
    ForeignFile,
    ForeignRow,
    Sheet,
    read_delimited,
)

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

LARGEST_CONTENT = 512 * 1024 * 1024
LARGEST_RATIO = 200  # sheets full of repetitions reach about 50
MOST_PARTS = 5_000
WIDEST_ROW = 500
_SMALL_PART = 1024 * 1024
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROLOG = 65_536
_VALUES = (b"<v>", b"<v ", b"<f>", b"<f ", b"<is>", b"<t>", b"<t ")
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d+)"')
ERROR_VALUE = message("Excel shows an error here.")
_FORBIDDEN_PARTS = (
    ("vbaproject", message("This workbook holds macros."),
     message("Save it as an Excel workbook without macros (.xlsx).")),
    ("xl/externallinks/", message("This workbook takes values from other files (external links)."),
     message("Break the links (Data, Edit Links, Break Link), then save it.")),
    ("xl/connections", message("This workbook takes values from a data connection."),
     message("Copy its values into a new workbook.")),
    ("xl/embeddings/", message("Other documents are embedded in this workbook."),
     message("Copy its values into a new workbook.")),
)  # fmt: skip


def read_workbook(path: Path) -> ForeignFile:
    """Read the sheets of a workbook. Raises `FileRefused`."""
    _require_safe(path)
    last = _last_row(path)
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that we do not read: lists, styles, charts
        try:
            with zipfile.ZipFile(path) as archive:
                book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
                try:
                    sheets = tuple(_sheets(book, archive, last))
                finally:
                    book.close()
        except FileRefused:
            raise
        except Exception as error:
            # Whatever a damaged workbook makes the library raise, the answer is the same.
            raise _damaged(path) from error
    return ForeignFile(path.name, sheets)


# --- before anything is read ------------------------------------------------------------------------


def _require_safe(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(8) == _OLD_FORMAT:
            raise FileRefused(
                message("This workbook has a password, or is in the old format of Excel (.xls)."),
                where=path.name,
                remedy=message("Save it without a password as an Excel workbook (.xlsx)."),
            )
    try:
        with zipfile.ZipFile(path) as archive:
            _require_small(archive, path.name)
            for part in archive.infolist():
                _require_harmless(archive, part, path.name)
            if "[Content_Types].xml" not in archive.namelist():
                raise _damaged(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise _damaged(path) from error


def _require_small(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    is_bomb = (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > LARGEST_CONTENT
        or any(
            part.file_size > _SMALL_PART
            and part.file_size > LARGEST_RATIO * max(part.compress_size, 1)
            for part in parts
        )
    )
    if is_bomb:
        raise FileRefused(
            message("Unpacked, this workbook would be far larger than any list."),
            where=name,
            remedy=message("Copy the list into a new workbook and save it."),
        )


def _require_harmless(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    lower = part.filename.lower()
    for piece, found, remedy in _FORBIDDEN_PARTS:
        if piece in lower:
            raise FileRefused(found, where=name, remedy=remedy)
    if lower.endswith((".xml", ".rels")):
        with archive.open(part) as content:
            if b"<!DOCTYPE" in content.read(_PROLOG).upper():
                raise FileRefused(
                    message("This workbook was not written by a spreadsheet program."),
                    where=name,
                    remedy=message("Copy the list into a new workbook and save it."),
                )


def _damaged(path: Path) -> FileRefused:
    return FileRefused(
        message("This workbook is damaged, or is not an Excel workbook."),
        where=path.name,
        remedy=message("Open it in Excel and save it again as .xlsx."),
    )


# --- rows and cells ---------------------------------------------------------------------------------


def _last_row(path: Path) -> int | None:
    """Find the last row with anything in it, of the sheet that has most; nothing where no sheet is large,
    or where that cannot be told.

    Whoever formats whole columns leaves a million rows without a value: many seconds of parsing for nothing.
    """
    with zipfile.ZipFile(path) as archive:
        parts = [p for p in archive.infolist() if p.filename.startswith("xl/worksheets/sheet")]
        if all(part.file_size < _SMALL_PART for part in parts):
            return None
        lasts = [_last_row_in(archive.read(part)) for part in parts]
    known = [last for last in lasts if last is not None]
    return max(1, *known) if len(known) == len(lasts) else None


def _last_row_in(content: bytes) -> int | None:
    if b":sheetData" in content:  # names with a prefix: other tags than those looked for
        return None
    place = max(content.rfind(tag) for tag in _VALUES)
    if place < 0:
        return 0
    row = content.rfind(b"<row ", 0, max(place, 0))
    number = _ROW_NUMBER.match(content, row) if row >= 0 else None
    return int(number[1]) if number else None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a part that not every workbook has."""
    return archive.read(name) if name in archive.namelist() else b""


def _sheets(book: Workbook, archive: zipfile.ZipFile, last: int | None) -> Iterator[Sheet]:
    strikes = b"strike" in _part(archive, "xl/styles.xml")
    struck = struck_shared_texts(_part(archive, "xl/sharedStrings.xml"))
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # those in the file may lie
        part: Any = sheet
        marks = sheet_marks(archive.read(part._worksheet_path), struck)  # noqa: SLF001 - told nowhere else
        rows = tuple(_rows(sheet, last, marks, strikes=strikes))
        is_hidden = sheet.sheet_state != "visible"
        yield Sheet(str(sheet.title), rows, marks.hidden_columns, is_hidden=is_hidden)


def _rows(
    sheet: Any, last: int | None, marks: SheetMarks, *, strikes: bool
) -> Iterator[ForeignRow]:
    """Read the rows with anything in them: empty ones cost no memory."""
    struck = {number for number, _ in marks.struck_texts}
    for number, row in enumerate(sheet.iter_rows(max_row=last), start=1):
        cells = [EMPTY if cell.value is None else _cell(cell) for cell in row[:WIDEST_ROW]]
        while cells and cells[-1].is_empty:
            cells.pop()
        if not cells:
            continue
        if strikes or number in struck:
            cells = [
                replace(cell, is_struck=True)
                if not cell.is_empty
                and ((number, place) in marks.struck_texts or row[place].font.strike)
                else cell
                for place, cell in enumerate(cells)
            ]
        yield ForeignRow(number, tuple(cells), number in marks.hidden_rows)


def _cell(cell: Any) -> Cell:
    kind, value = cell.data_type, cell.value
    if kind == "f":
        return Cell(str(value), fault=IS_FORMULA)
    if kind == "e":
        return Cell(str(value), fault=ERROR_VALUE)
    if isinstance(value, bool):
        return Cell("VRAI" if value else "FAUX")
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime):
        is_midnight = value.time() == time()
        return Cell(value.date() if is_midnight else value.isoformat(timespec="minutes"))
    if isinstance(value, date | time):
        return Cell(value)
    text = str(value).strip()
    return Cell(text or None)


def _number(value: float, number_format: str) -> Cell:
    """Keep the 15 digits that Excel itself keeps: 0.1 + 0.2 is 0.3 there."""
    number = Decimal(f"{value:.15g}")
    if "%" in number_format:
        return Cell(number * 100, is_percent=True)
    return Cell(number)


LARGEST_FILE = 64 * 1024 * 1024
_MACROS = (".xlsm", ".xltm", ".xlam")


def read_file(path: Path) -> ForeignFile:
    """Read the sheets of a file as rows of cells.

    Raises `FileRefused`: not there, open in a spreadsheet program, too large, of another format, with
    macros, external links or a password, damaged, or not what its name says.
    """
    require_readable(path)
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


def require_readable(path: Path) -> None:
    """Raise `FileRefused` where a file is not there, open in a spreadsheet program, too large, or not to
    be read."""
    if path.is_dir():
        raise FileRefused(
            message("This is a folder, not a file."),
            where=str(path),
            remedy=message("Name a file in it."),
        )
    if not path.exists():
        raise FileRefused(
            message("There is no such file."),
            where=str(path),
            remedy=message("Check its name and its folder."),
        )
    require_file(path)
    locks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    if path.name.startswith("~$") or any(lock.exists() for lock in locks):
        raise FileRefused(
            message("This file is still open in Excel or LibreOffice."),
            where=path.name,
            remedy=message("Save it and close it, then import it again."),
        )
    if path.stat().st_size > LARGEST_FILE:
        raise FileRefused(
            message("This file is too large: {size} MB.", size=path.stat().st_size // 1024**2),
            where=path.name,
            expected=message("At most {size} MB are read.", size=LARGEST_FILE // 1024**2),
            remedy=message("Keep only the sheet with the list, and save it again."),
        )
    with errors_told(path), path.open("rb"):
        pass
