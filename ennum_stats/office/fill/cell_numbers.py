"""Write numbers of cells as Excel holds them: the number itself, and a format that shows it in its words.

"environ 85 millions d'euros" becomes 85,000,000 in a format that writes `environ` before the millions, so that a reader
can add it up and still reads the caution. Where only bounds are known there is no number: the words stay text.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal

from ennum_stats.languages import number as digits_of
from ennum_stats.languages import rounded, translate
from ennum_stats.office.fill.placeholders import S
from ennum_stats.office.package import Element, Package
from ennum_stats.reading.quantities import numbers_in
from ennum_stats.vocabulary import Precision
from ennum_stats.wording.phrases import WITHIN

_DIGITS = re.compile(r"\d+(?:[\d.,\u00a0\u202f ]*\d)?")
_SCALES = {Decimal(1): "", Decimal(1_000): ",", Decimal(1_000_000): ",,", Decimal(1_000_000_000): ",,,"}
"""What Excel writes behind the digits of a number that it shows in thousands, millions, milliards."""
_SHARE = Decimal("0.01")
_GENERAL, _TEXT_FORMAT, _FIRST_OWN = "0", "49", 164
"""The numbers of the formats of Excel: none chosen, text, and the first that a file may define."""
_SURE = (Precision.EXACT, Precision.ABOUT)


@dataclass(frozen=True)
class CellNumber:
    """Hold the number of a cell, and the format in which Excel shows it."""

    value: Decimal
    format: str
    is_plain: bool = True
    """Whether nothing stands before the digits, so that a format of the person's may take the place of ours."""


def cell_number(words: str, value: Decimal, language: str, reach: str = "") -> CellNumber | None:
    """Give a number whose words show it once, before how far they reach; nothing where they say another: bounds, a
    rounded part, letters."""
    digits = _DIGITS.findall(words)
    if len(digits) != 1:
        return None
    before, after = words.split(digits[0])
    after += reach
    whole, _, rest = digits[0].partition(digits_of(Decimal("0.5"), language)[1])
    shown = Decimal(f"{''.join(filter(str.isdigit, whole))}.{rest or 0}")
    code = "#,##0" + ("." + "0" * len(rest) if rest else "")
    step = Decimal(1).scaleb(-len(rest))
    for divisor, sign in _SCALES.items():
        if rounded(value / divisor, step) == shown:
            return CellNumber(value, f"{_quoted(before)}{code}{sign}{_quoted(after)}", not before)
    if after.lstrip("\u00a0\u202f ").startswith("%") and rounded(value / _SHARE, step) == shown:
        return CellNumber(value, f"{_quoted(before)}{code.replace('#,##', '')}{_of_share(after)}", not before)
    return None


def read_cell(words: str, language: str) -> CellNumber | None:
    """Read the number of a cell of a table; nothing where it says a bound, a range, or no number alone."""
    words, reach = _without_reach(words, language)
    numbers = numbers_in(words, language)
    if len(numbers) != 1 or numbers[0].reason or numbers[0].precision not in _SURE:
        return None
    readings = numbers[0].readings
    if len({reading.value for reading in readings}) != 1 or readings[0].high is not None:
        return None
    value = readings[0].value
    return cell_number(words, value * _SHARE if numbers[0].unit == "percent" else value, language, reach)


def _without_reach(words: str, language: str) -> tuple[str, str]:
    """Part words from how far the number in them reaches: "environ 3 000" and ", à 500 près"."""
    number, comma, reach = words.rpartition(", ")
    before, after = translate(WITHIN, language, n="\0").split("\0")
    is_reach = comma and reach.startswith(before) and reach.endswith(after)
    return (number, comma + reach) if is_reach else (words, "")


def _quoted(words: str) -> str:
    return '"{}"'.format(words.replace('"', '""')) if words else ""


def _of_share(after: str) -> str:
    """Let Excel write the sign of percent, which multiplies the share, and nothing else before it."""
    space, _, rest = after.partition("%")
    return f"{_quoted(space)}%{_quoted(rest)}"


class CellFormats:
    """Give cells of a workbook number formats, each look of a cell once for each format."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._made: dict[tuple[str, str], str] = {}

    def set(self, cell: Element, number: CellNumber) -> None:
        """Let a cell show a number; a format that a person chose for the cell stays, where it says no less."""
        if not self._part:
            return
        look = cell.get("s", "0")
        key = (look, number.format)
        if key not in self._made:
            self._made[key] = self._look(look, number)
        cell.set("s", self._made[key])

    def _look(self, look: str, number: CellNumber) -> str:
        root = self._package.tree(self._part)
        looks = root.find(f"{{{S}}}cellXfs")
        if looks is None or not look.isdigit() or int(look) >= len(looks):
            return look
        chosen = looks[int(look)].get("numFmtId", _GENERAL)
        if number.is_plain and chosen not in (_GENERAL, _TEXT_FORMAT):
            return look
        copied = deepcopy(looks[int(look)])
        copied.set("numFmtId", self._format(root, number.format))
        copied.set("applyNumberFormat", "1")
        copied.attrib.pop("quotePrefix", None)
        looks.append(copied)
        looks.set("count", str(len(looks)))
        return str(len(looks) - 1)

    def _format(self, root: Element, code: str) -> str:
        from lxml import etree

        formats = root.find(f"{{{S}}}numFmts")
        if formats is None:
            formats = etree.Element(f"{{{S}}}numFmts")
            root.insert(0, formats)
        used = {entry.get("formatCode"): entry.get("numFmtId") for entry in formats}
        if code not in used:
            numbers = [int(number) for number in used.values() if number and number.isdigit()]
            used[code] = str(max([_FIRST_OWN - 1, *numbers]) + 1)
            etree.SubElement(formats, f"{{{S}}}numFmt", {"numFmtId": used[code], "formatCode": code})
            formats.set("count", str(len(formats)))
        return str(used[code])
