"""The lists of schools that are known on a day, and what they say of single sites.

A site counts under its identity over time (`site`), whatever number it had in the year of a list.

The lists and registers that a number was counted from, for who asks where it comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ennum_stats.errors import Message, message
from ennum_stats.languages import day, number, translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import LIST_KINDS

AWARDED = ("awarded",)
REACHED = ("awarded", "committed", "paid", "installed")
"""Stages in which a site has something; what is planned or only selected has not."""
COUNTED = "counted"
"""The basis of a number that is counted from lists of schools and a register."""
WINNERS, EQUIPPED, CONNECTIONS, DELIVERIES = LIST_KINDS
_KIND_OF = {ECOLE_NUMERIQUE: WINNERS, "connectivity": CONNECTIONS}
LOAD_A_LIST = message("No list of schools was known. Load one: ennum import {kind} FILE")


@dataclass(frozen=True)
class SchoolList:
    """A list that was imported: what it lists, of which programme or call, and from when it is known."""

    list: str
    kind: str
    programme: str
    call: str | None
    known_on: date
    size: int


@dataclass(frozen=True)
class Listed:
    """What the lists say of a call or programme: participations, distinct sites, and their amount
    (`None` unless each participation tells it)."""

    participations: int
    sites: int
    amount_eur: Decimal | None


def lists_known(ledger: Ledger, *kinds: str) -> tuple[SchoolList, ...]:
    """The lists known on the ledger's day, in the order of their days; of some kinds, or of all."""
    query = (
        "SELECT list, kind, programme, call, known_on, size FROM lists WHERE known_on <= ? "
        "AND (len(?) = 0 OR list_contains(?, kind)) ORDER BY known_on, list"
    )
    rows = ledger.connection.cursor().execute(query, [ledger.known_at, [*kinds], [*kinds]])
    return tuple(SchoolList(*row) for row in rows.fetchall())


def lists_counted(ledger: Ledger, programme: str | None) -> tuple[SchoolList, ...]:
    """The lists that say what sites had of a programme (of all where it is `None`): those of deliveries say
    something else."""
    known = lists_known(ledger, WINNERS, EQUIPPED, CONNECTIONS)
    return tuple(one for one in known if programme in (None, one.programme))


def list_to_load(programme: str) -> Message:
    """What is missing where a programme has no list, and the command that loads one."""
    kind = _KIND_OF.get(programme, EQUIPPED)
    option = "" if programme == "connectivity" else f" --programme {programme}"
    return message(LOAD_A_LIST.text, kind=kind + option)


def listed_by_call(ledger: Ledger) -> dict[str, Listed]:
    """What the lists of winners say of each call of École Numérique that they are of."""
    return _listed(ledger, "p.call", ECOLE_NUMERIQUE, AWARDED)


def listed_by_programme(ledger: Ledger) -> dict[str, Listed]:
    """What the lists say of each programme, whatever the call."""
    return _listed(ledger, "p.programme", None, REACHED)


def lists_of_calls(ledger: Ledger, calls: Collection[str]) -> tuple[str, ...]:
    """The keys of the lists that name winners of these calls."""

    def read() -> tuple[tuple[str, str], ...]:
        query = f"SELECT DISTINCT list, call FROM ({participations_sql()}) ORDER BY ALL"  # noqa: S608
        values = participations_values(ledger, ECOLE_NUMERIQUE, AWARDED)
        return tuple(ledger.connection.cursor().execute(query, values).fetchall())

    found = ledger.cached(("lists_of_calls",), read)
    return tuple(dict.fromkeys(name for name, call in found if call in calls))


def patterns(ledger: Ledger, calls: Collection[str]) -> Mapping[frozenset[str], int]:
    """How many sites the lists of winners name in just these of the calls: one entry a set of calls."""
    query = f"""
        SELECT calls, count(*) FROM (
            SELECT list(DISTINCT call ORDER BY call) AS calls FROM ({participations_sql()})
            WHERE list_contains($calls, call) GROUP BY site)
        GROUP BY calls
    """  # noqa: S608 - no value of a user stands in it
    values = participations_values(ledger, ECOLE_NUMERIQUE, AWARDED) | {"calls": [*calls]}
    rows = ledger.connection.cursor().execute(query, values).fetchall()
    return {frozenset(found): number for found, number in rows}


def participations_sql() -> str:
    """The participations of a programme (of all where it is null) in some stages, from lists known on a
    day: `list`, `programme`, `call`, `site`, `amount_eur`, `occurred_on`. Its values are those of
    `participations_values`."""
    return """
        SELECT p.list, p.programme, p.call, p.site, p.amount_eur, p.occurred_on
        FROM participations p SEMI JOIN (SELECT list FROM lists WHERE known_on <= $day) l USING (list)
        WHERE ($programme::VARCHAR IS NULL OR p.programme = $programme)
          AND list_contains($stages, p.stage)
    """


def participations_values(
    ledger: Ledger, programme: str | None, stages: Collection[str]
) -> dict[str, Any]:
    """The values of `participations_sql`, by name."""
    return {"day": ledger.known_at, "programme": programme, "stages": [*stages]}


def _listed(
    ledger: Ledger, key: str, programme: str | None, stages: Collection[str]
) -> dict[str, Listed]:
    query = f"""
        SELECT {key}, count(*), count(DISTINCT p.site), sum(p.amount_eur), count(p.amount_eur)
        FROM ({participations_sql()}) p WHERE {key} IS NOT NULL GROUP BY 1 ORDER BY 1
    """  # noqa: S608 - the key is one of two columns, named above
    values = participations_values(ledger, programme, stages)
    rows = ledger.connection.cursor().execute(query, values).fetchall()
    return {
        name: Listed(n, sites, amount if told == n else None)
        for name, n, sites, amount, told in rows
    }


LISTS_HEADER = (
    message("What"), message("Call or programme"), message("Rows"), message("Known on"),
    message("Key"),
)  # fmt: skip
REGISTERS_HEADER = (message("Community"), message("Day"), message("School sites"), message("Key"))


@dataclass(frozen=True)
class Register:
    """A register of schools: its Community, its day, and how many school sites of Wallonia it has."""

    register: str
    community: str
    as_of: date
    sites: int


def lists_named(ledger: Ledger, names: Collection[str]) -> tuple[SchoolList, ...]:
    """The lists of these keys that were known on the ledger's day, in the order of their days."""
    return tuple(one for one in lists_known(ledger) if one.list in names)


def registers_named(ledger: Ledger, names: Collection[str]) -> tuple[Register, ...]:
    """The registers of these keys, in the order of their days."""
    query = """
        SELECT r.register, r.community, r.as_of, count(DISTINCT i.implantation)
        FROM registers r LEFT JOIN implantations i USING (register)
        WHERE list_contains(?, r.register) GROUP BY ALL ORDER BY r.as_of, r.register
    """
    rows = ledger.connection.cursor().execute(query, [[*names]]).fetchall()
    return tuple(Register(*row) for row in rows)


def worded_list(ledger: Ledger, one: SchoolList, language: str) -> tuple[str, ...]:
    """A list in words, in the order of `LISTS_HEADER`."""
    return (
        translate(LIST_KINDS[one.kind].label, language),
        one.call or ledger.name("programmes", one.programme, language),
        number(one.size, language),
        day(one.known_on, language),
        one.list,
    )


def worded_register(ledger: Ledger, one: Register, language: str) -> tuple[str, ...]:
    """A register in words, in the order of `REGISTERS_HEADER`."""
    return (
        ledger.name("codelists.territory", one.community, language),
        day(one.as_of, language),
        number(one.sites, language),
        one.register,
    )
