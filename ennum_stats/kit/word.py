"""Write the kit as a Word file: pandoc writes the text, our own markup cover, charts and tables.

Each figure, sentence, table and chart is a content control (`control`). Headings, captions and table
headings are real ones; charts have alternative texts. The same text gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import partial
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ennum_stats.drawing import theme
from ennum_stats.drawing.office.native import NativeChart, is_native, native_charts
from ennum_stats.drawing.picture import draw, on_page
from ennum_stats.files.atomic import repeatable
from ennum_stats.files.leavings import owned_folder
from ennum_stats.kit import word_markup, word_tables
from ennum_stats.kit.control import NAMESPACE, Form, Registry
from ennum_stats.kit.control_writer import DAY, Controls
from ennum_stats.kit.document import (
    CONTENTS,
    REFERS,
    Cards,
    ChartPlace,
    DataTable,
    Node,
    attributes,
    image,
    is_number,
    paragraph,
    plain_text,
    raw_block,
    raw_inline,
    replaced,
    styled,
    walk,
    write,
)  # fmt: skip
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.word_charts import add_native_parts, native_drawing
from ennum_stats.kit.word_lists import style_lists
from ennum_stats.kit.word_sections import lay_out_sections, section_end
from ennum_stats.kit.word_styles import drop_unused_styles, name_styles, reference_document
from ennum_stats.kit.word_typeface import embed
from ennum_stats.languages import tag_of

CONTROLS_DESCRIBED = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<ds:datastoreItem ds:itemID="{5A1B7C20-4E4E-4D55-8D01-000000000003}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()
"""What Word wants to know of a part of custom XML."""
_CONTENTS = 2
"""How many levels of headings the table of contents has."""
_FIRST_MARK = 90_000
"""Where the numbers of our bookmarks of headings and captions begin: pandoc numbers its own from one."""
_STRONG = "<w:b/><w:bCs/>"


def write_word(edition: Edition, tree: Node, title: str, kind: str, charts: Path) -> bytes:
    """Write the Word file of a resolved text; it is made beside the folder `charts`."""
    with owned_folder(charts) as folder:
        reference, out = folder / "reference.docx", folder / "kit.docx"
        reference.write_bytes(reference_document(edition.language))
        controls = Controls(edition)
        native = _native(edition, tree) if edition.has_native_charts else {}
        body = _Body(controls, title, kind, tree["blocks"], folder, native).blocks()
        write(
            tree | {"meta": {}, "blocks": body}, "docx", "--reference-doc", str(reference),
            "--output", str(out), folder=folder,
        )  # fmt: skip
        return repeatable(finished(out.read_bytes(), controls, title, kind, native))


def _native(edition: Edition, tree: Node) -> dict[str, NativeChart]:
    """Make the charts of a text that Word can draw itself, by name."""
    places = (node.get("c") for node in walk(tree["blocks"]))
    charts = [edition.chart(one.name) for one in places if isinstance(one, ChartPlace)]
    drawn = [one for one in charts if is_native(one)]
    names = (one.name for one in drawn)
    return dict(zip(names, native_charts(drawn), strict=True))


class _Body:
    """Convert the blocks of a text to what pandoc writes and to Word's own markup."""

    def __init__(
        self, controls: Controls, title: str, kind: str, blocks: list[Node], folder: Path,
        native: Mapping[str, NativeChart],
    ) -> None:  # fmt: skip
        self.edition, self.title, self.kind, self.source = controls.edition, title, kind, blocks
        self.controls, self.folder, self.native = controls, folder, native
        self._marks = count(_FIRST_MARK)

    def blocks(self) -> list[Node]:
        result: list[Node] = replaced(self.source, self._part)
        return result

    def _part(self, node: Node, look: str = "") -> list[Node] | None:
        """Convert a node; `look` is how the words around it look, in Word's markup."""
        part = node.get("c")
        match part:
            case Cards():
                xml = word_tables.cover(self.title, self.kind, part, self.controls)
                return [raw_block("openxml", xml)]
            case ChartPlace():
                return self._chart(part)
            case DataTable():
                return self._table(part)
        if node["t"] == CONTENTS:
            return [raw_block("openxml", self._contents(str(part)))]
        if node["t"] == "Span" and "figure" in attributes(node):
            return [raw_inline("openxml", figure_markup(self.controls, node, look))]
        if node["t"] == "Span" and "sentence" in attributes(node):
            return self._sentence(node, look)
        if node["t"] == "Span" and REFERS in attributes(node):
            number = plain_text(node["c"][1])
            return [raw_inline("openxml", word_markup.reference(attributes(node)[REFERS], number))]
        if node["t"] == "Strong":
            return [node | {"c": replaced(part, partial(self._part, look=_STRONG))}]
        if node["t"] == "Header" and "new-page" in node["c"][1][1]:
            level, attr, inlines = node["c"]
            before, after = self._marked(attr[0])
            words = before + word_markup.run(plain_text(inlines)) + after
            xml = word_markup.paragraph(f"Heading{level}", words, "<w:pageBreakBefore/>")
            return [raw_block("openxml", xml)]
        return None

    def _sentence(self, node: Node, look: str) -> list[Node]:
        key, *conditions = attributes(node).items()
        told = plain_text(replaced(node["c"][1], _named))
        before, after = self.controls.sentence(key[1], told, dict(conditions))
        inner = replaced(node["c"][1], partial(self._part, look=look))
        return [raw_inline("openxml", before), *inner, raw_inline("openxml", after)]

    def _chart(self, place: ChartPlace) -> list[Node]:
        """Write title, drawing and notes of a chart, each as a control."""
        if place.name in self.native:
            drawing = raw_inline("openxml", native_drawing(self.edition.chart(place.name)))
            data, form = self.native[place.name].xml, Form.NATIVE
        else:
            (files,) = draw([on_page(self.edition.chart(place.name), "png")])
            data, form = files["png"], Form.CHART
            (self.folder / f"{place.name}.png").write_bytes(data)
            drawing = image(f"{place.name}.png", place.alt, f"{theme.CHART_WIDTH_CM}cm")
        before, after = self.controls.chart(place.name, place.caption, place.alt, data, form)
        control = [raw_inline("openxml", before), drawing, raw_inline("openxml", after)]
        title = word_markup.caption(
            self.edition.t("Chart"),
            place.number,
            self._told(place, "title", place.title),
            self._marked(place.key),
            style="",
        )
        subtitle = self._told(place, "subtitle", place.subtitle)
        note = self._told(place, "note", place.note)
        return [
            raw_block("openxml", word_markup.paragraph("ChartTitle", title)),
            raw_block("openxml", word_markup.paragraph("ChartSubtitle", subtitle)),
            styled("Chart", [paragraph(control)]),
            raw_block("openxml", word_markup.paragraph("Caption", note)),
        ]

    def _marked(self, name: str) -> tuple[str, str]:
        return word_markup.bookmarked(name, str(next(self._marks)))

    def _told(self, place: ChartPlace, aspect: str, words: str) -> str:
        return self.controls.words(f"chart:{place.name}.{aspect}", Form.WORDS, words)

    def _table(self, table: DataTable) -> list[Node]:
        words = word_markup.run(table.caption)
        word, mark = self.edition.t("Table"), self._marked(table.key)
        caption = word_markup.caption(word, table.number, words, mark)
        xml = (
            word_markup.paragraph("TableCaption", caption)
            + word_tables.table(table, self.controls, table.caption)
            + word_markup.paragraph("AfterTable", "")
        )
        return [raw_block("openxml", xml)]

    def _contents(self, heading: str) -> str:
        """Write the table of contents in two levels and two columns, with a field that gives the page of each
        when Word opens the file or prints it."""
        headings = [b["c"] for b in self.source if b["t"] == "Header" and b["c"][0] <= _CONTENTS]
        lines = [word_markup.jump(attr[0], plain_text(words)) for _, attr, words in headings]
        lines[0] = word_markup.field_start(f'TOC \\o "1-{_CONTENTS}" \\h \\z') + lines[0]
        lines[-1] += word_markup.field_end()
        paragraphs = (
            word_markup.paragraph(f"TOC{level}", line)
            for (level, *_), line in zip(headings, lines, strict=True)
        )
        # The section ends in a paragraph of its own: Word writes those of the field anew.
        end = word_markup.paragraph("AfterTable", "", section_end(columns=2))
        before = "<w:pageBreakBefore/>" + section_end()
        head = word_markup.paragraph("ContentsHeading", word_markup.run(heading), before)
        return head + "".join(paragraphs) + end


def figure_markup(controls: Controls, node: Node, look: str = "", style: str = "Figure") -> str:
    """Write a figure under the name that the text gives it: one of a role stays that of the role."""
    values = attributes(node)
    name, token = values["figure"], values["token"]
    words = plain_text(node["c"][1])
    is_role = name != token or token.startswith("call:")
    of = (words if token.startswith("call:") else name) if is_role else ""
    named = style if is_number(node) else ""
    return controls.words(token, Form.WORDS, words, named, look, of)


# --- what python-docx adds ----------------------------------------------------------------------------


def _named(node: Node) -> list[Node] | None:
    """Put the name of a figure in the place of its words, which change from day to day."""
    token = attributes(node).get("token") if node["t"] == "Span" else None
    return [{"t": "Str", "c": f"{{{token}}}"}] if token else None


def finished(
    data: bytes, controls: Controls, title: str, kind: str,
    native: Mapping[str, NativeChart] = MappingProxyType({}),
) -> bytes:  # fmt: skip
    """Add to a Word file what is the same in all of ours: running lines, logos, typeface, what it is; and the
    parts of its charts."""
    from docx import Document

    document, edition = Document(io.BytesIO(data)), controls.edition
    lay_out_sections(document)
    style_lists(document)
    _running_lines(document, controls, title)
    _properties(document, edition, title, kind)
    _add_logos(document, edition)
    _pictures(document, edition.t("Chart"))
    add_native_parts(document, native)
    _current_word(document, edition.language)
    embed(document)
    drop_unused_styles(document)
    name_styles(document.styles.element, edition.language)
    _keep(controls.registry, document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _running_lines(document: Any, controls: Controls, title: str) -> None:
    """Write title and day known at in the header, page x of y in the footer; nothing on the first page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm

    section, edition = document.sections[0], controls.edition
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.paragraph_format.tab_stops.add_tab_stop(Cm(theme.TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(f"{title}\t")
    known = controls.words(DAY, Form.DAY, edition.known_line)
    for element in parse_xml(f"<w:p {nsdecls('w')}>{known}</w:p>"):
        head._p.append(element)  # noqa: SLF001 - python-docx has no content controls
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between = edition.page_words
    pieces = (
        word_markup.run(before) + word_markup.field("PAGE", "1") + word_markup.run(between)
        + word_markup.field("NUMPAGES", "1")
    )  # fmt: skip
    for element in parse_xml(f"<w:p {nsdecls('w')}>{pieces}</w:p>"):
        foot._p.append(element)  # noqa: SLF001 - python-docx has no fields


def _keep(registry: Registry, document: Any) -> None:
    """Put what the tags of controls have no room for into the document, as a part of custom XML."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    uri = package.next_partname("/customXml/item%d.xml")
    part = Part(uri, CONTENT_TYPE.XML, registry.xml(), package)
    props = PackURI(str(uri).replace("item", "itemProps"))
    described = Part(props, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, CONTROLS_DESCRIBED, package)
    part.relate_to(described, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _properties(document: Any, edition: Edition, title: str, kind: str) -> None:
    moment = datetime.combine(edition.ledger.known_at, time(), UTC)
    core = document.core_properties
    core.title, core.subject, core.author = title, kind, edition.publisher_name
    core.language, core.last_modified_by, core.comments = tag_of(edition.language), "", ""
    core.keywords, core.category, core.revision = "", "", 1
    core.created = core.modified = core.last_printed = moment


def _add_logos(document: Any, edition: Edition) -> None:
    """Put the publisher's logos above the title, below the colours of the programmes; nothing where there are
    none."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    logos = edition.publisher.pictures.get("logo", ())
    if not logos:
        return
    line = document.add_paragraph(style="Compact")
    line.paragraph_format.space_before = Pt(12)
    for logo in logos:
        picture = line.add_run().add_picture(io.BytesIO(logo), height=Cm(theme.LOGO_HEIGHT_CM))
        picture._inline.docPr.set("descr", edition.publisher_name)  # noqa: SLF001 - it has no alt texts
        line.add_run("\u2003")
    document.element.body.find(qn("w:tbl")).addnext(line._p)  # noqa: SLF001


def _pictures(document: Any, word: str) -> None:
    """Clear the names of pictures, which say nothing: screen readers read the alternative texts."""
    from docx.oxml.ns import qn

    for number, element in enumerate(document.element.iter(qn("wp:docPr")), start=1):
        element.set("id", str(number))
        element.set("name", f"{word} {number}")
        element.attrib.pop("title", None)
    for element in document.element.iter(qn("pic:cNvPr")):
        element.attrib.pop("descr", None)  # pandoc puts the name of the file here


def _current_word(document: Any, language: str) -> None:
    """Make Word lay out the file as its present version does, not as that of the template, and check new
    words in the language of the kit."""
    from docx.oxml.ns import qn

    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for setting in document.settings.element.iter(qn("w:themeFontLang")):
        setting.set(qn("w:val"), tag_of(language))
    zoom = document.settings.element.find(qn("w:zoom"))
    if zoom is not None:
        zoom.attrib.clear()
        zoom.set(qn("w:percent"), "100")
