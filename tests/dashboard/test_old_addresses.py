"""Every address that the dashboard ever had is still understood: links in mails, decks and articles stay.

Read in the history of the repository, version by version. What is added has a line here once it is published;
nothing is taken out: an address that moves answers by a permanent redirect.
"""

import pytest

from ennum_stats.languages import LANGUAGES
from tests.conftest import covering

PAGES = ("", "budgets", "winners", "coverage", "connectivity", "people", "documents", "method")
CHARTS = (
    "winners_per_call", "budget_per_call", "mean_grant_per_call", "budget_by_programme",
    "cyberclasse_components", "cumulated_investment", "coverage_by_programme", "connectivity_progress",
    "team_over_time", "equipment_lots", "timeline",
)  # fmt: skip
FIGURES = """
    connectivity_budget connectivity_cost_per_site connectivity_progress
    connectivity_sites_installed connectivity_sites_selected cyberclasse_budget cyberclasse_coverage
    cyberclasse_helpdesk cyberclasse_implantations cyberclasse_insurance cyberclasse_not_detailed
    cyberclasse_pupils_per_computer cyberclasse_spare_parts cyberecole_budget cyberecole_budget_bef
    cyberecole_primary_schools cyberecole_schools cyberecole_secondary_schools en1_budget
    en1_mean_grant en1_projects en2017_budget en2017_budget_planned en2017_introduced
    en2017_mean_grant en2017_projects en2017_selection_rate en2018_budget en2018_introduced
    en2018_mean_grant en2018_projects en2018_selection_rate en2019_budget en2019_introduced
    en2019_mean_grant en2019_projects en2019_selection_rate en2020_aims en2020_budget
    en2020_budget_planned en2020_information_sessions en2020_introduced en2020_mean_grant
    en2020_mean_grant_planned en2020_projects en2020_projects_planned en2020_selection_rate
    en2_budget en2_mean_grant en2_projects en3_budget en3_mean_grant en3_projects
    en_budget_2012_2019 en_coverage en_projects_2012_2019 implantations_adult_education
    implantations_total lots_cyberclasse lots_cyberecole lots_en2019 lots_en2020_added
    lots_en2020_planned project_duration staff_advisers_2019 staff_ami_2019 staff_ami_hired_2014
    staff_consultant_2019 staff_cyberclasse staff_cyberecole staff_cyberecole_controllers
    staff_lawyer_2019 staff_others_2019 staff_project_leader_2019 staff_total_2019 total_investment
"""
VERSIONS = {
    "the first pages, 24 November 2026": (
        *(f"/{language}/{page}" for language in LANGUAGES for page in PAGES),
        "/fr/budgets?by=call", "/fr/budgets?by=component", "/fr/budgets?by=year",
        "/fr/budgets?prices=real:2019", "/fr/winners?by=province", "/fr/winners?by=level",
        "/fr/coverage?universe=all", "/fr/documents?kind=press",
        "/fr/documents?start=2020-01-31&end=2020-10-31", "/fr/?known_at=2020-01-31",
        *(f"/fr/chart/{name}" for name in CHARTS),
        *(f"/fr/chart/timeline.{form}" for form in ("svg", "png", "csv", "xlsx")),
        *(f"/fr/figure/{name}" for name in FIGURES.split()),
        *(f"/fr/figure/total_investment.{form}" for form in ("svg", "png", "csv", "xlsx")),
        "/fr/table/budgets.csv?by=call&prices=real:2019", "/fr/table/winners.xlsx?by=school_year",
        "/fr/table/coverage.csv?universe=all", "/fr/table/connectivity.csv", "/fr/table/staff.csv",
        "/fr/table/equipment.csv",
        "/health", "/api/figures", "/api/figures?lang=nl&known_at=2020-01-31",
        "/api/figures/total_investment?lang=de",
    ),
    "Dash, 25 November 2026": (
        "/fr/budgets?charts=tables", "/fr/winners?units=shares&call=EN2018~EN2019",
        "/fr/winners?province=liege&network=municipal&level=secondary_ordinary",
        "/fr/coverage?commune=Namur", "/fr/coverage?share=50&province=namur", "/fr/?display=wall",
        "/fr/budgets?programme=cyberclasse", "/fr/document/press-kit-2020",
        "/fr/point/winners_per_call.EN2019", "/fr/point/budget_per_call.EN2018", "/health/live",
        "/api/measures/winners?by=call", "/api/measures/budgets?by=year&prices=real:2019",
    ),
    "Explore, 26 November 2026": (
        "/fr/compare?of=call&what=EN2018~EN2019&measure=winners.projects_awarded&base=EN2018",
        "/fr/compare.csv?of=call&what=EN2018~EN2019", "/fr/numbers?status=A&q=EN2019", "/fr/numbers.csv",
        "/fr/targets", "/fr/calendar", "/fr/search?q=namur", "/fr/suggest?q=namur",
        "/fr/table?number=winners.projects_awarded&rows=call", "/fr/table.parquet",
        "/fr/commune/92094", "/fr/province/namur", "/fr/network/municipal",
        "/fr/overview.pdf", "/fr/budgets.pptx", "/fr/code/budgets", "/fr/embed/chart/timeline",
        "/fr/embed/chart/timeline.svg", "/feed.atom", "/fr/feed.atom", "/fr/feed/budgets.atom",
        "/fr/feed/figure/total_investment.atom", "/api/", "/api/openapi.json", "/api/measures",
        "/api/measures/winners?by=call,school_year", "/api/observations?call=EN2019",
        "/api/observations/press-kit-2020.projects_awarded.EN2019", "/api/sources",
        "/api/sources/press-kit-2020", "/api/calls", "/api/places", "/api/changes?from=2020-01-31",
        "/api/compare?of=call&what=EN2018,EN2019&measure=winners.projects_awarded", "/api/conflicts",
        "/api/news", "/api/citation?of=figure/total_investment",
    ),
}  # fmt: skip
KEPT_WITH_THE_LANGUAGE = ("/", "/embed/chart/timeline")
"""What always led to the language of whoever asks: a redirect that nobody may keep."""


@pytest.mark.parametrize("version", VERSIONS)
def test_every_address_of_a_version_is_still_understood(client, version):
    for address in covering(VERSIONS[version], 60):  # most are figures
        answer = client.get(address)
        assert answer.status_code in (200, 301, 308), address
        if answer.status_code != 200:
            assert client.get(answer.headers["Location"]).status_code == 200, address


def test_what_has_no_language_leads_to_one(client):
    for address in KEPT_WITH_THE_LANGUAGE:
        answer = client.get(address, headers={"Accept-Language": "nl"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "no-store")
        assert answer.headers["Location"].startswith("/nl/")
    moved = client.get("/nl")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/nl/")
