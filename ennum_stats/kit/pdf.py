"""Write the kit as PDF: typst typesets it, tagged for accessibility (PDF/UA-1).

Pandoc writes the running text in typst's language; cover, charts and tables call the functions of
`press-kit.typ`. The same text and charts give the same bytes: the file's date is the day known at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from ennum_stats.drawing import theme
from ennum_stats.drawing.picture import draw, on_page
from ennum_stats.drawing.theme import typst_fonts
from ennum_stats.files.leavings import owned_folder
from ennum_stats.kit.document import (
    CONTENTS,
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
    raw_inline,
    replaced,
    walk,
    without_classes,
    write,
)
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.page_fill import MOST_EMPTY, SPACINGS, End, Kind, emptiness
from ennum_stats.languages import tag_of
from ennum_stats.table import Cell, Row

_TEMPLATE = Path(__file__).with_name("press-kit.typ")


class TypesettingFailed(RuntimeError):
    """Raised where typst rejects the page description: a fault of the package, not of the reader's data."""


def write_pdf(edition: Edition, tree: Node, title: str, kind: str, charts: Path) -> bytes:
    """Write the PDF of a resolved text; it is made beside the folder `charts`."""
    source = page_description(edition, tree, title, kind)
    with owned_folder(charts) as root:
        (root / "kit.typ").write_text(source, "utf-8")
        (root / "charts").mkdir()
        for node in walk(tree["blocks"]):
            if isinstance(place := node.get("c"), ChartPlace):
                (files,) = draw([on_page(edition.chart(place.name), "svg")])
                (root / "charts" / f"{place.name}.svg").write_bytes(files["svg"])
        for number, logo in enumerate(edition.publisher.pictures.get("logo", ())):
            (root / f"logo-{number}.png").write_bytes(logo)
        return _compiled(root, edition)


def _compiled(root: Path, edition: Edition) -> bytes:
    import typst

    moment = datetime.combine(edition.ledger.known_at, time(), UTC)
    tried: list[tuple[float, Any]] = []
    try:
        for spacing in SPACINGS:
            compiler = typst.Compiler(
                str(root / "kit.typ"), root=str(root), font_paths=typst_fonts(),
                sys_inputs={"spacing": spacing},
            )  # fmt: skip
            tried.append((emptiness(_ends(compiler)), compiler))
            if tried[-1][0] <= MOST_EMPTY:
                break
        _, best = min(tried, key=lambda one: one[0])
        result, warnings = best.compile_with_warnings(
            format="pdf", pdf_standards="ua-1", timestamp=int(moment.timestamp())
        )
    except typst.TypstError as error:
        raise TypesettingFailed(str(error)) from error
    if warnings:  # for typst an unknown font is only a warning: it takes another one
        raise TypesettingFailed("; ".join(str(warning) for warning in warnings))
    assert isinstance(result, bytes)
    return result


def _ends(compiler: Any) -> list[End]:
    """Ask where the blocks of the text end."""
    found = json.loads(compiler.query("<ends>", field="value", one=True))
    return [End(Kind(kind), page, y_cm) for kind, page, y_cm in found]


# --- the page description -------------------------------------------------------------------------------


def page_description(edition: Edition, tree: Node, title: str, kind: str) -> str:
    """Write the whole document in typst's language."""
    before, between = edition.page_words
    setup = _call(
        "show: kit.with",
        title=_text(title),
        known=_text(edition.known_line),
        page_words=f"(n, all) => [#{_text(before)}#n#{_text(between)}#all]",
        **_language(edition.language),
        **{name: _colour(value) for name, value in theme.GREYS.items()},
    )
    body = []
    for block in tree["blocks"]:
        body += replaced([_ended(block)], lambda node: _part(edition, node, title, kind))
    body.append(raw_block("typst", "#ends"))
    text = write({**tree, "meta": {}, "blocks": body}, "typst", "--wrap=none")
    return "\n\n".join((_TEMPLATE.read_text("utf-8"), setup, text))


def _language(language: str) -> dict[str, str]:
    language, region = tag_of(language).split("-")
    return {"language": _text(language), "region": _text(region)}


def _ended(block: Node) -> Node:
    """Mark the end of running text, inside its last paragraph."""
    match block["t"]:
        case "Para" | "Plain":
            return block | {"c": [*block["c"], raw_inline("typst", "#end-of-words")]}
        case "BulletList":
            return block | {"c": [*block["c"][:-1], _last_ended(block["c"][-1])]}
        case "OrderedList":
            look, items = block["c"]
            return block | {"c": [look, [*items[:-1], _last_ended(items[-1])]]}
        case _:
            return block


def _last_ended(blocks: list[Node]) -> list[Node]:
    return [*blocks[:-1], _ended(blocks[-1])]


def _part(edition: Edition, node: Node, title: str, kind: str) -> list[Node] | None:
    part = node.get("c")
    match part:
        case Cards():
            return [raw_block("typst", _cover(edition, part, title, kind))]
        case ChartPlace():
            return [raw_block("typst", _chart(edition, part))]
        case DataTable():
            return [raw_block("typst", _table(edition, part))]
    if node["t"] == CONTENTS:
        return [raw_block("typst", f"#contents({_text(str(part))})")]
    if node["t"] == "Span" and "figure" in attributes(node) and is_number(node):
        return [raw_inline("typst", f"#fig({_text(plain_text(node['c'][1]))})")]
    if node["t"] == "Span" and REFERS in attributes(node):
        of, number = _text(attributes(node)[REFERS]), _text(plain_text(node["c"][1]))
        return [raw_inline("typst", f"#link(label({of}), {number})")]
    if node["t"] == "Header" and "new-page" in node["c"][1][1]:
        begin = f"#pagebreak(weak: true)\n#end({_text(Kind.PART)})"
        return [raw_block("typst", begin), without_classes(node)]
    return None


def _cover(edition: Edition, cards: Cards, title: str, kind: str) -> str:
    colours = _array(_colour(value) for value in theme.PROGRAMME_COLOURS.values())
    texts = ", ".join(_text(words) for words in (kind, title, cards.heading, cards.note))
    boxes = _array(_card(card) for card in cards.cards)
    lines = " + linebreak() + ".join(_text(line) for line in edition.cover_lines)
    logos = _array(
        f'image("logo-{number}.png", height: {theme.LOGO_HEIGHT_CM}cm, alt: {_text(edition.publisher_name)})'
        for number in range(len(edition.publisher.pictures.get("logo", ())))
    )
    return (
        f"#cover({texts}, {boxes}, lines: {lines}, logos: {logos}, colours: {colours}, "
        f"grey: {_colour(theme.GREYS['grey'])})"
    )


def _card(card: Card) -> str:
    texts = (card.key.number, card.key.unit, card.key.precision, card.label, card.evidence)
    colour = theme.PROGRAMME_COLOURS.get(card.programme, theme.GREYS["ink"])
    grey = _colour(theme.GREYS["grey"])
    words = ", ".join(_text(words) for words in texts)
    long = str(card.is_long).lower()
    return f"card({words}, long: {long}, colour: {_colour(colour)}, grey: {grey})"


def _chart(edition: Edition, place: ChartPlace) -> str:
    texts = (
        place.key, f"charts/{place.name}.svg", place.alt, f"{edition.t('Chart')} {place.number}", place.title,
        place.subtitle, place.note,
    )  # fmt: skip
    colours = ", ".join(f"{name}: {_colour(theme.GREYS[name])}" for name in ("ink", "grey"))
    return f"#chart({', '.join(_text(words) for words in texts)}, {colours})"


def _table(edition: Edition, table: DataTable) -> str:
    columns = _array(f"{column.width}fr" for column in table.columns)
    aligns = _array("right" if column.is_number else "left" for column in table.columns)
    headings = _array(_text(column.name) for column in table.columns)
    rows = _array(code for row in table.rows for code in _row(row, len(table.columns)))
    key, word = _text(table.key), _text(edition.t("Table"))
    return (
        f"#data-table({key}, {columns}, {aligns}, {headings}, {rows}, {word}, {table.number}, "
        f"{_text(table.caption)}, dense: {str(table.is_dense).lower()}, "
        f"kept: {str(table.is_kept).lower()}, "
        f"line-grey: {_colour(theme.GREYS['line_grey'])}, ink: {_colour(theme.GREYS['ink'])})"
    )


def _row(row: Row, width: int) -> list[str]:
    if row.is_group:
        heading = f"text(weight: 600, {_text(row.cells[0].text)})"
        fill = _colour(theme.BAND)
        cell = f"table.cell(colspan: {width}, fill: {fill}, inset: (x: 4pt, y: 3.5pt), {heading})"
        return [f"table.header(level: 2, repeat: false, {cell})"]
    line = f"table.hline(stroke: 0.4pt + {_colour(theme.GREYS['line_grey'])})"
    cells = [_cell(cell) for cell in row.cells]
    return [line, *(f"text(weight: 600, {cell})" if row.is_total else cell for cell in cells)]


def _cell(cell: Cell) -> str:
    lines = [_text(line) for line in cell.text.split("\n")]
    content = lines[0] if len(lines) == 1 else f"cell-lines({_array(lines)})"
    if cell.language:
        language, region = _language(cell.language).values()
        content = f"text(lang: {language}, region: {region}, {content})"
    return f"link({_text(cell.url)}, {content})" if cell.url else content


# --- typst's language -----------------------------------------------------------------------------------


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _colour(code: str) -> str:
    return f'rgb("{code}")'


def _array(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"


def _call(function: str, **values: str) -> str:
    named = ", ".join(f"{name.replace('_', '-')}: {value}" for name, value in values.items())
    return f"#{function}({named})"
