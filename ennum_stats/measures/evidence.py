"""The lists and registers that a number was counted from, for who asks where it comes from.

They are to a counted number what documents with their places are to a published one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ennum_stats.errors import message
from ennum_stats.languages import day, number, translate
from ennum_stats.measures.lists import (
    CONNECTIONS,
    DELIVERIES,
    EQUIPPED,
    WINNERS,
    SchoolList,
    lists_known,
)
from ennum_stats.store.opening import Ledger

KINDS = {
    WINNERS: message("List of winners"),
    EQUIPPED: message("List of school sites equipped"),
    CONNECTIONS: message("List of school sites connected"),
    DELIVERIES: message("List of deliveries"),
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
        translate(KINDS[one.kind], language),
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
