"""Draw in plotly's terms: traces, texts and shapes, with px kept free for labels.

Every place is computed here, in px of a canvas, and none by plotly's automatic margins, so that a picture
does not depend on the typefaces of the machine that draws it. Texts carry the coordinates of the data and
are shifted by px from there: a figure may be resized on a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal, TypedDict, Unpack

from ennum_stats.charts.spec import Area, Mark
from ennum_stats.drawing.theme import FALLBACK, REGULAR, SEMIBOLD, Theme, text_width, wrapped

LINE = 1.3
"""The distance of two lines of text, in font sizes: plotly's own."""
XAnchor = Literal["left", "center", "right"]
YAnchor = Literal["top", "middle", "bottom"]
_WEIGHTS = {REGULAR: 400, SEMIBOLD: 600}


class Style(TypedDict, total=False):
    """Say how a text looks, and what its place counts from.

    `size` is in em; `ground` is a colour that hides what is behind the text. The place counts from the
    data, or from the "paper" of the plot area, which runs from 0 to 1.
    """

    size: float
    colour: str | None
    weight: str
    ground: str
    xref: str
    yref: str


@dataclass
class Canvas:
    """Hold a drawing of `width` × `height` px; `left` … `bottom` are px kept free of data for labels."""

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
    data: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    xaxis: dict[str, Any] = field(default_factory=dict)
    yaxis: dict[str, Any] = field(default_factory=dict)
    touched: list[tuple[Mark | Area, tuple[float, float], tuple[float, float]]] = field(
        default_factory=list
    )
    """Where a reader touches each mark: a box of the data."""

    @property
    def plot_width(self) -> float:
        """The width of the plot area, in px."""
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> float:
        """The height of the plot area, in px."""
        return self.height - self.top - self.bottom

    def axes(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Set the axes, without line, grid and ticks, from and to these values."""
        for axis, ends in ((self.xaxis, x), (self.yaxis, y)):
            axis |= {
                "range": list(ends), "visible": False, "fixedrange": True, "zeroline": False,
                "showgrid": False,
            }  # fmt: skip

    def require_px(self, px: float, there: float) -> None:
        """Record that `px` are needed where `there` are free. Where they do not fit, the chart is drawn
        again in smaller type."""
        self.overflow = max(self.overflow, px - there)

    def px_x(self, px: float) -> float:
        """Convert px along the x axis to its own values."""
        first, last = self.xaxis["range"]
        return float(px / self.plot_width * (last - first))

    def px_y(self, px: float) -> float:
        """Convert px along the y axis to its own values."""
        first, last = self.yaxis["range"]
        return float(px / self.plot_height * (last - first))

    def trace(self, **properties: Any) -> None:
        """Add a trace of plotly; its `customdata` is what hovering shows. Its id is set, because plotly's
        own is random."""
        hover = "%{customdata}<extra></extra>"
        uid = f"trace{len(self.data) + 1}"
        self.data.append({"uid": uid, "showlegend": False, "hovertemplate": hover} | properties)

    def touch(self, mark: Mark | Area, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Tell where a mark is touched, whatever it is drawn as."""
        self.touched.append((mark, x, y))

    def touch_at(self, mark: Mark | Area, x: float, y: float, px: float) -> None:
        """Tell the same of a point, so many px around it."""
        dx, dy = abs(self.px_x(px)), abs(self.px_y(px))
        self.touch(mark, (x - dx, x + dx), (y - dy, y + dy))

    def text(
        self,
        x: float,
        y: float,
        lines: str | list[str],
        *,
        anchor: XAnchor = "center",
        vertical: YAnchor = "middle",
        shift: tuple[float, float] = (0, 0),
        **style: Unpack[Style],
    ) -> None:
        """Write lines of text at a place of the data, shifted by px to the right and upwards."""
        rows = [lines] if isinstance(lines, str) else lines
        font = self.font(style.get("size", 1), style.get("colour"), style.get("weight", REGULAR))
        self.annotations.append(
            {
                "x": x, "y": y, "xref": style.get("xref", "x"), "yref": style.get("yref", "y"),
                "text": "<br>".join(escape(row, quote=False) for row in rows),
                "xanchor": anchor, "align": anchor, "yanchor": vertical,
                "xshift": shift[0], "yshift": shift[1],
                "showarrow": False, "borderpad": 0, "captureevents": False,
                "font": font, "bgcolor": style.get("ground"),
            }
        )  # fmt: skip

    def font(
        self, size: float = 1, colour: str | None = None, weight: str = REGULAR
    ) -> dict[str, Any]:
        """Return a font of `size` em."""
        return {
            "family": FALLBACK, "size": round(size * self.em, 2),
            "color": colour or self.theme.text, "weight": _WEIGHTS[weight],
        }  # fmt: skip

    def box(self, x: tuple[float, float], y: tuple[float, float], fill: str, **more: Any) -> None:
        """Draw a filled rectangle of the data, below the traces unless `more` says otherwise."""
        self.shapes.append(
            {
                "type": "rect", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1], "fillcolor": fill,
                "line": {"width": 0}, "layer": "below",
            } | more
        )  # fmt: skip

    def line(
        self, points: list[tuple[float, float]], colour: str, width: float = 1, **more: Any
    ) -> None:
        """Draw a line through points of the data, `width` px wide."""
        path = "M" + "L".join(f"{x:g},{y:g}" for x, y in points)
        self.shapes.append(
            {
                "type": "path", "path": path, "line": {"color": colour, "width": width},
                "layer": "below",
            } | more
        )  # fmt: skip

    def lines_of(
        self, text: str, width: float, size: float = 1, weight: str = REGULAR
    ) -> list[str]:
        """Break a text into lines no wider than `width` px."""
        return wrapped(text, width, size * self.em, weight)

    def width_of(self, text: str, size: float = 1, weight: str = REGULAR) -> float:
        """Return the px that a line of text needs."""
        return text_width(text, size * self.em, weight)


def hover_words(mark: Mark) -> str:
    """Write what hovering over a mark shows: its name, and below it its value in full."""
    return f"{mark.name}<br>{mark.words}"
