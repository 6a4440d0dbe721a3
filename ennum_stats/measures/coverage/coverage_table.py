"""How many of the schools a programme has reached: a share where one can be had, bounds where not.

Sites are divided by sites only. Établissements are never divided by implantations, and a programme that
includes promotion sociale is never a share of a universe without it: such rows are given as not
comparable, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

from ennum_stats.errors import Message, message
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, Whole, share_of
from ennum_stats.measures.columns import COUNTED, ONE_PROJECT_A_SITE, REGISTER, Column
from ennum_stats.measures.coverage.call_constraints import PROVED, bases, basis_of, sites_of_calls
from ennum_stats.measures.coverage.coverage_facts import (
    DEFAULT_UNIVERSE,
    CoverageFacts,
    Reach,
    Universe,
    coverage_facts,
)
from ennum_stats.measures.coverage.coverage_over_time import CoverageYear, coverage_by_year_rows
from ennum_stats.measures.coverage.site_counts import COVERAGE_BY as COUNTED_BY
from ennum_stats.measures.coverage.site_counts import (
    PAIRS,
    SCHOOL_SITES,
    SCHOOL_SITES_REACHED,
    SHARE_OF_SITES,
    SITES_REACHED,
    SiteCoverage,
    coverage_by_rows,
    coverage_of,
)
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable, require_not_given
from ennum_stats.measures.schools.school_sites import EVERY_LEVEL
from ennum_stats.quantities import Bounds, Reason
from ennum_stats.store.answers import Answer, Missing
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import Within

_OF_REGISTER = (*COUNTED_BY, *PAIRS)
INSIDE = message("The sites of adult education (promotion sociale) are read as inside the total.")
BESIDE = message("The sites of adult education (promotion sociale) are read as beside the total.")
WITHOUT = message("The sites of adult education (promotion sociale) are taken out of the total.")
AS_REGISTERED = message("Bounded by what is published: the sites reached are read as sites of the register.")
_COUNTED = {"implantations": message("school sites"), "etablissements": message("schools (établissements)")}
_SENTENCES = "sentences in English: readings, assumptions, or why it is not comparable"
_SHOWN = (
    "programme", "universe", "counted", "sites", "share", "comparable", "assumptions", "basis",
    "calls_covered", "calls_not_known",
)  # fmt: skip


@dataclass(frozen=True)
class CoverageRow:
    """Hold the sites of a universe that a programme reached, on a basis; `assumptions` are sentences: readings,
    assumptions, or why it is not comparable."""

    programme: str
    universe: str
    counted: str
    sites: Annotated[Answer, Column(SITES_REACHED, "implantations", (), ("programme",), SCHOOL_SITES_REACHED)]
    universe_sites: Annotated[Answer, Column(SCHOOL_SITES, "implantations")]
    share: Annotated[Answer, Column(message("Share"), "share", (), ("programme",), SHARE_OF_SITES)]
    comparable: Annotated[bool, Column(message("Comparable"), note="where not, there is no share")]
    assumptions: Annotated[tuple[Message, ...], Column(message("Assumptions"), note=_SENTENCES)]
    basis: str
    calls_covered: tuple[str, ...] = ()
    calls_not_known: tuple[str, ...] = ()


def coverage_table(
    ledger: Ledger,
    by: str = "programme",
    calls: Sequence[str] = (),
    without: Sequence[str] = (),
    programme: str = "",
    levels: Sequence[str] = (),
    universe: str | None = None,
    within: Within | None = None,
) -> MeasureTable[object]:
    """Give the share of school sites that each programme has reached, as far as documents and lists tell.

    One row is one programme on one universe: all universes, or the one that is named. The universe of about
    3,800 implantations is given in the three readings of its 300 of promotion sociale. What is only bounded
    has no value: `sites` and `share` are missing and the bounds say what is known.

    Of École Numérique, documents only bound the sites; the bounds are sharp, and given in two rows, by
    `basis`: documents and logic alone, and `one_project_a_site` (also that a site has at most one project a
    call). The first is `proved` where no number is "about"; a universe of about 3,800 makes it `convention`.
    What lists of winners tell is in these bounds. Where a register was loaded, and the lists of a programme
    are complete (of École Numérique those of all calls that are known), the programme is counted instead: one
    row (`counted`) on the universe `register`. While a call that took place (or one asked for) is not known,
    there is a lower bound alone: `calls=["EN1_EN2020"]` bounds those calls on both sides. A
    universe that is named is bounded all the same; `register` counts whatever lists there are, or bounds by
    what is published where there are none. `calls` asks for the sites with a project in one of these calls or
    sets of calls, and for no other programme; `without` switches rules off (`store.rules()` lists them).

    With another `by`, or two, one row is one part of the sites of the last register known (`levels`:
    compulsory, adult; both unless told), counted from the lists of a `programme` (École Numérique unless
    told, "all" for any): `level`, `network`, `province`, `commune`, `call`, or `repeats` (how many
    participations a site has: 0, 1, 2 …). `incomplete` are calls and programmes of which lists are missing or
    not complete. While any are incomplete, sites and shares are only lower bounds, and `repeats` are "1+",
    "2+" … A site stands in each of its levels and networks; those that the register does not have are in the
    row `not_in_register`. `by="year"` cumulates from the beginning, and also works without lists.

    Reads what was known on the store's day; "about" is in the bounds. Where no sites can satisfy everything
    that is stated, the answer is missing (`contradicted`) and `assumptions` name what cannot all be true.
    Raises `UnknownName` for a universe, call, rule, level or `by` that does not exist, and `UsageError` where
    two do not go together.

    >>> store.coverage(calls=["EN1", "EN2019"], without=["en2020_closed_to_former"])
    """
    if by not in _OF_REGISTER:
        require_not_given([*(within or {})], "coverage", by, "within")
    if by == "programme":
        require_not_given(programme, "coverage", by, "programme")
        require_not_given(levels, "coverage", by, "levels")
        return coverage_rows(ledger, universe, calls, without)
    require_not_given(universe or "", "coverage", by, "universe")
    if by == "year":
        require_not_given(calls, "coverage", by, "calls")
        require_not_given(levels, "coverage", by, "levels")
        return coverage_by_year_rows(ledger, programme or ECOLE_NUMERIQUE, without)
    require_not_given(without, "coverage", by, "without")
    return coverage_by_rows(
        ledger,
        by,
        programme=programme or ECOLE_NUMERIQUE,
        calls=calls,
        levels=levels or EVERY_LEVEL,
        within=within,
    )


def coverage_rows(
    ledger: Ledger, universe: str | None = None, calls: Sequence[str] = (), without: Sequence[str] = ()
) -> MeasureTable[CoverageRow]:
    """List the rows of `coverage` by programme, with answers."""
    rows = _rows(coverage_facts(ledger), universe, calls, without)
    return MeasureTable([*rows], CoverageRow, shown=_SHOWN)


def shown_rows(ledger: Ledger) -> list[CoverageRow]:
    """List the rows that are shown together: of each programme those counted on the register, or those on
    about 3,800 school sites, never both."""
    return [row for row in coverage_rows(ledger).rows if row.universe in (DEFAULT_UNIVERSE, REGISTER)]


def row_of_all_calls(ledger: Ledger) -> CoverageRow | None:
    """Find what all calls whose winners are known have reached, as it is shown beside other programmes:
    without an assumption about projects."""
    of_calls = (row for row in shown_rows(ledger) if row.programme == ECOLE_NUMERIQUE)
    return next((row for row in of_calls if row.basis != ONE_PROJECT_A_SITE), None)


def row_of_known_calls(ledger: Ledger) -> CoverageRow | None:
    """Find what the calls whose winners are known have reached, as a whole of their own, which its readers name."""
    whole = row_of_all_calls(ledger)
    if whole is None or not whole.calls_not_known or not whole.calls_covered:
        return whole
    rows = coverage_rows(ledger, whole.universe, whole.calls_covered).rows
    return next(row for row in rows if row.basis != ONE_PROJECT_A_SITE)


def _rows(
    facts: CoverageFacts, universe: str | None, calls: Sequence[str], without: Sequence[str]
) -> Iterator[CoverageRow]:
    """List the programmes, each on the universes asked for, or counted on the register; only École Numérique
    where calls are asked for."""
    if universe is None:
        universes = facts.universes
    elif universe == REGISTER:
        universes = (facts.register_universe,) if facts.register_universe else ()
    else:
        universes = (facts.universe(universe),)
    asked = facts.calls.resolved(calls)
    for reach in facts.programmes:
        programme = reach.programme.programme
        if calls and programme != ECOLE_NUMERIQUE:
            continue
        if universe == REGISTER or (universe is None and is_programme_counted(facts, programme, asked)):
            counted = [*_counted(facts, programme, asked)]
            yield from counted
            if counted:
                continue
        for one in universes:
            if programme == ECOLE_NUMERIQUE:
                yield from _bounded(facts, reach, one, asked, without)
            else:
                yield _row(reach, one, reach.reached, PROVED)


def is_programme_counted(facts: CoverageFacts, programme: str, asked: Sequence[str] = ()) -> bool:
    """Tell whether the share of a programme is counted on a register, and not bounded: its lists are
    complete; of École Numérique, those of all calls of which anything is known."""
    covered = _whole(facts, asked).covered if programme == ECOLE_NUMERIQUE else ()
    is_known = bool(covered) or programme != ECOLE_NUMERIQUE
    return facts.register is not None and is_known and not facts.incomplete(programme, covered)


def _whole(facts: CoverageFacts, asked: Sequence[str]) -> Whole:
    """Find the calls of which anything is known, of those asked for where any are."""
    return facts.calls.whole(facts.known_calls, asked or None)


def _bounded(
    facts: CoverageFacts, reach: Reach, universe: Universe, asked: Sequence[str], without: Sequence[str]
) -> Iterator[CoverageRow]:
    """Bound École Numérique on a universe: one row a basis; at least so many while a call is not known."""
    size = universe.size if _not_comparable(reach, universe) is None else None
    whole = _whole(facts, asked)
    for basis in bases(facts, without):
        row = _row(reach, universe, sites_of_calls(facts, whole.covered, basis, without, size), basis)
        yield replace(
            row,
            sites=whole.of(row.sites),
            share=whole.of(row.share),
            calls_covered=whole.covered,
            calls_not_known=whole.not_known,
        )


def _counted(facts: CoverageFacts, programme: str, asked: Sequence[str]) -> Iterator[CoverageRow]:
    """Give the row of a programme on the sites of the register, where lists of it are known."""
    found = coverage_of(facts, programme, asked)
    if found is not None:
        yield CoverageRow(
            programme=programme,
            universe=REGISTER,
            counted="implantations",
            sites=found.sites,
            universe_sites=found.universe_sites,
            share=found.share,
            comparable=True,
            assumptions=(counted_in(found.registers or ()),),
            basis=COUNTED,
            calls_covered=found.calls_covered or (),
            calls_not_known=found.calls_not_known or (),
        )


def counted_in(registers: Sequence[str]) -> Message:
    """Say in which registers sites were counted."""
    return message("Counted in the register {registers}.", registers=", ".join(registers))


def _row(reach: Reach, universe: Universe, reached: Answer, basis: str) -> CoverageRow:
    sites = reached
    reason = _not_comparable(reach, universe)
    share: Answer = Missing(Reason.NOT_COMPARABLE)
    if reason is None:
        sites = _inside(sites, universe.size)
        share = share_of(sites, universe.size)
    return CoverageRow(
        programme=reach.programme.programme,
        universe=universe.universe,
        counted=reach.counted,
        sites=sites,
        universe_sites=universe.size,
        share=share,
        comparable=reason is None,
        assumptions=(reason,) if reason else (_reading(universe), *sites.caveats),
        basis=basis_of(basis, sites, share),
    )


def _not_comparable(reach: Reach, universe: Universe) -> Message | None:
    """Say why the schools that a programme reached are no share of a universe; nothing where they are."""
    if reach.counted != universe.counted:
        return message(
            "Not comparable: {counted} are not divided by {universe_counted}.",
            counted=_COUNTED[reach.counted], universe_counted=_COUNTED[universe.counted],
        )  # fmt: skip
    if universe.territory != "wallonia":
        return message("Not comparable: the universe is of another territory.")
    if universe.removes_level and reach.programme.adult_education != "no":
        return message("Not comparable: the universe is without adult education, and the winners include it.")
    return None


def _inside(sites: Answer, size: Answer) -> Answer:
    """Limit sites reached to those of the universe: there are not more of them."""
    if isinstance(sites, Missing) or isinstance(size, Missing):
        return sites
    upper = size.quantity.bounds.upper
    low, high = sites.quantity.bounds.ends
    if upper is None or low > upper or high <= upper:
        return sites
    return sites.within(Bounds(Decimal(0), upper))


def _reading(universe: Universe) -> Message:
    """Say how the universe reads the sites of promotion sociale."""
    if universe.universe == REGISTER:
        return AS_REGISTERED
    if universe.adds_level:
        return BESIDE
    return WITHOUT if universe.removes_level else INSIDE


COVERAGE = MeasureDefinition(
    "coverage",
    message(
        "Share of the school sites that each programme has reached, or its bounds; by year; counted from the "
        "lists by call, level, network, province, commune and repeats."
    ),
    coverage_table,
    {CoverageRow: ("programme",), CoverageYear: ("year",), SiteCoverage: COUNTED_BY},
    options=("calls", "without", "programme", "levels", "within"),
    analysts_options=("universe",),
    carried={"programme": ("universe",)},
    pairs=PAIRS,
    of_register=_OF_REGISTER,
    is_released=True,
)
