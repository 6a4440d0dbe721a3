"""Write the tables and the first page of the Word file; what they hold stands in controls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

from ennum_stats.charts import theme
from ennum_stats.kit.control import Form
from ennum_stats.kit.control_writer import DAY, Controls
from ennum_stats.kit.document import Card, Cards, DataTable, lines_of
from ennum_stats.kit.word_markup import in_language, link, paragraph, run
from ennum_stats.table import Cell, Row

TWIPS_A_CM = 567
PAGE_TWIPS = round(theme.TEXT_WIDTH_CM * TWIPS_A_CM)
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
    is_kept = not data.is_dense
    last = len(data.rows) - 1
    rows = [
        _data_row(row, data, widths, controls, dense, keep=is_kept and index < last)
        for index, row in enumerate(data.rows)
    ]
    return start + _table(widths, "KitTable", head + "".join(rows), description) + end


def row_markup(row: Row, data: DataTable, controls: Controls) -> str:
    """Write a single row of a table."""
    widths = _widths([column.width for column in data.columns])
    dense = "Dense" if data.is_dense else ""
    return _data_row(row, data, widths, controls, dense, keep=not data.is_dense)


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


def cover(title: str, kind: str, known: str, cards: Cards, controls: Controls) -> str:
    """Write the first page: title, day known at, and the cards of the key figures."""
    return "".join(
        (
            _stripe(),
            paragraph("Subtitle", run(kind)),
            paragraph("Title", run(title)),
            paragraph("CoverDate", controls.words(DAY, Form.DAY, known)),
            paragraph("CoverHeading", run(cards.heading)),
            _cards(cards.cards, controls),
            paragraph("CoverNote", run(cards.note)),
        )
    )


def _stripe() -> str:
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


def _cards(cards: Sequence[Card], controls: Controls) -> str:
    widths = _widths([10, 1, 10])
    gap = _cell(widths[1], [paragraph("CardText", "")])
    empty = _cell(widths[2], [paragraph("CardText", "")])
    space = _row([_cell(width, [paragraph("CardGap", "")]) for width in widths], "")
    rows = []
    for index in range(0, len(cards), 2):
        left, *right = [_card(card, controls, widths[0]) for card in cards[index : index + 2]]
        rows.append(_row([left, gap, *(right or [empty])], "<w:cantSplit/>"))
    return _table(widths, "CardTable", space.join(rows))


def _card(card: Card, controls: Controls, width: int) -> str:
    colour = theme.bare(theme.PROGRAMME_COLOURS.get(card.programme, theme.GREYS["ink"]))
    rule = f'w:val="single" w:sz="24" w:space="0" w:color="{colour}"'
    paint = f'<w:color w:val="{colour}"/>'
    small = paint + '<w:sz w:val="26"/>'
    large = paint + ('<w:sz w:val="44"/>' if card.is_long else "")

    def part(form: Form, words: str, more: str = "") -> str:
        return controls.words(card.figure, form, words, more=more)

    number = part(Form.NUMBER, card.key.number, large)
    unit = run(" ", more=small) + part(Form.UNIT, card.key.unit, small)
    paragraphs = (
        paragraph("CardNumber", number + unit),
        paragraph("CardPrecision", part(Form.PRECISION, card.key.precision)),
        paragraph("CardText", part(Form.LABEL, card.label)),
        paragraph("CardSource", part(Form.SOURCE, card.evidence)),
    )
    return _cell(width, paragraphs, more=f"<w:tcBorders><w:left {rule}/></w:tcBorders>")
