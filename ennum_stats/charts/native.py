"""Charts that Office draws itself, to be edited there: columns and bars, what is not sure as error bars.

The declaration is the one that every other output draws. What Office cannot draw without saying something
else (grids, spans of years, maps) stays a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ennum_stats.atomic import repeatable
from ennum_stats.charts.theme import LIGHT, bare

if TYPE_CHECKING:
    from decimal import Decimal

    from ennum_stats.charts.spec import Chart, Mark

_EMU_A_CM = 360_000
_COLUMNS, _BARS = "columns", "bars"
_POINTS_OF_TEXT, _POINTS_IN_A_TEXT = 12, 9
_GAP = 60
"""The room between bars, in hundredths of their width."""
_ROOM = 1.18
"""How far the axis goes beyond the longest bar, so that its value has a place."""
_SEEN = 0.005
"""An error bar shorter than this share of the longest bar is not drawn: the value says it in words."""


@dataclass(frozen=True)
class NativeChart:
    """Hold a chart as a part of an Office file, and the workbook of the rows that it draws."""

    xml: bytes
    workbook: bytes


def is_native(drawn: Chart) -> bool:
    """Whether Office can draw a chart as it is meant."""
    is_of_one_series = not any(mark.group for mark in drawn.marks)
    return drawn.kind in (_COLUMNS, _BARS) and not drawn.is_empty and is_of_one_series


def native_charts(charts: Iterable[Chart]) -> Iterator[NativeChart]:
    """Make charts for a text: Word's are those of slides, in smaller type."""
    from pptx import Presentation

    presentation = Presentation()
    for drawn in charts:
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        place = (0, 0, _EMU_A_CM, _EMU_A_CM)  # the file that holds it says how large it is
        frame = add_native_chart(slide.shapes, drawn, place, _POINTS_IN_A_TEXT)
        _unframed(frame.chart)
        part = frame.chart.part
        yield NativeChart(part.blob, part.chart_workbook.xlsx_part.blob)


def _unframed(chart: Any) -> None:
    """Take the frame and the ground of a chart away: the page has its own."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    space = chart._chartSpace  # noqa: SLF001 - python-pptx has no such setting
    looks = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    space.chart.addnext(looks)  # the place that the schema gives it


def add_native_chart(
    shapes: Any, drawn: Chart, place: tuple[int, int, int, int], points: int = _POINTS_OF_TEXT
) -> Any:
    """Add a chart with its numbers to the shapes of a slide, at left, top, width and height in EMU; return
    its frame. What is not known has no bar, and says so in its name."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    data = CategoryChartData(number_format="General")
    data.categories = [
        mark.name if mark.quantity else f"{mark.name}: {mark.text or mark.words}"
        for mark in drawn.marks
    ]
    data.add_series(drawn.subtitle, [_value(mark) for mark in drawn.marks])
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if drawn.kind == _COLUMNS else XL_CHART_TYPE.BAR_CLUSTERED
    frame = shapes.add_chart(kind, *place, data)
    workbook = frame.chart.part.chart_workbook
    workbook.update_from_xlsx_blob(_undated(workbook.xlsx_part.blob))
    _styled(frame.chart, drawn, points)
    _add_error_bars(frame.chart, drawn)
    _number_axes(frame.chart)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", drawn.alt)  # noqa: SLF001
    return frame


def _undated(workbook: bytes) -> bytes:
    """Take the time at which it was made out of the workbook of a chart, so that the slides repeat."""
    fixed = rb"\g<1>1980-01-01T00:00:00Z"
    return repeatable(
        workbook, {"docProps/core.xml": lambda xml: re.sub(rb'(W3CDTF">)[^<]+', fixed, xml)}
    )


def _value(mark: Mark) -> float | None:
    """The length of a bar: its number, or the bound that is known; nothing where nothing is."""
    if mark.quantity is None:
        return None
    lower, upper = mark.ends
    found = next((one for one in (mark.quantity.point, lower, upper) if one is not None), None)
    return None if found is None else float(found)


def _styled(chart: Any, drawn: Chart, points: int) -> None:
    """Give bars the colours of their programmes and labels the words of their values."""
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    chart.has_legend, chart.has_title = False, False
    chart.font.size = Pt(points)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    if reach := max((_reach(mark) for mark in drawn.marks), default=0):
        chart.value_axis.maximum_scale = reach * _ROOM
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(bare(LIGHT.muted))
    if drawn.kind == _BARS:
        chart.category_axis.reverse_order = True
    plot = chart.plots[0]
    plot.gap_width = _GAP
    for place, mark in enumerate(drawn.marks):
        point = plot.series[0].points[place]
        colour = RGBColor.from_string(bare(LIGHT.colour(mark.colour)))
        if mark.state in ("planned", "rest"):
            point.format.fill.background()
        else:
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = colour
        point.format.line.color.rgb = colour
        if mark.text and mark.quantity is not None:
            point.data_label.text_frame.text = mark.text


def _number_axes(chart: Any) -> None:
    """Give axes numbers that the schema allows: those of python-pptx are below zero."""
    from pptx.oxml.ns import qn

    for tag in ("c:axId", "c:crossAx"):
        for axis in chart._chartSpace.iter(qn(tag)):  # noqa: SLF001
            axis.set("val", axis.get("val").lstrip("-"))


def _add_error_bars(chart: Any, drawn: Chart) -> None:
    """Draw how far each number may lie from the truth; a side without a bound has none."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    least = _SEEN * max((_reach(mark) for mark in drawn.marks), default=0)
    sides = [_errors(mark) for mark in drawn.marks]
    sides = [one if max(one) > least else (0.0, 0.0) for one in sides]
    if not any(any(one) for one in sides):
        return

    def numbers(tag: str, side: int) -> str:
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{one[side]:f}</c:v></c:pt>'
            for place, one in enumerate(sides)
        )
        return (
            f"<c:{tag}><c:numLit><c:formatCode>General</c:formatCode>"
            f'<c:ptCount val="{len(sides)}"/>{points}</c:numLit></c:{tag}>'
        )

    bars = parse_xml(
        f'<c:errBars {nsdecls("c")}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{numbers("plus", 1)}{numbers("minus", 0)}</c:errBars>'
    )
    series = chart.plots[0].series[0]._element  # noqa: SLF001
    series.find("c:cat", series.nsmap).addprevious(bars)  # the place that the schema gives it


def _reach(mark: Mark) -> float:
    """How far a mark goes: to its value, or to what it is at most."""
    return (_value(mark) or 0.0) + _errors(mark)[1]


def _errors(mark: Mark) -> tuple[float, float]:
    """How far below and above its bar the truth may be."""
    value = _value(mark)
    if value is None:
        return 0.0, 0.0
    lower, upper = mark.ends
    return _distance(lower, value), _distance(upper, value)


def _distance(bound: Decimal | None, value: float) -> float:
    return 0.0 if bound is None else abs(float(bound) - value)
