"""Which lists of schools a measure may count from, and how lists and registers are named to a reader.

The rows themselves are read by `store.school_rows`.
"""

from __future__ import annotations

from collections.abc import Collection

from ennum_stats.errors import Message, message
from ennum_stats.languages import day, number, translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.store import school_rows
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import LIST_KINDS

"""The basis of a number that is counted from lists of schools and a register."""
_KIND_OF = {ECOLE_NUMERIQUE: school_rows.WINNERS, "connectivity": school_rows.CONNECTIONS}
LOAD_A_LIST = message("No list of schools was known. Load one: ennum import {kind} FILE")
LISTS_HEADER = (
    message("What"), message("Call or programme"), message("Rows"), message("Known on"),
    message("Key"),
)  # fmt: skip
REGISTERS_HEADER = (message("Community"), message("Day"), message("School sites"), message("Key"))


def lists_counted(ledger: Ledger, programme: str | None) -> tuple[school_rows.SchoolList, ...]:
    """Select the lists that say what sites had of a programme (of all where it is `None`): those of
    deliveries say something else."""
    known = school_rows.lists_known(
        ledger, school_rows.WINNERS, school_rows.EQUIPPED, school_rows.CONNECTIONS
    )
    return tuple(one for one in known if programme in (None, one.programme))


def list_to_load(programme: str) -> Message:
    """Say what is missing where a programme has no list, with the command that loads one."""
    kind = _KIND_OF.get(programme, school_rows.EQUIPPED)
    options = {"connectivity": "", ECOLE_NUMERIQUE: " --call EN2020"}
    option = options.get(programme, f" --programme {programme}")
    return message(LOAD_A_LIST.text, kind=kind + option)


def lists_named(ledger: Ledger, names: Collection[str]) -> tuple[school_rows.SchoolList, ...]:
    """Select the lists of these keys that were known on the ledger's day, in the order of their days."""
    return tuple(one for one in school_rows.lists_known(ledger) if one.list in names)


def registers_named(ledger: Ledger, names: Collection[str]) -> tuple[school_rows.Register, ...]:
    """Select the registers of these keys, in the order of their days."""
    return tuple(one for one in school_rows.registers(ledger) if one.register in names)


def worded_list(ledger: Ledger, one: school_rows.SchoolList, language: str) -> tuple[str, ...]:
    """Put a list in words, in the order of `LISTS_HEADER`."""
    return (
        translate(LIST_KINDS[one.kind].label, language),
        one.call or ledger.name("programmes", one.programme, language),
        number(one.size, language),
        day(one.known_on, language),
        one.list,
    )


def worded_register(ledger: Ledger, one: school_rows.Register, language: str) -> tuple[str, ...]:
    """Put a register in words, in the order of `REGISTERS_HEADER`."""
    return (
        ledger.name("codelists.territory", one.community, language),
        day(one.as_of, language),
        number(one.sites, language),
        one.register,
    )
