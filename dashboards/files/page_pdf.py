"""A page as PDF, tagged for accessibility (PDF/UA-1): it begins with its answer and ends with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from dashboards.components.texts import title_of
from dashboards.files.for_files import answer_first, for_files
from dashboards.follow import public_address
from dashboards.reading import Reading
from dashboards.registry import Page
from dashboards.rendering.layout import COUNTS, IS_PAST, KNOWN_ON, heading_of, heading_on_day
from ennum_stats.charts.spec import LABEL_VALUE
from ennum_stats.document import blocks as doc
from ennum_stats.document.slide_tables import column_shares
from ennum_stats.document.slides import picture_of
from ennum_stats.document.typst import array, call, colours, setting, text, typst_of
from ennum_stats.drawing.picture import compiled
from ennum_stats.drawing.svg import coloured
from ennum_stats.errors import message
from ennum_stats.figures.citation import AS_KNOWN, SHOWN_OF_HASH, SITE
from ennum_stats.figures.figure import noticed
from ennum_stats.languages import day
from ennum_stats.measures.dates import published_words
from ennum_stats.measures.labels import notices
from ennum_stats.store.answers import Source

_LOOK = Path(__file__).parents[1] / "assets" / "page.typ"
SOURCES = message("Sources")
_WIDE = 7
"""Columns from which a table is set in smaller type."""
_SIZE, _SMALL = 8.5, 7
_LETTERS = 960
"""So many letters of one point would stand beside each other."""


def page_pdf(page: Page, reading: Reading) -> bytes:
    """Give the PDF of a page as it is chosen; the same page gives the same bytes."""
    moment = datetime.combine(reading.ledger.known_at, time(), UTC)
    return compiled(
        page_description(page, reading).encode(), {}, format="pdf", pdf_standards=["ua-1"],
        timestamp=int(moment.timestamp()),
    )  # fmt: skip


def page_description(page: Page, reading: Reading) -> str:
    """Write a page in typst's language. A drawing never stands on another sheet than what is said above it."""
    language, title = reading.language, heading_on_day(page, reading)
    setup = call(
        "show: page-file.with", title=text(title), foot=text(foot_line(reading, title)),
        first=array(text(line) for line in said_first(page, reading)), **setting(language),
    )  # fmt: skip
    blocks = [*_fitted(file_blocks(page, reading))]
    parts = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        written = typst_of((block,), language)
        is_above = isinstance(after, doc.Illustration)
        parts.append(f"#block(sticky: true)[{written}]" if is_above else written)
    return "\n\n".join((colours(), _LOOK.read_text("utf-8"), setup, *parts))


def foot_line(reading: Reading, title: str) -> str:
    """Tell what stands at the foot of each page and slide, so that none is taken for what it is not."""
    known = reading.t(KNOWN_ON, day=reading.ledger.known_at)
    return noticed(reading.ledger, reading.language, f"{title} – {reading.t(SITE)} · {known}")


def file_blocks(page: Page, reading: Reading, before: Iterable[doc.Paragraph] = ()) -> Iterator[Any]:
    """Yield what every file of a page holds: its answer, with what must be known `before`, the rest, its sources."""
    yield from answer_first([*before, *for_files(page.content(reading), reading.language)])
    yield from for_files(_ending(page, reading), reading.language)


def _ending(page: Page, reading: Reading) -> Iterator[Any]:
    """Tell what a page counts, from which documents, and of which day it is; of one without documents of its own, where
    it stands alone."""
    if page.about:
        yield doc.Heading(2, (reading.t(SOURCES),))
        counts = reading.t(COUNTS, what=reading.t(page.about.counts))
        known = reading.t(KNOWN_ON, day=reading.ledger.known_at)
        yield doc.Paragraph((f"{reading.t(page.sentence)} {counts} {known}",))
        observations = filter(page.about.is_of, reading.ledger.all_observations())
        sources = {each.source.source_id: each.source for each in observations}.values()
        ordered = sorted(sources, key=lambda source: source.known_on, reverse=True)
        yield doc.Bullets(tuple((title_of(source), _dated(source, reading.language)) for source in ordered))
    if (address := public_address(reading.view.address())).startswith("https"):
        yield doc.Paragraph((doc.Link((heading_of(page, reading),), address),))


def _dated(source: Source, language: str) -> str:
    """Give the day of a document, where its title does not tell it."""
    return "" if str(source.known_on.year) in source.title else f", {published_words(source, language)}"


def said_first(page: Page, reading: Reading) -> Iterator[str]:
    """Tell what must be known before anything else is read: the day, if it is past, whose data, and what was chosen."""
    if reading.view.known_at:
        yield reading.t(IS_PAST, day=reading.view.known_at)
    yield from (reading.t(item) for item in notices(reading.ledger))
    yield from (reading.t(item) for item in reading.view.notices)
    yield from chosen_words(page, reading)


def provenance(page: Page, reading: Reading) -> Iterator[str]:
    """Tell who speaks where a page stands, what was chosen, and of which day and data it is."""
    ledger = reading.ledger
    known_at = ledger.known_at.isoformat()
    yield public_address(reading.view.address(known_at=known_at))
    yield from chosen_words(page, reading)
    yield reading.t(
        AS_KNOWN, day=day(ledger.known_at, reading.language), hash=ledger.content_hash[:SHOWN_OF_HASH]
    )


def chosen_words(page: Page, reading: Reading) -> Iterator[str]:
    """Give each choice of a page by its label and the labels of its values."""
    for declared in page.filters:
        item = declared.among(reading.view.choices or {})
        labels = {o.value: o.label for o in item.options(reading.ledger, reading.language)}
        values = [labels.get(value) or value for value in reading.chosen(item.name)]
        if values:
            yield reading.t(LABEL_VALUE, label=item.label, value=", ".join(values))


def _fitted(blocks: Iterable[Any]) -> Iterator[Any]:
    """Yield the blocks of a page as they have room on a sheet: tables with the widths of their columns, charts
    as drawings, and headings of which none is more than a level below the one before."""
    level = 0
    for block in blocks:
        match block:
            case doc.Heading():
                level = min(block.level - 1, level + 1)
                yield doc.Heading(level, block.inlines)
            case doc.ChartBlock(chart=chart):
                yield doc.Illustration(picture_of(block), chart.description)
            case doc.Illustration():
                yield replace(block, svg=coloured(block.svg))
            case doc.WrittenTable():
                columns = [
                    [doc.words_of(cell) for cell in column]
                    for column in zip(
                        (item.heading for item in block.columns),
                        *(row.cells for row in block.rows),
                        strict=True,
                    )
                ]
                is_dense = len(columns) >= _WIDE
                shares = column_shares(columns, _LETTERS / (_SMALL if is_dense else _SIZE))
                pairs = zip(block.columns, shares, strict=True)
                fitted = tuple(replace(item, width=round(1000 * share)) for item, share in pairs)
                yield replace(block, columns=fitted, is_dense=is_dense)
            case _:
                yield block
