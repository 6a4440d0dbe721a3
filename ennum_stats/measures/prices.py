"""Budgets at the prices of one year, by the Belgian consumer price index (yearly mean).

An amount of one year is multiplied by the index of the base year over the index of its year. Of a span of
years it is not known when what was spent: its real amount lies between what the first and the last year
would make of it (more exactly, between the years of the lowest and the highest index), and has no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ennum_stats.errors import UsageError, message
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Missing
from ennum_stats.store.opening import Ledger

SERIES = "cpi_belgium"


@dataclass(frozen=True)
class Prices:
    """The prices of a base year: turns an amount of a period into what it would have been in that year."""

    base_year: int
    index: dict[int, Decimal]

    def real(self, answer: Answer, first: date, last: date) -> Answer:
        """The amount at the prices of the base year; missing where the index of a year is not known."""
        if isinstance(answer, Missing):
            return answer
        years = range(first.year, last.year + 1)
        if any(year not in self.index for year in years):
            return Missing(Reason.NOT_COLLECTED)
        factors = [self.index[self.base_year] / self.index[year] for year in years]
        bounds = answer.quantity.bounds * Bounds(min(factors), max(factors))
        value = answer.quantity.value
        real = value * factors[0] if value is not None and len(factors) == 1 else None
        return replace(answer, quantity=Quantity.derived(real, bounds, answer.quantity.unit))


def prices(ledger: Ledger, wanted: str) -> Prices:
    """The prices that "real:2019" asks for. Raises `UsageError` for another form, or a year without
    index."""
    match = re.fullmatch(r"real:(\d{4})", wanted)
    rows = [row for row in ledger.records("prices") if row["series"] == SERIES]
    index = {row["year"]: row["index"] for row in rows}
    if not match or int(match[1]) not in index:
        raise UsageError(
            message("“{value}” is not a choice of prices.", value=wanted),
            expected=message(
                "Expected real:YEAR, with a year from {first} to {last}.",
                first=str(min(index)), last=str(max(index)),
            ),
        )  # fmt: skip
    return Prices(int(match[1]), index)
