"""Amounts in the euros of their time, or at the prices of one year by the Belgian consumer price index."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ennum_stats.errors import Parameter, UsageError, message
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Missing, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.scenario import hypotheses

SERIES = "cpi_belgium"


@dataclass(frozen=True)
class Prices:
    """Turn an amount of a period into what it would have been at the prices of a base year."""

    base_year: int
    index: dict[int, Decimal]
    supposed: Mapping[int, Observation]
    """The years of which the index is supposed, each with its hypothesis."""

    @property
    def name(self) -> str:
        """Name these prices as they are asked for: "real:2019"."""
        return f"real:{self.base_year}"

    def real(self, answer: Answer, first: date, last: date) -> Answer:
        """Give an amount at the prices of the base year; missing where the index of a year is not known."""
        if isinstance(answer, Missing):
            return answer
        years = range(first.year, last.year + 1)
        if any(year not in self.index for year in years):
            return Missing(Reason.NOT_COLLECTED)
        factors = [self.index[self.base_year] / self.index[year] for year in years]
        bounds = answer.quantity.bounds * Bounds(min(factors), max(factors))
        value = answer.quantity.value
        real = value * factors[0] if value is not None and len(factors) == 1 else None
        rests_on = [self.supposed[year] for year in (*years, self.base_year) if year in self.supposed]
        return replace(
            answer,
            quantity=Quantity.derived(real, bounds, answer.quantity.unit),
            observations=tuple(dict.fromkeys((*answer.observations, *rests_on))),
        )

    def of_its_period(self, answer: Answer) -> Answer:
        """Give an amount at the prices of the base year, from the period that its document tells; missing
        where that tells none, or lies beyond the index."""
        if isinstance(answer, Missing):
            return answer
        period = answer.observations[0].period
        return self.real(answer, *period) if period else Missing(Reason.NOT_COLLECTED)


def price_years(ledger: Ledger) -> list[int]:
    """List the years at whose prices amounts can be given, the last one first."""
    return sorted({int(row["year"]) for row in ledger.records("prices")}, reverse=True)


def prices_of_year(ledger: Ledger, wanted: str) -> Prices:
    """Find the prices that "real:2019" asks for.

    Raises `UsageError` for another form, or a year without index.
    """
    match = re.fullmatch(r"real:(\d{4})", str(wanted))
    rows = [row for row in ledger.records("prices") if row["series"] == SERIES]
    index = {row["year"]: row["index"] for row in rows}
    if not index:
        raise UsageError(
            message("No price index was known on {day}.", day=ledger.known_at),
            remedy=message("Ask for amounts in the euros of their time, or as known on a later day."),
        )
    if not match or int(match[1]) not in index:
        raise UsageError(
            message("“{value}” is not a choice of prices.", value=str(wanted)),
            where=Parameter("prices"),
            expected=message(
                "Expected real:YEAR, with a year from {first} to {last}.",
                first=str(min(index)), last=str(max(index)),
            ),
        )  # fmt: skip
    supposed = {
        one.valid_from.year: one
        for one in hypotheses(ledger)
        if one.measure == "price_index" and one.valid_from
    }
    return Prices(int(match[1]), index, supposed)


NOMINAL = "nominal"
"""Amounts in the euros of their time."""


def prices_named(ledger: Ledger, wanted: str) -> Prices | None:
    """Find the prices that "nominal" (nothing to convert) or "real:2019" asks for. Raises `UsageError`."""
    return None if wanted in ("", NOMINAL) else prices_of_year(ledger, wanted)
