"""What a kit is made of besides running text: cards of key figures, charts and tables.

They stand in the resolved text as nodes of their own, and each output draws them in its way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ennum_stats.kit.nodes import Node, attributes
from ennum_stats.wording import KeyFigure


@dataclass(frozen=True)
class Card:
    """A figure to be quoted: the number large, its precision words, what it is, date and source."""

    figure: str
    key: KeyFigure
    label: str
    evidence: str
    programme: str = ""
    """Whose colour it has; empty for what belongs to no single programme."""


@dataclass(frozen=True)
class Cards:
    """The figures of the first page, with their heading and a note."""

    heading: str
    note: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class ChartPlace:
    """A chart in the text."""

    name: str
    number: int
    caption: str
    alt: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `figure` names the figure that it shows, `url` where it leads, `language` that
    of its words where it is not the kit's."""

    text: str
    figure: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its heading, its share of the width, and whether it holds numbers."""

    heading: str
    width: int
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table; a group's row is one cell as wide as the table."""

    cells: tuple[Cell, ...]
    is_group: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class DataTable:
    """A table with a heading row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    number: int = 0
    notes: tuple[str, ...] = ()
    is_dense: bool = field(default=False)
    """Set small: a list to look something up in."""


def row(*cells: str | Cell, total: bool = False) -> Row:
    """A row of cells; text becomes a cell."""
    return Row(tuple(c if isinstance(c, Cell) else Cell(c) for c in cells), is_total=total)


def group(heading: str) -> Row:
    """A row that heads those below it."""
    return Row((Cell(heading),), is_group=True)


def part_node(part: Cards | ChartPlace | DataTable) -> Node:
    """A part as a node of the text; outputs replace it before pandoc sees the tree."""
    return {"t": type(part).__name__, "c": part}


CONTENTS = "Contents"
"""The kind of the node that stands for the list of chapters; it holds its heading."""


def is_number(figure: Node) -> bool:
    """Whether a figure in the text is its number, rather than a date or a rate: numbers stand out."""
    token = attributes(figure)["figure"]
    return ":" not in token and not token.endswith(".when")


def kept_with_next(blocks: list[Node], keep: Callable[[Node], list[Node]]) -> list[Node]:
    """Blocks, with the paragraph before each chart or table changed by `keep`: it stays with them."""
    result: list[Node] = []
    for block, after in zip(blocks, [*blocks[1:], {"t": ""}], strict=True):
        is_lead = block["t"] == "Para" and after["t"] in (ChartPlace.__name__, DataTable.__name__)
        result += keep(block) if is_lead else [block]
    return result
