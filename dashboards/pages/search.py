"""What is found by the search of the header: by kind, the nearest first; else what comes nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.blocks import Division
from dashboards.components import page_link, place_link, section
from dashboards.components.answer import answer
from dashboards.components.charts import small_chart
from dashboards.components.comparing import SITES_COMPARED, compare_link
from dashboards.components.without_lists import known_without_lists
from dashboards.filters import TEXT
from dashboards.queries import finding
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.document.blocks import Bullets, Heading, Inlines, Paragraph, Section, Small, Text
from ennum_stats.errors import message
from ennum_stats.languages import plural, translate_plural
from ennum_stats.measures.schools.places import place, place_name
from ennum_stats.search.lookup import Group, Match
from ennum_stats.store.answers import Known
from ennum_stats.store.place_rows import NETWORK, PROVINCE

TELLS = message(
    # Defines four languages.
    "Answers to questions in words; and communes, provinces, networks, calls, figures, documents and words, by their "
    "names in four languages."
)
ASK = message(
    "Ask a question: how many, how much, which share, when, who, where, which call, is it true. The answer comes "
    "with its bounds and its document; where nothing known answers, that is what you read."
)
TYPE = message(
    "Or type a name, a few words, a number or a code: a commune by its NIS code or one of its postal codes."
)
EXAMPLES = message("For example")
ANSWER = message("Answer")
MORE = plural(
    "and {n} more, which a longer text tells apart", "and {n} more, which a longer text tells apart"
)
_MOST = 12
_CHARTS = {PROVINCE: "winners_by_province", NETWORK: "winners_by_network"}
_QUESTIONS = {
    "fr": ("Combien de lauréats en 2020 ?", "EN2018 a-t-il coûté plus que EN2019 ?"),
    "de": ("Wie viele Gewinner 2020?", "War EN2018 teurer als EN2019?"),
    "nl": ("Hoeveel laureaten in 2020?", "Was EN2018 duurder dan EN2019?"),
    "en": ("How many winners in 2020?", "Was EN2018 more expensive than EN2019?"),
}
_EXAMPLES = ("Hainaut, Liège", "Verviers", "EN2018", "4800", "1350")


def search(reading: Reading) -> Content:
    """Show the results of what was typed; else what can be."""
    text = reading.choice("q")
    if not text:
        links = [
            page_link(reading.view.address("search", q=hit), hit)
            for hit in (*_QUESTIONS[reading.language], *_EXAMPLES)
        ]
        yield section(reading.t(EXAMPLES), [reading.t(ASK), reading.t(TYPE)], links=links)
        return
    results, named = finding.matches_of(reading, text, _MOST), finding.places_in(reading, text)
    if named:
        yield from _places(reading, named, text)
        results = finding.beside_places(results, named)
    elif answered := finding.answer_of(
        reading, text, is_nothing_called=results.is_nearest or not results.groups
    ):
        yield from answer(reading, answered)
    if results.groups or not named:
        yield Division((Paragraph((finding.count_words(reading, results),)),), "text", role="status")
    for group in results.groups:
        yield _group(reading, group, text)


def _places(reading: Reading, named: Sequence[tuple[str, str]], text: str) -> Content:
    """Say what is known of the places that a text names alone, and lead to them, side by side where there are
    several."""
    (kind, *_), codes = named[0], [code for _, code in named]
    names = [place_name(reading.ledger, kind, code, reading.language) for code in codes]
    words = [
        (place_link(reading, kind, code), Small((Text(finding.place_words(reading, kind, code)),)))
        for code in codes
    ]
    blocks: list[Any] = [Heading(2, (", ".join(names),)), Bullets(tuple(words), style="results")]
    if len(codes) > 1:
        blocks.append(Paragraph((compare_link(reading, kind, SITES_COMPARED, text, codes),), "tools"))
    yield Section(tuple(blocks), "text")
    if not all(isinstance(place(reading.ledger, kind, code).counted.reached, Known) for code in codes):
        yield from known_without_lists(reading, kind, codes)
    elif kind in _CHARTS and len(codes) > 1:
        yield small_chart(reading, _CHARTS[kind])


def _group(reading: Reading, group: Group, text: str) -> Section:
    results = tuple(_result(reading, hit, text) for hit in group.matches)
    inside = [Heading(2, (reading.t(finding.KINDS[group.kind]),)), Bullets(results, style="results")]
    if more := group.total - len(group.matches):
        inside.append(Paragraph((translate_plural(*MORE, more, reading.language),), "note"))
    return Section(tuple(inside), "text")


def _result(reading: Reading, hit: Match, text: str) -> Inlines:
    label, address = finding.label_of(reading, hit, text), finding.address_of(reading, hit.entry)
    named = (page_link(address, label),) if address else label
    detail = finding.detail_of(reading, hit)
    return (*named, Small((Text(detail),))) if detail else named


register_page("search", message("Search"), TELLS, search, filters=(TEXT,), order=None)
