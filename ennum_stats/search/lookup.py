"""Finding things by name: whatever comes near what was typed, by kind, the nearest first.

A text is compared folded: without accents and capitals. It may be the beginning of a name, some of its
words, a code, a name inside a question, or misspelled. Figures are also found by what a question means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ennum_stats.search.candidates import candidates
from ennum_stats.search.concepts import IDLE
from ennum_stats.search.entries import ENTRY_KINDS, FIGURE, NUMBER, WORD, SearchEntry, Spelling, spellings
from ennum_stats.search.spelling import alike
from ennum_stats.search.subjects import fits, words_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import fold

LONGEST_TEXT = 80
_SAME, _BEGINNING, _WORDS, _INSIDE, _MEANT = 100.0, 94.0, 86.0, 82.0, 74.0
_AS_WELL = 3.0
"""What a spelling that is no name comes after one that is."""
_MISSPELLED, _FARTHEST = 78, 50
_OF_ALIKE = 0.92
"""What a likeness of a hundred counts: less than a name that begins as was typed."""
_SHORTEST_MISSPELLED, _SHORTEST_INSIDE = 4, 3
_ENOUGH = 0.6
"""The part of a question that a figure must answer to be found by its meaning."""
_NEAREST = 5
_WORD = re.compile(r"[^\W_]+")
_SAINTS = {"st": "saint", "ste": "sainte"}


@dataclass(frozen=True)
class Match:
    """Hold an entry that comes near, how near, and which parts of its name were typed."""

    entry: SearchEntry
    score: float
    as_: str = ""
    """The spelling by which it was found: a name in some language, a locality, a code."""

    def label(self, language: str) -> str:
        """Name it; what was not translated keeps its own name."""
        return self.entry.names[language]

    def detail(self, language: str) -> str:
        """Say what tells it from others: its province, the years of a call, the publisher; of a word, the
        same in the other languages."""
        if self.entry.kind == WORD:
            return " · ".join(dict.fromkeys(n for code, n in self.entry.names.items() if code != language))
        return (self.entry.detail or {}).get(language, "")


@dataclass(frozen=True)
class Group:
    """Hold the matches of one kind, the nearest first, and how many there were before some were left off."""

    kind: str
    matches: tuple[Match, ...]
    total: int


@dataclass(frozen=True)
class Lookup:
    """Hold what was found; where nothing comes near, what comes nearest."""

    text: str
    groups: tuple[Group, ...]
    is_nearest: bool = False


def lookup(
    ledger: Ledger, text: str, language: str, most: int = 10, extra: Sequence[Spelling] = ()
) -> Lookup:
    """Find what has a name like a text, of each kind so many at most; `beside` can be found as well.

    What is found does not depend on the language, only which of two as near is told first.
    """
    plain = _plain_question(text)
    if not plain:
        return Lookup(text, ())
    every = (*spellings(ledger), *extra)
    matches = _near(plain, every)
    for match in _by_meaning(ledger, text, every):
        _keep(matches, match)
    is_nearest = not matches
    if is_nearest:
        matches = _nearest(plain, every)
    groups = _grouped(matches.values(), language, most)
    return Lookup(text, groups, is_nearest and bool(groups))


def highlighted(label: str, text: str) -> list[tuple[str, bool]]:
    """Part a label into what was typed and what was not.

    >>> highlighted("La Louvière", "louv")
    [('La ', False), ('Louv', True), ('ière', False)]
    """
    wanted = [word for word in _plain_question(text).split() if word not in IDLE] or _plain_question(
        text
    ).split()
    parts: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(label):
        folded = fold(match[0])
        length = max((len(word) for word in wanted if folded.startswith(word)), default=0)
        if length and len(folded) == len(match[0]):
            start = match.start()
            parts += [(label[end:start], False), (label[start : start + length], True)]
            end = start + length
    parts.append((label[end:], False))
    return [(part, is_typed) for part, is_typed in parts if part]


def _plain_question(text: str) -> str:
    folded = fold(text[:LONGEST_TEXT])
    return " ".join(_SAINTS.get(word, word) for word in folded.split())


def _near(plain: str, every: Sequence[Spelling]) -> dict[tuple[str, str], Match]:
    """Compare a text with each spelling; those misspelled only where nothing has that name."""
    words = plain.split()
    telling = [word for word in words if word not in IDLE] or words
    matches: dict[tuple[str, str], Match] = {}
    for spelling in every:
        if score := _score(plain, telling, spelling):
            _keep(matches, _match(spelling, score))
    is_there = any(match.score > _WORDS for match in matches.values())
    if not is_there and len(plain) >= _SHORTEST_MISSPELLED and not plain.isdigit():
        for spelling, score in _alike(plain, every, _MISSPELLED):
            _keep(matches, _match(spelling, score * _OF_ALIKE))
    return matches


def _score(plain: str, words: Sequence[str], spelling: Spelling) -> float:
    """Say how near a spelling comes: the same, begun, all words begun, or itself in a question."""
    text = spelling.text
    if text == plain:
        return _SAME
    if text.startswith(plain):
        return _BEGINNING - min(len(text) - len(plain), 50) / 50
    within = f" {text}"
    if all(f" {word}" in within for word in words):
        return _WORDS - min(len(text), 100) / 100
    if spelling.is_name and len(text) >= _SHORTEST_INSIDE and f"{within} " in f" {plain} ":
        return _INSIDE + text.count(" ")
    return 0.0


def _alike(plain: str, every: Sequence[Spelling], least: int) -> list[tuple[Spelling, float]]:
    near = alike(plain, [spelling.text for spelling in every], least, 20)
    return [(every[place], score) for _, score, place in near]


def _match(spelling: Spelling, score: float) -> Match:
    return Match(spelling.entry, score - (0 if spelling.is_name else _AS_WELL), spelling.written)


def _keep(matches: dict[tuple[str, str], Match], match: Match) -> None:
    key = match.entry.kind, match.entry.code
    if key not in matches or matches[key].score < match.score:
        matches[key] = match


def _by_meaning(ledger: Ledger, text: str, every: Sequence[Spelling]) -> Iterable[Match]:
    """Find the figures and numbers that answer a question, by what its words mean."""
    figures = candidates(ledger)
    words = words_of(text[:LONGEST_TEXT], figures)
    best = [fit for fit in fits(words, figures)[:_NEAREST] if fit.share >= _ENOUGH]
    places = {fit.candidate.name: place for place, fit in enumerate(best)}
    for spelling in every:
        if spelling.entry.kind in (FIGURE, NUMBER) and spelling.entry.code in places:
            place = places.pop(spelling.entry.code)
            yield Match(spelling.entry, _MEANT + best[place].share * 10 - place)


def _nearest(plain: str, every: Sequence[Spelling]) -> dict[tuple[str, str], Match]:
    matches: dict[tuple[str, str], Match] = {}
    for spelling, score in _alike(plain, every, _FARTHEST)[:_NEAREST]:
        _keep(matches, _match(spelling, score))
    return matches


def _grouped(best: Iterable[Match], language: str, most: int) -> tuple[Group, ...]:
    by_kind: dict[str, list[Match]] = {}
    for match in best:
        by_kind.setdefault(match.entry.kind, []).append(match)
    groups = []
    for kind, matches in by_kind.items():
        matches.sort(key=lambda match: (-match.score, match.label(language), match.entry.code))
        groups.append(Group(kind, tuple(matches[:most]), len(matches)))
    order = {kind: place for place, kind in enumerate(ENTRY_KINDS)}
    groups.sort(key=lambda group: (-round(group.matches[0].score), order.get(group.kind, len(order))))
    return tuple(groups)
