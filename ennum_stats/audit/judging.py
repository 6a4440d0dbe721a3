"""Judge each number of a text: its subject first, then its value, on the day of the text and today."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ennum_stats.audit.facts import Fact, difference, facts, total
from ennum_stats.audit.matching import POPULATIONS, is_meant, latest, narrowest, told_level
from ennum_stats.audit.mentions import Mention, mentions
from ennum_stats.audit.verdict import RIGHT, Evidence, Verdict, VerdictKind
from ennum_stats.audit.words import right_words, subject_words, suggestion
from ennum_stats.errors import Message, message
from ennum_stats.measures.dates import published_words
from ennum_stats.quantities import UNITS, Bounds, Quantity
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.judging import in_percent, lies, same_unit
from ennum_stats.reading.quantities import NumberInText, numbers_in
from ennum_stats.reading.questions import language_of
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import HOME, Ledger
from ennum_stats.vocabulary import Precision

NO_SUBJECT = message("what it is about was not found")
SEVERAL = message("it can be about several things, which judge it otherwise")
OVERLAPS = message("it may be so: what is known allows it, and does not prove it")
ASIDE = message("set aside as: {reason}")

_ADDED = ("projects_awarded", "budget_awarded", "projects_introduced")
"""Measures of calls that may be added."""
_ELSEWHERE = re.compile(
    r"\b(?:fland\w+|vlaand\w+|vlaams\w*|flandern|flemish|france|frankreich|frankrijk|pays-bas|nederland\w*|niederland\w*|"
    r"netherlands|dutch|allemagne|deutschland|germany|duitsland|quebec|maroc|ile-de-france|paris\w*|antwerp\w*|suisse|schweiz)\b"
)
"""Places where the ledger knows nothing."""
_KINDS_RIGHT = {
    Precision.MORE_THAN: VerdictKind.BOUND, Precision.LESS_THAN: VerdictKind.BOUND,
    Precision.AT_LEAST: VerdictKind.BOUND, Precision.AT_MOST: VerdictKind.BOUND, Precision.NEARLY: VerdictKind.BOUND,
}  # fmt: skip
_OPEN = frozenset((VerdictKind.UNVERIFIABLE, VerdictKind.CONTRADICTED))
_SAID = RIGHT | {VerdictKind.OTHER_SOURCE, VerdictKind.STALE}
"""What a document says, now or once."""
_ENOUGH = 3
"""How many telling numbers must be right for a text that names no programme to be about them."""


@dataclass(frozen=True)
class _Found:
    """Hold a fact that a number may be about, and what it is then."""

    fact: Fact
    kind: VerdictKind
    observation: Observation | None = None
    """The number of another document that it is."""


def audit(
    text: str,
    ledger: Ledger,
    language: str | None = None,
    day: date | None = None,
    *,
    reader: str | None = None,
) -> list[Verdict]:
    """Judge every number of a text, in the order in which they stand; `start` and `end` are places in `text`.

    `language` is that of the text (found where it is not given), `reader` that of the words of the verdicts (the
    text's where it is not given), and `day` the day on which the text was written (the ledger's where it is not
    given). Blank lines part paragraphs; a short line without a full stop is a heading. The ledger says for whom is
    judged: give that of the public, unless the reader may know what is under embargo.
    """
    language, day = language or language_of(text), day or ledger.known_at
    reader = reader or language
    then = ledger if day == ledger.known_at else ledger.known_on(day)
    numbers = numbers_in(text, language)
    results = _judged(text, numbers, then)
    latest = results if then is ledger else _judged(text, numbers, ledger)
    return [
        _verdict(number, results.get(number.start, []), latest.get(number.start, []), then, reader)
        for number in numbers
    ]


def _judged(text: str, numbers: Sequence[NumberInText], ledger: Ledger) -> dict[int, list[_Found]]:
    """Find what each number may be about, and what it is then, by all that is known on the ledger's day."""
    every = facts(ledger)
    told = mentions(text, numbers, ledger)
    plain = levelled(text)
    result = {mention.number.start: _found(mention, every, ledger) for mention in told}
    _derive(told, result, every)
    _doubt_repeated(told, result)
    is_named = any(mention.is_named for mention in told)
    if not is_named:
        telling = {
            found.fact.name for mention in told for found in result[mention.number.start][:1]
            if found.kind in _SAID | {VerdictKind.FORECAST_AS_FACT} and len(result[mention.number.start]) == 1
            and mention.number.readings[0].value >= 100 and _is_settled(mention)
        }  # fmt: skip
        is_named = len(telling) >= _ENOUGH
    if not is_named or _ELSEWHERE.search(plain):
        elsewhere = {mention.sentence for mention in told if not is_named} | _sentences_elsewhere(told, plain)
        result = {m.number.start: [] if m.sentence in elsewhere else result[m.number.start] for m in told}
    return result


def _derive(told: Sequence[Mention], result: dict[int, list[_Found]], every: Sequence[Fact]) -> None:
    """Judge a number that nothing is printed of by what its sentence, or the one before, tells: the ratio of two
    numbers, the difference of two where a change is told, the sum where a total is. Only what agrees is said."""
    for mention in told:
        if mention.is_foreign or any(one.kind not in _OPEN for one in result[mention.number.start]):
            continue
        earlier = [
            o for o in told if o.number.start < mention.number.start and o.sentence >= mention.sentence - 1
        ]
        beside = [one.fact for o in earlier for one in result[o.number.start] if one.kind in RIGHT]
        names = {fact.name for fact in beside}
        if mention.number.unit == "percent":
            ratios = [fact for fact in every if fact.formula[0] == "/" and fact.quantity.unit == "share"]
            derived = [fact for fact in ratios if {part.name for part in fact.formula[1]} <= names]
        elif mention.around & {"change", "notyet"}:
            alike = [fact for fact in beside if fact.heads & mention.heads or not mention.heads]
            derived = [difference(one, other, "") for one in alike for other in alike
                       if one.quantity.unit == other.quantity.unit and one.measure == other.measure
                       and one.quantity.bounds.exceeds(other.quantity.bounds)]  # fmt: skip
        elif "total" in mention.own and len(beside) > 1 and len({fact.quantity.unit for fact in beside}) == 1:
            derived = [total(beside, frozenset())]
        else:
            continue
        agreeing = {fact.name: fact for fact in derived if lies(mention.number, fact.quantity) == "inside"}
        if len(agreeing) == 1:
            result[mention.number.start] = [_Found(fact, VerdictKind.DERIVED) for fact in agreeing.values()]


def _doubt_repeated(told: Sequence[Mention], result: dict[int, list[_Found]]) -> None:
    """Leave open what several numbers of one sentence cannot all be, and what only an earlier sentence tells of."""
    for mention in told:
        found = result[mention.number.start]
        if not found or found[0].kind is not VerdictKind.CONTRADICTED:
            continue
        names = {one.fact.name for one in found}
        again = any(other.sentence == mention.sentence and other is not mention
                    and names & {one.fact.name for one in result[other.number.start]} for other in told)  # fmt: skip
        is_far = max(mention.calls_from, mention.programme_from) <= 0 and not any(
            one.fact.needs or one.fact.narrow for one in found
        )
        if again or is_far:
            result[mention.number.start] = [replace(one, kind=VerdictKind.UNVERIFIABLE) for one in found]


def _is_settled(mention: Mention) -> bool:
    return bool(mention.heads) and not mention.is_foreign


def _sentences_elsewhere(told: Sequence[Mention], plain: str) -> set[int]:
    return {m.sentence for m in told if _ELSEWHERE.search(plain[m.span[0] : m.span[1]])}


def _found(mention: Mention, every: Iterable[Fact], ledger: Ledger) -> list[_Found]:
    """Find the facts that a number may be about; where none agrees, what else it may be: another unit, a plan."""
    if mention.is_foreign:
        return []
    near = [fact for fact in (*every, *_sums(mention, every, ledger)) if is_meant(mention, fact)]
    if any(fact.measure == "sites_selected" for fact in near):
        near = [fact for fact in near if fact.measure not in POPULATIONS]
    near = narrowest(mention, latest(mention, near))
    if "now" in mention.around:
        current = [fact for fact in near if not _is_past(fact, ledger)]
        near = current or near
    if mention.since and near:
        most = max(len(fact.calls) for fact in near)
        older = [fact for fact in near if len(fact.calls) < most]
        near = [fact for fact in near if len(fact.calls) == most]
        if not any(_compared(mention, fact).kind in RIGHT for fact in near):
            told = [_compared(mention, fact) for fact in older]
            if stale := [replace(one, kind=VerdictKind.STALE) for one in told if one.kind in RIGHT]:
                return stale
    says_planned = "planned" in mention.near and not mention.own & {"won", "done"}
    done = [fact for fact in near if not fact.is_planned]
    planned = [fact for fact in near if fact.is_planned]
    first = planned if says_planned and planned else done or planned
    found = [_compared(mention, fact) for fact in first]
    found = [one if one.kind is not VerdictKind.CONTRADICTED or _is_sure(mention, one.fact, every)
             else replace(one, kind=VerdictKind.UNVERIFIABLE) for one in found]  # fmt: skip
    if "now" in mention.around:
        found = [
            replace(one, kind=VerdictKind.STALE) if one.kind in RIGHT and _is_past(one.fact, ledger) else one
            for one in found
        ]
    is_right = [one for one in found if one.kind in RIGHT]
    if first is planned and not says_planned and "done" in mention.around and "planned" not in mention.around:
        return [
            replace(one, kind=VerdictKind.FORECAST_AS_FACT) if one.kind in RIGHT else one for one in found
        ]
    if is_right:
        return found
    if first is done and not says_planned:
        told = [_compared(mention, fact) for fact in planned]
        told = [replace(one, kind=VerdictKind.FORECAST_AS_FACT) for one in told if one.kind in _SAID]
        if told and not any(one.kind in (VerdictKind.OTHER_SOURCE, VerdictKind.STALE) for one in found):
            return told
    if all(one.kind in _OPEN for one in found):
        mixed = list(_of_other_unit(mention, every, ledger))
        if mixed:
            return mixed[:1]
    return found


def _is_sure(mention: Mention, fact: Fact, every: Iterable[Fact]) -> bool:
    """Tell whether a number is about a fact and no other of its sentence: only then can it contradict it."""
    is_named = (
        fact.calls == mention.calls or mention.since
        if fact.calls
        else fact.programme in ("", mention.programme)
    )
    if not is_named:
        groups = (*fact.narrow, *(fact.needs if fact.is_single and mention.number.unit == "percent" else ()))
        return bool(groups) and not fact.is_planned and all(group & mention.own for group in groups)
    if mention.calls_from < 1 and any(not told_level(mention, group) for group in fact.needs):
        return False
    beside = mention.calls_beside - fact.calls
    return mention.calls_from == 3 or not any(
        other.measure == fact.measure
        and other.calls <= beside
        and len(other.calls) == 1
        and other.narrow == fact.narrow
        and _compared(mention, other).kind in _SAID
        for other in every
    )


def _is_past(fact: Fact, ledger: Ledger) -> bool:
    return bool(fact.years) and max(fact.years) < ledger.known_at.year - 1


def _sums(mention: Mention, every: Iterable[Fact], ledger: Ledger) -> Iterator[Fact]:
    """Add what is known of each of several calls that are told together; since the first, of all with winners."""
    calls = mention.calls
    if mention.is_since:
        calls = frozenset(
            call.call for call in ledger.calls if call.has_winners and call.call.startswith("EN")
        )
        known = {
            next(iter(fact.calls))
            for fact in every
            if fact.measure == "projects_awarded" and len(fact.calls) == 1
        }
        calls &= known
    if len(calls) < 2:
        return
    for measure in _ADDED:
        parts = [fact for fact in every if fact.measure == measure and not fact.narrow and len(fact.calls) == 1
                 and fact.calls <= calls and fact.territory == HOME]  # fmt: skip
        if len(parts) == len(calls):
            yield total(sorted(parts, key=lambda part: sorted(part.calls)), calls)


# --- values -----------------------------------------------------------------------------------------


def _compared(mention: Mention, fact: Fact) -> _Found:
    """Say what a number is if it is about a fact."""
    number, quantity = mention.number, fact.quantity
    is_count = quantity.unit in UNITS and UNITS[quantity.unit].resolution and fact.formula[0] != "/"
    if number.precision is Precision.EXACT and not is_count:
        number = replace(number, precision=Precision.ROUNDED)
    how = lies(number, quantity)
    if how == "inside" or _is_as_printed(number, quantity):
        return _Found(fact, _right_kind(number, fact))
    for other in fact.others:
        if other.quantity is not None and (
            lies(number, other.quantity) == "inside" or _is_as_printed(number, other.quantity)
        ):
            is_older = other.known_on < fact.observations[0].known_on
            return _Found(fact, VerdictKind.STALE if is_older else VerdictKind.OTHER_SOURCE, other)
    for other in fact.others:
        if (
            other.quantity is not None
            and lies(number, other.quantity) == "overlapping"
            and _is_surer(number, other.quantity)
        ):
            return _Found(fact, VerdictKind.STRONGER, other)
    if how == "overlapping":
        is_surer = _is_surer(number, quantity)
        return _Found(fact, VerdictKind.STRONGER if is_surer else VerdictKind.UNVERIFIABLE)
    return _Found(fact, VerdictKind.CONTRADICTED if how == "apart" else VerdictKind.UNVERIFIABLE)


def _is_as_printed(number: NumberInText, quantity: Quantity) -> bool:
    """Tell whether a number is said in the words of its document ("près de 50 millions"), or in a share in words that
    the document says about: "une sur deux" for about 50 %."""
    value = quantity.value
    if (
        value is None
        or not same_unit(number, quantity.unit)
        or all(reading.value != value for reading in number.readings)
    ):
        return False
    is_in_words = (
        number.unit == "percent" and number.text[0].isalpha() and quantity.precision is Precision.ABOUT
    )
    is_as_round = number.precision is Precision.EXACT and quantity.precision is Precision.ROUNDED
    return (
        is_in_words
        or is_as_round
        or (number.precision is quantity.precision and quantity.precision is not Precision.EXACT)
    )


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


def _of_other_unit(mention: Mention, every: Iterable[Fact], ledger: Ledger) -> Iterator[_Found]:
    """Find the number of the same subject in another unit: projects for sites, francs for euros."""
    number = mention.number
    if number.unit in ("EUR", "BEF"):
        units = {"EUR": "BEF", "BEF": "EUR"}[number.unit]
        swapped = replace(mention, number=replace(number, unit=units))
    elif number.unit or not mention.heads & {"project", "site", "school", "institution", "won"}:
        return
    else:
        heads = frozenset(("project", "site", "school", "institution")) - mention.heads
        swapped = replace(
            mention, heads=heads, own=mention.own - mention.heads, near=mention.near | {"won", "project"}
        )
    for fact in (*every, *_sums(mention, every, ledger)):
        if (
            not fact.is_planned
            and is_meant(swapped, fact)
            and lies(swapped.number, fact.quantity) == "inside"
        ):
            yield _Found(fact, VerdictKind.MIXED_UNITS)


# --- verdicts ---------------------------------------------------------------------------------------


def _verdict(
    number: NumberInText, found: list[_Found], latest: list[_Found], ledger: Ledger, reader: str
) -> Verdict:
    if number.reason or not number.readings:
        kind = VerdictKind.NOT_STATISTIC
        return Verdict(number.start, number.end, number.text, kind, kind, unit=number.unit,
                       reason=message(ASIDE.text, reason=number.reason))  # fmt: skip
    kind, why = _settled(found)
    if kind is VerdictKind.UNVERIFIABLE and len(found) > 1:
        others = tuple(_of(number, one, one.kind, one.kind, None, ledger, reader) for one in found)
        return Verdict(number.start, number.end, number.text, kind, _settled(latest)[0], unit=number.unit,
                       reason=why, others=others)  # fmt: skip
    if not found:
        return Verdict(
            number.start, number.end, number.text, kind, _settled(latest)[0], unit=number.unit, reason=why
        )
    chosen = next((one for one in found if one.kind is kind), found[0])
    return _of(number, chosen, kind, _settled(latest)[0], why, ledger, reader)


def _settled(found: list[_Found]) -> tuple[VerdictKind, Message | None]:
    """Say what a number is by all that it may be about: not judged where these judge it otherwise."""
    kinds = list(dict.fromkeys(one.kind for one in found))
    if not kinds:
        return VerdictKind.UNVERIFIABLE, NO_SUBJECT
    if len(kinds) == 1:
        return kinds[0], OVERLAPS if kinds[0] is VerdictKind.UNVERIFIABLE else None
    if all(kind in RIGHT for kind in kinds):
        return next(kind for kind in (VerdictKind.EXACT, *kinds) if kind in kinds), None
    printed = [one for one in found if not one.fact.is_computed]
    is_sum = any(one.fact.formula[0] == " + " for one in found)
    if is_sum and len({one.fact.measure for one in found}) == 1 and any(one.kind in RIGHT for one in found):
        kind = next(one.kind for one in found if one.kind in RIGHT)
        return kind, None  # what is printed of several calls, and its sum: either is said
    if printed and not any(kind in RIGHT for kind in kinds) and VerdictKind.CONTRADICTED not in kinds:
        return kinds[0], None
    return VerdictKind.UNVERIFIABLE, SEVERAL


def _of(
    number: NumberInText, one: _Found, kind: VerdictKind, today: VerdictKind, why: Message | None, ledger: Ledger,
    reader: str,
) -> Verdict:  # fmt: skip
    fact = one.fact
    known = in_percent(fact.quantity)
    stated = next(
        iter(number.quantities("percent" if number.unit == "percent" else fact.quantity.unit)), None
    )
    bounds = stated.bounds if stated else None
    sign, parts = fact.formula
    derivation = f" {sign.strip()} ".join(right_words(part.quantity, reader) for part in parts)
    return Verdict(
        number.start, number.end, number.text, kind, today, subject_words(ledger, fact, reader),
        fact.observations[0].observation_id if not fact.is_computed else "", fact.quantity.unit, bounds, known,
        _distance(bounds, known), derivation,
        tuple(_evidence(o, reader) for o in dict.fromkeys((*fact.observations, *filter(None, (one.observation,))))),
        suggestion(ledger, fact, reader), right_words(fact.quantity, reader), why,
    )  # fmt: skip


def _distance(stated: Bounds | None, known: Bounds) -> Decimal | None:
    return stated.distance(known) if stated else None


def _evidence(observation: Observation, reader: str) -> Evidence:
    source = observation.source
    return Evidence(source.source_id, source.publisher, observation.locator, published_words(source, reader),
                    observation.observation_id)  # fmt: skip
