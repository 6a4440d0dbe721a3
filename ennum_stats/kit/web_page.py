"""Write the kit as one page for browsers: a single file that needs nothing else, accessible and printable.

Pandoc writes the running text; head, cards, charts and tables are written here. Drawings have the light and
the dark colours of the dashboard, and a narrow form for telephones.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.picture import size_of
from ennum_stats.drawing.svg import page_svg
from ennum_stats.drawing.theme import FAMILY, PROGRAMME_COLOURS
from ennum_stats.drawing.web_look import WEB_WEIGHTS, page_colours, web_font
from ennum_stats.kit.document import (
    CONTENTS,
    EMPTY,
    REFERS,
    Card,
    Cards,
    ChartPlace,
    DataTable,
    Node,
    attributes,
    is_number,
    plain_text,
    raw_block,
    replaced,
    write,
)
from ennum_stats.kit.edition import Edition
from ennum_stats.languages import tag_of
from ennum_stats.table import Cell, Row

_SPANS = {400: "100 500", 600: "501 900"}
"""Which weights each of the two files stands for."""
_STYLE = Path(__file__).with_name("press-kit.css")


def page_look() -> str:
    """Give the style sheet of the page, with its typeface in it: the same in all languages."""
    faces = "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{_SPANS[degree]};'
        f'src:url("data:font/woff2;base64,{b64encode(web_font(weight)).decode()}")}}\n'
        for weight, degree in WEB_WEIGHTS.items()
    )
    return f"{faces}{page_colours()}\n{_STYLE.read_text('utf-8')}"


def write_page(
    edition: Edition, tree: Node, title: str, kind: str, charts: Mapping[str, Chart], look: str
) -> bytes:
    """Write the page of a resolved text with its charts."""
    body = replaced(tree["blocks"], lambda node: _part(edition, node, tree, charts))
    text = _html({**tree, "blocks": body})
    return _document(edition, title, kind, _photo(edition) + text, look)


def write_short_page(
    edition: Edition, title: str, kind: str, blocks: Sequence[Node], look: str
) -> bytes:
    """Write a page of running text alone; its first heading is the title."""
    tree = {**EMPTY, "blocks": [one for one in blocks if one["t"] != "Header" or one["c"][0] > 1]}
    return _document(edition, title, kind, _html(tree, shift=0), look)


def _html(tree: Node, shift: int = 1) -> str:
    options = (f"--shift-heading-level-by={shift}", "--wrap=none")
    return write({**tree, "meta": {}}, "html5", *options)


def _document(edition: Edition, title: str, kind: str, text: str, look: str) -> bytes:
    lines = "".join(f"<p>{escape(line)}</p>" for line in edition.cover_lines)
    logos = "".join(
        f'<img class="logo" src="{_data(logo)}" alt="{escape(edition.publisher_name)}">'
        for logo in edition.publisher.pictures.get("logo", ())
    )
    skip = escape(edition.t("Skip to the text"))
    return (
        f'<!DOCTYPE html>\n<html lang="{tag_of(edition.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(f'{title} – {kind}')}</title>\n"
        f'<meta name="author" content="{escape(edition.publisher_name)}">\n'
        f"<style>\n{look}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#text">{skip}</a>\n'
        f'<header><div class="stripe" aria-hidden="true">{_stripe()}</div>{logos}'
        f'<p class="kind">{escape(kind)}</p><h1>{escape(title)}</h1>{lines}</header>\n'
        f'<main id="text">\n{text}</main>\n</body>\n</html>\n'
    ).encode()


def _part(
    edition: Edition, node: Node, tree: Node, charts: Mapping[str, Chart]
) -> list[Node] | None:
    part = node.get("c")
    match part:
        case Cards():
            return [raw_block("html", _cards(edition, part))]
        case ChartPlace():
            return [raw_block("html", _chart(edition, part, charts[part.name]))]
        case DataTable():
            return [raw_block("html", _table(edition, part))]
    if node["t"] == CONTENTS:
        return [raw_block("html", _contents(str(part), tree))]
    if node["t"] == "Span" and "sentence" in attributes(
        node
    ):  # what Word needs, and readers do not
        inner: list[Node] = replaced(node["c"][1], lambda one: _part(edition, one, tree, charts))
        return inner
    if node["t"] == "Span" and REFERS in attributes(node):
        number = node["c"][1]
        is_chart = attributes(node)[REFERS].startswith("chart:")
        of = attributes(node)[REFERS].partition(":")[2] if is_chart else plain_text(number)
        place = f"#{'chart' if is_chart else 'table'}-{of}"
        return [{"t": "Link", "c": [["", [], []], number, [place, ""]]}]
    if node["t"] == "Span" and "figure" in attributes(node):
        classes = ["figure"] if is_number(node) else []
        return [{"t": "Span", "c": [["", classes, []], node["c"][1]]}]
    return None


def _contents(heading: str, tree: Node) -> str:
    chapters = [
        block["c"] for block in tree["blocks"] if block["t"] == "Header" and block["c"][0] == 1
    ]
    lines = "".join(
        f'<li><a href="#{escape(attr[0])}">{escape(plain_text(words))}</a></li>'
        for _, attr, words in chapters
    )
    return f'<nav aria-label="{escape(heading)}"><p>{escape(heading)}</p><ul>{lines}</ul></nav>'


def _cards(edition: Edition, cards: Cards) -> str:
    shown = "".join(_card(card) for card in cards.cards)
    quote = ""
    if edition.given("quote"):
        by = edition.given("quoted")
        told = f"<figcaption>{escape(by)}</figcaption>" if by else ""
        quote = f"<figure><blockquote><p>{escape(edition.given('quote'))}</p></blockquote>{told}</figure>"
    return (
        f'<section class="key" aria-labelledby="key-figures"><h2 id="key-figures">{escape(cards.heading)}'
        f'</h2><ul class="cards">{shown}</ul><p class="small">{escape(cards.note)}</p></section>{quote}'
    )


def _card(card: Card) -> str:
    programme = card.programme.replace("_", "-") if card.programme in PROGRAMME_COLOURS else "text"
    unit = f" <small>{escape(card.key.unit)}</small>" if card.key.unit else ""
    return (
        f'<li style="--programme:var(--ink-{programme})">'
        f'<p class="number">{escape(card.key.number)}{unit}</p>'
        f"<p><b>{escape(card.key.precision)}</b></p><p>{escape(card.label)}</p>"
        f'<p class="small">{escape(card.evidence)}</p></li>'
    )


def _chart(edition: Edition, place: ChartPlace, chart: Chart) -> str:
    drawings = "".join(
        f'<div class="{width}">{page_svg(chart, size_of(chart, width), f"{chart.name}-{width}")}</div>'
        for width in ("wide", "narrow")
    )
    told = "".join(
        f'<p class="small">{escape(line)}</p>' for line in (chart.note, chart.source_line) if line
    )
    number = f"{edition.t('Chart')} {place.number}"
    return (
        f'<figure class="chart" id="chart-{chart.name}"><p class="message">{escape(chart.title)}</p>'
        f"<p>{escape(chart.subtitle)}</p>{drawings}{told}"
        f"<figcaption><b>{escape(number)}</b> {escape(place.caption)}</figcaption></figure>"
    )


def _table(edition: Edition, table: DataTable) -> str:
    number = f"{edition.t('Table')} {table.number}"
    head = "".join(
        f'<th scope="col"{_number(column.is_number)}>{escape(column.name)}</th>'
        for column in table.columns
    )
    rows = "".join(_row(row, [column.is_number for column in table.columns]) for row in table.rows)
    return (
        f'<div class="table" role="region" tabindex="0" aria-labelledby="table-{table.number}"><table>'
        f'<caption id="table-{table.number}"><b>{escape(number)}</b> {escape(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: Row, numeric: Iterable[bool]) -> str:
    numbers = list(numeric)
    if row.is_group:
        words = escape(row.cells[0].text)
        return f'<tr><th colspan="{len(numbers)}" scope="colgroup">{words}</th></tr>'
    mark = ' class="total"' if row.is_total else ""
    cells = (
        f"<td{_number(is_number)}>{_cell(cell)}</td>"
        for cell, is_number in zip(row.cells, numbers, strict=True)
    )
    return f"<tr{mark}>{''.join(cells)}</tr>"


def _cell(cell: Cell) -> str:
    words = "<br>".join(escape(line) for line in cell.text.split("\n"))
    if cell.url.startswith(("https://", "http://")):
        words = f'<a href="{escape(cell.url)}">{words}</a>'
    return f'<span lang="{tag_of(cell.language)}">{words}</span>' if cell.language else words


def _number(is_number: bool) -> str:
    return ' class="numeric"' if is_number else ""


def _photo(edition: Edition) -> str:
    photos = edition.publisher.pictures.get("photo", ())
    credit = edition.given("photo_credit")
    told = f"<figcaption>{escape(credit)}</figcaption>" if credit else ""
    return "".join(
        f'<figure><img src="{_data(photo)}" alt="{escape(edition.given("photo_alt"))}">{told}</figure>'
        for photo in photos
    )


def _data(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"


def _stripe() -> str:
    return "".join(
        f'<i style="background:var(--ink-{name.replace("_", "-")})"></i>'
        for name in PROGRAMME_COLOURS
    )
