"""Whether a number of a text agrees with a known one: two intervals, what is stated and what is known."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import product

from ennum_stats.quantities import Bounds, Quantity
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.vocabulary import Precision
from ennum_stats.wording import currency_of

_HUNDRED = Decimal(100)
_IN_WORDS, _APART = Decimal("0.1"), Decimal("0.15")
"""Words such as "un tiers" hold within a tenth of what they say, and are wrong where they are off by 15 % or more."""
_SHARES = ("share", "percent")


def lies(number: NumberInText, known: Quantity) -> str:
    """Say how the bounds of a known number lie to those that a text states: "inside", "apart" or "overlapping"; nothing
    where the units differ. Of several readings, the one that agrees best.
    """
    if not same_unit(number, known.unit):
        return ""
    results = {
        _between(stated.bounds, in_percent(known))
        for stated in number.quantities("percent" if known.unit in _SHARES else known.unit)
    }
    if number.precision is Precision.NEARLY and all(
        2 * in_percent(known).ends[1] < reading.value for reading in number.readings
    ):
        return "apart"  # "près de 100 000" is not 10,000, however wide its last digit is
    return next((result for result in ("inside", "overlapping", "apart") if result in results), "")


def lies_in_words(number: NumberInText, known: Quantity) -> str:
    """Say how a known number lies to a share in words, as `lies` does: "la moitié" holds within a tenth."""
    words, (low, high) = number.readings[0].value, in_percent(known).ends
    if number.precision in (Precision.MORE_THAN, Precision.AT_LEAST):
        return "inside" if low > words else "apart" if high < words else ""
    if number.precision is Precision.LESS_THAN:
        return "inside" if high < words else "apart" if low > words else ""
    if words * (1 - _IN_WORDS) <= low and high <= words * (1 + _IN_WORDS):
        return "inside"
    return "apart" if high < words * (1 - _APART) or low > words * (1 + _APART) else ""


def is_as_printed(number: NumberInText, quantity: Quantity) -> bool:
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


def is_miswritten(number: NumberInText, known: Quantity) -> bool:
    """Tell whether a number is a known one but for one slip of the pen: two digits exchanged, one other, one too many
    or too few, the point elsewhere. It then tells what was meant nearly as well as its words do."""
    from rapidfuzz.distance import OSA  # seldom needed

    if not same_unit(number, known.unit):
        return False
    printed = known.value if known.unit != "share" or known.value is None else known.value * _HUNDRED
    ends = in_percent(known).ends if known.precision is Precision.RANGE or printed is None else ()
    right = {abs(end) for end in (*ends, printed) if end and end.is_finite()}
    for stated, end in product((abs(reading.value) for reading in number.readings if reading.value), right):
        digits = "".join(map(str, stated.normalize().as_tuple().digits))
        shown = str(round(end.scaleb(len(digits) - 1 - end.adjusted())))
        scale = stated.adjusted() - end.adjusted()
        if scale and digits == shown and (len(digits) > 1 or scale % 3 == 0):
            return True
        if not scale and len(digits) > 1 and OSA.distance(digits, shown) == 1:
            return True
        whole, of_known = f"{stated:.0f}", f"{end:.0f}"
        if not number.unit and len(whole) != len(of_known) > 1 and OSA.distance(whole, of_known) == 1:
            return True
    return False


def is_telling(number: NumberInText, *, is_named: bool) -> bool:
    """Tell whether a number has so many digits that few others are a slip of the pen away from it; fewer tell enough
    where its subject is named."""
    first = number.readings[0]
    shown = first.value.adjusted() - first.step.adjusted() + 1
    is_long = shown > 2 or (is_named and first.value >= 1000)
    return first.high is None and is_long and len(first.value.normalize().as_tuple().digits) > 1


def same_unit(number: NumberInText, unit: str) -> bool:
    """Tell whether a number may be one of a unit: an amount of an amount, a share of a share, a count of a count."""
    written = written_unit(unit)
    is_bare_amount = not number.unit and currency_of(written) and number.readings[0].value >= 1000
    return written == number.unit or bool(is_bare_amount)


@cache
def written_unit(unit: str) -> str:
    """Give what a text writes of a unit: the currency of an amount, "percent" of a share; nothing of a count, whose
    noun says what it is of."""
    return "percent" if unit in _SHARES else currency_of(unit)


def in_percent(known: Quantity) -> Bounds:
    """Give the bounds of a known number, those of a share in percent."""
    if known.unit != "share":
        return known.bounds
    low, high = known.bounds.lower, known.bounds.upper
    return Bounds(
        None if low is None else low * _HUNDRED, None if high is None else high * _HUNDRED, known.bounds.basis
    )


def _only_touch(first: Bounds, second: Bounds) -> bool:
    """Tell whether two intervals have but an end in common: 85 and 86 million, both rounded."""
    (low, high), (other_low, other_high) = first.ends, second.ends
    return low < high and other_low < other_high and (low == other_high or high == other_low)


def _between(stated: Bounds, known: Bounds) -> str:
    if not stated.overlaps(known) or _only_touch(stated, known):
        return "apart"
    inside = stated.ends[0] <= known.ends[0] and known.ends[1] <= stated.ends[1]
    return "inside" if inside else "overlapping"
