"""List all that is said of a ledger in a language: kit (its Word file too), press release, charts, slides, workbook,
what programs are told of each figure, and the notice of what changed, each line with the figures that it prints.
Nothing is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.document import blocks as doc
from ennum_stats.kit.correction_notice import corrections, notice_blocks
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver, titles_of
from ennum_stats.kit.formats.excel import write_excel
from ennum_stats.kit.formats.slide_words import RELEASE, SlideWords
from ennum_stats.kit.formats.slides import write_slides
from ennum_stats.kit.formats.word import write_word
from ennum_stats.kit.text import kit_text
from ennum_stats.office.texts.readers import read_text

ASPECTS = ("title", "subtitle", "note", "source_line")
"""What stands around the marks of a chart."""
_NO_WORDS = re.compile(r"[−-]?\d+(?:\.\d+)?(?: \D+)?")
"""A cell of a workbook that holds a number, which the reader's own program words."""
_NOTICE = "notice"
_NOTICE_SINCE = date(2020, 1, 31)
"""The day of the first kit, which a notice corrects."""


@dataclass(frozen=True)
class ReadLine:
    """Hold a line that is read alone: where it stands, its words, whether it is running text, the figures that it
    prints (name and words), and its words without these."""

    place: str
    words: str
    is_prose: bool = False
    figures: tuple[tuple[str, str], ...] = ()
    typed: str = ""


def lines_of_edition(edition: Edition) -> Iterator[ReadLine]:
    """Yield every line that an edition says, and the notice of what it says otherwise than an earlier one."""
    text = kit_text(edition.language)
    drawn = [chart for chart in map(edition.chart, text.charts) if chart.marks]
    kit = Resolver(edition, [c.name for c in drawn]).resolved(text)
    yield from lines_of_blocks("press-kit", kit)
    release = Resolver(edition).resolved(kit_text(edition.language, RELEASE))
    yield from lines_of_blocks(RELEASE, release)
    title, kind = titles_of(edition, text)
    slides = write_slides(SlideWords(edition, kind, release), title)
    workbook = write_excel(edition, drawn, title, kind)
    word = write_word(edition, kit, title, kind)
    for name, written in (("slides.pptx", slides), ("workbook.xlsx", workbook), ("press-kit.docx", word)):
        lines = (line.strip() for piece in read_text(name, written).pieces for line in piece.text.split("\n"))
        yield from (
            ReadLine(name, line)
            for line in lines
            if line and not _NO_WORDS.fullmatch(line) and line not in edition.figures
        )
    yield from _of_programs(edition)
    for name in CHARTS:
        chart = edition.chart(name)
        for aspect in ASPECTS:
            if words := getattr(chart, aspect):
                yield ReadLine(f"chart {name}, {aspect}", words)
        for mark in chart.marks:
            yield from (
                ReadLine(f"chart {name}, {mark.label}", words) for words in (mark.words, mark.remark) if words
            )
    before = edition.ledger.known_on(_NOTICE_SINCE)
    changed = [*corrections(before, edition.ledger, [], edition.language)]
    yield from lines_of_blocks(_NOTICE, notice_blocks(edition, before, changed))


def _of_programs(edition: Edition) -> Iterator[ReadLine]:
    """Give what the API and files for programs say of each figure."""
    language = edition.language
    for name, figure in edition.figures.items():
        words = figure.full_text(language)
        yield ReadLine("figures", f"{figure.label(language)} – {words}", figures=((name, words),))
        yield from (
            ReadLine("figures", line) for line in (figure.formula(language), *figure.caveats(language))
        )


def lines_of_blocks(place: str, blocks: Iterable[Any]) -> Iterator[ReadLine]:
    """Yield the lines of blocks, cells of tables each for itself."""
    of = partial(ReadLine, place)
    for block in doc.flat(blocks):
        match block:
            case doc.Paragraph():
                yield _prose(place, block.inlines)
            case doc.Bullets():
                yield from (_prose(place, item) for item in block.items)
            case doc.Quotation():
                yield from lines_of_blocks(place, block.blocks)
            case doc.Heading():
                yield of(doc.words_of(block.inlines))
            case doc.Cards():
                yield from (of(words) for words in (block.heading, block.note) if words)
                for card in block.cards:
                    number = f"{card.number} {card.unit}".strip()
                    yield from map(of, filter(None, (card.label, number, card.precision, card.evidence)))
            case doc.WrittenTable():
                at = partial(ReadLine, f"{place}, {block.name or block.caption}")
                yield at(block.caption)
                for row in block.rows:
                    yield from (
                        at(line) for cell in row.cells for line in doc.plain_text(cell).split("\n") if line
                    )
            case doc.ChartBlock():
                yield of(block.caption)


def _prose(place: str, inlines: Any) -> ReadLine:
    """Make a line of running text, with its figures apart; a line of a notice is a label and what it names."""
    inside = [*doc.inlines_of(inlines)]
    figures = tuple((each.figure, each.words) for each in inside if isinstance(each, doc.FigureWords))
    typed = " … ".join(each for each in inside if isinstance(each, str))
    return ReadLine(place, doc.words_of(inlines), place != _NOTICE, figures, typed)
