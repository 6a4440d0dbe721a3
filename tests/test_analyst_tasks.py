"""What an analyst wants to do in the first hour (fifteen tasks), each in at most five lines of code."""

import inspect
from random import Random

import duckdb
import pandas as pd
import plotly.express as px
import polars as pl
import pytest

import ennum_stats
from ennum_stats.drawing.theme import LIGHT
from ennum_stats.imports import apply, plan_import
from ennum_stats.project import Project

KNOWN_CALLS = ["EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019"]


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


def spread_by_year(store):
    spread = ennum_stats.allocate(store.budgets(by="call"))
    return ennum_stats.sum_bounds(spread, by="year")


def budget_per_pupil(store, pupils):
    table = store.budgets(by="year").merge(pupils, on="year")
    return table.assign(most=table["upper"] / table["pupils"], least=table["lower"] / table["pupils"])


def winners_to_pivot(store):
    long = store.winners(shape="long")
    return long.pivot(index=["call", "school_year"], columns="measure", values="value")


def own_chart(store):
    table = store.winners().dropna(subset="mean_grant")
    ends = {"error_y": table["mean_grant_upper"] - table["mean_grant"]}
    ends["error_y_minus"] = table["mean_grant"] - table["mean_grant_lower"]
    return px.bar(table, x="call", y="mean_grant", template="ennum", **ends)


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


def window_in_sql(store, measure):
    query = """SELECT call, value, known_on, row_number() OVER (PARTITION BY call ORDER BY known_on) AS place
               FROM observations WHERE measure = ? AND level IS NULL AND component IS NULL"""
    return store.sql(query, [measure])


def in_polars_and_back(store, folder):
    table = store.winners()
    table.to_parquet(folder / "winners.parquet")
    table.to_excel(folder / "winners.xlsx", index=False)
    return store.polars.winners(), pd.read_parquet(folder / "winners.parquet")


def added_document(root, row):
    pd.DataFrame([row]).to_csv(root / "number.csv", index=False)
    plan = plan_import("observations", root / "number.csv", Project(root))
    apply(plan)
    return {change.name: change.after for change in plan.changes}


def rules_one_by_one(store):
    return store.sensitivity(calls=KNOWN_CALLS, universe="implantations")


def five_hundred_winners(store):
    supposed = store.scenario(projects_awarded={"EN2020": 500})
    coverage = supposed.coverage(calls=["EN2020"], universe="implantations")
    winners = supposed.winners().set_index("call").loc["EN2020"]
    return coverage, winners, supposed.total("winners", "projects_awarded", calls=["EN1_EN2020"])


def simulated(store, chance):
    found = store.figures(["total_investment"]).iloc[0]
    drawn = [chance.uniform(found["lower"], found["upper"]) for _ in range(1000)]
    return drawn, px.histogram(x=drawn, template="ennum")


def never_in_a_province(store):
    table = store.never_awarded(labels="fr")
    return table[table["province"] == "namur"]


def printed_by_an_article(store):
    return store.observations(source_id="rtl-belga-2020-06")[["measure", "call", "printed"]]


def documents_by_kind(store):
    return store.sql("SELECT kind, count(*) FROM sources GROUP BY kind")


def winners_of_a_day_in_polars(store):
    table = store.polars.table(["winners"], by="call", at=["2018-01-01", "2020-01-31"])
    awarded = table.filter(pl.col("measure") == "projects_awarded").pivot(
        "known_at", index="call", values="value"
    )
    return awarded.select("call", awarded.columns[-1]).drop_nulls().to_pandas()


def numbers_of_a_text(store):
    found = store.check("EN2019 : 503 projets ; EN2018 : 400 projets.")
    return found[found["verdict"] == "contradicted"][["known_lower", "known_upper"]]


def growth_between_calls(store):
    table = ennum_stats.BoundedTable(store.winners()).growth("growth", "projects_awarded", along="call")
    return table.pandas()[["call", "growth"]].query("call in ['EN2', 'EN3']")


OWN = {
    printed_by_an_article: """SELECT measure, call, value::DOUBLE FROM observations
                              WHERE source_id = 'rtl-belga-2020-06' AND value IS NOT NULL""",
    documents_by_kind: """SELECT kind, count(*) FROM sources
                          WHERE coalesce(published_on, retrieved_on) <= '2026-11-24' GROUP BY kind""",
    winners_of_a_day_in_polars: """SELECT call, value::DOUBLE FROM observations WHERE source_id = 'press-kit-2020'
                                   AND measure = 'projects_awarded' AND call NOT LIKE '%/_%' ESCAPE '/'""",
    numbers_of_a_text: """SELECT value::DOUBLE, value::DOUBLE FROM observations WHERE source_id = 'press-kit-2020'
                          AND measure = 'projects_awarded' AND call = 'EN2018'""",
    growth_between_calls: """SELECT b.call, b.value::DOUBLE / a.value::DOUBLE - 1 FROM observations a, observations b
                             WHERE a.source_id = 'press-kit-2020' AND b.source_id = 'press-kit-2020'
                             AND a.measure = 'projects_awarded' AND b.measure = 'projects_awarded'
                             AND (a.call, b.call) IN (('EN1', 'EN2'), ('EN2', 'EN3'))""",
}
"""Tasks, each with a query of the raw tables that must give the same."""
TASKS = (
    *OWN,
    budgets_by_year, spread_by_year, budget_per_pupil, winners_to_pivot, own_chart, coverage_crossed,
    communes_joined, changed_since_2020, conflicts_by_distance, window_in_sql, in_polars_and_back,
    added_document, rules_one_by_one, five_hundred_winners, simulated, never_in_a_province,
)  # fmt: skip


@pytest.mark.parametrize("task", TASKS)
def test_a_task_is_at_most_five_lines(task):
    assert len(inspect.getsource(task).strip().splitlines()) - 1 <= 5


@pytest.mark.parametrize("task", OWN)
def test_a_task_gives_what_sql_gives_on_the_raw_tables(task, store, project):
    with duckdb.connect() as raw:
        for name, file in {"sources": "sources.csv", "observations": "observations/*.csv"}.items():
            read = f"read_csv('{project.raw / file}', all_varchar = true, union_by_name = true)"
            raw.execute(f"CREATE VIEW {name} AS FROM {read}")
        expected = raw.execute(OWN[task]).fetchall()
    found = [
        tuple(None if pd.isna(cell) else cell for cell in row) for row in task(store).itertuples(index=False)
    ]
    for row, other in zip(sorted(found, key=str), sorted(expected, key=str), strict=True):
        assert row == pytest.approx(other)


def test_budgets_by_year_are_larger_at_later_prices(store):
    """Prices of 2024 are higher than those of any year before: the index only rose over ten years."""
    table = budgets_by_year(store)
    known = table.dropna(subset=["upper", "upper_real"])
    assert len(known)
    assert (known["upper_real"] >= known["upper"]).all()


def test_a_school_year_can_be_spread_over_two_years(store):
    """Press kit, graph 2: EN1 104,880 euros (2012-2013, of which 122 of 365 days in 2012), EN2 539,500."""
    table = spread_by_year(store).set_index("year")
    assert table.loc[2012, "value"] == pytest.approx(104_880 * 122 / 365)
    assert table.loc[2013, "value"] == pytest.approx(104_880 * 243 / 365 + 539_500 * 122 / 365)


def test_a_budget_can_be_divided_by_pupils(store):
    pupils = pd.DataFrame({"year": [2012, 2013], "pupils": [500_000, 500_000]})
    table = budget_per_pupil(store, pupils)
    assert (table["least"] <= table["most"]).all()


def test_calls_stand_in_order_of_time_in_a_pivot(store):
    """Press kit, graph 1."""
    table = winners_to_pivot(store)
    assert [call for call, _ in table.index][:6] == KNOWN_CALLS
    assert table["projects_awarded"].tolist()[:6] == [28, 72, 210, 570, 326, 503]


def test_an_own_chart_has_bounds_and_the_look_of_the_house(store):
    """Press kit, graphs 1 and 2: EN1 awarded 104,880 euros to 28 projects; EN2019 about 6,825,000 to 503."""
    (bars,) = own_chart(store).data
    found = dict(zip(bars.x, zip(bars.y, bars.error_y.array, strict=True), strict=True))
    assert found["EN1"] == (pytest.approx(104_880 / 28), 0)
    assert found["EN2019"] == (pytest.approx(6_825_000 / 503), pytest.approx(500 / 503))
    assert bars.marker.color == LIGHT.accents["cyberecole"]


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


def test_a_window_in_sql_takes_a_value(store):
    """Data News, September 2017: 500 winners of EN2017, chosen in June; 570 since October."""
    table = window_in_sql(store, "projects_awarded")
    of_call = table[table["call"] == "EN2017"].sort_values("place")
    assert of_call["place"].tolist() == [*range(1, len(of_call) + 1)]
    assert of_call["value"].iloc[0] == 500
    assert of_call["value"].iloc[-1] == 570


def test_a_table_goes_to_parquet_and_back_without_loss(store, tmp_path):
    polars, back = in_polars_and_back(store, tmp_path)
    table = store.winners()
    assert isinstance(polars, pl.DataFrame)
    pd.testing.assert_frame_equal(back, table)
    assert back.attrs == table.attrs
    sheet = pd.read_excel(tmp_path / "winners.xlsx")
    assert sheet["projects_awarded"].dropna().tolist() == table["projects_awarded"].dropna().tolist()


def test_a_new_document_changes_what_rests_on_it(raw_copy):
    """Invented: a document of 2022 tells 610 winners of EN2021, of which no number was known."""
    row = {
        "title": "Document inventé", "publisher": "Inventé", "kind": "official", "published_on": "2022-06-30",
        "retrieved_on": "2026-11-24", "locator": "page 1", "measure": "projects_awarded", "stage": "awarded",
        "counted": "projects", "programme": "ecole_numerique", "call": "EN2021", "territory": "wallonia",
        "value": 610, "unit": "projects", "precision": "exact",
    }  # fmt: skip
    changed = added_document(raw_copy.project.root, row)
    assert changed["en2021_projects"].quantity.value == 610
    assert "en2020_projects" not in changed
    opened = ennum_stats.open(raw_copy.project.root)
    assert opened.winners().set_index("call").loc["EN2021", "projects_awarded"] == 610
    opened.connection.close()


def test_five_hundred_winners_would_have_been_other_shares_and_means(store):
    """500 projects are at most 500 of about 3,800 sites (3,750 to 3,850), and at least 428: of the 607 sites of the
    Federation (Parliament, July 2020) 679 − 500 projects less take one each; 8.65 to 8.75 million euros over them
    (RTL/Belga, June 2020); press kit, graph 1: 1,709 projects before."""
    coverage, winners, total = five_hundred_winners(store)
    assert coverage["share_upper"].tolist() == pytest.approx([500 / 3_750] * 2)
    assert coverage["share_lower"].tolist() == pytest.approx([428 / 3_850, 500 / 3_850])
    assert (winners["mean_grant_lower"], winners["mean_grant_upper"]) == (17_300, 17_500)
    assert total["value"].tolist() == [1_709 + 500]


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
    drawn, chart = simulated(opened, Random(1))  # noqa: S311 - the same draws each time
    opened.connection.close()
    assert float(figure.lower) <= min(drawn) <= max(drawn) <= float(figure.upper)
    assert len(chart.data[0].x) == 1000


def test_schools_that_never_had_anything_are_of_one_province(invented):
    table = never_in_a_province(invented)
    assert set(table["province_name"]) <= {"province de Namur"}
    assert set(table["implantation"].astype(int) >= 9_000_000) <= {True}
