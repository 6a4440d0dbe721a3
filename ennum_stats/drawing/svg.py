"""Print a drawing as SVG, for files, the kit and the pages of the dashboard, without a browser.

No chart is designed here. For a page, colours are names (`var(--ink-…)`) of which the page's style sheet
holds the light and the dark value (`palette`), so that one picture serves both.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing import primitives, theme
from ennum_stats.drawing.canvas import LINE
from ennum_stats.drawing.fitting import drawing_of

_SHARES = (0.14, 0.3, 0.55)
_BASELINE = 0.345
"""How far a line's middle stands above its baseline, in font sizes."""
_TRIANGLE = 2 / 3**0.5
_MANY = 100
"""More dots than this without a word of their own are written as one path."""
_NAMED = re.compile(r"var\(--ink-([\w-]+)\)")
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def palette() -> dict[str, tuple[str, str]]:
    """List every colour that a chart may have: its name, and its light and dark values."""
    colours = {
        name: (getattr(theme.LIGHT, name), getattr(theme.DARK, name))
        for name in ("background", "text", "muted", "line")
    }
    for key in (*theme.LIGHT.accents, theme.NEUTRAL):
        name = key.replace("_", "-")
        colours[name] = (theme.LIGHT.colour(key), theme.DARK.colour(key))
        for share in _SHARES:
            tints = (theme.LIGHT.tint(key, share), theme.DARK.tint(key, share))
            colours[f"{name}-{share * 100:.0f}"] = tints
        for step in range(len(theme.RAMP)):
            depth = step / (len(theme.RAMP) - 1)
            colours[f"{name}-step{step + 1}"] = (theme.LIGHT.depth(key, depth), theme.DARK.depth(key, depth))
    return colours


def page_svg(chart: Chart, size: theme.Size, name: str, *, description: str = "") -> str:
    """Write the drawing alone, for a page that says title, note and source; `name` makes ids unique. What it says
    stands in it, or on the page in an element of the id `description`."""
    paint = {light: f"var(--ink-{key})" for key, (light, _) in reversed(palette().items())}
    printer = _Printer(drawing_of(chart, size, framed=False), paint, name)
    size = printer.drawing.size
    touched = "".join(
        printer.rectangle(primitives.Rectangle(area.x, area.y, "none"), more=f' data-mark="{area.place}"')
        for area in printer.drawing.touched
        if area.place < len(chart.marks)  # an area is touched where it is
    )
    place = description or f"{name}-description"
    own = "" if description else f'<desc id="{place}">{escape(chart.description)}</desc>'
    return (
        f'<svg viewBox="0 0 {size.width} {size.height}" role="img" lang="{chart.language}"'
        f' aria-label="{escape(chart.alt)}" aria-describedby="{place}">{own}'
        f"{printer.body()}{touched}</svg>"
    )


def coloured(svg: str) -> str:
    """Make a drawing of a page a file of its own: in light colours, with its typeface."""
    light = {name: value for name, (value, _) in palette().items()}
    painted = _NAMED.sub(lambda name: light[name[1]], svg)
    given = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{escape(theme.FALLBACK)}"'
    return painted if "xmlns" in painted.partition(">")[0] else painted.replace("<svg", given, 1)


def print_svg(chart: Chart, drawing: primitives.Drawing) -> str:
    """Write the drawing of a chart as a file."""
    size = drawing.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}"'
        f' width="{size.width_cm:g}cm" height="{size.height_cm:g}cm" role="img"'
        f' lang="{chart.language}" aria-labelledby="{chart.name}-title {chart.name}-alt"'
        f' font-family="{escape(theme.FALLBACK)}">'
        f'<title id="{chart.name}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.name}-alt">{escape(chart.description)}</desc>'
        f'<rect width="{size.width}" height="{size.height}" fill="{drawing.theme.background}"/>'
        f"{_Printer(drawing, {}, chart.name).body()}</svg>"
    )


def sketch_svg(drawing: primitives.Drawing, alt: str) -> str:
    """Write a drawing that is no chart of ours, in its light colours, as a file or for a page."""
    width, height = drawing.size.width, drawing.size.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-label="{escape(alt)}" font-family="{escape(theme.FALLBACK)}">'
        f'<rect width="{width}" height="{height}" fill="{drawing.theme.background}"/>'
        f"{_Printer(drawing, {}, 'sketch').body()}</svg>"
    )


@dataclass(frozen=True)
class _Printer:
    """Hold a drawing while it is written: how its colours are named, and what its ids begin with."""

    drawing: primitives.Drawing
    paint: Mapping[str, str]
    name: str

    def x(self, value: float, on: str = "x") -> float:
        first, last = (0, 1) if on == "paper" else self.drawing.x
        width = self.drawing.size.width - self.drawing.left - self.drawing.right
        return self.drawing.left + (value - first) / ((last - first) or 1) * width

    def y(self, value: float, on: str = "y") -> float:
        first, last = (0, 1) if on == "paper" else self.drawing.y
        height = self.drawing.size.height - self.drawing.top - self.drawing.bottom
        return self.drawing.top + (1 - (value - first) / ((last - first) or 1)) * height

    def colour(self, colour: str) -> str:
        return self.paint.get(colour, colour)

    def body(self) -> str:
        """Write the layers from below to above."""
        drawing = self.drawing
        return "".join(
            (
                *map(self._shape, drawing.below),
                *(
                    self._bar(bar, f"{self.name}-hatch{order}-{place}")
                    for order, series in enumerate(drawing.bars)
                    for place, bar in enumerate(series)
                ),
                *(
                    self._area(drawn) if isinstance(drawn, primitives.Path) else self._dots(drawn)
                    for drawn in drawing.points
                ),
                *map(self._shape, drawing.above),
                *map(self._text, drawing.texts),
                self._logo(drawing.logo) if drawing.logo else "",
            )
        )

    # --- bars, dots and areas -----------------------------------------------------------------------

    def _bar(self, bar: primitives.Rectangle, hatch: str) -> str:
        return f"{self._hatch(bar, hatch)}{self.rectangle(bar, f'url(#{hatch})' if bar.hatch else '')}"

    def _hatch(self, bar: primitives.Rectangle, name: str) -> str:
        """Write the pattern that a hatched bar is filled with."""
        if not bar.hatch:
            return ""
        step = bar.hatch.step
        return (
            f'<pattern id="{name}" width="{step:.4g}" height="{step:.4g}"'
            f' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="{step:.4g}" height="{step:.4g}" fill="{self.colour(bar.hatch.ground)}"/>'
            f'<rect width="{step * primitives.HATCHED:.3g}" height="{step:.4g}" fill="{self.colour(bar.fill)}"/>'
            "</pattern>"
        )

    def rectangle(self, drawn: primitives.Rectangle, fill: str = "", more: str = "") -> str:
        """Write a rectangle. Edges are rounded, not sizes, so that what ends and begins at one place meets
        there."""
        left, right = (round(x, 1) for x in sorted(map(self.x, drawn.x)))
        top, bottom = (round(y, 1) for y in sorted(map(self.y, drawn.y)))
        size = f'width="{right - left:.1f}" height="{bottom - top:.1f}"'
        head = f'<rect x="{left:.1f}" y="{top:.1f}" {size} fill="{fill or self.colour(drawn.fill)}"'
        return _closed(f"{head}{self._stroke(drawn.outline)}{more}", "rect", _title(drawn.words))

    def _dots(self, dot: primitives.Dot) -> str:
        places = [(self.x(x), self.y(y)) for x, y in dot.places]
        if len(places) > _MANY and not dot.words:
            return self._many(dot, places)
        paint = f' fill="{self.colour(dot.colour)}"{self._stroke(dot.outline)}'
        title = _title(dot.words)
        if len(places) == 1:
            ((x, y),) = places
            sign = _sign(dot.symbol, x, y, dot.size / 2)
            return _closed(sign + paint, sign.split(" ", 1)[0][1:], title)
        signs = "".join(f"{_sign(dot.symbol, x, y, dot.size / 2)}{paint}/>" for x, y in places)
        return f"<g>{title}{signs}</g>" if places else ""

    def _many(self, dot: primitives.Dot, places: Sequence[primitives.Place]) -> str:
        """Write thousands of equal dots as one path: each a line of no length with round ends."""
        path = "".join(f"M{_short(round(10 * x))} {_short(round(10 * y))}h0" for x, y in places)
        return (
            f'<path d="{path.replace(" -", "-")}" fill="none" stroke="{self.colour(dot.colour)}"'
            f' stroke-width="{dot.size:.3g}" stroke-linecap="round"/>'
        )

    def _area(self, area: primitives.Path) -> str:
        """Write a filled area, which may have several parts, in steps: a map has thousands."""
        path = "".join(f"{self._steps(part)}Z" for part in area.parts)
        code = f' data-a="{area.code}"' if self.paint and area.code else ""
        head = f'<path{code} d="{path}" fill="{self.colour(area.fill)}"{self._stroke(area.outline)}'
        return _closed(head, "path", _title(area.words))

    def _stroke(self, outline: primitives.Outline | primitives.Polyline | None) -> str:
        if not outline or not outline.width:
            return ""
        return f' stroke="{self.colour(outline.colour)}" stroke-width="{outline.width:.3g}"'

    # --- shapes and texts ---------------------------------------------------------------------------

    def _shape(self, drawn: primitives.Rectangle | primitives.Polyline) -> str:
        if isinstance(drawn, primitives.Rectangle):
            return self.rectangle(drawn)
        path = "".join(map(self._steps, drawn.parts))
        return f'<path d="{path}" fill="none"{self._stroke(drawn)}/>'

    def _steps(self, part: Sequence[primitives.Place]) -> str:
        """Write a path to a tenth of a px, each point by its distance from the one before; points on the way
        straight to the next one are left out. What does not move is its place alone."""
        tenths = [(round(10 * self.x(x)), round(10 * self.y(y))) for x, y in part]
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

    def _logo(self, logo: primitives.Logo) -> str:
        return (
            f'<image x="{logo.left:.1f}" y="{logo.top:.1f}" width="{logo.width:.1f}" height="{logo.height:.1f}"'
            f' href="data:image/png;base64,{b64encode(logo.png).decode()}"/>'
        )

    def _text(self, text: primitives.Lettering) -> str:
        """Write lines of text, placed as plotly places them: the block by its anchors, then shifted."""
        x = self.x(text.x, text.x_on) + text.shift[0]
        y = self.y(text.y, text.y_on) - text.shift[1]
        high = LINE * text.size
        height = len(text.lines) * high
        top = y - {"top": 0.0, "middle": height / 2, "bottom": height}[text.vertical]
        weight = "" if text.weight == theme.REGULAR else f' font-weight="{theme.CSS_WEIGHTS[text.weight]}"'
        head = (
            f'<text x="{x:.1f}" font-size="{text.size:g}" fill="{self.colour(text.colour)}"'
            f' text-anchor="{_ANCHORS[text.anchor]}"{weight}'
        )
        lines = [
            (escape(line, quote=False), top + (at + 0.5) * high + _BASELINE * text.size)
            for at, line in enumerate(text.lines)
        ]
        ground = self._ground(text, x, top, height) if text.ground else ""
        if len(lines) == 1:
            return f'{ground}{head} y="{lines[0][1]:.1f}">{lines[0][0]}</text>'
        spans = "".join(f'<tspan x="{x:.1f}" y="{at:.1f}">{line}</tspan>' for line, at in lines)
        return f"{ground}{head}>{spans}</text>"

    def _ground(self, text: primitives.Lettering, x: float, top: float, height: float) -> str:
        """Write what hides the lines behind a text."""
        width = max(theme.text_width(line, text.size, text.weight) for line in text.lines)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[text.anchor]
        return (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
            f' fill="{self.colour(text.ground)}"/>'
        )


def _closed(head: str, tag: str, inside: str) -> str:
    return f"{head}>{inside}</{tag}>" if inside else f"{head}/>"


def _title(words: primitives.Words | None) -> str:
    """Write what is said when the pointer rests on a mark."""
    return f"<title>{escape(': '.join(words))}</title>" if words else ""


def _short(tenths: int) -> str:
    """Write tenths as a number without what can be left out: .5, -12, 3.1."""
    number = f"{tenths / 10:.10g}"
    return number.replace("0.", ".", 1) if abs(tenths) < 10 else number


def _sign(symbol: primitives.Symbol, x: float, y: float, r: float) -> str:
    if symbol == "square":
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.2f}" height="{2 * r:.2f}"'
    if symbol == "triangle-right":
        half, left = r * _TRIANGLE, x - r / 2
        return f'<path d="M{left:.1f},{y - half:.1f}V{y + half:.1f}L{x + r:.1f},{y:.1f}Z"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.2f}"'
