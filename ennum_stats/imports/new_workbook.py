"""New workbooks for people. The same content gives the same bytes, every cell stays text, and a file that
is open in Excel is an error with a remedy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from ennum_stats.errors import OutputInUse, message

_MADE_ON = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
_LINE = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#C9CED6"}


@contextmanager
def new_workbook(path: Path, **properties: str) -> Iterator[Any]:
    """An empty workbook with properties (`title`…), written at the end. Raises `OutputInUse`."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            book.set_properties({"created": _MADE_ON, **properties})
            yield book
    except xlsxwriter.exceptions.FileCreateError as error:
        raise in_use(str(path)) from error


def in_use(where: str) -> OutputInUse:
    """The error of a file that cannot be replaced."""
    return OutputInUse(
        message("The file cannot be written; it may be open."),
        where=where,
        remedy=message("Close it and try again."),
    )


def new_table(
    book: Any, title: str, headings: Sequence[str], mark: str, frozen: int
) -> tuple[Any, int]:
    """A sheet with headings, under a mark where its rows are invented; and the number of its first free
    row. The first columns, `frozen` of them, stay in sight.
    """
    sheet = book.add_worksheet(title)
    top = 0
    if mark:
        sheet.write_string(0, 0, mark, book.add_format({"bold": True, "font_color": "#9C1C0C"}))
        top = 1
    sheet.write_row(
        top, 0, headings, book.add_format(_LINE | {"bold": True, "bg_color": "#E8EEF5"})
    )
    sheet.freeze_panes(top + 1, frozen)
    sheet.set_landscape()
    return sheet, top + 1


def cell_format(book: Any, **settings: str) -> Any:
    """The format of a cell of a table: text within lines, and these settings."""
    return book.add_format(_LINE | {"num_format": "@"} | settings)
