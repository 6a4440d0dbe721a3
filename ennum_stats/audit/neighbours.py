"""Judge a number by those around it: what they make together, grow by, or already are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from ennum_stats.audit.certainty import is_part_told
from ennum_stats.audit.comparisons import follows, judge_growth
from ennum_stats.audit.facts import Fact, difference, facts, facts_by_measure, product, ratio, total
from ennum_stats.audit.ideas import PLACES
from ennum_stats.audit.matching import OF_EACH_CALL
from ennum_stats.audit.mention import Mention
from ennum_stats.audit.values import BOUNDS, OPEN, TELLING, Judgement, compare, is_surer, settled
from ennum_stats.audit.verdict import RIGHT, VerdictKind
from ennum_stats.reading.judging import is_miswritten, same_unit
from ennum_stats.reading.quantities import NumberInText, NumberReading
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import Precision

_SHARED = frozenset(("mean", "per", "each", "per_site", "share"))
"""Ideas of which one tells of what each gets."""
_NEARBY = 4
"""How many numbers before one may be those that it follows from."""


def judge_as_growth(
    mention: Mention, sign: int, sentence: list[Mention], result: dict[int, list[Judgement]], ledger: Ledger
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
    result[start] = [Judgement(*growth)] if growth else printed


def derive(
    plain: str, mention: Mention, nearby: list[Mention], result: dict[int, list[Judgement]], ledger: Ledger
) -> None:
    """Judge a number that nothing is printed of by what its sentence, or the one before, tells: the ratio of two
    numbers, the difference of two where a change is told, the sum where a total is. Only what agrees is said, but where
    the text says that it follows from the two numbers just before."""
    if mention.is_foreign or any(judgement.kind not in OPEN for judgement in result[mention.number.start]):
        return
    earlier = [o for o in nearby if o.number.start < mention.number.start]
    right = [
        [judgement.fact for judgement in result[o.number.start] if judgement.kind in RIGHT] for o in earlier
    ]
    agreeing_facts = [fact for some in right for fact in some]
    if "total" in mention.own:
        agreeing_facts = _added_without_number(mention, agreeing_facts, ledger) + agreeing_facts
    two = [some[0] for some in right[-2:] if some]
    is_of_two = len(two) == 2 and follows(plain, mention.number)
    if mention.number.unit == "percent":
        derived = _ratios(mention, agreeing_facts, two if is_of_two else [], ledger)
    elif mention.around & {"change", "notyet"}:
        derived = _differences(mention, agreeing_facts, ledger)
    else:
        is_sum = "total" in mention.own or follows(plain, mention.number)
        derived = [*_computed(mention, agreeing_facts, ledger, is_sum=is_sum)]
    judged = [compare(mention, fact) for fact in {fact.name: fact for fact in derived}.values()]
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
            and any(compare(mention, o).kind is VerdictKind.CONTRADICTED for o in printed)
        )
        result[mention.number.start] = [
            replace(agreeing[0], kind=VerdictKind.OTHER_SOURCE if is_other else VerdictKind.DERIVED)
        ]
    elif slips := [
        o
        for o in judged
        if o.fact.formula[0] == " + "
        and "total" in mention.own
        and is_miswritten(mention.number, o.fact.quantity)
    ]:
        result[mention.number.start] = slips[:1]
    elif (
        len(judged) == 1
        and is_of_two
        and judged[0].kind is VerdictKind.CONTRADICTED
        and earlier[-2].sentence == mention.sentence
    ):
        result[mention.number.start] = judged


def _added_without_number(mention: Mention, agreeing: list[Fact], ledger: Ledger) -> list[Fact]:
    """List the other calls and parts that the sentence of a sum names of what it tells the number of one of."""
    return [
        o
        for fact in agreeing[-1:]
        for o in facts_by_measure(ledger).get(fact.measure, ())
        if o.programme == fact.programme and o.is_planned == fact.is_planned
        and (o.calls, o.narrow) != (fact.calls, fact.narrow) and bool(o.narrow) == bool(fact.narrow)
        and (len(o.calls) == 1 and o.calls <= mention.calls_beside if o.narrow == fact.narrow
             else o.calls == fact.calls and fact.narrow and all(group & mention.around for group in o.narrow))
    ]  # fmt: skip


def _ratios(mention: Mention, agreeing: list[Fact], two: list[Fact], ledger: Ledger) -> list[Fact]:
    """Compute the shares whose parts are told; where none of them is right, that of the two that it follows from."""
    names = {fact.name for fact in agreeing}
    shares = [fact for fact in facts(ledger) if fact.formula[0] == "/" and fact.quantity.unit == "share"]
    of_parts = [fact for fact in shares if {part.name for part in fact.formula[1]} <= names]
    is_known = any(compare(mention, fact).kind in RIGHT for fact in of_parts)
    if not two or is_known or len({fact.quantity.unit == "EUR" for fact in two}) > 1:
        return of_parts
    base, top = sorted(two, key=lambda fact: fact.quantity.bounds.ends[0], reverse=True)
    return [ratio(top, base, "share", "")]


def _differences(mention: Mention, agreeing: list[Fact], ledger: Ledger) -> list[Fact]:
    """Compute by how much what is told, or known of one of its calls, exceeds another of its measure."""
    of_calls = [
        fact
        for measure in OF_EACH_CALL
        for fact in facts_by_measure(ledger).get(measure, ())
        if len(fact.calls) == 1 and fact.calls < mention.calls and not fact.narrow and not fact.is_planned
    ]
    alike = [fact for fact in agreeing + of_calls if fact.heads & mention.heads or not mention.heads]
    return [difference(more, less, "") for more in alike for less in alike
            if more.quantity.unit == less.quantity.unit and more.measure == less.measure
            and more.quantity.bounds.exceeds(less.quantity.bounds)]  # fmt: skip


def _computed(mention: Mention, agreeing: list[Fact], ledger: Ledger, *, is_sum: bool) -> Iterator[Fact]:
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
        means = (
            fact for fact in facts(ledger) if (fact.formula[0], fact.quantity.unit) == ("/", "EUR/project")
        )
        yield from (fact for fact in means if fact.formula[1][0].name in names)
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


def doubt_repeated(mention: Mention, sentence: list[Mention], result: dict[int, list[Judgement]]) -> None:
    """Leave open what several numbers of a sentence cannot all be, and a sum of what only earlier sentences tell of."""
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
    is_made = any(o.fact.formula[0] == " + " for o in judgements)
    is_all = is_made or all(o.fact.is_of_all for o in judgements)
    is_sum = "total" in mention.own and mention is not sentence[0] and not is_all
    is_carried = is_made and max(mention.calls_from, mention.programme_from) < 1
    if is_sum or is_carried or names & {*others}:
        result[mention.number.start] = [replace(o, kind=VerdictKind.UNVERIFIABLE) for o in judgements]


def open_what_is_made(
    mention: Mention, mentioned: Sequence[Mention], result: dict[int, list[Judgement]], ledger: Ledger
) -> None:
    """Leave open what contradicts, but is what other numbers about it make, what the calls that it compares differ by,
    or what the parts that it tells of make together."""
    judgements = result[mention.number.start]
    if settled(judgements)[0] is not VerdictKind.CONTRADICTED:
        return
    fact = judgements[0].fact
    place = bisect_left(mentioned, mention.number.start, key=lambda o: o.number.start)
    nearby = [
        o.number
        for o in (*mentioned[max(0, place - _NEARBY) : place], *mentioned[place + 1 : place + 3])
        if o.number.precision not in BOUNDS
    ]
    compared = mention.calls_told if "change" in mention.around else frozenset[str]()
    known = [
        o.quantity.value for measure in OF_EACH_CALL for o in facts_by_measure(ledger).get(measure, ())
        if len(o.calls) == 1 and o.calls <= compared and o.quantity.value and not o.narrow
    ]  # fmt: skip
    nearby += [replace(mention.number, readings=(NumberReading(value, Decimal(1)),)) for value in known]
    is_shared = bool((mention.around | mention.near) & _SHARED)
    here = [o.number for o in mentioned[max(0, place - 2) : place] if o.sentence == mention.sentence]
    others = here if mention.number.unit == "percent" else nearby
    if _is_made_of(mention.number, others, is_shared=is_shared) or _is_of_parts(mention, fact, ledger):
        result[mention.number.start] = [
            replace(judgement, kind=VerdictKind.UNVERIFIABLE) for judgement in judgements
        ]


def _is_made_of(number: NumberInText, others: Sequence[NumberInText], *, is_shared: bool) -> bool:
    """Tell whether a number is the sum of two or three others of its unit or the difference of two; or nearly, where
    shares are told, an amount times a count or by one; a percentage, whether it is the share of one of two in the
    other."""
    value, step = number.readings[0].value, number.readings[0].step
    if number.unit == "percent":
        part, whole = (
            sorted(o.readings[0].value for o in others) if len(others) == 2 else (Decimal(0), Decimal(1))
        )
        return part > 0 and abs(100 * part / whole - value) <= step / 2
    if value < TELLING:
        return False
    of_unit = {o.readings[0].value for o in others if o.unit == number.unit}
    computed = set[Decimal]()
    if number.precision not in BOUNDS:
        most = 3 if number.precision is Precision.EXACT else 2
        computed = {first - second for first in of_unit for second in of_unit}
        computed |= {
            sum(some, Decimal(0)) for count in range(2, most + 1) for some in combinations(of_unit, count)
        }
    if any(abs(o - value) <= step / 2 for o in computed):
        return True
    counts = {o.readings[0].value for o in others if is_shared and not o.unit and o.readings[0].value}
    shared = {o for amount in of_unit for count in counts for o in (amount * count, amount / count)}
    return bool(number.unit) and any(abs(o - value) * TELLING <= value for o in shared)


def _is_of_parts(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number is what several parts make that are told beside it."""
    parts = [
        o for o in facts_by_measure(ledger).get(fact.measure, ())
        if o.narrow and (o.programme, o.calls) == (fact.programme, fact.calls) and is_part_told(mention, fact, o)
    ]  # fmt: skip
    return len(parts) > 1 and is_surer(mention.number, total(parts, fact.calls).quantity)


def _named_near(mention: Mention) -> tuple[bool, int, int]:
    """Say how near to a number its place, its call and its programme are told."""
    return bool(mention.own & {"wallonia", *PLACES}), mention.calls_from, mention.programme_from
