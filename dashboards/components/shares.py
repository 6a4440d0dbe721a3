"""The lines of a table as shares of what their parts make together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dashboards.components.bars import NO_NUMBER, BarredLine, BarredNumber
from dashboards.reading import Reading
from ennum_stats.errors import message
from ennum_stats.quantities import Bounds, Quantity, total
from ennum_stats.wording import words

OF_THE_WHOLE = message("{what}, in shares of the whole that is known")
STAYING = message("Rates, ratios and means are no parts of a whole and stay as they are.")


def in_shares(
    reading: Reading, lines: Sequence[BarredLine], wholes: Mapping[int, int], blank: Collection[int] = ()
) -> list[BarredLine]:
    """Turn the columns of `wholes` into shares, each of the sum of another column; what is planned, and the
    columns in `blank`, are no parts."""
    drawn = []
    for line in lines:
        cells = [
            NO_NUMBER
            if column in blank or (item.is_planned and column in wholes)
            else _shared(reading, item, line, lines, wholes[column])
            if column in wholes
            else item
            for column, item in enumerate(line.cells)
        ]
        drawn.append(replace(line, cells=cells))
    return drawn


def _shared(
    reading: Reading, item: BarredNumber, line: BarredLine, lines: Sequence[BarredLine], column: int
) -> BarredNumber:
    parts = [
        (other, other.cells[column].quantity)
        for other in lines
        if other.is_part and not other.cells[column].is_planned
    ]
    if item.quantity is None or not any(part for _, part in parts):
        return item
    if line.is_part:
        rest = [part for other, part in parts if part and other is not line]
        share = item.quantity.share_beside(total(rest, item.quantity.unit))
    else:
        share = share_in(item.quantity, total([part for _, part in parts if part], item.quantity.unit))
    return replace(item, quantity=share, text=words(share, reading.language, style="short"))


def share_in(part: Quantity, whole: Quantity) -> Quantity:
    """Give the share of a part in a whole that it lies in."""
    if part.bounds.ends == whole.bounds.ends:
        return Quantity.exact(1, "share")
    return part.over(whole, "share").within(Bounds(Decimal(0), Decimal(1)))
