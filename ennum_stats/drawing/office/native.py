"""Charts that Office draws itself, to be edited there: columns, bars, shares, ranges and sums of steps.

The declaration is the one that every other output draws. What Office cannot draw without saying something
else (squares, persons, spans of years, maps) stays a picture. The same chart gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.office.markup import chart_markup
from ennum_stats.drawing.office.room import Lying, Room, Upright, stand
from ennum_stats.drawing.office.stacks import Stacks, is_native, stacks_of
from ennum_stats.drawing.picture import size_on_page
from ennum_stats.drawing.theme import EMU_A_POINT
from ennum_stats.files.atomic import repeatable

__all__ = ["NativeChart", "add_native_chart", "is_native", "native_charts", "native_on_slide"]
_POINTS_A_CM = 72 / 2.54
POINTS_ON_A_SLIDE, _POINTS_IN_A_TEXT = 12, 9
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
"""When all workbooks are made: the same chart is the same bytes."""
WORKBOOK = "rId1"
"""The relation by which the chart of a text leads to its workbook."""


@dataclass(frozen=True)
class NativeChart:
    """Hold a chart as a part of an Office file, and the workbook of the rows that it draws."""

    xml: bytes
    workbook: bytes


def native_charts(charts: Iterable[Chart]) -> Iterator[NativeChart]:
    """Make charts for a text."""
    return (native_chart(drawn, room_in_text(drawn)) for drawn in charts)


def room_in_text(drawn: Chart) -> Room:
    """Give the room of a chart in a text: as large as its picture, and where bars lie so high that their names and
    words have all their lines, which stand one below the other."""
    size = size_on_page(drawn)
    room = Room(size.width_cm * _POINTS_A_CM, size.height_cm * _POINTS_A_CM, _POINTS_IN_A_TEXT)
    if stand(drawn, room):
        return room
    lying = Lying(drawn, stacks_of(drawn, is_upright=False), room)
    return replace(room, height=lying.needed_height)


def native_chart(drawn: Chart, room: Room, relation: str = WORKBOOK) -> NativeChart:
    """Make a chart for a place; `relation` leads from it to its workbook."""
    is_upright = stand(drawn, room)
    stacks = stacks_of(drawn, is_upright=is_upright)
    places = (Upright if is_upright else Lying)(drawn, stacks, room)
    return NativeChart(chart_markup(drawn, places, relation), _workbook(stacks))


def native_on_slide(drawn: Chart, place: tuple[int, int, int, int], relation: str) -> NativeChart:
    """Make a chart for a place on a slide, at left, top, width and height in EMU."""
    _, _, wide, high = place
    room = Room(wide / EMU_A_POINT, high / EMU_A_POINT, POINTS_ON_A_SLIDE)
    return native_chart(drawn, room, relation)


def add_native_chart(shapes: Any, drawn: Chart, place: tuple[int, int, int, int]) -> Any:
    """Add a chart with its numbers to the shapes of a slide, at left, top, width and height in EMU; return
    its frame."""
    from pptx.enum.chart import XL_CHART_TYPE

    data = _Data(native_on_slide(drawn, place, ""))
    frame = shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place, data)
    frame.element.nvGraphicFramePr.cNvPr.set("descr", drawn.alt)
    return frame


@dataclass(frozen=True)
class _Data:
    """Hold a chart as python-pptx asks for one: it writes none itself."""

    chart: NativeChart

    @property
    def xlsx_blob(self) -> bytes:
        return self.chart.workbook

    def xml_bytes(self, _kind: object) -> bytes:
        return self.chart.xml


def _workbook(stacks: Stacks) -> bytes:
    """Write the workbook of a chart: a row for each bar, a column for each of its pieces."""
    from xlsxwriter import Workbook

    data = BytesIO()
    book = Workbook(data, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    wrapped = book.add_format({"text_wrap": True})
    sheet = book.add_worksheet("Sheet1")
    sheet.set_column(0, len(stacks.columns), 24)
    for row, name in enumerate(stacks.names, start=1):
        sheet.write_string(row, 0, name, wrapped)
    for at, column in enumerate(stacks.columns, start=1):
        sheet.write_string(0, at, column.name, wrapped)
        for row, piece in enumerate(column.pieces, start=1):
            if piece is not None:
                sheet.write_number(row, at, piece.number)
    book.close()
    return repeatable(data.getvalue())
