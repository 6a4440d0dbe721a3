"""Open the look of the kit's Word files: styles, page and bullets, as `word-look.docx` has them.

That file is opened and changed in Word. What changes with the document is set here: its language, the names of
its styles, its lists, and the typeface, embedded so that it looks the same where Source Sans Pro is not
installed.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from ennum_stats.document.word import BULLETS, NUMBERS
from ennum_stats.drawing.theme import BOLD, FAMILY, REGULAR, font_file
from ennum_stats.errors import message
from ennum_stats.kit.formats.template_styles import Element, counterpart, w
from ennum_stats.languages import tag_of, translate

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LOOK = Path(__file__).with_name("word-look.docx")
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


def empty_document(language: str) -> Any:
    """Open a document of python-docx without text, in our look and in a language."""
    from docx import Document

    document = Document(str(LOOK))
    body = document.element.body
    for block in [child for child in body if child is not body.sectPr]:
        body.remove(block)
    styles, tag = document.styles.element, tag_of(language)
    for element in styles.find(w("docDefaults")).iter(w("lang")):
        element.set(w("val"), tag)
        element.set(w("eastAsia"), tag)
    for element in document.settings.element.iter(w("themeFontLang")):
        element.set(w("val"), tag)
    for style in styles.iter(w("style")):
        if name := STYLE_NAMES.get(style.styleId):
            style.find(w("name")).set(w("val"), translate(name, language))
    return document


# --- lists --------------------------------------------------------------------------------------------

_BULLET, _NUMBER = "List Bullet", "List Number"
NOT_NUMBERED = "0"
"""The number of no numbering."""
_SIGNS = ("numFmt", "suff", "lvlText", "lvlJc", "pPr", "rPr")
"""What of a level says how it looks, in the order that Word asks for."""


def elements(markup: str, document: Any) -> Element:
    """Read markup of Word as the elements of a document of python-docx are read, with its classes behind them."""
    from lxml import etree

    declared = markup.replace(">", f' xmlns:w="{_WORD}">', 1)
    return etree.fromstring(declared, document.element.getroottree().parser)


def new_part(document: Any, name: Any, content_type: str, data: bytes) -> Any:
    """Make a part for a document. python-docx itself adds pictures only: other parts are of a class that it does
    not offer."""
    from docx.opc.part import Part

    return Part(type(document.part.partname)(name), content_type, data, document.part.package)


def count_lists(document: Any, lists: int) -> None:
    """Let so many lists of a document count from one: Word goes on counting in a numbering that is used
    again."""
    begins = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for number in range(NUMBERS, NUMBERS + lists):
        kind = f'<w:abstractNumId w:val="{NUMBERS - BULLETS}"/>'
        markup = f'<w:num w:numId="{number}">{kind}{begins}</w:num>'
        document.part.numbering_part.element.append(elements(markup, document))


def take_lists(kit: Any, team: Any, named: dict[str, Element]) -> None:
    """Take signs and indents of the list styles of a team's file, which has them by these names: how a list
    looks stands in two places in Word, its style (letters and spaces) and its numbering."""
    ours = _numbering(kit)
    if ours is None:
        return
    for name in (_BULLET, _NUMBER):
        style = counterpart(name, named)
        key = None if style is None else style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        level = None if key is None else _first_level(key.get(w("val")), _numbering(team))
        if level is None or level.find(w("lvlPicBulletId")) is not None:
            continue  # a picture as a bullet is a part of their file
        for own in ours.iter(w("lvl")):
            if own.get(w("ilvl")) == "0" and _is_bullet(own) == (name == _BULLET):
                _take_signs(own, level)


class NumberingTaken:
    """Bring numberings of a team's file into the kit's as they are asked for, so that what is numbered there keeps
    its numbers."""

    def __init__(self, kit: Any, team: Any) -> None:
        self._ours, self._theirs = _numbering(kit), _numbering(team)
        self._ids: dict[str, str | None] = {NOT_NUMBERED: NOT_NUMBERED}
        self._kinds: dict[str, Element] = {}
        """Ours by the number of theirs."""

    def id_of(self, key: str) -> str | None:
        """Give the number in the kit of a numbering of theirs, which comes along; none where there is none."""
        if key not in self._ids:
            self._ids[key] = self._taken(key)
        return self._ids[key]

    def level_of(self, key: str, depth: str) -> Element | None:
        """Find a level of a numbering of the kit."""
        levels = () if (kind := _kind(key, self._ours)) is None else kind.iter(w("lvl"))
        return next((level for level in levels if level.get(w("ilvl")) == depth), None)

    def follow(self, id_of: Callable[[str], str | None]) -> None:
        """Let levels name the styles of the kit."""
        for kind in self._kinds.values():
            for style in [*kind.iter(w("pStyle"))]:
                if known := id_of(style.get(w("val"))):
                    style.set(w("val"), known)
                else:
                    style.getparent().remove(style)

    def _taken(self, key: str) -> str | None:
        number = _number(key, self._theirs)
        if number is None or self._ours is None or (kind := self._kind_taken(key)) is None:
            return None
        copied = deepcopy(number)
        ids = [int(element.get(w("numId"))) for element in self._ours.iter(w("num"))]
        copied.set(w("numId"), str(max(ids, default=0) + 1))
        copied.find(w("abstractNumId")).set(w("val"), kind.get(w("abstractNumId")))
        self._ours.append(copied)
        return str(copied.get(w("numId")))

    def _kind_taken(self, key: str) -> Element | None:
        kind = _kind(key, self._theirs)
        if kind is None or self._ours is None:
            return None
        name = kind.get(w("abstractNumId"))
        if name not in self._kinds:
            copied = deepcopy(kind)
            for lost in ("styleLink", "numStyleLink", "lvlPicBulletId"):  # what is a part of their file
                for element in [*copied.iter(w(lost))]:
                    element.getparent().remove(element)
            every = [*self._ours.iter(w("abstractNum"))]
            ids = [int(element.get(w("abstractNumId"))) for element in every]
            copied.set(w("abstractNumId"), str(max(ids, default=0) + 1))
            every[-1].addnext(copied)
            self._kinds[name] = copied
        return self._kinds[name]


def _numbering(document: Any) -> Element | None:
    relations = [
        relation for relation in document.part.rels.values() if relation.reltype.endswith("/numbering")
    ]
    return relations[0].target_part.element if relations else None


def _first_level(key: str, numbering: Element | None) -> Element | None:
    """Find the first level of the numbering with a number."""
    levels = () if (kind := _kind(key, numbering)) is None else kind.iter(w("lvl"))
    return next((level for level in levels if level.get(w("ilvl")) == "0"), None)


def _number(key: str, numbering: Element | None) -> Element | None:
    numbers = () if numbering is None else numbering.iter(w("num"))
    return next((element for element in numbers if element.get(w("numId")) == key), None)


def _kind(key: str, numbering: Element | None) -> Element | None:
    """Find what says how a numbering looks; one that a style of lists has stands where that style does."""
    number = _number(key, numbering)
    if number is None or numbering is None:
        return None
    kinds = {element.get(w("abstractNumId")): element for element in numbering.iter(w("abstractNum"))}
    kind = kinds.get(number.find(w("abstractNumId")).get(w("val")))
    link = None if kind is None else kind.find(w("numStyleLink"))
    if link is None:
        return kind
    named = ((each, each.find(w("styleLink"))) for each in kinds.values())
    return next(
        (each for each, own in named if own is not None and own.get(w("val")) == link.get(w("val"))), kind
    )


def _is_bullet(level: Element) -> bool:
    return level.find(w("numFmt")) is not None and level.find(w("numFmt")).get(w("val")) == "bullet"


def _take_signs(own: Element, level: Element) -> None:
    for old in [child for child in own if child.tag != w("start")]:
        own.remove(old)
    for name in _SIGNS:
        own.extend(deepcopy(element) for element in level.findall(w(name)))


# --- sections -----------------------------------------------------------------------------------------


def sections_of(body: Element) -> list[Element]:
    """List the properties of the sections of a body, in order: Word keeps them at the end of each."""
    return [*body.iter(w("sectPr"))]


def lay_out_sections(document: Any) -> None:
    """Give all sections the page of the last one, and let each after the first go on where the one before it
    ends. They take header and footer from the first."""
    *inner, last = sections_of(document.element.body)
    for section in inner:
        take_page(section, last)
    if inner and last.find(w("type")) is None:
        kind = deepcopy(inner[-1].find(w("type")))
        last.insert(0, kind)


def take_page(section: Element, other: Element) -> None:
    """Give a section the size and margins of the page of another."""
    for name in ("pgSz", "pgMar"):
        for old in section.findall(w(name)):
            section.remove(old)
    at = section.index(section.find(w("cols")))
    for place, name in enumerate(("pgSz", "pgMar"), start=at):
        section.insert(place, deepcopy(other.find(w(name))))


def replace_page(body: Element, section: Element) -> None:
    """Put a section in the place of the first one of a body, and its page on the others."""
    first, *others = sections_of(body)
    first.getparent().replace(first, section)
    for other in others:
        take_page(other, section)


# --- the typeface -------------------------------------------------------------------------------------

KEYS = {
    REGULAR: ("embedRegular", "{5A1B7C20-4E4E-4D55-8D01-000000000001}"),
    BOLD: ("embedBold", "{5A1B7C20-4E4E-4D55-8D01-000000000002}"),
}
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_TABLE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"


def embed(document: Any) -> None:
    """Embed the regular and bold weights into a document of python-docx, and name a sans-serif for readers
    without support for them."""
    entries = "".join(
        f'<w:{element} r:id="rId{number}" w:fontKey="{key}"/>'
        for number, (element, key) in enumerate(KEYS.values(), start=1)
    )
    declared = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts xmlns:w="{_WORD}" xmlns:r="{RELATIONS}"><w:font w:name="{FAMILY}"><w:altName w:val="Arial"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        f"{entries}</w:font></w:fonts>"
    )
    table = new_part(document, "/word/fontTable.xml", _FONT_TABLE, declared.encode())
    for number, (weight, (_, key)) in enumerate(KEYS.items(), start=1):
        data = obfuscated(font_file(weight).read_bytes(), key)
        font = new_part(document, f"/word/fonts/font{number}.odttf", _OBFUSCATED, data)
        table.rels.add_relationship(f"{RELATIONS}/font", font, f"rId{number}")
    document.part.relate_to(table, f"{RELATIONS}/fontTable")


def obfuscated(font: bytes, key: str) -> bytes:
    """Combine a font with its key, as Word asks; done twice, it gives the font itself."""
    digits = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    head = bytes(byte ^ digits[index % 16] for index, byte in enumerate(font[:32]))
    return head + font[32:]
