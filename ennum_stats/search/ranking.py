"""Which candidates come nearest to a question, and which of its words none of them answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log

from ennum_stats.search.candidates import HEADS, PROGRAMMES, Candidate
from ennum_stats.search.concepts import ACTS, CONCEPTS, NAMES, concept, telling_words
from ennum_stats.typography import fold

_RELATED = (
    ("school", "site", 0.8),
    ("school", "institution", 0.8),
    ("site", "institution", 0.6),
    ("computer", "device", 0.6),
    ("computer", "terminal", 0.7),
    ("device", "terminal", 0.6),
    ("tablet", "ipad", 0.7),
    ("tablet", "device", 0.4),
    ("money", "invest", 0.9),
    ("money", "grant", 0.7),
    ("francs", "money", 0.7),
    ("money", "mean", 0.3),
    ("staff", "team", 0.8),
    ("equipped", "installed", 0.8),
    ("equipped", "device", 0.4),
    ("equipped", "reached", 0.5),
    ("wifi", "connected", 0.4),
    ("internet", "connected", 0.5),
    ("planned", "target", 0.7),
    ("reached", "involved", 0.7),
    ("project", "won", 0.5),
    ("primary", "fundamental", 0.6),
)
"""Ideas that are near one another, and how well the one answers to the other."""
NEAR: dict[str, dict[str, float]] = {}
for _one, _other, _weight in _RELATED:
    NEAR.setdefault(_one, {})[_other] = _weight
    NEAR.setdefault(_other, {})[_one] = _weight
_COUNTED_WORD = re.compile(
    r"\b(?:combien d|combien de|nombre d|nombre de|nombre des|wie viele|wieviele|anzahl|anzahl der|hoeveel|"
    r"aantal|how many|number of) (?:\w )?(\w+)"
)
_BASE_WORD = re.compile(r"\b(?:par|per|pro|je|each|every|chaque|jede[rsnm]?|elke?|pour 100|for 100) (\w+)")
_SHORTEST_MISSPELLED, _ALIKE, _ALIKE_SHORT = 5, 83, 88
_UNKNOWN, _YEAR = 2.0, 4.0
_IN_REMARKS = 0.35
_HEAD, _OTHER_HEAD = 1.2, -1.2
_NARROWER, _AS_NARROW, _MORE, _PLANNED = 1.2, 0.6, 0.12, 0.6
_NO_FIGURE, _UNPUBLISHED, _OTHER_CALL, _COUNTED = 0.25, 0.8, 2.0, 0.3
_OTHER_PROGRAMME = 2.0
_NEUTRAL = frozenset(("total", "planned", "wallonia", "won"))
"""Ideas that a candidate may have without being about more than is asked."""
_NAMED = 0.7
"""How well a year must answer for a call to be the one of that year."""
_NAMED_NEARLY = 0.5
"""How near what is counted must come to what is to be counted: no computers where tablets are asked for."""
ALL_HEADS = frozenset(head for heads in HEADS.values() for head in heads) | {"school", "invest"}


@dataclass(frozen=True)
class Word:
    """Hold a telling word of a question, what it means, and how much hangs on it."""

    text: str
    idea: str
    weight: float
    is_head: bool = False
    """Whether it is what is to be counted: "combien d’écoles", "wie viele Projekte"."""
    is_base: bool = False
    """Whether it is that for each of which is counted: "par élève", "pro Schule"."""

    @property
    def is_exact(self) -> bool:
        """Whether it names one call or year, which no other can stand for."""
        return bool(re.fullmatch(r"en\d{1,4}|(19|20)\d\d", self.idea))

    @property
    def year(self) -> int | None:
        """The year that it names."""
        return int(self.idea) if self.is_exact and self.idea.isdigit() else None


@dataclass(frozen=True)
class Hit:
    """Hold a candidate, how near it comes, and the words of the question that it answers."""

    candidate: Candidate
    score: float
    answered: frozenset[str]
    is_of_unit: bool
    """Whether it is a number of what is asked for: of schools, not of tablets."""
    share: float
    """Which part of the question it answers, by the weight of its words."""


def words_of(question: str, candidates: Sequence[Candidate]) -> list[Word]:
    """Read the telling words of a question, one for each idea; what few candidates speak of weighs more.

    A word that nobody knows is read as the one that it is spelled most like; where there is none, it weighs
    little, unless it is what is to be counted.
    """
    counts = Counter(idea for candidate in candidates for idea in candidate.ideas)
    counted = _COUNTED_WORD.search(fold(question))
    bases = _BASE_WORD.findall(fold(question))
    words: dict[str, Word] = {}
    for text in telling_words(question):
        idea = concept(text)
        if idea not in counts and not _is_known(idea, candidates):
            idea = spelled_like(text, counts) or idea
        weight = 1 + log(len(candidates) / (1 + counts[idea])) if idea in counts else _UNKNOWN
        if idea.isdigit():
            weight = _YEAR
        is_head = counted is not None and counted[1] == text
        words.setdefault(idea, Word(text, idea, weight, is_head, text in bases and idea in ALL_HEADS))
    return list(words.values())


def _is_known(idea: str, candidates: Iterable[Candidate]) -> bool:
    return (
        idea in CONCEPTS
        or idea in ACTS
        or idea.isdigit()
        or any(idea in candidate.remarks for candidate in candidates)
    )


def spelled_like(text: str, ideas: Collection[str]) -> str | None:
    """Find the idea that a misspelled word means: that of the name or stem that it is spelled most like."""
    if len(text) < _SHORTEST_MISSPELLED or not text.isalpha():
        return None
    from rapidfuzz import fuzz, process  # seldom needed

    least = _ALIKE if len(text) > _SHORTEST_MISSPELLED else _ALIKE_SHORT
    near = process.extractOne(text, (*NAMES, *ideas), scorer=fuzz.ratio, score_cutoff=least)
    if near is None:
        stems = {
            stem: fuzz.ratio(text[: len(stem)], stem) for stem in NAMES if len(stem) >= _SHORTEST_MISSPELLED
        }
        best = max(stems, key=lambda stem: (stems[stem], len(stem)))
        return concept(best) if stems[best] >= least and len(text) > len(best) else None
    return concept(near[0])


def ranked(words: Sequence[Word], candidates: Iterable[Candidate]) -> list[Hit]:
    """Order candidates by how near they come to the words; of two that are alike, the later one first."""
    hits = [hit for candidate in candidates if words and (hit := _hit(words, candidate)).answered]
    return sorted(
        (hit for hit in hits if hit.answered), key=lambda hit: (-round(hit.score, 2), -hit.candidate.known)
    )


def _hit(words: Sequence[Word], candidate: Candidate) -> Hit:
    matches = {word: _match(word, candidate) for word in words}
    gained = sum(word.weight * match for word, match in matches.items())
    wanted = {word.idea for word in words}
    head = next((word.idea for word in words if word.idea in ALL_HEADS), None)
    in_unit = _head_score(head, candidate)
    answered = frozenset(
        word.text for word, match in matches.items() if match > (_NAMED_NEARLY if word.is_head else 0)
    )
    return Hit(
        candidate, gained + in_unit - _distance(matches, wanted, candidate), answered, in_unit >= 0,
        gained / sum(word.weight for word in words),
    )  # fmt: skip


def _distance(matches: dict[Word, float], wanted: set[str], candidate: Candidate) -> float:
    """Say how much a candidate is about something else, or about more or less, than is asked."""
    of_year = any(word.year and match >= _NAMED for word, match in matches.items())
    is_other_call = bool(candidate.call) and candidate.call not in wanted and not of_year
    named = wanted & PROGRAMMES
    more = len(candidate.about - wanted - _NEUTRAL)
    return (
        _NARROWER * (sum(not part & wanted for part in candidate.narrow) + is_other_call)
        - _AS_NARROW * any(part & wanted for part in candidate.narrow)
        + _MORE * more
        + _PLANNED * (candidate.is_planned and "planned" not in wanted)
        - _COUNTED * bool(candidate.counted & wanted)
        + _NO_FIGURE * (candidate.definition is None)
        + _UNPUBLISHED * candidate.is_unpublished
        + _OTHER_CALL * any(word.is_exact and not match for word, match in matches.items())
        + _OTHER_PROGRAMME * bool(named and candidate.programme and not named & candidate.programme)
    )


def _match(word: Word, candidate: Candidate) -> float:
    """Say how well a candidate answers to a word, from 0 to 1."""
    if word.year:
        return candidate.years.get(word.year, 0.0)
    direct = candidate.ideas.get(word.idea, 0.0)
    if direct == 1:
        return direct
    related = NEAR.get(word.idea, {})
    near = max((weight for idea, weight in related.items() if idea in candidate.ideas), default=0.0)
    return max(direct, near, _IN_REMARKS * (word.idea in candidate.remarks))


def _head_score(head: str | None, candidate: Candidate) -> float:
    """Reward what answers in the unit that is asked for: of schools, a number of schools."""
    if head is None or not candidate.heads:
        return 0.0
    if head in candidate.heads:
        return _HEAD
    if head in candidate.counted:
        return _HEAD / 2
    near = max(NEAR.get(head, {}).get(other, 0.0) for other in candidate.heads)
    return _HEAD * near if near else _OTHER_HEAD
