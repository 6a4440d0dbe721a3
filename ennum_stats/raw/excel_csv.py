"""Raw tables that French Excel saved: both its kinds of CSV, read as the file that was opened in it.

"CSV UTF-8" has a byte-order mark and semicolons, "CSV" is Windows-1252 with semicolons; in both, decimals have commas
and days are written with the day first. Every other form is a finding, as before: nothing else is guessed.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from ennum_stats.periods import iso_form
from ennum_stats.raw.kinds import AMOUNT, DAY, DECIMAL, INTEGER, PERIOD, PERIOD_END, PERIOD_START
from ennum_stats.raw.schema import RawTable

_MARK = b"\xef\xbb\xbf"
_NUMBERS, _DAYS = (AMOUNT, DECIMAL, INTEGER), (DAY, PERIOD, PERIOD_END, PERIOD_START)
_FRENCH_NUMBER = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|-?\d+,\d+")


def table_bytes(path: Path, table: RawTable) -> bytes:
    """Read the content of a file of a table, as ours are written whoever saved it; empty where there is none."""
    if not path.is_file():
        return b""
    data = path.read_bytes()
    return as_ours(data, table) or data


def file_as_ours(path: Path, table: RawTable) -> bytes | None:
    """Do the same for a file, of which only the header is read where it is of another form. Raises `OSError`."""
    with path.open("rb") as file:
        header = file.readline()
    return as_ours(path.read_bytes(), table) if _is_of_excel(header) else None


def _is_of_excel(header: bytes) -> bool:
    is_marked = header.startswith(_MARK) and not header.startswith(2 * _MARK)
    return is_marked or header.count(b";") > header.count(b",")


def as_ours(data: bytes, table: RawTable) -> bytes | None:
    """Write what French Excel saved as our tables are written; none where it is of another form."""
    header = data.split(b"\n", 1)[0]
    if not _is_of_excel(header):
        return None
    has_semicolons = header.count(b";") > header.count(b",")
    try:
        is_marked = data.startswith(_MARK)
        text = _text(data.removeprefix(_MARK), may_be_of_windows=has_semicolons and not is_marked)
        rows = [
            *csv.reader(io.StringIO(text, newline=""), delimiter=";" if has_semicolons else ",", strict=True)
        ]
    except (UnicodeDecodeError, csv.Error):
        return None
    kinds = {column.name: column.kind for column in table.columns}
    names = rows[0]
    if not {*names} & {*kinds}:
        return None
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(
        [_cell(cell, kinds.get(name)) for name, cell in zip(names, row, strict=False)] + row[len(names) :]
        for row in rows[1:]
        if any(row)
    )
    return written.getvalue().encode()


def _text(data: bytes, *, may_be_of_windows: bool) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if not may_be_of_windows:
            raise
        return data.decode("cp1252")


def _cell(text: str, kind: object) -> str:
    if kind in _DAYS:
        return iso_form(text)
    if kind in _NUMBERS and _FRENCH_NUMBER.fullmatch(text):
        return re.sub(r"[ \u00a0\u202f.]", "", text).replace(",", ".")
    return text
