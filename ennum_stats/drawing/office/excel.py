"""Draw charts as Excel's own, from the cells of their sheets: columns, bars, or lines between two bounds.

Where only bounds of a value are known, both are drawn, and never a bar up to the upper one alone.
"""

from __future__ import annotations

from typing import Any

from ennum_stats.charts.spec import Chart, Mark
from ennum_stats.drawing import theme
from ennum_stats.drawing.theme import LIGHT
from ennum_stats.typography import NBSP
from ennum_stats.wording import money
from ennum_stats.wording.amounts import Scale

_MILLION = 1_000_000
_WIDTH, _ROW_HEIGHT, _MARGIN = 720, 30, 120
_KINDS = {"columns": "column", "ranges": "line", "map": "", "spans": ""}
"""Excel's kinds of chart; of what is not named here, bars."""
_DASHES = ("solid", "dash", "round_dot", "dash_dot", "long_dash")
"""Lines are told apart by their dashes, without colour."""
_FONT = {"name": theme.EXCEL_TYPEFACE, "size": 10, "color": theme.LIGHT.text}
_LINE = {"color": theme.LIGHT.line}


def excel_chart(book: Any, chart: Chart, sheet: str, top: int) -> Any:
    """Make Excel's chart of the table that begins in row `top`; None where there is nothing to draw."""
    kind, columns = _KINDS.get(chart.kind, "bar"), _value_columns(chart)
    if not kind or not columns:
        return None
    drawn = book.add_chart({"type": kind})
    for order, index in enumerate(columns):
        drawn.add_series(_series(chart, sheet, top, index, kind, order))
    drawn.set_title({"name": chart.title, "overlay": False, "name_font": _FONT | {"size": 13}})
    height = _MARGIN + _ROW_HEIGHT * len(chart.table.rows) * len(columns)
    drawn.set_size({"width": _WIDTH, "height": max(380, height) if kind == "bar" else 400})
    drawn.set_legend({"none": True} if len(columns) == 1 else {"position": "bottom", "font": _FONT})
    _axes(drawn, chart, kind)
    return drawn


def money_format(language: str, currency: str = "EUR", scale: Scale = "one") -> str:
    """Return Excel's number format of a sum, with the currency where the language writes it."""
    sample = money(_MILLION if scale == "million" else 1, language, scale, currency=currency)
    before, after = ("\\ ".join(f'"{word}"' if word else "" for word in part.split(NBSP))
                     for part in sample.split("1"))  # fmt: skip
    return before + ("0.0,," if scale == "million" else "#,##0") + after


def _number_format(chart: Chart) -> str:
    if chart.unit == "EUR":
        return money_format(chart.language, scale="million")
    if chart.unit == "EUR/project":
        return money_format(chart.language)
    return "0%" if chart.unit == "share" else "#,##0"


def _axes(drawn: Any, chart: Chart, kind: str) -> None:
    """Set the axes. Values are written on the marks; only lines need an axis of values."""
    names = {"num_font": _FONT, "line": _LINE, "major_gridlines": {"visible": False}}
    values = {"min": 0, "num_format": _number_format(chart), "num_font": _FONT}
    values |= {"line": {"none": True}, "visible": kind == "line"}
    values |= {"major_gridlines": {"visible": kind == "line", "line": _LINE}}
    if kind == "bar":  # otherwise Excel puts the first row at the bottom
        drawn.set_y_axis(names | {"reverse": True})
        drawn.set_x_axis(values)
    else:
        drawn.set_x_axis(names)
        drawn.set_y_axis(values)


def _value_columns(chart: Chart) -> list[int]:
    """Choose the columns to draw: values; or both bounds, where a missing value has bounds."""
    numeric = [
        index
        for index, column in enumerate(chart.table.columns)
        if column.unit == chart.unit and any(row[index] is not None for row in chart.table.rows)
    ]
    if chart.kind == "ranges":
        return numeric
    has_bounds_alone = any(mark.quantity is not None and mark.quantity.value is None for mark in chart.marks)
    return numeric[-2:] if has_bounds_alone and len(numeric) >= 2 else numeric[:1]


def _series(chart: Chart, sheet: str, top: int, index: int, kind: str, order: int) -> dict[str, Any]:
    first, last = top + 1, top + len(chart.table.rows)
    series: dict[str, Any] = {
        "name": [sheet, top, index],
        "categories": [sheet, first, 0, last, 0],
        "values": [sheet, first, index, last, index],
    }
    if kind == "line":
        dash = _DASHES[order % len(_DASHES)]
        return series | {"line": {"color": theme.LIGHT.text, "width": 2, "dash_type": dash}}
    is_light = order == 1  # the upper bound
    colours = [_colour(mark, is_light=is_light) for mark in chart.marks]
    most = max(colours, key=colours.count, default=theme.LIGHT.muted)
    labels = {"value": True, "font": _FONT, "num_format": _number_format(chart)}
    series |= {"fill": {"color": most}, "data_labels": labels, "gap": 60}
    if len(chart.marks) == len(chart.table.rows):
        series["points"] = [_fill(mark, is_light=is_light) for mark in chart.marks]
    return series


def _fill(mark: Mark, *, is_light: bool) -> dict[str, Any]:
    """Return the fill of a mark: its colour, hatched where planned, outlined where not reached, as in the
    kit."""
    colour = _colour(mark, is_light=is_light)
    if mark.state == "planned":
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": "#FFFFFF"}
        return {"pattern": pattern, "border": {"color": colour}}
    if mark.state == "rest":
        return {"fill": {"color": "#FFFFFF"}, "border": {"color": colour, "width": 1.5}}
    return {"fill": {"color": colour}}


def _colour(mark: Mark, *, is_light: bool) -> str:
    return LIGHT.tint(mark.colour) if is_light else LIGHT.colour(mark.colour)
