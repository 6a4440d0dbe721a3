"""What a verdict says to readers: the subject, the number as it would be right, and the sentence to write."""

from __future__ import annotations

from dataclasses import dataclass

from ennum_stats.audit.facts import Fact
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import subject
from ennum_stats.figures.observations import place_words
from ennum_stats.languages import listed, translate
from ennum_stats.measures.dates import publisher_and_day, valid_words
from ennum_stats.store.ledger import Ledger
from ennum_stats.wording import words

QUOTED = message("{what}: {number} ({documents}).")
COMPUTED = message("{what}: {number}, computed from {documents}.")


@dataclass(frozen=True)
class FactWords:
    """Hold a fact in words: what it is about, its number, how it is computed, and the sentence that is right."""

    subject: str
    number: str
    derivation: str
    suggestion: str


def fact_words(ledger: Ledger, fact: Fact, language: str) -> FactWords:
    """Word a fact, never more surely than it is known, with its documents, their places and days."""
    sign, parts = fact.formula
    what, number = _subject(ledger, fact, language), words(fact.quantity, language)
    documents = dict.fromkeys(
        f"{publisher_and_day(o.source, language)}, {place_words(o.locator, language)[0]}"
        for o in fact.observations
    )
    sentence = message((COMPUTED if parts else QUOTED).text, what=what, number=number,
                       documents=listed(documents, language))  # fmt: skip
    derivation = f" {sign.strip()} ".join(words(part.quantity, language) for part in parts)
    return FactWords(what, number, derivation, translate(sentence, language))


def _subject(ledger: Ledger, fact: Fact, language: str) -> str:
    sign, parts = fact.formula
    if parts:
        subjects = [_subject(ledger, part, language) for part in parts]
        heads, own = zip(*(words_.rpartition(", ")[::2] for words_ in subjects), strict=True)
        is_of_calls = sign == " + " and heads[0] and len({*heads}) == 1
        return f"{heads[0]}, {' + '.join(own)}" if is_of_calls else f" {sign.strip()} ".join(subjects)
    observation = fact.observations[0]
    what, when = subject(ledger, observation, language), valid_words(observation, language)
    return f"{what} ({when})" if when else what
