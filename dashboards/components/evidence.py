"""What a number rests on: published numbers, lists and registers, line by line, with their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.tables import table_section
from dashboards.components.texts import downloads
from dashboards.key_figures import when
from ennum_stats.errors import Message, message
from ennum_stats.languages import number, translate
from ennum_stats.measures.school_lists import (
    LISTS_HEADER,
    REGISTERS_HEADER,
    lists_named,
    registers_named,
    worded_list,
    worded_register,
)
from ennum_stats.wording import missing_words, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dash.development.base_component import Component

    from dashboards.reading import Reading
    from ennum_stats.quantities import Quantity
    from ennum_stats.store.answers import Observation

RESTS_ON = message("Published numbers it rests on")
COUNTED_LISTS = message("Lists of schools it rests on")
COUNTED_REGISTERS = message("Registers whose sites it counts")
HEADER = (
    message("Printed"), message("Bounds"), message("Document"), message("Place"),
    message("Published"), message("Remark"),
)  # fmt: skip
BOUNDS = message("from {low} to {high}")
AT_LEAST, AT_MOST = message("at least {n}"), message("at most {n}")
EXACT = message("exact")


def lists_counted(reading: Reading, names: Collection[str]) -> Iterator[Component]:
    """The lists of schools that were counted."""
    found = lists_named(reading.ledger, names)
    rows = [worded_list(reading.ledger, one, reading.language) for one in found]
    yield from _counted(reading, "lists", COUNTED_LISTS, LISTS_HEADER, rows)


def registers_counted(reading: Reading, names: Collection[str]) -> Iterator[Component]:
    """The registers whose sites were counted."""
    found = registers_named(reading.ledger, names)
    rows = [worded_register(reading.ledger, one, reading.language) for one in found]
    yield from _counted(reading, "registers", COUNTED_REGISTERS, REGISTERS_HEADER, rows)


def _counted(
    reading: Reading,
    name: str,
    title: Message,
    header: Sequence[Message],
    rows: Sequence[Sequence[str]],
) -> Iterator[Component]:
    if rows:
        told = [reading.t(text) for text in header]
        yield table_section(reading, f"counted-{name}", reading.t(title), told, rows, numeric={2})


def published_numbers(
    reading: Reading,
    page: str,
    title: Message,
    observations: Sequence[Observation],
    forms: Sequence[str] = (),
) -> Iterator[Component]:
    """Observations as a table in words, with their files where `page` has such."""
    if not observations:
        return
    header, rows = observation_table(observations, reading.language)
    heading = reading.t(title)
    files = downloads(reading, page, forms, heading)
    yield table_section(
        reading, f"{page}-numbers", heading, header, rows, files=files, foreign={2, 3, 5}
    )


def observation_table(
    observations: Sequence[Observation], language: str
) -> tuple[list[str], list[list[str]]]:
    """Published numbers in words: number, bounds, document, place, day, remark."""
    rows = [
        [
            _printed(o, language),
            bounds_words(o.quantity, language) if o.quantity else "",
            o.source.title,
            o.locator,
            when(o.source, language),
            o.note or "",
        ]
        for o in observations
    ]
    return [translate(text, language) for text in HEADER], rows


def _printed(observation: Observation, language: str) -> str:
    if observation.quantity is not None:
        return words(observation.quantity, language)
    reason = observation.missing_reason
    return missing_words(reason, language) if reason else ""


def bounds_words(quantity: Quantity, language: str) -> str:
    """The ends between which a number lies, to their last digit."""
    if quantity.is_exact:
        return translate(EXACT, language)
    places = 4 if quantity.unit == "share" else None
    low, high = (
        None if end is None else number(end, language, places)
        for end in (quantity.bounds.lower, quantity.bounds.upper)
    )
    if low and high:
        return translate(BOUNDS, language, low=low, high=high)
    if low:
        return translate(AT_LEAST, language, n=low)
    return translate(AT_MOST, language, n=high) if high else ""
