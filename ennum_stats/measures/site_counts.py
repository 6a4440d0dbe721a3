"""Coverage and winners counted site by site, from the lists and the registers of schools.

The population is the sites of the last register known. A site stands in each network and level that it has,
so that these rows may add up to more than the whole. Sites of the lists that are not in that register any
more (closed, or of another level) are in a row of their own, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from ennum_stats.errors import UnknownName, message
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.frames import DictTable, Frame, FrameKind, Row, in_frame
from ennum_stats.measures.population import (
    Part,
    Population,
    listed_calls,
    not_reached,
    parts,
    population_of,
    programmes,
    repeats,
    whole,
    years,
)
from ennum_stats.measures.school_lists import (
    AWARDED,
    COUNTED,
    lists_counted,
)
from ennum_stats.measures.school_sites import EVERY_LEVEL
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Ledger

ALL_PROGRAMMES = "all"
PLACES = ("level", "network", "province", "commune")
COVERAGE_BY = ("call", *PLACES, "repeats")
WINNERS_BY = (*PLACES, "repeats", "programme", "year")
_COUNTED_BY: dict[str, Callable[[Ledger, Population], list[Part]]] = {
    "repeats": repeats,
    "programme": programmes,
    "year": years,
}
_COVERED = ("sites", "universe_sites", "share")
_WON = ("projects", "sites", "universe_sites", "projects_per_1000_sites", "amount_eur")


def coverage_by_rows(
    ledger: Ledger,
    by: str,
    *,
    programme: str = ECOLE_NUMERIQUE,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
) -> DictTable:
    """The rows of `coverage` that are counted: by call, level, network, province, commune, or by how many
    participations a site had (`repeats`)."""
    if by not in COVERAGE_BY:
        raise UnknownName(
            message("{measure} cannot be given by “{by}”.", measure="coverage", by=by),
            expected=message("Expected one of: {names}.", names=", ".join(COVERAGE_BY)),
        )
    columns = (by, "basis", "calls_covered", "calls_not_known", "lists", "registers", *_COVERED)
    named = None if programme == ALL_PROGRAMMES else programme
    found = population_of(ledger, named, levels, calls)
    if isinstance(found, Missing):
        return DictTable([{"basis": COUNTED} | dict.fromkeys(_COVERED, found)], columns, _COVERED)
    told: Row = {"basis": COUNTED} | _lists_of(ledger, named) | _calls_of(ledger, found)
    told |= {"registers": found.registers}
    if by == "call":
        rows: list[Row] = [
            {by: call} | told | _covered(part) for call, part in _by_call(ledger, found)
        ]
    elif by == "repeats":
        rows = [{by: part.part} | told | _covered(part) for part in repeats(ledger, found)]
    else:
        rows = [{by: part.part} | told | _covered(part) for part in parts(ledger, found, by)]
    return DictTable(rows, columns, _COVERED)


def winners_by_rows(ledger: Ledger, by: str, *, levels: Sequence[str] = EVERY_LEVEL) -> DictTable:
    """The rows of `winners` that are counted: by level, network, province, commune, by how many projects a
    site has (`repeats`), by programme, or by the year in which the school years of the calls began."""
    columns = (by, "lists", "registers", *_WON)
    found = population_of(ledger, ECOLE_NUMERIQUE, levels, stages=AWARDED)
    if isinstance(found, Missing):
        return DictTable([dict.fromkeys(_WON, found)], columns, _WON)
    told = _lists_of(ledger, ECOLE_NUMERIQUE) | {"registers": found.registers}
    counted = _COUNTED_BY.get(by, partial(parts, by=by))(ledger, found)
    return DictTable([{by: part.part} | told | _won(part) for part in counted], columns, _WON)


def never_awarded(
    ledger: Ledger,
    programme: str = ECOLE_NUMERIQUE,
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
    programme: str = ECOLE_NUMERIQUE,
    calls: Sequence[str] = (),
    levels: Sequence[str] = EVERY_LEVEL,
) -> DictTable:
    """The rows of `never_awarded`, with answers."""
    names = (
        "implantation", "schools", "address", "postal_code", "locality", "commune", "province",
        "networks", "teaching_levels",
    )  # fmt: skip
    columns, answers = (*names, "participations"), ("participations",)
    named = None if programme == ALL_PROGRAMMES else programme
    found = population_of(ledger, named, levels, calls)
    if isinstance(found, Missing):
        return DictTable([{"participations": found}], columns, answers)
    rows = not_reached(ledger, found)
    none = Known(Quantity.exact(0, "participations"))
    return DictTable(
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


def coverage_of(ledger: Ledger, programme: str, calls: Sequence[str] = ()) -> Row | None:
    """One row of coverage of the sites of the register by a programme, counted; nothing without lists."""
    found = population_of(ledger, programme, EVERY_LEVEL, calls)
    if isinstance(found, Missing):
        return None
    return (
        _calls_of(ledger, found) | _covered(whole(ledger, found)) | {"registers": found.registers}
    )


# --- inside ---------------------------------------------------------------------------------------------


def _by_call(ledger: Ledger, population: Population) -> Iterator[tuple[str, Part]]:
    """The whole, call by call, of the calls that have a list."""
    for call in listed_calls(ledger, population):
        yield call, whole(ledger, replace(population, calls=(call,)))


def _calls_of(ledger: Ledger, population: Population) -> Row:
    """The calls that are counted, and those asked for or taken place of which there is no list."""
    listed = listed_calls(ledger, population)
    if population.programme != ECOLE_NUMERIQUE:
        return {"calls_covered": listed, "calls_not_known": ()}
    wanted = population.calls or tuple(
        c.call for c in ledger.calls if c.took_place(ledger.known_at)
    )
    missing = tuple(c for c in ledger.all_calls(ECOLE_NUMERIQUE) if c in wanted and c not in listed)
    return {"calls_covered": listed, "calls_not_known": missing}


def _lists_of(ledger: Ledger, programme: str | None) -> Row:
    return {"lists": tuple(one.list for one in lists_counted(ledger, programme))}


def _covered(part: Part) -> Row:
    if part.universe is None:
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
