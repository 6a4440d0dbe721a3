"""A graph of ordinary Dash before its script is there: a drawing of its figure, or the values of the figure."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from ennum_stats.drawing.sketch import MOST_ROWS, SIZE, sketched, values_of


def still_graph(figure: Any, style: Mapping[str, Any]) -> str:
    """Write what a graph shows, as high as plotly will draw it; an empty place where it has no figure yet."""
    height = _height(figure, style)
    if figure is None:
        return f'<div class="to-come" style="height:{height}px"></div>'
    svg = sketched(figure, SIZE[0], height)
    if svg:
        return f'<div class="sketch" style="height:{height}px">{svg}</div>'
    header, rows = values_of(figure)
    if not 0 < len(rows) <= MOST_ROWS:
        return f'<div class="to-come" style="height:{height}px"></div>'
    cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    return (
        f'<div class="scroll" style="height:{height}px" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>'
        f"{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table></div>"
    )


def _height(figure: Any, style: Mapping[str, Any]) -> int:
    height = str(style.get("height", "")).removesuffix("px")
    given = height if height.isdigit() else figure and figure["layout"]["height"]
    return int(given or SIZE[1])
