"""Find the sentences of the kit's texts that rest on a statement or on a place of a document, as they stand
on a day; and which statements and places these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ennum_stats.document.blocks import Blocks, Bullets, Inlines, Paragraph, Quotation, plain_text
from ennum_stats.figures.explanations import QUOTES
from ennum_stats.kit.conditions import hold
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.text import TEXTS, Conditional, kit_text, parts_of
from ennum_stats.store.ledger import Ledger


def proofs_in(conditions: Mapping[str, str]) -> list[str]:
    """List the statements that conditions name, and the places they quote (`quotes:document#place`)."""
    stated = f"{conditions.get('states', '')} {conditions.get('unless', '')}".split()
    return [*stated, *(f"{QUOTES}:{place}" for place in conditions.get("quotes", "").split())]


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


def resting_on(ledger: Ledger, language: str, proof: str) -> list[Inlines]:
    """Give the paragraphs and items of the kit and its release in which something rests on a proof, as they
    stand on the ledger's day; those that are left out on it are none."""
    edition = Edition(ledger, language)
    filled = (Resolver(edition).filled(each) for each in _lines(edition, proof))
    return [*{plain_text(inlines): inlines for inlines in filled if inlines}.values()]


def _lines(edition: Edition, proof: str) -> Iterator[Inlines]:
    for name in TEXTS:
        yield from _within(edition, kit_text(edition.language, name).blocks, proof, is_under=False)


def _within(edition: Edition, blocks: Blocks, proof: str, *, is_under: bool) -> Iterator[Inlines]:
    for block in blocks:
        match block:
            case Conditional() if hold(edition, block.conditions):
                is_meant = is_under or proof in proofs_in(block.conditions)
                yield from _within(edition, block.blocks, proof, is_under=is_meant)
            case Quotation():
                yield from _within(edition, block.blocks, proof, is_under=is_under)
            case Paragraph() if is_under or _rests(edition, block.inlines, proof):
                yield block.inlines
            case Bullets():
                yield from (i for i in block.items if is_under or _rests(edition, i, proof))


def _rests(edition: Edition, inlines: Inlines, proof: str) -> bool:
    """Tell whether words that stand on the day rest on a proof."""

    def is_meant(inline: Any) -> bool:
        conditions = getattr(inline, "conditions", None)
        if conditions is not None and not hold(edition, conditions):
            return False
        meant = conditions is not None and proof in proofs_in(conditions)
        return meant or any(map(is_meant, getattr(inline, "inlines", ())))

    return any(map(is_meant, inlines))
