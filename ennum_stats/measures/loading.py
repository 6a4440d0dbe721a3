"""What somebody who holds registers, lists or borders can load, so that schools are counted and mapped."""

from __future__ import annotations

from ennum_stats.errors import Message, message
from ennum_stats.measures.lists import WINNERS, lists_known
from ennum_stats.measures.sites import registers_known
from ennum_stats.measures.winners import PROGRAMME
from ennum_stats.store.opening import Ledger

LOAD_REGISTER = message("The register of schools: ennum import register FILE --as-of DATE")
LOAD_WINNERS = message("The winners, call by call: ennum import winners FILE --call {call}")
LOAD_BORDERS = message("The borders of the communes: ennum import borders FILE.geojson")


def rows_to_load(ledger: Ledger) -> tuple[Message, ...]:
    """What is missing for counting schools one by one, and for a map with borders, each with the command
    that loads it; whatever the day known at, because a command loads for every day."""
    today = ledger.known_on(None)
    missing = []
    if not registers_known(today):
        missing.append(LOAD_REGISTER)
    missing += [message(LOAD_WINNERS.text, call=call) for call in calls_to_load(today)[:1]]
    if not has_borders(ledger):
        missing.append(LOAD_BORDERS)
    return tuple(missing)


def calls_to_load(ledger: Ledger) -> tuple[str, ...]:
    """The calls that took place, and of whose winners there is no list."""
    listed = {one.call for one in lists_known(ledger, WINNERS)}
    return tuple(
        call.call
        for call in ledger.calls
        if call.programme == PROGRAMME
        and call.took_place(ledger.known_at)
        and call.call not in listed
    )


def is_counted(ledger: Ledger) -> bool:
    """Whether sites are counted on the ledger's day: a register and a list of winners were known."""
    return bool(registers_known(ledger)) and bool(lists_known(ledger, WINNERS))


def has_borders(ledger: Ledger) -> bool:
    """Whether borders of communes were imported."""
    found = ledger.connection.cursor().execute("SELECT 1 FROM borders LIMIT 1").fetchall()
    return bool(found)
