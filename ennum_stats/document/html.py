"""Write blocks as HTML that needs nothing else: accessible, printable, its drawings in light and dark colours
and in a narrow form for telephones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Any

from ennum_stats.document import blocks as doc
from ennum_stats.drawing.picture import size_of
from ennum_stats.drawing.svg import page_svg
from ennum_stats.drawing.theme import LIGHT
from ennum_stats.errors import message
from ennum_stats.languages import tag_of, translate

DESCRIPTION = message("The chart in words, and its documents")
_GROWTH = 1.65
"""How much higher a drawing may be before its type is smaller: it must be read on a telephone."""


def html_of(blocks: doc.Blocks, language: str, *, first_level: int = 1) -> str:
    """Write blocks; `first_level` is that of the highest heading."""
    return "\n".join(filter(None, (_block(block, blocks, language, first_level) for block in blocks)))


def table_html(table: doc.WrittenTable) -> str:
    """Write a table as plain HTML, as a notebook shows it."""
    head = "".join(
        f'<th scope="col">{escape(doc.plain_text(column.heading))}</th>' for column in table.columns
    )
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(doc.plain_text(cell))}</td>" for cell in row.cells) + "</tr>"
        for row in table.rows
    )
    return (
        f"<table><caption>{escape(table.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _block(block: Any, blocks: doc.Blocks, language: str, first_level: int) -> str:
    match block:
        case doc.Heading():
            tag = f"h{block.level - 1 + first_level}"
            return f'<{tag} id="{escape(block.anchor)}">{inlines_html(block.inlines)}</{tag}>'
        case doc.Paragraph():
            return f"<p>{inlines_html(block.inlines)}</p>"
        case doc.Bullets():
            tag = "ol" if block.is_numbered else "ul"
            items = "\n".join(f"<li>{inlines_html(item)}</li>" for item in block.items)
            return f"<{tag}>\n{items}\n</{tag}>"
        case doc.Definitions():
            items = "\n".join(
                f'<dt id="{escape(anchor)}">{inlines_html(term)}</dt><dd>{inlines_html(meaning)}</dd>'
                for term, meaning, anchor in block.items
            )
            return f"<dl>\n{items}\n</dl>"
        case doc.Quotation():
            caption = f"<figcaption>{escape(block.by)}</figcaption>" if block.by else ""
            quoted = html_of(block.blocks, language)
            return f"<figure><blockquote>{quoted}</blockquote>{caption}</figure>"
        case doc.Cards():
            return _cards(block)
        case doc.ChartBlock():
            return _chart(block, language)
        case doc.WrittenTable():
            return _table(block, language)
        case doc.Contents():
            return _contents(block, blocks)
    return ""


def inlines_html(inlines: Iterable[Any]) -> str:
    """Write inlines; words of figures are marked where they are numbers."""
    return "".join(map(_inline, inlines))


def _inline(inline: Any) -> str:
    match inline:
        case str():
            return "<br>".join(escape(line, quote=False) for line in inline.split("\n"))
        case doc.Text():
            words = _inline(inline.words)
            return f'<span lang="{tag_of(inline.language)}">{words}</span>' if inline.language else words
        case doc.FigureWords():
            words = _inline(inline.words)
            return f'<span class="figure">{words}</span>' if inline.is_number and inline.token else words
        case doc.Marked():
            label = escape(inline.label)
            shown = f'<a href="#{escape(inline.anchor)}">{label}</a>' if inline.anchor else label
            return f'<mark class="{inline.style}">{_inline(inline.words)}</mark><sup>{shown}</sup>'
        case doc.Strong():
            return f"<strong>{inlines_html(inline.inlines)}</strong>"
        case doc.Reference():
            kind, _, name = inline.key.partition(":")
            place = name if kind == "chart" else inline.number
            return f'<a href="#{kind}-{place}">{inline.number}</a>'
        case doc.Link() if inline.url.startswith(("https://", "http://")):
            return f'<a href="{escape(inline.url)}">{inlines_html(inline.inlines)}</a>'
        case doc.Link() | doc.Sentence():
            return inlines_html(inline.inlines)
    return ""


def _contents(block: doc.Contents, blocks: doc.Blocks) -> str:
    lines = "".join(
        f'<li><a href="#{escape(inner.anchor)}">{escape(doc.plain_text(inner))}</a></li>'
        for inner in blocks
        if isinstance(inner, doc.Heading) and inner.level == 1
    )
    heading = escape(block.heading)
    return f'<nav aria-label="{heading}"><p>{heading}</p><ul>{lines}</ul></nav>'


def _cards(cards: doc.Cards) -> str:
    shown = "".join(map(_card, cards.cards))
    return (
        f'<section class="key" aria-labelledby="key-figures"><h2 id="key-figures">{escape(cards.heading)}'
        f'</h2><ul class="cards">{shown}</ul><p class="small">{escape(cards.note)}</p></section>'
    )


def _card(card: doc.Card) -> str:
    programme = card.programme.replace("_", "-") if card.programme in LIGHT.accents else "text"
    unit = f" <small>{escape(card.unit)}</small>" if card.unit else ""
    return (
        f'<li style="--programme:var(--ink-{programme})">'
        f'<p class="number">{escape(card.number)}{unit}</p>'
        f"<p><b>{escape(card.precision)}</b></p><p>{escape(card.label)}</p>"
        f'<p class="small">{escape(card.evidence)}</p></li>'
    )


def _chart(block: doc.ChartBlock, language: str) -> str:
    """Write a chart with its publishers; what it says in words, and its documents, are folded away below it."""
    chart = block.chart
    place = f"description-{chart.name}"
    drawings = "".join(
        f'<div class="{width}">{page_svg(chart, size, f"{chart.name}-{width}", description=place)}</div>'
        for width in ("wide", "narrow")
        for size in (replace(size_of(chart, width), growth=_GROWTH),)
    )
    lines = filter(None, (chart.note, chart.source_short))
    notes = "".join(f'<p class="small">{escape(line)}</p>' for line in lines)
    summary = escape(translate(DESCRIPTION, language))
    described = (
        f'<details class="small"><summary>{summary}</summary><p id="{place}">{escape(chart.description)}</p>'
        f"<p>{escape(chart.source_line)}</p></details>"
    )
    number = f"{translate('Chart', language)} {block.number}"
    return (
        f'<figure class="chart" id="chart-{chart.name}"><p class="message">{escape(chart.title)}</p>'
        f"<p>{escape(chart.subtitle)}</p>{drawings}{notes}{described}"
        f"<figcaption><b>{escape(number)}</b> {escape(block.caption)}</figcaption></figure>"
    )


def _table(table: doc.WrittenTable, language: str) -> str:
    number = f"{translate('Table', language)} {table.number}"
    head = "".join(
        f'<th scope="col"{_number(column.is_number)}>{inlines_html(column.heading)}</th>'
        for column in table.columns
    )
    rows = "".join(_row(row, [column.is_number for column in table.columns]) for row in table.rows)
    return (
        f'<div class="table" role="region" tabindex="0" aria-labelledby="table-{table.number}"><table>'
        f'<caption id="table-{table.number}"><b>{escape(number)}</b> {escape(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: doc.Row, numeric: list[bool]) -> str:
    if row.is_group:
        return f'<tr><th colspan="{len(numeric)}" scope="colgroup">{inlines_html(row.cells[0])}</th></tr>'
    mark = ' class="total"' if row.is_total else ""
    cells = (
        f"<td{_number(is_number)}>{inlines_html(cell)}</td>"
        for cell, is_number in zip(row.cells, numeric, strict=True)
    )
    return f"<tr{mark}>{''.join(cells)}</tr>"


def _number(is_number: bool) -> str:
    return ' class="numeric"' if is_number else ""
