"""Counts by two dimensions at once are those of one dimension, taken apart: properties, and another way."""

from collections import defaultdict

import pytest

from ennum_stats.errors import UsageError
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.coverage.site_counts import PAIRS
from ennum_stats.store.ledger import open_ledger


@pytest.fixture(scope="module")
def ledger(demonstration):
    opened = open_ledger(demonstration)
    yield opened
    opened.connection.close()


def number_of(answer):
    return answer.quantity.bounds.ends[0] if hasattr(answer, "quantity") else None


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.startswith("call_and_")])
def test_a_call_in_a_part_is_that_part_of_the_call_alone(ledger, pair):
    """The other way: coverage by the part, of this call alone."""
    by = pair.removeprefix("call_and_")
    rows = measure_rows(ledger, "coverage", pair).rows
    calls = {row.part for row in rows}
    assert len(calls) > 1
    for call in sorted(calls)[:2]:
        alone = measure_rows(ledger, "coverage", by, calls=[call]).rows
        expected = {one.part: (number_of(one.sites), number_of(one.universe_sites)) for one in alone}
        found = {
            row.across: (number_of(row.sites), number_of(row.universe_sites))
            for row in rows
            if row.part == call and row.across in expected
        }
        assert found == expected


@pytest.mark.parametrize("measure", ["coverage", "winners"])
@pytest.mark.parametrize("pair", ["network_and_province", "level_and_province"])
def test_what_stands_in_one_province_adds_up_to_its_network_or_level(ledger, measure, pair):
    """Every site stands in one province: provinces of a network or level add up to it."""
    by = pair.split("_and_")[0]
    sums = defaultdict(int)
    for row in measure_rows(ledger, measure, pair).rows:
        sums[row.part] += number_of(row.universe_sites) or 0
    whole = {row.part: number_of(row.universe_sites) or 0 for row in measure_rows(ledger, measure, by).rows}
    assert len(whole) > 2
    assert {part: sums[part] for part in whole} == whole


def test_without_lists_one_row_says_so(ledger_at):
    (row,) = measure_rows(ledger_at("2026-11-25"), "coverage", "network_and_province").rows
    assert row.sites.reason.value == "not_collected"


def test_what_cannot_be_crossed_is_refused(ledger):
    with pytest.raises(UsageError, match="network"):
        TABLES["coverage"].by_all(("year", "network"))
