"""Lay out a share that only grows, by school years: a line where it is counted, a band where it is bounded.

Straight lines join the school years; nothing is said of the days between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ennum_stats.charts.canvas import Canvas
from ennum_stats.charts.spec import Chart, Mark
from ennum_stats.charts.theme import REGULAR, SEMIBOLD
from ennum_stats.wording import amount, end_words

COUNTED, OUTER, INNER = "counted", "outer", "inner"
"""Groups of marks: counted values; proved bounds; bounds under an assumption, which lie within the proved
ones."""
_SIZE = 0.92
_ROW = 1.5
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
_POWERS = (1, 100, 10_000)
_DEPTHS = {OUTER: 0.0, INNER: 0.25}


@dataclass(frozen=True)
class _End:
    """Hold what is known with the calls up to one school year."""

    at: float
    mark: Mark
    whole: float

    @property
    def low(self) -> float:
        return float(self.mark.ends[0] or 0)

    @property
    def high(self) -> float:
        return self.whole if self.mark.ends[1] is None else float(self.mark.ends[1])


def draw_growth(chart: Chart, canvas: Canvas) -> None:
    """Draw bands, line, and the values of as many school years as fit."""
    marks = [mark for mark in chart.marks if mark.quantity and mark.first]
    whole = float(chart.whole)
    ends = [_End(mark.first.year, mark, whole) for mark in marks if mark.first]
    outer = [end for end in ends if end.mark.group != INNER]
    inner = [end for end in ends if end.mark.group == INNER]
    if not outer:
        return
    is_both = any(end.low > o.low or end.high < o.high for o, end in _same(outer, inner))
    highest = max(end.high for end in outer)
    label = canvas.width_of(_axis(whole, chart), _SIZE, SEMIBOLD)
    name = canvas.width_of(outer[-1].mark.label, _SIZE)
    canvas.left = label + 0.5 * canvas.em
    canvas.right = max(label + 0.3 * canvas.em, name / 2)
    canvas.bottom = 1.9 * canvas.em
    canvas.top = (1.8 + (_ROW * len(_DEPTHS) if is_both else 0)) * canvas.em
    canvas.require_px(8 * canvas.em, canvas.plot_height)
    canvas.axes((outer[0].at - 0.5, max(outer[-1].at, outer[0].at + 0.5)), (0, highest))
    _grid(chart, canvas, highest)
    _school_years(canvas, outer)
    if any(end.mark.group == OUTER for end in outer):
        _band(canvas, outer, OUTER)
    if is_both:
        _band(canvas, _within(outer, inner), INNER)
        _names(canvas, [outer[-1].mark, inner[-1].mark])
    _edges(canvas, outer)
    _line(canvas, [end for end in outer if end.mark.group == COUNTED])
    _values(chart, canvas, outer)
    for end in (*outer, *inner):
        low, high = (end.high, end.high) if end.mark.group == COUNTED else (end.low, end.high)
        room = abs(canvas.px_y(0.6 * canvas.em))
        canvas.touch(end.mark, (end.at - 0.5, end.at + 0.5), (low - room, high + room))


def _axis(value: float, chart: Chart, decimals: int = 1) -> str:
    places = decimals if chart.unit == "share" else 0
    return amount(value, chart.unit, chart.language, noun=False, decimals=places)


def _same(outer: Sequence[_End], inner: Sequence[_End]) -> Iterator[tuple[_End, _End]]:
    """Pair the ends of both kinds that belong to the same year."""
    by_year = {end.at: end for end in outer}
    yield from ((by_year[end.at], end) for end in inner if end.at in by_year)


def _within(outer: Sequence[_End], inner: Sequence[_End]) -> list[_End]:
    """Give the inner ends; for a year without one, the outer end."""
    by_year = {end.at: end for end in inner}
    return [by_year.get(end.at, end) for end in outer]


def _band(canvas: Canvas, ends: Sequence[_End], group: str) -> None:
    top = [(end.at, end.high) for end in ends]
    bottom = [(end.at, end.low) for end in ends]
    outline = [*top, *reversed(bottom)]
    canvas.trace(
        type="scatter", mode="lines", x=[x for x, _ in outline], y=[y for _, y in outline],
        fill="toself", fillcolor=canvas.theme.depth(ends[0].mark.colour, _DEPTHS[group]),
        line={"width": 0}, hoverinfo="skip", hovertemplate=None,
    )  # fmt: skip


def _edges(canvas: Canvas, ends: Sequence[_End]) -> None:
    """Give both edges of a band, with a point at each school year; the band begins where the line ends."""
    bounded = [place for place, end in enumerate(ends) if end.mark.group == OUTER]
    if not bounded:
        return
    hue = canvas.theme.colour(ends[0].mark.colour)
    for values in ([end.high for end in ends], [end.low for end in ends]):
        places = [(end.at, value) for end, value in zip(ends, values, strict=True)]
        canvas.line(places[max(bounded[0] - 1, 0) : bounded[-1] + 1], hue, 1.2, layer="above")
        canvas.trace(
            type="scatter", mode="markers", x=[places[n][0] for n in bounded],
            y=[places[n][1] for n in bounded], cliponaxis=False,
            marker={"color": hue, "size": 0.4 * canvas.em},
            customdata=[_said(ends[n]) for n in bounded],
        )  # fmt: skip


def _line(canvas: Canvas, ends: Sequence[_End]) -> None:
    """Draw the line through the counted values."""
    if not ends:
        return
    hue = canvas.theme.colour(ends[0].mark.colour)
    canvas.line([(end.at, end.high) for end in ends], hue, 2, layer="above")
    canvas.trace(
        type="scatter", mode="markers", x=[end.at for end in ends], y=[end.high for end in ends],
        cliponaxis=False, marker={"color": hue, "size": 0.7 * canvas.em},
        customdata=[_said(end) for end in ends],
    )  # fmt: skip


def _said(end: _End) -> str:
    return f"{end.mark.label}<br>{end.mark.words}"


# --- texts ------------------------------------------------------------------------------------------


def _values(chart: Chart, canvas: Canvas, ends: Sequence[_End]) -> None:
    """Write values above the upper edge and below the lower one, on the side away from the line: that of
    the last year, then as many as fit, counted back from it."""
    widest = max(canvas.width_of(_upper(end, chart), _SIZE, SEMIBOLD) for end in ends)
    for end in _as_many(canvas, ends, widest + 0.4 * canvas.em):
        is_value = end.mark.group == COUNTED
        weight = SEMIBOLD if end is ends[-1] else REGULAR
        canvas.text(
            end.at, end.high, _upper(end, chart),
            size=_SIZE, weight=weight, anchor="right", vertical="bottom",
            shift=(0.1 * canvas.em, (0.35 if is_value else 0.2) * canvas.em),
        )  # fmt: skip
        if not is_value and end.low / canvas.px_y(1) > 1.6 * canvas.em:
            canvas.text(
                end.at, end.low, _lower(end, chart), size=_SIZE, weight=weight, anchor="left",
                vertical="top", shift=(0.15 * canvas.em, -0.1 * canvas.em),
            )  # fmt: skip


def _as_many(canvas: Canvas, ends: Sequence[_End], px: float) -> list[_End]:
    """Choose the last year and every second, third … before it, so that each has at least so many px."""
    step = canvas.px_x(px)
    every = next(n for n in range(1, len(ends) + 2) if n >= step or n > len(ends))
    return list(ends[::-1][::every])


def _upper(end: _End, chart: Chart) -> str:
    return _ends(end, chart)[1]


def _lower(end: _End, chart: Chart) -> str:
    return _ends(end, chart)[0]


def _ends(end: _End, chart: Chart) -> tuple[str, str]:
    """Write both ends as the words of the mark do."""
    assert end.mark.quantity is not None
    return end_words(end.mark.quantity, chart.language)


def _grid(chart: Chart, canvas: Canvas, highest: float) -> None:
    steps = (step * power for power in _POWERS for step in _STEPS)
    step = next((step for step in steps if highest / step < 5), highest)
    first, last = canvas.xaxis["range"]
    for place in range(int(highest / step) + 1):
        y = place * step
        is_baseline = place == 0
        colour = canvas.theme.muted if is_baseline else canvas.theme.line
        canvas.line([(first, y), (last, y)], colour)
        canvas.text(
            0, y, _axis(y, chart, 0), size=_SIZE, xref="paper", anchor="right",
            colour=canvas.theme.muted, shift=(-0.5 * canvas.em, 0),
        )  # fmt: skip


def _school_years(canvas: Canvas, ends: Sequence[_End]) -> None:
    """Draw a tick for each school year, and as many of their names as fit."""
    for end in ends:
        canvas.line([(end.at, 0), (end.at, -canvas.px_y(0.3 * canvas.em))], canvas.theme.muted)
    width = max(canvas.width_of(end.mark.label, _SIZE) for end in ends) + 0.6 * canvas.em
    for end in _as_many(canvas, ends, width):
        canvas.text(
            end.at, 0, end.mark.label, size=_SIZE, vertical="top", colour=canvas.theme.muted,
            shift=(0, -0.6 * canvas.em),
        )  # fmt: skip


def _names(canvas: Canvas, marks: Sequence[Mark]) -> None:
    """Write what each band means beside its colour and on its background."""
    side = 0.9 * canvas.em
    for row, mark in enumerate(marks):
        y = canvas.top - (row + 0.6) * _ROW * canvas.em
        canvas.require_px(canvas.width_of(mark.detail, _SIZE) + 1.4 * canvas.em, canvas.width)
        left, bottom = -canvas.left / canvas.plot_width, 1 + (y - side / 2) / canvas.plot_height
        canvas.box(  # placed on the paper: plotly cuts off shapes of the data outside the axes
            (left, left + side / canvas.plot_width), (bottom, bottom + side / canvas.plot_height),
            canvas.theme.depth(mark.colour, _DEPTHS[mark.group]), layer="above", xref="paper",
            yref="paper",
        )  # fmt: skip
        canvas.text(
            0, 1, mark.detail, size=_SIZE, anchor="left", colour=canvas.theme.muted, xref="paper",
            yref="paper", shift=(1.4 * canvas.em - canvas.left, y),
        )  # fmt: skip
