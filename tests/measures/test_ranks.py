"""Ranks are ranges: whatever the numbers truly are, the true place lies in them."""

from itertools import product

import pytest

from ennum_stats.measures.schools.ranks import Rank, rank_among, rank_words
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Known, Missing

UNIT = "implantations"


def between(low, high):
    if low == high:
        return Known(Quantity.exact(low, UNIT))
    return Known(Quantity.derived(None, Bounds(low, high), UNIT))


INTERVALS = [(low, high) for low in range(3) for high in range(low, 3)]


def test_every_place_that_truths_allow_and_no_other():
    """All numbers from 0 to 2 in all intervals of three things: places as truths give them."""
    for own, one, other in product(INTERVALS, repeat=3):
        truths = product(*(range(low, high + 1) for low, high in (own, one, other)))
        places = {1 + (b > a) + (c > a) for a, b, c in truths}
        found = rank_among(between(*own), [between(*one), between(*other)])
        assert (found.first, found.last) == (min(places), max(places)), (own, one, other)


def test_ties_are_surely_as_large():
    found = rank_among(between(4, 4), [between(4, 4), between(4, 5), between(5, 5), between(1, 1)])
    assert found == Rank(first=2, last=3, among=5, ties=1)


def test_what_is_missing_may_stand_anywhere_and_has_no_rank_itself():
    missing = Missing(Reason.NOT_COLLECTED)
    assert rank_among(missing, [between(1, 1)]) is None
    assert rank_among(between(1, 1), [missing]) == Rank(first=1, last=2, among=2)


@pytest.mark.parametrize(
    ("rank", "told"),
    [
        (Rank(8, 8, 253), "rang 8 sur 253"),
        (Rank(8, 8, 253, ties=1), "rang 8 sur 253, à égalité avec 1 autre"),
        (Rank(3, 40, 253), "entre le rang 3 et le rang 40, sur 253"),
        (Rank(1, 253, 253), "non connu, sur 253"),
    ],
)
def test_words(rank, told):
    assert rank_words(rank, "fr").replace("\u00a0", " ") == told
