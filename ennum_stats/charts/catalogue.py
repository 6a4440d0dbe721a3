"""List the charts by name, and make one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ennum_stats.charts.budgets import (
    budget_by_programme,
    cumulated_investment,
    cyberclasse_components,
)
from ennum_stats.charts.coverage import coverage_by_programme
from ennum_stats.charts.coverage_map import coverage_map
from ennum_stats.charts.coverage_over_time import coverage_over_time
from ennum_stats.charts.plans import plan_budgets
from ennum_stats.charts.programmes import (
    connectivity_progress,
    equipment_lots,
    team_over_time,
)
from ennum_stats.charts.school_counts import repeat_winners, winners_by_network, winners_by_province
from ennum_stats.charts.shares import in_shares
from ennum_stats.charts.spec import Chart
from ennum_stats.charts.timeline import timeline
from ennum_stats.charts.winners import (
    applicants_per_winner,
    budget_per_call,
    mean_grant_per_call,
    winners_per_call,
)
from ennum_stats.charts.yearly_budgets import committed_since_first_call
from ennum_stats.errors import Message, message, unknown_name
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.schools.completeness import incomplete
from ennum_stats.measures.schools.school_sites import has_lists
from ennum_stats.store.ledger import Ledger

Units = Literal["", "numbers", "shares"]
NOTHING_KNOWN = message("{what}: not yet known on {day}")
NOTHING_COUNTED = message("{what}: not counted, as no lists of schools were known on {day}")
NOT_ALL_COUNTED = message(
    "{what}: not shown as known on {day}, because lists are missing or not complete: {calls}"
)


@dataclass(frozen=True)
class Entry:
    """Declare a chart that can be asked for by name, and what it shows."""

    name: str
    build: Callable[..., Chart]
    """From a ledger and a language, and what is in `options`."""
    description: Message
    is_counted: bool = False
    """Whether it needs a register and lists of single schools, which somebody must import."""
    options: tuple[str, ...] = ()
    """What else it can be asked for: "calls", "prices", "shares", "provinces", "is_in_numbers"."""
    parts: Literal["", "all", "after the first"] = ""
    """Which of its marks add up to a whole, and can be given as shares of it."""


CHARTS: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry(
            "winners_per_call",
            winners_per_call,
            message("Projects awarded, by call"),
            options=("calls",),
            parts="all",
        ),
        Entry(
            "budget_per_call",
            budget_per_call,
            message("Budget awarded, by call"),
            options=("calls", "prices"),
            parts="all",
        ),
        Entry(
            "mean_grant_per_call",
            mean_grant_per_call,
            message("Mean grant per project, by call"),
            options=("calls", "prices"),
        ),
        Entry(
            "applicants_per_winner",
            applicants_per_winner,
            message("Applicants for one winner, by call"),
            options=("calls",),
        ),
        Entry(
            "budget_by_programme",
            budget_by_programme,
            message("Amount of each programme"),
            options=("prices",),
            parts="all",
        ),
        Entry(
            "cyberclasse_components",
            cyberclasse_components,
            message("Spending on Cyberclasse by item, and what is not detailed"),
            options=("prices",),
            parts="after the first",
        ),
        Entry(
            "cumulated_investment",
            cumulated_investment,
            message("Cumulated investment, 1999–2019: how the programmes add up"),
            options=("prices",),
        ),
        Entry(
            "committed_since_first_call",
            committed_since_first_call,
            message("Spent and awarded at least since the first call, year by year"),
            options=("prices",),
        ),
        Entry(
            "coverage_by_programme",
            coverage_by_programme,
            message("Share of the school sites reached by each programme"),
            options=("is_in_numbers",),
        ),
        Entry(
            "coverage_over_time",
            coverage_over_time,
            message("Share of the school sites reached by École Numérique, call by call"),
            options=("is_in_numbers",),
        ),
        Entry(
            "coverage_map",
            coverage_map,
            message("Share of the school sites reached by École Numérique, by commune"),
            is_counted=True,
            options=("shares", "provinces"),
        ),
        Entry(
            "repeat_winners",
            repeat_winners,
            message("School sites by number of their projects"),
            is_counted=True,
            parts="all",
        ),
        Entry(
            "winners_by_province",
            winners_by_province,
            message("Projects per 1,000 school sites, by province"),
            is_counted=True,
        ),
        Entry(
            "winners_by_network",
            winners_by_network,
            message("Projects per 1,000 school sites, by network"),
            is_counted=True,
        ),
        Entry(
            "connectivity_progress",
            connectivity_progress,
            message("Progress of internal connectivity"),
        ),
        Entry(
            "team_over_time",
            team_over_time,
            message("The team of the Region, programme by programme"),
        ),
        Entry("equipment_lots", equipment_lots, message("Types and lots of equipment on offer")),
        Entry("plan_budgets", plan_budgets, message("Amounts that plans announced")),
        Entry("timeline", timeline, message("Time line of the programmes and their milestones")),
    )
}


def chart(
    ledger: Ledger,
    name: str,
    language: str,
    *,
    prices: str = NOMINAL,
    calls: Sequence[str] = (),
    shares: Sequence[str] = (),
    provinces: Sequence[str] = (),
    units: Units = "",
) -> Chart:
    """Make a chart as known on the ledger's day, in a language; its title says where nothing was known.

    Amounts of money are in the euros of their time, or at the `prices` of a year ("real:2019"); a chart that
    shows none is the same at any prices. A chart by call shows only `calls`, where these are named, the map
    only communes of the classes of `shares` ("50": from 50%) and of `provinces`. In the `units`
    "shares" marks that add up are shares of their sum, in "numbers" the sites reached are counted; else a
    chart shows what it is made for.

    Raises `UnknownName` for a name that does not exist, `UsageError` for prices that cannot be computed.
    """
    if name not in CHARTS:
        raise unknown_name(message("There is no chart “{name}”.", name=name), CHARTS)
    entry = CHARTS[name]
    asked = {
        "prices": prices,
        "calls": calls,
        "shares": shares,
        "provinces": provinces,
        "is_in_numbers": units == "numbers",
    }
    given = {option: asked[option] for option in entry.options}
    made = entry.build(ledger, language, **given)
    if not made.is_empty:
        is_shared = units == "shares" and entry.parts
        return in_shares(made, is_whole_first=entry.parts != "all") if is_shared else made
    title = translate(_nothing(ledger, entry), language, what=entry.description)
    return replace(made, title=title, alt=title + ".", note="")


def _nothing(ledger: Ledger, entry: Entry) -> Message:
    """Say why a chart is empty: nothing was known, or not enough of the lists that it is counted from."""
    if entry.is_counted and has_lists(ledger):
        calls = [*incomplete(ledger, ECOLE_NUMERIQUE)]
        return message(NOT_ALL_COUNTED.text, day=ledger.known_at, calls=calls)
    nothing = NOTHING_COUNTED if entry.is_counted else NOTHING_KNOWN
    return message(nothing.text, day=ledger.known_at)
