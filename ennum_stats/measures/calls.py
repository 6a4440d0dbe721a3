"""The calls of École Numérique: which ones are asked for, what is known of each, and what a number of several
says of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ennum_stats.errors import message, unknown_name
from ennum_stats.languages import listed, translate
from ennum_stats.quantities import Bounds, Reason
from ennum_stats.store.answers import MORE_THAN_WHOLE, Answer, Known, Missing, sum_of, sum_of_known
from ennum_stats.store.ledger import Call, Ledger

ECOLE_NUMERIQUE = "ecole_numerique"
CALL_RANGE = message("{first_call} to {last_call}")


@dataclass(frozen=True)
class Whole:
    """Hold the members that a number over calls or programmes covers, and those that it does not: of a member
    that took place and is not known, the whole has any number from zero up."""

    covered: tuple[str, ...]
    not_known: tuple[str, ...] = ()
    is_listed: bool = True
    """Whether all members are known by name: they were asked for by name, or a document lists them."""

    @property
    def is_closed(self) -> bool:
        """Whether the members covered are all there are."""
        return self.is_listed and not self.not_known

    def of(self, answer: Answer) -> Answer:
        """Say of the whole what a number of the members covered says of it: that number, or at least it."""
        return answer if self.is_closed or isinstance(answer, Missing) else answer.at_least()

    def total(self, parts: Iterable[Answer]) -> Answer:
        """Sum parts that are never negative."""
        return self.of(sum_of_known(parts))


@dataclass(frozen=True)
class CallCalendar:
    """Hold the calls of École Numérique, in the order of their school years, as known on a day."""

    every: tuple[str, ...]
    """All of them, known of by then or not: a call keeps its name."""
    known: tuple[Call, ...]
    took_place: tuple[str, ...]
    """Those whose projects had been submitted by the day."""
    is_listed: bool
    """Whether a document had told by then which calls there were."""
    sets: Mapping[str, tuple[str, ...]]

    def resolved(self, names: Sequence[str]) -> tuple[str, ...]:
        """List the calls that names of calls and of sets of calls mean, each once, in order.

        Raises `UnknownName`.
        """
        meant = {call for name in names for call in self.sets.get(name, (name,))}
        for call in sorted(meant - set(self.every)):
            raise unknown_name(message("There is no call “{name}”.", name=call), self.every)
        return tuple(call for call in self.every if call in meant)

    def whole(self, known: Collection[str], wanted: Collection[str] | None = None) -> Whole:
        """Find what a number of the calls whose own is `known` covers of those that are wanted: of all that
        took place, where none are named."""
        expected = self.took_place if wanted is None else wanted
        return Whole(
            tuple(call for call in self.every if call in known and (wanted is None or call in wanted)),
            tuple(call for call in self.every if call in expected and call not in known),
            self.is_listed or wanted is not None,
        )


def call_calendar(ledger: Ledger) -> CallCalendar:
    """Read the calls of École Numérique as known on the ledger's day."""
    known = tuple(call for call in ledger.calls if call.programme == ECOLE_NUMERIQUE)
    rows = [row for row in ledger.records("programmes") if row["programme"] == ECOLE_NUMERIQUE]
    return CallCalendar(
        every=tuple(ledger.all_calls(ECOLE_NUMERIQUE)),
        known=known,
        took_place=tuple(call.call for call in known if call.took_place(ledger.known_at)),
        is_listed=all(row["valid_from"] for row in rows),
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
        told = message(MORE_THAN_WHOLE.text, part=least, whole=most)
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
    """Sum a measure over the calls of a set: at least what is known of it, once all of them took place. The total
    that was published for the set stands beside it as a claim."""
    calls = ledger.calls_of(call_set)
    have_taken_place = {*calls} <= {*call_calendar(ledger).took_place}
    total = (sum_of_known if have_taken_place else sum_of)(of_call(ledger, measure, call) for call in calls)
    published = of_call(ledger, measure, call_set)
    if isinstance(total, Known) and isinstance(published, Known):
        return total.claiming(published.observations[0])
    return total


def call_range(ledger: Ledger, calls: Collection[str], language: str) -> str:
    """Write calls as the first and the last where none between them is left out, else one by one."""
    ordered = [call.call for call in ledger.calls if call.call in calls]
    every = [call.call for call in ledger.calls if call.programme == ECOLE_NUMERIQUE]
    places = [every.index(call) for call in ordered if call in every]
    if len(ordered) > 2 and places == [*range(places[0], places[0] + len(ordered))]:
        return translate(CALL_RANGE, language, first_call=ordered[0], last_call=ordered[-1])
    return listed(ordered, language)
