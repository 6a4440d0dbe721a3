"""Give lists their bullets and numbers: the kit's, or those of a team's Word file.

How a list looks stands in two places in Word: its style has letters and spaces, its numbering has signs and
indents. The kit keeps a numbering of its own, so that each of its lists begins at one.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ennum_stats.document.word import BULLETS, NUMBERS
from ennum_stats.kit.template_styles import Element, counterpart, w

_BULLET, _NUMBER = "List Bullet", "List Number"
_SIGNS = ("numFmt", "suff", "lvlText", "lvlJc", "pPr", "rPr")
"""What of a level says how it looks, in the order that Word asks for."""


_LEVEL = (
    '<w:lvl w:ilvl="0">{kind}<w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>{more}</w:lvl>'
)
_BULLETS = _LEVEL.format(
    kind='<w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>',
    more='<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:cs="Symbol" w:hint="default"/></w:rPr>',
)
_NUMBERS = _LEVEL.format(
    kind='<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>', more=""
)


def count_lists(document: Any, lists: int) -> None:
    """Declare the lists of a file: that of bullets, and so many that count from one."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="singleLevel"/>'
        f"{level}</w:abstractNum>"
        for key, level in enumerate((_BULLETS, _NUMBERS))
    )
    begins = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers = "".join(
        f'<w:num w:numId="{NUMBERS + at}"><w:abstractNumId w:val="1"/>{begins}</w:num>'
        for at in range(lists)
    )
    bullets = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'
    root = document.part.numbering_part.element
    for one in [*root]:
        root.remove(one)
    root.extend(parse_xml(f"<w:numbering {nsdecls('w')}>{kinds}{bullets}{numbers}</w:numbering>"))


def take_lists(kit: Any, theirs: Any, named: dict[str, Element]) -> None:
    """Take signs and indents of the list styles of a team's file, which has them by these names."""
    ours = _numbering(kit)
    if ours is None:
        return
    for name in (_BULLET, _NUMBER):
        style = counterpart(name, named)
        key = None if style is None else style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        level = None if key is None else _first_level(key.get(w("val")), _numbering(theirs))
        if level is None or level.find(w("lvlPicBulletId")) is not None:
            continue  # a picture as a bullet is a part of their file
        for own in ours.iter(w("lvl")):
            if own.get(w("ilvl")) == "0" and _is_bullet(own) == (name == _BULLET):
                _take_signs(own, level)


def _numbering(document: Any) -> Element | None:
    found = [one for one in document.part.rels.values() if one.reltype.endswith("/numbering")]
    return found[0].target_part.element if found else None


def _first_level(key: str, numbering: Element | None) -> Element | None:
    """Find the first level of the numbering with a number."""
    if numbering is None:
        return None
    numbers = {one.get(w("numId")): one for one in numbering.iter(w("num"))}
    kinds = {one.get(w("abstractNumId")): one for one in numbering.iter(w("abstractNum"))}
    number = numbers.get(key)
    kind = None if number is None else kinds.get(number.find(w("abstractNumId")).get(w("val")))
    levels = () if kind is None else kind.iter(w("lvl"))
    return next((one for one in levels if one.get(w("ilvl")) == "0"), None)


def _is_bullet(level: Element) -> bool:
    return level.find(w("numFmt")) is not None and level.find(w("numFmt")).get(w("val")) == "bullet"


def _take_signs(own: Element, level: Element) -> None:
    for old in [one for one in own if one.tag != w("start")]:
        own.remove(old)
    for name in _SIGNS:
        own.extend(deepcopy(one) for one in level.findall(w(name)))
