"""The team of the Region and its helpdesk, over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components import cards, chart_figure, measure_table
from dashboards.components.evidence import published_numbers
from dashboards.filters import CHARTS
from dashboards.registry import About, Content, register_page
from ennum_stats.errors import message
from ennum_stats.measures.calls import ECOLE_NUMERIQUE

if TYPE_CHECKING:
    from dashboards.reading import Reading

STAFF_TABLE = message("The team by programme and function")
STAFF_NUMBERS = message(
    "The team and the support of schools, as documents give them, the latest first"
)
_MEASURES = ("staff", "staff_hired", "information_sessions", "weekly_hours_per_school")
_CARDS = (
    ("staff_total_2019", ECOLE_NUMERIQUE), ("staff_ami_2019", ECOLE_NUMERIQUE),
    ("staff_advisers_2019", ECOLE_NUMERIQUE), ("cyberclasse_helpdesk", "cyberclasse"),
)  # fmt: skip


def people(reading: Reading) -> Content:
    """Cards, team over time, the measure as a table, and what happened when."""
    yield cards(reading, _CARDS)
    yield chart_figure(reading, "team_over_time")
    yield measure_table(reading, "staff", reading.t(STAFF_TABLE))
    numbers = [o for o in reading.ledger.all_observations() if o.measure in _MEASURES]
    yield from published_numbers(reading, "staff", STAFF_NUMBERS, numbers[::-1])
    yield chart_figure(reading, "timeline")


register_page(
    "people", message("Team and support"),
    About(
        message("The team of the Region that schools could turn to, over the years."),
        message("people in the team of the Region, and the hours and sessions that they give to schools"),
        lambda one: one.measure in _MEASURES,
    ),
    people, filters=(CHARTS,), order=50,
)  # fmt: skip
