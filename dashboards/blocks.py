"""The blocks and inlines that pages add to those of every document.

What stands among blocks as a Dash component is for the screen alone: a control, a button, files, a way onward.
`screen` draws all of them; `for_files` gives what a file shows of a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from dashboards.follow import public_address
from ennum_stats.document.blocks import (
    Bullets,
    Card,
    ChartBlock,
    Folded,
    Heading,
    Inlines,
    Link,
    Paragraph,
    Row,
    Section,
    Small,
    Strong,
    Text,
    TextColumn,
    WrittenTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    """Words below the rest, after which a way onward stands that is for screens alone."""


@dataclass(frozen=True)
class Line:
    """Inlines on a line of their own."""

    inlines: Inlines


@dataclass(frozen=True)
class Items:
    """A list in a cell; with a `summary` it is folded away, by a key that is given once a page."""

    items: tuple[Inlines, ...]
    summary: str = ""
    key: str = ""


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
class Group(Section):
    """Blocks that stand together on a screen; with a `role`, readers of screens are told when they change."""

    role: str = ""


@dataclass(frozen=True)
class Figure(Section):
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


# --- what a file shows --------------------------------------------------------------------------------


def for_files(blocks: Iterable[Any]) -> Iterator[Any]:
    """Yield the blocks of a page that are for files too, without groups and without what is folded away."""
    for block in blocks:
        match block:
            case Section(blocks=inside) | Folded(blocks=inside, is_open=True):
                yield from for_files(inside)
            case Heading() | Paragraph():
                if inlines := inlines_for_files(block.inlines):
                    yield replace(block, inlines=inlines)
            case Bullets():
                shown = (inlines_for_files(one) for one in block.items if not _is_way(block, one))
                if items := tuple(filter(None, shown)):
                    yield replace(block, items=items)
            case WrittenTable():
                yield _table_for_files(block)
            case Component() | Folded():
                pass
            case _:
                yield block


def inlines_for_files(inlines: Iterable[Any]) -> Inlines:
    """Leave out of inlines what is for screens; a link stays where its address can be told elsewhere."""
    return tuple(shown for inline in inlines for shown in _inline_for_files(inline))


def _inline_for_files(inline: Any) -> Iterable[Any]:
    match inline:
        case str() | Text():
            return (inline,) if inline else ()
        case Link():
            url = public_address(inline.url) if inline.url.startswith("/") else inline.url
            inside = inlines_for_files(inline.inlines)
            return (Link(inside, url),) if url.startswith(("https://", "http://")) else inside
        case Small():
            inside = inlines_for_files(inline.inlines)
            return (Small(inside), " ") if inside else ()
        case Strong():
            return (Strong(inlines_for_files(inline.inlines)),)
        case Line():
            return (" ", *inlines_for_files(inline.inlines), " ")
        case Items(summary=""):
            return tuple(part for one in inline.items for part in (*inlines_for_files(one), " "))
        case Muted():
            return inlines_for_files(inline.inlines)
        case Component() | SmallDrawing() | Items():
            return ()
        case _:
            return (Text(inline.words),)


def _is_way(block: Bullets, item: Sequence[Any]) -> bool:
    """Tell whether an item of a list of links leads to another page, which a file does not."""
    return block.style == "links" and isinstance(item[0], Link) and item[0].url.startswith("/")


def _table_for_files(table: WrittenTable) -> WrittenTable:
    """Leave out the columns of which a file shows nothing, as links that change the page."""
    rows = [[inlines_for_files(cell) for cell in row.cells] for row in table.rows]
    kept = [at for at in range(len(table.columns)) if any(row[at] for row in rows)]
    columns = (table.columns[at] for at in kept)
    return replace(
        table,
        columns=tuple(TextColumn(inlines_for_files(c.heading), c.width, c.is_number) for c in columns),
        rows=tuple(Row(tuple(row[at] for at in kept)) for row in rows),
    )
