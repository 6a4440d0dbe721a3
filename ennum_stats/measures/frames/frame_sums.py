"""Sums of bounded numbers in a DataFrame, where the sum of one column would lie.

`frame["value"].sum()` leaves out what is not known; `sum_bounds` says what the whole lies between.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, cast

from ennum_stats.errors import ONE_OF, Parameter, UsageError, message, unknown_name
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.columns import VALUE, triple
from ennum_stats.measures.frames.shapes import NOTICE
from ennum_stats.measures.measure_table import Row
from ennum_stats.measures.prices import NOMINAL

FrameT = TypeVar("FrameT")
_OVERLAPPING = ("network", "level", "repeats")
"""Columns whose parts have things in common: a site stands in each of its networks and levels."""
ASSUMPTION = "assumption"
"""The column in which a row says what it supposes."""
_LABELS = (NOTICE, ASSUMPTION)
"""Columns of what is supposed: sums keep them."""
_UNTOLD = {"prices": NOMINAL}
"""What rows are of that do not tell it."""


@cache
def _adding() -> dict[str, set[str]]:
    """Map each number, and each measure of one number, to the columns over which it may be summed."""
    found: dict[str, set[str]] = {}
    for measure in TABLES.values():
        for name, number in measure.numbers.items():
            is_only = name == VALUE
            for key in (name, *([measure.name] if is_only else [])):
                over = {*number.adds_over, *(["year"] if is_only and number.adds_over else [])}
                found.setdefault(key, set()).update(over)
    return found


def sum_bounds(frame: FrameT, by: str | Sequence[str] = ()) -> FrameT:
    """Sum the numbers of a table with their bounds, all of it or by some of its columns.

    A sum has a value where all of its parts have one, and an upper bound where all of them have one; of a
    part of which nothing is known, nothing is added below: counts and amounts are never negative. Shares,
    means and cumulated numbers are left out, and sites where rows of several calls are summed: one may have
    won in each. The frame is one of pandas or polars, wide or long, as the store gives them, filtered or
    joined as you like.

    Raises `UsageError` where nothing in it adds up, where its rows have things in common (a site stands in
    each of its networks) or are at different prices, and `UnknownName` for a column of `by` that it does
    not have.

    >>> sum_bounds(store.winners(), by="call")  # doctest: +SKIP
    """
    table: Any = frame
    columns = list(table.columns)
    keys = [by] if isinstance(by, str) else list(by)
    for key in keys:
        if key not in columns:
            raise unknown_name(
                message("There is no column “{name}”.", name=key), columns, ONE_OF, where=Parameter("by")
            )
    keys += [label for label in _LABELS if label in columns and label not in keys]
    rows = rows_of(table)
    is_long = {"measure", "value", "lower", "upper"} <= set(columns)
    if "year" in columns and "year" not in keys and {"cumulated", "cumulated_lower"} & set(columns):
        raise UsageError(
            message("Amounts by year overlap: the same span of years is in each of them."),
            remedy=message("Write: {example}", example='store.total("budgets", by="year")'),
        )
    if is_long:
        keys += [] if "measure" in keys else ["measure"]
    calls = _calls_summed(rows, columns, keys)
    if is_long:
        rows = [row for row in rows if _adds(row["measure"], columns, calls)]
        numbers = ["value"] if rows else []
    else:
        numbers = [n for n in columns if set(triple(n)) <= set(columns) and _adds(n, columns, calls)]
    if not numbers:
        raise UsageError(
            message("No number of this table adds up."),
            remedy=message("Sum counts or amounts that have columns of their bounds beside them."),
        )
    alike = [c for c in (*_OVERLAPPING, "unit", *_UNTOLD) if c in columns and c not in keys]
    _require_alike(rows, alike, keys)
    sums = [
        dict(zip(keys, group, strict=True)) | {k: v for n in numbers for k, v in _sum(of, n).items()}
        for group, of in _groups(rows, keys).items()
    ]
    return cast("FrameT", frame_like(table, sums, [*keys, *(c for n in numbers for c in triple(n))]))


def _adds(name: str, columns: Sequence[str], calls: set[str]) -> bool:
    """Tell whether a number may be summed over a dimension of a table, and over these of it."""
    over = _adding().get(name, set())
    return bool(over & set(columns)) and calls <= over


def _calls_summed(rows: Sequence[Row], columns: Sequence[str], keys: Sequence[str]) -> set[str]:
    """Name the column of calls where rows of several are summed."""
    groups = _groups(rows, keys).values() if "call" in columns else ()
    return {"call"} if any(len({row["call"] for row in of}) > 1 for of in groups) else set()


def _groups(rows: Sequence[Row], keys: Sequence[str]) -> dict[tuple[Any, ...], list[Row]]:
    """Sort rows by what stands in some columns; without any, all of them are one group, even of no row."""
    groups: dict[tuple[Any, ...], list[Row]] = {} if keys else {(): []}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def _require_alike(rows: Sequence[Row], columns: Sequence[str], keys: Sequence[str]) -> None:
    """Refuse to sum rows that have things in common, or are in different units or prices. Raises
    `UsageError`."""
    for of in _groups(rows, keys).values():
        for column in columns:
            found = {row[column] or _UNTOLD.get(column) for row in of} - {None}
            if len(found) > 1:
                raise UsageError(
                    message("Rows of different {column} cannot be summed: {names}.", column=column,
                            names=", ".join(sorted(map(str, found)))),
                    remedy=message("Keep one of them, or name the column in {parameter}.",
                                   parameter=Parameter("by", column)),
                )  # fmt: skip


def _sum(rows: Sequence[Row], number: str) -> dict[str, Any]:
    """Sum one number of some rows: nothing of it is left out in silence."""
    value, lower, upper = triple(number)
    found: dict[str, Any] = {lower: sum(row[lower] for row in rows if row[lower] is not None)}
    for column in (value, upper):
        ends = [row[column] for row in rows]
        found[column] = None if None in ends else sum(ends)
    return found


def rows_of(table: Any) -> list[dict[str, Any]]:
    """Read the rows of a frame of either library; what is missing is nothing."""
    rows = table.to_dicts() if hasattr(table, "to_dicts") else table.to_dict("records")
    return [{name: None if is_missing(v) else v for name, v in row.items()} for row in rows]


def is_missing(value: Any) -> bool:
    """Tell what either library has in the place of what is missing."""
    return (
        value is None
        or type(value).__name__ in ("NAType", "NaTType")
        or (isinstance(value, float) and math.isnan(value))
    )


def frame_like(table: Any, rows: Sequence[Row], columns: Sequence[str]) -> Any:
    """Make a frame of the library and column types of another one; a column of its own is a year or words."""
    cells = {column: [row[column] for row in rows] for column in columns}
    own = [column for column in columns if column not in table.columns]
    types: dict[str, Any]
    if hasattr(table, "to_dicts"):
        import polars as pl

        types = {column: pl.Int64 if column == "year" else pl.String for column in own}
        schema = {**table.schema, **types}
        return pl.DataFrame(cells, {column: schema[column] for column in columns})
    types = {column: "Int64" if column == "year" else "str" for column in own}
    types |= {column: table[column].dtype for column in columns if column not in own}
    made = type(table)(cells, columns=list(columns)).astype(types)
    made.attrs = dict(table.attrs)
    return made
