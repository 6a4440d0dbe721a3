"""A table that a reader builds: one number of a measure by two dimensions, or all its numbers by one.

Cells are the answers of the measure, with their bounds; nothing is computed here but sums, and those only
where the parts are of different things: sites stand in several networks, and projects do not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ennum_stats.errors import UsageError, message, unknown_name
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.store.answers import Answer, sum_of_known
from ennum_stats.store.ledger import Ledger

MOST_CELLS = 2_000
"""More cells than that are no table that anybody reads."""
TOO_MANY = message("That would be {n} cells; a table has at most {most}.")
CHOOSE_FEWER = message("Choose fewer rows or columns: a province, a network, a call.")
SEVERAL = message("{measure} by “{by}” gives several numbers for one cell.")


@dataclass(frozen=True)
class CrossTable:
    """Hold a number by rows and columns; without a second dimension the columns are numbers of the measure."""

    measure: str
    by: str
    """The dimension or pair by which the measure gave it."""
    rows_by: str
    columns_by: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    number: str
    """The number in the cells; empty where each column is another one."""
    cells: Mapping[tuple[str, str], Answer]
    source: MeasureTable[object]
    """The rows of the measure that the cells come from, and no others."""

    @property
    def row_sums(self) -> tuple[Answer, ...] | None:
        """The sum of each row; nothing where its cells may not be summed."""
        if not self.columns_by or len(self.columns) < 2 or not self._adds(self.columns_by):
            return None
        return tuple(self._sum([(row, column) for column in self.columns]) for row in self.rows)

    @property
    def column_sums(self) -> tuple[Answer | None, ...]:
        """The sum of each column; nothing for one whose cells may not be summed."""
        if len(self.rows) < 2:
            return ()
        sums = [
            self._sum([(row, column) for row in self.rows])
            if self._adds(self.rows_by, self.number or column)
            else None
            for column in self.columns
        ]
        return tuple(sums) if any(sums) else ()

    def _adds(self, dimension: str, number: str = "") -> bool:
        return dimension in TABLES[self.measure].numbers[number or self.number].adds_over

    def _sum(self, places: Sequence[tuple[str, str]]) -> Answer:
        return sum_of_known(self.cells[place] for place in places if place in self.cells)


def cross_table(
    ledger: Ledger,
    measure: str,
    rows: str,
    columns: str = "",
    number: str = "",
    only: Mapping[str, Collection[str]] | None = None,
    prices: str = "",
) -> CrossTable:
    """Build the table of a measure by the dimension `rows`, and by `columns` where one is named; `number` is
    the column of the measure that its cells show (the first, or all of them without `columns`). `only` leaves
    these codes of a dimension: rows and columns, or the sites that are counted; of another one it leaves all.

    Raises `UnknownName`; and `UsageError` where the measure is not given so, or for too many cells.
    """
    if measure not in TABLES:
        raise unknown_name(message("There is no measure “{name}”.", name=measure), TABLES)
    declared = TABLES[measure]
    by = declared.by_all([rows, *([columns] if columns else [])])
    places = {one: (only or {}).get(one, ()) for one in declared.places_of(by)}
    within = {one: tuple(codes) for one, codes in places.items() if codes}
    table = _only(measure_rows(ledger, measure, by, prices=prices, within=within), only or {})
    numbers = table.answers if not number else (_known_number(declared, table, number),)
    if columns:
        numbers = numbers[:1]
    cells: dict[tuple[str, str], Answer] = {}
    row_codes: dict[str, None] = {}
    column_codes: dict[str, None] = {} if columns else dict.fromkeys(numbers)
    for row in table.rows:
        code = _code(table, row, rows)
        row_codes[code] = None
        for name in numbers:
            across = _code(table, row, columns) if columns else name
            column_codes[across] = None
            if (code, across) in cells:
                raise UsageError(message(SEVERAL.text, measure=measure, by=f"{rows} + {columns}"))
            cells[code, across] = table.answer(row, name)
    if (size := len(row_codes) * len(column_codes)) > MOST_CELLS:
        told = message(TOO_MANY.text, n=size, most=MOST_CELLS)
        raise UsageError(told, remedy=CHOOSE_FEWER)
    return CrossTable(
        measure, by, rows, columns, tuple(row_codes), tuple(column_codes),
        numbers[0] if columns else "", cells, table,
    )  # fmt: skip


def crossable(measure: str, number: str) -> dict[str, tuple[str, ...]]:
    """List the dimensions of a measure, each with those that a number of it can be crossed with."""
    declared = TABLES[measure]
    pairs = declared.pairs if number in declared.crossed else ()
    told = [declared.dimensions_by(by) for by in (*declared.by, *pairs) if by]
    found: dict[str, dict[str, None]] = {}
    for dimensions in told:
        for one in dimensions:
            others = found.setdefault(one, {})
            others.update(dict.fromkeys(other for other in dimensions if other != one))
    return {one: tuple(others) for one, others in found.items()}


def _only(table: MeasureTable[object], only: Mapping[str, Collection[str]]) -> MeasureTable[object]:
    """Leave the rows with these codes of the dimensions that the table tells."""
    kept = {name: codes for name, codes in only.items() if codes and name in table.columns}
    rows = [
        row for row in table.rows if all(_code(table, row, name) in codes for name, codes in kept.items())
    ]
    return replace(table, rows=rows)


def _known_number(declared: MeasureDefinition, table: MeasureTable[object], number: str) -> str:
    if number not in table.answers:
        raise UsageError(
            message("{measure} gives no “{name}” here.", measure=declared.name, name=number),
            expected=message("Expected one of: {names}.", names=", ".join(table.answers)),
        )
    return number


def _code(table: MeasureTable[object], row: object, column: str) -> str:
    """Give the code of a row in a column; empty where it is of none."""
    found = table.cell(row, column)
    return "" if found is None else str(found)
