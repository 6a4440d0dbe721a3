"""Lay out a sum as a waterfall: each part begins where the parts before it end, and the whole is their sum.

The parts run downwards, each as long as it is at least; the last row is the whole, in the colours of its
parts. What is not sure of the sum so far is a pale band at its end.
"""

from __future__ import annotations

from ennum_stats.charts.spec import SEEN, WHOLE, Chart, steps
from ennum_stats.drawing.canvas import Canvas, hover_words
from ennum_stats.drawing.layouts.bars import open_end, row_label, row_labels, rows_axes, thickness_of
from ennum_stats.drawing.primitives import Rectangle
from ennum_stats.drawing.theme import SEMIBOLD


def draw_waterfall(chart: Chart, canvas: Canvas) -> None:
    """Draw the parts as steps, and their sum below them; each value stands where its bar ends."""
    parts = [mark for mark in chart.marks if mark.group != WHOLE]
    labels = row_labels(chart, canvas, 0.36)
    texts = [canvas.lines_of(mark.text, 0.3 * canvas.width, 1, SEMIBOLD) for mark in chart.marks]
    sums = steps(parts)
    reach = max((high for _, high in sums), default=0.0) or 1.0
    canvas.right = max(canvas.width_of(line, 1, SEMIBOLD) for line in texts[-1]) + 0.6 * canvas.em
    is_open = chart.marks[-1].ends[1] is None
    canvas.right += 1.2 * canvas.em if is_open else 0
    rows_axes(chart, canvas, reach, labels)
    thick = thickness_of(canvas, len(chart.marks))
    low = [0.0, *(least for least, _ in sums[:-1])]
    for row, (mark, text) in enumerate(zip(chart.marks, texts, strict=True)):
        row_label(canvas, row, labels[row])
        is_whole = mark.group == WHOLE
        begin, end = (0.0, sums[-1]) if is_whole else (low[row], sums[row])
        canvas.touch(mark, (begin, end[1]), (row - 0.45, row + 0.45))
        pieces = [*zip(parts, low, (least for least, _ in sums), strict=True)]
        for of, first, last in pieces if is_whole else pieces[row : row + 1]:
            hue, sides = canvas.theme.colour(of.colour), (row - thick / 2, row + thick / 2)
            canvas.bars.append((Rectangle((first, last), sides, hue, hover_words(mark)),))
        if end[1] - end[0] > SEEN * reach:
            tint = canvas.theme.tint((parts[-1] if is_whole else mark).colour)
            canvas.box(end, (row - thick / 2, row + thick / 2), tint)
        if row + 1 < len(chart.marks):
            down = (end[0], row + thick / 2), (end[0], row + 1 - thick / 2)
            canvas.line(*down, colour=canvas.theme.muted, width=0.8)
        if is_whole and is_open:
            open_end(canvas, mark, row)
        _value(canvas, text, row, begin, end[1], is_open=is_whole and is_open)
    canvas.line((0, -0.5), (0, len(chart.marks) - 0.5), colour=canvas.theme.muted)


def _value(canvas: Canvas, text: list[str], row: int, begin: float, end: float, *, is_open: bool) -> None:
    """Write a value after its bar; before it, where it would not end on the picture."""
    wide = max(canvas.width_of(line, 1, SEMIBOLD) for line in text)
    gap = (1.7 if is_open else 0.5) * canvas.em
    left_of_end = canvas.plot_width + canvas.right - end / canvas.px_x(1)
    if wide + gap <= left_of_end or begin / canvas.px_x(1) < wide + gap:
        canvas.text(end, row, text, anchor="left", shift=(gap, 0), weight=SEMIBOLD)
    else:
        canvas.text(begin, row, text, anchor="right", shift=(-gap, 0), weight=SEMIBOLD)
