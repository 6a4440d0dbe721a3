"""Bounds, house rules and interval arithmetic. Expected values are typed from issue 3 and the press
kit of January 2020, or follow from arithmetic done by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ennum_stats.errors import Unquotable, UsageError
from ennum_stats.quantities import (
    HOUSE_RULES,
    UNITS,
    Basis,
    Bounds,
    Precision,
    Quantity,
    printed_bounds,
    total,
)

PROVED, CONVENTION = Basis.PROVED, Basis.CONVENTION


# --- the house rules ------------------------------------------------------------------------------

# value, step, precision, unit -> lower, upper, basis
RULES = [
    ("1709", "1", "exact", "projects", "1709", "1709", PROVED),
    ("462948", "1", "exact", "EUR", "462948", "462948", PROVED),
    # 85 millions is printed to the million
    ("85000000", "1000000", "rounded", "EUR", "84500000", "85500000", PROVED),
    ("6850000", "10000", "rounded", "EUR", "6845000", "6855000", PROVED),
    ("3800", "100", "about", "implantations", "3750", "3850", CONVENTION),
    ("2400", "100", "nearly", "teams", "2300", "2399", CONVENTION),
    ("25000000", "1000000", "nearly", "EUR", "24000000", "24999999.99", CONVENTION),
    # counts are whole: more than 1,700 is at least 1,701
    ("1700", "100", "more_than", "etablissements", "1701", None, PROVED),
    ("137000000", "1000000", "more_than", "EUR", "137000000.01", None, PROVED),
    ("10", "1", "less_than", "projects", "0", "9", PROVED),
    ("500", "1", "at_least", "projects", "500", None, PROVED),
    ("15", "1", "at_most", "pupils/computer", "0", "15", PROVED),
    # nothing that is counted is less than 0
    ("2", "10", "about", "persons", "0", "7", CONVENTION),
]


@pytest.mark.parametrize(("value", "step", "precision", "unit", "lower", "upper", "basis"), RULES)
def test_a_print_implies_its_interval(value, step, precision, unit, lower, upper, basis):
    bounds = printed_bounds(Decimal(value), Decimal(step), Precision(precision), unit)
    ends = (None if end is None else Decimal(end) for end in (lower, upper))
    assert bounds == Bounds(*ends, basis)


def test_every_precision_but_a_range_has_a_rule():
    assert set(HOUSE_RULES) == set(Precision) - {Precision.RANGE}
    assert all(rule.meaning for rule in HOUSE_RULES.values())


def test_what_is_agreed_is_not_proved():
    agreed = {p for p, rule in HOUSE_RULES.items() if rule.basis is CONVENTION}
    assert agreed == {Precision.ABOUT, Precision.NEARLY}


# --- the figures of the kit -----------------------------------------------------------------------


def eur(value, precision=Precision.EXACT, step=1):
    return Quantity.printed(Decimal(value), "EUR", precision, Decimal(step))


def en_budget():
    exact = [104880, 539500, 3424546, 7260658, 6910088]
    return total([eur(v) for v in exact] + [eur(6825000, Precision.ROUNDED, 1000)], "EUR")


def test_budget_of_the_six_calls_proves_more_than_25_million():
    budget = en_budget()
    assert budget.value == 25064672
    assert budget.bounds == Bounds(Decimal(25064172), Decimal(25065172))
    assert budget.precision is Precision.ROUNDED


def test_total_investment_is_consistent_with_137_million_but_not_proved():
    francs = Quantity.printed(Decimal(805000000), "BEF", Precision.ROUNDED, Decimal(1000000))
    rate = Quantity.exact(Decimal("40.3399"), "EUR")
    cyberecole = francs.over(rate, "EUR")
    assert round(cyberecole.value, 2) == Decimal("19955428.74")
    whole = total([cyberecole, eur(85000000, Precision.ROUNDED, 1000000), en_budget(), eur(7124359)], "EUR")
    millions = [round(n / 1000000, 2) for n in (whole.bounds.lower, whole.bounds.upper)]
    assert millions == [Decimal("136.63"), Decimal("137.66")]
    assert round(whole.value / 1000000, 3) == Decimal("137.144")
    assert whole.bounds.lower < 137000000 < whole.bounds.upper


def test_more_than_1700_and_more_than_540_are_more_than_2240():
    both = total(
        [
            Quantity.printed(Decimal(n), "etablissements", Precision.MORE_THAN, Decimal(10))
            for n in (1700, 540)
        ],
        "etablissements",
    )
    assert both.value == 2240
    assert both.bounds == Bounds(Decimal(2242), None)
    assert both.precision is Precision.MORE_THAN


def test_convention_is_contagious():
    sites = Quantity.printed(Decimal(3000), "implantations", Precision.ABOUT, Decimal(1000))
    coverage = sites.over(Quantity.exact(3800, "implantations"), "share")
    assert coverage.bounds.basis is CONVENTION
    assert coverage.precision is Precision.ABOUT


def test_a_bounded_number_refuses_to_be_one_number():
    assert float(Quantity.exact(1709, "projects")) == 1709
    with pytest.raises(Unquotable):
        float(en_budget())
    with pytest.raises(TypeError, match="25064172 – 25065172"):
        float(en_budget())


def test_unlike_units_are_not_added():
    with pytest.raises(UsageError):
        Quantity.exact(1, "EUR") + Quantity.exact(1, "BEF")
    with pytest.raises(ValueError, match="projects"):
        Quantity.exact(1, "projects") - Quantity.exact(1, "persons")


@pytest.mark.parametrize(
    ("value", "lower", "upper", "precision"),
    [
        (None, "1", "2", Precision.RANGE),
        ("5", None, None, Precision.RANGE),  # a value without any bound is worth nothing
        ("5", "5", "5", Precision.EXACT),
        ("5", "6", None, Precision.MORE_THAN),
        ("5", "5", None, Precision.AT_LEAST),
        ("5", "4", None, Precision.AT_LEAST),
        ("5", "0", "5", Precision.AT_MOST),
        ("5", None, "5", Precision.AT_MOST),
        ("30", "0", "28", Precision.LESS_THAN),  # less than 10 and less than 20
        ("100", None, "99", Precision.LESS_THAN),
        ("2410", "2310", "2409", Precision.NEARLY),  # nearly 2,400 and 10
        ("5", "4", "6", Precision.ROUNDED),
    ],
)
def test_a_computed_number_keeps_the_words_of_its_parts(value, lower, upper, precision):
    ends = (None if end is None else Decimal(end) for end in (lower, upper))
    number = None if value is None else Decimal(value)
    assert Quantity.derived(number, Bounds(*ends), "projects").precision is precision


def test_a_lower_bound_above_the_upper_is_refused():
    with pytest.raises(ValueError, match="above"):
        Bounds(Decimal(2), Decimal(1))


def test_every_unit_is_known_by_its_code():
    assert all(code == unit.code for code, unit in UNITS.items())
    assert UNITS["EUR"].is_money
    assert UNITS["BEF"].is_money
    assert UNITS["share"].resolution is None


# --- arithmetic -----------------------------------------------------------------------------------

numbers = st.decimals(-(10**9), 10**9, places=2)


@st.composite
def intervals(draw):
    """An interval, ends known or not, with a truth inside it."""
    low, truth, high = sorted(draw(st.lists(numbers, min_size=3, max_size=3)))
    if draw(st.booleans()):
        low = truth
    lower = draw(st.sampled_from([low, low, low, None]))
    upper = draw(st.sampled_from([high, high, high, None]))
    return Bounds(lower, upper, draw(st.sampled_from(list(Basis)))), truth


def holds(bounds, truth: Fraction) -> bool:
    above = bounds.lower is None or Fraction(bounds.lower) <= truth
    return above and (bounds.upper is None or truth <= Fraction(bounds.upper))


@given(intervals(), intervals())
def test_the_interval_of_a_result_contains_the_result_of_any_truths(one, other):
    (a, x), (b, y) = one, other
    x, y = Fraction(x), Fraction(y)
    assert holds(a + b, x + y)
    assert holds(a - b, x - y)
    assert holds(a * b, x * y)
    if y:
        assert holds(a / b, x / y)


@given(st.lists(intervals(), max_size=6))
def test_the_interval_of_a_total_contains_the_sum_of_any_truths(parts):
    quantities = [Quantity.derived(None, bounds, "EUR") for bounds, _ in parts]
    truth = sum((Fraction(truth) for _, truth in parts), Fraction(0))
    assert holds(total(quantities, "EUR").bounds, truth)


def inside(narrow, wide) -> bool:
    return wide.ends[0] <= narrow.ends[0] and narrow.ends[1] <= wide.ends[1]


@given(intervals(), intervals(), st.fractions(0, 1), st.fractions(0, 1))
def test_a_narrower_input_never_gives_a_wider_output(one, other, from_below, from_above):
    (wide, truth), (b, _) = one, other
    lower = truth if wide.lower is None else _towards(wide.lower, truth, from_below)
    upper = truth if wide.upper is None else _towards(wide.upper, truth, from_above)
    narrow = Bounds(lower, upper, wide.basis)
    assume(inside(narrow, wide))
    assert inside(narrow + b, wide + b)
    assert inside(narrow - b, wide - b)
    assert inside(b - narrow, b - wide)
    assert inside(narrow * b, wide * b)
    assert inside(narrow / b, wide / b)
    assert inside(b / narrow, b / wide)


def _towards(end, truth, part):
    return end + (truth - end) * Decimal(part.numerator) / Decimal(part.denominator)


@given(intervals(), intervals())
def test_a_result_rests_on_the_weaker_ground(one, other):
    (a, _), (b, _) = one, other
    weaker = CONVENTION if CONVENTION in (a.basis, b.basis) else PROVED
    assert {(a + b).basis, (a - b).basis, (a * b).basis, (a / b).basis} == {weaker}


@given(intervals(), intervals())
def test_distance_is_nothing_exactly_where_two_sides_are_compatible(one, other):
    (a, _), (b, _) = one, other
    assert (a.distance(b) == 0) == a.overlaps(b)
    if a.overlaps(b):
        both = a.intersection(b)
        assert inside(both, a)
        assert inside(both, b)
    assert inside(a, a.hull(b))
    assert inside(b, a.hull(b))


@given(
    st.integers(0, 10**9),
    st.sampled_from([1, 10, 100, 1000]),
    st.sampled_from([p for p in Precision if p is not Precision.RANGE]),
    st.sampled_from(["projects", "EUR", "share"]),
)
def test_no_print_implies_an_impossible_interval(value, step, precision, unit):
    assume(value > 0)
    bounds = printed_bounds(Decimal(value), Decimal(step), precision, unit)
    assert bounds.lower is None or bounds.lower >= 0
    assert bounds.upper is None or bounds.lower is None or bounds.lower <= bounds.upper


# --- shares ---------------------------------------------------------------------------------------


@given(st.tuples(*[st.fractions(0, 1000)] * 4), st.tuples(*[st.fractions(0, 1)] * 2))
def test_the_share_of_any_truths_lies_in_the_bounds_of_the_share(ends, places):
    (low, high), (least, most) = sorted(ends[:2]), sorted(ends[2:])
    part, rest = (low + (high - low) * places[0], least + (most - least) * places[1])
    assume(part + rest > 0)
    one, other = (
        Quantity.derived(None, Bounds(_whole(first, down=True), _whole(last, down=False)), "EUR")
        for first, last in ((low, high), (least, most))
    )
    share = one.share_beside(other)
    lower, upper = (Fraction(end) for end in share.bounds.ends)
    assert 0 <= lower <= part / (part + rest) <= upper <= 1


def _whole(number, *, down):
    """The next whole number: bounds may be wider than the truth, never narrower."""
    return Decimal(
        number.numerator // number.denominator if down else -(-number.numerator // number.denominator)
    )


def test_parts_known_in_full_have_exact_shares_that_make_one():
    # The winners of the six calls of the kit.
    parts = [Quantity.exact(n, "projects") for n in (28, 72, 210, 570, 326, 503)]
    shares = [
        one.share_beside(total([*parts[:n], *parts[n + 1 :]], "projects")) for n, one in enumerate(parts)
    ]
    assert all(share.bounds.lower == share.bounds.upper == share.value for share in shares)
    assert sum(Fraction(n, 1709) for n in (28, 72, 210, 570, 326, 503)) == 1
    assert [round(float(share.value), 6) for share in shares] == [
        round(n / 1709, 6) for n in (28, 72, 210, 570, 326, 503)
    ]


def test_what_has_more_digits_than_are_computed_is_rounded_outwards():
    """A sum, a difference and a quotient whose digits go on: the true number stays between its bounds."""
    one, small, three = (Bounds(Decimal(n), Decimal(n)) for n in ("1", "1E-60", "3"))
    for found, true in (
        (one + small, Fraction(1) + Fraction(1, 10**60)),
        (one - small, Fraction(1) - Fraction(1, 10**60)),
        (one / three, Fraction(1, 3)),
        (Bounds(Decimal(2), Decimal(2)) / three, Fraction(2, 3)),
    ):
        assert Fraction(found.lower) < true < Fraction(found.upper)
