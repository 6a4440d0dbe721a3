"""What one document says of a part and of its whole; documents that contradict each other are no fault."""

from decimal import Decimal

import polars as pl
import pytest

from ennum_stats.raw.part_checks import check_parts_within_whole
from ennum_stats.raw.tables import KEY_COLUMNS

NUMBERS = dict.fromkeys(("value", "bound_lower", "bound_upper"), pl.Decimal(20, 6))
COLUMNS = (
    dict.fromkeys(("_file", "source_id", "unit", *KEY_COLUMNS), pl.String) | {"_line": pl.Int64} | NUMBERS
)


@pytest.mark.parametrize(("computers", "found"), [(4, 0), (5, 1)])
def test_parts_add_up_to_their_whole_at_most(computers, found):
    """Invented: of ten devices six are tablets, so that four are computers, and not five."""
    of = {"_file": "x.csv", "source_id": "invented", "unit": "devices", "measure": "devices_delivered"}
    rows = [
        of | {"_line": line, "component": component} | dict.fromkeys(NUMBERS, Decimal(n))
        for line, (component, n) in enumerate(((None, 10), ("tablets", 6), ("computers", computers)), 2)
    ]
    told = check_parts_within_whole({"observations": pl.DataFrame(rows, COLUMNS)})
    assert [finding.words("en").partition(" In one")[0] for finding in told] == [
        "x.csv:2: value: The parts of this whole (10) exceed it."
    ] * found
