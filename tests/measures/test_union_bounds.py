"""The linear programs: against every possible distribution of sites in small cases, and against the
numbers of issue 5. Sizes of the calls: press kit, chart 1; 317 sites of EN2018: Batichronique 2018; 1,724
sites of EN2017 to EN2020: SPW Emploi 2021.
"""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ennum_stats.measures.coverage.union_bounds import (
    Contradiction,
    CountedCalls,
    Exclusion,
    SizeConstraint,
    is_possible,
    union_bounds,
)

CALLS = ("A", "B", "C")
KINDS = [frozenset(kind) for n in (1, 2, 3) for kind in combinations(CALLS, n)]
MOST = 3  # sites of each kind in the small cases


def satisfied(constraint, sites):
    """Whether `sites` (a number by kind) satisfy a constraint, read from its definition."""
    if isinstance(constraint, SizeConstraint):
        reached = sum(n for kind, n in sites.items() if kind & set(constraint.calls))
        return constraint.lower <= reached <= (99 if constraint.upper is None else constraint.upper)
    if isinstance(constraint, Exclusion):
        return not any(
            n and call in kind and kind & (set(constraint.excluded) - {call})
            for kind, n in sites.items()
            for call in constraint.calls
        )
    counted = {}
    for kind, n in sites.items():
        own = kind & set(constraint.calls)
        if own:
            counted[own] = counted.get(own, 0) + n
    nonzero = {kind: n for kind, n in constraint.sites.items() if n}
    return {kind: n for kind, n in counted.items() if n} == nonzero


def every_union(asked, constraints):
    """The sizes of the union in every distribution that satisfies all constraints."""
    for numbers in product(range(MOST + 1), repeat=len(KINDS)):
        sites = dict(zip(KINDS, numbers, strict=True))
        if all(satisfied(c, sites) for c in constraints):
            yield sum(n for kind, n in sites.items() if kind & set(asked))


def subsets(least=1):
    return st.lists(st.sampled_from(CALLS), min_size=least, unique=True).map(tuple)


reached = st.builds(
    lambda calls, low, more: SizeConstraint("size", calls, low, low + more),
    subsets(), st.integers(0, MOST), st.integers(0, 1),
)  # fmt: skip
exclusion = st.builds(lambda calls, others: Exclusion("closed", calls, others), subsets(), subsets())
# In every case all sites together are at most MOST, so that enumeration up to MOST a kind is complete.
small = st.lists(reached | exclusion, max_size=4).map(
    lambda constraints: [SizeConstraint("universe", CALLS, 0, MOST), *constraints]
)


@settings(max_examples=40, deadline=None)
@given(asked=subsets(), constraints=small)
def test_bounds_are_those_of_every_possible_distribution(asked, constraints):
    possible = set(every_union(asked, constraints))
    if possible:
        assert union_bounds(asked, constraints) == (min(possible), max(possible))
    else:
        with pytest.raises(Contradiction) as caught:
            union_bounds(asked, constraints)
        assert not is_possible(caught.value.constraints)
        for one in caught.value.constraints:
            assert is_possible([c for c in caught.value.constraints if c is not one])


@settings(max_examples=15, deadline=None)
@given(numbers=st.lists(st.integers(0, 1), min_size=7, max_size=7), asked=subsets())
def test_lists_of_some_calls_narrow_the_bounds_and_never_miss_the_truth(numbers, asked):
    sites = dict(zip(KINDS, numbers, strict=True))
    truth = sum(n for kind, n in sites.items() if kind & set(asked))
    sizes = [
        SizeConstraint("projects", (call,), n, n)
        for call in CALLS
        for n in [sum(n for kind, n in sites.items() if call in kind)]
    ]
    listed = {}
    for kind, n in sites.items():
        listed[kind & {"A", "B"}] = listed.get(kind & {"A", "B"}, 0) + n
    listed.pop(frozenset(), None)
    wide = union_bounds(asked, sizes)
    narrow = union_bounds(asked, [*sizes, CountedCalls("lists", ("A", "B"), listed)])
    assert wide[0] <= narrow[0] <= truth <= narrow[1] <= wide[1]
    if set(asked) <= {"A", "B"}:
        assert narrow == (truth, truth)


SIZES = {"EN1": 28, "EN2": 72, "EN3": 210, "EN2017": 570, "EN2018": 317, "EN2019": 503}
CLOSED = Exclusion("en2018_closed_to_former", ("EN2018",), ("EN3", "EN2017"))
CLOSED_2020 = Exclusion("en2020_closed_to_former", ("EN2020",), ("EN2018", "EN2019"))
UNION = SizeConstraint("union", ("EN2017", "EN2018", "EN2019", "EN2020"), 1724, 1724)


def of(sizes, is_assumed):
    lower = {call: n if is_assumed or call == "EN2018" else 1 for call, n in sizes.items()}
    return [SizeConstraint("sites", (call,), lower[call], n) for call, n in sizes.items()] + [
        SizeConstraint("universe", tuple(sizes), 0, 3800)
    ]


@pytest.mark.parametrize(("is_assumed", "bounds"), [(False, (318, 1700)), (True, (887, 1700))])
def test_the_calls_to_2019(is_assumed, bounds):
    """Issue 5. At least EN2018 and one site of EN2017, which excludes it: 317 + 1; or 317 + 570. At most
    28 + 72 + 210 + 570 + 317 + 503."""
    assert union_bounds(list(SIZES), [*of(SIZES, is_assumed), CLOSED]) == bounds


@pytest.mark.parametrize("is_assumed", [False, True])
def test_the_calls_to_2020_with_the_published_union(is_assumed):
    """Issue 5: at least the 1,724, at most these and all of EN1, EN2 and EN3 (310)."""
    sizes = {**SIZES, "EN2020": 679}
    constraints = [*of(sizes, is_assumed), CLOSED, CLOSED_2020, UNION]
    assert union_bounds(list(sizes), constraints) == (1724, 2034)


def test_a_union_says_something_of_its_parts():
    """EN2020 has at most 679 of the 1,724 sites: the three calls before have the other 1,045."""
    constraints = [*of({**SIZES, "EN2020": 679}, False), CLOSED, CLOSED_2020, UNION]
    assert union_bounds(["EN2017", "EN2018", "EN2019"], constraints) == (1045, 1390)


def test_a_smallest_set_that_contradicts_is_named():
    """317 sites of EN2018 among at most 300 in EN2017 and EN2018."""
    few = SizeConstraint("few", ("EN2017", "EN2018"), 0, 300)
    with pytest.raises(Contradiction, match=r"317.*few") as caught:
        union_bounds(list(SIZES), [*of(SIZES, False), CLOSED, few])
    assert len(caught.value.constraints) == 2


def test_where_nothing_limits_the_sites_there_is_no_upper_bound():
    assert union_bounds(["A"], [SizeConstraint("some", ("A",), 2)]) == (2, None)


def test_twelve_calls_are_bounded():
    calls = [f"C{n}" for n in range(12)]
    constraints = [
        *(SizeConstraint("size", (call,), 20 * n, 700) for n, call in enumerate(calls)),
        Exclusion("closed", (calls[4],), (calls[2], calls[3])),
        Exclusion("closed", (calls[7],), (calls[5], calls[6])),
        SizeConstraint("union", tuple(calls[3:7]), 1200, 1200),
        SizeConstraint("universe", tuple(calls), 0, 3850),
    ]
    lower, upper = union_bounds(calls, constraints)
    assert lower >= 1200
    assert upper == 3850
