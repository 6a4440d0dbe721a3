"""The time line of the programmes and their milestones."""

from __future__ import annotations

from datetime import date

from ennum_stats.charts.declaring import Draft, chart, named, typographic
from ennum_stats.charts.draw_spans import MILESTONE
from ennum_stats.charts.specs import Chart, Column, Mark, Table
from ennum_stats.errors import message
from ennum_stats.languages import period_words, plural, translate, translate_plural
from ennum_stats.measures.budgets import TWENTY_YEARS, programmes
from ennum_stats.measures.frames import Row
from ennum_stats.periods import Period
from ennum_stats.store.opening import Ledger

TITLE = plural(
    "{n} programme to equip schools since {first}", "{n} programmes to equip schools since {first}"
)
SUBTITLE = message("Programmes of Wallonia and their milestones, {first}-{last}")
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
    draft = Draft(
        name="timeline",
        kind="spans",
        title=translate_plural(*TITLE, len(rows), language, first=first),
        subtitle=translate(SUBTITLE, language, first=first, last=str(end.year)) + ".",
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
        label=typographic(row[f"name_{language}"].split(" (")[0], language),
        words=said,
        colour=row["programme"],
        first=first,
        last=last or end,
        state="reached" if last else "planned",
    )


def _milestone(row: Row, language: str) -> Mark:
    period = Period(row["occurred_on"])
    return Mark(
        label=typographic(row[f"name_{language}"], language),
        words=period_words(period, language),
        colour=row["programme"],
        group=MILESTONE,
        first=period.first,
        last=period.last,
    )


def _table(ledger: Ledger, marks: list[Mark], language: str) -> Table:
    headings = (WHAT, WHEN, PROGRAMME)
    return Table(
        tuple(Column(translate(heading, language)) for heading in headings),
        tuple(
            (mark.label, mark.words, named(ledger, "programmes", mark.colour, language))
            for mark in marks
        ),
    )


def _last_day(text: str) -> date:
    return Period(text).last
