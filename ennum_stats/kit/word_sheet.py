"""Short Word files of our own: the press release and the correction notice, in the kit's styles.

A text of a page needs no pandoc: its paragraphs are written as they are, each figure as a content control.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from ennum_stats.atomic import repeatable
from ennum_stats.kit import word_markup
from ennum_stats.kit.document import Cards, Node, attributes, is_number, plain_text
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.word import finished
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
    head = word_markup.stripe() + word_markup.paragraph("Subtitle", word_markup.run(kind), _CLOSE)
    head += word_markup.paragraph("Compact", word_markup.run(" · ".join(edition.cover_lines)))
    code = head + "".join(_block(edition, block) for block in blocks)
    body = document.element.body
    for element in parse_xml(f"<w:body {nsdecls('w')}>{code}</w:body>"):
        body.sectPr.addprevious(element)
    data = io.BytesIO()
    document.save(data)
    return repeatable(finished(data.getvalue(), edition, title, kind))


def _block(edition: Edition, block: Node) -> str:
    match block["t"], block["c"]:
        case _, Cards() as cards:
            return _cards(edition, cards)
        case "Header", [level, _, inlines]:
            words = _inlines(edition, inlines, is_heading=True)
            return word_markup.paragraph(f"Heading{level}", words, _SAME_PAGE)
        case "BulletList", items:
            lines = (_inlines(edition, one[0]["c"]) for one in items)
            return "".join(word_markup.paragraph("ListBullet", line) for line in lines)
        case "BlockQuote", [first, *_]:
            return word_markup.paragraph("Quote", _inlines(edition, first["c"]))
        case "Para" | "Plain", inlines:
            return word_markup.paragraph("BodyText", _inlines(edition, inlines))
        case kind, _:
            raise ValueError(kind)


def _cards(edition: Edition, cards: Cards) -> str:
    labels = {one.name: one.label(edition.language) for one in edition.figures.values()}
    heading = word_markup.paragraph("Heading2", word_markup.run(cards.heading))
    note = word_markup.paragraph("CoverNote", word_markup.run(cards.note))
    return heading + word_markup.card_table(cards.cards, labels, is_small=True) + note


def _inlines(
    edition: Edition, inlines: Iterable[Node], more: str = "", *, is_heading: bool = False
) -> str:
    return "".join(_inline(edition, node, more, is_heading) for node in inlines)


def _inline(edition: Edition, node: Node, more: str, is_heading: bool) -> str:
    if node["t"] == "Strong":
        return _inlines(edition, node["c"], _BOLD)
    token = attributes(node).get("figure", ":") if node["t"] == "Span" else ":"
    if ":" in token:
        return word_markup.run(plain_text(node), more=more)
    label = edition.figure(token.split(".")[0]).label(edition.language)
    style = "Figure" if is_number(node) and not is_heading else ""  # bold twice is not bold
    return word_markup.figure_control(token, label, plain_text(node), style)
