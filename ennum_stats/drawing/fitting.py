"""Lay out a chart in the largest type in which all its labels fit: with title and source for
pictures, without them for pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ennum_stats.charts.spec import Chart, Kind
from ennum_stats.drawing.canvas import LINE, Canvas
from ennum_stats.drawing.layouts.bars import draw_bars, draw_columns, draw_shares
from ennum_stats.drawing.layouts.maps import draw_map
from ennum_stats.drawing.layouts.people import draw_people
from ennum_stats.drawing.layouts.ranges import draw_ranges
from ennum_stats.drawing.layouts.spans import draw_spans
from ennum_stats.drawing.layouts.units import draw_grid, draw_rows
from ennum_stats.drawing.layouts.waterfall import draw_waterfall
from ennum_stats.drawing.primitives import Drawing, Lettering, Logo, Signature, TouchArea
from ennum_stats.drawing.theme import LIGHT, PRESS, REGULAR, SEMIBOLD, Size, Theme, balanced

_DRAW: dict[Kind, Callable[[Chart, Canvas], None]] = {
    "columns": draw_columns,
    "bars": draw_bars,
    "shares": draw_shares,
    "grid": draw_grid,
    "rows": draw_rows,
    "waterfall": draw_waterfall,
    "ranges": draw_ranges,
    "people": draw_people,
    "spans": draw_spans,
    "map": draw_map,
}
_SMALLER = (1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.65)
"""The sizes of type that are tried in turn, until all labels fit."""
_HIGHER = (1.0, 1.08, 1.16, 1.25, 1.35, 1.5, 1.65, 1.9, 2.2, 2.6, 3, 3.5, 4)
"""The heights that are tried before these, where a picture may grow."""
_LOGO, _BESIDE_LOGO = (5.2, 2.6), 0.8
"""The width and height that a logo has at most at the lower right of a picture, and what is left free beside it,
in em."""
_TITLE, _SUBTITLE, _NOTE, _SOURCE = 1.5, 1.0, 0.88, 0.85
_LARGE_TITLE, _SMALL = 1.3, 0.9
"""The sizes of the title, and of what is smallest, where all type is large, to be read on a telephone."""


UNSIGNED = Signature()


@dataclass(frozen=True)
class _Paragraph:
    """Hold a text above or below a drawing, and the px that it needs with the gap to the next."""

    lines: list[str]
    size: float
    colour: str
    height: float
    weight: str = REGULAR


@dataclass(frozen=True)
class _Trial:
    """Hold a chart laid out in a type size and a height, with the texts above and below it."""

    canvas: Canvas
    above: list[_Paragraph]
    below: list[_Paragraph]
    pad: float
    height: int
    logo: Logo | None

    @property
    def fits(self) -> bool:
        return self.canvas.overflow <= 0

    @property
    def share(self) -> float:
        """Which part of the picture the marks have, with the values on them."""
        return (self.canvas.height - self.canvas.bottom) / self.height


def drawing_of(
    chart: Chart,
    size: Size = PRESS,
    theme: Theme = LIGHT,
    *,
    framed: bool = True,
    signature: Signature = UNSIGNED,
) -> Drawing:
    """Lay out a chart in a format; `framed` adds title, subtitle, note and source line. What is seen small bears
    the `signature` of who publishes it."""
    trial = _fitting(chart, size, theme, signature if size.is_small else UNSIGNED, framed=framed)
    canvas, pad = trial.canvas, trial.pad
    above, below = _height(trial.above), _height(trial.below)
    return Drawing(
        replace(size, height=trial.height, growth=1), canvas.em, theme,
        left=pad + canvas.left, right=pad + canvas.right,
        top=pad + above + canvas.top, bottom=pad + below + canvas.bottom,
        x=canvas.x, y=canvas.y, is_upright=canvas.is_upright,
        below=tuple(canvas.below), bars=tuple(canvas.bars),
        points=tuple(canvas.points), above=tuple(canvas.above),
        texts=(*canvas.texts, *_placed(trial.above, 1, (-canvas.left, canvas.top + above), canvas.em),
               *_placed(trial.below[::-1], 0, (-canvas.left, -canvas.bottom - below), canvas.em)),
        touched=tuple(_touched(chart, canvas)), logo=trial.logo,
    )  # fmt: skip


def _fitting(chart: Chart, size: Size, theme: Theme, signature: Signature, *, framed: bool) -> _Trial:
    """Lay out a chart in the largest type in which all labels fit. What is seen small leaves out the note where
    the marks would have less than half of the picture: description and post have room for it."""
    least = 0.4 if size.growth > 1 else 0.5 if size.is_small else 0.0
    tried = []
    for height, smaller, has_note in _trials(size):
        em = size.em * smaller
        pad = (1.3 if framed else 0.2) * em
        width = size.width - 2 * pad
        logo = _logo(signature, size.width - pad, height - pad, em) if framed else None
        frame: tuple[list[_Paragraph], list[_Paragraph]] = ([], [])
        if framed:
            frame = _frame(chart, em, theme, width, size, signature, logo, has_note=has_note)
        above, below = frame
        canvas = Canvas(width, height - 2 * pad - _height(above) - _height(below), em, theme)
        if canvas.height <= 0:
            continue
        if not chart.is_empty:
            _DRAW[chart.kind](chart, canvas)
        tried.append(_Trial(canvas, above, below, pad, height, logo))
        if tried[-1].fits and (not framed or tried[-1].share >= least):
            return tried[-1]
    return next((trial for trial in tried if trial.fits), tried[-1])


def _trials(size: Size) -> Iterator[tuple[int, float, bool]]:
    """Give the heights and sizes of type to be tried, and whether the note stands there."""
    for smaller in _SMALLER:
        for higher in (times for times in _HIGHER if times <= size.growth):
            yield round(size.height * higher), smaller, True
        if size.is_small:
            yield size.height, smaller, False


def _touched(chart: Chart, canvas: Canvas) -> Iterator[TouchArea]:
    """Give where marks, and after them areas, are touched."""
    places = {id(mark): place for place, mark in enumerate((*chart.marks, *chart.areas))}
    for mark, x, y in canvas.touched:
        (left, right), (low, high) = ([round(end, 4) for end in sorted(ends)] for ends in (x, y))
        yield TouchArea(places[id(mark)], (left, right), (low, high))


def _frame(
    chart: Chart, em: float, theme: Theme, width: float, size: Size, signature: Signature, logo: Logo | None, *,
    has_note: bool,
) -> tuple[list[_Paragraph], list[_Paragraph]]:  # fmt: skip
    """Set the texts above and below the drawing."""

    def paragraph(
        text: str, size: float, gap: float, colour: str, weight: str = REGULAR, width: float = width
    ) -> _Paragraph:
        lines = balanced(text, width, size * em, weight)
        return _Paragraph(lines, size, colour, (len(lines) * LINE * size + gap) * em, weight)

    note_em, source_em = (_SMALL, _SMALL) if size.is_small else (_NOTE, _SOURCE)
    above = [
        paragraph(chart.title, _LARGE_TITLE if size.is_small else _TITLE, 0.35, theme.text, SEMIBOLD),
        paragraph(chart.subtitle, _SUBTITLE, 0.8, theme.muted),
    ]
    below = [paragraph(chart.note, note_em, 0.7, theme.muted)] if chart.note and has_note else []
    if size.is_small:
        high, text_room = (logo.height, width - logo.width - _BESIDE_LOGO * em) if logo else (0, width)
        source = f"{chart.source_short} {signature.credit}".strip()
        first, *others = [
            *(
                [paragraph(signature.name, source_em, 0, theme.text, SEMIBOLD, text_room)]
                if signature.name
                else []
            ),
            paragraph(source, source_em, 0, theme.muted, width=text_room),
        ]
        gap = max(0, high - _height([first, *others])) + 0.6 * em
        return above, [*below, replace(first, height=first.height + gap), *others]
    return above, [*below, paragraph(chart.source_line, source_em, 0.6, theme.muted)]


def _logo(signature: Signature, right: float, bottom: float, em: float) -> Logo | None:
    """Place the logo at the lower right, as large as there is room for its form."""
    if not signature.proportion:
        return None
    wide, high = (side * em for side in _LOGO)
    width = min(wide, high * signature.proportion)
    height = width / signature.proportion
    return Logo(signature.logo, right - width, bottom - height, width, height)


def _height(paragraphs: list[_Paragraph]) -> float:
    return sum(paragraph.height for paragraph in paragraphs)


def _placed(
    paragraphs: list[_Paragraph], y: int, shift: tuple[float, float], em: float
) -> Iterator[Lettering]:
    """Place the texts above from the top down and those below from the bottom up, at the left edge."""
    left, up = shift
    for paragraph in paragraphs:
        yield Lettering(
            0, y, tuple(paragraph.lines), round(paragraph.size * em, 2), paragraph.colour, paragraph.weight,
            "left", "top" if y else "bottom", (left, up), x_on="paper", y_on="paper",
        )  # fmt: skip
        up += -paragraph.height if y else paragraph.height
