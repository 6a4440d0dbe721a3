"""What a verdict says to readers: the subject, the number as it would be right, and the sentence to write."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ennum_stats.audit.comparisons import is_multiple
from ennum_stats.audit.facts import Fact
from ennum_stats.audit.values import Judgement, settled
from ennum_stats.audit.verdict import FAULTY, RIGHT, Evidence, Verdict, VerdictKind
from ennum_stats.errors import Message, message
from ennum_stats.figures.contradictions import subject
from ennum_stats.figures.observations import place_words
from ennum_stats.languages import listed, translate
from ennum_stats.measures.dates import published_words, publisher_and_day, valid_words
from ennum_stats.reading.judging import in_percent
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.wording import words

ASIDE = message("set aside as: {reason}")
_REASONS = {
    "address": message("address"), "call": message("name of a call"), "code": message("code"),
    "date": message("date"), "hour": message("time of day"), "law": message("law or decree"),
    "list": message("number of a list"), "name": message("part of a name"), "ordinal": message("rank"),
    "page": message("page"), "reference": message("reference"), "telephone": message("telephone number"),
    "word": message("count that tells nothing"), "year": message("year"),
}  # fmt: skip
"""What the reasons of `reading.quantities` are called by readers."""
QUOTED = message("{what}: {number} ({documents}).")
COMPUTED = message("{what}: {number}, computed from {documents}.")


@dataclass(frozen=True)
class FactWords:
    """Hold a fact in words: what it is about, its number, how it is computed, and the sentence that is right."""

    subject: str
    number: str
    derivation: str
    suggestion: str


def fact_words(ledger: Ledger, fact: Fact, language: str) -> FactWords:
    """Word a fact, never more surely than it is known, with its documents, their places and days."""
    sign, parts = fact.formula
    what, number = _subject(ledger, fact, language), words(fact.quantity, language)
    documents = dict.fromkeys(
        f"{publisher_and_day(o.source, language)}, {place_words(o.locator, language)[0]}"
        for o in fact.observations
    )
    sentence = message((COMPUTED if parts else QUOTED).text, what=what, number=number,
                       documents=listed(documents, language))  # fmt: skip
    derivation = f" {sign.strip()} ".join(words(part.quantity, language) for part in parts)
    return FactWords(what, number, derivation, translate(sentence, language))


def _subject(ledger: Ledger, fact: Fact, language: str) -> str:
    sign, parts = fact.formula
    if parts:
        subjects = [_subject(ledger, part, language) for part in parts]
        heads, own = zip(*(words_.rpartition(", ")[::2] for words_ in subjects), strict=True)
        is_of_calls = sign == " + " and heads[0] and len({*heads}) == 1
        return f"{heads[0]}, {' + '.join(own)}" if is_of_calls else f" {sign.strip()} ".join(subjects)
    observation = fact.observations[0]
    what, when = subject(ledger, observation, language), valid_words(observation, language)
    return f"{what} ({when})" if when else what


def verdict_on(
    number: NumberInText,
    judgements: list[Judgement],
    latest: list[Judgement],
    ledger: Ledger,
    today: Ledger,
    reader: str,
) -> Verdict:
    """Say the verdict on a number: what it was on its day, what it is today, and what is to be written."""
    if number.reason or not number.readings:
        kind = VerdictKind.NOT_STATISTIC
        return Verdict(number.start, number.end, number.text, kind, kind, unit=number.unit,
                       reason=message(ASIDE.text, reason=_REASONS.get(number.reason, number.reason)))  # fmt: skip
    kind, why = settled(judgements)
    if kind is VerdictKind.UNVERIFIABLE and len(judgements) > 1:
        others = tuple(
            _of(number, judgement, judgement.kind, judgement.kind, None, ledger, reader)
            for judgement in judgements
        )
        return Verdict(number.start, number.end, number.text, kind, settled(latest)[0], unit=number.unit,
                       reason=why, others=others)  # fmt: skip
    if not judgements:
        return Verdict(
            number.start, number.end, number.text, kind, settled(latest)[0], unit=number.unit, reason=why
        )
    now, _ = settled(latest)
    chosen = next((judgement for judgement in judgements if judgement.kind is kind), judgements[0])
    verdict = _of(number, chosen, kind, now, why, ledger, reader)
    if kind in RIGHT and now in FAULTY:  # what is right today is asked for
        chosen = next((judgement for judgement in latest if judgement.kind is now), latest[0])
        return replace(
            _of(number, chosen, kind, now, why, today, reader), stated=verdict.stated, known=verdict.known
        )
    return verdict


def _of(
    number: NumberInText, judgement: Judgement, kind: VerdictKind, today: VerdictKind, why: Message | None,
    ledger: Ledger, reader: str,
) -> Verdict:  # fmt: skip
    fact = judgement.fact
    worded = ledger.cached(("audit words", fact.name, reader), lambda: fact_words(ledger, fact, reader))
    unit = "percent" if number.unit == "percent" else fact.quantity.unit
    stated = next((stated.bounds for stated in number.quantities(unit)), None)
    known = in_percent(fact.quantity)
    evidence = tuple(
        _evidence(o, reader) for o in (*fact.observations, *filter(None, (judgement.observation,)))
    )
    return Verdict(
        number.start, number.end, number.text, kind, today, worded.subject,
        fact.observations[0].observation_id if not fact.is_computed else "", unit, stated, known,
        stated.distance(known) if stated else None, worded.derivation, evidence, worded.suggestion,
        "" if is_multiple(number) else worded.number, why,
    )  # fmt: skip


def _evidence(observation: Observation, reader: str) -> Evidence:
    source = observation.source
    return Evidence(source.source_id, source.publisher, place_words(observation.locator, reader)[0],
                    published_words(source, reader), observation.observation_id)  # fmt: skip
