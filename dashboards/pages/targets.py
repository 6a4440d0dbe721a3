"""What was announced beside what was reached of it: every plan that a document tells, with its day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboards.blocks import OwnLine
from dashboards.components import downloads, section, table_section
from dashboards.components.texts import titled
from dashboards.filters import PRICES_AS_PRINTED, PROGRAMME
from dashboards.reading import Reading
from dashboards.registry import About, Content, register_page
from ennum_stats.document.blocks import Inlines, Section, Strong
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import subject
from ennum_stats.figures.observations import printed
from ennum_stats.measures.dates import dated, known_words, published_words
from ennum_stats.measures.targets import TargetRow, is_target, targets_rows
from ennum_stats.store.answers import Known, Observation
from ennum_stats.wording import words

HEADER = (
    message("What"), message("What was announced"), message("What was reached (by when)"),
    message("Share of what was announced"),
)  # fmt: skip
NOTHING_LATER = message("nothing later is known")
HOW_READ = message("How to read it")
NOTES = (
    message(
        "Each line is one announcement of one document: a plan that three documents tell has three lines."
    ),
    message(
        "What was reached is what a document of the same day or later tells of the same thing, counted "
        "alike, with the time for which it tells it: what came after that is not in it. Where none does, "
        "nothing is deduced from other numbers."
    ),
    message("A share may be more than the whole: then more was reached than announced."),
)
NONE = message("On {day} no document known announced anything here.")
OF_NO_PROGRAMME = message("Of no single programme")
ALL = message("Everything announced, as a file")


def targets(reading: Reading) -> Content:
    """Show a table for each programme and plan, in the order of their beginnings; how it is read; the
    file."""
    chosen = reading.chosen("programme")
    rows: dict[str, list[TargetRow]] = {}
    for row in targets_rows(reading.ledger).rows:
        if not chosen or row.programme in chosen:
            rows.setdefault(row.programme or "", []).append(row)
    if not rows:
        yield section(paragraphs=[reading.t(NONE, day=reading.ledger.known_at)])
        return
    for programme, some in rows.items():
        yield _table(reading, programme, some)
    files = downloads(reading, "table/targets", ("csv", "xlsx"), reading.t(ALL))
    texts = section(reading.t(HOW_READ), items=[reading.t(item) for item in NOTES])
    yield texts
    yield Section(tuple(files), "text")


def _table(reading: Reading, programme: str, rows: list[TargetRow]) -> Section:
    header = [reading.t(text) for text in HEADER]
    heading = reading.t(OF_NO_PROGRAMME)
    if programme:
        heading = reading.ledger.name("programmes", programme, reading.language)
    cells = [_cells(reading, row) for row in rows]
    return table_section(f"targets-{programme}", heading, header, cells, numeric={3})


def _cells(reading: Reading, row: TargetRow) -> list[Any]:
    language = reading.language
    announced = row.planned.observations[0]
    of_it = replace(announced, programme=None)  # the heading names it
    time = known_words(reading.ledger, row.reached, language)
    return [
        subject(reading.ledger, of_it, language),
        _with_documents(reading, printed(announced, language), announced),
        _reached(reading, row, time),
        dated(words(row.share.quantity, language), time, language) if isinstance(row.share, Known) else "–",
    ]


def _reached(reading: Reading, row: TargetRow, time: str) -> str | Inlines:
    """Give the number reached by a time with its documents; or that no later document tells one."""
    if isinstance(row.reached, Known):
        text = dated(words(row.reached.quantity, reading.language), time, reading.language)
        return _with_documents(reading, text, *row.reached.observations)
    if row.reached.observations:
        return row.reached.words(reading.language)
    return reading.t(NOTHING_LATER)


def _with_documents(reading: Reading, text: str, *observations: Observation) -> Inlines:
    """Make a number, and below it who tells it, where and when."""
    documents = [
        OwnLine(titled(reading, o.source, o.locator, published_words(o.source, reading.language)))
        for o in observations
    ]
    return (Strong((text,)), *documents)


register_page(
    "targets", message("Targets"),
    About(
        message("What was planned or announced, and what was reached of it as far as documents tell."),
        message("every number that a document announced before it was reached"),
        is_target,
    ),
    targets, filters=(PROGRAMME, PRICES_AS_PRINTED), order=45,
)  # fmt: skip
