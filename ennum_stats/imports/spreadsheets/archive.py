"""A workbook before anything in it is read: its archive, what may not be in it, and how much there is.

Everything is told from the bytes, which costs a small part of parsing them. Rows and cells in which nothing
stands are left out of what is parsed: whoever colours whole rows and columns leaves millions of them.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from ennum_stats.errors import message
from ennum_stats.files.foreign import CONTENT_TYPES
from ennum_stats.files.office import inspect_office
from ennum_stats.imports.spreadsheets.bounds import (
    WIDEST_ROW,
    FileRefused,
    require_cells,
    require_rows,
    too_wide,
)

_MOST_SHEETS = 200
_STRINGS = "xl/sharedStrings.xml"


def require_safe(path: Path) -> None:
    """Raise `FileRefused` where a workbook is none, is damaged, holds more than values, or more than any list
    has."""
    require_harmless_archive(path)
    with zipfile.ZipFile(path) as archive:
        _require_few_sheets(archive, path.name)
        _require_strings(archive, path.name)


def require_harmless_archive(path: Path) -> None:
    """Raise `FileRefused` where a workbook is no archive, is damaged, far too large, or holds more than values."""
    inspection = inspect_office(path.read_bytes())
    refusal = inspection.refusal
    if refusal and refusal.kind == "damaged" and not refusal.part:
        raise damaged(path)
    if refusal:
        raise FileRefused(refusal.found, where=path.name, expected=inspection.more, remedy=refusal.remedy)


def is_open_document(path: Path) -> bool:
    """Tell whether an archive is a workbook of LibreOffice."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "content.xml" in archive.namelist() and CONTENT_TYPES not in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def old_or_locked(path: Path) -> FileRefused:
    """Make the error for an old workbook that cannot be opened."""
    return FileRefused(
        message("This workbook has a password, or is in the old format of Excel (.xls)."),
        where=path.name,
        remedy=message("Save it without a password as an Excel workbook (.xlsx)."),
    )


def _require_few_sheets(archive: zipfile.ZipFile, name: str) -> None:
    sheets = len(_sheets(archive))
    if sheets > _MOST_SHEETS:
        raise FileRefused(
            message("This workbook has {n} sheets; at most {most} are read.", n=sheets, most=_MOST_SHEETS),
            where=name,
            remedy=message("Copy the list into a new workbook and save it."),
        )


def _require_strings(archive: zipfile.ZipFile, name: str) -> None:
    """Raise `FileRefused` where the sheets share more texts than any list has cells."""
    if _STRINGS in archive.namelist():
        require_cells(archive.read(_STRINGS).count(b"<si"), name)


def damaged(path: Path) -> FileRefused:
    """Make the error for a workbook that no program can read."""
    return FileRefused(
        message("This workbook is damaged, or is not an Excel workbook."),
        where=path.name,
        remedy=message("Open it in Excel and save it again as .xlsx."),
    )


# --- a sheet ----------------------------------------------------------------------------------------

_EMPTY = re.compile(rb'<(?:c r="[A-Z]+\d+"[^<>]*(?:/>|></c>)|row r="\d+"[^<>]*(?:/>|></row>))')
_ROW = re.compile(rb"<(?:\w+:)?row[ >]")
_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
_BEYOND = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["'](?:[A-Z]{3,}|S[G-Z]|[T-Z][A-Z])\d""")
"""A cell right of SF, the five-hundredth column."""


def filled_sheets(path: Path) -> dict[str, bytes]:
    """Read the XML of each sheet, by its part, without the rows and cells in which nothing stands, where each
    names its place.

    Raises `FileRefused` where more rows, columns or cells are left than any list has.
    """
    with zipfile.ZipFile(path) as archive:
        return {name: _filled(archive.read(name), path.name) for name in _sheets(archive)}


def _sheets(archive: zipfile.ZipFile) -> list[str]:
    """List the parts that are sheets: programs name them as they like, and put them in one folder."""
    names = archive.namelist()
    return [name for name in names if "worksheets/" in name.lower() and name.endswith(".xml")]


def _filled(content: bytes, name: str) -> bytes:
    filled = _EMPTY.sub(b"", _EMPTY.sub(b"", content))  # the second time rows of empty cells
    rows, cells = (sum(1 for _ in pattern.finditer(filled)) for pattern in (_ROW, _CELL))
    if _BEYOND.search(filled) or (cells != filled.count(b'<c r="') and _has_wide_row(filled)):
        raise too_wide(name)
    require_rows(rows, name)
    require_cells(cells, name)
    return filled


def _has_wide_row(filled: bytes) -> bool:
    """Tell whether a row is too wide by the number of its cells: they need not say their places."""
    starts = [row.start() for row in _ROW.finditer(filled)]
    ends = [*starts[1:], len(filled)]
    return any(
        sum(1 for _ in _CELL.finditer(filled, start, end)) > WIDEST_ROW
        for start, end in zip(starts, ends, strict=True)
    )
