"""The chart of the Region's team over time.

The chart of the progress of internal connectivity.

The chart of what schools could choose from: types of computer, then lots of a catalogue.

The time line of the programmes and their milestones.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from ennum_stats.charts.layout_time import EVENT, GAP, MILESTONE, PART
from ennum_stats.charts.spec import (
    NOT_KNOWN,
    VALUE_PLANNED,
    Chart,
    ChartInput,
    Mark,
    chart,
    mark_words,
    named,
    quantity_of,
)
from ennum_stats.errors import message
from ennum_stats.languages import listed, period_words, plural, translate, translate_plural
from ennum_stats.measures.budgets import TWENTY_YEARS, programmes
from ennum_stats.measures.frames import Row
from ennum_stats.measures.programmes import (
    CONNECTIVITY,
    connectivity_rows,
    equipment_rows,
    staff_rows,
)
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity, total
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.table import Column, ValueTable
from ennum_stats.typography import typeset
from ennum_stats.wording import words

TEAM_TITLE = message("The team grew from {first} to {last}")
TEAM_TITLE_PLAIN = message("The team: from {first} to {last}")
TEAM_SUBTITLE = message("Team of the Region for digital equipment in schools: number of people")
PERIOD, PERSONS = message("Team or function"), message("Persons")
NOTHING_KNOWN = message("{years}: not known")
HIRED = message("{n} hired in {year}: {who}")
OTHERS = message("other functions")
NAME_AT = message("{programme}, {period}")
ONE_EACH = message("1 each: {names}")
NUMBER_OF = message("{n} {what}")
EVENTS = (("staff_hired", "ecole_numerique", "maintenance_assistants"),)


def team_over_time(ledger: Ledger, language: str) -> Chart:
    """Persons of each programme's team, the functions of the last, and what was hired."""
    rows = [row for row in staff_rows(ledger).rows if isinstance(row["value"], Known)]
    wholes = sorted(
        (row for row in rows if row["component"] is None), key=lambda row: row["valid_from"]
    )
    hired = [ledger.answer(m, programme=p, component=c) for m, p, c in EVENTS]
    marks = [_team(ledger, row, language) for row in wholes]
    marks += _gaps(marks, language)
    parts: list[Row] = []
    if wholes:
        last = wholes[-1]["programme"]
        parts = [row for row in rows if row["component"] and row["programme"] == last]
        marks += _parts(ledger, wholes[-1], parts, language)
    marks += [
        _hired(ledger, answer, event[2], language)
        for event, answer in zip(EVENTS, hired, strict=True)
        if isinstance(answer, Known)
    ]
    draft = ChartInput(
        name="team_over_time",
        kind="steps",
        title=_team_title(wholes, language),
        subtitle=translate(TEAM_SUBTITLE, language) + ".",
        marks=marks,
        evidence=[*(row["value"] for row in (*wholes, *parts)), *hired],
        unit="persons",
        label_heading=translate(PERIOD, language),
        value_heading=translate(PERSONS, language),
    )
    return chart(draft, ledger, language)


def _team_title(wholes: list[Row], language: str) -> str:
    if not wholes:
        return ""
    first, last = wholes[0]["value"].quantity, wholes[-1]["value"].quantity
    grew = first.bounds.ends[1] < last.bounds.ends[0]
    return translate(
        TEAM_TITLE if grew else TEAM_TITLE_PLAIN, language,
        first=words(first, language, noun=False), last=words(last, language),
    )  # fmt: skip


def _team(ledger: Ledger, row: Row, language: str) -> Mark:
    first, last = row["valid_from"], row["valid_to"]
    programme = named(ledger, "programmes", row["programme"], language)
    period = f"{first.year}-{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        period = period_words(Period(f"{first:%Y-%m}"), language)
    return Mark(
        label=translate(NAME_AT, language, programme=programme, period=period),
        quantity=quantity_of(row["value"]),
        text=mark_words(row["value"], language),
        words=mark_words(row["value"], language),
        colour=row["programme"],
        first=first,
        last=last,
    )


def _gaps(teams: list[Mark], language: str) -> list[Mark]:
    """The years between two teams: not drawn, and said."""
    gaps = []
    for before, after in pairwise(teams):
        if before.last is None or after.first is None or after.first.year - before.last.year < 2:
            continue
        first, last = before.last.year + 1, after.first.year - 1
        years = f"{first}-{last}" if last > first else str(first)
        text = translate(NOTHING_KNOWN, language, years=years)
        gaps.append(
            Mark(
                label=years, words=translate(NOT_KNOWN, language), text=text, group=GAP, state="unknown",
                first=date(first, 1, 1), last=date(last, 12, 31),
            )
        )  # fmt: skip
    return gaps


def _parts(ledger: Ledger, whole: Row, parts: list[Row], language: str) -> list[Mark]:
    """Functions within the last team, the largest first; single persons together; then the others."""
    known = sorted(parts, key=lambda row: -(row["value"].quantity.value or 0))
    many = [row for row in known if (row["value"].quantity.value or 0) > 1]
    single = [row for row in known if row not in many]
    names = [_function(ledger, row["component"], language) for row in single]
    marks = [
        _part(row["value"].quantity, _function(ledger, row["component"], language), whole, language)
        for row in many
    ]
    if single:
        quantity = total([row["value"].quantity for row in single], "persons")
        marks.append(_part(quantity, "", whole, language))
        label = translate(ONE_EACH, language, names=listed(names, language))
        marks[-1] = replace(marks[-1], label=label)
    rest = whole["value"].quantity - total([row["value"].quantity for row in known], "persons")
    if parts and rest.value:
        marks.append(_part(rest, translate(OTHERS, language), whole, language))
    return marks


def _part(quantity: Quantity, what: str, whole: Row, language: str) -> Mark:
    number = words(quantity, language, noun=False)
    return Mark(
        label=translate(NUMBER_OF, language, n=number, what=what),
        quantity=quantity,
        words=words(quantity, language),
        colour=whole["programme"],
        group=PART,
    )


def _function(ledger: Ledger, code: str, language: str) -> str:
    return named(ledger, "codelists.component", code, language)


def _hired(ledger: Ledger, answer: Known, component: str, language: str) -> Mark:
    first = answer.observations[0].valid_from
    assert first is not None
    n, year = words(answer.quantity, language, noun=False), str(first.year)
    who = _function(ledger, component, language)
    short = who.rpartition("(")[2].removesuffix(")")  # the abbreviation, if it has one
    return Mark(
        label=translate(HIRED, language, n=n, year=year, who=who),
        quantity=answer.quantity,
        text=translate(HIRED, language, n=n, year=year, who=short),
        words=words(answer.quantity, language),
        colour="ecole_numerique",
        group=EVENT,
        first=first,
        last=first,
    )


PILOT_TITLE = message("Internal Wi-Fi in {installed} of {selected} selected sites: {progress}")
PILOT_SUBTITLE = message("School sites of the internal connectivity pilot; one square is one site")
INSTALLED, REMAINING = message("sites with internal Wi-Fi"), message("sites still to be equipped")
STATE, SITES = message("State"), message("School sites")


def connectivity_progress(ledger: Ledger, language: str) -> Chart:
    """Sites equipped, and those of the selected ones that remain."""
    row = connectivity_rows(ledger).rows[0]
    selected, installed = row["sites_selected"], row["sites_installed"]
    title = ""
    if isinstance(selected, Known) and isinstance(installed, Known):
        title = translate(
            PILOT_TITLE, language,
            installed=words(installed.quantity, language, noun=False),
            selected=words(selected.quantity, language, noun=False),
            progress=words(row["progress"].quantity, language),
        )  # fmt: skip
    draft = ChartInput(
        name="connectivity_progress",
        kind="grid",
        title=title,
        subtitle=translate(PILOT_SUBTITLE, language) + ".",
        marks=[
            _pilot_mark(installed, translate(INSTALLED, language), language),
            _pilot_mark(
                selected - installed, translate(REMAINING, language), language, is_rest=True
            ),
        ],
        evidence=[selected, installed],
        unit="implantations",
        label_heading=translate(STATE, language),
        value_heading=translate(SITES, language),
    )
    return chart(draft, ledger, language)


def _pilot_mark(answer: Answer, label: str, language: str, *, is_rest: bool = False) -> Mark:
    quantity = quantity_of(answer)
    return Mark(
        label=label,
        quantity=quantity,
        text=words(quantity, language, noun=False) if quantity else "",
        words=mark_words(answer, language),
        colour=CONNECTIVITY,
        state="rest" if is_rest else "reached",
    )


LOTS_TITLE = message("The choice grew from {first} of desktop computer to {last} of equipment")
TITLE_PLANNED = message("{title}, {planned}")
LOTS_TITLE_PLAIN = message("Equipment that schools can choose from")
LOTS_SUBTITLE = message(
    "What schools can choose from. A lot holds one kind of equipment: not a type of computer"
)
GROUPS = {
    "types": message("Types of desktop computer (one circle, one type)"),
    "lots": message("Lots of the catalogue (one square, one lot)"),
}
PLANNED = message("planned")
OFFER, NUMBER = message("Offer"), message("Number")


def equipment_lots(ledger: Ledger, language: str) -> Chart:
    """Types of desktop computer in the first programmes, lots of the catalogue since."""
    rows = [row for row in equipment_rows(ledger).rows if isinstance(row["value"], Known)]
    draft = ChartInput(
        name="equipment_lots",
        kind="rows",
        title=_lots_title(rows, language),
        subtitle=translate(LOTS_SUBTITLE, language) + ".",
        marks=[_lots_mark(ledger, row, language) for row in rows],
        evidence=[row["value"] for row in rows],
        unit="lots",
        label_heading=translate(OFFER, language),
        value_heading=translate(NUMBER, language),
    )
    return chart(draft, ledger, language)


def _lots_mark(ledger: Ledger, row: Row, language: str) -> Mark:
    quantity = row["value"].quantity
    is_planned = row["stage"] == "planned"
    text = words(quantity, language)
    group = GROUPS.get(quantity.unit)
    return Mark(
        label=row["call"] or named(ledger, "programmes", row["programme"], language),
        quantity=quantity,
        text=translate(VALUE_PLANNED, language, value=text) if is_planned else text,
        words=mark_words(row["value"], language),
        colour=row["programme"],
        state="planned" if is_planned else "reached",
        remark=translate(PLANNED, language) if is_planned else "",
        group=translate(group, language) if group else "",
    )


def _lots_title(rows: list[Row], language: str) -> str:
    offered = [row["value"].quantity for row in rows if row["stage"] != "planned"]
    planned = [row["value"].quantity for row in rows if row["stage"] == "planned"]
    if len(offered) < 2:
        return translate(LOTS_TITLE_PLAIN, language)
    first, last = words(offered[0], language), words(offered[-1], language)
    title = translate(LOTS_TITLE, language, first=first, last=last)
    if planned:
        value = translate(VALUE_PLANNED, language, value=words(planned[-1], language, noun=False))
        title = translate(TITLE_PLANNED, language, title=title, planned=value)
    return title


TIMELINE_TITLE = plural(
    "{n} programme to equip schools since {first}", "{n} programmes to equip schools since {first}"
)
TIMELINE_SUBTITLE = message("Programmes of Wallonia and their milestones, {first}-{last}")
SINCE, FROM_TO = message("since {first}"), message("{first} to {last}")
WHAT, WHEN, PROGRAMME = message("Programme or milestone"), message("When"), message("Programme")


def timeline(ledger: Ledger, language: str) -> Chart:
    """The programmes as spans of years, and what happened in them as far as it was known."""
    rows = [row for row in programmes(ledger) if row["valid_from"] <= ledger.known_at]
    names = {row["programme"] for row in rows}
    moments = [
        row
        for row in ledger.records("milestones", order="occurred_on, milestone")
        if row["programme"] in names
    ]
    moments.sort(key=lambda row: _last_day(row["occurred_on"]))
    years = [_last_day(row["occurred_on"]).year for row in moments]
    end = date(max(min(ledger.known_at.year, TWENTY_YEARS[1].year + 1), *years, 0), 12, 31)
    marks = [_programme(row, ledger.known_at, end, language) for row in rows]
    marks += [_milestone(row, language) for row in moments]
    first = str(min((row["valid_from"].year for row in rows), default=""))
    draft = ChartInput(
        name="timeline",
        kind="spans",
        title=translate_plural(*TIMELINE_TITLE, len(rows), language, first=first),
        subtitle=translate(TIMELINE_SUBTITLE, language, first=first, last=str(end.year)) + ".",
        marks=marks,
        evidence=[],
        unit="",
        label_heading=translate(WHAT, language),
        value_heading=translate(WHEN, language),
        table=_table(ledger, marks, language),
        documents=[row["source_id"] for row in (*rows, *moments)],
    )
    return chart(draft, ledger, language)


def _programme(row: Row, known_at: date, end: date, language: str) -> Mark:
    """A span that ends where the programme had ended by the day known at, else with the axis."""
    first, last = row["valid_from"], row["valid_to"]
    if last is not None and last > known_at:
        last = None
    said = translate(SINCE, language, first=str(first.year))
    if last is not None:
        said = translate(FROM_TO, language, first=str(first.year), last=str(last.year))
    return Mark(
        label=typeset(row[f"name_{language}"].split(" (")[0], language),
        words=said,
        colour=row["programme"],
        first=first,
        last=last or end,
        state="reached" if last else "planned",
    )


def _milestone(row: Row, language: str) -> Mark:
    period = Period(row["occurred_on"])
    return Mark(
        label=typeset(row[f"name_{language}"], language),
        words=period_words(period, language),
        colour=row["programme"],
        group=MILESTONE,
        first=period.first,
        last=period.last,
    )


def _table(ledger: Ledger, marks: list[Mark], language: str) -> ValueTable:
    headings = (WHAT, WHEN, PROGRAMME)
    return ValueTable(
        tuple(Column(translate(heading, language)) for heading in headings),
        tuple(
            (mark.label, mark.words, named(ledger, "programmes", mark.colour, language))
            for mark in marks
        ),
    )


def _last_day(text: str) -> date:
    return Period(text).last
