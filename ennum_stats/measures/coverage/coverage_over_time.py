"""Coverage cumulated over the years: bounded where only totals were published, counted where lists are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

from ennum_stats.errors import message
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, share_of
from ennum_stats.measures.columns import COUNTED, Column
from ennum_stats.measures.coverage.call_constraints import bases, basis_of, sites_of_calls
from ennum_stats.measures.coverage.coverage_facts import CoverageFacts, coverage_facts
from ennum_stats.measures.coverage.site_counts import (
    SCHOOL_SITES_REACHED,
    SHARE_OF_SITES,
    SITES_REACHED,
    coverage_of,
)
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.schools.school_lists import list_to_load
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import WINNERS


@dataclass(frozen=True)
class CoverageYear:
    """Hold the sites reached from the beginning to the calls of a year, on a basis."""

    year: int | None
    basis: str
    calls_covered: tuple[str, ...] | None
    calls_not_known: tuple[str, ...] | None
    lists: tuple[str, ...] | None
    sites: Annotated[Answer, Column(
        SITES_REACHED, "implantations", (), ("year",), SCHOOL_SITES_REACHED, cumulated_by="year",
    )]  # fmt: skip
    share: Annotated[
        Answer, Column(message("Share"), "share", (), ("year",), SHARE_OF_SITES, cumulated_by="year")
    ]


def coverage_by_year_rows(
    ledger: Ledger, programme: str = ECOLE_NUMERIQUE, without: Sequence[str] = ()
) -> MeasureTable[CoverageYear]:
    """List the rows of `coverage` by year: sites reached since the beginning, one row a year in which school
    years began.

    A call counts from the year in which its first school year began: the last row is that of the calls up
    to 2019-2020, not of what had been delivered by the end of 2019. Of École Numérique each year has two
    rows (`convention`, `one_project_a_site`), shares of about 3,800 sites; one row (`counted`), a share of
    the register, where the lists of all calls so far are complete. Of another programme the lists say in
    which year a site was reached; those without a date are only known to be there at the end, and where the
    lists are not complete there are at least so many.
    """
    facts = coverage_facts(ledger)
    is_bounded = programme == ECOLE_NUMERIQUE
    rows = _of_calls(facts, without) if is_bounded else _of_lists(facts, programme)
    return MeasureTable([*rows], CoverageYear)


def _of_calls(facts: CoverageFacts, without: Sequence[str]) -> Iterator[CoverageYear]:
    known, complete = facts.known_calls, {*facts.complete}
    began = {call.call: call.valid_from.year for call in facts.calls.known if call.valid_from}
    last = max((year for call, year in began.items() if call in known), default=0)
    size = facts.default_universe.size
    lists = tuple(one.list for one in facts.lists if one.kind == WINNERS and one.programme == ECOLE_NUMERIQUE)
    for year in range(min(began.values(), default=1), last + 1):
        begun = [call for call, first in began.items() if first <= year]
        whole = facts.calls.whole(known, [c for c in begun if c in known or c in facts.calls.took_place])
        covered = whole.covered
        row = CoverageYear(
            year=year,
            basis=COUNTED,
            calls_covered=covered,
            calls_not_known=whole.not_known,
            lists=lists if {*covered} & complete else (),
            sites=Missing(Reason.NOT_YET_KNOWN),
            share=Missing(Reason.NOT_YET_KNOWN),
        )
        is_complete = {*covered} <= complete and whole.is_closed
        counted = coverage_of(facts, ECOLE_NUMERIQUE, covered) if is_complete else None
        if counted is not None:
            yield replace(row, sites=counted.sites, share=counted.share)
            continue
        for basis in bases(facts, without):
            sites = sites_of_calls(facts, covered, basis, without, size)
            share = share_of(sites, size)
            row = replace(row, basis=basis_of(basis, sites, share))
            yield replace(row, sites=whole.of(sites), share=whole.of(share))


def _of_lists(facts: CoverageFacts, programme: str) -> Iterator[CoverageYear]:
    """Count sites by the first year that the lists give them; those without a year are at most there."""
    found = coverage_of(facts, programme)
    if found is None or facts.register is None:
        missing = Missing(Reason.NOT_COLLECTED, caveats=(list_to_load(programme),))
        yield CoverageYear(None, COUNTED, None, None, None, missing, missing)
        return
    by_year: Counter[int] = Counter()
    undated = dated = 0
    for group in facts.register.of(programme):
        if not group.is_in_registers:
            continue
        if group.first_year is None:
            undated += group.sites
        else:
            by_year[group.first_year] += group.sites
    years = (
        *by_year,
        *(
            one.programme.valid_from.year
            for one in facts.programmes
            if one.programme.programme == programme and one.programme.valid_from
        ),
    )
    lists = tuple(one.list for one in facts.lists if one.programme == programme)
    for year in range(min(years), max(years) + 1):
        dated += by_year[year]
        sites = _between(dated, None if found.incomplete else dated + undated)
        share = share_of(sites, found.universe_sites)
        yield CoverageYear(year, COUNTED, None, None, lists, sites, share)


def _between(least: int, most: int | None) -> Answer:
    if not least and most is None:
        return Missing(Reason.NOT_COLLECTED)
    value = Decimal(least) if least == most else None
    bounds = Bounds(Decimal(least), None if most is None else Decimal(most))
    return Known(Quantity.derived(value, bounds, "implantations"))
