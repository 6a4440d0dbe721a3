"""Coverage and winners counted site by site, from the lists and the registers of schools.

The population is the sites of the last register known. A site stands in each network and level that it has,
so that these rows may add up to more than the whole. Sites of the lists that are not in that register any
more (closed, or of another level) are in a row of their own, so that nothing is lost.

What lists say that are not complete (`completeness`) is a lower bound: each row names them (`incomplete`),
and nothing is said of sites that had nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Annotated, TypedDict

from ennum_stats.errors import ONE_OF, message, unknown_name
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_calendar
from ennum_stats.measures.columns import COUNTED, PLACES, TOGETHER, Column
from ennum_stats.measures.coverage.coverage_facts import CoverageFacts
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.schools.completeness import DECLARE, incomplete, not_complete
from ennum_stats.measures.schools.school_lists import list_to_load, lists_counted
from ennum_stats.measures.schools.school_sites import (
    EVERY_LEVEL,
    IN_ONE,
    PLACE_PAIRS,
    known_places,
    register_to_load,
    teaching_of,
)
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.population import (
    Part,
    Population,
    by_participations,
    by_programme,
    by_year,
    listed_calls,
    parts,
    parts_of_calls,
    single_sites,
)
from ennum_stats.store.school_rows import AWARDED, DELIVERIES, REACHED, Within, registers_known
from ennum_stats.vocabulary import NOT_IN_REGISTER

ALL_PROGRAMMES = "all"
OR_MORE = "+"
"""After a number of participations: that many or more."""
COVERAGE_BY = ("call", *PLACES, "repeats")
WINNERS_BY = (*PLACES, "repeats", "programme", "year")
PAIRS = (*(f"call{TOGETHER}{place}" for place in PLACES), *PLACE_PAIRS)
"""The pairs of dimensions by which both are counted: a site that won in several calls, or stands in several
networks or levels, is in each; what is in no register is in one row, or in one a call."""
_COUNTED_BY: dict[str, Callable[[Ledger, Population], list[Part]]] = {
    "repeats": by_participations,
    "programme": by_programme,
    "year": by_year,
}
_Codes = tuple[str, ...] | None
SITES_REACHED, SCHOOL_SITES = message("Sites reached"), message("School sites")
SCHOOL_SITES_REACHED = message("School sites reached")
SHARE_OF_SITES = message("Share of the school sites reached")


@dataclass(frozen=True, kw_only=True)
class SiteCoverage:
    """Hold the sites of a part of the registers that lists name, of all of its sites."""

    part: str | int | None = None
    across: str | None = None
    basis: str = COUNTED
    calls_covered: _Codes = None
    calls_not_known: _Codes = None
    incomplete: _Codes = None
    """Calls, and programmes without calls, whose lists are missing or not complete."""
    lists: _Codes = None
    registers: _Codes = None
    sites: Annotated[
        Answer, Column(SITES_REACHED, "implantations", IN_ONE, COVERAGE_BY, SCHOOL_SITES_REACHED)
    ]
    universe_sites: Annotated[Answer, Column(SCHOOL_SITES, "implantations", IN_ONE, note="all of them")]
    share: Annotated[Answer, Column(message("Share"), "share", (), ("call", *PLACES), SHARE_OF_SITES)]


@dataclass(frozen=True, kw_only=True)
class SiteWinners:
    """Hold the projects of a part of the registers, as the lists of winners count them."""

    part: str | int | None = None
    across: str | None = None
    incomplete: _Codes = None
    lists: _Codes = None
    registers: _Codes = None
    projects: Annotated[Answer, Column(
        message("Projects"), "projects", (*IN_ONE, "call"), WINNERS_BY,
        message("Projects, counted from the lists"),
    )]  # fmt: skip
    sites: Annotated[Answer, Column(
        SITES_REACHED, "implantations", IN_ONE, WINNERS_BY, message("School sites with a project"),
        note="with a project",
    )]  # fmt: skip
    universe_sites: Annotated[Answer, Column(SCHOOL_SITES, "implantations", IN_ONE, note="all of them")]
    projects_per_1000_sites: Annotated[
        Answer, Column(message("Projects per 1,000 school sites"), "per_1000_sites", (), PLACES)
    ]
    amount_eur: Annotated[Answer, Column(
        message("Amount"), "EUR", (*IN_ONE, "call"), WINNERS_BY,
        message("Amount awarded, counted from the lists"),
        note="at least that, where not every row of a list tells it",
    )]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NeverAwarded:
    """Hold a site of the registers that never had anything, or why there is none to name."""

    implantation: Annotated[str | None, Column(message("Site number"), note="FASE")] = None
    schools: Annotated[_Codes, Column(message("Schools on the site"), note="names")] = None
    address: Annotated[str | None, Column(message("Address"))] = None
    postal_code: Annotated[str | None, Column(message("Postal code"))] = None
    locality: Annotated[str | None, Column(message("Locality"))] = None
    commune: str | None = None
    province: str | None = None
    networks: Annotated[_Codes, Column(message("Networks"), named_by="codelists.network")] = None
    teaching_levels: Annotated[_Codes, Column(message("Levels"), named_by="codelists.level")] = None
    participations: Annotated[Answer, Column(message("Participations"), "participations")]


def coverage_by_rows(
    ledger: Ledger,
    by: str,
    *,
    programme: str = ECOLE_NUMERIQUE,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
    within: Within | None = None,
) -> MeasureTable[SiteCoverage]:
    """List the rows of `coverage` that are counted: by call, level, network, province, commune, by two of them
    (`PAIRS`), or by how many participations a site had (`repeats`)."""
    if by not in (*COVERAGE_BY, *PAIRS):
        raise unknown_name(
            message("{measure} cannot be given by “{by}”.", measure="coverage", by=by), COVERAGE_BY, ONE_OF
        )
    named = None if programme == ALL_PROGRAMMES else programme
    population = population_of(ledger, named, levels, calls, within=within)
    first, _, across = by.partition(TOGETHER)
    if isinstance(population, Missing):
        none = SiteCoverage(sites=population, universe_sites=population, share=population)
        return MeasureTable([none], SiteCoverage, first, across)
    covered, not_known = calls_counted(ledger, population)
    lists = tuple(one.list for one in lists_counted(ledger, population.programme))
    rows = [
        SiteCoverage(
            part=part.part,
            across=part.across,
            calls_covered=covered,
            calls_not_known=not_known,
            incomplete=lacking,
            lists=lists,
            registers=population.registers,
            **covered_answers(part.reached, part.universe, is_complete=not lacking),
        )
        for part, lacking in _counted(ledger, population, by)
    ]
    return MeasureTable(rows, SiteCoverage, first, across)


def winners_by_rows(
    ledger: Ledger, by: str, *, levels: Sequence[str] = EVERY_LEVEL, within: Within | None = None
) -> MeasureTable[SiteWinners]:
    """List the rows of `winners` that are counted: by level, network, province, commune, by two of them or of
    a call (`PAIRS`), by how many projects a site has (`repeats`), by programme, or by the year in which the
    school years of the calls began."""
    population = population_of(ledger, ECOLE_NUMERIQUE, levels, stages=AWARDED, within=within)
    first, _, across = by.partition(TOGETHER)
    if isinstance(population, Missing):
        none = SiteWinners(
            projects=population,
            sites=population,
            universe_sites=population,
            projects_per_1000_sites=population,
            amount_eur=population,
        )
        return MeasureTable([none], SiteWinners, first, across)
    lists = tuple(one.list for one in lists_counted(ledger, population.programme))
    rows = [
        SiteWinners(
            part=part.part,
            across=part.across,
            incomplete=lacking,
            lists=lists,
            registers=population.registers,
            **won_answers(part, is_complete=not lacking),
        )
        for part, lacking in _counted(ledger, population, by)
    ]
    return MeasureTable(rows, SiteWinners, first, across)


def never_awarded_rows(
    ledger: Ledger,
    programme: str = ECOLE_NUMERIQUE,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
) -> MeasureTable[NeverAwarded]:
    """List the school sites that never had anything of a programme, one by one.

    One row is one site (implantation) of the last register of each community known on the store's day that no
    known list names: of `programme` (École Numérique unless told; "all" for any), in one of `calls` where
    they are told. Empty, with a warning, where there is no register, or the lists of a call that took place
    by then (of one of `calls`; of any programme) are missing or not complete.

    >>> store.never_awarded()[["implantation", "commune"]]
    """
    named = None if programme == ALL_PROGRAMMES else programme
    found = population_of(ledger, named, levels, calls)
    if isinstance(found, Missing):
        return MeasureTable([NeverAwarded(participations=found)], NeverAwarded)
    lacking = incomplete(ledger, named, found.calls)
    if lacking:
        unknown = Missing(Reason.NOT_COLLECTED, caveats=(not_complete(lacking), DECLARE))
        return MeasureTable([NeverAwarded(participations=unknown)], NeverAwarded)
    none = Known(Quantity.exact(0, "participations"))
    sites = (vars(site) for site in single_sites(ledger, found, without_any=True))
    rows = [
        NeverAwarded(**{name: cell for name, cell in site.items() if name != "had"}, participations=none)
        for site in sites
    ]
    return MeasureTable(rows, NeverAwarded)


def coverage_of(facts: CoverageFacts, programme: str, calls: Sequence[str] = ()) -> SiteCoverage | None:
    """Count the sites of the register that a programme reached (in these calls, where any are given), or at
    least how many where its lists are not complete; nothing without lists or a register."""
    of_calls = {name for name, call in facts.listed.list_calls if call in calls}
    lists = tuple(
        one.list
        for one in facts.lists
        if one.programme == programme and one.kind != DELIVERIES and (not calls or one.list in of_calls)
    )
    if facts.register is None or not lists:
        return None
    groups = facts.register.of(programme)
    named = {call for group in groups for call in group.calls}
    listed = tuple(c for c in facts.calls.every if c in named and (not calls or c in calls))
    lacking = facts.incomplete(programme, calls)
    reached = sum(
        group.sites for group in groups if group.is_in_universe and (not calls or group.calls & {*calls})
    )
    return SiteCoverage(
        calls_covered=listed,
        calls_not_known=(
            facts.calls.whole(listed, calls or None).not_known if programme == ECOLE_NUMERIQUE else ()
        ),
        incomplete=lacking,
        lists=lists,
        registers=facts.register.registers,
        **covered_answers(reached, facts.register.universe, lists, is_complete=not lacking),
    )


def population_of(
    ledger: Ledger,
    programme: str | None,
    levels: Sequence[str],
    calls: Sequence[str] = (),
    stages: tuple[str, ...] = REACHED,
    within: Within | None = None,
) -> Population | Missing:
    """Select the sites of the registers known (`within` some places, where any are named), with
    participations of a programme (all where it is `None`); or say what is missing to count them, with the
    command that loads it."""
    teaching = teaching_of(levels)  # an unknown level or place is told first
    places = known_places(ledger, within)
    registers = registers_known(ledger)
    if not registers:
        return Missing(Reason.NOT_COLLECTED, caveats=register_to_load(ledger))
    if not lists_counted(ledger, programme):
        return Missing(Reason.NOT_COLLECTED, caveats=(list_to_load(programme or ECOLE_NUMERIQUE),))
    asked = call_calendar(ledger).resolved(calls)
    return Population(registers, teaching, programme, asked, stages, stages == AWARDED, places)


# --- inside ---------------------------------------------------------------------------------------------


def _counted(ledger: Ledger, population: Population, by: str) -> Iterator[tuple[Part, tuple[str, ...]]]:
    """Count the parts of a population by a dimension or two, each with the calls, and programmes without calls,
    whose lists of it are missing or not complete: of a call, its own lists."""
    first, _, across = by.partition(TOGETHER)
    if first != "call":
        lacking = incomplete(ledger, population.programme, population.calls)
        for part in _parts(ledger, population, by, is_complete=not lacking):
            yield part, _of_part(ledger, by, part, lacking)
        return
    calls = calls_counted(ledger, population)[0]
    of_calls = (
        parts_of_calls(ledger, population, across, calls)
        if across
        else (_of_call(ledger, population, call) for call in calls)
    )
    for part in of_calls:
        yield part, incomplete(ledger, population.programme, [str(part.part)])


def _parts(ledger: Ledger, population: Population, by: str, *, is_complete: bool) -> list[Part]:
    """Count a population by a dimension.

    In lists that are not complete a site won at least as often as it stands there: the parts by number are
    then "1+", "2+" …, the sites with that many participations or more, which can only become more.
    """
    first, _, across = by.partition(TOGETHER)
    counted = _COUNTED_BY.get(by, partial(parts, by=first, across=across))(ledger, population)
    if by != "repeats" or is_complete:
        return counted
    often = [part for part in counted if part.part]
    return [_or_more(often[place:]) for place in range(len(often))]


def _or_more(often: Sequence[Part]) -> Part:
    """Join the parts of sites with so many participations and with more."""
    amounts = [part.amount_eur for part in often if part.amount_eur is not None]
    return replace(
        often[0],
        part=f"{often[0].part}{OR_MORE}",
        reached=sum(part.reached for part in often),
        participations=sum(part.participations for part in often),
        amount_eur=sum(amounts, Decimal(0)) if amounts else None,
        amounts=sum(part.amounts for part in often),
    )


def _of_part(ledger: Ledger, by: str, part: Part, lacking: tuple[str, ...]) -> tuple[str, ...]:
    """List what is not complete of a part: of a programme its own lists, of a year those of its calls."""
    if by == "programme":
        return incomplete(ledger, str(part.part))
    if by == "year":
        years = {call.call: call.valid_from for call in call_calendar(ledger).known}
        return tuple(c for c in lacking if (day := years.get(c)) and day.year == part.part)
    return lacking


def _of_call(ledger: Ledger, population: Population, call: str) -> Part:
    """Count all that a call reached in one."""
    found = parts(ledger, replace(population, calls=(call,)))
    whole = next((p for p in found if p.part != NOT_IN_REGISTER), Part("", 0, 0, 0, None, 0))
    return replace(whole, part=call)


def calls_counted(ledger: Ledger, population: Population) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the calls that are counted, and those asked for or taken place of which there is no list."""
    calendar, named = call_calendar(ledger), listed_calls(ledger, population)
    asked = population.calls
    listed = tuple(c for c in calendar.every if c in named and (not asked or c in asked))
    if population.programme != ECOLE_NUMERIQUE:
        return listed, ()
    return listed, calendar.whole(listed, asked or None).not_known


class _Covered(TypedDict):
    sites: Answer
    universe_sites: Answer
    share: Answer


class _Won(TypedDict):
    projects: Answer
    sites: Answer
    universe_sites: Answer
    projects_per_1000_sites: Answer
    amount_eur: Answer


def covered_answers(
    reached: int, universe: int | None, lists: tuple[str, ...] = (), *, is_complete: bool
) -> _Covered:
    """Give the answers of a part: sites reached, all sites, and the share where it is a part of the
    register."""
    sites = _counted_answer(Quantity.exact(reached, "implantations"), lists, is_complete=is_complete)
    if universe is None:
        outside = Missing(Reason.NOT_APPLICABLE)
        return {"sites": sites, "universe_sites": outside, "share": outside}
    whole = Known(Quantity.exact(universe, "implantations"))
    return {"sites": sites, "universe_sites": whole, "share": sites.over(whole, "share")}


def won_answers(part: Part, *, is_complete: bool) -> _Won:
    """Give the answers of a part: projects, sites, their rate, and the amounts where lists tell them."""
    covered = covered_answers(part.reached, part.universe, is_complete=is_complete)
    projects = _counted_answer(Quantity.exact(part.participations, "projects"), is_complete=is_complete)
    rate: Answer = Missing(Reason.NOT_APPLICABLE)
    if part.universe:
        universe = Quantity.exact(part.universe, "implantations")
        thousandfold = Quantity.exact(1000 * part.participations, "projects")
        rate = _counted_answer(thousandfold.over(universe, "per_1000_sites"), is_complete=is_complete)
    return {
        "projects": projects,
        "sites": covered["sites"],
        "universe_sites": covered["universe_sites"],
        "projects_per_1000_sites": rate,
        "amount_eur": _amount(part, is_complete=is_complete),
    }


def _counted_answer(counted: Quantity, lists: tuple[str, ...] = (), *, is_complete: bool) -> Answer:
    """Give what lists count: of lists that are not complete at least that, and of none there nothing."""
    answer = Known(counted, lists=lists)
    if is_complete:
        return answer
    return answer.at_least() if counted.value else Missing(Reason.NOT_COLLECTED)


def _amount(part: Part, *, is_complete: bool) -> Answer:
    """Sum what the lists tell; at least that, where not every participation tells it."""
    if part.participations == 0:
        return _counted_answer(Quantity.exact(0, "EUR"), is_complete=is_complete)
    if part.amount_eur is None:
        return Missing(Reason.NOT_COLLECTED)
    amount = Quantity.exact(part.amount_eur.normalize(), "EUR")
    return _counted_answer(amount, is_complete=is_complete and part.amounts == part.participations)


NEVER_AWARDED = MeasureDefinition(
    "never_awarded",
    message("The school sites that never had anything, one by one."),
    never_awarded_rows,
    {NeverAwarded: ("implantation",)},
    options=("calls", "programme", "levels"),
    is_site_by_site=True,
)
