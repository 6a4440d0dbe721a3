"""Devices delivered to schools, from the lists of deliveries: by lot, year, call, province."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Annotated

from ennum_stats.errors import message
from ennum_stats.measures.columns import TOGETHER, Column
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.schools.school_lists import LOAD_A_LIST
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import DELIVERIES, DELIVERY_CODES, delivered, lists_known, registers_known

_LOT_AND_YEAR = "lot_and_year"
BY = (_LOT_AND_YEAR, *DELIVERY_CODES)
PAIRS = tuple(
    pair for two in combinations(DELIVERY_CODES, 2) if (pair := TOGETHER.join(two)) != _LOT_AND_YEAR
)
"""The other pairs of dimensions by which deliveries are counted."""


@dataclass(frozen=True, kw_only=True)
class DeliveriesRow:
    """Devices of one lot, year, call or province; the codes that a table is not broken down by are empty."""

    lot: str | None = None
    year: int | None = None
    call: str | None = None
    province: str | None = None
    lists: tuple[str, ...] | None = None
    devices: Annotated[
        Answer,
        Column(message("Devices"), "devices", DELIVERY_CODES, DELIVERY_CODES, message("Devices delivered")),
    ]
    deliveries: Annotated[Answer, Column(
        message("Deliveries"), "deliveries", DELIVERY_CODES, DELIVERY_CODES, message("Deliveries of devices"),
    )]  # fmt: skip
    sites: Annotated[Answer, Column(
        message("Sites reached"), "implantations", (), DELIVERY_CODES,
        message("School sites that devices were delivered to"),
    )]  # fmt: skip


def deliveries_rows(ledger: Ledger, by: str = "lot_and_year") -> MeasureTable[DeliveriesRow]:
    """Count devices delivered to school sites, as the lists of deliveries say.

    One row is one lot and year of delivery, another pair (`["year", "province"]`), or one lot, year, call or
    province. A site counts under its identity over time; its province is that of the last register, and empty
    for a site that is not in it. Reads the lists and registers that were known on the store's day.

    Empty, with a warning, where no list was known. Raises `UnknownName` for a `by` that there is none of.

    >>> store.deliveries(by="lot")[["lot", "devices"]]
    """
    columns = tuple(by.split(TOGETHER))
    alike = (columns,) if by in PAIRS else tuple(tuple(name.split(TOGETHER)) for name in BY)
    shown = (*columns, "lists", "devices", "deliveries", "sites")
    lists = tuple(one.list for one in lists_known(ledger, DELIVERIES))
    if not lists:
        none = Missing(Reason.NOT_COLLECTED, caveats=(message(LOAD_A_LIST.text, kind=DELIVERIES),))
        return MeasureTable(
            [DeliveriesRow(devices=none, deliveries=none, sites=none)], DeliveriesRow, shown=shown
        )
    rows = [
        DeliveriesRow(
            lists=lists,
            devices=Known(Quantity.exact(found.devices, "devices")),
            deliveries=Known(Quantity.exact(found.deliveries, "deliveries")),
            sites=Known(Quantity.exact(found.sites, "implantations")),
            **dict(zip(columns, found.part, strict=True)),
        )
        for found in delivered(ledger, alike, lists, registers_known(ledger))[columns]
    ]
    return MeasureTable(rows, DeliveriesRow, shown=shown)


DELIVERED = MeasureDefinition(
    "deliveries",
    message("Devices delivered to school sites, counted from the lists of deliveries."),
    deliveries_rows,
    {DeliveriesRow: BY},
    carried={"lot_and_year": ("lot", "year")},
    pairs=PAIRS,
)
