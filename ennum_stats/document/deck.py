"""Slides in the making: titles, words in their places, drawings and what the speaker reads.

Charts that Office can draw are its own, to be edited there; others are pictures. Nothing here knows whether
the slides are those of a page or of a press kit. The same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from ennum_stats.charts.spec import Chart
from ennum_stats.document.slide_ground import Box, Ground, fit, keep_title_alone, moved, subtitle_of
from ennum_stats.drawing.office.native import add_native_chart, is_native
from ennum_stats.drawing.picture import png_of
from ennum_stats.drawing.theme import EMU_AN_INCH, Size, bare
from ennum_stats.files.atomic import repeatable
from ennum_stats.languages import tag_of

Place = tuple[int, int, int, int]
"""Left, top, width and height, in the unit of slides."""
WIDTH, HEIGHT, EDGE = 13.333, 7.5, 0.6
TOP, BELOW_LEAD, CAPTION, FOOT = 1.5, 2.0, 6.4, 7.05
"""Inches, as all places here: where the content of a slide begins, without a sentence above it and with one;
where what stands small below it begins, and the foot."""
_BELOW_TITLE, _BELOW_FOOT = 1.3, 0.1
SMALL = 10
_MOST_OF_TITLE = 110
"""Letters that fit in the usual size."""
DRAWING = Size("slide", 900, 430, 15, 2, 24)
_LAYOUT = 5
"""A title and nothing else, in the template of the library."""
_TYPEFACE = (b'"Calibri"', b'"Arial"')
"""That of the template, and the one that every office has and the charts fall back to."""

_THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
_DRAWINGML = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
"""How Office marks what needs no description."""


class Deck:
    """Hold a file of slides that grows; `foot` stands on each, so that none is taken for what it is not, and
    `notes` begin what the speaker reads. Slides of somebody's may be their `ground`."""

    def __init__(
        self,
        name: str,
        language: str,
        moment: date,
        foot: str,
        *,
        notes: str = "",
        author: str = "",
        identifier: str = "",
        ground: Ground | None = None,
    ) -> None:
        self.language, self.foot, self._notes, self.ground = language, foot, notes, ground
        self._made: Any = ground.presentation if ground else _own_slides()
        properties = self._made.core_properties
        properties.title, properties.language = name, tag_of(language)
        if identifier:
            properties.identifier = identifier
        if author:
            properties.author = properties.last_modified_by = author
        properties.created = properties.modified = datetime.combine(moment, time())

    def add_slide(self, title: str) -> Any:
        """Add a slide with a title and the notes that all begin with."""
        if self.ground:
            slide = self._made.slides.add_slide(self.ground.layout)
            keep_title_alone(slide)
            self._fill(slide.shapes.title, [title])
        else:
            slide = self._made.slides.add_slide(self._made.slide_layouts[_LAYOUT])
            shape = slide.shapes.title
            shape.left, shape.top, shape.width, shape.height = across(0.35, 1.0)
            shape.text_frame.word_wrap = True
            size = 26 if len(title) <= _MOST_OF_TITLE else 20
            self.write(shape.text_frame.paragraphs[0], title, size, is_bold=True)
        slide.notes_slide.notes_text_frame.text = self._notes
        return slide

    def add_cover(self, title: str, lines: Sequence[str]) -> Any | None:
        """Add a first slide as the ground has it, with a title and lines below; nothing where it has none."""
        if not self.ground or self.ground.cover is None:
            return None
        slide = self._made.slides.add_slide(self.ground.cover)
        self._fill(slide.shapes.title, [title])
        self._fill(subtitle_of(slide), lines)
        slide.notes_slide.notes_text_frame.text = self._notes
        return slide

    def _fill(self, shape: Any, lines: Sequence[str]) -> None:
        """Write lines into a place of a layout, which says how they look."""
        shape.text_frame.text = "\n".join(lines)
        fit(shape, lines)

    def note(self, slide: Any, words: str) -> None:
        """Add a line to what the speaker reads, after those that are there."""
        notes = slide.notes_slide.notes_text_frame
        notes.text = f"{notes.text}\n{words}" if notes.text else words

    def add_box(self, slide: Any, place: Place, words: str, points: float) -> Any:
        """Add words in a place of their own; return its shape."""
        box = slide.shapes.add_textbox(*place)
        box.text_frame.word_wrap = True
        self.add_paragraph(box.text_frame, words, points)
        return box

    def add_paragraph(self, frame: Any, words: str, points: float, *, is_bold: bool = False) -> Any:
        """Add a paragraph to a frame; the first one takes the place of the empty one."""
        from pptx.util import Pt

        is_first = not frame.paragraphs[0].runs
        paragraph = frame.paragraphs[0] if is_first else frame.add_paragraph()
        paragraph.space_after = Pt(6)
        self.write(paragraph, words, points, is_bold=is_bold)
        return paragraph

    def write(self, paragraph: Any, words: str, points: float, *, is_bold: bool = False) -> Any:
        """Add words to a paragraph, in the language of the slides; return their run."""
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        run = paragraph.add_run()
        run.text = words
        run.font.size, run.font.bold = Pt(points), is_bold or None
        paragraph.alignment = PP_ALIGN.LEFT
        return run

    def add_drawing(
        self, slide: Any, place: Place, title: str, svg: str, alt: str, drawn: Chart | None
    ) -> Any:
        """Add a chart as Office draws it, where it can; else the SVG as a picture. Return its shape."""
        if drawn and is_native(drawn):
            return add_native_chart(slide.shapes, drawn, place)
        png = png_of(svg, title=title, alt=alt, language=self.language, size=DRAWING)
        left, top, _, height = place
        return self.add_picture(slide, png, alt, left, top, height)

    def add_picture(self, slide: Any, png: bytes, alt: str, left: int, top: int, height: int) -> Any:
        """Add a picture with its description."""
        picture = slide.shapes.add_picture(BytesIO(png), left, top, height=height)
        picture.element.nvPicPr.cNvPr.set("descr", alt)
        return picture

    def add_ornament(self, slide: Any, place: Place, colour: str) -> None:
        """Add a rectangle of a colour that says nothing, and is passed over when the slide is read out."""
        from lxml import etree
        from pptx.dml.color import RGBColor

        shape = slide.shapes.add_shape(1, *place)
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(bare(colour))
        shape.line.fill.background()
        shape.shadow.inherit = False
        shape.element.nvSpPr.cNvPr.append(etree.fromstring(_DECORATIVE))

    def content(self) -> bytes:
        """Give the file, with the feet of its slides; the time at which it is made is not in it."""
        self._add_feet()
        self._move_to_room()
        self._set_language()
        saved = BytesIO()
        self._made.save(saved)
        return repeatable(saved.getvalue())

    def _set_language(self) -> None:
        """Say of all words on the slides in which language they are."""
        for slide in self._made.slides:
            for shape in slide.shapes:
                for run in _runs_of(shape):
                    run.font  # noqa: B018 - so that it has properties
            for properties in slide.element.iter(f"{_DRAWINGML}rPr"):
                properties.set("lang", tag_of(self.language))

    def _add_feet(self) -> None:
        """Add to each slide what it is of and its number, last as it is read."""
        from pptx.enum.text import PP_ALIGN

        slides = [*self._made.slides]
        for number, slide in enumerate(slides, 1):
            if self.ground and (places := self.ground.footers(slide)):
                for kind, words in (("ftr", self.foot), ("sldNum", str(number))):
                    if kind in places:
                        self._fill(places[kind], [words])
                continue
            left, top, width, height = across(FOOT, 0.35)
            for at, wide, words in (
                (left, 0.9, self.foot),
                (left + int(0.9 * width), 0.1, f"{number} / {len(slides)}"),
            ):
                box = slide.shapes.add_textbox(at, top, int(wide * width), height)
                self.write(box.text_frame.paragraphs[0], words, SMALL)
            box.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def _move_to_room(self) -> None:
        """Move what is ours to where the slides of the ground have room."""
        if not self.ground:
            return
        own = Box(emu(EDGE), emu(_BELOW_TITLE), emu(WIDTH - EDGE), emu(HEIGHT - _BELOW_FOOT))
        for slide in self._made.slides:
            room = self.ground.room(slide.slide_layout)
            for shape in slide.shapes:
                if not shape.is_placeholder:
                    moved(shape, own, room)


def _own_slides() -> Any:
    """Begin slides of our own: wide, in a typeface that every office has."""
    from pptx import Presentation
    from pptx.util import Inches

    presentation: Any = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    theme = presentation.slide_master.part.part_related_by(_THEME)
    theme.blob = theme.blob.replace(*_TYPEFACE)
    return presentation


def _runs_of(shape: Any) -> Iterator[Any]:
    for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
        yield from paragraph.runs


def emu(inches: float) -> int:
    """Give inches in the unit of slides."""
    return int(inches * EMU_AN_INCH)


def across(top: float, height: float) -> Place:
    """Give the place of what is as wide as a slide without its edges."""
    return emu(EDGE), emu(top), emu(WIDTH - 2 * EDGE), emu(height)
