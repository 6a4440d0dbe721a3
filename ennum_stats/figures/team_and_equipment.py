"""Figures of the team, of the equipment on offer, and of what a winning project gets."""

from __future__ import annotations

from dataclasses import replace

from ennum_stats.errors import Message, message
from ennum_stats.figures.definition import Definition, noted, published
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.programmes import equipment_rows
from ennum_stats.quantities import Basis, Reason
from ennum_stats.store.answers import Answer, Missing, remainder
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import PLANNED

_FUNCTIONS = ("maintenance_assistants", "advisers", "project_leader", "consultant", "lawyer")
_AMONG_THE_THIRTY = message("The named functions are read as being among the whole team.")


def staff_others_2019(ledger: Ledger) -> Answer:
    """Give what the named functions leave of the team at the date of the kit."""
    team = {"programme": ECOLE_NUMERIQUE}
    named = (ledger.answer("staff", **team, component=function) for function in _FUNCTIONS)
    return noted(_read(remainder(ledger.answer("staff", **team), named)), _AMONG_THE_THIRTY)


def _read(answer: Answer) -> Answer:
    """Mark an answer as resting on how a text is read: estimated, and by convention."""
    if isinstance(answer, Missing):
        return answer
    bounds = replace(answer.quantity.bounds, basis=Basis.CONVENTION)
    return replace(answer, quantity=replace(answer.quantity, bounds=bounds), status="E")


def lots_en2020_planned(ledger: Ledger) -> Answer:
    """Give the lots of the call before and those to be added for EN2020."""
    for row in equipment_rows(ledger).rows:
        if row.call == "EN2020" and row.stage == PLANNED:
            return row.value
    return Missing(Reason.NOT_YET_KNOWN)


def _staff(name: str, label: Message, programme: str = ECOLE_NUMERIQUE, component: str = "") -> Definition:
    return published(name, "persons", label, "staff", programme=programme, component=component)


TEAM_AND_EQUIPMENT_FIGURES = (
    _staff("staff_cyberecole", message("People in charge of Cyberécole"), "cyberecole"),
    _staff(
        "staff_cyberecole_controllers", message("Field controllers in the team of Cyberécole"),
        "cyberecole", component="controllers",
    ),
    _staff("staff_cyberclasse", message("People in the team of Cyberclasse"), "cyberclasse"),
    published(
        "staff_ami_hired_2014", "persons", message("IT maintenance assistants (AMI) hired in 2014"),
        "staff_hired", programme=ECOLE_NUMERIQUE, component="maintenance_assistants",
    ),
    _staff("staff_total_2019", message("People in the team at the date of the press kit")),
    _staff(
        "staff_ami_2019", message("IT maintenance assistants (AMI) at the date of the press kit"),
        component="maintenance_assistants",
    ),
    _staff(
        "staff_advisers_2019", message("École Numérique advisers at the date of the press kit"), component="advisers"
    ),
    _staff(
        "staff_project_leader_2019", message("Project leader at the date of the press kit"), component="project_leader"
    ),
    _staff(
        "staff_consultant_2019", message("External consultant at the date of the press kit"), component="consultant"
    ),
    _staff("staff_lawyer_2019", message("Lawyer at the date of the press kit"), component="lawyer"),
    Definition(
        "staff_others_2019", "persons", message("Administrative staff and others at the date of the press kit"),
        staff_others_2019, message("Whole team − AMI − advisers − project leader − consultant − lawyer"),
    ),
    published(
        "lots_cyberecole", "types", message("Types of desktop computer offered by Cyberécole"),
        "lots_offered", programme="cyberecole",
    ),
    published(
        "lots_cyberclasse", "types", message("Types of desktop computer offered by Cyberclasse"),
        "lots_offered", programme="cyberclasse",
    ),
    published(
        "lots_en2019", "lots", message("Lots of equipment in the catalogue for EN2019"),
        "lots_offered", programme=ECOLE_NUMERIQUE, call="EN2019",
    ),
    published(
        "lots_en2020_added", "lots", message("Lots to be added for EN2020"),
        "lots_added_planned", is_planned=True, programme=ECOLE_NUMERIQUE, call="EN2020",
    ),
    Definition(
        "lots_en2020_planned", "lots", message("Lots planned for EN2020"), lots_en2020_planned,
        message("Lots for EN2019 + lots to be added"), is_planned=True,
    ),
    published(
        "en2020_aims", "aims", message("Aims of the EN2020 call"), "aims", programme=ECOLE_NUMERIQUE, call="EN2020"
    ),
    published(
        "en2020_information_sessions", "sessions", message("Information sessions on the EN2020 call"),
        "information_sessions", programme=ECOLE_NUMERIQUE, call="EN2020",
    ),
    published(
        "project_duration", "years", message("Years for which a winning project is supported"),
        "project_duration", programme=ECOLE_NUMERIQUE,
    ),
)  # fmt: skip
