"""What becomes of the words of a question that neither the table of words nor anything known has.

One that is misspelled is read as it is meant. Of the others most say nothing of what is asked ("l’enveloppe a
*grimpé*", "how many *bagged* a project") and are passed over; those that may change what is asked are kept, so that
nothing answers them: names, what is to be counted, and matters of which nobody published anything ("*volés*").
"""

from __future__ import annotations

import re
from itertools import chain

from ennum_stats.raw.communes import communes
from ennum_stats.reading.happenings import every_idea, happenings
from ennum_stats.search.candidates import candidates
from ennum_stats.search.concepts import IDLE, ideas_of, is_named, is_unpublished, joined, telling_words
from ennum_stats.search.spelling import is_known, spelled
from ennum_stats.search.subjects import counted_words, is_town
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.typography import fold

_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<![.?!:»”\"] )(?<!^)\b[^\W\d_a-zà-ÿ][^\W\d_]+|\b[a-z]+[A-Z]\w+")
"""A capital within a sentence, or a word."""
_SHORTEST_PART = 4
_COMPANY = 3
"""How many more words of a question must be known than are passed over: where much is strange, it may be anything."""


def respelled(ledger: Ledger, text: str, language: str) -> str:
    """Write the misspelled words of a question as they are meant."""
    names = _familiar(ledger)

    def meant(match: re.Match[str]) -> str:
        plain = fold(match[0])
        if plain in names or is_known(match[0], language) or is_unpublished(plain, language):
            return match[0]
        return spelled(match[0], language) or match[0]

    return _WORD.sub(meant, text)


def without_strange_words(
    ledger: Ledger,
    text: str,
    subject: str,
    language: str,
    *,
    of_numbers: bool = True,
    is_of_kinds: bool = False,
) -> str:
    """Leave the words out of the subject of a question that nobody knows and that change nothing; `text` is the
    question as it is written. Of days, places and partners, no numbers are known; what is said of the largest of its
    kind ("the most *generous* call") needs no company."""
    plain, familiar = joined(subject), _familiar(ledger) if of_numbers else every_idea(ledger)
    names = {fold(name) for name in _NAME.findall(text) if language != "de" or not is_known(name, language)}
    kept = names | counted_words(plain)
    words = [
        word
        for word in plain.split()
        if word in IDLE or word in kept or not word.isalpha() or is_named(word)
        or is_unpublished(word, language) or familiar & {*ideas_of(word)}
    ]  # fmt: skip
    if not of_numbers:
        return " ".join(words)
    known = {word for word in words if word not in IDLE}
    strange = {*plain.split()} - {*words}
    if language == "de" and (nouns := _NAME.findall(text)):  # what else is strange says how, not what
        strange &= names | {*map(fold, nouns)}
    company = len(strange) + _COMPANY if strange and not is_of_kinds else 1
    return " ".join(words) if len(known) >= company else plain


def unnamed(text: str, subject: str, language: str) -> list[str]:
    """List the words of the subject of a question that no table has, and that are neither names nor digits."""
    kept = {fold(name) for name in _NAME.findall(text) if not _is_common(name, language)} | counted_words(
        joined(text)
    )
    return [
        word
        for word in telling_words(subject)
        if word.isalpha() and word not in kept and not is_town(word)
        and not is_named(word) and len(ideas_of(word)) == 1 and not is_unpublished(word, language)
    ]  # fmt: skip


def _is_common(name: str, language: str) -> bool:
    """Tell whether a word with a capital is a common noun all the same: of German, one that its dictionary has, or one
    made of two of it."""
    if language != "de":
        return False
    plain = fold(name)
    cuts = range(_SHORTEST_PART, len(plain) - _SHORTEST_PART + 1)
    return is_known(name, language) or any(
        is_known(plain[:cut], language) and is_known(plain[cut:], language) for cut in cuts
    )


@once_a_ledger
def _familiar(ledger: Ledger) -> frozenset[str]:
    """List the words and ideas of all that is known, and the names of communes."""
    items, entries = candidates(ledger), happenings(ledger)
    towns = chain(communes().by_name, communes().other_names)
    return frozenset(chain(
        *(item.ideas for item in items), *(item.remarks for item in items),
        *(entry.ideas | entry.about for entry in entries),
        chain.from_iterable(name.split() for name in towns),
    ))  # fmt: skip
