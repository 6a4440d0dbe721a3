"""Conflicts: where documents disagree beyond their precision, where a printed number is not what its parts,
or other published numbers, give, and where other things are counted that are easily taken for the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ennum_stats.quantities import UNITS, Basis, Quantity
from ennum_stats.store.answers import Answer, Known, Missing, Observation, documents_of, sum_of
from ennum_stats.store.ledger import REMAINDERS, Ledger, once_a_ledger
from ennum_stats.store.same_facts import SAME_FACTS, broken_down, other_counts
from ennum_stats.vocabulary import BREAKDOWNS, PART_OF

SUM_OF_CALLS = {
    "projects_awarded": "projects_awarded",
    "projects_introduced": "projects_introduced",
    "budget_awarded": "budget_awarded",
    "teams_equipped": "projects_awarded",
}
"""Measures published for a set of calls, and the measure of each call that adds up to them: a team
equipped is a project in all but name. Distinct sites do not add up."""


class ConflictKind(StrEnum):
    """Hold two documents say different numbers; a total is not the sum of its published parts; a mean is not the
    ratio of the published numbers that it is the mean of; a published number says otherwise of the same fact;
    a part is more than its whole; a total is not guaranteed by its parts; or other things are counted, and
    easily taken for the same."""

    DISAGREEMENT = "disagreement"
    SUM = "sum"
    RATIO = "ratio"
    FACT = "fact"
    PART = "part"
    TOTAL = "total"
    COUNTED = "counted"

    @property
    def is_of_one_number(self) -> bool:
        """Whether both sides say what one and the same number is."""
        return self not in (ConflictKind.PART, ConflictKind.COUNTED)


@dataclass(frozen=True)
class ConflictSide:
    """Hold one side of a conflict: a number that a document prints, or one that is computed from several."""

    quantity: Quantity
    observations: tuple[Observation, ...]
    is_computed: bool = False

    @property
    def source_id(self) -> str:
        """The document; of a sum, all documents of its parts joined by "+"."""
        return "+".join(documents_of(self.observations))

    @property
    def published_on(self) -> str | None:
        """The date of the document as printed; of a sum, that of the last part."""
        last = max(self.observations, key=lambda o: o.known_on)
        return last.source.published_on

    @property
    def number(self) -> Decimal | None:
        """The value as printed; of mere bounds, the end that is known."""
        bounds = self.quantity.bounds
        return next((n for n in (self.quantity.value, bounds.lower, bounds.upper) if n is not None), None)

    @property
    def rank(self) -> int:
        """The rank of the document; of a computed number, that of its weakest part."""
        return max(o.source.rank for o in self.observations)


@dataclass(frozen=True)
class Conflict:
    """Hold a number on which documents disagree: the side that is taken, as figures take it, and the others."""

    key: Observation
    """An observation of the conflict's subject: its dimensions say what the numbers are about."""
    kind: ConflictKind
    calls: tuple[str, ...]
    chosen: ConflictSide
    others: tuple[ConflictSide, ...]

    @property
    def measure(self) -> str:
        """The measure in question."""
        return self.key.measure

    @property
    def distance(self) -> Decimal:
        """How far the farthest side lies outside the chosen one's bounds."""
        bounds = self.chosen.quantity.bounds
        return max(bounds.distance(side.quantity.bounds) for side in self.others)

    @property
    def basis(self) -> Basis:
        """Whether the sides cannot both be true, or only not as wide as "about" is read."""
        taken = self.chosen.quantity.bounds
        ends = [side.quantity.bounds for side in self.others]
        apart = [b.basis for b in ends if not b.overlaps(taken)] or [b.basis for b in ends]
        is_read = taken.basis is Basis.CONVENTION or Basis.PROVED not in apart
        return Basis.CONVENTION if is_read else Basis.PROVED


@once_a_ledger
def conflicts(ledger: Ledger) -> list[Conflict]:
    """Find everything on which documents known by the ledger's day disagree beyond their precision."""
    return _every_conflict(ledger)


def contradicting(
    ledger: Ledger, observations: Sequence[Observation], *, is_computed: bool
) -> list[tuple[Conflict, ConflictSide]]:
    """List what says otherwise than a published number, or than what is computed from several: the other
    sides of the conflicts in which it is taken."""
    own = {o.observation_id for o in observations}
    return [
        (conflict, side)
        for conflict in conflicts(ledger)
        if conflict.chosen.is_computed == is_computed
        and own == {o.observation_id for o in conflict.chosen.observations}
        for side in conflict.others
    ]


def _every_conflict(ledger: Ledger) -> list[Conflict]:
    groups = observations_by_subject(ledger.all_observations())
    found = [
        *_disagreements(ledger, groups),
        *_wrong_sums(ledger, groups),
        *_wrong_levels(ledger, groups),
        *_wrong_remainders(ledger, groups),
        *_wrong_means(ledger, groups),
        *_other_facts(ledger, groups),
        *_wrong_parts(ledger, groups),
        *_other_counts(ledger),
    ]
    return sorted(found, key=lambda c: (c.measure, c.key.programme or "", c.calls, c.kind))


Groups = dict[tuple[Any, ...], list[Observation]]


def observations_by_subject(observations: Sequence[Observation]) -> Groups:
    """Group published numbers of one thing. A number of a call belongs to the call, whatever its days."""
    groups: Groups = defaultdict(list)
    for o in observations:
        days = () if o.call else (o.valid_from, o.valid_to)
        place = tuple(getattr(o, name) for name in BREAKDOWNS)
        if o.quantity is not None:
            unit = "EUR" if UNITS[o.quantity.unit].is_money else o.quantity.unit
            groups[(o.measure, *place, o.counted, unit, *days)].append(o)
    return groups


def _disagreements(ledger: Ledger, groups: Groups) -> Iterator[Conflict]:
    for group in groups.values():
        choice = ledger.choice(group)
        if choice and choice.conflicting:
            chosen = choice.chosen.observation
            others = tuple(_side(ledger, c.observation) for c in choice.conflicting)
            yield Conflict(
                chosen, ConflictKind.DISAGREEMENT, _calls(ledger, chosen), _side(ledger, chosen), others
            )


def _wrong_sums(ledger: Ledger, groups: Groups) -> Iterator[Conflict]:
    """Find totals printed for a set of calls that the calls, as published, do not add up to."""
    for group in groups.values():
        key = group[0]
        calls = _calls(ledger, key)
        if key.measure not in SUM_OF_CALLS or len(calls) < 2 or key.component or key.level:
            continue
        parts = sum_of(
            ledger.answer(SUM_OF_CALLS[key.measure], programme=key.programme or "", call=call)
            for call in calls
        )
        is_taken = key.measure == SUM_OF_CALLS[key.measure]
        yield from _against(ConflictKind.SUM, ledger, parts, group, is_taken=is_taken)


def _wrong_levels(ledger: Ledger, groups: Groups) -> Iterator[Conflict]:
    """Find numbers printed for several levels together that the levels do not add up to."""
    parts_of = {
        row["code"]: row["parts"].split()
        for row in ledger.records("codelists")
        if row["codelist"] == "level" and row["parts"]
    }
    for group in groups.values():
        key = group[0]
        if key.level in parts_of:
            here = broken_down(key, "level")
            parts = sum_of(ledger.answer(key.measure, **here, level=level) for level in parts_of[key.level])
            yield from _against(ConflictKind.SUM, ledger, parts, group, is_taken=False)


def _wrong_remainders(ledger: Ledger, groups: Groups) -> Iterator[Conflict]:
    """Find parts that are not what another part leaves of the whole."""
    for group in groups.values():
        key = group[0]
        if key.component in REMAINDERS:
            here = broken_down(key, "component")
            other = ledger.answer(key.measure, **here, component=REMAINDERS[key.component])
            left = ledger.answer(key.measure, **here) - other
            yield from _against(ConflictKind.SUM, ledger, left, group, is_taken=False)


def _wrong_means(ledger: Ledger, groups: Groups) -> Iterator[Conflict]:
    """Find mean budgets that are not the published budget over the published projects."""
    for group in groups.values():
        key = group[0]
        if key.measure == "mean_grant" and key.call:
            of_call = {"programme": key.programme or "", "call": key.call}
            budget = ledger.answer("budget_awarded", **of_call)
            mean = budget.over(ledger.answer("projects_awarded", **of_call), "EUR/project")
            yield from _against(ConflictKind.RATIO, ledger, mean, group)


def _other_facts(ledger: Ledger, groups: Groups) -> Iterator[Conflict]:
    """Find numbers of which published numbers of other measures say otherwise; the number of the better
    documents is taken, and the printed one where they are alike."""
    for group in groups.values():
        for fact in SAME_FACTS.get(group[0].measure, ()):
            computed, choice = fact(ledger, group[0]), ledger.choice(group)
            if isinstance(computed, Known) and choice:
                rank = ConflictSide(computed.quantity, computed.observations).rank
                is_taken = rank < choice.chosen.observation.source.rank
                yield from _against(ConflictKind.FACT, ledger, computed, group, is_taken=is_taken)


def _wrong_parts(ledger: Ledger, groups: Groups) -> Iterator[Conflict]:
    """Find more winners than projects submitted, and the like: a part that is more than its whole."""
    for group in groups.values():
        choice = ledger.choice(group)
        if group[0].measure not in PART_OF or choice is None:
            continue
        key = choice.chosen.observation
        whole = ledger.answer(PART_OF[key.measure], **broken_down(key))
        part = _side(ledger, key)
        if isinstance(whole, Known) and part.quantity.bounds.exceeds(whole.quantity.bounds):
            other = ConflictSide(whole.quantity, whole.observations)
            yield Conflict(key, ConflictKind.PART, _calls(ledger, key), part, (other,))


def _other_counts(ledger: Ledger) -> Iterator[Conflict]:
    """Set what else is counted beside the school sites of Wallonia, for which it is easily taken."""
    sites, others = ledger.answer("implantations"), other_counts(ledger)
    if isinstance(sites, Known) and others:
        chosen = sites.observations[0]
        sides = tuple(_side(ledger, other) for other in others)
        yield Conflict(chosen, ConflictKind.COUNTED, (), _side(ledger, chosen), sides)


def _against(
    kind: ConflictKind,
    ledger: Ledger,
    computed: Answer,
    printed: Sequence[Observation],
    *,
    is_taken: bool = True,
) -> Iterator[Conflict]:
    """Tell a conflict where a printed number cannot be the one computed from published numbers. What figures
    take is the computed number, or else the one chosen of those printed."""
    choice = ledger.choice(printed)
    if isinstance(computed, Missing) or choice is None:
        return
    result = ConflictSide(computed.quantity, computed.observations, is_computed=True)
    sides = [_side(ledger, observation) for observation in printed]
    wrong = [s for s in sides if not s.quantity.bounds.overlaps(result.quantity.bounds)]
    if wrong and is_taken:
        yield Conflict(printed[0], kind, _calls(ledger, printed[0]), result, tuple(wrong))
    elif wrong:
        chosen = _side(ledger, choice.chosen.observation)
        apart = [s for s in wrong if s.quantity != chosen.quantity]
        key = choice.chosen.observation
        yield Conflict(key, kind, _calls(ledger, key), chosen, (result, *apart))


def _side(ledger: Ledger, observation: Observation) -> ConflictSide:
    assert observation.quantity is not None
    return ConflictSide(ledger.in_euro(observation.quantity), (observation,))


def _calls(ledger: Ledger, observation: Observation) -> tuple[str, ...]:
    return ledger.calls_of(observation.call) if observation.call else ()
