"""Find the sentences of the kit's texts that rest on a statement or on a place of a document, as they stand
on a day; which statements and places these are; and lead from sentences to their pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from ennum_stats.document import blocks as doc
from ennum_stats.errors import message
from ennum_stats.figures.explanations import QUOTES, page_of
from ennum_stats.figures.observations import place_words
from ennum_stats.kit.conditions import TENSES, hold
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.text import TEXTS, Conditional, Token, kit_text, parts_of
from ennum_stats.measures.dates import published_words
from ennum_stats.store.ledger import Ledger

NO_NUMBERS = ("when", "claimed", "published")
"""What a text names of a figure that is not its number."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý“«])")
PROOF = message("(proof)")
"""The words behind a statement that lead to what proves it."""


def proofs_in(conditions: Mapping[str, str]) -> list[str]:
    """List the statements that conditions name, and the places they quote (`quotes:document#place`)."""
    stated = f"{conditions.get('states', '')} {conditions.get('unless', '')}".split()
    return [*stated, *(f"{QUOTES}:{place}" for place in conditions.get("quotes", "").split())]


def place_quoted(quotation: str) -> tuple[str, str]:
    """Give the document that a quotation names, and the place in it."""
    document, _, place = quotation.removeprefix(f"{QUOTES}:").partition("#")
    return document, place.replace("-", " ")


def with_proofs(edition: Edition, blocks: doc.Blocks) -> doc.Blocks:
    """Put links to what proves the sentences of filled blocks behind the last of a block that each proves: behind
    what stands on conditions and not in it, as no control of Word holds a link. Without a site there are none."""
    return tuple(_proved(edition, block) for block in blocks) if edition.given("site_address") else blocks


def _proved(edition: Edition, block: Any) -> Any:
    match block:
        case doc.Paragraph():
            return replace(block, inlines=_leading_on(edition, (block.inlines,))[0])
        case doc.Bullets():
            return replace(block, items=_leading_on(edition, block.items))
        case doc.Quotation():
            return replace(block, blocks=with_proofs(edition, block.blocks))
    return block


def _leading_on(edition: Edition, lines: tuple[doc.Inlines, ...]) -> tuple[doc.Inlines, ...]:
    last = {
        proof: (at, place)
        for at, line in enumerate(lines)
        for place, inline in enumerate(line)
        for part in doc.inlines_of((inline,))
        for proof in _shown_of(getattr(part, "conditions", {}))
    }

    def linked(at: int, place: int, inline: Any) -> doc.Inlines:
        links = (_link(edition, proof) for proof, behind in last.items() if behind == (at, place))
        return (inline, *(part for link in links for part in (" ", link)))

    return tuple(
        tuple(part for place, inline in enumerate(line) for part in linked(at, place, inline))
        for at, line in enumerate(lines)
    )


def _shown_of(conditions: Mapping[str, str]) -> Iterator[str]:
    """Give what conditions lead to: the first statement that proves more than a tense, and each place."""
    proofs = [proof for proof in proofs_in(conditions) if not proof.startswith(TENSES)]
    places = [proof for proof in proofs if proof.startswith(f"{QUOTES}:")]
    yield from [proof for proof in proofs if proof not in places][:1] + places


def _link(edition: Edition, proof: str) -> doc.Link:
    words: doc.Inlines = (edition.t(PROOF.text),)
    if proof.startswith(f"{QUOTES}:"):
        document, locator = place_quoted(proof)
        place, language = place_words(locator, edition.language)
        words = (
            "(",
            edition.quoted(place, language=language),
            f", {published_words(edition.ledger.source(document), edition.language)})",
        )
    return doc.Link(words, edition.address(page_of(proof)))


@cache
def proofs_named() -> tuple[str, ...]:
    """List the statements that the texts name and the places that they quote, alike in each language."""
    conditions = (
        part.conditions
        for name in TEXTS
        for part in parts_of(kit_text("fr", name).blocks)
        if hasattr(part, "conditions")
    )
    return tuple(sorted({proof for each in conditions for proof in proofs_in(each)}))


def resting_on(ledger: Ledger, language: str, proof: str) -> list[doc.Inlines]:
    """Give the paragraphs and items of the kit and its release in which something rests on a proof, as they
    stand on the ledger's day; those that are left out on it are none."""
    return _filled(
        Edition(ledger, language), lambda part: proof in proofs_in(getattr(part, "conditions", {}))
    )


def sentences_with(edition: Edition, figure: str) -> list[str]:
    """Give the sentences of the kit and its release that say the number of a figure, as they stand on the day."""

    def names(part: Any) -> bool:
        name, _, aspect = getattr(part, "name", ":").partition(".")
        if not isinstance(part, Token) or ":" in name or aspect in NO_NUMBERS or not edition.can_say(name):
            return False
        return edition.figure(name).name == figure

    return [
        sentence
        for line in _filled(edition, names)
        for sentence in _SENTENCE_END.split(doc.words_of(line))
        if any(words in sentence for words in _words_of_figure(line, figure))
    ]


def _words_of_figure(line: doc.Inlines, figure: str) -> Iterator[str]:
    for part in doc.inlines_of(line):
        if isinstance(part, doc.FigureWords) and part.is_number and part.figure.partition(".")[0] == figure:
            yield part.words


def _filled(edition: Edition, is_meant: Callable[[Any], bool]) -> list[doc.Inlines]:
    """Fill the lines in which a part is meant and stands on the day, each once."""
    lines = (
        line
        for name in TEXTS
        for line in _within(edition, kit_text(edition.language, name).blocks, is_meant, is_under=False)
    )
    filled = (Resolver(edition).filled(line) for line in lines)
    return [*{doc.plain_text(inlines): inlines for inlines in filled if inlines}.values()]


def _within(
    edition: Edition, blocks: doc.Blocks, is_meant: Callable[[Any], bool], *, is_under: bool
) -> Iterator[doc.Inlines]:
    for block in blocks:
        match block:
            case Conditional() if hold(edition, block.conditions):
                yield from _within(edition, block.blocks, is_meant, is_under=is_under or is_meant(block))
            case doc.Quotation():
                yield from _within(edition, block.blocks, is_meant, is_under=is_under)
            case doc.Paragraph() if is_under or _rests(edition, block.inlines, is_meant):
                yield block.inlines
            case doc.Bullets():
                yield from (i for i in block.items if is_under or _rests(edition, i, is_meant))


def _rests(edition: Edition, inlines: doc.Inlines, is_meant: Callable[[Any], bool]) -> bool:
    """Tell whether a part of words that stand on the day is meant."""

    def stands(inline: Any) -> bool:
        conditions = getattr(inline, "conditions", None)
        if conditions is not None and not hold(edition, conditions):
            return False
        return is_meant(inline) or any(map(stands, getattr(inline, "inlines", ())))

    return any(map(is_meant, doc.inlines_of(inlines))) and any(map(stands, inlines))
