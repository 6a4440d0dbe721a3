"""Corrections: made in the open, guarded by the value that they replace."""

import pytest

from ennum_stats.quantities import Reason
from ennum_stats.store.answers import Missing

PUPILS = "batichronique-2018.pupils_concerned.EN2018"


def test_a_correction_that_matches_nothing_is_a_finding(raw_copy):
    line = raw_copy.cell("corrections.csv", PUPILS, "observation_id", "batichronique-2018.pupils")
    (finding,) = raw_copy.findings()
    assert finding.startswith(
        f"data/raw/corrections.csv:{line}: observation_id: The correction matches no row: "
        "“batichronique-2018.pupils”."
    )


def test_a_correction_whose_old_value_changed_fails_loudly(raw_copy):
    raw_copy.cell("observations/published.csv", PUPILS, "value", "32000")
    (finding,) = raw_copy.findings()
    assert finding.startswith("data/raw/corrections.csv:")
    assert ": old_value: The corrected row no longer says “320000”." in finding


def test_a_correction_of_no_column_is_a_finding(raw_copy):
    line = raw_copy.cell("corrections.csv", PUPILS, "column", "valeur")
    (finding,) = raw_copy.findings()
    assert f"corrections.csv:{line}: column: The correction is of a column “valeur”" in finding


@pytest.mark.parametrize("column", ["reason", "old_value", "decided_on"])
def test_a_correction_says_why_and_what_and_when(raw_copy, column):
    line = raw_copy.cell("corrections.csv", PUPILS, column, "")
    places = [finding.split(": ")[:2] for finding in raw_copy.findings()]
    assert [f"data/raw/corrections.csv:{line}", column] in places


def test_what_is_set_aside_is_missing_as_not_comparable(ledger_at):
    """320,000 pupils in 317 sites (Batichronique 2018) is about a thousand a site: set aside."""
    answer = ledger_at("2026-11-24").answer("pupils_concerned", programme="ecole_numerique", call="EN2018")
    assert isinstance(answer, Missing)
    assert answer.reason is Reason.NOT_COMPARABLE


def test_a_call_that_is_corrected_counts_for_the_right_call(ledger_at):
    """Regional-IT of July 2021 says "this year" of the 8.7 million that EN2020 got."""
    ledger = ledger_at("2026-11-24")
    of_en2020 = ledger.select("budget_awarded", programme="ecole_numerique", call="EN2020")
    assert "regional-it-2021-07-05" in {o.source.source_id for o in of_en2020}
    answer = ledger.answer("budget_awarded", programme="ecole_numerique", call="EN2021")
    assert isinstance(answer, Missing)
