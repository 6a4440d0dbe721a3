"""What is found for a question, with the sentence to be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ennum_stats.errors import message
from ennum_stats.languages import listed, translate
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.parsed import AnswerKind, ParsedQuestion
from ennum_stats.reading.suggestions import Suggestion
from ennum_stats.search.concepts import PHRASES
from ennum_stats.typography import fold

MOST, MOST_READINGS = 6, 3
READ_AS = message("Read as asking for {kind}: {what}.")
PASSED_OVER = message("Not taken into account: {words}.")
OTHERWISE = message("It can also be read otherwise: {sentence}")


@dataclass(frozen=True)
class Findings:
    """Hold what is found for a question: whether anything answers it, the sentence that says so, what comes
    nearest, and what must be said beside it."""

    question: str
    kind: AnswerKind
    is_answered: bool
    sentence: str
    nearest: tuple[Suggestion, ...]
    unanswered: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    answering: int = 0
    """How many of the nearest answer it; the others only come near."""
    verdict: str = ""
    """Of what is asked to be true: yes, no or unproved."""

    def record(self) -> dict[str, Any]:
        """Give it as `ennum find --format json` gives it."""
        return {
            "question": self.question,
            "kind": self.kind.value,
            "answered": self.is_answered,
            "verdict": self.verdict or None,
            "answering": self.answering,
            "sentence": self.sentence,
            "unanswered": list(self.unanswered),
            "remarks": list(self.remarks),
            "candidates": [candidate.record() for candidate in self.nearest],
        }


def answer_of(
    read: ParsedQuestion,
    readings: Sequence[Suggestion],
    language: str,
    *,
    verdict: str = "",
    sentence: str = "",
    near: Iterable[Suggestion] = (),
) -> Findings:
    """Give readings as an answer, the first as its sentence, the others beside it, and what was passed over."""
    how = translate(READ_AS, language, kind=translate(read.kind.label, language), what=readings[0].what)
    others = [translate(OTHERWISE, language, sentence=other.sentence) for other in readings[1:]]
    strange = [as_written(read.text, word) for word in read.strange]
    passed_over = [translate(PASSED_OVER, language, words=cited(strange, language))] if strange else []
    names = {reading.name for reading in readings}
    nearest = (*readings, *(other for other in near if other.name not in names))
    return Findings(
        read.text, read.kind, True, sentence or readings[0].sentence, nearest[:MOST],
        remarks=(*others, how, *passed_over), answering=len(readings), verdict=verdict,
    )  # fmt: skip


def cited(texts: Sequence[str], language: str) -> str:
    """List words of a question between the marks of a language."""
    return listed([translate(message("“{word}”", word=text), language) for text in texts], language)


def as_written(question: str, folded: str) -> str:
    """Give a word as the question writes it; of one that stands for a phrase, the phrase: "in all" is a total."""
    if word := next((word for word in re.findall(r"[\w-]+", question) if fold(word) == folded), ""):
        return word
    phrases = (phrase for phrase, whole in PHRASES.items() if folded in whole.split())
    written = (
        re.search(rf"\b{phrase.replace(' ', '[^a-z0-9]+')}\b", levelled(question)) for phrase in phrases
    )
    return next((question[match.start() : match.end()] for match in written if match), folded)
