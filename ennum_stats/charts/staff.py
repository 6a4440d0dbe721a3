"""The chart of the Region's team over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from ennum_stats.charts.declaring import NOT_KNOWN, Draft, chart, mark_words, named, quantity_of
from ennum_stats.charts.draw_team import EVENT, GAP, PART
from ennum_stats.charts.specs import Chart, Mark
from ennum_stats.errors import message
from ennum_stats.languages import listed, period_words, translate
from ennum_stats.measures.frames import Row
from ennum_stats.measures.staff import staff_rows
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity, total
from ennum_stats.store.answers import Known
from ennum_stats.store.opening import Ledger
from ennum_stats.wording import words

TITLE = message("The team grew from {first} to {last}")
TITLE_PLAIN = message("The team: from {first} to {last}")
SUBTITLE = message("Team of the Region for digital equipment in schools: number of people")
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
    draft = Draft(
        name="team_over_time",
        kind="steps",
        title=_title(wholes, language),
        subtitle=translate(SUBTITLE, language) + ".",
        marks=marks,
        evidence=[*(row["value"] for row in (*wholes, *parts)), *hired],
        unit="persons",
        label_heading=translate(PERIOD, language),
        value_heading=translate(PERSONS, language),
    )
    return chart(draft, ledger, language)


def _title(wholes: list[Row], language: str) -> str:
    if not wholes:
        return ""
    first, last = wholes[0]["value"].quantity, wholes[-1]["value"].quantity
    grew = first.bounds.ends[1] < last.bounds.ends[0]
    return translate(
        TITLE if grew else TITLE_PLAIN, language,
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
