"""Tables that compute with bounds: whatever is true inside the bounds of the parts is inside those of the result."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

import ennum_stats
from ennum_stats import BoundedTable, UnknownName, UsageError


@pytest.fixture(scope="module")
def winners(store):
    return BoundedTable(store.winners(provenance=True))


def drawn(rng, rows=40):
    """A table of two numbers of 8 communes in 5 years, the truths inside their bounds; some not known at all."""
    truths = {"devices": rng.integers(0, 50, rows).astype(float), "deliveries": rng.uniform(0, 1e6, rows)}
    frame = pd.DataFrame(
        {"province": [f"c{row // 5}" for row in range(rows)], "year": [2000 + row % 5 for row in range(rows)]}
    )
    for name, truth in truths.items():
        width = np.where(rng.random(rows) < 0.5, 0, rng.integers(0, 9, rows))
        frame[name] = pd.array(np.where(width == 0, truth, np.nan), dtype="Float64")
        frame[f"{name}_lower"] = np.where(rng.random(rows) < 0.1, np.nan, np.maximum(truth - width, 0))
        frame[f"{name}_upper"] = np.where(rng.random(rows) < 0.1, np.nan, truth + width)
    return frame, truths


def holds(table, number, truths):
    frame = table.polars()
    for truth, value, low, high in zip(truths, *(frame[c] for c in (number, f"{number}_lower", f"{number}_upper")),
                                       strict=True):  # fmt: skip
        if not np.isfinite(truth):
            continue
        slack = 1e-9 * max(1, abs(truth))
        assert low is None or low <= truth + slack
        assert high is None or high >= truth - slack
        assert value is None or value == pytest.approx(truth)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("library", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_results_hold_every_truth_inside_the_bounds(seed, library):
    frame, truths = drawn(np.random.default_rng(seed))
    table = BoundedTable(
        frame if library is pd.DataFrame else pl.DataFrame(frame.to_dict("list"), strict=False)
    )
    own = pd.DataFrame(truths)
    projects, amounts = truths["devices"], truths["deliveries"]
    own["province"] = frame["province"]
    by = own.groupby("province", sort=False)
    with np.errstate(all="ignore"):
        holds(table.ratio("r", "deliveries", "devices"), "r", amounts / projects)
        before = by["devices"].shift().to_numpy()
        holds(table.growth("g", "devices", along="year", by="province"), "g", projects / before - 1)
        means = by.apply(lambda part: (part["deliveries"] * part["devices"]).sum() / part["devices"].sum())
    twice = table.difference("half", "devices", "devices")
    holds(twice, "half", np.zeros(len(frame)))
    holds(table.weighted_mean("deliveries", "devices", by="province"), "deliveries", means)
    wide = table.pivot("devices", on="year", index="province")
    holds(wide.difference("more", "2004", "2000"), "more", projects[4::5] - projects[::5])
    holds(table.sum(by="province"), "devices", by["devices"].sum())
    holds(table.sum(), "deliveries", [amounts.sum()])


def test_bounds_are_those_of_exact_arithmetic(winners, store):
    """The ratio of budget and projects is the store's own mean grant, which is computed in decimals."""
    frame = winners.ratio("grant", "budget_awarded", "projects_awarded").pandas()
    known = frame.dropna(subset="mean_grant_upper")
    for end in ("", "_lower", "_upper"):
        assert known[f"grant{end}"].tolist() == pytest.approx(known[f"mean_grant{end}"].tolist())


def test_a_sum_says_what_a_plain_one_would_have_lost(winners):
    summed = winners.sum()
    (sentence,) = [text for text in summed.lost("en") if text.startswith("projects_awarded")]
    assert sentence.startswith("projects_awarded: 1 of 8 rows have no value")
    assert [text[:40] for text in summed.lost("fr")] != [text[:40] for text in summed.lost("en")]
    assert "press-kit-2020" in summed.pandas()["documents"].iloc[0].split()
    assert summed.units["budget_awarded"] == "EUR"
    assert pd.isna(summed.pandas()["projects_awarded_upper"].iloc[0])


REFUSED = {
    "the same call twice": (lambda s: pd.concat([s.winners()] * 2), "several rows: call EN1"),
    "two days": (lambda s: s.table(["winners"], by="call", at=["2020-01-31", "2026-11-24"]), "known_at"),
    "as printed": (lambda s: s.observations("projects_awarded"), "as documents print"),
    "two prices": (
        lambda s: pd.concat([s.budgets(by="call"), s.budgets(by="call", prices="real:2019")]),
        "prices",
    ),
    "calls beside their programme": (
        lambda s: pd.concat([s.budgets(by="call"), s.budgets()])[
            ["programme", "call", "value", "lower", "upper"]
        ],
        "A whole and parts of it",
    ),
    "teams and their members": (lambda s: s.staff(), "adds up"),
    "doubled by a join": (
        lambda s: s.winners().merge(
            pd.DataFrame({"call": ["EN1", "EN1"], "town": ["Ath", "Mons"]}), on="call"
        ),
        "several rows",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_overlaps_is_not_summed(store, case):
    give, words = REFUSED[case]
    with pytest.raises(UsageError, match=words):
        BoundedTable(give(store)).sum()


def test_misuse_is_told(winners, store):
    for wrong, words in (
        (lambda: winners.difference("x", "budget_awarded", "projects_awarded"), "EUR"),
        (lambda: BoundedTable([1, 2]), "no table"),
        (lambda: winners.pivot("projects_awarded", on="missing_reason", index="status"), "several rows"),
        (lambda: winners.weighted_mean("mean_grant", "selection_rate"), "adds up"),
        (lambda: winners.join(store.winners(), on="call"), "Both tables"),
        (lambda: winners.join(pd.DataFrame({"call": [pd.Timestamp(0)]}), on="school_year"), "school_year"),
    ):
        with pytest.raises((UsageError, UnknownName), match=words):
            wrong()
    with pytest.raises(UnknownName, match="projects_awarded"):
        winners.ratio("x", "budget_awarded", "project_awarded")
    with pytest.raises(UnknownName, match="parquet"):
        BoundedTable.read(__file__)


@pytest.mark.parametrize("ending", ["parquet", "xlsx", "csv", "arrow"])
def test_units_and_bounds_come_back_from_a_merge_a_group_a_pivot_and_a_file(store, tmp_path, ending):
    """Made: pupils of the province of each call; the table goes through everything, and is the same."""
    more = pd.DataFrame({"call": ["EN1", "EN2", "EN3"], "pupils": [10, 20, 30]})
    joined = (
        BoundedTable(store.polars.winners())
        .join(more, on="call")
        .ratio("grant", "budget_awarded", "projects_awarded")
    )
    summed = joined.sum(by=["call", "school_year"]).growth("growth", "projects_awarded", along="call")
    wide = summed.pivot("budget_awarded", on="school_year", index="call")
    for table in (joined, summed, wide):
        if ending == "arrow":
            back = BoundedTable(table.arrow())
        else:
            back = BoundedTable.read(store.save(table, tmp_path / f"table.{ending}"))
        assert back.units == table.units
        numbers = [
            c
            for c in table.polars().columns
            if c in {f"{n}{e}" for n in table.units for e in ("", "_lower", "_upper")}
        ]
        pd.testing.assert_frame_equal(
            back.pandas()[numbers].astype("Float64"), table.pandas()[numbers].astype("Float64"), rtol=1e-12
        )
    assert wide.units["2018-2019"] == "EUR"
    assert summed.units["growth"] == "share"


def test_a_notice_outlives_a_file(store, tmp_path):
    supposed = store.scenario(projects_awarded={"EN2020": 500})
    file = supposed.save(BoundedTable(supposed.winners()).sum(), tmp_path / "sum.xlsx")
    assert "500" in BoundedTable.read(file).pandas()["notice"].iloc[0]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_notices_that_a_merge_set_side_by_side_are_one_again(store, tmp_path, library):
    supposed = store.scenario(projects_awarded={"EN2020": 500})
    winners = getattr(supposed, library).winners()
    numbers = ["projects_awarded", "projects_awarded_lower", "projects_awarded_upper"]
    left, right = winners[["call", *numbers, "notice"]], winners[["call", "school_year", "notice"]]
    joined = left.merge(right, on="call") if library == "pandas" else left.join(right, on="call")
    read = BoundedTable.read(supposed.save(joined, tmp_path / "merged.csv")).pandas()
    for table in (BoundedTable(joined).pandas(), read):
        assert [name for name in table.columns if "notice" in name] == ["notice"]
        assert table["notice"].tolist() == [*left["notice"]]


def test_what_is_written_to_a_plain_table_changes_no_other():
    own = pd.DataFrame(
        {"call": ["A", "B"]} | {name: pd.array([1, 2], "Int64") for name in ("x", "x_lower", "x_upper")}
    )
    table = BoundedTable(own)
    plain = table.pandas()
    plain.loc[0, "x"] = own.loc[1, "x"] = 9
    assert table.pandas()["x"].tolist() == [1, 2]


def test_uncertain_numbers_go_there_and_back(winners):
    """Half a width over √3 is the standard uncertainty of what is as likely anywhere between two ends (GUM 4.3.7)."""
    middle, deviation = winners.uncertain("budget_awarded")
    en2019 = 5
    bounds = winners.pandas().iloc[en2019]
    half = (bounds["budget_awarded_upper"] - bounds["budget_awarded_lower"]) / 2
    assert deviation[en2019] == pytest.approx(half / 3**0.5)
    assert np.isnan(middle[-1])
    back = winners.with_uncertain("again", middle, deviation, "EUR", k=3**0.5).pandas()
    assert back["again_upper"][en2019] == pytest.approx(bounds["budget_awarded_upper"])


KIT = """(SELECT call, max(value) FILTER (measure = 'projects_awarded')::DOUBLE AS projects,
                max(value) FILTER (measure = 'budget_awarded')::DOUBLE AS budget
         FROM read_csv($file) WHERE call NOT LIKE '%\\_%' ESCAPE '\\' GROUP BY call HAVING budget IS NOT NULL)"""
"""Projects and budgets of the six calls, from the raw table of the press kit of January 2020 alone."""
TASKS = {
    "SELECT sum(projects) FROM kit": lambda kit: kit.sum().pandas()["projects_awarded"],
    "SELECT sum(budget) FROM kit": lambda kit: kit.sum().pandas()["budget_awarded"],
    "SELECT sum(budget - 500) FROM kit": lambda kit: (
        kit.sum().pandas()["budget_awarded_lower"] - 500 * (len(kit) - 1)
    ),
    "SELECT budget / projects FROM kit ORDER BY call": lambda kit: (
        kit.ratio("grant", "budget_awarded", "projects_awarded")
        .pandas()
        .sort_values("call", key=lambda c: c.astype(str))["grant"]
    ),
    "SELECT (budget - 500) / projects FROM kit WHERE call = 'EN2019'": lambda kit: (
        kit.ratio("grant", "budget_awarded", "projects_awarded")
        .pandas()
        .query("call == 'EN2019'")["grant_lower"]
    ),
    "SELECT b.projects / a.projects - 1 FROM kit a, kit b WHERE a.call = 'EN2017' AND b.call = 'EN2018'": lambda kit: (
        kit.growth("growth", "projects_awarded", along="call").pandas().query("call == 'EN2018'")["growth"]
    ),
    "SELECT sum(budget) / sum(projects) FROM kit WHERE call != 'EN2019'": lambda kit: (
        BoundedTable(kit.pandas().query("call != 'EN2019'"))
        .weighted_mean("mean_grant", "projects_awarded")
        .pandas()["mean_grant"]
    ),
    "SELECT projects FROM kit WHERE call = 'EN3'": lambda kit: kit.pivot(
        "projects_awarded", on="call", index="missing_reason"
    ).pandas()["EN3"],
    "SELECT budget FROM kit WHERE call IN ('EN2017', 'EN2018') ORDER BY call": lambda kit: (
        kit.sum(by="call").pandas().query("call in ('EN2017', 'EN2018')")["budget_awarded"]
    ),
    "SELECT a.budget - b.budget FROM kit AS a, kit AS b WHERE a.call = 'EN2017' AND b.call = 'EN2018'": lambda kit: (
        kit.pivot("budget_awarded", on="call", index="missing_reason")
        .difference("less", "EN2017", "EN2018")
        .pandas()["less"]
    ),
}


@pytest.mark.parametrize("query", TASKS)
def test_a_task_gives_what_sql_gives_on_the_raw_table(project, query):
    kit = BoundedTable(
        ennum_stats.open(project.root, known_at="2020-01-31").winners().dropna(subset="mean_grant")
    )
    file = str(project.raw / "observations" / "press_kit_2020.csv")
    rows = duckdb.sql(query.replace(" kit", f" {KIT}"), params={"file": file}).fetchall()
    assert TASKS[query](kit).tolist() == pytest.approx([value for (value,) in rows])
