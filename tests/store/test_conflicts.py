"""Ten places where documents contradict each other, or themselves: shown, never hidden.

Numbers are typed from the documents named beside them. All is asked as known on 24 November 2026.
"""

from decimal import Decimal

import pytest

from ennum_stats.figures import figure
from ennum_stats.figures.contradictions import conflict_cells, correction_cells, known_conflicts
from ennum_stats.figures.reports import trace_lines
from ennum_stats.measures.calls import sum_over_calls
from ennum_stats.measures.coverage.coverage_table import coverage_rows
from ennum_stats.quantities import Precision, Reason
from ennum_stats.store.answers import Known, Missing
from ennum_stats.store.conflicts import conflicts
from ennum_stats.vocabulary import ClaimStatus

EN = {"programme": "ecole_numerique"}


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
    assert listed["budget_awarded", "EN2018", "disagreement"] == [(6910088, {6800000, 6850000, 7500000})]
    assert listed["budget_awarded", "EN2019", "disagreement"] == [(6825000, {6900000, 6000000})]


def test_3_en2017_500_by_the_jury_then_50_68_or_70_more(ledger, listed):
    """570 in the kit less 500 by the jury leave 70: La Meuse's "septantaine" is taken, and not the later
    "cinquantaine"; Today in Liège's 68 make 568."""
    whole, added = listed["projects_awarded", "EN2017", "disagreement"]
    assert whole == (570, {500})
    assert added == (70, {50})
    assert listed["projects_awarded", "EN2017", "sum"] == [(70, {70, 68, 50})]
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
    assert listed["teams_equipped", calls, "sum"] == [(2400, {2388, 2400})]


def test_7_more_than_540_or_522(ledger, listed):
    """The kit, after AWT; 427 secondary + 95 of promotion sociale in a question of 2006. The side taken is
    the value of the figure, and the figure tells the other."""
    assert listed["etablissements_equipped", "", "sum"] == [(540, {522})]
    secondary = figure(ledger, "cyberecole_secondary_schools")
    assert secondary.printed == 540
    (other,) = secondary.record("fr")["conflicts"]
    assert other["value"] == 522
    assert "source_id" not in other  # computed: no document prints it
    assert len(other["computed_from"]) == 2
    assert "522\u00a0établissements (calculé" in "\n".join(trace_lines(secondary, "fr"))


def test_8_schools_in_wallonia_by_source_and_by_unit(ledger):
    """3,007 établissements of the Federation; 3,250 établissements; 3,200 and 3,300 schools; 3,350
    implantations open to Cyberclasse; 3,500 and 3,800 implantations: each keeps unit and territory."""
    assert 3007 in printed(ledger, "etablissements", territory="fwb")
    assert 3250 in printed(ledger, "etablissements")
    assert printed(ledger, "schools") >= {3200, 3300}
    assert 3350 in printed(ledger, "sites_targeted", programme="cyberclasse")
    assert printed(ledger, "implantations") >= {3500, 3800}
    assert figure(ledger, "implantations_total").value == 3800
    (counted,) = (c for c in known_conflicts(ledger) if c.kind == "counted")
    assert counted.chosen.number == 3800
    assert {int(side.number) for side in counted.others} == {3007, 3200, 3250, 3300, 3350}


def test_9_more_than_137_million_is_consistent_and_not_proved(ledger):
    total = figure(ledger, "total_investment")
    assert total.answer.claim_status is ClaimStatus.CONSISTENT
    (told,) = (c for c in known_conflicts(ledger) if c.kind == "total")
    assert told.chosen.quantity == total.quantity
    assert [side.number for side in told.others] == [137_000_000]
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


# --- the same fact, told by two measures ----------------------------------------------------------

FACTS = {
    # Batichronique 2018: 12% more than EN2017; the kit's charts: 6,910,088 after 7,260,658
    ("budget_growth", "EN2018"): (Decimal(-350570) / 7260658 * 100, {12}),
    # La Libre / Belga 2023: nearly 6,000; Regional-IT 2022: about 2,500 and 650
    ("projects_planned", ""): (6000, {3150}),
    # Belga 2018: 5 pupils a terminal in the German-speaking Community; the survey: 22.8 per 100 pupils
    ("pupils_per_terminal", ""): (Decimal(100) / Decimal("22.8"), {5}),
    # Parliament: 18% of the schools had not joined in 2012; 96% had by June 2012
    ("schools_not_joined_share", ""): (18, {4}),
    # La Libre / Belga 2023: 1,350 schools; 500 a year from 2024 to 2026
    ("wifi_sites_planned", ""): (1350, {1500}),
}


@pytest.mark.parametrize("about", FACTS)
def test_another_measure_says_otherwise(ledger, about):
    chosen, others = FACTS[about]
    (found,) = (
        c for c in known_conflicts(ledger) if c.kind == "fact" and (c.measure, " ".join(c.calls)) == about
    )
    assert found.chosen.number == pytest.approx(chosen)
    assert {int(side.number) for side in found.others} == others


def test_measures_that_agree_are_no_conflict(ledger):
    """AWT 2010: 16 and 10 pupils a computer, 6.3 and 10.1 computers per 100 pupils; 24 million a year make
    the plan's 120 million in five years."""
    facts = {c.measure for c in known_conflicts(ledger) if c.kind == "fact"}
    assert facts == {measure for measure, _ in FACTS}


def test_a_computed_number_is_nobodys(ledger):
    """7,260,658 / 570 is 12,738 euros: no document prints it."""
    (found,) = (c for c in known_conflicts(ledger) if c.measure == "mean_grant" and c.calls == ("EN2017",))
    _, _, taken, others = conflict_cells(ledger, found, "en")
    assert taken.replace("\u00a0", " ") == (
        "about 12,738 euros per project (computed from SPW, January 2020)"
    )
    assert others.replace("\u00a0", " ") == "15,000 euros per project (Batichronique, 2018)"


def test_a_conflict_of_about_is_said_to_rest_on_a_convention(ledger):
    """Trends/Le Vif: 13,000 euros a project of EN2019, "about", read as 12,500 to 13,500; 6,825,000 / 503 is
    68 euros above it."""
    by_call = {c.calls: c for c in known_conflicts(ledger) if c.measure == "mean_grant"}
    assert by_call["EN2019",].basis == "convention"
    assert "convention" in conflict_cells(ledger, by_call["EN2019",], "en")[1]
    assert by_call["EN2018",].basis == "proved"


def test_what_is_corrected_or_set_aside_is_told(ledger, ledger_at):
    """corrections.csv: 320,000 pupils and 20% are set aside; two sets of calls and a year are read anew."""
    done = [cells[1] for cells in correction_cells(ledger, "en")]
    assert sorted(done) == [
        "corrected: “Calls EN2017 to EN2020” is read as “Calls EN2017 and EN2018”",
        "corrected: “Calls EN2017 to EN2021” is read as “Calls EN1 to EN2021”",
        "corrected: “EN2021” is read as “EN2020”",
        "set aside: 20%",
        "set aside: 320,000\N{NO-BREAK SPACE}pupils",
    ]
    assert correction_cells(ledger_at("2017-12-31"), "en") == []
