"""What is read of a question: the kind of answer that it wants, what it asks about, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ennum_stats.code_list import Labelled
from ennum_stats.errors import message
from ennum_stats.reading.operators import Operator
from ennum_stats.reading.quantities import NumberInText


class AnswerKind(Labelled):
    """Say which kind of answer a question wants."""

    NUMBER = "number", message("a number")
    DATE = "date", message("a date")
    WHO = "who", message("a partner")
    PLACE = "place", message("a place")
    WHICH = "which", message("a name")
    SUM = "sum", message("a sum")
    DIFFERENCE = "difference", message("a difference")
    TRUTH = "truth", message("yes or no")
    STATED = "stated", message("what has this number")
    ADMITTED = "admitted", message("who may not take part")


HAPPENINGS = (AnswerKind.WHO, AnswerKind.PLACE, AnswerKind.DATE)
"""Kinds of answers that are no numbers, but days, places and partners."""


@dataclass(frozen=True)
class ParsedQuestion:
    """Hold a question: the kind of its answer, what is left of its words, and what it names."""

    text: str
    kind: AnswerKind
    subject: str
    """The words that say what is asked about: without those that ask."""
    terms: tuple[str, ...] = ()
    """What it asks of one by one: the calls that it names, else programmes, places, levels or parts, as ideas."""
    stated: tuple[NumberInText, ...] = ()
    dimension: str = ""
    """What a superlative is to name."""
    wants_least: bool = False
    """Whether the smallest is wanted; of a comparison, whether the first is said to be the smaller."""
    wants_equal: bool = False
    """Whether two are said to be equal."""
    is_change: bool = False
    """Whether a difference is asked for as a change."""
    language: str = ""
    """The language of its words."""
    strange: tuple[str, ...] = ()
    """Words that nobody knows and that were passed over."""
    unpublished: tuple[str, ...] = ()
    """Words of matters of which no document says anything."""
    operators: Mapping[Operator, str] = field(default_factory=dict)
    """What its words want done with numbers, each with the question without these words."""
    whole: str = ""
    """All its words, with the codes of the calls that they name."""
