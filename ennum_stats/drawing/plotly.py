"""Write a drawing as a figure of plotly, to be zoomed and pointed at: with title and source for pictures,
without them for pages.

`figure_dict` returns plain data, which a page serialises fast; `figure` returns plotly's own object, for
notebooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing import primitives
from ennum_stats.drawing.fitting import drawing_of
from ennum_stats.drawing.template import template_name
from ennum_stats.drawing.theme import CSS_WEIGHTS, FALLBACK, LIGHT, PRESS, REGULAR, Size, Theme

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from ennum_stats.drawing.live import LiveFigure


def figure(chart: Chart, size: Size = PRESS, theme: Theme = LIGHT, *, framed: bool = True) -> go.Figure:
    """Make a plotly figure of a chart; `framed` adds title, subtitle, note and source line."""
    import plotly.graph_objects as go

    return go.Figure(figure_dict(chart, size, theme, framed=framed))


def live_figure(chart: Chart) -> LiveFigure:
    """Make the figure of a chart for a notebook or a page of one's own: as wide as its place, with axes that
    zoom (but for a map, whose scales are one), in the template of the house."""
    from ennum_stats.drawing.live import LiveFigure

    drawn = LiveFigure(figure_dict(chart), chart=chart)
    drawn.update_layout(template=template_name(chart.language), width=None, autosize=True)
    drawn.update_layout(modebar_remove=["sendChartToCloud"])
    if chart.kind != "map":
        drawn.update_xaxes(fixedrange=False)
        drawn.update_yaxes(fixedrange=False)
    return drawn


def figure_dict(
    chart: Chart, size: Size = PRESS, theme: Theme = LIGHT, *, framed: bool = True
) -> dict[str, Any]:
    """Make the same figure as plain data and layout."""
    drawing = drawing_of(chart, size, theme, framed=framed)
    traces = [*(_bars(series, drawing) for series in drawing.bars), *map(_points, drawing.points)]
    font = _font(round(drawing.em, 2), theme.text)
    layout = {
        "width": drawing.size.width, "height": drawing.size.height,
        "margin": {
            "l": drawing.left, "r": drawing.right, "t": drawing.top, "b": drawing.bottom,
            "pad": 0, "autoexpand": False,
        },
        "font": font, "paper_bgcolor": theme.background, "plot_bgcolor": theme.background,
        "xaxis": _axis(drawing.x), "yaxis": _axis(drawing.y),
        "shapes": [
            *(_shape(shape, "below") for shape in drawing.below),
            *(_shape(shape, "above") for shape in drawing.above),
        ],
        "annotations": [_annotation(text) for text in drawing.texts],
        "showlegend": False, "hovermode": "closest",
        "hoverlabel": {"font": font, "bgcolor": theme.background, "align": "left"},
    }  # fmt: skip
    if not framed:
        layout["meta"] = {"touch": [(area.place, *area.x, *area.y) for area in drawing.touched]}
    # Ids are set, because plotly's own are random.
    numbered = [{"uid": f"trace{n}", "showlegend": False} | trace for n, trace in enumerate(traces, 1)]
    return {"data": numbered, "layout": layout}


def _axis(ends: primitives.Ends) -> dict[str, Any]:
    """Write an axis without line, grid and ticks."""
    return {"range": list(ends), "visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}


def _bars(series: Sequence[primitives.Rectangle], drawing: primitives.Drawing) -> dict[str, Any]:
    """Write bars; those that do not begin at zero with where they begin."""
    along = [bar.y if drawing.is_upright else bar.x for bar in series]
    across = [bar.x if drawing.is_upright else bar.y for bar in series]
    places = [_number((low + high) / 2) for low, high in across]
    lengths = [_number(end - begin) for begin, end in along]
    trace: dict[str, Any] = {
        "type": "bar", "width": _number(across[0][1] - across[0][0]),
        "marker": {"color": _each([bar.fill for bar in series])},
        **_hover([bar.words for bar in series]),
    }  # fmt: skip
    trace |= (
        {"x": places, "y": lengths} if drawing.is_upright else {"orientation": "h", "x": lengths, "y": places}
    )
    if any(begin for begin, _ in along):
        trace["base"] = [begin for begin, _ in along]
    if any(bar.outline for bar in series):
        trace["marker"]["line"] = {
            "color": _each([bar.outline.colour if bar.outline else bar.fill for bar in series]),
            "width": _each([bar.outline.width if bar.outline else 0 for bar in series]),
        }
    for hatch in [bar.hatch for bar in series if bar.hatch][:1]:
        trace["marker"]["pattern"] = {
            "shape": ["/" if bar.hatch else "" for bar in series],
            "bgcolor": hatch.ground, "size": hatch.step, "solidity": primitives.HATCHED, "fillmode": "replace",
        }  # fmt: skip
    return trace


def _points(drawn: primitives.Dot | primitives.Path) -> dict[str, Any]:
    if isinstance(drawn, primitives.Path):
        return _area(drawn)
    marker: dict[str, Any] = {"symbol": drawn.symbol, "size": drawn.size, "color": drawn.colour}
    if drawn.outline:
        marker["line"] = {"color": drawn.outline.colour, "width": drawn.outline.width}
    return {
        "type": "scatter", "mode": "markers", "cliponaxis": False, "marker": marker,
        "x": [x for x, _ in drawn.places], "y": [y for _, y in drawn.places],
        **_hover([drawn.words] * len(drawn.places)),
    }  # fmt: skip


def _area(path: primitives.Path) -> dict[str, Any]:
    """Write a filled area, whose parts are divided by a point that is none."""
    points = [place for part in path.parts for place in (*part, (None, None))][:-1]
    return {
        "type": "scatter", "mode": "lines", "fill": "toself", "fillcolor": path.fill,
        "x": [x for x, _ in points], "y": [y for _, y in points],
        "line": {"color": path.outline.colour, "width": path.outline.width} if path.outline else {"width": 0},
        "hoveron": "fills", "hoverinfo": "text", "text": "<br>".join(path.words or ()),
        "customdata": ["<br>".join(path.words or ())], "meta": path.code or None,
    }  # fmt: skip


def _hover(words: Sequence[primitives.Words | None]) -> dict[str, Any]:
    """Write what pointing shows; what says nothing is passed over."""
    if None in words:
        return {"hoverinfo": "skip"}
    shown = ["<br>".join(pair) for pair in words if pair]
    return {"customdata": shown, "hovertemplate": "%{customdata}<extra></extra>"}


def _each(values: Sequence[str | float]) -> Sequence[str | float] | str | float:
    """Give one value for all where they are equal."""
    return values[0] if len({*values}) == 1 else values


def _shape(drawn: primitives.Rectangle | primitives.Polyline, layer: str) -> dict[str, Any]:
    if isinstance(drawn, primitives.Rectangle):
        return {
            "type": "rect", "x0": drawn.x[0], "x1": drawn.x[1], "y0": drawn.y[0], "y1": drawn.y[1],
            "fillcolor": drawn.fill, "line": {"width": 0}, "layer": layer,
        }  # fmt: skip
    path = "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in part) for part in drawn.parts)
    return {
        "type": "path", "path": path, "line": {"color": drawn.colour, "width": drawn.width}, "layer": layer,
    }  # fmt: skip


def _annotation(text: primitives.Lettering) -> dict[str, Any]:
    return {
        "x": text.x, "y": text.y, "xref": text.x_on, "yref": text.y_on,
        "text": "<br>".join(escape(line, quote=False) for line in text.lines),
        "xanchor": text.anchor, "align": text.anchor, "yanchor": text.vertical,
        "xshift": text.shift[0], "yshift": text.shift[1],
        "showarrow": False, "borderpad": 0, "captureevents": False,
        "font": _font(text.size, text.colour, text.weight), "bgcolor": text.ground or None,
    }  # fmt: skip


def _font(size: float, colour: str, weight: str = REGULAR) -> dict[str, Any]:
    return {"family": FALLBACK, "size": size, "color": colour, "weight": CSS_WEIGHTS[weight]}


def _number(value: float) -> float:
    """Drop what a computation left in the last digits."""
    return float(f"{value:.12g}")
