"""Make a chart a plotly figure: with title and source for pictures, without them for pages.

`figure_dict` returns plain data, which a page serialises fast; `figure` returns plotly's own object, for
notebooks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ennum_stats.charts.canvas import LINE, Canvas
from ennum_stats.charts.layout_bars import draw_bars, draw_columns, draw_shares
from ennum_stats.charts.layout_map import draw_map
from ennum_stats.charts.layout_people import draw_people
from ennum_stats.charts.layout_ranges import draw_ranges
from ennum_stats.charts.layout_time import draw_spans
from ennum_stats.charts.layout_units import draw_grid, draw_rows
from ennum_stats.charts.layout_waterfall import draw_waterfall
from ennum_stats.charts.spec import Chart, Kind
from ennum_stats.charts.theme import LIGHT, PRESS, REGULAR, SEMIBOLD, Size, Theme, balanced

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
_TITLE, _SUBTITLE, _NOTE, _SOURCE = 1.5, 1.0, 0.88, 0.8


def figure(
    chart: Chart, size: Size = PRESS, theme: Theme = LIGHT, *, framed: bool = True
) -> go.Figure:
    """Make a plotly figure of a chart; `framed` adds title, subtitle, note and source line."""
    import plotly.graph_objects as go

    return go.Figure(figure_dict(chart, size, theme, framed=framed))


def figure_dict(
    chart: Chart, size: Size = PRESS, theme: Theme = LIGHT, *, framed: bool = True
) -> dict[str, Any]:
    """Make the same figure as plain data and layout."""
    for smaller in _SMALLER:
        em = size.em * smaller
        pad = (1.3 if framed else 0.2) * em
        width = size.width - 2 * pad
        texts = _frame(chart, em, theme, width) if framed else ([], [])
        above, below = (sum(height for *_, height in part) for part in texts)
        canvas = Canvas(width, size.height - 2 * pad - above - below, em, theme)
        if canvas.height <= 0:
            continue
        if chart.is_empty:
            canvas.axes((0, 1), (0, 1))
        else:
            _DRAW[chart.kind](chart, canvas)
        if canvas.overflow <= 0:
            break
    _write_frame(canvas, texts, above, below)
    margin = {
        "l": pad + canvas.left, "r": pad + canvas.right,
        "t": pad + above + canvas.top, "b": pad + below + canvas.bottom,
        "pad": 0, "autoexpand": False,
    }  # fmt: skip
    layout = {
        "width": size.width, "height": size.height, "margin": margin,
        "font": canvas.font(), "paper_bgcolor": theme.background, "plot_bgcolor": theme.background,
        "xaxis": canvas.xaxis, "yaxis": canvas.yaxis, "shapes": canvas.shapes,
        "annotations": canvas.annotations, "showlegend": False, "hovermode": "closest",
        "hoverlabel": {"font": canvas.font(), "bgcolor": theme.background, "align": "left"},
    }  # fmt: skip
    if not framed:
        layout["meta"] = {"touch": _touched(chart, canvas)}
    return {"data": canvas.data, "layout": layout}


def _touched(chart: Chart, canvas: Canvas) -> list[tuple[float, ...]]:
    """Where marks, and after them areas, are touched: the place among them, and two ends on each axis."""
    places = {id(one): place for place, one in enumerate((*chart.marks, *chart.areas))}
    return [
        (places[id(one)], *(round(end, 4) for end in (*sorted(x), *sorted(y))))
        for one, x, y in canvas.touched
    ]


_Text = tuple[list[str], float, str, str, float]  # lines, size, colour, weight, height


def _frame(chart: Chart, em: float, theme: Theme, width: float) -> tuple[list[_Text], list[_Text]]:
    """Set the texts above and below the drawing."""
    title = balanced(chart.title, width, _TITLE * em, SEMIBOLD)
    subtitle = balanced(chart.subtitle, width, _SUBTITLE * em)
    above = [
        _text(title, _TITLE, theme.text, SEMIBOLD, em, 0.35),
        _text(subtitle, _SUBTITLE, theme.muted, REGULAR, em, 0.8),
    ]
    below = []
    if chart.note:
        note = balanced(chart.note, width, _NOTE * em)
        below.append(_text(note, _NOTE, theme.muted, REGULAR, em, 0.7))
    source = balanced(chart.source_line, width, _SOURCE * em)
    below.append(_text(source, _SOURCE, theme.muted, REGULAR, em, 0.6))
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
