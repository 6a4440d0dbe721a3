"""How many of what is counted come to a thousand inhabitants or a hundred pupils of a commune.

A rate of few is none: one more or less would change it by more than a fifth, and what has fewer inhabitants than the
rate is of would be counted up. The count and what it is divided by stand beside it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ennum_stats.errors import ONE_OF, Message, Parameter, UsageError, message, unknown_name
from ennum_stats.measures.frames.shapes import NothingCollected
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing, Observation
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.vocabulary import DIMENSIONS, NORMAL, UNITS

NOT_IMPORTED = message(
    "How many inhabitants or pupils communes have was not imported: ennum import communes FILE"
)
FEWEST = 5
"""Of fewer no rate is given."""


@dataclass(frozen=True)
class Base:
    """Hold what rates are taken of: so many of a unit, the unit of the rate and what it is called."""

    unit: str
    many: int
    rate: str
    label: Message
    rate_label: Message


BASES = {
    base.unit: base
    for base in (
        Base("inhabitants", 1000, "per_1000_inhabitants", message("Inhabitants"),
             message("{number} per 1,000 inhabitants")),
        Base("pupils", 100, "per_100_pupils", message("Pupils"), message("{number} per 100 pupils")),
    )
}  # fmt: skip


def require_base(ledger: Ledger, per: str) -> Base:
    """Give what rates are asked of, with a warning (`NothingCollected`) where no document of it was imported. Raises
    `UnknownName`."""
    if per not in BASES:
        absent = message("There is no column “{name}”.", name=per)
        raise unknown_name(absent, BASES, ONE_OF, where=Parameter("per"))
    if not ledger.has_rows("commune_numbers"):
        warnings.warn(str(NOT_IMPORTED), NothingCollected, stacklevel=6)
    return BASES[per]


def rates(
    ledger: Ledger, table: MeasureTable[object], base: Base
) -> Iterator[list[tuple[str, Message, Answer]]]:
    """Give of each row, by names and labels, what it is divided by and the rate of each number that is counted.

    Raises `UsageError` where rows are of no communes, or of parts of their schools.
    """
    if "commune" not in table.columns or {"level", "network"} & {*table.columns}:
        raise UsageError(
            message("A rate is of a whole commune."), where=Parameter("per"),
            remedy=message("Write: {example}", example='by="commune"'),
        )  # fmt: skip
    of_communes = numbers_of_communes(ledger, base.unit)
    counted = [
        n for n in map(table.column, table.answers) if n.unit in UNITS and UNITS[n.unit].resolution == 1
    ]
    for row in table.rows:
        whole = of_communes.get(str(table.cell(row, "commune")), Missing(Reason.NOT_COLLECTED))
        yield [(base.unit, base.label, whole)] + [
            (f"{number.name}_{base.rate}", Message(base.rate_label.text, {"number": number.label}),
             rate(table.answer(row, number.name), whole, base))
            for number in counted
        ]  # fmt: skip


def rate(counted: Answer, whole: Answer, base: Base) -> Answer:
    """Divide what is counted by what there is of a base; what is too few is not comparable."""
    if not isinstance(counted, Known) or not isinstance(whole, Known):
        return counted if isinstance(counted, Missing) else whole
    ends = counted.quantity.bounds
    least, few = counted.quantity.point if ends.lower is None else ends.lower, Decimal(FEWEST)
    if (least or 0) < few or (whole.quantity.value or 0) < base.many:
        return Missing(Reason.NOT_COMPARABLE, (*counted.observations, *whole.observations))
    times = Quantity.exact(base.many, counted.quantity.unit)
    many = replace(counted, quantity=counted.quantity.times(times, counted.quantity.unit))
    return many.over(whole, base.rate)


@once_a_ledger
def numbers_of_communes(ledger: Ledger, unit: str) -> dict[str, Known]:
    """Map communes, by NIS code of 2019, to how many inhabitants or pupils they had in the last year of which a
    document known on the day tells it; of several, the latest document counts."""
    rows = [row for row in ledger.records("commune_numbers") if row["unit"] == unit]
    rows.sort(key=lambda row: (row["year"], ledger.source(row["source_id"]).known_on))
    return {row["commune"]: _known(ledger, row) for row in rows}


def _known(ledger: Ledger, row: dict[str, object]) -> Known:
    """Make the number of a row, with its document as that of a published number."""
    quantity = Quantity.exact(int(str(row["value"])), str(row["unit"]))
    printed = Observation(
        **dict.fromkeys(DIMENSIONS), observation_id=str(row["commune_number"]), measure=str(row["unit"]),
        valid_from=None, valid_to=None, quantity=quantity, step=None, status=NORMAL, missing_reason=None,
        locator=str(row["locator"]), note=None, source=ledger.source(str(row["source_id"])),
    )  # fmt: skip
    return Known(quantity, (printed,))
