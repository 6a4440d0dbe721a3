"""Two to four calls, years, places or days side by side: sentences, a chart, a table, and what they rest
on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboards.blocks import ChartFrame, Stage
from dashboards.components import copy_button, downloads, onward, section, table_section
from dashboards.components.charts import framed
from dashboards.components.evidence import RESTS_ON, lists_counted, published_numbers, registers_counted
from dashboards.components.take_along import image_button
from dashboards.components.without_lists import known_without_lists
from dashboards.pages.figure import DISAGREEING
from dashboards.queries.comparison import FILTERS, codes_of, comparison_of, kind_of, measure_of
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from dashboards.view import SEPARATOR
from ennum_stats.charts import Chart
from ennum_stats.charts.comparison import can_be_drawn, comparison_chart
from ennum_stats.comparison.differences import Difference
from ennum_stats.comparison.side_by_side import Side, SideBySide
from ennum_stats.comparison.words import distance_words, noted, part_words, sentences, what_words
from ennum_stats.document.blocks import Paragraph, Section
from ennum_stats.errors import message
from ennum_stats.measures.columns import PLACES
from ennum_stats.quantities import Reason
from ennum_stats.store.answers import Known, Missing
from ennum_stats.typography import first_capital

IN_WORDS = message("In words")
SIDE_BY_SIDE = message("{what}, side by side")
MEANT = message("Shown as an example: {what}. Choose what is to be compared.")
NOTHING_YET = message(
    "On {day} nothing was known that could be compared here. Choose a later day, or something else."
)
HEADER = (
    message("Compared"), message("Value"), message("Difference from {base}"), message("Ratio to {base}"),
    message("Base"),
)  # fmt: skip
BASE = message("base of the comparison")
MAKE_BASE = message("take as the base")
MAKE_BASE_OF = message("Take {name} as the base")
CANNOT = message("cannot be compared")
NOTES = message("What to know")
FILES = ("csv", "xlsx", "svg", "png")
_NONE = "–"
_ROW_PX = 72
"""The height of a bar with the room around it."""


def compare(reading: Reading) -> Content:
    """Tell what is compared in sentences, as a chart and as a table; or what is missing for that."""
    comparison = comparison_of(reading)
    if comparison is None:
        yield section(paragraphs=[reading.t(NOTHING_YET, day=reading.ledger.known_at)])
        return
    yield _sentences(reading, comparison)
    if can_be_drawn(comparison):
        yield _figure(reading, comparison_chart(reading.ledger, comparison, reading.language))
    elif _needs_lists(comparison):
        yield from known_without_lists(reading, comparison.by, codes_of(reading))
    yield _table(reading, comparison)
    notes = [first_capital(item) for item in noted(reading.ledger, comparison, reading.language)]
    if notes and not can_be_drawn(comparison):
        yield section(reading.t(NOTES), items=notes)
    yield from _evidence(reading, comparison)


def _sentences(reading: Reading, comparison: SideBySide) -> Section:
    """Give each difference as it can be quoted, with a button that copies it."""
    what, here = what_words(comparison, reading.language), reading.view.address()
    items = [
        (distance, " ", copy_button(reading, what, distance, here))
        for distance in sentences(reading.ledger, comparison, reading.language)
    ]
    examples = [
        part_words(reading.ledger, comparison.by, code, reading.language)
        for code in codes_of(reading)
        if code not in reading.chosen("what")
    ]
    hint = (Paragraph((reading.t(MEANT, what=examples),), "small"),) if examples else ()
    shown = section(reading.t(IN_WORDS), items=items)
    return Section((*shown.blocks, *hint), "text compared")


def _figure(reading: Reading, drawn: Chart) -> ChartFrame:
    """Give the chart; its numbers are those of the table below it."""
    tools = Paragraph((image_button(reading, drawn.title),), "tools")
    return framed(drawn, Stage(drawn, height=_ROW_PX * (1 + len(drawn.marks))), [tools])


def _table(reading: Reading, comparison: SideBySide) -> Section:
    base = part_words(reading.ledger, comparison.by, comparison.base.code, reading.language)
    header = [first_capital(reading.t(text, base=base)) for text in HEADER]
    compared = [None, *comparison.differences]
    rows = [
        _row(reading, comparison, side, item) for side, item in zip(comparison.sides, compared, strict=True)
    ]
    what = first_capital(reading.t(SIDE_BY_SIDE, what=what_words(comparison, reading.language)))
    given = {
        "of": kind_of(reading), "what": SEPARATOR.join(codes_of(reading)), "measure": measure_of(reading),
        "base": reading.choice("base"), "prices": reading.choice("prices"),
    }  # fmt: skip
    forms = FILES if can_be_drawn(comparison) else FILES[:2]
    files = downloads(reading, "compare", forms, what, **given)
    return table_section("compared", what, header, rows, below=files, numeric={1, 2, 3})


def _row(reading: Reading, comparison: SideBySide, side: Side, compared: Any) -> list[Any]:
    """Give a thing compared: its number; how far it lies from the base; a link that makes it the base."""
    language = reading.language
    name = first_capital(part_words(reading.ledger, comparison.by, side.code, language))
    number = side.answer.words(language, style="short")
    if compared is None:
        return [name, number, reading.t(BASE), _NONE, ""]
    address = reading.view.address(
        what=SEPARATOR.join(codes_of(reading)), base=side.code, measure=measure_of(reading)
    )
    link = onward(
        address, reading.t(MAKE_BASE), id=reading.view.id(f"base-{side.code}"),
        aria_label=reading.t(MAKE_BASE_OF, name=name), className="onward",
    )  # fmt: skip
    if not isinstance(compared, Difference):
        return [name, number, reading.t(CANNOT), _NONE, link]
    distance, ratio = distance_words(comparison, side, compared, language)
    return [name, number, distance, ratio or _NONE, link]


def _needs_lists(comparison: SideBySide) -> bool:
    """Tell whether nothing is known because single schools are counted nowhere."""
    return comparison.by in PLACES and all(
        isinstance(item.answer, Missing) and item.answer.reason is Reason.NOT_COLLECTED
        for item in comparison.sides
    )


def _evidence(reading: Reading, comparison: SideBySide) -> Iterator[Section]:
    """Give the published numbers, lists and registers that what is compared rests on."""
    answers = [item.answer for item in comparison.sides]
    observations = tuple({o: None for answer in answers for o in answer.observations})
    yield from published_numbers(reading, "observations", RESTS_ON, observations)
    conflicts = tuple({o: None for item in answers if isinstance(item, Known) for o in item.conflicts})
    yield from published_numbers(reading, "conflicts", DISAGREEING, conflicts)
    yield from lists_counted(reading, {name for item in comparison.sides for name in item.lists})
    yield from registers_counted(reading, {name for item in comparison.sides for name in item.registers})


register_page(
    "compare", message("Compare"),
    # Defines Two to four calls.
    message("Two to four calls, years, places or days: how far apart they are, and how sure that is."),
    compare, filters=FILTERS, order=35,
)  # fmt: skip
