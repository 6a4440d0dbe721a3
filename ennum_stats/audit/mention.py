"""A number of a text with what its place in the text tells of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from ennum_stats.reading.quantities import NumberInText
from ennum_stats.vocabulary import Precision


@dataclass(frozen=True)
class Mention:
    """Hold a number with what its place in the text tells of it."""

    number: NumberInText
    sentence: int
    span: tuple[int, int]
    """Where its sentence stands."""
    calls: frozenset[str]
    calls_from: int
    """How near its calls are told: 3 beside it, 2 before it in the sentence, 1 after it, 0 in an earlier sentence."""
    calls_at: int
    programme: str
    programme_from: int
    programme_at: int
    years: frozenset[int]
    since: bool
    """Whether it is told since the first call."""
    is_named: bool
    """Whether the text names a call by its code, or a programme, up to the end of the sentence."""
    is_alone: bool
    """Whether the sentence before it that last named a programme or a call named but one: it goes on from there."""
    is_call_named: bool
    """Whether its call is named by its code, not by a year."""
    calls_beside: frozenset[str]
    """Every call that its sentence names."""
    compared: frozenset[str]
    """The calls with which its sentence compares."""
    calls_told: frozenset[str]
    """Every call that the text names up to the end of its sentence."""
    order: tuple[str, ...]
    """Two calls that its sentence names from the one to the other."""
    heads: frozenset[str] = frozenset()
    """The ideas of the noun that is counted; empty where none follows."""
    is_foreign: bool = False
    """Whether its noun is one that nothing in the ledger is counted by."""
    own: frozenset[str] = frozenset()
    """Ideas of the words that belong to it alone."""
    near: frozenset[str] = frozenset()
    """Ideas of its sentence that belong to no other number alone."""
    around: frozenset[str] = frozenset()
    """Ideas of its whole sentence."""
    role: str = ""
    """Which of two numbers it is: the "part" of a "base" ("183 sur 200"), the "whole" of a "part" ("200, dont 183")."""
    before: frozenset[str] = frozenset()
    """Ideas of its heading and of the sentence before it, which say what is told of."""
    place: frozenset[str] = frozenset()
    """The place that the sentences before it tell of, where its own names none."""
    last_place: frozenset[str] = frozenset()
    """The last place that the text tells of, in this paragraph or before: the last town where its own is told of."""

    @cached_property
    def topic(self) -> frozenset[str]:
        """All that its sentence, the one before and its heading tell of."""
        return self.around | self.before

    @cached_property
    def needed(self) -> frozenset[str]:
        """All that, and what the number itself tells: "2 à 60 ordinateurs", "at most 15,000"."""
        is_of_each = self.number.readings[0].high is not None
        is_ceiling = self.number.precision in (Precision.AT_MOST, Precision.LESS_THAN, Precision.AT_LEAST)
        return (
            self.topic | ({"per", "each"} if is_of_each else set()) | ({"ceiling"} if is_ceiling else set())
        )

    @cached_property
    def part(self) -> frozenset[str]:
        """What a part that it is of must be told by."""
        return self.near | self.last_place

    @cached_property
    def is_since(self) -> bool:
        """Whether it is told of all calls so far: since the first, or of the programme without a call or a year."""
        is_of_programme = (
            self.programme == "ecole_numerique" and self.programme_from > 0 and self.calls_from < 0
        )
        return (is_of_programme and not self.years) or (self.since and not self.calls)

    def hears(self, ideas: frozenset[str]) -> Mention:
        """Let ideas that stand elsewhere be told about it."""
        return replace(self, near=self.near | ideas, around=self.around | ideas)
