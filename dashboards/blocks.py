"""What a page is made of: a few kinds of block, each drawn by the template of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

Cell = str | Decimal | None


@dataclass(frozen=True)
class Link:
    """Where to go, and what it is called. `is_evidence` opens beside the page where a script runs."""

    address: str
    label: str
    is_evidence: bool = False


@dataclass(frozen=True)
class Text:
    """A heading with paragraphs, or with a list."""

    kind: ClassVar[str] = "text"
    heading: str = ""
    paragraphs: Sequence[str] = ()
    items: Sequence[str] = ()
    links: Sequence[Link] = ()
    anchor: str = ""


@dataclass(frozen=True)
class Card:
    """A key figure: the number large; unit, precision, change, source and date small around it."""

    name: str
    label: str
    number: str
    unit: str
    precision: str
    change: str
    source: str
    source_language: str
    words: str
    address: str
    copied: str
    programme: str = ""
    is_worded: bool = False
    """Whether `number` is words: why there is none."""


@dataclass(frozen=True)
class Cards:
    """Key figures side by side."""

    kind: ClassVar[str] = "cards"
    cards: Sequence[Card]
    heading: str = ""


@dataclass(frozen=True)
class Grid:
    """Rows in words, with a link in the first column where a row has one."""

    kind: ClassVar[str] = "grid"
    name: str
    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    links: Sequence[Link | None] = ()
    downloads: Sequence[Link] = ()
    numeric: frozenset[int] = field(default=frozenset())
    """Columns that are set to the right."""
    foreign: frozenset[int] = field(default=frozenset())
    """Columns with titles of documents, which stay in their own language."""
    heading: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart of the package: wide and narrow drawing, and what is said around it."""

    kind: ClassVar[str] = "picture"
    name: str
    title: str
    subtitle: str
    wide: str
    narrow: str
    note: str
    source: str
    address: str
    table: Grid
    downloads: Sequence[Link]
    copied: str
    table_label: str
    """What opens the table."""
    is_broad: bool = False
    """Whether it needs more room than a phone is wide: there it is scrolled."""
    is_alone: bool = False
    """Whether the page is about this chart only."""


@dataclass(frozen=True)
class Choice:
    """A filter on the page, with what is chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True)
class Choices:
    """The filters of a page, and what an address must keep beside them."""

    kind: ClassVar[str] = "choices"
    choices: Sequence[Choice]
    kept: Sequence[tuple[str, str]]


Block = Text | Cards | Grid | Picture | Choices
