"""Make the styles and the page of the Word file, as a document without text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ennum_stats.drawing import theme
from ennum_stats.errors import message
from ennum_stats.kit.word_sections import COLUMN_CM
from ennum_stats.languages import tag_of, translate

_GREY, _INK = theme.GREYS["grey"], theme.GREYS["ink"]
_USE = rb'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"'
# Name, base style, size, settings: bold, colour, space before and after, keep with next.
_PARAGRAPHS: tuple[tuple[str, str, float, dict[str, Any]], ...] = (
    ("Title", "Normal", 36, {"bold": True, "before": 0, "after": 8}),
    ("Subtitle", "Normal", 13, {"colour": _GREY, "before": 26, "after": 8}),
    ("Heading 1", "Normal", 20, {"bold": True, "before": 26, "after": 9, "keep": True}),
    ("Heading 2", "Normal", 14, {"bold": True, "before": 18, "after": 6, "keep": True}),
    ("Heading 3", "Normal", 11, {"bold": True, "before": 12, "after": 4, "keep": True}),
    ("Body Text", "Normal", 10.5, {"after": 7}),
    ("First Paragraph", "Body Text", 10.5, {"after": 7}),
    ("Compact", "Normal", 10.5, {"after": 4}),
    ("List Bullet", "Normal", 10.5, {"after": 4}),
    ("List Number", "Normal", 10.5, {"after": 4}),
    ("Quote", "Body Text", 12, {"colour": _GREY, "before": 6, "after": 10}),
    ("Contents Heading", "Normal", 14, {"bold": True, "after": 6, "keep": True}),
    ("toc 1", "Normal", 10, {"bold": True, "before": 4, "after": 1.5, "keep": True}),
    ("toc 2", "Normal", 9.5, {"after": 1, "indent": 0.6}),
    ("Chart", "Normal", 1, {"before": 2, "after": 2, "keep": True}),
    ("Chart Title", "Normal", 11, {"bold": True, "before": 10, "after": 1, "keep": True}),
    ("Chart Subtitle", "Normal", 9.5, {"colour": _GREY, "after": 2, "keep": True}),
    ("Caption", "Normal", 8, {"colour": _GREY, "after": 12}),
    ("Table Caption", "Caption", 9, {"before": 10, "after": 4, "keep": True}),
    ("Table Text", "Normal", 9.5, {"before": 1.5, "after": 1.5}),
    ("Table Head", "Table Text", 9.5, {"bold": True, "keep": True}),
    ("Table Group", "Table Text", 9.5, {"bold": True, "before": 4, "keep": True}),
    ("Table Text Dense", "Normal", 8.5, {"before": 0.5, "after": 0.5}),
    ("Table Head Dense", "Table Text Dense", 8.5, {"bold": True, "after": 0.5, "keep": True}),
    ("Table Group Dense", "Table Text Dense", 8.5, {"bold": True, "before": 3, "keep": True}),
    ("After Table", "Normal", 4, {"after": 4}),
    ("Cover Date", "Normal", 13, {"after": 34}),
    ("Cover Heading", "Normal", 15, {"bold": True, "after": 12, "keep": True}),
    ("Cover Note", "Normal", 9.5, {"colour": _GREY, "before": 16}),
    ("Stripe", "Normal", 8, {"line": 1.0}),
    ("Card Number", "Normal", 34, {"bold": True, "line": 0.9, "before": 0}),
    ("Card Precision", "Normal", 11, {"bold": True}),
    ("Card Text", "Normal", 11, {"line": 1.0}),
    ("Card Source", "Normal", 9, {"colour": _GREY, "before": 2}),
    ("Card Gap", "Normal", 20, {"line": 1.0}),
    ("Header", "Normal", 8.5, {"colour": _GREY}),
    ("Footer", "Normal", 8.5, {"colour": _GREY}),
)


STYLE_NAMES = {
    "FirstParagraph": message("First paragraph"),
    "Compact": message("Compact text"),
    "ContentsHeading": message("Contents: heading"),
    "Chart": message("Chart: drawing"),
    "ChartTitle": message("Chart: title"),
    "ChartSubtitle": message("Chart: subtitle"),
    "TableCaption": message("Table: caption"),
    "TableText": message("Table: text"),
    "TableHead": message("Table: head"),
    "TableGroup": message("Table: group"),
    "TableTextDense": message("Table: text, small"),
    "TableHeadDense": message("Table: head, small"),
    "TableGroupDense": message("Table: group, small"),
    "AfterTable": message("Table: space below"),
    "CoverDate": message("Cover: date"),
    "CoverHeading": message("Cover: heading"),
    "CoverNote": message("Cover: note"),
    "Stripe": message("Cover: stripe of colours"),
    "CardNumber": message("Card: number"),
    "CardPrecision": message("Card: precision"),
    "CardText": message("Card: text"),
    "CardSource": message("Card: source"),
    "CardGap": message("Card: space between"),
    "Figure": message("Number in the text"),
    "CaptionNumber": message("Number of a caption"),
    "KitTable": message("Table of the kit"),
    "CardTable": message("Cards"),
}
"""What our styles are called, in the language of the document, by their ids, which are the same in every
language. Word itself translates the names of its own (headings, title, contents)."""


@lru_cache
def reference_document(language: str) -> bytes:
    """Make a Word file that holds the kit's styles and page alone, in a language; once a process."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE

    document = Document()
    _base(document, language)
    styles: dict[str, Any] = {}  # python-docx searches all styles at every look-up
    for style in document.styles:
        styles.setdefault(style.name.lower(), style)
    for name, based_on, size, settings in _PARAGRAPHS:
        if name.lower() not in styles:
            styles[name.lower()] = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set_paragraph_style(styles[name.lower()], name, styles[based_on.lower()], size, settings)
    _character_styles(document)
    for element in _table_styles():
        document.styles.element.append(element)
    _page(document)
    _drop_parts_of_the_template(document)
    _typeface_of_charts(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def drop_unused_styles(document: Any) -> None:
    """Remove the styles that came with a template and that nothing uses. Our own stay: people
    write in them, and a document brought to another day may need them."""
    from docx.oxml.ns import qn

    # Links lead to letters in the look of a paragraph, which nobody writes here.
    for link in [*document.styles.element.iter(qn("w:link"))]:
        link.getparent().remove(link)
    styles = {one.styleId: one for one in document.styles.element.iter(qn("w:style"))}
    own = {"Figure", "Caption Number", "Kit Table", "Card Table", *(one[0] for one in _PARAGRAPHS)}
    ours = {name.lower() for name in own}  # Word writes "heading 3"
    waiting = {key for key, one in styles.items() if one.default or one.name_val.lower() in ours}
    for part in document.part.package.iter_parts():
        if part.partname.startswith("/word/") and part.partname.ext == "xml":
            waiting |= {found.decode() for found in re.findall(_USE, part.blob)}
    kept: set[str] = set()
    while waiting:
        kept |= waiting & styles.keys()
        needed = (styles[key].find(qn(f"w:{tag}")) for key in kept for tag in ("basedOn", "next"))
        waiting = {one.get(qn("w:val")) for one in needed if one is not None} - kept
        waiting &= styles.keys()
    for key in styles.keys() - kept:
        document.styles.element.remove(styles[key])


def name_styles(styles: Any, language: str) -> None:
    """Name our styles among those of a file."""
    for style in styles.iter("{*}style"):
        told = STYLE_NAMES.get(style.get(f"{{{style.nsmap['w']}}}styleId"))
        if told is not None:
            name = style.find("{*}name")
            name.set(f"{{{style.nsmap['w']}}}val", translate(told, language))


def _drop_parts_of_the_template(document: Any) -> None:
    """Remove what python-docx's template has beside styles: a picture of itself, styles of Word 2010."""
    for part in (document.part, document.part.package):
        for key, relation in [*part.rels.items()]:
            if relation.reltype.rpartition("/")[-1] in (
                "thumbnail",
                "stylesWithEffects",
                "customXml",
            ):
                del part.rels[key]


def _base(document: Any, language: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = theme.TYPEFACE, Pt(10.5)
    normal.font.color.rgb = RGBColor.from_string(theme.bare(_INK))
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.widow_control = True
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for fonts in (*defaults.iter(qn("w:rFonts")), *normal.element.iter(qn("w:rFonts"))):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), theme.TYPEFACE)
    for element in defaults.iter(qn("w:lang")):
        element.set(qn("w:val"), tag_of(language))
        element.set(qn("w:eastAsia"), tag_of(language))


def _typeface_of_charts(document: Any) -> None:
    """Make our typeface that of the file's theme, which charts take theirs from."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme"):
            part = relation.target_part
            latin = rb'(<a:latin typeface=")[^"]*'
            part._blob = re.sub(latin, rb"\g<1>" + theme.TYPEFACE.encode(), part.blob)  # noqa: SLF001


def _set_paragraph_style(
    style: Any, name: str, base: Any, size: float, settings: dict[str, Any]
) -> None:
    """Give a style the look that `_PARAGRAPHS` declares, in place of the template's."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for element in list(style.element):
        if element.tag in (qn("w:rPr"), qn("w:pPr")):
            style.element.remove(element)
    style.base_style = base
    style.font.size, style.font.bold = Pt(size), settings.get("bold", False)
    if "colour" in settings:
        style.font.color.rgb = RGBColor.from_string(theme.bare(settings["colour"]))
    form = style.paragraph_format
    form.space_before = Pt(settings.get("before", 0))
    form.space_after = Pt(settings.get("after", 0))
    form.line_spacing = settings.get("line", 1.0)
    form.keep_with_next = settings.get("keep", False)
    form.left_indent = Cm(settings.get("indent", 0))
    if name.startswith("toc"):
        form.tab_stops.add_tab_stop(Cm(COLUMN_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        style.element.styleId = name.upper().replace(" ", "")  # as Word itself calls them
        style.element.attrib.pop(qn("w:customStyle"), None)
    if name.startswith("Heading"):
        _outline_level(style, int(name[-1]) - 1)


def _outline_level(style: Any, level: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:outlineLvl")
    element.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(element)


def _character_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    for name in ("Figure", "Caption Number"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.bold = True


def _table_styles() -> Iterator[Any]:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    ink, line = theme.bare(_INK), theme.bare(theme.GREYS["line_grey"])
    rule = 'w:val="single" w:space="0"'
    margins = (
        '<w:tblCellMar><w:left w:w="{0}" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/>'
        "</w:tblCellMar>"
    )
    yield parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="KitTable">'
        f'<w:name w:val="Kit Table"/><w:tblPr><w:tblBorders>'
        f'<w:top {rule} w:sz="8" w:color="{ink}"/><w:bottom {rule} w:sz="8" w:color="{ink}"/>'
        f'<w:insideH {rule} w:sz="4" w:color="{line}"/></w:tblBorders>{margins.format(60)}</w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'<w:bottom {rule} w:sz="4" w:color="{ink}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
    )
    yield parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="CardTable">'
        f'<w:name w:val="Card Table"/><w:tblPr>{margins.format(140)}</w:tblPr></w:style>'
    )


def _page(document: Any) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - theme.TEXT_WIDTH_CM) / 2)
    section.top_margin, section.bottom_margin = Cm(2.7), Cm(2.3)
    section.header_distance = section.footer_distance = Cm(1.3)
