"""Lay out things that can be counted: one square for each, or a circle where a type is meant.

One grid is a whole with the part that is reached; or each kind of thing has a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

from ennum_stats.charts.spec import Chart, Mark
from ennum_stats.drawing.canvas import LINE, Canvas, Style, hover_words
from ennum_stats.drawing.primitives import Dot, Outline, Place
from ennum_stats.drawing.theme import SEMIBOLD

TYPES = "types"
"""The group of marks that are drawn as circles, so that types are not taken for lots."""


_MOST_SQUARES = 4_000
"""More are too small to be seen: then one stands for many, so that a number that is wrong by far draws no
millions of them."""
_NARROWEST = 0.75
"""How much smaller than it was laid out a live chart is drawn at most, with texts of the same size."""


def draw_grid(chart: Chart, canvas: Canvas) -> None:
    """Draw one square for each thing, row by row: filled where reached, outlined where not yet. Beside them
    stands what the filled and the outlined ones are: the last where the squares end, if there is room for
    it, also where the drawing is made narrower."""
    marks = [mark for mark in chart.marks if mark.quantity and mark.quantity.value]
    counts = [int(mark.quantity.value) for mark in marks if mark.quantity and mark.quantity.value]
    texts = [canvas.lines_of(mark.label, max(0.18 * canvas.width, 8 * canvas.em)) for mark in marks]
    widest = [canvas.width_of(line) for text in texts for line in text]
    widest += [canvas.width_of(mark.text, 2, SEMIBOLD) for mark in marks]
    canvas.right = max(widest, default=0) + 1.2 * canvas.em
    total = max(sum(counts), 1)
    wide, high = max(canvas.plot_width, canvas.em), canvas.plot_height
    canvas.require_px(wide, canvas.plot_width)
    columns = max(1, ceil(sqrt(total * wide / high)))
    columns = next((n for n in range(columns, 2 * columns) if n % 5 == 0), columns)
    rows = ceil(total / columns)
    step = min(wide / columns, high / rows)
    canvas.x, canvas.y = (-0.5, wide / step - 0.5), (high / step - 0.5, -0.5)
    canvas.require_px(2 * (2 + max(map(len, texts), default=1)) * LINE * canvas.em, canvas.plot_height)
    begin, above = 0, 0.0
    for mark, count, text in zip(marks, counts, texts, strict=True):
        places = range(begin, begin + count, ceil(total / _MOST_SQUARES))
        _squares(canvas, mark, [(n % columns, n // columns) for n in places], step)
        first, last = (0 if begin == 0 else begin // columns), (begin + count - 1) // columns
        canvas.touch(mark, (-0.5, columns - 0.5), (first - 0.5, last + 0.5))
        tall = (2 + len(text)) * LINE * canvas.em
        is_last = begin + count == total and begin > 0
        if is_last and above + tall < _NARROWEST * rows * step:
            _text_at_side(canvas, mark, text, columns - 0.5, rows - 0.5, tall)
        else:
            _text_at_side(canvas, mark, text, columns - 0.5, -0.5, -above)
        above += tall + 0.5 * canvas.em
        begin += count


def _text_at_side(canvas: Canvas, mark: Mark, text: list[str], x: float, y: float, up: float) -> None:
    """Write a large number and what it counts beside its squares, so many px above a place."""
    gap, up = 0.9 * canvas.em, up + 0.3 * canvas.em
    hue = canvas.theme.colour(mark.colour)
    number: Style = {"size": 2, "weight": SEMIBOLD, "colour": hue}
    canvas.stack(x, y, (([mark.text], number), (text, {})), shift=(gap, up))


def draw_rows(chart: Chart, canvas: Canvas) -> None:
    """Draw one row of things for each mark, under the heading of its group: circles for types, squares for
    lots."""
    headings = list(dict.fromkeys(mark.group for mark in chart.marks))
    places: list[tuple[float, Mark]] = []
    titles: list[tuple[float, str]] = []
    at = 0.0
    for heading in headings:
        titles.append((at, heading))
        for mark in chart.marks:
            if mark.group == heading:
                at += 1
                places.append((at, mark))
        at += 1.1
    counts = [int(mark.quantity.value or 0) for _, mark in places if mark.quantity]
    labels = [canvas.lines_of(mark.name, 0.3 * canvas.width, 1, SEMIBOLD) for _, mark in places]
    widest = [canvas.width_of(line, 1, SEMIBOLD) for label in labels for line in label]
    texts = [canvas.lines_of(mark.text, 0.4 * canvas.width) for _, mark in places]
    widest += [canvas.width_of(line) for text in texts for line in text]
    canvas.left = max(widest, default=0) + 1.2 * canvas.em
    height = canvas.plot_height / max(at, 1)
    step = min(canvas.plot_width / max(*counts, 1, 1), 2.4 * canvas.em, 0.9 * height)
    both = [len(label) + len(text) for label, text in zip(labels, texts, strict=True)]
    canvas.require_px(max(both, default=2) * LINE * canvas.em, height)
    canvas.x, canvas.y = (-0.5, canvas.plot_width / step - 0.5), (at - 0.6, -0.5)
    for y, heading in titles:
        canvas.text(None, y, canvas.lines_of(heading, canvas.width), colour=canvas.theme.muted)
    for (y, mark), count, label, text in zip(places, counts, labels, texts, strict=True):
        up = (len(label) + len(text)) * LINE * canvas.em / 2
        canvas.stack(None, y, ((label, {"weight": SEMIBOLD}), (text, {})), shift=(0, up))
        drawn = range(0, count, ceil(max(count, 1) / _MOST_SQUARES))
        _squares(canvas, mark, [(n, y) for n in drawn], step)
        canvas.touch(mark, (-0.5, count - 0.5), (y - 0.5, y + 0.5))


def _squares(canvas: Canvas, mark: Mark, places: Sequence[Place], step: float) -> None:
    is_full = mark.state == "reached"
    hue = canvas.theme.colour(mark.colour)
    outline = 0 if is_full else max(0.1 * canvas.em, 1)
    canvas.points.append(
        Dot(
            tuple(places), 0.78 * step - outline, hue if is_full else canvas.theme.background,
            "circle" if mark.quantity and mark.quantity.unit == TYPES else "square",
            Outline(hue, outline) if outline else None, hover_words(mark),
        )
    )  # fmt: skip
