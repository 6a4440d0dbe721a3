"""The calls of École Numérique: which ones are asked for, and what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ennum_stats.errors import message, unknown_name
from ennum_stats.quantities import Bounds
from ennum_stats.store.answers import Answer, Known, sum_of
from ennum_stats.store.ledger import Ledger

ECOLE_NUMERIQUE = "ecole_numerique"


def asked_calls(ledger: Ledger, names: Sequence[str]) -> tuple[str, ...]:
    """The calls that names of calls and of sets of calls mean, each once, in the order of the calls."""
    every = ledger.all_calls(ECOLE_NUMERIQUE)
    meant = {call for name in names for call in ledger.calls_of(name)}
    for call in sorted(meant - set(every)):
        raise unknown_name(message("There is no call “{name}”.", name=call), every)
    return tuple(call for call in every if call in meant)


def of_call(ledger: Ledger, measure: str, call: str) -> Answer:
    """A measure of one call or set of calls of École Numérique."""
    return ledger.answer(measure, programme=ECOLE_NUMERIQUE, call=call)


def share_of(part: Answer, whole: Answer) -> Answer:
    """Part of whole as a share: at most 1, because the part lies inside the whole."""
    share = part.over(whole, "share")
    if isinstance(share, Known):
        return share.within(Bounds(Decimal(0), Decimal(1)))
    return share


def sum_over_calls(ledger: Ledger, measure: str, call_set: str) -> Answer:
    """The sum of a measure over the calls of a set; the total that was published for the set stands
    beside it as a claim."""
    total = sum_of(of_call(ledger, measure, call) for call in ledger.calls_of(call_set))
    published = of_call(ledger, measure, call_set)
    if isinstance(total, Known) and isinstance(published, Known):
        return total.claiming(published.observations[0])
    return total
