"""The sites of the registers and what the lists say that each had: what coverage and winners count.

A site of the lists that is not in the registers, or not of the levels, is in a part of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ennum_stats.measures.calls import ECOLE_NUMERIQUE, asked_calls
from ennum_stats.measures.school_lists import (
    AWARDED,
    REACHED,
    list_to_load,
    lists_counted,
    participations_sql,
    participations_values,
)
from ennum_stats.measures.school_sites import register_to_load, registers_known, teaching_of
from ennum_stats.quantities import Reason
from ennum_stats.store.answers import Missing
from ennum_stats.store.ledger import Ledger

NOT_IN_REGISTER = "not_in_register"
"""In the place of a part: the sites of the lists that are not in the register, or not of the levels."""
_OF_A_SITE = ("", "province", "commune")
"""Parts of which each site has one."""
_PART = {
    "": "''",
    "level": "t.level",
    "network": "e.network",
    "province": "c.province",
    "commune": "i.commune",
}
_JOINS = {
    "network": "JOIN etablissements e ON e.register = t.register "
    "AND e.etablissement = t.etablissement",
    "province": "JOIN communes c ON c.commune = i.commune",
}


@dataclass(frozen=True)
class Population:
    """What is counted: sites of these registers, of these levels, with participations of a programme (all
    where it is empty) in one of these calls (any where there are none)."""

    registers: tuple[str, ...]
    levels: tuple[str, ...]
    programme: str | None
    calls: tuple[str, ...] = ()
    stages: tuple[str, ...] = REACHED
    with_amounts: bool = False
    """Whether amounts are summed: they cost as much as all the rest."""


@dataclass(frozen=True)
class Part:
    """A network, province, number of participations … : its sites, those reached, and what they had.

    The universe is `None` where it is no part of a register.
    """

    part: str | int
    universe: int | None
    reached: int
    participations: int
    amount_eur: Decimal | None
    amounts: int


def population_of(
    ledger: Ledger,
    programme: str | None,
    levels: Sequence[str],
    calls: Sequence[str] = (),
    stages: tuple[str, ...] = REACHED,
) -> Population | Missing:
    """The sites of the registers known, with participations of a programme (all where it is `None`); or
    what is missing to count them, and the command that loads it."""
    teaching_of(levels)  # an unknown level is told first
    registers = registers_known(ledger)
    if not registers:
        return Missing(Reason.NOT_COLLECTED, caveats=register_to_load(ledger))
    if not lists_counted(ledger, programme):
        return Missing(Reason.NOT_COLLECTED, caveats=(list_to_load(programme or ECOLE_NUMERIQUE),))
    asked = asked_calls(ledger, calls)
    return Population(registers, tuple(levels), programme, asked, stages, stages == AWARDED)


def parts(ledger: Ledger, population: Population, by: str) -> list[Part]:
    """The population by a dimension (the whole without one), largest first; communes by their code."""
    order = "1" if by == "commune" else "2 DESC, 1"
    query = f"""
        WITH reached AS ({_reached_sql(population)}), universe AS ({_universe_sql(ledger, by)})
        SELECT if(u.site IS NULL, '{NOT_IN_REGISTER}', u.part), nullif(count(u.site), 0),
               count(r.site), coalesce(sum(r.n), 0), sum(r.amount), coalesce(sum(r.amounts), 0)
        FROM universe u FULL JOIN reached r ON r.site = u.site
        GROUP BY 1 ORDER BY count(u.site) = 0, {order}
    """  # noqa: S608 - only constants of this module stand in it
    rows = ledger.connection.cursor().execute(query, _values(ledger, population)).fetchall()
    return [Part(*row) for row in rows]


def repeats(ledger: Ledger, population: Population) -> list[Part]:
    """The sites by how many participations each has, from 0; `part` is that number, the universe all."""
    query = f"""
        WITH reached AS ({_reached_sql(population)}), universe AS ({_universe_sql(ledger, "")})
        SELECT coalesce(r.n, 0), sum(count(*)) OVER (), count(*), coalesce(sum(r.n), 0),
               sum(r.amount), coalesce(sum(r.amounts), 0)
        FROM universe LEFT JOIN reached r USING (site) GROUP BY 1 ORDER BY 1
    """  # noqa: S608 - only constants of this module stand in it
    rows = ledger.connection.cursor().execute(query, _values(ledger, population)).fetchall()
    return [Part(*row) for row in rows]


def programmes(ledger: Ledger, population: Population) -> list[Part]:
    """What the lists say of each programme, whether or not a site is still in the register."""
    return _of_lists(ledger, replace(population, programme=None), "p.programme")


def years(ledger: Ledger, population: Population) -> list[Part]:
    """What the lists say of the calls whose first school year began in a year, in or out of the register."""
    return _of_lists(ledger, population, "CAST(year(c.valid_from) AS INTEGER)")


def _of_lists(ledger: Ledger, population: Population, key: str) -> list[Part]:
    query = f"""
        SELECT {key}, NULL, count(DISTINCT p.site), count(*), sum(p.amount_eur), count(p.amount_eur)
        FROM ({participations_sql()}) p LEFT JOIN calls c ON c.call = p.call GROUP BY 1 ORDER BY 1
    """  # noqa: S608 - the key is one of two, named above
    values = participations_values(ledger, population.programme, population.stages)
    rows = ledger.connection.cursor().execute(query, values).fetchall()
    return [Part(*row) for row in rows]


def whole(ledger: Ledger, population: Population) -> Part:
    """All of a population in one."""
    found = parts(ledger, population, "")
    return next((p for p in found if p.part != NOT_IN_REGISTER), Part("", 0, 0, 0, None, 0))


def not_reached(ledger: Ledger, population: Population) -> list[tuple[Any, ...]]:
    """The sites of the registers that the lists do not name: number, schools, address, postal code,
    locality, commune, province, networks, levels; by province, commune and locality."""
    query = f"""
        WITH reached AS ({_reached_sql(population)})
        SELECT i.implantation, list(DISTINCT e.name ORDER BY e.name), any_value(i.address),
               any_value(i.postal_code), any_value(i.locality), i.commune, any_value(c.province),
               list(DISTINCT e.network ORDER BY e.network), list(DISTINCT t.level ORDER BY t.level)
        FROM implantations i
        JOIN teaching t ON t.register = i.register AND t.implantation = i.implantation
        {_JOINS["network"]} {_JOINS["province"]}
        WHERE list_contains($registers, i.register) AND list_contains($teaching, t.teaching)
          AND i.site NOT IN (SELECT site FROM reached)
        GROUP BY i.register, i.implantation, i.commune
        ORDER BY any_value(c.province), i.commune, any_value(i.locality), i.implantation
    """  # noqa: S608 - only constants of this module stand in it
    return ledger.connection.cursor().execute(query, _values(ledger, population)).fetchall()


def listed_calls(ledger: Ledger, population: Population) -> tuple[str, ...]:
    """The calls asked for (all of them where none is) of which there are participations."""
    query = f"SELECT DISTINCT call FROM ({participations_sql()}) WHERE call IS NOT NULL"  # noqa: S608
    values = participations_values(ledger, population.programme, population.stages)
    listed = {row[0] for row in ledger.connection.cursor().execute(query, values).fetchall()}
    every = ledger.all_calls(ECOLE_NUMERIQUE)
    return tuple(
        c for c in every if c in listed and (not population.calls or c in population.calls)
    )


# --- inside ---------------------------------------------------------------------------------------------


def _reached_sql(population: Population) -> str:
    """Each site reached once: how many participations, and their amounts."""
    calls = "WHERE list_contains($calls, call)" if population.calls else ""
    amounts = ("sum(amount_eur)", "count(amount_eur)") if population.with_amounts else ("NULL", "0")
    return f"""
        SELECT site, count(*) AS n, {amounts[0]}::DECIMAL(30, 6) AS amount, {amounts[1]} AS amounts
        FROM ({participations_sql()}) {calls} GROUP BY site
    """  # noqa: S608 - no value of a user stands in it


def _values(ledger: Ledger, population: Population) -> dict[str, Any]:
    """The values of a query that reads sites reached and the sites of the registers, by name."""
    values = participations_values(ledger, population.programme, population.stages)
    if population.calls:
        values["calls"] = [*population.calls]
    return values | {
        "registers": [*population.registers],
        "teaching": [*teaching_of(population.levels)],
    }


def _universe_sql(ledger: Ledger, by: str) -> str:
    """Each site of the registers and levels once a part.

    Where a part is a place, what is taught on a site is only looked up. Without links of numbers each site
    stands once already: that saves a third of the time.
    """
    taught = "list_contains($registers, t.register) AND list_contains($teaching, t.teaching)"
    if by in _OF_A_SITE:
        distinct = "DISTINCT" if ledger.records("site_links") else ""
        return f"""
            SELECT {distinct} i.site, {_PART[by]} AS part
            FROM implantations i
            SEMI JOIN (SELECT implantation FROM teaching t WHERE {taught}) t USING (implantation)
            {_JOINS.get(by, "")}
            WHERE list_contains($registers, i.register)
        """  # noqa: S608 - the column comes from a table above
    return f"""
        SELECT DISTINCT i.site, {_PART[by]} AS part
        FROM teaching t
        JOIN implantations i ON i.register = t.register AND i.implantation = t.implantation
        {_JOINS.get(by, "")}
        WHERE {taught}
    """  # noqa: S608 - the column comes from a table above
