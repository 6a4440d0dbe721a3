"""Reading a foreign file, or refusing it in one sentence. Formats: XLSX, and CSV as Excel saves it."""

from __future__ import annotations

from pathlib import Path

from ennum_stats.errors import message
from ennum_stats.imports.delimited import read_delimited
from ennum_stats.imports.foreign import FileRefused, ForeignFile
from ennum_stats.imports.workbook import read_workbook

LARGEST_FILE = 64 * 1024 * 1024
_MACROS = (".xlsm", ".xltm", ".xlam")


def read_file(path: Path) -> ForeignFile:
    """The sheets of a file as rows of cells.

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
    """Raises `FileRefused` where a file is not there, open in a spreadsheet program, or too large."""
    if not path.is_file():
        raise FileRefused(
            message("There is no such file."),
            where=str(path),
            remedy=message("Check its name and its folder."),
        )
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
