"""A page as PDF, tagged for accessibility (PDF/UA-1); its first lines say address, choices, day and data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.blocks import Stage, french_names
from dashboards.follow import public_address
from dashboards.for_files import for_files, words_of
from dashboards.layout import KNOWN_ON, heading_of
from dashboards.slide_tables import column_shares
from ennum_stats.charts.spec import LABEL_VALUE
from ennum_stats.document.blocks import (
    Bullets,
    Cards,
    Heading,
    Link,
    Paragraph,
    Small,
    Strong,
    Text,
    WrittenTable,
)
from ennum_stats.drawing.picture import compiled, size_of
from ennum_stats.drawing.svg import coloured, page_svg
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
    from ennum_stats.document.blocks import Card, Inlines

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
        "first": [[*_runs((line,), reading.language)] for line in first_lines(page, reading)],
        "blocks": [*_described(page.content(reading), reading.language)],
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


def _described(blocks: Iterable[Any], language: str) -> Iterator[dict[str, Any]]:
    """Describe blocks as the template reads them: tables with the widths of their columns, and headings of
    which none is more than a level below the one before."""
    level = 0
    for block in for_files(blocks, language):
        match block:
            case Heading():
                level = min(block.level - 1, level + 1)
                yield {"kind": "Heading", "level": level, "runs": [*_runs(block.inlines, language)]}
            case Paragraph():
                runs = [*_runs(block.inlines, language)]
                yield {"kind": "Paragraph", "is_small": block.is_small, "runs": runs}
            case Bullets():
                yield {"kind": "Bullets", "items": [[*_runs(one, language)] for one in block.items]}
            case Cards():
                yield {"kind": "Cards", "cards": [_card(one, language) for one in block.cards]}
            case WrittenTable():
                yield _table(block, language)
            case Stage(chart=chart):
                yield {"kind": "Picture", "svg": picture_of(block), "alt": chart.alt}


def _card(card: Card, language: str) -> dict[str, Any]:
    number = (Strong((card.number,)), f" {card.unit}" if card.unit else "")
    lines = [[*_runs((text,), language)] for _, text in card.notes]
    return {
        "label": [*_runs((card.label,), language)],
        "number": [*_runs(number, language)],
        "lines": lines,
    }


def _table(table: WrittenTable, language: str) -> dict[str, Any]:
    header = [column.heading for column in table.columns]
    texts = [
        [words_of(cell) for cell in column]
        for column in zip(header, *(row.cells for row in table.rows), strict=True)
    ]
    size = _SMALL if len(header) >= _WIDE else _SIZE
    return {
        "kind": "Table",
        "header": [[*_runs(cell, language)] for cell in header],
        "rows": [[[*_runs(cell, language)] for cell in row.cells] for row in table.rows],
        "numeric": [at for at, column in enumerate(table.columns) if column.is_number],
        "widths": column_shares(texts, _LETTERS / size),
        "size": size,
    }


def _runs(
    inlines: Inlines, language: str, url: str = "", *, is_strong: bool = False
) -> Iterator[dict[str, Any]]:
    """Words of one kind: where they lead, and their language where it is another one."""
    for inline in inlines:
        match inline:
            case str():
                for words, other in french_names(inline, language):
                    yield {"words": words, "url": url, "language": other, "is_strong": is_strong}
            case Text(words, other):
                other = "" if other == language else other
                yield {"words": words, "url": url, "language": other, "is_strong": is_strong}
            case Small():
                yield from _runs((Text(" · "), *inline.inlines), language, url)
            case Link():
                yield from _runs(inline.inlines, language, inline.url, is_strong=is_strong)
            case Strong():
                yield from _runs(inline.inlines, language, url, is_strong=True)


def picture_of(stage: Stage) -> str:
    """The drawing of a chart on a page, in the width of a desk, as a file of its own."""
    size = size_of(stage.chart, "wide")
    size = replace(size, height=stage.height or size.height)
    return coloured(page_svg(stage.chart, size, f"{stage.chart.name.replace('_', '-')}-wide"))
