"""Coverage cumulated over the years: bounded where only totals were published, counted where lists are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from ennum_stats.measures.call_constraints import (
    DEFAULT_UNIVERSE,
    bases,
    calls_known,
    sites_of_calls,
    universe_size,
)
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, share_of
from ennum_stats.measures.frames import DictTable, Row
from ennum_stats.measures.reconciliation import complete_calls
from ennum_stats.measures.school_lists import (
    COUNTED,
    REACHED,
    list_to_load,
    lists_known,
    participations_sql,
    participations_values,
)
from ennum_stats.measures.site_counts import coverage_of
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Call, Ledger

_COLUMNS = ("year", "basis", "calls_covered", "calls_not_known", "lists", "sites", "share")
_ANSWERS = ("sites", "share")


def coverage_by_year_rows(
    ledger: Ledger, programme: str = ECOLE_NUMERIQUE, without: Sequence[str] = ()
) -> DictTable:
    """The rows of `coverage` by year: sites reached since the beginning, one row a year in which school
    years began.

    A call counts from the year in which its first school year began: the last row is that of the calls up
    to 2019-2020, not of what had been delivered by the end of 2019. Of École Numérique each year has two
    rows (`proved`, `one_project_a_site`), shares of about 3,800 sites; one row (`counted`), a share of the
    register, where the lists of all calls so far may be counted on. Of another programme the lists say in
    which year a site was reached; those without a date are only known to be there at the end.
    """
    rows = (
        _of_calls(ledger, without) if programme == ECOLE_NUMERIQUE else _of_lists(ledger, programme)
    )
    return DictTable([*rows], _COLUMNS, _ANSWERS)


def _of_calls(ledger: Ledger, without: Sequence[str]) -> Iterator[Row]:
    calls = [call for call in ledger.calls if call.programme == ECOLE_NUMERIQUE]
    known, complete = calls_known(ledger), complete_calls(ledger)
    last = max((c.valid_from.year for c in calls if c.call in known), default=0)
    universes = {row["universe"]: row for row in ledger.records("universes")}
    size = universe_size(ledger, universes[DEFAULT_UNIVERSE])
    lists = tuple(
        one.list for one in lists_known(ledger, "winners") if one.programme == ECOLE_NUMERIQUE
    )
    for year in range(min((c.valid_from.year for c in calls), default=1), last + 1):
        covered = tuple(c.call for c in calls if c.valid_from.year <= year and c.call in known)
        told: Row = {
            "year": year,
            "calls_covered": covered,
            "calls_not_known": _not_known(ledger, calls, year, known),
            "lists": lists if set(covered) & set(complete) else (),
        }
        counted = (
            coverage_of(ledger, ECOLE_NUMERIQUE, covered) if set(covered) <= set(complete) else None
        )
        if counted is not None:
            yield told | {"basis": COUNTED, "sites": counted["sites"], "share": counted["share"]}
            continue
        for basis in bases(ledger, without):
            sites = sites_of_calls(ledger, covered, basis, without, size)
            yield told | {"basis": basis, "sites": sites, "share": share_of(sites, size)}


def _not_known(
    ledger: Ledger, calls: Sequence[Call], year: int, known: Sequence[str]
) -> tuple[str, ...]:
    return tuple(
        call.call
        for call in calls
        if call.valid_from.year <= year
        and call.call not in known
        and call.took_place(ledger.known_at)
    )


def _of_lists(ledger: Ledger, programme: str) -> Iterator[Row]:
    """Sites by the first year that the lists give them; those without a year are at most there."""
    found = coverage_of(ledger, programme)
    if found is None:
        missing = Missing(Reason.NOT_COLLECTED, caveats=(list_to_load(programme),))
        yield {"basis": COUNTED, "sites": missing, "share": missing}
        return
    query = f"""
        SELECT year, count(*) FROM (
            SELECT site, min(CAST(left(occurred_on, 4) AS INTEGER)) AS year
            FROM ({participations_sql()}) SEMI JOIN
                (SELECT site FROM implantations WHERE list_contains($registers, register)) USING (site)
            GROUP BY site)
        GROUP BY year ORDER BY year
    """  # noqa: S608 - no value of a user stands in it
    values = participations_values(ledger, programme, REACHED)
    values |= {"registers": [*found["registers"]]}
    by_year = dict(ledger.connection.cursor().execute(query, values).fetchall())
    undated = by_year.pop(None, 0)
    begun = _begun(ledger, programme)
    lists = tuple(one.list for one in lists_known(ledger) if one.programme == programme)
    dated = 0
    for year in range(min((begun, *by_year)), max((begun, *by_year)) + 1):
        dated += by_year.get(year, 0)
        sites = _between(dated, dated + undated)
        share = share_of(sites, found["universe_sites"])
        yield {"year": year, "basis": COUNTED, "lists": lists, "sites": sites, "share": share}


def _begun(ledger: Ledger, programme: str) -> int:
    """The year in which a programme began."""
    rows = {row["programme"]: row for row in ledger.records("programmes")}
    begun: date = rows[programme]["valid_from"]
    return begun.year


def _between(least: int, most: int) -> Answer:
    value = Decimal(least) if least == most else None
    bounds = Bounds(Decimal(least), Decimal(most))
    return Known(Quantity.derived(value, bounds, "implantations"))
