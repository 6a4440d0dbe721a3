"""R16: what analysts call raises errors of the package alone, whatever becomes of files; each is also the
built-in error, and its text is a sentence."""

import os
import sys
from contextlib import suppress

import pandas as pd
import pytest

import ennum_stats
from ennum_stats import NothingCollected
from ennum_stats.errors import EnnumError, StoreDamaged, UnknownName, UsageError
from ennum_stats.store.publish import POINTER

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and circles are no files there")


def store_file(project):
    (path,) = project.processed.glob("stores/*/store.duckdb")
    return path


MODULE_CALLS = [
    name
    for name in ennum_stats.__all__
    if name[0].islower() and name not in ("open", "allocate", "sum_bounds", "words")
]
METHODS = {
    "figures": lambda store: store.figures(),
    "figure": lambda store: store.figure("total_investment"),
    "measure": lambda store: store.measure("coverage"),
    "chart": lambda store: store.chart("winners_per_call"),
    "sql": lambda store: store.sql("FROM sources"),
    "conflicts": lambda store: store.conflicts(),
    "observations": lambda store: store.observations(),
    "diff": lambda store: store.diff(store.known_on(None)),
    **{name: getattr(ennum_stats, name) for name in MODULE_CALLS},
}


@posix
@pytest.mark.parametrize("name", METHODS)
def test_a_store_that_is_emptied_while_it_is_open_is_told(built_copy, name):
    store = ennum_stats.open(built_copy.project.root)
    store_file(built_copy.project).write_bytes(b"")
    with suppress(StoreDamaged, NothingCollected):  # what DuckDB has read already is answered still
        METHODS[name](store)


PLACES = {
    "gone": lambda path: None,
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo if hasattr(os, "mkfifo") else None,
    "a circle": lambda path: path.symlink_to(path.name),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "binary": lambda path: path.write_bytes(bytes(range(256))),
    "lists in lists": lambda path: path.write_bytes(b"[" * 100_000),
}


@posix
@pytest.mark.parametrize("put", PLACES)
@pytest.mark.parametrize("find", [store_file, lambda project: project.processed / POINTER])
def test_what_is_no_store_is_not_opened(built_copy, find, put):
    path = find(built_copy.project)
    path.unlink()
    PLACES[put](path)
    if put == "gone" and path.name == POINTER:
        pytest.skip("where nothing was ever published, opening builds: see test_store_tables")
    with pytest.raises(EnnumError) as caught:
        ennum_stats.open(built_copy.project.root)
    assert isinstance(caught.value, OSError)
    assert "ennum build" in str(caught.value)


@posix
@pytest.mark.parametrize("root", ["x" * 300, "x/" * 3000, "no\0thing", "/dev/null", "\udcff"])
def test_a_root_that_can_be_none_is_told(root):
    with pytest.raises(EnnumError):
        ennum_stats.open(root)


def test_names_that_do_not_exist_are_told_with_those_that_do(built_copy):
    with pytest.raises(UnknownName, match=r"no audience “press”.*public, internal"):
        ennum_stats.open(built_copy.project.root, audience="press")
    store = ennum_stats.open(built_copy.project.root)
    with pytest.raises(UnknownName, match="press-kit-2020"):
        store.source("press-kit")
    with pytest.raises(UsageError, match="cannot be answered"):
        store.sql("FROM a", a=3)


def test_a_moment_of_pandas_is_its_day(built_copy):
    moment = pd.Timestamp("2020-01-31 12:00")
    store = ennum_stats.open(built_copy.project.root, known_at=moment)
    day = ennum_stats.open(built_copy.project.root, known_at="2020-01-31")
    assert ennum_stats.winners(store).equals(ennum_stats.winners(day))
