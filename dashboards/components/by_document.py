"""What each document says of the same things, document by document: a plan and how it was told."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.blocks import PageTable
from dashboards.components.bars import NO_NUMBER, BarredLine, BarredNumber, barred_table
from dashboards.components.texts import numbers_link
from dashboards.reading import Reading
from ennum_stats.document.blocks import Heading, Section
from ennum_stats.errors import message
from ennum_stats.measures.dates import published_words
from ennum_stats.store.answers import Observation
from ennum_stats.vocabulary import MEASURES, UNITS
from ennum_stats.wording import words

SAYS = message("{publisher}, {day}")
WHAT = message("What")
AMOUNTS, COUNTS = message("{heading} (euros)"), message("{heading} (projects, schools, networks)")
OF_WHICH = message("of which: {part}")


def by_document(reading: Reading, name: str, heading: str, observations: Sequence[Observation]) -> Section:
    """Make a row for each thing that is told, a column for each document, the earliest first; amounts and counts
    apart, each with bars of one scale where it has one unit. What one document alone tells has dashes beside
    it."""
    texts = [item for item in observations if item.quantity]
    amounts = [item for item in texts if item.quantity and UNITS[item.quantity.unit].is_money]
    counts = [item for item in texts if item not in amounts]
    drawn = [
        _drawn(reading, f"{name}-{kind}", reading.t(caption, heading=heading), some)
        for kind, caption, some in (("amounts", AMOUNTS, amounts), ("counts", COUNTS, counts))
        if some
    ]
    return Section((Heading(2, (heading,)), *drawn), "table-section")


def _drawn(reading: Reading, name: str, caption: str, observations: Sequence[Observation]) -> PageTable:
    sources = list({item.source.source_id: item.source for item in observations}.values())
    sources.sort(key=lambda source: (source.known_on, source.source_id))
    lines: dict[tuple[str, str], dict[str, BarredNumber]] = {}
    for item in observations:
        cells = lines.setdefault((item.measure, item.component or ""), {})
        cells[item.source.source_id] = _cell(reading, item)
    titles = (
        reading.t(SAYS, publisher=source.publisher, day=published_words(source, reading.language))
        for source in sources
    )
    header = [
        reading.t(WHAT),
        *(numbers_link(reading, source, title) for source, title in zip(sources, titles, strict=True)),
    ]
    rows = [
        BarredLine(
            _name(reading, measure, component), [cells.get(source.source_id, NO_NUMBER) for source in sources]
        )
        for (measure, component), cells in sorted(lines.items())
    ]
    units = {item.quantity.unit for item in observations if item.quantity}
    axes = [range(len(sources))] if len(units) == 1 else []  # lengths of two units would tell nothing
    return barred_table(reading, name, caption, header, rows, axes=axes)


def _name(reading: Reading, measure: str, component: str) -> str:
    """Give the whole by its measure, the parts below it by what they are."""
    if not component:
        return reading.t(MEASURES[measure].label)
    name = reading.ledger.name("codelists.component", component, reading.language)
    return reading.t(OF_WHICH, part=name)


def _cell(reading: Reading, item: Observation) -> BarredNumber:
    quantity = item.quantity
    assert quantity is not None
    is_amount = UNITS[quantity.unit].is_money
    text = words(quantity, reading.language, style="short", noun=not is_amount)
    return BarredNumber(text, quantity, is_planned=item.status == "F")
