"""A page as slides: a title with address, choices, day and data; then a slide for each chart and table.

What is said below a chart, its sources among it, stands in the notes of its slide.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

from dashboards.blocks import (
    Bullets,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Run,
    Table,
    blocks_of,
    words_of,
)
from dashboards.components.charts import declared
from dashboards.layout import heading_of
from dashboards.page_pdf import first_lines, foot_line
from ennum_stats.charts import CHARTS
from ennum_stats.charts.deck import Deck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.blocks import Block, Runs
    from dashboards.reading import Reading
    from dashboards.registry import Page


def page_slides(page: Page, reading: Reading) -> bytes:
    """The slides of a page as it is chosen."""
    slides = _Slides(reading, heading_of(page, reading))
    slides.deck.add_text(slides.name, [*first_lines(page, reading)])
    for block in blocks_of([*page.content(reading)]):
        slides.add(block)
    slides.end_text()
    return slides.deck.content()


class _Slides:
    """Blocks on their way to slides: the heading below which one is, and sentences without a slide yet."""

    def __init__(self, reading: Reading, name: str) -> None:
        self.reading, self.name, self.heading = reading, name, name
        self.deck = Deck(name, reading.language, reading.ledger.known_at, foot_line(reading, name))
        self._sentences: list[str] = []
        self._drawn: Any = None
        """The slide of a chart whose notes are still to come."""

    def add(self, block: Block) -> None:
        """Adds a block."""
        match block:
            case Heading():
                self.end_text()
                self.heading = words_of(block.runs)
            case Paragraph() if self._drawn is not None:
                self.deck.note(self._drawn, words_of(block.runs))
            case Paragraph():
                self._sentences.append(words_of(block.runs))
            case Bullets():
                self._sentences += [words_of(item) for item in block.items]
            case Picture():
                self._add_picture(block)
            case KeyFigures():
                self.end_text()
                rows = [
                    (one.label, one.number, tuple(run for line in one.lines for run in (*line, Run("\n"))))
                    for one in block.cards
                ]  # fmt: skip
                self._add_table([], rows, frozenset())
            case Table():
                self.end_text()
                self._add_table(block.header, block.rows, block.numeric)

    def end_text(self) -> None:
        """Gives the sentences so far their slides."""
        self._drawn, sentences = None, self._sentences
        self._sentences = []
        self.deck.add_text(self.heading, sentences)

    def _add_picture(self, block: Picture) -> None:
        lead, self._sentences = self._sentences, []
        drawn = declared(self.reading, block.chart) if block.chart in CHARTS else None
        self._drawn = self.deck.add_drawing(
            self.heading, " ".join(lead), block.svg, unescape(block.alt), drawn
        )

    def _add_table(
        self, header: Sequence[Runs], rows: Sequence[Sequence[Runs]], numeric: frozenset[int]
    ) -> None:
        texts = [[words_of(cell) for cell in row] for row in rows]
        head = [[words_of(cell) for cell in header]] if header else []
        self.deck.add_table(self.heading, head, texts, numeric)
