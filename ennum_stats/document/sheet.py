"""Write tables of values for spreadsheets: CSV that French Excel opens, and a workbook of one sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection
from datetime import date, datetime, time
from decimal import Decimal

from ennum_stats.table import Value, ValueTable, harmless


def csv_of(table: ValueTable, _made_on: date | None = None) -> bytes:
    """Write semicolons, decimal commas and a byte-order mark; a text that a spreadsheet would compute is put
    behind an apostrophe. Below the headings stand the codes of the columns, where each has one."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(column.name) for column in table.columns])
    if all(column.code for column in table.columns):
        writer.writerow([column.code for column in table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _csv_cell(cell: Value) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return harmless(cell.replace("\u202f", "\u00a0"))


_NAME_ROOM, _NOT_IN_A_NAME = 31, str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""How long the name of a sheet may be, and which signs it may not have."""
_CODES = "Codes"
"""The word of all four languages."""


def sheet_name(words: str, others: Collection[str] = ()) -> str:
    """Make a name of words that a sheet may have beside the others of its workbook, cut between two words.

    >>> sheet_name("Spent: what each programme adds to it", ["Figures"])
    'Spent what each programme adds…'
    """
    wished = " ".join(words.translate(_NOT_IN_A_NAME).strip("'").split(" ")).replace("  ", " ")
    taken = {other.lower() for other in others}
    for end in ("", *(f" ({n})" for n in range(2, len(taken) + 3))):
        room = _NAME_ROOM - len(end)
        cut = wished if len(wished) <= room else wished[:room].rpartition(" ")[0].rstrip(",;") + "…"
        name = f"{cut[:room]}{end}"
        if name.lower() not in taken:
            return name
    raise AssertionError("there are more names than sheets")


def workbook_of(table: ValueTable, made_on: date) -> bytes:
    """Write a workbook whose sheet is called as the table; texts are texts, never formulas. The codes of the
    columns stand in a sheet of their own: below the headings, Excel would sort and count them. It says that it
    was made on a day, to be the same whenever it is made."""
    import xlsxwriter

    content = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": datetime.combine(made_on, time())})
        sheet = book.add_worksheet(sheet_name(table.caption))
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.write_row(0, 0, [column.name for column in table.columns], bold)
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    sheet.write_number(number, column, float(cell))
                elif cell:
                    sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
        if all(column.code for column in table.columns):
            codes = book.add_worksheet(_CODES)
            codes.write_column(0, 0, [column.name for column in table.columns])
            codes.write_column(0, 1, [column.code for column in table.columns])
            codes.autofit()
    return content.getvalue()


def cell_of(value: object) -> Value:
    """Make the cell of a value of Python: numbers are numbers, everything else is text."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        return Decimal(str(value))
    if isinstance(value, list | tuple):
        return " ".join(str(item) for item in value)
    return str(value)


SHEETS: dict[str, Callable[[ValueTable, date], bytes]] = {"csv": csv_of, "xlsx": workbook_of}
"""Each form by the end of its name."""
