"""The page of documents: sources, conflicts, and what changed between two days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from dashboards.blocks import Shelf
from dashboards.components import page_link, table
from dashboards.components.by_year import by_year
from dashboards.components.conflicts import CONFLICTS, conflicts_shown
from dashboards.components.texts import document_link
from dashboards.filters import PRICES_AS_PRINTED
from dashboards.follow import subjects
from dashboards.key_figures import kit_day
from dashboards.pages.numbers import COUNTED, FIGURES
from dashboards.pages.targets import DOCUMENTS
from dashboards.reading import Reading
from dashboards.registry import About, Content, all_pages, register_page
from dashboards.view import Filter, Option
from ennum_stats.document.blocks import Bullets, Heading, Paragraph, Section, Text
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import known_conflicts
from ennum_stats.figures.reports import Change, changes, labelled
from ennum_stats.languages import day, plural, span_words, translate, translate_plural
from ennum_stats.measures.dates import published_words
from ennum_stats.store.answers import Source
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import semicolons
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
CHANGED = plural(
    "{n} figure that changed between {start} and {end}", "{n} figures that changed between {start} and {end}"
)
BY_YEAR = plural(
    "From {first} to {last}: {n} dated document, {most} of {peak}",
    "From {first} to {last}: {n} dated documents, {most} of them of {peak}",
)
CHANGES = message("What changed between {start} and {end}")
NOTHING_BEFORE = message("What changed by {day}")
FIRST_DAY = message("Nothing was known before this day: there is no other to compare it with.")
NO_CHANGES = message("No figure changed between these two days.")
SIDES = message("What each document says")
_FEW = 5
"""So many documents are a part of the list."""
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
    """Tell how much is known, how far documents agree and how many figures changed; draw when documents came; then
    the changes, conflicts, sources."""
    start, end = sorted(_days(reading))
    result = changes(reading.ledger.known_on(start), reading.ledger.known_on(end))
    yield Paragraph((_state(reading, len(result), start, end),), "state lead")
    dated = {item.source for item in reading.ledger.all_observations() if item.source.published_on}
    yield from by_year(reading, "documents", (source.day.first.year for source in dated), BY_YEAR)
    yield _changes(reading, result, start, end)
    for shown in conflicts_shown(reading):
        heading, table = shown.blocks
        sides = Shelf((reading.t(SIDES),), (table,))
        yield Section((replace(heading, anchor="contradictions"), sides), shown.style)
    yield _sources(reading)


def _days(reading: Reading) -> tuple[date, date]:
    """Give the two days between which changes are told, as they were chosen."""
    start = reading.choice("start") or _starts(reading.ledger, reading.language)[0].value
    return date.fromisoformat(start), date.fromisoformat(
        reading.choice("end") or reading.ledger.known_at.isoformat()
    )


def _state(reading: Reading, changed: int, start: date, end: date) -> str:
    ledger, language = reading.ledger, reading.language
    observations, disagreements = ledger.all_observations(), len(known_conflicts(ledger))
    texts = [
        translate_plural(
            *SOURCES, len({item.source for item in observations}), language, day=ledger.known_at
        ),
        translate_plural(*COUNTED, len(observations), language),
        *([translate_plural(*CONFLICTS, disagreements, language)] if disagreements else []),
        *([translate_plural(*CHANGED, changed, language, start=start, end=end)] if changed else []),
    ]
    return f"{semicolons(texts, language)}."


def _changes(reading: Reading, result: Sequence[Change], start: date, end: date) -> Section:
    """Tell what changed, by the page that shows it, the latest first."""
    notes = [reading.t(BACKWARDS)] if [start, end] != [*_days(reading)] else []
    if not result:
        notes.append(reading.t(NO_CHANGES if start < end else FIRST_DAY))
    heading = reading.t(CHANGES, start=start, end=end) if start < end else reading.t(NOTHING_BEFORE, day=end)
    blocks: list[Any] = [Heading(2, (heading,)), *(Paragraph((note,)) for note in notes)]
    shown: dict[str, list[Change]] = {}
    for change in sorted(result, key=_known_on, reverse=True):
        shown.setdefault(_page_of(change), []).append(change)
    for path, page in all_pages().items():
        if path in shown:
            title, n = reading.t(page.title), len(shown[path])
            summary = labelled(title, translate_plural(*FIGURES, n, reading.language), reading.language)
            items = tuple((Text(change.sentence(reading.language)),) for change in shown[path])
            link = Paragraph((page_link(reading.view.address(path), title),), "tools")
            blocks.append(Shelf((summary,), (Bullets(items), link)))
    return Section(tuple(blocks), "text", "changes")


def _known_on(change: Change) -> date:
    """Give the day of the last document that made a change; the first of all days where lists made it."""
    return max((item.source.known_on for item in change.observations), default=date.min)


def _page_of(change: Change) -> str:
    """Name the first page that is drawn from the numbers of a change, else the page of all."""
    observations = change.observations or change.after.observations
    paths = (path for path, about in subjects().items() if any(map(about.is_of, observations)))
    return next(paths, "documents")


def _sources(reading: Reading) -> Section:
    language = reading.language
    counts = Counter(item.source for item in reading.ledger.all_observations())
    kind = reading.choice("kind")
    shown = sorted(
        (source for source in counts if not kind or source.kind == kind),
        key=lambda source: (source.known_on, source.source_id),
        reverse=True,
    )
    caption = translate_plural(*SOURCES, len(shown), language, day=reading.ledger.known_at)
    header = [*map(reading.t, SOURCE_HEADER)]
    blocks: list[Any] = [Heading(2, (caption,))]
    for of_years in _by_years(shown):
        last, first = (source.known_on.year for source in (of_years[0], of_years[-1]))
        years = span_words(first, last, language) if first < last else str(last)
        rows = [
            [
                document_link(reading, s),
                s.publisher,
                reading.t(KINDS[s.kind]),
                published_words(s, language),
                str(counts[s]),
            ]
            for s in of_years
        ]
        documents = translate_plural(*DOCUMENTS, len(rows), language)
        drawn = table(f"sources-{last}", f"{caption}, {years}", header, rows, numeric={4})
        blocks.append(Shelf((labelled(years, documents, language),), (drawn,)))
    return Section(tuple(blocks), "table-section")


def _by_years(sources: Sequence[Source]) -> list[list[Source]]:
    """Part documents by the years in which they became known, several years together where they have few."""
    parts: list[list[Source]] = []
    for _, of_year in groupby(sources, key=lambda source: source.known_on.year):
        if parts and len(parts[-1]) < _FEW:
            parts[-1] += of_year
        else:
            parts.append([*of_year])
    if len(parts) > 1 and len(parts[-1]) < _FEW:
        last = parts.pop()
        parts[-1] += last
    return parts


register_page(
    "documents", message("Documents"),
    About(
        message("What every number rests on, where documents disagree, and what changed when."),
        message("every number that a public document prints"),
        lambda _: True,
    ),
    documents, filters=(KIND, START, END, PRICES_AS_PRINTED), order=60,
)  # fmt: skip
