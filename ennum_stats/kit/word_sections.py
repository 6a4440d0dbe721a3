"""Divide a Word file into sections, so that its contents stand in two columns.

Word keeps what it knows of a page at the end of a section. The first section has the header and the footer,
and the others take them from it; all have the same page.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ennum_stats.document.word import BETWEEN_COLUMNS_CM
from ennum_stats.drawing.theme import TEXT_WIDTH_CM
from ennum_stats.kit.template_styles import Element, w

COLUMN_CM = (TEXT_WIDTH_CM - BETWEEN_COLUMNS_CM) / 2
"""The width of one of two columns."""


def sections_of(body: Element) -> list[Element]:
    """List the properties of the sections of a body, in order."""
    return [*body.iter(w("sectPr"))]


def lay_out_sections(document: Any) -> None:
    """Give all sections the page of the last one, and let each after the first go on where the one before it
    ends."""
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
    for one in others:
        take_page(one, section)
