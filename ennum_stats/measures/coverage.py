"""How many of the schools a programme has reached: a share where one can be had, bounds where not.

Sites are divided by sites only. Établissements are never divided by implantations, and a programme that
includes promotion sociale is never a share of a universe without it: such rows are given as not
comparable, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ennum_stats.errors import Message, UnknownName, message
from ennum_stats.measures.budgets import programmes
from ennum_stats.measures.constraining import PROVED, bases, calls_known
from ennum_stats.measures.counted import coverage_of
from ennum_stats.measures.frames import Row, Rows
from ennum_stats.measures.lists import COUNTED
from ennum_stats.measures.reaching import asked_calls, sites_of_calls, universe_size
from ennum_stats.measures.winners import PROGRAMME as ECOLE_NUMERIQUE
from ennum_stats.measures.winners import share_of
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Missing, sum_of
from ennum_stats.store.opening import Ledger

_COLUMNS = (
    "programme", "universe", "counted", "sites", "share", "comparable", "assumptions", "basis",
    "calls_covered", "calls_not_known",
)  # fmt: skip
_ANSWERS = ("sites", "share")
REGISTER = "register"
"""The universe of what is counted: the sites of the last register known."""
INSIDE = message(
    "The 300 sites of adult education (promotion sociale) are read as inside the 3,800."
)
BESIDE = message(
    "The 300 sites of adult education (promotion sociale) are read as beside the 3,800."
)
WITHOUT = message(
    "The 300 sites of adult education (promotion sociale) are taken out of the 3,800."
)
_COUNTED = {
    "implantations": message("school sites"),
    "etablissements": message("schools (établissements)"),
}


def coverage_rows(
    ledger: Ledger,
    universe: str | None = None,
    calls: Sequence[str] = (),
    without: Sequence[str] = (),
) -> Rows:
    """The rows of `coverage`, with answers; `assumptions` are messages."""
    universes = {
        row["universe"]: row for row in ledger.records("universes", order="counted DESC, universe")
    }
    if universe is not None and universe not in (*universes, REGISTER):
        raise UnknownName(
            message("There is no universe “{name}”.", name=universe),
            expected=message("Known: {names}.", names=", ".join((*universes, REGISTER))),
        )
    chosen = [row for name, row in universes.items() if universe in (None, name)]
    asked = asked_calls(ledger, calls)
    rows: list[Row] = []
    for programme in programmes(ledger):
        if calls and programme["programme"] != ECOLE_NUMERIQUE:
            continue
        for in_universe in chosen:
            rows += _rows(ledger, programme, in_universe, asked, without)
        if universe in (None, REGISTER):
            rows += _counted(ledger, programme["programme"], asked)
    return Rows(rows, _COLUMNS, _ANSWERS)


def _rows(
    ledger: Ledger, programme: Row, universe: Row, asked: Sequence[str], without: Sequence[str]
) -> Iterator[Row]:
    """The rows of a programme on a universe: one a basis."""
    name = programme["programme"]
    if name != ECOLE_NUMERIQUE:
        sites, counted = _sites(ledger, name)
        yield _row(ledger, programme, universe, sites, counted) | _of_calls(PROVED, (), ())
        return
    counted = "implantations"
    is_share = _not_comparable(programme, counted, universe) is None
    size = universe_size(ledger, universe) if is_share else None
    calls = asked or [call.call for call in ledger.calls if call.programme == name]
    covered = [call for call in calls_known(ledger) if call in calls]
    not_known = _calls_not_known(ledger, asked, covered)
    for basis in bases(ledger, without):
        sites = sites_of_calls(ledger, covered, basis, without, size)
        row = _row(ledger, programme, universe, sites, counted)
        yield row | _of_calls(basis, covered, not_known)


def _counted(ledger: Ledger, programme: str, asked: Sequence[str]) -> Iterator[Row]:
    """The row of a programme on the sites of the register, where lists of it are known."""
    found = coverage_of(ledger, programme, asked)
    if found is not None:
        yield found | {
            "programme": programme,
            "universe": REGISTER,
            "counted": "implantations",
            "comparable": True,
            "basis": COUNTED,
            "assumptions": (
                message(
                    "Counted in the register {registers}.", registers=", ".join(found["registers"])
                ),
            ),
        }


def _of_calls(basis: str, covered: Sequence[str], not_known: Sequence[str]) -> Row:
    return {
        "basis": basis,
        "calls_covered": tuple(covered),
        "calls_not_known": tuple(not_known),
    }


def _row(ledger: Ledger, programme: Row, universe: Row, sites: Answer, counted: str) -> Row:
    sites = _without_bare_end(sites)
    size = universe_size(ledger, universe)
    reason = _not_comparable(programme, counted, universe)
    share: Answer = Missing(Reason.NOT_COMPARABLE)
    if reason is None:
        sites = _inside(sites, size)
        share = share_of(sites, size)
    caveats = sites.caveats
    return {
        "programme": programme["programme"],
        "universe": universe["universe"],
        "counted": counted,
        "sites": sites,
        "share": share,
        "comparable": reason is None,
        "assumptions": (reason,) if reason else (*_reading(universe), *caveats),
    }


def _sites(ledger: Ledger, programme: str) -> tuple[Answer, str]:
    """What another programme than École Numérique reached, and in which unit."""
    if programme == "cyberecole":
        return schools_of_cyberecole(ledger), "etablissements"
    if programme == "connectivity":
        return ledger.answer("sites_installed", programme=programme), "implantations"
    return ledger.answer("implantations_equipped", programme=programme), "implantations"


def schools_of_cyberecole(ledger: Ledger) -> Answer:
    """Établissements equipped by Cyberécole: those of primary level, and the others."""
    levels = ("primary", "secondary_and_adult_education")
    return sum_of(
        ledger.answer("etablissements_equipped", programme="cyberecole", level=level)
        for level in levels
    )


def _calls_not_known(ledger: Ledger, asked: Sequence[str], covered: Sequence[str]) -> list[str]:
    """Calls whose winners were not known: those asked for, or else those that had taken place."""
    took_place = {call.call for call in ledger.calls if call.took_place(ledger.known_at)}
    return [
        call
        for call in ledger.all_calls(ECOLE_NUMERIQUE)
        if call not in covered and (call in asked if asked else call in took_place)
    ]


def _not_comparable(programme: Row, counted: str, universe: Row) -> Message | None:
    if counted != universe["counted"]:
        return message(
            "Not comparable: {counted} are not divided by {universe_counted}.",
            counted=_COUNTED[counted], universe_counted=_COUNTED[universe["counted"]],
        )  # fmt: skip
    if universe["territory"] != "wallonia":
        return message("Not comparable: the universe is of another territory.")
    if universe["removes_level"] and programme["adult_education"] != "no":
        return message(
            "Not comparable: the universe is without adult education, and the winners include it."
        )
    return None


def _inside(sites: Answer, size: Answer) -> Answer:
    """Sites reached are sites of the universe: there are not more of them."""
    if isinstance(sites, Missing) or isinstance(size, Missing):
        return sites
    upper = size.quantity.bounds.upper
    low, high = sites.quantity.bounds.ends
    if upper is None or low > upper or high <= upper:
        return sites
    return sites.within(Bounds(Decimal(0), upper))


def _without_bare_end(sites: Answer) -> Answer:
    """An end (more than 2,240) is no number of sites: only the bound is given."""
    if isinstance(sites, Missing) or sites.quantity.value is None:
        return sites
    bounds = sites.quantity.bounds
    if bounds.contains(sites.quantity.value):
        return sites
    return replace(sites, quantity=Quantity.derived(None, bounds, sites.quantity.unit))


def _reading(universe: dict[str, Any]) -> tuple[Message, ...]:
    if universe["adds_level"]:
        return (BESIDE,)
    return (WITHOUT,) if universe["removes_level"] else (INSIDE,)
