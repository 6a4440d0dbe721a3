"""The answer to a question in words: a sentence to copy, its numbers, documents, and how the question was read."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components.cards import card
from dashboards.components.charts import small_chart
from dashboards.components.texts import copy_button, located, numbers_link, page_link
from dashboards.reading import Reading
from ennum_stats.charts import CHARTS, chart
from ennum_stats.document import blocks as doc
from ennum_stats.errors import message
from ennum_stats.figures.catalogue import definitions
from ennum_stats.figures.figure import figure
from ennum_stats.figures.observations import bounds_words, time_words
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.dates import publisher_and_day
from ennum_stats.quantities import Quantity
from ennum_stats.reading.findings import Findings
from ennum_stats.reading.suggestions import Suggestion
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.wording import key_figure

ANSWER, NO_ANSWER = message("Answer"), message("No answer")
HOW_READ = message("How it was read")
ASKED, ABOUT, UNIT, PERIOD = message("Asked for"), message("About"), message("Unit"), message("Period")
BOUNDS, OTHERWISE, NEAREST = message("Bounds"), message("Otherwise read"), message("What comes near")
_COMMAND = "ennum "
"""What the service that holds the lists can type is not for readers of pages."""


def answer(reading: Reading, findings: Findings) -> Iterator[doc.Section]:
    """Give an answer with the chart that draws it, or why there is none and what comes near."""
    readings = findings.nearest[: findings.answering]
    heading = ANSWER if findings.is_answered else NO_ANSWER
    here = reading.view.address("search", q=findings.question)
    copy = copy_button(reading, findings.question, findings.sentence, here)
    blocks = [doc.Heading(2, (reading.t(heading),)), doc.Paragraph((findings.sentence, " ", copy), "answer")]
    folded = []
    if readings:
        alone = (suggestion for suggestion in readings if not _is_of_several(reading.ledger, suggestion))
        figures = [*dict.fromkeys(suggestion.name for suggestion in alone)]
        blocks += [doc.Cards(tuple(card(reading, name) for name in figures), "")] * bool(figures)
        blocks += [doc.Bullets(tuple(_documents(reading, readings[0])), style="results")]
        yield doc.Section(tuple(blocks), "text")
        charts = (_chart_of(reading.ledger, name) for name in figures)
        yield from [small_chart(reading, name) for name in [*filter(None, charts)][:1]]
        folded = [doc.Folded((reading.t(HOW_READ),), (doc.Definitions(tuple(_how_read(reading, findings))),))]
    else:
        remarks = (remark for remark in findings.remarks if _COMMAND not in remark)
        yield doc.Section((*blocks, *(doc.Paragraph((remark,), "note") for remark in remarks)), "text")
    if others := findings.nearest[findings.answering :]:
        near = tuple((*_linked(reading, other), doc.Small((doc.Text(other.text),))) for other in others)
        folded.append(doc.Folded((reading.t(NEAREST),), (doc.Bullets(near, style="results"),)))
    if folded:
        yield doc.Section(tuple(folded), "text")


def _is_of_several(ledger: Ledger, suggestion: Suggestion) -> bool:
    """Tell whether an answer is no figure as it stands: a sum is not the number of its first call."""
    is_figure = suggestion.name in definitions(ledger)
    return not is_figure or figure(ledger, suggestion.name).quantity != suggestion.quantity


def _chart_of(ledger: Ledger, name: str) -> str:
    """Name the first chart that draws the number of a figure; nothing where none does."""
    known = figure(ledger, name)
    return _drawn_numbers(ledger).get((known.quantity, frozenset(known.observations)), "")


@once_a_ledger
def _drawn_numbers(ledger: Ledger) -> dict[tuple[Quantity | None, frozenset[Observation]], str]:
    """Name the first chart of each number that charts draw, by the number and the published ones that it rests on."""
    counted = (name for name, entry in CHARTS.items() if not entry.is_counted)
    return {
        (mark.quantity, frozenset(mark.observations)): name
        for name in reversed([*counted])
        for mark in chart(ledger, name, LANGUAGES[0]).marks
        if mark.quantity and mark.observations
    }


def _linked(reading: Reading, suggestion: Suggestion) -> doc.Inlines:
    """Give what a number is, with its page: that of the figure, or of its document."""
    if suggestion.name in definitions(reading.ledger):
        return (page_link(reading.evidence(f"figure/{suggestion.name}"), suggestion.what),)
    if suggestion.observations:
        return (numbers_link(reading, suggestion.observations[0].source, suggestion.what),)
    return (suggestion.what,)


def _documents(reading: Reading, suggestion: Suggestion) -> Iterator[doc.Inlines]:
    """Give the documents of a number, each with the place in it and the day."""
    for row in {row.source.source_id: row for row in suggestion.observations}.values():
        link = numbers_link(reading, row.source, publisher_and_day(row.source, reading.language))
        yield (link, doc.Small((located(reading, row.locator),)))


def _how_read(reading: Reading, findings: Findings) -> Iterator[tuple[doc.Inlines, doc.Inlines, str]]:
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
