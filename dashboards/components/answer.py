"""The answer to a question in words: a sentence to copy, its numbers, documents, and how the question was read."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components.cards import card
from dashboards.components.sparks import columns, interval
from dashboards.components.texts import copy_button, numbers_link, page_link
from dashboards.reading import Reading
from ennum_stats.document.blocks import (
    Bullets,
    Cards,
    Definitions,
    Folded,
    Heading,
    Inlines,
    Paragraph,
    Section,
    Small,
    Text,
)
from ennum_stats.errors import message
from ennum_stats.figures.catalogue import definitions
from ennum_stats.figures.figure import figure
from ennum_stats.figures.observations import bounds_words, time_words
from ennum_stats.measures.dates import published_words
from ennum_stats.reading.answers import Findings
from ennum_stats.reading.suggestions import Suggestion
from ennum_stats.wording import key_figure

ANSWER, NO_ANSWER = message("Answer"), message("No answer")
HOW_READ = message("How it was read")
ASKED, ABOUT, UNIT, PERIOD = message("Asked for"), message("About"), message("Unit"), message("Period")
BOUNDS, OTHERWISE, NEAREST = message("Bounds"), message("Otherwise read"), message("What comes near")


def answer(reading: Reading, findings: Findings) -> Section:
    """Give an answer, or why there is none and what comes near."""
    readings = findings.nearest[: findings.answering]
    heading = ANSWER if findings.is_answered else NO_ANSWER
    here = reading.view.address("search", q=findings.question)
    copy = copy_button(reading, findings.question, findings.sentence, here)
    blocks = [Heading(2, (reading.t(heading),)), Paragraph((findings.sentence, " ", copy), "answer")]
    if readings:
        names = dict.fromkeys(suggestion.name for suggestion in readings)
        figures = [name for name in names if name in definitions(reading.ledger)]
        shown = [card(reading, name, drawing=_drawn(reading, name)) for name in figures]
        blocks += [Cards(tuple(shown), "")] * bool(shown)
        blocks += [Bullets(tuple(_documents(reading, readings[0])), style="results")]
        blocks += [Folded((reading.t(HOW_READ),), (Definitions(tuple(_how_read(reading, findings))),))]
    else:
        blocks += [Paragraph((remark,), "note") for remark in findings.remarks]
    if others := findings.nearest[findings.answering :]:
        near = tuple((*_linked(reading, other), Small((Text(other.text),))) for other in others)
        blocks += [Folded((reading.t(NEAREST),), (Bullets(near, style="results"),))]
    return Section(tuple(blocks), "text")


def _drawn(reading: Reading, name: str) -> str:
    """Draw a share of a whole; of a call, the same number of the calls before it and its own."""
    quantity = figure(reading.ledger, name).quantity
    if quantity is None:
        return ""
    if quantity.unit == "share":
        return interval(quantity)
    call, _, rule = name.partition("_")
    calls = [known.call.lower() for known in reading.ledger.calls]
    if call not in calls:
        return ""
    before = [f"{code}_{rule}" for code in calls[: calls.index(call) + 1]]
    every = [figure(reading.ledger, own).quantity for own in before if own in definitions(reading.ledger)]
    known = [float(number.point) for number in every if number is not None and number.point is not None]
    return columns(known) if len(known) > 1 else ""


def _linked(reading: Reading, suggestion: Suggestion) -> Inlines:
    """Give what a number is, with its page: that of the figure, or of its document."""
    if suggestion.name in definitions(reading.ledger):
        return (page_link(reading.evidence(f"figure/{suggestion.name}"), suggestion.what),)
    if suggestion.observations:
        return (numbers_link(reading, suggestion.observations[0].source, suggestion.what),)
    return (suggestion.what,)


def _documents(reading: Reading, suggestion: Suggestion) -> Iterator[Inlines]:
    """Give the documents of a number, each with the place in it and the day."""
    for row in {row.source.source_id: row for row in suggestion.observations}.values():
        day = published_words(row.source, reading.language)
        link = numbers_link(reading, row.source, f"{row.source.publisher}, {day}")
        yield (link, Small((Text(row.locator),)))


def _how_read(reading: Reading, findings: Findings) -> Iterator[tuple[Inlines, Inlines, str]]:
    """Say as what a question was read: what is asked for, about what, unit, period, bounds, and otherwise."""
    language, best = reading.language, findings.nearest[0]
    others = findings.nearest[1 : findings.answering]
    times = dict.fromkeys(time_words(reading.ledger, row, language) for row in best.observations)
    unit = key_figure(best.quantity, language)[1] if best.quantity else ""
    pairs = (
        (ASKED, reading.t(findings.kind.label)),
        (ABOUT, best.what),
        (UNIT, unit),
        (PERIOD, ", ".join(filter(None, times))),
        (BOUNDS, bounds_words(best.quantity, language) if best.quantity else ""),
        *((OTHERWISE, other.sentence) for other in others),
    )
    yield from (((reading.t(term),), (meaning,), "") for term, meaning in pairs if meaning)
