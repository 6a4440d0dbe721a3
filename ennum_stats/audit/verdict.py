"""What an audit says of one number, or of one statement without a number, of a text.

A `Verdict` is all that tables, marked-up pages and comments in Word need: where it stands in the text, how it was
read, what is known of its subject on the day of the text and today, by which document, and the words that would
be right. Words for readers are given in a language; nothing else depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ennum_stats.code_list import Labelled
from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.measure_table import to_json_value
from ennum_stats.quantities import Bounds


class VerdictKind(Labelled):
    """Say what an audit found of a number."""

    CONTRADICTED = "contradicted", message("contradicted by what is known")
    MIXED_UNITS = "mixed_units", message("another unit")
    FORECAST_AS_FACT = "forecast_as_fact", message("planned, told as done")
    STRONGER = "stronger", message("said more surely than known")
    STALE = "stale", message("true on an earlier day")
    OTHER_SOURCE = "other_source", message("another document says so")
    UNVERIFIABLE = "unverifiable", message("not judged")
    DERIVED = "derived", message("right, computed")
    BOUND = "bound", message("right, as a bound")
    ROUNDED = "rounded", message("right, rounded")
    EXACT = "exact", message("right")
    NOT_STATISTIC = "not_statistic", message("no statistic")


RIGHT = frozenset((VerdictKind.EXACT, VerdictKind.ROUNDED, VerdictKind.BOUND, VerdictKind.DERIVED))
"""The number holds on the day of the text."""
FAULTY = frozenset(
    (VerdictKind.CONTRADICTED, VerdictKind.MIXED_UNITS, VerdictKind.FORECAST_AS_FACT, VerdictKind.STRONGER,
     VerdictKind.STALE, VerdictKind.OTHER_SOURCE)
)  # fmt: skip
"""The number, its unit or its certainty wants another look; only `CONTRADICTED` makes the command fail."""


@dataclass(frozen=True)
class Evidence:
    """Hold where a known number comes from: document, publisher, place in it, and its day."""

    source_id: str
    publisher: str
    place: str
    day: str
    observation_id: str

    def record(self) -> dict[str, str]:
        """Give it as plain values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Verdict:
    """Hold what is found of the words between two offsets of a text (`text[start:end]`)."""

    start: int
    end: int
    text: str
    kind: VerdictKind
    """What it is on the day of the text."""
    today: VerdictKind
    """What it is by all that is known today."""
    subject: str = ""
    """What the number is about, in words of the reader's language; empty where it was not found."""
    name: str = ""
    """The name of the figure or published number that it was judged by, as `ennum trace` takes it."""
    unit: str = ""
    stated: Bounds | None = None
    """What the words of the text allow, by the house rules."""
    known: Bounds | None = None
    """What is known of the subject on the day of the text."""
    distance: Decimal | None = None
    """How far what is stated lies from what is known; 0 where they meet."""
    derivation: str = ""
    """How a number that no document prints follows: "679 / 955"."""
    evidence: tuple[Evidence, ...] = ()
    suggestion: str = ""
    """The sentence that would be right, with document, place and day; empty where nothing is known."""
    right_words: str = ""
    """The number alone as it would be right, to stand in the place of `text`; empty where nothing is known."""
    reason: Message | None = None
    """Why it is not judged, or no statistic."""
    others: tuple[Verdict, ...] = ()
    """Where it can be about several things that judge it otherwise: each of these verdicts."""

    @property
    def is_right(self) -> bool:
        """Whether the number holds on the day of the text."""
        return self.kind in RIGHT

    @property
    def is_judged(self) -> bool:
        """Whether it is a statistic of which the ledger could judge."""
        return self.kind not in (VerdictKind.UNVERIFIABLE, VerdictKind.NOT_STATISTIC)

    def record(self, language: str) -> dict[str, Any]:
        """Give it as plain values, as `ennum audit --format json` does."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "verdict": self.kind.value,
            "today": self.today.value,
            "label": translate(self.kind.label, language),
            "subject": self.subject or None,
            "name": self.name or None,
            "unit": self.unit or None,
            "stated": _ends(self.stated),
            "known": _ends(self.known),
            "distance": to_json_value(self.distance),
            "derivation": self.derivation or None,
            "evidence": [entry.record() for entry in self.evidence],
            "suggestion": self.suggestion or None,
            "right_words": self.right_words or None,
            "reason": translate(self.reason, language) if self.reason else None,
            "others": [other.record(language) for other in self.others],
        }


def _ends(bounds: Bounds | None) -> list[Any] | None:
    return [to_json_value(bounds.lower), to_json_value(bounds.upper)] if bounds else None
