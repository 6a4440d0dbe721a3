"""Coverage and winners counted site by site, from the lists and the registers of schools.

The population is the sites of the last register known. A site stands in each network and level that it has,
so that these rows may add up to more than the whole. Sites of the lists that are not in that register any
more (closed, or of another level) are in a row of their own, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypedDict

from ennum_stats.errors import ONE_OF, message, unknown_name
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_calendar
from ennum_stats.measures.coverage_facts import CoverageFacts
from ennum_stats.measures.frames import Frame, FrameKind, MeasureTable, in_frame
from ennum_stats.measures.school_lists import COUNTED, list_to_load, lists_counted
from ennum_stats.measures.school_sites import EVERY_LEVEL, register_to_load, teaching_of
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.population import (
    NOT_IN_REGISTER,
    Part,
    Population,
    by_participations,
    by_programme,
    by_year,
    listed_calls,
    not_reached,
    parts,
)
from ennum_stats.store.school_rows import AWARDED, DELIVERIES, REACHED, registers_known

ALL_PROGRAMMES = "all"
PLACES = ("level", "network", "province", "commune")
COVERAGE_BY = ("call", *PLACES, "repeats")
WINNERS_BY = (*PLACES, "repeats", "programme", "year")
_COUNTED_BY: dict[str, Callable[[Ledger, Population], list[Part]]] = {
    "repeats": by_participations,
    "programme": by_programme,
    "year": by_year,
}
_Codes = tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class SiteCoverage:
    """The sites of a part of the registers that lists name, of all of its sites."""

    part: str | int | None = None
    basis: str = COUNTED
    calls_covered: _Codes = None
    calls_not_known: _Codes = None
    lists: _Codes = None
    registers: _Codes = None
    sites: Answer
    universe_sites: Answer
    share: Answer


@dataclass(frozen=True, kw_only=True)
class SiteWinners:
    """The projects of a part of the registers, as the lists of winners count them."""

    part: str | int | None = None
    lists: _Codes = None
    registers: _Codes = None
    projects: Answer
    sites: Answer
    universe_sites: Answer
    projects_per_1000_sites: Answer
    amount_eur: Answer


@dataclass(frozen=True, kw_only=True)
class NeverAwarded:
    """A site of the registers that never had anything, or why there is none to name."""

    implantation: str | None = None
    schools: _Codes = None
    address: str | None = None
    postal_code: str | None = None
    locality: str | None = None
    commune: str | None = None
    province: str | None = None
    networks: _Codes = None
    teaching_levels: _Codes = None
    participations: Answer


def coverage_by_rows(
    ledger: Ledger,
    by: str,
    *,
    programme: str = ECOLE_NUMERIQUE,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
) -> MeasureTable[SiteCoverage]:
    """List the rows of `coverage` that are counted: by call, level, network, province, commune, or by how
    many participations a site had (`repeats`)."""
    if by not in COVERAGE_BY:
        raise unknown_name(
            message("{measure} cannot be given by “{by}”.", measure="coverage", by=by),
            COVERAGE_BY,
            ONE_OF,
        )
    named = None if programme == ALL_PROGRAMMES else programme
    found = population_of(ledger, named, levels, calls)
    if isinstance(found, Missing):
        row = SiteCoverage(sites=found, universe_sites=found, share=found)
        return MeasureTable([row], SiteCoverage, by)
    covered, not_known = _calls_of(ledger, found)
    lists = tuple(one.list for one in lists_counted(ledger, named))
    if by == "call":
        counted = [replace(_whole(ledger, replace(found, calls=(c,))), part=c) for c in covered]
    else:
        counted = _COUNTED_BY.get(by, partial(parts, by=by))(ledger, found)
    rows = [
        SiteCoverage(
            part=part.part,
            calls_covered=covered,
            calls_not_known=not_known,
            lists=lists,
            registers=found.registers,
            **_covered(part.reached, part.universe),
        )
        for part in counted
    ]
    return MeasureTable(rows, SiteCoverage, by)


def winners_by_rows(
    ledger: Ledger, by: str, *, levels: Sequence[str] = EVERY_LEVEL
) -> MeasureTable[SiteWinners]:
    """List the rows of `winners` that are counted: by level, network, province, commune, by how many projects
    a site has (`repeats`), by programme, or by the year in which the school years of the calls began."""
    found = population_of(ledger, ECOLE_NUMERIQUE, levels, stages=AWARDED)
    if isinstance(found, Missing):
        row = SiteWinners(
            projects=found,
            sites=found,
            universe_sites=found,
            projects_per_1000_sites=found,
            amount_eur=found,
        )
        return MeasureTable([row], SiteWinners, by)
    lists = tuple(one.list for one in lists_counted(ledger, ECOLE_NUMERIQUE))
    counted = _COUNTED_BY.get(by, partial(parts, by=by))(ledger, found)
    rows = [_won(part, lists, found.registers) for part in counted]
    return MeasureTable(rows, SiteWinners, by)


def never_awarded(
    ledger: Ledger,
    programme: str = ECOLE_NUMERIQUE,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
    *,
    frame: FrameKind = "pandas",
) -> Frame:
    """List the school sites that never had anything of a programme, one by one.

    One row is one site (implantation) of the last register of each community known on the ledger's day
    that no known list names: of `programme` (École Numérique unless told; "all" for any), in one of
    `calls` where they are told. Where there is no list or no register, one row says so (not collected).

    Columns: `implantation` (FASE number), `schools` (tuple of names), `address`, `postal_code`, `locality`,
    `commune` (NIS code of 2019), `province`, `networks`, `teaching_levels` (tuples), `participations` with
    `_lower` and `_upper` (0), `status`, `missing_reason`, `observation_ids`.

    >>> never_awarded(store)[["implantation", "commune"]]  # doctest: +SKIP
    """
    return in_frame(never_awarded_rows(ledger, programme, calls, levels), frame)


def never_awarded_rows(
    ledger: Ledger,
    programme: str = ECOLE_NUMERIQUE,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
) -> MeasureTable[NeverAwarded]:
    """List the rows of `never_awarded`, with answers."""
    named = None if programme == ALL_PROGRAMMES else programme
    found = population_of(ledger, named, levels, calls)
    if isinstance(found, Missing):
        return MeasureTable([NeverAwarded(participations=found)], NeverAwarded)
    none = Known(Quantity.exact(0, "participations"))
    rows = [NeverAwarded(**vars(site), participations=none) for site in not_reached(ledger, found)]
    return MeasureTable(rows, NeverAwarded)


def coverage_of(
    facts: CoverageFacts, programme: str, calls: Sequence[str] = ()
) -> SiteCoverage | None:
    """Count the sites of the register that a programme reached (in these calls, where any are given); nothing
    without lists or a register."""
    lists = tuple(
        one.list for one in facts.lists if one.programme == programme and one.kind != DELIVERIES
    )
    if facts.register is None or not lists:
        return None
    groups = facts.register.of(programme)
    named = {call for group in groups for call in group.calls}
    listed = tuple(c for c in facts.calls.every if c in named and (not calls or c in calls))
    is_of_calls = programme == ECOLE_NUMERIQUE
    reached = sum(
        group.sites
        for group in groups
        if group.is_in_universe and (not calls or group.calls & {*calls})
    )
    return SiteCoverage(
        calls_covered=listed,
        calls_not_known=facts.calls.not_listed(calls, listed) if is_of_calls else (),
        lists=lists,
        registers=facts.register.registers,
        **_covered(reached, facts.register.universe),
    )


def population_of(
    ledger: Ledger,
    programme: str | None,
    levels: Sequence[str],
    calls: Sequence[str] = (),
    stages: tuple[str, ...] = REACHED,
) -> Population | Missing:
    """Select the sites of the registers known, with participations of a programme (all where it is `None`);
    or say what is missing to count them, with the command that loads it."""
    teaching = teaching_of(levels)  # an unknown level is told first
    registers = registers_known(ledger)
    if not registers:
        return Missing(Reason.NOT_COLLECTED, caveats=register_to_load(ledger))
    if not lists_counted(ledger, programme):
        return Missing(Reason.NOT_COLLECTED, caveats=(list_to_load(programme or ECOLE_NUMERIQUE),))
    asked = call_calendar(ledger).asked(calls)
    return Population(registers, teaching, programme, asked, stages, stages == AWARDED)


# --- inside ---------------------------------------------------------------------------------------------


def _whole(ledger: Ledger, population: Population) -> Part:
    """Count all of a population in one."""
    found = parts(ledger, population, "")
    return next((p for p in found if p.part != NOT_IN_REGISTER), Part("", 0, 0, 0, None, 0))


def _calls_of(ledger: Ledger, population: Population) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the calls that are counted, and those asked for or taken place of which there is no list."""
    calendar, named = call_calendar(ledger), listed_calls(ledger, population)
    asked = population.calls
    listed = tuple(c for c in calendar.every if c in named and (not asked or c in asked))
    if population.programme != ECOLE_NUMERIQUE:
        return listed, ()
    return listed, calendar.not_listed(asked, listed)


class _Covered(TypedDict):
    sites: Answer
    universe_sites: Answer
    share: Answer


def _covered(reached: int, universe: int | None) -> _Covered:
    """Give the answers of a part: sites reached, all sites, and the share where it is a part of the
    register."""
    if universe is None:
        outside = Missing(Reason.NOT_APPLICABLE)
        return {"sites": _sites(reached), "universe_sites": outside, "share": outside}
    sites, whole = _sites(reached), _sites(universe)
    return {"sites": sites, "universe_sites": whole, "share": sites.over(whole, "share")}


def _won(part: Part, lists: tuple[str, ...], registers: tuple[str, ...]) -> SiteWinners:
    covered = _covered(part.reached, part.universe)
    rate: Answer = Missing(Reason.NOT_APPLICABLE)
    if part.universe:
        universe = Quantity.exact(part.universe, "implantations")
        thousandfold = Quantity.exact(1000 * part.participations, "projects")
        rate = Known(thousandfold.over(universe, "per_1000_sites"))
    return SiteWinners(
        part=part.part,
        lists=lists,
        registers=registers,
        projects=Known(Quantity.exact(part.participations, "projects")),
        sites=covered["sites"],
        universe_sites=covered["universe_sites"],
        projects_per_1000_sites=rate,
        amount_eur=_amount(part),
    )


def _amount(part: Part) -> Answer:
    """Sum what the lists tell; at least that, where not every participation tells it."""
    if part.participations == 0:
        return Known(Quantity.exact(0, "EUR"))
    if part.amount_eur is None:
        return Missing(Reason.NOT_COLLECTED)
    if part.amounts == part.participations:
        return Known(Quantity.exact(part.amount_eur.normalize(), "EUR"))
    return Known(Quantity.derived(None, Bounds(part.amount_eur.normalize(), None), "EUR"))


def _sites(number: int) -> Known:
    return Known(Quantity.exact(number, "implantations"))
