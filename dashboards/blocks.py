"""The blocks and inlines that pages add to those of every document.

What stands among blocks as a Dash component is for the screen alone: a button, files, a way onward.
`screen` draws all of them; `for_files` tells what a file shows of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dash.development.base_component import Component

from ennum_stats.document import blocks as doc
from ennum_stats.store.answers import Source
from ennum_stats.typography import typeset

_FRENCH = re.compile(r"(Cyberécole|Cyberclasse|École Numérique|promotion sociale)")

# --- inlines ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PageLink(doc.Link):
    """Hold a link to another page or view; `is_evidence` opens it beside the page."""

    is_evidence: bool = False
    label: str = ""
    """What readers of screens are told in place of its words."""
    is_here: bool = False
    """Whether it leads to the page on which it stands."""


@dataclass(frozen=True)
class Quiet(doc.Small):
    """Hold words below the rest, among which links are ways onward, for screens alone."""


@dataclass(frozen=True)
class Highlight:
    """Hold what of a name a reader typed."""

    words: str


@dataclass(frozen=True)
class Sign:
    """Hold a sign that readers of screens are told in other words."""

    words: str


@dataclass(frozen=True)
class LargeNumber:
    """Hold a number in large type with its unit; `cell` is under which name a screen tells when it changes,
    and `label` what it is of."""

    words: str
    unit: str
    cell: str
    label: str


@dataclass(frozen=True)
class OwnLine:
    """Hold inlines on a line of their own."""

    inlines: doc.Inlines


@dataclass(frozen=True)
class Items:
    """Hold a list in a cell; with a `summary` it is folded away, by a key that is given once a page."""

    items: tuple[doc.Inlines, ...]
    summary: str = ""
    key: str = ""

    @property
    def inlines(self) -> doc.Inlines:
        """Give its items one after the other."""
        return tuple(inline for item in self.items for inline in (*item, " "))


@dataclass(frozen=True)
class Cited:
    """Hold documents with the words that cite them: a page that lists its sources at its end has their numbers
    there in place of these words, after `lead`."""

    inlines: doc.Inlines
    sources: tuple[Source, ...]
    lead: str


@dataclass(frozen=True)
class Moment:
    """Hold a day in words, with the day itself for programs."""

    words: str
    day: str


@dataclass(frozen=True)
class Muted:
    """Hold what stands in place of a number: a dash, or why there is none."""

    inlines: doc.Inlines


@dataclass(frozen=True)
class SmallDrawing:
    """Hold a drawing without words beside a number, which says the same; `programme` gives it its colour."""

    svg: str = field(repr=False)
    style: str = "spark"
    programme: str = ""


# --- blocks -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trail:
    """Hold the way to where the reader is: what stands above, by label and address, and the place itself."""

    above: tuple[tuple[str, str], ...]
    here: str


@dataclass(frozen=True)
class Division(doc.Section):
    """Hold blocks that stand together on a screen; with a `role`, readers of screens are told when they
    change."""

    role: str = ""


@dataclass(frozen=True)
class OnScreen(doc.Section):
    """Hold a section for screens alone."""


@dataclass(frozen=True)
class Shelf(doc.Folded):
    """Hold blocks folded away on screens alone: in files they stand below their summary."""


@dataclass(frozen=True)
class Ordinary:
    """Hold a part of an ordinary page of Dash: the component on a screen, the blocks in files."""

    component: Component
    blocks: doc.Blocks


@dataclass(frozen=True)
class ChartFrame(doc.Section):
    """Hold a chart with its title, its sources and its table."""


@dataclass(frozen=True)
class Stage(doc.ChartBlock):
    """Hold the drawing of a chart, which becomes live."""


@dataclass(frozen=True)
class PageCard(doc.Card):
    """Hold a key figure with what a screen alone can do with it."""

    tools: tuple[Component, ...] = ()


@dataclass(frozen=True)
class PageRow(doc.Row):
    """Hold a row in the colour of a programme."""

    programme: str = ""


@dataclass(frozen=True)
class PageTable(doc.WrittenTable):
    """Hold a table of a page. Sorted by a click on a heading, unless its order is its address's or its lines
    add up; `ordered` tells by which column its address sorts it, "ascending" or "descending"."""

    is_sortable: bool = True
    is_barred: bool = False
    """Whether its numbers have bars."""
    ordered: tuple[int, str] | None = None


PageBlock = doc.Block | Trail | doc.Verbatim | Ordinary | Component
"""A part of a page."""

# --- reading them ---------------------------------------------------------------------------------------


def french_names(text: str, language: str) -> list[tuple[str, str]]:
    """Part a text, as its language sets it, where French names stand in another language: each part with its
    language, where it is another one."""
    text = typeset(text, language)
    if language == "fr" or not _FRENCH.search(text):
        return [(text, "")]
    return [(part, "fr" if n % 2 else "") for n, part in enumerate(_FRENCH.split(text)) if part]


def _lines_of(inlines: Any) -> Iterator[str]:
    """Yield what inlines say; what has a line of its own stands alone."""
    together: list[Any] = []
    for inline in inlines if isinstance(inlines, tuple | list) else (inlines,):
        match inline:
            case OwnLine():
                yield from _lines_of(inline.inlines)
            case Items():
                yield inline.summary
                yield from (line for item in inline.items for line in _lines_of(item))
            case _:
                together.append(inline)
    yield doc.plain_text(together)


def texts_of(blocks: Iterable[Any]) -> Iterator[str]:
    """Yield what blocks say, also what is folded away; not what drawings and parts for screens alone say."""
    for block in blocks:
        match block:
            case doc.Section() | Ordinary():
                yield from texts_of(block.blocks)
            case doc.Folded():
                yield doc.plain_text(block.summary)
                yield from texts_of(block.blocks)
            case doc.Heading() | doc.Paragraph():
                yield from _lines_of(block.inlines)
            case doc.Bullets():
                yield from (line for item in block.items for line in _lines_of(item))
            case Trail():
                yield from (*(label for label, _ in block.above), block.here)
            case doc.Cards():
                yield block.heading
                for card in block.cards:
                    yield from (card.label, card.number, card.unit, *(text for _, text in card.notes))
            case doc.WrittenTable():
                yield block.caption
                yield from (doc.plain_text(column.heading) for column in block.columns)
                yield from (line for row in block.rows for cell in row.cells for line in _lines_of(cell))
