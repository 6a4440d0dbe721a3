"""Things as squares that can be counted: a whole with what is reached of it, or a row a thing."""

from __future__ import annotations

from math import ceil, sqrt

from ennum_stats.charts.canvas import LINE, Canvas
from ennum_stats.charts.specs import Chart, Mark
from ennum_stats.charts.typeface import REGULAR, SEMIBOLD

TYPES = "types"
"""The group of marks that are drawn as circles: types are not lots."""


def draw_grid(chart: Chart, canvas: Canvas) -> None:
    """One square a thing, row by row: filled where reached, outlined where not yet. Beside them what the
    filled and the outlined ones are."""
    marks = [mark for mark in chart.marks if mark.quantity and mark.quantity.value]
    counts = [int(mark.quantity.value) for mark in marks if mark.quantity and mark.quantity.value]
    texts = [canvas.lines_of(mark.label, max(0.18 * canvas.width, 8 * canvas.em)) for mark in marks]
    widest = [canvas.width_of(line) for text in texts for line in text]
    widest += [canvas.width_of(mark.text, 2, SEMIBOLD) for mark in marks]
    canvas.right = max(widest, default=0) + 1.2 * canvas.em
    total = max(sum(counts), 1)
    columns = max(1, ceil(sqrt(total * canvas.room / canvas.rise)))
    columns = next((n for n in range(columns, 2 * columns) if n % 5 == 0), columns)
    rows = ceil(total / columns)
    step = min(canvas.room / columns, canvas.rise / rows)
    canvas.axes((-0.5, canvas.room / step - 0.5), (canvas.rise / step - 0.5, -0.5))
    canvas.needs(2 * (2 + max(map(len, texts), default=1)) * LINE * canvas.em, canvas.rise)
    begin = 0
    for mark, count, text in zip(marks, counts, texts, strict=True):
        places = range(begin, begin + count)
        _squares(canvas, mark, [n % columns for n in places], [n // columns for n in places], step)
        is_last = begin + count == total and begin > 0
        _beside(canvas, mark, text, columns, (rows - 1) if is_last else 0, is_last=is_last)
        begin += count


def _beside(
    canvas: Canvas, mark: Mark, text: list[str], columns: int, row: int, *, is_last: bool
) -> None:
    """The number, large, and what it counts; the last one ends where the squares end."""
    edge, gap = columns - 0.5, 0.9 * canvas.em
    hue = canvas.theme.colour(mark.colour)
    tall, low = 2 * LINE * canvas.em, len(text) * LINE * canvas.em
    y, top = (row + 0.5, tall + low) if is_last else (row - 0.5, 0)
    canvas.text(edge, y, mark.text, size=2, weight=SEMIBOLD, colour=hue, anchor="left",
                vertical="top", shift=(gap, top + 0.3 * canvas.em))  # fmt: skip
    canvas.text(edge, y, text, anchor="left", vertical="top",
                shift=(gap, top + 0.3 * canvas.em - tall))  # fmt: skip


def draw_rows(chart: Chart, canvas: Canvas) -> None:
    """A row of things a mark, under the heading of its group; circles for types, squares for lots."""
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
    widest += [canvas.width_of(mark.text) for _, mark in places]
    canvas.left = max(widest, default=0) + 1.2 * canvas.em
    height = canvas.rise / max(at, 1)
    step = min(canvas.room / max(*counts, 1, 1), 2.4 * canvas.em, 0.9 * height)
    canvas.needs((1 + max(map(len, labels), default=1)) * LINE * canvas.em, height)
    canvas.axes((-0.5, canvas.room / step - 0.5), (at - 0.6, -0.5))
    for y, heading in titles:
        canvas.text(
            0, y, heading, anchor="left", xref="paper", colour=canvas.theme.quiet,
            shift=(-canvas.left, 0),
        )  # fmt: skip
    for (y, mark), count, label in zip(places, counts, labels, strict=True):
        _row_label(canvas, y, mark, label)
        _squares(canvas, mark, list(range(count)), [y] * count, step)


def _row_label(canvas: Canvas, y: float, mark: Mark, label: list[str]) -> None:
    """What it is, and below how many."""
    top = (len(label) + 1) * LINE * canvas.em / 2
    for lines, weight, at in (
        (label, SEMIBOLD, top),
        ([mark.text], REGULAR, top - len(label) * LINE * canvas.em),
    ):
        canvas.text(
            0, y, lines, anchor="left", vertical="top", xref="paper", weight=weight,
            shift=(-canvas.left, at),
        )  # fmt: skip


def _squares(
    canvas: Canvas, mark: Mark, x: list[int], y: list[float] | list[int], step: float
) -> None:
    is_full = mark.state == "reached"
    hue = canvas.theme.colour(mark.colour)
    outline = 0 if is_full else max(0.1 * canvas.em, 1)
    canvas.trace(
        type="scatter", mode="markers", x=x, y=y, cliponaxis=False,
        marker={
            "symbol": "circle" if mark.quantity and mark.quantity.unit == TYPES else "square",
            "size": 0.78 * step - outline,
            "color": hue if is_full else canvas.theme.ground,
            "line": {"color": hue, "width": outline},
        },
        customdata=[f"{mark.name}<br>{mark.words}"] * len(x),
    )  # fmt: skip
