"""What a named figure is declared with: `Definition`, and its commonest kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ennum_stats.errors import Message, message
from ennum_stats.measures.prices import Prices
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import Ledger

AS_PRINTED = message("As printed in the document.")
AtPrices = Callable[[Ledger, Prices], Answer]


@dataclass(frozen=True)
class Definition:
    """Declare a named figure: unit, label and formula for readers, and how it is computed from a ledger."""

    name: str
    unit: str
    label: Message
    compute: Callable[[Ledger], Answer]
    formula: Message = AS_PRINTED
    is_planned: bool = False
    at_prices: AtPrices | None = None
    """How it is computed at the prices of a year; nothing where it is no amount, or cannot be."""

    @property
    def is_printed(self) -> bool:
        """Whether a document prints it: a computed number is nobody's but ours."""
        return self.formula is AS_PRINTED


def published(
    name: str, unit: str, label: Message, measure: str, *caveats: Message, is_planned: bool = False,
    at_prices: AtPrices | None = None, **dimensions: str,
) -> Definition:  # fmt: skip
    """Declare a figure that a document prints: a measure of the ledger, with what a reader must know about it; a
    dimension without a code is none."""
    of = {dimension: code for dimension, code in dimensions.items() if code}
    return Definition(
        name, unit, label, lambda ledger: noted(ledger.answer(measure, **of), *caveats),
        is_planned=is_planned, at_prices=at_prices,
    )  # fmt: skip


def noted(answer: Answer, *caveats: Message) -> Answer:
    """Add what a reader must know to an answer; what is missing needs no caveat."""
    return answer.noting(*caveats) if isinstance(answer, Known) else answer
