"""Targets: what was planned or announced, beside what was reached of it as far as a later document tells.

A row is one number that one document announced, so that a plan told three times has three rows, each with its
day; a promise is one number that was announced, however many documents repeat it, with the state it is in. What
was reached counts only where it is counted in the same unit, and was published on the day of the announcement or
later; a share of a target may be more than the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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
UNDER_WAY_FOR = 24
"""Months without news after which a promise of which a part was reached is no longer called under way."""
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
    reached_on: Annotated[date | None, Column(
        message("Reached by"), kind="day", note="the last day of the time that it is told for",
    )]  # fmt: skip
    share: Annotated[Answer, Column(
        message("Share"), "share", note="of what was planned; more than 1 where more was reached",
    )]  # fmt: skip


def targets_rows(ledger: Ledger) -> MeasureTable[TargetRow]:
    """Give every number that was ever planned or announced, beside what was reached of it.

    One row is one number of one document, in the order of programmes, subjects and days. Reads what was known
    on the store's day.

    `reached` is missing where no later document tells it.

    >>> store.targets()[["target", "planned", "reached"]]
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


class PromiseState(StrEnum):
    """Name how far a promise is, as documents tell it; the ones to look after first."""

    SILENT = "silent"
    """No document tells since how far it is."""
    UNDER_WAY = "under_way"
    """A part was reached, and documents told so lately."""
    SHORT = "short"
    """Its time is over, and less was reached."""
    UNCERTAIN = "uncertain"
    """The numbers are not precise enough to tell whether it was reached."""
    REACHED = "reached"
    EXCEEDED = "exceeded"
    REPLACED = "replaced"
    """A later document announced another number of the same thing."""


@dataclass(frozen=True)
class Promise:
    """Hold a number that was announced, with every document that announced it, and how far it is."""

    rows: tuple[TargetRow, ...]
    """Its announcements in the order of their days."""
    state: PromiseState
    reached: Answer
    share: Answer
    """What was reached, of what was announced."""
    heard_on: date
    """When a document last told of it, announcing it or telling what was reached."""
    silent_months: int
    """Whole months since."""
    is_running: bool
    """Whether the time that it is for goes on, as far as a document tells one."""

    @property
    def name(self) -> str:
        """Name it for ever: by the published number that announced it first."""
        return self.rows[0].planned.observations[0].observation_id

    @property
    def observations(self) -> set[Observation]:
        """Give every published number that announced it or tells what was reached."""
        announced = (each for row in self.rows for each in row.planned.observations)
        return {*announced, *self.reached.observations}

    @property
    def announced(self) -> Known:
        """Give the number that was announced, as the last document that has a value tells it."""
        return _announced(self.rows)

    @property
    def ends_on(self) -> date | None:
        """Give the last day of the time that it is for, where a document tells it."""
        days = [one.valid_to for row in self.rows for one in row.planned.observations if one.valid_to]
        return max(days, default=None)


def promises(ledger: Ledger) -> list[Promise]:
    """Give every promise once: first those of which nothing is heard while their time runs, then what is over;
    among those alike the newest first.

    Numbers of one thing that may be the same are one promise: "40,000" and "more than 40,000" devices.
    """
    groups: dict[tuple[object, ...], list[list[TargetRow]]] = {}
    for row in targets_rows(ledger).rows:
        [announced] = row.planned.observations
        subject = (row.target, *(getattr(announced, name) for name in BREAKDOWNS))
        same = groups.setdefault(subject, [])
        group = next((rows for rows in same if all(_may_be_one(row, other) for other in rows)), None)
        if group is None:
            same.append([row])
        else:
            group.append(row)
    result = []
    for same in groups.values():
        newest = max(rows[-1].known_on for rows in same)
        result += [_promise(ledger, rows, is_replaced=rows[-1].known_on < newest) for rows in same]
    order = [*PromiseState]
    return sorted(
        result,
        key=lambda one: (
            order.index(one.state), not one.is_running, not one.silent_months,
            -one.rows[-1].known_on.toordinal(),
        ),
    )  # fmt: skip


def _may_be_one(row: TargetRow, other: TargetRow) -> bool:
    """Tell whether two announcements of a thing may mean one number: in one unit, with bounds that meet."""
    if not (isinstance(row.planned, Known) and isinstance(other.planned, Known)):
        return False
    one, another = row.planned.quantity, other.planned.quantity
    return one.unit == another.unit and one.bounds.overlaps(another.bounds)


def _announced(rows: Sequence[TargetRow]) -> Known:
    answers = [row.planned for row in rows if isinstance(row.planned, Known)]
    return next((one for one in reversed(answers) if one.quantity.point is not None), answers[-1])


def _promise(ledger: Ledger, rows: list[TargetRow], *, is_replaced: bool) -> Promise:
    reached = rows[0].reached  # of the first announcement: no later document is older than that
    share = combined(_share, reached, _announced(rows))
    documents = [one for row in rows for one in row.planned.observations]
    heard_on = max(one.known_on for one in (*documents, *reached.observations))
    day = ledger.known_at
    months = (day.year - heard_on.year) * 12 + day.month - heard_on.month - (day.day < heard_on.day)
    is_over = all(is_settled(ledger, one) for one in documents)
    state = _state(share, months, is_over=is_over and rows[0].target not in NORMS)
    if is_replaced and state is PromiseState.SILENT:
        state = PromiseState.REPLACED
    is_running = any(one.valid_to and one.valid_to >= day for one in documents)
    return Promise(tuple(rows), state, reached, share, heard_on, months, is_running)


def _state(share: Answer, months: int, *, is_over: bool) -> PromiseState:
    """Tell how far a promise is by the bounds of the share that was reached: never more than these prove."""
    if not isinstance(share, Known):
        return PromiseState.SILENT
    low, high = share.quantity.bounds.ends
    if low > 1:
        return PromiseState.EXCEEDED
    if low == 1:
        return PromiseState.REACHED
    if high >= 1 and share.quantity.point is not None:
        return PromiseState.UNCERTAIN
    if is_over and high < 1:
        return PromiseState.SHORT
    return PromiseState.UNDER_WAY if months <= UNDER_WAY_FOR else PromiseState.SILENT


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
