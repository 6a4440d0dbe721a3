"""Write the kit's Word files: the kit itself, and short sheets as the press release and the notice.

The same text gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime, time
from types import MappingProxyType
from typing import Any

from ennum_stats.document.blocks import Blocks, Cards, ChartBlock, Contents
from ennum_stats.document.control import NAMESPACE, ControlForm, Registry
from ennum_stats.document.word import WordWriter, card_table, native_run, picture_run, stripe
from ennum_stats.document.word_markup import CHART_TYPE, WORKBOOK_TYPE, field, paragraph, picture, run
from ennum_stats.drawing import theme
from ennum_stats.drawing.office.native import NativeChart, is_native, native_charts
from ennum_stats.drawing.picture import draw, on_page
from ennum_stats.figures.figure import noticed
from ennum_stats.files.atomic import repeatable
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.embargo import identifier_of
from ennum_stats.kit.formats import word_look
from ennum_stats.kit.formats.control_writer import DAY, Controls
from ennum_stats.kit.resting import with_proofs
from ennum_stats.languages import tag_of

CONTROLS_DESCRIBED = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<ds:datastoreItem ds:itemID="{5A1B7C20-4E4E-4D55-8D01-000000000003}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()
"""What Word wants to know of a part of custom XML."""
DESCRIPTION_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_TITLE_SIZE = '<w:sz w:val="48"/>'
"""Smaller than on a cover."""
_CLOSE = '<w:spacing w:before="200" w:after="80"/>'


def write_word(
    edition: Edition, blocks: Blocks, title: str, kind: str, page_of: Mapping[str, int] = MappingProxyType({})
) -> bytes:
    """Write the Word file of the filled text; `page_of` tells on which page each heading stands in the PDF, which
    the table of contents says until Word knows its own pages."""
    file = _WordFile(edition, blocks)
    writer = WordWriter(
        file.controls, edition.language, chart=file.chart, page_of=page_of,
        cover=lambda cards: _cover(title, kind, cards, file.controls, file.logos()),
    )  # fmt: skip
    return file.finished(writer.markup(with_proofs(edition, blocks)), title, kind, lists=writer.lists)


def write_sheet(
    edition: Edition, blocks: Blocks, title: str, kind: str, picture: bytes = b"",
    page_of: Mapping[str, int] = MappingProxyType({}),
) -> bytes:  # fmt: skip
    """Write a text without a cover: the head that says who tells what, and of which day, then the blocks; a text
    with contents, which has no heading as its title, has that in the head. `picture` is that of its one
    illustration, and then all stands on a single page."""
    file = _WordFile(edition, blocks)
    if picture:
        _fit_one_page(file.document)
    head = stripe() + file.logos() + paragraph("Subtitle", run(kind), _CLOSE)
    if any(isinstance(block, Contents) for block in blocks):
        head += paragraph("Title", run(title, more=_TITLE_SIZE))
    head += paragraph("Compact", _cover_lines(file.controls, run(" · ")))
    writer = WordWriter(
        file.controls, edition.language, chart=file.chart, page_of=page_of,
        drawing=lambda block: file.drawing(picture, block.alt),
    )  # fmt: skip
    code = writer.markup(with_proofs(edition, blocks))
    return file.finished(head + code, title, kind, lists=writer.lists)


_CLOSER = {
    "Subtitle": (10, 6, 0), "Heading1": (20, 2, 2), "Heading2": (11.5, 6, 2), "Compact": (9, 0, 1),
    "BodyText": (9.5, 0, 3), "FirstParagraph": (9.5, 0, 3), "ListBullet": (9.5, 0, 1.5), "Caption": (8, 0, 2),
    "TableTextDense": (8, 0.3, 0.3), "TableHeadDense": (8, 0, 0.3), "AfterTable": (2, 0, 1),
}  # fmt: skip
"""Size of type, and room above and below, in points, of the styles of a text of one page."""


def _fit_one_page(document: Any) -> None:
    """Give a document the margins and the closer styles of a text of one page."""
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.top_margin = section.bottom_margin = Cm(1)
    section.header_distance = section.footer_distance = Cm(0.6)
    for style in document.styles:
        if style.style_id in _CLOSER:
            size, above, below = _CLOSER[style.style_id]
            style.font.size, style.paragraph_format.space_before = Pt(size), Pt(above)
            style.paragraph_format.space_after = Pt(below)


def _cover(title: str, kind: str, cards: Cards, controls: Controls, logos: str) -> str:
    """Write the first page: title, the lines below it, and the cards of the key figures."""
    return (
        stripe()
        + logos
        + paragraph("Subtitle", run(kind))
        + paragraph("Title", run(title))
        + paragraph("CoverDate", _cover_lines(controls, "<w:r><w:br/></w:r>"))
        + paragraph("CoverHeading", run(cards.heading))
        + card_table(cards.cards, controls)
        + paragraph("CoverNote", run(cards.note))
    )


def _cover_lines(controls: Controls, between: str) -> str:
    """Write the lines that say when it is published, until when it may not be, and of which day it is."""
    *given, known = controls.edition.cover_lines
    return between.join((*map(run, given), _day(controls, known)))


def _day(controls: Controls, line: str) -> str:
    """Write the line with the day known at: in bold where it warns of something."""
    edition = controls.edition
    more = "<w:b/>" if noticed(edition.ledger, edition.language) else ""
    return controls.words(DAY, ControlForm.DAY, line, more=more)


class _WordFile:
    """Put the markup of a text into a file in our styles, with its charts and what all files have."""

    def __init__(self, edition: Edition, blocks: Blocks = ()) -> None:
        self.edition, self.controls = edition, Controls(edition)
        self.document = word_look.empty_document(edition.language)
        charts = [block.chart for block in blocks if isinstance(block, ChartBlock)]
        drawn = [candidate for candidate in charts if edition.has_native_charts and is_native(candidate)]
        names = (candidate.name for candidate in drawn)
        self._native = dict(zip(names, native_charts(drawn), strict=True))

    def chart(self, block: ChartBlock) -> str:
        """Write the control of a chart that Word draws, or of its picture."""
        chart, native = block.chart, self._native.get(block.chart.name)
        if native:
            data, form = native.xml, ControlForm.NATIVE
            markup = native_run(chart, self._native_relation(native))
        else:
            (files,) = draw([on_page(chart, "png")])
            data, form = files["png"], ControlForm.CHART
            relation, image = self.document.part.get_or_add_image(io.BytesIO(data))
            markup = picture_run(chart, (image.px_width, image.px_height), relation)
        before, after = self.controls.chart(chart.name, block.caption, chart.alt, data, form)
        return before + markup + after

    def drawing(self, data: bytes, alt: str) -> str:
        """Write a picture as wide as half of the page."""
        relation, image = self.document.part.get_or_add_image(io.BytesIO(data))
        wide = round(theme.TEXT_WIDTH_CM / 2 * theme.EMU_A_CM)
        return picture(relation, (wide, round(wide * image.px_height / image.px_width)), alt)

    def logos(self) -> str:
        """Write the publisher's logos, below the colours of the programmes; nothing where there are none."""
        code, high = "", round(theme.LOGO_HEIGHT_CM * theme.EMU_A_CM)
        for logo in self.edition.publisher.pictures.get("logo", ()):
            relation, image = self.document.part.get_or_add_image(io.BytesIO(logo))
            size = round(high * image.px_width / image.px_height), high
            code += picture(relation, size, self.edition.publisher_name) + run("\u2003")
        return paragraph("Compact", code, '<w:spacing w:before="240"/>') if code else ""

    def _native_relation(self, native: NativeChart) -> str:
        """Add the part of a chart and its workbook; give the relation that leads to it."""
        chart = self._part("/word/charts/chart%d.xml", CHART_TYPE, native.xml)
        workbook = self._part("/word/embeddings/chart%d.xlsx", WORKBOOK_TYPE, native.workbook)
        chart.relate_to(workbook, f"{word_look.RELATIONS}/package")
        relation: str = self.document.part.relate_to(chart, f"{word_look.RELATIONS}/chart")
        return relation

    def _part(self, name: str, content_type: str, data: bytes) -> Any:
        return word_look.new_part(
            self.document, self.document.part.package.next_partname(name), content_type, data
        )

    def finished(self, markup: str, title: str, kind: str, *, lists: int = 0) -> bytes:
        """Put the markup into the file, and what is the same in all of ours: running lines, logos, typeface,
        what it is."""
        document, edition = self.document, self.edition
        for element in word_look.elements(f"<w:body>{markup}</w:body>", document):
            document.element.body.sectPr.addprevious(element)
        word_look.count_lists(document, lists)
        word_look.lay_out_sections(document)
        _running_lines(document, self.controls, title)
        _properties(document, edition, title, kind)
        _number_drawings(document, edition.t("Chart"))
        word_look.embed(document)
        self._keep(self.controls.registry)
        buffer = io.BytesIO()
        document.save(buffer)
        return repeatable(buffer.getvalue())

    def _keep(self, registry: Registry) -> None:
        """Put what the tags of controls have no room for into the document, as a part of custom XML."""
        part = self._part("/customXml/item%d.xml", "application/xml", registry.xml())
        described = self._part("/customXml/itemProps%d.xml", DESCRIPTION_TYPE, CONTROLS_DESCRIBED)
        part.relate_to(described, f"{word_look.RELATIONS}/customXmlProps")
        self.document.part.relate_to(part, f"{word_look.RELATIONS}/customXml")


_DRAWING_NAME = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


_ONE_LINE = 88
"""How many letters of title and day have room beside each other at the head of a page."""


def _running_lines(document: Any, controls: Controls, title: str) -> None:
    """Write title and day known at in the header, page x of y in the footer; nothing on the first page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Cm

    section, edition = document.sections[0], controls.edition
    section.different_first_page_header_footer = True
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.paragraph_format.tab_stops.add_tab_stop(Cm(theme.TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    # A kit under embargo, or of invented data, says so in its line.
    is_long = len(title) + len(edition.known_line) > _ONE_LINE
    head.add_run(f"{title}\n" if is_long else f"{title}\t")
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between = edition.page_words
    known = _day(controls, edition.known_line)
    page = run(before) + field("PAGE", "1") + run(between) + field("NUMPAGES", "1")
    for part, code in ((section.header.part, known), (section.footer.part, page)):
        part.element[-1].extend(word_look.elements(f"<w:p>{code}</w:p>", document))


def _properties(document: Any, edition: Edition, title: str, kind: str) -> None:
    moment = datetime.combine(edition.ledger.known_at, time(), UTC)
    core = document.core_properties
    core.title, core.subject, core.author = title, kind, edition.publisher_name
    core.language, core.last_modified_by, core.comments = tag_of(edition.language), "", ""
    core.keywords, core.category, core.revision = "", "", 1
    if edition.ledger.embargo:
        core.identifier = identifier_of(edition.ledger.embargo)
    core.created = core.modified = core.last_printed = moment


def _number_drawings(document: Any, word: str) -> None:
    """Number the drawings; their names say nothing: screen readers read the alternative texts."""
    for number, element in enumerate(document.element.iter(_DRAWING_NAME), start=1):
        element.set("id", str(number))
        element.set("name", f"{word} {number}")
