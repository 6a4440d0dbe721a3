"""Figures of what was published after 2020: École Numérique as it was then counted and asked about, Wi-Fi
after the pilot, and the plans that were announced.

On a day on which a document had not given the number yet the figure is not listed: its label would tell
what was not known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ennum_stats.errors import Message, message
from ennum_stats.figures.definition import Definition, noted, published
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, share_of, sum_over_calls
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import Ledger

PLAN_2014, PLAN_2022 = "plan_2014_2022", "plan_2022_2026"
WALLOON_FUNDS, EUROPEAN_FUNDS = "walloon_recovery_plan", "european_recovery_plan"
_AS_WINNERS_SAY = message("Of the winners who answered the survey: it says nothing of the others.")
_AS_SCHOOLS_SAY = message("As the schools themselves said, quoted by the press.")
_WITH_EN2021 = message("Whether the call EN2021 is counted in it, the document does not say.")
_TWO_SUMS = message("The document gives one number for each source of money, and no sum.")


def _winners(name: str, unit: str, label: Message, measure: str, *, component: str = "") -> Definition:
    """Declare a number of the survey among the winners of EN2017 and EN2018."""
    return _counted(name, unit, label, measure, "EN2017_EN2018", _AS_WINNERS_SAY, component=component)


def _counted(
    name: str, unit: str, label: Message, measure: str, calls: str, *caveats: Message, component: str = ""
) -> Definition:
    """Declare a number that a document gives for a set of calls of École Numérique."""
    return published(
        name, unit, label, measure, *caveats, programme=ECOLE_NUMERIQUE, call=calls, component=component
    )


def _planned(
    ending: str, unit: str, label: Message, measure: str, *, component: str = "", plan: str = PLAN_2022
) -> Definition:
    """Declare a number that a plan announced, for all of it or for a part."""
    name = f"{plan}_{ending}"
    return published(name, unit, label, measure, is_planned=True, programme=plan, component=component)


def _networks(ledger: Ledger) -> Answer:
    """Sum up the networks that the two sources of money are to pay."""
    walloon, european = (
        ledger.answer("wifi_sites_planned", programme=PLAN_2022, component=component)
        for component in (WALLOON_FUNDS, EUROPEAN_FUNDS)
    )
    return noted(walloon + european, _TWO_SUMS)


def _share_of_plan(component: str) -> Definition:
    """Declare the share of one part in the budget of the plan."""

    def compute(ledger: Ledger) -> Answer:
        whole = ledger.answer("budget_planned", programme=PLAN_2022)
        part = ledger.answer("budget_planned", programme=PLAN_2022, component=component)
        return share_of(part, whole)

    return Definition(
        f"{PLAN_2022}_{component}_share", "share", _SHARES[component], compute,
        message("Amount announced for the part ÷ budget announced"), is_planned=True,
    )  # fmt: skip


_SHARES = {
    "wifi": message("Share of Wi-Fi in the budget announced by the plan 2022–2026"),
    "equipment": message("Share of equipment in the budget announced by the plan 2022–2026"),
}

_FIGURES = (
    Definition(
        "en_projects_2017_2020", "projects",
        message("École Numérique projects awarded by the calls EN2017 to EN2020"),
        lambda ledger: sum_over_calls(ledger, "projects_awarded", "EN2017_EN2020"),
        message("Sum of the calls EN2017 to EN2020"),
    ),
    _counted(
        "en_sites_2017_2020", "implantations",
        message("Different school sites with a project of the calls EN2017 to EN2020"),
        "sites_awarded", "EN2017_EN2020",
    ),
    _counted(
        "en_teachers_2017_2020", "teachers",
        message("Teachers involved in the projects of the calls EN2017 to EN2020"),
        "teachers_involved", "EN2017_EN2020",
    ),
    _counted(
        "en_never_awarded_share_2020", "percent",
        message("Share of the school sites that never won a project (EN1 to EN2020)"),
        "never_awarded_share", "EN1_EN2020",
    ),
    _winners(
        "en_survey_respondents", "winners",
        message("Winners of EN2017 and EN2018 who answered the survey on the impact"), "survey_respondents",
    ),
    _winners(
        "en_survey_transformation_share", "percent",
        message("Share of the winners surveyed who saw an effect on the school's digital transformation"),
        "transformation_share",
    ),
    _winners(
        "en_survey_success_share", "percent",
        message("Share of the winners surveyed who called their project a success"), "projects_success_share",
    ),
    _winners(
        "en_survey_training_share", "percent",
        message("Share of the winners surveyed who had problems with training"),
        "problems_share", component="training",
    ),
    _winners(
        "en_survey_wifi_share", "percent", message("Share of the winners surveyed who had problems with Wi-Fi"),
        "problems_share", component="wifi",
    ),
    _winners(
        "en_survey_internet_share", "percent",
        message("Share of the winners surveyed who had problems with the internet connection"),
        "problems_share", component="internet",
    ),
    published(
        "en2021_schools_charleroi", "schools", message("Municipal schools of Charleroi with a project of EN2021"),
        "sites_awarded", programme=ECOLE_NUMERIQUE, call="EN2021", territory="charleroi", network="municipal",
    ),
    _counted(
        "en_teams_2012_2020", "teams",
        message("Teams equipped by École Numérique from 2012 to 2020, as published"), "teams_equipped", "EN1_EN2020",
    ),
    _counted(
        "en_teams_2012_2021", "teams",
        message("Teams equipped by École Numérique since 2012, as published after EN2021"),
        "teams_equipped", "EN1_EN2021", _WITH_EN2021,
    ),
    _counted(
        "en_devices_2012_2020", "devices",
        message("Devices awarded by École Numérique from 2012 to 2020, as published"),
        "devices_awarded", "EN1_EN2020",
    ),
    _counted(
        "en_devices_2012_2021", "devices",
        message("Devices awarded by École Numérique since 2012, as published after EN2021"),
        "devices_awarded", "EN1_EN2021", _WITH_EN2021,
    ),
    _counted(
        "en_budget_2012_2021", "EUR",
        message("Budget of École Numérique since 2012, as published after EN2021"),
        "budget_awarded", "EN1_EN2021", _WITH_EN2021,
    ),
    _counted(
        "en_budget_per_year_2012_2021", "EUR",
        message("Budget of École Numérique in a year, before the plan 2022–2026"),
        "budget_awarded_per_year", "EN1_EN2021",
    ),
    published(
        "connectivity_wifi_share_2023", "percent",
        message("Share of the schools that called themselves well connected in 2023"),
        "connected_share", _AS_SCHOOLS_SAY, component="wifi",
    ),
    _planned("budget", "EUR", message("Budget announced by the plan 2022–2026"), "budget_planned"),
    _planned(
        "budget_per_year", "EUR", message("Budget announced by the plan 2022–2026, in a year"),
        "budget_planned_per_year",
    ),
    _planned(
        "budget_wifi", "EUR", message("Amount announced for Wi-Fi by the plan 2022–2026"),
        "budget_planned", component="wifi",
    ),
    _planned(
        "budget_equipment", "EUR", message("Amount announced for equipment by the plan 2022–2026"),
        "budget_planned", component="equipment",
    ),
    _share_of_plan("wifi"),
    _share_of_plan("equipment"),
    Definition(
        f"{PLAN_2022}_networks", "networks", message("Wi-Fi networks planned by the plan 2022–2026"), _networks,
        message("Networks to be paid by the Walloon Recovery Plan + networks to be paid by the"
                " Recovery and Resilience Plan"),
        is_planned=True,
    ),
    _planned(
        "networks_walloon", "networks",
        message("Wi-Fi networks planned by the plan 2022–2026, to be paid by the Walloon Recovery Plan"),
        "wifi_sites_planned", component=WALLOON_FUNDS,
    ),
    _planned(
        "networks_european", "networks",
        message("Wi-Fi networks planned by the plan 2022–2026, to be paid by the Recovery and Resilience Plan"),
        "wifi_sites_planned", component=EUROPEAN_FUNDS,
    ),
    _planned("schools_wifi", "schools", message("Schools to get Wi-Fi in the plan 2022–2026"), "wifi_sites_planned"),
    _planned(
        "schools_wifi_per_year", "schools", message("Schools to get Wi-Fi in a year, in the plan 2022–2026"),
        "wifi_sites_planned_per_year",
    ),
    _planned(
        "maintenance", "years", message("Years of Wi-Fi maintenance planned by the plan 2022–2026"),
        "maintenance_planned", component="wifi",
    ),
    _planned("duration", "years", message("Years that the plan 2022–2026 is to cover"), "duration_planned"),
    _planned("projects", "projects", message("Projects planned by the plan 2022–2026"), "projects_planned"),
    _planned(
        "projects_walloon", "projects",
        message("Projects planned by the plan 2022–2026, to be paid by the Walloon Recovery Plan"),
        "projects_planned", component=WALLOON_FUNDS,
    ),
    _planned(
        "projects_european", "projects",
        message("Projects planned by the plan 2022–2026, to be paid by the Recovery and Resilience Plan"),
        "projects_planned", component=EUROPEAN_FUNDS,
    ),
    _planned("budget", "EUR", message("Budget announced by the plan 2014–2022"), "budget_planned", plan=PLAN_2014),
    _planned(
        "budget_equipment", "EUR", message("Amount announced for equipment by the plan 2014–2022"),
        "budget_planned", component="equipment", plan=PLAN_2014,
    ),
    _planned(
        "budget_connectivity", "EUR", message("Amount announced for connectivity by the plan 2014–2022"),
        "budget_planned", component="connectivity", plan=PLAN_2014,
    ),
    _planned(
        "budget_call", "EUR", message("Amount announced for a call for projects by the plan 2014–2022"),
        "budget_planned", component="call_for_projects", plan=PLAN_2014,
    ),
)  # fmt: skip
_OF_INSTITUTIONS = {
    "en_sites_2017_2020": message(
        "Different educational institutions with a project of the calls EN2017 to EN2020"
    ),
    "en_never_awarded_share_2020": message(
        "Share of the educational institutions that never won a project (EN1 to EN2020)"
    ),
}


def since_2020_figures(ledger: Ledger, *, with_unknown: bool = False) -> list[Definition]:
    """List the figures that a document known by the day gives; `with_unknown` adds the others."""
    if with_unknown:
        return list(_FIGURES)
    answers = ((one, one.compute(ledger)) for one in _FIGURES)
    return [_as_counted(one, answer) for one, answer in answers if isinstance(answer, Known)]


def _as_counted(figure: Definition, answer: Known) -> Definition:
    """Label a figure by what its row counts: the first documents counted institutions."""
    is_other = figure.name in _OF_INSTITUTIONS and answer.observations[0].counted == "etablissements"
    return replace(figure, label=_OF_INSTITUTIONS[figure.name]) if is_other else figure


@dataclass(frozen=True)
class YearPublished:
    """Count what was published in a year: documents with a number, and their numbers."""

    year: int
    documents: int
    numbers: int


def published_by_year(ledger: Ledger, after: int = 2020) -> list[YearPublished]:
    """Count the documents of each year after one, up to that of the day known at, and their numbers; a document
    without a date is of no year. Of years without any, ten after the last of them are enough to say so."""
    dated = [
        (one.source.day.last.year, one.source.source_id)
        for one in ledger.all_observations()
        if one.source.published_on
    ]
    last = min(ledger.known_at.year, 10 + max((year for year, _ in dated), default=after))
    years = range(after + 1, last + 1)
    of_year = {year: [document for of, document in dated if of == year] for year in years}
    return [YearPublished(year, len(set(documents)), len(documents)) for year, documents in of_year.items()]
