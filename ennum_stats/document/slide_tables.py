"""Tables on slides: as large as they fit on one, else on several; grey lines, and no other colour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from ennum_stats.drawing.theme import LIGHT, bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SIZES = (16, 14, 12, 11)
"""The sizes of type in points, of which the largest is taken with which a table fits on one slide."""
_LETTERS = 1350
"""So many letters of one point would stand beside each other on a slide."""
_LINE, _MARGIN = 1.2, 6
"""The height of a line in its size, and the room around the lines of a row in points."""
_POINT = 12_700
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of Office without lines and colours."""
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006/main"
_STYLE = f".//{{{_DRAWINGML}}}tableStyleId"

_FEWEST, _MOST = 6, 40
"""The letters by which a column is given its width."""
_BESIDE = 4
"""As many letters as the room between two columns takes."""

Row = list[str]


@dataclass(frozen=True)
class Fitted:
    """Hold a table as it fits on slides: the size of its type, the shares of its columns, its rows by slide."""

    size: int
    shares: list[float]
    parts: list[list[Row]]


def longest_word(texts: Sequence[str]) -> int:
    """Count the letters of the longest word of some texts: what must not be broken."""
    return max(len(word) for text in texts for word in re.split(r"[ \n]", text))


def column_shares(columns: Sequence[Sequence[str]], letters: float) -> list[float]:
    """Say how much of the width of a table each column is given, where so many letters stand beside each other:
    more to those with longer texts, and to each enough for its longest word."""
    wanted = [min(max(_FEWEST, *map(len, texts)), _MOST) ** 0.75 for texts in columns]
    shares = [width / sum(wanted) for width in wanted]
    least = [(longest_word(texts) + _BESIDE) / letters for texts in columns]
    narrow: set[int] = set()
    while more := {i for i, share in enumerate(shares) if i not in narrow and share < least[i]}:
        narrow |= more  # what they are given is taken from the others, which may then be too narrow
        room, rest = 1 - sum(least[i] for i in narrow), sum(shares[i] for i in {*range(len(shares))} - narrow)
        if room <= 0 or rest <= 0:
            return [each / sum(least) for each in least]
        shares = [least[i] if i in narrow else share * room / rest for i, share in enumerate(shares)]
    return shares


def column_groups(columns: Sequence[Sequence[str]]) -> list[list[int]]:
    """Group the columns that stand beside each other on a slide, where all have no room there: each group begins
    with the first, which names the rows."""
    most = _LETTERS / _SIZES[-1]
    needed = [longest_word(texts) + _BESIDE for texts in columns]
    groups: list[list[int]] = [[0]]
    for at in range(1, len(columns)):
        if len(groups[-1]) > 1 and sum(needed[i] for i in (*groups[-1], at)) > most:
            groups.append([0])
        groups[-1].append(at)
    return groups


def fitted(head: Row, rows: Sequence[Row], height: float) -> Fitted:
    """Find the largest type with which a table is no higher than so many points; of a table for which none is
    small enough, the rows of each slide."""
    columns = [*zip(*([head] if head else []), *rows, strict=True)]
    for size in _SIZES:
        shares = column_shares(columns, _LETTERS / size)
        if size > _SIZES[-1] and not _has_room(columns, shares, size):
            continue
        heights = [_height(row, shares, size) for row in rows]
        room = height - (_height(head, shares, size) if head else 0)
        if sum(heights) <= room:
            return Fitted(size, shares, [[*rows]])
    return Fitted(size, shares, [*_parts(rows, heights, room)])


def _has_room(columns: Sequence[Sequence[str]], shares: Sequence[float], size: int) -> bool:
    """Tell whether no column is narrower than its longest word."""
    return all(
        longest_word(texts) <= share * _LETTERS / size for texts, share in zip(columns, shares, strict=True)
    )


def _height(row: Row, shares: Sequence[float], size: int) -> float:
    letters = [max(1.0, _LETTERS / size * share - 2) for share in shares]
    lines = max(
        sum(max(1, ceil(len(line) / most)) for line in words.strip().split("\n"))
        for words, most in zip(row, letters, strict=True)
    )
    return lines * size * _LINE + _MARGIN


def _parts(rows: Sequence[Row], heights: Sequence[float], room: float) -> Iterator[list[Row]]:
    """Divide rows into so many parts that each has room on a slide; no part is a single row where the one before can
    spare one."""
    ends: list[int] = []
    start, used = 0, 0.0
    for at, height in enumerate(heights):
        if at > start and used + height > room:
            ends.append(at)
            start, used = at, 0.0
        used += height
    starts = [0, *ends]
    if ends and len(rows) - starts[-1] == 1 and starts[-1] - starts[-2] > 2 and sum(heights[-2:]) <= room:
        starts[-1] -= 1
    yield from ([*rows[first:last]] for first, last in zip(starts, [*starts[1:], len(rows)], strict=True))


def add_table(
    shapes: Any, head: Row, rows: Sequence[Row], fit: Fitted, place: tuple[int, int, int, int],
    write: Callable[..., None], numeric: frozenset[int],
) -> Any:  # fmt: skip
    """Add a table to the shapes of a slide and return its frame; `write` puts words into a paragraph."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    shown = [*([head] if head else []), *rows]
    left, top, width, _ = place
    heights = [int(_height(row, fit.shares, fit.size) * _POINT) for row in shown]
    frame = shapes.add_table(len(shown), len(fit.shares), left, top, width, sum(heights))
    table = frame.table
    table.first_row, table.horz_banding = bool(head), False
    frame.element.find(_STYLE).text = _NO_STYLE
    for column, share in zip(table.columns, fit.shares, strict=True):
        column.width = int(width * share)
    for y, row in enumerate(shown):
        is_head = bool(head) and y == 0
        table.rows[y].height = heights[y]
        for x, words in enumerate(row):
            cell = table.cell(y, x)
            cell.margin_top = cell.margin_bottom = Pt(2)
            cell.margin_left = cell.margin_right = Pt(7)
            paragraph = cell.text_frame.paragraphs[0]
            write(paragraph, words.strip(), fit.size, is_bold=is_head)
            if x in numeric:
                paragraph.alignment = PP_ALIGN.RIGHT
    cells = frame.element.iter(f"{{{_DRAWINGML}}}tc")
    for number, cell in enumerate(cells):
        is_head = bool(head) and number < len(fit.shares)
        _underline(cell, LIGHT.text if is_head else LIGHT.line)
    return frame


def _underline(cell: Any, colour: str) -> None:
    """Draw a line below a cell."""
    from lxml import etree

    fill = f'<a:solidFill><a:srgbClr val="{bare(colour)}"/></a:solidFill>'
    line = f'<a:lnB xmlns:a="{_DRAWINGML}" w="9525">{fill}</a:lnB>'
    cell.get_or_add_tcPr().append(etree.fromstring(line))
