"""What the search of the header finds, and where it leads: for the page of results, and for suggestions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dashboards.blocks import Highlight
from dashboards.glossary import TERMS
from dashboards.registry import GLOSSARY, all_pages
from ennum_stats.document.blocks import Inlines, Text
from ennum_stats.errors import Message, message
from ennum_stats.languages import LANGUAGES, plural, translate, translate_plural
from ennum_stats.reading.answers import Findings, find
from ennum_stats.search.entries import CALL, DOCUMENT, FIGURE, NUMBER, WORD, SearchEntry, Spelling, spelled
from ennum_stats.search.lookup import Lookup, Match, highlighted, lookup
from ennum_stats.store.place_rows import COMMUNE, NETWORK, PROVINCE

if TYPE_CHECKING:
    from dashboards.reading import Reading

TERM, PAGE = "term", "page"
KINDS = {
    COMMUNE: message("Communes"),
    PROVINCE: message("Provinces"),
    NETWORK: message("Networks"),
    CALL: message("Calls"),
    FIGURE: message("Figures"),
    NUMBER: message("Published numbers"),
    DOCUMENT: message("Documents"),
    WORD: message("Words, in the other languages"),
    TERM: message("Glossary"),
    PAGE: message("Pages"),
}
RESULTS = plural("{n} result for “{text}”", "{n} results for “{text}”")
NEAREST = message("Nothing is called “{text}”. Spelled most like it:")
NOTHING = message(
    "Nothing is called “{text}”, or nearly so. A commune, province, network, call, figure, document or word "
    "can be found by its name in French, German, Dutch or English, or by its code."
)
AS_WELL = message("also {name}")
_SUGGESTED, _OF_A_KIND = 8, 3
_SHORTEST, _SHORTEST_QUESTION = 2, 3


def matches_of(reading: Reading, text: str, most: int) -> Lookup:
    """Tell what comes near a text, of each kind so many at most; terms of the glossary and pages too."""
    return lookup(reading.ledger, text, reading.language, most, _of_the_dashboard())


def answer_of(reading: Reading, text: str) -> Findings | None:
    """Give the answer to what was typed, if it is a question of several words that has one."""
    if len(text.split()) < _SHORTEST_QUESTION:
        return None
    findings = find(reading.ledger, text, reading.language)
    return findings if findings.is_answered else None


def count_words(reading: Reading, result: Lookup) -> str:
    """Tell how many things were found, or that nothing has that name."""
    text = result.text
    if not result.groups:
        return reading.t(NOTHING, text=text)
    if result.is_nearest:
        return reading.t(NEAREST, text=text)
    number = sum(group.total for group in result.groups)
    return translate_plural(*RESULTS, number, reading.language, text=text)


def address_of(reading: Reading, entry: SearchEntry) -> str:
    """Tell where an entry leads; nothing for a word, which is explained where it is found."""
    view = reading.view
    match entry.kind:
        case "call":
            return view.address("winners", call=entry.code)
        case "number":
            return view.address(f"document/{entry.document}")
        case "term":
            return f"{view.address(GLOSSARY)}#{entry.code}"
        case "page":
            return view.address(entry.code)
        case "word":
            return ""
        case kind:
            return view.address(f"{kind}/{entry.code}")


def detail_of(reading: Reading, hit: Match) -> str:
    """Tell what stands small beside a name: as what else it was found, and what tells it from others."""
    label = hit.label(reading.language)
    is_other = hit.entry.kind == COMMUNE and hit.as_ not in (label, "")
    parts = [reading.t(AS_WELL, name=hit.as_)] if is_other else []
    return " · ".join(filter(None, (*parts, hit.detail(reading.language))))


def label_of(reading: Reading, hit: Match, text: str) -> Inlines:
    """Give the name of what was found, with what was typed marked in it."""
    parts = highlighted(hit.label(reading.language), text)
    return tuple(Highlight(part) if is_typed else Text(part) for part, is_typed in parts)


def suggested(reading: Reading, text: str) -> dict[str, Any]:
    """Give the nearest things as the browser shows them below the field; none for less than two letters."""
    if len(text) < _SHORTEST:
        return {"said": "", "groups": []}
    near = matches_of(reading, text, _OF_A_KIND)
    groups, room = [], _SUGGESTED
    for group in near.groups:
        items = [
            {
                "label": highlighted(hit.label(reading.language), text),
                "detail": detail_of(reading, hit),
                "address": address_of(reading, hit.entry)
                or reading.view.address("search", q=hit.label(reading.language)),
            }
            for hit in group.matches[:room]
        ]
        room -= len(items)
        if items:
            groups.append({"name": reading.t(KINDS[group.kind]), "items": items})
    return {"said": count_words(reading, near), "groups": groups}


@lru_cache(maxsize=1)
def _of_the_dashboard() -> tuple[Spelling, ...]:
    """Give terms of the glossary by their names, and pages of the navigation by their titles: the same for
    every store."""
    terms = (SearchEntry(TERM, term.key, _in_each_language(term.name)) for term in TERMS)
    pages = (
        SearchEntry(PAGE, page.path, _in_each_language(page.title))
        for page in all_pages().values()
        if page.is_listed
    )
    return spelled((*terms, *pages))


def _in_each_language(text: Message) -> dict[str, str]:
    return {code: translate(text, code) for code in LANGUAGES}
