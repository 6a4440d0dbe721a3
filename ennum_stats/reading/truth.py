"""Whether what a question states is true: yes, no, or not proved, by what is known of its subject."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ennum_stats.errors import message
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.quantities import Quantity
from ennum_stats.reading.computations import (
    CALL_OR_YEAR,
    added,
    are_parts,
    bounds_of,
    compared_alike,
    has_calls,
)
from ennum_stats.reading.findings import MOST_READINGS, Findings, answer_of
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.happenings import actors_told, days_told, nearest
from ennum_stats.reading.judging import in_percent, is_as_printed, lies, same_unit
from ennum_stats.reading.parsed import AnswerKind, ParsedQuestion
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.reading.rankings import largest_or_smallest, longest_series
from ennum_stats.reading.statements import done_word, stated_day, without_name
from ennum_stats.reading.suggestions import Suggestion, suggestion_of
from ennum_stats.search import subjects
from ennum_stats.search.candidates import HEADS, candidates
from ennum_stats.search.concepts import concepts, telling_words
from ennum_stats.search.subjects import answering
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import Precision

_NEAR = Decimal("0.05")
_PLAIN = (Precision.EXACT, Precision.ROUNDED)
_LOOSE = (Precision.EXACT, Precision.ROUNDED, Precision.ABOUT)
VERDICTS = {
    "yes": message("Yes. {sentence}"),
    "no": message("No. {sentence}"),
    "unproved": message("It may be so, and is not proved. {sentence}"),
}


def judgement(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge what a question states against what is known of its subject: yes, no, or not proved."""
    if read.dimension:
        return _is_first(ledger, read, language)
    if not read.stated and len(read.terms) == 2:
        return _larger(ledger, read, language)
    if not read.stated:
        return _true_actor(ledger, read, language) or _true_day(ledger, read, language)
    judged_numbers = _judged(ledger, read, language)
    if not judged_numbers:
        return _valued(ledger, read, language)
    verdict, best = judged_numbers[0]
    return judged_so(read, best, verdict, language)


def _is_first(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge whether a call has the largest or smallest number: not proved while one of a call is not known."""
    is_call = read.dimension == "call"
    subject = CALL_OR_YEAR.sub(" ", levelled(read.subject)) if is_call else read.subject
    bare = replace(read, subject=subject, terms=())
    first = largest_or_smallest(ledger, bare, language)
    if first is None:
        return None
    calls = {item.calls[0] for item in longest_series(ledger, bare)} if is_call else set()
    is_proved = not is_call or {call.call for call in ledger.calls} <= calls
    agrees = read.terms[0] in first.nearest[0].named
    verdict = "no" if not agrees else "yes" if is_proved else "unproved"
    return replace(
        first, verdict=verdict, sentence=translate(VERDICTS[verdict], language, sentence=first.sentence)
    )


def _larger(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge which of two numbers is the larger, or whether they are equal: not proved where their bounds overlap."""
    each = compared_alike(ledger, read)
    pairs = [(term, suggestion_of(ledger, candidate, language)) for term, candidate in each]
    if len(pairs) != 2 or any(suggested.quantity is None for _, suggested in pairs):
        return None
    first, second = (bounds_of(suggested) for _, suggested in pairs)
    if read.wants_least:
        first, second = second, first
    if not first.overlaps(second):
        verdict = "yes" if first.exceeds(second) and not read.wants_equal else "no"
    else:
        is_one = first == second and first.ends[0] == first.ends[1]
        verdict = (
            ("yes" if is_one else "unproved") if read.wants_equal else "no" if first == second else "unproved"
        )
    both = " ".join(suggested.sentence for _, suggested in pairs)
    sentence = translate(VERDICTS[verdict], language, sentence=both)
    return answer_of(
        read, [suggested for _, suggested in pairs], language, verdict=verdict, sentence=sentence
    )


def agreeing(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Find what has a number, told without a question: what agrees with it, never a contradiction."""
    agreeing = [(verdict, best) for verdict, best in _judged(ledger, read, language) if verdict == "yes"]
    if not agreeing:
        return _valued(ledger, read, language)
    return answer_of(read, [agreeing[0][1]], language, verdict="yes")


def _judged(ledger: Ledger, read: ParsedQuestion, language: str) -> list[tuple[str, Suggestion]]:
    """Judge the stated number by each number that the other words are about, those that agree first."""
    every = candidates(ledger)
    number = read.stated[0]
    unit = {"percent": " percent", "EUR": " euro", "BEF": " francs"}.get(number.unit, "")
    following = telling_words(number.following)[:1] if number.unit != "percent" else []
    query = subjects.words_of(read.subject + unit, every)
    heads = [
        replace(word, is_head=word.is_head or (word.text in following and word.idea in subjects.ALL_HEADS))
        for word in query
    ]
    if not [word for word in query if word.idea != "money"]:
        return []
    suggestions = added(ledger, read, language) if len(read.terms) > 1 and has_calls(read) else []
    nearby = subjects.meant(heads, every)
    if not any(are_parts(nearby[0], other) for other in nearby[1:]):
        suggestions += [suggestion_of(ledger, candidate, language) for candidate in nearby]
    of_heads = {word.idea for word in heads if word.is_head}
    counted = subjects.near_of(frozenset("project" if idea == "won" else idea for idea in of_heads))
    of_calls = [item for item in suggestions if {row.call for row in item.observations} & {*read.terms}]
    done = done_word(levelled(read.text), read.language)
    verdicts = [
        ("unproved" if done and is_planned(suggested) else verdict_on(read, suggested), suggested)
        for suggested in of_calls or suggestions
        if suggested.quantity is not None
        and (not counted or counted & {*HEADS.get(suggested.quantity.unit, ())})
    ]
    order = ("yes", "unproved", "no")
    # what a document says of a whole is not proved where its parts leave it open
    return sorted(
        (pair for pair in verdicts if pair[0]),
        key=lambda pair: order.index(pair[0]) if pair[0] != "unproved" or pair[1].is_printed else -1,
    )


def _valued(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """List what has just the stated number, and answers what else is said: "120 millions", "503 projets"."""
    every = candidates(ledger)
    subject = [word for word in subjects.words_of(read.subject, every) if word.idea != "money"]
    number = read.stated[0]
    nearby: dict[Quantity, Suggestion] = {}
    for candidate in (fit.candidate for fit in answering(subject, every)) if subject else every:
        suggestion = suggestion_of(ledger, candidate, language)
        known = suggestion.quantity
        if known and known.value == number.readings[0].value and same_unit(number, known.unit):
            nearby.setdefault(known, suggestion)
    if not nearby:
        return None
    readings = [*nearby.values()][:MOST_READINGS]
    if read.kind is not AnswerKind.TRUTH:
        return answer_of(read, readings, language)
    readings = [suggestion for suggestion in readings if verdict_on(read, suggestion) == "yes"]
    if not readings:  # "more than 1,709" is not 1,709
        return None
    verdict = (
        "unproved" if done_word(levelled(read.text), read.language) and is_planned(readings[0]) else "yes"
    )
    sentence = translate(VERDICTS[verdict], language, sentence=readings[0].sentence)
    return answer_of(read, readings, language, verdict=verdict, sentence=sentence)


def is_planned(suggested: Suggestion) -> bool:
    """Tell whether a number is one of a plan, and not of what came of it."""
    rows = suggested.observations
    return any("planned" in row.measure for row in rows) or (
        not rows and "planned" in concepts(suggested.what)
    )


def verdict_on(read: ParsedQuestion, suggestion: Suggestion) -> str:
    """Compare the stated number with a known one: by their intervals; nothing where they are of other units."""
    assert suggestion.quantity is not None
    known = suggestion.quantity
    for number in read.stated:
        if compared := lies(number, known):
            if _is_near_in_words(number, known):
                compared = "inside"
            elif compared != "apart" and _is_far(number, known):
                return "no"
            agrees = "inside" if is_as_printed(number, known) else compared
            return {"inside": "yes", "apart": "no"}.get(agrees, "unproved")
    return ""


def _is_far(number: NumberInText, known: Quantity) -> bool:
    """Tell whether a number is no rounding of a known one, however round it is: "300,000" of 330,000."""
    stated, printed = number.readings[0].value, known.value
    is_plain = number.precision in _PLAIN and known.precision in _LOOSE and not number.hedge[1]
    return bool(is_plain and printed and number.unit == "EUR" and abs(stated - printed) > printed * _NEAR)


def _is_near_in_words(number: NumberInText, known: Quantity) -> bool:
    """Tell whether a share in words is near one that is known: "a third" for 34 %."""
    words = number.readings[0].value
    is_in_words = number.unit == "percent" and number.text[0].isalpha() and number.precision in _LOOSE
    return is_in_words and all(abs(end - words) <= words * _NEAR for end in in_percent(known).ends)


def _true_day(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge a day that is stated, exactly or as a bound: "avant le 1er novembre", "already open in July"."""
    call = next((term for term in read.terms if term.startswith("EN")), "")
    stated = stated_day(levelled(read.subject), call)
    if stated is None and call and {*concepts(read.subject)} - {call.lower(), call[2:]} == {"call"}:
        opened = days_told(ledger, nearest(ledger, f"begin call {call}", "day")[:1], language)
        return judged_so(read, opened[0], "yes", language) if opened else None  # there was such a call
    if stated is None:
        return None
    day, words_left = stated
    nearby = nearest(ledger, f"{words_left} {call}", "day")
    if not nearby:
        return None
    (suggested,) = days_told(ledger, nearby[:1], language)
    return judged_so(read, suggested, day.verdict(suggested.named), language)


def _true_actor(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge whether a partner that is named does what is stated: one of those who do it."""
    for actor in ledger.records("actors"):
        names = [
            str(actor["abbreviation"] or ""),
            *(re.split(r" [–(]", str(actor[f"name_{code}"]))[0] for code in LANGUAGES),
        ]
        rest = without_name(levelled(read.subject), names)
        if nearby := nearest(ledger, rest, "actor") if rest else []:
            (suggested,) = actors_told(ledger, [nearby], language)
            verdict = "yes" if actor["actor"] in suggested.named.split(" & ") else "no"
            return judged_so(read, suggested, verdict, language)
    return None


def judged_so(read: ParsedQuestion, suggested: Suggestion, verdict: str, language: str) -> Findings:
    """Give what proves a verdict as the answer."""
    sentence = translate(VERDICTS[verdict], language, sentence=suggested.sentence)
    return answer_of(read, [suggested], language, verdict=verdict, sentence=sentence)
