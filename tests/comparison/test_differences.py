"""Differences and ratios contain the truth, whatever it is inside the bounds, and say no more than that."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ennum_stats.comparison.differences import Difference, NotCompared, Order, Shared, difference
from ennum_stats.quantities import Basis, Bounds, Quantity, Reason
from ennum_stats.store.answers import Known, Missing

numbers = st.integers(0, 10_000).map(Decimal)


def known(low, high, unit="EUR", value=None, basis=Basis.PROVED):
    ends = (None if end is None else Decimal(end) for end in (low, high))
    return Known(Quantity.derived(None if value is None else Decimal(value), Bounds(*ends, basis), unit))


def exact(number, unit="projects"):
    return Known(Quantity.exact(number, unit))


@st.composite
def truths(draw, unit="EUR"):
    """A number as it is, and an answer whose bounds hold it, open or closed."""
    low, truth, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    ends = (draw(st.sampled_from((low, low, truth))), draw(st.sampled_from((high, None, truth))))
    value = draw(st.sampled_from((None, truth)))
    return truth, known(*ends, unit, value)


def inside(truth, bounds):
    """Whether a fraction lies between bounds, to the last of their 28 figures."""
    low, high = bounds.ends
    last = abs(truth) / 10**27  # a third has no end in decimals
    return (low.is_infinite() or Fraction(low) - last <= truth) and (
        high.is_infinite() or truth <= Fraction(high) + last
    )


@given(truths(), truths())
def test_true_numbers_give_a_difference_and_a_ratio_within_the_bounds(one, other):
    (a, of_a), (b, of_b) = one, other
    found = difference(of_a, of_b)
    assert inside(Fraction(a - b), found.amount.quantity.bounds)
    if isinstance(found.ratio, Known):
        assert inside(Fraction(a) / Fraction(b), found.ratio.quantity.bounds)


@given(truths(), truths())
def test_which_is_larger_is_said_only_where_it_is_so_whatever_is_true(one, other):
    (a, of_a), (b, of_b) = one, other
    order = difference(of_a, of_b).order
    assert {
        Order.MORE: a > b, Order.LESS: a < b, Order.EQUAL: a == b, Order.NOT_LESS: a >= b,
        Order.NOT_MORE: a <= b, Order.NOT_KNOWN: True,
    }[order]  # fmt: skip
    reachable = of_a.quantity.bounds.overlaps(of_b.quantity.bounds)
    assert (order in (Order.MORE, Order.LESS)) == (not reachable)  # and wherever it is known


@given(truths("implantations"), truths("implantations"), st.tuples(numbers, numbers))
def test_shares_of_one_whole_differ_by_the_shares_of_their_parts(one, other, wholes):
    (a, of_a), (b, of_b) = one, other
    least, most = sorted(max(whole, a, b, Decimal(1)) for whole in wholes)
    whole = known(least, most, "implantations")
    shares = [Known(part.quantity.over(whole.quantity, "share")) for part in (of_a, of_b)]
    plain = difference(*shares)
    shared = difference(*shares, Shared((of_a, of_b), whole))
    for truth in (least, most):
        assert inside((Fraction(a) - Fraction(b)) / Fraction(truth), shared.amount.quantity.bounds)
        if b and isinstance(shared.ratio, Known):
            assert inside(Fraction(a) / Fraction(b), shared.ratio.quantity.bounds)
    low, high = plain.amount.quantity.bounds.ends
    assert low <= shared.amount.quantity.bounds.ends[0]
    assert shared.amount.quantity.bounds.ends[1] <= high


def test_shares_of_a_whole_that_is_hardly_known_have_the_ratio_of_their_parts():
    """300 and 200 of 1,000 to 3,000: one is 1.5 times the other, and larger, however large the whole."""
    parts, whole = (exact(300), exact(200)), known(1_000, 3_000, "projects")
    shares = [Known(part.quantity.over(whole.quantity, "share")) for part in parts]
    assert difference(*shares).order is Order.NOT_KNOWN
    found = difference(*shares, Shared(parts, whole))
    assert found.order is Order.MORE
    assert found.ratio.quantity.bounds.ends == (Decimal("1.5"), Decimal("1.5"))


@given(truths(), truths())
def test_a_sum_that_grew_is_larger_by_what_was_added(before, added):
    (a, of_a), (more, of_more) = before, added
    after = Known(Quantity.derived(None, of_a.quantity.bounds + of_more.quantity.bounds, "EUR"))
    found = difference(after, of_a, Shared(growth=of_more.quantity.bounds))
    assert inside(Fraction(more), found.amount.quantity.bounds)
    assert found.amount.quantity.bounds.width <= of_more.quantity.bounds.width
    assert found.order is not Order.NOT_KNOWN  # nothing below zero was added
    if isinstance(found.ratio, Known):
        assert inside(Fraction(a + more) / Fraction(a), found.ratio.quantity.bounds)


@pytest.mark.parametrize(
    ("one", "other", "order", "ends"),
    [
        # EN2018 and EN2019 as the press kit of January 2020 prints them.
        (exact(503), exact(326), Order.MORE, (177, 177)),
        (exact(326), exact(503), Order.LESS, (-177, -177)),
        (exact(28), exact(28), Order.EQUAL, (0, 0)),
        (known(100, 180), known(150, 170), Order.NOT_KNOWN, (-70, 30)),
        (known(100, 180), known(100, 100), Order.NOT_LESS, (0, 80)),
        (known(0, 100), known(100, None), Order.NOT_MORE, (None, 0)),
        (known(2_242, None), known(1_700, 1_700), Order.MORE, (542, None)),
        # Counts are whole: 69.5 to 70.5 schools are 70.
        (known("69.5", "70.5", "schools"), exact(70, "schools"), Order.EQUAL, (0, 0)),
    ],
)
def test_which_is_larger(one, other, order, ends):
    found = difference(one, other)
    assert found.order is order
    bounds = found.amount.quantity.bounds
    assert (bounds.lower, bounds.upper) == ends


def test_a_number_outside_its_bounds_is_no_value_of_the_difference():
    """ "More than 1,700" is no 1,700."""
    more_than = Known(Quantity.derived(Decimal(1_700), Bounds(Decimal(1_701), None), "projects"))
    assert difference(more_than, exact(700)).amount.quantity.value is None


@pytest.mark.parametrize("base", [exact(0), known(0, 5)])
def test_nothing_is_divided_by_what_may_be_zero(base):
    found = difference(known(5, 5, base.quantity.unit), base)
    assert isinstance(found.ratio, Missing)
    assert "zero" in str(found.ratio.caveats[0])


def test_changes_have_no_ratio():
    fell, rose = known(-20, -20), known(10, 10)
    for pair in ((fell, rose), (rose, fell)):
        assert isinstance(difference(*pair).ratio, Missing)


@pytest.mark.parametrize("reason", list(Reason))
def test_what_is_missing_has_no_difference_and_says_why(reason):
    for pair in ((Missing(reason), exact(1)), (exact(1), Missing(reason))):
        found = difference(*pair)
        assert isinstance(found, NotCompared)
        assert found.is_missing
        assert found.reason == reason.label


def test_other_units_are_not_compared_and_named():
    """Cyberécole counts educational institutions, École Numérique school sites."""
    found = difference(exact(2_242, "etablissements"), exact(183, "implantations"))
    assert isinstance(found, NotCompared)
    assert not found.is_missing
    assert "educational institutions" in str(found.reason)
    assert "implantations" in str(found.reason)


def test_what_is_a_convention_stays_one():
    found = difference(known(100, 120, basis=Basis.CONVENTION), exact(50, "EUR"))
    assert isinstance(found, Difference)
    assert found.amount.quantity.bounds.basis is Basis.CONVENTION
    assert found.ratio.quantity.bounds.basis is Basis.CONVENTION


def test_documents_that_contradict_each_other_leave_the_wider_bounds():
    """What was added is said to be less than the two sums differ by: the sums are believed."""
    found = difference(exact(503), exact(326), Shared(growth=Bounds(Decimal(0), Decimal(10))))
    assert found.amount.quantity.bounds.ends == (177, 177)
