"""Checks of single cells: what a column's kind allows. One function a kind; each gives findings.

Frames come from `ennum_stats.raw.reader`: strings, with `_file` and `_line`. `typed` turns a frame into
the types of the store; a cell that failed its check is empty there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.periods import Period
from ennum_stats.raw.schema import Finding
from ennum_stats.raw.tables import Column, Kind, Table

DECIMAL_TYPE = pl.Decimal(20, 6)
_NUMBER = r"^-?[0-9]{1,14}(\.[0-9]{1,6})?$"
_SPACES = " \u00a0\u202f\u2009'’"
_NOT_GIVEN = {"n.c.", "nc", "n/a", "na", "n.d.", "nd", "?", "-", "–", "inconnu", "null", "nan"}


@dataclass(frozen=True)
class Fault:
    """What can be wrong in a column: where it is, and the words for it; `found` words the value there."""

    column: str
    is_wrong: pl.Expr
    found: Callable[[str], Message]
    expected: Message
    remedy: Message
    relies_on: Iterable[str] = ()


def cell_findings(table: Table, frame: pl.DataFrame) -> list[Finding]:
    """Everything wrong with single cells of a table (or a part of one).

    All columns are looked through at once; rows are looked for only where there is something to find.
    """
    faults = [fault for column in table.columns for fault in _faults(column, frame)]
    if frame.is_empty():
        return []
    is_there = frame.select(
        fault.is_wrong.any().alias(str(place)) for place, fault in enumerate(faults)
    ).row(0)
    found = [fault for fault, is_found in zip(faults, is_there, strict=True) if is_found]
    return [finding for fault in found for finding in _at(frame, fault)]


def _faults(column: Column, frame: pl.DataFrame) -> Iterator[Fault]:
    values = pl.col(column.name)
    if column.required:
        yield Fault(
            column.name, values.str.strip_chars().fill_null("") == "",
            lambda _: message("This cell is empty."),
            message("A value is expected here."), message("Fill it in."),
        )  # fmt: skip
    yield from _CHECKS[column.kind](column, frame)
    if column.choices:
        yield Fault(
            column.name, values.is_not_null() & ~values.is_in(column.choices),
            lambda value: message("“{value}” is not allowed here.", value=value),
            message("Expected one of: {names}.", names=", ".join(column.choices)),
            message("Correct it."),
        )  # fmt: skip


def findings_at(
    frame: pl.DataFrame,
    column: str,
    is_wrong: pl.Expr,
    found: Callable[[str], Message],
    expected: Message,
    remedy: Message,
    relies_on: Iterable[str] = (),
) -> list[Finding]:
    """A finding for every row where `is_wrong`; `found` words the value of `column` there."""
    return _at(frame, Fault(column, is_wrong, found, expected, remedy, relies_on))


def _at(frame: pl.DataFrame, fault: Fault) -> list[Finding]:
    shown = pl.col(fault.column).cast(pl.String).fill_null("")
    if isinstance(frame.schema[fault.column], pl.Decimal):
        shown = shown.str.strip_chars_end("0").str.strip_chars_end(".")
    wrong = frame.filter(fault.is_wrong).select("_file", "_line", shown.alias("_shown"))
    tables = frozenset(fault.relies_on)
    return [
        Finding(file, line, fault.column, fault.found(value), fault.expected, fault.remedy, tables)
        for file, line, value in wrong.iter_rows()
    ]


def typed(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the types of the store. Periods become days: the first of a beginning, the last
    of an end. Codes of a closed list or of another table are kept as numbers: a quarter of the memory."""
    casts = [
        _TYPES[column.kind](column, frame) for column in table.columns if column.kind in _TYPES
    ]
    codes = [
        column.name
        for column in table.columns
        if column.kind is Kind.CODE and (column.choices or column.references)
    ]
    return frame.with_columns(*casts, pl.col(codes).cast(pl.Categorical))


# --- one check a kind -------------------------------------------------------------------------------


def _nothing(_column: Column, _frame: pl.DataFrame) -> Iterator[Fault]:
    yield from ()


def _check_code(column: Column, _frame: pl.DataFrame) -> Iterator[Fault]:
    value = pl.col(column.name)
    yield Fault(
        column.name, value != value.str.strip_chars(),
        lambda found: message("“{value}” begins or ends with a space.", value=found),
        message("A code has no spaces around it."), message("Take the spaces out."),
    )  # fmt: skip


def _check_decimal(column: Column, _frame: pl.DataFrame) -> Iterator[Fault]:
    value = pl.col(column.name)
    yield Fault(
        column.name, value.is_not_null() & ~value.str.contains(_NUMBER),
        _why_not_a_number,
        message("A number is written with digits and a decimal point: 6825000.50."),
        message("Write it so; the unit and the precision have their own columns."),
    )  # fmt: skip
    if column.non_negative:
        yield Fault(
            column.name, value.str.contains(_NUMBER) & value.str.starts_with("-"),
            lambda found: message("“{value}” is negative.", value=found),
            message("Nothing here can be less than zero."), message("Look it up in the document."),
        )  # fmt: skip


def _why_not_a_number(value: str) -> Message:
    if value.strip().lower() in _NOT_GIVEN:
        return message(
            "“{value}” is not a number. Where there is none, leave it empty and say why in missing_reason.",
            value=value,
        )
    if re.fullmatch(r"-?\d+,\d+", value):
        return message("“{value}” has a decimal comma.", value=value)
    if any(space in value for space in _SPACES):
        return message("“{value}” has spaces or marks between its digits.", value=value)
    return message("“{value}” cannot be read as a number.", value=value)


def _check_integer(column: Column, _frame: pl.DataFrame) -> Iterator[Fault]:
    value = pl.col(column.name)
    yield Fault(
        column.name, value.is_not_null() & ~value.str.contains(r"^[0-9]{1,9}$"),
        lambda found: message("“{value}” is not a whole number.", value=found),
        message("A whole number is expected."), message("Correct it."),
    )  # fmt: skip


def is_period(text: str) -> bool:
    """Whether a text is a day, a month or a year that exists."""
    try:
        Period(text)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 5


def _distinct(frame: pl.DataFrame, column: Column, is_right: Callable[[str], bool]) -> pl.Expr:
    texts = frame[column.name].drop_nulls().unique().to_list()
    return pl.col(column.name).is_in([text for text in texts if not is_right(text)])


def _check_period(column: Column, frame: pl.DataFrame) -> Iterator[Fault]:
    yield Fault(
        column.name, _distinct(frame, column, is_period),
        lambda found: message("“{value}” is not a date that exists.", value=found),
        message("A date is a day, a month or a year: 2020-01-15, 2020-01 or 2020."),
        message("Write it so."),
    )  # fmt: skip


def _check_day(column: Column, _frame: pl.DataFrame) -> Iterator[Fault]:
    value = pl.col(column.name)
    yield Fault(
        column.name, value.is_not_null() & value.str.to_date("%Y-%m-%d", strict=False).is_null(),
        lambda found: message("“{value}” is not a day that exists.", value=found),
        message("A day is written 2020-01-15."),
        message("Write it so."),
    )  # fmt: skip


def _check_moment(column: Column, frame: pl.DataFrame) -> Iterator[Fault]:
    yield Fault(
        column.name, _distinct(frame, column, _is_moment),
        lambda found: message("“{value}” is not a moment.", value=found),
        message("A moment is a day, or a day and an hour: 2020-01-15T10:00+01:00."),
        message("Write it so."),
    )  # fmt: skip


def _check_time(column: Column, frame: pl.DataFrame) -> Iterator[Fault]:
    yield Fault(
        column.name, _distinct(frame, column, _is_time),
        lambda found: message("“{value}” is not an hour.", value=found),
        message("An hour is written 13:30."), message("Write it so."),
    )  # fmt: skip


_CHECKS: dict[Kind, Callable[[Column, pl.DataFrame], Iterator[Fault]]] = {
    Kind.TEXT: _nothing,
    Kind.CODE: _check_code,
    Kind.CODES: _nothing,
    Kind.PERIOD: _check_period,
    Kind.PERIOD_START: _check_period,
    Kind.PERIOD_END: _check_period,
    Kind.DAY: _check_day,
    Kind.DECIMAL: _check_decimal,
    Kind.INTEGER: _check_integer,
    Kind.TIME: _check_time,
    Kind.MOMENT: _check_moment,
}


# --- types of the store -----------------------------------------------------------------------------


def _decimal(column: Column, _frame: pl.DataFrame) -> pl.Expr:
    value = pl.col(column.name)
    is_right = value.str.contains(_NUMBER)
    if column.non_negative:
        is_right &= ~value.str.starts_with("-")
    return pl.when(is_right).then(value).cast(DECIMAL_TYPE, strict=False)


def _integer(column: Column, _frame: pl.DataFrame) -> pl.Expr:
    return pl.col(column.name).cast(pl.Int32, strict=False)


def _exact_day(column: Column, _frame: pl.DataFrame) -> pl.Expr:
    return pl.col(column.name).str.to_date("%Y-%m-%d", strict=False)


def _first_day(column: Column, frame: pl.DataFrame) -> pl.Expr:
    return _day(column, frame, lambda period: period.first)


def _last_day(column: Column, frame: pl.DataFrame) -> pl.Expr:
    return _day(column, frame, lambda period: period.last)


def _day(column: Column, frame: pl.DataFrame, day_of: Callable[[Period], date]) -> pl.Expr:
    texts = frame[column.name].drop_nulls().unique()
    days = {text: day_of(Period(text)) for text in texts if is_period(text)}
    return pl.col(column.name).replace_strict(days, default=None, return_dtype=pl.Date)


_TYPES: dict[Kind, Callable[[Column, pl.DataFrame], pl.Expr]] = {
    Kind.DECIMAL: _decimal,
    Kind.INTEGER: _integer,
    Kind.DAY: _exact_day,
    Kind.PERIOD_START: _first_day,
    Kind.PERIOD_END: _last_day,
}
