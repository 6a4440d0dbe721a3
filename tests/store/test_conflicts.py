"""Ten places where documents contradict each other, or themselves: shown, never hidden.

Numbers are typed from the documents named beside them. All is asked as known on 24 November 2026.
"""

from decimal import Decimal

import pytest

from ennum_stats.figures import figure
from ennum_stats.measures.calls import sum_over_calls
from ennum_stats.measures.coverage import coverage_rows
from ennum_stats.quantities import Precision, Reason
from ennum_stats.store.answers import Known, Missing
from ennum_stats.store.conflicts import conflicts
from ennum_stats.vocabulary import ClaimStatus

EN = {"programme": "ecole_numerique"}


@pytest.fixture(scope="module")
def ledger(ledger_at):
    return ledger_at("2026-11-24")


@pytest.fixture(scope="module")
def listed(ledger):
    """What `ennum conflicts` lists: (measure, calls, kind) to chosen number and the others."""
    found = {}
    for conflict in conflicts(ledger):
        key = (conflict.measure, " ".join(conflict.calls), str(conflict.kind))
        sides = (int(conflict.chosen.number), {int(side.number) for side in conflict.others})
        found.setdefault(key, []).append(sides)
    return found


def printed(ledger, measure, **dimensions):
    return {int(o.quantity.value) for o in ledger.select(measure, **dimensions) if o.quantity}


def test_1_en2018_325_or_326_projects(ledger, listed):
    """325 in June 2018; 326 in the kit, and 570 + 326 = 896 in the agency's study of 2021."""
    assert listed["projects_awarded", "EN2018", "disagreement"] == [(326, {325})]
    both = sum_over_calls(ledger, "projects_awarded", "EN2017_EN2018")
    assert both.quantity.value == both.claim.quantity.value == 896
    assert both.claim_status is ClaimStatus.PROVED


def test_2_the_budgets_of_en2018_and_en2019(listed):
    """6.8, 6.850 and 7.5 million against 6,910,088; 6.9 and "about 6" against 6.825 million."""
    assert listed["budget_awarded", "EN2018", "disagreement"] == [
        (6910088, {6800000, 6850000, 7500000})
    ]
    assert listed["budget_awarded", "EN2019", "disagreement"] == [(6825000, {6900000, 6000000})]


def test_3_en2017_500_by_the_jury_then_50_68_or_70_more(ledger, listed):
    whole, added = listed["projects_awarded", "EN2017", "disagreement"]
    assert whole == (570, {500})
    assert {added[0], *added[1]} == {50, 68, 70}
    parts = printed(ledger, "projects_awarded", **EN, call="EN2017", component="added_after_jury")
    assert parts == {50, 68, 70}


def test_4_2075_published_2078_summed(ledger, listed):
    """570 + 326 + 503 + 679."""
    calls = "EN2017 EN2018 EN2019 EN2020"
    assert listed["projects_awarded", calls, "sum"] == [(2078, {2075})]
    total = sum_over_calls(ledger, "projects_awarded", "EN2017_EN2020")
    assert total.claim_status is ClaimStatus.CONTRADICTED


def test_5_en2020_planned_and_awarded_are_two_things(ledger, listed):
    """500 projects for 7.5 or 8.9 million announced; 679 for 8.7 million awarded."""
    assert listed["budget_planned", "EN2020", "disagreement"] == [(7500000, {8900000})]
    assert figure(ledger, "en2020_projects_planned").value == 500
    assert figure(ledger, "en2020_projects").value == 679
    assert figure(ledger, "en2020_budget").value == 8700000


def test_5_the_same_call_reported_as_two_years_is_corrected(ledger):
    """Regional-IT, July 2021: "this year" 8.7 million, "the year before" 8.9 million."""
    of_2021 = ledger.answer("budget_awarded", **EN, call="EN2021")
    assert isinstance(of_2021, Missing)
    sources = {o.source.source_id for o in ledger.select("budget_awarded", **EN, call="EN2020")}
    assert "regional-it-2021-07-05" in sources


def test_6_2400_teams_nearly_more_than_or_about(ledger, listed):
    """Digital Wallonia 2020: nearly; a question of October 2020: more than; L'Avenir 2022: about. The
    calls EN1 to EN2020 sum to 1,709 + 679 = 2,388."""
    until_2020 = ledger.select("teams_equipped", **EN, call="EN1_EN2020")
    until_2021 = ledger.select("teams_equipped", **EN, call="EN1_EN2021")
    ways = {o.quantity.precision for o in (*until_2020, *until_2021) if o.quantity.value == 2400}
    assert ways == {Precision.NEARLY, Precision.MORE_THAN, Precision.ABOUT}
    calls = "EN1 EN2 EN3 EN2017 EN2018 EN2019 EN2020"
    assert listed["teams_equipped", calls, "disagreement"] == [(2400, {2400})]
    assert listed["teams_equipped", calls, "sum"] == [(2388, {2400})]


def test_7_more_than_540_or_522(listed):
    """The kit, after AWT; 427 secondary + 95 of promotion sociale in a question of 2006."""
    assert listed["etablissements_equipped", "", "sum"] == [(522, {540})]


def test_8_schools_in_wallonia_by_source_and_by_unit(ledger):
    """3,007 établissements of the Federation; 3,250 établissements; 3,200 and 3,300 schools; 3,350
    implantations open to Cyberclasse; 3,500 and 3,800 implantations: each keeps unit and territory."""
    assert 3007 in printed(ledger, "etablissements", territory="fwb")
    assert 3250 in printed(ledger, "etablissements")
    assert printed(ledger, "schools") >= {3200, 3300}
    assert 3350 in printed(ledger, "sites_targeted", programme="cyberclasse")
    assert printed(ledger, "implantations") >= {3500, 3800}
    assert figure(ledger, "implantations_total").value == 3800


def test_9_more_than_137_million_is_consistent_and_not_proved(ledger):
    total = figure(ledger, "total_investment")
    assert total.answer.claim_status is ClaimStatus.CONSISTENT
    assert total.text("fr") == "entre 136,6 et 137,7\u00a0millions d’euros"


def test_10_sites_divided_by_schools_of_another_territory_are_no_coverage(ledger):
    """607 implantations over 3,007 établissements, Brussels included: "nearly 20 %" is set aside."""
    share = ledger.answer("coverage_share", **EN, call="EN2020", territory="fwb")
    assert isinstance(share, Missing)
    assert share.reason is Reason.NOT_COMPARABLE
    for row in coverage_rows(ledger, "etablissements_fwb").rows:
        assert row.comparable is False
        assert not isinstance(row.share, Known)


def test_a_printed_mean_that_budget_and_projects_do_not_give(ledger_at):
    """Batichronique 2018: 23,400 euros a project in EN2018. Kit, chart 2: 6,910,088 euros; 326 projects."""
    (found,) = [
        conflict
        for conflict in conflicts(ledger_at("2020-01-31"))
        if conflict.measure == "mean_grant" and conflict.calls == ("EN2018",)
    ]
    assert found.kind == "ratio"
    assert found.chosen.number == pytest.approx(Decimal(6910088) / 326)
    assert [(side.number, side.source_id) for side in found.others] == [
        (Decimal(23400), "batichronique-2018")
    ]
