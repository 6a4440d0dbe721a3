"""Coverage and winners counted site by site by two dimensions at once: a province in a network, a call in a
level.

The population and what is known of it are those of `site_counts`. A site stands in each network and level
that it has, and may have won in several calls; what is in no register is in one row of its own, or in one a
call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.completeness import incomplete
from ennum_stats.measures.frames import MeasureTable
from ennum_stats.measures.school_sites import EVERY_LEVEL
from ennum_stats.measures.site_counts import (
    ALL_PROGRAMMES,
    PLACES,
    Counted,
    SiteCoverage,
    SiteWinners,
    calls_counted,
    coverage_table,
    population_of,
    winners_table,
)
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.population import Population, crossed_parts, parts_of_calls
from ennum_stats.store.school_rows import AWARDED

TOGETHER = "_and_"
"""Between the two dimensions of a pair."""
_IN_ONE = {("province", "commune")}
"""Pairs of which one part lies wholly in one of the other: there is nothing to cross."""
PAIRS = tuple(
    TOGETHER.join(pair)
    for pair in (*(("call", place) for place in PLACES), *combinations(PLACES, 2))
    if pair not in _IN_ONE
)
"""The pairs of dimensions by which sites are counted."""

COUNTED_NUMBERS = {
    "coverage": ("sites", "universe_sites", "share"),
    "winners": ("projects", "sites", "universe_sites", "projects_per_1000_sites", "amount_eur"),
}
"""The numbers of each measure that are counted so; the others are published, and not by two dimensions."""


def crossed_coverage(
    ledger: Ledger,
    pair: str,
    *,
    programme: str = ECOLE_NUMERIQUE,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
) -> MeasureTable[SiteCoverage]:
    """List the rows of `coverage` by two dimensions, with answers."""
    named = None if programme == ALL_PROGRAMMES else programme
    found = population_of(ledger, named, levels, calls)
    return coverage_table(
        ledger, found, lambda sites: _counted(ledger, sites, pair), *pair.split(TOGETHER)
    )


def crossed_winners(
    ledger: Ledger, pair: str, *, levels: Sequence[str] = EVERY_LEVEL
) -> MeasureTable[SiteWinners]:
    """List the rows of `winners` by two dimensions, with answers."""
    found = population_of(ledger, ECOLE_NUMERIQUE, levels, stages=AWARDED)
    return winners_table(
        ledger, found, lambda sites: _counted(ledger, sites, pair), *pair.split(TOGETHER)
    )


def _counted(ledger: Ledger, population: Population, pair: str) -> Iterator[Counted]:
    """Count a population by two dimensions, each part with what is not complete of it: of a call, its own
    lists."""
    first, second = pair.split(TOGETHER)
    programme = population.programme
    if first != "call":
        lacking = incomplete(ledger, programme, population.calls)
        for one in crossed_parts(ledger, population, first, second):
            yield Counted(one.first, one.part, lacking, one.second)
        return
    order = {call: at for at, call in enumerate(calls_counted(ledger, population)[0])}
    found = [one for one in parts_of_calls(ledger, population, second) if one.first in order]
    for one in sorted(found, key=lambda one: order[one.first]):
        yield Counted(one.first, one.part, incomplete(ledger, programme, [one.first]), one.second)
