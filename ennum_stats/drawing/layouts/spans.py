"""Lay out programmes along the years: one level bar for each, with its calls and its milestones on it.

A name stands beside its bar, where the bar has not begun yet or has ended. What happened is a dot with its
words below, each on lines of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ennum_stats.charts.spec import CALL, MILESTONE, Chart, Mark
from ennum_stats.drawing.canvas import LINE, Canvas, Style, hover_words
from ennum_stats.drawing.primitives import Dot, Outline, Place, Rectangle
from ennum_stats.drawing.theme import SEMIBOLD

_DAYS_OF_A_YEAR = 365.2425
_SMALL = 0.92
_BAR, _GAP, _LANE = 1.15, 0.7, 0.15
"""How high a bar is, and how far apart rows and the words below a bar are, in em."""
_HEAD = max(_BAR, (1 + _SMALL) * LINE)
"""How high a bar is with its name and years beside it, in em."""


def as_year(day: date) -> float:
    """Convert a day to a number on an axis of years: 1 January 2009 is 2009.0."""
    return day.year + (day - date(day.year, 1, 1)).days / _DAYS_OF_A_YEAR


@dataclass
class _ProgrammeRow:
    """Hold a programme with what is drawn on its bar, and the px from the top of the drawing."""

    mark: Mark
    calls: list[Mark]
    moments: list[Mark]
    top: float = 0
    words: list[tuple[Mark, list[str]]] = field(default_factory=list)

    @property
    def ends(self) -> tuple[float, float]:
        assert self.mark.first is not None
        assert self.mark.last is not None
        return as_year(self.mark.first), as_year(self.mark.last)


def draw_spans(chart: Chart, canvas: Canvas) -> None:
    """Draw the bars of the programmes, one below the other, along one axis of years."""
    rows = list(_rows(chart.marks))
    if not rows:
        return
    first = int(min(row.ends[0] for row in rows))
    moments = [as_year(mark.last) for row in rows for mark in row.moments if mark.last]
    last = int(max([row.ends[1] for row in rows] + moments)) + 1
    canvas.left, canvas.right, canvas.bottom = 0.2 * canvas.em, 1.2 * canvas.em, 1.6 * canvas.em
    canvas.x, canvas.y = (first, last), (canvas.plot_height, 0)
    height = sum(_place(canvas, rows))
    canvas.require_px(height, canvas.plot_height)
    spare = max(canvas.plot_height - height, 0) / len(rows)
    _years(canvas, first, last)
    for place, row in enumerate(rows):
        row.top += (place + 0.5) * spare
        _bar(canvas, row)
        _name(canvas, row)
        _moments(canvas, row)


def _rows(marks: Sequence[Mark]) -> Iterator[_ProgrammeRow]:
    for programme in marks:
        if not programme.group and programme.first and programme.last:
            of = [mark for mark in marks if mark.colour == programme.colour and mark.first]
            calls = [mark for mark in of if mark.group == CALL]
            yield _ProgrammeRow(programme, calls, [mark for mark in of if mark.group == MILESTONE])


def _place(canvas: Canvas, rows: Sequence[_ProgrammeRow]) -> Iterator[float]:
    """Break the words of each row into lines, and give it its place and its height in px."""
    top = 0.0
    for row in rows:
        row.top = top
        height = _HEAD * canvas.em
        for mark in row.moments:
            at = _px(canvas, mark.first)
            room = max(at, canvas.plot_width - at) + 0.3 * canvas.em
            lines = canvas.lines_of(f"{mark.words}\u2002{mark.label}", room, _SMALL)
            canvas.require_px(max(canvas.width_of(line, _SMALL) for line in lines), room)
            row.words.append((mark, lines))
            height += (len(lines) * LINE * _SMALL + _LANE) * canvas.em
        height += _GAP * canvas.em
        top += height
        yield height


def _px(canvas: Canvas, day: date | None) -> float:
    """Return how far from the left a day is, in px."""
    assert day is not None
    return (as_year(day) - canvas.x[0]) / canvas.px_x(1)


def _years(canvas: Canvas, first: int, last: int) -> None:
    """Draw lines at the beginnings of years, and as many of their names as can be read."""
    step_px = canvas.plot_width / max(last - first, 1)
    needed = canvas.width_of("2000", 0.9) + 0.8 * canvas.em
    every = next((n for n in (1, 2, 5, 10) if n * step_px >= needed), 20)
    bottom = canvas.plot_height
    for year in range(first, last + 1):
        if year % every == 0:
            canvas.line((year, 0), (year, bottom), colour=canvas.theme.line, is_above=False)
            canvas.text(year, bottom, str(year), size=0.9, vertical="top",
                        colour=canvas.theme.muted, shift=(0, -0.3 * canvas.em))  # fmt: skip


def _middle(canvas: Canvas, row: _ProgrammeRow) -> float:
    return row.top + _HEAD * canvas.em / 2


def _bar(canvas: Canvas, row: _ProgrammeRow) -> None:
    """Draw the years of a programme; one that goes on has a point. Its calls are ticks in it."""
    middle, (begin, end) = _middle(canvas, row), row.ends
    hue = canvas.theme.colour(row.mark.colour)
    half = _BAR * canvas.em / 2
    canvas.touch(row.mark, (begin, end), (middle - half, middle + half))
    sides = (middle - half, middle + half)
    canvas.bars.append((Rectangle((begin, end), sides, hue, hover_words(row.mark)),))
    if row.mark.state == "planned":
        canvas.points.append(Dot(((end, middle),), 1.55 * canvas.em, hue, "triangle-right"))
    for mark in row.calls:
        assert mark.first is not None
        at, wide = as_year(mark.first), canvas.px_x(0.1 * canvas.em)
        _touch_around(canvas, mark, (at, middle), half)
        ground, words = canvas.theme.background, hover_words(mark)
        canvas.bars.append((Rectangle((at - wide, at + wide), sides, ground, words),))


def _touch_around(canvas: Canvas, mark: Mark, place: Place, px: float) -> None:
    """Tell where a point is touched: so many px around it."""
    (x, y), dx, dy = place, abs(canvas.px_x(px)), abs(canvas.px_y(px))
    canvas.touch(mark, (x - dx, x + dx), (y - dy, y + dy))


def _name(canvas: Canvas, row: _ProgrammeRow) -> None:
    """Write name and years before the bar where there is room, else after it."""
    mark, gap = row.mark, 0.6 * canvas.em
    hue = canvas.theme.colour(mark.colour)
    (left, right), middle = (_px(canvas, mark.first), _px(canvas, mark.last)), _middle(canvas, row)
    room = max(left, canvas.plot_width - right) - gap
    lines = canvas.lines_of(mark.label, room, 1, SEMIBOLD)
    widest = max(*(canvas.width_of(line, 1, SEMIBOLD) for line in lines), canvas.width_of(mark.words, _SMALL))
    canvas.require_px(widest, room)
    canvas.require_px(len(lines), 2)
    is_before = left >= canvas.plot_width - right
    x = row.ends[0] if is_before else row.ends[1]
    up = (len(lines) + _SMALL) * LINE * canvas.em / 2
    name: Style = {"weight": SEMIBOLD, "colour": hue, "ground": canvas.theme.background}
    years: Style = {"size": _SMALL, "colour": canvas.theme.muted, "ground": canvas.theme.background}
    canvas.stack(
        x, middle, ((lines, name), ([mark.words], years)),
        anchor="right" if is_before else "left", shift=(-gap if is_before else gap, up),
    )  # fmt: skip


def _moments(canvas: Canvas, row: _ProgrammeRow) -> None:
    """Draw a dot for each milestone on its bar, and a line down to its words."""
    middle = _middle(canvas, row)
    below = row.top + _HEAD * canvas.em
    hue = canvas.theme.colour(row.mark.colour)
    for mark, lines in row.words:
        assert mark.first is not None
        x, high = as_year(mark.first), len(lines) * LINE * _SMALL * canvas.em
        centre = below + (_LANE * canvas.em + high) / 2
        _touch_around(canvas, mark, (x, middle), 0.5 * canvas.em)
        bottom = below + _LANE * canvas.em + high
        canvas.line((x, middle), (x, bottom), colour=hue, is_above=False)
        canvas.points.append(
            Dot(
                ((x, middle),), 0.7 * canvas.em, canvas.theme.background,
                outline=Outline(hue, 0.16 * canvas.em), words=(mark.words, mark.label),
            )
        )  # fmt: skip
        is_left = _px(canvas, mark.first) > canvas.plot_width / 2
        gap = 0.35 * canvas.em
        canvas.text(
            x, centre, lines, size=_SMALL, anchor="right" if is_left else "left",
            shift=(-gap if is_left else gap, 0), ground=canvas.theme.background,
        )  # fmt: skip
        below += _LANE * canvas.em + high
