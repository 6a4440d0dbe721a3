"""The calls of École Numérique: which ones are asked for, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ennum_stats.errors import message, unknown_name
from ennum_stats.quantities import Bounds, Reason
from ennum_stats.store.answers import Answer, Known, Missing, sum_of
from ennum_stats.store.ledger import Call, Ledger

ECOLE_NUMERIQUE = "ecole_numerique"


@dataclass(frozen=True)
class CallCalendar:
    """Hold the calls of École Numérique, in the order of their school years, as known on a day."""

    every: tuple[str, ...]
    """All of them, known of by then or not: a call keeps its name."""
    known: tuple[Call, ...]
    took_place: tuple[str, ...]
    """Those whose projects had been submitted by the day."""
    sets: Mapping[str, tuple[str, ...]]

    def resolved(self, names: Sequence[str]) -> tuple[str, ...]:
        """List the calls that names of calls and of sets of calls mean, each once, in order.

        Raises `UnknownName`.
        """
        meant = {call for name in names for call in self.sets.get(name, (name,))}
        for call in sorted(meant - set(self.every)):
            raise unknown_name(message("There is no call “{name}”.", name=call), self.every)
        return tuple(call for call in self.every if call in meant)

    def not_listed(self, wanted: Sequence[str], listed: Sequence[str]) -> tuple[str, ...]:
        """List the calls that are wanted (those that took place, where none is named), but not listed."""
        expected = wanted or self.took_place
        return tuple(call for call in self.every if call in expected and call not in listed)


def call_calendar(ledger: Ledger) -> CallCalendar:
    """Read the calls of École Numérique as known on the ledger's day."""
    known = tuple(call for call in ledger.calls if call.programme == ECOLE_NUMERIQUE)
    return CallCalendar(
        every=tuple(ledger.all_calls(ECOLE_NUMERIQUE)),
        known=known,
        took_place=tuple(call.call for call in known if call.took_place(ledger.known_at)),
        sets=ledger.call_sets,
    )


def of_call(ledger: Ledger, measure: str, call: str) -> Answer:
    """Answer a measure of one call or set of calls of École Numérique."""
    return ledger.answer(measure, programme=ECOLE_NUMERIQUE, call=call)


def share_of(part: Answer, whole: Answer) -> Answer:
    """Divide part by whole as a share: at most 1, because the part lies inside the whole. Where documents say
    that the part is more than its whole, there is none."""
    share = part.over(whole, "share")
    if isinstance(part, Missing) or isinstance(whole, Missing) or isinstance(share, Missing):
        return share
    if part.quantity.bounds.exceeds(whole.quantity.bounds):
        least, most = part.quantity.bounds.lower, whole.quantity.bounds.upper
        told = message("Documents say at least {part} of at most {whole}.", part=least, whole=most)
        return Missing(Reason.CONTRADICTED, share.observations, share.conflicts, (told,))
    return share.within(Bounds(Decimal(0), Decimal(1)))


def applicants_per_winner(introduced: Answer, awarded: Answer) -> Answer:
    """Divide the projects submitted by those awarded: at least 1, because only what was submitted can win;
    none where the share of those selected has none."""
    rate = share_of(awarded, introduced)
    ratio = introduced.over(awarded, "projects/project")
    if isinstance(rate, Missing) or isinstance(ratio, Missing):
        return rate if isinstance(rate, Missing) else ratio
    return ratio.within(Bounds(Decimal(1), None))


def sum_over_calls(ledger: Ledger, measure: str, call_set: str) -> Answer:
    """Sum a measure over the calls of a set; the total that was published for the set stands
    beside it as a claim."""
    total = sum_of(of_call(ledger, measure, call) for call in ledger.calls_of(call_set))
    published = of_call(ledger, measure, call_set)
    if isinstance(total, Known) and isinstance(published, Known):
        return total.claiming(published.observations[0])
    return total
