"""A figure or published number in a sentence to be quoted: as its document prints it, or computed; the document,
the place in it and the day; and who says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ennum_stats.errors import message
from ennum_stats.figures.contradictions import disagreeing, subject
from ennum_stats.figures.figure import Figure
from ennum_stats.figures.observations import place_words, printed
from ennum_stats.languages import listed, translate
from ennum_stats.measures.dates import published_words, publisher_and_day, publishers_and_days, valid_words
from ennum_stats.measures.measure_table import to_json_value
from ennum_stats.quantities import Quantity
from ennum_stats.search.candidates import Candidate
from ennum_stats.store.answers import Observation, documents_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import NBSP, fold, semicolons
from ennum_stats.wording import words

RECORD_COLUMNS = (
    "name", "what", "text", "printed", "value", "lower", "upper", "unit", "sentence",
    "source_ids", "observations", "named",
)  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    """Hold an answer, or what comes near it: a figure or published number, a day, a name; with its sentence."""

    name: str
    what: str
    text: str
    sentence: str
    quantity: Quantity | None = None
    is_printed: bool = False
    """Whether a document prints it, and it is not computed."""
    observations: tuple[Observation, ...] = ()
    named: str = ""
    """What answers who, where, when or which: the code of a partner, place or call, or a day."""

    def record(self) -> dict[str, Any]:
        """Give it as plain values."""
        quantity = self.quantity
        bounds = quantity.bounds if quantity else None
        values = (
            self.name, self.what, self.text,
            to_json_value(quantity.value) if quantity and self.is_printed else None,
            to_json_value(quantity.point) if quantity else None,
            to_json_value(bounds.lower) if bounds else None,
            to_json_value(bounds.upper) if bounds else None,
            quantity.unit if quantity else None, self.sentence,
            documents_of(self.observations),
            [o.observation_id for o in self.observations], self.named or None,
        )  # fmt: skip
        return dict(zip(RECORD_COLUMNS, values, strict=True))


def suggestion_of(ledger: Ledger, candidate: Candidate, language: str) -> Suggestion:
    """Say what a candidate says, once a ledger and language."""
    key = ("found", candidate.name, language)
    return ledger.cached(key, lambda: _computed_or_published(ledger, candidate, language))


def _computed_or_published(ledger: Ledger, candidate: Candidate, language: str) -> Suggestion:
    definition = candidate.definition
    if definition is None:
        return _published(ledger, candidate, language)
    figure = Figure(definition, definition.compute(ledger), ledger)
    what, text = figure.label(language), figure.text(language)
    if figure.quantity is None:
        reason = message("{what}: {reason}, on {day}", what=what, reason=text, day=ledger.known_at)
        sentence = _ended(translate(reason, language), {}, language)
    elif definition.is_printed and len(figure.observations) == 1:
        (observation,) = figure.observations
        sentence = _ended(
            _quoted(what, text, observation, language), _others(ledger, observation, language), language
        )
    else:
        others = _printed_otherwise(figure, language)
        computed = _computed(what, figure.full_text(language), figure, language)
        total = _with_printed_total(computed, figure, others, language)
        sentence = _ended(total, others, language)
    is_printed = figure.printed is not None
    return Suggestion(figure.name, what, text, sentence, figure.quantity, is_printed, figure.observations)


def _published(ledger: Ledger, candidate: Candidate, language: str) -> Suggestion:
    observation = candidate.observations[0]
    what, when = subject(ledger, observation, language), valid_words(observation, language)
    if when:
        what = f"{what} ({when})"
    assert observation.quantity is not None
    text = words(observation.quantity, language)
    sentence = _quoted(what, text, observation, language)
    sentence = _ended(sentence, _others(ledger, observation, language), language)
    return Suggestion(candidate.name, what, text, sentence, observation.quantity, True, (observation,))


# --- sentences --------------------------------------------------------------------------------------


def _quoted(what: str, text: str, observation: Observation, language: str) -> str:
    source = observation.source
    title = _title_alone(source.title, source.publisher)
    sentence = message(
        "{what}: {number} ({publisher}, {day}: “{title}”, {place})",
        what=what, number=text, publisher=source.publisher, day=published_words(source, language),
        title=title, place=place_words(observation.locator, language)[0],
    )  # fmt: skip
    return translate(sentence, language)


def _title_alone(title: str, publisher: str) -> str:
    """Leave out the publisher and day that a title may begin with: both stand beside it."""
    head, _, tail = title.partition(f"{NBSP}: ")
    return tail if tail and fold(head).startswith(fold(publisher)) else title


def _computed(what: str, text: str, figure: Figure, language: str) -> str:
    documents = publishers_and_days(figure.observations, language)
    formula = figure.formula(language).rstrip(".")
    if documents:
        sentence = message("{what}: {number}, computed from {documents}: {formula}", what=what, number=text,
                       formula=formula, documents=listed(documents, language))  # fmt: skip
    else:
        sentence = message("{what}: {number}, counted from lists of schools: {formula}", what=what, number=text,
                       formula=formula)  # fmt: skip
    return translate(sentence, language)


def _with_printed_total(sentence: str, figure: Figure, others: dict[str, list[str]], language: str) -> str:
    """Set the total that a document prints beside a computed one, where it is not among those who say
    otherwise."""
    claim = figure.answer.claim
    if claim is None or printed(claim, language) in others:
        return sentence
    total = message("{sentence}; printed total: {number} ({document})", sentence=sentence,
                    number=printed(claim, language), document=publisher_and_day(claim.source, language))  # fmt: skip
    return translate(total, language)


def _others(ledger: Ledger, observation: Observation, language: str) -> dict[str, list[str]]:
    """Gather who says otherwise than a published number, by what they say."""
    by_text: dict[str, list[str]] = {}
    for _, side in disagreeing(ledger).get(observation.observation_id, ()):
        if not side.is_computed:
            who = [publisher_and_day(o.source, language) for o in side.observations]
            by_text.setdefault(printed(side.observations[0], language), []).extend(who)
        else:
            parts = dict.fromkeys(publisher_and_day(o.source, language) for o in side.observations)
            computed = message("computed from {documents}", documents=semicolons(parts, language))
            by_text[words(side.quantity, language)] = [translate(computed, language)]
    return by_text


def _printed_otherwise(figure: Figure, language: str) -> dict[str, list[str]]:
    """Gather who prints another number than the one computed from the same published numbers."""
    by_text: dict[str, list[str]] = {}
    for _, side in figure.against:
        for other in side.observations:
            by_text.setdefault(printed(other, language), []).append(publisher_and_day(other.source, language))
    return by_text


def _ended(sentence: str, others: dict[str, list[str]], language: str) -> str:
    """End a sentence with those who say otherwise, if any."""
    if not others:
        return f"{sentence}."
    texts = [f"{text} ({semicolons(dict.fromkeys(who), language)})" for text, who in others.items()]
    whole = message("{sentence}; others say otherwise: {others}.", sentence=sentence,
                    others=listed(texts, language))  # fmt: skip
    return translate(whole, language)
