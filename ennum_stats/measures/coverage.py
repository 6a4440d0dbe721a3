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
from ennum_stats.measures.call_constraints import (
    PROVED,
    bases,
    calls_known,
    sites_of_calls,
    universe_size,
)
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, asked_calls, share_of
from ennum_stats.measures.coverage_over_time import coverage_by_year_rows
from ennum_stats.measures.frames import (
    DictTable,
    Frame,
    FrameKind,
    Row,
    in_frame,
    require_not_given,
)
from ennum_stats.measures.programmes import Programme, programmes
from ennum_stats.measures.school_lists import COUNTED
from ennum_stats.measures.school_sites import EVERY_LEVEL
from ennum_stats.measures.site_counts import COVERAGE_BY as COUNTED_BY
from ennum_stats.measures.site_counts import coverage_by_rows, coverage_of
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Missing, sum_of
from ennum_stats.store.ledger import Ledger

_COLUMNS = (
    "programme", "universe", "counted", "sites", "share", "comparable", "assumptions", "basis",
    "calls_covered", "calls_not_known",
)  # fmt: skip
_ANSWERS = ("sites", "share")
COVERAGE_BY = ("programme", "year", *COUNTED_BY)
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


def coverage(
    ledger: Ledger,
    universe: str | None = None,
    calls: Sequence[str] = (),
    without: Sequence[str] = (),
    *,
    by: str = "programme",
    programme: str = "",
    levels: Sequence[str] = (),
    frame: FrameKind = "pandas",
) -> Frame:
    """The share of school sites that each programme has reached, as far as documents and lists tell.

    One row is one programme on one universe: all universes, or the one that is named. The universe of
    about 3,800 implantations is given in the three readings of its 300 of promotion sociale. What is
    only bounded has no value: `sites` and `share` are `<NA>` and the bounds say what is known.

    Of École Numérique, documents only bound the sites; the bounds are sharp, and given in two rows, by
    `basis`: `proved` (documents and logic alone) and `one_project_a_site` (also that a site has at most
    one project a call). What lists of winners tell of some calls is in these bounds. Where a programme has
    lists, and a register was loaded, one more row (`counted`) is on the universe `register`. `calls` asks
    for the sites with a project in one of these calls or sets of calls, and for no other programme;
    `without` switches rules off (`ennum rules` lists them).

    Reads what was known on the ledger's day. "About" is in the bounds.

    Columns: `programme`, `universe`, `counted` (the unit of `sites`), `sites`, `sites_lower`,
    `sites_upper`, `share`, `share_lower`, `share_upper`, `comparable` (where not, there is no share),
    `assumptions` (tuple of sentences in English: readings, assumptions, or why it is not comparable),
    `basis`, `calls_covered`, `calls_not_known` (tuples), `status`, `missing_reason`,
    `observation_ids`.

    With another `by`, one row is one part of the sites of the last register known (`levels`: compulsory,
    adult; both unless told), counted from the lists of a `programme` (École Numérique unless told, "all"
    for any): `level`, `network`, `province`, `commune`, `call`, or `repeats` (how many participations a
    site has: 0, 1, 2 …). Columns: the one of `by`, `basis`, `calls_covered`, `calls_not_known`, `lists`,
    `registers` (tuples), `sites` (reached), `universe_sites`, `share`. A site stands in each of its levels
    and networks; those that the register does not have are in the row `not_in_register`. `by="year"`
    cumulates from the beginning, and also works without lists, in bounds.

    Raises `UnknownName` for a universe, call, rule, level or `by` that does not exist, `UsageError` where
    two do not go together, and `RulesContradict` where no sites can satisfy everything that is stated.

    >>> coverage(store, universe="implantations")[["programme", "share_lower"]]  # doctest: +SKIP
    """
    table = coverage_table(ledger, by, calls, without, programme, levels, universe)
    return in_frame(table, frame)


def coverage_table(
    ledger: Ledger,
    by: str = "programme",
    calls: Sequence[str] = (),
    without: Sequence[str] = (),
    programme: str = "",
    levels: Sequence[str] = (),
    universe: str | None = None,
) -> DictTable:
    """The rows of `coverage` by any dimension."""
    if by == "programme":
        require_not_given(programme, "coverage", by, "programme")
        require_not_given(levels, "coverage", by, "levels")
        return coverage_rows(ledger, universe, calls, without)
    require_not_given(universe or "", "coverage", by, "universe")
    if by == "year":
        require_not_given(calls, "coverage", by, "calls")
        require_not_given(levels, "coverage", by, "levels")
        return coverage_by_year_rows(ledger, programme or ECOLE_NUMERIQUE, without)
    require_not_given(without, "coverage", by, "without")
    return coverage_by_rows(
        ledger,
        by,
        programme=programme or ECOLE_NUMERIQUE,
        calls=calls,
        levels=levels or EVERY_LEVEL,
    )


def coverage_rows(
    ledger: Ledger,
    universe: str | None = None,
    calls: Sequence[str] = (),
    without: Sequence[str] = (),
) -> DictTable:
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
        if calls and programme.programme != ECOLE_NUMERIQUE:
            continue
        for in_universe in chosen:
            rows += _rows(ledger, programme, in_universe, asked, without)
        if universe in (None, REGISTER):
            rows += _counted(ledger, programme.programme, asked)
    return DictTable(rows, _COLUMNS, _ANSWERS)


def _rows(
    ledger: Ledger,
    programme: Programme,
    universe: Row,
    asked: Sequence[str],
    without: Sequence[str],
) -> Iterator[Row]:
    """The rows of a programme on a universe: one a basis."""
    name = programme.programme
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


def _row(ledger: Ledger, programme: Programme, universe: Row, sites: Answer, counted: str) -> Row:
    sites = _without_bare_end(sites)
    size = universe_size(ledger, universe)
    reason = _not_comparable(programme, counted, universe)
    share: Answer = Missing(Reason.NOT_COMPARABLE)
    if reason is None:
        sites = _inside(sites, size)
        share = share_of(sites, size)
    caveats = sites.caveats
    return {
        "programme": programme.programme,
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


def _not_comparable(programme: Programme, counted: str, universe: Row) -> Message | None:
    if counted != universe["counted"]:
        return message(
            "Not comparable: {counted} are not divided by {universe_counted}.",
            counted=_COUNTED[counted], universe_counted=_COUNTED[universe["counted"]],
        )  # fmt: skip
    if universe["territory"] != "wallonia":
        return message("Not comparable: the universe is of another territory.")
    if universe["removes_level"] and programme.adult_education != "no":
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
