"""What is known of one commune, province or network: its sites, what lists say that they had, and its place
among all and among those like it.

Everything counts the sites of the last registers known, adult education included, as coverage does. What
lists say that are not complete is a lower bound; sites without anything are then only bounded from above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from ennum_stats.errors import Message, message, nearest_names, unknown_name
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_calendar
from ennum_stats.measures.columns import Column
from ennum_stats.measures.schools.completeness import incomplete
from ennum_stats.measures.schools.ranks import Rank, rank_among
from ennum_stats.measures.schools.school_lists import list_to_load, lists_counted, registers_named
from ennum_stats.measures.schools.school_sites import EVERY_LEVEL, register_to_load, teaching_of
from ennum_stats.project import Audience
from ennum_stats.quantities import Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.store.place_rows import COMMUNE, NETWORK, PROVINCE, HadIn, SitesIn, had_in, sites_in
from ennum_stats.store.population import Population, RegisteredSite, single_sites
from ennum_stats.store.school_rows import AWARDED, REACHED, registers_known

KINDS = (COMMUNE, PROVINCE, NETWORK)
GERMAN_SPEAKING = "german_speaking_community"
"""The code of its network, and of its register."""
OTHER_REGISTER = message(
    "Schools of the German-speaking Community stand in a register of its own, which was not known."
)
_ALIKE = 2
"""A commune is as large as another one that has at most so many times its sites, and at least that part of them."""
LIKENESS: Mapping[str, Message] = {
    "province": message("of the same province"),
    "sites": message("with at least half and at most twice as many school sites"),
    "network": message("with the same main network of school sites"),
    "secondary": message("with secondary schools, or without any, as it"),
}
"""In what communes may be like another one."""
USUAL_LIKENESS = ("province", "sites")
_NEAREST = 8
"""So many communes like one are told beside it."""
_SHARES = Bounds(Decimal(0), Decimal(1))
_TEACHING = teaching_of(EVERY_LEVEL)


@dataclass(frozen=True)
class Had:
    """Hold what sites of a place had of a call, of a programme, or of any programme where both are `None`."""

    programme: str | None
    call: str | None
    reached: Annotated[Answer, Column(message("School sites with something"))]
    rest: Annotated[Answer, Column(message("School sites with nothing"))]
    projects: Annotated[Answer, Column(message("Projects"))]
    amount_eur: Annotated[Answer, Column(message("Amount"))]
    incomplete: tuple[str, ...]
    """Calls, and programmes without calls, whose lists are missing or not complete."""


@dataclass(frozen=True)
class CountedPlace:
    """Hold a place with its sites, those that École Numérique reached, and their share."""

    code: str
    sites: Annotated[Answer, Column(message("School sites"))]
    reached: Annotated[Answer, Column(message("School sites with a project"))]
    share: Annotated[Answer, Column(message("Share of the sites"))]


@dataclass(frozen=True)
class Place:
    """Hold a commune, province or network as known on a day."""

    kind: str
    code: str
    registers: tuple[str, ...]
    sites: Answer
    schools: Answer
    cells: tuple[SitesIn, ...]
    """Its sites by level and network (those of a network by level and province), with the totals."""
    had: tuple[Had, ...]
    """Of École Numérique first, call by call after it; then of each other programme that has a list, and of
    any programme. None without a register or a list."""
    counted: CountedPlace
    alike: tuple[CountedPlace, ...]
    """Those like it, without it: the nearest in size first."""
    by_sites: Rank | None
    by_share: Rank | None
    by_sites_alike: Rank | None
    by_share_alike: Rank | None
    likeness: tuple[str, ...]
    """In what those like it are, by the names of `LIKENESS`."""


@once_a_ledger
def place_codes(ledger: Ledger, kind: str) -> tuple[str, ...]:
    """List the codes of all communes (NIS, of 2019), provinces or networks, registers or not."""
    if kind == NETWORK:
        rows = ledger.records("codelists")
        return tuple(row["code"] for row in rows if row["codelist"] == NETWORK)
    from ennum_stats.raw.communes import communes  # takes a moment, and is seldom needed

    walloon = communes().walloon
    if kind == COMMUNE:
        return tuple(one.commune for one in walloon)
    return tuple(sorted({one.province for one in walloon}))


def place_name(ledger: Ledger, kind: str, code: str, language: str) -> str:
    """Name a commune, province or network. Raises `UnknownName`, with the nearest codes."""
    if code not in place_codes(ledger, kind):
        near = nearest_names(code[:40], place_codes(ledger, kind))
        raise unknown_name(
            message("There is no commune, province or network “{name}”.", name=code[:40]), near
        )
    if kind == COMMUNE:
        from ennum_stats.raw.communes import communes

        return communes().by_code[code].name(language)
    return ledger.name(f"codelists.{kind}", code, language)


def province_of(commune: str) -> str:
    """Give the province of a commune."""
    from ennum_stats.raw.communes import communes

    return communes().by_code[commune].province


def is_german_speaking(commune: str) -> bool:
    """Tell whether a commune lies in the German-speaking Community."""
    from ennum_stats.raw.communes import communes

    return communes().by_code[commune].is_german_speaking


def place(ledger: Ledger, kind: str, code: str, likeness: tuple[str, ...] = ()) -> Place:
    """Say what is known of a place, and of a commune those that are like it in all that is named, or as usual. Raises
    `UnknownName`."""
    place_name(ledger, kind, code, "fr")
    every = places_counted(ledger, kind)
    own = every[code]
    others = [one for one in every.values() if one.code != code and _size(one)]
    likeness = likeness or USUAL_LIKENESS
    alike = _alike(ledger, own, others, likeness) if kind == COMMUNE and _size(own) else ()
    cells = _cells(ledger, kind).get(code, ())
    whole = _whole(cells)
    schools: Answer = own.sites
    if isinstance(own.sites, Known):
        schools = Known(Quantity.exact(whole.schools if whole else 0, "etablissements"))
    return Place(
        kind, code, registers_known(ledger), own.sites, schools, cells,
        _had(ledger, kind, own), own, alike,
        by_sites=_rank(own, others, "sites"), by_share=_rank(own, others, "share"),
        by_sites_alike=_rank(own, alike, "sites"), by_share_alike=_rank(own, alike, "share"), likeness=likeness,
    )  # fmt: skip


@once_a_ledger
def places_counted(ledger: Ledger, kind: str) -> dict[str, CountedPlace]:
    """Count the sites of all places of a kind, and those that École Numérique reached; by code."""
    cells, had = _cells(ledger, kind), _reached(ledger, kind)
    lacking = incomplete(ledger, ECOLE_NUMERIQUE)
    return {
        code: _counted(ledger, code, cells.get(code, ()), had.get(code, ()), lacking)
        for code in place_codes(ledger, kind)
    }


def places_compared(ledger: Ledger, found: Place) -> dict[str, tuple[CountedPlace, ...]]:
    """Select the places that are told beside one, itself among them: of a commune those "alike", the nearest
    in size first; of others "all" that have a site, and of a province its "communes", the largest first."""
    if found.kind == COMMUNE:
        return {"alike": (found.counted, *found.alike[:_NEAREST])} if found.alike else {}
    if not isinstance(found.sites, Known):
        return {}
    every = [one for one in places_counted(ledger, found.kind).values() if _size(one)]
    beside = {"all": _largest_first({one.code: one for one in (*every, found.counted)}.values())}
    if found.kind == PROVINCE:
        communes = places_counted(ledger, COMMUNE).values()
        beside["communes"] = _largest_first(one for one in communes if province_of(one.code) == found.code)
    return beside


def _largest_first(places: Iterable[CountedPlace]) -> tuple[CountedPlace, ...]:
    return tuple(sorted(places, key=lambda one: -_size(one)))


def lists_every_community(ledger: Ledger) -> bool:
    """Tell whether a register of the German-speaking Community was known, whose schools the one of the
    Federation does not have."""
    known = registers_named(ledger, registers_known(ledger))
    return any(one.community == GERMAN_SPEAKING for one in known)


def sites_listed(ledger: Ledger, commune: str) -> list[RegisteredSite]:
    """Read the sites of a commune one by one; none for the public, which is told of no single school."""
    if ledger.audience is not Audience.INTERNAL:
        return []
    within = {COMMUNE: (commune,)}
    return single_sites(ledger, Population(registers_known(ledger), _TEACHING, None, within=within))


# --- inside ---------------------------------------------------------------------------------------------


@once_a_ledger
def _cells(ledger: Ledger, kind: str) -> dict[str, tuple[SitesIn, ...]]:
    registers = registers_known(ledger)
    rows = sites_in(ledger, kind, registers, _TEACHING) if registers else []
    found: dict[str, list[SitesIn]] = {}
    for row in rows:
        found.setdefault(row.place, []).append(row)
    return {code: tuple(cells) for code, cells in found.items()}


def _whole(cells: Sequence[SitesIn]) -> SitesIn | None:
    """Find the number of all sites of a place; there is none where it has no site."""
    return next((cell for cell in cells if cell.level is cell.across is None), None)


@once_a_ledger
def _reached(ledger: Ledger, kind: str, stages: tuple[str, ...] = REACHED) -> dict[str, tuple[HadIn, ...]]:
    registers = registers_known(ledger)
    found: dict[str, list[HadIn]] = {}
    if registers and lists_counted(ledger, None):
        for row in had_in(ledger, kind, registers, _TEACHING, stages):
            found.setdefault(row.place, []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


def _counted(
    ledger: Ledger, code: str, cells: Sequence[SitesIn], had: Sequence[HadIn], lacking: tuple[str, ...]
) -> CountedPlace:
    if not registers_known(ledger):
        none = Missing(Reason.NOT_COLLECTED, caveats=register_to_load(ledger))
        return CountedPlace(code, none, none, none)
    if not cells and code in _of_other_registers(ledger):
        other = Missing(Reason.NOT_COLLECTED, caveats=(OTHER_REGISTER,))
        return CountedPlace(code, other, other, other)
    whole = _whole(cells)
    sites = Quantity.exact(whole.sites if whole else 0, "implantations")
    if not lists_counted(ledger, ECOLE_NUMERIQUE):
        unlisted = Missing(Reason.NOT_COLLECTED, caveats=(list_to_load(ECOLE_NUMERIQUE),))
        return CountedPlace(code, Known(sites), unlisted, unlisted)
    row = _row_of(had, ECOLE_NUMERIQUE, None)
    reached = _between(row.sites if row else 0, sites, is_complete=not lacking)
    share: Answer = Missing(Reason.NOT_APPLICABLE)
    if sites.value:
        share = reached.over(Known(sites), "share")
        share = share.within(_SHARES) if isinstance(share, Known) else share
    return CountedPlace(code, Known(sites), reached, share)


def _of_other_registers(ledger: Ledger) -> frozenset[str]:
    """List the places whose schools stand in a register that was not known: it may have sites there."""
    from ennum_stats.raw.communes import communes

    if lists_every_community(ledger):
        return frozenset()
    german = (one.commune for one in communes().walloon if one.is_german_speaking)
    return frozenset((*german, GERMAN_SPEAKING))


def _between(counted: int, whole: Quantity, *, is_complete: bool) -> Answer:
    """Give how many sites lists name: of lists that are not complete at least that, and at most all."""
    if is_complete or whole.value == counted:
        return Known(Quantity.exact(counted, "implantations"))
    bounds = Bounds(Decimal(counted), whole.bounds.upper)
    return Known(Quantity.derived(None, bounds, "implantations"))


def _alike(
    ledger: Ledger, own: CountedPlace, others: Sequence[CountedPlace], likeness: Sequence[str]
) -> tuple[CountedPlace, ...]:
    """Select the communes like one in all that is named, the nearest in size first; provinces and networks are too few
    to have any."""
    size, cells = _size(own), _cells(ledger, COMMUNE)
    same: Mapping[str, Callable[[str], object]] = {
        "province": province_of,
        "network": lambda code: _most_sites(cells[code]),
        "secondary": lambda code: any((cell.level or "").startswith("secondary") for cell in cells[code]),
    }
    named = [same[name] for name in likeness if name in same]
    found = [
        one
        for one in others
        if "sites" not in likeness or (size <= _ALIKE * _size(one) and _size(one) <= _ALIKE * size)
        if all(of(one.code) == of(own.code) for of in named)
    ]
    return tuple(sorted(found, key=lambda one: (abs(_size(one) - size), one.code)))


def _most_sites(cells: Sequence[SitesIn]) -> str | None:
    """Find the network of most sites; of several, the first by name."""
    networks = [(-cell.sites, cell.across) for cell in cells if cell.across and not cell.level]
    return min(networks)[1] if networks else None


def _size(one: CountedPlace) -> int:
    return int(one.sites.quantity.value or 0) if isinstance(one.sites, Known) else 0


def _rank(own: CountedPlace, others: Sequence[CountedPlace], what: str) -> Rank | None:
    """Rank a place that has a site among others that have one; nothing where there are none."""
    if not others or not _size(own):
        return None
    return rank_among(getattr(own, what), [getattr(one, what) for one in others])


def _row_of(rows: Sequence[HadIn], programme: str | None, call: str | None) -> HadIn | None:
    return next((row for row in rows if (row.programme, row.call) == (programme, call)), None)


def _had(ledger: Ledger, kind: str, own: CountedPlace) -> tuple[Had, ...]:
    """Say what the sites of a place had of each call and programme of which there is a list."""
    if not isinstance(own.sites, Known) or not lists_counted(ledger, None):
        return ()
    sites = own.sites.quantity
    reached = _reached(ledger, kind).get(own.code, ())
    won = _reached(ledger, kind, AWARDED).get(own.code, ())
    subjects: list[tuple[str | None, str | None]] = []
    if lists_counted(ledger, ECOLE_NUMERIQUE):
        calls = call_calendar(ledger).took_place
        subjects = [(ECOLE_NUMERIQUE, None), *((ECOLE_NUMERIQUE, call) for call in calls)]
    others = {one.programme for one in lists_counted(ledger, None)} - {ECOLE_NUMERIQUE}
    subjects += [(programme, None) for programme in sorted(others)]
    subjects += [(None, None)] if others else []
    listed = {one.call for one in lists_counted(ledger, ECOLE_NUMERIQUE)}
    found = []
    for programme, call in subjects:
        lacking = incomplete(ledger, programme, [call] if call else ())
        has_list = call is None or call in listed
        row = _row_of(reached, programme, call)
        of_sites = _counted_answer(row.sites if row else 0, sites, lacking, has_list=has_list)
        row = _row_of(won, programme, call) if programme == ECOLE_NUMERIQUE else None
        projects, amount = _won(row, lacking, has_list=has_list)
        if programme != ECOLE_NUMERIQUE:
            projects = amount = Missing(Reason.NOT_APPLICABLE)
        rest = own.sites - of_sites
        found.append(Had(programme, call, of_sites, rest, projects, amount, lacking))
    return tuple(found)


def _counted_answer(counted: int, sites: Quantity, lacking: Sequence[str], *, has_list: bool) -> Answer:
    if not has_list:
        return Missing(Reason.NOT_COLLECTED)
    return _between(counted, sites, is_complete=not lacking)


def _won(row: HadIn | None, lacking: Sequence[str], *, has_list: bool) -> tuple[Answer, Answer]:
    """Give the projects and amounts that lists of winners tell: at least those, where they lack some."""
    if not has_list or (row is None and lacking):
        none = Missing(Reason.NOT_COLLECTED)
        return none, none
    number = row.participations if row else 0
    projects = Known(Quantity.exact(number, "projects"))
    amount: Answer = Missing(Reason.NOT_COLLECTED)
    if row is None:
        amount = Known(Quantity.exact(0, "EUR"))
    elif row.amount_eur is not None:
        amount = Known(Quantity.exact(row.amount_eur.normalize(), "EUR"))
        if lacking or row.amounts < row.participations:
            amount = amount.at_least()
    return (projects.at_least() if lacking else projects), amount
