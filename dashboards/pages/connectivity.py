"""The Wi-Fi pilot and the equipment on offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components import cards, chart_figure, measure_table
from dashboards.filters import CHARTS
from dashboards.registry import Content, register_page
from ennum_stats.errors import message

if TYPE_CHECKING:
    from dashboards.reading import Reading

CONNECTIVITY_TABLE = message("The pilot of internal connectivity")
EQUIPMENT_TABLE = message("Equipment on offer, by programme and call")
_CARDS = ("connectivity_progress", "connectivity_budget", "connectivity_cost_per_site")


def connectivity(reading: Reading) -> Content:
    """Cards and chart of the pilot, then the lots of equipment."""
    yield cards(reading, [(name, "connectivity") for name in _CARDS])
    yield chart_figure(reading, "connectivity_progress")
    yield measure_table(reading, "connectivity", reading.t(CONNECTIVITY_TABLE))
    yield chart_figure(reading, "equipment_lots")
    yield measure_table(reading, "equipment", reading.t(EQUIPMENT_TABLE))


register_page(
    "connectivity", message("Connectivity and equipment"),
    message("How far the Wi-Fi pilot is, and what equipment was on offer."),
    connectivity, filters=(CHARTS,), order=40,
)  # fmt: skip
