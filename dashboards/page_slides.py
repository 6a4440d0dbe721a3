"""A page as slides: a title with address, choices, day and data; then a slide for each chart and table.

Charts that Office can draw are its own, to be edited there; others are pictures. What is said below a chart,
its sources among it, stands in the notes of its slide.
"""

from __future__ import annotations

from datetime import datetime, time
from html import unescape
from io import BytesIO
from math import ceil
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
from ennum_stats.atomic import repeatable
from ennum_stats.charts import CHARTS
from ennum_stats.charts.native import add_native_chart, is_native
from ennum_stats.charts.picture import png_of
from ennum_stats.charts.theme import Size
from ennum_stats.languages import tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboards.blocks import Block, Runs
    from dashboards.reading import Reading
    from dashboards.registry import Page

_EMU = 914_400
_WIDTH, _HEIGHT, _EDGE = 13.333, 7.5, 0.6
_TOP = 1.5
"""Inches, as all places here."""
_LETTERS, _LINES = 165, 27
"""So many letters stand on a line of a table, and so many lines on a slide."""
_TEXT_LINES = 12
_DRAWING = Size("slide", 900, 430, 15, 2, 24)
_LAYOUT = 5
"""A title and nothing else, in the template of the library."""


def page_slides(page: Page, reading: Reading) -> bytes:
    """The slides of a page as it is chosen."""
    deck = Deck(reading, heading_of(page, reading))
    deck.add_text(deck.name, [*first_lines(page, reading)])
    for block in blocks_of([*page.content(reading)]):
        deck.add(block)
    deck.end_text()
    return deck.content()


class Deck:
    """Slides in the making: the heading below which one is, and the sentences that have no slide yet."""

    def __init__(self, reading: Reading, name: str) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self.reading, self.name, self.heading = reading, name, name
        self._sentences: list[str] = []
        self._drawn: Any = None
        """The slide of a chart whose notes are still to come."""
        self._made: Any = Presentation()
        self._made.slide_width, self._made.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
        properties = self._made.core_properties
        properties.title, properties.language = name, tag_of(reading.language)
        properties.created = properties.modified = datetime.combine(reading.ledger.known_at, time())

    def add(self, block: Block) -> None:
        """Adds a block."""
        match block:
            case Heading():
                self.end_text()
                self.heading = words_of(block.runs)
            case Paragraph() if self._drawn is not None:
                self._drawn.notes_slide.notes_text_frame.text += f"{words_of(block.runs)}\n"
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
        for at in range(0, len(sentences), _TEXT_LINES):
            self.add_text(self.heading, sentences[at : at + _TEXT_LINES])

    def add_text(self, title: str, lines: Sequence[str]) -> None:
        """Adds a slide of sentences."""
        from pptx.util import Pt

        slide = self._slide(title)
        box = slide.shapes.add_textbox(*_place(_TOP, _HEIGHT - _TOP - _EDGE))
        frame = box.text_frame
        frame.word_wrap = True
        for at, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(6)
            self._write(paragraph, line, 16 if len(lines) <= _TEXT_LINES // 2 else 13)

    def content(self) -> bytes:
        """The file; the time at which it is made is not in it."""
        saved = BytesIO()
        self._made.save(saved)
        return repeatable(saved.getvalue())

    def _slide(self, title: str) -> Any:
        slide = self._made.slides.add_slide(self._made.slide_layouts[_LAYOUT])
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = _place(0.35, 1.0)
        shape.text_frame.word_wrap = True
        self._write(shape.text_frame.paragraphs[0], title, 26)
        foot = slide.shapes.add_textbox(*_place(_HEIGHT - 0.45, 0.35))
        self._write(foot.text_frame.paragraphs[0], foot_line(self.reading, self.name), 10)
        return slide

    def _write(self, paragraph: Any, words: str, points: float, *, is_bold: bool = False) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        run = paragraph.add_run()
        run.text = words
        run.font.size, run.font.bold = Pt(points), is_bold or None
        run._r.get_or_add_rPr().set("lang", tag_of(self.reading.language))  # noqa: SLF001
        paragraph.alignment = PP_ALIGN.LEFT

    def _add_picture(self, block: Picture) -> None:
        lead, self._sentences = self._sentences, []
        slide = self._slide(self.heading)
        box = slide.shapes.add_textbox(*_place(1.3, 0.6))
        box.text_frame.word_wrap = True
        self._write(box.text_frame.paragraphs[0], " ".join(lead), 14)
        drawn = declared(self.reading, block.chart) if block.chart in CHARTS else None
        place = _place(2.0, _HEIGHT - 2.0 - _EDGE)
        if drawn and is_native(drawn):
            add_native_chart(slide.shapes, drawn, place)
        else:
            language, alt = self.reading.language, unescape(block.alt)
            png = png_of(block.svg, title=self.heading, alt=alt, language=language, size=_DRAWING)
            left, top, _, height = place
            picture = slide.shapes.add_picture(BytesIO(png), left, top, height=height)
            picture._element.nvPicPr.cNvPr.set("descr", alt)  # noqa: SLF001
        self._drawn = slide

    def _add_table(
        self, header: Sequence[Runs], rows: Sequence[Sequence[Runs]], numeric: frozenset[int]
    ) -> None:
        texts = [[words_of(cell) for cell in row] for row in rows]
        head = [[words_of(cell) for cell in header]] if header else []
        columns = [*zip(*head, *texts, strict=True)]
        widths = [min(max(6, *map(len, column)), 40) ** 0.75 for column in columns]
        shares = [width / sum(widths) for width in widths]
        for part in _parts(texts, shares):
            self._add_part(head, part, shares, numeric)

    def _add_part(
        self,
        head: list[list[str]],
        rows: list[list[str]],
        shares: Sequence[float],
        numeric: frozenset[int],
    ) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        slide, shown = self._slide(self.heading), [*head, *rows]
        left, top, width, _ = _place(_TOP, 1)
        frame = slide.shapes.add_table(
            len(shown), len(shares), left, top, width, _emu(0.3 * len(shown))
        )
        frame._element.nvGraphicFramePr.cNvPr.set("descr", self.heading)  # noqa: SLF001
        table = frame.table
        table.first_row = bool(head)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = int(width * share)
        for y, row in enumerate(shown):
            for x, words in enumerate(row):
                cell = table.cell(y, x)
                cell.margin_top = cell.margin_bottom = Pt(2)
                paragraph = cell.text_frame.paragraphs[0]
                self._write(paragraph, words.strip(), 10, is_bold=bool(head) and y == 0)
                if x in numeric:
                    paragraph.alignment = PP_ALIGN.RIGHT


def _parts(rows: Sequence[list[str]], shares: Sequence[float]) -> Iterator[list[list[str]]]:
    """Rows in so many parts that each has room on a slide."""
    part: list[list[str]] = []
    used = 0.0
    for row in rows:
        lines = max(
            ceil((len(words) + 1) / (_LETTERS * share)) + words.strip().count("\n")
            for words, share in zip(row, shares, strict=True)
        )
        if part and used + lines + 0.5 > _LINES:
            yield part
            part, used = [], 0.0
        part.append(row)
        used += lines + 0.5
    if part:
        yield part


def _emu(inches: float) -> int:
    return int(inches * _EMU)


def _place(top: float, height: float) -> tuple[int, int, int, int]:
    """Left, top, width and height of what is as wide as a slide without its edges."""
    return _emu(_EDGE), _emu(top), _emu(_WIDTH - 2 * _EDGE), _emu(height)
