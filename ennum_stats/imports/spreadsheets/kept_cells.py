"""What of a foreign table is kept: the columns of its form alone, since others may name persons,
and in them no telephone numbers and e-mails.

Every form and list passes here before its rows are read, so that nothing that is taken, told or given back
reaches a person. A register comes as whole columns and is looked through in `register`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ennum_stats.errors import message
from ennum_stats.imports.forms import CellReading, Field
from ennum_stats.imports.spreadsheets.bounds import rows_checked
from ennum_stats.imports.spreadsheets.header import MatchedTable
from ennum_stats.imports.spreadsheets.number_parser import CellRefused, read_number
from ennum_stats.imports.spreadsheets.sheet import ForeignRow, SheetCell, cell_of
from ennum_stats.raw.personal_data import reaches_person, without_persons

REACHES_A_PERSON = message("This looks like a telephone number or an e-mail.")
Mask = Callable[[str, SheetCell], SheetCell]
_BEGINS_AS_TELEPHONE = re.compile(r"\s*(?:[(+]\s*)?0\s*\d")


def kept(
    table: MatchedTable,
    fields: Sequence[Field],
    *,
    written: Mapping[tuple[int, str], str] | None = None,
    mask: Mask = lambda _key, cell: cell,
    also: Callable[[SheetCell], bool] = lambda _cell: False,
) -> MatchedTable:
    """Keep the columns of a form, what reaches a person masked and refused; `mask` does the same to what a
    list alone has. Of the other columns the first cell of a row that is `also` kept stands behind them. Cells that a
    person has `written` anew, by row and field, take the place of those of the file."""
    anew, by_key = written or {}, {field.key: field for field in fields}
    positions, read = {key: place for place, key in enumerate(table.positions)}, {*table.positions.values()}
    titles = {key: table.cell(table.header, key).shown for key in table.positions}

    def kept_row(row: ForeignRow) -> ForeignRow:
        kept_cells = {
            key: cell_of(anew[row.number, key]) if (row.number, key) in anew else table.cell(row, key)
            for key in table.positions
        }
        cells = [  # a title is one that the form knows; without it the refused rows could not be read again
            cell if cell.shown == titles[key] else _masked(by_key[key], mask(key, cell))
            for key, cell in kept_cells.items()
        ]
        neighbour = next((cell for n, cell in enumerate(row.cells) if n not in read and also(cell)), None)
        return replace(row, cells=(*cells, neighbour) if neighbour else tuple(cells))

    return MatchedTable(
        table.sheet, kept_row(table.header), tuple(map(kept_row, rows_checked(table.rows))), positions,
        tuple(map(without_persons, table.ignored)), table.top,
    )  # fmt: skip


def _masked(field: Field, cell: SheetCell) -> SheetCell:
    """Mask and refuse a cell that reaches a person. Excel takes a telephone number without its zero for a
    number: where a column is of numbers or days, that is what it is."""
    is_text = isinstance(cell.value, str)
    if field.reading in (CellReading.NUMBER, CellReading.PERIOD) and not is_text:
        return cell
    shown = str(cell.value) if is_text else cell.shown
    if not reaches_person(shown) or (field.reading is CellReading.NUMBER and _is_number(field, cell)):
        return cell
    return replace(cell, value=without_persons(shown), fault=REACHES_A_PERSON)


def _is_number(field: Field, cell: SheetCell) -> bool:
    """Tell whether a text is a number as documents print them: none of these begins with a zero."""
    if _BEGINS_AS_TELEPHONE.match(cell.shown):
        return False
    try:
        read_number(cell, field.key)
    except CellRefused:
        return False
    return True
