"""A team over the years: areas as high as it had members, bounds as a band, and its last state in parts."""

from __future__ import annotations

from itertools import pairwise

from ennum_stats.charts.canvas import LINE, Canvas, XAnchor, pushed_apart
from ennum_stats.charts.draw_time import draw_years
from ennum_stats.charts.specs import Chart, Mark
from ennum_stats.charts.typeface import SEMIBOLD

PART, EVENT, GAP = "part", "event", "gap"
"""Groups of marks: a function within the last team; a moment; years of which nothing is known."""


def draw_steps(chart: Chart, canvas: Canvas) -> None:
    """Teams in their years; the last one in its parts, named on the right."""
    wholes = [m for m in chart.marks if not m.group and m.quantity and m.first and m.last]
    parts = [m for m in chart.marks if m.group == PART and m.quantity]
    if not wholes:
        return
    names = [canvas.lines_of(mark.label, 0.27 * canvas.width, 0.92) for mark in parts]
    widest = max((canvas.width_of(line, 0.92) for name in names for line in name), default=0)
    beside = widest + 1.6 * canvas.em
    canvas.top, canvas.bottom = 3.2 * canvas.em, 1.7 * canvas.em
    first = min(mark.first.year for mark in wholes if mark.first)
    last = max(mark.last.year for mark in wholes if mark.last) + 1
    step = (canvas.room - beside) / (last - first)
    canvas.axes(
        (first, first + canvas.room / step), (0, max(float(mark.ends[1] or 0) for mark in wholes))
    )
    draw_years(canvas, first, last)
    for mark in wholes:
        has_parts = mark is wholes[-1] and bool(parts)
        _team(canvas, mark, is_narrow=has_parts)
    canvas.needs(sum(map(len, names)) * 0.92 * LINE * canvas.em, canvas.rise)
    canvas.needs(0.85 * canvas.em, step)
    _parts(canvas, parts, names, last)
    for mark in chart.marks:
        if mark.group == EVENT:
            _event(canvas, mark)
        elif mark.group == GAP:
            _gap(canvas, mark)


def _team(canvas: Canvas, mark: Mark, *, is_narrow: bool) -> None:
    begin, end = _years_of(mark)
    low, high = (float(bound or 0) for bound in mark.ends)
    canvas.trace(
        type="bar", x=[(begin + end) / 2], y=[low], width=end - begin,
        marker={"color": canvas.theme.colour(mark.colour)},
        customdata=[f"{mark.name}<br>{mark.words}"],
    )  # fmt: skip
    if high > low:
        canvas.box((begin, end), (low, high), canvas.theme.tint(mark.colour), layer="above")
    at: float = end if is_narrow else (begin + end) / 2
    anchor: XAnchor = "right" if is_narrow else "center"
    room = canvas.room if is_narrow else _width(canvas, mark) + 4 * canvas.em
    label = canvas.lines_of(mark.label, room, 0.92)
    canvas.text(
        at, high, mark.text, weight=SEMIBOLD, anchor=anchor, vertical="bottom",
        shift=(0, (0.3 + 0.92 * LINE * len(label)) * canvas.em),
    )  # fmt: skip
    canvas.text(
        at, high, label, size=0.92, anchor=anchor, vertical="bottom", shift=(0, 0.3 * canvas.em)
    )


def _parts(canvas: Canvas, parts: list[Mark], names: list[list[str]], last: int) -> None:
    """Hairlines between the parts of the last bar, and their names beside it."""
    edges = [0.0]
    for mark in parts:
        edges.append(edges[-1] + float(mark.ends[0] or 0))
    places = [(low + high) / 2 for low, high in pairwise(edges)]
    height = abs(canvas.px_y(0.92 * LINE * canvas.em))
    centres = pushed_apart(
        places, [height * len(name) for name in names], 0, canvas.yaxis["range"][1]
    )
    for edge in edges[1:-1]:
        canvas.line([(last - 1, edge), (last, edge)], canvas.theme.ground, 1.2, layer="above")
    reach = canvas.px_x(0.9 * canvas.em)
    for place, centre, name in zip(places, centres, names, strict=True):
        line = [(last, place), (last + reach / 3, place), (last + reach, centre)]
        canvas.line(line, canvas.theme.quiet, 0.8, layer="above")
        canvas.text(
            last + reach, centre, name, size=0.92, anchor="left", shift=(0.3 * canvas.em, 0)
        )


def _event(canvas: Canvas, mark: Mark) -> None:
    """A moment in the years, as an open dot on a stem."""
    begin, end = _years_of(mark)
    middle, high = (begin + end) / 2, float(mark.ends[1] or 0)
    hue = canvas.theme.colour(mark.colour)
    canvas.line([(middle, 0), (middle, high)], hue, 1.5)
    canvas.trace(
        type="scatter", mode="markers", x=[middle], y=[high], customdata=[mark.words],
        marker={
            "color": canvas.theme.ground, "size": 0.7 * canvas.em, "line": {"color": hue, "width": 2},
        },
    )  # fmt: skip
    lines = canvas.lines_of(mark.text, 5.2 * canvas.room / _span(canvas), 0.92)
    there = canvas.rise * high / canvas.yaxis["range"][1] - 2.2 * canvas.em
    canvas.needs(len(lines) * 0.92 * LINE * canvas.em, there)
    widest = max(canvas.width_of(line, 0.92) for line in lines)
    canvas.needs(widest, 5.5 * canvas.room / _span(canvas))
    canvas.text(
        middle, high, lines, size=0.92, anchor="left", vertical="top",
        shift=(0.7 * canvas.em, 0.6 * canvas.em),
    )  # fmt: skip


def _gap(canvas: Canvas, mark: Mark) -> None:
    _, end = _years_of(mark)
    room = 0.8 * _width(canvas, mark)
    canvas.text(
        end, 0, canvas.lines_of(mark.text, room, 0.88), size=0.88, anchor="right",
        colour=canvas.theme.quiet, vertical="bottom",
        shift=(-0.5 * canvas.em, 0.3 * canvas.em),
    )  # fmt: skip


def _years_of(mark: Mark) -> tuple[int, int]:
    assert mark.first is not None
    assert mark.last is not None
    return mark.first.year, mark.last.year + 1


def _width(canvas: Canvas, mark: Mark) -> float:
    """The px that the years of a mark take."""
    begin, end = _years_of(mark)
    return canvas.room * (end - begin) / _span(canvas)


def _span(canvas: Canvas) -> float:
    first, last = canvas.xaxis["range"]
    return float(last - first)
