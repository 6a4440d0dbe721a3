"""The table of a measure, and how its rows become a DataFrame or plain records; nothing is computed here.

An answer in column `x` becomes `x`, `x_lower`, `x_upper`; a row's evidence becomes `observation_ids`, its
worst SDMX status `status` (`F` where all of it is planned), its first reason for something missing
`missing_reason`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.columns import ACROSS, PART, SHARED_COLUMNS, Column, Kind, columns_of, triple, typed
from ennum_stats.store.answers import Answer, Known, Missing, Observation
from ennum_stats.typography import typeset
from ennum_stats.vocabulary import DIMENSIONS

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

FrameKind: TypeAlias = Literal["pandas", "polars"]
Frame: TypeAlias = "pd.DataFrame | pl.DataFrame"
"""A plain DataFrame of one library or the other; never a class of ours."""
Row = dict[str, Any]
"""A row of a raw table, or one on its way to pandas, JSON or a printed table."""
_KEYS: dict[str, Kind] = {
    **typed("observation_id", "measure", kind="text"),
    **{name: SHARED_COLUMNS[name].kind if name in SHARED_COLUMNS else "text" for name in DIMENSIONS},
    **typed("valid_from", "valid_to", kind="day"),
}
OBSERVATION_COLUMNS: dict[str, Kind] = {
    **_KEYS,
    **typed("printed", "value", "lower", "upper"),
    **typed("unit", "precision", "status", "missing_reason", "source_id", "source_title", "locator",
            "published_on", kind="text"),
    "known_on": "day",
    "note": "text",
}  # fmt: skip


RowT_co = TypeVar("RowT_co", covariant=True)


@dataclass(frozen=True)
class MeasureTable(Generic[RowT_co]):
    """Hold the rows of a measure, objects of one frozen dataclass.

    The columns are the fields of that dataclass, in their order; the answers are the fields typed `Answer`
    or `Known`.
    """

    rows: Sequence[RowT_co]
    row_type: type[RowT_co]
    by: str = ""
    """Name the column of the field `part`: the dimension whose parts the rows are (a level, a province).
    Without it, `part` is not a column."""
    across: str = ""
    """Name the column of the field `across` likewise: the second dimension of rows that have two."""
    shown: tuple[str, ...] = ()
    """The fields that are columns, in order, where these are not all fields in the order of the class."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Name the columns, in order."""
        return tuple(self._fields)

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """Name the columns that hold answers, in order."""
        return tuple(name for name in self.columns if self.column(name).is_answer)

    def column(self, name: str) -> Column:
        """Give what a column declares of itself."""
        row_type: type = self.row_type
        field = self._fields[name]
        return SHARED_COLUMNS[name] if field in (PART, ACROSS) else columns_of(row_type)[field]

    def cell(self, row: object, column: str) -> object:
        """Read one column of a row."""
        value: object = getattr(row, self._fields[column])
        return value

    def answer(self, row: object, column: str) -> Answer:
        """Read a column of answers."""
        answer: Answer = getattr(row, self._fields[column])
        return answer

    @cached_property
    def _fields(self) -> dict[str, str]:
        """Map each column to its field."""
        row_type: type = self.row_type
        fields = self.shown or tuple(columns_of(row_type))
        named = {PART: self.by, ACROSS: self.across}
        return {named.get(field, field): field for field in fields if named.get(field, field)}


def records(table: MeasureTable[object], words: Callable[[Message], str] = str) -> list[dict[str, Any]]:
    """Flatten rows to plain Python values; what is not known is `None`. `words` translates sentences."""
    return [{k: to_json_value(v, words) for k, v in _flat(row, table).items()} for row in table.rows]


def require_library(kind: str) -> None:
    """Refuse a library whose frames are not made. Raises `UsageError`."""
    if kind not in ("pandas", "polars"):
        raise UsageError(
            message("There is no frame “{name}”.", name=kind),
            expected=message("Expected one of: {names}.", names="pandas, polars"),
        )


def observation_row(observation: Observation) -> dict[str, Any]:
    """Give a published number as the row of a frame, in the columns of `OBSERVATION_COLUMNS`."""
    quantity, source = observation.quantity, observation.source
    row = {name: getattr(observation, name) for name in (*_KEYS, "status", "locator", "note")}
    row |= {"source_id": source.source_id, "source_title": source.title_as_written}
    row |= {"published_on": source.published_on, "known_on": source.known_on}
    row["missing_reason"] = observation.missing_reason and observation.missing_reason.value
    if quantity is not None:
        ends = quantity.bounds
        row |= {
            "printed": to_json_value(quantity.value),
            "value": to_json_value(quantity.point),
            "lower": to_json_value(ends.lower),
            "upper": to_json_value(ends.upper),
        }
        row |= {"unit": quantity.unit, "precision": quantity.precision.value}
    return row


def flat_columns(table: MeasureTable[object]) -> list[str]:
    """List the columns of the flat rows, in order."""
    return [*kinds_of(table)]


def kinds_of(table: MeasureTable[object]) -> dict[str, Kind]:
    """Say what each column of the flat rows holds, in order."""
    kinds: dict[str, Kind] = {}
    for name in table.columns:
        column = table.column(name)
        kinds |= typed(*(triple(name) if column.is_answer else (name,)), kind=column.kind)
    if table.answers == ("value",):
        kinds |= typed("unit", "precision", kind="text")
    return kinds | typed("status", "missing_reason", "observation_ids", kind="text")


def _flat(row: object, table: MeasureTable[object]) -> Row:
    flat: Row = {}
    answers: list[Answer] = [table.answer(row, name) for name in table.answers]
    for column in table.columns:
        if column in table.answers:
            flat |= dict(zip(triple(column), ends_of(table.answer(row, column)), strict=True))
        else:
            flat[column] = table.cell(row, column)
    if table.answers == ("value",):
        known = answers[0] if isinstance(answers[0], Known) else None
        flat["unit"] = known.quantity.unit if known else None
        flat["precision"] = known.quantity.precision.value if known else None
    return flat | _evidence(answers)


def ends_of(answer: Answer) -> tuple[Decimal | None, ...]:
    """Give the value of an answer and its two ends, as the three columns of a number have them."""
    if isinstance(answer, Missing):
        return None, None, None
    quantity = answer.quantity
    return quantity.point, quantity.bounds.lower, quantity.bounds.upper


def _evidence(answers: Sequence[Answer]) -> dict[str, Any]:
    known = [answer for answer in answers if isinstance(answer, Known)]
    missing = [answer for answer in answers if isinstance(answer, Missing)]
    ids = {o.observation_id: None for answer in answers for o in answer.observations}
    statuses = {answer.status for answer in known} or {"M"}
    reached = statuses - {"F"} or statuses  # a plan beside numbers that were reached
    return {
        "status": next((s for s in ("E", "P", "B") if s in reached), min(reached)),
        "missing_reason": missing[0].reason.value if missing and not known else None,
        "observation_ids": tuple(ids),
    }


def to_json_value(value: object, words: Callable[[Message], str] = str) -> Any:
    """Make a JSON-like value: whole decimals int, others float, days in ISO form, messages text."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case Message():
            return words(value)
        case tuple():
            return tuple(to_json_value(item, words) for item in value)
        case _:
            return value


def names_of(row: Row) -> dict[str, str]:
    """Read the names that a row of a raw table gives, by language, typeset."""
    return {language: typeset(row[f"name_{language}"], language) for language in LANGUAGES}


def require_not_given(given: Sequence[str], measure: str, by: str, option: str) -> None:
    """Refuse an option that a measure by this dimension does not have. Raises `UsageError`."""
    if given:
        raise UsageError(
            message("{measure} by {by} is not given with {option}.", measure=measure, by=by, option=option),
            remedy=message("Leave it out, or ask by another dimension."),
        )
