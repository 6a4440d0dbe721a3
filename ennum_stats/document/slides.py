"""Write blocks as slides: one for each chart and table, and what is said between them together on as few as
there is room for.

Charts that Office can draw are its own, to be edited there; others are pictures. What stands small below a
chart or a table stands below it here, too; the rest of its notes is in the notes of its slide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from ennum_stats.charts.spec import Chart
from ennum_stats.document import blocks as doc
from ennum_stats.document.deck import BELOW_LEAD, CAPTION, FOOT, SMALL, TOP, Deck, across
from ennum_stats.document.slide_tables import add_table, column_groups, fitted
from ennum_stats.drawing.picture import size_of
from ennum_stats.drawing.svg import coloured, page_svg
from ennum_stats.errors import message
from ennum_stats.languages import translate

IN_NOTES = message("Sources: in the notes of this slide.")
_POINTS = 72
"""Of an inch."""
_SMALLEST = 8
_MOST_OF_CAPTION, _MOST_OF_LEAD = 480, 240
"""Letters that fit in the usual size."""
_MOST_IN_ALL = 540
"""Letters of a lead that fit in its smallest size."""
_LINES, _LETTERS = 16, 130
"""So many lines of sentences stand on a slide, of so many letters."""


def picture_of(block: doc.ChartBlock) -> str:
    """Draw a chart in the width of a desk, as a file of its own."""
    size = size_of(block.chart, "wide")
    size = replace(size, height=block.height or size.height)
    return coloured(page_svg(block.chart, size, f"{block.chart.name.replace('_', '-')}-wide"))


class SlideWriter(Deck):
    """Write blocks one after the other: it keeps the heading below which one is, and the sentences that have no
    slide yet. It begins below its own name."""

    def __init__(self, name: str, *arguments: Any, **options: Any) -> None:
        super().__init__(name, *arguments, **options)
        self.name = self.heading = name
        self._sentences: list[tuple[str, str]] = []
        """Each with the heading that it stands below."""
        self._drawn: Any = None
        """The slide of a chart or table of which what stands below is still to come."""
        self._is_chart = False
        self._below: list[doc.Paragraph] = []
        """What stands below it, so far."""

    def write_blocks(self, blocks: Iterable[Any]) -> None:
        """Write blocks; sentences that come after them begin a slide."""
        for block in blocks:
            self._add(block)
        self._end_text()

    def _add(self, block: Any) -> None:
        match block:
            case doc.Heading():
                self._end_drawn()
                self.heading = doc.words_of(block.inlines)
            case doc.Paragraph() if self._drawn is not None and (self._is_chart or _is_caption(block)):
                self._below.append(block)
            case doc.Paragraph():
                self._add_line(doc.words_of(block.inlines))
            case doc.Bullets():
                for item in block.items:
                    self._add_line(doc.words_of(item))
            case doc.ChartBlock(chart=chart):
                self._add_drawing(picture_of(block), chart.alt, chart)
            case doc.Illustration(svg=svg, alt=alt):
                self._add_drawing(coloured(svg), alt)
            case doc.Cards():
                rows = [
                    [card.label, f"{card.number} {card.unit}", "".join(f"{text}\n" for _, text in card.notes)]
                    for card in block.cards
                ]
                self._add_table([], rows, frozenset())
            case doc.WrittenTable(columns=columns):
                rows = [[doc.words_of(cell) for cell in row.cells] for row in block.rows]
                numeric = frozenset(at for at, column in enumerate(columns) if column.is_number)
                self._add_table([doc.words_of(column.heading) for column in columns], rows, numeric)

    def _add_line(self, words: str) -> None:
        """Add a sentence below the heading."""
        self._end_drawn()
        self._sentences.append((self.heading, words))

    def _end_text(self) -> None:
        """Give the sentences so far their slides."""
        self._end_drawn()
        sentences, self._sentences = self._sentences, []
        for part in _slides_of(sentences):
            self._add_text(part)

    # --- sentences ------------------------------------------------------------------------------------

    def _add_text(self, lines: Sequence[tuple[str, str]]) -> None:
        """Add a slide of sentences, below the heading of the first; the others stand in bold."""
        from pptx.util import Pt

        title = shown = lines[0][0]
        slide = self.add_slide(title)
        frame = slide.shapes.add_textbox(*across(TOP, FOOT - TOP)).text_frame
        frame.word_wrap = True
        size = 16 if _height_of(lines) <= _LINES * 0.7 else 13
        for heading, words in lines:
            if heading != shown:
                self.add_paragraph(frame, heading, size, is_bold=True).space_before = Pt(10)
                shown = heading
            self.add_paragraph(frame, words, size)

    def _take_lead(self) -> str:
        """Take the sentences below the heading of what comes now, and those that the page begins with unless others
        stand between, where they have room above it; those before get their slides."""
        taken = {self.heading, self.name}
        if not all(heading in taken for heading, _ in self._sentences):
            taken.discard(self.name)
        lead = [words for heading, words in self._sentences if heading in taken]
        sentence = " ".join(words if words.endswith((".", "!", "?", ":")) else f"{words}." for words in lead)
        if len(sentence) > _MOST_IN_ALL:
            sentence, lead = "", []
        if lead:
            self._sentences = [each for each in self._sentences if each[0] not in taken]
        self._end_text()
        return sentence

    # --- charts and tables ----------------------------------------------------------------------------

    def _add_lead(self, slide: Any, lead: str) -> float:
        """Add the sentence above a chart or table; tell where the room below it begins."""
        if not lead:
            return TOP
        sizes = ((_MOST_OF_LEAD // 2, 14), (2 * _MOST_OF_LEAD, 12), (_MOST_IN_ALL, 11))
        size = next(size for most, size in sizes if len(lead) <= most)
        self.add_box(slide, across(1.3, 0.6), lead, size)
        return BELOW_LEAD

    def _end_drawn(self) -> None:
        """Add what is told below the last chart or table to its notes, and to the slide what stands small
        there, together in one place."""
        slide, below = self._drawn, self._below
        self._drawn, self._below = None, []
        if not below:
            return
        notes = slide.notes_slide.notes_text_frame
        notes.text = "\n".join([*(doc.words_of(paragraph.inlines) for paragraph in below), notes.text])
        words = " ".join(
            doc.words_of(paragraph.inlines) for paragraph in below if _is_caption(paragraph, self._is_chart)
        )
        if words:
            size = SMALL if len(words) <= _MOST_OF_CAPTION else _SMALLEST
            caption = words if len(words) <= 2 * _MOST_OF_CAPTION else translate(IN_NOTES, self.language)
            self.add_box(slide, across(CAPTION, FOOT - CAPTION), caption, size)

    def _add_drawing(self, svg: str, alt: str, chart: Chart | None = None) -> None:
        lead = self._take_lead()
        slide = self.add_slide(self.heading)
        self._add_lead(slide, lead)
        place = across(BELOW_LEAD, CAPTION - BELOW_LEAD)
        self.add_drawing(slide, place, self.heading, svg, alt, chart)
        self._drawn, self._is_chart = slide, True

    def _add_table(self, head: Sequence[str], rows: Sequence[Sequence[str]], numeric: frozenset[int]) -> None:
        if len(rows) == 1:  # a table of one row is a sentence
            titles = [f"{name}: " if name else "" for name in head] or [""] * len(rows[0])
            cells = [
                title + words.strip() for title, words in zip(titles, rows[0], strict=True) if words.strip()
            ]
            self._add_line(" · ".join(cells))
        if len(rows) <= 1:
            return
        lead = self._take_lead()
        for group in column_groups([*zip(*([head] if head else []), *rows, strict=True)]):
            some = [[row[i] for i in group] for row in rows]
            right = frozenset(place for place, i in enumerate(group) if i in numeric)
            self._add_columns([head[i] for i in group] if head else [], some, right, lead)

    def _add_columns(
        self, head: list[str], rows: list[list[str]], numeric: frozenset[int], lead: str
    ) -> None:
        """Add the slides of a table, or of those of its columns that have room beside each other."""
        top = BELOW_LEAD if lead else TOP
        table = fitted(head, rows, (CAPTION - top) * _POINTS)
        for part in table.parts:
            slide = self.add_slide(self.heading)
            self._add_lead(slide, lead)
            place = across(top, CAPTION - top)
            frame = add_table(slide.shapes, head, part, table, place, self.write, numeric)
            frame.element.nvGraphicFramePr.cNvPr.set("descr", self.heading)
        self._drawn, self._is_chart = slide, False


def _is_caption(paragraph: doc.Paragraph, is_chart: bool = False) -> bool:
    """Tell whether a paragraph stands small below a drawing or table; so does a short one that explains a table."""
    return paragraph.is_small or (not is_chart and len(doc.words_of(paragraph.inlines)) <= _MOST_OF_LEAD)


def _slides_of(lines: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Divide sentences into so many parts that each has room on a slide."""
    part: list[tuple[str, str]] = []
    for line in lines:
        if part and _height_of([*part, line]) > _LINES:
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _height_of(lines: Sequence[tuple[str, str]]) -> int:
    """Count how many lines sentences and the headings between them take."""
    headings = len({heading for heading, _ in lines}) - 1
    return headings + sum(ceil((len(words) + 1) / _LETTERS) for _, words in lines)
