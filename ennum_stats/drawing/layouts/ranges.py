"""Lay out ranges: one upright bar for each thing, from the lower to the upper bound of its value.

Both ends carry their values. What is counted is a dot with its value: a value has no second end.
"""

from __future__ import annotations

from ennum_stats.charts.spec import Chart, Mark, end_texts
from ennum_stats.drawing.canvas import LINE, Canvas, hover_words
from ennum_stats.drawing.layouts.bars import TOO_WIDE, column_label, draw_shares, label_below
from ennum_stats.drawing.primitives import Dot, Rectangle
from ennum_stats.drawing.theme import REGULAR, SEMIBOLD

_SIZE = 0.92
_HALF = 0.27
"""Half the width of a bar, as a share of the distance of two."""


def draw_ranges(chart: Chart, canvas: Canvas) -> None:
    """Draw a bar for each mark in order, with its label below zero and the values of its ends; where their words
    have no room in legible type, bars that lie in tracks."""
    marks = [mark for mark in chart.marks if mark.quantity]
    whole = float(chart.whole)
    step = canvas.width / max(len(marks), 1)
    labels = [column_label(mark, step, canvas) for mark in marks]
    ends = [mark.ends_in(whole) for mark in marks]
    texts = [end_texts(mark, chart) for mark in marks]
    lines = [line for label in labels for part in label for line in part]
    words = [*lines, *(text for both in texts for text in both)]
    widest = max((canvas.width_of(text, _SIZE, SEMIBOLD) for text in words), default=0)
    if widest > TOO_WIDE * step:
        draw_shares(chart, canvas)
        return
    canvas.require_px(widest, step)
    below = 1.35 * _SIZE * canvas.em
    rows = max((len(name) + len(detail) for name, detail in labels), default=0)
    canvas.bottom = (rows * LINE * 0.92 + 0.5) * canvas.em + below
    canvas.top = 1.5 * canvas.em
    canvas.require_px(8 * canvas.em, canvas.plot_height)
    highest = max((high for _, high in ends), default=0) or whole
    canvas.is_upright = True
    canvas.x, canvas.y = (-0.5, max(len(marks), 1) - 0.5), (0, highest)
    canvas.line((-0.5, 0), (len(marks) - 0.5, 0), colour=canvas.theme.muted, is_above=False)
    for place, (mark, (low, high), text, label) in enumerate(zip(marks, ends, texts, labels, strict=True)):
        (_dot if low == high else _bar)(canvas, mark, place, (low, high))
        weight = SEMIBOLD if place == len(marks) - 1 else REGULAR
        canvas.text(
            place, high, text[-1], size=_SIZE, weight=weight, vertical="bottom",
            shift=(0, (0.5 if low == high else 0.2) * canvas.em),
        )  # fmt: skip
        if low < high:
            crosses_zero = low < abs(canvas.px_y(below))
            canvas.text(
                place, 0 if crosses_zero else low, text[0], size=_SIZE, weight=weight, vertical="top",
                shift=(0, -0.15 * canvas.em), ground=canvas.theme.background,
            )  # fmt: skip
        label_below(canvas, place, *label, down=below)
        room = abs(canvas.px_y(0.6 * canvas.em))
        canvas.touch(mark, (place - 0.5, place + 0.5), (max(low - room, 0), high + room))


def _bar(canvas: Canvas, mark: Mark, place: int, ends: tuple[float, float]) -> None:
    """Draw a pale bar with a stroke at each end."""
    hue, half = canvas.theme.colour(mark.colour), abs(canvas.px_y(0.09 * canvas.em))
    sides = (place - _HALF, place + _HALF)
    tint = canvas.theme.tint(mark.colour)
    canvas.bars.append((Rectangle(sides, ends, tint, hover_words(mark)),))
    for end in ends:
        canvas.box(sides, (max(end - half, 0), end + half), hue)


def _dot(canvas: Canvas, mark: Mark, place: int, ends: tuple[float, float]) -> None:
    hue = canvas.theme.colour(mark.colour)
    canvas.points.append(Dot(((place, ends[1]),), 0.8 * canvas.em, hue, words=hover_words(mark)))
