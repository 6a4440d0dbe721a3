"""What can be said of a place while no lists of schools are known: what documents print of it, and what is
known of all of Wallonia."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboards.components.evidence import published_numbers
from dashboards.components.texts import page_link, section
from dashboards.reading import Reading
from ennum_stats.comparison.words import part_words
from ennum_stats.document.blocks import Paragraph, Section
from ennum_stats.errors import message
from ennum_stats.languages import listed
from ennum_stats.measures.schools.places import KINDS, place_name
from ennum_stats.search.place_words import NOTHING_PRINTED, PRINTED, STILL_KNOWN, not_counted, printed_of

TO_COVERAGE = message("Coverage of all of Wallonia")


def known_without_lists(reading: Reading, kind: str, codes: Sequence[str]) -> Iterator[Section]:
    """Answer why the schools of places are not counted, what is known of all of Wallonia, and every number that
    documents print of the places alone."""
    ledger, language = reading.ledger, reading.language
    name = place_name if kind in KINDS else part_words
    names = listed([name(ledger, kind, code, language) for code in codes], language)
    result = printed_of(ledger, kind, codes)
    answer, *known = not_counted(ledger, language)
    texts = [*known]
    if not result:
        texts.append(reading.t(NOTHING_PRINTED, day=ledger.known_at, places=names))
    link = page_link(reading.view.address("coverage"), reading.t(TO_COVERAGE))
    further = section(reading.t(STILL_KNOWN), texts, links=[link])
    yield Section((Paragraph((answer,), "lead"), *further.blocks), "text without-lists")
    yield from published_numbers(reading, "printed", message(PRINTED.text, places=names), result)
