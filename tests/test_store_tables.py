"""One door: what an analyst asks of a store are tables that keep their types, bounds, names and reasons."""

import inspect
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pandas as pd
import polars as pl
import pytest

import ennum_stats
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.frames.names import (
    BudgetsBy,
    CoverageBy,
    DeliveriesBy,
    MeasureName,
    SitesBy,
    WinnersBy,
)

ROOT = Path(__file__).resolve().parents[1]
METHODS = (
    *TABLES, "reconciliation", "conflicts", "figures", "observations", "sources", "charts", "rules",
    "measures", "sensitivity",
)  # fmt: skip
PUBLISHED_BY_KIT = 28 + 72 + 210 + 570 + 326 + 503
"""Press kit of 2020, graph 1: the projects awarded by each call from EN1 to EN2019."""
empty = pytest.mark.filterwarnings("ignore::ennum_stats.measures.frames.shapes.NothingCollected")


@pytest.fixture(scope="module")
def store(project):
    opened = ennum_stats.open(project.root, known_at="2020-01-31")
    yield opened
    opened.connection.close()


@empty
@pytest.mark.parametrize("name", METHODS)
def test_each_method_gives_a_table_of_either_library_with_the_same_columns(store, name):
    pandas, polars = getattr(store, name)(), getattr(store.polars, name)()
    assert type(pandas) is pd.DataFrame
    assert type(polars) is pl.DataFrame
    assert polars.columns == list(pandas.columns)
    assert polars.height == len(pandas)
    assert pandas.attrs["known_at"] == "2020-01-31"
    assert not any(isinstance(cell, tuple | list) for cell in pandas.to_numpy().ravel())


def test_what_a_store_offers_is_listed_with_signatures_and_without_its_inside(store):
    offered = dir(store)
    assert set(METHODS) | {"figure", "chart", "sql", "diff", "total"} <= set(offered)
    assert not {"query", "connection", "records", "cached", "answer"} & set(offered)
    for name in METHODS:
        assert inspect.getdoc(getattr(store, name))
        assert "self" not in str(inspect.signature(getattr(store, name)))
    for shown in (store, store.figure("en2019_projects"), store.measure("winners")):
        assert "\n" not in repr(shown)
        assert len(repr(shown)) < 120


def test_columns_have_types(store):
    winners = store.winners()
    assert str(winners["projects_awarded"].dtype) == "Int64"
    assert str(winners["budget_awarded"].dtype) == "Float64"
    assert winners["call"].cat.ordered
    assert list(winners["call"].cat.categories[:3]) == ["EN1", "EN2", "EN3"]
    assert pd.api.types.is_datetime64_any_dtype(store.budgets()["valid_from"])
    assert store.polars.observations().schema["known_on"] == pl.Date


def test_every_number_has_the_unit_and_the_kind_that_its_column_declares(store):
    """Units are those of the answers themselves, which tables in long form tell."""
    from ennum_stats.measures.catalogue import TABLES
    from ennum_stats.vocabulary import UNITS

    for name in ("winners", "coverage", "connectivity", "budgets", "staff", "equipment", "targets"):
        numbers = TABLES[name].numbers
        for row in getattr(store, name)(shape="long").itertuples():
            column = numbers["value" if row.measure == name else row.measure]
            if pd.notna(row.unit):
                of_schools = name == "coverage" and row.unit == "etablissements"  # of Cyberécole
                assert column.unit in ("", row.unit) or of_schools, row.measure
                is_whole = column.unit != "" and UNITS[row.unit].resolution == 1
                assert is_whole == (column.kind == "whole") or row.measure == name, row.measure


def test_long_has_the_numbers_of_wide(store):
    wide = store.winners().set_index("call")
    long = store.winners(shape="long", provenance=True)
    rows = long[long["measure"] == "budget_awarded"].set_index("call")
    for end in ("", "_lower", "_upper"):
        assert rows[end.strip("_") or "value"].equals(wide[f"budget_awarded{end}"].rename(end or "value"))
    awarded = long[(long["measure"] == "projects_awarded") & (long["call"] == "EN2019")].iloc[0]
    assert (awarded["value"], awarded["unit"], awarded["documents"]) == (503, "projects", "press-kit-2020")
    assert awarded["observation_ids"] == "press-kit-2020.projects_awarded.EN2019"


@pytest.mark.parametrize(("language", "name"), [("fr", "Connectivité"), ("nl", "Connectiviteit")])
def test_names_stand_beside_codes(store, language, name):
    table = store.budgets(labels=language).set_index("programme")
    assert table.columns[list(table.columns).index("programme_name")] == "programme_name"
    assert name.lower()[:9] in table.loc["connectivity", "programme_name"].lower()


def test_what_was_not_collected_is_an_empty_typed_table_with_the_reason(store):
    with pytest.warns(ennum_stats.NothingCollected, match="No register of schools") as told:
        table = store.coverage(by="commune")
    assert len(table) == 0
    assert str(table["sites"].dtype) == "Int64"
    assert told[0].filename == __file__
    with pytest.warns(ennum_stats.NothingCollected, match="projects_planned, EN1"):
        assert len(store.observations("projects_planned", call="EN1")) == 0


def test_a_dimension_that_is_not_given_means_any(store, raw_observations):
    """The raw table: numbers of projects awarded that stand in documents known by then."""
    known = store.sources()["source_id"]
    expected = {
        key
        for key, row in raw_observations.items()
        if row["measure"] == "projects_awarded" and row["source_id"] in set(known)
    }
    found = set(store.observations("projects_awarded")["observation_id"])
    assert found == expected
    whole = store.observations("projects_awarded", call="EN2018", broken_down=False)
    assert 326 in set(whole["value"])  # kit, graph 1; a newspaper says 325


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda s: s.observations("projects_award"), "measure.*projects_awarded.*store.observations"),
        (lambda s: s.observations(call="EN2O18"), "call.*EN2018"),
        (lambda s: s.observations(cal="EN2018"), "dimension.*call"),
        (lambda s: s.winners(by="cal"), r"by: .*call.*store\.measures"),
        (lambda s: s.winners(by=["cal", "x"]), "cal . x"),
        (lambda s: s.coverage(by="programm", universe="implantations"), r"by: .*programme.*store\.measures"),
        (lambda s: s.winners(shape="tall"), "shape.*wide, long"),
        (lambda s: s.winners(labels="it"), "labels.*fr, de, nl, en"),
        (lambda s: s.coverage(calls="EN1"), r'calls: A list.*calls=\["EN1"\]'),
        (lambda s: s.sites(within={"province": "liege"}), "within: A list"),
        (lambda s: s.coverage(calls=["EN11"]), r"calls: .*EN11.*Nearest.*EN1.*store\.winners"),
        (lambda s: s.sensitivity(calls=["EN11"]), r"calls: .*EN11.*store\.winners"),
        (lambda s: s.total("winners", calls=["EN11"]), r"calls: .*EN11.*store\.winners"),
        (lambda s: s.coverage(without=["en2018_size"]), r"without: .*en2018_sites.*store\.rules"),
        (lambda s: s.coverage(universe="implantation"), r"universe: .*implantations.*store\.coverage"),
        (lambda s: s.coverage(by="level", programme="cyberclass"), r"programme: .*cyberclasse.*store"),
        (lambda s: s.sites(levels=["adults"]), r"levels: .*adult.*store\.sites"),
        (lambda s: s.sites(within={"provinces": ["liege"]}), r"within: .*province"),
        (lambda s: s.sites(within={"province": ["lieg"]}), r"within: .*liege.*by=.province"),
        (lambda s: s.winners(by=3), r"by: .*province"),
        (lambda s: s.chart("winner_per_call"), r"name: .*winners_per_call.*store\.charts"),
        (lambda s: s.measure("winners", by="cal"), r"by: .*call.*store\.measures"),
        (lambda s: s.figure("en2019_project"), r"en2019_projects.*store\.figures"),
        (lambda s: s.total("winner"), r"measure.*winners.*store\.measures"),
        (lambda s: s.total("winners", "mean_grant"), "number.*projects_awarded"),
        (lambda s: s.total("budgets", calls=["EN1"]), "calls.*call"),
    ],
)
def test_what_cannot_be_asked_is_told_with_the_parameter_and_the_nearest(store, ask, told):
    with pytest.raises(ennum_stats.UsageError, match=told):
        ask(store)


def test_a_dimension_may_stand_in_a_list_whatever_else_is_asked(store):
    for asked in ({}, {"universe": "implantations"}):
        one = store.coverage(by="programme", **asked)
        assert store.coverage(by=["programme"], **asked).equals(one)


def test_a_total_has_the_bounds_of_the_whole(store):
    total = store.total("winners", "projects_awarded").iloc[0]
    until_2019 = store.total(
        "winners", "projects_awarded", calls=["EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019"]
    ).iloc[0]
    assert (until_2019["value"], until_2019["lower"], until_2019["upper"]) == (PUBLISHED_BY_KIT,) * 3
    assert total["lower"] >= PUBLISHED_BY_KIT


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("shape", ["wide", "long"])
def test_a_sum_of_bounds_leaves_nothing_out_in_silence(store, library, shape):
    """Of EN1 and EN2 the projects submitted are not known: their sum has no value, only a lower end."""
    winners = getattr(store, library).winners(shape=shape)
    of = ennum_stats.sum_bounds(winners)
    rows = of.to_dicts() if library == "polars" else of.to_dict("records")
    if shape == "wide":
        lower, value = rows[0]["projects_introduced_lower"], rows[0]["projects_introduced"]
        assert "selection_rate" not in of.columns
    else:
        row = next(row for row in rows if row["measure"] == "projects_introduced")
        lower, value = row["lower"], row["value"]
    assert value is None or value is pd.NA
    known = store.winners()["projects_introduced_lower"].dropna()
    assert lower == known.sum()


def test_rows_that_have_things_in_common_are_not_summed(store):
    with pytest.raises(ennum_stats.UsageError, match="adds up"):
        ennum_stats.sum_bounds(store.coverage())
    with pytest.raises(ennum_stats.UnknownName, match="programme"):
        ennum_stats.sum_bounds(store.budgets(), by="program")


@pytest.mark.parametrize("library", [pd, pl], ids=["pandas", "polars"])
def test_a_site_that_won_in_two_calls_is_not_summed_over_them(library):
    """Made: 3 sites won in EN1, of which 2 also in EN2; that is 5 projects, and 3 sites."""
    rows = {
        "call": ["EN1", "EN2"],
        "province": ["liege", "liege"],
        **{f"projects{end}": [3, 2] for end in ("", "_lower", "_upper")},
        **{f"sites{end}": [3, 2] for end in ("", "_lower", "_upper")},
    }
    summed = ennum_stats.sum_bounds(library.DataFrame(rows))
    assert list(summed["projects"]) == [5]
    assert "sites" not in summed.columns
    by_call = ennum_stats.sum_bounds(library.DataFrame(rows), by="call")
    assert list(by_call["sites"]) == [3, 2]


def test_a_long_table_of_places_is_summed_as_a_wide_one():
    """Made: 3 sites reached in one province, 4 in another; a share is no part of any sum."""
    rows = {
        "province": ["liege", "namur", "liege"],
        "measure": ["sites", "sites", "share"],
        **{name: [3.0, 4.0, 0.5] for name in ("value", "lower", "upper")},
    }
    summed = ennum_stats.sum_bounds(pl.DataFrame(rows)).to_dicts()
    assert summed == [{"measure": "sites", "value": 7.0, "lower": 7.0, "upper": 7.0}]


def test_amounts_at_different_prices_are_not_summed(store):
    for give in (store.budgets, store.winners):
        both = pd.concat([give(by="call"), give(by="call", prices="real:2019")])
        with pytest.raises(ennum_stats.UsageError, match="prices"):
            ennum_stats.sum_bounds(both)
        assert len(ennum_stats.sum_bounds(both[both["call"] == "EN1"], by="prices")) == 2


def test_a_project_that_was_never_built_is_built_by_opening_it(raw_copy):
    opened = ennum_stats.open(raw_copy.project.root, known_at="2020-01-31")
    opened.connection.close()
    assert list(raw_copy.project.processed.glob("stores/*/store.duckdb"))


SCRIPT = """
import ennum_stats
import pandas as pd
import polars as pl

store = ennum_stats.open(known_at="2020-01-31")
wide: pd.DataFrame = store.winners(shape="wide", labels="fr")
other: pl.DataFrame = store.polars.budgets(by="year")
third: pl.DataFrame = ennum_stats.open(frame="polars").observations("projects_awarded", call="EN1")
total: pd.DataFrame = ennum_stats.sum_bounds(wide)
bounded: ennum_stats.BoundedTable = ennum_stats.BoundedTable(other).growth("g", "value", along="year").sum(by="year")
units: dict[str, str] = bounded.join(wide, on="year").units
way: pd.DataFrame = store.lineage("total_investment").frame()
rates: pd.DataFrame = store.table(["winners"], by="commune", per="pupils")
plain: pl.DataFrame = bounded.weighted_mean("value", "value").polars()
rows: pd.DataFrame = store.sql("FROM sources WHERE publisher = ?", ["SPW"])
supposed: pd.DataFrame = store.scenario(projects_awarded={"EN2020": 500}).coverage(by="programme")
spread: pl.DataFrame = ennum_stats.allocate(store.polars.budgets(by="call"))
alias: pl.DataFrame = ennum_stats.winners(store.polars, by=["province", "network"])
print(wide["projects_awarded"].sum(), other.height, third.height, len(total), len(rows))


def of(opened: ennum_stats.Store) -> str | None:
    return opened.figure("en2019_projects").text("fr")
"""
WRONG = """
import ennum_stats

ennum_stats.open().winners(
    shape="tall"
)
ennum_stats.open().budgets(
    by="comune"
)
"""


@pytest.mark.product
@pytest.mark.reads("ennum_stats", "pyproject.toml")
def test_a_script_of_a_user_is_checked_by_mypy_strict(tmp_path):
    pytest.importorskip("mypy")
    for name, text in (("right", SCRIPT), ("wrong", WRONG)):
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "mypy", "--no-error-summary", str(tmp_path)]  # strict, by our settings
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    shape, by = (line for line in done.stdout.splitlines() if ": error:" in line)
    assert "wrong.py" in shape
    assert '"shape"' in shape
    assert '"by"' in by


def test_editors_are_told_the_dimensions_of_the_catalogue():
    told = {"winners": WinnersBy, "budgets": BudgetsBy, "coverage": CoverageBy, "sites": SitesBy,
            "deliveries": DeliveriesBy}  # fmt: skip
    assert {*get_args(MeasureName)} == {*TABLES}
    for name, kinds in told.items():
        parts = [part for one in get_args(kinds) for part in (get_args(one) or [one])]
        assert {*parts} == {*TABLES[name].by}, name
