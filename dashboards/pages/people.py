"""The team of the Region and its helpdesk, over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components import cards, chart_figure, measure_table
from dashboards.filters import CHARTS
from dashboards.registry import Content, register_page
from ennum_stats.errors import message
from ennum_stats.measures.calls import ECOLE_NUMERIQUE

if TYPE_CHECKING:
    from dashboards.reading import Reading

STAFF_TABLE = message("The team by programme and function")
_CARDS = (
    ("staff_total_2019", ECOLE_NUMERIQUE), ("staff_ami_2019", ECOLE_NUMERIQUE),
    ("staff_advisers_2019", ECOLE_NUMERIQUE), ("cyberclasse_helpdesk", "cyberclasse"),
)  # fmt: skip


def people(reading: Reading) -> Content:
    """Cards, team over time, the measure as a table, and what happened when."""
    yield cards(reading, _CARDS)
    yield chart_figure(reading, "team_over_time")
    yield measure_table(reading, "staff", reading.t(STAFF_TABLE))
    yield chart_figure(reading, "timeline")


register_page(
    "people", message("People and support"),
    message("The team of the Region that schools could turn to, over the years."),
    people, filters=(CHARTS,), order=50,
)  # fmt: skip
