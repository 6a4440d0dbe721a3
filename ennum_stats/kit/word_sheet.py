"""Short Word files of our own: the press release and the correction notice, in the kit's styles.

A text of a page needs no pandoc: its paragraphs are written as they are, each figure as a content control.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from ennum_stats.files.atomic import repeatable
from ennum_stats.kit import word_markup, word_tables
from ennum_stats.kit.control_writer import Controls
from ennum_stats.kit.document import Cards, Node, attributes, plain_text
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.word import figure_markup, finished
from ennum_stats.kit.word_styles import reference_document

_BOLD = "<w:b/>"
_CLOSE = '<w:spacing w:before="200" w:after="80"/>'
_SAME_PAGE = '<w:pageBreakBefore w:val="0"/>'
"""The first heading of a kit begins a page; here it stands below what heads the sheet."""


def word_sheet(edition: Edition, title: str, kind: str, blocks: Iterable[Node]) -> bytes:
    """Write a Word file: the head that says who tells what, and of which day, then the blocks."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document(io.BytesIO(reference_document(edition.language)))
    controls = Controls(edition)
    head = word_tables.stripe() + word_markup.paragraph("Subtitle", word_markup.run(kind), _CLOSE)
    head += word_markup.paragraph(
        "Compact", word_tables.cover_lines(controls, word_markup.run(" · "))
    )
    code = head + "".join(_block(controls, block) for block in blocks)
    body = document.element.body
    for element in parse_xml(f"<w:body {nsdecls('w')}>{code}</w:body>"):
        body.sectPr.addprevious(element)
    data = io.BytesIO()
    document.save(data)
    return repeatable(finished(data.getvalue(), controls, title, kind))


def _block(controls: Controls, block: Node) -> str:
    match block["t"], block["c"]:
        case _, Cards() as cards:
            return _cards(controls, cards)
        case "Header", [level, _, inlines]:
            words = _inlines(
                controls, inlines, style=""
            )  # a style of bold letters in bold is not bold
            return word_markup.paragraph(f"Heading{level}", words, _SAME_PAGE)
        case "BlockQuote", [first, *_]:
            return word_markup.paragraph("Quote", _inlines(controls, first["c"]))
        case "Para" | "Plain", inlines:
            return word_markup.paragraph("BodyText", _inlines(controls, inlines))
        case kind, _:
            raise ValueError(kind)


def _cards(controls: Controls, cards: Cards) -> str:
    heading = word_markup.paragraph("Heading2", word_markup.run(cards.heading))
    note = word_markup.paragraph("CoverNote", word_markup.run(cards.note))
    return heading + word_tables.card_table(cards.cards, controls, is_small=True) + note


def _inlines(
    controls: Controls, inlines: Iterable[Node], look: str = "", style: str = "Figure"
) -> str:
    return "".join(_inline(controls, node, look, style) for node in inlines)


def _inline(controls: Controls, node: Node, look: str, style: str) -> str:
    if node["t"] == "Strong":
        return _inlines(controls, node["c"], _BOLD, style)
    if node["t"] != "Span":
        return word_markup.run(plain_text(node), more=look)
    if "figure" in attributes(node):
        return figure_markup(controls, node, look, style)
    return _inlines(controls, node["c"][1], look, style)
