"""Every number of one document, under a stable address: so each number of the ledger is within reach."""

from __future__ import annotations

from dashboards.components import page_link, section
from dashboards.components.citation import document_cited
from dashboards.components.evidence import document_numbers
from dashboards.filters import PRICES_AS_PRINTED
from dashboards.pages.documents import KINDS
from dashboards.pages.figure import name_of
from dashboards.pages.proof import places_quoted
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.document.blocks import Link
from ennum_stats.errors import message
from ennum_stats.figures.observations import source_named
from ennum_stats.languages import plural, translate_plural
from ennum_stats.measures.dates import published_words
from ennum_stats.store.answers import Source

ABOUT = message("{publisher}, {day}; {kind}.")
READ = message("Read the document")
BACK = message("All documents")
NUMBERS = plural("{n} number of this document", "{n} numbers of this document")


def heading(reading: Reading) -> str:
    """Give the document's title. Raises `UnknownName`."""
    return _document(reading).title


def document(reading: Reading) -> Content:
    """Tell what the document is, where it can be read, and a row for each of its numbers."""
    source = _document(reading)
    numbers = [o for o in reading.ledger.all_observations() if o.source == source]
    texts = reading.t(
        ABOUT, publisher=source.publisher, day=published_words(source, reading.language),
        kind=reading.t(KINDS[source.kind]),
    )  # fmt: skip
    links: list[Link] = [page_link(reading.view.address("documents"), reading.t(BACK))]
    if source.url:
        links.insert(0, Link((reading.t(READ),), source.url))
    yield section(paragraphs=[texts], links=links)
    title = translate_plural(*NUMBERS, len(numbers), reading.language)
    yield document_numbers(reading, title, numbers)
    yield from places_quoted(reading, source.source_id)
    yield document_cited(reading, source)


def _document(reading: Reading) -> Source:
    """Give the document of the address, where it was known on the day. Raises `UnknownName`."""
    return source_named(reading.ledger, name_of(reading))


register_page(
    "document/<name>", message("A document and its numbers"),
    message("Every number of this document that is kept here, as it is printed."),
    document, heading=heading, heading_language=lambda reading: _document(reading).title_language,
    filters=(PRICES_AS_PRINTED,),
)  # fmt: skip
