"""Measures of several days in one table."""

import pytest

import ennum_stats

DAYS = ["2020-01-31", "2026-11-24"]


@pytest.fixture(scope="module")
def opened(project):
    with ennum_stats.open(project.root, known_at=DAYS[-1]) as store:
        yield store


def test_it_has_what_each_store_says_of_its_own_day(opened):
    panel = opened.table(["winners"], by="call", at=DAYS, where={"measure": "projects_awarded"})
    for day in DAYS:
        alone = opened.known_on(day).winners().set_index("call")["projects_awarded"]
        of_day = panel[panel["known_at"] == day].set_index("call")["value"]
        assert dict(of_day.dropna()) == dict(alone.dropna())


def test_calls_are_one_order_of_time_in_all_rows_and_libraries(opened):
    panel = opened.table(["winners", "budgets"], by="call", at=DAYS)
    assert panel["call"].dtype.ordered
    assert list(panel["call"].sort_values().unique())[:4] == ["EN1", "EN2", "EN3", "EN2017"]
    assert opened.polars.table(["winners", "budgets"], by="call", at=DAYS).shape == panel.shape


def test_wide_it_sets_numbers_of_a_part_and_day_beside_each_other(opened):
    wanted = {"measure": ["projects_awarded", "budgets"], "call": ["EN2019", "EN2020"]}
    wide = opened.table(["winners", "budgets"], by="call", at=DAYS, where=wanted, shape="wide")
    assert list(wide["call"]) == ["EN2019", "EN2020"] * 2
    assert {"projects_awarded", "projects_awarded_lower", "budgets_upper"} <= {*wide.columns}
    of_kit = wide[(wide["call"] == "EN2019") & (wide["known_at"] == DAYS[0])].iloc[0]
    assert (of_kit["projects_awarded"], of_kit["budgets"]) == (503, 6_825_000)  # printed by the kit of 2020


def test_a_column_that_there_is_not_is_told_with_those_that_there_are(opened):
    with pytest.raises(ennum_stats.UnknownName, match=r"where.*There is no column “year”"):
        opened.table(["winners"], where={"year": "2020"})
