"""How many of the schools a programme has reached: a share where one can be had, bounds where not.

Sites are divided by sites only. Établissements are never divided by implantations, and a programme that
includes promotion sociale is never a share of a universe without it: such rows are given as not
comparable, with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ennum_stats.errors import Message, RulesContradict, UnknownName, message
from ennum_stats.measures.bounding import Constraint, Contradiction, Reached, union_bounds
from ennum_stats.measures.budgets import programmes
from ennum_stats.measures.constraining import (
    ONE_PROJECT_A_SITE,
    PROVED,
    bases,
    grounds,
    projects_by_call,
)
from ennum_stats.measures.frames import Frame, FrameKind, Row, Rows, in_frame
from ennum_stats.measures.winners import PROGRAMME as ECOLE_NUMERIQUE
from ennum_stats.measures.winners import share_of
from ennum_stats.periods import Period
from ennum_stats.quantities import Basis, Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing, sum_of
from ennum_stats.store.opening import Ledger

DEFAULT_UNIVERSE = "implantations"
_COLUMNS = (
    "programme", "universe", "counted", "sites", "share", "comparable", "assumptions", "basis",
    "calls_covered", "calls_not_known",
)  # fmt: skip
_ANSWERS = ("sites", "share")
ASSUMED = message("A site has at most one project a call (an assumption).")
INSIDE = message("The 300 sites of promotion sociale are read as inside the 3,800.")
BESIDE = message("The 300 sites of promotion sociale are read as beside the 3,800.")
WITHOUT = message("The 300 sites of promotion sociale are taken out of the 3,800.")


def coverage(
    ledger: Ledger,
    universe: str | None = None,
    calls: Sequence[str] = (),
    without: Sequence[str] = (),
    *,
    frame: FrameKind = "pandas",
) -> Frame:
    """The share of school sites that each programme has reached, as far as documents tell.

    One row is one programme on one universe: all universes, or the one that is named. The universe of
    about 3,800 implantations is given in the three readings of its 300 of promotion sociale. What is
    only bounded has no value: `sites` and `share` are `<NA>` and the bounds say what is known.

    Of École Numérique, documents only bound the sites; the bounds are sharp, and given in two rows, by
    `basis`: `proved` (documents and logic alone) and `one_project_a_site` (also that a site has at most
    one project a call). `calls` asks for the sites with a project in one of these calls or sets of
    calls, and for no other programme; `without` switches rules off (`ennum rules` lists them).

    Reads what was known on the ledger's day. "About" is in the bounds.

    Columns: `programme`, `universe`, `counted` (the unit of `sites`), `sites`, `sites_lower`,
    `sites_upper`, `share`, `share_lower`, `share_upper`, `comparable` (where not, there is no share),
    `assumptions` (tuple of sentences in English: readings, assumptions, or why it is not comparable),
    `basis`, `calls_covered`, `calls_not_known` (tuples), `status`, `missing_reason`,
    `observation_ids`.

    Raises `UnknownName` for a universe, call or rule that does not exist, and `RulesContradict` where no
    sites can satisfy everything that is stated.

    >>> coverage(store, universe="implantations")[["programme", "share_lower"]]  # doctest: +SKIP
    """
    return in_frame(coverage_rows(ledger, universe, calls, without), frame)


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
    if universe is not None and universe not in universes:
        raise UnknownName(
            message("There is no universe “{name}”.", name=universe),
            expected=message("Known: {names}.", names=", ".join(universes)),
        )
    chosen = [universes[universe]] if universe else list(universes.values())
    asked = asked_calls(ledger, calls)
    rows = [
        row
        for programme in programmes(ledger)
        if not calls or programme["programme"] == ECOLE_NUMERIQUE
        for in_universe in chosen
        for row in _rows(ledger, programme, in_universe, asked, without)
    ]
    return Rows(rows, _COLUMNS, _ANSWERS)


def asked_calls(ledger: Ledger, names: Sequence[str]) -> tuple[str, ...]:
    """The calls that names of calls and of sets of calls mean, each once, in the order of the calls."""
    every = ledger.all_calls(ECOLE_NUMERIQUE)
    meant = {call for name in names for call in ledger.calls_of(name)}
    for call in sorted(meant - set(every)):
        raise UnknownName(
            message("There is no call “{name}”.", name=call),
            expected=message("Known: {names}.", names=", ".join(every)),
        )
    return tuple(call for call in every if call in meant)


def universe_size(ledger: Ledger, universe: Row) -> Answer:
    """How many sites a universe has, in its reading of what is inside and what is beside."""
    territory = universe["territory"]
    size = ledger.answer(universe["measure"], territory=territory)
    for level, sign in ((universe["adds_level"], 1), (universe["removes_level"], -1)):
        if level:
            part = ledger.answer(universe["measure"], territory=territory, level=level)
            size = size + part if sign > 0 else size - part
    return size


def sites_of_calls(
    ledger: Ledger,
    calls: Sequence[str],
    basis: str = ONE_PROJECT_A_SITE,
    without: Sequence[str] = (),
    size: Answer | None = None,
) -> Answer:
    """Distinct implantations with a project in these calls, inside a universe of a size: only bounds.

    They are the sharpest that the documents known on the ledger's day allow on a basis; calls whose
    projects were not known are left out.

    Raises `RulesContradict` where no sites can satisfy everything that is stated.
    """
    known = projects_by_call(ledger)
    asked = [call for call in calls if call in known]
    if not asked:
        return Missing(Reason.NOT_YET_KNOWN)
    stated = grounds(ledger, basis, without)
    limit = size.quantity.bounds.upper if isinstance(size, Known) else None
    constraints = list(stated.constraints)
    if limit is not None:
        constraints.append(Reached("universe", tuple(known), 0, math.floor(limit)))
    lower, upper = _bounds(asked, constraints)
    evidence = stated.about(asked)
    is_convention = upper == limit or any(
        answer.quantity.bounds.basis is Basis.CONVENTION for answer in evidence
    )
    bounds = Bounds(
        Decimal(lower),
        None if upper is None else Decimal(upper),
        Basis.CONVENTION if is_convention else Basis.PROVED,
    )
    observations = dict.fromkeys(o for answer in evidence for o in answer.observations)
    return Known(
        Quantity.derived(bounds.lower if lower == upper else None, bounds, "implantations"),
        tuple(observations),
        status="E",
        caveats=() if basis == PROVED else (ASSUMED,),
    )


def _bounds(asked: Sequence[str], constraints: Sequence[Constraint]) -> tuple[int, int | None]:
    try:
        return union_bounds(asked, constraints)
    except Contradiction as contradiction:
        raise RulesContradict(
            message("No sites can satisfy all of: {rules}.",
                    rules="; ".join(map(str, contradiction.constraints))),
            remedy=message("Correct one of them, or leave one out with --without."),
        ) from contradiction  # fmt: skip


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
    covered = [call for call in projects_by_call(ledger) if call in calls]
    not_known = _calls_not_known(ledger, asked, covered)
    for basis in bases(ledger, without):
        sites = sites_of_calls(ledger, covered, basis, without, size)
        row = _row(ledger, programme, universe, sites, counted)
        yield row | _of_calls(basis, covered, not_known)


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
    return [
        call
        for call in ledger.all_calls(ECOLE_NUMERIQUE)
        if call not in covered and (call in asked if asked else _took_place(ledger, call))
    ]


def _took_place(ledger: Ledger, name: str) -> bool:
    """Whether a call was known of, and its projects had been submitted by the day known at (or, where
    no day is known, its school years had begun)."""
    for call in ledger.calls:
        if call.call == name:
            closed = Period(call.closed_on).last if call.closed_on else call.valid_from
            return closed <= ledger.known_at
    return False


def _not_comparable(programme: Row, counted: str, universe: Row) -> Message | None:
    if counted != universe["counted"]:
        return message(
            "Not comparable: {counted} are not divided by {universe_counted}.",
            counted=message(counted), universe_counted=message(universe["counted"]),
        )  # fmt: skip
    if universe["territory"] != "wallonia":
        return message("Not comparable: the universe is of another territory.")
    if universe["removes_level"] and programme["adult_education"] != "no":
        return message(
            "Not comparable: the universe is without promotion sociale, and the winners include it."
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
