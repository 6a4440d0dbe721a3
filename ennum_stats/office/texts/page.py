"""Write what an audit found in a text, and what became of published ones, as pages that need nothing else, and as a
feed: no colour alone says anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote
from xml.etree import ElementTree as ET

from ennum_stats.document.blocks import Heading, Paragraph
from ennum_stats.document.html import html_of
from ennum_stats.errors import message
from ennum_stats.figures.citation import MINTED
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.web_page import page_look, write_short_page
from ennum_stats.languages import tag_of
from ennum_stats.office.texts.published import StaleText
from ennum_stats.office.texts.report import TITLE, TextAudit

PUBLISHED = message("Published texts whose numbers no longer hold")
NONE_STALE = message("All numbers of published texts hold.")
_ATOM = "http://www.w3.org/2005/Atom"
_LOOK = """
mark{background:none;color:inherit;border-bottom:4px double;font-weight:600}
mark.unverifiable{border-bottom:2px dotted}
mark:is(.exact,.rounded,.bound,.derived){border-bottom:1px solid;font-weight:inherit}
sup{font-size:.75em}
dt{font-weight:600;margin-top:.8rem}
"""


def audit_page(edition: Edition, audit: TextAudit) -> bytes:
    """Write the text with its marks, and the remarks on them."""
    title = audit.t(TITLE, name=audit.text.name)
    return write_short_page(edition, title, edition.publisher_name, audit.blocks(), page_look() + _LOOK)


def published_page(edition: Edition, texts: Sequence[StaleText]) -> bytes:
    """Write the notice of each published text that carries numbers which no longer hold."""
    blocks: list[Heading | Paragraph] = [] if texts else [Paragraph((edition.t(NONE_STALE.text),))]
    for text in texts:
        blocks.append(Heading(2, (text.sentence(edition.language),)))
        blocks += [
            replace(block, level=3, anchor="") if isinstance(block, Heading) else block
            for block in text.notice(edition)[1:]
        ]
    title = edition.t(PUBLISHED.text)
    return write_short_page(edition, title, edition.publisher_name, tuple(blocks), page_look())


def published_feed(edition: Edition, texts: Sequence[StaleText]) -> bytes:
    """Write the same as a feed (RFC 4287), for those whom the house tells of its own texts."""
    name = f"{MINTED}/published"
    entries = [
        (f"{name}/{text.published_on}/{quote(text.text)}", text.sentence(edition.language), text.known_on,
         html_of(text.notice(edition)[1:], edition.language))
        for text in texts
    ]  # fmt: skip
    last = max((moment for _, _, moment, _ in entries), default=edition.ledger.known_at)
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": tag_of(edition.language)})
    _describe(root, name, edition.t(PUBLISHED.text), f"{last}T00:00:00Z")
    ET.SubElement(ET.SubElement(root, "author"), "name").text = edition.publisher_name
    for identity, title, moment, notice in entries:
        entry = ET.SubElement(root, "entry")
        _describe(entry, identity, title, f"{moment}T00:00:00Z")
        ET.SubElement(entry, "content", {"type": "html"}).text = notice
    ET.indent(root)
    written: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return written


def _describe(parent: ET.Element, identity: str, title: str, moment: str) -> None:
    for tag, text in (("id", identity), ("title", title), ("updated", moment)):
        ET.SubElement(parent, tag).text = text
