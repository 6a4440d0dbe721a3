"""One chart with its evidence, under a stable address."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboards.components import chart_figure
from dashboards.components.browser import dashed
from dashboards.components.charts import declared
from dashboards.components.citation import title_cited
from dashboards.components.evidence import RESTS_ON, lists_counted, published_numbers, registers_counted
from dashboards.components.texts import onward
from dashboards.filters import CHARTS, IN_TURN, WITH_EVIDENCE
from dashboards.pages.figure import name_of
from dashboards.queries.places import WITH_MAP
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from dashboards.view import SEPARATOR
from ennum_stats.charts import CHARTS as DECLARED
from ennum_stats.errors import message

BEFORE, AFTER = message("Previous chart"), message("Next chart")
FULL_SCREEN = message("Full screen")
BY_KEYS = message("In full screen, the arrow keys lead to the chart before and after; Escape ends it.")


def heading(reading: Reading) -> str:
    """Give the chart's title. Raises `UnknownName`."""
    return declared(reading, name_of(reading)).title


def evidence(reading: Reading) -> Content:
    """Show a chart with its table, the numbers plotted as their documents give them, and the lists and
    registers of which single sites were counted."""
    name = name_of(reading)
    drawn = declared(reading, name)
    if not reading.view.place:
        yield _turning(reading, name)
    yield chart_figure(reading, name, is_alone=True)
    yield from published_numbers(reading, "observations", RESTS_ON, drawn.observations)
    yield from lists_counted(reading, drawn.lists)
    yield from registers_counted(reading, drawn.registers)
    yield title_cited(reading, "chart", drawn.title)


def _turning(reading: Reading, name: str) -> html.Nav:
    """Lead to the chart before and the one after, of those chosen or of all, and fill the screen with one: for
    meetings."""
    chosen = reading.chosen(IN_TURN.name)
    names = [*dict.fromkeys((*chosen, name))] if chosen else [*DECLARED]
    at = names.index(name)
    before, after = names[at - 1], names[(at + 1) % len(names)]
    kept = reading.carried(f"chart/{name}") | {IN_TURN.name: SEPARATOR.join(chosen)}
    ways: list[Any] = [
        onward(reading.view.address(f"chart/{other}", **kept), f"{sign} {reading.t(label)}", rel=rel)
        for other, sign, label, rel in ((before, "←", BEFORE, "prev"), (after, "→", AFTER, "next"))
    ]
    ways.insert(1, html.Span(f"{at + 1} / {len(names)}"))
    fill = html.Button(
        reading.t(FULL_SCREEN), className="with-script", type="button", title=reading.t(BY_KEYS),
        **dashed(data_full_screen=""),
    )  # fmt: skip
    return html.Nav([*ways, fill], className="turning", **dashed(aria_label=reading.t(CHARTS.label)))


register_page(
    "chart/<name>", message("A chart and its evidence"),
    message("What this chart shows, as a picture, as a table, and with its documents."),
    evidence, filters=(CHARTS, IN_TURN, *WITH_EVIDENCE, *WITH_MAP), heading=heading,
)  # fmt: skip
