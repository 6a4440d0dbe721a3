"""Find in the XML of a sheet what a person sees of it and the cells do not tell: rows and columns that are
hidden, texts that are struck through in part, rules that colour cells, what is printed on each page, notes.

A sheet has tens of thousands of rows, and only a few tags and attributes of it matter here: they are looked
for in its bytes, which costs a small part of parsing it. Declarations of entities were refused before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import unescape

_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_NUMBER = re.compile(rb'\br\s*=\s*["\'](\d+)["\']')
_ENDS = tuple(re.compile(rb"\b" + name + rb'\s*=\s*["\'](\d+)["\']') for name in (b"min", b"max"))
_IS_HIDDEN = re.compile(rb'\bhidden\s*=\s*["\'](?:1|true|on)["\']|\b(?:ht|width)\s*=\s*["\']0(?:\.0+)?["\']')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)(?<!/)>((?:[^<]|<(?!/?(?:\w+:)?c\b))*)")
"""A cell up to its end, or to the next one: no text is looked through twice."""
_PLACE = re.compile(rb'\br\s*=\s*["\']([A-Z]+)(\d+)["\']')
_IS_SHARED = re.compile(rb'\bt\s*=\s*["\']s["\']')
_SHARED = re.compile(rb"<(?:\w+:)?si\b[^<>]*(?:(?<=/)>|>((?:[^<]|<(?!/?(?:\w+:)?si\b))*))")
_VALUE = re.compile(rb"<(?:\w+:)?v>(\d+)<")
_STRIKES = re.compile(rb'<(?:\w+:)?strike(?:\s*/?>|\s+val\s*=\s*["\'](?:1|true|on)["\'])')
_WIDEST = 16_384
_ON_PAGES = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
_PAGE_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])')
_NOTED = re.compile(rb'<(?:\w+:)?comment\b[^<>]*?\bref\s*=\s*["\'][A-Z]+(\d+)["\']')


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Hold what of a sheet is hidden or struck through: rows by number from 1, columns by position from 0, cells
    by both; the lines above and below its printed pages; and whether rules colour its cells."""

    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    struck_texts: frozenset[tuple[int, int]]
    page_lines: tuple[str, ...]
    has_colour_rules: bool


def sheet_marks(content: bytes, struck: frozenset[int] = frozenset()) -> SheetMarks:
    """Read the marks of a sheet from its XML, given the shared texts that are struck through: hidden by hand,
    by a filter, or without height or width."""
    return SheetMarks(
        _hidden_rows(content), _hidden_columns(content), _struck(content, struck), _page_lines(content),
        b"conditionalFormatting" in content,
    )  # fmt: skip


def _page_lines(content: bytes) -> tuple[str, ...]:
    """Give what stands above and below the printed pages, without the codes of its place and letters."""
    lines = [unescape(text.decode("utf-8", "replace")) for text in _ON_PAGES.findall(content)]
    return tuple(filter(None, map(page_line, lines)))


def page_line(text: str) -> str:
    r"""Give a line above or below a printed page without the codes of its place and letters.

    >>> page_line("&L&\"Arial\"&8Lauréats&RPage &P")
    'Lauréats Page'
    """
    return " ".join(_PAGE_CODE.sub(" ", text).split())


def noted_rows(comments: bytes) -> frozenset[int]:
    """Find the rows with a note on a cell, from the part of a workbook that holds the notes of a sheet."""
    return frozenset(int(row) for row in _NOTED.findall(comments))


def struck_shared_texts(content: bytes) -> frozenset[int]:
    """Find the texts of a workbook, by their places in the part that its sheets share, which are struck
    through somewhere."""
    if not _STRIKES.search(content):
        return frozenset()
    texts = enumerate(_SHARED.finditer(content))
    return frozenset(place for place, text in texts if _STRIKES.search(text[1] or b""))


def _hidden_rows(content: bytes) -> frozenset[int]:
    """Find the hidden rows; one without a number follows the one before it."""
    hidden, number = set(), 0
    for tag in _ROW.finditer(content):
        match = _NUMBER.search(tag[1])
        number = int(match[1]) if match else number + 1
        if _IS_HIDDEN.search(tag[1]):
            hidden.add(number)
    return frozenset(hidden)


def _hidden_columns(content: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for tag in _COLUMN.finditer(content[: content.find(b"sheetData")]):
        ends = [end.search(tag[1]) for end in _ENDS]
        if _IS_HIDDEN.search(tag[1]) and all(ends):
            first, last = (int(end[1]) for end in ends if end)
            hidden.update(range(first - 1, min(last, _WIDEST)))
    return frozenset(hidden)


def _struck(content: bytes, shared: frozenset[int]) -> frozenset[tuple[int, int]]:
    """Find the cells whose text, their own or a shared one, is struck through somewhere."""
    if not shared and b"strike" not in content:
        return frozenset()
    from openpyxl.utils import column_index_from_string

    struck = set()
    for cell in _CELL.finditer(content):
        value = _VALUE.search(cell[2]) if _IS_SHARED.search(cell[1]) else None
        if int(value[1]) in shared if value else _STRIKES.search(cell[2]):
            place = _PLACE.search(cell[1])
            if place:
                struck.add((int(place[2]), column_index_from_string(place[1].decode()) - 1))
    return frozenset(struck)
