"""Judge the value of a number against a fact, and say what it is by all the facts that it may be about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from ennum_stats.audit.facts import Fact
from ennum_stats.audit.mention import Mention
from ennum_stats.audit.verdict import RIGHT, VerdictKind
from ennum_stats.errors import Message, message
from ennum_stats.quantities import UNITS, Quantity
from ennum_stats.reading.judging import in_percent, is_as_printed, lies, lies_in_words
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.store.answers import Observation
from ennum_stats.vocabulary import PART_OF, Precision

NO_SUBJECT = message("what it is about was not found")
SEVERAL = message("it can be about several things, which judge it otherwise")
OVERLAPS = message("it may be so: what is known allows it, and does not prove it")
FAR_FROM_KNOWN = message("it is true, but far from what is known: something else may be meant")
_MORES = frozenset((Precision.MORE_THAN, Precision.AT_LEAST))
_LESSES = frozenset((Precision.LESS_THAN, Precision.AT_MOST))
BOUNDS = _MORES | _LESSES | {Precision.NEARLY}
OPEN = frozenset((VerdictKind.UNVERIFIABLE, VerdictKind.CONTRADICTED))
SAID = RIGHT | {VerdictKind.OTHER_SOURCE, VerdictKind.STALE}
"""What a document says, now or once."""
TELLING = 100
"""How large a number tells."""
_FAR = Decimal(2)
"""How many times off a bound may be of what it is said of."""


@dataclass(frozen=True)
class Judgement:
    """Hold a fact that a number may be about, and what it is then."""

    fact: Fact
    kind: VerdictKind
    observation: Observation | None = None
    """The number of another document that it is."""
    why: Message = OVERLAPS
    """Why it is not judged, where it is not."""


def compare(mention: Mention, fact: Fact) -> Judgement:
    """Say what a number is if it is about a fact."""
    number, quantity = mention.number, fact.quantity
    if number.precision is Precision.EXACT and not UNITS[quantity.unit].resolution:
        number = replace(number, precision=Precision.ROUNDED)
    how = "apart" if _is_turned(number, fact) else lies(number, quantity)
    if number.unit == "percent" and number.text[0].isalpha():
        loosely = lies_in_words(number, quantity)
        how = loosely if fact.is_computed or (how, loosely) == ("apart", "") else how
    if quantity.precision is Precision.RANGE and number.readings[0].high is not None:
        how = _both_ends(number, quantity)
    if how == "inside" or is_as_printed(number, quantity):
        if number.precision in BOUNDS and not is_bound_within(number, quantity, _FAR):
            return Judgement(fact, VerdictKind.UNVERIFIABLE, why=FAR_FROM_KNOWN)
        return Judgement(fact, _right_kind(number, fact))
    others = [(other, other.quantity) for other in fact.others if other.quantity is not None]
    for other, printed in others:
        if lies(number, printed) == "inside" or is_as_printed(number, printed):
            is_older = other.known_on < fact.observations[0].known_on
            return Judgement(fact, VerdictKind.STALE if is_older else VerdictKind.OTHER_SOURCE, other)
    for other, printed in others:
        if lies(number, printed) == "overlapping" and is_surer(number, printed):
            return Judgement(fact, VerdictKind.STRONGER, other)
    is_nearly = quantity.precision is Precision.NEARLY or (
        quantity.precision in BOUNDS and number.precision is Precision.EXACT
    )
    is_nearly &= number.readings[0].value == quantity.value
    if how == "overlapping" or (how == "apart" and is_nearly):
        is_stronger = is_surer(number, quantity) or _is_beyond(number, quantity)
        return Judgement(fact, VerdictKind.STRONGER if is_stronger else VerdictKind.UNVERIFIABLE)
    return Judgement(fact, VerdictKind.CONTRADICTED if how == "apart" else VerdictKind.UNVERIFIABLE)


def is_bound_within(number: NumberInText, quantity: Quantity, times: Decimal) -> bool:
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
    if number.precision in BOUNDS:
        return VerdictKind.BOUND
    is_exact = number.precision is Precision.EXACT and fact.quantity.is_exact
    return VerdictKind.EXACT if is_exact else VerdictKind.ROUNDED


def is_surer(number: NumberInText, quantity: Quantity) -> bool:
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


def instead(judgement: Judgement, kinds: frozenset[VerdictKind], kind: VerdictKind) -> Judgement:
    """Give a judgement of some kinds another kind."""
    return replace(judgement, kind=kind) if judgement.kind in kinds else judgement


def settled(judgements: list[Judgement]) -> tuple[VerdictKind, Message | None]:
    """Say what a number is by all that it may be about: not judged where these judge it otherwise."""
    kinds = list(dict.fromkeys(judgement.kind for judgement in judgements))
    if not kinds:
        return VerdictKind.UNVERIFIABLE, NO_SUBJECT
    if len(kinds) == 1:
        return kinds[0], judgements[0].why if kinds[0] is VerdictKind.UNVERIFIABLE else None
    if all(kind in RIGHT for kind in kinds):
        return next(kind for kind in (VerdictKind.EXACT, *kinds) if kind in kinds), None
    subjects = {(o.fact.measure, o.fact.calls, o.fact.narrow) for o in judgements}
    if VerdictKind.CONTRADICTED in kinds and {*kinds} <= OPEN | {VerdictKind.STRONGER} and len(subjects) == 1:
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
    if not any(kind in RIGHT for kind in kinds) and VerdictKind.CONTRADICTED not in kinds:
        return kinds[0], None
    return VerdictKind.UNVERIFIABLE, SEVERAL
