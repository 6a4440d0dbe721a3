"""Tables whose numbers have bars: small multiples on one axis, which stay a table for every reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.browser import Drawing, Sort
from dashboards.components.tables import SORT_BY, scrolled
from dashboards.components.texts import evidence_link, marked, page_link
from ennum_stats.charts.spec import VALUE_PLANNED
from ennum_stats.store.answers import Answer, Known
from ennum_stats.wording import key_figure, missing_words, words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dash.development.base_component import Component

    from dashboards.reading import Reading
    from ennum_stats.quantities import Quantity

_SORTABLE = 3
"""Rows from which sorting tells something."""
_SPAN = "–"
"""Between the two ends of a number, of which two make a line too long for a cell."""


@dataclass(frozen=True)
class Cell:
    """A number in words, with the bar that it has and the page of its evidence."""

    text: str
    quantity: Quantity | None = None
    page: str = ""
    is_planned: bool = False
    start: float = 0
    """Where its bar begins: after those of the lines above, where lines add up."""

    def starting(self, at: float) -> Cell:
        """The same with a bar that begins elsewhere."""
        return replace(self, start=at)

    @property
    def middle(self) -> float:
        """The number, or the middle of its bounds."""
        if self.quantity is None:
            return 0.0
        if self.quantity.value is not None:
            return float(self.quantity.value)
        return sum(float(end) for end in self.quantity.bounds.ends) / 2


@dataclass(frozen=True)
class Line:
    """A row: what it is, the address that leads further into it, its cells, and whose colour it has."""

    name: str
    cells: Sequence[Cell]
    address: str = ""
    detail: str = ""
    programme: str = ""
    is_part: bool = True
    """Whether it adds up with the others to a whole; a line of a total does not."""


def cell(
    reading: Reading,
    answer: Answer,
    page: str = "",
    *,
    is_planned: bool = False,
    unit: bool = False,
) -> Cell:
    """An answer as a cell: short, without its noun, which the heading says; why there is none."""
    if not isinstance(answer, Known):
        return Cell(missing_words(answer.reason, reading.language))
    text = words(answer.quantity, reading.language, style="short", noun=unit)
    brief = key_figure(answer.quantity, reading.language).number
    if _SPAN in brief and not unit:
        text = brief
    if is_planned:
        text = reading.t(VALUE_PLANNED, value=text)
    return Cell(text, answer.quantity, page, is_planned)


def barred_table(
    reading: Reading,
    name: str,
    caption: str,
    header: Sequence[str],
    lines: Sequence[Line],
    *,
    axes: Sequence[Collection[int]] = (),
    is_sortable: bool = True,
) -> html.Div:
    """Lines as a table; columns that stand together in `axes` have bars of one scale, the others none. Lines
    that add up, each after those above, are not sortable."""
    scales = {
        column: max(
            (line.cells[at].start + _end(line.cells[at].quantity) for line in lines for at in axis),
            default=0.0,
        )
        for axis in axes
        for column in axis
    }  # fmt: skip
    is_sortable = is_sortable and len(lines) >= _SORTABLE
    head = [
        html.Th(
            Sort(text, reading.t(SORT_BY, column=text)) if is_sortable and text else text,
            scope="col", className="numeric" if at else None,
        )
        for at, text in enumerate(header)
    ]  # fmt: skip
    body = [
        html.Tr(
            [
                html.Th(_name(reading, line), scope="row"),
                *(
                    _cell(reading, one, f"{line.name}, {header[at + 1]}", scales.get(at, 0))
                    for at, one in enumerate(line.cells)
                ),
            ],
            className=f"of-{line.programme.replace('_', '-')}" if line.programme else None,
        )
        for line in lines
    ]
    drawn = html.Table(
        [html.Caption(marked(caption, reading.language)), html.Thead(html.Tr(head)), html.Tbody(body)],
        id=reading.view.id(name), className="barred",
    )  # fmt: skip
    return scrolled(reading, drawn, "first-fixed")


def _name(reading: Reading, line: Line) -> list[Any]:
    shown = marked(line.name, reading.language)
    parts: list[Any] = [page_link(line.address, shown)] if line.address else []
    if not line.address:  # a list in a list would not become components in the browser
        parts += shown if isinstance(shown, list) else [shown]
    if line.detail:
        parts += [" ", html.Span(line.detail, className="detail")]
    return parts


def _cell(reading: Reading, one: Cell, label: str, scale: float) -> html.Td:
    shown: Any = one.text
    if one.page:
        shown = evidence_link(reading, one.page, label, one.text)
    inside: list[Component | str] = [shown]
    if scale and one.quantity is not None:
        inside.append(
            Drawing(
                _bar(one.quantity, scale, one.start), "bar planned" if one.is_planned else "bar"
            )
        )
    style = "numeric" if one.quantity is not None or not scale else "numeric none"
    return html.Td(inside, className=style)


def _bar(quantity: Quantity, scale: float, start: float) -> str:
    """What is sure as a bar from zero, and a paler one on to where the number may end."""
    low, high = quantity.bounds.ends
    sure = max(0.0, float(low)) if low.is_finite() else 0.0
    end = float(high) if high.is_finite() else float(quantity.value or low)
    widths = [("sure", 0.0, sure), ("band", sure, end)]
    rects = "".join(
        f'<rect class="{style}" x="{(start + first) / scale * 100:.2f}" y="0" '
        f'width="{max(0.0, last - first) / scale * 100:.2f}" height="8"/>'
        for style, first, last in widths
    )
    return f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{rects}</svg>'


def _end(quantity: Quantity | None) -> float:
    if quantity is None:
        return 0.0
    high = quantity.bounds.ends[1]
    return float(high) if high.is_finite() else float(quantity.value or quantity.bounds.ends[0])
