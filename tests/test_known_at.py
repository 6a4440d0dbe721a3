"""What a reader could know on six past days.

`golden/known_at.csv` was typed from the documents: each row is a figure or a measure of the ledger, the
number that had been published by then, and a number that another document gave instead.
"""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from ennum_stats.figures import figure, figures
from ennum_stats.measures.calls import sum_over_calls
from ennum_stats.quantities import Reason
from ennum_stats.store.answers import Known, Missing
from ennum_stats.store.ledger import open_ledger
from ennum_stats.vocabulary import ClaimStatus

GOLDEN = Path(__file__).parent / "golden" / "known_at.csv"
ROWS = list(csv.DictReader(GOLDEN.read_text("utf-8").splitlines()))
DAYS = sorted({row["known_at"] for row in ROWS})


def title(row):
    return f"{row['known_at']} {row['subject']}"


def dimensions(row):
    return dict(pair.split("=") for pair in row["dimensions"].split())


def answers(ledger, row):
    """The figure's answer, and the measure's, where the row has them."""
    found = []
    if row["figure"]:
        found.append(figure(ledger, row["figure"]).answer)
    if row["measure"]:
        found.append(ledger.answer(row["measure"], **dimensions(row)))
    assert found
    return found


def test_six_days_are_golden():
    assert len(ROWS) == 31
    assert len(DAYS) == 6


@pytest.mark.parametrize("row", [r for r in ROWS if r["expected"]], ids=title)
def test_what_was_known(ledger_at, row):
    for answer in answers(ledger_at(row["known_at"]), row):
        assert isinstance(answer, Known)
        assert float(answer.quantity.value) == pytest.approx(float(row["expected"]), rel=5e-4)
        if float(row["expected"]) >= 1:
            assert answer.quantity.value == int(row["expected"])
        assert answer.quantity.precision == row["precision"]
        assert all(o.known_on.isoformat() <= row["known_at"] for o in answer.observations)


@pytest.mark.parametrize("row", [r for r in ROWS if r["missing_reason"]], ids=title)
def test_what_was_not_known_is_missing_with_its_reason_never_zero(ledger_at, row):
    ledger = ledger_at(row["known_at"])
    for answer in answers(ledger, row):
        assert isinstance(answer, Missing)
        assert answer.reason == row["missing_reason"]
    record = figure(ledger, row["figure"]).record("fr")
    assert (record["value"], record["lower"], record["upper"]) == (None, None, None)
    assert record["missing_reason"] == row["missing_reason"]
    assert record["status"] == "M"
    assert "0" not in record["text"]


@pytest.mark.parametrize("row", [r for r in ROWS if r["conflict"]], ids=title)
def test_what_other_documents_said_is_kept(ledger_at, row):
    """An earlier state of the world (12 connectivity sites in 2017) is no conflict, but it is kept too."""
    ledger = ledger_at(row["known_at"])
    selected = ledger.select(row["measure"], **dimensions(row))
    assert int(row["conflict"]) in {o.quantity.value for o in selected}
    answer = answers(ledger, row)[0]
    states = row["figure"] == "connectivity_sites_installed"
    conflicts = {int(o.quantity.value) for o in answer.conflicts}
    assert conflicts == set() if states else int(row["conflict"]) in conflicts


@pytest.mark.parametrize("row", [r for r in ROWS if r["sum_of_calls"]], ids=title)
def test_a_published_total_is_held_against_the_sum_of_its_calls(ledger_at, row):
    call_set = dimensions(row)["call"]
    total = sum_over_calls(ledger_at(row["known_at"]), row["measure"], call_set)
    assert isinstance(total, Known)
    assert total.quantity.value == int(row["sum_of_calls"])
    agrees = row["sum_of_calls"] == row["expected"]
    assert total.claim_status is (ClaimStatus.PROVED if agrees else ClaimStatus.CONTRADICTED)
    assert total.claim.quantity.value == int(row["expected"])


# --- the last day of a month or year counts ------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "last_unknown", "first_known", "value"),
    [
        ("en2019_projects", "2020-01-30", "2020-01-31", 503),  # the kit: "2020-01"
        ("en2020_projects", "2020-06-29", "2020-06-30", 679),  # RTL/Belga: "2020-06"
        ("en2018_introduced", "2018-06-05", "2018-06-06", 781),  # Regional-IT: a day
        ("staff_total_2019", "2020-01-30", "2020-01-31", 30),
        ("connectivity_sites_installed", "2017-12-11", "2017-12-12", 12),
    ],
)
def test_a_number_is_known_from_the_last_day_of_its_documents_date(
    ledger_at, name, last_unknown, first_known, value
):
    assert isinstance(figure(ledger_at(last_unknown), name).answer, Missing)
    assert figure(ledger_at(first_known), name).value == value


def test_a_document_of_a_year_counts_from_its_last_day(ledger_at):
    """Batichronique is dated "2018": 317 implantations of EN2018."""
    wanted = {"programme": "ecole_numerique", "call": "EN2018", "counted": "implantations"}
    assert isinstance(ledger_at("2018-12-30").answer("sites_awarded", **wanted), Missing)
    assert ledger_at("2018-12-31").answer("sites_awarded", **wanted).quantity.value == 317


def test_a_document_without_date_counts_from_the_day_it_was_read(ledger_at):
    """Ludomag: nearly 20,000 computers of Cyberécole; read on 24 November 2026."""
    wanted = {"programme": "cyberecole"}
    before = ledger_at("2026-11-23").select("computers_installed", **wanted)
    after = ledger_at("2026-11-24").select("computers_installed", **wanted)
    assert {o.source.source_id for o in after} - {o.source.source_id for o in before} == {"ludomag"}


def test_a_call_is_not_known_before_its_first_document(ledger_at):
    assert "EN2021" not in {call.call for call in ledger_at("2021-10-05").calls}
    assert "EN2021" in {call.call for call in ledger_at("2021-10-08").calls}
    assert [call.call for call in ledger_at("2012-12-31").calls] == []


def test_milestones_are_not_known_before_their_document(ledger_at):
    early = ledger_at("2012-12-31").records("milestones")
    late = ledger_at("2026-11-24").records("milestones")
    assert len(early) < len(late)


# --- every day -----------------------------------------------------------------------------------


def test_no_answer_uses_what_came_later(ledger_at):
    for day in (*DAYS, "2026-11-24"):
        for found in figures(ledger_at(day)):
            evidence = (*found.answer.observations, *found.answer.conflicts)
            assert all(o.known_on <= found.known_at for o in evidence), (day, found.name)


def test_what_was_known_once_is_known_later(ledger_at):
    """A later document adds a row; nothing is forgotten."""
    known = set()
    for day in (*DAYS, "2026-11-24"):
        now = {f.name for f in figures(ledger_at(day)) if isinstance(f.answer, Known)}
        assert known <= now, day
        known = now


def test_between_two_documents_nothing_changes(ledger_at):
    """The day before a document, one knows what was known since the one before."""
    days = ledger_at("2026-11-24").days_known()
    assert days == sorted(days)
    quiet = [(a, b) for a, b in pairwise(days) if b - a > timedelta(days=30)]
    for before, after in quiet[-6:]:
        one, other = (
            {f.name: (f.value, f.lower, f.upper) for f in figures(ledger_at(day))}
            for day in (before, after - timedelta(days=1))
        )
        assert one == other, before


def test_today_is_meant_unless_a_day_is_told(project):
    ledger = open_ledger(project)
    assert (date.today() - ledger.known_at).days in (0, 1)  # noqa: DTZ011
    ledger.connection.close()


def test_a_reason_is_of_the_closed_list():
    assert {row["missing_reason"] for row in ROWS if row["missing_reason"]} <= set(Reason)
