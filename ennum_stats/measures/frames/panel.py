"""Measures as known on several days in one table, ready to plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ennum_stats.errors import ONE_OF, Parameter, message, unknown_name
from ennum_stats.languages import translate
from ennum_stats.measures.columns import Kind, triple
from ennum_stats.measures.frames import shapes
from ennum_stats.measures.frames.rates import rates, require_base
from ennum_stats.measures.measure_table import Frame, MeasureTable, Row, records
from ennum_stats.store.ledger import Ledger

OfDay: TypeAlias = tuple[Ledger, str, MeasureTable[object]]
"""A measure of a day: the store as known on it, the name of the measure, and its rows."""
_OF_A_NUMBER = (
    "measure", "measure_name", "value", "lower", "upper", "unit", "basis", "status", "missing_reason", "documents",
    "observation_ids",
)  # fmt: skip


def panel(
    measures: Sequence[OfDay], wanted: shapes.Wanted, where: Mapping[str, str | Sequence[str]], per: str = ""
) -> Frame:
    """Give one row a number, of each measure and day in the order asked; wide, one row a part and day, with the
    value and both ends of each number beside each other.

    Calls are in the order of the last day's, in all of its rows. `where` keeps the rows that have one of these codes
    in a column. Wide, there are the columns that all measures have. Rates `per` inhabitants or pupils stand behind the
    counts, with what they are taken of. Raises `UnknownName` for a column that none of the measures has.
    """
    columns: dict[str, Kind] = {}
    shared = {*shapes.long_columns(measures[0][2], wanted)}
    rows: list[Row] = []
    for ledger, name, table in measures:
        of_table = shapes.long_columns(table, wanted)
        own = [*shapes.long_rows(ledger, name, table)]
        if per:
            own += _rates(ledger, table, per, wanted.labels, with_whole=name == measures[0][1])
        if wanted.labels:
            of_table = shapes.named(ledger, table, own, of_table, wanted.labels)
        columns = {**of_table, **columns}
        shared &= {*of_table}
        rows += own
    for column, codes in where.items():
        if column not in columns:
            absent = message("There is no column “{name}”.", name=column)
            raise unknown_name(absent, columns, ONE_OF, where=Parameter("where"))
        kept = {codes} if isinstance(codes, str) else {*codes}
        rows = [row for row in rows if row.get(column) in kept]
    if wanted.shape == "wide":
        rows, columns = _wide(rows, {name: kind for name, kind in columns.items() if name in shared})
    last = max((ledger for ledger, _, _ in measures), key=lambda ledger: ledger.known_at)
    return shapes.typed_frame(last, rows, columns, wanted.library, shapes.store_attrs(last))


def _rates(
    ledger: Ledger, table: MeasureTable[object], per: str, language: str | None, *, with_whole: bool
) -> Iterator[Row]:
    """Give the rows of rates, and once of what they are taken of."""
    base = require_base(ledger, per)
    for flat, numbers in zip(records(table), rates(ledger, table, base), strict=True):
        keys = {name: flat[name] for name in table.columns if name not in table.answers}
        for number, label, answer in numbers:
            if with_whole or number != base.unit:
                names = {"measure": number, "measure_name": translate(label, language or "en")}
                yield shapes.long_row(ledger, {**keys, **names}, answer)


def _wide(rows: Sequence[Row], columns: Mapping[str, Kind]) -> tuple[list[Row], dict[str, Kind]]:
    """Set the numbers of each part and day beside each other."""
    keys = {name: kind for name, kind in columns.items() if name not in _OF_A_NUMBER}
    parts: dict[tuple[object, ...], Row] = {}
    numbers: dict[str, Kind] = {}
    for row in rows:
        part = tuple(str(row.get(key)) for key in keys)
        cells = dict(zip(triple(row["measure"]), (row["value"], row["lower"], row["upper"]), strict=True))
        numbers |= dict.fromkeys(cells, "number")
        parts.setdefault(part, {key: row.get(key) for key in keys}).update(cells)
    return [*parts.values()], {**keys, **numbers}
