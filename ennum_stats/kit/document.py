"""Hold the kit as a document: pandoc's nodes, and the cards, charts and tables that stand among them.

A text is parsed once into pandoc's JSON tree (plain dictionaries), changed in Python, and written by pandoc
again. This module knows neither what the texts say nor how Word and PDF look.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ennum_stats.table import Cell, Row, TableOf
from ennum_stats.typography import NBSP
from ennum_stats.wording import KeyFigure

Node = dict[str, Any]
"""A block or an inline of pandoc's tree: `t` is its kind, `c` what it holds."""

_FULL = "resource exhausted"
"""How pandoc says, on every system, that a disk is full."""
READER = "markdown-smart-tex_math_dollars-citations"


EMPTY: Node = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": []}
"""A tree without text, for blocks that were not read from one."""

PANDOC = "pypandoc"
"""The library that brings pandoc."""


@lru_cache(maxsize=8)
def parse(markdown: str) -> Node:
    """Parse a Markdown text into pandoc's tree, which nobody changes: once a process."""
    tree: Node = json.loads(_pandoc(["--from", READER, "--to", "json"], markdown))
    return tree


def write(tree: Node, to: str, *options: str, folder: Path | None = None) -> str:
    """Write a tree in another format; files that it names are looked for in `folder`."""
    return _pandoc(["--from", "json", "--to", to, *options], json.dumps(tree), folder)


def _pandoc(options: list[str], text: str, folder: Path | None = None) -> str:
    # Otherwise the time of the run would be in the Word file; `word` sets the day known at later.
    environment = os.environ | {"SOURCE_DATE_EPOCH": "946684800"}
    done = subprocess.run(
        [_program(), *options], input=text.encode(), capture_output=True, check=False, cwd=folder,
        env=environment,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.decode(errors="replace")
        if _FULL in said:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder or ""))
        raise RuntimeError(f"pandoc: {said}")
    return done.stdout.decode()


@lru_cache(maxsize=1)
def _program() -> str:
    import pypandoc

    # What fails is told by its error, once.
    logging.getLogger("pypandoc").setLevel(logging.CRITICAL)
    path: str = pypandoc.get_pandoc_path()
    return path


# --- reading nodes ------------------------------------------------------------------------------------


def attributes(node: Node) -> dict[str, str]:
    """Return the key=value attributes of a Div or Span."""
    return dict(node["c"][0][2])


def without_classes(header: Node) -> Node:
    """Return a heading without its classes and attributes."""
    level, (name, _, values), inlines = header["c"]
    return {"t": "Header", "c": [level, [name, [], values], inlines]}


def plain_text(value: Any) -> str:
    """Return the text of a node or a list of nodes, without formatting."""
    if isinstance(value, list):
        return "".join(plain_text(item) for item in value)
    if not isinstance(value, dict):
        return ""
    match value.get("t"):
        case "Str" | "Code":
            return str(value["c"] if value["t"] == "Str" else value["c"][1])
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case _:
            return plain_text(value.get("c", []))


def walk(value: Any) -> Iterator[Node]:
    """Yield every node at or below a value, in the order of the text."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one[::-1]
        elif isinstance(one, dict):
            yield one
            waiting.append(one.get("c"))


def replaced(value: Any, change: Callable[[Node], list[Node] | None]) -> Any:
    """Return a value with each node replaced by what `change` returns; where it returns None, the nodes
    below are visited."""
    if isinstance(value, list):
        result: list[Any] = []
        for item in value:
            new = change(item) if isinstance(item, dict) and "t" in item else None
            result += [replaced(item, change)] if new is None else new
        return result
    if isinstance(value, dict):
        return {key: replaced(item, change) for key, item in value.items()}
    return value


# --- making nodes -------------------------------------------------------------------------------------


def text(words: str) -> list[Node]:
    """Make inlines of words; lines break at plain spaces only."""
    nodes: list[Node] = []
    for index, word in enumerate(words.split(" ")):
        if index:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes


def span(inlines: Iterable[Node], **values: str) -> Node:
    """Make a span with attributes."""
    return {"t": "Span", "c": [["", [], [list(item) for item in values.items()]], list(inlines)]}


def raw_inline(form: str, code: str) -> Node:
    """Make an inline of code in an output format."""
    return {"t": "RawInline", "c": [form, code]}


def raw_block(form: str, code: str) -> Node:
    """Make a block of code in an output format."""
    return {"t": "RawBlock", "c": [form, code]}


def styled(style: str, blocks: list[Node]) -> Node:
    """Put blocks into a paragraph style of Word."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}


def paragraph(inlines: list[Node]) -> Node:
    """Make a paragraph."""
    return {"t": "Para", "c": inlines}


def image(path: str, alt: str, width: str) -> Node:
    """Make a picture with its alternative text."""
    return {"t": "Image", "c": [["", [], [["width", width]]], text(alt), [path, ""]]}


_LONG_NUMBER = 11
_ON_ONE_PAGE = 15
"""How many lines of a table are not divided between pages."""


@dataclass(frozen=True)
class Card:
    """Hold a key figure: the number in large type, the words of its precision, its label, date and source."""

    figure: str
    key: KeyFigure
    label: str
    evidence: str
    programme: str = ""
    """The programme whose colour the card has; empty where it belongs to none."""

    @property
    def is_long(self) -> bool:
        """Whether its number, such as a span of sums, has no place in a line of the largest type."""
        return len(self.key.number) > _LONG_NUMBER


@dataclass(frozen=True)
class Cards:
    """Hold the key figures of the first page, with their heading and a note."""

    heading: str
    note: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class ChartPlace:
    """Hold a chart at its place in the text, with what stands above it and below it."""

    name: str
    number: int
    caption: str
    """What it shows, in a few words: the name of its control."""
    alt: str
    title: str
    subtitle: str
    note: str

    @property
    def key(self) -> str:
        """How references in the text name it."""
        return f"chart:{self.name}"


@dataclass(frozen=True)
class DataTable(TableOf[Row]):
    """Hold a table of words on a page, with its number among the tables of the text."""

    number: int = 0
    is_dense: bool = False
    """Whether it is set in small type, as a list to look something up in."""
    name: str = ""
    """Its name among the tables that a text may show."""

    @property
    def key(self) -> str:
        """How references in the text name it."""
        return f"table:{self.name}"

    @property
    def is_kept(self) -> bool:
        """Whether it is so short that no page divides it; a longer one would leave much of a page empty."""
        lines = (max(len(lines_of(cell)) for cell in row.cells) for row in self.rows)
        return not self.is_dense and sum(lines) <= _ON_ONE_PAGE

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """The words of its cells, row by row, the heading first; a group is a row of one cell."""
        head = tuple(column.name for column in self.columns)
        rows = (tuple("\n".join(lines_of(cell)) for cell in one.cells) for one in self.rows)
        return (head, *rows)


def lines_of(cell: Cell) -> list[str]:
    """List the lines of a cell; several are items of a list."""
    lines = cell.text.split("\n")
    return [f"–{NBSP}{line}" if len(lines) > 1 else line for line in lines]


def part_node(part: Cards | ChartPlace | DataTable) -> Node:
    """Make a node of a part; outputs replace it before pandoc reads the tree."""
    return {"t": type(part).__name__, "c": part}


CONTENTS = "Contents"
"""The kind of the node that stands for the table of contents; it holds its heading."""


REFERS = "refers"
"""The attribute of a span that is the number of a chart or table elsewhere in the text: its key."""


def is_number(figure: Node) -> bool:
    """Tell whether a figure in the text shows its number rather than a date or a rate: numbers are
    emphasised."""
    token = attributes(figure)["figure"]
    return ":" not in token and not token.endswith((".when", ".claimed", ".published"))
