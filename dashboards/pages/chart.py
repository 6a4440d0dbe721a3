"""One chart with its evidence, under a stable address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components import chart_figure
from dashboards.components.charts import declared
from dashboards.components.citation import title_cited
from dashboards.components.evidence import (
    RESTS_ON,
    lists_counted,
    published_numbers,
    registers_counted,
)
from dashboards.filters import CHARTS, WITH_EVIDENCE
from dashboards.pages.figure import name_of
from dashboards.places import WITH_MAP
from dashboards.registry import Content, register_page
from ennum_stats.errors import message

if TYPE_CHECKING:
    from dashboards.reading import Reading


def heading(reading: Reading) -> str:
    """Give the chart's title. Raises `UnknownName`."""
    return declared(reading, name_of(reading)).title


def evidence(reading: Reading) -> Content:
    """Show a chart with its table, the numbers plotted as their documents give them, and the lists and
    registers of which single sites were counted."""
    name = name_of(reading)
    drawn = declared(reading, name)
    yield chart_figure(reading, name, is_alone=True)
    yield from published_numbers(reading, "observations", RESTS_ON, drawn.observations)
    yield from lists_counted(reading, drawn.lists)
    yield from registers_counted(reading, drawn.registers)
    yield title_cited(reading, "chart", drawn.title)


register_page(
    "chart/<name>", message("A chart and its evidence"),
    message("What this chart shows, as a picture, as a table, and with its documents."),
    evidence, filters=(CHARTS, *WITH_EVIDENCE, *WITH_MAP), heading=heading,
)  # fmt: skip
