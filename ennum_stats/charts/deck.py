"""Slides in the making: titles, sentences, charts and tables, each with its notes.

Charts that Office can draw are its own, to be edited there; others are pictures. Nothing here knows whether
the slides are those of a page or of a press kit. The same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from typing import Any

from ennum_stats.atomic import repeatable
from ennum_stats.charts.native import add_native_chart, is_native
from ennum_stats.charts.picture import png_of
from ennum_stats.charts.spec import Chart
from ennum_stats.charts.theme import Size
from ennum_stats.languages import tag_of

_EMU = 914_400
WIDTH, HEIGHT, EDGE = 13.333, 7.5, 0.6
TOP = 1.5
"""Inches, as all places here."""
_LETTERS, _LINES = 165, 27
"""So many letters stand on a line of a table, and so many lines on a slide."""
_TEXT_LINES = 12
DRAWING = Size("slide", 900, 430, 15, 2, 24)
_LAYOUT = 5
"""A title and nothing else, in the template of the library."""


class Deck:
    """A file of slides that grows; `foot` stands on each, so that none is taken for what it is not."""

    def __init__(self, name: str, language: str, moment: date, foot: str, author: str = "") -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self.language, self.foot = language, foot
        self._made: Any = Presentation()
        self._made.slide_width, self._made.slide_height = Inches(WIDTH), Inches(HEIGHT)
        properties = self._made.core_properties
        properties.title, properties.language = name, tag_of(language)
        properties.author = properties.last_modified_by = author
        properties.created = properties.modified = datetime.combine(moment, time())

    def add_slide(self, title: str) -> Any:
        """Add a slide with a title and the foot alone."""
        slide = self._made.slides.add_slide(self._made.slide_layouts[_LAYOUT])
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = place(0.35, 1.0)
        shape.text_frame.word_wrap = True
        self.write(shape.text_frame.paragraphs[0], title, 26)
        foot = slide.shapes.add_textbox(*place(HEIGHT - 0.45, 0.35))
        self.write(foot.text_frame.paragraphs[0], self.foot, 10)
        return slide

    def add_text(self, title: str, lines: Sequence[str]) -> Any:
        """Add slides of sentences, as many as these need; return the last one."""
        slide = None
        for at in range(0, len(lines), _TEXT_LINES):
            slide = self.add_slide(title)
            shown = lines[at : at + _TEXT_LINES]
            points = 16 if len(shown) <= _TEXT_LINES // 2 else 13
            self.add_words(slide, shown, points, place(TOP, HEIGHT - TOP - EDGE))
        return slide

    def add_words(
        self, slide: Any, lines: Sequence[str], points: float, where: tuple[int, int, int, int]
    ) -> None:
        """Add paragraphs to a slide, at left, top, width and height in EMU."""
        from pptx.util import Pt

        frame = slide.shapes.add_textbox(*where).text_frame
        frame.word_wrap = True
        for at, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(6)
            self.write(paragraph, line, points)

    def add_drawing(self, title: str, lead: str, svg: str, alt: str, drawn: Chart | None) -> Any:
        """Add a slide with a sentence and a drawing: a chart of Office where it can draw it, else a picture
        of the SVG; return the slide."""
        slide = self.add_slide(title)
        self.add_words(slide, [lead], 14, place(1.3, 0.6))
        where = place(2.0, HEIGHT - 2.0 - EDGE)
        if drawn and is_native(drawn):
            add_native_chart(slide.shapes, drawn, where)
        else:
            png = png_of(svg, title=title, alt=alt, language=self.language, size=DRAWING)
            left, top, _, height = where
            self.add_picture(slide, png, alt, left, top, height)
        return slide

    def add_picture(
        self, slide: Any, png: bytes, alt: str, left: int, top: int, height: int
    ) -> Any:
        """Add a picture with its description."""
        picture = slide.shapes.add_picture(BytesIO(png), left, top, height=height)
        picture._element.nvPicPr.cNvPr.set("descr", alt)  # noqa: SLF001
        return picture

    def add_table(
        self,
        title: str,
        head: list[list[str]],
        rows: list[list[str]],
        numeric: frozenset[int],
    ) -> None:
        """Add a table, on as many slides as it needs; columns in `numeric` stand to the right."""
        columns = [*zip(*head, *rows, strict=True)]
        widths = [min(max(6, *map(len, column)), 40) ** 0.75 for column in columns]
        shares = [width / sum(widths) for width in widths]
        for part in _parts(rows, shares):
            self._add_part(title, head, part, shares, numeric)

    def note(self, slide: Any, line: str) -> None:
        """Add a line to what the speaker reads."""
        slide.notes_slide.notes_text_frame.text += f"{line}\n"

    def write(self, paragraph: Any, words: str, points: float, *, is_bold: bool = False) -> Any:
        """Add words to a paragraph, in the language of the slides; return their run."""
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        run = paragraph.add_run()
        run.text = words
        run.font.size, run.font.bold = Pt(points), is_bold or None
        run._r.get_or_add_rPr().set("lang", tag_of(self.language))  # noqa: SLF001
        paragraph.alignment = PP_ALIGN.LEFT
        return run

    def content(self) -> bytes:
        """Give the file; the time at which it is made is not in it."""
        saved = BytesIO()
        self._made.save(saved)
        return repeatable(saved.getvalue())

    def _add_part(
        self,
        title: str,
        head: list[list[str]],
        rows: list[list[str]],
        shares: Sequence[float],
        numeric: frozenset[int],
    ) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        slide, shown = self.add_slide(title), [*head, *rows]
        left, top, width, _ = place(TOP, 1)
        frame = slide.shapes.add_table(
            len(shown), len(shares), left, top, width, emu(0.3 * len(shown))
        )
        frame._element.nvGraphicFramePr.cNvPr.set("descr", title)  # noqa: SLF001
        table = frame.table
        table.first_row = bool(head)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = int(width * share)
        for y, row in enumerate(shown):
            for x, words in enumerate(row):
                cell = table.cell(y, x)
                cell.margin_top = cell.margin_bottom = Pt(2)
                paragraph = cell.text_frame.paragraphs[0]
                self.write(paragraph, words.strip(), 10, is_bold=bool(head) and y == 0)
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


def emu(inches: float) -> int:
    """Give inches in the unit of slides."""
    return int(inches * _EMU)


def place(top: float, height: float) -> tuple[int, int, int, int]:
    """Give left, top, width and height of what is as wide as a slide without its edges."""
    return emu(EDGE), emu(top), emu(WIDTH - 2 * EDGE), emu(height)
