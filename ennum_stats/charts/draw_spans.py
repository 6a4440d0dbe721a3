"""Programmes as spans of years, running downwards, with their milestones named on the right."""

from __future__ import annotations

from ennum_stats.charts.canvas import LINE, Canvas, pushed_apart
from ennum_stats.charts.draw_time import as_year
from ennum_stats.charts.specs import Chart, Mark
from ennum_stats.charts.typeface import SEMIBOLD

_HEAD, _STEP = 0.92, 2.7
"""The size of the programmes' names, and the distance of their bars, in em. A name stands on its bar,
where the bars to its right have not begun yet."""
_SIZES = (0.92, 0.86, 0.8)
MILESTONE = "milestone"
"""The group of marks that are moments."""


def draw_spans(chart: Chart, canvas: Canvas) -> None:
    """The years run downwards: a bar a programme, a dot a milestone, and a line to its name."""
    spans = [m for m in chart.marks if m.group != MILESTONE and m.first and m.last]
    moments = [m for m in chart.marks if m.group == MILESTONE and m.first]
    if not spans:
        return
    heads = [canvas.lines_of(mark.label, 9.5 * canvas.em, _HEAD, SEMIBOLD) for mark in spans]
    canvas.left = canvas.width_of("2000", 0.9) + 0.6 * canvas.em
    above, below = (len(heads[0]) * LINE * _HEAD + 0.5) * canvas.em, 0.9 * canvas.em
    first = min(mark.first.year for mark in spans if mark.first)
    last = max(as_year(mark.last) for mark in (*spans, *moments) if mark.last)
    years = (last - first) / (canvas.rise - above - below)  # of a px
    canvas.axes((0, canvas.room), (last + below * years, first - above * years))
    columns = {mark.colour: (0.8 + _STEP * i) * canvas.em for i, mark in enumerate(spans)}
    reach = max(
        columns[mark.colour] + canvas.width_of(line, _HEAD, SEMIBOLD)
        for mark, head in zip(spans, heads, strict=True)
        for line in head
    )
    _years(canvas, first, last, reach)
    if moments:
        _milestones(canvas, moments, columns, reach)
    for mark, head in zip(spans, heads, strict=True):
        _span(canvas, mark, head, columns[mark.colour])


def _span(canvas: Canvas, mark: Mark, head: list[str], x: float) -> None:
    assert mark.first is not None
    assert mark.last is not None
    hue = canvas.theme.colour(mark.colour)
    begin, end = as_year(mark.first), as_year(mark.last)
    canvas.trace(
        type="bar", x=[x], y=[end - begin], base=[begin], width=0.9 * canvas.em,
        marker={"color": hue}, customdata=[f"{mark.label}<br>{mark.words}"],
    )  # fmt: skip
    if mark.state == "planned":
        canvas.trace(
            type="scatter", mode="markers", x=[x], y=[end], cliponaxis=False, hoverinfo="skip",
            hovertemplate=None,
            marker={"symbol": "triangle-down", "size": 1.5 * canvas.em, "color": hue},
        )  # fmt: skip
    canvas.text(
        x, begin, head, size=_HEAD, weight=SEMIBOLD, colour=hue, anchor="left", vertical="bottom",
        shift=(-0.5 * canvas.em, 0.45 * canvas.em), ground=canvas.theme.ground,
    )  # fmt: skip


def _years(canvas: Canvas, first: int, last: float, reach: float) -> None:
    """Hairlines at the beginnings of years, as many as can be read."""
    step = _per_year(canvas)
    every = next(n for n in (1, 2, 5, 10) if n * step > 1.6 * canvas.em)
    for year in range(first, int(last) + 1):
        is_near_first = 0 < (year - first) * step < 1.6 * canvas.em
        if year != first and (year % every or is_near_first):
            continue
        canvas.line([(0, year), (reach, year)], canvas.theme.line)
        canvas.text(0, year, str(year), size=0.9, anchor="right", colour=canvas.theme.quiet,
                    shift=(-0.4 * canvas.em, 0))  # fmt: skip


def _milestones(
    canvas: Canvas, moments: list[Mark], columns: dict[str, float], reach: float
) -> None:
    """Dots on the programmes' bars; lines lead to the names, which make room for one another."""
    start = reach + 1.8 * canvas.em
    places = [as_year(mark.first) for mark in moments if mark.first]
    for size in _SIZES:
        indent = canvas.width_of("2000", size) + 0.3 * canvas.em
        room = canvas.room - start - indent
        texts = [canvas.lines_of(mark.label, room, size) for mark in moments]
        heights = [(len(text) * LINE * size + 0.12) * canvas.em for text in texts]
        if sum(heights) <= canvas.rise:
            break
    canvas.needs(sum(heights), canvas.rise)
    low, high = canvas.yaxis["range"]
    heights = [height / _per_year(canvas) for height in heights]
    centres = pushed_apart(places, heights, high, low)
    for mark, text, y, centre in zip(moments, texts, places, centres, strict=True):
        x = columns.get(mark.colour, reach)
        hue = canvas.theme.colour(mark.colour)
        bend = reach + 0.2 * canvas.em
        pale = canvas.theme.tint(mark.colour, 0.55)
        canvas.line([(x, y), (bend, y), (start - 0.3 * canvas.em, centre)], pale, 0.8)
        canvas.trace(
            type="scatter", mode="markers", x=[x], y=[y], cliponaxis=False,
            marker={
                "color": canvas.theme.ground, "size": 0.62 * canvas.em,
                "line": {"color": hue, "width": 0.16 * canvas.em},
            },
            customdata=[f"{mark.words}<br>{mark.label}"],
        )  # fmt: skip
        half = len(text) * LINE * size * canvas.em / 2
        year = str(mark.first.year) if mark.first else ""
        canvas.text(
            start, centre, year, size=size, anchor="left", vertical="top",
            colour=canvas.theme.quiet, shift=(0, half),
        )  # fmt: skip
        canvas.text(start, centre, text, size=size, anchor="left", shift=(indent, 0))


def _per_year(canvas: Canvas) -> float:
    """The px of a year."""
    last, first = canvas.yaxis["range"]
    return canvas.rise / float(last - first)
