"""Tables: native ones, sorted by a click on a heading, which serve up to some hundred rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from dashboards.components.browser import Sort, dashed
from dashboards.components.comparing import rows_compared, table_compared
from dashboards.components.texts import downloads, marked, place_link
from ennum_stats.errors import message
from ennum_stats.measures.catalogue import measure_rows
from ennum_stats.measures.labels import worded_rows
from ennum_stats.measures.schools.places import KINDS, place_codes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboards.reading import Reading
    from ennum_stats.measures.measure_table import MeasureTable

Cell = str | Component
"""What stands in a cell: a text, or a component such as a link."""
_OWN_LANGUAGE = "fr"
SORT_BY = message("Sort by {column}")
SIDEWAYS = message("Table that may be moved sideways")
OF_SERVICE = ("lists", "registers")
"""Columns whose lists and registers have names for the service only."""
_SORTABLE = 3
"""Rows from which sorting tells something."""
_LONG = 48
"""Characters from which a cell is given more room."""


def table(
    reading: Reading,
    name: str,
    caption: str,
    header: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    *,
    numeric: Collection[int] = (),
    foreign: Collection[int] = (),
    ordered: Mapping[int, str] | None = None,
) -> html.Div:
    """Rows in words, or components. Columns in `numeric` stand to the right and are sorted by their numbers;
    those in `foreign` hold what stays in the language of the service, which is French. A table that is
    `ordered` by a column, "ascending" or "descending", is sorted by its address: here is only a part."""
    head = [
        html.Th(
            Sort(text, reading.t(SORT_BY, column=text))
            if isinstance(text, str) and text and len(rows) >= _SORTABLE and ordered is None
            else text,
            scope="col",
            className="numeric" if i in numeric else None,
            **dashed(aria_sort=(ordered or {}).get(i)),
        )
        for i, text in enumerate(header)
    ]
    body = [
        html.Tr([_cell(reading, i, text, i in numeric, i in foreign) for i, text in enumerate(row)])
        for row in rows
    ]
    told = html.Caption(marked(caption, reading.language))
    drawn = html.Table(
        [told, html.Thead(html.Tr(head)), html.Tbody(body)], id=reading.view.id(name)
    )
    return scrolled(reading, drawn)


def scrolled(reading: Reading, drawn: html.Table, kind: str = "") -> html.Div:
    """The place of a table, which scrolls where there is no room for it. It has a name of its own: the table
    is named by its caption, and no name is read twice."""
    return html.Div(
        drawn, className=f"scroll {kind}".strip(), role="group", tabIndex="0",
        **dashed(aria_label=reading.t(SIDEWAYS)),
    )  # fmt: skip


def _cell(
    reading: Reading, column: int, told: Cell, is_numeric: bool, is_foreign: bool
) -> Component:
    props: dict[str, Any] = {}
    if is_numeric:
        props["className"] = "numeric"
    elif not isinstance(told, str) or len(told) > _LONG:
        props["className"] = "long"
    if is_foreign and told != "" and reading.language != _OWN_LANGUAGE:
        props["lang"] = _OWN_LANGUAGE
    shown = marked(told, reading.language) if isinstance(told, str) and not is_foreign else told
    return html.Td(shown, **props) if column else html.Th(shown, scope="row", **props)


def table_section(
    reading: Reading,
    name: str,
    heading: str,
    header: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    *,
    files: Sequence[Component] = (),
    **options: Any,
) -> html.Section:
    """A heading with a table, whose caption is left to readers of screens, and links to it as files; other
    options are those of `table`."""
    drawn = table(reading, name, heading, header, rows, **options)
    title = html.H2(marked(heading, reading.language))
    return html.Section([title, drawn, *files], className="table-section")


def measure_table(
    reading: Reading, name: str, heading: str, *, by: str = "", prices: str = ""
) -> html.Section:
    """A measure of the package, with its files; a commune, province or network leads to its page."""
    found = measure_rows(reading.ledger, name, by or None, prices=prices)
    header, texts, numeric = worded(reading, found)
    rows: list[list[Cell]] = [[*row] for row in texts]
    if by in KINDS:
        codes = place_codes(reading.ledger, by)
        for row, one in zip(rows, found.rows, strict=True):
            code = getattr(one, "part", None)
            row[0] = place_link(reading, by, code) if code in codes else row[0]
    parts = [getattr(one, "part", None) for one in found.rows]
    named, rows = rows_compared(reading, name, by, parts, header, rows)
    asked: Mapping[str, str] = {k: v for k, v in (("by", by), ("prices", prices)) if v}
    files = downloads(reading, f"table/{name}", ("csv", "xlsx"), heading, **asked)
    files += table_compared(reading, name, by, heading)
    return table_section(
        reading, f"{name}-table", heading, named, rows, files=files, numeric=numeric
    )


def worded(
    reading: Reading, found: MeasureTable[object], hidden: Collection[str] = ()
) -> tuple[list[str], list[list[str]], set[int]]:
    """The headings and rows of a measure in words, and which of its columns hold numbers; without the columns
    `hidden`, and those whose lists and registers have names for the service only."""
    header, rows = worded_rows(reading.ledger, found, reading.language)
    left_out = {
        reading.t(found.column(name).label)
        for name in found.columns
        if name in hidden or name in OF_SERVICE
    }
    counted = {reading.t(found.column(name).label) for name in found.answers}
    kept = [at for at, name in enumerate(header) if name not in left_out]
    numeric = {place for place, at in enumerate(kept) if header[at] in counted}
    return [header[at] for at in kept], [[row[at] for at in kept] for row in rows], numeric
