"""Draw a chart for an Office file: as a picture, or as one that Office draws itself."""

from __future__ import annotations

import struct

from ennum_stats.charts.spec import Chart
from ennum_stats.document.control import ControlForm
from ennum_stats.drawing.office.native import NativeChart, native_charts
from ennum_stats.drawing.picture import Picture, draw, on_page
from ennum_stats.kit.edition import Edition


def pixels_of(picture: bytes) -> tuple[int, int]:
    """Read how wide and how high a PNG is."""
    wide, high = struct.unpack(">II", picture[16:24])
    return wide, high


def declared(edition: Edition, name: str) -> Chart | None:
    """Declare a chart as known on the edition's day; nothing where it has nothing to draw."""
    chart = edition.chart(name)
    return chart if chart.marks else None


def picture(chart: Chart, *, framed: bool = True) -> bytes:
    """Draw a chart as PNG: with title and notes, or without them where these stand beside it."""
    wanted = Picture(chart, ("png",)) if framed else on_page(chart, "png")
    return next(draw([wanted]))["png"]


def redrawn(chart: Chart, form: ControlForm) -> bytes | NativeChart:
    """Draw a chart in the form that a control has it in."""
    if form is ControlForm.NATIVE:
        return next(native_charts([chart]))
    return picture(chart, framed=form is ControlForm.PICTURE)
