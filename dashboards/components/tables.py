"""Tables: native ones, sorted by a click on a heading, which serve up to some hundred rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from dashboards.blocks import PageTable
from dashboards.components.comparing import rows_compared, table_compared
from dashboards.components.texts import downloads, inlines_of, place_link
from dashboards.reading import Reading
from ennum_stats.document.blocks import Heading, Section, Text, TextColumn, row
from ennum_stats.measures.catalogue import measure_rows
from ennum_stats.measures.labels import worded_rows
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.schools.places import KINDS, place_codes

OF_SERVICE = ("lists", "registers")
"""Columns whose lists and registers have names for the service only."""


def table(
    name: str,
    caption: str,
    header: Iterable[Any],
    rows: Iterable[Iterable[Any]],
    *,
    numeric: Collection[int] = (),
    **options: Any,
) -> PageTable:
    """Give rows of words or inlines. Columns in `numeric` stand to the right and are sorted by their
    numbers."""
    columns = (TextColumn(inlines_of(text), is_number=at in numeric) for at, text in enumerate(header))
    return PageTable(tuple(columns), tuple(row(*cells) for cells in rows), caption, name, **options)


def table_section(
    name: str,
    heading: str,
    header: Iterable[Any],
    rows: Iterable[Iterable[Any]],
    *,
    above: Sequence[Any] = (),
    below: Sequence[Any] = (),
    **options: Any,
) -> Section:
    """Make a heading with a table, whose caption is left to readers of screens, and blocks around it; with
    the options of `table`."""
    drawn = table(name, heading, header, rows, **options)
    return Section((Heading(2, (heading,)), *above, drawn, *below), "table-section")


def of_service(words: str) -> str | Text:
    """Mark what stays in the language of the service, which is French."""
    return Text(words, "fr") if words else words


def measure_table(
    reading: Reading, name: str, heading: str, *, by: str = "", prices: str = "", above: Sequence[Any] = ()
) -> Section:
    """Make a measure of the package, with its files; a commune, province or network leads to its page."""
    result = measure_rows(reading.ledger, name, by or None, prices=prices)
    header, texts, numeric = worded(reading, result)
    rows: list[list[Any]] = [[*row] for row in texts]
    parts = [getattr(item, "part", None) for item in result.rows]
    if by in KINDS:
        codes = place_codes(reading.ledger, by)
        for cells, code in zip(rows, parts, strict=True):
            cells[0] = place_link(reading, by, code) if code in codes else cells[0]
    named, rows = rows_compared(reading, name, by, parts, header, rows)
    chosen = {k: v for k, v in (("by", by), ("prices", prices)) if v}
    below = (
        *downloads(reading, f"table/{name}", ("csv", "xlsx"), heading, **chosen),
        *table_compared(reading, name, by, heading),
    )
    own = f"{name}-{by}-table" if by else f"{name}-table"
    return table_section(own, heading, named, rows, above=above, below=below, numeric=numeric)


def worded(
    reading: Reading, result: MeasureTable[object], hidden: Collection[str] = ()
) -> tuple[list[str], list[list[str]], set[int]]:
    """Give the headings and rows of a measure in words, and which of its columns hold numbers; without the
    columns `hidden`, and those whose lists and registers have names for the service only."""
    header, rows = worded_rows(reading.ledger, result, reading.language)
    left_out = {
        reading.t(result.column(name).label)
        for name in result.columns
        if name in hidden or name in OF_SERVICE
    }
    counted = {reading.t(result.column(name).label) for name in result.answers}
    kept = [at for at, name in enumerate(header) if name not in left_out]
    numeric = {place for place, at in enumerate(kept) if header[at] in counted}
    return [header[at] for at in kept], [[row[at] for at in kept] for row in rows], numeric
