"""The blocks and inlines that pages add to those of every document.

What stands among blocks as a Dash component is for the screen alone: a button, files, a way onward.
`screen` draws all of them; `for_files` gives what a file shows of a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from dashboards.follow import public_address
from ennum_stats.document.blocks import (
    Block,
    Bullets,
    Card,
    Cards,
    ChartBlock,
    Definitions,
    Folded,
    Heading,
    Illustration,
    Inlines,
    Link,
    Paragraph,
    Row,
    Section,
    Small,
    Strong,
    Text,
    Verbatim,
    WrittenTable,
    plain_text,
)
from ennum_stats.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ELSEWHERE = ("https://", "http://", "mailto:", "tel:")
"""How an address begins that leads somewhere from a file, too."""

_SPACES = re.compile(" {2,}")
_FRENCH = re.compile(r"(Cyberécole|Cyberclasse|École Numérique|promotion sociale)")

# --- inlines ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PageLink(Link):
    """A link to another page or view; `is_evidence` opens it beside the page."""

    is_evidence: bool = False
    label: str = ""
    """What readers of screens are told in place of its words."""
    is_here: bool = False
    """Whether it leads to the page on which it stands."""


@dataclass(frozen=True)
class Quiet(Small):
    """Words below the rest, among which links are ways onward, for screens alone."""


@dataclass(frozen=True)
class Highlight:
    """What of a name a reader typed."""

    words: str


@dataclass(frozen=True)
class Sign:
    """A sign that readers of screens are told in other words."""

    words: str


@dataclass(frozen=True)
class LargeNumber:
    """A number in large type with its unit; `cell` is under which name a screen tells when it changes, and
    `label` what it is of."""

    words: str
    unit: str
    cell: str
    label: str


@dataclass(frozen=True)
class OwnLine:
    """Inlines on a line of their own."""

    inlines: Inlines


@dataclass(frozen=True)
class Items:
    """A list in a cell; with a `summary` it is folded away, by a key that is given once a page."""

    items: tuple[Inlines, ...]
    summary: str = ""
    key: str = ""

    @property
    def inlines(self) -> Inlines:
        """Its items one after the other."""
        return tuple(inline for item in self.items for inline in (*item, " "))


@dataclass(frozen=True)
class Moment:
    """A day in words, with the day itself for programs."""

    words: str
    day: str


@dataclass(frozen=True)
class Muted:
    """What stands in place of a number: a dash, or why there is none."""

    inlines: Inlines


@dataclass(frozen=True)
class SmallDrawing:
    """A drawing without words beside a number, which says the same; `programme` gives it its colour."""

    svg: str = field(repr=False)
    style: str = "spark"
    programme: str = ""


# --- blocks -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trail:
    """The way to where the reader is: what stands above, by label and address, and the place itself."""

    above: tuple[tuple[str, str], ...]
    here: str


@dataclass(frozen=True)
class Division(Section):
    """Blocks that stand together on a screen; with a `role`, readers of screens are told when they change."""

    role: str = ""


@dataclass(frozen=True)
class OnScreen(Section):
    """A section for screens alone."""


@dataclass(frozen=True)
class ChartFrame(Section):
    """A chart with its title, its sources and its table."""


@dataclass(frozen=True)
class Stage(ChartBlock):
    """The drawing of a chart, which becomes live; as high as its kind is where no `height` in px is given."""

    height: int = 0


@dataclass(frozen=True)
class PageCard(Card):
    """A key figure with what a screen alone can do with it."""

    tools: tuple[Component, ...] = ()


@dataclass(frozen=True)
class PageRow(Row):
    """A row in the colour of a programme."""

    programme: str = ""


@dataclass(frozen=True)
class PageTable(WrittenTable):
    """A table of a page. Sorted by a click on a heading, unless its order is its address's or its lines add
    up; `ordered` tells by which column its address sorts it, "ascending" or "descending"."""

    is_sortable: bool = True
    is_barred: bool = False
    """Whether its numbers have bars."""
    ordered: tuple[int, str] | None = None


PageBlock = Block | Trail | Verbatim | Component
"""A part of a page."""

# --- what a file shows --------------------------------------------------------------------------------


def for_files(blocks: Iterable[Any], language: str) -> Iterator[Any]:
    """Yield the blocks of a page that are for files too, set as their language is, without groups and without
    what is folded away."""
    for block in blocks:
        match block:
            case (
                OnScreen() | Paragraph(style="tools") | Trail() | Illustration(alt="") | Component()
            ):
                pass
            case Section(blocks=inside) | Folded(blocks=inside, is_open=True):
                yield from for_files(inside, language)
            case Heading() | Paragraph():
                if inlines := inlines_for_files(block.inlines, language):
                    yield replace(block, inlines=inlines)
            case Definitions():
                for term, meaning, _ in block.items:
                    parts = (Heading(3, term), Paragraph(meaning))
                    yield from for_files(parts, language)
            case Cards(heading=heading):
                yield from for_files([Heading(2, (heading,))] if heading else [], language)
                yield replace(block, heading="")
            case Bullets():
                items = (one for one in block.items if not _is_way(block, one))
                shown = (inlines_for_files(one, language) for one in items)
                if kept := tuple(filter(None, shown)):
                    yield replace(block, items=kept)
            case WrittenTable():
                yield _table_for_files(block, language)
            case Folded():
                pass
            case _:
                yield block


def words_of(inlines: Inlines) -> str:
    """Give the words of inlines in one line."""
    return _SPACES.sub(" ", plain_text(inlines)).strip(" ")


def french_names(text: str, language: str) -> list[tuple[str, str]]:
    """Part a text, as its language sets it, where French names stand in another language: each part with its
    language, where it is another one."""
    text = typeset(text, language)
    if language == "fr" or not _FRENCH.search(text):
        return [(text, "")]
    return [(part, "fr" if n % 2 else "") for n, part in enumerate(_FRENCH.split(text)) if part]


def inlines_for_files(inlines: Iterable[Any], language: str) -> Inlines:
    """Leave out of inlines what is for screens; a link stays where its address can be told elsewhere."""
    return tuple(shown for inline in inlines for shown in _inline_for_files(inline, language))


def _inline_for_files(inline: Any, language: str) -> Iterable[Any]:
    match inline:
        case str():
            return (Text(*part) for part in french_names(inline, language)) if inline else ()
        case Text() | Verbatim():
            return (inline,) if inline.words else ()
        case LargeNumber():
            return (Strong((Text(inline.words),)), Text(f" {inline.unit}"))
        case Highlight() | Moment() | Sign():
            return (Text(inline.words),)
        case Component() | SmallDrawing():
            return ()
    is_kept = not isinstance(inline, Quiet)
    inside = inlines_for_files(
        (one for one in inline.inlines if is_kept or not isinstance(one, Link)), language
    )
    match inline:
        case Link():
            url = public_address(inline.url) if inline.url.startswith("/") else inline.url
            return (Link(inside, url),) if url.startswith(_ELSEWHERE) else inside
        case Small():
            return (Small(inside), Text(" ")) if inside else ()
        case Strong():
            return (Strong(inside),)
        case OwnLine():
            return (Text(" "), *inside, Text(" "))
        case Items() if inline.summary:
            return ()
        case _:
            return inside


def _is_way(block: Bullets, item: Sequence[Any]) -> bool:
    """Tell whether an item of a list of links leads to another page, which a file does not."""
    return block.style == "links" and isinstance(item[0], Link) and item[0].url.startswith("/")


def _table_for_files(table: WrittenTable, language: str) -> WrittenTable:
    """Leave out the columns of which a file shows nothing, as links that change the page."""
    rows = [[inlines_for_files(cell, language) for cell in row.cells] for row in table.rows]
    kept = [at for at in range(len(table.columns)) if any(row[at] for row in rows)]
    columns = [
        replace(one, heading=inlines_for_files(one.heading, language)) for one in table.columns
    ]
    return replace(
        table,
        columns=tuple(columns[at] for at in kept),
        rows=tuple(Row(tuple(row[at] for at in kept)) for row in rows),
    )


def texts_of(blocks: Iterable[Any]) -> Iterator[str]:
    """Yield what blocks say, also what is folded away; not what drawings and parts for screens alone say."""
    for block in blocks:
        match block:
            case Section():
                yield from texts_of(block.blocks)
            case Folded():
                yield plain_text(block.summary)
                yield from texts_of(block.blocks)
            case Heading() | Paragraph():
                yield plain_text(block.inlines)
            case Bullets():
                yield from map(plain_text, block.items)
            case Trail():
                yield from (*(label for label, _ in block.above), block.here)
            case Cards():
                yield block.heading
                for card in block.cards:
                    yield from (
                        card.label,
                        card.number,
                        card.unit,
                        *(text for _, text in card.notes),
                    )
            case WrittenTable():
                yield block.caption
                yield from (plain_text(column.heading) for column in block.columns)
                yield from (plain_text(cell) for row in block.rows for cell in row.cells)
