"""The kinds of cells of raw tables. A `Kind` is one object: it checks a cell, turns it into the type of the
store, and names its SQL type and the words of data dictionary and release.

Checks and types are polars expressions on a column of strings; polars, and the patterns of personal data, are
imported where one is made, because whoever only reads a store needs none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from ennum_stats.errors import Message, message
from ennum_stats.periods import Period
from ennum_stats.table import FORMULA, formula_words

if TYPE_CHECKING:
    import polars as pl

ReleaseType: TypeAlias = Literal["string", "number", "integer", "date"]
_NUMBER = r"^-?[0-9]{1,14}(\.[0-9]{1,6})?$"
ADDRESS_PATTERN = r"^https?://[^\s\"'<>.]+\.[^\s\"'<>]+$"
"""What an address looks like: a link of any other kind could run something where it is clicked."""
_DEGREES = r"-?[0-9]{1,3}(\.[0-9]+)?"
_RING = rf"^{_DEGREES} {_DEGREES}( {_DEGREES} {_DEGREES}){{3,}}$"
_SPACES = " \u00a0\u202f\u2009'’"
_NOT_GIVEN = {"n.c.", "nc", "n/a", "na", "n.d.", "nd", "?", "-", "–", "inconnu", "null", "nan"}


class Texts(Protocol):
    """Give the distinct texts of a column, for what polars cannot judge; or those that a pattern of polars
    finds something in."""

    def __call__(self, pattern: str = "") -> list[str]: ...  # noqa: D102 - told by the class


@dataclass(frozen=True)
class Fault:
    """Tell what can be wrong in a column: where it is, and the words for it; `found` words the value
    there."""

    column: str
    is_wrong: pl.Expr
    found: Callable[[str], Message]
    expected: Message
    remedy: Message
    relies_on: Iterable[str] = ()


Check: TypeAlias = Callable[[str, "pl.Expr", Texts], Iterator[Fault]]
Parse: TypeAlias = Callable[["pl.Expr", Texts], "pl.Expr"]


def _no_faults(_column: str, _value: pl.Expr, _texts: Texts) -> Iterator[Fault]:
    yield from ()


@dataclass(frozen=True, eq=False)
class Kind:
    """Say what a cell holds. `name` is its word in the data dictionary."""

    name: str
    check: Check = _no_faults
    """Give what can be wrong with cells of this kind."""
    parse: Parse | None = None
    """Turn strings into the type of the store; a cell that fails its check becomes empty."""
    sql_type: str = "VARCHAR"
    release_type: ReleaseType = "string"
    normal: Callable[[str], object] = str
    """Read one filled cell as it counts: 500 and 500.0 are the same."""


# --- texts ------------------------------------------------------------------------------------------


def _check_text(column: str, value: pl.Expr, texts: Texts) -> Iterator[Fault]:
    from ennum_stats.raw.personal_data import MAY_REACH, reaches_person

    yield _reaching(column, value, [text for text in texts(MAY_REACH) if reaches_person(text)])
    yield Fault(
        column, value.str.contains(FORMULA),
        formula_words,
        message("No cell begins with =, +, -, @ or a tab."), message("Begin it with a word or a number."),
    )  # fmt: skip


def _reaching(column: str, value: pl.Expr, persons: list[str]) -> Fault:
    return Fault(
        column,
        value.is_in(persons),
        lambda value: message("“{value}” looks like a telephone number or an e-mail.", value=value),
        message("Raw tables name and reach no persons."),
        message("Take it out."),
    )


# --- codes and numbers ------------------------------------------------------------------------------


def _check_made_code(column: str, value: pl.Expr, _texts: Texts) -> Iterator[Fault]:
    yield Fault(
        column, value != value.str.strip_chars(),
        lambda value: message("“{value}” begins or ends with a space.", value=value),
        message("A code has no spaces around it."), message("Take the spaces out."),
    )  # fmt: skip


def _check_code(column: str, value: pl.Expr, texts: Texts) -> Iterator[Fault]:
    yield from _check_made_code(column, value, texts)
    yield from _check_text(column, value, texts)


def _check_decimal(column: str, value: pl.Expr, _texts: Texts) -> Iterator[Fault]:
    yield Fault(
        column, value.is_not_null() & ~value.str.contains(_NUMBER),
        _why_not_a_number,
        message("A number is written with digits and a decimal point: 6825000.50."),
        message("Write it so; the unit and the precision have their own columns."),
    )  # fmt: skip


def _check_amount(column: str, value: pl.Expr, texts: Texts) -> Iterator[Fault]:
    yield from _check_decimal(column, value, texts)
    yield Fault(
        column, value.str.contains(_NUMBER) & value.str.starts_with("-"),
        lambda value: message("“{value}” is negative.", value=value),
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


def _check_integer(column: str, value: pl.Expr, _texts: Texts) -> Iterator[Fault]:
    yield Fault(
        column, value.is_not_null() & ~value.str.contains(r"^[0-9]{1,9}$"),
        lambda value: message("“{value}” is not a whole number.", value=value),
        message("A whole number is expected."), message("Correct it."),
    )  # fmt: skip


def decimal_type() -> pl.DataType:
    """Return the type of numbers in frames, as exact as the store's."""
    import polars as pl

    return pl.Decimal(20, 6)


def _decimal(value: pl.Expr, _texts: Texts) -> pl.Expr:
    import polars as pl

    return pl.when(value.str.contains(_NUMBER)).then(value).cast(decimal_type(), strict=False)


def _amount(value: pl.Expr, _texts: Texts) -> pl.Expr:
    import polars as pl

    is_right = value.str.contains(_NUMBER) & ~value.str.starts_with("-")
    return pl.when(is_right).then(value).cast(decimal_type(), strict=False)


def _integer(value: pl.Expr, _texts: Texts) -> pl.Expr:
    import polars as pl

    return value.cast(pl.Int32, strict=False)


def _check_address(column: str, value: pl.Expr, texts: Texts) -> Iterator[Fault]:
    yield Fault(
        column, value.is_not_null() & ~value.str.contains(ADDRESS_PATTERN),
        lambda value: message("“{value}” is no address (https://…).", value=value),
        message("An address begins with https:// or http://, and has no spaces or quotation marks."),
        message("Copy it from the browser, or leave the cell empty."),
    )  # fmt: skip
    from ennum_stats.raw.personal_data import holds_e_mail

    yield _reaching(column, value, [text for text in texts("@|(?i)%40") if holds_e_mail(text)])


def _check_points(column: str, value: pl.Expr, _texts: Texts) -> Iterator[Fault]:
    yield Fault(
        column, ~value.str.contains(_RING),
        lambda _: message("Here is something else than degrees."),
        message("Longitude and latitude stand in turn, of four points or more, parted by spaces."),
        message("Download the borders again as GeoJSON, in WGS 84."),
    )  # fmt: skip


# --- days and hours ---------------------------------------------------------------------------------


def is_period(text: str) -> bool:
    """Tell whether a text is a day, a month or a year that exists."""
    return _is_read_by(Period, text)


def _is_read_by(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _not(is_right: Callable[[str], bool], value: pl.Expr, texts: Texts) -> pl.Expr:
    return value.is_in([text for text in texts() if not is_right(text)])


def _check_period(column: str, value: pl.Expr, texts: Texts) -> Iterator[Fault]:
    yield Fault(
        column, _not(is_period, value, texts),
        lambda value: message("“{value}” is not a date that exists.", value=value),
        message("A date is a day, a month or a year: 2020-01-15, 2020-01 or 2020."),
        message("Write it so."),
    )  # fmt: skip


def _check_day(column: str, value: pl.Expr, texts: Texts) -> Iterator[Fault]:
    yield Fault(
        column, value.is_not_null() & _exact_day(value, texts).is_null(),
        lambda value: message("“{value}” is not a day that exists.", value=value),
        message("A day is written 2020-01-15."),
        message("Write it so."),
    )  # fmt: skip


def _check_moment(column: str, value: pl.Expr, texts: Texts) -> Iterator[Fault]:
    yield Fault(
        column, _not(lambda text: _is_read_by(datetime.fromisoformat, text), value, texts),
        lambda value: message("“{value}” is not a moment.", value=value),
        message("A moment is a day, or a day and an hour: 2020-01-15T10:00+01:00."),
        message("Write it so."),
    )  # fmt: skip


def _check_time(column: str, value: pl.Expr, texts: Texts) -> Iterator[Fault]:
    yield Fault(
        column,
        _not(lambda text: len(text) == 5 and _is_read_by(time.fromisoformat, text), value, texts),
        lambda value: message("“{value}” is not an hour.", value=value),
        message("An hour is written 13:30."), message("Write it so."),
    )  # fmt: skip


def _exact_day(value: pl.Expr, _texts: Texts) -> pl.Expr:
    return value.str.to_date("%Y-%m-%d", strict=False)


def _first_day(value: pl.Expr, texts: Texts) -> pl.Expr:
    return _day(value, texts, lambda period: period.first)


def _last_day(value: pl.Expr, texts: Texts) -> pl.Expr:
    return _day(value, texts, lambda period: period.last)


def _day(value: pl.Expr, texts: Texts, day_of: Callable[[Period], date]) -> pl.Expr:
    import polars as pl

    days = {text: day_of(Period(text)) for text in texts() if is_period(text)}
    return value.replace_strict(days, default=None, return_dtype=pl.Date)


def _number(text: str) -> object:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _start(text: str) -> object:
    return Period(text).first if is_period(text) else text


def _end(text: str) -> object:
    return Period(text).last if is_period(text) else text


# --- the kinds --------------------------------------------------------------------------------------

TEXT = Kind("text", _check_text)
CODE = Kind("code", _check_code)
POINTS = Kind("text", _check_points)
"""Degrees of longitude and latitude in turn, parted by spaces."""
MADE_CODE = Kind("code", _check_made_code)
"""A code made by rule of other cells, which are checked where they stand."""
ADDRESS = Kind("address", _check_address)
CODES = Kind("codes", _check_text)
"""Codes parted by spaces."""
DECIMAL = Kind("decimal", _check_decimal, _decimal, "DECIMAL(20, 6)", "number", _number)
AMOUNT = Kind("decimal", _check_amount, _amount, "DECIMAL(20, 6)", "number", _number)
"""A number that cannot be less than zero."""
INTEGER = Kind("integer", _check_integer, _integer, "INTEGER", "integer")
PERIOD = Kind("period", _check_period)
"""A day, a month or a year, which stays as printed."""
PERIOD_START = Kind("period_start", _check_period, _first_day, "DATE", "date", _start)
"""A period of which the store keeps the first day."""
PERIOD_END = Kind("period_end", _check_period, _last_day, "DATE", "date", _end)
"""A period of which the store keeps the last day."""
DAY = Kind("day", _check_day, _exact_day, "DATE", "date")
TIME = Kind("time", _check_time)
MOMENT = Kind("moment", _check_moment)
