"""Each way alters a ledger, and differently with another seed; a case is repeated by its seed and number."""

import shutil
from random import Random

import pytest

from ennum_stats.doubt.alterations import WAYS, Tables

TRIES = 4


def content(tables):
    return {path: path.read_bytes() for path in tables.raw.rglob("*.csv")}


@pytest.fixture(scope="module")
def tables(project, tmp_path_factory):
    """The raw tables, to be altered and put back."""
    return Tables(shutil.copytree(project.raw, tmp_path_factory.mktemp("altered") / "raw"))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name.text)
def test_each_way_alters_the_ledger(tables, way):
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
