"""What a file shows of a page: its blocks without what only a screen can do, and without what is folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from dashboards import blocks as page_blocks
from dashboards.follow import public_address
from ennum_stats.document import blocks as doc

_ELSEWHERE = ("https://", "http://", "mailto:", "tel:")
"""How an address begins that leads somewhere from a file, too."""


def for_files(blocks: Iterable[Any], language: str) -> Iterator[Any]:
    """Yield the blocks of a page that are for files too, set as their language is, without groups and without
    what is folded away."""
    for block in blocks:
        match block:
            case page_blocks.Shelf(summary=summary, blocks=below):
                yield from _headed(doc.Heading(3, summary), below, language)
            case (
                page_blocks.OnScreen()
                | doc.Folded(is_open=False)
                | doc.Paragraph(style="tools")
                | page_blocks.Trail()
                | doc.Illustration(alt="")
                | Component()
            ):
                pass
            case doc.Section(blocks=(doc.Heading() as heading, first, *others)):
                yield from _headed(heading, (first, *others), language)
            case (
                doc.Section(blocks=inside)
                | page_blocks.Ordinary(blocks=inside)
                | doc.Folded(blocks=inside, is_open=True)
            ):
                yield from for_files(inside, language)
            case doc.Heading() | doc.Paragraph():
                if inlines := inlines_for_files(block.inlines, language):
                    yield replace(block, inlines=inlines)
            case doc.Definitions():
                for term, meaning, _ in block.items:
                    parts = (doc.Heading(3, term), doc.Paragraph(meaning))
                    yield from for_files(parts, language)
            case doc.Cards(heading=heading):
                yield from for_files([doc.Heading(2, (heading,))] if heading else [], language)
                yield replace(block, heading="")
            case doc.Bullets():
                items = (each for each in block.items if not _is_way(block, each))
                shown = (inlines_for_files(each, language) for each in items)
                if kept := tuple(filter(None, shown)):
                    yield replace(block, items=kept)
            case doc.WrittenTable():
                if block.rows:
                    yield _table_for_files(block, language)
            case _:
                yield block


def _headed(heading: doc.Heading, below: Iterable[Any], language: str) -> Iterator[Any]:
    """Yield what stands below a heading with it; nothing where these are but ways onward."""
    if shown := [*for_files(below, language)]:
        yield from (*for_files([heading], language), *shown)


def answer_first(blocks: Iterable[Any]) -> list[Any]:
    """Put first what a page answers with: its first chart, and in it the sentences that the page begins with."""
    blocks = [*blocks]
    opening = next(
        (at for at, block in enumerate(blocks) if not isinstance(block, doc.Paragraph)), len(blocks)
    )
    chart = next((at for at, block in enumerate(blocks) if isinstance(block, doc.ChartBlock)), None)
    if chart is None:
        return blocks
    headings = [at for at in range(opening, chart) if isinstance(blocks[at], doc.Heading)]
    start = headings[-1] if headings else chart
    end = next(
        (at for at in range(chart + 1, len(blocks)) if not isinstance(blocks[at], doc.Paragraph)), len(blocks)
    )
    return [
        *blocks[start : start + 1],
        *blocks[:opening],
        *blocks[start + 1 : end],
        *blocks[opening:start],
        *blocks[end:],
    ]


def inlines_for_files(inlines: Iterable[Any], language: str) -> doc.Inlines:
    """Leave out of inlines what is for screens; a link stays where its address can be told elsewhere."""
    return tuple(shown for inline in inlines for shown in _inline_for_files(inline, language))


def _inline_for_files(inline: Any, language: str) -> Iterable[Any]:
    match inline:
        case str():
            return (doc.Text(*part) for part in page_blocks.french_names(inline, language)) if inline else ()
        case doc.Text() | doc.Verbatim():
            return (inline,) if inline.words else ()
        case page_blocks.LargeNumber():
            return (doc.Strong((doc.Text(inline.words),)), doc.Text(f" {inline.unit}"))
        case page_blocks.Highlight() | page_blocks.Moment() | page_blocks.Sign():
            return (doc.Text(inline.words),)
        case Component() | page_blocks.SmallDrawing():
            return ()
    is_kept = not isinstance(inline, page_blocks.Quiet)
    inside = inlines_for_files(
        (each for each in inline.inlines if is_kept or not isinstance(each, doc.Link)), language
    )
    match inline:
        case doc.Link():
            url = public_address(inline.url) if inline.url.startswith("/") else inline.url
            return (doc.Link(inside, url),) if url.startswith(_ELSEWHERE) else inside
        case doc.Small():
            return (doc.Small(inside), doc.Text(" ")) if inside else ()
        case doc.Strong():
            return (doc.Strong(inside),)
        case page_blocks.OwnLine():
            return (doc.Text(" "), *inside, doc.Text(" "))
        case page_blocks.Items() if inline.summary:
            return ()
        case _:
            return inside


def _is_way(block: doc.Bullets, item: Sequence[Any]) -> bool:
    """Tell whether an item of a list of links leads to another page, which a file does not."""
    return block.style == "links" and isinstance(item[0], doc.Link) and item[0].url.startswith("/")


def _table_for_files(table: doc.WrittenTable, language: str) -> doc.WrittenTable:
    """Leave out the columns of which a file shows nothing, as links that change the page."""
    rows = [[inlines_for_files(cell, language) for cell in row.cells] for row in table.rows]
    kept = [at for at in range(len(table.columns)) if any(row[at] for row in rows)]
    columns = [replace(each, heading=inlines_for_files(each.heading, language)) for each in table.columns]
    return replace(
        table,
        columns=tuple(columns[at] for at in kept),
        rows=tuple(doc.Row(tuple(row[at] for at in kept)) for row in rows),
    )
