"""Which of several published numbers is the value.

1. The rank of the source: official; answer in parliament; press; question in parliament, and political.
2. Within the best rank, the latest document; of those that can be true together with it, the most
   precise (the later of two that are equally so).
3. A number that only gives one end ("more than 1,700") yields to a count of any rank that agrees with
   it and was published within a year of it. A later official document that again gives only that end
   is not overruled by an old count.

What cannot be true together with the value is a conflict; it is kept and shown, never lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from ennum_stats.quantities import Basis, Bounds
from ennum_stats.store.answers import Observation

CONTEMPORARY = timedelta(days=366)


@dataclass(frozen=True)
class Candidate:
    """An observation with its bounds in the unit that is asked for."""

    observation: Observation
    bounds: Bounds


@dataclass(frozen=True)
class Choice:
    """The candidate taken, those that agree with it, and those that do not."""

    chosen: Candidate
    agreeing: tuple[Candidate, ...]
    conflicting: tuple[Candidate, ...]


def choose(candidates: Sequence[Candidate]) -> Choice:
    """The value among published numbers of the same thing; at least one candidate is needed."""
    best_rank = min(candidate.observation.source.rank for candidate in candidates)
    best = [c for c in candidates if c.observation.source.rank == best_rank]
    latest = max(best, key=_recency)
    chosen = _most_precise([c for c in best if c.bounds.overlaps(latest.bounds)])
    if chosen.bounds.width.is_infinite():
        chosen = _count_of_that_year(candidates, _latest_like(chosen, best)) or chosen
    others = [c for c in candidates if c is not chosen]
    return Choice(
        chosen,
        tuple(c for c in others if c.bounds.overlaps(chosen.bounds)),
        tuple(c for c in others if not c.bounds.overlaps(chosen.bounds)),
    )


def _recency(candidate: Candidate) -> tuple[object, Decimal, bool, str]:
    """Later; of one day narrower; of one width proved rather than by convention; then by its key."""
    observation, bounds = candidate.observation, candidate.bounds
    is_proved = bounds.basis is Basis.PROVED
    return observation.known_on, -bounds.width, is_proved, observation.observation_id


def _most_precise(candidates: Sequence[Candidate]) -> Candidate:
    narrowest = min(candidate.bounds.width for candidate in candidates)
    return max((c for c in candidates if c.bounds.width == narrowest), key=_recency)


def _latest_like(chosen: Candidate, best: Sequence[Candidate]) -> Candidate:
    return max((c for c in best if c.bounds == chosen.bounds), key=_recency)


def _count_of_that_year(candidates: Sequence[Candidate], bound: Candidate) -> Candidate | None:
    day = bound.observation.known_on
    counts = [
        candidate
        for candidate in candidates
        if not candidate.bounds.width.is_infinite()
        and candidate.bounds.overlaps(bound.bounds)
        and abs(candidate.observation.known_on - day) <= CONTEMPORARY
    ]
    return _most_precise(counts) if counts else None
