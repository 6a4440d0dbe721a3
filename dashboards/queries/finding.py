"""What the search of the header finds, and where it leads: for the page of results, and for suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from dashboards.blocks import Highlight
from dashboards.components.answer import ANSWER
from dashboards.components.comparing import COMPARE
from dashboards.glossary import TERMS
from dashboards.reading import Reading
from dashboards.registry import GLOSSARY, all_pages
from ennum_stats.document.blocks import Inlines, Text
from ennum_stats.errors import Message, message
from ennum_stats.languages import LANGUAGES, plural, translate, translate_plural
from ennum_stats.measures.schools.places import KINDS as KINDS_OF_PLACES
from ennum_stats.measures.schools.places import place, place_name
from ennum_stats.reading.answers import find
from ennum_stats.reading.findings import Findings
from ennum_stats.search import entries
from ennum_stats.search.lookup import Group, Lookup, Match, highlighted, lookup
from ennum_stats.search.place_words import had_sentence, registered_sentence
from ennum_stats.store.place_rows import COMMUNE, NETWORK, PROVINCE
from ennum_stats.typography import fold

TERM, PAGE = "term", "page"
KINDS = {
    COMMUNE: message("Communes"),
    PROVINCE: message("Provinces"),
    NETWORK: message("Networks"),
    entries.CALL: message("Calls"),
    entries.FIGURE: message("Figures"),
    entries.NUMBER: message("Published numbers"),
    entries.DOCUMENT: message("Documents"),
    entries.WORD: message("Words, in the other languages"),
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
SHORT_VERDICTS = {"yes": message("Yes."), "no": message("No."), "unproved": message("Not proved.")}
_SUGGESTED, _OF_A_KIND = 8, 3
_SHORTEST, _LONGEST_SOUGHT = 2, 40
_BETWEEN = re.compile(r"\s*(?:[,;/+]|\b(?:ou|et|oder|und|of|en|or|and|vs|versus)\b\.?)\s*", re.IGNORECASE)
"""What stands between places that are named side by side."""


def matches_of(reading: Reading, text: str, most: int) -> Lookup:
    """Tell what comes near a text, of each kind so many at most; terms of the glossary and pages too."""
    return lookup(reading.ledger, text, reading.language, most, _of_the_dashboard())


def answer_of(reading: Reading, text: str, *, is_nothing_called: bool = False) -> Findings | None:
    """Give the answer to what was typed: to words, or a number; of a question, or where nothing has that name, also
    that nothing answers, and why what comes near does not."""
    words = text.split()
    if len(words) == 1 and not text.isdigit():
        return None
    findings = find(reading.ledger, text, reading.language)
    is_question = "?" in text or (is_nothing_called and len(words) > 1)
    is_told = findings.is_answered or (is_question and findings.nearest)
    return findings if is_told else None


def places_in(reading: Reading, text: str) -> list[tuple[str, str]]:
    """Find the places (kind and code) that a text names and nothing else: "Verviers", "Hainaut ou Liège"; all of one
    kind where there is one."""
    names = [fold(part) for part in _BETWEEN.split(text.strip(" ?")) if part]
    for kind in KINDS_OF_PLACES:
        codes = {
            spelling.text: spelling.entry.code
            for spelling in reversed(entries.spellings(reading.ledger))
            if spelling.entry.kind == kind
        }
        if names and all(name in codes and not name.isdigit() for name in names):
            return list(dict.fromkeys((kind, codes[name]) for name in names))
    return []


def beside_places(found: Lookup, named: Sequence[tuple[str, str]]) -> Lookup:
    """Leave out of what was found the places that a text names, and what is only spelled like them."""
    groups = [
        Group(group.kind, tuple(left), group.total - len(group.matches) + len(left))
        for group in found.groups if not found.is_nearest
        if (left := [hit for hit in group.matches if (hit.entry.kind, hit.entry.code) not in named])
    ]  # fmt: skip
    return Lookup(found.text, tuple(groups))


def place_words(reading: Reading, kind: str, code: str) -> str:
    """Say what the register and the lists tell of a place; nothing where no register was known."""
    facts = place(reading.ledger, kind, code)
    registered = registered_sentence(reading.ledger, facts, reading.language)
    return " ".join(filter(None, (registered, had_sentence(facts, reading.language))))


def count_words(reading: Reading, result: Lookup) -> str:
    """Tell how many things were found, or that nothing has that name."""
    text = result.text
    if not result.groups:
        return reading.t(NOTHING, text=text)
    if result.is_nearest:
        return reading.t(NEAREST, text=text)
    number = sum(group.total for group in result.groups)
    return translate_plural(*RESULTS, number, reading.language, text=text)


def address_of(reading: Reading, entry: entries.SearchEntry) -> str:
    """Tell where an entry leads; nothing for a word, which is explained where it is found."""
    view = reading.view
    match entry.kind:
        case "call":
            return view.address("winners", call=entry.code)
        case "number":
            return view.address(f"document/{entry.document}")
        case "term":
            return f"{view.address(GLOSSARY)}#{view.id(entry.code)}"
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


def proposed(reading: Reading, path: str) -> list[tuple[str, str]]:
    """List what an address that leads nowhere may have meant, by label and address: what comes near of the kind that
    it names, a page where it names none; of provinces and networks, which are few, else all."""
    kind = path.partition("/")[0] if "/" in path else PAGE
    groups = matches_of(reading, words_of(path), _OF_A_KIND).groups
    near = [hit.entry for group in groups for hit in group.matches if group.kind == kind]
    if not near and kind in (PROVINCE, NETWORK):
        near = [entry for entry in entries.place_entries(reading.ledger) if entry.kind == kind]
    return [(entry.names[reading.language], address_of(reading, entry)) for entry in near]


def place_address(reading: Reading, path: str) -> str:
    """Give the address of the one place that a path names otherwise than by its code; nothing where there is none."""
    kind, _, name = path.partition("/")
    named = {
        spelling.entry.code
        for spelling in entries.spellings(reading.ledger)
        if spelling.entry.kind == kind in KINDS_OF_PLACES and spelling.text == fold(name)
    }
    return reading.view.address(f"{kind}/{named.pop()}") if len(named) == 1 else ""


def entries_named(reading: Reading) -> Iterator[tuple[str, str, str, str]]:
    """Yield whatever has a name and a place: label, what tells it from others, address, and all its spellings."""
    spelled_by: dict[int, tuple[entries.SearchEntry, list[str]]] = {}
    for spelling in (*entries.spellings(reading.ledger), *_of_the_dashboard()):
        spelled_by.setdefault(id(spelling.entry), (spelling.entry, []))[1].append(spelling.text)
    for entry, texts in spelled_by.values():
        if address := address_of(reading, entry):
            detail = (reading.t(KINDS[entry.kind]), (entry.detail or {}).get(reading.language, ""))
            label = entry.names[reading.language]
            yield label, " · ".join(filter(None, detail)), address, "|".join(texts)


def words_of(path: str) -> str:
    """Tell what the last part of a path names, in words: of "commune/vervier" “vervier”."""
    last = path.rstrip("/").rpartition("/")[2]
    return " ".join(re.findall(r"[^\W_]+", last))[:_LONGEST_SOUGHT]


def label_of(reading: Reading, hit: Match, text: str) -> Inlines:
    """Give the name of what was found, with what was typed marked in it."""
    parts = highlighted(hit.label(reading.language), text)
    return tuple(Highlight(part) if is_typed else Text(part) for part, is_typed in parts)


def suggested(reading: Reading, text: str) -> dict[str, Any]:
    """Give the nearest things as the browser shows them below the field; none for less than two letters."""
    if len(text) < _SHORTEST:
        return {"said": "", "groups": []}
    near, groups = matches_of(reading, text, _OF_A_KIND), _answer_suggested(reading, text)
    announced = [f"{item['label'][0][0]}, {item['detail']}." for group in groups for item in group["items"]]
    announced += [] if groups and near.is_nearest else [count_words(reading, near)]
    room = _SUGGESTED
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
    return {"said": " ".join(announced), "groups": groups}


def _answer_suggested(reading: Reading, text: str) -> list[dict[str, Any]]:
    """Give the answer to what was typed so far, if it has one, above what has a name like it; places side by side."""
    named, findings = places_in(reading, text), answer_of(reading, text)
    if len(named) > 1:
        names = [place_name(reading.ledger, *each, reading.language) for each in named]
        heading, label, detail = KINDS[named[0][0]], ", ".join(names), reading.t(COMPARE)
    elif findings and findings.is_answered and findings.nearest:
        best = findings.nearest[0]
        verdict = f"{reading.t(SHORT_VERDICTS[findings.verdict])} " if findings.verdict else ""
        heading, label, detail = ANSWER, f"{verdict}{best.text}", best.what
    else:
        return []
    address = reading.view.address("search", q=text)
    return [
        {
            "name": reading.t(heading),
            "items": [{"label": [(label, False)], "detail": detail, "address": address}],
        }
    ]


@lru_cache(maxsize=1)
def _of_the_dashboard() -> tuple[entries.Spelling, ...]:
    """Give terms of the glossary by their names, and pages of the navigation by their titles: the same for
    every store."""
    terms = (entries.SearchEntry(TERM, term.key, _in_each_language(term.name)) for term in TERMS)
    pages = (
        entries.SearchEntry(PAGE, page.path, _in_each_language(page.title))
        for page in all_pages().values()
        if page.is_listed
    )
    return entries.spelled((*terms, *pages))


def _in_each_language(text: Message) -> dict[str, str]:
    return {code: translate(text, code) for code in LANGUAGES}
