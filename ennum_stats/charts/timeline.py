"""Chart of the time line: the programmes as spans of years, and their milestones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ennum_stats.charts import spec
from ennum_stats.charts.plans import plans_not_drawn
from ennum_stats.errors import message
from ennum_stats.languages import listed, period_words, plural, spelled, translate, translate_plural
from ennum_stats.measures.budgets import TWENTY_YEARS
from ennum_stats.measures.programmes import Milestone, Programme, milestones, programmes
from ennum_stats.store.answers import Source
from ennum_stats.store.ledger import Call, Ledger
from ennum_stats.table import ValueTable
from ennum_stats.typography import first_capital, typeset

TIMELINE_TITLE = plural(
    "{n} programme to equip schools since {first}", "{n} programmes to equip schools since {first}"
)
TIMELINE_SUBTITLE_PLAIN = message("Programmes of Wallonia and their milestones")
TIMELINE_SUBTITLE = message("Programmes of Wallonia and their milestones, {first}–{last}")
SINCE, FROM_TO = message("since {first}"), message("{first} to {last}")
END_DEDUCED = message("end inferred")
BEGINNING_NOT_KNOWN = message("Beginning not yet known: {names}.")
CALLS_ARE_TICKS = message("White line: the beginning of the school year of a call.")
_MOST_WITH_WORDS = 7
"""The most milestones with words."""
WHAT, WHEN, PROGRAMME = message("Programme or milestone"), message("When"), message("Programme")


def timeline(ledger: Ledger, language: str, _: spec.ChartOptions) -> spec.Chart:
    """Draw the programmes as spans of years, with their calls and what else happened in them as far as it was
    known."""
    every = programmes(ledger)
    begun = {programme.programme: programme.valid_from for programme in every if programme.valid_from}
    shown = [programme for programme in every if begun.get(programme.programme, date.max) <= ledger.known_at]
    moments = [moment for moment in milestones(ledger) if moment.programme in begun]
    unknown = [
        ledger.name("programmes", programme.programme, language)
        for programme in every
        if programme.programme not in begun
    ]
    moments.sort(key=lambda moment: moment.occurred_on.last)
    years = [moment.occurred_on.last.year for moment in moments]
    end = date(max(min(ledger.known_at.year, TWENTY_YEARS[1].year + 1), *years, 0), 12, 31)
    spans = [_programme(ledger, programme, begun[programme.programme], end, language) for programme in shown]
    calls = [
        _call(ledger, call, language)
        for call in ledger.calls
        if call.programme in begun and call.took_place(ledger.known_at) and call.valid_from
    ]
    events = [_milestone(ledger, moment, language) for moment in moments]
    drawn = [_milestone(ledger, moment, language) for moment in _with_words(moments, begun)]
    marks = [*spans, *calls, *drawn]
    first = str(min((begun[programme.programme].year for programme in shown), default=""))
    notes = [translate(CALLS_ARE_TICKS, language)] if calls else []
    if unknown:
        notes.append(translate(BEGINNING_NOT_KNOWN, language, names=listed(unknown, language)))
    return spec.ChartDraft(
        kind="spans",
        title=_title(len(shown), first, language),
        subtitle=translate(
            TIMELINE_SUBTITLE if first else TIMELINE_SUBTITLE_PLAIN, language, first=first, last=str(end.year)
        )
        + "."
        + plans_not_drawn(ledger, language),
        marks=marks,
        evidence=[],
        unit="",
        label_heading=translate(WHAT, language),
        value_heading=translate(WHEN, language),
        table=_table(ledger, [*spans, *events, *calls], language),
        documents=[source.source_id for mark in marks for source in mark.sources],
        notes=[*notes, *spec.deduced(ledger, [programme.programme for programme in shown], language)],
    ).completed(ledger, language)


def _title(n: int, first: str, language: str) -> str:
    """Count the programmes, in words where there are few."""
    title = translate_plural(*TIMELINE_TITLE, n, language, n=spelled(n, language), first=first)
    return first_capital(title)


def _with_words(moments: Sequence[Milestone], begun: dict[str, date]) -> list[Milestone]:
    """Choose the milestones that get words: not those of a call, which has its tick, nor of the year in which
    their programme begins, which its bar shows; of more than seven the latest."""
    own = [
        moment
        for moment in moments
        if not moment.call and moment.occurred_on.first.year != begun[moment.programme].year
    ]
    return own[-_MOST_WITH_WORDS:]


def _call(ledger: Ledger, call: Call, language: str) -> spec.Mark:
    assert call.valid_from is not None
    return spec.Mark(
        label=call.call, words=typeset(call.school_year, language), colour=call.programme, group=spec.CALL,
        about=("call", call.call), first=call.valid_from, last=call.valid_from,
        sources=_sources(ledger, call),
    )  # fmt: skip


def _sources(ledger: Ledger, call: Call) -> tuple[Source, ...]:
    """Find the document that tells the years of a call."""
    records = ledger.records("calls")
    keys = [row["source_id"] for row in records if row["call"] == call.call and row["source_id"]]
    return tuple(ledger.source(source_id) for source_id in dict.fromkeys(keys))


def _programme(ledger: Ledger, programme: Programme, first: date, end: date, language: str) -> spec.Mark:
    """Mark a span that ends where the programme had ended by the day known at, else with the axis."""
    last = programme.valid_to
    if last is not None and last > ledger.known_at:
        last = None
    years = translate(SINCE, language, first=str(first.year))
    if last is not None:
        years = translate(FROM_TO, language, first=str(first.year), last=str(last.year))
    return spec.Mark(
        label=programme.names[language].split(" (")[0],
        words=years,
        colour=programme.programme, about=("programme", programme.programme),
        first=first, last=last or end, state="reached" if last else "planned",
        remark=translate(END_DEDUCED, language) if last and programme.has_deduced_end else "",
        sources=(ledger.source(programme.source_id),) if programme.source_id else (),
    )  # fmt: skip


def _milestone(ledger: Ledger, milestone: Milestone, language: str) -> spec.Mark:
    return spec.Mark(
        label=milestone.names[language],
        words=period_words(milestone.occurred_on, language),
        colour=milestone.programme, about=("programme", milestone.programme), group=spec.MILESTONE,
        first=milestone.occurred_on.first, last=milestone.occurred_on.last,
        sources=(ledger.source(milestone.source_id),),
    )  # fmt: skip


def _table(ledger: Ledger, marks: list[spec.Mark], language: str) -> ValueTable:
    rows = ((mark.label, mark.full_words, ledger.name("programmes", mark.colour, language)) for mark in marks)
    return spec.value_table(((WHAT, None), (WHEN, None), (PROGRAMME, None)), rows, language)
