"""Write blocks in WordprocessingML. Each figure, sentence, table and chart stands in a content control
(`control`), so that it is found again in the file when people have worked on it.

Headings, captions and table headings are real ones; charts have alternative texts. Styles are named, and
look as the file says into which the markup is put.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import Any, Protocol
from xml.sax.saxutils import quoteattr

from ennum_stats.charts.spec import Chart
from ennum_stats.document import blocks as doc
from ennum_stats.document.control import ControlForm
from ennum_stats.document.word_markup import (
    LEADS_ON,
    bookmarked,
    caption,
    field_end,
    field_start,
    in_language,
    jump,
    link,
    native_chart,
    paragraph,
    picture,
    reference,
    run,
)
from ennum_stats.drawing import theme
from ennum_stats.drawing.office.native import room_in_text
from ennum_stats.languages import translate
from ennum_stats.typography import NBSP

PAGE_TWIPS = round(theme.TEXT_WIDTH_CM * theme.TWIPS_A_CM)
BETWEEN_COLUMNS_CM = 0.9
_CONTENTS = 2
"""How many levels of headings the table of contents has."""
_FIRST_MARK = 90_000
"""Where the numbers of bookmarks of headings and captions begin: those of controls have others."""
_STRONG = "<w:b/><w:bCs/>"
_SMALL = '<w:sz w:val="17"/>'
"""The size of links of running text, which stand behind it."""
_NEW_PAGE, _SAME_PAGE = "<w:pageBreakBefore/>", '<w:pageBreakBefore w:val="0"/>'
_GROUP_STYLE, _CELL_STYLE, _HEAD_STYLE = "TableGroup", "TableText", "TableHead"
BULLETS, NUMBERS = 1, 2
"""The number of the list of bullets in a file, and of the first list that counts."""


class ControlWriter(Protocol):
    """Write content controls, and keep what is known of each."""

    def words(
        self, name: str, form: ControlForm, words: str, style: str = "", more: str = "", of: str = ""
    ) -> str:
        """Write words as a control; `of` is the figure or call of the day where the name is a role."""

    def form_in_table(self, name: str) -> ControlForm:
        """Tell in which form a table has a figure."""

    def evidence(self, page: str) -> str:
        """Write the link to a page with the evidence; nothing where there is no such page."""

    def sentence(self, key: str, words: str, conditions: dict[str, str]) -> tuple[str, str]:
        """Write what stands before and after a sentence."""

    def table(self, data: doc.WrittenTable) -> tuple[str, str, tuple[str, str]]:
        """Write what stands before and after a table, and the two ends of the bookmark in its first cell."""


class WordWriter:
    """Write the blocks of a document; `chart` writes the control of a chart's drawing, `cover` the cards
    where they have a page of their own. On a sheet, chapters do not begin pages. `page_of` tells the page of
    headings, as far as it is known."""

    def __init__(
        self, controls: ControlWriter, language: str, *,
        chart: Callable[[doc.ChartBlock], str] | None = None, cover: Callable[[doc.Cards], str] | None = None,
        drawing: Callable[[doc.Illustration], str] | None = None,
        page_of: Mapping[str, int] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self.controls, self.language = controls, language
        self._chart, self._cover, self._drawing, self._page_of = chart, cover, drawing, page_of
        self._captions: dict[str, int] = {}
        self._marks = count(_FIRST_MARK)
        self.lists = 0
        """How many lists that count there are so far."""

    def markup(self, blocks: doc.Blocks) -> str:
        """Write blocks."""
        code, is_first = "", True
        for block in blocks:
            code += self._block(block, blocks, is_first=is_first)
            if isinstance(block, doc.Heading | doc.Bullets | doc.Quotation):
                is_first = True
            elif isinstance(block, doc.Paragraph):
                is_first = False
        return code

    def _block(self, block: Any, blocks: doc.Blocks, *, is_first: bool) -> str:
        match block:
            case doc.Heading():
                return self._heading(block)
            case doc.Paragraph():
                style = "Caption" if block.is_small else "FirstParagraph" if is_first else "BodyText"
                return paragraph(style, self._inlines(block.inlines))
            case doc.Bullets():
                return self._list(block)
            case doc.Quotation():
                return "".join(paragraph("Quote", self._inlines(inner.inlines)) for inner in block.blocks)
            case doc.Cards():
                return self._cover(block) if self._cover else self._small_cards(block)
            case doc.ChartBlock():
                return self._chart_block(block)
            case doc.WrittenTable() if not block.number:
                return table_markup(block, self.controls) + _after_table(is_last=block is blocks[-1])
            case doc.WrittenTable():
                words, mark = run(block.caption), self._marked(block.key)
                head = self._caption("Table", block.number, words, mark)
                table = table_markup(block, self.controls)
                return paragraph("TableCaption", head) + table + _after_table(is_last=block is blocks[-1])
            case doc.Contents():
                return self._contents(block, blocks)
            case doc.Illustration() if self._drawing:
                return paragraph("Chart", self._drawing(block))
            case doc.Section(style="columns"):
                width = PAGE_TWIPS // len(block.blocks)
                cells = [_cell(width, [self.markup(part.blocks)]) for part in block.blocks]
                return _table([width] * len(cells), "CardTable", _row(cells, ""))
        return ""

    def _heading(self, block: doc.Heading) -> str:
        before, after = self._marked(block.anchor)
        words = self._inlines(block.inlines, style="")  # bold letters in a bold style are not bold
        page = "" if self._cover else _SAME_PAGE
        return paragraph(f"Heading{block.level}", before + words + after, page)

    def _list(self, block: doc.Bullets) -> str:
        number = BULLETS
        if block.is_numbered:
            number, self.lists = NUMBERS + self.lists, self.lists + 1
        place = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        style = "ListNumber" if block.is_numbered else "ListBullet"
        return "".join(paragraph(style, self._inlines(item), place) for item in block.items)

    def _small_cards(self, cards: doc.Cards) -> str:
        heading = paragraph("Heading2", run(cards.heading)) if cards.heading else ""
        shown = card_table(cards.cards, self.controls, is_small=True)
        return heading + shown + paragraph("CoverNote" if cards.note else "AfterTable", run(cards.note))

    def _chart_block(self, block: doc.ChartBlock) -> str:
        """Write title, drawing and notes of a chart, each as a control."""
        assert self._chart is not None
        chart = block.chart

        def in_control(aspect: str, words: str) -> str:
            return self.controls.words(f"{block.key}.{aspect}", ControlForm.WORDS, words)

        mark = self._marked(block.key)
        title = self._caption("Chart", block.number, in_control("title", chart.title), mark, style="")
        note = f"{chart.note} {chart.source_line}".strip()
        return (
            paragraph("ChartTitle", title)
            + paragraph("ChartSubtitle", in_control("subtitle", chart.subtitle))
            + paragraph("Chart", self._chart(block))
            + paragraph("Caption", in_control("note", note) + self.controls.evidence(f"chart/{chart.name}"))
        )

    def _contents(self, block: doc.Contents, blocks: doc.Blocks) -> str:
        """Write the table of contents in two levels and two columns, with a field that gives the page of each,
        which Word computes anew when it opens the file or prints it."""
        headings = [b for b in blocks if isinstance(b, doc.Heading) and b.level <= _CONTENTS]
        lines = [jump(h.anchor, doc.plain_text(h), str(self._page_of.get(h.anchor, NBSP))) for h in headings]
        lines[0] = field_start(f'TOC \\o "1-{_CONTENTS}" \\h \\z') + lines[0]
        lines[-1] += field_end()
        entries = (paragraph(f"TOC{h.level}", line) for h, line in zip(headings, lines, strict=True))
        # The section ends in a paragraph of its own: Word writes those of the field anew.
        end = paragraph("AfterTable", "", section_end(columns=2))
        page = _NEW_PAGE if self._cover else ""
        head = paragraph("ContentsHeading", run(block.heading), page + section_end())
        return head + "".join(entries) + end

    def _caption(
        self, kind: str, number: int, content: str, mark: tuple[str, str], style: str = "CaptionNumber"
    ) -> str:
        """Write a numbered caption; the first of an annex says where to begin: Word counts from one in each file."""
        begins = self._cover is None and number != self._captions.get(kind, 0) + 1
        self._captions[kind] = number
        return caption(translate(kind, self.language), number, content, mark, style, begins=begins)

    def _marked(self, name: str) -> tuple[str, str]:
        return bookmarked(name, str(next(self._marks)))

    # --- inlines ----------------------------------------------------------------------------------------

    def _inlines(self, inlines: doc.Inlines, look: str = "", style: str = "Figure") -> str:
        """Write inlines; `look` is how the words around them look, `style` that of numbers."""
        return "".join(self._inline(inline, look, style) for inline in inlines)

    def _inline(self, inline: Any, look: str, style: str) -> str:
        match inline:
            case str():
                return run(inline, more=look)
            case doc.Text():
                return run(inline.words, more=look + in_language(inline.language))
            case doc.FigureWords():
                return self._figure(inline, look, style)
            case doc.Strong():
                return self._inlines(inline.inlines, _STRONG, style)
            case doc.Sentence() if inline.key:
                words = doc.plain_text(tuple(map(_named, doc.inlines_of(inline.inlines))))
                before, after = self.controls.sentence(inline.key, words, dict(inline.conditions))
                return before + self._inlines(inline.inlines, look, style) + after
            case doc.Sentence():
                return self._inlines(inline.inlines, look, style)
            case doc.Reference():
                return reference(inline.key, str(inline.number))
            case doc.Link():
                return link(doc.plain_text(inline), inline.url, f"{look}{_SMALL}{LEADS_ON}")
        return ""

    def _figure(self, figure: doc.FigureWords, look: str, style: str) -> str:
        """Write a figure under the name that the text gives it: one of a role stays that of the role."""
        is_call = figure.token.startswith("call:")
        of = figure.words if is_call else figure.figure if figure.figure != figure.token else ""
        named = style if figure.is_number else ""
        return self.controls.words(figure.token, ControlForm.WORDS, figure.words, named, look, of)


def _named(inline: Any) -> str:
    """Put the name of a figure in the place of its words, which change from day to day."""
    if isinstance(inline, doc.FigureWords):
        return f"{{{inline.token}}}"
    return "" if hasattr(inline, "inlines") else doc.plain_text(inline)


def section_end(columns: int = 1) -> str:
    """Write what ends a section of the running text, inside the properties of its last paragraph."""
    space = round(BETWEEN_COLUMNS_CM * theme.TWIPS_A_CM)
    between = f' w:num="{columns}" w:space="{space}"' if columns > 1 else ""
    kind = '<w:type w:val="continuous"/>' if columns > 1 else ""
    return f"<w:sectPr>{kind}<w:cols{between}/></w:sectPr>"


# --- tables -------------------------------------------------------------------------------------------


def _after_table(*, is_last: bool) -> str:
    """Write the paragraph that Word asks for below a table; below the last one it is so low that it begins no page."""
    low = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return paragraph("AfterTable", "", low if is_last else "")


def table_markup(data: doc.WrittenTable, controls: ControlWriter) -> str:
    """Write a table as a control, with a heading row that is repeated on every page."""
    start, end, ends = controls.table(data) if data.name else ("", "", ("", ""))
    dense = "Dense" if data.is_dense else ""
    widths = _widths([column.width for column in data.columns])
    names = [run(doc.plain_text(column.heading)) for column in data.columns]
    names[0] = names[0].join(ends)
    head = _row(
        [_cell(w, [paragraph(_HEAD_STYLE + dense, name, _align(c.is_number))])
         for w, c, name in zip(widths, data.columns, names, strict=True)],
        "<w:cantSplit/><w:tblHeader/>",
    )  # fmt: skip
    last = len(data.rows) - 1
    rows = [
        _data_row(row, data, widths, controls, keep=_is_kept(data, index, last))
        for index, row in enumerate(data.rows)
    ]
    return start + _table(widths, "KitTable", head + "".join(rows), data.caption) + end


def _is_kept(data: doc.WrittenTable, index: int, last: int) -> bool:
    """Tell whether a row stays on the page of the next one: in a short table each does, in a long one those
    that would be alone at either end of it."""
    return index < last and (data.is_kept or index in (0, last - 1))


def row_markup(row: doc.Row, data: doc.WrittenTable, controls: ControlWriter) -> str:
    """Write a single row of a table."""
    widths = _widths([column.width for column in data.columns])
    return _data_row(row, data, widths, controls, keep=data.is_kept)


def _data_row(
    row: doc.Row, data: doc.WrittenTable, widths: Sequence[int], controls: ControlWriter, *, keep: bool
) -> str:
    dense = "Dense" if data.is_dense else ""
    if row.is_group:
        content = paragraph(_GROUP_STYLE + dense, run(doc.plain_text(row.cells[0])))
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


def _lines(cell: doc.Inlines, controls: ControlWriter) -> list[str]:
    """Write the lines of a cell: a figure as a control, a link as one, or words."""
    inside = [*doc.inlines_of(cell)]
    look = next((in_language(inline.language) for inline in inside if isinstance(inline, doc.Text)), "")
    match inside[:1]:
        case [doc.FigureWords(words=words, figure=name)]:
            return [controls.words(name, controls.form_in_table(name), words)]
        case [doc.Link(url=url)]:
            return [link(doc.plain_text(cell), url, look)]
    return [run(line, more=look) for line in doc.lines_of(cell)]


def _widths(shares: Sequence[int]) -> list[int]:
    return [round(PAGE_TWIPS * share / sum(shares)) for share in shares]


def _align(is_number: bool) -> str:
    return '<w:jc w:val="right"/>' if is_number else ""


def _table(widths: Sequence[int], style: str, rows: str, description: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    text = f"<w:tblDescription w:val={quoteattr(description)}/>" if description else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{text}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(cells: Iterable[str], properties: str) -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, paragraphs: Iterable[str], *, span: int = 1, fill: bool = False, more: str = "") -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    ground = _ground(theme.BAND) if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{more}{ground}</w:tcPr>'
        f"{''.join(paragraphs)}</w:tc>"
    )


def _ground(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.bare(colour)}"/>'


# --- cards --------------------------------------------------------------------------------------------

_SIZES = {"longest": 22.0, "long": 22.0, "unit": 13.0}
_SMALL_SIZES = {"longest": 10.5, "long": 14.0, "number": 20.0, "unit": 9.0, "words": 9.0, "source": 8.0}
"""Points of the type on cards, where it is not that of their style."""
_LONGEST = 16
"""More letters have no room on a small card in the type of long numbers."""


def stripe() -> str:
    """Write the colours of the four programmes as an ornament without words."""
    colours = list(theme.LIGHT.accents.values())
    widths = _widths([1] * len(colours))
    cells = [
        _cell(width, [paragraph("Stripe", "")], more=_ground(colour))
        for width, colour in zip(widths, colours, strict=True)
    ]
    return _table(widths, "CardTable", _row(cells, ""))


def card_table(cards: Sequence[doc.Card], controls: ControlWriter, *, is_small: bool = False) -> str:
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
        cells = [cell for card in shown for cell in (gap, card)][1:]
        rows.append(_row(cells, "<w:cantSplit/>"))
    return _table(widths, "CardTable", space.join(rows))


def _card(card: doc.Card, controls: ControlWriter, width: int, is_small: bool) -> str:
    colour = theme.bare(theme.LIGHT.accents.get(card.programme, theme.LIGHT.text))
    rule = f'w:val="single" w:sz="24" w:space="0" w:color="{colour}"'
    paint = f'<w:color w:val="{colour}"/>'
    sizes = _SMALL_SIZES if is_small else _SIZES

    def size(of: str) -> str:
        return f'<w:sz w:val="{sizes[of] * 2:g}"/>' if of in sizes else ""

    def part(form: ControlForm, words: str, more: str) -> str:
        return controls.words(card.figure, form, words, more=more) if card.figure else run(words, more=more)

    kind = "longest" if len(card.number) > _LONGEST else "long" if card.is_long else "number"
    number = part(ControlForm.NUMBER, card.number, paint + size(kind))
    unit = paint + size("unit")
    paragraphs = (
        paragraph("CardNumber", number + run(" ", more=unit) + part(ControlForm.UNIT, card.unit, unit)),
        paragraph("CardPrecision", part(ControlForm.PRECISION, card.precision, size("words"))),
        paragraph("CardText", part(ControlForm.LABEL, card.label, size("words"))),
        paragraph(
            "CardSource",
            part(ControlForm.SOURCE, card.evidence, size("source"))
            + (controls.evidence(f"figure/{card.figure}") if card.figure else ""),
        ),
    )
    return _cell(width, paragraphs, more=f"<w:tcBorders><w:left {rule}/></w:tcBorders>")


# --- drawings -----------------------------------------------------------------------------------------


def native_run(chart: Chart, relation: str, number: str = "1", widest: int | None = None) -> str:
    """Write a chart that Word draws: as wide as the column, but no wider than `widest` EMU. A relation leads to its
    part; in a document of somebody's each drawing has a number."""
    room = room_in_text(chart)
    wide, high = (round(side * theme.EMU_A_POINT) for side in (room.width, room.height))
    if widest is not None and wide > widest:
        wide, high = widest, round(high * widest / wide)
    return native_chart(relation, (wide, high), chart.alt, number)


def picture_run(
    chart: Chart, pixels: tuple[int, int], relation: str, number: str = "1", widest: int | None = None
) -> str:
    """Write the picture of a chart in the width of the column, or of `widest` EMU."""
    wide = round(theme.TEXT_WIDTH_CM * theme.EMU_A_CM)
    wide = wide if widest is None else min(wide, widest)
    return picture(relation, (wide, round(wide * pixels[1] / pixels[0])), chart.alt, number)
