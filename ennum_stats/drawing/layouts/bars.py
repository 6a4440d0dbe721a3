"""Lay out columns, bars and shares.

All lengths begin at zero, and values stand on or beside their marks. What is only bounded is a pale band
over its bar, or a stroke in a track.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from ennum_stats.charts.spec import Chart, Mark
from ennum_stats.drawing.canvas import LINE, Canvas, Style, hover_words
from ennum_stats.drawing.primitives import Dot, Ends, Hatch, Outline, Rectangle
from ennum_stats.drawing.theme import NEUTRAL, REGULAR, SEMIBOLD
from ennum_stats.wording import amount

_Label = tuple[list[str], list[str]]
"""The lines of a column's label, and those of its detail."""
_DETAIL, _DETAIL_GAP = 0.9, 0.7
"""The size of a row's detail, and its distance from a label beside which it stands, in em."""
TOO_WIDE = 1.06
"""How much wider than a column its words are at most: a little smaller type helps, not much smaller."""
_HALF, _HALF_EM = 0.31, 3.5
"""Half the width of a column: of the room that it has, and at most so many em, as few columns fill no page."""
_VALUE = 1.1
"""The width of the dot that is a value, in em."""
_BESIDE, _DOWN = 26.0, 0.28
"""From how many em of width on words stand behind a track, and how far below the middle of its row it lies where
they stand above it, in rows."""
_VISIBLE = 2.0
"""Intervals narrower than this, in px, are not drawn: the text of the value says them."""


def draw_columns(chart: Chart, canvas: Canvas) -> None:
    """Draw one column for each mark, in order, with its label below and its value above; where their words
    have no room in legible type, bars that lie."""
    marks = chart.marks
    step = canvas.width / max(len(marks), 1)
    labels = [column_label(mark, step, canvas) for mark in marks]
    texts = [canvas.lines_of(mark.text, step) for mark in marks]
    widths = [canvas.width_of(line, 0.92) for part in itertools.chain(*labels) for line in part] + [
        canvas.width_of(line, 1, SEMIBOLD) for text in texts for line in text
    ]
    widest = max(widths, default=0)
    if widest > TOO_WIDE * step:
        draw_bars(chart, canvas)
        return
    canvas.require_px(widest, step)
    lines = max((len(name) + len(detail) for name, detail in labels), default=0)
    canvas.bottom = (lines * LINE + 0.5) * canvas.em * 0.92
    canvas.top = (max(map(len, texts), default=0) * LINE + 0.3) * canvas.em
    canvas.require_px(8 * canvas.em, canvas.plot_height)
    highest = max((mark.reach for mark in marks), default=0) or 1
    canvas.is_upright = True
    canvas.x, canvas.y = (-0.5, max(len(marks), 1) - 0.5), (0, highest)
    half = min(_HALF, _HALF_EM * canvas.em / step)
    _bars(canvas, marks, half)
    canvas.line((-0.5, 0), (len(marks) - 0.5, 0), colour=canvas.theme.muted)
    for place, (mark, label, text) in enumerate(zip(marks, labels, texts, strict=True)):
        _band(canvas, mark, place, half)
        canvas.touch(mark, (place - 0.4, place + 0.4), (0, max(mark.reach, 0.12 * highest)))
        label_below(canvas, place, *label)
        is_number = mark.state == "reached"
        canvas.text(
            place, mark.reach, text, vertical="bottom", shift=(0, 0.25 * canvas.em),
            weight=SEMIBOLD if is_number else REGULAR,
            colour="" if mark.quantity else canvas.theme.muted,
        )  # fmt: skip


def label_below(canvas: Canvas, place: int, name: list[str], detail: list[str], down: float = 0) -> None:
    """Write the label of a column, and its detail, so many px below zero."""
    texts: list[tuple[list[str], Style]] = [(name, {"size": 0.92})]
    if detail:
        texts.append((detail, {"size": 0.92, "colour": canvas.theme.muted}))
    canvas.stack(place, 0, texts, anchor="center", shift=(0, -0.4 * canvas.em - down))


def column_label(mark: Mark, step: float, canvas: Canvas) -> _Label:
    """Break label and detail into lines, at spaces alone: a school year is never broken."""
    detail = canvas.lines_of(mark.detail, step, 0.92) if mark.detail else []
    return canvas.lines_of(mark.label, step, 0.92), detail


def _bars(canvas: Canvas, marks: Sequence[Mark], half: float) -> None:
    """Draw the bars of marks, each as far as it is sure: filled where reached, hatched in the same hue where
    planned, outlined where left. What is missing has none."""
    bars = []
    for place, mark in enumerate(marks):
        sure = mark.sure
        if sure is None:
            continue
        hue, ground = canvas.theme.colour(mark.colour), canvas.theme.background
        x, y = _turned(canvas, (0, sure), (place - half, place + half))
        bars.append(
            Rectangle(
                x, y, ground if mark.state == "rest" else hue, hover_words(mark),
                None if mark.state == "reached" else Outline(hue, 0.1 * canvas.em),
                Hatch(ground, 0.5 * canvas.em) if mark.state == "planned" else None,
            )
        )  # fmt: skip
    if bars:
        canvas.bars.append(tuple(bars))


def _turned(canvas: Canvas, along: Ends, across: Ends) -> tuple[Ends, Ends]:
    """Give the ends on both axes of what lies along a bar."""
    return (across, along) if canvas.is_upright else (along, across)


def _band(canvas: Canvas, mark: Mark, place: int, half: float) -> None:
    """Draw the interval of a value that is not exact, pale over its bar, where it is wide enough to be
    seen."""
    if None in mark.ends:
        return
    low, high = (float(end or 0) for end in mark.ends)
    if (high - low) < abs(canvas.px_y(_VISIBLE) if canvas.is_upright else canvas.px_x(_VISIBLE)):
        return
    canvas.box(*_turned(canvas, (low, high), (place - half, place + half)), canvas.theme.tint(mark.colour))


# --- horizontal bars --------------------------------------------------------------------------------


def draw_bars(chart: Chart, canvas: Canvas) -> None:
    """Draw one horizontal bar for each mark, from the top down: its label on the left, its value at its
    end."""
    label_lines = row_labels(chart, canvas, 0.36)
    texts = [canvas.lines_of(mark.text, 0.3 * canvas.width) for mark in chart.marks]
    step = canvas.plot_height / max(len(chart.marks), 1)
    if any(LINE * canvas.em * len(text) > step for text in texts):
        texts = [[mark.text] for mark in chart.marks]  # rows are too low for two lines
    widest = max((canvas.width_of(line, 1, SEMIBOLD) for text in texts for line in text), default=0)
    canvas.right = widest + (1.8 if any(mark.is_open for mark in chart.marks) else 0.6) * canvas.em
    longest = max((mark.reach for mark in chart.marks), default=0) or 1
    rows_axes(chart, canvas, longest, label_lines)
    thickness = thickness_of(canvas, len(chart.marks))
    _bars(canvas, chart.marks, thickness / 2)
    canvas.line((0, -0.5), (0, len(chart.marks) - 0.5), colour=canvas.theme.muted)
    for row, (mark, text) in enumerate(zip(chart.marks, texts, strict=True)):
        row_label(canvas, row, label_lines[row])
        canvas.touch(mark, (0, max(mark.reach, 0.05 * longest)), (row - 0.45, row + 0.45))
        _band(canvas, mark, row, thickness / 2)
        if mark.is_open:
            open_end(canvas, mark, row)
        gap = (1.7 if mark.is_open else 0.5) * canvas.em
        canvas.text(mark.reach, row, text, anchor="left", shift=(gap, 0), weight=SEMIBOLD)


def open_end(canvas: Canvas, mark: Mark, row: int) -> None:
    """Point to the right at the end of a bar that may be any longer."""
    hue = canvas.theme.colour(mark.colour)
    canvas.points.append(Dot(((mark.reach, row),), 1.5 * canvas.em, hue, "triangle-right"))


def draw_shares(chart: Chart, canvas: Canvas) -> None:
    """Draw a track up to the whole for each mark, the interval as a band in it and the value as a dot; its words
    stand behind it, or above it where a picture is narrow. Where nothing can be compared, the reason takes the
    place of the track."""
    label_lines = row_labels(chart, canvas, 0.41)
    is_above = canvas.width < _BESIDE * canvas.em
    text_width = canvas.width - canvas.left - 1.8 * canvas.em if is_above else 0.26 * canvas.width
    texts = [canvas.lines_of(mark.text, text_width) for mark in chart.marks]
    widest = max((canvas.width_of(line, 1, SEMIBOLD) for text in texts for line in text), default=0)
    canvas.right = 1.8 * canvas.em if is_above else widest + 0.9 * canvas.em
    canvas.bottom = 1.6 * canvas.em
    whole = float(chart.whole)
    rows_axes(chart, canvas, whole, label_lines)
    half = thickness_of(canvas, len(chart.marks)) / 2
    for row, (mark, text) in enumerate(zip(chart.marks, texts, strict=True)):
        row_label(canvas, row, label_lines[row])
        canvas.touch(mark, (0, whole), (row - 0.45, row + 0.45))
        if mark.quantity is None:
            reason = canvas.lines_of(mark.words, canvas.width - canvas.left)
            canvas.require_px(len(reason) * LINE * canvas.em, canvas.plot_height / len(chart.marks))
            canvas.text(0, row, reason, anchor="left", colour=canvas.theme.muted)
            continue
        track = canvas.theme.tint(NEUTRAL, 0.14)
        at = row + _DOWN if is_above else row
        canvas.box((0, whole), (at - half, at + half), track, is_above=False)
        _share(canvas, mark, at, half, whole)
        step = canvas.plot_height / len(chart.marks)
        if is_above:
            canvas.require_px(len(text) * LINE * canvas.em, (0.5 + _DOWN - half) * step)
            canvas.text(0, at - half, text, anchor="left", vertical="bottom", weight=SEMIBOLD)
        else:
            canvas.require_px(len(text) * LINE * canvas.em, step)
            canvas.text(whole, row, text, anchor="left", shift=(0.8 * canvas.em, 0), weight=SEMIBOLD)
    last = len(chart.marks) - 0.5
    for place in (0.0, 0.5 * whole, whole):
        canvas.text(
            place, last, amount(place, chart.unit, chart.language, noun=False), size=_DETAIL, vertical="top",
            colour=canvas.theme.muted, shift=(0, -0.2 * canvas.em),
        )  # fmt: skip


def _share(canvas: Canvas, mark: Mark, row: float, half: float, whole: float) -> None:
    """Draw the interval of a mark, which ends at the whole at the latest, and its value as a dot, or its ends as
    lines."""
    lower, upper = mark.ends
    low, high = mark.ends_in(whole)
    hue = canvas.theme.colour(mark.colour)
    stroke = canvas.px_x(0.16 * canvas.em)
    ends, sides = (low, low + max(high - low, 2 * stroke)), (row - half, row + half)
    tint = canvas.theme.tint(mark.colour)
    canvas.bars.append((Rectangle(ends, sides, tint, hover_words(mark)),))
    value = mark.value
    if value is not None:
        canvas.points.append(Dot(((value, row),), _VALUE * canvas.em, hue, "circle"))
        return
    for end, bound in ((low, lower), (high, upper)):
        if bound is not None:
            canvas.box((end - stroke, end + stroke), sides, hue)


@dataclass(frozen=True)
class RowLabel:
    """Hold the lines of a row's label and of its detail, which stands below it, or beside it so many px from
    the left edge."""

    label: list[str]
    detail: list[str]
    detail_at: float = 0.0

    def height(self, em: float) -> float:
        """Give the px that it needs."""
        below = 0 if self.detail_at else _DETAIL * len(self.detail)
        return LINE * em * (len(self.label) + below)


def rows_axes(chart: Chart, canvas: Canvas, longest: float, labels: list[RowLabel]) -> None:
    """Set the axes of rows from zero to the longest, and require the room of their labels."""
    for label in labels:
        height = label.height(canvas.em) + 0.2 * canvas.em
        canvas.require_px(height, canvas.plot_height / len(chart.marks))
    canvas.require_px(min(6 * canvas.em, 0.24 * canvas.width), canvas.plot_width)
    canvas.x, canvas.y = (0, longest), (max(len(chart.marks), 1) - 0.5, -0.5)


def thickness_of(canvas: Canvas, rows: int) -> float:
    """Give the thickness of bars in px: at most 2.4 em, however high a row is."""
    step = canvas.plot_height / max(rows, 1)
    return min(0.58, 2.4 * canvas.em / step)


def row_labels(chart: Chart, canvas: Canvas, share: float) -> list[RowLabel]:
    """Break label and detail of each row into lines, and keep the px free that they need. Where rows are too
    low for two lines, details stand beside their labels, one below the other, if there is room."""
    width = share * canvas.width
    labels = [canvas.lines_of(mark.label, width, 1, SEMIBOLD) for mark in chart.marks]
    details = [canvas.lines_of(mark.detail, width, _DETAIL) if mark.detail else [] for mark in chart.marks]
    names = [canvas.width_of(line, 1, SEMIBOLD) for label in labels for line in label]
    others = [canvas.width_of(line, _DETAIL) for detail in details for line in detail]
    widest, wide = max(names, default=0), max(others, default=0)
    detail_at = widest + _DETAIL_GAP * canvas.em
    step = canvas.plot_height / max(len(chart.marks), 1)
    is_low = step < (1 + _DETAIL) * LINE * canvas.em
    is_single = all(len(lines) <= 1 for lines in (*labels, *details))
    if wide and is_low and is_single and detail_at + wide <= width:
        canvas.left = detail_at + wide + 0.8 * canvas.em
        return [RowLabel(*lines, detail_at) for lines in zip(labels, details, strict=True)]
    canvas.left = max(widest, wide) + 0.8 * canvas.em
    return [RowLabel(*lines) for lines in zip(labels, details, strict=True)]


def row_label(canvas: Canvas, row: int, lines: RowLabel) -> None:
    """Write the label of a row, and its detail, at the left edge."""
    up = lines.height(canvas.em) / 2
    canvas.text(None, row, lines.label, vertical="top", weight=SEMIBOLD, shift=(0, up))
    if lines.detail:
        # Beside a label it has the same line of writing: what its type is smaller counts from the top.
        down = 0.1 * canvas.em if lines.detail_at else LINE * canvas.em * len(lines.label)
        canvas.text(
            None, row, lines.detail, size=_DETAIL, vertical="top", colour=canvas.theme.muted,
            shift=(lines.detail_at, up - down),
        )  # fmt: skip
