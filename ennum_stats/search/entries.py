"""What has a name and a place of its own: communes, provinces, networks, calls, figures, documents, words.

An entry is found under its names in all languages at once, its codes, and what else it was or is called:
German and Dutch names of communes, localities that are part of one, postal codes, its code since 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ennum_stats.figures.contradictions import subject
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.calls import call_calendar
from ennum_stats.measures.schools.places import KINDS, place_codes
from ennum_stats.search.candidates import Candidate, candidates
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.store.place_rows import COMMUNE, localities
from ennum_stats.store.school_rows import registers_known
from ennum_stats.typography import fold

CALL, FIGURE, NUMBER, DOCUMENT, WORD = "call", "figure", "number", "document", "word"
ENTRY_KINDS = (*KINDS, CALL, FIGURE, NUMBER, DOCUMENT, WORD)
"""In the order in which they are shown where all come as near."""
_WORD_LISTS = ("counted", "level", "component", "stage")
"""Lists of codes whose names are the words of the subject; places and networks are entries of their own."""
_OF_PROVINCE = re.compile(r"^(?:province d[eu] |Provinz |provincie |province of )")


@dataclass(frozen=True)
class SearchEntry:
    """Hold a thing that can be found, by its kind and code: its name in each language, and what else leads to
    it."""

    kind: str
    code: str
    names: Mapping[str, str]
    others: tuple[str, ...] = ()
    detail: Mapping[str, str] | None = None
    """What tells it from others of the same name, in each language."""
    document: str = ""
    """Of a published number, the key of its document."""


@dataclass(frozen=True)
class Spelling:
    """Hold one way of writing an entry: folded, and as it is written."""

    text: str
    written: str
    entry: SearchEntry
    is_name: bool
    """Whether it is a name and nothing by which it is only known as well."""


@once_a_ledger
def spellings(ledger: Ledger) -> tuple[Spelling, ...]:
    """List all that can be found on the ledger's day, in each of its spellings; made once a ledger."""
    return tuple(_spellings(_entries(ledger)))


def spelled(entries: Iterable[SearchEntry]) -> tuple[Spelling, ...]:
    """List the spellings of entries."""
    return tuple(_spellings(entries))


def _spellings(entries: Iterable[SearchEntry]) -> Iterator[Spelling]:
    for entry in entries:
        names = {fold(name): name for name in entry.names.values()}
        others = {fold(name): name for name in entry.others}
        for text, written in (others | names).items():
            if text:
                yield Spelling(text, written, entry, text in names)


def place_entries(ledger: Ledger) -> Iterator[SearchEntry]:
    """List the communes, provinces and networks."""
    yield from _communes(ledger)
    from ennum_stats.raw.communes import PROVINCES

    for kind in KINDS:
        if kind != COMMUNE:
            for code in place_codes(ledger, kind):
                names = _names(ledger, f"codelists.{kind}", code)
                alone = (_OF_PROVINCE.sub("", name) for name in names.values())
                numbers = (number for number, province in PROVINCES.items() if province == code)
                yield SearchEntry(kind, code, names, (code, *numbers, *alone))


def _entries(ledger: Ledger) -> Iterator[SearchEntry]:
    yield from place_entries(ledger)
    yield from _calls(ledger)
    yield from (_figure_or_number(ledger, candidate) for candidate in candidates(ledger))
    yield from _documents(ledger)
    for record in ledger.records("codelists"):
        if record["codelist"] in _WORD_LISTS:
            yield SearchEntry(
                WORD, record["code"], _names(ledger, f"codelists.{record['codelist']}", record["code"])
            )


def _names(ledger: Ledger, table: str, code: str) -> dict[str, str]:
    return {language: ledger.name(table, code, language) for language in LANGUAGES}


@lru_cache(maxsize=1)
def _aliases() -> dict[str, tuple[str, ...]]:
    """Gather by commune its names in other languages, postal codes, and its code since 2025."""
    from ennum_stats.raw.communes import GERMAN_NAMES, communes

    by_commune: dict[str, list[str]] = {commune.commune: [commune.commune] for commune in communes().walloon}
    for commune in communes().walloon:
        by_commune[commune.commune] += [commune.name_nl, commune.commune_2025]
    for name, code in GERMAN_NAMES.items():
        by_commune[code].append(name)
    for postal_code, code in communes().postal_codes:
        by_commune[code].append(postal_code)
    return {code: tuple(dict.fromkeys(names)) for code, names in by_commune.items()}


def _communes(ledger: Ledger) -> Iterator[SearchEntry]:
    from ennum_stats.raw.communes import communes

    parts: dict[str, list[str]] = {}
    for name, code in localities(ledger, registers_known(ledger)):
        parts.setdefault(code, []).append(name.title())
    for commune in communes().walloon:
        names = {language: commune.name(language) for language in LANGUAGES}
        others = (*_aliases()[commune.commune], *parts.get(commune.commune, ()))
        province = _names(ledger, "codelists.province", commune.province)
        yield SearchEntry(COMMUNE, commune.commune, names, others, province)


def _calls(ledger: Ledger) -> Iterator[SearchEntry]:
    for call in call_calendar(ledger).known:
        names = _names(ledger, "calls", call.call)
        others = (call.call, call.call[:2] + " " + call.call[2:], call.school_year)
        yield SearchEntry(
            CALL, call.call, dict.fromkeys(LANGUAGES, call.call), (*names.values(), *others),
            dict.fromkeys(LANGUAGES, call.school_year.replace("-", "–")),
        )  # fmt: skip


def _figure_or_number(ledger: Ledger, candidate: Candidate) -> SearchEntry:
    """Make an entry of a figure, or of a published number that is none: its place is then its document."""
    if candidate.definition is not None:
        return SearchEntry(
            FIGURE,
            candidate.name,
            {language: translate(candidate.definition.label, language) for language in LANGUAGES},
            (candidate.name,),
        )
    first = candidate.observations[0]
    names = {language: subject(ledger, first, language) for language in LANGUAGES}
    title = dict.fromkeys(LANGUAGES, first.source.title)
    return SearchEntry(NUMBER, candidate.name, names, (), title, first.source.source_id)


def _documents(ledger: Ledger) -> Iterator[SearchEntry]:
    for record in ledger.records("sources"):
        source = ledger.source(record["source_id"])
        yield SearchEntry(
            DOCUMENT, source.source_id, dict.fromkeys(LANGUAGES, source.title), (source.publisher,),
            dict.fromkeys(LANGUAGES, source.publisher),
        )  # fmt: skip
