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

from ennum_stats.errors import ONE_OF, Message, Parameter, message, unknown_name
from ennum_stats.languages import LANGUAGES, LanguageCode, translate
from ennum_stats.measures.columns import VALUE, Kind, typed
from ennum_stats.measures.labels import column_words, explanations, notices
from ennum_stats.measures.measure_table import (
    Frame,
    FrameKind,
    MeasureTable,
    Row,
    ends_of,
    kinds_of,
    records,
    require_library,
    to_json_value,
)
from ennum_stats.store.answers import Answer, Known, Missing, documents_of
from ennum_stats.store.ledger import Ledger

Shape: TypeAlias = Literal["wide", "long"]
Labels: TypeAlias = LanguageCode
NOTICE = "notice"
"""The column that says in each row what is said of a whole store: invented, internal or supposed."""
_PROVENANCE = ("documents", "observation_ids")


class NothingCollected(UserWarning):
    """Hold a table is empty because nothing of it was collected, or published by the day known at."""


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


def shaped(ledger: Ledger, name: str, title: Message, table: MeasureTable[object], wanted: Wanted) -> Frame:
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
    rows = [*(long_rows(ledger, name, told) if wanted.shape == "long" else _wide_rows(told))]
    columns = _columns(table, wanted)
    if wanted.labels:
        columns = named(ledger, table, rows, columns, wanted.labels)
    attrs = _attrs(ledger, name, title, table, known)
    return typed_frame(ledger, rows, columns, wanted.library, attrs)


FINDINGS = ("never_awarded",)
"""Tables whose rows are what was found: without any, nothing was, and that is an answer."""
NOTHING = message("Nothing of it was collected or published by the day known at.")


def typed_frame(
    ledger: Ledger,
    rows: Sequence[Row],
    columns: Mapping[str, Kind],
    library: FrameKind,
    attrs: Mapping[str, object],
) -> Frame:
    """Make a DataFrame of rows, each column of its kind; pandas keeps `attrs` with it.

    Of a store that is invented, internal or supposed a last column says so in each row: attributes do not outlive
    a join.
    """
    if NOTICE in attrs:
        columns = {**columns, NOTICE: "text"}
        rows = [row | {NOTICE: attrs[NOTICE]} for row in rows]
    order = _order_of_calls(ledger, rows) if "call" in columns.values() else []
    cells = {c: [_typed(row.get(c), kind, c) for row in rows] for c, kind in columns.items()}
    if library == "polars":
        import polars as pl

        types: dict[Kind, Any] = {
            "whole": pl.Int64, "number": pl.Float64, "day": pl.Date, "truth": pl.Boolean,
            "call": pl.Enum(order) if order else pl.String, "text": pl.String,
        }  # fmt: skip
        return pl.DataFrame(cells, {c: types[kind] for c, kind in columns.items()})
    import pandas as pd

    dtypes: dict[Kind, Any] = {
        "whole": "Int64", "number": "Float64", "day": "datetime64[s]", "truth": "boolean",
        "call": pd.CategoricalDtype(order, ordered=True), "text": "str",
    }  # fmt: skip
    series = {c: pd.Series(cells[c], dtype=dtypes[kind]) for c, kind in columns.items()}
    result = pd.DataFrame(series, columns=list(columns))
    result.attrs.update(attrs)
    return result


def _typed(value: Any, kind: Kind, column: str) -> Any:
    """Make the cell of a column: what is counted whole lies between whole ends, and is narrowed to them."""
    if value is None or value == "":
        return None
    match kind:
        case "whole":
            rounding = ROUND_FLOOR if column.endswith("_upper") else ROUND_CEILING
            return int(Decimal(str(value)).to_integral_value(rounding))
        case "number":
            return float(value)
        case "day":
            return date.fromisoformat(value) if isinstance(value, str) else value
        case "truth":
            return bool(value)
        case _:
            return " ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _order_of_calls(ledger: Ledger, rows: Sequence[Row]) -> list[str]:
    """List the calls in the order of their school years, then whatever else stands in the column of calls."""
    every = [*(call.call for call in ledger.calls), *ledger.call_sets]
    return list(dict.fromkeys([*every, *(row["call"] for row in rows if row.get("call"))]))


def _columns(table: MeasureTable[object], wanted: Wanted) -> dict[str, Kind]:
    """List the columns of the shape that is wanted, with what each holds."""
    kinds = kinds_of(table)
    if wanted.shape == "long":
        return long_columns(table, wanted)
    del kinds["observation_ids"]
    return kinds | (typed(*_PROVENANCE, kind="text") if wanted.provenance else {})


def long_columns(table: MeasureTable[object], wanted: Wanted) -> dict[str, Kind]:
    """List the columns of one row a number, with what each holds."""
    kinds = kinds_of(table)
    long: dict[str, Kind] = {name: kinds[name] for name in _keys(table)}
    for name, kind in {
        _number_column(table): "text", **typed("value", "lower", "upper"),
        **typed("unit", "basis", "status", "missing_reason", kind="text"), "known_at": "day",
        **typed(*(_PROVENANCE if wanted.provenance else _PROVENANCE[:1]), kind="text"),
    }.items():  # fmt: skip
        long.setdefault(name, kind)
    return long


def _keys(table: MeasureTable[object]) -> list[str]:
    return [column for column in table.columns if column not in table.answers]


def _number_column(table: MeasureTable[object]) -> str:
    """Name the column that says which number a long row gives; rows may have a measure of their own."""
    return "number" if "measure" in table.columns else "measure"


def _wide_rows(table: MeasureTable[object]) -> Iterator[Row]:
    """Give the rows of a measure, one column a number, with its documents."""
    for row, flat in zip(table.rows, records(table), strict=True):
        answers = [table.answer(row, column) for column in table.answers]
        yield flat | {"documents": _documents(answers)}


def long_rows(ledger: Ledger, name: str, table: MeasureTable[object]) -> Iterator[Row]:
    """Give one row a number, with the ground of its bounds and the documents of it alone."""
    for row, flat in zip(table.rows, records(table), strict=True):
        keys = {column: flat[column] for column in _keys(table)}
        for column in table.answers:
            number = name if column == VALUE else column
            yield long_row(ledger, {**keys, _number_column(table): number}, table.answer(row, column))


def long_row(ledger: Ledger, keys: Row, answer: Answer) -> Row:
    """Give the row of one number, of what its keys say."""
    value, lower, upper = map(to_json_value, ends_of(answer))
    return {
        "basis": answer.quantity.bounds.basis.value if answer.quantity else None,
        **keys,
        "value": value,
        "lower": lower,
        "upper": upper,
        "unit": answer.quantity.unit if answer.quantity else None,
        "status": answer.status,
        "missing_reason": answer.reason.value if isinstance(answer, Missing) else None,
        "known_at": ledger.known_at,
        "documents": _documents([answer]),
        "observation_ids": [one.observation_id for one in answer.observations],
    }


def _documents(answers: Sequence[Answer]) -> list[str]:
    return documents_of(one for answer in answers for one in answer.observations)


def named(
    ledger: Ledger,
    table: MeasureTable[object],
    rows: Sequence[Row],
    columns: Mapping[str, Kind],
    language: str,
) -> dict[str, Kind]:
    """Put the name of a code beside it, in a column of its own; gives the columns, in order."""
    every: dict[str, Kind] = {}
    for name, kind in columns.items():
        every[name] = kind
        if name in table.columns:
            column = table.column(name)
            if not (column.named_by or column.names):
                continue
            for row in rows:
                if row[name] is not None:
                    row[f"{name}_name"] = column_words(ledger, column, row[name], language)
        elif name == "measure":
            for row in rows:
                if row[name] in table.answers and row[name] != VALUE:
                    row["measure_name"] = translate(table.column(row[name]).label, language)
        else:
            continue
        every[f"{name}_name"] = "text"
    return every


def _attrs(
    ledger: Ledger, name: str, title: Message, table: MeasureTable[object], known: Sequence[Known]
) -> dict[str, object]:
    """Say of a table what it is, of what, of when, in which units, and of which store."""
    numbers = [one for answer in known for one in answer.observations]
    days = sorted(day for one in numbers for day in (one.valid_from, one.valid_to) if day)
    answers = {column: [table.cell(row, column) for row in table.rows] for column in table.answers}
    codes = {
        name: {one.quantity.unit for one in of if isinstance(one, Known)} for name, of in answers.items()
    }
    units = {
        name: of.pop() if len(of) == 1 else "" for name, of in codes.items() if of
    }  # none: of several units
    told = {
        "measure": name,
        "title": translate(title, ledger.language or "en"),
        "population": " ".join(sorted({one.territory for one in numbers if one.territory})),
        "period": " – ".join(day.isoformat() for day in (days[:1] + days[-1:])),
        "units": units,
        "documents": _documents(known),
    }
    return told | store_attrs(ledger)


def store_attrs(ledger: Ledger) -> dict[str, object]:
    """Say of which store a table is: the day known at, its hash, and for whom or of what it is."""
    said = " – ".join(translate(notice, ledger.language or "en") for notice in notices(ledger))
    told = {NOTICE: said} if said else {}
    return {"known_at": ledger.known_at.isoformat(), "hash": ledger.content_hash, **told}
