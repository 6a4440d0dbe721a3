"""Answers of a ledger: a number with its evidence, or why there is none.

An answer is `Known` or `Missing`. Sums, differences and ratios of answers carry bounds and evidence along;
what is computed from something missing is missing, with its reason. `choose` says which of several published
numbers is the value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import ClassVar, TypeVar

from ennum_stats.errors import Message, message
from ennum_stats.periods import Period
from ennum_stats.quantities import Basis, Bounds, Quantity, Reason
from ennum_stats.typography import NBSP, typeset
from ennum_stats.vocabulary import PLANNED, ClaimStatus, Subject
from ennum_stats.wording import Style, missing_words, words


@dataclass(frozen=True)
class Source:
    """Hold a document: title, publisher, kind, its date as printed, and the day from which it was known.

    People read its title and publisher typeset; programs get them as its row has them.
    """

    source_id: str
    title_as_written: str
    publisher_as_written: str
    kind: str
    published_on: str | None
    url: str | None
    known_on: date
    rank: int
    title_language: str = "fr"

    @cached_property
    def title(self) -> str:
        """Its title, typeset in its language. Publisher and day may stand before it, as in French: "AWT, 2007 : …"."""
        return typeset(self.title_as_written, self.title_language).replace(" :", f"{NBSP}:")

    @cached_property
    def publisher(self) -> str:
        """Its publisher, typeset."""
        return typeset(self.publisher_as_written, self.title_language)

    @property
    def day(self) -> Period:
        """The day, month or year printed on the document; else the day on which it was read."""
        return Period(self.published_on or self.known_on.isoformat())


@dataclass(frozen=True)
class Observation(Subject):
    """Hold one number that one document published, with its source. `quantity` is as printed (francs stay
    francs); it is empty where the document says that there is none."""

    observation_id: str
    measure: str
    valid_from: date | None
    valid_to: date | None
    quantity: Quantity | None
    step: Decimal | None
    status: str
    missing_reason: Reason | None
    locator: str
    note: str | None
    source: Source

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day for which it holds; nothing where its document does not tell both."""
        first, last = self.valid_from, self.valid_to
        return (first, last) if first and last else None

    @property
    def known_on(self) -> date:
        """The day from which the number was known: that of its document."""
        return self.source.known_on


def documents_of(observations: Iterable[Observation]) -> list[str]:
    """List the keys of the documents that published numbers are from, each once."""
    return list(dict.fromkeys(one.source.source_id for one in observations))


@dataclass(frozen=True)
class Known:
    """Hold a number, the observations that it comes from, and the others that do not agree with it."""

    quantity: Quantity
    observations: tuple[Observation, ...] = ()
    conflicts: tuple[Observation, ...] = ()
    status: str = "A"
    caveats: tuple[Message, ...] = ()
    claim: Observation | None = None
    """The published total that stands beside a sum of its parts."""
    lists: tuple[str, ...] = ()
    """Keys of the lists of schools that it is counted from, or that bound it."""

    def __add__(self, other: Answer) -> Answer:
        return combined(lambda a, b: a + b, self, other)

    def __sub__(self, other: Answer) -> Answer:
        return combined(lambda a, b: a - b, self, other)

    def words(self, language: str, *, style: Style = "long", noun: bool = True) -> str:
        """Say the number, never more strongly than it is known."""
        return words(self.quantity, language, style=style, noun=noun)

    def over(self, other: Answer, unit: str) -> Answer:
        """Divide by another, as a ratio in `unit`."""
        return combined(lambda a, b: a.over(b, unit), self, other)

    def noting(self, *caveats: Message) -> Known:
        """Add things that a reader must know."""
        return replace(self, caveats=(*self.caveats, *caveats))

    def within(self, limits: Bounds) -> Known:
        """Narrow the number, knowing that it lies within `limits`."""
        return replace(self, quantity=self.quantity.within(limits))

    def at_least(self) -> Known:
        """Give it as a part of a whole that may be any larger: without value and upper bound."""
        bounds = Bounds(self.quantity.bounds.lower, None, self.quantity.bounds.basis)
        return replace(self, quantity=Quantity.derived(None, bounds, self.quantity.unit))

    def claiming(self, published: Observation) -> Known:
        """Set the total that a document prints for it beside it."""
        return replace(self, claim=published)

    @property
    def claim_status(self) -> ClaimStatus | None:
        """What the parts say of the published total; nothing where none was published."""
        if self.claim is None or self.claim.quantity is None:
            return None
        claimed, proved = self.claim.quantity.bounds, self.quantity.bounds
        if not claimed.overlaps(proved):
            return ClaimStatus.CONTRADICTED
        inside = claimed.ends[0] <= proved.ends[0] and proved.ends[1] <= claimed.ends[1]
        return ClaimStatus.PROVED if inside else ClaimStatus.CONSISTENT


@dataclass(frozen=True)
class Missing:
    """Hold no number, and why. Never zero."""

    reason: Reason
    observations: tuple[Observation, ...] = ()
    conflicts: tuple[Observation, ...] = field(default=(), repr=False)
    caveats: tuple[Message, ...] = ()
    quantity: ClassVar[None] = None
    claim: ClassVar[None] = None
    claim_status: ClassVar[None] = None
    lists: ClassVar[tuple[str, ...]] = ()
    status: ClassVar[str] = "M"

    def __add__(self, _other: Answer) -> Answer:
        return self

    def __sub__(self, _other: Answer) -> Answer:
        return self

    def over(self, _other: Answer, _unit: str) -> Answer:
        """Stay missing."""
        return self

    def words(self, language: str, **_form: object) -> str:
        """Say why there is no number."""
        return missing_words(self.reason, language)


T = TypeVar("T")
Answer = Known | Missing


def combined(operation: Callable[[Quantity, Quantity], Quantity], a: Answer, b: Answer) -> Answer:
    """Apply an operation to two answers, with the evidence of both."""
    if isinstance(a, Missing):
        return a
    if isinstance(b, Missing):
        return b
    status = "A" if a.status == b.status == "A" else ("F" if "F" in (a.status, b.status) else "E")
    return Known(
        operation(a.quantity, b.quantity),
        _merged(a.observations, b.observations),
        _merged(a.conflicts, b.conflicts),
        status,
        a.caveats + tuple(item for item in b.caveats if item not in a.caveats),
        lists=_merged(a.lists, b.lists),
    )


def sum_of(answers: Iterable[Answer]) -> Answer:
    """Sum answers; missing where one of them is, or where there are none."""
    iterator = iter(answers)
    result = next(iterator, None)
    if result is None:
        return Missing(Reason.NOT_YET_KNOWN)
    for answer in iterator:
        result = result + answer
    return result


def sum_of_known(answers: Iterable[Answer]) -> Answer:
    """Sum what is known of parts that are never negative: only a lower bound of the whole where one of them
    is missing; missing where all are."""
    parts = list(answers)
    known = [part for part in parts if isinstance(part, Known)]
    if not known or len(known) == len(parts):
        return sum_of(parts)
    total = sum_of(known)
    assert isinstance(total, Known)
    return total.at_least()


MORE_THAN_WHOLE = message("A part counts at least {part}, its whole at most {whole}: both cannot be.")


def remainder(whole: Answer, parts: Iterable[Answer]) -> Answer:
    """Give what parts that do not overlap leave of a whole: zero or more. Where documents say that they are
    more than it, there is none."""
    part = sum_of(parts)
    rest = whole - part
    if isinstance(whole, Missing) or isinstance(part, Missing) or isinstance(rest, Missing):
        return rest
    bounds = rest.quantity.bounds
    if bounds.ends[1] < 0:
        told = message(
            MORE_THAN_WHOLE.text, part=part.quantity.bounds.lower, whole=whole.quantity.bounds.upper
        )
        return Missing(Reason.CONTRADICTED, rest.observations, rest.conflicts, (told,))
    value = rest.quantity.value
    if bounds.ends[0] >= 0:
        return rest
    floor = Bounds(Decimal(0), None, bounds.basis)
    value = None if value is None or value < 0 else value
    return replace(rest, quantity=Quantity.derived(value, bounds.intersection(floor), rest.quantity.unit))


def _merged(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    known = set(first)  # thousands of documents may disagree
    return first + tuple(item for item in second if item not in known)


def of_last_day(observations: Sequence[Observation]) -> list[Observation]:
    """Keep those of the last day of validity; what says no day holds on every day."""
    last = max((o.valid_to or o.valid_from or date.max for o in observations), default=date.max)
    return [o for o in observations if (o.valid_to or o.valid_from or date.max) == last]


CONTEMPORARY = timedelta(days=366)


@dataclass(frozen=True)
class BoundedObservation:
    """Hold an observation with its bounds in the unit that is asked for."""

    observation: Observation
    bounds: Bounds


@dataclass(frozen=True)
class Choice:
    """Hold the candidate taken, those that do not agree with it, and the later one that says it less precisely."""

    chosen: BoundedObservation
    conflicting: tuple[BoundedObservation, ...]
    confirming: BoundedObservation | None = None


def choose(candidates: Sequence[BoundedObservation], left: Bounds | None = None) -> Choice:
    """Choose the value among published numbers of the same thing; at least one candidate is needed.

    Of the best kind of source it is the most precise number that agrees with the latest one. Where all of what an
    earlier document says, of whatever kind, lies within it, that one is taken: to say less is not to say
    otherwise. Else, where it is only open on one side (more than 2,240), a count of the same year is taken. Of a
    part, those that agree with what the totals taken leave for it (`left`) go first.
    """
    best_rank = min(candidate.observation.source.rank for candidate in candidates)
    best = [c for c in candidates if c.observation.source.rank == best_rank]
    best = [c for c in best if left is None or c.bounds.overlaps(left)] or best
    latest = max(best, key=_recency)
    chosen = _most_precise([c for c in best if c.bounds.overlaps(latest.bounds)])
    confirming = None
    sharper = [c for c in candidates if _said_before(c, chosen)]
    if sharper:
        confirming, chosen = chosen, choose(sharper, left).chosen
    elif chosen.bounds.width.is_infinite():
        chosen = _count_of_that_year(candidates, _latest_like(chosen, best)) or chosen
    apart = tuple(c for c in candidates if not c.bounds.overlaps(chosen.bounds))
    return Choice(chosen, apart, confirming)


def _said_before(one: BoundedObservation, later: BoundedObservation) -> bool:
    """Tell whether a number was published before another one of the same things, and lies within it; a later plan
    is another plan."""
    (low, high), (least, most) = one.bounds.ends, later.bounds.ends
    is_within = least <= low and high <= most and (low, high) != (least, most)
    is_earlier = one.observation.known_on < later.observation.known_on
    is_same = one.observation.counted == later.observation.counted
    return is_within and is_earlier and is_same and later.observation.stage != PLANNED


def _recency(candidate: BoundedObservation) -> tuple[object, Decimal, bool, str]:
    """Order by day; of one day narrower first; of one width proved before convention; then by key."""
    observation, bounds = candidate.observation, candidate.bounds
    is_proved = bounds.basis is Basis.PROVED
    return observation.known_on, -bounds.width, is_proved, observation.observation_id


def _most_precise(candidates: Sequence[BoundedObservation]) -> BoundedObservation:
    narrowest = min(candidate.bounds.width for candidate in candidates)
    return max((c for c in candidates if c.bounds.width == narrowest), key=_recency)


def _latest_like(chosen: BoundedObservation, best: Sequence[BoundedObservation]) -> BoundedObservation:
    return max((c for c in best if c.bounds == chosen.bounds), key=_recency)


def _count_of_that_year(
    candidates: Sequence[BoundedObservation], bound: BoundedObservation
) -> BoundedObservation | None:
    day = bound.observation.known_on
    counts = [
        candidate
        for candidate in candidates
        if not candidate.bounds.width.is_infinite()
        and candidate.bounds.overlaps(bound.bounds)
        and abs(candidate.observation.known_on - day) <= CONTEMPORARY
    ]
    return _most_precise(counts) if counts else None
