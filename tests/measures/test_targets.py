"""What was announced beside what was reached: expected values are those that the documents print."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from ennum_stats.measures import targets
from ennum_stats.measures.targets import PromiseState, is_target, promises, targets_rows
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


def promise_of(ledger, **wanted):
    [promise] = [
        one for one in promises(ledger)
        if all(getattr(one.rows[0], name) == value for name, value in wanted.items())
    ]  # fmt: skip
    return promise


def test_a_promise_stands_once_with_all_documents_that_repeat_it(ledger_at):
    """ "40 000" in 2006 and 2007, "plus de 40 000" in 2009; of these, about 16,000 in 2011, the last that is told."""
    devices = promise_of(ledger_at("2026-11-25"), target="computers_planned", programme="cyberclasse")
    assert [row.known_on.year for row in devices.rows] == [2006, 2007, 2009]
    assert devices.announced.quantity.value == 40_000
    assert devices.state is PromiseState.SILENT
    assert (devices.heard_on, devices.silent_months) == (date(2011, 12, 31), 14 * 12 + 10)


def test_every_announcement_is_in_one_promise(ledger_at):
    ledger = ledger_at("2026-11-25")
    documents = [row.planned.observations[0].observation_id for one in promises(ledger) for row in one.rows]
    assert sorted(documents) == sorted(
        one.observation_id for one in ledger.all_observations() if is_target(one)
    )


@pytest.mark.parametrize(
    ("day", "wanted", "state"),
    [
        # Announced 500 projects in January 2020; 679 won in October 2021.
        ("2026-11-25", {"target": "projects_planned", "programme": "ecole_numerique"}, PromiseState.EXCEEDED),
        # 183 of the 200 sites that were to have Wi-Fi by the end of 2016.
        ("2026-11-25", {"target": "sites_planned", "programme": "connectivity"}, PromiseState.SHORT),
        # 7,124,359 euros, where about 7 million were announced: rounded, that is either side.
        ("2026-11-25", {"target": "budget_planned", "programme": "connectivity"}, PromiseState.UNCERTAIN),
        ("2026-11-25", {"target": "wifi_sites_planned", "programme": "plan_2022_2026", "counted": "schools"},
         PromiseState.SILENT),
        # About 16,000 of 40,000 devices, told in 2011: lately, in 2012.
        ("2012-06-30", {"target": "computers_planned", "programme": "cyberclasse"}, PromiseState.UNDER_WAY),
    ],
)  # fmt: skip
def test_the_state_of_a_promise_is_never_more_than_its_bounds_prove(ledger_at, day, wanted, state):
    assert promise_of(ledger_at(day), **wanted).state is state


def test_what_was_announced_anew_replaces_what_was_announced_before(ledger_at):
    """40 to 50 million euros for equipment in July 2023, 60 million in March 2025."""
    ledger = ledger_at("2026-11-25")
    states = {
        promise.rows[0].known_on.year: promise.state
        for promise in promises(ledger)
        if (promise.rows[0].programme, promise.rows[0].component) == ("plan_2022_2026", "equipment")
    }
    assert states == {2023: PromiseState.REPLACED, 2025: PromiseState.SILENT}


def test_what_runs_and_is_silent_stands_first(ledger_at):
    shown = promises(ledger_at("2026-11-25"))
    silent = [one for one in shown if one.state is PromiseState.SILENT]
    assert shown[: len(silent)] == silent
    assert [one.is_running for one in silent] == sorted((one.is_running for one in silent), reverse=True)
