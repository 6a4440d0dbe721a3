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
from ennum_stats.measures.counted_answers import covered_answers, won_answers
from ennum_stats.measures.frames import MeasureTable
from ennum_stats.measures.school_lists import lists_counted
from ennum_stats.measures.school_sites import EVERY_LEVEL
from ennum_stats.measures.site_counts import (
    ALL_PROGRAMMES,
    PLACES,
    SiteCoverage,
    SiteWinners,
    calls_counted,
    population_of,
)
from ennum_stats.store.answers import Missing
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.population import CrossedPart, Population, crossed_parts, parts_of_calls
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
    first, second = pair.split(TOGETHER)
    named = None if programme == ALL_PROGRAMMES else programme
    found = population_of(ledger, named, levels, calls)
    if isinstance(found, Missing):
        row = SiteCoverage(sites=found, universe_sites=found, share=found)
        return MeasureTable([row], SiteCoverage, first, second)
    covered, not_known = calls_counted(ledger, found)
    lists = tuple(one.list for one in lists_counted(ledger, named))
    rows = [
        SiteCoverage(
            part=one.first,
            across=one.second,
            calls_covered=covered,
            calls_not_known=not_known,
            incomplete=lacking,
            lists=lists,
            registers=found.registers,
            **covered_answers(one.part.reached, one.part.universe, is_complete=not lacking),
        )
        for one, lacking in _counted(ledger, found, first, second)
    ]
    return MeasureTable(rows, SiteCoverage, first, second)


def crossed_winners(
    ledger: Ledger, pair: str, *, levels: Sequence[str] = EVERY_LEVEL
) -> MeasureTable[SiteWinners]:
    """List the rows of `winners` by two dimensions, with answers."""
    first, second = pair.split(TOGETHER)
    found = population_of(ledger, ECOLE_NUMERIQUE, levels, stages=AWARDED)
    if isinstance(found, Missing):
        row = SiteWinners(
            projects=found,
            sites=found,
            universe_sites=found,
            projects_per_1000_sites=found,
            amount_eur=found,
        )
        return MeasureTable([row], SiteWinners, first, second)
    lists = tuple(one.list for one in lists_counted(ledger, ECOLE_NUMERIQUE))
    rows = [
        SiteWinners(
            part=one.first,
            across=one.second,
            incomplete=lacking,
            lists=lists,
            registers=found.registers,
            **won_answers(one.part, is_complete=not lacking),
        )
        for one, lacking in _counted(ledger, found, first, second)
    ]
    return MeasureTable(rows, SiteWinners, first, second)


def _counted(
    ledger: Ledger, population: Population, first: str, second: str
) -> Iterator[tuple[CrossedPart, tuple[str, ...]]]:
    """Count a population by two dimensions, each part with what is not complete of it: of a call, its own
    lists."""
    programme = population.programme
    if first != "call":
        lacking = incomplete(ledger, programme, population.calls)
        for one in crossed_parts(ledger, population, first, second):
            yield one, lacking
        return
    order = {call: at for at, call in enumerate(calls_counted(ledger, population)[0])}
    found = [one for one in parts_of_calls(ledger, population, second) if one.first in order]
    for one in sorted(found, key=lambda one: order[one.first]):
        yield one, incomplete(ledger, programme, [one.first])
