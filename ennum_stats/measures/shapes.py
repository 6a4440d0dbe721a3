"""The tables that analysts get: typed columns, wide or long, with names beside codes and provenance on wish.

Numbers that are counted whole are `Int64`, all others `Float64`; days are days, calls categories in the order
of time, several codes one text with spaces. What is not known is missing, never zero.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal, TypeAlias

from ennum_stats.errors import (
    ONE_OF,
    Message,
    Parameter,
    message,
    unknown_name,
)
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.frames import (
    Frame,
    FrameKind,
    MeasureTable,
    Row,
    flat_columns,
    records,
    require_library,
    triple,
)
from ennum_stats.measures.labels import (
    HEADINGS,
    NAMED_BY,
    OF_COLUMN,
    column_words,
    explanations,
    notices,
)
from ennum_stats.store.answers import Answer, Known, Missing, documents_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.scenario import SCENARIO, hypotheses

Shape: TypeAlias = Literal["wide", "long"]
Labels: TypeAlias = Literal["fr", "de", "nl", "en"]
COUNTS = frozenset((
    "projects_introduced", "projects_awarded", "projects_cumulated", "projects_change",
    "projects_planned", "projects", "sites", "universe_sites", "sites_selected", "sites_installed",
    "implantations", "etablissements", "devices", "deliveries",
    "participations",
))  # fmt: skip
"""The columns of numbers that are counted whole, by the names that measures give them."""
DAYS = ("valid_from", "valid_to", "known_on", "known_at")
NUMBERS = ("printed", "value", "lower", "upper")
_PROVENANCE = ("documents", "observation_ids")
_CALLS = "call"


class NothingCollected(UserWarning):
    """A table is empty because nothing of it was collected, or published by the day known at."""


@dataclass(frozen=True)
class Wanted:
    """Say in what form a table is wanted. Raises `UnknownName` for a form that there is not."""

    library: FrameKind = "pandas"
    shape: Shape = "wide"
    labels: Labels | None = None
    provenance: bool = False

    def __post_init__(self) -> None:
        require_library(self.library)
        for name, value, known in (
            ("shape", self.shape, ("wide", "long")),
            ("labels", self.labels, (None, *LANGUAGES)),
        ):
            if value not in known:
                raise unknown_name(
                    message("There is no such form of a table: “{name}”.", name=value),
                    filter(None, known), ONE_OF, where=Parameter(name),
                )  # fmt: skip


def shaped(
    ledger: Ledger, name: str, title: Message, table: MeasureTable[object], wanted: Wanted
) -> Frame:
    """Make the table of a measure as it is wanted; an empty one warns with the reason (`NothingCollected`).

    Is called by a helper of the method that the analyst calls: the warning names the analyst's own line.
    """
    known = [
        answer
        for row in table.rows
        for column in table.answers
        if isinstance(answer := table.cell(row, column), Known)
    ]
    is_answer = name in FINDINGS and not table.rows
    if not known and not is_answer:
        why = explanations(table, "en") or [str(NOTHING)]
        warnings.warn(f"{name}: {' '.join(why)}", NothingCollected, stacklevel=5)
    kept = table.rows if known else []
    told = replace(table, rows=kept)
    rows = [*(_long_rows(ledger, name, told) if wanted.shape == "long" else _wide_rows(told))]
    columns = _columns(table, wanted)
    if wanted.labels:
        columns = _named(ledger, table, rows, columns, wanted.labels)
    attrs = _attrs(ledger, name, title, table, known)
    return typed_frame(ledger, rows, columns, wanted.library, attrs)


FINDINGS = ("never_awarded",)
"""Tables whose rows are what was found: without any, nothing was, and that is an answer."""
NOTHING = message("Nothing of it was collected or published by the day known at.")


def typed_frame(
    ledger: Ledger,
    rows: Sequence[Row],
    columns: Sequence[str],
    library: FrameKind,
    attrs: Mapping[str, Any],
) -> Frame:
    """Make a DataFrame of rows, each column of its type; pandas keeps `attrs` with it.

    Where anything is supposed, a last column says so in each row: attributes do not outlive a join.
    """
    if hypotheses(ledger):
        columns = [*columns, SCENARIO]
        rows = [row | {SCENARIO: attrs["notice"]} for row in rows]
    kinds = {column: _kind(column) for column in columns}
    order = _order_of_calls(ledger, rows) if _CALLS in columns else []
    cells = {c: [_typed(row.get(c), kinds[c], c) for row in rows] for c in columns}
    if library == "polars":
        import polars as pl

        types = {"Int64": pl.Int64, "Float64": pl.Float64, "day": pl.Date, "bool": pl.Boolean}
        schema: dict[str, Any] = {c: types.get(kinds[c], pl.String) for c in columns}
        if order:
            schema[_CALLS] = pl.Enum(order)
        return pl.DataFrame(cells, schema)
    import pandas as pd

    series: dict[str, Any] = {}
    for column in columns:
        if column == _CALLS:
            series[column] = pd.Categorical(cells[column], categories=order, ordered=True)
            continue
        dtype = {"day": "datetime64[s]", "text": "str", "bool": "boolean"}.get(
            kinds[column], kinds[column]
        )
        series[column] = pd.Series(cells[column], dtype=dtype)
    result = pd.DataFrame(series, columns=list(columns))
    result.attrs.update(attrs)
    return result


def _kind(column: str) -> str:
    """Tell what a column holds by its name; ends of an interval are of the kind of their number."""
    number = column.removesuffix("_lower").removesuffix("_upper")
    if number in COUNTS or column in ("year", "numbers"):
        return "Int64"
    if column in DAYS:
        return "day"
    if column in ("comparable", "computed"):
        return "bool"
    return "Float64" if number in _FLOATS else "text"


_FLOATS = frozenset((
    *NUMBERS, "selection_rate", "applicants_per_winner", "budget_awarded", "budget_cumulated",
    "mean_grant", "budget_planned", "mean_grant_planned", "awarded_of_planned", "cumulated", "share",
    "progress", "budget_spent", "cost_per_site", "projects_per_1000_sites", "amount_eur", "listed",
    "published", "planned", "reached", "distance", "relative_distance", "before", "after",
    "chosen", "other",
))  # fmt: skip


def _typed(value: Any, kind: str, column: str) -> Any:
    """Make the cell of a column: what is counted whole lies between whole ends, and is narrowed to them."""
    if value is None or value == "":
        return None
    match kind:
        case "Int64":
            rounding = ROUND_FLOOR if column.endswith("_upper") else ROUND_CEILING
            return int(Decimal(str(value)).to_integral_value(rounding))
        case "Float64":
            return float(value)
        case "day":
            return date.fromisoformat(value) if isinstance(value, str) else value
        case "bool":
            return bool(value)
        case _:
            return " ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _order_of_calls(ledger: Ledger, rows: Sequence[Row]) -> list[str]:
    """List the calls in the order of their school years, then whatever else stands in the column of calls."""
    every = [*(call.call for call in ledger.calls), *ledger.call_sets]
    return list(dict.fromkeys([*every, *(row[_CALLS] for row in rows if row.get(_CALLS))]))


def _columns(table: MeasureTable[object], wanted: Wanted) -> list[str]:
    """List the columns of the shape that is wanted."""
    if wanted.shape == "long":
        keys = _keys(table)
        numbers = [_number_column(table), "value", "lower", "upper", "unit", "basis"]
        told = [*numbers, "status", "missing_reason", "known_at", "documents"]
        ids = ["observation_ids"] if wanted.provenance else []
        return list(dict.fromkeys([*keys, *told, *ids]))
    *columns, _ = flat_columns(table)
    return [*columns, *(_PROVENANCE if wanted.provenance else ())]


def _keys(table: MeasureTable[object]) -> list[str]:
    return [column for column in table.columns if column not in table.answers]


def _number_column(table: MeasureTable[object]) -> str:
    """Name the column that says which number a long row gives; rows may have a measure of their own."""
    return "number" if "measure" in table.columns else "measure"


def _wide_rows(table: MeasureTable[object]) -> Iterator[Row]:
    """Give the rows of a measure, one column a number, with its documents."""
    for row, flat in zip(table.rows, records(table), strict=True):
        answers = [table.cell(row, column) for column in table.answers]
        yield flat | {"documents": _documents(answers)}


def _long_rows(ledger: Ledger, name: str, table: MeasureTable[object]) -> Iterator[Row]:
    """Give one row a number, with the ground of its bounds and the documents of it alone."""
    for row, flat in zip(table.rows, records(table), strict=True):
        keys = {column: flat[column] for column in _keys(table)}
        for column in table.answers:
            answer: Answer = table.cell(row, column)
            value, lower, upper = triple(column)
            yield {
                "basis": answer.quantity.bounds.basis.value if isinstance(answer, Known) else None,
                **keys,
                _number_column(table): name if column == "value" else column,
                "value": flat[value],
                "lower": flat[lower],
                "upper": flat[upper],
                "unit": answer.quantity.unit if isinstance(answer, Known) else None,
                "status": answer.status if isinstance(answer, Known) else "M",
                "missing_reason": answer.reason.value if isinstance(answer, Missing) else None,
                "known_at": ledger.known_at,
                "documents": _documents([answer]),
                "observation_ids": [one.observation_id for one in answer.observations],
            }


def _documents(answers: Sequence[Answer]) -> list[str]:
    return documents_of(one for answer in answers for one in answer.observations)


def _named(
    ledger: Ledger,
    table: MeasureTable[object],
    rows: Sequence[Row],
    columns: Sequence[str],
    language: str,
) -> list[str]:
    """Put the name of a code beside it, in a column of its own; gives the columns, in order."""
    named = list(columns)
    for column in table.columns:
        if column not in NAMED_BY and column not in OF_COLUMN:
            continue
        for row in rows:
            if row[column] is not None:
                row[f"{column}_name"] = column_words(ledger, column, row[column], language)
        named.insert(named.index(column) + 1, f"{column}_name")
    if "measure" in columns and "measure" not in table.columns:
        for row in rows:
            if row["measure"] in HEADINGS:
                row["measure_name"] = translate(HEADINGS[row["measure"]], language)
        named.insert(named.index("measure") + 1, "measure_name")
    return named


def _attrs(
    ledger: Ledger,
    name: str,
    title: Message,
    table: MeasureTable[object],
    known: Sequence[Known],
) -> dict[str, Any]:
    """Say of a table what it is, of what, of when, in which units, and of which store."""
    numbers = [one for answer in known for one in answer.observations]
    days = sorted(day for one in numbers for day in (one.valid_from, one.valid_to) if day)
    units = {
        column: unit
        for column in table.answers
        if (unit := next((a.quantity.unit for row in table.rows
                          if isinstance(a := table.cell(row, column), Known)), None))
    }  # fmt: skip
    told = {
        "measure": name,
        "title": str(title),
        "population": " ".join(sorted({one.territory for one in numbers if one.territory})),
        "period": " – ".join(day.isoformat() for day in (days[:1] + days[-1:])),
        "units": units,
    }
    return told | store_attrs(ledger)


def store_attrs(ledger: Ledger) -> dict[str, Any]:
    """Say of which store a table is: the day known at, its hash, and for whom or of what it is."""
    said = " – ".join(translate(notice, "en") for notice in notices(ledger))
    told = {"notice": said} if said else {}
    return {"known_at": ledger.known_at.isoformat(), "hash": ledger.content_hash, **told}
