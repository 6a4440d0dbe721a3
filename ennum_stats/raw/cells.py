"""Checks of single cells: what a column's kind allows. One function a kind; each gives findings.

Frames come from `ennum_stats.raw.reading`: strings, with `_file` and `_line`. `typed` turns a frame into
the types of the store; a cell that failed its check is empty there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.periods import Period
from ennum_stats.raw.findings import Finding
from ennum_stats.raw.tables import Column, Kind, Table

DECIMAL_TYPE = pl.Decimal(20, 6)
_NUMBER = r"^-?\d{1,14}(\.\d{1,6})?$"
_SPACES = " \u00a0\u202f\u2009'’"
_NOT_GIVEN = {"n.c.", "nc", "n/a", "na", "n.d.", "nd", "?", "-", "–", "inconnu", "null", "nan"}


def cell_findings(table: Table, frame: pl.DataFrame) -> list[Finding]:
    """Everything wrong with single cells of a table."""
    findings = []
    for column in table.columns:
        values = pl.col(column.name)
        if column.required:
            findings += findings_at(
                frame, column.name, values.str.strip_chars().fill_null("") == "",
                lambda _: message("This cell is empty."),
                message("A value is expected here."), message("Fill it in."),
            )  # fmt: skip
        findings += _CHECKS[column.kind](frame, column)
        if column.choices:
            findings += findings_at(
                frame, column.name, values.is_not_null() & ~values.is_in(column.choices),
                lambda value: message("“{value}” is not allowed here.", value=value),
                message("Expected one of: {names}.", names=", ".join(column.choices)),
                message("Correct it."),
            )  # fmt: skip
    return findings


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
    shown = pl.col(column).cast(pl.String).fill_null("")
    if isinstance(frame.schema[column], pl.Decimal):
        shown = shown.str.strip_chars_end("0").str.strip_chars_end(".")
    rows = frame.filter(is_wrong).select("_file", "_line", shown.alias("_shown")).rows()
    tables = frozenset(relies_on)
    return [
        Finding(file, line, column, found(value), expected, remedy, tables)
        for file, line, value in rows
    ]


def typed(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the types of the store. Periods become days: the first of a beginning, the last
    of an end."""
    casts = [_TYPES[column.kind](column) for column in table.columns if column.kind in _TYPES]
    return frame.with_columns(casts)


# --- one check a kind -------------------------------------------------------------------------------


def _nothing(_frame: pl.DataFrame, _column: Column) -> list[Finding]:
    return []


def _check_code(frame: pl.DataFrame, column: Column) -> list[Finding]:
    value = pl.col(column.name)
    return findings_at(
        frame, column.name, value != value.str.strip_chars(),
        lambda found: message("“{value}” begins or ends with a space.", value=found),
        message("A code has no spaces around it."), message("Take the spaces out."),
    )  # fmt: skip


def _check_decimal(frame: pl.DataFrame, column: Column) -> list[Finding]:
    value = pl.col(column.name)
    findings = findings_at(
        frame, column.name, value.is_not_null() & ~value.str.contains(_NUMBER),
        _why_not_a_number,
        message("A number is written with digits and a decimal point: 6825000.50."),
        message("Write it so; the unit and the precision have their own columns."),
    )  # fmt: skip
    if column.non_negative:
        findings += findings_at(
            frame, column.name, value.str.contains(_NUMBER) & value.str.starts_with("-"),
            lambda found: message("“{value}” is negative.", value=found),
            message("Nothing here can be less than zero."), message("Look it up in the document."),
        )  # fmt: skip
    return findings


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


def _check_integer(frame: pl.DataFrame, column: Column) -> list[Finding]:
    value = pl.col(column.name)
    return findings_at(
        frame, column.name, value.is_not_null() & ~value.str.contains(r"^\d{1,9}$"),
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


def _check_period(frame: pl.DataFrame, column: Column) -> list[Finding]:
    return findings_at(
        frame, column.name, _distinct(frame, column, is_period),
        lambda found: message("“{value}” is not a date that exists.", value=found),
        message("A date is a day, a month or a year: 2020-01-15, 2020-01 or 2020."),
        message("Write it so."),
    )  # fmt: skip


def _check_day(frame: pl.DataFrame, column: Column) -> list[Finding]:
    value = pl.col(column.name)
    return findings_at(
        frame, column.name, value.is_not_null() & value.str.to_date("%Y-%m-%d", strict=False).is_null(),
        lambda found: message("“{value}” is not a day that exists.", value=found),
        message("A day is written 2020-01-15."),
        message("Write it so."),
    )  # fmt: skip


def _check_moment(frame: pl.DataFrame, column: Column) -> list[Finding]:
    return findings_at(
        frame, column.name, _distinct(frame, column, _is_moment),
        lambda found: message("“{value}” is not a moment.", value=found),
        message("A moment is a day, or a day and an hour: 2020-01-15T10:00+01:00."),
        message("Write it so."),
    )  # fmt: skip


def _check_time(frame: pl.DataFrame, column: Column) -> list[Finding]:
    return findings_at(
        frame, column.name, _distinct(frame, column, _is_time),
        lambda found: message("“{value}” is not an hour.", value=found),
        message("An hour is written 13:30."), message("Write it so."),
    )  # fmt: skip


_CHECKS: dict[Kind, Callable[[pl.DataFrame, Column], list[Finding]]] = {
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


def _decimal(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    is_right = value.str.contains(_NUMBER)
    if column.non_negative:
        is_right &= ~value.str.starts_with("-")
    return pl.when(is_right).then(value).cast(DECIMAL_TYPE, strict=False)


def _day(column: Column, day_of: Callable[[Period], date]) -> pl.Expr:
    def convert(text: str) -> date | None:
        return day_of(Period(text)) if is_period(text) else None

    return pl.col(column.name).map_elements(convert, return_dtype=pl.Date)


_TYPES: dict[Kind, Callable[[Column], pl.Expr]] = {
    Kind.DECIMAL: _decimal,
    Kind.INTEGER: lambda column: pl.col(column.name).cast(pl.Int32, strict=False),
    Kind.DAY: lambda column: pl.col(column.name).str.to_date("%Y-%m-%d", strict=False),
    Kind.PERIOD_START: lambda column: _day(column, lambda period: period.first),
    Kind.PERIOD_END: lambda column: _day(column, lambda period: period.last),
}
