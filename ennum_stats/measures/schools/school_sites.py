"""School sites and schools of the registers: their number, where they lie, and what can be loaded so that
schools are counted and mapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Annotated

from ennum_stats.errors import ONE_OF, Message, message, unknown_name
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_calendar
from ennum_stats.measures.columns import PLACES, TOGETHER, Column
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.schools.completeness import DECLARE, completeness, incomplete
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import HOME_LANGUAGE, Ledger
from ennum_stats.store.school_rows import (
    WINNERS,
    Within,
    lists_known,
    registers_known,
    schools_by,
    site_places,
)

EVERY_LEVEL = ("compulsory", "adult")

COMPULSORY = (
    "nursery_ordinary", "primary_ordinary", "nursery_special", "primary_special",
    "secondary_ordinary", "secondary_special", "cefa",
)  # fmt: skip
LEVELS = {"compulsory": COMPULSORY, "adult": ("adult_secondary",)}
"""What may be counted: compulsory education with CEFA (without that of promotion sociale), and promotion
sociale at secondary level; types of teaching of each."""
IN_ONE = ("province", "commune")
"""The places of which a site has one each; each commune lies in one province: there is nothing to cross."""
PLACE_PAIRS = tuple(TOGETHER.join(pair) for pair in combinations(PLACES, 2) if pair != IN_ONE)
BY = ("network", "level", "province", "commune")
LOAD_REGISTER = message("The register of schools: ennum import register FILE --as-of DATE")
LOAD_WINNERS = message("The winners, call by call: ennum import winners FILE --call {call}")
LOAD_BORDERS = message("The borders of the communes: ennum import borders FILE.geojson")
Point = tuple[float, float]
"""Longitude, then latitude, in degrees (WGS 84)."""


@dataclass(frozen=True)
class SitesRow:
    """Sites and schools of a network, level, province or commune, of one in another, or of all Wallonia."""

    part: str | None
    levels: tuple[str, ...]
    registers: tuple[str, ...]
    implantations: Annotated[Answer, Column(
        message("School sites"), "implantations", IN_ONE, PLACES, message("School sites of the register"),
    )]  # fmt: skip
    etablissements: Annotated[
        Answer, Column(message("Schools"), "etablissements", (), PLACES, message("Schools of the register"))
    ]
    across: str | None = None


def sites_rows(
    ledger: Ledger, by: str = "", levels: Sequence[str] = ("compulsory",), within: Within | None = None
) -> MeasureTable[SitesRow]:
    """Count school sites (implantations) and schools (établissements), as the registers list them.

    One row is a network, level, province or commune (`by`), one in another (`["level", "network"]`), or all
    of Wallonia. A site counts once wherever it stands in several networks or levels, so rows may add up to
    more than the whole. Reads the last register of each community that was known on the store's day.
    `levels`: compulsory (unless told), adult, or both. `within`: only of these places, `{"province":
    ["liege"]}`.

    Empty, with a warning, where no register was known. Raises `UnknownName` for a `by` or level that there is
    none of.

    >>> store.sites(by="network")[["network", "implantations"]]
    """
    teaching, places = teaching_of(levels), known_places(ledger, within)
    dimensions = tuple(filter(None, by.split(TOGETHER)))
    first, across = (*dimensions, "", "")[:2]
    registers = registers_known(ledger)
    if not registers:
        none = Missing(Reason.NOT_COLLECTED, caveats=register_to_load(ledger))
        return MeasureTable([SitesRow(None, tuple(levels), (), none, none)], SitesRow, first, across)
    rows = [
        SitesRow(
            codes[0],
            tuple(levels),
            registers,
            Known(Quantity.exact(count, "implantations")),
            Known(Quantity.exact(schools, "etablissements")),
            codes[1] if across else None,
        )
        for codes, count, schools in schools_by(ledger, dimensions, registers, teaching, places)
    ]
    return MeasureTable(rows, SitesRow, first, across)


def known_places(ledger: Ledger, within: Within | None) -> Within:
    """Check codes of levels, networks, provinces and communes; none of a dimension means all of it.

    Raises `UnknownName` for a dimension or a code that there is none of.
    """
    for dimension, codes in (within or {}).items():
        if dimension not in PLACES:
            raise unknown_name(message("School sites have no “{name}”.", name=dimension), PLACES, ONE_OF)
        for code in codes:
            table = "communes" if dimension == "commune" else f"codelists.{dimension}"
            ledger.name(table, code, HOME_LANGUAGE)
    return {dimension: codes for dimension, codes in (within or {}).items() if codes}


def register_to_load(ledger: Ledger) -> tuple[Message, ...]:
    """Say what is missing where no register was known, with the command that loads one."""
    return (
        message("No register of schools was known on {day}.", day=ledger.known_at),
        message("Load one: ennum import register FILE"),
    )


def teaching_of(levels: Sequence[str]) -> tuple[str, ...]:
    """List the types of teaching of levels (compulsory, adult). Raises `UnknownName` for any other."""
    unknown = [name for name in levels if name not in LEVELS]
    if unknown or not levels:
        raise unknown_name(message("There are no levels “{name}”.", name=", ".join(unknown)), LEVELS, ONE_OF)
    return tuple(code for name in levels for code in LEVELS[name])


# --- maps -----------------------------------------------------------------------------------------------


def polygons(ledger: Ledger) -> dict[str, dict[int, list[tuple[Point, ...]]]]:
    """Read the polygons of each commune by their numbers, each its outer ring, then its holes; none where no
    borders were imported."""
    found: dict[str, dict[int, list[tuple[Point, ...]]]] = {}
    for row in ledger.records("borders"):
        numbers = [float(number) for number in row["points"].split()]
        ring = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        found.setdefault(row["commune"], {}).setdefault(row["part"], []).append(ring)
    return found


def borders(ledger: Ledger) -> dict[str, tuple[tuple[Point, ...], ...]]:
    """Read the rings of each commune, whatever polygon they are of."""
    return {commune: (*chain(*parts.values()),) for commune, parts in polygons(ledger).items()}


def site_points(ledger: Ledger) -> tuple[tuple[Point, ...], tuple[Point, ...], int]:
    """Place the sites of the last registers known: those that École Numérique reached, the others, and how
    many stand nowhere because their register gives no coordinates."""
    places = site_places(ledger, ECOLE_NUMERIQUE, registers_known(ledger), teaching_of(EVERY_LEVEL))
    reached: list[Point] = []
    others: list[Point] = []
    nowhere = 0
    for place in places:
        if place.longitude is None or place.latitude is None:
            nowhere += 1
        else:
            point = float(place.longitude), float(place.latitude)
            (reached if place.is_reached else others).append(point)
    return tuple(reached), tuple(others), nowhere


# --- what can be loaded ---------------------------------------------------------------------------------


def rows_to_load(ledger: Ledger) -> tuple[Message, ...]:
    """Say what is missing for counting schools one by one, and for a map with borders, each with the command
    that loads it; whatever the day known at, because a command loads for every day."""
    today = ledger.known_on(None)
    missing = []
    if not registers_known(today):
        missing.append(LOAD_REGISTER)
    listed = {one.call for one in lists_known(today, WINNERS)}
    not_listed = [call for call in call_calendar(today).took_place if call not in listed]
    missing += [message(LOAD_WINNERS.text, call=call) for call in not_listed[:1]]
    judged = (one for one in completeness(today) if one.call and one.rows)
    if any(not one.is_complete for one in judged):
        missing.append(DECLARE)
    if not has_borders(ledger):
        missing.append(LOAD_BORDERS)
    return tuple(missing)


def has_lists(ledger: Ledger) -> bool:
    """Tell whether lists say anything of sites on the ledger's day: a register and a list of winners were
    known."""
    return bool(registers_known(ledger)) and bool(lists_known(ledger, WINNERS))


def is_counted(ledger: Ledger) -> bool:
    """Tell whether sites are counted on the ledger's day: a register was known, and the lists of all calls
    that took place are complete."""
    return has_lists(ledger) and not incomplete(ledger, ECOLE_NUMERIQUE)


def has_borders(ledger: Ledger) -> bool:
    """Tell whether borders of communes were imported."""
    return ledger.has_rows("borders")


SITES = MeasureDefinition(
    "sites",
    message("School sites and schools of the register, counted."),
    sites_rows,
    {SitesRow: ("", *BY)},
    options=("levels", "within"),
    pairs=PLACE_PAIRS,
    of_register=("", *PLACES, *PLACE_PAIRS),
)
