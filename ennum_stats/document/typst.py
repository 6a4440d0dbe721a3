"""Write blocks in typst's language, as calls of functions of a style sheet, which says how they look.

A style sheet defines `fig`, `small`, `chart`, `data-table`, `card`, `cards`, `illustration`, `contents`, `quoted`,
`side-by-side` and `end-of-words`. Files that a document names lie in the folder of its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ennum_stats.document import blocks as doc
from ennum_stats.drawing import theme
from ennum_stats.drawing.picture import draw, on_page
from ennum_stats.languages import tag_of, translate


class TypesettingFailed(RuntimeError):
    """Raised where typst rejects the page description: a fault of the package, not of the reader's data."""


def typst_of(blocks: doc.Blocks, language: str) -> str:
    """Write blocks, each in a paragraph of the source."""
    return "\n\n".join(filter(None, (_block(block, language) for block in blocks)))


def save_charts(blocks: doc.Blocks, folder: Path) -> None:
    """Draw the charts of a document where its source names them."""
    folder.mkdir()
    for block in blocks:
        if isinstance(block, doc.ChartBlock):
            (files,) = draw([on_page(block.chart, "svg")])
            (folder / f"{block.chart.name}.svg").write_bytes(files["svg"])


def colours() -> str:
    """Name the colours of text and lines for a style sheet."""
    light = theme.LIGHT
    greys = {"ink": light.text, "grey": light.muted, "line-grey": light.line, "band": theme.BAND}
    return "\n".join(f"#let {name} = {colour(value)}" for name, value in greys.items())


def setting(language: str) -> dict[str, str]:
    """Give language and region as typst has them."""
    code, region = tag_of(language).split("-")
    return {"language": text(code), "region": text(region)}


def _block(block: Any, language: str) -> str:
    match block:
        case doc.Heading():
            label = call("label", text(block.anchor)) if block.anchor else ""
            return f"#heading(level: {block.level}, {_content(block.inlines)}) {label}"
        case doc.Paragraph():
            written = f"#par({_content(block.inlines, ends=True)})"
            return call("small", f"[{written}]") if block.is_small else written
        case doc.Bullets():
            items = [_content(item, ends=item is block.items[-1]) for item in block.items]
            return call("enum" if block.is_numbered else "list", *items)
        case doc.Quotation():
            return call("quoted", f"[{typst_of(block.blocks, language)}]")
        case doc.Cards():
            return call("cards", array(map(card, block.cards)))
        case doc.ChartBlock():
            return _chart(block, language)
        case doc.WrittenTable():
            return _table(block, language)
        case doc.Illustration():
            return call("illustration", text(block.svg), text(block.alt))
        case doc.Contents():
            return call("contents", text(block.heading))
        case doc.Section(style="columns"):
            return call("side-by-side", *(f"[{typst_of(part.blocks, language)}]" for part in block.blocks))
    return ""


def _content(inlines: doc.Inlines, *, ends: bool = False) -> str:
    return f"[{''.join(map(_inline, inlines))}{'#end-of-words' if ends else ''}]"


def _inline(inline: Any) -> str:
    match inline:
        case str():
            return f"#{text(inline)}"
        case doc.FigureWords():
            return call("fig", text(inline.words)) if inline.is_number else f"#{text(inline.words)}"
        case doc.Strong():
            return f"#strong{_content(inline.inlines)}"
        case doc.Reference():
            return f"#link(label({text(inline.key)}), {text(str(inline.number))})"
        case doc.Text():
            return f"#{_in_language(inline)}"
        case doc.Link():
            words = _content(inline.inlines)
            return call("link", text(inline.url), words) if inline.url else words[1:-1]
        case doc.Sentence():
            return "".join(map(_inline, inline.inlines))
        case doc.Small():
            return f"#{text(' · ')}{''.join(map(_inline, inline.inlines))}"
    return ""


def _in_language(inline: doc.Text) -> str:
    if not inline.language:
        return text(inline.words)
    language, region = setting(inline.language).values()
    return f"text(lang: {language}, region: {region}, {text(inline.words)})"


def card(key_figure: doc.Card) -> str:
    """Write a card; its style sheet places the words."""
    words = (key_figure.number, key_figure.unit, key_figure.precision, key_figure.label, key_figure.evidence)
    paint = theme.LIGHT.accents.get(key_figure.programme, theme.LIGHT.text)
    notes = {"notes": array(text(words) for _, words in key_figure.notes)} if key_figure.notes else {}
    is_long = str(key_figure.is_long).lower()
    return call("card", *map(text, words), long=is_long, colour=colour(paint), **notes)[1:]


def _chart(block: doc.ChartBlock, language: str) -> str:
    chart = block.chart
    note = f"{chart.note} {chart.source_line}".strip()
    number = f"{translate('Chart', language)} {block.number}"
    words = (
        block.key,
        f"charts/{chart.name}.svg",
        chart.description,
        number,
        chart.title,
        chart.subtitle,
        note,
    )
    return call("chart", *map(text, words))


def _table(table: doc.WrittenTable, language: str) -> str:
    return call(
        "data-table", text(table.key),
        array(f"{column.width}fr" for column in table.columns),
        array("right" if column.is_number else "left" for column in table.columns),
        array(text(doc.plain_text(column.heading)) for column in table.columns),
        array(code for row in table.rows for code in _row(row, len(table.columns))),
        text(translate("Table", language)), str(table.number), text(table.caption),
        dense=str(table.is_dense).lower(), kept=str(table.is_kept).lower(),
    )  # fmt: skip


def _row(row: doc.Row, width: int) -> list[str]:
    if row.is_group:
        heading = f"text(weight: 600, {text(doc.plain_text(row.cells[0]))})"
        cell = f"table.cell(colspan: {width}, fill: band, inset: (x: 4pt, y: 3.5pt), {heading})"
        return [f"table.header(level: 2, repeat: false, {cell})"]
    cells = [_cell(cell) for cell in row.cells]
    line = "table.hline(stroke: 0.4pt + line-grey)"
    return [line, *(f"text(weight: 600, {cell})" if row.is_total else cell for cell in cells)]


def _cell(cell: doc.Inlines) -> str:
    """Write a cell: a list where it has several lines; a single word as it is, without emphasis."""
    match cell:
        case (str() | doc.Text() as words,) if "\n" in doc.plain_text(words):
            return f"cell-lines({array(map(text, doc.plain_text(words).split(chr(10))))})"
        case (str() | doc.FigureWords() as words,):
            return text(doc.plain_text(words))
        case (doc.Text() as words,):
            return _in_language(words)
        case (doc.Link(inlines=(inline,)) as link,):
            return f"link({text(link.url)}, {_cell((inline,))})"
        case _:
            return _content(cell)


# --- typst's language -----------------------------------------------------------------------------------


def text(words: str) -> str:
    """Write a string."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def colour(code: str) -> str:
    """Write a colour."""
    return f'rgb("{code}")'


def array(items: Iterable[str]) -> str:
    """Write an array of expressions."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def call(function: str, *arguments: str, **named: str) -> str:
    """Write a call of a function."""
    given = [*arguments, *(f"{name.replace('_', '-')}: {value}" for name, value in named.items())]
    return f"#{function}({', '.join(given)})"
