"""Whether a number of a text agrees with a known one: two intervals, what is stated and what is known."""

from __future__ import annotations

from decimal import Decimal

from ennum_stats.quantities import Bounds, Quantity
from ennum_stats.reading.quantities import NumberInText

_HUNDRED = Decimal(100)
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
    return next((result for result in ("inside", "overlapping", "apart") if result in results), "")


def same_unit(number: NumberInText, unit: str) -> bool:
    """Tell whether a number may be one of a unit: an amount of an amount, a share of a share, a count of a count."""
    if number.unit == "percent":
        return unit in _SHARES
    if number.unit in ("EUR", "BEF"):
        return unit.partition("/")[0] == number.unit
    return unit not in _SHARES and (
        unit.partition("/")[0] not in ("EUR", "BEF") or number.readings[0].value >= 1000
    )


def in_percent(known: Quantity) -> Bounds:
    """Give the bounds of a known number, those of a share in percent."""
    if known.unit != "share":
        return known.bounds
    low, high = known.bounds.lower, known.bounds.upper
    return Bounds(
        None if low is None else low * _HUNDRED, None if high is None else high * _HUNDRED, known.bounds.basis
    )


def _between(stated: Bounds, known: Bounds) -> str:
    if not stated.overlaps(known):
        return "apart"
    inside = stated.ends[0] <= known.ends[0] and known.ends[1] <= stated.ends[1]
    return "inside" if inside else "overlapping"
