"""Lay out teams as people: a silhouette for each, in rows by team, and by function where it is known.

There is no axis of time: a team is known for its years alone, and nothing is said of those between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, cos, pi, sin

from ennum_stats.charts.spec import PART, Chart, Mark
from ennum_stats.drawing.canvas import LINE, Canvas, Style, hover_words
from ennum_stats.drawing.primitives import Path, Place
from ennum_stats.drawing.theme import REGULAR, SEMIBOLD

_SMALL, _INDENT = 0.92, 1.0
"""The size of functions and of numbers, and how far functions stand to the right of their team, in em."""
_SMALLEST, _LARGEST = 1.2, 1.9
_MOST_LINES = 3
"""How high a silhouette is at most, in em; where it would be smaller than the least, a row has more lines."""
_MOST = 2_000
"""More are too small to be seen: then one stands for many, so that a number that is wrong by far draws no
millions of them."""


@dataclass(frozen=True)
class _TeamRow:
    """Hold a team, or a function within it, with the lines of its label."""

    mark: Mark
    label: list[str]
    detail: list[str]
    before: int
    """How many of its team stand in the functions above: a function begins where they end."""

    @property
    def low(self) -> int:
        return int(self.mark.ends[0] or 0)

    @property
    def high(self) -> int:
        return int(self.mark.ends[1] or self.low)

    @property
    def texts(self) -> list[tuple[list[str], Style]]:
        if self.mark.group == PART:
            return [(self.label, {"size": _SMALL})]
        return [(self.label, {"weight": SEMIBOLD}), (self.detail, {"size": _SMALL})]

    def indent(self, canvas: Canvas) -> float:
        return _INDENT * canvas.em if self.mark.group == PART else 0

    def height(self, em: float) -> float:
        return sum(style.get("size", 1) * len(lines) for lines, style in self.texts) * LINE * em


def draw_people(chart: Chart, canvas: Canvas) -> None:
    """Draw a row of people for each team, as long as it is large; below one whose functions are known, a row for each
    function, of the people who stand there in the team."""
    rows = list(_rows(chart, canvas))
    if not rows:
        return
    widest = [
        canvas.width_of(line, style.get("size", 1), style.get("weight", REGULAR)) + row.indent(canvas)
        for row in rows
        for lines, style in row.texts
        for line in lines
    ]
    canvas.left = max(widest) + 0.9 * canvas.em
    canvas.require_px(max(widest), 0.62 * canvas.width)
    heights = [row.height(canvas.em) for row in rows]
    room = canvas.plot_height - sum(heights)
    canvas.require_px(0.3 * canvas.em * len(rows), room)
    gap = max(room, 0.0) / len(rows)
    most = min(max((row.before + row.high for row in rows), default=1) or 1, _MOST)
    needed = most * _SMALLEST * canvas.em
    lines = next((n for n in range(1, _MOST_LINES) if n * canvas.plot_width >= needed), _MOST_LINES)
    columns = ceil(most / lines)
    tall = (min(heights) + 0.8 * gap) / lines
    size = min(canvas.plot_width / columns, _LARGEST * canvas.em, tall)
    canvas.x, canvas.y = (0, canvas.plot_width), (canvas.plot_height, 0)
    tops = [0.0, *accumulate(height + gap for height in heights)]
    for row, top, height in zip(rows, tops, heights, strict=False):
        middle = top + (height + gap) / 2
        canvas.stack(None, middle, row.texts, shift=(row.indent(canvas), height / 2))
        canvas.touch(row.mark, (0, canvas.plot_width), (top, top + height + gap))
        _people(canvas, row, middle, size, columns)


def _rows(chart: Chart, canvas: Canvas) -> Iterator[_TeamRow]:
    width = 0.4 * canvas.width
    before = 0
    for mark in chart.marks:
        if mark.quantity is None:
            continue
        is_part = mark.group == PART
        before = before if is_part else 0
        label = (
            canvas.lines_of(mark.label, width, _SMALL)
            if is_part
            else canvas.lines_of(mark.name, width, 1, SEMIBOLD)
        )
        detail = [] if is_part else canvas.lines_of(mark.text, width, _SMALL)
        row = _TeamRow(mark, label, detail, before)
        before += row.high if is_part else 0
        yield row


def _people(canvas: Canvas, row: _TeamRow, middle: float, size: float, columns: int) -> None:
    """Draw those who are sure in the colour of their programme, and those who may be there pale."""
    start, end = row.before, row.before + row.high
    every = ceil(max(end, 1) / _MOST)
    lines = ceil(end / every / columns)
    hue = canvas.theme.colour(row.mark.colour)
    for first, last, fill in (
        (start, start + row.low, hue),
        (start + row.low, end, canvas.theme.tint(row.mark.colour)),
    ):
        parts: list[tuple[Place, ...]] = []
        for place in range(ceil((last - first) / every)):
            line, column = divmod(ceil(first / every) + place, columns)
            left, at = (column + 0.5) * size, middle + (line - (lines - 1) / 2) * size
            parts += [
                tuple((left + size * dx, at + size * dy) for dx, dy in outline) for outline in _OUTLINES
            ]
        if parts:
            canvas.points.append(Path(tuple(parts), fill, hover_words(row.mark)))


def _arc(x: float, y: float, radius: float, first: float, last: float) -> list[Place]:
    """Give points of a circle from one angle to another, in turns from the right, downwards."""
    turns = [first + (last - first) * step / 8 for step in range(9)]
    return [(x + radius * cos(2 * pi * t), y + radius * sin(2 * pi * t)) for t in turns]


_OUTLINES = (
    [*_arc(0, -0.25, 0.17, 0, 0.5), *_arc(0, -0.25, 0.17, 0.5, 1)],
    [(-0.3, 0.45), *_arc(-0.1, 0.19, 0.2, 0.5, 0.75), *_arc(0.1, 0.19, 0.2, 0.75, 1), (0.3, 0.45)],
)
"""A head, and shoulders with what is below them, in the height of a silhouette."""
