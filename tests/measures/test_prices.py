"""Amounts at the prices of a year: the same conversion in figures, charts, winners and budgets."""

from decimal import Decimal

import pytest

from ennum_stats.charts import CHARTS, chart
from ennum_stats.errors import UsageError
from ennum_stats.figures import figure, figures
from ennum_stats.measures.budgets import programme_rows
from ennum_stats.measures.winners import winners_rows
from ennum_stats.store.answers import Known

MONEY = (
    "budget_by_programme", "cumulated_investment", "cyberclasse_components", "budget_per_call",
    "mean_grant_per_call", "committed_since_first_call",
)  # fmt: skip


def index_of(ledger):
    rows = ledger.records("prices")
    return {row["year"]: row["index"] for row in rows if row["series"] == "cpi_belgium"}


def test_a_call_is_bounded_by_the_index_of_its_two_years(ledger):
    # EN2018 ran from September 2017 to August 2018 and awarded 6,910,088 euros (press kit).
    index = index_of(ledger)
    expected = sorted(Decimal(6910088) * index[2019] / index[year] for year in (2017, 2018))
    found = figure(ledger, "en2018_budget", "real:2019")
    assert found.value is None
    assert [found.lower, found.upper] == [pytest.approx(end) for end in expected]
    assert "2019" in found.formula("en")
    mean = figure(ledger, "en2018_mean_grant", "real:2019")
    assert [mean.lower, mean.upper] == [pytest.approx(end / 326) for end in expected]


def test_the_total_at_the_prices_of_a_year_is_the_sum_of_its_parts(ledger):
    names = ("cyberecole_budget", "cyberclasse_budget", "en_budget_2012_2019", "connectivity_budget")
    parts = [figure(ledger, name, "real:2024") for name in names]
    total = figure(ledger, "total_investment", "real:2024")
    assert total.lower == pytest.approx(sum(part.lower for part in parts))
    assert total.upper == pytest.approx(sum(part.upper for part in parts))
    assert total.lower > figure(ledger, "total_investment").upper  # prices rose every year


def test_what_a_document_leaves_open_is_told_at_any_prices(ledger):
    """The text allows the budget of the pilot to be for 200 or for 183 sites, whatever euros it is in."""
    name = "connectivity_cost_per_site"
    told = figure(ledger, name).caveats("en")
    assert any("text allows both" in one for one in told)
    assert figure(ledger, name, "real:2019").caveats("en") == told


def test_only_amounts_change_with_prices(ledger):
    for one in figures(ledger):
        again = figure(ledger, one.name, "real:2019")
        if again.prices == "nominal":
            assert again.answer == one.answer
        else:
            assert one.unit.split("/")[0] == "EUR"


def test_figures_measures_and_charts_convert_alike(ledger):
    marks = {m.colour: m.ends for m in chart(ledger, "budget_by_programme", "en", prices="real:2019").marks}
    from ennum_stats.measures.prices import prices_of_year

    for row in programme_rows(ledger, prices_of_year(ledger, "real:2019")).rows:
        assert isinstance(row.value, Known)
        assert marks[row.programme] == (row.value.quantity.bounds.lower, row.value.quantity.bounds.upper)
    bars = chart(ledger, "budget_per_call", "en", prices="real:2019").marks
    rows = winners_rows(ledger, prices="real:2019").rows
    for row, mark in zip(rows, bars, strict=True):
        if isinstance(row.budget_awarded, Known):
            assert mark.quantity == row.budget_awarded.quantity


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_its_prices_or_is_the_same_at_any(ledger, name):
    nominal, real = (chart(ledger, name, "en", prices=prices) for prices in ("nominal", "real:2024"))
    if name in MONEY:
        assert "at the prices of 2024" in real.subtitle
        assert "at current prices" in nominal.subtitle
        assert real.table != nominal.table
    else:
        assert real == nominal


def test_a_chart_by_call_shows_the_calls_chosen(ledger):
    drawn = chart(ledger, "winners_per_call", "en", calls=("EN2018", "EN2019"))
    assert [mark.label for mark in drawn.marks] == ["EN2018", "EN2019"]
    assert "326" in drawn.title
    assert "503" in drawn.title


def test_a_year_without_index_is_told(ledger):
    with pytest.raises(UsageError, match="real:1066"):
        figure(ledger, "total_investment", "real:1066")
    with pytest.raises(UsageError, match="real:1066"):
        chart(ledger, "budget_per_call", "en", prices="real:1066")
