"""What words mean, in four languages: `concepts` turns texts into the ideas that they name.

`words.csv` is the one table of words, for questions and for texts that are checked. Ideas, levels, places and acts
have the words that name them, folded ("*" stands for any ending); a row `phrase` has, for the word that stands for it,
words that mean something only together; a row `parted` a verb and the particle at the end of its sentence; a row
`text` patterns of what texts say beyond questions (`audit.ideas`); a row `unpublished` a matter of which no document
says anything; a row `counted` words that name an idea where one is counted ("le deuxième tour"); a row `passing`
patterns of what numbers in texts are of that are no statistic: pages, school years, ages, taxes; a row `short` what
questions write for a phrase, anywhere or before a year.

Labels are read by it as well, so that "combien a coûté", "Kosten", "kostprijs" and "Budget attribué" meet in one idea.
What the table does not name stays a word, without accents and plural.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from ennum_stats.languages import LANGUAGES
from ennum_stats.typography import fold

WORDS: dict[str, dict[str, dict[str, str]]] = {}
"""The table of words: by kind, meaning and language."""
with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as _file:
    for _row in csv.DictReader(_file):
        WORDS.setdefault(_row["kind"], {})[_row["meaning"]] = {
            code: _row.get(code) or "" for code in LANGUAGES
        }
_IDEAS = WORDS["idea"] | WORDS["level"] | WORDS["place"]
CONCEPTS, ACTS = frozenset(_IDEAS), frozenset(WORDS["act"])
"""Ideas that figures are about; what is done, begins and ends: the ideas of milestones, events and partners."""
LEVELS, PLACES = frozenset(WORDS["level"]), frozenset(WORDS["place"])
AIMS = frozenset(("planned", "target", "aim"))
PHRASES = {
    phrase: word
    for word, by_language in WORDS["phrase"].items()
    for phrases in by_language.values()
    for phrase in filter(None, phrases.split(", "))
}
"""Words that mean something only together, and the word that stands for them."""
PHRASE_WORDS = frozenset(word for phrase in PHRASES for word in phrase.split())
_ASKS = "hoeveel|hoe|welke?|wanneer|wat|waar|wieviele?|wie|wann|wo|welche[rsnm]?|was"
"""Words that begin another clause."""
_WITHIN = rf"((?: (?!(?:{_ASKS})\b)[a-z0-9]+)*?)"
_JOINS = (
    "aan|an|in|im|als|dan|voor|fur|bij|beim?|met|mit|vergeleken|verglichen|gegenuber|tegenover|"
    "door|na|naar|om|onder|op|over|sinds|tegen|tijdens|tot|van"
)
"""Words that begin what is told behind a whole clause."""
_CLOSED = rf"(?=$| (?:{_JOINS}|{_ASKS})\b)"
_SEPARATED = tuple(
    (
        re.compile(rf"\b(?:{verb.replace('*', '[a-z]*').replace(' ', '|')})\b{_WITHIN} {particle}{_CLOSED}"),
        rf"{word}\1",
    )
    for word, by_language in WORDS["parted"].items()
    for verb, _, particle in (words.partition(" … ") for words in by_language.values() if words)
)
IDLE_WORDS = WORDS["idle"][""]
"""Words that ask, count and join, and say nothing of what is asked, by language."""
IDLE = frozenset(word for words in IDLE_WORDS.values() for word in words.split())

_STEMS: dict[str, str] = {}
_WORDS: dict[str, str] = {}
for _concept, _by_language in (_IDEAS | WORDS["act"]).items():
    for _word in " ".join(_by_language.values()).split():
        (_STEMS if _word.endswith("*") else _WORDS).setdefault(_word.rstrip("*"), _concept)
NAMES = tuple(dict.fromkeys((*_STEMS, *_WORDS)))
"""The words of the table, without their endings."""


def grouped_patterns(patterns: Iterable[str]) -> str:
    """Join patterns, in their order, into one by their first letters: so few of many are tried at each place.

    >>> grouped_patterns(["won", "works", "prize"])
    'wo(?:n|rks)|pr(?:ize)'
    """
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        size = 2 if pattern[:2].isalpha() and pattern[2:3] not in ("?", "*", "+", "{") else 0
        groups.setdefault(pattern[:size], []).append(pattern[size:])
    return "|".join(f"{begun}(?:{'|'.join(rest)})" for begun, rest in groups.items())


_SHORTEST_COMPOUND = 6
_LONGEST = max(map(len, _STEMS))
_PHRASES = re.compile(
    rf"\b({grouped_patterns(sorted(PHRASES, key=len, reverse=True))})\b(?!(?<=jahr) (?:19|20)\d\d)"
)
"""None is of a year: what is spent "im Jahr" is not what was spent "im Jahr 2018"."""
CALL_CODE = re.compile(r"\bE\.?N\.? ?(\d{1,4})\b")


def names_in(language: str) -> tuple[list[str], list[str]]:
    """List the words of the table in a language, and the stems that stand for any ending."""
    every = " ".join(by_language[language] for by_language in (_IDEAS | WORDS["act"]).values()).split()
    stems = [word.rstrip("*") for word in every if word.endswith("*")]
    return [word for word in every if not word.endswith("*")], stems


def concepts(text: str) -> list[str]:
    """List the ideas and remaining words of a text, in its order, without idle words.

    >>> concepts("Combien a coûté l’appel EN2019 ?"), concepts("Kosten von EN 2019")
    (['money', 'call', 'en2019'], ['money', 'en2019'])
    """
    return [idea for word in telling_words(text) for idea in ideas_of(word)]


@lru_cache(maxsize=4096)
def ideas_of(word: str) -> tuple[str, ...]:
    """Give the ideas that a folded word names: of one that is made of two that name one each, both.

    >>> ideas_of("laureates"), ideas_of("wifinetwerken"), ideas_of("piscines")
    (('won',), ('wifi', 'network'), ('piscine',))
    """
    return _parts(word) or (concept(word),)


def _parts(word: str) -> tuple[str, ...]:
    """Part a folded word into those of the table that it is made of, the last of which says what it is.

    >>> _parts("computerwartungsassistenten"), _parts("gemeenteschool"), _parts("lehrerzimmer")
    (('maintain', 'assistant'), ('school',), ())
    """
    if word in _WORDS or 0 < len(_stem(word)) > len(word) - _SHORTEST_COMPOUND:
        return (concept(word),)
    for cut in range(3, len(word) - _SHORTEST_COMPOUND + 1):
        first, last = word[:cut], word[cut:]
        if last in _WORDS or 0 < len(_stem(last)) > len(last) - _SHORTEST_COMPOUND:
            before = _parts(first) or _parts(first.removesuffix("s"))
            if before or first in IDLE:
                return (*before, concept(last))
    return ()


def is_named(word: str) -> bool:
    """Tell whether the table has a folded word."""
    return concept(word) in CONCEPTS or concept(word) in ACTS


def is_unpublished(word: str, language: str) -> bool:
    """Tell whether a folded word of a language names a matter of which no document says anything.

    >>> is_unpublished("voles", "fr"), is_unpublished("grimpe", "fr")
    (True, False)
    """
    return _unpublished(language).match(word) is not None


@lru_cache(maxsize=4)
def _unpublished(language: str) -> re.Pattern[str]:
    words = " ".join(by_language[language] for by_language in WORDS["unpublished"].values()).split()
    return re.compile(rf"(?:{'|'.join(words)})$".replace("*", "[a-z]*"))


def telling_words(text: str) -> list[str]:
    """List the words of a text that say something, folded, in its order."""
    return [word for word in joined(text).split() if word not in IDLE]


@lru_cache(maxsize=1024)
def joined(text: str) -> str:
    """Fold a text and put one word in the place of each phrase that means something only as a whole."""
    folded = fold(CALL_CODE.sub(r"EN\1", text).replace("%", " pourcent ").replace("€", " euro "))
    for pattern, whole in _SEPARATED:
        folded = pattern.sub(whole, folded)
    return phrased(folded)


def phrased(folded: str) -> str:
    """Put one word in the place of each phrase of a folded text."""
    return _PHRASES.sub(lambda match: PHRASES[match[0]], folded)


def _stem(word: str) -> str:
    """Give the longest beginning of a word that the table has with any ending."""
    lengths = range(min(len(word), _LONGEST), 2, -1)
    return next((word[:length] for length in lengths if word[:length] in _STEMS), "")


@lru_cache(maxsize=4096)
def concept(word: str) -> str:
    """Give the idea that a folded word names; of any other word, what is left without its plural.

    >>> concept("laureates"), concept("schulstandorte"), concept("piscines")
    ('won', 'site', 'piscine')
    """
    if word in _WORDS:
        return _WORDS[word]
    if stem := _stem(word):
        return _STEMS[stem]
    return word.rstrip("sx") if len(word) > 3 and word.isalpha() else word
