"""Hold dates as documents give them: a day, a month or a year.

A `Period` keeps its granularity. What begins in it begins on its first day; what was published in it counts
as known from its last day on, because an earlier day would give knowledge of the future.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from ennum_stats.errors import UsageError, message

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Period:
    """Hold a day, month or year of the calendar; `text` is ISO 8601 as printed ("2020-01").

    >>> Period("2020-02").last
    datetime.date(2020, 2, 29)
    """

    text: str

    def __post_init__(self) -> None:
        _days(self.text)

    @property
    def first(self) -> date:
        """The first day of the period."""
        return _days(self.text)[0]

    @property
    def last(self) -> date:
        """The last day of the period."""
        return _days(self.text)[1]

    @property
    def granularity(self) -> str:
        """`day`, `month` or `year`."""
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]


@lru_cache(maxsize=4_000)
def _days(text: str) -> tuple[date, date]:
    """Compute the first and the last day of a period once: the same few stand in thousands of rows."""
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date, month or year in ISO form: {text!r}")
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def iso_form(text: str) -> str:
    """Write in ISO form what people write with the day first; leave anything else as it is.

    >>> iso_form("31/01/2020"), iso_form("31.1.2020"), iso_form("01/2020"), iso_form("31/01/20")
    ('2020-01-31', '2020-01-31', '2020-01', '31/01/20')
    """
    match = _DAY_FIRST.fullmatch(text.strip())
    if match is None:
        return text.strip()
    day, month, year = match.groups()
    return f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")


def period_of(text: str, where: str) -> Period:
    """Read a date that a person or a program gave as the option or argument `where`, in ISO form or with the
    day first; raise `UsageError` where it is none."""
    try:
        return Period(iso_form(text))
    except ValueError as error:
        raise UsageError(
            message("“{value}” is not a date that exists.", value=text),
            where=where,
            expected=message("A date is a day, a month or a year: 31/01/2020 or 2020-01-31, 01/2020, 2020."),
        ) from error


def day_of(known_at: date | str | None) -> date | None:
    """Read a day; of a month or a year, the last one; of a moment (pandas has no days), its day. Raises
    `UsageError`."""
    if isinstance(known_at, str):
        return period_of(known_at, "known_at").last
    return known_at.date() if isinstance(known_at, datetime) else known_at
