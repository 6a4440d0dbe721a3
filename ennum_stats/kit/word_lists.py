"""Give lists the styles that Word has for them, and the bullets and numbers of a team's Word file.

How a list looks stands in two places in Word: its style has letters and spaces, its numbering has signs and
indents. The kit keeps a numbering of its own, so that each of its lists begins at one.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ennum_stats.kit.template_styles import Element, counterpart, w

_BULLET, _NUMBER = "List Bullet", "List Number"
_SIGNS = ("numFmt", "suff", "lvlText", "lvlJc", "pPr", "rPr")
"""What of a level says how it looks, in the order that Word asks for."""


def style_lists(document: Any) -> None:
    """Give each item of a list the style of its kind: pandoc gives them that of narrow paragraphs."""
    numbering = _numbering(document)
    for paragraph in document.element.body.iter(w("p")):
        key = paragraph.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        level = None if key is None else _first_level(key.get(w("val")), numbering)
        if level is not None:
            paragraph.style = (_BULLET if _is_bullet(level) else _NUMBER).replace(" ", "")


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
