"""Conflicts: where documents disagree beyond their precision, and where a printed total or mean is not what
its parts give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ennum_stats.quantities import UNITS, Quantity
from ennum_stats.store.answers import Answer, Missing, Observation, choose, sum_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import BREAKDOWNS

SUM_OF_CALLS = {
    "projects_awarded": "projects_awarded",
    "projects_introduced": "projects_introduced",
    "budget_awarded": "budget_awarded",
    "teams_equipped": "projects_awarded",
}
"""Measures published for a set of calls, and the measure of each call that adds up to them: a team
equipped is a project in all but name. Distinct sites do not add up."""


class ConflictKind(StrEnum):
    """Two documents say different numbers; a total is not the sum of its published parts; or a mean is
    not the ratio of the published numbers that it is the mean of."""

    DISAGREEMENT = "disagreement"
    SUM = "sum"
    RATIO = "ratio"


@dataclass(frozen=True)
class Side:
    """One side of a conflict: a number, with the document, or the documents of its parts."""

    quantity: Quantity
    observations: tuple[Observation, ...]

    @property
    def source_id(self) -> str:
        """The document; of a sum, all documents of its parts joined by "+"."""
        return "+".join(dict.fromkeys(o.source.source_id for o in self.observations))

    @property
    def published_on(self) -> str | None:
        """The date of the document as printed; of a sum, that of the last part."""
        last = max(self.observations, key=lambda o: o.known_on)
        return last.source.published_on

    @property
    def number(self) -> Decimal | None:
        """The value as printed; of mere bounds, the end that is known."""
        bounds = self.quantity.bounds
        return next(
            (n for n in (self.quantity.value, bounds.lower, bounds.upper) if n is not None), None
        )


@dataclass(frozen=True)
class Conflict:
    """A number on which documents disagree: the side that is taken, and the others."""

    key: Observation
    """An observation of the conflict's subject: its dimensions say what the numbers are about."""
    kind: ConflictKind
    calls: tuple[str, ...]
    chosen: Side
    others: tuple[Side, ...]

    @property
    def measure(self) -> str:
        """The measure in question."""
        return self.key.measure

    @property
    def distance(self) -> Decimal:
        """How far the farthest side lies outside the chosen one's bounds."""
        bounds = self.chosen.quantity.bounds
        return max(bounds.distance(side.quantity.bounds) for side in self.others)


def conflicts(ledger: Ledger) -> list[Conflict]:
    """Find everything on which documents known by the ledger's day disagree beyond their precision."""
    groups = observations_by_subject(ledger.all_observations())
    found = [
        *_disagreements(ledger, groups),
        *_wrong_sums(ledger, groups),
        *_wrong_levels(ledger, groups),
        *_wrong_means(ledger, groups),
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
        choice = choose(ledger.candidates(group))
        if choice.conflicting:
            chosen = choice.chosen.observation
            others = tuple(_side(ledger, c.observation) for c in choice.conflicting)
            yield Conflict(
                chosen,
                ConflictKind.DISAGREEMENT,
                _calls(ledger, chosen),
                _side(ledger, chosen),
                others,
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
        yield from _against(ConflictKind.SUM, ledger, calls, parts, group)


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
            here = {n: v for n in BREAKDOWNS if (v := getattr(key, n)) is not None and n != "level"}
            parts = sum_of(
                ledger.answer(key.measure, **here, level=level) for level in parts_of[key.level]
            )
            yield from _against(ConflictKind.SUM, ledger, _calls(ledger, key), parts, group)


def _wrong_means(ledger: Ledger, groups: Groups) -> Iterator[Conflict]:
    """Find mean budgets that are not the published budget over the published projects."""
    for group in groups.values():
        key = group[0]
        if key.measure == "mean_grant" and key.call:
            of_call = {"programme": key.programme or "", "call": key.call}
            budget = ledger.answer("budget_awarded", **of_call)
            mean = budget.over(ledger.answer("projects_awarded", **of_call), "EUR/project")
            yield from _against(ConflictKind.RATIO, ledger, (key.call,), mean, group)


def _against(
    kind: ConflictKind,
    ledger: Ledger,
    calls: tuple[str, ...],
    computed: Answer,
    printed: Sequence[Observation],
) -> Iterator[Conflict]:
    """Tell a conflict where a printed number cannot be the one computed from published numbers."""
    if isinstance(computed, Missing):
        return
    sides = [_side(ledger, observation) for observation in printed]
    wrong = tuple(s for s in sides if not s.quantity.bounds.overlaps(computed.quantity.bounds))
    if wrong:
        chosen = Side(computed.quantity, computed.observations)
        yield Conflict(printed[0], kind, calls, chosen, wrong)


def _side(ledger: Ledger, observation: Observation) -> Side:
    assert observation.quantity is not None
    return Side(ledger.in_euro(observation.quantity), (observation,))


def _calls(ledger: Ledger, observation: Observation) -> tuple[str, ...]:
    return ledger.calls_of(observation.call) if observation.call else ()
