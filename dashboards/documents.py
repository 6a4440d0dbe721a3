"""The page of documents: sources, conflicts, and what changed between two days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dashboards.address import Filter, Option, View
from dashboards.blocks import Block, Grid, Link, Text
from dashboards.drawing import kit_day, when
from dashboards.published import Edition
from ennum_stats.errors import message
from ennum_stats.figures.reports import changes, conflict_cells
from ennum_stats.languages import day, plural, translate, translate_plural
from ennum_stats.store.answers import Source
from ennum_stats.store.conflicts import conflicts
from ennum_stats.store.ledger import Ledger, days_known
from ennum_stats.vocabulary import SOURCE_KINDS

KINDS = {
    "official": message("official document"),
    "parliament_answer": message("answer in Parliament"),
    "press": message("press"),
    "parliament_question": message("question in Parliament"),
    "political": message("political party"),
}
ALL_KINDS = message("all documents")
THE_KIT = message("the press kit ({day})")
SOURCES = plural("{n} document known on {day}", "{n} documents known on {day}")
SOURCE_HEADER = (
    message("Document"), message("Publisher"), message("Kind"), message("Published"),
    message("Numbers"),
)  # fmt: skip
CONFLICTS = plural(
    "{n} number on which documents disagree", "{n} numbers on which documents disagree"
)
CONFLICT_HEADER = (message("Subject"), message("Conflict"), message("Taken"), message("Others"))
CHANGES = message("What changed between {start} and {end}")
NO_CHANGES = message("No figure changed between these two days.")
BACKWARDS = message("The first day was later than the second: they were exchanged.")


def _kinds(_ledger: Ledger, language: str) -> list[Option]:
    named = [Option(kind, translate(KINDS[kind], language)) for kind in SOURCE_KINDS]
    return [Option("all", translate(ALL_KINDS, language)), *named]


def _starts(ledger: Ledger, language: str) -> list[Option]:
    """The kit's day first, then every day on which something became known."""
    kit = kit_day(ledger).known_on
    first = Option(kit.isoformat(), translate(THE_KIT, language, day=kit))
    others = [d for d in reversed(list(days_known(ledger))) if d != kit]
    return [first, *(Option(d.isoformat(), day(d, language)) for d in others)]


def _ends(ledger: Ledger, language: str) -> list[Option]:
    """The day known at first, then every day on which something became known."""
    others = [d for d in reversed(list(days_known(ledger))) if d != ledger.known_at]
    return [Option(d.isoformat(), day(d, language)) for d in (ledger.known_at, *others)]


KIND = Filter("kind", message("Kind of document"), _kinds)
START = Filter("start", message("Changes from"), _starts)
END = Filter("end", message("Changes to"), _ends)


def documents(view: View, ledger: Ledger, _edition: Edition) -> Iterator[Block]:
    """Changes, conflicts, sources."""
    yield _changes(view, ledger)
    yield _conflicts(view, ledger)
    yield _sources(view, ledger)


def _changes(view: View, ledger: Ledger) -> Text:
    language = view.language
    start = date.fromisoformat(view.choice("start") or kit_day(ledger).known_on.isoformat())
    end = date.fromisoformat(view.choice("end") or ledger.known_at.isoformat())
    notes = [translate(BACKWARDS, language)] if start > end else []
    start, end = sorted((start, end))
    found = changes(ledger.known_on(start), ledger.known_on(end))
    if not found:
        notes.append(translate(NO_CHANGES, language))
    links = [Link(view.address(f"figure/{c.name}"), c.sentence(language), True) for c in found]
    heading = translate(CHANGES, language, start=start, end=end)
    return Text(heading, notes, links=links, anchor="changes")


def _conflicts(view: View, ledger: Ledger) -> Grid:
    found = conflicts(ledger)
    caption = translate_plural(*CONFLICTS, len(found), view.language)
    header = [translate(text, view.language) for text in CONFLICT_HEADER]
    rows = [conflict_cells(ledger, conflict, view.language) for conflict in found]
    return Grid("conflicts", caption, header, rows, heading=caption)


def _sources(view: View, ledger: Ledger) -> Grid:
    language = view.language
    counts: dict[Source, int] = {}
    for observation in ledger.all_observations():
        counts[observation.source] = counts.get(observation.source, 0) + 1
    kind = view.choice("kind")
    shown = sorted(
        (source for source in counts if not kind or source.kind == kind),
        key=lambda source: (source.known_on, source.source_id),
        reverse=True,
    )
    caption = translate_plural(*SOURCES, len(shown), language, day=ledger.known_at)
    rows = [
        [
            s.title,
            s.publisher,
            translate(KINDS[s.kind], language),
            when(s, language),
            str(counts[s]),
        ]
        for s in shown
    ]
    links = [Link(s.url, s.title) if s.url else None for s in shown]
    header = [translate(text, language) for text in SOURCE_HEADER]
    return Grid(
        "sources", caption, header, rows, links, numeric=frozenset({4}), foreign=frozenset({0, 1}),
        heading=caption,
    )  # fmt: skip
