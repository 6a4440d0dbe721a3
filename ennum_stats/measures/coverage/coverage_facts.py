"""Everything that coverage needs of a store, read once into one frozen object.

Constraints, bounds and tables of coverage are functions of `CoverageFacts` and ask the store for no more.
Only what was known on the ledger's day is in it. Numbers count sites (implantations) of Wallonia.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from ennum_stats.errors import message, unknown_name
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, CallCalendar, call_calendar
from ennum_stats.measures.columns import REGISTER
from ennum_stats.measures.measure_table import Row
from ennum_stats.measures.programmes import Programme, programmes
from ennum_stats.measures.schools.completeness import (
    Completeness,
    complete_calls,
    completeness,
    incomplete_among,
)
from ennum_stats.measures.schools.school_sites import EVERY_LEVEL, teaching_of
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store import school_rows
from ennum_stats.store.answers import Answer, Known, Missing, remainder, sum_of
from ennum_stats.store.ledger import HOME, Ledger, once_a_ledger
from ennum_stats.store.population import Population, RegisterSites, register_sites
from ennum_stats.store.scenario import hypotheses

DEFAULT_UNIVERSE = "implantations"
"""About 3,800 school sites, adult education included: the universe of the press kit."""
_SITES = {"programme": ECOLE_NUMERIQUE, "counted": "implantations"}
PARTS_OF_HOME = ("fwb", "german_speaking_community")
"""The territories whose sites with a project are a part of those of Wallonia."""


@dataclass(frozen=True)
class Rule:
    """Hold a rule of `rules.csv`: what it states about the sites of some calls."""

    rule: str
    kind: str
    calls: tuple[str, ...]
    excluded_calls: tuple[str, ...]
    value: Decimal | None


@dataclass(frozen=True)
class Universe:
    """Schools that a programme may be a share of, in a reading of what is inside and what is beside."""

    universe: str
    counted: str
    territory: str
    adds_level: str | None
    removes_level: str | None
    size: Answer


@dataclass(frozen=True)
class Reach:
    """Hold how many schools documents say that a programme reached, in the unit `counted`. That of École Numérique
    is bounded, not stated."""

    programme: Programme
    counted: str
    reached: Answer


@dataclass(frozen=True)
class PublishedSites:
    """Hold a published number of distinct sites with a project in at least one of these calls."""

    calls: tuple[str, ...]
    answer: Known
    is_part: bool = False
    """Whether only those of a part of Wallonia are counted, such as the schools of the Federation."""


@dataclass(frozen=True)
class CoverageFacts:
    """Hold what coverage is computed from, as known on one day."""

    calls: CallCalendar
    programmes: tuple[Reach, ...]
    universes: tuple[Universe, ...]
    rules: tuple[Rule, ...]
    every_rule: tuple[str, ...]
    """The names of all rules, known by then or not."""
    projects: Mapping[str, Known]
    """Projects awarded by each call for which they were published, in the order of the calls."""
    published_sites: tuple[PublishedSites, ...]
    lists: tuple[school_rows.SchoolList, ...]
    judged: tuple[Completeness, ...]
    """Whether the lists of each call, and of each programme without calls, are complete."""
    listed: school_rows.ListedSchools
    """What the lists say, and those of winners of each call."""
    complete_patterns: Mapping[frozenset[str], int]
    """How many sites have a project in just these of the calls whose lists are complete."""
    incomplete_sites: Mapping[str, int]
    """How many sites the lists of each other call name."""
    register: RegisterSites | None
    """Nothing where no register was known."""
    register_territory: str
    """What the registers list: Wallonia, or the only community of which one was known."""
    supposed: tuple[str, ...] = ()
    """The calls whose projects are supposed."""
    published: CoverageFacts | None = None
    """What a scenario supposes otherwise."""

    @cached_property
    def complete(self) -> tuple[str, ...]:
        """The calls whose lists are complete, in their order."""
        return tuple(one.call for one in self.judged if one.call and one.is_complete)

    def incomplete(self, programme: str, calls: Sequence[str] = ()) -> tuple[str, ...]:
        """List the calls (those that took place, unless any are asked for), or the programme without calls,
        whose lists are missing or not complete."""
        return incomplete_among(self.judged, programme, calls)

    @property
    def known_calls(self) -> tuple[str, ...]:
        """The calls of which projects were published or lists are complete, in their order."""
        return tuple(call for call in self.calls.every if call in self.projects or call in self.complete)

    @property
    def default_universe(self) -> Universe:
        """The universe of the press kit."""
        return self.universe(DEFAULT_UNIVERSE)

    @property
    def register_universe(self) -> Universe | None:
        """The sites of the registers as a universe; nothing where none was known."""
        if self.register is None:
            return None
        size = Known(Quantity.exact(self.register.universe, "implantations"))
        return Universe(REGISTER, "implantations", self.register_territory, None, None, size)

    def universe(self, name: str) -> Universe:
        """Find a universe by name. Raises `UnknownName`."""
        found = {one.universe: one for one in self.universes}
        if name not in found:
            raise unknown_name(message("There is no universe “{name}”.", name=name), (*found, REGISTER))
        return found[name]


@once_a_ledger
def coverage_facts(ledger: Ledger) -> CoverageFacts:
    """Read what coverage is computed from; once a ledger."""
    return _read(ledger)


def _read(ledger: Ledger) -> CoverageFacts:
    projects = {
        call.call: ledger.answer("projects_awarded", programme=ECOLE_NUMERIQUE, call=call.call)
        for call in ledger.calls
        if call.programme == ECOLE_NUMERIQUE
    }
    listed, complete = school_rows.listed_schools(ledger, ECOLE_NUMERIQUE), complete_calls(ledger)
    universes = ledger.records("universes", order="counted DESC, universe")
    rules, every_rule = ledger.records("rules"), ledger.known_on(date.max).records("rules")
    return CoverageFacts(
        calls=call_calendar(ledger),
        programmes=tuple(_reach(ledger, programme) for programme in programmes(ledger)),
        universes=tuple(_universe(ledger, row) for row in universes),
        rules=tuple(_rule(row) for row in rules),
        every_rule=tuple(row["rule"] for row in every_rule),
        projects={call: found for call, found in projects.items() if isinstance(found, Known)},
        published_sites=tuple(_published_sites(ledger)),
        lists=school_rows.lists_known(ledger),
        judged=completeness(ledger),
        listed=listed,
        complete_patterns=school_rows.site_patterns(ledger, ECOLE_NUMERIQUE, complete),
        incomplete_sites=school_rows.listed_sites(ledger, ECOLE_NUMERIQUE, {*listed.by_call} - {*complete}),
        register=_register_sites(ledger),
        register_territory=_register_territory(ledger),
        supposed=tuple(
            one.call for one in hypotheses(ledger) if one.call and one.measure == "projects_awarded"
        ),
        published=coverage_facts(ledger.published) if ledger.published else None,
    )


def _published_sites(ledger: Ledger) -> Iterator[PublishedSites]:
    """Read the published numbers of sites, of Wallonia and of parts of it: the Region's programme has no
    sites elsewhere."""
    for territory in (HOME, *PARTS_OF_HOME):
        here = {**_SITES, "territory": territory}
        for name in ledger.codes("sites_awarded", "call", **here):
            found = ledger.answer("sites_awarded", call=name, **here)
            if isinstance(found, Known):
                yield PublishedSites(ledger.calls_of(name), found, is_part=territory != HOME)


def _rule(row: Row) -> Rule:
    calls, excluded = row["calls"] or "", row["excluded_calls"] or ""
    return Rule(row["rule"], row["kind"], tuple(calls.split()), tuple(excluded.split()), row["value"])


def _universe(ledger: Ledger, row: Row) -> Universe:
    """Read a universe with its size: the whole, and the level that its reading adds or takes out."""
    place = {"territory": row["territory"]}
    size = ledger.answer(row["measure"], **place)
    if row["adds_level"]:
        size = size + ledger.answer(row["measure"], **place, level=row["adds_level"])
    if row["removes_level"]:
        size = remainder(size, [ledger.answer(row["measure"], **place, level=row["removes_level"])])
    return Universe(
        row["universe"], row["counted"], row["territory"], row["adds_level"], row["removes_level"], size
    )


def _reach(ledger: Ledger, programme: Programme) -> Reach:
    name = programme.programme
    if name == ECOLE_NUMERIQUE:
        return Reach(programme, "implantations", Missing(Reason.NOT_APPLICABLE))
    if name == "cyberecole":
        return Reach(programme, "etablissements", schools_of_cyberecole(ledger))
    measure = "sites_installed" if name == "connectivity" else "implantations_equipped"
    return Reach(programme, "implantations", ledger.answer(measure, programme=name))


def schools_of_cyberecole(ledger: Ledger) -> Answer:
    """Sum the établissements equipped by Cyberécole: those of primary level, and the others."""
    levels = ("primary", "secondary_and_adult_education")
    return sum_of(
        ledger.answer("etablissements_equipped", programme="cyberecole", level=level) for level in levels
    )


def _register_territory(ledger: Ledger) -> str:
    """Tell of what the last registers are: of Wallonia, where both communities have one."""
    communities = {row["community"] for row in ledger.records("registers")}
    return HOME if communities >= {*PARTS_OF_HOME} else next(iter(communities), "")


def _register_sites(ledger: Ledger) -> RegisterSites | None:
    registers = school_rows.registers_known(ledger)
    if not registers:
        return None
    population = Population(registers, teaching_of(EVERY_LEVEL), programme=None)
    return register_sites(ledger, population)
