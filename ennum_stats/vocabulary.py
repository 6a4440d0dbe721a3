"""The measures: what can be counted or paid. One name each, everywhere.

`projects_awarded`, `projects_introduced` and `budget_awarded` are fixed: people and other programs rely on
them. A number that was only planned has a measure of its own, so that it is never read as reached.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A measure: its name, and what it means in a few words (English; translated where shown)."""

    name: str
    meaning: str


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("aims", meaning="Aims of a call"),
        Measure(
            "budget_awarded",
            meaning="Budget attributed to winning projects",
        ),
        Measure(
            "budget_awarded_per_year",
            meaning="Upper limit of what the calls attributed in a year",
        ),
        Measure("budget_growth", meaning="Change of a call's budget from the call before"),
        Measure("budget_needed", meaning="Estimate of what connecting every school would cost"),
        Measure(
            "budget_planned",
            meaning="Budget announced before it was attributed or spent",
        ),
        Measure("budget_planned_per_year", meaning="Budget announced, per year"),
        Measure(
            "budget_spent",
            meaning="Money spent by a programme, by all of them, or on a part of it",
        ),
        Measure("computers", meaning="Computers used for teaching, whoever paid"),
        Measure("computers_installed", meaning="Computers installed by Cyberécole or Cyberclasse"),
        Measure("computers_installed_share", meaning="Share installed of the computers planned"),
        Measure("computers_per_100_pupils", meaning="Computers per 100 pupils"),
        Measure("computers_per_school", meaning="Computers that one school could get"),
        Measure("computers_planned", meaning="Computers that the programme aims to install"),
        Measure(
            "connected_share",
            meaning="Share of sites, schools or classrooms connected",
        ),
        Measure(
            "coverage_share",
            meaning="Share of sites or schools with at least one project, as published",
        ),
        Measure(
            "devices_awarded",
            meaning="Devices attributed to the projects of a call",
        ),
        Measure("devices_delivered", meaning="Devices delivered"),
        Measure(
            "devices_subsidised",
            meaning="Devices bought with subsidies (own or École Numérique), German-speaking Community",
        ),
        Measure("directors_contacted", meaning="Head teachers contacted"),
        Measure("directors_surveyed", meaning="Head teachers who answered a survey"),
        Measure(
            "directors_two_questionnaires", meaning="Head teachers who answered for two schools"
        ),
        Measure("etablissements", meaning="Number of établissements"),
        Measure("etablissements_equipped", meaning="Établissements equipped (Cyberécole)"),
        Measure("files_introduced", meaning="Application files received (Cyberclasse)"),
        Measure("grant_ceiling", meaning="Highest grant a project may get"),
        Measure("grant_per_500_pupils", meaning="Covid-19 aid per 500 pupils"),
        Measure("grant_per_point", meaning="Euro that a point of the quota is worth"),
        Measure("grant_per_space", meaning="Aid per public digital space"),
        Measure("implantations", meaning="Number of school sites (implantations)"),
        Measure("implantations_equipped", meaning="School sites equipped (Cyberclasse)"),
        Measure("information_sessions", meaning="Information sessions of a call"),
        Measure(
            "interactive_boards_share",
            meaning="Share of schools with an interactive whiteboard",
        ),
        Measure("lots_added_planned", meaning="Lots to be added to the catalogue"),
        Measure("lots_offered", meaning="Lots (École Numérique) or types of computer on offer"),
        Measure("mean_grant", meaning="Budget per project, as published"),
        Measure("never_awarded_share", meaning="Share of sites or établissements that never won"),
        Measure("own_funds", meaning="Own money of a school authority"),
        Measure("points_per_school", meaning="Quota of points per school"),
        Measure(
            "problems_share",
            meaning="Share of surveyed winners who met a problem",
        ),
        Measure("project_duration", meaning="Years for which a project is accompanied"),
        Measure("projects_awarded", meaning="Winning projects"),
        Measure("projects_introduced", meaning="Projects submitted"),
        Measure(
            "projects_introduced_change",
            meaning="Change in the projects submitted from the call before",
        ),
        Measure("projects_planned", meaning="Winning projects planned"),
        Measure("projects_rejected", meaning="Projects refused"),
        Measure("projects_running", meaning="Cyberclasse projects under way"),
        Measure(
            "projects_success_share",
            meaning="Share of surveyed winners who call their project a success",
        ),
        Measure("pupils_concerned", meaning="Pupils aimed at or reached"),
        Measure("pupils_growth", meaning="Change in the number of pupils"),
        Measure("pupils_per_computer", meaning="Pupils per computer, observed"),
        Measure("pupils_per_computer_target", meaning="Pupils per computer, norm"),
        Measure("pupils_per_terminal", meaning="Pupils per terminal, observed"),
        Measure("rooms_planned", meaning="Rooms to be cabled"),
        Measure("schools", meaning="Number of schools (unit not stated)"),
        Measure("schools_contacted", meaning="Schools contacted"),
        Measure("schools_equipped", meaning="Schools equipped (Cyberclasse)"),
        Measure("schools_equipped_share", meaning="Share of schools equipped"),
        Measure("schools_joined", meaning="Schools that joined Cyberclasse"),
        Measure("schools_joined_share", meaning="Share of schools that joined"),
        Measure("schools_not_equipped", meaning="Schools not equipped yet"),
        Measure("schools_not_joined_share", meaning="Share of schools that did not join"),
        Measure("schools_supported", meaning="Schools supported (Covid-19 aid)"),
        Measure("schools_to_convince", meaning="Schools not yet in Cyberclasse"),
        Measure("servers_planned", meaning="Servers to be installed"),
        Measure(
            "sites_awarded",
            meaning="Distinct schools or sites with a project",
        ),
        Measure(
            "sites_installed",
            meaning="Sites installed by the connectivity pilot",
        ),
        Measure("sites_never_awarded", meaning="Sites (établissements) that never won"),
        Measure("sites_planned", meaning="Sites that the pilot plans to equip"),
        Measure("sites_selected", meaning="Sites selected for the connectivity pilot"),
        Measure("sites_targeted", meaning="Sites to which Cyberclasse is open"),
        Measure("spaces_supported", meaning="Public digital spaces supported"),
        Measure("staff", meaning="Persons in the team"),
        Measure("staff_hired", meaning="Persons hired in a period"),
        Measure("subsidies", meaning="Subsidies paid to schools, German-speaking Community"),
        Measure("survey_respondents", meaning="Winners who answered the survey"),
        Measure("teachers_involved", meaning="Teachers who take part"),
        Measure(
            "teachers_weekly_use_share",
            meaning="Share of teachers who use digital tools weekly",
        ),
        Measure(
            "teams_equipped",
            meaning="Teams equipped since the first call, as published",
        ),
        Measure("terminals", meaning="Terminals in schools"),
        Measure("terminals_growth", meaning="Change in the number of terminals"),
        Measure(
            "terminals_per_100_pupils",
            meaning="Terminals per 100 pupils",
        ),
        Measure(
            "terminals_per_100_pupils_change", meaning="Change in the terminals per 100 pupils"
        ),
        Measure(
            "transformation_share",
            meaning="Share of surveyed winners who report a transformation",
        ),
        Measure("weekly_hours_per_school", meaning="Hours a week granted to a selected school"),
        Measure(
            "wifi_sites_planned",
            meaning="Schools or networks to be equipped with Wi-Fi",
        ),
        Measure(
            "wifi_sites_planned_per_year", meaning="Schools to be equipped with Wi-Fi, per year"
        ),
    )
}
