"""The programmes, their milestones, and what is known of single ones: connectivity, equipment, team."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from ennum_stats.errors import message
from ennum_stats.measures.calls import share_of
from ennum_stats.measures.columns import VALUE_LABEL, Column
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable, names_of
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known, combined
from ennum_stats.store.ledger import Ledger

_OF_WHICH_SITES = (
    "only bounds, because the budget is for those selected or for those installed when it was printed: the "
    "text allows both"
)
CONNECTIVITY = "connectivity"


@dataclass(frozen=True)
class Programme:
    """Hold a programme of the Region, or a plan that was announced for one, and when it ran, once a document
    told it."""

    programme: str
    valid_from: date | None
    valid_to: date | None
    adult_education: str
    source_id: str | None
    names: dict[str, str]
    """Its name in each language."""
    has_deduced_end: bool = False
    """Whether no document prints its end: it follows from another fact."""


@dataclass(frozen=True)
class Deduction:
    """Hold days of a programme or call that no document prints, and what they follow from."""

    subject: str
    days: tuple[str, ...]
    source_id: str
    names: dict[str, str]
    """The deduction as a sentence, in each language."""


@dataclass(frozen=True)
class Milestone:
    """Hold something that happened in a programme, on a day, in a month or in a year."""

    milestone: str
    occurred_on: Period
    programme: str
    source_id: str
    names: dict[str, str]
    """What happened, in each language."""
    call: str = ""
    """The call that it is a step of, if any."""


@dataclass(frozen=True)
class ConnectivityRow:
    """Hold how far the pilot of internal connectivity is, and what it cost."""

    programme: str
    sites_selected: Annotated[Answer, Column(message("Sites selected"), "implantations")]
    sites_installed: Annotated[Answer, Column(message("Sites installed"), "implantations")]
    progress: Annotated[Answer, Column(message("Progress"), "share", note="of those selected")]
    budget_spent: Annotated[Answer, Column(message("Budget spent"), "EUR")]
    cost_per_site: Annotated[
        Answer, Column(message("Budget per site"), "EUR/implantation", note=_OF_WHICH_SITES)
    ]


@dataclass(frozen=True)
class EquipmentRow:
    """Hold the kinds of equipment that one programme or call offers, or plans to offer."""

    programme: str
    call: str | None
    stage: str | None
    value: Annotated[Known, Column(
        VALUE_LABEL, "", (), ("programme", "call"), message("Kinds of equipment on offer"),
        note="in `unit`: types or lots, which are not the same thing",
    )]  # fmt: skip


@dataclass(frozen=True)
class StaffRow:
    """Hold the persons of a programme's team, or of one function in it."""

    programme: str
    component: str | None
    valid_from: date | None
    valid_to: date | None
    value: Annotated[Answer, Column(
        VALUE_LABEL, "persons", (), ("programme", "component"), message("Team"),
        note="a team that varies between 14 and 16 has no value",
    )]  # fmt: skip


def programmes(ledger: Ledger) -> list[Programme]:
    """List the programmes (not the plans announced for them), in the order of their beginnings; last those of
    which only the name was known."""
    return _of_kind(ledger, "programme")


def plans(ledger: Ledger) -> list[Programme]:
    """List the plans of which a document known by the day gives a number, by their beginnings."""
    told = {one.programme for one in ledger.all_observations()}
    return [one for one in _of_kind(ledger, "plan") if one.programme in told]


def _of_kind(ledger: Ledger, kind: str) -> list[Programme]:
    deduced = {one.subject for one in deductions(ledger) if "valid_to" in one.days}
    return [
        Programme(
            programme=row["programme"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            adult_education=row["adult_education"] or "unknown",
            source_id=row["source_id"],
            names=names_of(row),
            has_deduced_end=row["programme"] in deduced,
        )
        for row in ledger.records("programmes", order="valid_from, programme")
        if row["kind"] == kind
    ]


def deductions(ledger: Ledger, subjects: Collection[str] | None = None) -> list[Deduction]:
    """List what was deduced of the days of programmes and calls (of all, unless some are named)."""
    return [
        Deduction(row["subject"], tuple(row["days"].split()), row["source_id"], names_of(row))
        for row in ledger.records("deductions")
        if subjects is None or row["subject"] in subjects
    ]


def milestones(ledger: Ledger) -> list[Milestone]:
    """List the milestones known on the ledger's day, in the order of their days as they are printed."""
    return [
        Milestone(
            milestone=row["milestone"],
            occurred_on=Period(row["occurred_on"]),
            programme=row["programme"],
            source_id=row["source_id"],
            names=names_of(row),
            call=row["call"] or "",
        )
        for row in ledger.records("milestones", order="occurred_on, milestone")
    ]


def connectivity_rows(ledger: Ledger) -> MeasureTable[ConnectivityRow]:
    """Give the progress of the pilot of internal connectivity: implantations selected, and with Wi-Fi.

    One row is the programme, at the last day for which its state is known. Population: implantations of
    Wallonia. Reads what was known on the store's day.

    >>> store.connectivity()[["sites_selected", "sites_installed"]]
    """
    return MeasureTable([connectivity_row(ledger)], ConnectivityRow)


def connectivity_row(ledger: Ledger) -> ConnectivityRow:
    """Give the state of the pilot of internal connectivity."""
    selected = ledger.answer("sites_selected", programme=CONNECTIVITY)
    installed = ledger.answer("sites_installed", programme=CONNECTIVITY)
    budget = ledger.answer("budget_spent", programme=CONNECTIVITY)
    return ConnectivityRow(
        programme=CONNECTIVITY,
        sites_selected=selected,
        sites_installed=installed,
        progress=share_of(installed, selected),
        budget_spent=budget,
        cost_per_site=cost_per_site(ledger, budget),
    )


def cost_per_site(ledger: Ledger, budget: Answer) -> Answer:
    """Divide the budget of the pilot, in whatever euros, by the sites selected or by those installed: its
    document allows both."""
    selected = ledger.answer("sites_selected", programme=CONNECTIVITY)
    installed = ledger.answer("sites_installed", programme=CONNECTIVITY)
    return _either(
        budget.over(selected, "EUR/implantation"),
        budget.over(_installed_with(ledger, budget, installed), "EUR/implantation"),
    )


def _installed_with(ledger: Ledger, budget: Answer, installed: Answer) -> Answer:
    """Give the sites installed of the document that prints the budget; the last known where it tells none."""
    documents = {observation.source.source_id for observation in budget.observations}
    for observation in reversed(ledger.select("sites_installed", programme=CONNECTIVITY)):
        if observation.source.source_id in documents and observation.quantity is not None:
            return Known(observation.quantity, (observation,), status=observation.status)
    return installed


def _either(first: Answer, second: Answer) -> Answer:
    """Give what holds in both readings of a text: no value, and the bounds around both."""
    return combined(lambda a, b: Quantity.derived(None, a.bounds.hull(b.bounds), a.unit), first, second)


def equipment_rows(ledger: Ledger) -> MeasureTable[EquipmentRow]:
    """Give the kinds of equipment offered: types of desktop computer, then lots of the catalogue.

    One row is a programme or a call; `stage` says `planned` where the lots were only announced (the lots of
    the call before, and those to be added). Reads what was known on the store's day.

    >>> store.equipment()[["programme", "call", "value", "unit"]]
    """
    rows = []
    for programme in ("cyberecole", "cyberclasse"):
        types = ledger.answer("lots_offered", programme=programme)
        if isinstance(types, Known):
            rows.append(EquipmentRow(programme, call=None, stage=None, value=types))
    before: Known | None = None
    for call in ledger.calls:
        dimensions = {"programme": call.programme, "call": call.call}
        offered = ledger.answer("lots_offered", **dimensions)
        added = ledger.answer("lots_added_planned", **dimensions)
        stage = None
        if not isinstance(offered, Known) and isinstance(added, Known) and before is not None:
            offered, stage = before + added, "planned"
        if isinstance(offered, Known):
            rows.append(EquipmentRow(call.programme, call.call, stage, offered))
            before = offered
    return MeasureTable(rows, EquipmentRow)


PROGRAMMES = ("cyberecole", "cyberclasse", "ecole_numerique")


def staff_rows(ledger: Ledger) -> MeasureTable[StaffRow]:
    """Give the persons of the Region's team, by programme and function.

    One row is a programme's team, or one function in it (`component`; empty for the whole team), for the days
    `valid_from` to `valid_to`. Functions that a document names lie inside its whole; they are not all of it.
    Reads what was known on the store's day.

    >>> store.staff()[["programme", "component", "value"]]
    """
    rows = []
    for programme in PROGRAMMES:
        codes = ledger.codes("staff", "component", programme=programme)
        for code in (None, *codes):
            dimensions = {"programme": programme} | ({"component": code} if code else {})
            observations = ledger.select("staff", **dimensions)
            if observations:
                last = observations[-1]
                answer = ledger.answer("staff", **dimensions)
                rows.append(StaffRow(programme, code, last.valid_from, last.valid_to, answer))
    return MeasureTable(rows, StaffRow)


CONNECTIVITY_PILOT = MeasureDefinition(
    "connectivity",
    message("Sites of the connectivity pilot selected and installed, and their cost."),
    connectivity_rows,
    {ConnectivityRow: ("programme",)},
    is_released=True,
)
STAFF = MeasureDefinition(
    "staff",
    message("Persons of the team, by programme and function."),
    staff_rows,
    {StaffRow: ("component",)},
    carried={"component": ("programme",)},
    is_released=True,
)
EQUIPMENT = MeasureDefinition(
    "equipment",
    message("Kinds of equipment on offer, by programme and call."),
    equipment_rows,
    {EquipmentRow: ("call",)},
    carried={"call": ("programme", "stage")},
    is_released=True,
)
