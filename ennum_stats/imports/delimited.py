"""CSV as spreadsheet programs save it: separated by semicolons, tabs or commas, in UTF-8 or Windows-1252.

Every cell is text; what a number or a day looks like in French is for `printed` and `converting`.
"""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from ennum_stats.errors import Message, message
from ennum_stats.imports.foreign import Cell, FileRefused, ForeignFile, ForeignRow, Sheet

DELIMITERS = (";", "\t", ",")
_LOOKED_AT = 30
IS_FORMULA = message(
    "A formula stands here instead of a value: copy the cells, then paste their values."
)


def read_delimited(path: Path) -> ForeignFile:
    """The one sheet of a CSV file. Raises `FileRefused` where it is no text."""
    text, remarks = read_text(path)
    lines = text.splitlines()
    if lines and lines[0].lower().startswith("sep="):
        delimiter, skipped = lines[0][4:5] or ";", 1
    else:
        delimiter, skipped = _delimiter(text), 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        # A cell may hold line breaks: rows are counted as a spreadsheet program shows them.
        for number, cells in enumerate(reader, start=1):
            if number > skipped and any(cell.strip() for cell in cells):
                rows.append(ForeignRow(number - skipped, tuple(_cell(cell) for cell in cells)))
    except csv.Error as error:
        raise FileRefused(
            message("The file cannot be read as CSV (line {n}).", n=reader.line_num),
            where=path.name,
            remedy=message("Save it again as an Excel workbook (.xlsx)."),
        ) from error
    return ForeignFile(path.name, (Sheet("", tuple(rows)),), remarks)


def read_text(path: Path) -> tuple[str, tuple[Message, ...]]:
    """The text of a file without byte-order marks, and how it was read where that is worth saying."""
    text, remarks = _decoded(path)
    return text.lstrip("\ufeff"), remarks  # exports come with two of them


def _decoded(path: Path) -> tuple[str, tuple[Message, ...]]:
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), ()
    if b"\0" in data:
        raise FileRefused(
            message("This is not a text file."),
            where=path.name,
            remedy=message("Save it as an Excel workbook (.xlsx) or as CSV."),
        )
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        # What "CSV (séparateur : point-virgule)" gives on a French Windows.
        return data.decode("cp1252", errors="replace"), (
            message("The file is not UTF-8; it was read as Windows-1252."),
        )


def _delimiter(text: str) -> str:
    """The one that the first lines hold most of; a semicolon wherever there are any."""
    head = "\n".join(text.splitlines()[:_LOOKED_AT])
    counts = {delimiter: head.count(delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda d: (counts[d] > 0 and d != ",", counts[d]))


def _cell(text: str) -> Cell:
    stripped = text.strip()
    if stripped.startswith("="):
        return Cell(stripped, fault=IS_FORMULA)
    return Cell(stripped or None)
