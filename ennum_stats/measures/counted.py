"""Coverage and winners counted site by site, from the lists and the registers of schools.

The population is the sites of the last register known. A site stands in each network and level that it has,
so that these rows may add up to more than the whole. Sites of the lists that are not in that register any
more (closed, or of another level) are in a row of their own, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ennum_stats.errors import UnknownName, message
from ennum_stats.measures.frames import Frame, FrameKind, Row, Rows, in_frame
from ennum_stats.measures.lists import (
    AWARDED,
    COUNTED,
    REACHED,
    list_to_load,
    lists_known,
    participations_sql,
    participations_values,
)
from ennum_stats.measures.sites import (
    register_to_load,
    registers_known,
    teaching_of,
)
from ennum_stats.measures.winners import PROGRAMME, asked_calls
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.opening import Ledger

EVERY_LEVEL = ("compulsory", "adult")
ALL_PROGRAMMES = "all"
NOT_IN_REGISTER = "not_in_register"
"""In the place of a part: the sites of the lists that are not in the register, or not of the levels."""
PLACES = ("level", "network", "province", "commune")
_OF_A_SITE = ("", "province", "commune")
"""Parts of which each site has one."""
COVERAGE_BY = ("call", *PLACES, "repeats")
WINNERS_BY = (*PLACES, "repeats")
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
_COVERED = ("sites", "universe_sites", "share")
_WON = ("projects", "sites", "universe_sites", "projects_per_1000_sites", "amount_eur")


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
    """A network, province, number of participations … : its sites, those reached, and what they had."""

    part: str | int
    universe: int
    reached: int
    participations: int
    amount_eur: Decimal | None
    amounts: int


def coverage_by_rows(
    ledger: Ledger,
    by: str,
    *,
    programme: str = PROGRAMME,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
) -> Rows:
    """The rows of `coverage` that are counted: by call, level, network, province, commune, or by how many
    participations a site had (`repeats`)."""
    if by not in COVERAGE_BY:
        raise UnknownName(
            message("{measure} cannot be given by “{by}”.", measure="coverage", by=by),
            expected=message("Expected one of: {names}.", names=", ".join(COVERAGE_BY)),
        )
    columns = (by, "basis", "calls_covered", "calls_not_known", "lists", "registers", *_COVERED)
    named = None if programme == ALL_PROGRAMMES else programme
    found = _population(ledger, named, levels, calls)
    if isinstance(found, Missing):
        return Rows([{"basis": COUNTED} | dict.fromkeys(_COVERED, found)], columns, _COVERED)
    told: Row = {"basis": COUNTED} | _lists_of(ledger, named) | _calls_of(ledger, found)
    told |= {"registers": found.registers}
    if by == "call":
        rows: list[Row] = [
            {by: call} | told | _covered(whole) for call, whole in _by_call(ledger, found)
        ]
    elif by == "repeats":
        rows = [{by: part.part} | told | _covered(part) for part in repeats(ledger, found)]
    else:
        rows = [{by: part.part} | told | _covered(part) for part in parts(ledger, found, by)]
    return Rows(rows, columns, _COVERED)


def winners_by_rows(ledger: Ledger, by: str, *, levels: Sequence[str] = EVERY_LEVEL) -> Rows:
    """The rows of `winners` that are counted: by level, network, province, commune, or by how many projects
    a site has (`repeats`)."""
    columns = (by, "lists", "registers", *_WON)
    found = _population(ledger, PROGRAMME, levels, stages=AWARDED)
    if isinstance(found, Missing):
        return Rows([dict.fromkeys(_WON, found)], columns, _WON)
    told = _lists_of(ledger, PROGRAMME) | {"registers": found.registers}
    counted = repeats(ledger, found) if by == "repeats" else parts(ledger, found, by)
    return Rows([{by: part.part} | told | _won(part) for part in counted], columns, _WON)


def never_awarded(
    ledger: Ledger,
    programme: str = PROGRAMME,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
    *,
    frame: FrameKind = "pandas",
) -> Frame:
    """The school sites that never had anything of a programme, one by one.

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
    programme: str = PROGRAMME,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
) -> Rows:
    """The rows of `never_awarded`, with answers."""
    names = (
        "implantation", "schools", "address", "postal_code", "locality", "commune", "province",
        "networks", "teaching_levels",
    )  # fmt: skip
    columns, answers = (*names, "participations"), ("participations",)
    named = None if programme == ALL_PROGRAMMES else programme
    found = _population(ledger, named, levels, calls)
    if isinstance(found, Missing):
        return Rows([{"participations": found}], columns, answers)
    query = f"""
        WITH reached AS ({_reached_sql(found)})
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
    rows = ledger.connection.cursor().execute(query, _values(ledger, found)).fetchall()
    none = Known(Quantity.exact(0, "participations"))
    return Rows(
        [
            {"participations": none}
            | {
                name: tuple(cell) if isinstance(cell, list) else cell
                for name, cell in zip(names, row, strict=True)
            }
            for row in rows
        ],
        columns,
        answers,
    )


def parts(ledger: Ledger, population: Population, by: str) -> list[Part]:
    """The population by a dimension (the whole without one), largest first; communes by their code."""
    order = "1" if by == "commune" else "2 DESC, 1"
    query = f"""
        WITH reached AS ({_reached_sql(population)}), universe AS ({_universe_sql(ledger, by)})
        SELECT if(u.site IS NULL, '{NOT_IN_REGISTER}', u.part), count(u.site), count(r.site),
               coalesce(sum(r.n), 0), sum(r.amount), coalesce(sum(r.amounts), 0)
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


def whole(ledger: Ledger, population: Population) -> Part:
    """All of a population in one."""
    found = parts(ledger, population, "")
    return next((p for p in found if p.part != NOT_IN_REGISTER), Part("", 0, 0, 0, None, 0))


def coverage_of(ledger: Ledger, programme: str, calls: Sequence[str] = ()) -> Row | None:
    """One row of coverage of the sites of the register by a programme, counted; nothing without lists."""
    found = _population(ledger, programme, EVERY_LEVEL, calls)
    if isinstance(found, Missing):
        return None
    return (
        _calls_of(ledger, found) | _covered(whole(ledger, found)) | {"registers": found.registers}
    )


# --- inside ---------------------------------------------------------------------------------------------


def _population(
    ledger: Ledger,
    programme: str | None,
    levels: Sequence[str],
    calls: Sequence[str] = (),
    stages: tuple[str, ...] = REACHED,
) -> Population | Missing:
    teaching_of(levels)  # an unknown level is told first
    registers = registers_known(ledger)
    if not registers:
        return Missing(Reason.NOT_COLLECTED, caveats=register_to_load(ledger))
    known = [one for one in lists_known(ledger) if programme in (None, one.programme)]
    if not any(one.kind != "deliveries" for one in known):
        return Missing(Reason.NOT_COLLECTED, caveats=(list_to_load(programme or PROGRAMME),))
    asked = asked_calls(ledger, calls)
    return Population(registers, tuple(levels), programme, asked, stages, stages == AWARDED)


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


def _by_call(ledger: Ledger, population: Population) -> Iterator[tuple[str, Part]]:
    """The whole, call by call, of the calls that have a list."""
    for call in _listed_calls(ledger, population):
        yield call, whole(ledger, replace(population, calls=(call,)))


def _listed_calls(ledger: Ledger, population: Population) -> tuple[str, ...]:
    """The calls asked for (all of them where none is) of which there are participations."""
    query = f"SELECT DISTINCT call FROM ({participations_sql()}) WHERE call IS NOT NULL"  # noqa: S608
    values = participations_values(ledger, population.programme, population.stages)
    listed = {row[0] for row in ledger.connection.cursor().execute(query, values).fetchall()}
    every = ledger.all_calls(PROGRAMME)
    return tuple(
        c for c in every if c in listed and (not population.calls or c in population.calls)
    )


def _calls_of(ledger: Ledger, population: Population) -> Row:
    """The calls that are counted, and those asked for or taken place of which there is no list."""
    listed = _listed_calls(ledger, population)
    if population.programme != PROGRAMME:
        return {"calls_covered": listed, "calls_not_known": ()}
    wanted = population.calls or tuple(
        c.call for c in ledger.calls if c.took_place(ledger.known_at)
    )
    missing = tuple(c for c in ledger.all_calls(PROGRAMME) if c in wanted and c not in listed)
    return {"calls_covered": listed, "calls_not_known": missing}


def _lists_of(ledger: Ledger, programme: str | None) -> Row:
    found = [one for one in lists_known(ledger) if programme in (None, one.programme)]
    return {"lists": tuple(one.list for one in found if one.kind != "deliveries")}


def _covered(part: Part) -> Row:
    if part.part == NOT_IN_REGISTER:
        outside = Missing(Reason.NOT_APPLICABLE)
        return {"sites": _sites(part.reached), "universe_sites": outside, "share": outside}
    sites, universe = _sites(part.reached), _sites(part.universe)
    return {"sites": sites, "universe_sites": universe, "share": sites.over(universe, "share")}


def _won(part: Part) -> Row:
    covered = _covered(part)
    projects = Quantity.exact(part.participations, "projects")
    rate: Answer = Missing(Reason.NOT_APPLICABLE)
    if part.universe:
        universe = Quantity.exact(part.universe, "implantations")
        thousandfold = Quantity.exact(1000 * part.participations, "projects")
        rate = Known(thousandfold.over(universe, "per_1000_sites"))
    return {
        "projects": Known(projects),
        "sites": covered["sites"],
        "universe_sites": covered["universe_sites"],
        "projects_per_1000_sites": rate,
        "amount_eur": _amount(part),
    }


def _amount(part: Part) -> Answer:
    """What the lists tell; at least that, where not every participation tells it."""
    if part.participations == 0:
        return Known(Quantity.exact(0, "EUR"))
    if part.amount_eur is None:
        return Missing(Reason.NOT_COLLECTED)
    if part.amounts == part.participations:
        return Known(Quantity.exact(part.amount_eur.normalize(), "EUR"))
    return Known(Quantity.derived(None, Bounds(part.amount_eur.normalize(), None), "EUR"))


def _sites(number: int) -> Known:
    return Known(Quantity.exact(number, "implantations"))
