"""Lay out a chart that PowerPoint draws on a slide of somebody's: title above it, notes below, in the place
of one shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from ennum_stats.charts.spec import Chart
from ennum_stats.document.word_markup import CHART_URI
from ennum_stats.drawing.canvas import LINE
from ennum_stats.drawing.office.native import POINTS_ON_A_SLIDE
from ennum_stats.drawing.office.room import Room
from ennum_stats.drawing.theme import EMU_A_POINT, LIGHT, REGULAR, SEMIBOLD, bare, wrapped
from ennum_stats.kit.edition import OF_CHARTS
from ennum_stats.languages import tag_of
from ennum_stats.office.slide_file import SPACES

_LOOKS = {"title": (16, SEMIBOLD), "subtitle": (11, REGULAR), "note": (9, REGULAR)}
"""Size and weight of what is told beside a chart."""
_LEAST = 0.5
"""The share of its place that a drawing has at least; else its picture fits better."""
Area = tuple[int, int, int, int]
"""Left, top, width and height, in EMU."""


@dataclass(frozen=True)
class ChartRoom:
    """Hold the places of a chart and of the texts beside it, by what they tell."""

    chart: Area
    texts: dict[str, Area]

    @property
    def drawing(self) -> Room:
        """The size of the drawing, in points."""
        _, _, wide, high = self.chart
        return Room(wide / EMU_A_POINT, high / EMU_A_POINT, POINTS_ON_A_SLIDE)


def chart_room(chart: Chart, area: Area, aspects: Sequence[str]) -> ChartRoom | None:
    """Share a place between a chart and the texts beside it; nothing where too little is left to draw."""
    left, top, wide, high = area
    heights = {aspect: _height(chart, aspect, wide) for aspect in aspects}
    above = sum(heights[aspect] for aspect in aspects if aspect != "note")
    rest = high - sum(heights.values())
    if rest < _LEAST * high:
        return None
    texts, at = {}, top
    for aspect in aspects:
        at = at if aspect != "note" else top + high - heights["note"]
        texts[aspect] = (left, at, wide, heights[aspect])
        at += heights[aspect]
    return ChartRoom((left, top + above, wide, rest), texts)


def _height(chart: Chart, aspect: str, wide: int) -> int:
    points, weight = _LOOKS[aspect]
    lines = wrapped(OF_CHARTS[aspect](chart), wide / EMU_A_POINT, points, weight)
    return round((len(lines) * LINE + 0.4) * points * EMU_A_POINT)


def chart_shapes(chart: Chart, room: ChartRoom, relation: str, number: int) -> Iterator[str]:
    """Write the shapes in the order in which they are read, numbered from `number`."""
    for aspect, area in room.texts.items():
        if aspect != "note":
            yield _text(chart, aspect, area, number)
            number += 1
    yield (
        f'<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id="{number}" '
        f"name={quoteattr(chart.title)} descr={quoteattr(chart.alt)}/><p:cNvGraphicFramePr/><p:nvPr/>"
        f'</p:nvGraphicFramePr>{_place("p", room.chart)}<a:graphic><a:graphicData uri="{CHART_URI}">'
        f'<c:chart xmlns:c="{CHART_URI}" r:id="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    if "note" in room.texts:
        yield _text(chart, "note", room.texts["note"], number + 1)


def _text(chart: Chart, aspect: str, area: Area, number: int) -> str:
    points, weight = _LOOKS[aspect]
    words = OF_CHARTS[aspect](chart)
    ink = "" if aspect == "title" else f'<a:solidFill><a:srgbClr val="{bare(LIGHT.muted)}"/></a:solidFill>'
    look = f'lang="{tag_of(chart.language)}" sz="{points * 100}" b="{int(weight == SEMIBOLD)}"'
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(words[:60])}/>'
        f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{_place("a", area)}<a:prstGeom prst="rect">'
        '<a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" '
        f'rIns="0" bIns="0"/><a:lstStyle/><a:p><a:r><a:rPr {look}>{ink}</a:rPr><a:t>{escape(words)}</a:t>'
        "</a:r></a:p></p:txBody></p:sp>"
    )


def _place(space: str, area: Area) -> str:
    left, top, wide, high = area
    return f'<{space}:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></{space}:xfrm>'
