"""Hold a document as blocks and inlines, whatever it is shown as: a kit, a notice, slides, a page.

All are frozen, and their words are finished texts in the document's language. Renderers stand in the files
beside this one, one a format; each matches blocks by their class, goes through what only groups others, and
leaves out what it does not know. What one output alone has (a button of a screen) is a class of that output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ennum_stats.typography import NBSP

if TYPE_CHECKING:
    from ennum_stats.charts.spec import Chart

# --- inlines ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """Hold words in another language than the document's, as titles and remarks are."""

    words: str
    language: str = ""


@dataclass(frozen=True)
class Strong:
    """Hold words that stand out."""

    inlines: Inlines


@dataclass(frozen=True)
class Verbatim:
    """Hold words that are typed as they stand."""

    words: str


@dataclass(frozen=True)
class Link:
    """Hold words that lead somewhere: to another site, or from "/" on to a page of the dashboard."""

    inlines: Inlines
    url: str


@dataclass(frozen=True)
class Small:
    """Hold words below the rest of a cell or an item; in one line a dot stands before them."""

    inlines: Inlines


@dataclass(frozen=True)
class FigureWords:
    """Hold words of a figure, a date or a call, which change from day to day.

    `token` is how the text names it (`last_projects`), `figure` the name of the catalogue on that day."""

    words: str
    figure: str
    token: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a figure's number, which is emphasised, and not its date, a call or a rate."""
        return ":" not in self.figure and not self.figure.endswith((".when", ".claimed", ".published"))


@dataclass(frozen=True)
class Reference:
    """Hold the number of a chart or table elsewhere in the document, by "chart:NAME" or "table:NAME"."""

    key: str
    number: int


@dataclass(frozen=True)
class Marked:
    """Hold words of somebody's on which something is remarked: in words, as a style, and where the remark stands."""

    words: str
    label: str
    style: str
    anchor: str = ""


@dataclass(frozen=True)
class Sentence:
    """Hold words that stand only where conditions hold, under the name by which they are found later; words
    that a document or a definition proves alone have none, as no number changes them."""

    inlines: Inlines
    key: str
    conditions: Mapping[str, str]


Inline = str | Text | Strong | Verbatim | Link | Small | FigureWords | Reference | Marked | Sentence
"""A string is words in the document's language. Outputs may add classes with `inlines` or `words`."""
Inlines = tuple[Any, ...]

# --- blocks -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """Hold a heading; its `anchor` is the name under which links find it."""

    level: int
    inlines: Inlines
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Hold a paragraph; a "small", "source" or "note" one is set in small type."""

    inlines: Inlines
    style: str = ""

    @property
    def is_small(self) -> bool:
        """Whether it says where something comes from, or how to read it."""
        return self.style in ("small", "source", "note")


@dataclass(frozen=True)
class Bullets:
    """Hold a list, each item of one paragraph."""

    items: tuple[Inlines, ...]
    is_numbered: bool = False
    style: str = ""


@dataclass(frozen=True)
class Definitions:
    """Hold terms with their meanings; each has an anchor, which may be empty."""

    items: tuple[tuple[Inlines, Inlines, str], ...]


@dataclass(frozen=True)
class Quotation:
    """Hold what somebody says, in their words; `by` whom, where they do not say it themselves."""

    blocks: Blocks
    by: str = ""


_LONG_NUMBER = 11


@dataclass(frozen=True)
class Card:
    """Hold a key figure: its number in large type, how sure it is, label and documents, and `notes` in styles."""

    figure: str
    label: str
    number: str
    unit: str
    precision: str
    evidence: str
    programme: str = ""
    """The programme whose colour the card has; empty where it belongs to none."""
    notes: tuple[tuple[str, str], ...] = ()
    is_worded: bool = False
    """Whether its number is words, which no large type is for."""
    drawing: str = field(default="", repr=False)
    """A small drawing below the number, as SVG."""

    @property
    def is_long(self) -> bool:
        """Whether its number, such as a span of sums, has no place in a line of the largest type."""
        return len(self.number) > _LONG_NUMBER


@dataclass(frozen=True)
class Cards:
    """Hold key figures side by side, with their heading and a note."""

    cards: tuple[Card, ...]
    heading: str = ""
    note: str = ""


@dataclass(frozen=True)
class TextColumn:
    """Hold a column of words: its heading, its share of the width, and whether it stands to the right."""

    heading: Inlines
    width: int = 1
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """Hold a row of cells, each inlines; a group's row is one cell as wide as the table."""

    cells: tuple[Inlines, ...]
    is_group: bool = False
    is_total: bool = False


_ON_ONE_PAGE = 15
"""How many lines of a table are not divided between pages."""


@dataclass(frozen=True)
class WrittenTable:
    """Hold a table of words ready to be shown; the first column names the row."""

    columns: tuple[TextColumn, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    name: str = ""
    number: int = 0
    """Its number among the tables of a document that counts them."""
    is_dense: bool = False
    """Whether it is set in small type, as a list to look something up in."""

    @property
    def key(self) -> str:
        """How references name it."""
        return f"table:{self.name}"

    @property
    def is_kept(self) -> bool:
        """Whether it is so short that no page divides it; a longer one would leave much of a page empty."""
        lines = (max(len(lines_of(cell)) for cell in row.cells) for row in self.rows)
        return not self.is_dense and sum(lines) <= _ON_ONE_PAGE

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """The words of its cells, row by row, the heading first; a group is a row of one cell."""
        head = tuple(plain_text(column.heading) for column in self.columns)
        return (head, *(tuple("\n".join(lines_of(cell)) for cell in row.cells) for row in self.rows))


@dataclass(frozen=True)
class ChartBlock:
    """Hold a chart at its place: each output draws the declaration, with title, note and sources."""

    chart: Chart
    number: int = 0
    """Its number among the charts of a document that counts them."""
    caption: str = ""
    """What it shows, in a few words: the name of its control."""
    height: int = 0
    """How high its drawing is on a page in px, where it is not as high as its kind."""

    @property
    def key(self) -> str:
        """How references name it."""
        return f"chart:{self.chart.name}"


@dataclass(frozen=True)
class Illustration:
    """Hold a drawing that is no declared chart, as SVG, with its description."""

    svg: str = field(repr=False)
    alt: str
    style: str = ""


@dataclass(frozen=True)
class Contents:
    """Hold the place of the table of contents."""

    heading: str


@dataclass(frozen=True)
class Section:
    """Hold blocks that belong together."""

    blocks: Blocks
    style: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Folded:
    """Hold blocks behind a summary; where nothing can be opened, what is closed is left out."""

    summary: Inlines
    blocks: Blocks
    is_open: bool = False
    style: str = ""
    anchor: str = ""


Block = (
    Heading | Paragraph | Bullets | Definitions | Quotation | Cards | WrittenTable | ChartBlock | Illustration
    | Contents | Section | Folded
)  # fmt: skip
Blocks = tuple[Any, ...]

# --- reading ------------------------------------------------------------------------------------------


def flat(blocks: Iterable[Any]) -> Iterator[Any]:
    """Yield blocks in their order as a file shows them: without groups and without what is folded away."""
    for block in blocks:
        if isinstance(block, Section) or (isinstance(block, Folded) and block.is_open):
            yield from flat(block.blocks)
        elif not isinstance(block, Folded):
            yield block


def inlines_of(inlines: Iterable[Any]) -> Iterator[Any]:
    """Yield every inline at or below some, in the order of the text."""
    for inline in inlines:
        yield inline
        yield from inlines_of(getattr(inline, "inlines", ()))


def plain_text(inlines: Any) -> str:
    """Give the words of inlines or of running text, without formatting."""
    match inlines:
        case str():
            return inlines
        case tuple() | list():
            return "".join(map(plain_text, inlines))
        case Reference():
            return str(inlines.number)
        case Small():
            return f" · {plain_text(inlines.inlines)}"
        case _:
            names = ("inlines", "words", "items", "blocks")
            return "".join(plain_text(getattr(inlines, name, ())) for name in names)


def words_of(inlines: Inlines) -> str:
    """Give the words of inlines in one line, without the spaces that what was left out had around it."""
    return re.sub(" {2,}", " ", plain_text(inlines)).strip(" ")


def lines_of(cell: Inlines) -> list[str]:
    """List the lines of a cell; several are items of a list."""
    lines = plain_text(cell).split("\n")
    return [f"–{NBSP}{line}" if len(lines) > 1 else line for line in lines]


def anchor_of(words: str) -> str:
    """Make the anchor of a heading of its words.

    >>> anchor_of("Le budget, d’année en année")
    'le-budget-dannée-en-année'
    """
    kept = re.sub(r"[^\w.\- ]", "", words.lower().replace(NBSP, " "))
    return re.sub(r"^[^a-zà-ÿ]+", "", "-".join(kept.split()))


# --- making -------------------------------------------------------------------------------------------


def row(*cells: Any, total: bool = False) -> Row:
    """Make a row of cells; a text or another inline becomes a cell."""
    return Row(tuple(cell if isinstance(cell, tuple) else (cell,) for cell in cells), is_total=total)


def group(heading: str) -> Row:
    """Make a row that heads those below it."""
    return Row(((heading,),), is_group=True)


def column(heading: str, width: int = 1, *, is_number: bool = False) -> TextColumn:
    """Make a column of words."""
    return TextColumn((heading,), width, is_number)


def written_table(header: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> WrittenTable:
    """Make a table of words from headings and texts."""
    columns = tuple(TextColumn((heading,)) for heading in header)
    return WrittenTable(columns, tuple(row(*cells) for cells in rows), caption)
