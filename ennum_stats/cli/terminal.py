"""Lay tables and texts out for a terminal: lines break between words, and no name or number is ever cut.

A table whose columns would become too narrow for its words is written as a block a row instead. Spaces that
must not break (U+00A0, U+202F) hold, as everywhere.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from textwrap import wrap

from ennum_stats.document.blocks import WrittenTable, plain_text

_UNSEEN = 200
"""How wide lines are where nobody reads them in a terminal: whole, for all that people print."""
_GAP = "  "
_NOTHING = ("", "–")
_READABLE = 12
"""The narrowest column in which a sentence can be read; where there is no room for it, rows are blocks."""
_MOST_LINES = 5
"""The most lines that a cell may take in a column; a longer one is read more easily in a block."""


def line_width() -> int:
    """Return how many signs a line holds: those of the terminal, or as the environment says (`COLUMNS`)."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS"):
        return shutil.get_terminal_size((_UNSEEN, 24)).columns
    return _UNSEEN


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Break a text into lines between its words; lines after the first begin with `indent`.

    >>> wrapped("  - press-kit-2020.budget_awarded.EN2019", 20, "    ")
    ['  -', '    press-kit-2020.budget_awarded.EN2019']
    """
    lines = wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return lines if " " in text.strip(" ") else [text]


def table_lines(table: WrittenTable, width: int) -> list[str]:
    """Write a table in lines of at most `width` signs, where no single word is longer: in columns, else a
    block a row."""
    header = [plain_text(column.heading) for column in table.columns]
    rows = [[plain_text(cell) for cell in row.cells] for row in table.rows]
    widths = _widths([header, *rows], width) if header else []
    lines = _columns(header, rows, widths) if widths else list(_blocks(header, rows, width))
    return [*([table.caption] if table.caption else []), *lines]


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Share the width among columns, the widest giving way first; give nothing where words or sentences
    would not fit."""
    columns = list(zip(*rows, strict=True))
    natural = [max(map(_longest_line, cells)) for cells in columns]
    least = [
        max(*map(_longest_word, cells), min(most, _READABLE))
        for cells, most in zip(columns, natural, strict=True)
    ]
    room = width - len(_GAP) * (len(columns) - 1)
    if sum(least) > room:
        return []
    limit = max(natural)
    while (
        sum(widths := [max(low, min(most, limit)) for low, most in zip(least, natural, strict=True)]) > room
    ):
        limit -= 1
    for cells, most in zip(columns, widths, strict=True):
        if max(len(_cell_lines(cell, most)) for cell in cells) > _MOST_LINES:
            return []
    return widths


def _columns(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    rule = _GAP.join("─" * width for width in widths)
    body = [line for cells in rows for line in _row_lines(cells, widths)]
    return [*_row_lines(header, widths), rule, *body]


def _row_lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    parts = [_cell_lines(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for n in range(max(map(len, parts))):
        line = [part[n] if n < len(part) else "" for part in parts]
        yield _GAP.join(f"{text:<{width}}" for text, width in zip(line, widths, strict=True)).rstrip(" ")


def _blocks(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Write each row as its name and, below it, what the other columns hold of it, if anything; a title that
    is longer than half a line stands on its own."""
    head = max((len(title) for title in header[1:] if len(title) <= width // 2), default=0)
    indent = " " * (2 + head + len(_GAP))
    for number, (name, *cells) in enumerate(rows):
        if number:
            yield ""
        yield from wrapped(name, width)
        for title, cell in zip(header[1:], cells, strict=True):
            lines = [line for line in cell.split("\n") if line not in _NOTHING]
            if lines and len(title) > head:
                yield from wrapped(f"  {title}", width, "  ")
            labels = [title if len(title) <= head else "", *[""] * len(lines)]
            for label, line in zip(labels, lines, strict=False):
                yield from wrapped(f"  {label:<{head}}{_GAP}{line}", width, indent)


def _cell_lines(text: str, width: int) -> list[str]:
    return [line for part in text.split("\n") for line in wrapped(part, width)]


def _longest_line(text: str) -> int:
    return max(map(len, text.split("\n")))


def _longest_word(text: str) -> int:
    return max(map(len, re.split(r"[ \n]", text)))
