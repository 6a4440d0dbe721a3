"""A table of one's own: a number by rows and columns, with bounds, notes, files and the lines that give the
same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.blocks import Division, OnScreen
from dashboards.components import copy_button, downloads, onward, page_link, section
from dashboards.components.comparing import compare_link
from dashboards.components.counted import not_counted
from dashboards.components.evidence import lists_counted, registers_counted
from dashboards.components.tables import OF_SERVICE, table
from dashboards.components.texts import place_link
from dashboards.registry import Content, register_page
from dashboards.table_builder import (
    FILTERS,
    api_address,
    crossable_with,
    dimensions_of,
    idle_filters,
    number_of,
    places_left,
    prices_of,
    python_lines,
    table_of,
)
from ennum_stats.comparison.comparables import KINDS as DIMENSIONS
from ennum_stats.comparison.comparables import codes_compared
from ennum_stats.comparison.side_by_side import FEWEST, MOST
from ennum_stats.document.blocks import Bullets, Folded, Heading, Paragraph, Section
from ennum_stats.errors import UsageError, message
from ennum_stats.languages import listed, written
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.columns import KEYS
from ennum_stats.measures.labels import (
    column_words,
    prices_words,
    worded_grounds,
)
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.schools.places import KINDS as PLACE_KINDS
from ennum_stats.measures.schools.places import place_codes
from ennum_stats.measures.schools.school_sites import PLACES
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.typography import first_capital, first_small
from ennum_stats.vocabulary import UNITS
from ennum_stats.wording import missing_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

    from dashboards.reading import Reading
    from ennum_stats.measures.cross_table import CrossTable

BY_ONE = message("{what}: rows {rows} ({n}), columns its numbers ({m})")
BY_TWO = message("{what}: rows {rows} ({n}), columns {columns} ({m})")
SUM = message("Sum of those shown")
IN_UNIT = message("Unit: {unit}.")
IN_PERCENT = message("Unit: %; in the files, a {unit}.")
NO_PART = message("not told")
NOT_HERE = message("This number is not given by these rows and columns together. It can be by:")
NO_COLUMNS = message("These rows have no second dimension: their numbers can stand side by side.")
EMPTY = message("Nothing of what is chosen was known on {day}. Choose more, or a later day.")
TURNED = message("Exchange rows and columns")
NOTES = message("Notes on this table")
OVERLAP = message(
    "A school site stands in each network and level that it has, and may have won in several calls: such "
    "parts add up to more than the whole, and are not summed."
)
OF_THE_TIME = message(
    "Amounts are at current prices: there is no index for them by these rows and columns."
)
ONLY_SITES = message("Only some school sites are counted. {label}: {values}.")
IDLE = message(
    "“{label}”: what is chosen leaves nothing out, because the table has no such rows or columns."
)
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
    """The table with its notes, addresses, files and lines; or why there is none, and what can be had. What
    it is comes first, in a place that stays: readers of screens are told when that changes."""
    shown = _instead(reading) if _is_uncrossed(reading) else _table_or_why(reading)
    if isinstance(shown, Section):
        yield Division((shown,), role="status")
        return
    yield Division((Heading(2, (_caption(reading, shown),)),), role="status")
    yield Division((*_told(reading, shown),), "table-section")


def _table_or_why(reading: Reading) -> CrossTable | Section:
    """The table that the address asks for; or why there is none."""
    try:
        found = table_of(reading)
    except UsageError as error:
        told = [written(error.found, reading.language)]
        told += [written(error.remedy, reading.language)] if error.remedy else []
        return section(paragraphs=told)
    if found.rows == ("",) and found.rows_by in COUNTED:
        return not_counted(reading)
    if not found.rows:
        return section(paragraphs=[reading.t(EMPTY, day=reading.ledger.known_at)])
    return found


def _told(reading: Reading, found: CrossTable) -> Iterator[Any]:
    """The table, and what stands below it."""
    yield _drawn(reading, found)
    if notes := _notes(reading, found):
        yield section(reading.t(NOTES), items=notes)
    yield _kept(reading)
    yield _same(reading, found)
    for column, counted in zip(OF_SERVICE, (lists_counted, registers_counted), strict=True):
        rows = found.source.rows
        yield from counted(
            reading, {name for row in rows for name in getattr(row, column, None) or ()}
        )


def _is_uncrossed(reading: Reading) -> bool:
    columns = dimensions_of(reading)[1]
    return bool(columns) and columns not in crossable_with(reading)


def _instead(reading: Reading) -> Section:
    """What the rows chosen can be crossed with, as links."""
    names = crossable_with(reading)
    if not names:
        link = page_link(reading.view.address(columns=""), reading.t(NO_COLUMNS))
        return section(links=[link])
    links = [
        page_link(reading.view.address(columns=one), reading.t(DIMENSIONS[one])) for one in names
    ]
    return section(paragraphs=[reading.t(NOT_HERE)], links=links)


# --- the table ------------------------------------------------------------------------------------------


def _drawn(reading: Reading, found: CrossTable) -> Section:
    """The table with its sums and files."""
    caption = _caption(reading, found)
    header: list[Any] = [reading.t(DIMENSIONS[found.rows_by])]
    header += [_named(reading, found, found.columns_by, code) for code in found.columns]
    sums = found.row_sums
    if sums:
        header.append(reading.t(SUM))
    rows = [
        [
            _linked(reading, found, row),
            *(_cell(reading, found.cells.get((row, column))) for column in found.columns),
            *([_cell(reading, sums[at])] if sums else []),
        ]
        for at, row in enumerate(found.rows)
    ]
    numeric = set(range(1, len(header)))
    inside = (
        *_turned(reading, found),
        table("built", caption, header, rows, numeric=numeric),
        *_summed(reading, found),
        *downloads(
            reading, "table", ("csv", "xlsx", "parquet"), reading.t(FILES),
            **(reading.view.choices or {}),
        ),
        *_compared(reading, found, caption),
    )  # fmt: skip
    return Section(inside, "table-section")


def _compared(reading: Reading, found: CrossTable, caption: str) -> list[Paragraph]:
    """A link that sets the first rows side by side by the number of the table; nothing where there are no
    two."""
    known = codes_compared(reading.ledger, found.rows_by)
    rows = [row for row in found.rows if row in known][:MOST]
    if len(rows) < FEWEST:
        return []
    link = compare_link(reading, found.rows_by, number_of(reading).name, caption, rows)
    return [Paragraph((link,), "tools")]


def _caption(reading: Reading, found: CrossTable) -> str:
    """What the table is of, its rows and columns with how many there are, and its unit."""
    what = reading.t(number_of(reading).label)
    language = reading.language
    rows, columns = (
        first_small(reading.t(DIMENSIONS[by]), language) if by else ""
        for by in (found.rows_by, found.columns_by)
    )
    counted = {"n": len(found.rows), "m": len(found.columns)}
    text = BY_TWO if columns else BY_ONE
    return reading.t(text, what=what, rows=rows, columns=columns, **counted)


def _named(reading: Reading, found: CrossTable, dimension: str, code: str) -> str:
    """The name of a part; of a number, its heading."""
    if not dimension:
        return reading.t(found.source.column(code).label)
    if not code:
        return reading.t(NO_PART)
    return first_capital(column_words(reading.ledger, KEYS[dimension], code, reading.language))


def _linked(reading: Reading, found: CrossTable, code: str) -> Any:
    dimension = found.rows_by
    if dimension in PLACE_KINDS and code in place_codes(reading.ledger, dimension):
        return place_link(reading, dimension, code)
    return _named(reading, found, dimension, code)


def _cell(reading: Reading, answer: Answer | None) -> str:
    """A number in words with its bounds; why there is none; a dash where the parts have nothing in common."""
    if answer is None:
        return "–"
    if isinstance(answer, Missing):
        return missing_words(answer.reason, reading.language)
    return words(answer.quantity, reading.language, style="short", noun=False)


def _summed(reading: Reading, found: CrossTable) -> list[Folded]:
    """The sums of the columns that may be summed: they are no row that sorting could move."""
    sums = found.column_sums
    if not sums:
        return []
    items = [
        (f"{_named(reading, found, found.columns_by, code)}: {_cell(reading, one)}",)
        for code, one in zip(found.columns, sums, strict=True)
        if one is not None
    ]
    return [Folded((reading.t(SUM),), (Bullets(tuple(items)),), anchor="sums")]


def _turned(reading: Reading, found: CrossTable) -> list[Component]:
    """A link that exchanges rows and columns; nothing where the number is not given so."""
    if not found.columns_by:
        return []
    address = reading.view.address(rows=found.columns_by, columns=found.rows_by)
    return [html.P(onward(address, reading.t(TURNED)), className="files")]


# --- below it -------------------------------------------------------------------------------------------


def _notes(reading: Reading, found: CrossTable) -> list[str]:
    """The notes that belong to what is shown: units, euros, what is missing and why, what does not add up,
    what the cells rest on."""
    language = reading.language
    answers = [*found.cells.values()]
    known = [one for one in answers if isinstance(one, Known)]
    missing = [one for one in answers if isinstance(one, Missing)]
    units = dict.fromkeys(one.quantity.unit for one in known)
    notes = [
        reading.t(IN_PERCENT if one == "share" else IN_UNIT, unit=reading.t(UNITS[one].label))
        for one in units
    ]
    if prices := prices_of(reading):
        notes.append(first_capital(prices_words(prices, language)) + ".")
    elif reading.prices != NOMINAL and any(UNITS[one].is_money for one in units):
        notes.append(reading.t(OF_THE_TIME))
    if found.columns_by and found.row_sums is None and TABLES[found.measure].crossed:
        notes.append(reading.t(OVERLAP))
    if missing and (found.row_sums or any(found.column_sums)):
        notes.append(reading.t(PARTLY))
    notes += [*_places_told(reading)]
    notes += [reading.t(IDLE, label=reading.t(one.label)) for one in idle_filters(reading)]
    notes += [written(caveat, language) for one in known for caveat in one.caveats]
    notes += worded_grounds(reading.ledger, found.source, language, hidden=OF_SERVICE)
    return list(dict.fromkeys(notes))


def _places_told(reading: Reading) -> Iterator[str]:
    """Of which places only sites are counted, where no heading tells it."""
    language = reading.language
    for name, codes in places_left(reading).items():
        values = [column_words(reading.ledger, KEYS[name], code, language) for code in codes]
        yield reading.t(ONLY_SITES, label=DIMENSIONS[name], values=listed(values, language))


def _kept(reading: Reading) -> OnScreen:
    """The two addresses of the table: of this day, and of each day that one looks at it."""
    day = reading.ledger.known_at
    pinned = reading.view.address(known_at=day.isoformat())
    growing = reading.view.address(known_at="")
    items = [
        (page_link(address, label), " ", copy_button(reading, label, label, address))
        for address, label in (
            (pinned, reading.t(FOR_EVER, day=day)),
            (growing, reading.t(GROWING)),
        )
    ]
    heading = Heading(2, (reading.t(KEEP),))
    return OnScreen((heading, Bullets(tuple(items))), "text onward")


def _same(reading: Reading, found: CrossTable) -> OnScreen:
    """What gives the same rows to a program, with buttons that copy it."""
    address, lines = api_address(reading, found), python_lines(reading, found)
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
    built, filters=FILTERS, order=37,
)  # fmt: skip
