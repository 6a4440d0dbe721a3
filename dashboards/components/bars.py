"""Tables whose numbers have bars: small multiples on one axis, which stay a table for every reader."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboards.blocks import Muted, PageRow, PageTable, SmallDrawing
from dashboards.components.texts import evidence_link, inlines_of, page_link
from dashboards.reading import Reading
from ennum_stats.charts.spec import VALUE_PLANNED
from ennum_stats.document.blocks import Small, Text, TextColumn
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known
from ennum_stats.wording import key_figure, missing_words, words

_SPAN = "–"
"""Between the two ends of a number, of which two make a line too long for a cell."""


@dataclass(frozen=True)
class BarredNumber:
    """Hold a number in words, with the bar that it has and the page of its evidence."""

    text: str
    quantity: Quantity | None = None
    page: str = ""
    is_planned: bool = False
    start: float = 0
    """Where its bar begins: after those of the lines above, where lines add up."""

    def starting(self, at: float) -> BarredNumber:
        """Give the same with a bar that begins elsewhere."""
        return replace(self, start=at)

    @property
    def middle(self) -> float:
        """Give the number, or the middle of its bounds."""
        if self.quantity is None:
            return 0.0
        if self.quantity.value is not None:
            return float(self.quantity.value)
        return sum(float(end) for end in self.quantity.bounds.ends) / 2


NO_NUMBER = BarredNumber("–")


@dataclass(frozen=True)
class BarredLine:
    """Hold a row: what it is, the address that leads further into it, its numbers, and whose colour it
    has."""

    name: str
    cells: Sequence[BarredNumber]
    address: str = ""
    detail: str = ""
    page: str = ""
    """Where all its numbers have their evidence; else the first that has any leads to its own."""
    programme: str = ""
    is_part: bool = True
    """Whether it adds up with the others to a whole; a line of a total does not."""


def barred(
    reading: Reading, answer: Answer, page: str = "", *, is_planned: bool = False, unit: bool = False
) -> BarredNumber:
    """Put an answer into short words, without its noun, which the heading says; why there is none."""
    if not isinstance(answer, Known):
        return BarredNumber(missing_words(answer.reason, reading.language))
    text = words(answer.quantity, reading.language, style="short", noun=unit)
    brief = key_figure(answer.quantity, reading.language).number
    if _SPAN in brief and not unit:
        text = brief
    if is_planned:
        text = reading.t(VALUE_PLANNED, value=text)
    return BarredNumber(text, answer.quantity, page, is_planned)


def barred_table(
    reading: Reading,
    name: str,
    caption: str,
    header: Sequence[Any],
    lines: Sequence[BarredLine],
    *,
    axes: Sequence[Collection[int]] = (),
    is_sortable: bool = True,
) -> PageTable:
    """Give lines as a table; columns that stand together in `axes` have bars of one scale, the others none.
    Lines that add up, each after those above, are not sortable. A line leads to the evidence of its numbers once."""
    scales = {
        column: max(
            (line.cells[at].start + _end(line.cells[at].quantity) for line in lines for at in axis),
            default=0.0,
        )
        for axis in axes
        for column in axis
    }
    rows = [
        PageRow(
            (
                _name(reading, line),
                *(
                    _cell(reading, item, scales.get(at, 0), is_linked=at == _linked(line))
                    for at, item in enumerate(line.cells)
                ),
            ),
            programme=line.programme,
        )
        for line in lines
    ]
    columns = [TextColumn(inlines_of(text), is_number=at > 0) for at, text in enumerate(header)]
    return PageTable(tuple(columns), tuple(rows), caption, name, is_sortable=is_sortable, is_barred=True)


def _linked(line: BarredLine) -> int | None:
    """Tell which number of a line leads to its evidence; none where the name leads to that of all."""
    return None if line.page else next((at for at, item in enumerate(line.cells) if item.page), None)


def _name(reading: Reading, line: BarredLine) -> tuple[Any, ...]:
    name: Any = page_link(line.address, line.name) if line.address else line.name
    if line.page:
        name = evidence_link(reading, line.page, line.name)
    return (name, Small((Text(line.detail),))) if line.detail else (name,)


def _cell(reading: Reading, number: BarredNumber, scale: float, *, is_linked: bool) -> tuple[Any, ...]:
    shown: Any = number.text
    if is_linked:
        shown = evidence_link(reading, number.page, number.text)
    if not scale:
        return (shown,)
    if number.quantity is None:
        return (Muted((shown,)),)
    style = "bar planned" if number.is_planned else "bar"
    return (shown, SmallDrawing(_bar(number.quantity, scale, number.start), style))


def _bar(quantity: Quantity, scale: float, start: float) -> str:
    """Draw what is sure as a bar from zero, and a paler one on to where the number may end."""
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
