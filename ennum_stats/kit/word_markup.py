"""Write WordprocessingML: runs, fields, content controls, tables and cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from ennum_stats.charts import theme
from ennum_stats.kit.document import Card, Cards, DataTable
from ennum_stats.languages import tag_of
from ennum_stats.table import Cell, Row
from ennum_stats.typography import NBSP

TWIPS_A_CM = 567
PAGE_TWIPS = round(theme.TEXT_WIDTH_CM * TWIPS_A_CM)
_GROUP_STYLE, _CELL_STYLE, _HEAD_STYLE = "TableGroup", "TableText", "TableHead"


def run(words: str, style: str = "", more: str = "") -> str:
    """Write words in a character style; `more` holds further properties in Word's markup."""
    named = f"<w:rStyle w:val={quoteattr(style)}/>" if style else ""
    properties = f"<w:rPr>{named}{more}</w:rPr>" if named or more else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def field(instruction: str, shown: str) -> str:
    """Write a field with the text that it shows until Word computes it again."""
    return field_start(instruction) + run(shown) + field_end()


def field_start(instruction: str) -> str:
    """Write the begin of a field; what it shows follows."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    """Write the end of a field."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def figure_control(name: str, label: str, words: str, style: str = "", more: str = "") -> str:
    """Write a figure as a content control whose tag names the figure, so that it can be found again."""
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(label[:64])}/>"
        f"<w:tag w:val={quoteattr(f'figure:{name}')}/><w:text/></w:sdtPr>"
        f"<w:sdtContent>{run(words, style, more)}</w:sdtContent></w:sdt>"
    )


def jump(bookmark: str, words: str) -> str:
    """Write words that link to a heading of the document."""
    return f"<w:hyperlink w:anchor={quoteattr(bookmark)}>{run(words)}</w:hyperlink>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Write a paragraph in a style."""
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{properties}</w:pPr>{content}</w:p>"


def caption(word: str, number: int, words: str) -> str:
    """Write a numbered caption, which Word can renumber and list."""
    return (
        run(f"{word} ", "CaptionNumber")
        + field(f"SEQ {word} \\* ARABIC", str(number))
        + run(f"\u2002{words}")
    )


# --- tables -------------------------------------------------------------------------------------------


def table(data: DataTable, labels: dict[str, str], description: str) -> str:
    """Write a table whose heading row is repeated on every page; `labels` name the figures in its cells."""
    dense = "Dense" if data.is_dense else ""
    widths = _widths([column.width for column in data.columns])
    head = _row(
        [_cell(w, [paragraph(_HEAD_STYLE + dense, run(c.name), _align(c.is_number))])
         for w, c in zip(widths, data.columns, strict=True)],
        "<w:cantSplit/><w:tblHeader/>",
    )  # fmt: skip
    is_kept = not data.is_dense
    last = len(data.rows) - 1
    rows = [
        _data_row(row, data, widths, labels, dense, keep=is_kept and index < last)
        for index, row in enumerate(data.rows)
    ]
    return _table(widths, "KitTable", head + "".join(rows), description)


def _data_row(
    row: Row, data: DataTable, widths: Sequence[int], labels: dict[str, str], dense: str, *,
    keep: bool,
) -> str:  # fmt: skip
    if row.is_group:
        content = paragraph(_GROUP_STYLE + dense, run(row.cells[0].text))
        return _row([_cell(sum(widths), [content], span=len(widths), fill=True)], "<w:cantSplit/>")
    style = (_HEAD_STYLE if row.is_total else _CELL_STYLE) + dense
    next_too = "<w:keepNext/>" if keep else ""
    cells = [
        _cell(width, [
            paragraph(style, content, next_too + _align(column.is_number))
            for content in _lines(cell, labels)
        ])
        for cell, column, width in zip(row.cells, data.columns, widths, strict=True)
    ]  # fmt: skip
    return _row(cells, "<w:cantSplit/>")


def _lines(cell: Cell, labels: dict[str, str]) -> list[str]:
    if cell.figure:
        return [figure_control(cell.figure, labels.get(cell.figure, cell.figure), cell.text)]
    if cell.url:
        return [_link(cell)]
    language = _in_language(cell.language)
    lines = cell.text.split("\n")
    return [run(f"–{NBSP}{line}" if len(lines) > 1 else line, more=language) for line in lines]


def _link(cell: Cell) -> str:
    """Write a link as a field, which needs no relationship outside the document."""
    quoted = cell.url.replace('"', "%22")
    shown = run(cell.text, more=_in_language(cell.language))
    return field_start(f'HYPERLINK "{quoted}"') + shown + field_end()


def _in_language(language: str) -> str:
    """Write the property of words in another language than the document's."""
    return f'<w:lang w:val="{tag_of(language)}"/>' if language else ""


def _widths(shares: Sequence[int]) -> list[int]:
    return [round(PAGE_TWIPS * share / sum(shares)) for share in shares]


def _align(is_number: bool) -> str:
    return '<w:jc w:val="right"/>' if is_number else ""


def _table(widths: Sequence[int], style: str, rows: str, description: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    told = f"<w:tblDescription w:val={quoteattr(description)}/>" if description else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{told}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(cells: Iterable[str], properties: str) -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    width: int, paragraphs: Iterable[str], *, span: int = 1, fill: bool = False, more: str = ""
) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    ground = (
        f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.bare(theme.BAND)}"/>' if fill else ""
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{more}{ground}</w:tcPr>'
        f"{''.join(paragraphs)}</w:tc>"
    )


# --- the first page -----------------------------------------------------------------------------------


def cover(title: str, kind: str, lines: Sequence[str], cards: Cards, labels: dict[str, str]) -> str:
    """Write the first page: title, the lines below it, and the cards of the key figures."""
    return "".join(
        (
            stripe(),
            paragraph("Subtitle", run(kind)),
            paragraph("Title", run(title)),
            paragraph("CoverDate", "<w:r><w:br/></w:r>".join(map(run, lines))),
            paragraph("CoverHeading", run(cards.heading)),
            card_table(cards.cards, labels),
            paragraph("CoverNote", run(cards.note)),
        )
    )


_SIZES = {"long": 22.0, "unit": 13.0}
_SMALL_SIZES = {"long": 10.5, "number": 20.0, "unit": 9.0, "words": 9.0, "source": 8.0}
"""Points of the type on cards, where it is not that of their style."""


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:g}"/>' if points else ""


def stripe() -> str:
    """Write the colours of the four programmes as an ornament without words."""
    colours = list(theme.PROGRAMME_COLOURS.values())
    widths = _widths([1] * len(colours))
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.bare(colour)}"/></w:tcPr>'
        f"{paragraph('Stripe', '')}</w:tc>"
        for width, colour in zip(widths, colours, strict=True)
    ]
    return _table(widths, "CardTable", _row(cells, ""))


def card_table(cards: Sequence[Card], labels: dict[str, str], *, is_small: bool = False) -> str:
    """Write cards side by side: two a row, or three small ones."""
    a_row = 3 if is_small else 2
    widths = _widths([10, *(share for _ in range(a_row - 1) for share in (1, 10))])
    gap = _cell(widths[1], [paragraph("CardText", "")])
    empty = _cell(widths[0], [paragraph("CardText", "")])
    space = _row(
        [_cell(width, [paragraph("CardText" if is_small else "CardGap", "")]) for width in widths],
        "",
    )
    rows = []
    for index in range(0, len(cards), a_row):
        shown = [_card(card, labels, widths[0], is_small) for card in cards[index : index + a_row]]
        shown += [empty] * (a_row - len(shown))
        cells = [cell for one in shown for cell in (gap, one)][1:]
        rows.append(_row(cells, "<w:cantSplit/>"))
    return _table(widths, "CardTable", space.join(rows))


def _card(card: Card, labels: dict[str, str], width: int, is_small: bool) -> str:
    colour = theme.bare(theme.PROGRAMME_COLOURS.get(card.programme, theme.GREYS["ink"]))
    rule = f'w:val="single" w:sz="24" w:space="0" w:color="{colour}"'
    paint = f'<w:color w:val="{colour}"/>'
    sizes = _SMALL_SIZES if is_small else _SIZES
    unit = run(f" {card.key.unit}", more=paint + _size(sizes["unit"]))
    size = _size(sizes.get("long" if card.is_long else "number", 0))
    number = figure_control(card.figure, labels[card.figure], card.key.number, more=paint + size)
    paragraphs = (
        paragraph("CardNumber", number + (unit if card.key.unit else "")),
        paragraph("CardPrecision", run(card.key.precision, more=_size(sizes.get("words", 0)))),
        paragraph("CardText", run(card.label, more=_size(sizes.get("words", 0)))),
        paragraph("CardSource", run(card.evidence, more=_size(sizes.get("source", 0)))),
    )
    return _cell(width, paragraphs, more=f"<w:tcBorders><w:left {rule}/></w:tcBorders>")
