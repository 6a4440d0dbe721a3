"""Make a chart a plotly figure: with title and source for pictures, without them for pages.

`figure_dict` returns plain data, which a page serialises fast; `figure` returns plotly's own object, for
notebooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ennum_stats.charts.spec import Chart, Kind
from ennum_stats.drawing.canvas import LINE, Canvas
from ennum_stats.drawing.layouts.bars import draw_bars, draw_columns, draw_shares
from ennum_stats.drawing.layouts.maps import draw_map
from ennum_stats.drawing.layouts.people import draw_people
from ennum_stats.drawing.layouts.ranges import draw_ranges
from ennum_stats.drawing.layouts.spans import draw_spans
from ennum_stats.drawing.layouts.units import draw_grid, draw_rows
from ennum_stats.drawing.layouts.waterfall import draw_waterfall
from ennum_stats.drawing.template import template_name
from ennum_stats.drawing.theme import LIGHT, PRESS, REGULAR, SEMIBOLD, Size, Theme, balanced

if TYPE_CHECKING:
    import plotly.graph_objects as go

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
_HIGHER = (1.0, 1.08, 1.16, 1.25, 1.35, 1.5, 1.65)
"""The heights that are tried before these, where a picture may grow."""
_LOGO = (5.2, 2.6)
"""The place of a logo at the lower right of a picture for social networks, in em."""
_TITLE, _SUBTITLE, _NOTE, _SOURCE = 1.5, 1.0, 0.88, 0.85
_SOCIAL_TITLE, _SOCIAL_SMALL = 1.3, 0.9
"""The sizes of the title, and of what is smallest, for social networks: there all type is large, to be read
on a phone."""


def figure(
    chart: Chart, size: Size = PRESS, theme: Theme = LIGHT, *, framed: bool = True
) -> go.Figure:
    """Make a plotly figure of a chart; `framed` adds title, subtitle, note and source line."""
    import plotly.graph_objects as go

    return go.Figure(figure_dict(chart, size, theme, framed=framed))


def live_figure(chart: Chart) -> go.Figure:
    """Make the figure of a chart for a notebook or a page of one's own: as wide as its place, with axes that
    zoom (but for a map, whose scales are one), in the template of the house."""
    made = figure(chart)
    made.update_layout(template=template_name(chart.language), width=None, autosize=True)
    made.update_layout(modebar_remove=["sendChartToCloud"])
    if chart.kind != "map":
        made.update_xaxes(fixedrange=False)
        made.update_yaxes(fixedrange=False)
    return made


def figure_dict(
    chart: Chart, size: Size = PRESS, theme: Theme = LIGHT, *, framed: bool = True
) -> dict[str, Any]:
    """Make the same figure as plain data and layout."""
    drawing = _fitting(chart, size, theme, framed=framed)
    canvas, pad = drawing.canvas, drawing.pad
    above, below = (sum(height for *_, height in part) for part in drawing.texts)
    _write_frame(canvas, drawing.texts, above, below)
    margin = {
        "l": pad + canvas.left, "r": pad + canvas.right,
        "t": pad + above + canvas.top, "b": pad + below + canvas.bottom,
        "pad": 0, "autoexpand": False,
    }  # fmt: skip
    layout = {
        "width": size.width, "height": drawing.height, "margin": margin,
        "font": canvas.font(), "paper_bgcolor": theme.background, "plot_bgcolor": theme.background,
        "xaxis": canvas.xaxis, "yaxis": canvas.yaxis, "shapes": canvas.shapes,
        "annotations": canvas.annotations, "showlegend": False, "hovermode": "closest",
        "hoverlabel": {"font": canvas.font(), "bgcolor": theme.background, "align": "left"},
    }  # fmt: skip
    if not framed:
        layout["meta"] = {"touch": _touched(chart, canvas)}
    return {"data": canvas.data, "layout": layout}


def size_drawn(chart: Chart, size: Size, *, framed: bool = True) -> Size:
    """Give the size that a chart has in a format: higher, where it may grow and needs more room."""
    height = _fitting(chart, size, LIGHT, framed=framed).height if size.may_grow else size.height
    return replace(size, height=height, may_grow=False)


_Text = tuple[list[str], float, str, str, float]  # lines, size, colour, weight, height


@dataclass(frozen=True)
class _Drawing:
    """Hold a chart laid out in a type size and a height, with the texts above and below it."""

    canvas: Canvas
    texts: tuple[list[_Text], list[_Text]]
    pad: float
    height: int

    @property
    def fits(self) -> bool:
        return self.canvas.overflow <= 0

    @property
    def share(self) -> float:
        """Which part of the picture the marks have, with the values on them."""
        return (self.canvas.height - self.canvas.bottom) / self.height


def _fitting(chart: Chart, size: Size, theme: Theme, *, framed: bool) -> _Drawing:
    """Lay out a chart in the largest type in which all labels fit. For social networks the note is left out
    where the marks would have less than half of the picture: alternative text and post have room for it."""
    tried = []
    for height, smaller, has_note in _trials(size):
        em = size.em * smaller
        pad = (1.3 if framed else 0.2) * em
        width = size.width - 2 * pad
        texts = _frame(chart, em, theme, width, size, has_note=has_note) if framed else ([], [])
        above, below = (sum(high for *_, high in part) for part in texts)
        canvas = Canvas(width, height - 2 * pad - above - below, em, theme)
        if canvas.height <= 0:
            continue
        if chart.is_empty:
            canvas.axes((0, 1), (0, 1))
        else:
            _DRAW[chart.kind](chart, canvas)
        tried.append(_Drawing(canvas, texts, pad, height))
        if tried[-1].fits and (not framed or tried[-1].share >= _least(size)):
            return tried[-1]
    return next((one for one in tried if one.fits), tried[-1])


def _least(size: Size) -> float:
    """Give the part of a picture that its marks have at least, where that is possible."""
    return 0.5 if size.is_social else 0.4 if size.may_grow else 0.0


def _trials(size: Size) -> Iterator[tuple[int, float, bool]]:
    """Give the heights and sizes of type to be tried, and whether the note stands there."""
    for smaller in _SMALLER:
        for higher in _HIGHER if size.may_grow else (1.0,):
            yield round(size.height * higher), smaller, True
        if size.is_social:
            yield size.height, smaller, False


def _touched(chart: Chart, canvas: Canvas) -> list[tuple[float, ...]]:
    """Where marks, and after them areas, are touched: the place among them, and two ends on each axis."""
    places = {id(one): place for place, one in enumerate((*chart.marks, *chart.areas))}
    return [
        (places[id(one)], *(round(end, 4) for end in (*sorted(x), *sorted(y))))
        for one, x, y in canvas.touched
    ]


def _frame(
    chart: Chart, em: float, theme: Theme, width: float, size: Size, *, has_note: bool
) -> tuple[list[_Text], list[_Text]]:
    """Set the texts above and below the drawing."""
    is_social = size.is_social
    title_em = _SOCIAL_TITLE if is_social else _TITLE
    note_em, source_em = (_SOCIAL_SMALL, _SOCIAL_SMALL) if is_social else (_NOTE, _SOURCE)
    title = balanced(chart.title, width, title_em * em, SEMIBOLD)
    subtitle = balanced(chart.subtitle, width, _SUBTITLE * em)
    above = [
        _text(title, title_em, theme.text, SEMIBOLD, em, 0.35),
        _text(subtitle, _SUBTITLE, theme.muted, REGULAR, em, 0.8),
    ]
    below = []
    if chart.note and has_note:
        note = balanced(chart.note, width, note_em * em)
        below.append(_text(note, note_em, theme.muted, REGULAR, em, 0.7))
    if is_social:
        wide, high = (side * em for side in _LOGO)
        source = balanced(chart.source_short, width - wide, source_em * em)
        room = max(high / em - len(source) * LINE * source_em, 0.6)
        return above, [*below, _text(source, source_em, theme.muted, REGULAR, em, room)]
    source = balanced(chart.source_line, width, source_em * em)
    below.append(_text(source, source_em, theme.muted, REGULAR, em, 0.6))
    return above, below


def _text(lines: list[str], size: float, colour: str, weight: str, em: float, gap: float) -> _Text:
    return lines, size, colour, weight, (len(lines) * LINE * size + gap) * em


def _write_frame(
    canvas: Canvas, texts: tuple[list[_Text], list[_Text]], above: float, below: float
) -> None:
    """Write the texts above from the top down and those below from the bottom up, at the left edge."""
    at = canvas.top + above
    for lines, em, colour, weight, height in texts[0]:
        canvas.text(
            0, 1, lines, size=em, colour=colour, weight=weight, anchor="left", vertical="top",
            shift=(-canvas.left, at), xref="paper", yref="paper",
        )  # fmt: skip
        at -= height
    at = -canvas.bottom - below
    for lines, em, colour, weight, height in reversed(texts[1]):
        canvas.text(
            0, 0, lines, size=em, colour=colour, weight=weight, anchor="left", vertical="bottom",
            shift=(-canvas.left, at), xref="paper", yref="paper",
        )  # fmt: skip
        at += height
