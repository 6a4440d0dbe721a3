"""Every code list of the program, once: what may stand in a cell, and what it is called.

Each entry has its code and its label in English, translated where it is shown. A code that is not in its
list raises `UnknownName`. `DIMENSIONS` are read from the fields of `Subject`: a dimension is added there,
and raw tables, ledger, imports and release follow. Lists that people extend (territories, levels, networks,
components, stages, units counted) stand in `codelists.csv` with their names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, get_type_hints

from ennum_stats.code_list import Code, CodeList, Labelled
from ennum_stats.errors import Message, message, plural

# --- how well a number is known, and its unit -------------------------------------------------------


class Precision(Labelled):
    """Say how a document, or a formula, gives a number."""

    EXACT = "exact", message("exact")
    ROUNDED = "rounded", message("rounded")
    ABOUT = "about", message("about")
    NEARLY = "nearly", message("nearly")
    MORE_THAN = "more_than", message("more than")
    LESS_THAN = "less_than", message("less than")
    AT_LEAST = "at_least", message("at least")
    AT_MOST = "at_most", message("at most")
    RANGE = "range", message("between … and …")


class Basis(StrEnum):
    """Say what bounds rest on: the print itself, or how wide we agree that "about" is."""

    PROVED = "proved"
    CONVENTION = "convention"


class Reason(Labelled):
    """Say why a number is missing; a closed list, so that nothing missing is ever read as zero."""

    NOT_YET_KNOWN = "not_yet_known", message("not yet known")
    NOT_COLLECTED = "not_collected", message("not known")
    UNDER_EMBARGO = "under_embargo", message("under embargo")
    NOT_COMPARABLE = "not_comparable", message("not comparable")
    NOT_APPLICABLE = "not_applicable", message("not applicable")
    CONTRADICTED = "contradicted", message("documents contradict each other")


class ClaimStatus(Labelled):
    """Judge a published number by what the parts, or the bounds, in the ledger prove."""

    PROVED = "proved", message("proved")
    CONSISTENT = "consistent", message("consistent")
    CONTRADICTED = "contradicted", message("contradicted")


@dataclass(frozen=True, slots=True)
class Unit:
    """Name what is counted or measured, and how a number of it reads. `resolution` is the smallest step: 1 for
    what is counted whole, a cent for money, nothing for ratios and shares."""

    code: str
    label: str
    noun: tuple[str, str] = ("{n}", "{n}")
    """After one, and after several: sums of money and shares are written by `wording` alone."""
    short: tuple[str, str] | None = None
    """Of a mean of money: with the sign of its currency."""
    resolution: Decimal | None = Decimal(1)
    is_money: bool = False


_CENT = Decimal("0.01")
UNITS = CodeList(
    (
        Unit("EUR", "euros", resolution=_CENT, is_money=True),
        Unit("BEF", "Belgian francs", resolution=_CENT, is_money=True),
        Unit("EUR/project", "euros per project",
             plural("{n} euro per project", "{n} euros per project"),
             short=plural("€{n} per project", "€{n} per project"), resolution=None),
        Unit("EUR/implantation", "euros per school site",
             plural("{n} euro per school site", "{n} euros per school site"),
             short=plural("€{n} per school site", "€{n} per school site"), resolution=None),
        Unit("share", "share (between 0 and 1)", resolution=None),
        Unit("percent", "percent (%)", resolution=None),
        Unit("pupils/computer", "pupils per computer",
             plural("{n} pupil per computer", "{n} pupils per computer"), resolution=None),
        Unit("projects/project", "projects submitted per project awarded",
             plural("{n} project submitted for one awarded", "{n} projects submitted for one awarded"),
             resolution=None),
        Unit("per_100_pupils", "per 100 pupils",
             plural("{n} per 100 pupils", "{n} per 100 pupils"), resolution=None),
        Unit("per_1000_sites", "per 1,000 school sites",
             plural("{n} per 1,000 school sites", "{n} per 1,000 school sites"), resolution=None),
        Unit("per_1000_inhabitants", "per 1,000 inhabitants",
             plural("{n} per 1,000 inhabitants", "{n} per 1,000 inhabitants"), resolution=None),
        Unit("hours", "hours", plural("{n} hour", "{n} hours"), resolution=None),
        Unit("days", "days", plural("{n} day", "{n} days")),
        Unit("projects", "projects", plural("{n} project", "{n} projects")),
        Unit("implantations", "school sites (implantations)", plural("{n} school site", "{n} school sites")),
        Unit("etablissements", "educational institutions",
             plural("{n} educational institution", "{n} educational institutions")),
        Unit("schools", "schools (not further specified)", plural("{n} school", "{n} schools")),
        Unit("persons", "people", plural("{n} person", "{n} people")),
        Unit("inhabitants", "inhabitants", plural("{n} inhabitant", "{n} inhabitants")),
        Unit("pupils", "pupils", plural("{n} pupil", "{n} pupils")),
        Unit("teachers", "teachers", plural("{n} teacher", "{n} teachers")),
        Unit("devices", "devices", plural("{n} device", "{n} devices")),
        Unit("lots", "lots", plural("{n} lot", "{n} lots")),
        Unit("types", "types", plural("{n} type", "{n} types")),
        Unit("aims", "aims", plural("{n} aim", "{n} aims")),
        Unit("sessions", "sessions", plural("{n} session", "{n} sessions")),
        Unit("years", "years", plural("{n} year", "{n} years")),
        Unit("points", "points", plural("{n} point", "{n} points")),
        Unit("rooms", "rooms", plural("{n} room", "{n} rooms")),
        Unit("files", "application files", plural("{n} application", "{n} applications")),
        Unit("networks", "Wi-Fi networks", plural("{n} network", "{n} networks")),
        Unit("teams", "teams", plural("{n} team", "{n} teams")),
        Unit("spaces", "public digital spaces",
             plural("{n} public digital space", "{n} public digital spaces")),
        Unit("winners", "winners", plural("{n} winner", "{n} winners")),
        Unit("beneficiaries", "beneficiaries", plural("{n} beneficiary", "{n} beneficiaries")),
        Unit("sites", "sites (not further specified)", plural("{n} site", "{n} sites")),
        Unit("servers", "servers", plural("{n} server", "{n} servers")),
        Unit("deliveries", "deliveries", plural("{n} delivery", "{n} deliveries")),
        Unit("participations", "participations", plural("{n} participation", "{n} participations")),
    )
)  # fmt: skip


COMMUNE_UNITS = ("inhabitants", "pupils")
"""What a commune has so many of that rates are taken of it."""


# --- documents and observations ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceKind:
    """Name a kind of document. Of two documents that differ, that of the lower rank counts."""

    code: str
    label: str
    rank: int


SOURCE_KINDS = CodeList(
    (
        SourceKind("official", "official", 0),
        SourceKind("parliament_answer", "answer in Parliament", 1),
        SourceKind("press", "press", 2),
        # Neither of these two is a source of truth: they rank alike.
        SourceKind("parliament_question", "question in Parliament", 3),
        SourceKind("political", "political", 3),
    )
)


@dataclass(frozen=True, slots=True)
class Status:
    """Name a status of SDMX (CL_OBS_STATUS): its label in the release, its title in the forms."""

    code: str
    label: str = ""
    title: str = ""


NORMAL, ESTIMATED, FORECAST = "A", "E", "F"
STATUSES = CodeList(
    (
        Status(NORMAL, "Normal value", "normal"),
        Status("B", "Break in the series", "break in the series"), Status("D"),
        Status(ESTIMATED, "Estimated value", "estimated"),
        Status(FORECAST, "Forecast or plan", "forecast"),
        *(Status(code) for code in "GIKL"),
        Status("M", "Missing value"), Status("N"), Status("O"),
        Status("P", "Provisional value", "provisional"), Status("Q"), Status("S"),
        Status("U", title="of low reliability"), Status("V"), Status("W"),
    )
)  # fmt: skip
PLANNED, AWARDED, INSTALLED = "planned", "awarded", "installed"
"""Stages of which the code itself speaks; all of them stand in `codelists.csv`."""


@dataclass(frozen=True, slots=True)
class ListKind:
    """Name a kind of list of schools; its stage and programme are empty where the list says them."""

    code: str
    label: str
    stage: str = ""
    programme: str = ""


LIST_KINDS = CodeList(
    (
        ListKind("winners", "List of winners", AWARDED),
        ListKind("equipped", "List of school sites equipped", INSTALLED),
        ListKind("connections", "List of school sites connected", INSTALLED, "connectivity"),
        ListKind("deliveries", "List of deliveries"),
    )
)


# --- dimensions -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dimension:
    """Declare a dimension: the tables, or `codelists.NAME`, of its codes; its label as a heading; what
    the data dictionary, the release and the form say of it."""

    names: str
    label: str
    description: str
    released: str
    asked: Message
    is_breakdown: bool = True
    """Whether a number without it is the whole (a stage or a unit counted only qualifies a number)."""
    adds_up: bool = True
    """Whether its parts, in one document, add up to the whole at most."""
    code: str = ""
    """The name of the field, given by `Subject`."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Say what a number is about: a code, or nothing, for each dimension."""

    # fmt: off
    programme: Annotated[str | None, Dimension(
        "programmes", "Programme", "The programme; empty for all or none of them.",
        "Programme (codelist programme); empty for all or none.",
        message("Empty for all of them, or for none."),
    )]
    call: Annotated[str | None, Dimension(
        "calls+call_sets", "Call", "A call or a set of calls.", "Call or set of calls (codelist call).",
        message("A call, or a set of calls."), adds_up=False,
    )]
    territory: Annotated[str | None, Dimension(
        "codelists.territory", "Territory", "The territory.", "Territory (codelist territory).",
        message("Wallonia for the programmes of the Region."), adds_up=False,
    )]
    level: Annotated[str | None, Dimension(
        "codelists.level", "Level", "Level of teaching.", "Level of teaching (codelist level).",
        message("Level of teaching. Empty: all together."),
    )]
    network: Annotated[str | None, Dimension(
        "codelists.network", "Network", "School network.", "School network (codelist network).",
        message("School network. Empty: all together."),
    )]
    province: Annotated[str | None, Dimension(
        "codelists.province", "Province", "Province.", "Province (codelist province).",
        message("Empty: all together."),
    )]
    component: Annotated[str | None, Dimension(
        "codelists.component", "Component", "Part of a budget, function, kind of device…",
        "Part of a budget, function, kind of device (codelist component).",
        message("Part of a budget, function, kind of device."),
    )]
    stage: Annotated[str | None, Dimension(
        "codelists.stage", "Stage", "Planned, awarded, paid, installed…",
        "Planned, awarded, paid, installed… (codelist stage).",
        message("Planned, awarded, spent, installed… Empty where there is none."),
        is_breakdown=False, adds_up=False,
    )]
    counted: Annotated[str | None, Dimension(
        "codelists.counted", "Unit counted", "The unit counted: a school is not a site.",
        "The unit counted: a school is not a site (codelist counted).",
        message("A school is not a school site: the document’s word. Empty for a sum of money."),
        is_breakdown=False, adds_up=False,
    )]
    # fmt: on


DIMENSIONS = CodeList(
    replace(hint.__metadata__[0], code=name)
    for name, hint in get_type_hints(Subject, include_extras=True).items()
)
BREAKDOWNS = tuple(code for code, dimension in DIMENSIONS.items() if dimension.is_breakdown)
"""The dimensions without which a number is the whole."""
PARTS = tuple(code for code, dimension in DIMENSIONS.items() if dimension.adds_up)
"""The dimensions whose parts add up to the whole at most."""


# --- measures ---------------------------------------------------------------------------------------

# `projects_awarded`, `projects_introduced` and `budget_awarded` are fixed: other programs rely on them.
# A number that was only planned has a measure of its own, so that it is never read as reached.
MEASURES = CodeList(
    (
        Code("aims", "Aims of a call"),
        Code("budget_awarded", "Budget attributed to winning projects"),
        Code("budget_awarded_per_year", "Upper limit of what the calls attributed in a year"),
        Code("budget_growth", "Change of a call's budget from the call before"),
        Code("budget_needed", "Estimate of what connecting every school would cost"),
        Code("budget_planned", "Budget announced"),
        Code("budget_planned_per_year", "Budget announced, per year"),
        Code("budget_spent", "Money spent by a programme or on a part of it"),
        Code("computers", "Computers used for teaching, whoever paid"),
        Code("computers_installed", "Computers installed by Cyberécole or Cyberclasse"),
        Code("computers_installed_share", "Share installed of the computers planned"),
        Code("computers_per_100_pupils", "Computers per 100 pupils"),
        Code("computers_per_school", "Computers that one school could get"),
        Code("computers_planned", "Computers that the programme aims to install"),
        Code("connected_share", "Share of sites, schools or classrooms connected"),
        Code("coverage_share", "Share of sites or schools with at least one project, as published"),
        Code("devices_awarded", "Devices attributed to the projects of a call"),
        Code("devices_delivered", "Devices delivered"),
        Code("devices_subsidised",
             "Devices bought with subsidies (own or École Numérique), German-speaking Community"),
        Code("directors_contacted", "Head teachers contacted"),
        Code("directors_surveyed", "Head teachers who answered a survey"),
        Code("directors_two_questionnaires", "Head teachers who answered for two schools"),
        Code("duration_planned", "Years that a plan is to cover"),
        Code("etablissements", "Number of établissements"),
        Code("etablissements_equipped", "Établissements equipped (Cyberécole)"),
        Code("files_introduced", "Application files received (Cyberclasse)"),
        Code("grant_ceiling", "Highest grant a project may get"),
        Code("grant_per_500_pupils", "Covid-19 aid per 500 pupils"),
        Code("grant_per_point", "Euro that a point of the quota is worth"),
        Code("grant_per_space", "Aid per public digital space"),
        Code("implantations", "Number of school sites (implantations)"),
        Code("implantations_equipped", "School sites equipped (Cyberclasse)"),
        Code("information_sessions", "Information sessions of a call"),
        Code("interactive_boards_share", "Share of schools with an interactive whiteboard"),
        Code("lots_added_planned", "Lots to be added to the catalogue"),
        Code("lots_offered", "Lots (École Numérique) or types of computer on offer"),
        Code("maintenance_planned", "Years of maintenance that are planned"),
        Code("mean_grant", "Budget per project, as published"),
        Code("never_awarded_share", "Share of sites or établissements that never won"),
        Code("own_funds", "Own money of a school authority"),
        Code("points_per_school", "Quota of points per school"),
        Code("problems_share", "Share of surveyed winners who met a problem"),
        Code("project_duration", "Years for which a project is accompanied"),
        Code("projects_awarded", "Winning projects"),
        Code("projects_introduced", "Projects submitted"),
        Code("projects_introduced_change", "Change in the projects submitted from the call before"),
        Code("projects_planned", "Winning projects planned"),
        Code("projects_rejected", "Projects refused"),
        Code("projects_running", "Cyberclasse projects under way"),
        Code("projects_success_share", "Share of surveyed winners who call their project a success"),
        Code("pupils_concerned", "Pupils aimed at or reached"),
        Code("pupils_growth", "Change in the number of pupils"),
        Code("pupils_per_computer", "Pupils per computer, observed"),
        Code("pupils_per_computer_target", "Pupils per computer, norm"),
        Code("pupils_per_terminal", "Pupils per terminal, observed"),
        Code("rooms_planned", "Rooms to be cabled"),
        Code("schools", "Number of schools (unit not stated)"),
        Code("schools_contacted", "Schools contacted"),
        Code("schools_equipped", "Schools equipped (Cyberclasse)"),
        Code("schools_equipped_share", "Share of schools equipped"),
        Code("schools_joined", "Schools that joined Cyberclasse"),
        Code("schools_joined_share", "Share of schools that joined"),
        Code("schools_not_equipped", "Schools not equipped yet"),
        Code("schools_not_joined_share", "Share of schools that did not join"),
        Code("schools_supported", "Schools supported (Covid-19 aid)"),
        Code("schools_to_convince", "Schools not yet in Cyberclasse"),
        Code("servers_planned", "Servers to be installed"),
        Code("sites_awarded", "Distinct schools or sites with a project"),
        Code("sites_installed", "Sites installed by the connectivity pilot"),
        Code("sites_never_awarded", "Sites or schools (établissements) that never won"),
        Code("sites_planned", "Sites that the pilot plans to equip"),
        Code("sites_selected", "Sites selected for the connectivity pilot"),
        Code("sites_targeted", "Sites to which Cyberclasse is open"),
        Code("spaces_supported", "Public digital spaces supported"),
        Code("staff", "Persons in the team"), Code("staff_hired", "Persons hired in a period"),
        Code("subsidies", "Subsidies paid to schools, German-speaking Community"),
        Code("survey_respondents", "Winners who answered the survey"),
        Code("teachers_involved", "Teachers who take part"),
        Code("teachers_weekly_use_share", "Share of teachers who use digital tools weekly"),
        Code("teams_equipped", "Teams equipped since the first call, as published"),
        Code("terminals", "Terminals in schools"),
        Code("terminals_growth", "Change in the number of terminals"),
        Code("terminals_per_100_pupils", "Terminals per 100 pupils"),
        Code("terminals_per_100_pupils_change", "Change in the terminals per 100 pupils"),
        Code("transformation_share", "Share of surveyed winners who report a transformation"),
        Code("weekly_hours_per_school", "Hours a week granted to a selected school"),
        Code("wifi_sites_planned", "Schools or networks to be equipped with Wi-Fi"),
        Code("wifi_sites_planned_per_year", "Schools to be equipped with Wi-Fi, per year"),
    )
)  # fmt: skip
"""What one published number counts (`Observation.measure`). The measures of `ennum measure` are tables that are
computed of such numbers: `measures/measure.py`."""
PART_OF = {
    "projects_awarded": "projects_introduced",
    "projects_rejected": "projects_introduced",
    "sites_installed": "sites_selected",
}
"""Measures that count a part of what another one counts, and so never more."""
STATES = frozenset(
    {
        "computers", "computers_installed", "computers_installed_share", "computers_per_100_pupils",
        "connected_share", "coverage_share", "etablissements", "etablissements_equipped",
        "implantations", "implantations_equipped", "interactive_boards_share",
        "never_awarded_share", "projects_running", "pupils_per_computer", "pupils_per_terminal",
        "schools", "schools_equipped", "schools_equipped_share", "schools_joined",
        "schools_joined_share", "schools_not_equipped", "schools_not_joined_share",
        "schools_to_convince", "sites_installed", "sites_never_awarded", "staff",
        "teachers_weekly_use_share", "teams_equipped", "terminals", "terminals_per_100_pupils",
    }
)  # fmt: skip
"""Measures of how things stand at a time, and so may stand otherwise later: words of them have their month."""
NOT_IN_REGISTER = "not_in_register"
"""In the place of a part: the sites of the lists that are not in the register, or not of the levels."""
