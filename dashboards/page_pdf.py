"""A page as PDF, tagged for accessibility (PDF/UA-1); its first lines say address, choices, day and data."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.blocks import Block, Heading, Run, Table, blocks_of, column_shares, words_of
from dashboards.follow import public_address
from dashboards.layout import KNOWN_ON, heading_of
from ennum_stats.charts.spec import LABEL_VALUE
from ennum_stats.drawing.picture import compiled
from ennum_stats.drawing.theme import BAND, GREYS
from ennum_stats.errors import message
from ennum_stats.figures.citation import AS_KNOWN, SHOWN_OF_HASH, SITE
from ennum_stats.figures.figure import noticed
from ennum_stats.languages import day, tag_of
from ennum_stats.measures.labels import notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboards.reading import Reading
    from dashboards.registry import Page

_TEMPLATE = (Path(__file__).parent / "assets" / "page.typ").read_bytes()
NO_CHOICE = message("No choices: the whole page.")
_WIDE = 7
"""Columns from which a table is set in smaller type."""
_SIZE, _SMALL = 8.5, 7
_LETTERS = 960
"""So many letters of one point would stand beside each other."""


def page_pdf(page: Page, reading: Reading) -> bytes:
    """The PDF of a page as it is chosen; the same page gives the same bytes."""
    ledger, title = reading.ledger, heading_of(page, reading)
    language, region = tag_of(reading.language).split("-")
    told = {
        "title": title, "language": language, "region": region,
        "ink": GREYS["ink"], "grey": GREYS["grey"], "line": GREYS["line_grey"], "band": BAND,
        "foot": foot_line(reading, title),
        "first": [[asdict(Run(line))] for line in first_lines(page, reading)],
        "blocks": [*_told(blocks_of([*page.content(reading)]))],
    }  # fmt: skip
    moment = datetime.combine(ledger.known_at, time(), UTC)
    return compiled(
        _TEMPLATE, {"page": json.dumps(told, ensure_ascii=False)}, format="pdf",
        pdf_standards=["ua-1"], timestamp=int(moment.timestamp()),
    )  # fmt: skip


def foot_line(reading: Reading, title: str) -> str:
    """What stands at the foot of each page and slide, so that none is taken for what it is not."""
    known = reading.t(KNOWN_ON, day=reading.ledger.known_at)
    return noticed(reading.ledger, reading.language, f"{title} – {reading.t(SITE)} · {known}")


def first_lines(page: Page, reading: Reading) -> Iterator[str]:
    """What every file of a page begins with: what it tells, where it stands, what was chosen, and of which
    day and data it is."""
    yield from (reading.t(one) for one in notices(reading.ledger))
    yield from (reading.t(one) for one in reading.view.notices)
    yield reading.t(page.sentence)
    if page.about:
        yield reading.t(page.about.counts)
    yield from provenance(page, reading)


def provenance(page: Page, reading: Reading) -> Iterator[str]:
    """Where a page stands, what was chosen, and of which day and data it is."""
    ledger = reading.ledger
    known_at = ledger.known_at.isoformat()
    yield public_address(reading.view.address(known_at=known_at))
    chosen = [*chosen_words(page, reading)]
    yield " · ".join(chosen) if chosen else reading.t(NO_CHOICE)
    yield reading.t(
        AS_KNOWN,
        day=day(ledger.known_at, reading.language),
        hash=ledger.content_hash[:SHOWN_OF_HASH],
    )


def chosen_words(page: Page, reading: Reading) -> Iterator[str]:
    """Each choice of a page by its label and the labels of its values."""
    for declared in page.filters:
        one = declared.among(reading.view.choices or {})
        labels = {o.value: o.label for o in one.options(reading.ledger, reading.language)}
        values = [labels.get(value) or value for value in reading.chosen(one.name)]
        if values:
            yield reading.t(LABEL_VALUE, label=one.label, value=", ".join(values))


def _told(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """Blocks as the page description reads them: tables with the widths of their columns, and headings of
    which none is more than a level below the one before."""
    level = 0
    for block in blocks:
        told = {"kind": type(block).__name__, **asdict(block)}
        if isinstance(block, Heading):
            level = told["level"] = min(block.level - 1, level + 1)
        if isinstance(block, Table):
            columns = [*zip(block.header, *block.rows, strict=True)]
            size = _SMALL if len(columns) >= _WIDE else _SIZE
            texts = [[words_of(cell) for cell in column] for column in columns]
            told["widths"] = column_shares(texts, _LETTERS / size)
            told["numeric"], told["size"] = sorted(block.numeric), size
        yield told
