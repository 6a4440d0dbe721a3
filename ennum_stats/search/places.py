"""Places by name: which one somebody types, of which commune a question asks, and what remains to be said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ennum_stats.errors import NEAREST, UsageError, message, unknown_name
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.schools.completeness import incomplete, not_complete
from ennum_stats.measures.schools.places import Place, place_name
from ennum_stats.measures.schools.school_sites import has_lists, register_to_load
from ennum_stats.search.concepts import IDLE
from ennum_stats.search.entries import Spelling, place_entries, spelled, spellings
from ennum_stats.search.place_words import had_sentence
from ennum_stats.search.spelling import alike
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE, PROVINCE
from ennum_stats.typography import fold

_SHOWN = (COMMUNE, PROVINCE)
"""The kinds of places that have a sheet."""
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
    own = [text for text, spelling in names.items() if spelling.is_name]
    long = (word for word in unanswered if len(word) >= _SHORTEST_MISSPELLED and word.isalpha())
    near = next((alike(word, own, _MISSPELLED) for word in long if alike(word, own, _MISSPELLED)), None)
    return names[near[0][0]].entry.code if near else ""


def place_named(ledger: Ledger, typed: str) -> tuple[str, str]:
    """Find the commune or province (its kind and code) of a name, a locality or a code; "commune" or "province" before
    it says which where both have it. Raises `UsageError` where several have it, and `UnknownName` with the nearest."""
    first, _, rest = typed.strip().partition(" ")
    kinds, name = ((first,), rest.strip()) if first in _SHOWN and rest else (_SHOWN, typed.strip())
    every = [each for each in spelled(place_entries(ledger)) if each.entry.kind in kinds]
    same = [each for each in every if each.text in (fold(name), fold(typed))]
    named = [each for each in same if each.is_name or each.entry.kind == PROVINCE]
    entries = {(each.entry.kind, each.entry.code): each.entry for each in named or same}
    if len(entries) == 1:
        return next(iter(entries))
    if entries:
        lines = [f"{kind} {code} ({entry.names['fr']})" for (kind, code), entry in entries.items()]
        raise UsageError(
            message("“{name}” is the name of several places.", name=name[:40]),
            remedy=message("Type one of them: {names}.", names="; ".join(lines)),
        )
    texts = {each.text: each.written for each in every if each.is_name}
    near = [texts[text] for text, *_ in alike(fold(name), [*texts], 0, 5)]
    raise unknown_name(
        message("There is no commune or province “{name}” in Wallonia.", name=name[:40]), near, NEAREST
    )


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
