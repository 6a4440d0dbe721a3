"""The sites of the registers and what the lists say that each had: what coverage and winners count.

A site of the lists that is not in the registers, or not of the types of teaching, is in a part of its own.
Here stand the queries; which registers, lists and calls a question is about is decided by the measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import (
    OF_REGISTERS,
    PARTICIPATIONS,
    PLACE_COLUMNS,
    REACHED,
    SITES_TAUGHT,
    Within,
    within_sql,
    within_values,
)
from ennum_stats.vocabulary import NOT_IN_REGISTER

_OF_A_SITE = ("", "province", "commune")
"""Parts of which each site has one."""
_PART = {"": "''"} | PLACE_COLUMNS
_JOINS = {
    "network": "JOIN etablissements e ON e.register = t.register AND e.etablissement = t.etablissement",
    "province": "JOIN communes c ON c.commune = i.commune",
}


@dataclass(frozen=True)
class Population:
    """Hold what is counted: sites of these registers, with these types of teaching, and their participations of a
    programme (of all where it is `None`) in one of these calls (any where there are none)."""

    registers: tuple[str, ...]
    teaching: tuple[str, ...]
    programme: str | None
    calls: tuple[str, ...] = ()
    stages: tuple[str, ...] = REACHED
    with_amounts: bool = False
    """Whether amounts are summed: they cost as much as all the rest."""
    within: Within = field(default_factory=dict)
    """The places of which sites are counted, where it is not all: nothing is then said of sites of the lists
    that are in no register, because nobody knows where they are."""


@dataclass(frozen=True)
class Part:
    """Hold a network, province, number of participations … : its sites, those reached, and what they had.

    The universe is `None` where it is no part of a register.
    """

    part: str | int
    universe: int | None
    reached: int
    participations: int
    amount_eur: Decimal | None
    amounts: int
    across: str | None = None
    """Of what else it is a part: the network of a province, the level of a call …"""


@dataclass(frozen=True)
class SiteGroup:
    """Sites that had the same of a programme: in just these calls, first in this year (`None` where no list
    tells it); whether they are sites of the registers, and of the types of teaching."""

    programme: str
    calls: frozenset[str]
    first_year: int | None
    is_in_registers: bool
    is_in_universe: bool
    sites: int


@dataclass(frozen=True)
class RegisterSites:
    """Hold the number of sites of registers, and those that lists name, in the registers or not."""

    registers: tuple[str, ...]
    universe: int
    groups: tuple[SiteGroup, ...]

    def of(self, programme: str) -> tuple[SiteGroup, ...]:
        """Select the groups of a programme."""
        return tuple(group for group in self.groups if group.programme == programme)


@dataclass(frozen=True)
class RegisteredSite:
    """Hold a site of the registers, with the calls, and programmes without calls, that it had something of."""

    implantation: str
    schools: tuple[str, ...]
    address: str | None
    postal_code: str | None
    locality: str | None
    commune: str
    province: str
    networks: tuple[str, ...]
    teaching_levels: tuple[str, ...]
    had: tuple[str, ...]


def parts(ledger: Ledger, population: Population, by: str = "", across: str = "") -> list[Part]:
    """Count a population by a dimension (the whole without one), largest first, communes by their code; or by
    two at once, by their codes. Sites that are in no register are one part."""
    second = f"if(u.site IS NULL, '{NOT_IN_REGISTER}', u.across)" if across else "NULL"
    order = "1, 7" if across or by == "commune" else "2 DESC, 1"
    query = f"""
        WITH reached AS ({_reached_sql(population)}),
             universe AS ({_universe_sql(ledger, population, by, across)})
        SELECT if(u.site IS NULL, '{NOT_IN_REGISTER}', u.part), nullif(count(u.site), 0),
               count(r.site), coalesce(sum(r.n), 0), sum(r.amount), coalesce(sum(r.amounts), 0), {second}
        FROM universe u {_joined(population)} JOIN reached r ON r.site = u.site
        GROUP BY 1, 7 ORDER BY count(u.site) = 0, {order}
    """
    return [Part(*row) for row in ledger.query(query, _values(ledger, population))]


def parts_of_calls(ledger: Ledger, population: Population, by: str, calls: Sequence[str]) -> list[Part]:
    """Count a population by these calls, in this order, and another dimension; also the parts that a call
    never reached."""
    values, universe = _values(ledger, population), _universe_sql(ledger, population, by)
    sizes = ledger.query(
        f"SELECT part, count(*) FROM ({universe}) GROUP BY 1 ORDER BY 2 DESC, 1", _site_values(population)
    )
    query = f"""
        WITH reached AS ({_reached_sql(population, "call")}), universe AS ({universe})
        SELECT r.call, if(u.site IS NULL, '{NOT_IN_REGISTER}', u.part), count(*), sum(r.n),
               sum(r.amount), sum(r.amounts)
        FROM reached r {"" if population.within else "LEFT"} JOIN universe u ON u.site = r.site
        WHERE r.call IS NOT NULL GROUP BY 1, 2
    """
    found = {(call, part): rest for call, part, *rest in ledger.query(query, values)}
    outside = [(NOT_IN_REGISTER, None)] if any(p == NOT_IN_REGISTER for _, p in found) else []
    return [
        replace(Part(call, size, *found.get((call, part), (0, 0, None, 0))), across=part)
        for call in calls
        for part, size in (*sizes, *outside)
    ]


def by_participations(ledger: Ledger, population: Population) -> list[Part]:
    """Count sites by how many participations each has, from 0; `part` is that number, the universe all."""
    query = f"""
        WITH reached AS ({_reached_sql(population)}), universe AS ({_universe_sql(ledger, population)})
        SELECT coalesce(r.n, 0), sum(count(*)) OVER (), count(*), coalesce(sum(r.n), 0),
               sum(r.amount), coalesce(sum(r.amounts), 0)
        FROM universe LEFT JOIN reached r USING (site) GROUP BY 1 ORDER BY 1
    """
    return [Part(*row) for row in ledger.query(query, _values(ledger, population))]


def by_programme(ledger: Ledger, population: Population) -> list[Part]:
    """Count what the lists say of each programme, whether or not a site is still in the register."""
    return _of_lists(ledger, replace(population, programme=None), "p.programme")


def by_year(ledger: Ledger, population: Population) -> list[Part]:
    """Count what the lists say of the calls whose first school year began in a year, in or out of the
    register."""
    return _of_lists(ledger, population, "CAST(year(c.valid_from) AS INTEGER)")


def _of_lists(ledger: Ledger, population: Population, key: str) -> list[Part]:
    query = f"""
        SELECT {key}, NULL, count(DISTINCT p.site), count(*), sum(p.amount_eur), count(p.amount_eur)
        FROM ({PARTICIPATIONS}) p LEFT JOIN calls c ON c.call = p.call GROUP BY 1 ORDER BY 1
    """
    return [Part(*row) for row in ledger.query(query, _list_values(ledger, population))]


def register_sites(ledger: Ledger, population: Population) -> RegisterSites:
    """Count the sites of the registers, and those that lists name, those alike together."""
    universe = _universe_sql(ledger, population)
    found = ledger.query(f"SELECT count(*) FROM ({universe})", _site_values(population))
    groups = ledger.query(
        f"""
        WITH listed AS (
            SELECT programme, site, list(DISTINCT call ORDER BY call) FILTER (call IS NOT NULL) AS calls,
                   min(CAST(left(occurred_on, 4) AS INTEGER)) AS first_year
            FROM ({PARTICIPATIONS}) GROUP BY programme, site),
        registered AS (
            SELECT DISTINCT site FROM implantations WHERE list_contains($registers, register)),
        universe AS (SELECT DISTINCT site FROM ({universe}))
        SELECT programme, coalesce(calls, []), first_year, r.site IS NOT NULL, u.site IS NOT NULL, count(*)
        FROM listed l LEFT JOIN registered r ON r.site = l.site LEFT JOIN universe u ON u.site = l.site
        GROUP BY ALL ORDER BY ALL
        """,
        _values(ledger, population),
    )
    return RegisterSites(
        population.registers,
        found[0][0],
        tuple(SiteGroup(name, frozenset(calls), *rest) for name, calls, *rest in groups),
    )


def single_sites(
    ledger: Ledger, population: Population, *, without_any: bool = False
) -> list[RegisteredSite]:
    """Read the sites of a population one by one, or only those that the lists do not name, by province, commune
    and locality."""
    query = f"""
        WITH had AS (
            SELECT site, list(DISTINCT coalesce(call, programme) ORDER BY coalesce(call, programme)) AS had
            FROM ({PARTICIPATIONS}) {_of_calls(population)} GROUP BY site)
        SELECT i.implantation, list(DISTINCT e.name ORDER BY e.name), any_value(i.address),
               any_value(i.postal_code), any_value(i.locality), i.commune, any_value(c.province),
               list(DISTINCT e.network ORDER BY e.network), list(DISTINCT t.level ORDER BY t.level),
               coalesce(any_value(h.had), [])
        {SITES_TAUGHT} LEFT JOIN had h ON h.site = i.site
        WHERE {OF_REGISTERS}{within_sql(population.within)}{" AND h.site IS NULL" if without_any else ""}
        GROUP BY i.register, i.implantation, i.commune
        ORDER BY any_value(c.province), i.commune, any_value(i.locality), i.implantation
    """
    sites = []
    for row in ledger.connection.cursor().execute(query, _values(ledger, population)).fetchall():
        cells: list[Any] = [tuple(cell) if isinstance(cell, list) else cell for cell in row]
        sites.append(RegisteredSite(*cells))
    return sites


def listed_calls(ledger: Ledger, population: Population) -> set[str]:
    """Read the calls of which there are participations in the stages that count."""
    query = f"SELECT DISTINCT call FROM ({PARTICIPATIONS}) WHERE call IS NOT NULL"
    return {row[0] for row in ledger.query(query, _list_values(ledger, population))}


# --- inside ---------------------------------------------------------------------------------------------


def _reached_sql(population: Population, of_each: str = "") -> str:
    """Query each site reached once (once `of_each` call): how many participations, and their amounts."""
    key = f"{of_each}," if of_each else ""
    amounts = ("sum(amount_eur)", "count(amount_eur)") if population.with_amounts else ("NULL", "0")
    return f"""
        SELECT site, {key} count(*) AS n, {amounts[0]}::DECIMAL(30, 6) AS amount,
               {amounts[1]} AS amounts
        FROM ({PARTICIPATIONS}) {_of_calls(population)} GROUP BY ALL
    """


def _of_calls(population: Population) -> str:
    """Write the condition that leaves the participations in the calls of a population."""
    return "WHERE list_contains($calls, call)" if population.calls else ""


def _values(ledger: Ledger, population: Population) -> dict[str, Any]:
    """Give the values of a query that reads sites reached and the sites of the registers, by name."""
    calls = {"calls": [*population.calls]} if population.calls else {}
    return _list_values(ledger, population) | _site_values(population) | calls


def _list_values(ledger: Ledger, population: Population) -> dict[str, Any]:
    return {"day": ledger.known_at, "programme": population.programme, "stages": [*population.stages]}


def _site_values(population: Population) -> dict[str, Any]:
    known = {"registers": [*population.registers], "teaching": [*population.teaching]}
    return known | within_values(population.within)


def _joined(population: Population) -> str:
    """Choose how sites of the registers meet those reached: all of both, or of some places the former."""
    return "LEFT" if population.within else "FULL"


def _universe_sql(ledger: Ledger, population: Population, by: str = "", across: str = "") -> str:
    """Query each site of the registers and types of teaching once a part; `across`, once a part of each part.

    Where a part is a place, what is taught on a site is only looked up. Without links of numbers each site
    stands once already: that saves a third of the time.
    """
    if by in _OF_A_SITE and not across and not population.within:
        distinct = "DISTINCT" if ledger.has_rows("site_links") else ""
        return f"""
            SELECT {distinct} i.site, {_PART[by]} AS part
            FROM implantations i
            SEMI JOIN (SELECT implantation FROM teaching t WHERE {OF_REGISTERS}) t USING (implantation)
            {_JOINS.get(by, "")}
            WHERE list_contains($registers, i.register)
        """
    return f"""
        SELECT DISTINCT i.site, {_PART[by]} AS part, {_PART[across]} AS across
        FROM teaching t
        JOIN implantations i ON i.register = t.register AND i.implantation = t.implantation
        {" ".join(_JOINS[name] for name in _JOINS if name in (by, across, *population.within))}
        WHERE {OF_REGISTERS}{within_sql(population.within)}
    """
