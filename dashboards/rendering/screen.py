"""Draw blocks as Dash components, for the first answer as for the live page: the one place where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards import blocks as page_blocks
from dashboards.components.browser import Sort, SvgDrawing, dashed
from dashboards.components.charts import drawings, stage
from dashboards.reading import Reading
from ennum_stats.document import blocks as doc
from ennum_stats.errors import message
from ennum_stats.store.answers import Source

WHERE = message("Where you are")
SORT_BY = message("Sort by {column}")
SIDEWAYS = message("Table that may be moved sideways")
_SORTABLE = 3
"""Rows from which sorting tells something."""
_LONG = 48
"""Characters from which a cell is given more room."""


class Screen:
    """Draw the blocks of a page, and keeps the headings that its contents name, and the documents that it cites by
    number where it lists them."""

    def __init__(self, reading: Reading, *, lists_sources: bool = False) -> None:
        self.reading = reading
        self.lists_sources = lists_sources
        self.sources: list[Source] = []
        self.headings: list[tuple[str, doc.Inlines]] = []
        """Those of the second level by their ids, but for those of key figures and of what is folded."""
        self._folded = 0

    def drawn(self, blocks: Iterable[Any]) -> list[Component]:
        """Draw blocks, each as one component."""
        return [self._block(block) for block in blocks]

    def words(self, inlines: doc.Inlines) -> Any:
        """Draw inlines: as a text where they are one."""
        parts = [part for inline in inlines for part in self._inline(inline)]
        return parts[0] if len(parts) == 1 else parts

    def _block(self, block: Any) -> Component:
        match block:
            case doc.Heading():
                return self._heading(block)
            case doc.Paragraph():
                return html.P(self.words(block.inlines), className=block.style or None)
            case doc.Bullets():
                items = [html.Li(self.words(item)) for item in block.items]
                return html.Ul(items, className=block.style or None)
            case doc.Definitions():
                return html.Dl([*self._definitions(block)], className="terms")
            case doc.Cards():
                return self._cards(block)
            case page_blocks.PageTable() | doc.WrittenTable():
                return self._table(block)
            case doc.ChartBlock():
                return self._chart(block)
            case doc.Illustration():
                return SvgDrawing(block.svg, f"drawing {block.style}".strip())
            case page_blocks.ChartFrame():
                return html.Figure(self.drawn(block.blocks), className=block.style)
            case page_blocks.Division():
                texts: dict[str, Any] = {"role": block.role} if block.role else {}
                return html.Div(self.drawn(block.blocks), className=block.style or None, **texts)
            case doc.Section():
                named = self._named(block.anchor)
                return html.Section(self.drawn(block.blocks), className=block.style, **named)
            case page_blocks.Trail():
                return self._trail(block)
            case doc.Folded():
                return self._details(block)
            case doc.Verbatim():
                return html.Pre(block.words)
            case _:
                component = block.component if isinstance(block, page_blocks.Ordinary) else block
                assert isinstance(component, Component)
                return component

    def _chart(self, block: doc.ChartBlock) -> Component:
        key = self.reading.view.id(block.chart.name)
        if isinstance(block, page_blocks.Stage):
            return stage(self.reading, block.chart, key, block.height)
        return html.Div(drawings(block.chart, key, block.height))

    def _heading(self, block: doc.Heading) -> Component:
        anchor, kind = block.anchor, {2: html.H2, 3: html.H3}[block.level]
        if block.level == 2 and not self._folded:
            anchor = anchor or f"part-{len(self.headings) + 1}"
            lead = [each.inlines if isinstance(each, doc.Link) else (each,) for each in block.inlines]
            words = tuple(inline for inlines in lead for inline in inlines)  # no link leads on within another
            self.headings.append((self.reading.view.id(anchor), words))
        return kind(self.words(block.inlines), **self._named(anchor))

    def _named(self, anchor: str) -> dict[str, Any]:
        return {"id": self.reading.view.id(anchor)} if anchor else {}

    def _details(self, block: doc.Folded) -> Component:
        self._folded += 1
        inside = [html.Summary(self.words(block.summary)), *self.drawn(block.blocks)]
        self._folded -= 1
        named, is_open = self._named(block.anchor), block.is_open or None
        return html.Details(inside, className=block.style or None, open=is_open, **named)

    def _trail(self, trail: page_blocks.Trail) -> Component:
        steps = [html.Li(html.A(label, href=url, **dashed(data_link=""))) for label, url in trail.above]
        last = html.Span(self.words((trail.here,)), **dashed(aria_current="page"))
        named = dashed(aria_label=self.reading.t(WHERE))
        return html.Nav(html.Ol([*steps, html.Li(last)]), className="breadcrumb", **named)

    def _definitions(self, block: doc.Definitions) -> Iterator[Component]:
        for term, meaning, anchor in block.items:
            words = self.words(term)
            yield html.Dt(words, id=self.reading.view.id(anchor)) if anchor else html.Dt(words)
            yield html.Dd(self.words(meaning))

    # --- key figures ----------------------------------------------------------------------------------

    def _cards(self, block: doc.Cards) -> Component:
        head = [self._heading(doc.Heading(2, (block.heading,)))] if block.heading else []
        label = html.H3 if block.heading else html.H2
        cards = [self._card(card, label) for card in block.cards]
        return html.Section([*head, html.Ul(cards, className="cards")], className="cards-section")

    def _card(self, card: doc.Card, heading: Callable[..., Component]) -> Component:
        spark = [SvgDrawing(card.drawing, "spark")] if card.drawing else []
        tools = card.tools if isinstance(card, page_blocks.PageCard) else ()
        return html.Li(
            [
                heading(self.words((card.label,)), className="label"),
                html.P(
                    self._number(page_blocks.LargeNumber(card.number, card.unit, card.figure, card.label)),
                    className="number worded" if card.is_worded else "number",
                ),
                html.Div([*spark, *(html.P(text, className=style) for style, text in card.notes)]),
                *([html.P([*tools], className="tools")] if tools else []),
            ],
            className=f"card {_of(card.programme)}".strip(),
        )

    # --- tables ---------------------------------------------------------------------------------------

    def _table(self, table: doc.WrittenTable) -> Component:
        """Make a table in a place that scrolls where there is no room for it. The place has a name of its
        own: the table is named by its caption, and no name is read twice."""
        is_barred = isinstance(table, page_blocks.PageTable) and table.is_barred
        body = [
            html.Tr(
                [self._cell(table, row, at) for at in range(len(row.cells))],
                className=_of(row.programme) or None if isinstance(row, page_blocks.PageRow) else None,
            )
            for row in table.rows
        ]
        drawn = html.Table(
            [
                html.Caption(self.words((table.caption,))),
                html.Thead(html.Tr([*self._head(table)])),
                html.Tbody(body),
            ],
            id=self.reading.view.id(table.name),
            className="barred" if is_barred else None,
        )
        return html.Div(
            drawn, className="scroll first-fixed" if is_barred else "scroll", role="group", tabIndex="0",
            **dashed(aria_label=self.reading.t(SIDEWAYS)),
        )  # fmt: skip

    def _head(self, table: doc.WrittenTable) -> Iterator[Component]:
        sort = isinstance(table, page_blocks.PageTable) and table.is_sortable and len(table.rows) >= _SORTABLE
        ordered = dict([table.ordered] if isinstance(table, page_blocks.PageTable) and table.ordered else [])
        for at, column in enumerate(table.columns):
            match column.heading:
                case (str(text),) if text and sort:
                    shown: Any = Sort(text, self.reading.t(SORT_BY, column=text))
                case _:
                    shown = self.words(column.heading)
            style = "numeric" if column.is_number else None
            sorted_ = dashed(aria_sort=ordered[at]) if at in ordered else {}
            yield html.Th(shown, scope="col", className=style, **sorted_)

    def _cell(self, table: doc.WrittenTable, row: doc.Row, at: int) -> Component:
        cell, props = row.cells[at], dict[str, Any]()
        is_barred = isinstance(table, page_blocks.PageTable) and table.is_barred
        alone = cell[0] if len(cell) == 1 else None
        if table.columns[at].is_number:
            props["className"] = "numeric none" if isinstance(alone, page_blocks.Muted) else "numeric"
        elif not is_barred and not (isinstance(alone, str | doc.Link) and len(doc.plain_text(cell)) <= _LONG):
            props["className"] = "long"
        shown = self.words(cell)
        if isinstance(alone, doc.Text):
            shown = alone.words
            if alone.language not in ("", self.reading.language):
                props["lang"] = alone.language
        return html.Td(shown, **props) if at else html.Th(shown, scope="row", **props)

    # --- inlines --------------------------------------------------------------------------------------

    def _inline(self, inline: Any) -> Iterable[Any]:
        match inline:
            case str():
                parts = page_blocks.french_names(inline, self.reading.language)
                return [html.Span(part, lang=lang) if lang else part for part, lang in parts]
            case doc.Text():
                is_foreign = inline.language not in ("", self.reading.language)
                return (html.Span(inline.words, lang=inline.language) if is_foreign else inline.words,)
            case doc.Strong() | page_blocks.OwnLine():
                kind = html.Strong if isinstance(inline, doc.Strong) else html.Div
                return (kind(self.words(inline.inlines)),)
            case doc.Verbatim():
                return (html.Code(inline.words),)
            case doc.Small():
                style = "detail quiet-link" if isinstance(inline, page_blocks.Quiet) else "detail"
                return (" ", html.Span(self.words(inline.inlines), className=style))
            case doc.Link():
                return (self._link(inline),)
            case page_blocks.Cited():
                return self._cited(inline)
            case page_blocks.Items():
                return (self._items(inline),)
            case page_blocks.Sign():
                return (html.Span(inline.words, **dashed(aria_hidden="true")),)
            case page_blocks.Highlight() | doc.Marked():
                return _mark(inline)
            case page_blocks.LargeNumber():
                return self._number(inline)
            case page_blocks.Moment():
                return (html.Time(inline.words, dateTime=inline.day),)
            case page_blocks.Muted():  # a list in a list would not become components in the browser
                return [part for inside in inline.inlines for part in self._inline(inside)]
            case page_blocks.SmallDrawing():
                return (SvgDrawing(inline.svg, f"{inline.style} {_of(inline.programme)}".strip()),)
            case _:
                assert isinstance(inline, Component)
                return (inline,)

    def _cited(self, cited: page_blocks.Cited) -> Iterable[Any]:
        if not self.lists_sources:
            return [part for inline in cited.inlines for part in self._inline(inline)]
        self.sources += [source for source in cited.sources if source not in self.sources]
        numbers = sorted(self.sources.index(source) + 1 for source in cited.sources)
        return (f"{cited.lead} [{', '.join(map(str, numbers))}]",)

    def _number(self, number: page_blocks.LargeNumber) -> list[Any]:
        cell = dashed(data_cell=number.cell, data_label=number.label)
        return [html.Strong(number.words, **cell), " ", html.Span(number.unit)]

    def _link(self, link: doc.Link) -> Component:
        words = self.words(link.inlines)
        if not isinstance(link, page_blocks.PageLink):
            match link.inlines:
                case (doc.Text(title, language),) if language not in ("", self.reading.language):
                    return html.A(title, href=link.url, lang=language, rel="external noreferrer")
            away: dict[str, Any] = {"rel": "external noreferrer"} if link.url.startswith("http") else {}
            return html.A(words, href=link.url, **away)
        texts = {"data_evidence_link" if link.is_evidence else "data_link": ""}
        texts |= {"aria_label": link.label} if link.label else {}
        texts |= {"aria_current": "page"} if link.is_here else {}
        return html.A(words, href=link.url, **dashed(**texts))

    def _items(self, items: page_blocks.Items) -> Component:
        drawn = html.Ul([html.Li(self.words(each)) for each in items.items], className="plain-list")
        if not items.summary:
            return drawn
        key = self.reading.view.id(items.key).replace(".", "-")
        return html.Details([html.Summary(items.summary), drawn], id=key)


def _mark(inline: page_blocks.Highlight | doc.Marked) -> tuple[Component, ...]:
    """Draw marked words; those on which something is remarked say so in words, which lead there."""
    if isinstance(inline, page_blocks.Highlight):
        return (html.Mark(inline.words),)
    label = html.A(inline.label, href=f"#{inline.anchor}") if inline.anchor else inline.label
    return html.Mark(inline.words, className=inline.style), html.Sup(label)


def _of(programme: str) -> str:
    return f"of-{programme.replace('_', '-')}" if programme else ""
