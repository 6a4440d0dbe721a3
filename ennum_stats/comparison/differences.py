"""How far two numbers lie apart: their difference and ratio, each with bounds, and which is larger.

Any truths inside the bounds of both numbers give a difference and a ratio inside the bounds told here, and
nothing narrower is told than that: where the bounds of two numbers overlap, it is not known which is
larger. Only what two numbers provably share narrows it: shares of one whole, or a sum that grew out of the
other.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ennum_stats.errors import Message, message
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing, combined
from ennum_stats.vocabulary import UNITS
from ennum_stats.wording.amounts import PERCENT_POINTS, SHARE_POINTS, TIMES

_POINTS = {"share": SHARE_POINTS, "percent": PERCENT_POINTS}
_ONE = Decimal(1)

NOTHING_TO_DIVIDE_BY = message("There is no ratio to a number that may be zero.")
NO_RATIO_OF_CHANGES = message("There is no ratio of numbers that may be below zero.")
UNITS_DIFFER = message("the units differ ({one}, {other})")


class Order(StrEnum):
    """Say what is known of which of two numbers is larger: the compared one, or the one it is compared
    with."""

    MORE = "more"
    LESS = "less"
    EQUAL = "equal"
    NOT_LESS = "not_less"
    NOT_MORE = "not_more"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Difference:
    """Hold what a number is more than another one (less, where it is below zero), and how many times as much.

    The ratio is missing where there is none: nothing can be divided by zero, or by what may be below it.
    """

    amount: Known
    ratio: Answer

    @property
    def order(self) -> Order:
        """Which of the two is larger, as far as that is known."""
        low, high = self.amount.quantity.bounds.ends
        if low == high == 0:
            return Order.EQUAL
        if low >= 0:
            return Order.MORE if low > 0 else Order.NOT_LESS
        if high <= 0:
            return Order.LESS if high < 0 else Order.NOT_MORE
        return Order.NOT_KNOWN


@dataclass(frozen=True)
class NotCompared:
    """Say why two numbers have no difference: one is missing, or they are not of the same kind."""

    reason: Message
    is_missing: bool = False
    """Whether a number is missing, and not of another kind."""


@dataclass(frozen=True)
class Shared:
    """Hold what two numbers provably have in common.

    Of two shares of one whole, `parts` are what of it each is, and `whole` is the whole: their ratio is
    that of the parts, however large the whole. `growth` bounds the difference by itself: what was added to
    a sum.
    """

    parts: tuple[Answer, Answer] | None = None
    whole: Answer | None = None
    growth: Bounds | None = None


def difference(other: Answer, base: Answer, shared: Shared | None = None) -> Difference | NotCompared:
    """Compare a number with another one, the base; or say why they cannot be compared.

    >>> from ennum_stats.quantities import Quantity
    >>> a, b = (Known(Quantity.exact(n, "projects")) for n in (503, 326))
    >>> difference(a, b).amount.quantity.value
    Decimal('177')
    """
    for answer in (other, base):
        if isinstance(answer, Missing):
            return NotCompared(answer.reason.label, is_missing=True)
    assert isinstance(other, Known)
    assert isinstance(base, Known)
    if other.quantity.unit != base.quantity.unit:
        units = [Message(UNITS[number.quantity.unit].label) for number in (other, base)]
        return NotCompared(message(UNITS_DIFFER.text, one=units[0], other=units[1]))
    shared = shared or Shared()
    amount = combined(lambda a, b: _amount(a, b, shared), other, base)
    assert isinstance(amount, Known)
    return Difference(amount, _ratio(other, base, amount, shared))


def _amount(other: Quantity, base: Quantity, shared: Shared) -> Quantity:
    bounds = _counted(other) - _counted(base)
    if shared.growth is not None:
        bounds = _narrowed(bounds, shared.growth)
    part, rest, whole = _shares(shared)
    if part and rest and whole:
        bounds = _narrowed(bounds, (part - rest) / whole)
    a, b = other.point, base.point
    value = a - b if a is not None and b is not None else None
    return Quantity.derived(
        value if value is not None and bounds.contains(value) else None,
        bounds,
        _POINTS.get(other.unit, other.unit),
    )


def _ratio(other: Known, base: Known, amount: Known, shared: Shared) -> Answer:
    """Divide by the base; also one more than the difference is of the base, which is narrower where the
    difference is known better than both numbers."""
    low, _ = base.quantity.bounds.ends
    if low < 0 or other.quantity.bounds.ends[0] < 0:
        return _no_ratio(NO_RATIO_OF_CHANGES)
    if low == 0:
        return _no_ratio(NOTHING_TO_DIVIDE_BY)

    def divided(a: Quantity, b: Quantity) -> Quantity:
        above, below = _counted(a), _counted(b)
        bounds = above / below
        if shared.growth is not None:
            grown = Bounds(_ONE, _ONE) + amount.quantity.bounds / below
            bounds = _narrowed(bounds, grown)
        part, rest, _ = _shares(shared)
        if part and rest and rest.ends[0] > 0:
            bounds = _narrowed(bounds, part / rest)
        value = a.point / b.point if a.point is not None and b.point else None
        if a.is_exact and b.is_exact and value is not None:
            return Quantity.derived(value, Bounds(value, value), TIMES)
        is_inside = value is not None and bounds.contains(value)
        return Quantity.derived(value if is_inside else None, bounds, TIMES)

    return combined(divided, other, base)


def _no_ratio(why: Message) -> Missing:
    return Missing(Reason.NOT_APPLICABLE, caveats=(why,))


def _shares(shared: Shared) -> tuple[Bounds | None, ...]:
    """Bound two parts and their whole; nothing where one is not known."""
    answers = (*(shared.parts or (None, None)), shared.whole)
    return tuple(_counted(answer.quantity) if isinstance(answer, Known) else None for answer in answers)


def _counted(quantity: Quantity) -> Bounds:
    """Give the bounds of a number; of what is counted whole, between whole numbers."""
    bounds = quantity.bounds
    unit = UNITS.get(quantity.unit)
    if unit is None or unit.resolution != 1:
        return bounds
    low = None if bounds.lower is None else bounds.lower.to_integral_value("ROUND_CEILING")
    high = None if bounds.upper is None else bounds.upper.to_integral_value("ROUND_FLOOR")
    if low is not None and high is not None and low > high:
        return bounds
    return Bounds(low, high, bounds.basis)


def _narrowed(bounds: Bounds, known: Bounds) -> Bounds:
    """Give the numbers in both; the wider ones where documents contradict each other, and there are none."""
    return bounds.intersection(known) if bounds.overlaps(known) else bounds
