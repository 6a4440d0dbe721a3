"""A number and how well it is known.

`Bounds` is the interval in which a number lies, and on what ground; `Quantity` is a number as a
document or a formula gives it, with its bounds, unit and precision. `HOUSE_RULES` is the one table
that says what "about", "nearly", "more than" and a rounded print imply. Arithmetic carries bounds
along: the interval of a sum contains the sum of any truths inside its parts. No words and no
rounding for readers here (`ennum_stats.wording`), and no data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from ennum_stats.errors import Unquotable, UsageError, message
from ennum_stats.vocabulary import UNITS, Basis, Precision, Reason

__all__ = [
    "HOUSE_RULES",
    "UNITS",
    "ZERO",
    "Basis",
    "Bounds",
    "HouseRule",
    "Precision",
    "Quantity",
    "Reason",
    "printed_bounds",
    "total",
]

ZERO = Decimal(0)
_INFINITY = Decimal("Infinity")
# Interval arithmetic rounds outwards, so that a bound is never narrower than the truth.
_DOWN = Context(prec=28, rounding=ROUND_FLOOR)
_UP = Context(prec=28, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hold the closed interval in which a number lies; `None` is an unknown end.

    >>> Bounds(Decimal(1), Decimal(2)) + Bounds(Decimal(10), None)
    Bounds(lower=Decimal('11'), upper=None, basis=<Basis.PROVED: 'proved'>)
    """

    lower: Decimal | None
    upper: Decimal | None
    basis: Basis = Basis.PROVED

    def __post_init__(self) -> None:
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"lower bound {self.lower} above upper bound {self.upper}")

    def __str__(self) -> str:
        low, high = ("…" if end is None else f"{end:f}" for end in (self.lower, self.upper))
        return f"{low} – {high}"

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Return both ends, an unknown one as infinity."""
        return (
            -_INFINITY if self.lower is None else self.lower,
            _INFINITY if self.upper is None else self.upper,
        )

    @property
    def width(self) -> Decimal:
        """Return upper less lower; infinity where an end is unknown."""
        low, high = self.ends
        return high - low

    def contains(self, number: Decimal) -> bool:
        """Tell whether `number` may be the truth."""
        low, high = self.ends
        return low <= number <= high

    def overlaps(self, other: Bounds) -> bool:
        """Tell whether one number can satisfy both: two documents are then compatible."""
        return self.ends[0] <= other.ends[1] and other.ends[0] <= self.ends[1]

    def exceeds(self, other: Bounds) -> bool:
        """Tell whether the number is more than the other one, whatever both are."""
        return self.ends[0] > other.ends[1]

    def distance(self, other: Bounds) -> Decimal:
        """Return how far the nearest ends lie apart; 0 where the intervals overlap."""
        return max(self.ends[0] - other.ends[1], other.ends[0] - self.ends[1], ZERO)

    def intersection(self, other: Bounds) -> Bounds:
        """Return the numbers that lie in both; raise `ValueError` where there are none."""
        return _bounds(max(self.ends[0], other.ends[0]), min(self.ends[1], other.ends[1]), self._with(other))

    def hull(self, other: Bounds) -> Bounds:
        """Return the smallest interval around both readings of a text that allows two."""
        return _bounds(min(self.ends[0], other.ends[0]), max(self.ends[1], other.ends[1]), self._with(other))

    def __add__(self, other: Bounds) -> Bounds:
        (a, b), (c, d) = self.ends, other.ends
        return _bounds(_DOWN.add(a, c), _UP.add(b, d), self._with(other))

    def __sub__(self, other: Bounds) -> Bounds:
        (a, b), (c, d) = self.ends, other.ends
        return _bounds(_DOWN.subtract(a, d), _UP.subtract(b, c), self._with(other))

    def __mul__(self, other: Bounds) -> Bounds:
        low = min(_times(_DOWN, a, b) for a in self.ends for b in other.ends)
        high = max(_times(_UP, a, b) for a in self.ends for b in other.ends)
        return _bounds(low, high, self._with(other))

    def __truediv__(self, other: Bounds) -> Bounds:
        c, d = other.ends
        if c <= 0 <= d:
            return self._over_interval_with_zero(other)
        low = min(_over(_DOWN, a, b) for a in self.ends for b in other.ends)
        high = max(_over(_UP, a, b) for a in self.ends for b in other.ends)
        return _bounds(low, high, self._with(other))

    def _over_interval_with_zero(self, other: Bounds) -> Bounds:
        """Divide by an interval that begins at zero: of a / b with b >= 0 only a lower end is known."""
        (low, _), (c, d) = self.ends, other.ends
        if c < 0 or low < 0 or d == 0:
            return Bounds(None, None, self._with(other))
        return _bounds(_over(_DOWN, low, d), _INFINITY, self._with(other))

    def _with(self, other: Bounds) -> Basis:
        return Basis.CONVENTION if Basis.CONVENTION in (self.basis, other.basis) else Basis.PROVED


def _bounds(low: Decimal, high: Decimal, basis: Basis) -> Bounds:
    return Bounds(None if low.is_infinite() else low, None if high.is_infinite() else high, basis)


def _times(context: Context, a: Decimal, b: Decimal) -> Decimal:
    return ZERO if a == 0 or b == 0 else context.multiply(a, b)


def _over(context: Context, a: Decimal, b: Decimal) -> Decimal:
    if b.is_infinite():
        return ZERO
    return context.divide(a, b)


@dataclass(frozen=True)
class HouseRule:
    """Declare what one way of printing a number implies: its interval, and whether that is proved."""

    precision: Precision
    basis: Basis
    interval: Callable[[Decimal, Decimal, Decimal], tuple[Decimal | None, Decimal | None]]
    meaning: str
    """The rule in a sentence, in English; `ennum rules` prints it translated."""


# interval(value, step, resolution): `resolution` is 1 for counts, a cent for money, 0 for ratios.
HOUSE_RULES: dict[Precision, HouseRule] = {
    rule.precision: rule
    for rule in (
        HouseRule(
            Precision.EXACT, Basis.PROVED, lambda v, s, r: (v, v),
            "A number printed in full is that number.",
        ),
        HouseRule(
            Precision.ROUNDED, Basis.PROVED, lambda v, s, r: (v - s / 2, v + s / 2),
            "A rounded print lies within half of its last certain place, on either side.",
        ),
        HouseRule(
            Precision.ABOUT, Basis.CONVENTION, lambda v, s, r: (v - s / 2, v + s / 2),
            "“About” reaches half of the last certain place, on either side: our convention.",
        ),
        HouseRule(
            Precision.NEARLY, Basis.CONVENTION, lambda v, s, r: (v - s, v - r),
            "“Nearly” lies below the number, by at most one last certain place: our convention.",
        ),
        HouseRule(
            Precision.MORE_THAN, Basis.PROVED, lambda v, s, r: (v + r, None),
            "“More than” lies above the number; how far above is not known.",
        ),
        HouseRule(
            Precision.LESS_THAN, Basis.PROVED, lambda v, s, r: (ZERO, v - r),
            "“Less than” lies below the number; how far below is not known.",
        ),
        HouseRule(
            Precision.AT_LEAST, Basis.PROVED, lambda v, s, r: (v, None),
            "“At least” is the number or more.",
        ),
        HouseRule(
            Precision.AT_MOST, Basis.PROVED, lambda v, s, r: (ZERO, v),
            "“At most” is the number or less.",
        ),
    )
}  # fmt: skip


def printed_bounds(value: Decimal, step: Decimal | None, precision: Precision, unit: str) -> Bounds:
    """Return the interval that a printed number implies under the house rules.

    >>> printed_bounds(Decimal(1700), Decimal(100), Precision.MORE_THAN, "etablissements").lower
    Decimal('1701')
    """
    rule = HOUSE_RULES[precision]
    lower, upper = rule.interval(value, step or ZERO, UNITS[unit].resolution or ZERO)
    if lower is not None and lower < 0 <= value:
        lower = ZERO
    return Bounds(lower, upper, rule.basis)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold a number with its bounds, unit and precision.

    `value` is `None` where only bounds are known, never a midpoint. `float()` refuses a quantity that is
    not exact.
    """

    value: Decimal | None
    bounds: Bounds
    unit: str
    precision: Precision

    @classmethod
    def printed(
        cls, value: Decimal, unit: str, precision: Precision, step: Decimal | None = None
    ) -> Quantity:
        """Make a number as a document prints it."""
        return cls(value, printed_bounds(value, step, precision, unit), unit, precision)

    @classmethod
    def exact(cls, value: Decimal | int, unit: str) -> Quantity:
        """Make a number that is known in full."""
        return cls.printed(Decimal(value), unit, Precision.EXACT)

    @classmethod
    def derived(cls, value: Decimal | None, bounds: Bounds, unit: str) -> Quantity:
        """Make a computed number; its precision follows from value and bounds."""
        return cls(value, bounds, unit, _derived_precision(value, bounds))

    @property
    def point(self) -> Decimal | None:
        """Return the value where it may be the truth: "more than 1,700" is only a bound, no number.

        >>> Quantity.printed(Decimal(1700), "projects", Precision.MORE_THAN).point is None
        True
        """
        return self.value if self.value is not None and self.bounds.contains(self.value) else None

    @property
    def is_exact(self) -> bool:
        """Tell whether value and both ends are one number."""
        return self.value is not None and self.bounds.lower == self.bounds.upper == self.value

    def __float__(self) -> float:
        if not self.is_exact or self.value is None:
            raise Unquotable(
                message("Only bounds of this number are known ({bounds}).", bounds=self.bounds),
                remedy=message("Use its value, lower and upper, or its words."),
            )
        return float(self.value)

    def _same_unit(self, other: Quantity) -> str:
        if self.unit != other.unit:
            raise UsageError(
                message("“{one}” and “{other}” cannot be added.", one=self.unit, other=other.unit)
            )
        return self.unit

    def __add__(self, other: Quantity) -> Quantity:
        value = None if self.value is None or other.value is None else self.value + other.value
        return Quantity.derived(value, self.bounds + other.bounds, self._same_unit(other))

    def __sub__(self, other: Quantity) -> Quantity:
        value = None if self.value is None or other.value is None else self.value - other.value
        return Quantity.derived(value, self.bounds - other.bounds, self._same_unit(other))

    def times(self, other: Quantity, unit: str) -> Quantity:
        """Return the product, in `unit`."""
        value = None if self.value is None or other.value is None else self.value * other.value
        return Quantity.derived(value, self.bounds * other.bounds, unit)

    def over(self, other: Quantity, unit: str) -> Quantity:
        """Return the ratio, in `unit` ("share", "EUR/project", or "EUR" where francs meet a rate)."""
        value = None
        if self.value is not None and other.value:
            value = self.value / other.value
            if self.is_exact and other.is_exact:
                return Quantity(value, Bounds(value, value), unit, Precision.EXACT)
        return Quantity.derived(value, self.bounds / other.bounds, unit)

    def share_beside(self, rest: Quantity) -> Quantity:
        """Return the share of a part in the whole that it makes with the rest; both are 0 or more.

        >>> Quantity.exact(1, "projects").share_beside(Quantity.exact(3, "projects")).value
        Decimal('0.25')
        """
        whole = self + rest
        value = self.value / whole.value if self.value is not None and whole.value else None
        if whole.is_exact and self.is_exact and value is not None:
            return Quantity(value, Bounds(value, value), "share", Precision.EXACT)
        (low, high), (least, most) = self.bounds.ends, rest.bounds.ends
        lower = _over(_DOWN, low, _UP.add(low, most)) if low > 0 else ZERO
        upper = Decimal(1) if high.is_infinite() else _over(_UP, high, _DOWN.add(high, least) or Decimal(1))
        basis = (self.bounds + rest.bounds).basis
        return Quantity.derived(value, Bounds(lower, upper, basis), "share")

    def within(self, limits: Bounds) -> Quantity:
        """Narrow the number to `limits`: a share is at most 1."""
        return Quantity(self.value, self.bounds.intersection(limits), self.unit, self.precision)


def _derived_precision(value: Decimal | None, bounds: Bounds) -> Precision:
    low, high = bounds.ends
    if value is None or (low.is_infinite() and high.is_infinite()):
        return Precision.RANGE
    if low == high == value:
        return Precision.EXACT
    if high.is_infinite():
        return Precision.MORE_THAN if low > value else Precision.AT_LEAST
    if value > high:
        return Precision.LESS_THAN if low.is_infinite() or low == 0 else Precision.NEARLY
    if low.is_infinite() or low == 0 < value == high:
        return Precision.AT_MOST
    return Precision.ROUNDED if bounds.basis is Basis.PROVED else Precision.ABOUT


def total(quantities: list[Quantity], unit: str) -> Quantity:
    """Add them all; of none, the sum is 0."""
    result = Quantity.exact(0, unit)
    for quantity in quantities:
        result = result + quantity
    return result
