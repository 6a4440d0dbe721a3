"""Judge each number of a text: its subject first, then its value, on the day of the text and today."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from ennum_stats.audit.comparisons import (
    direction,
    follows,
    is_multiple,
    judge_growth,
    judge_statement,
    statements_in,
    sums_that_fail,
    with_multiples,
)
from ennum_stats.audit.facts import (
    Fact,
    difference,
    facts,
    facts_by_idea,
    facts_by_measure,
    product,
    ratio,
    total,
)
from ennum_stats.audit.ideas import SAYING_NOTHING
from ennum_stats.audit.matching import (
    COUNTED_ALIKE,
    DISTINCT,
    IMPLIED,
    OF_EACH_CALL,
    POPULATIONS,
    about,
    is_likely,
    is_meant,
    is_of_time,
    last_day,
    latest,
    narrowest,
    unexplained,
    widened,
)
from ennum_stats.audit.mentions import PLACES, Mention, bare_words, current_call, mentions, names_in
from ennum_stats.audit.verdict import FAULTY, RIGHT, Evidence, Verdict, VerdictKind
from ennum_stats.audit.words import FactWords, fact_words
from ennum_stats.errors import Message, message
from ennum_stats.figures.observations import place_words
from ennum_stats.measures.dates import published_words
from ennum_stats.quantities import UNITS, Bounds, Quantity
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.judging import (
    in_percent,
    is_as_printed,
    is_miswritten,
    is_telling,
    lies,
    lies_in_words,
    same_unit,
)
from ennum_stats.reading.quantities import NumberInText, NumberReading, numbers_in
from ennum_stats.reading.questions import language_of
from ennum_stats.reading.references import PLAN
from ennum_stats.search.concepts import ACTS, CONCEPTS, LEVELS
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import HOME, Ledger, once_a_ledger
from ennum_stats.vocabulary import PART_OF, Precision

NO_SUBJECT = message("what it is about was not found")
SEVERAL = message("it can be about several things, which judge it otherwise")
OVERLAPS = message("it may be so: what is known allows it, and does not prove it")
FAR_FROM_KNOWN = message("it is true, but far from what is known: something else may be meant")
ADDS_UP = message("what its sentence tells makes {made}, and not {sum}")
ASIDE = message("set aside as: {reason}")
_REASONS = {
    "address": message("address"), "call": message("name of a call"), "code": message("code"),
    "date": message("date"), "hour": message("time of day"), "law": message("law or decree"),
    "list": message("number of a list"), "name": message("part of a name"), "ordinal": message("rank"),
    "page": message("page"), "reference": message("reference"), "telephone": message("telephone number"),
    "word": message("count that tells nothing"), "year": message("year"),
}  # fmt: skip
"""What the reasons of `reading.quantities` are called by readers."""

_ELSEWHERE = re.compile(
    r"\b(?:fland\w+|vlaand\w+|vlaams\w*|flandern|flemish|france|frankreich|frankrijk|pays-bas|nederland\w*|niederland\w*|"
    r"netherlands|dutch|allemagne|deutschland|germany|duitsland|quebec|maroc|ile-de-france|paris\w*|antwerp\w*|suisse|schweiz)\b"
)
"""Places where the ledger knows nothing."""
_KINDS_RIGHT = {
    Precision.MORE_THAN: VerdictKind.BOUND, Precision.LESS_THAN: VerdictKind.BOUND,
    Precision.AT_LEAST: VerdictKind.BOUND, Precision.AT_MOST: VerdictKind.BOUND, Precision.NEARLY: VerdictKind.BOUND,
}  # fmt: skip
_MORES = frozenset((Precision.MORE_THAN, Precision.AT_LEAST))
_LESSES = frozenset((Precision.LESS_THAN, Precision.AT_MOST))
_OPEN = frozenset((VerdictKind.UNVERIFIABLE, VerdictKind.CONTRADICTED))
_SAID = RIGHT | {VerdictKind.OTHER_SOURCE, VerdictKind.STALE}
"""What a document says, now or once."""
_OF_OUR_SCHOOLS = (
    frozenset(("wallonia", "region", "fwb", "germanspeaking", "charleroi")),
    frozenset(("school", "pupil", "site", "institution", "teacher")),
    frozenset(
        ("computer", "terminal", "device", "tablet", "board", "wifi", "internet", "connected", "covid")
    ),
)
_A_CALL = re.compile(r"en[0-9]+")
_FILES = re.compile(
    r" (?:dossiers?|candidatures?|demandes?|propositions?|akten|antrage?|vorschlage?|voorstellen|files|applications|"
    r"proposals?)\b"
)
"""What is submitted before it is won."""
_PERSONS = re.compile(
    r" (?:candidats?|postulants?|bewerber\w*|kandidat\w*|inzenders?|kandidaten|candidates?|applicants?|bidders?)\b"
)
_OF_A_TOTAL = 50
"""A number so many times smaller than a total is not said of it, but of a part of it."""
_FAR, _CLOSE = Decimal(2), Decimal("1.1")
"""How many times off a bound may be of what it is said of; and of what it may be said in another unit."""
_THOUSAND = 3
"""How many places a number that is miswritten may be off: thousands for millions."""
_COUNTED = COUNTED_ALIKE | {
    "pupil", "teacher", "computer", "device", "terminal", "team", "respondent", "room", "space", "network", "staff",
    "classroom",
}  # fmt: skip
"""Nouns for which a number of another noun may stand by mistake."""
_SHARED = frozenset(("mean", "per", "each", "per_site", "share"))
"""Ideas of which one tells of what each gets."""
_PLANS = frozenset(("planned", "target", "aim"))
"""Ideas of which one must be told of what is planned."""
_NEARBY = 4
"""How many numbers before one may be those that it follows from."""
_TELLING, _FEW, _ENOUGH = 100, 10, 3
"""How large a number tells; below which it may be of anything; how many must be right for a text that names no
programme to be about them."""


@dataclass(frozen=True)
class _Judgement:
    """Hold a fact that a number may be about, and what it is then."""

    fact: Fact
    kind: VerdictKind
    observation: Observation | None = None
    """The number of another document that it is."""
    why: Message = OVERLAPS
    """Why it is not judged, where it is not."""


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
    then = ledger if day == ledger.known_at else ledger.known_on(day)
    plain = levelled(text)
    numbers = with_multiples(plain, text, numbers_in(text, language))
    paragraphs = [match.start() for match in re.finditer(r"\n\n", text)]
    judged_in = {bisect(paragraphs, number.start) for number in numbers if is_asked(number.start, number.end)}
    read = [number for number in numbers if bisect(paragraphs, number.start) in judged_in]
    stated = list(statements_in(plain, text))
    results, mentioned = _judged(text, read, stated, then, day)
    latest = results if then is ledger else _judged(text, read, stated, ledger, day)[0]
    passing = {
        mention.number.start
        for mention in mentioned
        if _is_in_passing(
            mention, [*results.get(mention.number.start, []), *latest.get(mention.number.start, [])]
        )
    }
    numbers = [replace(o, reason="word") if o.start in passing else o for o in numbers]
    verdicts = [
        _verdict(number, results.get(number.start, []), latest.get(number.start, []), then, ledger, reader)
        for number in numbers
    ]
    for _, words in stated:
        if words.start in results:
            verdict = _verdict(words, results[words.start], latest.get(words.start, []), then, ledger, reader)
            verdicts.append(replace(verdict, right_words=""))
    judged = [mention for mention in mentioned if mention.number.start in results]
    verdicts = _added_up(sums_that_fail(plain, judged), verdicts)
    return sorted(verdicts, key=lambda verdict: verdict.start)


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
) -> tuple[dict[int, list[_Judgement]], list[Mention]]:
    """Find what each number may be about, and what it is then, by all that is known on the ledger's day."""
    plain = levelled(text)
    bare = bare_words(text, numbers)
    names = names_in(text, bare, numbers, ledger, day)
    current = current_call(ledger, day)
    mentioned = mentions(text, bare, numbers, names, current)
    result = {
        mention.number.start: _told_widely(mention, _possible(mention, ledger), ledger)
        for mention in mentioned
    }
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentioned:
        by_sentence[mention.sentence].append(mention)
    for mention in mentioned:
        _derive(plain, mention, [*_heard_before(plain, mention, by_sentence)], result, ledger)
    for mention in mentioned:
        if sign := direction(plain, mention.number):
            _grow(mention, sign, by_sentence[mention.sentence], result, ledger)
    for mention in mentioned:
        _doubt_repeated(mention, by_sentence[mention.sentence], result, ledger)
    for mention in mentioned:
        if not any(
            judgement.kind not in _OPEN or judgement.kind is VerdictKind.CONTRADICTED
            for judgement in result[mention.number.start]
        ):
            slips = [] if follows(plain, mention.number) else _slip(mention, ledger)
            result[mention.number.start] = slips or result[mention.number.start]
    for mention in mentioned:
        _open_what_is_made(mention, mentioned, result, ledger)
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
        result[mention.number.start] = [_Judgement(*judgement)] if judgement else []
    for mention in mentioned:
        possible = result[mention.number.start]
        is_open = bool(possible) and _settled(possible)[0] is VerdictKind.UNVERIFIABLE
        if is_open and not all(_is_shown(mention, judgement.fact) for judgement in possible):
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


def _is_in_passing(mention: Mention, judgements: list[_Judgement]) -> bool:
    """Tell whether a number that is not judged is surely of nothing that is published: an amount that people pay, a few
    of what nothing is counted by."""
    number, value = mention.number, mention.number.readings[0].value
    if number.unit:
        return (
            number.unit == "EUR" and value < _TELLING and _settled(judgements)[0] is VerdictKind.UNVERIFIABLE
        )
    words = {*number.following.split()[:2]} - SAYING_NOTHING
    return (
        mention.is_foreign
        and not judgements
        and value < _FEW
        and not value % 1
        and bool(words & (number.nouns or words))
    )


def _is_shown(mention: Mention, fact: Fact) -> bool:
    """Tell whether the subject of a number that is not judged may be shown: another call's or programme's misleads."""
    if fact.calls:
        return fact.calls == mention.calls or mention.since
    return not fact.programme or fact.programme == mention.programme


def _grow(
    mention: Mention, sign: int, sentence: list[Mention], result: dict[int, list[_Judgement]], ledger: Ledger
) -> None:
    """Judge growth from call to call; what is no growth is not what such a number is about."""
    start = mention.number.start
    before = [
        other.number for other in sentence if other.number.start < start and other.number.unit != "percent"
    ]
    right = [
        next((judgement.fact for judgement in result[number.start] if judgement.kind in RIGHT), None)
        for number in before[-2:]
    ]
    growth = None if before and not right[-1] else judge_growth(mention, sign, right, ledger)
    printed = [
        judgement for judgement in result[start] if judgement.fact.measure.endswith(("_growth", "_change"))
    ]
    result[start] = [_Judgement(*growth)] if growth else printed


def _is_of_our_schools(mentioned: Sequence[Mention]) -> bool:
    """Tell whether the sentences with numbers are about computers or networks in schools of our region."""
    ideas = frozenset[str]().union(*(mention.around for mention in mentioned))
    return all(ideas & group for group in _OF_OUR_SCHOOLS)


def _tells_enough(mentioned: Sequence[Mention], result: dict[int, list[_Judgement]]) -> bool:
    """Tell whether so many numbers of a text that names no programme are ours, or nearly, that it must be about them:
    large ones, or those of a part that is told."""
    right, nearly = set[str](), set[str]()
    for mention in mentioned:
        for fact in (judgement.fact for judgement in result[mention.number.start][:1]):
            if mention.number.readings[0].value >= _TELLING or fact.narrow or fact.needs:
                kind, _ = _settled(result[mention.number.start])
                if kind in _SAID | {VerdictKind.FORECAST_AS_FACT, VerdictKind.MIXED_UNITS}:
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
        if mention.number.readings[0].value >= _TELLING
        and _is_known(mention, (fact for fact in facts(ledger) if fact.heads & mention.heads))
    }
    return bool(ideas & _OF_OUR_SCHOOLS[1]) and len(known) >= _ENOUGH and any(known.values())


def _derive(
    plain: str, mention: Mention, nearby: list[Mention], result: dict[int, list[_Judgement]], ledger: Ledger
) -> None:
    """Judge a number that nothing is printed of by what its sentence, or the one before, tells: the ratio of two
    numbers, the difference of two where a change is told, the sum where a total is. Only what agrees is said, but where
    the text says that it follows from the two numbers just before."""
    if mention.is_foreign or any(judgement.kind not in _OPEN for judgement in result[mention.number.start]):
        return
    earlier = [o for o in nearby if o.number.start < mention.number.start]
    right = [
        [judgement.fact for judgement in result[o.number.start] if judgement.kind in RIGHT] for o in earlier
    ]
    agreeing_facts = [fact for some in right for fact in some]
    names = {fact.name for fact in agreeing_facts}
    two = [some[0] for some in right[-2:] if some]
    is_of_two = len(two) == 2 and two[0].name != two[1].name and follows(plain, mention.number)
    derived: list[Fact] = []
    if mention.number.unit == "percent":
        ratios = [fact for fact in facts(ledger) if fact.formula[0] == "/" and fact.quantity.unit == "share"]
        derived = [fact for fact in ratios if {part.name for part in fact.formula[1]} <= names]
        is_known = any(_compared(mention, fact).kind in RIGHT for fact in derived)
        if is_of_two and not is_known and (two[0].quantity.unit == "EUR") == (two[1].quantity.unit == "EUR"):
            base, top = sorted(two, key=lambda fact: fact.quantity.bounds.ends[0], reverse=True)
            derived = [ratio(top, base, "share", "")]
    elif mention.around & {"change", "notyet"}:
        of_calls = [
            fact
            for measure in OF_EACH_CALL
            for fact in facts_by_measure(ledger).get(measure, ())
            if len(fact.calls) == 1 and fact.calls < mention.calls and not fact.narrow and not fact.is_planned
        ]
        alike = [
            fact for fact in agreeing_facts + of_calls if fact.heads & mention.heads or not mention.heads
        ]
        derived = [difference(more, less, "") for more in alike for less in alike
                   if more.quantity.unit == less.quantity.unit and more.measure == less.measure
                   and more.quantity.bounds.exceeds(less.quantity.bounds)]  # fmt: skip
    else:
        derived = [
            *_made_of(
                mention,
                agreeing_facts,
                ledger,
                is_sum="total" in mention.own or follows(plain, mention.number),
            )
        ]
    judged = [_compared(mention, fact) for fact in {fact.name: fact for fact in derived}.values()]
    agreeing = [judgement for judgement in judged if judgement.kind in RIGHT]
    if len(agreeing) == 1:
        calls = frozenset[str]().union(*(part.calls for part in agreeing[0].fact.formula[1]))
        printed = (
            o
            for o in facts_by_measure(ledger).get(agreeing[0].fact.measure, ())
            if o.calls == calls and not o.narrow
        )
        is_other = (
            agreeing[0].fact.formula[0] == " + "
            and not any(o.narrow for o in agreeing[0].fact.formula[1])
            and any(_compared(mention, o).kind is VerdictKind.CONTRADICTED for o in printed)
        )
        result[mention.number.start] = [
            replace(agreeing[0], kind=VerdictKind.OTHER_SOURCE if is_other else VerdictKind.DERIVED)
        ]
    elif (
        len(judged) == 1
        and is_of_two
        and judged[0].kind is VerdictKind.CONTRADICTED
        and earlier[-2].sentence == mention.sentence
    ):
        result[mention.number.start] = judged


def _made_of(mention: Mention, agreeing: list[Fact], ledger: Ledger, *, is_sum: bool) -> Iterator[Fact]:
    """Compute what is told of: a mean of what was paid, and, where a sum is announced, the last numbers added, or so
    many times what each has."""
    alike = [
        fact
        for fact in agreeing
        if same_unit(mention.number, fact.quantity.unit) and "/" not in fact.quantity.unit
    ]
    counts = [fact for fact in agreeing if fact.quantity.unit in ("implantations", "schools", "spaces")]
    if mention.number.unit == "EUR" and (mention.near | mention.own) & _SHARED:
        names = {fact.name for fact in alike}
        for fact in facts(ledger):
            if (
                fact.formula[0] == "/"
                and fact.quantity.unit == "EUR/project"
                and fact.formula[1][0].name in names
            ):
                yield fact
        for top in alike:
            for base in counts:
                yield ratio(top, base, "EUR/implantation", "")
    if is_sum:
        for first in range(len(alike) - 1):
            if len({fact.quantity.unit for fact in alike[first:]}) == 1:
                yield total(alike[first:], frozenset())
        for count in counts:
            for each in agreeing:
                if "_per_" in each.measure and "EUR" in each.quantity.unit:
                    yield product(count, each)


def _doubt_repeated(
    mention: Mention, sentence: list[Mention], result: dict[int, list[_Judgement]], ledger: Ledger
) -> None:
    """Leave open what several numbers of one sentence cannot all be, and what only an earlier sentence tells of."""
    judgements = result[mention.number.start]
    if not judgements or judgements[0].kind is not VerdictKind.CONTRADICTED:
        return
    is_slip = any(is_miswritten(mention.number, judgement.fact.quantity) for judgement in judgements)
    names = {judgement.fact.name for judgement in judgements}
    others = [
        judgement.fact.name
        for o in sentence if o is not mention
        for judgement in [j for j in result[o.number.start] if j.kind in RIGHT] or result[o.number.start]
        if judgement.kind in RIGHT or ("total" not in o.own and not is_slip and _named_near(o) >= _named_near(mention))
    ]  # fmt: skip
    is_near = max(mention.calls_from, mention.programme_from) > 0
    is_sum = "total" in mention.own and mention is not sentence[0]
    is_near = (
        is_near
        or any(is_of_time(mention, o.fact) for o in judgements)
        or (
            mention.is_alone
            and (is_slip or not any(_beyond(mention, judgement.fact, ledger) for judgement in judgements))
        )
    )
    if (
        is_sum
        or names & {*others}
        or not (is_near or any(judgement.fact.needs or judgement.fact.narrow for judgement in judgements))
    ):
        result[mention.number.start] = [
            replace(judgement, kind=VerdictKind.UNVERIFIABLE) for judgement in judgements
        ]


def _open_what_is_made(
    mention: Mention, mentioned: Sequence[Mention], result: dict[int, list[_Judgement]], ledger: Ledger
) -> None:
    """Leave open what contradicts, but is what other numbers about it make, what the calls that it compares differ by,
    or what the parts that it tells of make together."""
    judgements = result[mention.number.start]
    if not judgements or _settled(judgements)[0] is not VerdictKind.CONTRADICTED:
        return
    fact = judgements[0].fact
    place = bisect_left(mentioned, mention.number.start, key=lambda o: o.number.start)
    nearby = [
        o.number
        for o in (*mentioned[max(0, place - _NEARBY) : place], *mentioned[place + 1 : place + 3])
        if o.number.precision not in _KINDS_RIGHT
    ]
    compared = mention.calls_told if "change" in mention.around else frozenset[str]()
    known = [
        o.quantity.value for measure in OF_EACH_CALL for o in facts_by_measure(ledger).get(measure, ())
        if len(o.calls) == 1 and o.calls <= compared and o.quantity.value and not o.narrow
    ]  # fmt: skip
    nearby += [replace(mention.number, readings=(NumberReading(value, Decimal(1)),)) for value in known]
    is_shared = bool((mention.around | mention.near) & _SHARED)
    here = [o.number for o in mentioned[max(0, place - 2) : place] if o.sentence == mention.sentence]
    if (
        _is_made_of(mention.number, nearby, is_shared=is_shared)
        or _is_share_of(mention.number, here)
        or _is_of_parts(mention, fact, ledger)
    ):
        result[mention.number.start] = [
            replace(judgement, kind=VerdictKind.UNVERIFIABLE) for judgement in judgements
        ]


def _is_made_of(number: NumberInText, others: Sequence[NumberInText], *, is_shared: bool) -> bool:
    """Tell whether a number is the sum of two or three others of its unit or the difference of two; or nearly, where
    shares are told, an amount times a count or by one."""
    value, step = number.readings[0].value, number.readings[0].step
    if value < _TELLING or number.unit == "percent":
        return False
    of_unit = {o.readings[0].value for o in others if o.unit == number.unit}
    computed = set[Decimal]()
    if number.precision not in _KINDS_RIGHT:
        most = 3 if number.precision is Precision.EXACT else 2
        computed = {first - second for first in of_unit for second in of_unit}
        computed |= {
            sum(some, Decimal(0)) for count in range(2, most + 1) for some in combinations(of_unit, count)
        }
    if any(abs(o - value) <= step / 2 for o in computed):
        return True
    counts = {o.readings[0].value for o in others if is_shared and not o.unit and o.readings[0].value}
    shared = {o for amount in of_unit for count in counts for o in (amount * count, amount / count)}
    return bool(number.unit) and any(abs(o - value) * _TELLING <= value for o in shared)


def _is_share_of(number: NumberInText, two: Sequence[NumberInText]) -> bool:
    """Tell whether a number is the share that the one of two is of the other."""
    values = sorted(o.readings[0].value for o in two)
    reading = number.readings[0]
    return (
        number.unit == "percent"
        and len(values) == 2
        and values[0] > 0
        and abs(100 * values[0] / values[1] - reading.value) <= reading.step / 2
    )


def _is_of_parts(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number is what several parts make that are told beside it."""
    parts = [
        o for o in facts_by_measure(ledger).get(fact.measure, ())
        if o.narrow and (o.programme, o.calls) == (fact.programme, fact.calls) and _is_part_told(mention, fact, o)
    ]  # fmt: skip
    return len(parts) > 1 and _is_surer(mention.number, total(parts, fact.calls).quantity)


def _named_near(mention: Mention) -> tuple[bool, int, int]:
    """Say how near to a number its place, its call and its programme are told."""
    return bool(mention.own & {"wallonia", *PLACES}), mention.calls_from, mention.programme_from


def _possible(mention: Mention, ledger: Ledger) -> list[_Judgement]:
    """Find the facts that a number may be about; where none agrees, what else it may be: another unit, a plan."""
    meant = _meant(mention, ledger)
    near = _near(mention, meant, ledger)
    if mention.since and near:
        most = max(len(fact.calls) for fact in near)
        older = [_compared(mention, fact) for fact in near if len(fact.calls) < most]
        near = [fact for fact in near if len(fact.calls) == most]
        is_least = mention.number.precision in (Precision.MORE_THAN, Precision.AT_LEAST)
        if is_least and (bounds := [judgement for judgement in older if judgement.kind in RIGHT]):
            return bounds  # more calls can only be more
        stale = [
            _Judgement(next((o for o in near if o.measure == before.fact.measure), before.fact), VerdictKind.STALE,
                       before.fact.observations[0])
            for before in older if before.kind in RIGHT or _is_surer(mention.number, before.fact.quantity)
        ]  # fmt: skip
        if stale and not any(_compared(mention, fact).kind in RIGHT for fact in near):
            return stale
    done_since = {"won"} if "planned" in mention.own else {"won", "done"}
    says_planned = "planned" in mention.near and not mention.own & done_since
    done = [fact for fact in near if not fact.is_planned]
    planned = [fact for fact in near if fact.is_planned]
    first = planned if says_planned and planned else done or planned
    compared = [_compared(mention, fact) for fact in first]
    judgements = [_doubted(mention, judgement, ledger) for judgement in compared]
    is_older = any(judgement.kind is VerdictKind.STALE for judgement in judgements)
    if not is_older and all(o.kind is VerdictKind.CONTRADICTED for o in compared):  # whatever it is about
        judgements = [o for o in judgements if o.kind is VerdictKind.CONTRADICTED] or judgements
    is_done_here = mention.own & {"installed", "ready", "spent", "done"} and "planned" not in mention.own
    if planned and first is planned and (is_done_here or "planned" not in mention.around):
        is_untold = not (mention.number.unit or mention.topic & (_PLANS | {"plan"}))
        if is_done_here or is_untold or mention.around & {"done", "spent"}:
            return [_instead(judgement, RIGHT, VerdictKind.FORECAST_AS_FACT) for judgement in judgements]
        is_near = mention.programme_from > 1 or mention.is_alone
        is_of_plan = mention.number.unit and mention.programme.startswith(PLAN) and is_near
        if not (is_of_plan or mention.around & _PLANS):
            judgements = [_instead(judgement, RIGHT, VerdictKind.UNVERIFIABLE) for judgement in judgements]
    if right := [judgement for judgement in judgements if judgement.kind in RIGHT]:
        judgements = right if mention.role == "base" else judgements
        is_bound = all(judgement.kind is VerdictKind.BOUND for judgement in right)
        closer = [_compared(mention, o) for o in meant if _is_surer(mention.number, o.quantity)]
        if is_bound and (stronger := [o for o in closer if o.kind is VerdictKind.STRONGER]):
            return stronger
        is_loose = not any(_bounds_within(mention.number, o.fact.quantity, _CLOSE) for o in right)
        mixed = next(_of_other_unit(mention, ledger), None) if is_bound and is_loose else None
        return [mixed] if mixed else judgements
    if done == first and not says_planned and not any(judgement.kind in _SAID for judgement in judgements):
        of_plans = (o for o in meant if o.is_planned and _is_shown(mention, o))
        forecasts = [
            _instead(_compared(mention, fact), _SAID, VerdictKind.FORECAST_AS_FACT)
            for fact in (*planned, *of_plans)
        ]
        if forecasts := [
            judgement for judgement in forecasts if judgement.kind is VerdictKind.FORECAST_AS_FACT
        ]:
            return forecasts
    mixed = (
        next(_of_other_unit(mention, ledger), None)
        if all(judgement.kind in _OPEN for judgement in judgements)
        else None
    )
    return [mixed] if mixed else judgements


def _told_widely(mention: Mention, possible: list[_Judgement], ledger: Ledger) -> list[_Judgement]:
    """Let what the rest of its sentence, the one before and its heading tell of stand beside a number that its own
    words leave open: only what agrees is said then."""
    wide = mention.near | mention.around | mention.before
    if wide == mention.near or _settled(possible)[0] is not VerdictKind.UNVERIFIABLE:
        return possible
    wider = _possible(replace(mention, near=wide), ledger)
    return wider if _settled(wider)[0] in RIGHT else possible


def _slip(mention: Mention, ledger: Ledger) -> list[_Judgement]:
    """Contradict a large number that is a slip of the pen of a fact that is likely meant, where it agrees with no other
    such fact."""
    is_named = max(mention.calls_from, mention.programme_from) > 0
    is_told = not (mention.around & {"elsewhere"} or mention.own & {"total", "change"})
    if not (is_told and is_telling(mention.number, is_named=is_named)):
        return []
    every = [
        o for o in (*facts(ledger), *_sums(mention, ledger)) if same_unit(mention.number, o.quantity.unit)
    ]
    if _is_known(mention, (fact for fact in every if fact.heads & mention.heads)):
        return []  # what is so of another subject
    wide = widened(mention)
    likely = [fact for fact in every if is_likely(wide, fact)]
    judged = [_compared(mention, fact) for fact in likely]
    if not judged or any(judgement.kind in _SAID | {VerdictKind.STRONGER} for judgement in judged):
        return []
    slips = [
        judgement
        for judgement in judged
        if judgement.fact.quantity.value
        and judgement.fact.quantity.value >= _TELLING
        and abs(judgement.fact.quantity.value.adjusted() - mention.number.readings[0].value.adjusted())
        <= _THOUSAND
        and is_miswritten(mention.number, replace(judgement.fact.quantity, bounds=Bounds(None, None)))
    ]
    slips.sort(key=lambda o: (o.fact.calls != mention.calls, o.fact.programme != mention.programme))
    return slips[:1]


def _near(mention: Mention, meant: list[Fact], ledger: Ledger) -> list[Fact]:
    """List the facts that a number may be about: of those that its words allow, those of its part, its time and its
    stage before others."""
    timed = [fact for fact in meant if is_of_time(mention, fact)]
    timed = [fact for fact in timed if fact.months & mention.near] or timed
    likely = [fact for fact in timed if all(group & mention.topic for group in fact.needs)]
    of_programme = [fact for fact in timed if fact.programme == mention.programme]
    near = likely or [fact for fact in of_programme if not _beyond(mention, fact, ledger)] or meant
    is_told = mention.programme_from > (2 if "since1999" in mention.around else 0) and mention.role != "base"
    if is_told and any(fact.programme == mention.programme for fact in near):
        near = [fact for fact in near if fact.calls or fact.programme]
    near = narrowest(mention, latest(mention, near))
    if "now" in mention.around:
        near = [fact for fact in near if not _is_past(fact, ledger)] or near
    of_named = [
        fact
        for fact in near
        if (fact.calls == mention.calls if fact.calls else fact.programme == mention.programme)
        or (mention.is_since and len(fact.calls) > 1)
        or (
            not (fact.calls or fact.programme)
            and fact.needs
            and fact.measure not in POPULATIONS
            and all(group & mention.near for group in fact.needs)
        )
    ]
    everywhere = [
        fact for fact in near if not fact.programme and any("since1999" in group for group in fact.needs)
    ]
    if everywhere or any(fact.calls or fact.programme for fact in of_named):
        near = everywhere or of_named
    of_calls = (
        [fact for fact in near if fact.calls] if mention.calls_from > max(0, mention.programme_from) else []
    )
    return of_calls or near


def _meant(mention: Mention, ledger: Ledger) -> list[Fact]:
    """List the facts that the words about a number allow, of its calls, of any or of none."""
    index = facts_by_idea(ledger)
    these = dict.fromkeys((frozenset[str](), mention.calls))
    if mention.is_since:
        these = dict.fromkeys((frozenset(), *(calls for calls in index if len(calls) > 1)))
    keys = [
        (is_part, idea)
        for is_part in (False, True)
        for idea in sorted(mention.part if is_part else mention.heads)
    ]
    every = {
        fact.name: fact
        for calls in these if calls in index
        for key in keys
        for fact in index[calls].get(key, ())
    }  # fmt: skip
    return [fact for fact in (*every.values(), *_sums(mention, ledger)) if is_meant(mention, fact)]


def _doubted(mention: Mention, judgement: _Judgement, ledger: Ledger) -> _Judgement:
    """Leave open what contradicts a fact that may not be meant; call past what was so years ago and is told of now, and
    what was so of the same subject before."""
    if judgement.kind is VerdictKind.CONTRADICTED:
        for before in facts_by_measure(ledger)[judgement.fact.measure]:
            is_older = before.key == judgement.fact.key and last_day(before) < last_day(judgement.fact)
            if before.years and is_older and _compared(mention, before).kind in RIGHT:
                return replace(judgement, kind=VerdictKind.STALE, observation=before.observations[0])
    if judgement.kind is VerdictKind.CONTRADICTED and not _is_sure(mention, judgement.fact, ledger):
        return replace(judgement, kind=VerdictKind.UNVERIFIABLE)
    is_past = "now" in mention.around and _is_past(judgement.fact, ledger)
    return _instead(judgement, RIGHT, VerdictKind.STALE) if is_past else judgement


def _instead(judgement: _Judgement, kinds: frozenset[VerdictKind], kind: VerdictKind) -> _Judgement:
    return replace(judgement, kind=kind) if judgement.kind in kinds else judgement


def _is_sure(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number is about a fact and no other: only then can it contradict it. Its call or programme must be
    told in its sentence, or its part beside it; nothing else in the sentence may be what it is."""
    siblings = facts_by_measure(ledger)[fact.measure]
    is_slip = is_miswritten(mention.number, fact.quantity)
    if any(
        _compared(mention, o).kind is not VerdictKind.CONTRADICTED
        for o in _other_parts(mention, fact, siblings)
    ):
        return False
    is_added = any(_compared(mention, part).kind in _SAID for part in fact.formula[1])
    if is_added or not _is_of_years(mention, fact):
        return False  # of one of those that are added, of another time
    is_elsewhere = "elsewhere" in mention.around and fact.territory not in mention.near & PLACES
    is_elsewhere |= not is_slip and _is_of_earlier_place(mention, fact)
    if is_elsewhere or ("now" in mention.around and _is_past(fact, ledger)):
        return False
    is_besides_told = fact.is_single or all(group & mention.topic for group in fact.besides)
    if _may_be_part(mention, fact, ledger) or not is_besides_told or _is_of_other(mention, fact, ledger):
        return False
    is_part = fact.narrow or fact.measure in PART_OF or fact.quantity.unit == "share"
    if mention.role == "part" and not (is_part or is_slip):
        return False  # of what the number before it tells
    is_of_several = mention.own & {"total", "follows"} or ("total" in mention.near and mention.calls_from < 1)
    is_part_counted = fact.narrow and fact.is_single and not mention.number.unit
    if is_of_several and len(fact.calls) < 2 and not (is_slip or is_part_counted or fact.formula[0] == "/"):
        return False  # of several programmes or calls together
    if _is_of_applicants(mention, fact, ledger):
        return False
    is_of_no_year = "never" in mention.own and mention.number.precision is Precision.MORE_THAN
    if is_of_no_year or ("total" in mention.own and "duration" in mention.around and not mention.number.unit):
        return (
            False  # "in no year more than nine million" is nine at most; "over three years that makes 1,500"
        )
    low, high = in_percent(fact.quantity).ends
    times = (low or high) / max(mention.number.readings[0].value, Decimal(1))
    if times > _OF_A_TOTAL and not is_slip:
        return False
    if fact.measure in POPULATIONS and not (is_slip or mention.around & {"wallonia", "region"}):
        return False  # of a town, say
    plans = {"planned", "target"}
    if fact.programme == mention.programme and fact.programme.startswith(PLAN) and mention.programme_from > 1:
        plans |= {"plan", "invest"}
    is_of_plan = fact.programme == mention.programme and fact.programme.startswith(PLAN) and mention.is_alone
    is_told = is_of_plan or mention.around & plans if fact.is_planned else not _says_planned(mention.own)
    is_then = is_of_time(mention, fact)
    if not (mention.heads or fact.narrow or is_then) or not is_told:
        return False
    if not (fact.calls or fact.programme):
        is_placed = fact.narrow or "wallonia" in mention.around
        others = (o for o in siblings if o.territory != fact.territory)
        if not is_placed and any(_compared(mention, o).kind in _SAID for o in others):
            return False  # of another place, which is not told
        told_by = mention.near if mention.number.unit or mention.heads & mention.own else mention.around
        is_there = is_placed or fact.years & mention.years
        return is_slip or bool(is_there and all(group & told_by for group in fact.needs))
    return _is_named(mention, fact, siblings, is_slip, ledger, is_of_size=is_slip or times * _OF_A_TOTAL > 1)


def _other_parts(mention: Mention, fact: Fact, siblings: Sequence[Fact]) -> Iterator[Fact]:
    """List the other parts that are told about a number; where its own words tell the level of a fact, theirs alone."""
    is_level_told = bool(fact.narrow) and all(
        group <= LEVELS and group & mention.own for group in fact.narrow
    )
    for o in siblings:
        is_other = (
            o.narrow and o.narrow != fact.narrow and (o.programme, o.calls) == (fact.programme, fact.calls)
        )
        is_own = not is_level_told or all(group & mention.own for group in o.narrow)
        if is_other and is_own and _is_part_told(mention, fact, o):
            yield o


def _is_of_earlier_place(mention: Mention, fact: Fact) -> bool:
    """Tell whether only an earlier sentence names the place of a fact, and its own does not speak of "the town"."""
    is_own = mention.near & {"municipal", "town"}
    return not is_own and any(group & PLACES and not group & mention.around for group in fact.narrow)


def _says_planned(ideas: frozenset[str]) -> bool:
    """Tell whether words say that something is planned, and not that it was done ("aura coûté")."""
    return "planned" in ideas and not ideas & {"done", "spent"}


def _is_of_applicants(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number may be of others of those that applied: of all, of those that won, or did not."""
    following = mention.number.following
    is_introduced, is_team = fact.measure == "projects_introduced", "team" in mention.heads
    if not is_introduced and (fact.measure != "projects_awarded" or "won" in mention.near):
        return False
    is_person = is_introduced and _PERSONS.match(following) is not None
    others = (o for o in facts(ledger) if o.calls == fact.calls and o.measure != fact.measure)
    is_other = (is_person or is_team) and _is_known(mention, others)
    if is_introduced:
        return is_person and is_other
    is_team = is_team and (mention.calls_from < 1 or is_other)
    return is_team or _FILES.match(following) is not None


def _is_of_years(mention: Mention, fact: Fact) -> bool:
    """Tell whether a fact is of the years that are told for a number, or nearly, where these are no call's."""
    years = fact.call_years or fact.years
    return (
        not (mention.years and years)
        or mention.calls_from == 3
        or (mention.calls_from > 0 and not fact.call_years - mention.years)
        or (mention.calls_from < 1 and not years.isdisjoint(about(mention.years)))
    )


def _beyond(mention: Mention, fact: Fact, ledger: Ledger) -> frozenset[str]:
    """Give what is told about a number that a fact is not about; mere words among it matter only where the number is
    the very one of another subject."""
    beyond = unexplained(mention, fact)
    is_open = not mention.years - fact.years and not _is_known(mention, facts(ledger))
    ours = CONCEPTS | ACTS
    return (
        frozenset(idea for idea in beyond if idea in ours or _A_CALL.fullmatch(idea)) if is_open else beyond
    )


def _is_known(mention: Mention, every: Iterable[Fact]) -> bool:
    """Tell whether a number is the very one that is known of some subject in its unit."""
    values = {reading.value for reading in mention.number.readings}
    return any(
        fact.quantity.value in values and same_unit(mention.number, fact.quantity.unit) for fact in every
    )


def _is_named(
    mention: Mention, fact: Fact, siblings: Sequence[Fact], is_slip: bool, ledger: Ledger, *, is_of_size: bool
) -> bool:
    """Tell whether the call or programme of a fact is told for a number: in its sentence, with no other number of
    another call; or in the one before, where its own says nothing else than the fact does."""
    is_named = (
        fact.calls == mention.calls or mention.since
        if fact.calls
        else fact.programme == (mention.programme or ("ecole_numerique" if mention.calls else ""))
    )
    if is_of_time(mention, fact):
        return True
    is_carried = (mention.calls_from if fact.calls else mention.programme_from) < 1
    is_loose = is_carried and not (is_slip or fact.narrow)
    is_counted = mention.number.unit or mention.heads & (mention.own | mention.near)
    if is_loose and (not is_counted or "call" in mention.own):
        return False  # what is counted is only carried too, or its call is told otherwise
    is_other_plan = fact.is_planned and not fact.programme.startswith(PLAN) and "planned" not in mention.own
    if is_carried and not is_slip and (mention.place - fact.ideas or is_other_plan):
        return False  # of the place that the sentences before tell of, or of a plan that nobody names
    is_of_base = fact.formula[0] == "/" and any(group & mention.own for group in fact.formula[1][1].needs)
    is_whole = not (fact.narrow or fact.is_single or is_slip or is_of_base)
    if is_carried and is_whole and _is_known(mention, (o for o in facts(ledger) if o.heads & mention.heads)):
        return False  # the very number of another subject that the text tells of
    if is_named and is_carried and mention.is_alone:
        beyond = _beyond(mention, fact, ledger)
        if (is_of_size and not beyond) or (is_slip and not beyond & DISTINCT):
            return True
    if not is_named or is_carried:
        groups = (*fact.narrow, *(fact.needs if fact.is_single else ()))
        is_then = mention.years & (fact.call_years or fact.years)
        if not (is_named or is_then) and all(group <= LEVELS | PLACES for group in groups):
            return False  # a level or place alone, of another programme than that which is told
        return (
            is_of_size
            and any(is_named or is_then or not group & mention.heads for group in groups)
            and (not fact.is_planned or "planned" in mention.near)
            and all(group & (mention.own | mention.part) for group in groups)
        )
    other_calls = mention.calls_beside - fact.calls - mention.compared
    return mention.calls_from == 3 or not any(
        o.calls <= other_calls
        and len(o.calls) == 1
        and o.narrow == fact.narrow
        and _compared(mention, o).kind in _SAID
        for o in siblings
    )


def _is_part_told(mention: Mention, fact: Fact, part: Fact) -> bool:
    """Tell whether a part is told about a number; one that is narrower still, anywhere in its sentence."""
    about = mention.around if {*fact.narrow} < {*part.narrow} else mention.near
    return all(group & about for group in part.narrow)


def _may_be_part(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number is that of a part of what a fact counts, where its words do not name the whole: sites that
    a pilot covers are those selected, or those now ready."""
    return any(
        _compared(mention, o).kind in _SAID
        and not frozenset[str]().union(*fact.needs).difference(*o.needs, IMPLIED.get(fact.programme, ())) & mention.own
        for part, whole in PART_OF.items() if whole == fact.measure
        for o in facts_by_measure(ledger).get(part, ())
        if (o.programme, o.calls, o.narrow) == (fact.programme, fact.calls, fact.narrow)
    )  # fmt: skip


def _is_of_other(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number is the very one of the whole, of which its own words name no part; or, where nothing need
    be told of a fact, that of another subject of its calls or programme, which is told."""
    is_bare = not (fact.narrow or fact.needs) and is_telling(mention.number, is_named=False)
    is_part = all(group & mention.own for group in fact.narrow)
    if is_part and not is_bare:
        return False
    return any(
        {*o.narrow} < {*fact.narrow} and not is_part if o.measure == fact.measure
        else is_bare and bool(o.needs) and all(group & mention.around for group in (*o.narrow, *o.needs))
        for o in facts(ledger)
        if (o.programme, o.calls) == (fact.programme, fact.calls)
        and same_unit(mention.number, o.quantity.unit)
        and any(reading.value == o.quantity.value for reading in mention.number.readings)
    )  # fmt: skip


def _is_past(fact: Fact, ledger: Ledger) -> bool:
    return bool(fact.years) and max(fact.years) < ledger.known_at.year - 1


def _sums(mention: Mention, ledger: Ledger) -> tuple[Fact, ...]:
    """Add what is known of each of several calls that are told together; since the first, of all with winners."""
    return (
        _sums_of(ledger, None if mention.is_since else mention.calls)
        if len(mention.calls) > 1 or mention.is_since
        else ()
    )


@once_a_ledger
def _sums_of(ledger: Ledger, calls: frozenset[str] | None) -> tuple[Fact, ...]:
    by_measure = facts_by_measure(ledger)
    parts = {
        measure: {fact.calls: fact for fact in by_measure.get(measure, ())
                  if len(fact.calls) == 1 and not fact.narrow and fact.territory == HOME}
        for measure in OF_EACH_CALL
    }  # fmt: skip
    every = frozenset[str]().union(*parts["projects_awarded"]) if calls is None else calls
    return tuple(
        total([known[frozenset((c.call,))] for c in ledger.calls if c.call in every], every)
        for known in parts.values()
        if every and all(frozenset((call,)) in known for call in every)
    )


# --- values -----------------------------------------------------------------------------------------


def _compared(mention: Mention, fact: Fact) -> _Judgement:
    """Say what a number is if it is about a fact."""
    number, quantity = mention.number, fact.quantity
    is_count = quantity.unit in UNITS and UNITS[quantity.unit].resolution and fact.formula[0] != "/"
    if number.precision is Precision.EXACT and not is_count:
        number = replace(number, precision=Precision.ROUNDED)
    how = "apart" if _is_turned(number, fact) else lies(number, quantity)
    if number.unit == "percent" and number.text[0].isalpha():
        loosely = lies_in_words(number, quantity)
        how = loosely if fact.is_computed or (how, loosely) == ("apart", "") else how
    if quantity.precision is Precision.RANGE and number.readings[0].high is not None:
        how = _both_ends(number, quantity)
    if how == "inside" or is_as_printed(number, quantity):
        is_far = number.precision in _KINDS_RIGHT and not _bounds_within(number, quantity, _FAR)
        return (
            _Judgement(fact, _right_kind(number, fact))
            if not is_far
            else _Judgement(fact, VerdictKind.UNVERIFIABLE, why=FAR_FROM_KNOWN)
        )
    for other in fact.others:
        if other.quantity is not None and (
            lies(number, other.quantity) == "inside" or is_as_printed(number, other.quantity)
        ):
            is_older = other.known_on < fact.observations[0].known_on
            return _Judgement(fact, VerdictKind.STALE if is_older else VerdictKind.OTHER_SOURCE, other)
    for other in fact.others:
        if (
            other.quantity is not None
            and lies(number, other.quantity) == "overlapping"
            and _is_surer(number, other.quantity)
        ):
            return _Judgement(fact, VerdictKind.STRONGER, other)
    is_nearly = quantity.precision is Precision.NEARLY or (
        quantity.precision in _KINDS_RIGHT and number.precision is Precision.EXACT
    )
    is_nearly &= number.readings[0].value == quantity.value
    if how == "overlapping" or (how == "apart" and is_nearly):
        is_surer = _is_surer(number, quantity) or _is_beyond(number, quantity)
        return _Judgement(fact, VerdictKind.STRONGER if is_surer else VerdictKind.UNVERIFIABLE)
    return _Judgement(fact, VerdictKind.CONTRADICTED if how == "apart" else VerdictKind.UNVERIFIABLE)


def _bounds_within(number: NumberInText, quantity: Quantity, times: Decimal) -> bool:
    """Tell whether a bound is no more than so many times off what it bounds: who says "plus de 1 000" does not mean
    16,000, though it is true of it."""
    printed = quantity.value if quantity.value is not None and quantity.unit != "share" else None
    known = max(abs(in_percent(quantity).ends[0] if printed is None else printed), Decimal(1))
    return any(1 / times <= known / max(abs(o.value), Decimal(1)) <= times for o in number.readings)


def _both_ends(number: NumberInText, quantity: Quantity) -> str:
    """Compare "entre 14 et 26" with a range that a document prints: both ends are said to have been."""
    reading = number.readings[0]
    agreeing = {end for end in quantity.bounds.ends if end in (reading.value, reading.high)}
    return ("overlapping", "apart", "inside")[len(agreeing)]


def _right_kind(number: NumberInText, fact: Fact) -> VerdictKind:
    if fact.is_computed:
        return VerdictKind.DERIVED
    if number.precision in _KINDS_RIGHT:
        return _KINDS_RIGHT[number.precision]
    is_exact = number.precision is Precision.EXACT and fact.quantity.is_exact
    return VerdictKind.EXACT if is_exact else VerdictKind.ROUNDED


def _is_surer(number: NumberInText, quantity: Quantity) -> bool:
    """Tell whether a number is that of the document, said more surely: "plus de 3 000" for about 3,000."""
    if quantity.value is None:
        return False
    value = quantity.value * 100 if quantity.unit == "share" else quantity.value
    step = number.readings[0].step
    return any(abs(reading.value - value) <= step / 2 for reading in number.readings)


def _is_beyond(number: NumberInText, quantity: Quantity) -> bool:
    """Tell whether a number bounds what its document bounds, and further: "plus de 8 000" for more than 1,800."""
    return any({number.precision, quantity.precision} <= bounds for bounds in (_MORES, _LESSES))


def _is_turned(number: NumberInText, fact: Fact) -> bool:
    """Tell whether a number bounds from below what its document bounds from above, or the other way round."""
    precision = Precision.AT_MOST if fact.measure == "grant_ceiling" else fact.quantity.precision
    sides = ((_MORES, _LESSES), (_LESSES, _MORES))
    is_turned = any(number.precision in first and precision in second for first, second in sides)
    return is_turned and any(reading.value == fact.quantity.value for reading in number.readings)


def _of_other_unit(mention: Mention, ledger: Ledger) -> Iterator[_Judgement]:
    """Find the number of the same subject in another unit: projects for sites, francs for euros, schools for shares."""
    number = replace(mention.number, readings=mention.number.readings[:1])
    value, others = number.readings[0].value, list[Mention]()
    if number.unit in ("EUR", "BEF"):
        others = [replace(mention, number=replace(number, unit="BEF" if number.unit == "EUR" else "EUR"))]
    elif mention.heads == {"months"}:
        others = [replace(mention, number=number, heads=frozenset(("duration",)))]
    elif not number.unit and mention.heads & mention.own & _COUNTED:
        own = mention.own - mention.heads
        others = [replace(mention, number=replace(number, unit="percent"), heads=frozenset(("share",)),
                          own=mention.own - {"won"})]  # fmt: skip
        if value >= _TELLING or mention.heads & COUNTED_ALIKE:
            heads = (_COUNTED if value >= _TELLING else COUNTED_ALIKE) - {"won"} - mention.heads
            others.append(replace(mention, number=number, heads=heads, own=own, near=mention.near | {"won", "project"},
                                  around=mention.around | heads))  # fmt: skip
    for other in others:
        for fact in sorted(_meant(other, ledger), key=lambda fact: -len(fact.calls)):
            is_it = _compared(other, fact).kind in RIGHT or value == fact.quantity.value
            is_near = number.precision not in _KINDS_RIGHT or _bounds_within(number, fact.quantity, _CLOSE)
            is_other = other.number.unit or not fact.heads & mention.heads
            is_done = fact.quantity.unit == "years" or fact.is_planned == ("planned" in mention.own)
            if is_it and is_near and is_other and is_done:
                yield _Judgement(fact, VerdictKind.MIXED_UNITS)


# --- verdicts ---------------------------------------------------------------------------------------


def _verdict(
    number: NumberInText,
    judgements: list[_Judgement],
    latest: list[_Judgement],
    ledger: Ledger,
    today: Ledger,
    reader: str,
) -> Verdict:
    if number.reason or not number.readings:
        kind = VerdictKind.NOT_STATISTIC
        return Verdict(number.start, number.end, number.text, kind, kind, unit=number.unit,
                       reason=message(ASIDE.text, reason=_REASONS.get(number.reason, number.reason)))  # fmt: skip
    kind, why = _settled(judgements)
    if kind is VerdictKind.UNVERIFIABLE and len(judgements) > 1:
        others = tuple(
            _of(number, judgement, judgement.kind, judgement.kind, None, ledger, reader)
            for judgement in judgements
        )
        return Verdict(number.start, number.end, number.text, kind, _settled(latest)[0], unit=number.unit,
                       reason=why, others=others)  # fmt: skip
    if not judgements:
        return Verdict(
            number.start, number.end, number.text, kind, _settled(latest)[0], unit=number.unit, reason=why
        )
    now, _ = _settled(latest)
    chosen = next((judgement for judgement in judgements if judgement.kind is kind), judgements[0])
    verdict = _of(number, chosen, kind, now, why, ledger, reader)
    if kind in RIGHT and now in FAULTY:  # what is right today is asked for
        chosen = next((judgement for judgement in latest if judgement.kind is now), latest[0])
        return replace(
            _of(number, chosen, kind, now, why, today, reader), stated=verdict.stated, known=verdict.known
        )
    return verdict


def _settled(judgements: list[_Judgement]) -> tuple[VerdictKind, Message | None]:
    """Say what a number is by all that it may be about: not judged where these judge it otherwise."""
    kinds = list(dict.fromkeys(judgement.kind for judgement in judgements))
    if not kinds:
        return VerdictKind.UNVERIFIABLE, NO_SUBJECT
    if len(kinds) == 1:
        return kinds[0], judgements[0].why if kinds[0] is VerdictKind.UNVERIFIABLE else None
    if all(kind in RIGHT for kind in kinds):
        return next(kind for kind in (VerdictKind.EXACT, *kinds) if kind in kinds), None
    subjects = {(o.fact.measure, o.fact.calls, o.fact.narrow) for o in judgements}
    if (
        VerdictKind.CONTRADICTED in kinds
        and {*kinds} <= _OPEN | {VerdictKind.STRONGER}
        and len(subjects) == 1
    ):
        return VerdictKind.CONTRADICTED, None  # several documents tell of one subject: all must allow it
    whole = next((PART_OF[o.fact.measure] for o in judgements if o.fact.measure in PART_OF), "")
    right = next((kind for kind in kinds if kind in RIGHT), None)
    agreeing = right or (VerdictKind.STALE if VerdictKind.STALE in kinds else None)
    if agreeing and {o.fact.measure for o in judgements} == {
        whole,
        *(part for part in PART_OF if PART_OF[part] == whole),
    }:
        return agreeing, None  # of sites that are equipped, those chosen and those ready: either is said
    printed = [judgement for judgement in judgements if not judgement.fact.is_computed]
    sums = [judgement for judgement in judgements if judgement.fact.formula[0] == " + "]
    if sums and right and len({judgement.fact.measure for judgement in judgements}) == 1:
        if any(o.kind is VerdictKind.CONTRADICTED for o in printed):
            return VerdictKind.OTHER_SOURCE, None  # what its parts make, and not what is printed of the whole
        return right, None  # what is printed of several calls, and its sum: either is said
    if printed and not any(kind in RIGHT for kind in kinds) and VerdictKind.CONTRADICTED not in kinds:
        return kinds[0], None
    return VerdictKind.UNVERIFIABLE, SEVERAL


def _of(
    number: NumberInText, judgement: _Judgement, kind: VerdictKind, today: VerdictKind, why: Message | None,
    ledger: Ledger, reader: str,
) -> Verdict:  # fmt: skip
    fact = judgement.fact
    worded = _words_of(ledger, fact.name, fact, reader)
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


def _words_of(ledger: Ledger, name: str, fact: Fact, reader: str) -> FactWords:
    """Word a fact once a ledger."""
    return ledger.cached(("audit words", name, reader), lambda: fact_words(ledger, fact, reader))


def _evidence(observation: Observation, reader: str) -> Evidence:
    source = observation.source
    return Evidence(source.source_id, source.publisher, place_words(observation.locator, reader)[0],
                    published_words(source, reader), observation.observation_id)  # fmt: skip
