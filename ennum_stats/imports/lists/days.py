"""Days that cannot be, in a file that is imported: the day of the file, and those of the rows of a list.

What the checks of the raw tables would find is told at its row of the workbook, or of the file as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ennum_stats.errors import Parameter, UsageError, message
from ennum_stats.imports.lists.loaded import ListOf
from ennum_stats.imports.spreadsheets.number_parser import CellRefused
from ennum_stats.periods import Period, period_of
from ennum_stats.raw.day_checks import CallDays, call_days, day_fault
from ennum_stats.store.ledger import today

if TYPE_CHECKING:
    import polars as pl


def past_day(text: str) -> Period:
    """Read the day of a file. Raises `UsageError` for one that does not exist or is still to come."""
    day = period_of(text, Parameter("as_of"))
    if day.first > today():
        raise UsageError(
            message("This day ({value}) is still to come.", value=day.text),
            where=Parameter("as_of"),
            expected=message("What is written down here has happened already."),
        )
    return day


@dataclass(frozen=True)
class ListDays:
    """Hold the days of a list and of the calls that its rows may be of."""

    of: ListOf
    of_calls: dict[str, CallDays]

    @classmethod
    def of_list(cls, of: ListOf, calls: pl.DataFrame) -> ListDays:
        """Give the days of a list, beside the rows of all calls.

        Raises `UsageError` for a list before its call opened, and for winners before it closed.
        """
        of_calls = call_days(calls)
        known_on = Period(of.known_on).last
        fault = of_calls[of.call].list_fault(of.kind, known_on) if of.call else None
        if fault:
            remedy = message("Give the day of the list, or correct those of its call.")
            raise UsageError(fault, where=Parameter("as_of"), remedy=remedy)
        return cls(of, of_calls)

    def require_possible(self, column: str, day: str, call: str) -> None:
        """Raise `CellRefused` where what happened did so before its call opened, or after the list was known;
        a row may tell of no day."""
        if not day:
            return
        known_on = min(Period(self.of.known_on).last, today())
        fault = day_fault(Period(day), known_on, self.of_calls.get(call))
        if fault:
            raise CellRefused(column, fault)
