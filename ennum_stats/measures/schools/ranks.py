"""The place of a number among others, where each may be known by bounds only: then its rank is a range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ennum_stats.errors import message
from ennum_stats.languages import plural, translate, translate_plural
from ennum_stats.quantities import Bounds
from ennum_stats.store.answers import Answer, Known

EXACT = message("rank {rank} of {among}")
RANGE = message("between rank {first} and rank {last} of {among}")
OPEN = message("not known, among {among}")
SHARED = plural("{told}, shared with {n} other", "{told}, shared with {n} others")
_ANYTHING = Bounds(None, None)
"""What is known of a number that is missing."""


@dataclass(frozen=True)
class Rank:
    """Hold the first and the last place that a number may have among so many, the largest number first; how many
    others are surely as large."""

    first: int
    last: int
    among: int
    ties: int = 0

    @property
    def is_exact(self) -> bool:
        """Tell whether there is one place only."""
        return self.first == self.last

    @property
    def is_open(self) -> bool:
        """Tell whether it may be any place: nothing is known of it."""
        return self.among > 1 and (self.first, self.last) == (1, self.among)


def rank_among(own: Answer, others: Iterable[Answer]) -> Rank | None:
    """Rank a number among others, without it; nothing where it is not known itself.

    Of equal numbers each has the first place that they share. A number may stand behind each other one that
    may be larger, and before each that is not surely larger.

    >>> from ennum_stats.quantities import Quantity
    >>> three, five = (Known(Quantity.exact(n, "implantations")) for n in (3, 5))
    >>> rank_among(three, [five, three]), rank_among(three, [three.at_least()])
    (Rank(first=2, last=2, among=3, ties=1), Rank(first=1, last=2, among=2, ties=0))
    """
    if not isinstance(own, Known):
        return None
    bounds = own.quantity.bounds
    beside = [one.quantity.bounds if isinstance(one, Known) else _ANYTHING for one in others]
    low, high = bounds.ends
    return Rank(
        1 + sum(one.exceeds(bounds) for one in beside),
        1 + sum(one.ends[1] > low for one in beside),
        1 + len(beside),
        sum(one.ends == (low, low) == (high, high) for one in beside),
    )


def rank_words(rank: Rank, language: str) -> str:
    """Write a rank: "rank 8 of 253, shared with 1 other", "between rank 3 and rank 40 of 253"."""
    if rank.is_open:
        return translate(OPEN, language, among=rank.among)
    if not rank.is_exact:
        return translate(RANGE, language, first=rank.first, last=rank.last, among=rank.among)
    told = translate(EXACT, language, rank=rank.first, among=rank.among)
    if not rank.ties:
        return told
    return translate_plural(*SHARED, rank.ties, language, told=told)
