"""Charts of the package: drawn by the server, live in the browser, or as tables where these are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.blocks import ChartFrame, Cited, Division, PageTable, Stage
from dashboards.components.browser import SvgDrawing, dashed
from dashboards.components.comparing import chart_compared
from dashboards.components.points import ZOOMED, touched
from dashboards.components.tables import table
from dashboards.components.texts import copy_button, downloads, evidence_button, place_link
from dashboards.reading import Reading
from ennum_stats.charts import Chart, chart
from ennum_stats.document.blocks import ChartBlock, Folded, Heading, Paragraph
from ennum_stats.drawing import DARK, LIGHT, figure_dict
from ennum_stats.drawing.picture import WIDTHS, size_of
from ennum_stats.drawing.svg import page_svg
from ennum_stats.drawing.theme import Size
from ennum_stats.errors import message
from ennum_stats.languages import number, plural, translate_plural
from ennum_stats.measures.schools.places import KINDS
from ennum_stats.table import ValueColumn
from ennum_stats.wording.amounts import above, below

_LOW, _ROW, _LEAST, _MORE_ON_PHONE = 280, 42, 4, 1.6
"""How high a small chart is at most, what a mark of it needs, of how many at least, and how much more a phone needs."""
CHART_HEADING = "-heading"
"""What the id of a chart's heading ends with."""
VALUES = message("The values as a table")
SOURCES_BELOW = plural("Source:", "Sources:")


def fitted(drawn: Chart, width: str, px: int, height: int) -> Size:
    """Give the size of a live chart in the place of its drawing: as wide as there is room, as high as the
    drawing is shown there, its type larger where that is enlarged."""
    size = size_of(drawn, width)
    return replace(size, width=px, height=height, em=size.em * max(1, height / size.height))


def declared(reading: Reading, name: str) -> Chart:
    """Declare a chart in the euros, units and calls that are chosen for the page."""
    return chart(
        reading.ledger, name, reading.language, prices=reading.prices, calls=reading.chosen("call"),
        shares=reading.chosen("share"), provinces=reading.chosen("province"),
        units=reading.units,
    )  # fmt: skip


def chart_figure(reading: Reading, name: str, *, is_alone: bool = False) -> ChartFrame:
    """Make a chart by name, with its title, source, table, evidence and files."""
    return drawn_figure(reading, declared(reading, name), is_alone=is_alone)


def drawn_figure(
    reading: Reading, drawn: Chart, *, is_alone: bool = False, table_label: str = ""
) -> ChartFrame:
    """Make a chart that was declared already; where charts are read as tables, its table in its place. Its files
    stand beside it on the page of its evidence alone. Of one of which nothing was known on the day, its title says
    so, and there is nothing to draw, copy or download."""
    if drawn.is_empty:
        return ChartFrame(
            (
                Heading(2, (drawn.title,), f"{drawn.name}{CHART_HEADING}"),
                Paragraph((drawn.subtitle,), "subtitle"),
            ),
            "chart",
        )
    page, values = f"chart/{drawn.name}", chart_table(reading, drawn)
    label = table_label or reading.t(VALUES)
    folded = Folded((label,), (values,), is_alone, anchor=f"{drawn.name}-values")
    is_table = reading.choice("charts") == "tables"
    tools: list[Component] = [] if is_alone else [evidence_button(reading, page, drawn.title, has_files=True)]
    copied = f"{drawn.title}. {drawn.source_line}"
    tools.append(copy_button(reading, drawn.title, copied, reading.evidence(page)))
    tools += chart_compared(reading, drawn.name, drawn.title)
    files = downloads(reading, page, ("csv", "xlsx", "png", "svg"), drawn.title) if is_alone else []
    below = [*([] if is_table else [folded]), Paragraph(tuple(tools), "tools"), *files]
    return framed(drawn, values if is_table else Stage(drawn), below, "chart alone" if is_alone else "chart")


def small_chart(reading: Reading, name: str, *, has_note: bool = True) -> ChartFrame:
    """Draw a chart low, with the way to its evidence and files; without its note among others that say the same."""
    drawn = declared(reading, name)
    if drawn.is_empty or reading.choice("charts") == "tables":
        return drawn_figure(reading, drawn)
    button = evidence_button(reading, f"chart/{name}", drawn.title, has_files=True)
    shown = drawn if has_note else replace(drawn, note="")
    return framed(
        shown,
        Stage(shown, height=min(_LOW, _ROW * max(_LEAST, len(shown.marks) + 1))),
        (Paragraph((button,), "tools"),),
    )


def framed(
    drawn: Chart, shown: ChartBlock | PageTable, below: Sequence[Any], style: str = "chart"
) -> ChartFrame:
    """Frame what is shown of a chart between its title and its sources, and what stands below these."""
    return ChartFrame(
        (
            Heading(2, (drawn.title,), f"{drawn.name}{CHART_HEADING}"),
            Paragraph((drawn.subtitle,), "subtitle"),
            shown,
            Division(sources_below(drawn), "caption"),
            *below,
        ),
        style,
    )


def sources_below(drawn: Chart) -> tuple[Paragraph, ...]:
    """Tell what stands below the drawing of a chart: its note, and where its numbers come from."""
    note = (Paragraph((drawn.note,)),) if drawn.note else ()
    if drawn.lists or drawn.registers or not drawn.sources:  # a list of documents would not have all of them
        return (*note, Paragraph((drawn.source_line,), "source"))
    lead = translate_plural(*SOURCES_BELOW, len(drawn.sources), drawn.language)
    return (*note, Paragraph((Cited((drawn.source_line,), drawn.sources, lead),), "source"))


def stage(reading: Reading, drawn: Chart, key: str, height: int = 0) -> html.Div:
    """Give the drawing in two widths, and the empty place on it where the live chart comes; on a desk as high as its
    kind is, unless told."""
    identity = {"chart": drawn.name, "place": reading.view.place}
    return html.Div(
        [
            *drawings(drawn, key, height),
            html.Div(id={"part": "live", **identity}, className="live", **dashed(aria_hidden="true")),
            touched(reading, drawn, key),
            dcc.Store(id={"part": "ask", **identity}),
        ],
        className="stage",
        **dashed(data_chart=drawn.name, data_place=reading.view.place),
    )


def drawings(drawn: Chart, key: str, height: int = 0) -> list[SvgDrawing]:
    """Draw a chart as on a desk and on a phone; as high as its kind is, unless told for the desk: a phone, whose type
    is larger beside its width, needs more."""
    wide, narrow = (size_of(drawn, width) for width in WIDTHS)
    sizes = (
        replace(wide, height=height or wide.height),
        replace(narrow, height=round(height * _MORE_ON_PHONE) or narrow.height),
    )
    return [
        SvgDrawing(page_svg(drawn, size, f"{key}-{width}"), f"drawing {width}")
        for width, size in zip(WIDTHS, sizes, strict=True)
    ]


def live_graph(
    reading: Reading, drawn: Chart, width: str, room: tuple[int, int] | None = None, *, is_dark: bool
) -> dcc.Graph:
    """Draw a chart as plotly does, from the same declaration; `room` is the width and height that it has
    on the page. What is pointed at is told by `assets/charts.js`, from `points`: plotly says nothing."""
    size = fitted(drawn, width, *room) if room else size_of(drawn, width)
    figure = figure_dict(drawn, size, DARK if is_dark else LIGHT, framed=False)
    for trace in figure["data"]:
        trace.pop("hovertemplate", None)
        trace["hoverinfo"] = "none" if trace.get("meta") else "skip"
    layout = figure["layout"] | {"dragmode": False, "hovermode": "closest" if drawn.areas else False}
    if drawn.kind in ZOOMED:
        layout["xaxis"]["fixedrange"] = False
        layout["meta"] = {**layout["meta"], "full": layout["xaxis"].get("range")}
        layout["dragmode"] = "zoom" if width == "wide" else False  # a finger scrolls the page
    return dcc.Graph(
        figure={**figure, "layout": layout}, responsive=False,
        config={
            "displayModeBar": False, "locale": reading.language, "scrollZoom": False,
            "doubleClick": "reset", "showTips": False, "showAxisDragHandles": False,
        },
    )  # fmt: skip


def chart_table(reading: Reading, drawn: Chart) -> PageTable:
    """Give the values of a chart as a table in words and numbers, bounds rounded outwards; a commune of a map leads to
    its page."""
    columns = drawn.table.columns
    places = {item.label: item.about for item in drawn.areas if item.about[0] in KINDS}
    rows: list[list[Any]] = [
        [_written(cell, column, reading.language) for cell, column in zip(row, columns, strict=True)]
        for row in drawn.table.rows
    ]
    for cells in rows:
        if place := places.get(str(cells[0])):
            cells[0] = place_link(reading, *place)
    numeric = {at for at, column in enumerate(columns) if column.unit}
    header = [column.name for column in columns]
    return table(f"{drawn.name}-table", drawn.title, header, rows, numeric=numeric)


_OUTWARDS = {"lower": below, "upper": above}
_TENTH_OF_PERCENT = Decimal("0.001")


def _written(cell: Any, column: ValueColumn, language: str) -> str:
    if cell is None:
        return "–" if column.unit else ""
    if isinstance(cell, str):
        return cell
    if column.unit == "share":
        cell = _OUTWARDS[column.bound](cell, _TENTH_OF_PERCENT) if column.bound else cell
        return number(cell * 100, language, 1) + "\u00a0%"
    return number(cell, language)
