"""What documents of 2021 to 2026 say, as figures by name.

The numbers were typed from the documents; they are the rows of the public record, not output of the program.
"""

import re

import pytest

from ennum_stats.figures import figure, figures
from ennum_stats.figures.since_2020 import since_2020_figures
from ennum_stats.store.answers import Known
from ennum_stats.vocabulary import ClaimStatus

# name: the printed number, the document, the first day on which it could be known
PRINTED = {
    "en_sites_2017_2020": (1724, "spw-emploi-2021", "2021-12-31"),
    "en_teachers_2017_2020": (10_000, "spw-emploi-2021", "2021-12-31"),
    "en_never_awarded_share_2020": (50, "spw-emploi-2021", "2021-12-31"),
    "en_survey_respondents": (474, "adn-2021-impact", "2021-12-31"),
    "en_survey_transformation_share": (85, "spw-emploi-2021", "2021-12-31"),
    "en_survey_training_share": (20, "adn-2021-impact", "2021-12-31"),
    "en_survey_wifi_share": (16, "adn-2021-impact", "2021-12-31"),
    "en_survey_internet_share": (11, "adn-2021-impact", "2021-12-31"),
    "en2021_schools_charleroi": (10, "lavenir-2022-05-28", "2022-05-28"),
    "en_teams_2012_2021": (2440, "regional-it-2022-11-09", "2022-11-09"),
    "en_devices_2012_2021": (48_000, "regional-it-2022-11-09", "2022-11-09"),
    "en_budget_2012_2021": (34_000_000, "regional-it-2022-11-09", "2022-11-09"),
    "en_budget_per_year_2012_2021": (9_000_000, "regional-it-2022-11-09", "2022-11-09"),
    "connectivity_wifi_share_2023": (10, "dh-2023-07-13", "2023-07-13"),
    "plan_2022_2026_budget_per_year": (24_000_000, "regional-it-2022-11-09", "2022-11-09"),
    "plan_2022_2026_networks_walloon": (1650, "regional-it-2022-11-09", "2022-11-09"),
    "plan_2022_2026_networks_european": (1350, "regional-it-2022-11-09", "2022-11-09"),
    "plan_2022_2026_projects_walloon": (2500, "regional-it-2022-11-09", "2022-11-09"),
    "plan_2022_2026_projects_european": (650, "regional-it-2022-11-09", "2022-11-09"),
    "plan_2022_2026_projects": (6000, "la-libre-belga-2023-07-13", "2023-07-13"),
    "plan_2022_2026_schools_wifi": (1350, "la-libre-belga-2023-07-13", "2023-07-13"),
    "plan_2022_2026_budget": (120_000_000, "geeko-le-soir-2025-03-18", "2025-03-18"),
    "plan_2022_2026_budget_wifi": (60_000_000, "geeko-le-soir-2025-03-18", "2025-03-18"),
    "plan_2022_2026_budget_equipment": (60_000_000, "geeko-le-soir-2025-03-18", "2025-03-18"),
    "plan_2014_2022_budget": (77_000_000, "levif-belga-77-millions", "2026-11-24"),
    "plan_2014_2022_budget_equipment": (64_000_000, "levif-belga-77-millions", "2026-11-24"),
    "plan_2014_2022_budget_connectivity": (10_000_000, "levif-belga-77-millions", "2026-11-24"),
    "plan_2014_2022_budget_call": (3_500_000, "levif-belga-77-millions", "2026-11-24"),
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_number_printed_after_2020(ledger, name):
    printed, document, known_on = PRINTED[name]
    (evidence,) = figure(ledger, name).evidence()
    assert (evidence["printed"], evidence["source_id"]) == (printed, document)
    assert evidence["known_on"] == known_on
    assert evidence["locator"]


def test_two_sources_of_money_pay_3000_networks(ledger):
    """Regional-IT, 9 November 2022: 1,650 networks and 1,350 networks."""
    networks = figure(ledger, "plan_2022_2026_networks")
    assert (networks.lower, networks.upper) == (3000, 3000)


@pytest.mark.parametrize("part", ["wifi", "equipment"])
def test_half_of_the_plan_is_wifi_and_half_equipment(ledger, part):
    """60 of 120 million, both rounded to a million: between 59.5 / 120.5 and 60.5 / 119.5."""
    share = figure(ledger, f"plan_2022_2026_{part}_share")
    assert float(share.lower) == pytest.approx(59.5 / 120.5)
    assert float(share.upper) == pytest.approx(60.5 / 119.5)


def test_in_2023_the_equipment_was_nearly_50_million(ledger_at):
    before = figure(ledger_at("2024-06-30"), "plan_2022_2026_budget_equipment")
    assert before.text("fr") == "près de 50\u00a0millions d’euros, à\u00a010\u00a0millions d’euros\u00a0près"


def test_the_calls_sum_to_2078_and_not_to_the_2075_that_were_published(ledger):
    """570 + 326 + 503 + 679."""
    projects = figure(ledger, "en_projects_2017_2020")
    assert (projects.lower, projects.upper) == (2078, 2078)
    assert projects.answer.claim.quantity.value == 2075
    assert projects.answer.claim_status is ClaimStatus.CONTRADICTED


def test_what_is_planned_is_said_to_be_planned(ledger):
    for definition in since_2020_figures(ledger):
        is_of_a_plan = definition.name.startswith("plan_")
        assert definition.is_planned is is_of_a_plan, definition.name
        stages = {o.stage for o in figure(ledger, definition.name).observations}
        assert (stages == {"planned"}) is is_of_a_plan, definition.name
        if is_of_a_plan:
            assert re.search("announced|planned| to (?:get|cover)", definition.label.text)


def test_no_label_tells_what_was_not_known_yet(ledger_at):
    """In 2020 nobody knew of a plan for 2022, in 2021 nobody of EN2021 in Charleroi."""
    for day in ("2012-12-31", "2020-01-31", "2021-12-31", "2022-12-31", "2026-11-24"):
        ledger = ledger_at(day)
        assert all(isinstance(one.compute(ledger), Known) for one in since_2020_figures(ledger))
        listed = {one.name for one in figures(ledger)}
        later = {name for name, (_, _, known_on) in PRINTED.items() if known_on > day}
        assert {name for name in later if name in listed} <= {
            "plan_2022_2026_budget", "plan_2022_2026_budget_wifi", "plan_2022_2026_budget_equipment"
        }, day  # fmt: skip


def test_a_figure_that_is_not_known_yet_can_be_asked_for(kit_ledger):
    assert figure(kit_ledger, "plan_2022_2026_budget").record("en")["text"] == "not yet known"


@pytest.mark.parametrize("name", ["en_sites_2017_2020", "en_never_awarded_share_2020"])
def test_a_label_names_what_its_row_counts(ledger_at, name):
    """Regional-IT (July and October 2021) counts institutions, SPW Emploi (end of 2021) school sites."""
    early, late = (figure(ledger_at(day), name) for day in ("2021-11-01", "2026-11-24"))
    assert [one.observations[0].source.source_id[:11] for one in (early, late)] == [
        "regional-it",
        "spw-emploi-",
    ]
    assert "établissements" in early.label("fr").lower()
    assert "implantations" in late.label("fr").lower()
    assert "Bildungseinrichtungen" in early.label("de")
    assert "onderwijsinstellingen" in early.label("nl")
    assert "educational institutions" in early.label("en")
