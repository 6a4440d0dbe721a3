"""Each way alters a ledger, and differently with another seed; a case is repeated by its seed and number."""

import shutil
from random import Random

import pytest

from ennum_stats.doubt.alterations import WAYS, Tables, ways_of

TRIES = 4


def content(tables):
    return {path: path.read_bytes() for path in tables.raw.rglob("*.csv")}


@pytest.fixture(scope="module")
def tables(project, demonstration, tmp_path_factory):
    """The raw tables without lists of schools, and with them, to be altered and put back."""
    place = tmp_path_factory.mktemp("altered")
    return {
        is_of_lists: Tables(shutil.copytree(of.raw, place / str(is_of_lists)))
        for is_of_lists, of in ((False, project), (True, demonstration))
    }


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name.text)
def test_each_way_alters_the_ledger(tables, way):
    tables = tables[way.is_of_lists]
    assert way in ways_of(tables)
    before = content(tables)
    results = []
    for seed in (*range(TRIES), 0):
        way.alter(tables, Random(seed))  # noqa: S311 - the same rows each time
        after = content(tables)
        results.append({path for path in before if after[path] != before[path]})
        for path in results[-1]:
            path.write_bytes(before[path])
    assert any(results)
    assert results[0] == results[-1]
    assert all(len(changed) <= 7 for changed in results)


def test_without_lists_nothing_of_them_is_altered(tables):
    assert not any(way.is_of_lists for way in ways_of(tables[False]))
    assert len(ways_of(tables[True])) > len(ways_of(tables[False])) > 50
