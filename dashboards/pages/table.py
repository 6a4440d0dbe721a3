"""A table of one's own: a number by rows and columns, with bounds, notes, files and the lines that give the
same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.blocks import Division, OnScreen
from dashboards.components import copy_button, downloads, onward, page_link, section
from dashboards.components.comparing import compare_link
from dashboards.components.counted import not_counted
from dashboards.components.evidence import lists_counted, registers_counted
from dashboards.components.tables import OF_SERVICE, table
from dashboards.components.texts import place_link
from dashboards.queries import table_builder
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.comparison.comparables import KINDS as DIMENSIONS
from ennum_stats.comparison.comparables import codes_compared
from ennum_stats.comparison.side_by_side import FEWEST, MOST
from ennum_stats.document.blocks import Bullets, Folded, Heading, Paragraph, Section
from ennum_stats.errors import UsageError, message
from ennum_stats.languages import listed, written
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.columns import PLACES, SHARED_COLUMNS
from ennum_stats.measures.frames.cross_table import CrossTable
from ennum_stats.measures.labels import caveat_text, column_words, prices_words, worded_grounds
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.schools.places import KINDS as PLACE_KINDS
from ennum_stats.measures.schools.places import place_codes
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.typography import first_capital, first_small
from ennum_stats.vocabulary import UNITS

BY_ROWS = message("{what}: rows {rows} ({n})")
BY_ROWS_AND_COLUMNS = message("{what}: rows {rows} ({n}), columns {columns} ({m})")
SUM = message("Sum of those shown")
IN_UNIT = message("Unit: {unit}.")
IN_PERCENT = message("Unit: %; in the files, a {unit}.")
NO_PART = message("not told")
NOT_HERE = message("This number is not given by these rows and columns together. It can be by:")
WITHOUT_COLUMNS = message("These rows have no second dimension: show them without columns.")
EMPTY = message("Nothing of what is chosen was known on {day}. Choose more, or a later day.")
TURNED = message("Exchange rows and columns")
NOTES = message("Notes on this table")
OVERLAP = message(
    "A school site stands in each network and level that it has, and may have won in several calls: such "
    "parts add up to more than the whole, and are not summed."
)
OF_THE_TIME = message("Amounts are at current prices: there is no index for them by these rows and columns.")
ONLY_SITES = message("Only some school sites are counted. {label}: {values}.")
IDLE = message("“{label}”: what is chosen leaves nothing out, because the table has no such rows or columns.")
PARTLY = message("A sum with a part that is not known is at least the sum of the others.")
COUNTED = (*PLACES, "repeats", "call", "programme", "year", "lot")
"""Rows that lists and registers tell, where there are any."""
KEEP = message("Keep this table")
FOR_EVER = message("as known on {day}, for ever")
GROWING = message("always as known today")
FILES = message("The table with its bounds")
SAME = message("The same numbers for programs")
API, PYTHON = message("The address of the API"), message("The lines of Python")


def built(reading: Reading) -> Content:
    """Show the table with its notes, addresses, files and lines; or why there is none, and what can be had.
    What it is comes first, in a place that stays: readers of screens are told when that changes."""
    shown = _instead(reading) if _is_uncrossed(reading) else _table_or_why(reading)
    if isinstance(shown, Section):
        yield Division((shown,), role="status")
        return
    yield Division((Heading(2, (_caption(reading, shown),)),), role="status")
    yield Division((*_below_caption(reading, shown),), "table-section")


def _table_or_why(reading: Reading) -> CrossTable | Section:
    """Give the table that the address asks for; or why there is none."""
    try:
        crossed = table_builder.table_of(reading)
    except UsageError as error:
        texts = [written(error.found, reading.language)]
        texts += [written(error.remedy, reading.language)] if error.remedy else []
        return section(paragraphs=texts)
    if crossed.rows == ("",) and crossed.rows_by in COUNTED:
        return not_counted(reading)
    if not crossed.rows:
        return section(paragraphs=[reading.t(EMPTY, day=reading.ledger.known_at)])
    return crossed


def _below_caption(reading: Reading, crossed: CrossTable) -> Iterator[Any]:
    """Give the table, and what stands below it."""
    yield _drawn(reading, crossed)
    if notes := _notes(reading, crossed):
        yield section(reading.t(NOTES), items=notes)
    yield _kept(reading)
    yield _same(reading, crossed)
    for column, counted in zip(OF_SERVICE, (lists_counted, registers_counted), strict=True):
        rows = crossed.source.rows
        yield from counted(reading, {name for row in rows for name in getattr(row, column, None) or ()})


def _is_uncrossed(reading: Reading) -> bool:
    columns = table_builder.dimensions_of(reading)[1]
    return bool(columns) and columns not in table_builder.crossable_with(reading)


def _instead(reading: Reading) -> Section:
    """Tell what the rows chosen can be crossed with, as links."""
    names = table_builder.crossable_with(reading)
    if not names:
        link = page_link(reading.view.address(columns=""), reading.t(WITHOUT_COLUMNS))
        return section(links=[link])
    links = [page_link(reading.view.address(columns=item), reading.t(DIMENSIONS[item])) for item in names]
    return section(paragraphs=[reading.t(NOT_HERE)], links=links)


# --- the table ------------------------------------------------------------------------------------------


def _drawn(reading: Reading, crossed: CrossTable) -> Section:
    """Give the table with its sums and files."""
    caption = _caption(reading, crossed)
    header: list[Any] = [reading.t(DIMENSIONS[crossed.rows_by])]
    header += [_named(reading, crossed, crossed.columns_by, code) for code in crossed.columns]
    sums = crossed.row_sums
    if sums:
        header.append(reading.t(SUM))
    rows = [
        [
            _linked(reading, crossed, row),
            *(_cell(reading, crossed.cells.get((row, column))) for column in crossed.columns),
            *([_cell(reading, sums[at])] if sums else []),
        ]
        for at, row in enumerate(crossed.rows)
    ]
    numeric = set(range(1, len(header)))
    inside = (
        *_turned(reading, crossed),
        table("built", caption, header, rows, numeric=numeric),
        *_summed(reading, crossed),
        *downloads(
            reading, "table", ("csv", "xlsx", "parquet"), reading.t(FILES), **(reading.view.choices or {})
        ),
        *_compared(reading, crossed, caption),
    )
    return Section(inside, "table-section")


def _compared(reading: Reading, crossed: CrossTable, caption: str) -> list[Paragraph]:
    """Make a link that sets the first rows side by side by the number of the table; nothing where there are
    no two."""
    known = codes_compared(reading.ledger, crossed.rows_by)
    rows = [row for row in crossed.rows if row in known][:MOST]
    if len(rows) < FEWEST:
        return []
    link = compare_link(reading, crossed.rows_by, table_builder.number_of(reading).name, caption, rows)
    return [Paragraph((link,), "tools")]


def _caption(reading: Reading, crossed: CrossTable) -> str:
    """Tell what the table is of, its rows and columns with how many there are, and its unit."""
    what = reading.t(table_builder.number_of(reading).label)
    language = reading.language
    rows, columns = (
        first_small(reading.t(DIMENSIONS[by]), language) if by else ""
        for by in (crossed.rows_by, crossed.columns_by)
    )
    counted = {"n": len(crossed.rows), "m": len(crossed.columns)}
    text = BY_ROWS_AND_COLUMNS if columns else BY_ROWS
    return reading.t(text, what=what, rows=rows, columns=columns, **counted)


def _named(reading: Reading, crossed: CrossTable, dimension: str, code: str) -> str:
    """Give the name of a part; of a number, its heading."""
    if not dimension:
        return reading.t(crossed.source.column(code).label)
    if not code:
        return reading.t(NO_PART)
    return first_capital(column_words(reading.ledger, SHARED_COLUMNS[dimension], code, reading.language))


def _linked(reading: Reading, crossed: CrossTable, code: str) -> Any:
    dimension = crossed.rows_by
    if dimension in PLACE_KINDS and code in place_codes(reading.ledger, dimension):
        return place_link(reading, dimension, code)
    return _named(reading, crossed, dimension, code)


def _cell(reading: Reading, answer: Answer | None) -> str:
    """Put a number into words with its bounds; why there is none; a dash where the parts have nothing in
    common."""
    return answer.words(reading.language, style="short", noun=False) if answer else "–"


def _summed(reading: Reading, crossed: CrossTable) -> list[Folded]:
    """Give the sums of the columns that may be summed: they are no row that sorting could move."""
    sums = crossed.column_sums
    if not sums:
        return []
    items = [
        (f"{_named(reading, crossed, crossed.columns_by, code)}: {_cell(reading, item)}",)
        for code, item in zip(crossed.columns, sums, strict=True)
        if item is not None
    ]
    return [Folded((reading.t(SUM),), (Bullets(tuple(items)),), anchor="sums")]


def _turned(reading: Reading, crossed: CrossTable) -> list[Component]:
    """Make a link that exchanges rows and columns; nothing where the number is not given so."""
    if not crossed.columns_by:
        return []
    address = reading.view.address(rows=crossed.columns_by, columns=crossed.rows_by)
    return [html.P(onward(address, reading.t(TURNED)), className="files")]


# --- below it -------------------------------------------------------------------------------------------


def _notes(reading: Reading, crossed: CrossTable) -> list[str]:
    """Give the notes that belong to what is shown: units, euros, what is missing and why, what does not add
    up, what the cells rest on."""
    language = reading.language
    answers = [*crossed.cells.values()]
    known = [item for item in answers if isinstance(item, Known)]
    missing = [item for item in answers if isinstance(item, Missing)]
    units = dict.fromkeys(item.quantity.unit for item in known)
    notes = [
        reading.t(IN_PERCENT if item == "share" else IN_UNIT, unit=reading.t(UNITS[item].label))
        for item in units
    ]
    if prices := table_builder.prices_of(reading):
        notes.append(first_capital(prices_words(prices, language)) + ".")
    elif reading.prices != NOMINAL and any(UNITS[item].is_money for item in units):
        notes.append(reading.t(OF_THE_TIME))
    if crossed.columns_by and crossed.row_sums is None and TABLES[crossed.measure].crossed:
        notes.append(reading.t(OVERLAP))
    if missing and (crossed.row_sums or any(crossed.column_sums)):
        notes.append(reading.t(PARTLY))
    notes += [*_places_counted(reading)]
    notes += [reading.t(IDLE, label=reading.t(item.label)) for item in table_builder.idle_filters(reading)]
    notes += [caveat_text(reading.ledger, caveat, language) for item in known for caveat in item.caveats]
    notes += worded_grounds(reading.ledger, crossed.source, language, hidden=OF_SERVICE)
    return list(dict.fromkeys(notes))


def _places_counted(reading: Reading) -> Iterator[str]:
    """Tell of which places only sites are counted, where no heading tells it."""
    language = reading.language
    for name, codes in table_builder.places_left(reading).items():
        values = [column_words(reading.ledger, SHARED_COLUMNS[name], code, language) for code in codes]
        yield reading.t(ONLY_SITES, label=DIMENSIONS[name], values=listed(values, language))


def _kept(reading: Reading) -> OnScreen:
    """Give the two addresses of the table: of this day, and of each day that one looks at it."""
    day = reading.ledger.known_at
    pinned = reading.view.address(known_at=day.isoformat())
    growing = reading.view.address(known_at="")
    items = [
        (page_link(address, label), " ", copy_button(reading, label, label, address))
        for address, label in ((pinned, reading.t(FOR_EVER, day=day)), (growing, reading.t(GROWING)))
    ]
    heading = Heading(2, (reading.t(KEEP),))
    return OnScreen((heading, Bullets(tuple(items))), "text onward")


def _same(reading: Reading, crossed: CrossTable) -> OnScreen:
    """Tell what gives the same rows to a program, with buttons that copy it."""
    address, lines = table_builder.api_address(reading, crossed), table_builder.python_lines(reading, crossed)
    code: list[Any] = [Heading(2, (reading.t(SAME),))]
    for label, text in ((reading.t(API), address), (reading.t(PYTHON), lines)):
        copy = copy_button(reading, label, text, "")
        code += [Paragraph((label, " ", copy)), html.Pre(html.Code(text), tabIndex="0")]
    return OnScreen(tuple(code), "text same onward")


register_page(
    "table", message("Build a table"),
    message(
        "A number by the rows and columns that you choose, with its bounds, as an address that keeps it."
    ),
    built, filters=table_builder.FILTERS, order=37,
)  # fmt: skip
