"""Communes in questions: of which one a question asks, and what registers and lists say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.schools.completeness import incomplete, not_complete
from ennum_stats.measures.schools.places import Place, place_name
from ennum_stats.measures.schools.school_lists import registers_named
from ennum_stats.measures.schools.school_sites import has_lists, register_to_load
from ennum_stats.search.concepts import IDLE
from ennum_stats.search.entries import Spelling, spellings
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE
from ennum_stats.typography import fold
from ennum_stats.wording import words

REGISTERED = message("{commune}: {sites} and {schools} in the register of schools of {days}.")
HAD = message("With at least one project of École Numérique: {reached}; without any: {rest}.")
_LONGEST_NAME = 6
_SHORTEST_MISSPELLED, _MISSPELLED = 6, 88


def commune_in(ledger: Ledger, question: str, unanswered: Collection[str]) -> str:
    """Find the commune (its NIS code) that words of a question name which no number answers, under any of its
    names, or that of a locality; the longest name, else one misspelled; empty where there is none."""
    names: dict[str, Spelling] = {}
    for spelling in spellings(ledger):
        if spelling.entry.kind == COMMUNE and not (spelling.text in names and names[spelling.text].is_name):
            names[spelling.text] = spelling
    parts = fold(question).split()
    for length in range(min(_LONGEST_NAME, len(parts)), 0, -1):
        for start in range(len(parts) - length + 1):
            run = parts[start : start + length]
            named = names.get(" ".join(run))
            if named and set(run) & {*unanswered} and set(run) - IDLE:
                return named.entry.code
    return _misspelled(unanswered, names)


def _misspelled(unanswered: Collection[str], names: dict[str, Spelling]) -> str:
    from rapidfuzz import fuzz, process  # seldom needed

    own = [text for text, spelling in names.items() if spelling.is_name]
    for word in unanswered:
        if len(word) >= _SHORTEST_MISSPELLED and word.isalpha():
            near = process.extractOne(word, own, scorer=fuzz.ratio, score_cutoff=_MISSPELLED)
            if near:
                return names[near[0]].entry.code
    return ""


def registered_sentence(ledger: Ledger, place: Place, language: str) -> str:
    """Say how many sites and schools the register has in a place; nothing where no register was known, or
    where it has none there."""
    sites, schools = place.sites, place.schools
    if not (isinstance(sites, Known) and isinstance(schools, Known) and sites.quantity.value):
        return ""
    registers = registers_named(ledger, place.registers)
    counted = message(
        REGISTERED.text,
        commune=place_name(ledger, place.kind, place.code, language),
        sites=words(sites.quantity, language, style="text"),
        schools=words(schools.quantity, language, style="text"),
        days=sorted({register.as_of for register in registers}),
    )
    return translate(counted, language)


def had_sentence(place: Place, language: str) -> str:
    """Say how many sites of a place had a project of École Numérique, and how many none, within bounds;
    nothing where no list says anything."""
    reached = place.counted.reached
    rest = place.sites - reached
    if not (isinstance(reached, Known) and isinstance(rest, Known)):
        return ""
    numbers = {"reached": reached, "rest": rest}
    written = {name: words(item.quantity, language, style="text") for name, item in numbers.items()}
    return translate(HAD, language, **written)


def place_remarks(ledger: Ledger, place: Place, language: str) -> Iterator[str]:
    """Say what the lists tell of a place; where they cannot, what is missing and which command loads it."""
    if not has_lists(ledger):
        name = place_name(ledger, place.kind, place.code, language)
        yield translate(message("No document gives this number for {commune}.", commune=name), language)
        for sentence in register_to_load(ledger):
            yield translate(sentence, language)
        return
    if had := had_sentence(place, language):
        yield had
    if lacking := incomplete(ledger, ECOLE_NUMERIQUE):
        yield translate(not_complete(lacking), language)
