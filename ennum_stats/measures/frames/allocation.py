"""Amounts of spans of years spread over their years: an assumption, which each row of the result names.

What documents say of one year is in `store.budgets(by="year")`: bounds, and a value only where a whole span
lies in the year. To spread a span is to suppose how it was spent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias, TypeVar, cast

import pandas as pd
import polars as pl

from ennum_stats.errors import ONE_OF, Parameter, UsageError, message, unknown_name
from ennum_stats.measures.frames.bounded_table import ASSUMPTION, pandas_of, polars_of
from ennum_stats.measures.measure_table import Row
from ennum_stats.periods import period_of
from ennum_stats.vocabulary import ESTIMATED, Basis

FrameT = TypeVar("FrameT")
How: TypeAlias = Literal["even"]
_SPANS = ("valid_from", "valid_to", "school_year")
_NUMBERS = ("value", "lower", "upper")
_EVEN = message("spread evenly over the days of its span")
_SUPPOSED = {ASSUMPTION: str(_EVEN), "basis": Basis.CONVENTION.value}
_SCHOOL_YEARS = re.compile(r"(\d{4})-(\d{4})")


def allocate(
    frame: FrameT, by: Literal["year"] = "year", how: How = "even", *, until: date | str | None = None
) -> FrameT:
    """Spread amounts of spans over the years of each: one row is one row of the frame in one year.

    The frame is one of `store.budgets()` by programme or by call, of pandas or polars, wide or long: it has
    `value`, `lower`, `upper`, and either `valid_from` and `valid_to`, or `school_year` alone (from 1 September
    to 31 August). `how="even"` takes each day of a span to have cost the same. `until` is the last day of spans
    that have no end; without it they stay whole, as does what has no span at all, in a row without a year.
    So the years of an amount always sum to it.

    Columns: those of the frame without span and precision; `year`; `assumption`, which says how it was
    spread; as `status` "E" (estimated). Raises `UsageError` for a frame without spans, and `UnknownName` for
    another `by` or `how`.

    >>> sum_bounds(allocate(store.budgets(), until="2019-12-31"), by="year")
    """
    _require_one_of("by", by, ("year",))
    _require_one_of("how", how, ("even",))
    table: Any = pandas_of(frame) if isinstance(frame, pl.DataFrame) else frame
    columns = list(table.columns)
    has_days = {"valid_from", "valid_to"} <= set(columns)
    if not {*_NUMBERS} <= set(columns) or not (has_days or "school_year" in columns):
        raise UsageError(
            message("The table has no amounts of spans of years to spread."),
            where=Parameter("frame"),
            remedy=message("Take it by programme or by call: {example}", example='store.budgets(by="call")'),
        )
    end = period_of(until, "until").last if isinstance(until, str) else until
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    rows = [
        row
        | {name: _share(row[name], share) for name in _NUMBERS}
        | {"year": year}
        | _SUPPOSED
        | _status(row)
        for row in records
        for year, share in _years(row, end)
    ]
    kept = [column for column in columns if column not in (*_SPANS, "precision")]
    types = {"year": "Int64", ASSUMPTION: "str", **{column: table[column].dtype for column in kept}}
    spread = pd.DataFrame(rows, columns=["year", *kept, ASSUMPTION]).astype(types)
    spread.attrs.update(table.attrs, assumption=str(_EVEN))
    return cast("FrameT", polars_of(spread) if isinstance(frame, pl.DataFrame) else spread)


def _status(row: Row) -> Row:
    """Give a number that was spread is an estimate; one that is missing stays missing."""
    return {} if row.get("status") == "M" else {"status": ESTIMATED}


def _require_one_of(parameter: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise unknown_name(
            message("Amounts cannot be spread by “{name}”.", name=value), known, ONE_OF,
            where=Parameter(parameter),
        )  # fmt: skip


def _years(row: Row, until: date | None) -> Iterator[tuple[int | None, float]]:
    """Give the years of a row, each with its share of the days; no year where the span is not known."""
    first, last = _span(row)
    last = last or until
    if first is None or last is None or last < first:
        yield None, 1.0
        return
    days = (last - first).days + 1
    for year in range(first.year, last.year + 1):
        begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        yield year, ((end - begin) + timedelta(days=1)).days / days


def _span(row: Row) -> tuple[date | None, date | None]:
    """Find the first and the last day of a row; of school years alone those of Belgium until 2022."""
    first, last = (_day(row.get(name)) for name in ("valid_from", "valid_to"))
    match = _SCHOOL_YEARS.fullmatch(row.get("school_year") or "")
    if first is None and match:
        return date(int(match[1]), 9, 1), date(int(match[2]), 8, 31)
    return first, last


def _day(value: Any) -> date | None:
    """Read a day as pandas or polars gives it."""
    day: date | None = value.date() if hasattr(value, "date") else value
    return day


def _share(amount: float | None, share: float) -> float | None:
    return None if amount is None else amount * share
