"""Amounts of spans spread over their years: an assumption that each row names, and that loses nothing."""

import pandas as pd
import polars as pl
import pytest

import ennum_stats
from ennum_stats import allocate, sum_bounds


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_each_day_of_a_span_costs_the_same(store, library):
    """Press kit: 7,124,359 euros for connectivity from 2016, a leap year, to 2019."""
    budgets = getattr(store, library).budgets()
    spread = allocate(budgets, until="2019-12-31")
    rows = spread.to_dicts() if library == "polars" else spread.to_dict("records")
    found = {row["year"]: row["value"] for row in rows if row["programme"] == "connectivity"}
    days = {2016: 366, 2017: 365, 2018: 365, 2019: 365}
    assert found == {year: pytest.approx(7_124_359 * n / 1_461) for year, n in days.items()}
    assert {row["assumption"] for row in rows} == {"spread evenly over the days of its span"}
    assert {row["status"] for row in rows} == {"E"}


def test_school_years_begin_in_september(store):
    """Press kit: EN1 awarded 104,880 euros for 2012-2013, 122 of whose 365 days are in 2012."""
    spread = allocate(store.budgets(by="call")).set_index(["call", "year"])
    assert spread.loc[("EN1", 2012), "value"] == pytest.approx(104_880 * 122 / 365)
    assert spread.loc[("EN1", 2013), "value"] == pytest.approx(104_880 * 243 / 365)
    assert spread.loc["EN3"].index.tolist() == [2014, 2015, 2016]
    assert spread.loc["EN2021", "status"].tolist() == ["M", "M"]


@pytest.mark.parametrize("until", [None, "2019-12-31"])
@pytest.mark.parametrize("by", ["programme", "call"])
def test_the_years_of_an_amount_sum_to_it(store, by, until):
    whole = store.budgets(by=by).set_index(by)
    spread = allocate(store.budgets(by=by), until=until)
    for column in ("lower", "upper"):
        known = whole[column].dropna()
        sums = spread.groupby(by, observed=True)[column].sum()[known.index]
        assert sums.to_numpy() == pytest.approx(known.to_numpy())


def test_what_has_no_end_stays_whole_in_a_row_without_a_year(store):
    spread = allocate(store.budgets()).set_index("programme")
    assert pd.isna(spread.loc["connectivity", "year"])
    assert spread.loc["connectivity", "value"] == 7_124_359


def test_a_sum_goes_on_saying_that_it_is_an_assumption(store):
    spread = allocate(store.budgets(by="call"))
    summed = sum_bounds(spread, by="year")
    assert set(summed["assumption"]) == {"spread evenly over the days of its span"}
    assert summed.attrs["assumption"] == spread.attrs["assumption"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"by": "month"}, "by.*month.*year"),
        ({"how": "linear"}, "how.*linear.*even"),
        ({"until": "2019-02-30"}, "until"),
        ({"frame": pl.DataFrame({"call": ["EN1"], "value": [1.0]})}, "by programme or by call"),
    ],
)
def test_what_cannot_be_spread_is_told(store, asked, told):
    with pytest.raises(ennum_stats.UsageError, match=told):
        allocate(**{"frame": store.budgets()} | asked)
