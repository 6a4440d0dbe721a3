"""The printer: a chart as SVG, for files, the kit and the pages of the dashboard, without a browser.

It writes the same drawing as `figure.figure_dict` gives (its traces, shapes and texts, in their
places); no chart is designed here. For a page, colours are names (`var(--ink-…)`) of which the page's
style sheet holds the light and the dark value (`palette`), so that one picture serves both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise
from typing import Any

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.canvas import LINE
from ennum_stats.drawing.plotly import figure_dict, size_drawn
from ennum_stats.drawing.theme import (
    DARK,
    FALLBACK,
    LIGHT,
    NEUTRAL,
    PRESS,
    RAMP,
    REGULAR,
    SEMIBOLD,
    Size,
    Theme,
    text_width,
)

_SHARES = (0.14, 0.3, 0.55)
_BASELINE = 0.345
"""How far a line's middle stands above its baseline, in font sizes."""
_TRIANGLE = 2 / 3**0.5
_MANY = 100
"""More dots than this without a word of their own are written as one path."""
_NAMED = re.compile(r"var\(--ink-([\w-]+)\)")
_POINT = re.compile(r"([-\d.e+]+),([-\d.e+]+)")


@dataclass(frozen=True)
class _Frame:
    """The plot area in px, its axes, and how colours are written."""

    left: float
    top: float
    width: float
    height: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    paint: Mapping[str, str]
    name: str

    def x(self, value: float, ref: str = "x") -> float:
        first, last = (0, 1) if ref == "paper" else self.x_range
        return self.left + (value - first) / ((last - first) or 1) * self.width

    def y(self, value: float, ref: str = "y") -> float:
        first, last = (0, 1) if ref == "paper" else self.y_range
        return self.top + (1 - (value - first) / ((last - first) or 1)) * self.height

    def colour(self, colour: str) -> str:
        return self.paint.get(colour, colour)


def palette() -> dict[str, tuple[str, str]]:
    """Every colour that a chart may have: its name, and its light and dark values."""
    colours = {
        name: (getattr(LIGHT, name), getattr(DARK, name))
        for name in ("background", "text", "muted", "line")
    }
    for key in (*LIGHT.accents, NEUTRAL):
        name = key.replace("_", "-")
        colours[name] = (LIGHT.colour(key), DARK.colour(key))
        for share in _SHARES:
            tints = (LIGHT.tint(key, share), DARK.tint(key, share))
            colours[f"{name}-{share * 100:.0f}"] = tints
        for step in range(len(RAMP)):
            depth = step / (len(RAMP) - 1)
            colours[f"{name}-step{step + 1}"] = (LIGHT.depth(key, depth), DARK.depth(key, depth))
    return colours


def page_svg(chart: Chart, size: Size, name: str) -> str:
    """The drawing alone, for a page that says title, note and source itself; `name` makes ids unique."""
    paint = {light: f"var(--ink-{key})" for key, (light, _) in reversed(palette().items())}
    figure = figure_dict(chart, size, LIGHT, framed=False)
    body = "".join(_drawing(size, figure, paint, name))
    frame = _frame_of(figure, size, paint, name)
    touched = figure["layout"]["meta"]["touch"]  # an area is touched where it is
    body += "".join(_touched(frame, *one) for one in touched if one[0] < len(chart.marks))
    return (
        f'<svg viewBox="0 0 {size.width} {size.height}" role="img" lang="{chart.language}"'
        f' aria-label="{escape(chart.alt)}">{body}</svg>'
    )


def coloured(svg: str) -> str:
    """A drawing of a page as a file of its own: in light colours, with its typeface."""
    light = {name: value for name, (value, _) in palette().items()}
    painted = _NAMED.sub(lambda name: light[name[1]], svg)
    given = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{escape(FALLBACK)}"'
    return painted.replace("<svg", given, 1)


def file_svg(chart: Chart, size: Size = PRESS, theme: Theme = LIGHT, *, framed: bool = True) -> str:
    """The whole picture, with title, note and source line unless these stand beside it, as a file of its
    printed size."""
    size = size_drawn(chart, size, framed=framed)
    figure = figure_dict(chart, size, theme, framed=framed)
    body = "".join(_drawing(size, figure, {}, chart.name))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}"'
        f' width="{size.width_cm:g}cm" height="{size.height_cm:g}cm" role="img"'
        f' lang="{chart.language}" aria-labelledby="{chart.name}-title {chart.name}-alt"'
        f' font-family="{escape(FALLBACK)}">'
        f'<title id="{chart.name}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.name}-alt">{escape(chart.alt)}</desc>'
        f'<rect width="{size.width}" height="{size.height}" fill="{theme.background}"/>{body}</svg>'
    )


def _frame_of(figure: dict[str, Any], size: Size, paint: Mapping[str, str], name: str) -> _Frame:
    layout = figure["layout"]
    margin = layout["margin"]
    return _Frame(
        margin["l"],
        margin["t"],
        size.width - margin["l"] - margin["r"],
        size.height - margin["t"] - margin["b"],
        layout["xaxis"].get("range", (0, 1)),
        layout["yaxis"].get("range", (0, 1)),
        paint,
        name,
    )


def _touched(frame: _Frame, place: int, x0: float, x1: float, y0: float, y1: float) -> str:
    """Where a mark is touched: nothing is seen of it."""
    return _rect(frame, (x0, x1), (y0, y1), "none", f' data-mark="{place}"')


def _drawing(
    size: Size, figure: dict[str, Any], paint: Mapping[str, str], name: str
) -> Iterator[str]:
    """Give the parts in the order they are painted: bars below points and areas, as plotly has it."""
    frame = _frame_of(figure, size, paint, name)
    layout = figure["layout"]
    shapes = layout["shapes"]
    yield from (_shape(frame, shape) for shape in shapes if shape["layer"] == "below")
    traces = enumerate(figure["data"])
    for order, trace in sorted(traces, key=lambda numbered: numbered[1]["type"] != "bar"):
        draw = _bars if trace["type"] == "bar" else _points
        yield from draw(frame, trace, f"{name}-hatch{order}")
    yield from (_shape(frame, shape) for shape in shapes if shape["layer"] != "below")
    yield from (_text(frame, text) for text in layout["annotations"])


# --- bars and points ------------------------------------------------------------------------------


def _at(value: Any, place: int) -> Any:
    """One for all, or one each."""
    return value[place] if isinstance(value, list) else value


def _bars(frame: _Frame, trace: dict[str, Any], hatch: str) -> Iterator[str]:
    is_flat = trace.get("orientation") == "h"
    along, across = (trace["x"], trace["y"]) if is_flat else (trace["y"], trace["x"])
    marker = trace["marker"]
    for place, (length, centre) in enumerate(zip(along, across, strict=True)):
        if length is None:
            continue
        base = _at(trace.get("base", 0), place)
        half = trace["width"] / 2
        ends, sides = (base, base + length), (centre - half, centre + half)
        x, y = (ends, sides) if is_flat else (sides, ends)
        fill, pattern = _fill(frame, marker, place, f"{hatch}-{place}")
        stroke = _stroke(frame, marker.get("line", {}), place)
        yield f"{pattern}{_rect(frame, x, y, fill, stroke, _title(trace, place))}"


def _fill(frame: _Frame, marker: dict[str, Any], place: int, name: str) -> tuple[str, str]:
    """The paint of a bar, and the hatch that it needs, if any."""
    colour = frame.colour(_at(marker["color"], place))
    pattern = marker.get("pattern", {})
    if not _at(pattern.get("shape", ""), place):
        return colour, ""
    step = pattern["size"]
    return f"url(#{name})", (
        f'<pattern id="{name}" width="{step:.4g}" height="{step:.4g}"'
        f' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="{step:.4g}" height="{step:.4g}" fill="{frame.colour(pattern["bgcolor"])}"/>'
        f'<rect width="{step * pattern["solidity"]:.3g}" height="{step:.4g}" fill="{colour}"/>'
        "</pattern>"
    )


def _points(frame: _Frame, trace: dict[str, Any], _hatch: str) -> Iterator[str]:
    places = list(zip(trace["x"], trace["y"], strict=True))
    if trace["mode"] == "lines":
        yield _outline(frame, trace, places)
        return
    marker = trace["marker"]
    if len(places) > _MANY and "customdata" not in trace:
        yield _many(frame, marker, places)
        return
    fill, stroke = frame.colour(marker["color"]), _stroke(frame, marker.get("line", {}), 0)
    titles = [_title(trace, place) for place in range(len(places))]
    is_group = len(places) > 1 and len(set(titles)) == 1
    if is_group:
        yield f"<g>{titles[0]}"
    for (x, y), title in zip(places, titles, strict=True):
        symbol = marker.get("symbol", "circle")
        drawn = _symbol(symbol, frame.x(x), frame.y(y), marker["size"] / 2)
        end = "/>" if is_group or not title else f">{title}</{drawn.split(' ', 1)[0][1:]}>"
        yield f'{drawn} fill="{fill}"{stroke}{end}'
    if is_group:
        yield "</g>"


def _outline(
    frame: _Frame, trace: dict[str, Any], places: Sequence[tuple[float | None, float | None]]
) -> str:
    """A filled area, which may have several parts: written in steps, because a map has thousands."""
    parts: list[list[tuple[float, float]]] = [[]]
    for x, y in places:
        if x is None or y is None:
            parts.append([])
        else:
            parts[-1].append((frame.x(x), frame.y(y)))
    path = "".join(f"{_stepwise(part)}Z" for part in parts)
    named = f' data-a="{trace["meta"]}"' if frame.paint and trace.get("meta") else ""
    head = f'<path{named} d="{path}" fill="{frame.colour(trace["fillcolor"])}"'
    head += _stroke(frame, trace["line"], 0)
    said = _title(trace, 0)
    return f"{head}>{said}</path>" if said else f"{head}/>"


def _stepwise(places: Sequence[tuple[float, float]]) -> str:
    """A path to a tenth of a px, each point by its distance from the one before; points on the way
    straight to the next one are left out. What does not move is its place alone."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in places]
    steps: list[tuple[int, int]] = []
    for (x, y), (u, v) in pairwise(tenths):
        a, b = steps[-1] if steps else (0, 0)
        if a * (v - y) == b * (u - x) and a * (u - x) + b * (v - y) > 0:
            steps[-1] = (a + u - x, b + v - y)
        elif (x, y) != (u, v):
            steps.append((u - x, v - y))
    written = " ".join(f"{_short(x)} {_short(y)}" for x, y in steps)
    x, y = tenths[0]
    moves = f"l{written}" if steps else ""
    return f"M{_short(x)} {_short(y)}{moves}".replace(" -", "-")


def _short(tenths: int) -> str:
    """Tenths as a number without what can be left out: .5, -12, 3.1."""
    return (
        f"{tenths / 10:.10g}".replace("0.", ".", 1) if abs(tenths) < 10 else f"{tenths / 10:.10g}"
    )


def _many(frame: _Frame, marker: dict[str, Any], places: Sequence[tuple[float, float]]) -> str:
    """Thousands of equal dots as one path: each a line of no length with round ends."""
    path = "".join(f"M{_short(round(10 * frame.x(x)))} {_short(round(10 * frame.y(y)))}h0"
                   for x, y in places).replace(" -", "-")  # fmt: skip
    return (
        f'<path d="{path}" fill="none" stroke="{frame.colour(marker["color"])}"'
        f' stroke-width="{marker["size"]:.3g}" stroke-linecap="round"/>'
    )


def _symbol(symbol: str, x: float, y: float, r: float) -> str:
    if symbol == "square":
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.2f}" height="{2 * r:.2f}"'
    if symbol == "triangle-down":
        half, above = r * _TRIANGLE, y - r / 2
        return f'<path d="M{x - half:.1f},{above:.1f}H{x + half:.1f}L{x:.1f},{y + r:.1f}Z"'
    if symbol == "triangle-right":
        half, left = r * _TRIANGLE, x - r / 2
        return f'<path d="M{left:.1f},{y - half:.1f}V{y + half:.1f}L{x + r:.1f},{y:.1f}Z"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.2f}"'


def _stroke(frame: _Frame, line: dict[str, Any], place: int) -> str:
    width = _at(line.get("width", 0), place)
    if not width:
        return ""
    return f' stroke="{frame.colour(_at(line["color"], place))}" stroke-width="{width:.3g}"'


def _title(trace: dict[str, Any], place: int) -> str:
    """What is said when the pointer rests on a mark."""
    said = trace.get("customdata")
    return f"<title>{escape(said[place].replace('<br>', ': '))}</title>" if said else ""


def _rect(
    frame: _Frame,
    x: tuple[float, float],
    y: tuple[float, float],
    fill: str,
    stroke: str,
    inside: str = "",
) -> str:
    on_x, on_y = (frame.x(x[0]), frame.x(x[1])), (frame.y(y[0]), frame.y(y[1]))
    return _box(on_x, on_y, fill, stroke, inside)


def _box(
    x: tuple[float, float], y: tuple[float, float], fill: str, stroke: str, inside: str = ""
) -> str:
    """A rectangle between two places in px."""
    (left, right), (top, bottom) = sorted(x), sorted(y)
    # Edges are rounded, not sizes, so that what ends and begins at one place meets there.
    left, top, right, bottom = (round(edge, 1) for edge in (left, top, right, bottom))
    size = f'width="{right - left:.1f}" height="{bottom - top:.1f}"'
    head = f'<rect x="{left:.1f}" y="{top:.1f}" {size} fill="{fill}"{stroke}'
    return f"{head}>{inside}</rect>" if inside else f"{head}/>"


# --- shapes and texts -----------------------------------------------------------------------------


def _shape(frame: _Frame, shape: dict[str, Any]) -> str:
    if shape["type"] == "rect":
        x_ref, y_ref = shape.get("xref", "x"), shape.get("yref", "y")
        x = frame.x(shape["x0"], x_ref), frame.x(shape["x1"], x_ref)
        y = frame.y(shape["y0"], y_ref), frame.y(shape["y1"], y_ref)
        return _box(x, y, frame.colour(shape["fillcolor"]), "")
    parts = [
        [(frame.x(float(x)), frame.y(float(y))) for x, y in _POINT.findall(part)]
        for part in shape["path"].split("M")[1:]
    ]
    path = "".join(_stepwise(part) for part in parts)
    return f'<path d="{path}" fill="none"{_stroke(frame, shape["line"], 0)}/>'


_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def _text(frame: _Frame, text: dict[str, Any]) -> str:
    """Lines of text, placed as plotly places them: the block by its anchors, then shifted."""
    lines = text["text"].split("<br>")
    size = text["font"]["size"]
    x = frame.x(text["x"], text["xref"]) + text["xshift"]
    y = frame.y(text["y"], text["yref"]) - text["yshift"]
    height = len(lines) * LINE * size
    top = y - {"top": 0.0, "middle": height / 2, "bottom": height}[text["yanchor"]]
    weight = ' font-weight="600"' if text["font"]["weight"] == 600 else ""
    head = (
        f'<text x="{x:.1f}" font-size="{size:g}" fill="{frame.colour(text["font"]["color"])}"'
        f' text-anchor="{_ANCHORS[text["xanchor"]]}"{weight}'
    )
    baselines = [top + (i + 0.5) * LINE * size + _BASELINE * size for i in range(len(lines))]
    ground = _ground(frame, text, x, top, height) if text["bgcolor"] else ""
    if len(lines) == 1:
        return f'{ground}{head} y="{baselines[0]:.1f}">{lines[0]}</text>'
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{baseline:.1f}">{line}</tspan>'
        for line, baseline in zip(lines, baselines, strict=True)
    )
    return f"{ground}{head}>{spans}</text>"


def _ground(frame: _Frame, text: dict[str, Any], x: float, top: float, height: float) -> str:
    """What hides the lines behind a text."""
    weight = SEMIBOLD if text["font"]["weight"] == 600 else REGULAR
    lines = unescape(text["text"]).split("<br>")
    width = max(text_width(line, text["font"]["size"], weight) for line in lines)
    left = x - {"left": 0.0, "center": width / 2, "right": width}[text["xanchor"]]
    fill = frame.colour(text["bgcolor"])
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
        f' fill="{fill}"/>'
    )
