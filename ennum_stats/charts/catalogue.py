"""List the charts by name, and make one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ennum_stats.charts import winners
from ennum_stats.charts.budgets import (
    budget_by_programme,
    committed_since_first_call,
    cumulated_investment,
    cyberclasse_components,
)
from ennum_stats.charts.coverage import coverage_by_programme
from ennum_stats.charts.coverage_map import coverage_map
from ennum_stats.charts.coverage_over_time import coverage_over_time
from ennum_stats.charts.plans import plan_budgets
from ennum_stats.charts.programmes import connectivity_progress, equipment_lots, team_over_time
from ennum_stats.charts.school_counts import repeat_winners, winners_by_network, winners_by_province
from ennum_stats.charts.shares import in_shares
from ennum_stats.charts.spec import Chart, ChartOptions
from ennum_stats.charts.timeline import timeline
from ennum_stats.errors import Message, message, unknown_name
from ennum_stats.figures.figure import SUPPOSED
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_calendar, call_range
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.schools.completeness import incomplete
from ennum_stats.measures.schools.school_sites import has_lists
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.scenario import SCENARIO, hypotheses

Units = Literal["", "numbers", "shares"]
NOTHING_KNOWN = message("{what}: not yet known on {day}")
NOTHING_COUNTED = message("{what}: not counted, as no lists of schools were known on {day}")
SCENARIO_TITLE = message("Scenario: {title}")
NOT_ALL_COUNTED = message(
    "{what}: not shown as known on {day}, because lists are missing or not complete: {calls}"
)


@dataclass(frozen=True)
class ChartEntry:
    """Declare a chart that can be asked for by name, and what it shows."""

    build: Callable[[Ledger, str, ChartOptions], Chart]
    """Its function, whose name is that of the chart."""
    description: Message
    is_counted: bool = False
    """Whether it needs a register and lists of single schools, which somebody must import."""
    parts: Literal["", "all", "after the first"] = ""
    """Which of its marks add up to a whole, and can be given as shares of it."""


CHARTS: dict[str, ChartEntry] = {
    entry.build.__name__: entry
    for entry in (
        ChartEntry(winners.winners_per_call, message("Projects awarded, by call"), parts="all"),
        ChartEntry(winners.budget_per_call, message("Budget awarded, by call"), parts="all"),
        ChartEntry(winners.mean_grant_per_call, message("Mean grant per project, by call")),
        ChartEntry(winners.applicants_per_winner, message("Applicants for one winner, by call")),
        ChartEntry(budget_by_programme, message("Amount of each programme"), parts="all"),
        ChartEntry(
            cyberclasse_components,
            message("Spending on Cyberclasse by item, and what is not detailed"),
            parts="after the first",
        ),
        ChartEntry(cumulated_investment, message("Cumulated investment: how the programmes add up")),
        ChartEntry(
            committed_since_first_call,
            # Defines since the first call.
            message("Spent and awarded at least since the first call, year by year"),
        ),
        ChartEntry(coverage_by_programme, message("Share of the school sites reached by each programme")),
        ChartEntry(
            coverage_over_time, message("Share of the school sites reached by École Numérique, call by call")
        ),
        ChartEntry(
            coverage_map,
            message("Share of the school sites reached by École Numérique, by commune"),
            is_counted=True,
        ),
        ChartEntry(
            repeat_winners, message("School sites by number of their projects"), is_counted=True, parts="all"
        ),
        ChartEntry(
            winners_by_province, message("Projects per 1,000 school sites, by province"), is_counted=True
        ),
        ChartEntry(
            winners_by_network, message("Projects per 1,000 school sites, by network"), is_counted=True
        ),
        ChartEntry(connectivity_progress, message("Progress of internal connectivity")),
        ChartEntry(team_over_time, message("The team of the Region, programme by programme")),
        ChartEntry(equipment_lots, message("Types and lots of equipment on offer")),
        ChartEntry(plan_budgets, message("Amounts that plans announced")),
        ChartEntry(timeline, message("Time line of the programmes and their milestones")),
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
    is_shared = units == "shares" and entry.parts != ""
    options = ChartOptions(
        prices, calls, shares, provinces, is_in_numbers=units == "numbers", is_in_shares=is_shared
    )
    drawn = replace(entry.build(ledger, language, options), name=name)
    if not drawn.is_empty:
        if is_shared:
            calls_named = _calls_of_shares(ledger, drawn)
            drawn = in_shares(drawn, calls_named, is_whole_first=entry.parts != "all")
        return _as_scenario(drawn) if hypotheses(ledger) else drawn
    title = translate(_nothing(ledger, entry), language, what=entry.description)
    return replace(drawn, title=title, description=title + ".", note="")


def _calls_of_shares(ledger: Ledger, drawn: Chart) -> str:
    """Name the calls that a chart has numbers of, where another one of it took place."""
    shown = [mark.about[1] for mark in drawn.marks if mark.about[0] == "call"]
    known = [mark.about[1] for mark in drawn.marks if mark.quantity and mark.state != "planned"]
    whole = call_calendar(ledger).whole([call for call in shown if call in known])
    return "" if not shown or whole.is_closed else call_range(ledger, whole.covered, drawn.language)


def _as_scenario(drawn: Chart) -> Chart:
    """Say in the title, and at each mark that rests on a hypothesis, that nobody published it."""
    title = translate(SCENARIO_TITLE, drawn.language, title=drawn.title)
    marks = tuple(
        replace(
            mark,
            text=translate(SUPPOSED, drawn.language, text=mark.text) if mark.text else "",
            words=translate(SUPPOSED, drawn.language, text=mark.words),
        )
        if any(one.source.source_id == SCENARIO for one in mark.observations)
        else mark
        for mark in drawn.marks
    )
    description = translate(SCENARIO_TITLE, drawn.language, title=drawn.description)
    return replace(drawn, title=title, marks=marks, description=description)


def _nothing(ledger: Ledger, entry: ChartEntry) -> Message:
    """Say why a chart is empty: nothing was known, or not enough of the lists that it is counted from."""
    if entry.is_counted and has_lists(ledger):
        calls = [*incomplete(ledger, ECOLE_NUMERIQUE)]
        return message(NOT_ALL_COUNTED.text, day=ledger.known_at, calls=calls)
    nothing = NOTHING_COUNTED if entry.is_counted else NOTHING_KNOWN
    return message(nothing.text, day=ledger.known_at)
