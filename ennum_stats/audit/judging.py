"""Judge each number of a text: its subject first, then its value, on the day of the text and today."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ennum_stats.audit.bare import bare_words
from ennum_stats.audit.certainty import is_known
from ennum_stats.audit.comparisons import (
    direction,
    follows,
    judge_statement,
    statements_in,
    sums_that_fail,
    with_multiples,
)
from ennum_stats.audit.facts import facts
from ennum_stats.audit.mention import Mention
from ennum_stats.audit.mentions import mentions
from ennum_stats.audit.naming import call_of, names_in
from ennum_stats.audit.neighbours import derive, doubt_repeated, judge_as_growth, open_what_is_made
from ennum_stats.audit.possible import is_shown, judge_possible, judge_widely, slip_of_pen
from ennum_stats.audit.values import OPEN, SAID, TELLING, Judgement, settled
from ennum_stats.audit.verdict import Verdict, VerdictKind
from ennum_stats.audit.words import verdict_on
from ennum_stats.errors import message
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.judging import is_miswritten, is_telling
from ennum_stats.reading.operators import phrases
from ennum_stats.reading.quantities import NumberInText, numbers_in
from ennum_stats.reading.questions import language_of
from ennum_stats.store.ledger import Ledger

ADDS_UP = message("what its sentence tells makes {made}, and not {sum}")
_ELSEWHERE = phrases("elsewhere")
"""Places where the ledger knows nothing."""
_OF_OUR_SCHOOLS = (
    frozenset(("wallonia", "region", "fwb", "germanspeaking", "charleroi")),
    frozenset(("school", "pupil", "site", "institution", "teacher")),
    frozenset(
        ("computer", "terminal", "device", "tablet", "board", "wifi", "internet", "connected", "covid")
    ),
)
_ENOUGH = 3
"""How many numbers must be right for a text that names no programme to be about them."""


def audit(
    text: str,
    ledger: Ledger,
    language: str | None = None,
    day: date | None = None,
    *,
    reader: str | None = None,
    is_asked: Callable[[int, int], bool] = lambda _start, _end: True,
) -> list[Verdict]:
    """Judge every number of a text, in the order in which they stand; `start` and `end` are places in `text`.

    `language` is that of the text (found where it is not given), `reader` that of the words of the verdicts (the
    text's where it is not given), and `day` the day on which the text was written (the ledger's where it is not
    given). Blank lines part paragraphs; a short line without a full stop is a heading. The ledger says for whom is
    judged: give that of the public, unless the reader may know what is under embargo. `is_asked` tells between which
    offsets numbers are to be judged: paragraphs without any are left open.
    """
    language, day = language or language_of(text), day or ledger.known_at
    reader = reader or language
    then = ledger if _is_all_known(ledger, day) else ledger.known_on(day)
    plain = levelled(text)
    numbers = with_multiples(plain, text, numbers_in(text, language))
    paragraphs = [match.start() for match in re.finditer(r"\n\n", text)]
    judged_in = {bisect(paragraphs, number.start) for number in numbers if is_asked(number.start, number.end)}
    read = [number for number in numbers if bisect(paragraphs, number.start) in judged_in]
    stated = list(statements_in(plain, text))
    results, mentioned = _judged(text, read, stated, then, day)
    latest = results if then is ledger else _judged(text, read, stated, ledger, day)[0]
    verdicts = [
        verdict_on(number, results.get(number.start, []), latest.get(number.start, []), then, ledger, reader)
        for number in numbers
    ]
    for _, words in stated:
        if words.start in results:
            verdict = verdict_on(
                words, results[words.start], latest.get(words.start, []), then, ledger, reader
            )
            verdicts.append(replace(verdict, right_words=""))
    judged = [mention for mention in mentioned if mention.number.start in results]
    verdicts = _added_up(sums_that_fail(plain, judged), verdicts)
    return sorted(verdicts, key=lambda verdict: verdict.start)


def _is_all_known(ledger: Ledger, day: date) -> bool:
    """Tell whether nothing became known from a day to the ledger's, which is of the same year: what held then holds."""
    last = ledger.last_day_known() or ledger.known_at
    return last <= day <= ledger.known_at and day.year == ledger.known_at.year


def _added_up(
    sums: Iterator[tuple[Mention, str, list[Mention], Decimal]], verdicts: list[Verdict]
) -> list[Verdict]:
    """Contradict within the text what its own numbers do not make, or the only one of these that is not known; where
    several may be wrong, say so of each."""
    by_start = {verdict.start: verdict for verdict in verdicts}
    for whole, sign, parts, computed in sums:
        unsure = [
            part for part in (whole, *parts) if by_start[part.number.start].kind is VerdictKind.UNVERIFIABLE
        ]
        is_sure = whole in unsure or len(unsure) == 1
        for mention in unsure[:1] if is_sure else unsure:
            verdict = by_start[mention.number.start]
            kind = VerdictKind.CONTRADICTED if is_sure else verdict.kind
            reason = message(ADDS_UP.text, made=f"{computed:f}", sum=whole.number.text)
            added = sign.join(part.number.text for part in parts)
            by_start[verdict.start] = Verdict(verdict.start, verdict.end, verdict.text, kind, kind, unit=verdict.unit,
                                        derivation=added, reason=reason)  # fmt: skip
    return [*by_start.values()]


def _judged(
    text: str,
    numbers: Sequence[NumberInText],
    stated: Sequence[tuple[str, NumberInText]],
    ledger: Ledger,
    day: date,
) -> tuple[dict[int, list[Judgement]], list[Mention]]:
    """Find what each number may be about, and what it is then, by all that is known on the ledger's day."""
    plain = levelled(text)
    bare = bare_words(text, numbers)
    names = names_in(text, bare, numbers, ledger, day)
    current = call_of(ledger, day.year)
    mentioned = mentions(text, bare, numbers, names, current)
    result = {
        mention.number.start: judge_widely(mention, judge_possible(mention, ledger), ledger)
        for mention in mentioned
    }
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentioned:
        by_sentence[mention.sentence].append(mention)
    for mention in mentioned:
        derive(plain, mention, [*_heard_before(plain, mention, by_sentence)], result, ledger)
    for mention in mentioned:
        if sign := direction(plain, mention.number):
            judge_as_growth(mention, sign, by_sentence[mention.sentence], result, ledger)
    for mention in mentioned:
        doubt_repeated(mention, by_sentence[mention.sentence], result)
    for mention in mentioned:
        if not any(
            judgement.kind not in OPEN or judgement.kind is VerdictKind.CONTRADICTED
            for judgement in result[mention.number.start]
        ):
            slips = [] if follows(plain, mention.number) else slip_of_pen(mention, ledger)
            result[mention.number.start] = slips or result[mention.number.start]
    for mention in mentioned:
        open_what_is_made(mention, mentioned, result, ledger)
    kinds = {number.start: (kind, number) for kind, number in stated}
    statements = (
        mentions(text, bare, [number for _, number in kinds.values()], names, current) if kinds else []
    )
    named = any(mention.is_named for mention in (*mentioned, *statements))
    is_about = (
        named
        or _is_of_our_schools(mentioned)
        or _tells_enough(mentioned, result)
        or _names_known(mentioned, ledger)
    )
    for mention in statements if is_about else ():
        judgement = judge_statement(kinds[mention.number.start][0], mention, ledger)
        result[mention.number.start] = [Judgement(*judgement)] if judgement else []
    for mention in mentioned:
        possible = result[mention.number.start]
        is_open = bool(possible) and settled(possible)[0] is VerdictKind.UNVERIFIABLE
        if is_open and not all(is_shown(mention, judgement.fact) for judgement in possible):
            result[mention.number.start] = []
    for mention in (*mentioned, *statements):
        if not is_about or _ELSEWHERE.search(plain, *mention.span):
            result.pop(mention.number.start, None)
    return result, mentioned


def _heard_before(plain: str, mention: Mention, by_sentence: dict[int, list[Mention]]) -> Iterator[Mention]:
    """List the numbers of a sentence and of the one before; of a sum, those of all lines of its list."""
    first = plain.rfind("\n\n", 0, mention.number.start) if "total" in mention.near else mention.number.start
    earliest = mention.sentence - 1
    while any(o.number.start > first for o in by_sentence.get(earliest - 1, ())):
        earliest -= 1
    for sentence in range(earliest, mention.sentence + 1):
        yield from by_sentence.get(sentence, ())


def _is_of_our_schools(mentioned: Sequence[Mention]) -> bool:
    """Tell whether the sentences with numbers are about computers or networks in schools of our region."""
    ideas = frozenset[str]().union(*(mention.around for mention in mentioned))
    return all(ideas & group for group in _OF_OUR_SCHOOLS)


def _tells_enough(mentioned: Sequence[Mention], result: dict[int, list[Judgement]]) -> bool:
    """Tell whether so many numbers of a text that names no programme are ours, or nearly, that it must be about them:
    large ones, or those of a part that is told."""
    right, nearly = set[str](), set[str]()
    for mention in mentioned:
        for fact in (judgement.fact for judgement in result[mention.number.start][:1]):
            if mention.number.readings[0].value >= TELLING or fact.narrow or fact.needs:
                kind, _ = settled(result[mention.number.start])
                if kind in SAID | {VerdictKind.FORECAST_AS_FACT, VerdictKind.MIXED_UNITS}:
                    right.add(fact.name)
                elif is_miswritten(mention.number, fact.quantity):
                    nearly.add(fact.name)
    return bool(right) and len(right | nearly) >= _ENOUGH


def _names_known(mentioned: Sequence[Mention], ledger: Ledger) -> bool:
    """Tell whether so many large numbers of a text about schools are the very ones of what is counted or paid."""
    ideas = frozenset[str]().union(*(mention.topic for mention in mentioned))
    known = {
        mention.number.readings[0].value: is_telling(mention.number, is_named=False)
        for mention in mentioned
        if mention.number.readings[0].value >= TELLING
        and is_known(mention, (fact for fact in facts(ledger) if fact.heads & mention.heads))
    }
    return bool(ideas & _OF_OUR_SCHOOLS[1]) and len(known) >= _ENOUGH and any(known.values())
