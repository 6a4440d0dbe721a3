"""What is found by the search of the header: by kind, the nearest first; else what comes nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.blocks import Division
from dashboards.components import page_link, section
from dashboards.filters import TEXT
from dashboards.queries.finding import (
    KINDS,
    address_of,
    answer_of,
    count_words,
    detail_of,
    label_of,
    matches_of,
)
from dashboards.registry import Content, register_page
from ennum_stats.document.blocks import Bullets, Heading, Paragraph, Section, Small, Text
from ennum_stats.errors import message
from ennum_stats.languages import plural, translate_plural

if TYPE_CHECKING:
    from dashboards.reading import Reading
    from ennum_stats.document.blocks import Inlines
    from ennum_stats.search.lookup import Group, Match

TELLS = message(
    # Defines four languages.
    "Communes, provinces, networks, calls, figures, documents and words, by their names in four languages."
)
TYPE = message("Type a name, a few words, or a code: a commune by its NIS code or one of its postal codes.")
EXAMPLES = message("For example")
ANSWER = message("Answer")
MORE = plural(
    "and {n} more, which a longer text tells apart", "and {n} more, which a longer text tells apart"
)
_MOST = 12
_EXAMPLES = ("Verviers", "Lüttich", "EN2018", "Wi-Fi", "4800")


def search(reading: Reading) -> Content:
    """Show the results of what was typed; else what can be."""
    text = reading.choice("q")
    if not text:
        links = [page_link(reading.view.address("search", q=hit), hit) for hit in _EXAMPLES]
        yield section(reading.t(EXAMPLES), [reading.t(TYPE)], links=links)
        return
    if answered := answer_of(reading, text):
        paragraphs = [
            Paragraph((answered.sentence,)),
            *(Paragraph((remark,), "note") for remark in answered.remarks),
        ]
        yield Section((Heading(2, (reading.t(ANSWER),)), *paragraphs), "text")
    results = matches_of(reading, text, _MOST)
    yield Division((Paragraph((count_words(reading, results),)),), "text", role="status")
    for group in results.groups:
        yield _group(reading, group, text)


def _group(reading: Reading, group: Group, text: str) -> Section:
    results = tuple(_result(reading, hit, text) for hit in group.matches)
    inside = [Heading(2, (reading.t(KINDS[group.kind]),)), Bullets(results, style="results")]
    if more := group.total - len(group.matches):
        inside.append(Paragraph((translate_plural(*MORE, more, reading.language),), "note"))
    return Section(tuple(inside), "text")


def _result(reading: Reading, hit: Match, text: str) -> Inlines:
    label, address = label_of(reading, hit, text), address_of(reading, hit.entry)
    named = (page_link(address, label),) if address else label
    detail = detail_of(reading, hit)
    return (*named, Small((Text(detail),))) if detail else named


register_page("search", message("Search"), TELLS, search, filters=(TEXT,), order=None)
