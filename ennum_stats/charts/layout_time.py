"""Lay out charts along the years.

A sum that grows is a band between its bounds; a team is an area as high as it had members; programmes are
spans of years that run downwards, with their milestones named on the right.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from ennum_stats.charts.canvas import LINE, Canvas, XAnchor, spread_labels
from ennum_stats.charts.spec import Chart, Mark
from ennum_stats.charts.theme import SEMIBOLD
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.wording import amount

END_OF = message("end of {year}")
AT_LEAST, AT_MOST = message("at least"), message("at most")
_DAYS_OF_A_YEAR = 365.2425


def as_year(day: date) -> float:
    """Convert a day to a number on an axis of years: 1 January 2009 is 2009.0."""
    return day.year + (day - date(day.year, 1, 1)).days / _DAYS_OF_A_YEAR


# --- band -------------------------------------------------------------------------------------------


def draw_band(chart: Chart, canvas: Canvas) -> None:
    """Draw an interval at the end of each year, joined by a band. Between two ends the sum only grows: it
    is at least what it was at the first, and at most what it is at the second."""
    marks = [mark for mark in chart.marks if mark.quantity and mark.first]
    if not marks:
        return
    ends = [as_year(mark.first) + 1 / _DAYS_OF_A_YEAR for mark in marks if mark.first]
    lows = [float(mark.ends[0] or 0) for mark in marks]
    highs = [float(mark.ends[1] or 0) for mark in marks]
    canvas.right = 0.5 * canvas.em
    canvas.left = canvas.width_of(amount(max(highs), "EUR", chart.language), 0.9) + 0.5 * canvas.em
    canvas.top, canvas.bottom = 3.2 * canvas.em, 1.7 * canvas.em
    canvas.require_px(8 * canvas.em, canvas.plot_height)
    start = ends[0] - 1
    canvas.axes((start, ends[-1]), (0, max(highs)))
    _money_grid(chart, canvas, max(highs))
    draw_years(canvas, round(start), round(ends[-1]))
    _band(chart, canvas, [start, *ends], [0.0, *lows], highs)
    room = abs(canvas.px_y(0.6 * canvas.em))
    for end, mark, low, high in zip(ends, marks, lows, highs, strict=True):
        canvas.touch(mark, (end - 1, end), (low - room, high + room))
        if mark.text:
            _point(chart, canvas, end, mark)


def _band(
    chart: Chart, canvas: Canvas, ends: list[float], lows: list[float], highs: list[float]
) -> None:
    """Draw the band as steps: in each year from the lower end at its start up to the upper end at its
    close."""
    years = list(zip(ends, ends[1:], lows, highs, strict=False))
    top = [point for first, last, _, high in years for point in ((first, high), (last, high))]
    bottom = [point for first, last, low, _ in years for point in ((first, low), (last, low))]
    outline = [*top, *reversed(bottom)]
    canvas.trace(
        type="scatter", mode="lines", x=[x for x, _ in outline], y=[y for _, y in outline],
        fill="toself", fillcolor=canvas.theme.tint("neutral"), line={"width": 0},
        hoverinfo="skip", hovertemplate=None,
    )  # fmt: skip
    for edge in (top, bottom):
        canvas.line(edge, canvas.theme.muted, 1.2, layer="above")
    middle = len(years) * 5 // 8
    first, _, low, high = years[middle]
    has_room_below = low > abs(canvas.px_y(1.4 * canvas.em))
    for place, text, is_above in ((high, AT_MOST, True), (low, AT_LEAST, not has_room_below)):
        is_on_band = place == low and is_above
        canvas.text(
            first, place, translate(text, chart.language), size=0.9,
            colour=None if is_on_band else canvas.theme.muted,
            vertical="bottom" if is_above else "top",
            shift=(0, (0.15 if is_above else -0.15) * canvas.em),
        )  # fmt: skip


def _point(chart: Chart, canvas: Canvas, end: float, mark: Mark) -> None:
    """Draw a sum that is well known as a dot with its value."""
    assert mark.quantity is not None
    value = float(mark.quantity.value or 0)
    canvas.trace(
        type="scatter", mode="markers", x=[end], y=[value], cliponaxis=False,
        marker={"color": canvas.theme.text, "size": 0.75 * canvas.em},
        customdata=[f"{mark.label}<br>{mark.words}"],
    )  # fmt: skip
    lines = [translate(END_OF, chart.language, year=mark.label), mark.text]
    canvas.text(
        end, value, lines[1], size=1.1, weight=SEMIBOLD, anchor="right", vertical="bottom",
        shift=(-0.3 * canvas.em, 0.35 * canvas.em),
    )  # fmt: skip
    canvas.text(
        end, value, lines[0], size=0.9, anchor="right", vertical="bottom",
        shift=(-0.3 * canvas.em, 1.8 * canvas.em),
    )  # fmt: skip


def _money_grid(chart: Chart, canvas: Canvas, highest: float) -> None:
    """Draw grid lines at round millions, because a band has no values on it."""
    steps = (1e6, 5e6, 1e7, 2.5e7, 5e7, 1e8, 1e9)
    step = next((step for step in steps if highest / step < 5), highest)
    first, last = canvas.xaxis["range"]
    for place in range(int(highest / step) + 1):
        y = place * step
        canvas.line([(first, y), (last, y)], canvas.theme.line)
        canvas.text(
            0, y, amount(Decimal(int(y)), "EUR", chart.language), size=0.9, xref="paper",
            anchor="right", colour=canvas.theme.muted, shift=(-0.5 * canvas.em, 0),
        )  # fmt: skip


def draw_years(canvas: Canvas, first: int, last: int) -> None:
    """Draw ticks at the beginnings of years, and as many of their names as fit, each in the middle of its
    year."""
    step_px = canvas.plot_width / max(canvas.xaxis["range"][1] - canvas.xaxis["range"][0], 1)
    needed = canvas.width_of("2000", 0.9) + 0.8 * canvas.em
    every = next((n for n in (1, 2, 5, 10, 20) if n * step_px >= needed), last - first)
    canvas.line([(first, 0), (last, 0)], canvas.theme.muted, layer="above")
    for year in range(first, last + 1):
        canvas.line([(year, 0), (year, -canvas.px_y(0.3 * canvas.em))], canvas.theme.muted)
        if year < last and (last - 1 - year) % every == 0:
            canvas.text(
                year + 0.5, 0, str(year), size=0.9, vertical="top", colour=canvas.theme.muted,
                shift=(0, -0.4 * canvas.em),
            )  # fmt: skip


_HEAD, _STEP = 0.92, 2.7
"""The type size of programme names, and the distance of their bars, in em. A name stands above its bar,
where the bars to its right have not begun yet."""
_SIZES = (0.92, 0.86, 0.8)
MILESTONE = "milestone"
"""The group of marks that are single days."""


def draw_spans(chart: Chart, canvas: Canvas) -> None:
    """Draw one vertical bar for each programme, one dot for each milestone, and a line to the milestone's
    name. The years run downwards."""
    spans = [m for m in chart.marks if m.group != MILESTONE and m.first and m.last]
    moments = [m for m in chart.marks if m.group == MILESTONE and m.first]
    if not spans:
        return
    heads = [canvas.lines_of(mark.label, 9.5 * canvas.em, _HEAD, SEMIBOLD) for mark in spans]
    canvas.left = canvas.width_of("2000", 0.9) + 0.6 * canvas.em
    above, below = (len(heads[0]) * LINE * _HEAD + 0.5) * canvas.em, 0.9 * canvas.em
    first = min(mark.first.year for mark in spans if mark.first)
    last = max(as_year(mark.last) for mark in (*spans, *moments) if mark.last)
    years = (last - first) / (canvas.plot_height - above - below)  # a px, in years
    canvas.axes((0, canvas.plot_width), (last + below * years, first - above * years))
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
    canvas.touch(mark, (x - 0.6 * canvas.em, x + 0.6 * canvas.em), (begin, end))
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
        shift=(-0.5 * canvas.em, 0.45 * canvas.em), ground=canvas.theme.background,
    )  # fmt: skip


def _years(canvas: Canvas, first: int, last: float, reach: float) -> None:
    """Draw grid lines at the beginnings of years, as many as can be read."""
    step = _per_year(canvas)
    every = next((n for n in (1, 2, 5, 10) if n * step > 1.6 * canvas.em), 20)
    for year in range(first, int(last) + 1):
        is_near_first = 0 < (year - first) * step < 1.6 * canvas.em
        if year != first and (year % every or is_near_first):
            continue
        canvas.line([(0, year), (reach, year)], canvas.theme.line)
        canvas.text(0, year, str(year), size=0.9, anchor="right", colour=canvas.theme.muted,
                    shift=(-0.4 * canvas.em, 0))  # fmt: skip


def _milestones(
    canvas: Canvas, moments: list[Mark], columns: dict[str, float], reach: float
) -> None:
    """Draw dots on the bars of programmes, and lines to their names, which are moved apart until none
    overlaps."""
    start = reach + 1.8 * canvas.em
    places = [as_year(mark.first) for mark in moments if mark.first]
    for size in _SIZES:
        indent = canvas.width_of("2000", size) + 0.3 * canvas.em
        width = canvas.plot_width - start - indent
        texts = [canvas.lines_of(mark.label, width, size) for mark in moments]
        heights = [(len(text) * LINE * size + 0.12) * canvas.em for text in texts]
        if sum(heights) <= canvas.plot_height:
            break
    canvas.require_px(sum(heights), canvas.plot_height)
    low, high = canvas.yaxis["range"]
    heights = [height / _per_year(canvas) for height in heights]
    centres = spread_labels(places, heights, high, low)
    for mark, text, y, centre in zip(moments, texts, places, centres, strict=True):
        x = columns.get(mark.colour, reach)
        canvas.touch_at(mark, x, y, 0.5 * canvas.em)
        hue = canvas.theme.colour(mark.colour)
        bend = reach + 0.2 * canvas.em
        pale = canvas.theme.tint(mark.colour, 0.55)
        canvas.line([(x, y), (bend, y), (start - 0.3 * canvas.em, centre)], pale, 0.8)
        canvas.trace(
            type="scatter", mode="markers", x=[x], y=[y], cliponaxis=False,
            marker={
                "color": canvas.theme.background, "size": 0.62 * canvas.em,
                "line": {"color": hue, "width": 0.16 * canvas.em},
            },
            customdata=[f"{mark.words}<br>{mark.label}"],
        )  # fmt: skip
        half = len(text) * LINE * size * canvas.em / 2
        year = str(mark.first.year) if mark.first else ""
        canvas.text(
            start, centre, year, size=size, anchor="left", vertical="top",
            colour=canvas.theme.muted, shift=(0, half),
        )  # fmt: skip
        canvas.text(start, centre, text, size=size, anchor="left", shift=(indent, 0))


def _per_year(canvas: Canvas) -> float:
    """Return the px of a year."""
    last, first = canvas.yaxis["range"]
    return canvas.plot_height / float(last - first)


PART, EVENT, GAP = "part", "event", "gap"
"""Groups of marks: a function within the last team; a single day; years of which nothing is known."""


def draw_steps(chart: Chart, canvas: Canvas) -> None:
    """Draw each team in its years; the last one in its parts, named on the right."""
    wholes = [m for m in chart.marks if not m.group and m.quantity and m.first and m.last]
    parts = [m for m in chart.marks if m.group == PART and m.quantity]
    if not wholes:
        return
    names = [canvas.lines_of(mark.label, 0.27 * canvas.width, 0.92) for mark in parts]
    widest = max((canvas.width_of(line, 0.92) for name in names for line in name), default=0)
    canvas.top, canvas.bottom = 3.2 * canvas.em, 1.7 * canvas.em
    room = canvas.plot_width / 2
    canvas.require_px(widest, room)  # a single word may be as long as anybody writes it
    beside = min(widest, room) + 1.6 * canvas.em
    first = min(mark.first.year for mark in wholes if mark.first)
    last = max(mark.last.year for mark in wholes if mark.last) + 1
    step = (canvas.plot_width - beside) / (last - first)
    canvas.axes(
        (first, first + canvas.plot_width / step),
        (0, max(float(mark.ends[1] or 0) for mark in wholes)),
    )
    draw_years(canvas, first, last)
    for mark in wholes:
        has_parts = mark is wholes[-1] and bool(parts)
        _team(canvas, mark, is_narrow=has_parts)
    canvas.require_px(sum(map(len, names)) * 0.92 * LINE * canvas.em, canvas.plot_height)
    canvas.require_px(0.85 * canvas.em, step)
    _parts(canvas, parts, names, last)
    for mark in chart.marks:
        if mark.group == EVENT:
            _event(canvas, mark)
        elif mark.group == GAP:
            _gap(canvas, mark)


def _team(canvas: Canvas, mark: Mark, *, is_narrow: bool) -> None:
    begin, end = _years_of(mark)
    low, high = (float(bound or 0) for bound in mark.ends)
    canvas.touch(mark, (begin, end), (0, high))
    canvas.trace(
        type="bar", x=[(begin + end) / 2], y=[low], width=end - begin,
        marker={"color": canvas.theme.colour(mark.colour)},
        customdata=[f"{mark.name}<br>{mark.words}"],
    )  # fmt: skip
    if high > low:
        canvas.box((begin, end), (low, high), canvas.theme.tint(mark.colour), layer="above")
    at: float = end if is_narrow else (begin + end) / 2
    anchor: XAnchor = "right" if is_narrow else "center"
    width = canvas.plot_width if is_narrow else _width(canvas, mark) + 4 * canvas.em
    label = canvas.lines_of(mark.label, width, 0.92)
    canvas.text(
        at, high, mark.text, weight=SEMIBOLD, anchor=anchor, vertical="bottom",
        shift=(0, (0.3 + 0.92 * LINE * len(label)) * canvas.em),
    )  # fmt: skip
    canvas.text(
        at, high, label, size=0.92, anchor=anchor, vertical="bottom", shift=(0, 0.3 * canvas.em)
    )


def _parts(canvas: Canvas, parts: list[Mark], names: list[list[str]], last: int) -> None:
    """Draw lines between the parts of the last bar, and their names beside it."""
    edges = [0.0]
    for mark in parts:
        edges.append(edges[-1] + float(mark.ends[0] or 0))
    places = [(low + high) / 2 for low, high in pairwise(edges)]
    height = abs(canvas.px_y(0.92 * LINE * canvas.em))
    centres = spread_labels(
        places, [height * len(name) for name in names], 0, canvas.yaxis["range"][1]
    )
    for mark, (low, high) in zip(parts, pairwise(edges), strict=True):
        canvas.touch(mark, (last - 1, last), (low, high))
    for edge in edges[1:-1]:
        canvas.line([(last - 1, edge), (last, edge)], canvas.theme.background, 1.2, layer="above")
    reach = canvas.px_x(0.9 * canvas.em)
    for place, centre, name in zip(places, centres, names, strict=True):
        line = [(last, place), (last + reach / 3, place), (last + reach, centre)]
        canvas.line(line, canvas.theme.muted, 0.8, layer="above")
        canvas.text(
            last + reach, centre, name, size=0.92, anchor="left", shift=(0.3 * canvas.em, 0)
        )


def _event(canvas: Canvas, mark: Mark) -> None:
    """Draw a single day as an open dot on a stem."""
    begin, end = _years_of(mark)
    middle, high = (begin + end) / 2, float(mark.ends[1] or 0)
    hue = canvas.theme.colour(mark.colour)
    canvas.touch_at(mark, middle, high, 0.7 * canvas.em)
    canvas.line([(middle, 0), (middle, high)], hue, 1.5)
    canvas.trace(
        type="scatter", mode="markers", x=[middle], y=[high], customdata=[mark.words],
        marker={
            "color": canvas.theme.background, "size": 0.7 * canvas.em, "line": {"color": hue, "width": 2},
        },
    )  # fmt: skip
    lines = canvas.lines_of(mark.text, 5.2 * canvas.plot_width / _years_shown(canvas), 0.92)
    there = canvas.plot_height * high / canvas.yaxis["range"][1] - 2.2 * canvas.em
    canvas.require_px(len(lines) * 0.92 * LINE * canvas.em, there)
    widest = max(canvas.width_of(line, 0.92) for line in lines)
    canvas.require_px(widest, 5.5 * canvas.plot_width / _years_shown(canvas))
    canvas.text(
        middle, high, lines, size=0.92, anchor="left", vertical="top",
        shift=(0.7 * canvas.em, 0.6 * canvas.em),
    )  # fmt: skip


def _gap(canvas: Canvas, mark: Mark) -> None:
    begin, end = _years_of(mark)
    canvas.touch(mark, (begin, end), (0, 0.1 * canvas.yaxis["range"][1]))
    width = 0.8 * _width(canvas, mark)
    canvas.text(
        end, 0, canvas.lines_of(mark.text, width, 0.88), size=0.88, anchor="right",
        colour=canvas.theme.muted, vertical="bottom",
        shift=(-0.5 * canvas.em, 0.3 * canvas.em),
    )  # fmt: skip


def _years_of(mark: Mark) -> tuple[int, int]:
    assert mark.first is not None
    assert mark.last is not None
    return mark.first.year, mark.last.year + 1


def _width(canvas: Canvas, mark: Mark) -> float:
    """Return the px of the years of a mark."""
    begin, end = _years_of(mark)
    return canvas.plot_width * (end - begin) / _years_shown(canvas)


def _years_shown(canvas: Canvas) -> float:
    first, last = canvas.xaxis["range"]
    return float(last - first)
