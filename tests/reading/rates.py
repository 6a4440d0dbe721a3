"""How often a question gets the right answer, another one said surely, or none: by the answers labelled by hand."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from ennum_stats.reading.answers import find
from ennum_stats.reading.findings import Findings
from tests.reading.corpus import Question, Reading, questions

RIGHT, SECOND, UNANSWERED, WRONG = "right", "right, but not first", "unanswered", "wrong"


def rates(ledger, part: str, language: str = "") -> Counter[str]:
    """Count the questions of a part, or of one language of it, by what became of them."""
    return Counter(
        outcome(question, find(ledger, question.words, question.language))
        for question in questions(part)
        if question.language == (language or question.language)
    )


def outcome(question: Question, found: Findings) -> str:
    """Say what became of a question; one that cannot be answered is right where nothing is answered. Who says that it
    may be so, and is not proved, has not said anything surely."""
    if not question.answers:
        return WRONG if found.is_answered else RIGHT
    if not found.is_answered:
        return UNANSWERED
    if found.verdict == "unproved" and not any(reading.name == "unproved" for reading in question.answers):
        return UNANSWERED
    given = found.nearest[: found.answering]
    places = [
        place
        for place, one in enumerate(given)
        if any(_is(reading, one, found) for reading in question.answers) or _spans(question, one)
    ]
    return WRONG if not places else SECOND if places[0] else RIGHT


def _is(reading: Reading, given, found: Findings) -> bool:
    if reading.name in ("yes", "no", "unproved"):
        return found.verdict == reading.name
    if reading.name and not {*reading.name.split(" & ")} <= {*given.named.split(" & ")}:
        return False
    if reading.day:
        return given.named.startswith(reading.day[:10])
    return not reading.unit or _is_number(reading, given.quantity)


def _spans(question: Question, given) -> bool:
    """Tell whether a range that is given runs from one lawful reading to another, and so says both."""
    numbers = [reading for reading in question.answers if reading.unit and reading.lower is not None]
    if given.quantity is None or given.quantity.value is not None or len(numbers) < 2:
        return False
    low, *_, high = sorted(numbers, key=lambda reading: reading.lower)
    return _is_number(replace(low, upper=high.upper), given.quantity)


def _is_number(reading: Reading, quantity) -> bool:
    """Compare in the unit of the label; a number computed to more digits is right if it rounds to it."""
    if quantity is None or _plain(quantity.unit) != _plain(reading.unit):
        return False
    times = Decimal(100) if quantity.unit == "share" and reading.unit == "percent" else Decimal(1)
    assert reading.lower is not None
    tolerance = max(Decimal("0.06"), abs(reading.lower) / 10_000)
    if reading.lower != reading.upper:
        ends = quantity.bounds.lower, quantity.bounds.upper
        return all(end is not None and abs(end * times - label) <= max(1, tolerance)
                   for end, label in zip(ends, (reading.lower, reading.upper), strict=True))  # fmt: skip
    return quantity.value is not None and abs(quantity.value * times - reading.lower) <= tolerance


def _plain(unit: str) -> str:
    return "share" if unit == "percent" else unit
