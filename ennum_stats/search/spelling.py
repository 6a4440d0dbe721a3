"""What a word means that no table has as it stands: written without umlauts, made of two, or misspelled.

A word that a dictionary of its language has (`pyspellchecker`'s) is meant as it stands, whatever it is like. Names are
corrected by the same likeness: whoever looks for one says how much of it must agree.
"""

from __future__ import annotations

import gzip
import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import nlargest
from importlib.resources import files
from operator import itemgetter
from zlib import crc32

from ennum_stats.search.concepts import (
    IDLE,
    IDLE_WORDS,
    NAMES,
    PHRASE_WORDS,
    WORDS,
    concept,
    ideas_of,
    is_named,
    names_in,
)
from ennum_stats.typography import fold

_SHORTEST_MISSPELLED, _LONG = 5, 10
"""From how many letters on a word may be misspelled, and have two errors in place of one."""
_SHORTEST_STEM = 6
"""How many letters a stem has more than, with which a misspelled word may begin."""
_PLURALS = ("s", "e", "en")
_FREQUENT = 6_000
_COUNTED = re.compile(r"[a-z]{3,}")
_SPELLED_OUT = re.compile(r"([aou])e")
ASKING = {language: tuple(words.split()) for language, words in WORDS["asking"][""].items()}
"""Words that ask and say nothing of what is asked, by language; other small words are too like names: "machen",
"Mädchen"."""
_ALL_ASKING = tuple(word for words in ASKING.values() for word in words)


def alike(text: str, names: Sequence[str], least: float, most: int = 1) -> list[tuple[str, float, int]]:
    """List the names spelled most like a text, those that agree in `least` of a hundred: each with its likeness and
    place in `names`, the likest first.

    >>> alike("anvers", ["Anvers", "anver"], 80)
    [('anver', 90.9090909090909, 1)]
    """
    from rapidfuzz import fuzz, process  # seldom needed

    return process.extract(text, names, scorer=fuzz.ratio, score_cutoff=least, limit=most)


def meant_by(word: str, ideas: Collection[str]) -> tuple[str, ...]:
    """Read the ideas that a folded word names which no table has: none where it says nothing, itself where nobody knows
    it. `ideas` are those of what is looked through.

    >>> meant_by("wifinetwerken", ()), meant_by("ausgewaehlt", ()), meant_by("commbien", ()), meant_by("girafe", ())
    (('wifi', 'network'), ('won',), (), ('girafe',))
    """
    plain = _SPELLED_OUT.sub(r"\1", word)
    if plain in IDLE:
        return ()
    if is_named(plain) or len(ideas_of(plain)) > 1:
        return ideas_of(plain)
    read = _spelled_like(word, ideas)
    return (word if read is None else read,) if read != "" else ()


def _spelled_like(word: str, ideas: Collection[str]) -> str | None:
    """Find the idea of the name or stem that a misspelled word is spelled most like; nothing in place of a word that
    says nothing."""
    if len(word) < _SHORTEST_MISSPELLED - 1 or not word.isalpha():
        return None
    if near := meant_of(word, (*_ALL_ASKING, *NAMES, *sorted(ideas))):
        return "" if near in _ALL_ASKING else concept(near)
    stem = _stem_like(word)
    return concept(stem) if stem else None


@lru_cache(maxsize=4096)
def _stem_like(word: str) -> str:
    """Find the longest stem that the beginning of a misspelled word is spelled most like; empty where none is."""
    stems = (
        stem
        for stem in NAMES
        if _SHORTEST_MISSPELLED < len(stem) <= len(word)
        and any(meant_of(word[: len(stem) + longer], (stem,)) for longer in (-1, 0, 1))
    )
    return max(stems, key=len, default="")


def meant_of(word: str, words: Sequence[str], *, is_first_sure: bool = True) -> str:
    """Give the one of some words that a misspelled word stands for, the nearest first: one letter added, left out,
    exchanged or in the place of its neighbour, two in long words; not the first letter, unless that
    is not sure either. Empty where none is near.

    >>> meant_of("strat", ("start",)), meant_of("totl", ("total",)), meant_of("stolen", ("sollen",))
    ('start', 'total', '')
    """
    from rapidfuzz.distance import OSA  # seldom needed

    most = 1 if len(word) < _LONG else 2
    near = [
        (errors, not (_is_within(word, other) or sorted(word) == sorted(other)), place, other)
        for place, other in enumerate(words)
        if not is_first_sure
        or (
            other[0] == word[0]
            and (len(word) >= _SHORTEST_MISSPELLED or len(other) > len(word) or sorted(other) == sorted(word))
        )
        if abs(len(other) - len(word)) <= most
        if (errors := OSA.distance(word, other, score_cutoff=most)) <= most
    ]
    return min(near)[3] if near else ""


def _is_within(word: str, other: str) -> bool:
    """Tell whether a word is another one with letters left out: the likeliest of errors ("dedline")."""
    letters = iter(other)
    return all(letter in letters for letter in word)


@lru_cache(maxsize=4096)
def is_known(word: str, language: str) -> bool:
    """Tell whether a word is one of the table, or of the dictionary of a language.

    >>> is_known("grimpé", "fr"), is_known("comunauté", "fr")
    (True, False)
    """
    plain = fold(word)
    of_table = plain in IDLE or plain in PHRASE_WORDS or is_named(plain) or len(ideas_of(plain)) > 1
    if of_table:
        return True
    known, number = _dictionary(language)[0], crc32(plain.encode())
    place = bisect_left(known, number)
    return place < len(known) and known[place] == number


@lru_cache(maxsize=4)
def _dictionary(language: str) -> tuple[array[int], tuple[str, ...]]:
    """Read the dictionary of a language line by line: a number for each of its words without accents, in order (of
    300,000 words a megabyte, where the words themselves took twenty), and its most frequent words, the first of all
    first."""
    known = array("I")

    def counted(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
        for line in lines:
            written, _, count = line.strip(' ",\n').rpartition('": ')
            if written:
                plain = written if written.isascii() else fold(written)
                known.append(crc32(plain.encode()))
                if _COUNTED.fullmatch(plain):
                    yield plain, int(count)

    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz")
    with packed.open("rb") as file, gzip.open(file, "rt", encoding="utf-8") as lines:
        frequent = nlargest(_FREQUENT, counted(lines), key=itemgetter(1))
    return array("I", sorted(known)), tuple(word for word, _ in frequent)


@lru_cache(maxsize=4)
def _spellings(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the words as which a misspelled one may be meant: those of the table, then the most frequent of the
    language, then those of phrases and small ones; and the stems with which it may begin, the longest first."""
    words, stems = names_in(language)
    phrases = " ".join(by_language[language] for by_language in WORDS["phrase"].values()).replace(",", "")
    small = (*_dictionary(language)[1], *phrases.split(), *ASKING[language], *IDLE_WORDS[language].split())
    return (
        tuple(
            dict.fromkeys((*words, *stems, *(f"{stem}{end}" for stem in stems for end in _PLURALS), *small))
        ),
        tuple(sorted((stem for stem in stems if len(stem) > _SHORTEST_STEM), key=len, reverse=True)),
    )


@lru_cache(maxsize=4096)
def spelled(word: str, language: str) -> str:
    """Write a word as it is meant that neither the table nor the dictionary of a language has: the word that is spelled
    most like it, two small words that are written as one; empty where none is.

    >>> spelled("regoin", "en"), spelled("mitt", "de"), spelled("upto", "en"), spelled("girafe", "fr")
    ('region', 'mit', 'up to', '')
    """
    plain = fold(word)
    if len(plain) < _SHORTEST_MISSPELLED - 1 or not plain.isalpha():
        return ""
    words, stems = _spellings(language)
    if near := meant_of(plain, words):
        return near
    for stem in stems:
        if any(meant_of(plain[: len(stem) + longer], (stem,)) for longer in (-1, 0, 1)):
            return stem
    idle = IDLE_WORDS[language].split()
    cuts = (cut for cut in range(2, len(plain) - 1) if plain[:cut] in idle and plain[cut:] in idle)
    return next((f"{plain[:cut]} {plain[cut:]}" for cut in cuts), "")
