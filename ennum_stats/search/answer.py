"""The answer to a question in words: one sentence to be quoted, the next candidates, and what is not known.

The sentence has the number as its document prints it, or says that it is computed; the document, the place
in it and the day; and who says otherwise. A question that nothing answers gets no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ennum_stats.errors import message, nearest_names
from ennum_stats.figures.contradictions import disagreeing, subject
from ennum_stats.figures.figure import Figure
from ennum_stats.figures.observations import printed
from ennum_stats.languages import listed, translate
from ennum_stats.measures.dates import published_words, valid_words
from ennum_stats.measures.measure_table import to_json_value
from ennum_stats.measures.schools.places import place
from ennum_stats.quantities import Quantity
from ennum_stats.search.candidates import Candidate, candidates
from ennum_stats.search.places import commune_in, place_remarks, registered_sentence
from ennum_stats.search.ranking import Hit, Word, ranked, words_of
from ennum_stats.store.answers import Known, Observation, documents_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE
from ennum_stats.typography import fold, semicolons, typeset
from ennum_stats.wording import words

RECORD_COLUMNS = (
    "name", "what", "text", "printed", "value", "lower", "upper", "unit", "sentence",
    "source_ids", "observations",
)  # fmt: skip
_ENOUGH = 0.6
"""The part of a question that an answer must answer, by the weight of its words."""
_MOST = 6
_LONGEST_QUESTION = 300


@dataclass(frozen=True)
class Suggestion:
    """Hold a figure or published number that comes near a question, with its sentence."""

    name: str
    what: str
    text: str
    sentence: str
    quantity: Quantity | None
    is_printed: bool
    """Whether a document prints it, and it is not computed."""
    observations: tuple[Observation, ...]

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
            [o.observation_id for o in self.observations],
        )  # fmt: skip
        return dict(zip(RECORD_COLUMNS, values, strict=True))


@dataclass(frozen=True)
class Findings:
    """Hold what is found for a question: whether anything answers it, the sentence that says so, what comes
    nearest, and what must be said beside it."""

    question: str
    is_answered: bool
    sentence: str
    nearest: tuple[Suggestion, ...]
    unanswered: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Give it as `ennum find --format json` gives it."""
        return {
            "question": self.question,
            "answered": self.is_answered,
            "sentence": self.sentence,
            "unanswered": list(self.unanswered),
            "remarks": list(self.remarks),
            "candidates": [candidate.record() for candidate in self.nearest],
        }


def find(ledger: Ledger, question: str, language: str) -> Findings:
    """Answer a question in any of the four languages as known on the ledger's day, in words of `language`."""
    every = candidates(ledger)
    words = words_of(question[:_LONGEST_QUESTION], every)
    hits = ranked(words, every)
    best = hits[0] if hits else None
    unanswered = [word for word in words if best is None or word.text not in best.answered]
    commune = commune_in(ledger, question, [word.text for word in unanswered]) if unanswered else ""
    texts = tuple(_as_written(question, word) for word in unanswered)
    nearest = tuple(_suggestions(ledger, hits, language))
    if commune:
        there = place(ledger, COMMUNE, commune)
        counted = registered_sentence(ledger, there, language)
        remarks = tuple(place_remarks(ledger, there, language))
        sentence = counted or _nothing(ledger, texts, language)
        return Findings(question, bool(counted), sentence, nearest, texts, remarks)
    if best is None or not _is_enough(best, unanswered):
        return Findings(
            question, False, _nothing(ledger, texts, language),
            nearest or _spelled_alike(ledger, question, every, language), texts,
        )  # fmt: skip
    remarks = (_left_over(texts, language),) if texts else ()
    return Findings(question, True, nearest[0].sentence, nearest, texts, remarks)


def _is_enough(best: Hit, unanswered: Sequence[Word]) -> bool:
    """Tell whether a hit answers a question: counts what is to be counted, of the call and year named."""
    must = any(word.is_exact or word.is_head for word in unanswered)
    return best.share >= _ENOUGH and best.is_of_unit and not must


def _nothing(ledger: Ledger, texts: Sequence[str], language: str) -> str:
    if not texts:
        return translate(message("Nothing known on {day} answers this.", day=ledger.known_at), language)
    sentence = message("Nothing known on {day} answers: {words}.", day=ledger.known_at,
                   words=_cited(texts, language))  # fmt: skip
    return translate(sentence, language)


def _left_over(texts: Sequence[str], language: str) -> str:
    sentence = message(
        "Words of the question that it does not answer: {words}.", words=_cited(texts, language)
    )
    return translate(sentence, language)


def _cited(texts: Sequence[str], language: str) -> str:
    return listed([translate(message("“{word}”", word=text), language) for text in texts], language)


def _as_written(question: str, word: Word) -> str:
    """Give a word as the question writes it."""
    return next((w for w in re.findall(r"[\w-]+", question) if fold(w) == word.text), word.text)


def _spelled_alike(
    ledger: Ledger, question: str, every: Sequence[Candidate], language: str
) -> tuple[Suggestion, ...]:
    by_name = {candidate.name: candidate for candidate in every}
    near = nearest_names(fold(question).replace(" ", "_"), by_name)
    return tuple(_suggestion(ledger, by_name[name], language) for name in near)


# --- what candidates say ----------------------------------------------------------------------------


def _suggestions(ledger: Ledger, hits: Sequence[Hit], language: str) -> Iterator[Suggestion]:
    """Say what the nearest hits are; of what nothing is known, only the first is told."""
    shown = 0
    for hit in hits:
        suggestion = _suggestion(ledger, hit.candidate, language)
        if suggestion.quantity is not None or not shown:
            shown += 1
            yield suggestion
        if shown == _MOST:
            return


def _suggestion(ledger: Ledger, candidate: Candidate, language: str) -> Suggestion:
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
        text = printed(observation, language)
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
    text = printed(observation, language)
    sentence = _quoted(what, text, observation, language)
    sentence = _ended(sentence, _others(ledger, observation, language), language)
    return Suggestion(candidate.name, what, text, sentence, observation.quantity, True, (observation,))


# --- sentences --------------------------------------------------------------------------------------


def _quoted(what: str, text: str, observation: Observation, language: str) -> str:
    source = observation.source
    title = typeset(_title_alone(source.title, source.publisher), source.title_language)
    sentence = message(
        "{what}: {number} ({publisher}, {day}: “{title}”, {place})",
        what=what, number=text, publisher=source.publisher, day=published_words(source, language),
        title=title, place=observation.locator,
    )  # fmt: skip
    return translate(sentence, language)


def _title_alone(title: str, publisher: str) -> str:
    """Leave out the publisher and day that a title may begin with: both stand beside it."""
    head, _, tail = title.partition(" : ")
    return tail if tail and fold(head).startswith(fold(publisher)) else title


def _computed(what: str, text: str, figure: Figure, language: str) -> str:
    documents = dict.fromkeys(
        f"{o.source.publisher} ({published_words(o.source, language)})" for o in figure.observations
    )
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
    claim = figure.answer.claim if isinstance(figure.answer, Known) else None
    if claim is None or printed(claim, language) in others:
        return sentence
    total = message("{sentence}; printed total: {number} ({document})", sentence=sentence,
                    number=printed(claim, language), document=_who(claim, language))  # fmt: skip
    return translate(total, language)


def _who(observation: Observation, language: str) -> str:
    return f"{observation.source.publisher}, {published_words(observation.source, language)}"


def _others(ledger: Ledger, observation: Observation, language: str) -> dict[str, list[str]]:
    """Gather who says otherwise than a published number, by what they say."""
    by_text: dict[str, list[str]] = {}
    for _, side in disagreeing(ledger).get(observation.observation_id, ()):
        if not side.is_computed:
            who = [_who(o, language) for o in side.observations]
            by_text.setdefault(printed(side.observations[0], language), []).extend(who)
        else:
            parts = dict.fromkeys(_who(o, language) for o in side.observations)
            computed = message("computed from {documents}", documents=semicolons(parts, language))
            by_text[words(side.quantity, language)] = [translate(computed, language)]
    return by_text


def _printed_otherwise(figure: Figure, language: str) -> dict[str, list[str]]:
    """Gather who prints another number than the one computed from the same published numbers."""
    by_text: dict[str, list[str]] = {}
    for _, side in figure.against:
        for other in side.observations:
            by_text.setdefault(printed(other, language), []).append(_who(other, language))
    return by_text


def _ended(sentence: str, others: dict[str, list[str]], language: str) -> str:
    """End a sentence with those who say otherwise, if any."""
    if not others:
        return f"{sentence}."
    texts = [f"{text} ({semicolons(dict.fromkeys(who), language)})" for text, who in others.items()]
    whole = message("{sentence}; others say otherwise: {others}.", sentence=sentence,
                    others=listed(texts, language))  # fmt: skip
    return translate(whole, language)
