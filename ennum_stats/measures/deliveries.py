"""Devices delivered to schools, from the lists of deliveries: by lot, year, call, province."""

from __future__ import annotations

from ennum_stats.errors import UnknownName, message
from ennum_stats.measures.frames import DictTable, Frame, FrameKind, in_frame
from ennum_stats.measures.school_lists import DELIVERIES, LOAD_A_LIST, lists_known
from ennum_stats.measures.school_sites import registers_known
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Known, Missing
from ennum_stats.store.ledger import Ledger

BY = ("lot_and_year", "lot", "year", "call", "province")
_ANSWERS = ("devices", "deliveries", "sites")
_YEAR = "CAST(year(d.delivered_on) AS INTEGER)"
_PARTS = {
    "lot_and_year": {"lot": "d.lot", "year": _YEAR},
    "lot": {"lot": "d.lot"},
    "year": {"year": _YEAR},
    "call": {"call": "d.call"},
    "province": {"province": "s.province"},
}


def deliveries(ledger: Ledger, by: str = "lot_and_year", *, frame: FrameKind = "pandas") -> Frame:
    """Devices delivered to school sites, as the lists of deliveries say.

    One row is one lot and year of delivery (`lot_and_year`), or one lot, year, call or province. A site
    counts under its identity over time; its province is that of the last register, and empty for a site
    that is not in it. Reads the lists and registers that were known on the ledger's day.

    Columns: those of `by`, `lists` (tuple), `devices` (number of devices), `deliveries` (rows of the
    lists), `sites` (distinct implantations), each with `_lower` and `_upper` (exact), `status`,
    `missing_reason`, `observation_ids`. Where no list was known, one row says so (not collected). Raises
    `UnknownName` for a `by` that there is none of.

    >>> deliveries(store, "lot")[["lot", "devices"]]  # doctest: +SKIP
    """
    return in_frame(deliveries_rows(ledger, by), frame)


def deliveries_rows(ledger: Ledger, by: str = "lot_and_year") -> DictTable:
    """The rows of `deliveries`, with answers."""
    if by not in BY:
        raise UnknownName(
            message("{measure} cannot be given by “{by}”.", measure="deliveries", by=by),
            expected=message("Expected one of: {names}.", names=", ".join(BY)),
        )
    parts = _PARTS[by]
    columns = (*parts, "lists", *_ANSWERS)
    lists = tuple(one.list for one in lists_known(ledger, DELIVERIES))
    if not lists:
        none = Missing(Reason.NOT_COLLECTED, caveats=(message(LOAD_A_LIST.text, kind=DELIVERIES),))
        return DictTable([dict.fromkeys(_ANSWERS, none)], columns, _ANSWERS)
    query = f"""
        WITH numbers AS (
            SELECT i.implantation, any_value(i.site) AS site,
                   max(c.province) FILTER (list_contains(?, i.register)) AS province
            FROM implantations i JOIN communes c ON c.commune = i.commune GROUP BY 1)
        SELECT {", ".join(parts.values())}, sum(d.quantity), count(*),
               count(DISTINCT coalesce(s.site, d.implantation))
        FROM deliveries d LEFT JOIN numbers s USING (implantation)
        WHERE list_contains(?, d.list)
        GROUP BY {", ".join(parts.values())} ORDER BY ALL
    """  # noqa: S608 - the columns come from a table above
    values = [[*registers_known(ledger)], [*lists]]
    rows = ledger.connection.cursor().execute(query, values).fetchall()
    units = ("devices", "deliveries", "implantations")
    return DictTable(
        [
            dict(zip(parts, row, strict=False))
            | {"lists": lists}
            | {
                name: Known(Quantity.exact(number, unit))
                for name, number, unit in zip(_ANSWERS, row[len(parts) :], units, strict=True)
            }
            for row in rows
        ],
        columns,
        _ANSWERS,
    )
