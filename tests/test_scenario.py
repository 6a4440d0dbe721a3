"""A store in which a number is supposed: what follows from it, what does not, and how it says so."""

import pytest

import ennum_stats
from ennum_stats.charts import chart


@pytest.fixture(scope="module")
def supposed(store):
    """The plan of the press kit of 2020: 500 projects for EN2020, of which there were 679."""
    made = store.scenario(projects_awarded={"EN2020": 500})
    yield made
    made.connection.close()


def test_what_follows_from_a_number_is_another_one(store, supposed):
    """Budget of EN2020 8.7 million rounded to 0.1 (RTL/Belga): 8.65 to 8.75 million over 500 projects; press
    kit, graph 1: 28 + 72 + 210 + 570 + 326 + 503 projects before."""
    row = supposed.winners().set_index("call").loc["EN2020"]
    assert row["projects_awarded"] == 500
    assert (row["mean_grant_lower"], row["mean_grant_upper"]) == (17_300, 17_500)
    assert supposed.total("winners", "projects_awarded", calls=["EN1_EN2020"])["value"][0] == 2_209
    assert store.winners().set_index("call").loc["EN2020", "projects_awarded"] == 679


def test_coverage_follows_too(supposed):
    """500 projects are at most 500 sites, and just 500 where a site has one project at most. Of the 607 sites of
    the Federation that won (Parliament, July 2020) 679 − 500 projects less leave 428."""
    table = supposed.coverage(calls=["EN2020"], universe="implantations").set_index("basis")
    assert table["sites_upper"].tolist() == [500, 500]
    assert table["sites_lower"].tolist() == [428, 500]


def reached(store, *calls):
    table = store.coverage(calls=calls, universe="implantations").set_index("basis")
    return tuple(int(table.loc["convention", f"sites_{end}"]) for end in ("lower", "upper"))


def test_what_follows_for_other_calls_stays(store):
    """EN2017 to EN2020 have 1,724 sites, EN1 to EN3 at most 310 others; EN1 to EN2019 at least 1,724 − 679, at most
    1,700. Fewer winners of EN2020 are some of the 679: each takes one site at most. More are others beside."""
    before = (0, 0)
    for projects in (1, 100, 500, 678, 679, 680, 900):
        made = store.scenario(projects_awarded={"EN2020": projects})
        assert reached(made, "EN1_EN2019") == (1045, 1700) == reached(store, "EN1_EN2019")
        fewer, more = max(679 - projects, 0), max(projects - 679, 0)
        lower, upper = reached(made, "EN1_EN2020")
        assert lower == max(1724 - fewer, 1045)
        assert upper == min(2034 + more, 1700 + projects)
        assert before <= (lower, upper)
        before = (lower, upper)
        made.connection.close()


@pytest.mark.parametrize(("call", "winners"), [("EN2018", (0, 100, 326, 330)), ("EN2019", (1, 250, 503))])
def test_fewer_winners_of_any_call_never_give_a_higher_end(store, call, winners):
    """Of EN2018 and EN2019, 326 and 503 are published."""
    before = 0
    for projects in winners:
        made = store.scenario(projects_awarded={call: projects})
        _, upper = reached(made, "EN1_EN2020")
        assert before <= upper
        before = upper
        made.connection.close()
    assert reached(store, "EN1_EN2020")[1] <= before


def test_a_mean_is_the_budget_that_its_projects_make(store):
    """679 projects (RTL/Belga) of 12,000 euros; 500 of 10,000 to 20,000."""
    made = store.scenario(mean_grant={"EN2020": 12_000})
    row = made.winners().set_index("call").loc["EN2020"]
    assert (row["budget_awarded"], row["mean_grant"]) == (8_148_000, 12_000)
    marks = {mark.label: mark.text for mark in chart(made, "mean_grant_per_call", "fr").marks}
    assert marks["EN2020"] == "12\u202f000\u00a0€ (scénario)"
    both = store.scenario(projects_awarded={"EN2020": 500}, mean_grant={"EN2020": (10_000, 20_000)})
    row = both.winners().set_index("call").loc["EN2020"]
    assert (row["budget_awarded_lower"], row["budget_awarded_upper"]) == (5_000_000, 10_000_000)
    made.connection.close()
    both.connection.close()


def test_an_index_of_prices_moves_amounts_at_its_prices_alone(store):
    """The index of 2020 is the one of prices.csv; at the prices of 2020, all that was before becomes dearer alike."""
    (published,) = store.sql("SELECT index FROM prices WHERE year = 2020")["index"]
    made = store.scenario(price_index={2020: 2 * float(published)})
    before, after = (one.budgets(by="call", prices="real:2020").set_index("call") for one in (store, made))
    assert after.loc["EN2018", "lower"] == pytest.approx(2 * before.loc["EN2018", "lower"])
    assert after.loc["EN2020", "value"] == before.loc["EN2020", "value"]
    assert made.budgets(by="call")["value"].equals(store.budgets(by="call")["value"])
    assert "Indice des prix (2020)" in made._repr_html_()
    made.connection.close()


def test_a_list_of_winners_is_counted(demonstration):
    """Données fictives: as many projects as rows, one site of them twice."""
    opened = ennum_stats.open(demonstration.root)
    sites = opened.sql("SELECT DISTINCT implantation FROM implantations ORDER BY ALL")[
        "implantation"
    ].to_list()
    made = opened.scenario(projects_awarded={"EN2020": [*sites[:30], sites[0]]})
    assert made.winners().set_index("call").loc["EN2020", "projects_awarded"] == 31
    assert made.coverage(calls=["EN2020"])["sites"].tolist() == [30]
    with pytest.raises(ennum_stats.UsageError, match="no school site “77”"):
        opened.scenario(projects_awarded={"EN2020": ["77"]})
    made.connection.close()
    opened.connection.close()


def test_more_sites_than_the_closed_call_left_are_refused(store):
    """EN2021 was closed to the 1,724 sites of EN2017 to EN2020, of at most 3,850 (press kit: about 3,800)."""
    store.scenario(projects_awarded={"EN2021": 3850 - 1724}).connection.close()
    with pytest.raises(ennum_stats.EnnumError, match="en2021_closed_to_former"):
        store.scenario(projects_awarded={"EN2021": 3850 - 1724 + 1})


def test_a_scenario_on_another_day_knows_what_was_published_by_then(supposed):
    """End of 2020: no union of 1,724 yet, and 1,700 sites of EN1 to EN2019 at most."""
    then = supposed.known_on("2020-12-31")
    assert type(then) is type(supposed)
    assert reached(then, "EN1_EN2020")[1] == 1700 + 500


def test_stores_are_set_side_by_side(store, supposed):
    table = store.compare(supposed, names=["en2020_projects"])
    assert table["value"].tolist() == [679, 500]
    assert table["store"].tolist()[0] == "2026-11-24"
    assert "500" in table["store"].tolist()[1]
    assert set(store.compare(supposed)["name"]) >= {"en2020_projects", "en2020_mean_grant"}
    assert "en2019_projects" not in set(store.compare(supposed)["name"])


def test_title_and_bar_of_a_chart_say_that_it_is_a_scenario(store, supposed):
    for language, word in (("fr", "Scénario"), ("de", "Szenario"), ("nl", "Scenario"), ("en", "Scenario")):
        for name in ("winners_per_call", "mean_grant_per_call"):
            made, published = chart(supposed, name, language), chart(store, name, language)
            assert made.title.startswith(word)
            assert made.alt.startswith(word)
            bars = {mark.label: mark for mark in made.marks}
            assert word.lower() in bars["EN2020"].text.lower()
            assert word.lower() in bars["EN2020"].words.lower()
            assert {m.label: m for m in published.marks}["EN2019"].text == bars["EN2019"].text
            assert word not in published.title
    assert chart(supposed, "winners_per_call", "fr", units="shares").title.startswith("Scénario")


def test_numbers_of_other_calls_stay(store, supposed):
    before, after = (one.winners().set_index("call") for one in (store, supposed))
    others = [call for call in before.index if call != "EN2020"]
    columns = ["projects_awarded", "budget_awarded", "mean_grant", "projects_introduced"]
    assert after.loc[others, columns].equals(before.loc[others, columns])


def test_every_output_says_that_it_is_a_scenario(supposed):
    assert "scenario.projects_awarded.EN2020" in repr(supposed)
    told = "Scénario, non publié\u00a0: Projets lauréats (EN2020)\u00a0: 500"
    assert told in supposed._repr_html_()
    assert supposed.figure("en2020_projects").text("fr") == "500\u00a0projets (scénario)"
    tables = supposed.winners(), supposed.coverage(), supposed.figures(), supposed.conflicts()
    for table in tables:
        assert table["notice"].str.contains("(EN2020): 500", regex=False).all()
        assert table.attrs["notice"].startswith("Scenario, not published")
    assert "notice" in supposed.polars.winners().columns
    for language, word in (("fr", "Scénario"), ("de", "Szenario"), ("nl", "Scenario")):
        drawn = chart(supposed, "winners_per_call", language)
        assert drawn.source_line.startswith(word)
        assert drawn.source_short.startswith(word)


def test_a_published_store_has_no_such_column(store):
    assert "notice" not in store.winners().columns
    assert "notice" not in store.winners().attrs


def test_its_hash_is_its_own_and_repeats(store, supposed):
    again = store.scenario(projects_awarded={"EN2020": 500})
    assert again.content_hash == supposed.content_hash != store.content_hash
    again.connection.close()


def test_sql_sees_what_is_supposed(supposed):
    query = "SELECT value FROM observations WHERE call = 'EN2020' AND measure = 'projects_awarded'"
    assert [float(value) for value in supposed.sql(query)["value"]] == [500]


def test_two_ends_are_bounds_and_several_hypotheses_hold_together(store):
    """8.65 to 8.75 million over 400 to 600 projects; a scenario of a scenario has both hypotheses."""
    made = store.scenario(projects_awarded={"EN2020": (400, 600)})
    row = made.winners().set_index("call").loc["EN2020"]
    assert row["mean_grant_lower"] == pytest.approx(8_650_000 / 600)
    assert row["mean_grant_upper"] == pytest.approx(8_750_000 / 400)
    both = made.scenario(budget_awarded={"EN2020": 6_000_000})
    assert both.winners().set_index("call").loc["EN2020", "mean_grant_upper"] == 15_000
    made.connection.close()
    both.connection.close()


def test_what_a_programme_spent_moves_the_total(store):
    """Cyberclasse spent about 85 million, of which half a million either way is not printed."""
    made = store.scenario(budget_spent={"cyberclasse": 100_000_000})
    before, after = store.figure("total_investment"), made.figure("total_investment")
    assert after.lower - before.lower == 100_000_000 - 84_500_000
    assert after.upper - before.upper == 100_000_000 - 85_500_000
    made.connection.close()


def test_lists_of_winners_tell_what_was_and_count_no_more(demonstration):
    """Données fictives."""
    opened = ennum_stats.open(demonstration.root)
    call = opened.sql("SELECT call FROM lists WHERE kind = 'winners' ORDER BY call")["call"][0]
    made = opened.scenario(projects_awarded={call: 7})
    assert made.winners().set_index("call").loc[call, "projects_awarded"] == 7
    kept = made.sql("SELECT call FROM lists WHERE kind = 'winners'")["call"]
    assert call not in kept.to_list()
    made.connection.close()
    opened.connection.close()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"projects_awarded": {"EN2002": 1}}, "projects_awarded.*EN2002.*EN2020"),
        ({"budget_spent": {"cyberclass": 1}}, "budget_spent.*cyberclass.*cyberclasse"),
        ({"projects_awarded": {"EN2020": -1}}, "projects_awarded.*-1.*negative"),
        ({"projects_awarded": {"EN2020": "many"}}, "many"),
        ({"projects_awarded": {"EN2020": "500"}}, "500"),
        ({"projects_awarded": {"EN2020": 5000}}, "5000 of at most 955"),  # 955 applicants
        ({"projects_awarded": {"EN2020": (956, None)}}, "956 of at most 955"),
        ({"projects_introduced": {"EN2020": 100}}, "679 of at most 100"),
        ({"budget_spent": {"cyberclasse": 5_000_000}}, "of at most 5000000"),  # 10,454,948 are detailed
        ({"projects_awarded": {"EN2020": (2, 1)}}, "lower and an upper end"),
        ({"projects_awarded": {"EN2020": (None, None)}}, "lower and an upper end"),
        ({"budget_awarded": {"EN2020": float("nan")}}, "nan"),
        ({"mean_grant": {"EN2021": 10_000}}, "EN2021.*no number of projects"),
        ({"mean_grant": {"EN2020": 1}, "budget_awarded": {"EN2020": 1}}, "cannot both be supposed"),
        ({"price_index": {2020: 0}}, "price_index.*above 0"),
        ({"price_index": {2010: 101}}, "of the year of its base, 100"),
        ({"price_index": {1950: 20}}, "No price index.*1950"),
        ({"projects_awarded": {"EN2020": ["5005"]}}, "No register of schools"),
        ({"projects_introduced": {"EN2020": ["5005"]}}, "cannot be supposed"),
        ({}, "Nothing is supposed"),
    ],
)
def test_what_cannot_be_supposed_is_told(store, asked, told):
    with pytest.raises(ennum_stats.UsageError, match=told):
        store.scenario(**asked)
