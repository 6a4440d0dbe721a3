"""What the words of articles mean: the ideas by which questions are read, and more words for them.

Articles say more than questions: that something was done, is ready, is so today. A word may name several ideas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ennum_stats.search import concepts
from ennum_stats.search.concepts import ACTS, CONCEPTS, IDLE, WORDS, grouped_patterns, phrased
from ennum_stats.typography import fold

_PATTERNS = sorted(
    ((pattern, meaning) for meaning, by_language in WORDS["text"].items() for patterns in by_language.values()
     for pattern in filter(None, patterns.split(", "))),
    key=lambda pair: -len(pair[0]),
)  # fmt: skip
"""Words that say in texts what they do not say in questions, the longest first, each with its ideas."""
_IDEAS = [tuple(ideas.split()) for _, ideas in _PATTERNS]
_ENDED = grouped_patterns(
    f"{pattern.replace('*', '[a-z0-9]*')}(?P<x{place}>)" for place, (pattern, _) in enumerate(_PATTERNS)
)
_TOLD_WORDS = re.compile(rf"(?<![a-z])(?:{_ENDED})(?![a-z])")
"""A name stands at the end of each: a pattern that begins with a letter is passed over where another stands."""
SAYING_NOTHING = IDLE | {word for words in WORDS["idle in texts"][""].values() for word in words.split()}
"""Words that look like an idea and are none ("assurer" insures nothing), and those that only join."""

PLACES = concepts.PLACES - {"wallonia"} | {"centre", "charleroi", "survey", "town"}
"""Ideas that hold for all numbers of a sentence after them; a "town" is one of which nothing is published."""
LOCAL = PLACES - {"fwb", "survey"}
"""Places of which the sentences go on to tell that follow the one that names them."""


def are_named(groups: Iterable[frozenset[str]], ideas: frozenset[str]) -> bool:
    """Tell whether one idea of each of several groups is among those of some words."""
    return all(group & ideas for group in groups)


def is_read_otherwise(idea: str) -> bool:
    """Tell whether an idea is a mere word that another idea was read from."""
    return idea not in CONCEPTS and idea not in ACTS and _TOLD_WORDS.fullmatch(idea) is not None


@lru_cache(maxsize=65536)
def ideas_of(words: str) -> frozenset[str]:
    """Read the ideas that levelled words name; what names none stays a word.

    >>> sorted(ideas_of("183 implantations sont pretes"))
    ['ready', 'site']
    """
    return frozenset(_read(words))


def _read(words: str) -> Iterator[str]:
    for match in _TOLD_WORDS.finditer(words):
        yield from _IDEAS[int((match.lastgroup or "x0")[1:])]
    for word in phrased(fold(words)).split():
        if word not in SAYING_NOTHING and (not word.isdigit() or word == "100"):
            yield from concepts.ideas_of(word)
