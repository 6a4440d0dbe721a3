"""What was announced beside what was reached: expected values are those that the documents print."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from ennum_stats.measures import targets
from ennum_stats.measures.targets import is_target, targets_rows
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Known, Missing
from ennum_stats.vocabulary import BREAKDOWNS

PILOT = 183  # press kit of January 2020, sections 1.1 and 2.4
PILOT_PLANNED = 200  # digitalwallonia.be, 8 June 2016


def rows_of(ledger, **wanted):
    return [
        row
        for row in targets_rows(ledger).rows
        if all(getattr(row, name) == value for name, value in wanted.items())
    ]


def test_every_announcement_has_one_row(ledger_at):
    ledger = ledger_at("2026-11-25")
    announced = [o.observation_id for o in ledger.all_observations() if is_target(o)]
    told = [row.planned.observations[0].observation_id for row in targets_rows(ledger).rows]
    assert sorted(told) == sorted(announced)
    assert len(told) > 40


def test_wi_fi_of_the_pilot_stands_beside_its_plan(ledger_at):
    (row,) = rows_of(ledger_at("2020-06-01"), target="sites_planned", programme="connectivity")
    assert row.planned.quantity.value == PILOT_PLANNED
    assert row.reached.quantity.value == PILOT
    assert row.share.quantity.value == Decimal(PILOT) / PILOT_PLANNED
    assert row.known_on.isoformat() == "2016-06-08"
    assert row.reached_on == date(2020, 1, 31)


def test_nothing_is_reached_before_a_document_tells_it(ledger_at):
    """The first document that counts sites of the pilot is of December 2017."""
    (row,) = rows_of(ledger_at("2017-06-30"), target="sites_planned", programme="connectivity")
    assert isinstance(row.reached, Missing)
    assert isinstance(row.share, Missing)


def test_a_plan_of_which_nothing_later_is_known_has_no_share(ledger_at):
    found = rows_of(ledger_at("2026-11-25"), programme="plan_2022_2026")
    assert {row.target for row in found} >= {"wifi_sites_planned", "budget_planned"}
    assert all(isinstance(row.reached, Missing) for row in found)


def test_only_an_open_bound_gives_no_share_but_bounds(ledger_at):
    """Of "more than 40,000" (answer of 4 May 2009), about 16,000 (Data News, 2011) are at most a share."""
    found = rows_of(ledger_at("2020-06-01"), target="computers_planned", programme="cyberclasse")
    assert {row.reached_on for row in found} == {date(2011, 12, 31)}
    assert [row.planned.quantity.point for row in found] == [40_000, 40_000, None]
    share = found[-1].share.quantity
    assert share.value is None
    assert share.bounds.upper < 1


def test_more_can_be_reached_than_was_announced(ledger_at):
    """500 projects were announced for EN2020; more won."""
    for row in rows_of(ledger_at("2026-11-25"), target="projects_planned", call="EN2020"):
        assert row.planned.quantity.value == 500
        assert row.share.quantity.value > 1


@pytest.mark.parametrize("day", ["2009-09-09", "2017-12-31", "2026-11-25"])
def test_what_was_reached_is_no_older_than_its_announcement_and_of_its_unit(ledger_at, day):
    for row in targets_rows(ledger_at(day)).rows:
        if isinstance(row.reached, Known):
            assert all(o.known_on >= row.known_on for o in row.reached.observations)
            assert not any(map(is_target, row.reached.observations))
            assert row.reached.quantity.unit == row.planned.quantity.unit


def test_what_was_counted_before_an_announcement_reaches_nothing_of_it():
    """Invented: 100 sites counted in 2015, then 200 announced in 2016."""
    counted = SimpleNamespace(
        status="A",
        stage="installed",
        quantity=Quantity.exact(100, "implantations"),
        known_on=date(2015, 1, 1),
    )
    announced = SimpleNamespace(known_on=date(2016, 6, 8), **dict.fromkeys(BREAKDOWNS))
    ledger = SimpleNamespace(select=lambda *_, **__: [counted], in_euro=lambda quantity: quantity)
    assert [*targets._later(ledger, "sites_installed", announced, "implantations")] == []
    announced.known_on = date(2014, 6, 8)
    assert [*targets._later(ledger, "sites_installed", announced, "implantations")] == [counted]
