"""What a verdict says to readers: the subject, the number as it would be right, and the sentence to write."""

from __future__ import annotations

from ennum_stats.audit.facts import Fact
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import subject
from ennum_stats.languages import listed, translate
from ennum_stats.measures.dates import published_words, valid_words
from ennum_stats.quantities import Quantity
from ennum_stats.store.ledger import Ledger
from ennum_stats.wording import words

QUOTED = message("{what}: {number} ({documents}).")
COMPUTED = message("{what}: {number}, computed from {documents}.")


def right_words(quantity: Quantity, language: str) -> str:
    """Write a known number, never more surely than it is known."""
    return words(quantity, language)


def subject_words(ledger: Ledger, fact: Fact, language: str) -> str:
    """Say what a number is about; of a computed one, what it is computed from."""
    sign, parts = fact.formula
    if parts:
        return f" {sign.strip()} ".join(subject_words(ledger, part, language) for part in parts)
    observation = fact.observations[0]
    what, when = subject(ledger, observation, language), valid_words(observation, language)
    return f"{what} ({when})" if when else what


def suggestion(ledger: Ledger, fact: Fact, language: str) -> str:
    """Write the sentence that is right: subject, number, documents with their places and days."""
    documents = dict.fromkeys(
        f"{one.source.publisher}, {published_words(one.source, language)}, {one.locator}"
        for one in fact.observations
    )
    sentence = message((COMPUTED if fact.is_computed else QUOTED).text, what=subject_words(ledger, fact, language),
                       number=right_words(fact.quantity, language), documents=listed(documents, language))  # fmt: skip
    return translate(sentence, language)
