"""Property: whatever the winners are, as long as the documents are true of them, what is counted from all
lists lies inside what is bounded from the lists of some calls, or of none.

The worlds are drawn so that what is published of EN1 to EN2020 holds: the projects of each call, EN2018 in
317 sites, 1,724 distinct sites from EN2017 to EN2020, EN2018 closed to EN3 and EN2017, EN2020 closed to
EN2018 and EN2019.
"""

import itertools
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ennum_stats.measures.coverage.coverage_over_time import coverage_by_year_rows
from ennum_stats.measures.coverage.coverage_table import coverage_rows
from ennum_stats.measures.measure_table import records
from ennum_stats.measures.schools.completeness import complete_calls
from tests.conftest import SEEDS
from tests.measures.conftest import awarded, listed

DAY = "2021-12-31"
PROJECTS = {"EN1": 28, "EN2": 72, "EN3": 210, "EN2017": 570, "EN2018": 326, "EN2019": 503, "EN2020": 679}
"""Published: press kit of 2020, and the Region's page on EN2020."""
EN2018_SITES, UNION, ALL_SITES = 317, 1724, 3800
CALLS = tuple(PROJECTS)


@st.composite
def worlds(draw):
    """The sites of each call. From EN2017 to EN2020 a site may be in EN2017 and one of EN2019 and EN2020, or
    in EN2018 and EN2019; so many of these pairs that 1,724 sites are left."""
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - not a secret
    repeated = 570 + EN2018_SITES + 503 + 679 - UNION
    with_2019 = draw(st.integers(0, min(repeated, 503)))
    from_2018 = draw(st.integers(0, min(with_2019, EN2018_SITES)))
    from_2017 = with_2019 - from_2018
    with_2020 = repeated - with_2019
    everyone = list(range(ALL_SITES))
    chance.shuffle(everyone)
    en2017, en2018 = everyone[:570], everyone[570 : 570 + EN2018_SITES]
    rest = everyone[570 + EN2018_SITES :]
    new_2019, new_2020 = 503 - with_2019, 679 - with_2020
    won = {
        "EN2017": en2017,
        "EN2018": en2018,
        "EN2019": [*en2017[:from_2017], *en2018[:from_2018], *rest[:new_2019]],
        "EN2020": [*en2017[from_2017 : from_2017 + with_2020], *rest[new_2019:][:new_2020]],
    }
    open_to_en3 = [site for site in everyone if site not in set(en2018)]
    won |= {"EN1": chance.sample(everyone, 28), "EN2": chance.sample(everyone, 72),
            "EN3": chance.sample(open_to_en3, 210)}  # fmt: skip
    return won


@pytest.fixture(scope="module")
def store(made_store):
    made = made_store()
    made.put("reconciliations", [])
    return made


def load(store, won, calls):
    store.put("lists", [listed(f"list-{call}", call) for call in calls])
    store.put(
        "participations",
        [awarded(str(won[call][n % len(won[call])]), call, str(n))
         for call in calls for n in range(PROJECTS[call])],
    )  # fmt: skip
    return store.known_at(DAY)


def bounded(ledger, asked):
    rows = records(coverage_rows(ledger, "implantations", calls=asked))
    return [(row["sites_lower"], row["sites_upper"]) for row in rows]


@pytest.mark.search
@settings(max_examples=max(6, SEEDS))
@given(
    won=worlds(),
    hidden=st.sets(st.sampled_from(CALLS), min_size=1),
    asked=st.sets(st.sampled_from(CALLS), min_size=1),
)
def test_counted_lies_inside_bounded(store, won, hidden, asked):
    truth = len({site for call in asked for site in won[call]})
    asked = [call for call in CALLS if call in asked]
    ledger = load(store, won, [call for call in CALLS if call not in hidden])
    assert set(complete_calls(ledger)) == set(CALLS) - hidden
    for lower, upper in bounded(ledger, asked):
        assert lower <= truth <= upper
    everything = load(store, won, CALLS)
    assert bounded(everything, asked) == [(truth, truth)] * 2


def test_a_world_is_as_the_documents_say():
    """The strategy itself: sizes, the union, and both exclusions."""

    @settings(max_examples=20, deadline=None)
    @given(worlds())
    def check(won):
        assert {call: len(set(sites)) for call, sites in won.items()} == PROJECTS | {"EN2018": EN2018_SITES}
        late = [set(won[call]) for call in CALLS[3:]]
        assert len(set.union(*late)) == UNION
        assert not late[1] & (late[0] | set(won["EN3"]))
        assert not late[3] & (late[1] | late[2])
        assert max(Counter(s for sites in late for s in sites).values()) <= 2

    check()


def test_bounds_by_year_only_grow(store):
    """Cumulated sites: neither end ever falls."""
    ledger = load(store, {}, ())
    rows = records(coverage_by_year_rows(ledger))
    for basis in ("convention", "one_project_a_site"):
        ends = [(r["sites_lower"], r["sites_upper"]) for r in rows if r["basis"] == basis]
        assert len(ends) == 8
        for (low, high), (next_low, next_high) in itertools.pairwise(ends):
            assert low <= next_low
            assert high <= next_high
