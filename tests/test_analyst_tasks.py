"""What an analyst wants to do in the first hour, each in at most five lines of code."""

import inspect
from random import Random

import pandas as pd
import polars as pl
import pytest

import ennum_stats

KNOWN_CALLS = ["EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019"]


@pytest.fixture(scope="module")
def store(project):
    opened = ennum_stats.open(project.root, known_at="2026-11-24")
    yield opened
    opened.connection.close()


@pytest.fixture(scope="module")
def invented(demonstration):
    """A store of invented schools (données fictives)."""
    opened = ennum_stats.open(demonstration.root)
    yield opened
    opened.connection.close()


def budgets_by_year(store):
    nominal = store.budgets(by="year")
    real = store.budgets(by="year", prices="real:2024")
    return nominal.merge(real, on="year", suffixes=("", "_real"))


def budget_per_pupil(store, pupils):
    table = store.budgets(by="year").merge(pupils, on="year")
    return table.assign(
        most=table["upper"] / table["pupils"], least=table["lower"] / table["pupils"]
    )


def winners_to_pivot(store):
    long = store.winners(shape="long")
    return long.pivot(index=["call", "school_year"], columns="measure", values="value")


def coverage_crossed(store):
    table = store.coverage(by=["province", "network"], labels="fr")
    return table.pivot(index="province_name", columns="network_name", values="share_lower")


def communes_joined(store, population):
    table = store.coverage(by="commune", labels="fr").merge(population, on="commune")
    without = table["universe_sites"] - table["sites_lower"]
    return table.assign(per_1000=1000 * without / table["pupils"])


def changed_since_2020(store):
    return store.known_on(pd.Timestamp("2020-01-31").date()).diff(store)


def conflicts_by_distance(store):
    return store.conflicts().sort_values("relative_distance", ascending=False)


def in_polars_and_back(store, folder):
    table = store.winners()
    table.to_parquet(folder / "winners.parquet")
    table.to_excel(folder / "winners.xlsx", index=False)
    return store.polars.winners(), pd.read_parquet(folder / "winners.parquet")


def rules_one_by_one(store):
    return store.sensitivity(calls=KNOWN_CALLS, universe="implantations")


def simulated(store, chance):
    found = store.figures(["total_investment"]).iloc[0]
    return [chance.uniform(found["lower"], found["upper"]) for _ in range(1000)]


def never_in_a_province(store):
    table = store.never_awarded(labels="fr")
    return table[table["province"] == "namur"]


TASKS = (
    budgets_by_year, budget_per_pupil, winners_to_pivot, coverage_crossed, communes_joined,
    changed_since_2020, conflicts_by_distance, in_polars_and_back, rules_one_by_one, simulated,
    never_in_a_province,
)  # fmt: skip


@pytest.mark.parametrize("task", TASKS)
def test_a_task_is_at_most_five_lines(task):
    assert len(inspect.getsource(task).strip().splitlines()) - 1 <= 5


def test_budgets_by_year_are_larger_at_later_prices(store):
    """Prices of 2024 are higher than those of any year before: the index only rose over ten years."""
    table = budgets_by_year(store)
    known = table.dropna(subset=["upper", "upper_real"])
    assert len(known)
    assert (known["upper_real"] >= known["upper"]).all()


def test_a_budget_can_be_divided_by_pupils(store):
    pupils = pd.DataFrame({"year": [2012, 2013], "pupils": [500_000, 500_000]})
    table = budget_per_pupil(store, pupils)
    assert (table["least"] <= table["most"]).all()


def test_calls_stand_in_order_of_time_in_a_pivot(store):
    """Press kit, graph 1."""
    table = winners_to_pivot(store)
    assert [call for call, _ in table.index][:6] == KNOWN_CALLS
    assert table["projects_awarded"].tolist()[:6] == [28, 72, 210, 570, 326, 503]


def test_coverage_is_crossed_with_names(invented):
    table = coverage_crossed(invented)
    assert "province de Namur" in table.index
    assert table.max(axis=None) <= 1


def test_communes_are_joined_by_their_nis_codes(invented):
    codes = invented.coverage(by="commune")["commune"]
    population = pd.DataFrame({"commune": codes, "pupils": 1000})
    table = communes_joined(invented, population)
    assert len(table) == len(codes)
    assert (table["per_1000"] >= 0).all()


def test_changes_since_the_kit_are_a_table(store):
    """RTL/Belga, June 2020: 679 winners of EN2020, of which the kit did not know."""
    table = changed_since_2020(store).set_index("name")
    assert pd.isna(table.loc["en2020_projects", "before"])
    assert table.loc["en2020_projects", "after"] == 679


def test_conflicts_are_sorted_by_relative_distance(store):
    table = conflicts_by_distance(store)["relative_distance"].dropna()
    assert table.is_monotonic_decreasing
    assert table.iloc[0] > 0


def test_a_table_goes_to_parquet_and_back_without_loss(store, tmp_path):
    polars, back = in_polars_and_back(store, tmp_path)
    table = store.winners()
    assert isinstance(polars, pl.DataFrame)
    pd.testing.assert_frame_equal(back, table)
    assert back.attrs == table.attrs
    sheet = pd.read_excel(tmp_path / "winners.xlsx")
    assert (
        sheet["projects_awarded"].dropna().tolist() == table["projects_awarded"].dropna().tolist()
    )


def test_without_a_rule_bounds_are_never_narrower(store):
    """To leave a rule out allows whatever it allowed."""
    table = rules_one_by_one(store)
    own = table[table["without"].isna()].set_index("basis")
    others = table[table["without"].notna()]
    assert set(others["without"]) == {row["rule"] for row in store.records("rules")}
    for row in others.itertuples():
        assert row.sites_lower <= own.loc[row.basis, "sites_lower"]
        assert row.sites_upper >= own.loc[row.basis, "sites_upper"]


def test_a_simulation_stays_between_the_bounds(project):
    opened = ennum_stats.open(project.root, known_at="2020-01-31")
    figure = opened.figure("total_investment")
    drawn = simulated(opened, Random(1))  # noqa: S311 - the same draws each time
    opened.connection.close()
    assert float(figure.lower) <= min(drawn) <= max(drawn) <= float(figure.upper)


def test_schools_that_never_had_anything_are_of_one_province(invented):
    table = never_in_a_province(invented)
    assert set(table["province_name"]) <= {"province de Namur"}
    assert set(table["implantation"].astype(int) >= 9_000_000) <= {True}
