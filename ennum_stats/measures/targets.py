"""Targets: what was planned or announced, beside what was reached of it as far as a later document tells.

A row is one number that one document announced, so that a plan told three times has three rows, each with its
day. What was reached counts only where it is counted in the same unit, and was published on the day of the
announcement or later; a share of a target may be more than the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.columns import Column
from ennum_stats.measures.dates import known_until
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing, Observation, combined, of_last_day
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import BREAKDOWNS, FORECAST, MEASURES, PLANNED

REACHED_BY = {
    "budget_planned": ("budget_awarded", "budget_spent"),
    "computers_planned": ("computers_installed",),
    "projects_planned": ("projects_awarded",),
    "sites_planned": ("sites_installed",),
    "sites_targeted": ("implantations_equipped",),
}
"""The measures that count what a target is a target of, the nearest first; of others, the same measure where
a number of it is no plan any more."""
_MEASURES = {one.code: Message(one.label) for one in MEASURES.values()}
NORMS = frozenset(("pupils_per_computer_target",))
"""Targets that are an aim and no forecast: nothing settles them."""
IS_PLANNED, WAS_PLANNED = message("planned"), message("planned at the time")
NOTHING_LATER = message("No later document known on {day} tells what was reached of it.")


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """Hold a number that a document announced, and what was reached of it."""

    programme: str | None
    call: str | None
    component: str | None
    target: Annotated[str, Column(message("Announced"), names=_MEASURES)]
    """The measure that was announced."""
    counted: str | None
    known_on: Annotated[date, Column(message("Known on"), note="the day from which it was known")]
    source_id: Annotated[str, Column(message("Document"))]
    planned: Annotated[Answer, Column(message("Planned"), note="in the unit counted; money in EUR")]
    reached: Annotated[
        Answer, Column(message("Reached"), note="likewise; missing where no later document tells it")
    ]
    reached_on: Annotated[
        date | None,
        Column(message("Reached by"), kind="day", note="the last day of the time that it is told for"),
    ]
    share: Annotated[
        Answer,
        Column(message("Share"), "share", note="of what was planned; more than 1 where more was reached"),
    ]


def targets_rows(ledger: Ledger) -> MeasureTable[TargetRow]:
    """Give every number that was ever planned or announced, beside what was reached of it.

    One row is one number of one document, in the order of programmes, subjects and days. Reads what was known
    on the store's day.

    `reached` is missing where no later document tells it.

    >>> store.targets()[["target", "planned", "reached"]]  # doctest: +SKIP
    """
    order = {row["programme"]: at for at, row in enumerate(ledger.records("programmes", "valid_from"))}
    found = sorted(
        (one for one in ledger.all_observations() if is_target(one) and one.quantity),
        key=lambda one: (
            order.get(one.programme or "", -1), one.call or "", one.measure, one.component or "",
            one.known_on, one.observation_id,
        ),
    )  # fmt: skip
    return MeasureTable([_row(ledger, one) for one in found], TargetRow)


def is_target(observation: Observation) -> bool:
    """Tell whether a number was only planned or announced, or is a norm to be reached."""
    return observation.status == FORECAST or observation.stage == PLANNED


def forecast_words(ledger: Ledger, answer: Answer, language: str) -> str:
    """Say of a forecast that it is planned, and once all of it is settled that it was; nothing of what is none."""
    if not isinstance(answer, Known) or answer.status != FORECAST:
        return ""
    forecasts = [one for one in answer.observations if is_target(one) and one.measure not in NORMS]
    is_open = any(not is_settled(ledger, one) for one in forecasts)
    return translate(IS_PLANNED if is_open else WAS_PLANNED, language) if forecasts else ""


def is_settled(ledger: Ledger, forecast: Observation) -> bool:
    """Tell whether the time that a forecast is for is over, or its call took place or has winners. What a programme
    had reached by a time before its end settles nothing."""
    if forecast.valid_to is not None:
        return forecast.valid_to < ledger.known_at
    call = next((call for call in ledger.calls if call.call == forecast.call), None)
    return call is not None and (call.has_winners or call.took_place(ledger.known_at))


def _row(ledger: Ledger, announced: Observation) -> TargetRow:
    assert announced.quantity is not None
    planned = Known(ledger.in_euro(announced.quantity), (announced,), status=announced.status)
    reached = _reached(ledger, announced, planned.quantity.unit)
    return TargetRow(
        programme=announced.programme,
        call=announced.call,
        component=announced.component,
        target=announced.measure,
        counted=announced.counted,
        known_on=announced.known_on,
        source_id=announced.source.source_id,
        planned=planned,
        reached=reached,
        reached_on=known_until(ledger, reached)[0],
        share=combined(_share, reached, planned),
    )


def _reached(ledger: Ledger, announced: Observation, unit: str) -> Answer:
    """Choose what was reached of a target among the numbers of the same thing, if there is any."""
    for measure in REACHED_BY.get(announced.measure, (announced.measure,)):
        choice = ledger.choice(of_last_day([*_later(ledger, measure, announced, unit)]))
        if choice is not None:
            return ledger.known(choice)
    told = message(NOTHING_LATER.text, day=ledger.known_at)
    return Missing(Reason.NOT_COLLECTED, caveats=(told,))


def _share(reached: Quantity, planned: Quantity) -> Quantity:
    """Divide by what was planned; of "more than 40,000" there is no share but its bounds."""
    share = reached.over(planned, "share")
    if reached.point is None or planned.point is None:
        return Quantity.derived(None, share.bounds, "share")
    return share


def _later(ledger: Ledger, measure: str, announced: Observation, unit: str) -> Iterator[Observation]:
    """Give the numbers of a measure that are of the same thing as a target, in its unit, and not older."""
    here = {name: code for name in BREAKDOWNS if (code := getattr(announced, name))}
    for one in ledger.select(measure, **here):
        if is_target(one) or one.quantity is None or one.known_on < announced.known_on:
            continue
        if ledger.in_euro(one.quantity).unit == unit:
            yield one


TARGETS = MeasureDefinition(
    "targets",
    message("What was planned or announced, and what was reached of it."),
    targets_rows,
    {TargetRow: ("target",)},
    carried={"target": ("programme", "call", "component", "counted")},
)
