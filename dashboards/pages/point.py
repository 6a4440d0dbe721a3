"""One point of a chart with its evidence, under an address of its own: `point/<chart>.<point>`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboards.components import evidence_link, page_link, section
from dashboards.components.comparing import chart_compared
from dashboards.components.evidence import RESTS_ON, lists_counted, published_numbers, registers_counted
from dashboards.components.points import bounds_line, keys, points_of, sources_of
from dashboards.components.texts import place_link
from dashboards.filters import PRICES, WITH_EVIDENCE
from dashboards.pages.figure import name_of
from dashboards.queries.comparison import FILTERS, chart_at
from dashboards.queries.places import WITH_MAP
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.charts.comparison import NAME as COMPARISON
from ennum_stats.charts.spec import LABEL_VALUE, Area, Chart, Mark
from ennum_stats.document.blocks import Paragraph
from ennum_stats.errors import message, unknown_name
from ennum_stats.measures.dates import published_words
from ennum_stats.measures.schools.places import KINDS

WHOLE_CHART = message("The whole chart: {title}")
_OF_COMPARISON = tuple(replace(item, is_carried=True) for item in FILTERS if item is not PRICES)


def heading(reading: Reading) -> str:
    """Give the point and its value in words. Raises `UnknownName`."""
    _, point = _chart_and_point(reading)
    label = point.name if isinstance(point, Mark) else point.label
    return reading.t(LABEL_VALUE, label=label, value=point.words)


def evidence(reading: Reading) -> Content:
    """Tell what is known of a point: bounds, remark, the published numbers it rests on; where it is counted,
    the lists and registers."""
    drawn, point = _chart_and_point(reading)
    texts: list[str] = []
    observations = point.observations if isinstance(point, Mark) else ()
    if isinstance(point, Mark):
        if point.quantity and not point.quantity.is_exact:
            texts.append(bounds_line(reading, point.quantity))
        if point.remark:
            texts.append(point.remark)
    if texts:
        yield section(paragraphs=texts)
    yield from published_numbers(reading, "observations", RESTS_ON, observations)
    if not observations:
        yield from lists_counted(reading, drawn.lists)
        yield from registers_counted(reading, drawn.registers)
        documents = sources_of(point) if isinstance(point, Mark) else []
        shown = [f"{item.title} ({published_words(item, reading.language)})" for item in documents]
        if shown or not drawn.lists:
            yield section(paragraphs=shown or [drawn.source_line])
    if point.about[0] in KINDS:
        yield Paragraph((place_link(reading, *point.about),))
    whole = reading.t(WHOLE_CHART, title=drawn.title)
    if drawn.name == COMPARISON:
        address = reading.view.address("compare", **(reading.view.choices or {}))
        links: list[Any] = [page_link(address, whole)]
    else:
        links = [evidence_link(reading, f"chart/{drawn.name}", whole)]
    label = point.name if isinstance(point, Mark) else point.label
    links += chart_compared(reading, drawn.name, label, point.about[1])
    yield Paragraph(tuple(part for link in links for part in (link, " ")), "tools")


def _chart_and_point(reading: Reading) -> tuple[Chart, Mark | Area]:
    name, _, key = name_of(reading).partition(".")
    drawn = chart_at(reading, name)
    named = dict(zip(keys(drawn), points_of(drawn), strict=True))
    if key not in named:
        raise unknown_name(message("The chart has no point “{name}”.", name=key), named)
    return drawn, named[key]


register_page(
    "point/<name>", message("A point of a chart"),
    message("What one point of a chart says, and the documents it rests on."),
    evidence, filters=(*WITH_EVIDENCE, *WITH_MAP, *_OF_COMPARISON), heading=heading,
)  # fmt: skip
