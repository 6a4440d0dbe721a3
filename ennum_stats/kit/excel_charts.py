"""A chart as Excel draws it, from the cells of its sheet: columns, bars, or lines between two bounds."""

from __future__ import annotations

from typing import Any

from ennum_stats.charts.specs import Chart, Mark
from ennum_stats.kit import look

_WIDTH, _HEIGHT = 720, 400
_TYPES = {
    "columns": {"type": "column"},
    "steps": {"type": "column"},
    "bars": {"type": "bar"},
    "shares": {"type": "bar"},
    "rows": {"type": "bar"},
    "grid": {"type": "bar"},
    "band": {"type": "line"},
}
_MILLIONS = '#,##0.0,,\\ "M€";;0'


def native_chart(book: Any, chart: Chart, sheet: str, top: int) -> Any:
    """Excel's chart of the table that begins in row `top`; None where nothing can be drawn of it."""
    kind = _TYPES.get(chart.kind)
    columns = _value_columns(chart)
    if kind is None or not columns:
        return None
    drawn = book.add_chart(kind)
    for index in columns:
        drawn.add_series(_series(chart, sheet, top, index, kind["type"]))
    font = {"name": look.TYPEFACE, "size": 10, "color": look.GREYS["ink"]}
    drawn.set_title({"name": chart.title, "overlay": False, "name_font": {**font, "size": 13}})
    drawn.set_size({"width": _WIDTH, "height": _HEIGHT})
    line = {"color": look.GREYS["line_grey"]}
    drawn.set_x_axis({"num_font": font, "line": line, "major_gridlines": {"visible": False}})
    grid = {"visible": kind["type"] == "line", "line": line}
    values = {"num_font": font, "line": {"none": True}, "min": 0, "major_gridlines": grid}
    if chart.unit == "EUR":
        values["num_format"] = _MILLIONS
    drawn.set_y_axis(values)
    if kind["type"] == "bar":
        reading_order = {"num_font": font, "line": line, "reverse": True}
        drawn.set_y_axis(values | {"crossing": "max"})
        drawn.set_x_axis(reading_order | {"major_gridlines": {"visible": False}})
    drawn.set_legend({"none": True} if len(columns) == 1 else {"position": "bottom", "font": font})
    return drawn


def _value_columns(chart: Chart) -> list[int]:
    """The columns that are drawn: values; of a band, or where no value is known, both bounds."""
    numeric = [
        index
        for index, column in enumerate(chart.table.columns)
        if column.unit == chart.unit and any(row[index] is not None for row in chart.table.rows)
    ]
    if chart.kind == "band":
        return numeric[-2:]
    return numeric[:1]


def _series(chart: Chart, sheet: str, top: int, index: int, kind: str) -> dict[str, Any]:
    first, last = top + 1, top + len(chart.table.rows)
    colours = [_colour(mark) for mark in chart.marks]
    series: dict[str, Any] = {
        "name": [sheet, top, index],
        "categories": [sheet, first, 0, last, 0],
        "values": [sheet, first, index, last, index],
    }
    if kind == "line":
        return series | {"line": {"color": look.GREYS["ink"], "width": 2}}
    font = {"name": look.TYPEFACE, "size": 10, "color": look.GREYS["ink"]}
    labels: dict[str, Any] = {"value": True, "font": font}
    if chart.unit == "EUR":
        labels["num_format"] = _MILLIONS
    points = [_fill(mark) for mark in chart.marks][: last - top]
    most = max(set(colours), key=colours.count, default=look.GREYS["grey"])
    return series | {
        "fill": {"color": most}, "data_labels": labels, "gap": 60, "points": points,
    }  # fmt: skip


def _fill(mark: Mark) -> dict[str, Any]:
    """The mark's own colour; what is planned is hatched, as in the kit."""
    colour = _colour(mark)
    if mark.state == "planned":
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": "#FFFFFF"}
        return {"pattern": pattern, "border": {"color": colour}}
    return {"fill": {"color": colour}}


def _colour(mark: Mark) -> str:
    return look.PROGRAMME_COLOURS.get(mark.colour, look.GREYS["grey"])
