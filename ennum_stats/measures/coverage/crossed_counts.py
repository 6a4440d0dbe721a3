"""Coverage and winners counted site by site by two dimensions at once: a province in a network, a call in a
level.

The population and what is known of it are those of `site_counts`. A site stands in each network and level
that it has, and may have won in several calls; what is in no register is in one row of its own, or in one a
call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.columns import PLACES, TOGETHER
from ennum_stats.measures.coverage.site_counts import (
    ALL_PROGRAMMES,
    CountedPart,
    SiteCoverage,
    SiteWinners,
    calls_counted,
    counted_coverage,
    counted_winners,
    population_of,
)
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.schools.completeness import incomplete
from ennum_stats.measures.schools.school_sites import EVERY_LEVEL, PLACE_PAIRS
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.population import Population, crossed_parts, parts_of_calls
from ennum_stats.store.school_rows import AWARDED, Within

PAIRS = (*(f"call{TOGETHER}{place}" for place in PLACES), *PLACE_PAIRS)
"""The pairs of dimensions by which sites are counted."""


def crossed_coverage(
    ledger: Ledger,
    pair: str,
    *,
    programme: str = ECOLE_NUMERIQUE,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
    within: Within | None = None,
) -> MeasureTable[SiteCoverage]:
    """List the rows of `coverage` by two dimensions, with answers."""
    named = None if programme == ALL_PROGRAMMES else programme
    found = population_of(ledger, named, levels, calls, within=within)
    return counted_coverage(ledger, found, lambda sites: _counted(ledger, sites, pair), *pair.split(TOGETHER))


def crossed_winners(
    ledger: Ledger, pair: str, *, levels: Sequence[str] = EVERY_LEVEL, within: Within | None = None
) -> MeasureTable[SiteWinners]:
    """List the rows of `winners` by two dimensions, with answers."""
    found = population_of(ledger, ECOLE_NUMERIQUE, levels, stages=AWARDED, within=within)
    return counted_winners(ledger, found, lambda sites: _counted(ledger, sites, pair), *pair.split(TOGETHER))


def _counted(ledger: Ledger, population: Population, pair: str) -> Iterator[CountedPart]:
    """Count a population by two dimensions, each part with what is not complete of it: of a call, its own
    lists."""
    first, second = pair.split(TOGETHER)
    programme = population.programme
    if first != "call":
        lacking = incomplete(ledger, programme, population.calls)
        for one in crossed_parts(ledger, population, first, second):
            yield CountedPart(one.first, one.part, lacking, one.second)
        return
    calls = calls_counted(ledger, population)[0]
    for one in parts_of_calls(ledger, population, second, calls):
        yield CountedPart(one.first, one.part, incomplete(ledger, programme, [one.first]), one.second)
