"""Figures of the team, of the equipment on offer, and of what a winning project gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ennum_stats.errors import Message, message
from ennum_stats.figures.definition import Definition, noted, stated
from ennum_stats.measures.programmes import equipment_rows
from ennum_stats.quantities import Basis, Reason
from ennum_stats.store.answers import Answer, Missing, remainder
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import PLANNED

_FUNCTIONS = ("maintenance_assistants", "advisers", "project_leader", "consultant", "lawyer")
_AMONG_THE_THIRTY = message("The named functions are read as being among the whole team.")


def staff_others_2019(ledger: Ledger) -> Answer:
    """Give what the named functions leave of the team at the date of the kit."""
    team = {"programme": "ecole_numerique"}
    named = (ledger.answer("staff", **team, component=function) for function in _FUNCTIONS)
    return noted(_read(remainder(ledger.answer("staff", **team), named)), _AMONG_THE_THIRTY)


def _read(answer: Answer) -> Answer:
    """Mark an answer as resting on how a text is read: estimated, and by convention."""
    if isinstance(answer, Missing):
        return answer
    bounds = replace(answer.quantity.bounds, basis=Basis.CONVENTION)
    return replace(answer, quantity=replace(answer.quantity, bounds=bounds), status="E")


def _lots_planned(call: str) -> Callable[[Ledger], Answer]:
    """Give the lots of the call before and those to be added for a call."""

    def planned(ledger: Ledger) -> Answer:
        for row in equipment_rows(ledger).rows:
            if row.call == call and row.stage == PLANNED:
                return row.value
        return Missing(Reason.NOT_YET_KNOWN)

    return planned


def _staff(name: str, label: Message, programme: str, component: str = "") -> Definition:
    dimensions = {"programme": programme} | ({"component": component} if component else {})
    return Definition(name, "persons", label, stated("staff", **dimensions))


TEAM_AND_EQUIPMENT_FIGURES = (
    _staff("staff_cyberecole", message("People in charge of Cyberécole"), "cyberecole"),
    _staff(
        "staff_cyberecole_controllers", message("Field controllers in the team of Cyberécole"),
        "cyberecole", "controllers",
    ),
    _staff("staff_cyberclasse", message("People in the team of Cyberclasse"), "cyberclasse"),
    Definition(
        "staff_ami_hired_2014", "persons",
        message("IT maintenance assistants (AMI) hired in 2014"),
        stated("staff_hired", programme="ecole_numerique", component="maintenance_assistants"),
    ),
    _staff(
        "staff_total_2019", message("People in the team at the date of the press kit"),
        "ecole_numerique",
    ),
    _staff(
        "staff_ami_2019", message("IT maintenance assistants (AMI) at the date of the press kit"),
        "ecole_numerique", "maintenance_assistants",
    ),
    _staff(
        "staff_advisers_2019", message("École Numérique advisers at the date of the press kit"),
        "ecole_numerique", "advisers",
    ),
    _staff(
        "staff_project_leader_2019", message("Project leader at the date of the press kit"),
        "ecole_numerique", "project_leader",
    ),
    _staff(
        "staff_consultant_2019", message("External consultant at the date of the press kit"),
        "ecole_numerique", "consultant",
    ),
    _staff(
        "staff_lawyer_2019", message("Lawyer at the date of the press kit"),
        "ecole_numerique", "lawyer",
    ),
    Definition(
        "staff_others_2019", "persons",
        message("Administrative staff and others at the date of the press kit"),
        staff_others_2019,
        message("Whole team − AMI − advisers − project leader − consultant − lawyer"),
    ),
    Definition(
        "lots_cyberecole", "types", message("Types of desktop computer offered by Cyberécole"),
        stated("lots_offered", programme="cyberecole"),
    ),
    Definition(
        "lots_cyberclasse", "types", message("Types of desktop computer offered by Cyberclasse"),
        stated("lots_offered", programme="cyberclasse"),
    ),
    Definition(
        "lots_en2019", "lots", message("Lots of equipment in the catalogue for EN2019"),
        stated("lots_offered", programme="ecole_numerique", call="EN2019"),
    ),
    Definition(
        "lots_en2020_added", "lots", message("Lots to be added for EN2020"),
        stated("lots_added_planned", programme="ecole_numerique", call="EN2020"),
        is_planned=True,
    ),
    Definition(
        "lots_en2020_planned", "lots", message("Lots planned for EN2020"),
        _lots_planned("EN2020"),
        message("Lots for EN2019 + lots to be added"),
        is_planned=True,
    ),
    Definition(
        "en2020_aims", "aims", message("Aims of the EN2020 call"),
        stated("aims", programme="ecole_numerique", call="EN2020"),
    ),
    Definition(
        "en2020_information_sessions", "sessions",
        message("Information sessions on the EN2020 call"),
        stated("information_sessions", programme="ecole_numerique", call="EN2020"),
    ),
    Definition(
        "project_duration", "years", message("Years for which a winning project is supported"),
        stated("project_duration", programme="ecole_numerique"),
    ),
)  # fmt: skip
