"""A page as slides: a title with address, choices, day and data; then a slide for each chart and table, and
what is said between them together on as few as there is room for.

Charts that Office can draw are its own, to be edited there; others are pictures. What stands small below a
chart or a table stands below it here, too; the rest of its notes, with address, choices, day and data, is in
the notes of its slide.
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
from dashboards.comparison import chart_at
from dashboards.layout import heading_of
from dashboards.page_pdf import first_lines, foot_line, provenance
from dashboards.slide_tables import add_table, column_groups, fitted
from ennum_stats.atomic import repeatable
from ennum_stats.charts.native import add_native_chart, is_native
from ennum_stats.charts.picture import png_of
from ennum_stats.charts.theme import Size
from ennum_stats.errors import message
from ennum_stats.languages import tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboards.blocks import Block, Runs
    from dashboards.reading import Reading
    from dashboards.registry import Page

IN_NOTES = message("Sources: in the notes of this slide.")
_EMU, _POINTS = 914_400, 72
_WIDTH, _HEIGHT, _EDGE = 13.333, 7.5, 0.6
_TOP, _BELOW_LEAD, _CAPTION, _FOOT = 1.5, 2.0, 6.4, 7.05
"""Inches, as all places here: where the content of a slide begins, without a sentence above it and with one;
where what stands small below it begins, and the foot."""
_SMALL, _SMALLEST = 10, 8
_MOST_OF_CAPTION, _MOST_OF_LEAD, _MOST_OF_TITLE = 480, 240, 110
"""Letters that fit in the usual size."""
_LINES, _LETTERS = 16, 130
"""So many lines of sentences stand on a slide, of so many letters."""
_DRAWING = Size("slide", 900, 430, 15, 2, 24)
_LAYOUT = 5
"""A title and nothing else, in the template of the library."""
_TYPEFACE = (b'"Calibri"', b'"Arial"')
"""That of the template, and the one that every office has and the charts fall back to."""


def page_slides(page: Page, reading: Reading) -> bytes:
    """The slides of a page as it is chosen."""
    deck = Deck(reading, heading_of(page, reading), [*provenance(page, reading)])
    for line in first_lines(page, reading):
        deck.add_line(line)
    deck.end_text()
    for block in blocks_of([*page.content(reading)]):
        deck.add(block)
    deck.end_text()
    return deck.content()


class Deck:
    """Slides in the making: the heading below which one is, and the sentences that have no slide yet."""

    def __init__(self, reading: Reading, name: str, notes: Sequence[str]) -> None:
        from pptx import Presentation
        from pptx.opc.constants import RELATIONSHIP_TYPE
        from pptx.util import Inches

        self.reading, self.name, self.heading = reading, name, name
        self._notes = "\n".join(notes)
        self._sentences: list[tuple[str, str]] = []
        """Each with the heading that it stands below."""
        self._drawn: Any = None
        """The slide of a chart or table of which what stands below is still to come."""
        self._is_chart = False
        self._made: Any = Presentation()
        self._made.slide_width, self._made.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
        theme = self._made.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme._blob = theme.blob.replace(*_TYPEFACE)  # noqa: SLF001
        properties = self._made.core_properties
        properties.title, properties.language = name, tag_of(reading.language)
        properties.created = properties.modified = datetime.combine(reading.ledger.known_at, time())

    def add(self, block: Block) -> None:
        """Adds a block."""
        match block:
            case Heading():
                self.heading, self._drawn = words_of(block.runs), None
            case Paragraph() if self._drawn is not None and (self._is_chart or block.is_small):
                self._add_below(words_of(block.runs), is_shown=block.is_small)
            case Paragraph():
                self.add_line(words_of(block.runs))
            case Bullets():
                for item in block.items:
                    self.add_line(words_of(item))
            case Picture():
                self._add_picture(block)
            case KeyFigures():
                rows = [
                    (one.label, one.number, tuple(run for line in one.lines for run in (*line, Run("\n"))))
                    for one in block.cards
                ]  # fmt: skip
                self._add_table([], rows, frozenset())
            case Table():
                self._add_table(block.header, block.rows, block.numeric)

    def add_line(self, words: str) -> None:
        """Adds a sentence below the heading."""
        self._drawn = None
        self._sentences.append((self.heading, words))

    def end_text(self) -> None:
        """Gives the sentences so far their slides."""
        self._drawn, sentences = None, self._sentences
        self._sentences = []
        for part in _slides_of(sentences):
            self._add_text(part)

    def content(self) -> bytes:
        """The file; the time at which it is made is not in it."""
        self._add_feet()
        saved = BytesIO()
        self._made.save(saved)
        return repeatable(saved.getvalue())

    def _slide(self, title: str) -> Any:
        slide = self._made.slides.add_slide(self._made.slide_layouts[_LAYOUT])
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = _place(0.35, 1.0)
        shape.text_frame.word_wrap = True
        size = 26 if len(title) <= _MOST_OF_TITLE else 20
        self._write(shape.text_frame.paragraphs[0], title, size, is_bold=True)
        slide.notes_slide.notes_text_frame.text = self._notes
        return slide

    def _add_feet(self) -> None:
        """Adds to each slide what it is of and its number, last as it is read."""
        from pptx.enum.text import PP_ALIGN

        slides = [*self._made.slides]
        for number, slide in enumerate(slides, 1):
            left, top, width, height = _place(_FOOT, 0.35)
            for at, wide, words in (
                (left, 0.9, foot_line(self.reading, self.name)),
                (left + int(0.9 * width), 0.1, f"{number} / {len(slides)}"),
            ):
                box = slide.shapes.add_textbox(at, top, int(wide * width), height)
                self._write(box.text_frame.paragraphs[0], words, _SMALL)
            box.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def _write(self, paragraph: Any, words: str, points: float, *, is_bold: bool = False) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        run = paragraph.add_run()
        run.text = words
        run.font.size, run.font.bold = Pt(points), is_bold or None
        run._r.get_or_add_rPr().set("lang", tag_of(self.reading.language))  # noqa: SLF001
        paragraph.alignment = PP_ALIGN.LEFT

    def _box(self, slide: Any, place: tuple[int, int, int, int], words: str, points: float) -> None:
        """Adds words in a place of their own."""
        box = slide.shapes.add_textbox(*place)
        box.text_frame.word_wrap = True
        self._write(box.text_frame.paragraphs[0], words, points)

    # --- sentences ------------------------------------------------------------------------------------

    def _add_text(self, lines: Sequence[tuple[str, str]]) -> None:
        """Adds a slide of sentences, below the heading of the first; the others stand in bold."""
        from pptx.util import Pt

        title = shown = lines[0][0]
        slide = self._slide(title)
        frame = slide.shapes.add_textbox(*_place(_TOP, _FOOT - _TOP)).text_frame
        frame.word_wrap = True
        size = 16 if _height_of(lines) <= _LINES * 0.7 else 13
        for heading, words in lines:
            if heading != shown:
                self._add_paragraph(frame, heading, size, is_bold=True).space_before = Pt(10)
                shown = heading
            self._add_paragraph(frame, words, size)

    def _add_paragraph(self, frame: Any, words: str, size: float, *, is_bold: bool = False) -> Any:
        from pptx.util import Pt

        is_first = not frame.paragraphs[0].runs
        paragraph = frame.paragraphs[0] if is_first else frame.add_paragraph()
        paragraph.space_after = Pt(6)
        self._write(paragraph, words, size, is_bold=is_bold)
        return paragraph

    def _take_lead(self) -> str:
        """The sentences below the heading of what comes now, where they have room above it; those before get
        their slides."""
        lead = [words for heading, words in self._sentences if heading == self.heading]
        told = " ".join(lead)
        if len(told) > 2 * _MOST_OF_LEAD:
            told, lead = "", []
        self._sentences = self._sentences[: len(self._sentences) - len(lead)]
        self.end_text()
        return told

    # --- charts and tables ----------------------------------------------------------------------------

    def _add_lead(self, slide: Any, lead: str) -> float:
        """Adds the sentence above a chart or table; tells where the room below it begins."""
        if not lead:
            return _TOP
        self._box(slide, _place(1.3, 0.6), lead, 14 if len(lead) <= _MOST_OF_LEAD // 2 else 12)
        return _BELOW_LEAD

    def _add_below(self, words: str, *, is_shown: bool) -> None:
        """Adds what is told below a chart or table to its notes, and to the slide what stands small there."""
        notes = self._drawn.notes_slide.notes_text_frame
        notes.text = f"{words}\n{notes.text}"
        if not is_shown:
            return
        size = _SMALL if len(words) <= _MOST_OF_CAPTION else _SMALLEST
        told = words if len(words) <= 2 * _MOST_OF_CAPTION else self.reading.t(IN_NOTES)
        self._box(self._drawn, _place(_CAPTION, _FOOT - _CAPTION), told, size)

    def _add_picture(self, block: Picture) -> None:
        lead = self._take_lead()
        slide = self._slide(self.heading)
        self._add_lead(slide, lead)
        drawn = chart_at(self.reading, block.chart) if block.chart else None
        place = _place(_BELOW_LEAD, _CAPTION - _BELOW_LEAD)
        if drawn and is_native(drawn):
            add_native_chart(slide.shapes, drawn, place)
        else:
            language, alt = self.reading.language, unescape(block.alt)
            png = png_of(block.svg, title=self.heading, alt=alt, language=language, size=_DRAWING)
            left, top, _, height = place
            picture = slide.shapes.add_picture(BytesIO(png), left, top, height=height)
            picture._element.nvPicPr.cNvPr.set("descr", alt)  # noqa: SLF001
        self._drawn, self._is_chart = slide, True

    def _add_table(
        self, header: Sequence[Runs], rows: Sequence[Sequence[Runs]], numeric: frozenset[int]
    ) -> None:
        if not rows:
            return
        lead = self._take_lead()
        texts, head = [[words_of(cell) for cell in row] for row in rows], [*map(words_of, header)]
        for group in column_groups([*zip(*([head] if head else []), *texts, strict=True)]):
            some = [[row[i] for i in group] for row in texts]
            right = frozenset(place for place, i in enumerate(group) if i in numeric)
            self._add_columns([head[i] for i in group] if head else [], some, right, lead)

    def _add_columns(
        self, head: list[str], rows: list[list[str]], numeric: frozenset[int], lead: str
    ) -> None:
        """Adds the slides of a table, or of those of its columns that have room beside each other."""
        top = _BELOW_LEAD if lead else _TOP
        told = fitted(head, rows, (_CAPTION - top) * _POINTS)
        for part in told.parts:
            slide = self._slide(self.heading)
            self._add_lead(slide, lead)
            place = _place(top, _CAPTION - top)
            frame = add_table(slide.shapes, head, part, told, place, self._write, numeric)
            frame._element.nvGraphicFramePr.cNvPr.set("descr", self.heading)  # noqa: SLF001
        self._drawn, self._is_chart = slide, False


def _slides_of(lines: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Sentences in so many parts that each has room on a slide."""
    part: list[tuple[str, str]] = []
    for line in lines:
        if part and _height_of([*part, line]) > _LINES:
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _height_of(lines: Sequence[tuple[str, str]]) -> int:
    """How many lines sentences and the headings between them take."""
    headings = len({heading for heading, _ in lines}) - 1
    return headings + sum(ceil((len(words) + 1) / _LETTERS) for _, words in lines)


def _emu(inches: float) -> int:
    return int(inches * _EMU)


def _place(top: float, height: float) -> tuple[int, int, int, int]:
    """Left, top, width and height of what is as wide as a slide without its edges."""
    return _emu(_EDGE), _emu(top), _emu(_WIDTH - 2 * _EDGE), _emu(height)
