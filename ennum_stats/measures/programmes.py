"""The programmes, their milestones, and what is known of single ones: connectivity, equipment, team."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from ennum_stats.errors import message
from ennum_stats.measures.calls import share_of
from ennum_stats.measures.columns import VALUE_LABEL, Column
from ennum_stats.measures.measure_table import MeasureTable, names_of
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known, combined
from ennum_stats.store.ledger import Ledger

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
    progress: Annotated[Answer, Column(message("Progress"), "share")]
    budget_spent: Annotated[Answer, Column(message("Budget spent"), "EUR")]
    cost_per_site: Annotated[Answer, Column(message("Budget per site"), "EUR/implantation")]


@dataclass(frozen=True)
class EquipmentRow:
    """Hold the kinds of equipment that one programme or call offers, or plans to offer."""

    programme: str
    call: str | None
    stage: str | None
    value: Annotated[
        Known,
        Column(VALUE_LABEL, "", (), ("programme", "call"), message("Kinds of equipment on offer")),
    ]


@dataclass(frozen=True)
class StaffRow:
    """Hold the persons of a programme's team, or of one function in it."""

    programme: str
    component: str | None
    valid_from: date | None
    valid_to: date | None
    value: Annotated[
        Answer, Column(VALUE_LABEL, "persons", (), ("programme", "component"), message("Team"))
    ]


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
    """Give the one row of `connectivity`, with answers."""
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
    return combined(
        lambda a, b: Quantity.derived(None, a.bounds.hull(b.bounds), a.unit), first, second
    )


def equipment_rows(ledger: Ledger) -> MeasureTable[EquipmentRow]:
    """Give the rows of `equipment`, with answers."""
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
    """Give the rows of `staff`, with answers."""
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
