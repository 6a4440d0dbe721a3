"""Write the tables and the first page of the Word file; what they hold stands in controls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

from ennum_stats.drawing import theme
from ennum_stats.kit.control import Form
from ennum_stats.kit.control_writer import DAY, Controls
from ennum_stats.kit.document import Card, Cards, DataTable, lines_of
from ennum_stats.kit.word_markup import in_language, link, paragraph, run
from ennum_stats.table import Cell, Row

PAGE_TWIPS = round(theme.TEXT_WIDTH_CM * theme.TWIPS_A_CM)
_GROUP_STYLE, _CELL_STYLE, _HEAD_STYLE = "TableGroup", "TableText", "TableHead"


def table(data: DataTable, controls: Controls, description: str) -> str:
    """Write a table as a control, with a heading row that is repeated on every page."""
    start, end, ends = controls.table(data)
    dense = "Dense" if data.is_dense else ""
    widths = _widths([column.width for column in data.columns])
    names = [run(column.name) for column in data.columns]
    names[0] = names[0].join(ends)
    head = _row(
        [_cell(w, [paragraph(_HEAD_STYLE + dense, name, _align(c.is_number))])
         for w, c, name in zip(widths, data.columns, names, strict=True)],
        "<w:cantSplit/><w:tblHeader/>",
    )  # fmt: skip
    last = len(data.rows) - 1
    rows = [
        _data_row(row, data, widths, controls, dense, keep=_is_kept(data, index, last))
        for index, row in enumerate(data.rows)
    ]
    return start + _table(widths, "KitTable", head + "".join(rows), description) + end


def _is_kept(data: DataTable, index: int, last: int) -> bool:
    """Tell whether a row stays on the page of the next one: in a short table each does, in a long one those
    that would be alone at either end of it."""
    return index < last and (data.is_kept or index in (0, last - 1))


def row_markup(row: Row, data: DataTable, controls: Controls) -> str:
    """Write a single row of a table."""
    widths = _widths([column.width for column in data.columns])
    dense = "Dense" if data.is_dense else ""
    return _data_row(row, data, widths, controls, dense, keep=data.is_kept)


def _data_row(
    row: Row, data: DataTable, widths: Sequence[int], controls: Controls, dense: str, *,
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
            for content in _lines(cell, controls)
        ])
        for cell, column, width in zip(row.cells, data.columns, widths, strict=True)
    ]  # fmt: skip
    return _row(cells, "<w:cantSplit/>")


def _lines(cell: Cell, controls: Controls) -> list[str]:
    if cell.figure:
        return [controls.words(cell.figure, controls.form_in_table(cell.figure), cell.text)]
    look = in_language(cell.language)
    if cell.url:
        return [link(cell.text, cell.url, look)]
    return [run(line, more=look) for line in lines_of(cell)]


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


def cover(title: str, kind: str, cards: Cards, controls: Controls) -> str:
    """Write the first page: title, the lines below it, and the cards of the key figures."""
    return "".join(
        (
            stripe(),
            paragraph("Subtitle", run(kind)),
            paragraph("Title", run(title)),
            paragraph("CoverDate", cover_lines(controls, "<w:r><w:br/></w:r>")),
            paragraph("CoverHeading", run(cards.heading)),
            card_table(cards.cards, controls),
            paragraph("CoverNote", run(cards.note)),
        )
    )


def cover_lines(controls: Controls, between: str) -> str:
    """Write the lines that say until when nothing may be published, when it is, and of which day it is."""
    *given, known = controls.edition.cover_lines
    return between.join((*map(run, given), controls.words(DAY, Form.DAY, known)))


_SIZES = {"longest": 22.0, "long": 22.0, "unit": 13.0}
_SMALL_SIZES = {
    "longest": 10.5,
    "long": 14.0,
    "number": 20.0,
    "unit": 9.0,
    "words": 9.0,
    "source": 8.0,
}
"""Points of the type on cards, where it is not that of their style."""
_LONGEST = 16
"""More letters have no room on a small card in the type of long numbers."""


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


def card_table(cards: Sequence[Card], controls: Controls, *, is_small: bool = False) -> str:
    """Write cards side by side: two a row, or three small ones."""
    a_row, between = (3, "CardText") if is_small else (2, "CardGap")
    widths = _widths([10, *(share for _ in range(a_row - 1) for share in (1, 10))])
    gap = _cell(widths[1], [paragraph("CardText", "")])
    empty = _cell(widths[0], [paragraph("CardText", "")])
    space = _row([_cell(width, [paragraph(between, "")]) for width in widths], "")
    rows = []
    for index in range(0, len(cards), a_row):
        a_card = cards[index : index + a_row]
        shown = [_card(card, controls, widths[0], is_small) for card in a_card]
        shown += [empty] * (a_row - len(shown))
        cells = [cell for one in shown for cell in (gap, one)][1:]
        rows.append(_row(cells, "<w:cantSplit/>"))
    return _table(widths, "CardTable", space.join(rows))


def _card(card: Card, controls: Controls, width: int, is_small: bool) -> str:
    colour = theme.bare(theme.PROGRAMME_COLOURS.get(card.programme, theme.GREYS["ink"]))
    rule = f'w:val="single" w:sz="24" w:space="0" w:color="{colour}"'
    paint = f'<w:color w:val="{colour}"/>'
    sizes = _SMALL_SIZES if is_small else _SIZES

    def size(of: str) -> str:
        return f'<w:sz w:val="{sizes[of] * 2:g}"/>' if of in sizes else ""

    def part(form: Form, words: str, more: str) -> str:
        return controls.words(card.figure, form, words, more=more)

    kind = "longest" if len(card.key.number) > _LONGEST else "long" if card.is_long else "number"
    number = part(Form.NUMBER, card.key.number, paint + size(kind))
    unit = run(" ", more=paint + size("unit")) + part(
        Form.UNIT, card.key.unit, paint + size("unit")
    )
    paragraphs = (
        paragraph("CardNumber", number + unit),
        paragraph("CardPrecision", part(Form.PRECISION, card.key.precision, size("words"))),
        paragraph("CardText", part(Form.LABEL, card.label, size("words"))),
        paragraph("CardSource", part(Form.SOURCE, card.evidence, size("source"))),
    )
    return _cell(width, paragraphs, more=f"<w:tcBorders><w:left {rule}/></w:tcBorders>")
