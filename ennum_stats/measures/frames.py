"""Rows with answers become a pandas DataFrame; nothing is computed here.

An answer in column `x` becomes `x`, `x_lower`, `x_upper`; a row's evidence becomes `observation_ids`, its
worst SDMX status `status` (`F` where all of it is planned), its first reason for something missing
`missing_reason`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.store.answers import Answer, Known, Missing, Observation
from ennum_stats.vocabulary import DIMENSIONS

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

FrameKind: TypeAlias = Literal["pandas", "polars"]
Frame: TypeAlias = "pd.DataFrame | pl.DataFrame"
"""A plain DataFrame of one library or the other; never a class of ours."""
Row = dict[str, Any]
_KEYS = ("observation_id", "measure", *DIMENSIONS, "valid_from", "valid_to")
_COLUMNS = [
    *_KEYS, "value", "lower", "upper", "unit", "precision", "status", "missing_reason", "source_id",
    "source_title", "locator", "published_on", "known_on", "note",
]  # fmt: skip
_DAYS = ("valid_from", "valid_to", "known_on")


@dataclass(frozen=True)
class MeasureTable:
    """Rows of a measure: dictionaries whose values are answers, codes, days and numbers."""

    rows: Sequence[Row]
    columns: tuple[str, ...]
    answers: tuple[str, ...] = field(default=())
    """Which of the columns hold answers, in order."""


def records(table: MeasureTable, words: Callable[[Message], str] = str) -> list[dict[str, Any]]:
    """Flat rows as plain Python values; what is not known is `None`. `words` translates sentences."""
    return [
        {k: to_json_value(v, words) for k, v in _flat(row, table).items()} for row in table.rows
    ]


def in_frame(table: MeasureTable, kind: FrameKind = "pandas") -> Frame:
    """The same as a DataFrame of pandas or of polars. Raises `UsageError` for any other."""
    return frame(table) if _is_pandas(kind) else _polars(records(table), table)


def frame(table: MeasureTable) -> pd.DataFrame:
    """The same as a DataFrame: numbers as nullable `Float64` (`<NA>` where not known, never zero)."""
    import pandas as pd

    flat = records(table)
    result = pd.DataFrame(flat, columns=flat_columns(table))
    numbers = [name for answer in table.answers for name in _triple(answer)]
    result[numbers] = result[numbers].astype("Float64")
    return result


def observations_frame(observations: Sequence[Observation], kind: FrameKind = "pandas") -> Frame:
    """Published numbers as a DataFrame, one row each."""
    rows = [_observation_row(o) for o in observations]
    numbers = ["value", "lower", "upper"]
    if not _is_pandas(kind):
        import polars as pl

        days = dict.fromkeys(_DAYS, pl.Date)
        schema = {name: days.get(name, pl.String) for name in _COLUMNS}
        return pl.DataFrame(rows, schema | dict.fromkeys(numbers, pl.Float64), strict=False)
    import pandas as pd

    result = pd.DataFrame(rows, columns=_COLUMNS)
    result[numbers] = result[numbers].astype("Float64")
    return result


def _is_pandas(kind: str) -> bool:
    if kind not in ("pandas", "polars"):
        raise UsageError(
            message("There is no frame “{name}”.", name=kind),
            expected=message("Expected one of: {names}.", names="pandas, polars"),
        )
    return kind == "pandas"


def _polars(rows: list[dict[str, Any]], table: MeasureTable) -> pl.DataFrame:
    """Numbers as `Float64`, with null where not known; several codes as a list of texts."""
    import polars as pl

    numbers = {name: pl.Float64 for answer in table.answers for name in _triple(answer)}
    columns = flat_columns(table)
    series = []
    for name in columns:
        values = [row.get(name) for row in rows]
        if any(isinstance(value, tuple) for value in values):
            values = [None if value is None else list(value) for value in values]
            series.append(pl.Series(name, values, dtype=pl.List(pl.String)))
        else:
            series.append(pl.Series(name, values, dtype=numbers.get(name), strict=False))
    return pl.DataFrame(series)


def _observation_row(observation: Observation) -> dict[str, Any]:
    quantity, source = observation.quantity, observation.source
    row = {name: getattr(observation, name) for name in (*_KEYS, "status", "locator", "note")}
    row |= {"source_id": source.source_id, "source_title": source.title}
    row |= {"published_on": source.published_on, "known_on": source.known_on}
    row["missing_reason"] = observation.missing_reason and observation.missing_reason.value
    if quantity is not None:
        ends = quantity.bounds
        row |= {
            "value": to_json_value(quantity.value),
            "lower": to_json_value(ends.lower),
            "upper": to_json_value(ends.upper),
        }
        row |= {"unit": quantity.unit, "precision": quantity.precision.value}
    return row


def flat_columns(table: MeasureTable) -> list[str]:
    """The columns of the flat rows, in order."""
    names: list[str] = []
    for column in table.columns:
        names += _triple(column) if column in table.answers else [column]
    if table.answers == ("value",):
        names += ["unit", "precision"]
    return [*names, "status", "missing_reason", "observation_ids"]


def _triple(column: str) -> list[str]:
    return [column, *(("lower", "upper") if column == "value" else _ends(column))]


def _ends(column: str) -> tuple[str, str]:
    return f"{column}_lower", f"{column}_upper"


def _flat(row: Row, table: MeasureTable) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    answers: list[Answer] = [row[name] for name in table.answers]
    for column in table.columns:
        if column in table.answers:
            flat |= dict(zip(_triple(column), _numbers(row[column]), strict=True))
        else:
            flat[column] = row.get(column)
    if table.answers == ("value",):
        known = answers[0] if isinstance(answers[0], Known) else None
        flat["unit"] = known.quantity.unit if known else row.get("unit")
        flat["precision"] = known.quantity.precision.value if known else None
    return flat | _evidence(answers)


def _numbers(answer: Answer) -> tuple[Decimal | None, ...]:
    if isinstance(answer, Missing):
        return None, None, None
    quantity = answer.quantity
    return quantity.value, quantity.bounds.lower, quantity.bounds.upper


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


def to_json_value(value: Any, words: Callable[[Message], str] = str) -> Any:
    """A JSON-like value: whole decimals as int, others as float, days in ISO form, messages as text."""
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


def require_not_given(given: Sequence[str], measure: str, by: str, option: str) -> None:
    """Refuse an option that a measure by this dimension does not have. Raises `UsageError`."""
    if given:
        raise UsageError(
            message("{measure} by {by} is not given with {option}.", measure=measure, by=by,
                    option=option),
            remedy=message("Leave it out, or ask by another dimension."),
        )  # fmt: skip
