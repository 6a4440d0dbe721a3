"""Hold what is drawn, in six primitives: layouts say them, writers read them.

Places count from the data of two axes, so that a figure may be zoomed; sizes, outlines and shifts are px.
What stands over what is said by the layers of a `Drawing`, and not by an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ennum_stats.drawing.theme import REGULAR, Size, Theme

Ends = tuple[float, float]
"""From and to, on an axis."""
Place = tuple[float, float]
Words = tuple[str, str]
"""What a mark says of itself where it is pointed at: its name, and its value in full."""
Anchor = Literal["left", "center", "right"]
Side = Literal["top", "middle", "bottom"]
Symbol = Literal["circle", "square", "triangle-right"]
HATCHED = 0.25
"""The share of a hatched ground that its strokes cover."""


@dataclass(frozen=True)
class Outline:
    """Hold the colour of a line around something, and its width in px."""

    colour: str
    width: float


@dataclass(frozen=True)
class Hatch:
    """Hold what lies between the strokes of a hatched rectangle, and their distance in px."""

    ground: str
    step: float


@dataclass(frozen=True)
class Rectangle:
    """Hold a bar, a band or a track."""

    x: Ends
    y: Ends
    fill: str
    words: Words | None = None
    outline: Outline | None = None
    hatch: Hatch | None = None


@dataclass(frozen=True)
class Polyline:
    """Hold straight lines through points, in one or more parts."""

    parts: tuple[tuple[Place, ...], ...]
    colour: str
    width: float = 1


@dataclass(frozen=True)
class Lettering:
    """Hold lines of text at a place, shifted by px to the right and upwards; `ground` is a colour that hides
    what is behind them. On "paper" a place counts from the plot area, which runs from 0 to 1."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    colour: str
    weight: str = REGULAR
    anchor: Anchor = "center"
    vertical: Side = "middle"
    shift: tuple[float, float] = (0, 0)
    ground: str = ""
    x_on: Literal["x", "paper"] = "x"
    y_on: Literal["y", "paper"] = "y"


@dataclass(frozen=True)
class Dot:
    """Hold a sign `size` px wide, at one place or at many that say the same."""

    places: tuple[Place, ...]
    size: float
    colour: str
    symbol: Symbol = "circle"
    outline: Outline | None = None
    words: Words | None = None


@dataclass(frozen=True)
class Path:
    """Hold a filled area of one or more parts; `code` is that of the commune that it is."""

    parts: tuple[tuple[Place, ...], ...]
    fill: str
    words: Words | None
    outline: Outline | None = None
    code: str = ""


@dataclass(frozen=True)
class TouchArea:
    """Hold where something is touched, whatever it is drawn as: its place among marks, then areas."""

    place: int
    x: Ends
    y: Ends


@dataclass(frozen=True)
class Signature:
    """Hold who signs a picture that is seen alone: the name, whose the drawing is, and a logo as PNG where there
    is one."""

    name: str = ""
    credit: str = ""
    logo: bytes = b""

    @property
    def proportion(self) -> float:
        """How many times as wide as high the logo is, by the head of its file; 0 where there is none."""
        wide, high = (int.from_bytes(self.logo[at : at + 4], "big") for at in (16, 20))
        return wide / high if high else 0


@dataclass(frozen=True)
class Logo:
    """Hold a PNG picture and its place in px from the upper left of the whole."""

    png: bytes
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """Hold a chart laid out in a format, in layers from below to above.

    `left` … `bottom` are the px around the plot area, `x` and `y` the ends of its axes.
    """

    size: Size
    """The format, as high as the chart needs it."""
    em: float
    theme: Theme
    left: float
    right: float
    top: float
    bottom: float
    x: Ends
    y: Ends
    is_upright: bool
    """Whether bars stand."""
    below: tuple[Rectangle | Polyline, ...]
    bars: tuple[tuple[Rectangle, ...], ...]
    """Series of bars; each of them says something."""
    points: tuple[Dot | Path, ...]
    above: tuple[Rectangle | Polyline, ...]
    texts: tuple[Lettering, ...]
    touched: tuple[TouchArea, ...]
    logo: Logo | None = None
