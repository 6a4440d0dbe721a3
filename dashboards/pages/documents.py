"""The page of documents: sources, conflicts, and what changed between two days."""

from __future__ import annotations

from datetime import date

from dashboards.components import evidence_link, section, table_section
from dashboards.components.conflicts import conflicts_shown
from dashboards.components.texts import numbers_link, title_of
from dashboards.filters import PRICES_AS_PRINTED
from dashboards.key_figures import kit_day
from dashboards.reading import Reading
from dashboards.registry import About, Content, register_page
from dashboards.view import Filter, Option
from ennum_stats.document.blocks import Section
from ennum_stats.errors import message
from ennum_stats.figures.reports import changes
from ennum_stats.languages import day, plural, translate, translate_plural
from ennum_stats.measures.dates import published_words
from ennum_stats.store.answers import Source
from ennum_stats.store.ledger import Ledger
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
CHANGES = message("What changed between {start} and {end}")
NOTHING_BEFORE = message("What changed by {day}")
FIRST_DAY = message("Nothing was known before this day: there is no other to compare it with.")
NO_CHANGES = message("No figure changed between these two days.")
BACKWARDS = message("The first day was later than the second: they were exchanged.")


def _kinds(_ledger: Ledger, language: str) -> list[Option]:
    named = [Option(kind, translate(KINDS[kind], language)) for kind in SOURCE_KINDS]
    return [Option("all", translate(ALL_KINDS, language)), *named]


def _starts(ledger: Ledger, language: str) -> list[Option]:
    """Give the kit's day first where it was known, then every day before on which something became known."""
    kit, known_at = kit_day(ledger).known_on, ledger.known_at
    first = [Option(kit.isoformat(), translate(THE_KIT, language, day=kit))] if kit <= known_at else []
    others = [d for d in reversed(ledger.days_known()) if d < known_at and d != kit] or [known_at]
    return [*first, *(Option(d.isoformat(), day(d, language)) for d in others)]


def _ends(ledger: Ledger, language: str) -> list[Option]:
    """Give the day known at first, then every day before on which something became known."""
    others = [d for d in reversed(ledger.days_known()) if d < ledger.known_at]
    return [Option(d.isoformat(), day(d, language)) for d in (ledger.known_at, *others)]


KIND = Filter("kind", message("Kind of document"), _kinds)
START = Filter("start", message("Changes from"), _starts, is_day=True)
END = Filter("end", message("Changes to"), _ends, is_day=True)


def documents(reading: Reading) -> Content:
    """Show changes, conflicts, sources."""
    yield _changes(reading)
    yield from conflicts_shown(reading)
    yield _sources(reading)


def _changes(reading: Reading) -> Section:
    ledger = reading.ledger
    start = date.fromisoformat(reading.choice("start") or _starts(ledger, reading.language)[0].value)
    end = date.fromisoformat(reading.choice("end") or ledger.known_at.isoformat())
    notes = [reading.t(BACKWARDS)] if start > end else []
    start, end = sorted((start, end))
    result = changes(ledger.known_on(start), ledger.known_on(end))
    if not result:
        notes.append(reading.t(NO_CHANGES if start < end else FIRST_DAY))
    links = [
        evidence_link(reading, f"figure/{item.name}", item.sentence(reading.language)) for item in result
    ]
    heading = reading.t(CHANGES, start=start, end=end) if start < end else reading.t(NOTHING_BEFORE, day=end)
    return section(heading, notes, links=links, anchor="changes")


def _sources(reading: Reading) -> Section:
    language = reading.language
    counts: dict[Source, int] = {}
    for observation in reading.ledger.all_observations():
        counts[observation.source] = counts.get(observation.source, 0) + 1
    kind = reading.choice("kind")
    shown = sorted(
        (source for source in counts if not kind or source.kind == kind),
        key=lambda source: (source.known_on, source.source_id),
        reverse=True,
    )
    caption = translate_plural(*SOURCES, len(shown), language, day=reading.ledger.known_at)
    rows = [
        [
            title_of(s),
            s.publisher,
            reading.t(KINDS[s.kind]),
            published_words(s, language),
            numbers_link(reading, s, str(counts[s])),
        ]
        for s in shown
    ]
    return table_section("sources", caption, map(reading.t, SOURCE_HEADER), rows, numeric={4})


register_page(
    "documents", message("Documents"),
    About(
        message("What every number rests on, where documents disagree, and what changed when."),
        message("every number that a public document prints"),
        lambda _: True,
    ),
    documents, filters=(KIND, START, END, PRICES_AS_PRINTED), order=60,
)  # fmt: skip
