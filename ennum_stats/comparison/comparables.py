"""What can be set side by side: the numbers of each measure, and the calls, years, places… that they are
given for.

`COMPARABLES` are the columns that say by what they are compared: of every measure that has at least two rows,
once under each dimension; what is left out is what another column says as well. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ennum_stats.errors import Message, message, unknown_name
from ennum_stats.measures.budgets import components_rows, years_rows
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.columns import Column, columns_of
from ennum_stats.measures.coverage.coverage_over_time import coverage_by_year_rows
from ennum_stats.measures.coverage.site_counts import SiteWinners, coverage_by_rows
from ennum_stats.measures.programmes import programmes, staff_rows
from ennum_stats.measures.schools.deliveries import deliveries_rows
from ennum_stats.measures.schools.school_sites import EVERY_LEVEL, has_lists, sites_rows
from ennum_stats.measures.winners import WinnersRow
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.store.school_rows import registers_known

KINDS: dict[str, Message] = {
    "call": message("Calls"),
    "year": message("Years"),
    "programme": message("Programmes"),
    "province": message("Provinces"),
    "network": message("Networks"),
    "level": message("Levels"),
    "commune": message("Communes"),
    "component": message("Items and functions"),
    "repeats": message("Numbers of participations"),
    "lot": message("Lots"),
}
"""The dimensions whose parts are set side by side, and what these are called."""
_REGISTERED = ("level", "network", "province", "commune")


@dataclass(frozen=True)
class Comparable:
    """Hold a number that is given for each part of a dimension."""

    measure: str
    number: Column

    @property
    def name(self) -> str:
        """Its name: "winners.projects_awarded"."""
        return f"{self.measure}.{self.number.name}"

    @property
    def by(self) -> tuple[str, ...]:
        """The dimensions whose parts are compared by it."""
        return self.number.compared_by

    @property
    def label(self) -> Message:
        """What it is called."""
        return self.number.compared_as or self.number.label


_MOST_ASKED = (
    "coverage.share", "coverage.sites", "winners.projects_awarded", "winners.budget_awarded",
    "winners.mean_grant", *(f"winners.{name}" for name in columns_of(WinnersRow)),
    "budgets.cumulated", "budgets.value", *(f"winners.{name}" for name in columns_of(SiteWinners)),
    "sites.implantations", "sites.etablissements",
)  # fmt: skip
"""What stands first; the others follow in the order of the catalogue."""
_FOUND = [
    Comparable(measure.name, number)
    for measure in TABLES.values()
    for number in measure.numbers.values()
    if number.compared_by
]
COMPARABLES: dict[str, Comparable] = {
    comparable.name: comparable
    for comparable in sorted(
        _FOUND, key=lambda comparable: [*_MOST_ASKED, comparable.name].index(comparable.name)
    )
}
_FIRST = {"call": "winners.projects_awarded", "year": "budgets.cumulated", "programme": "budgets.value"}


def comparables(ledger: Ledger, by: str) -> list[Comparable]:
    """List what is given for each part of a dimension, what is most asked for first; of places, what needs
    lists of schools comes last where there are none."""
    offered = [each for each in COMPARABLES.values() if by in each.by]
    if by in _REGISTERED and not has_lists(ledger):
        return sorted(offered, key=lambda comparable: comparable.measure != "sites")
    return sorted(offered, key=lambda comparable: comparable.name != _FIRST.get(by, offered[0].name))


def comparable(name: str, by: str) -> Comparable:
    """Find what is compared by its name. Raises `UnknownName` for one that a dimension does not have."""
    if name not in COMPARABLES or by not in COMPARABLES[name].by:
        raise unknown_name(
            message("“{name}” is not compared by “{by}”.", name=name, by=by),
            [each.name for each in COMPARABLES.values() if by in each.by],
        )
    return COMPARABLES[name]


@once_a_ledger
def codes_compared(ledger: Ledger, by: str) -> tuple[str, ...]:
    """List the parts of a dimension of which anything may be known on the ledger's day, in their order.

    Raises `UnknownName` for a dimension of which nothing is set side by side.
    """
    if by not in KINDS:
        raise unknown_name(message("Nothing is compared by “{by}”.", by=by), KINDS)
    read = _of_registers if by in _REGISTERED else _CODES[by]
    return tuple(dict.fromkeys(read(ledger, by)))


def _of_registers(ledger: Ledger, by: str) -> Sequence[str]:
    """Give the parts of the last registers; without any, provinces by their names, and no other."""
    if registers_known(ledger):
        return [str(row.part) for row in sites_rows(ledger, by, EVERY_LEVEL).rows if row.part]
    rows = ledger.records("codelists") if by == "province" else []
    return [row["code"] for row in rows if row["codelist"] == by]


def _of_calls(ledger: Ledger, _by: str) -> Sequence[str]:
    return [call.call for call in ledger.calls if call.programme == ECOLE_NUMERIQUE]


def _of_years(ledger: Ledger, _by: str) -> Sequence[str]:
    counted = [row.year for row in coverage_by_year_rows(ledger).rows]
    delivered = [row.year for row in deliveries_rows(ledger, "year").rows]
    years = {*(row.year for row in years_rows(ledger).rows), *counted, *delivered} - {None}
    return [str(year) for year in sorted(year for year in years if year is not None)]


def _of_components(ledger: Ledger, _by: str) -> Sequence[str]:
    spent = [row.component for row in components_rows(ledger).rows]
    return [*spent, *(row.component for row in staff_rows(ledger).rows if row.component)]


def _of_repeats(ledger: Ledger, _by: str) -> Sequence[str]:
    rows = coverage_by_rows(ledger, "repeats").rows
    return [str(row.part) for row in rows if row.part is not None]


def _of_lots(ledger: Ledger, _by: str) -> Sequence[str]:
    return [row.lot for row in deliveries_rows(ledger, "lot").rows if row.lot]


_CODES: dict[str, Callable[[Ledger, str], Sequence[str]]] = {
    "call": _of_calls,
    "year": _of_years,
    "programme": lambda ledger, _: [row.programme for row in programmes(ledger)],
    "component": _of_components,
    "repeats": _of_repeats,
    "lot": _of_lots,
}
