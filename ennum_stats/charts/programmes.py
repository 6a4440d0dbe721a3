"""Charts of the programmes: the team over time, the progress of connectivity, and the equipment that schools
could choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ennum_stats.charts.spec import PART, Chart, ChartDraft, ChartOptions, Mark, deduced
from ennum_stats.errors import Message, message
from ennum_stats.languages import listed, period_words, span_words, translate
from ennum_stats.measures import programmes
from ennum_stats.measures.dates import dated, dated_words, state_words
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity, total
from ennum_stats.store.answers import Answer, Known, remainder
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import NBSP, colon, first_capital
from ennum_stats.vocabulary import PLANNED
from ennum_stats.wording import words

TEAM_TITLE = message("The team: {sizes}")
TEAM_SUBTITLE = message(
    "Team of the Region for digital equipment in schools; one silhouette stands for one person"
)
PERIOD, PERSONS = message("Team or function"), message("Persons")
HIRED = message("{n} hired in {year}: {who}.")
OTHERS = message("other functions")
EACH_SINGLE = message("1 each: {names}")
EVENTS = (("staff_hired", "ecole_numerique", "maintenance_assistants"),)


@dataclass(frozen=True)
class _Team:
    """Hold a team whose size and days are known."""

    programme: str
    first: date
    last: date
    value: Known


_Function = tuple[str, Known]
"""A function in a team, and its persons."""


def team_over_time(ledger: Ledger, language: str, _: ChartOptions) -> Chart:
    """Draw the persons of each programme's team, and of the last one those of each function; say who was
    hired."""
    rows = programmes.staff_rows(ledger).rows
    wholes = sorted(_teams(rows), key=lambda team: team.first)
    hired = [ledger.answer(m, programme=p, component=c) for m, p, c in EVENTS]
    marks = [_team(ledger, team, language) for team in wholes]
    parts: list[_Function] = []
    if wholes:
        last = wholes[-1]
        parts = [
            (row.component, row.value)
            for row in rows
            if row.component and row.programme == last.programme and isinstance(row.value, Known)
        ]
        marks += _parts(ledger, last, parts, language)
    notes = [
        _hired(ledger, answer, event[2], language)
        for event, answer in zip(EVENTS, hired, strict=True)
        if isinstance(answer, Known)
    ]
    return ChartDraft(
        notes=[*notes, *deduced(ledger, [team.programme for team in wholes], language)],
        kind="people",
        title=_team_title(ledger, wholes, language),
        subtitle=translate(TEAM_SUBTITLE, language) + ".",
        marks=marks,
        evidence=[*(team.value for team in wholes), *(value for _, value in parts), *hired],
        unit="persons",
        label_heading=translate(PERIOD, language),
        value_heading=translate(PERSONS, language),
    ).completed(ledger, language)


def _teams(rows: Sequence[programmes.StaffRow]) -> Iterator[_Team]:
    """Give the whole teams of which the years are told."""
    for row in rows:
        first, last, value = row.valid_from, row.valid_to, row.value
        if row.component is None and first and last and isinstance(value, Known):
            yield _Team(row.programme, first, last, value)


def _team_title(ledger: Ledger, wholes: Sequence[_Team], language: str) -> str:
    if not wholes:
        return ""
    sizes = (dated_words(ledger, team.value, language) for team in (wholes[0], wholes[-1]))
    return translate(TEAM_TITLE, language, sizes=", ".join(dict.fromkeys(sizes)))


def _team(ledger: Ledger, team: _Team, language: str) -> Mark:
    first, last = team.first, team.last
    programme = ledger.name("programmes", team.programme, language)
    period = span_words(first.year, last.year, language)
    if (first.year, first.month) == (last.year, last.month):
        period = period_words(Period(f"{first:%Y-%m}"), language)
    return Mark(
        label=programme, detail=period,
        quantity=team.value.quantity, observations=team.value.observations,
        text=team.value.words(language), words=team.value.words(language),
        colour=team.programme, about=("programme", team.programme), first=first, last=last,
    )  # fmt: skip


def _parts(ledger: Ledger, whole: _Team, parts: Sequence[_Function], language: str) -> list[Mark]:
    """Mark the functions within the last team: the largest first, single persons together, the others."""
    known = sorted(parts, key=lambda part: -(part[1].quantity.value or 0))
    many = [part for part in known if (part[1].quantity.value or 0) > 1]
    single = [part for part in known if part not in many]
    marks = [
        _part(value.quantity, _function(ledger, function, language), whole, language)
        for function, value in many
    ]
    if single:
        names = [_function(ledger, function, language) for function, _ in single]
        quantity = total([value.quantity for _, value in single], "persons")
        marks.append(_part(quantity, "", whole, language))
        label = translate(EACH_SINGLE, language, names=listed(names, language))
        marks[-1] = replace(marks[-1], label=label)
    rest = remainder(whole.value, [value for _, value in known]).quantity if parts else None
    if rest and rest.value:
        marks.append(_part(rest, translate(OTHERS, language), whole, language))
    return marks


def _part(quantity: Quantity, what: str, whole: _Team, language: str) -> Mark:
    number = words(quantity, language, style="text", noun=False)
    return Mark(
        label=f"{first_capital(what)}{colon(language)}{NBSP}{number}",
        quantity=quantity,
        words=words(quantity, language),
        colour=whole.programme,
        group=PART,
    )


def _function(ledger: Ledger, code: str, language: str) -> str:
    return ledger.name("codelists.component", code, language)


def _hired(ledger: Ledger, answer: Known, component: str, language: str) -> str:
    """Say how many were hired when: they are no team, and not drawn as one."""
    first = answer.observations[0].valid_from
    assert first is not None
    n, year = words(answer.quantity, language, style="text", noun=False), str(first.year)
    return translate(HIRED, language, n=n, year=year, who=_function(ledger, component, language))


PILOT_TITLE = message("Internal Wi-Fi in {installed} of {selected} selected sites: {progress}")
PILOT_SUBTITLE = message("School sites of the internal connectivity pilot; one square is one site")
INSTALLED, REMAINING = message("sites with internal Wi-Fi"), message("sites still to be equipped")
STATE, SITES = message("State"), message("School sites")


def connectivity_progress(ledger: Ledger, language: str, _: ChartOptions) -> Chart:
    """Draw the sites equipped, and those of the selected ones that remain."""
    row = programmes.connectivity_row(ledger)
    selected, installed, progress = row.sites_selected, row.sites_installed, row.progress
    title, time = "", state_words(ledger, installed, language)
    if isinstance(selected, Known) and isinstance(installed, Known) and isinstance(progress, Known):
        title = translate(
            PILOT_TITLE, language,
            installed=words(installed.quantity, language, style="text", noun=False),
            selected=words(selected.quantity, language, style="text", noun=False),
            progress=dated_words(ledger, progress, language),
        )  # fmt: skip

    def at_time(what: Message) -> str:
        return dated(translate(what, language), time, language)

    return ChartDraft(
        kind="grid",
        title=title,
        subtitle=translate(PILOT_SUBTITLE, language) + ".",
        marks=[
            _pilot_mark(installed, at_time(INSTALLED), language),
            _pilot_mark(remainder(selected, [installed]), at_time(REMAINING), language, is_rest=True),
        ],
        evidence=[selected, installed],
        unit="implantations",
        label_heading=translate(STATE, language),
        value_heading=translate(SITES, language),
    ).completed(ledger, language)


def _pilot_mark(answer: Answer, label: str, language: str, *, is_rest: bool = False) -> Mark:
    quantity = answer.quantity
    return Mark(
        label=label,
        quantity=quantity,
        text=words(quantity, language, style="text", noun=False) if quantity else "",
        words=answer.words(language),
        colour=programmes.CONNECTIVITY,
        state="rest" if is_rest else "reached",
        about=("programme", programmes.CONNECTIVITY),
        observations=answer.observations,
    )


LOTS_TITLE = message("{lots} of equipment in the catalogue for {call}")
TITLE_PLANNED = message("{title}, {planned}")
LOTS_TITLE_PLAIN = message("Equipment on offer to schools")
LOTS_SUBTITLE = message(
    "What was on offer to schools. A lot holds one kind of equipment: not a type of computer"
)
GROUPS = {
    "types": message("Types of desktop computer (one circle, one type)"),
    "lots": message("Lots of the catalogue (one square, one lot)"),
}
PLANNED_AT = message("planned ({time})")
VALUE_PLANNED_AT = message("{value} planned ({time})")
OFFER, NUMBER = message("Offer"), message("Number")


def equipment_lots(ledger: Ledger, language: str, _: ChartOptions) -> Chart:
    """Draw the types of desktop computer in the first programmes, lots of the catalogue since."""
    rows = programmes.equipment_rows(ledger).rows
    return ChartDraft(
        kind="rows",
        title=_lots_title(rows, language),
        subtitle=translate(LOTS_SUBTITLE, language) + ".",
        marks=[_lots_mark(ledger, row, language) for row in rows],
        evidence=[row.value for row in rows],
        unit="lots",
        label_heading=translate(OFFER, language),
        value_heading=translate(NUMBER, language),
    ).completed(ledger, language)


def _lots_mark(ledger: Ledger, row: programmes.EquipmentRow, language: str) -> Mark:
    quantity = row.value.quantity
    is_planned = row.stage == PLANNED
    text = words(quantity, language, style="text")
    time = _announced(row, language) if is_planned else ""
    group = GROUPS.get(quantity.unit)
    return Mark(
        label=row.call or ledger.name("programmes", row.programme, language),
        quantity=quantity,
        text=translate(VALUE_PLANNED_AT, language, value=text, time=time) if is_planned else text,
        words=row.value.words(language),
        colour=row.programme,
        state="planned" if is_planned else "reached",
        remark=translate(PLANNED_AT, language, time=time) if is_planned else "",
        group=translate(group, language) if group else "",
        about=("call", row.call) if row.call else ("programme", row.programme),
        observations=row.value.observations,
    )


def _announced(row: programmes.EquipmentRow, language: str) -> str:
    """Say when a plan was published, which is all that is known of it later."""
    newest = max(row.value.observations, key=lambda observation: observation.known_on)
    return period_words(newest.source.day, language)


def _lots_title(rows: Sequence[programmes.EquipmentRow], language: str) -> str:
    """Tell the lots of the last call that has some, and those planned; nothing of types, which are no lots."""
    lots = [row for row in rows if row.value.quantity.unit == "lots"]
    offered = [row for row in lots if row.stage != PLANNED and row.call]
    if not offered:
        return translate(LOTS_TITLE_PLAIN, language)
    last = offered[-1]
    title = translate(
        LOTS_TITLE, language, lots=words(last.value.quantity, language, style="text"), call=last.call
    )
    planned = [row for row in lots if row.stage == PLANNED]
    if planned:
        value = translate(
            VALUE_PLANNED_AT, language, time=_announced(planned[-1], language),
            value=words(planned[-1].value.quantity, language, style="text", noun=False),
        )  # fmt: skip
        title = translate(TITLE_PLANNED, language, title=title, planned=value)
    return title
