"""Lists that stand on several sheets, one a province or a network: read as one list.

The rows of each further sheet are numbered on from a round number, so that the last digits are the row in its sheet.
What a sheet is called counts as the title of its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from ennum_stats.errors import message
from ennum_stats.imports.forms import Field
from ennum_stats.imports.lists.titles import ListTitles
from ennum_stats.imports.lists.verdicts import Selection, verdict
from ennum_stats.imports.spreadsheets.header import MERGED_ROWS, MatchedTable, heading_of, tables_of, title_of
from ennum_stats.imports.spreadsheets.sheet import EMPTY, ForeignFile, ForeignRow, Sheet, SheetCell
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.typography import fold

_FEWEST_DIGITS = 3
_SCHOOL = ("implantation", "etablissement", "school", "commune")


def joined(
    file: ForeignFile, fields: Sequence[Field], titles: ListTitles, fewest: int
) -> tuple[ForeignFile, frozenset[int]]:
    """Put the sheets that have the columns of a list below each other; give also the numbers before the rows of those
    that follow. A file with one such sheet stays as it is."""
    tables = tables_of(file.visible_sheets, fields, fewest)
    if len(tables) < 2 or _are_states_of_one(tables):
        return file, frozenset()
    by_name = {sheet.name: sheet for sheet in file.sheets}
    last = max(row.number for table in tables for row in by_name[table.sheet].rows)
    step = 10 ** max(_FEWEST_DIGITS, len(str(last)))
    columns: dict[object, int] = {}
    rows: list[ForeignRow] = []
    starts: set[int] = set()
    parts: list[Sheet] = []
    for number, table in enumerate(tables, start=1):
        shift = step * number if number > 1 else 0
        part = _moved(by_name[table.sheet], table, columns, shift)
        if shift:
            part = replace(part, rows=tuple(_below_another(part, table, titles, shift)))
            starts.add(shift)
        parts.append(part)
        rows += part.rows
    first = parts[0]
    whole = replace(
        first, rows=tuple(rows),
        hidden_columns=frozenset().union(*(part.hidden_columns for part in parts)),
        noted_rows=frozenset().union(*(part.noted_rows for part in parts)),
        page_lines=tuple(line for part in parts for line in part.page_lines),
        has_colour_rules=any(part.has_colour_rules for part in parts),
    )  # fmt: skip
    places = [
        message("“{name}” (rows {first}–{last})", name=without_persons(part.name),
                first=str(part.rows[0].number), last=str(part.rows[-1].number))
        for part in parts if part.rows
    ]  # fmt: skip
    remark = message(
        "Sheets read as one list: {sheets}. The last digits are the row in its sheet.", sheets=places
    )
    others = tuple(sheet for sheet in file.sheets if sheet.name not in {part.name for part in parts})
    return ForeignFile(file.name, (whole, *others), (*file.remarks, remark)), frozenset(starts)


def _are_states_of_one(tables: Sequence[MatchedTable]) -> bool:
    """Tell whether two sheets have most of their schools in common: they are no parts of a list."""
    schools = [
        {tuple(fold(table.cell(row, key).shown) for key in _SCHOOL) for row in table.rows}
        - {("",) * len(_SCHOOL)}
        for table in tables
    ]
    return any(2 * len(here & there) > min(len(here), len(there)) for here, there in combinations(schools, 2))


def _moved(sheet: Sheet, table: MatchedTable, columns: dict[object, int], shift: int) -> Sheet:
    """Put the cells of a sheet into the columns of the whole list, and number its rows on."""
    keys = {place: key for key, place in table.positions.items()}
    width = max(len(row.cells) for row in (*sheet.rows, table.header))
    places = []
    for place in range(width):
        heading = title_of(heading_of(table.header.cell(place)))
        name: object = keys.get(place) or (("title", heading) if heading else ("place", place))
        places.append(columns.setdefault(name, len(columns)))

    def moved(row: ForeignRow) -> ForeignRow:
        cells: list[SheetCell] = [EMPTY] * (1 + max(places[: len(row.cells)], default=-1))
        for place, cell in zip(places, row.cells, strict=False):
            cells[place] = cell
        return replace(row, number=row.number + shift, cells=tuple(cells))

    return replace(
        sheet, rows=tuple(map(moved, sheet.rows)),
        hidden_columns=frozenset(places[place] for place in sheet.hidden_columns if place < width),
        noted_rows=frozenset(number + shift for number in sheet.noted_rows),
    )  # fmt: skip


def _below_another(sheet: Sheet, table: MatchedTable, titles: ListTitles, shift: int) -> list[ForeignRow]:
    """Give the rows of a sheet that follows another: without the titles of its columns, and below its name where that
    says whether they won."""
    header = table.header.number + shift
    lines = [sheet.name, *sheet.page_lines]
    rows = [
        ForeignRow(shift + number, (SheetCell(line),))
        for number, line in enumerate(lines[:1])
        if verdict(line) is Selection.WON or [*titles.doubts([line])]
    ]
    return rows + [
        row
        for row in sheet.rows
        if row.number != header
        and not (0 < header - row.number <= MERGED_ROWS and sum(not cell.is_empty for cell in row.cells) > 1)
    ]
