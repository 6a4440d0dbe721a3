"""Lay out marks in the terms of their data, with px kept free for labels.

Every place is computed here, in px of a canvas, and none by plotly's automatic margins, so that a picture
does not depend on the typefaces of the machine that draws it. Texts carry the coordinates of the data and
are shifted by px from there: a figure may be resized on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from ennum_stats.charts.spec import Area, Mark
from ennum_stats.drawing import primitives
from ennum_stats.drawing.theme import REGULAR, Theme, text_width, wrapped

LINE = 1.3
"""The distance of two lines of text, in font sizes: plotly's own."""


class Style(TypedDict, total=False):
    """Say how a text looks: `size` in em, and a `ground` that hides what is behind it."""

    size: float
    colour: str
    weight: str
    ground: str


@dataclass
class Canvas:
    """Hold a drawing of `width` × `height` px while it is laid out, in the layers of `primitives.Drawing`;
    `left` … `bottom` are px kept free of data for labels."""

    width: float
    height: float
    em: float
    theme: Theme
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    overflow: float = 0
    """The most px by which something did not fit at this type size; 0 where all fits."""
    x: primitives.Ends = (0, 1)
    y: primitives.Ends = (0, 1)
    is_upright: bool = False
    below: list[primitives.Rectangle | primitives.Polyline] = field(default_factory=list)
    bars: list[tuple[primitives.Rectangle, ...]] = field(default_factory=list)
    points: list[primitives.Dot | primitives.Path] = field(default_factory=list)
    above: list[primitives.Rectangle | primitives.Polyline] = field(default_factory=list)
    texts: list[primitives.Lettering] = field(default_factory=list)
    touched: list[tuple[Mark | Area, primitives.Ends, primitives.Ends]] = field(default_factory=list)
    """Where a reader touches each mark: a box of the data."""

    @property
    def plot_width(self) -> float:
        """The width of the plot area, in px."""
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> float:
        """The height of the plot area, in px."""
        return self.height - self.top - self.bottom

    def require_px(self, px: float, there: float) -> None:
        """Record that `px` are needed where `there` are free. Where they do not fit, the chart is drawn
        again in smaller type."""
        self.overflow = max(self.overflow, px - there)

    def px_x(self, px: float) -> float:
        """Convert px along the x axis to its own values."""
        return px / self.plot_width * (self.x[1] - self.x[0])

    def px_y(self, px: float) -> float:
        """Convert px along the y axis to its own values."""
        return px / self.plot_height * (self.y[1] - self.y[0])

    def box(self, x: primitives.Ends, y: primitives.Ends, fill: str, *, is_above: bool = True) -> None:
        """Draw a filled rectangle that says nothing, above what says something or below it."""
        (self.above if is_above else self.below).append(primitives.Rectangle(x, y, fill))

    def line(self, *points: primitives.Place, colour: str, width: float = 1, is_above: bool = True) -> None:
        """Draw a line through points of the data, `width` px wide."""
        (self.above if is_above else self.below).append(primitives.Polyline((points,), colour, width))

    def touch(self, mark: Mark | Area, x: primitives.Ends, y: primitives.Ends) -> None:
        """Tell where a mark is touched, whatever it is drawn as."""
        self.touched.append((mark, x, y))

    def text(
        self,
        x: float | None,
        y: float,
        lines: str | Sequence[str],
        *,
        anchor: primitives.Anchor = "center",
        vertical: primitives.Side = "middle",
        shift: tuple[float, float] = (0, 0),
        **style: Unpack[Style],
    ) -> None:
        """Write lines of text at a place of the data, shifted by px to the right and upwards; without `x` at
        the left edge, where they stay when the axis is zoomed."""
        right, up = shift
        is_at_edge = x is None
        self.texts.append(
            primitives.Lettering(
                x or 0, y, (lines,) if isinstance(lines, str) else tuple(lines),
                round(style.get("size", 1) * self.em, 2),
                style.get("colour") or self.theme.text, style.get("weight", REGULAR),
                "left" if is_at_edge else anchor, vertical,
                (right - self.left if is_at_edge else right, up), style.get("ground", ""),
                x_on="paper" if is_at_edge else "x",
            )
        )  # fmt: skip

    def stack(
        self,
        x: float | None,
        y: float,
        texts: Iterable[tuple[Sequence[str], Style]],
        *,
        anchor: primitives.Anchor = "left",
        shift: tuple[float, float] = (0, 0),
    ) -> None:
        """Write texts one below the other, from a place downwards."""
        right, up = shift
        for lines, style in texts:
            self.text(x, y, lines, anchor=anchor, vertical="top", shift=(right, up), **style)
            up -= len(lines) * LINE * style.get("size", 1) * self.em

    def lines_of(self, text: str, width: float, size: float = 1, weight: str = REGULAR) -> list[str]:
        """Break a text into lines no wider than `width` px."""
        return wrapped(text, width, size * self.em, weight)

    def width_of(self, text: str, size: float = 1, weight: str = REGULAR) -> float:
        """Return the px that a line of text needs."""
        return text_width(text, size * self.em, weight)


def hover_words(mark: Mark) -> primitives.Words:
    """Give what pointing at a mark shows: its name, and its value in full."""
    return mark.name, mark.words
