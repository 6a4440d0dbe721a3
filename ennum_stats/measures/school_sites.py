"""School sites and schools counted in the registers: the population of everything that is counted.

Where communes and sites lie: borders as rings, and sites as points, in degrees (WGS 84).

What somebody who holds registers, lists or borders can load, so that schools are counted and mapped.
"""

from __future__ import annotations

from collections.abc import Sequence

from ennum_stats.errors import Message, UnknownName, UsageError, message
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.frames import DictTable, Frame, FrameKind, Row, in_frame
from ennum_stats.measures.school_lists import (
    REACHED,
    WINNERS,
    lists_known,
    participations_sql,
    participations_values,
)
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Known, Missing
from ennum_stats.store.ledger import Ledger

EVERY_LEVEL = ("compulsory", "adult")

COMPULSORY = (
    "nursery_ordinary", "primary_ordinary", "nursery_special", "primary_special",
    "secondary_ordinary", "secondary_special", "cefa",
)  # fmt: skip
LEVELS = {"compulsory": COMPULSORY, "adult": ("adult_secondary",)}
"""What may be counted: compulsory education with CEFA (without that of promotion sociale), and promotion
sociale at secondary level; types of teaching of each."""
BY = ("network", "level", "province", "commune")
_COLUMNS = {
    "network": "e.network",
    "level": "t.level",
    "province": "c.province",
    "commune": "i.commune",
}


def sites(
    ledger: Ledger,
    by: str = "",
    levels: Sequence[str] = ("compulsory",),
    *,
    frame: FrameKind = "pandas",
) -> Frame:
    """School sites (implantations) and schools (établissements) of Wallonia, as the registers list them.

    One row is a network, level, province or commune (`by`), or all of Wallonia. A site counts once
    wherever it stands in several networks or levels, so rows may add up to more than the whole. Reads the
    last register of each community that was known on the ledger's day. `levels`: compulsory, adult, or
    both.

    Columns: the one of `by`, `levels`, `registers`, `implantations` and `etablissements` with `_lower` and
    `_upper` (counts, exact), `status`, `missing_reason`, `observation_ids`. Where no
    register was known, one row says so (not collected). Raises `UsageError` for a `by` or level that there
    is none of.

    >>> sites(store, "network")[["network", "implantations"]]  # doctest: +SKIP
    """
    return in_frame(sites_rows(ledger, by, levels), frame)


def registers_known(ledger: Ledger) -> tuple[str, ...]:
    """The last register of each community by the ledger's day; none without any."""
    rows = (
        ledger.connection.cursor()
        .execute(
            "SELECT arg_max(register, as_of) FROM registers WHERE as_of <= ? "
            "GROUP BY community ORDER BY community",
            [ledger.known_at],
        )
        .fetchall()
    )
    return tuple(row[0] for row in rows)


def sites_rows(ledger: Ledger, by: str = "", levels: Sequence[str] = ("compulsory",)) -> DictTable:
    """The rows of `sites`, with answers."""
    teaching = teaching_of(levels)
    if by and by not in BY:
        raise UsageError(
            message("{measure} cannot be given by “{by}”.", measure="sites", by=by),
            expected=message("Expected one of: {names}.", names=", ".join(BY)),
        )
    registers = registers_known(ledger)
    answers = ("implantations", "etablissements")
    columns = (*((by,) if by else ()), "levels", "registers", *answers)
    if not registers:
        none = Missing(Reason.NOT_COLLECTED, caveats=register_to_load(ledger))
        row: Row = {"levels": tuple(levels), "registers": ()} | dict.fromkeys(answers, none)
        return DictTable([row], columns, answers)
    group = _COLUMNS.get(by, "''")
    query = f"""
        SELECT {group}, count(DISTINCT i.site), count(DISTINCT t.etablissement)
        FROM teaching t
        JOIN implantations i ON i.register = t.register AND i.implantation = t.implantation
        JOIN etablissements e ON e.register = t.register AND e.etablissement = t.etablissement
        JOIN communes c ON c.commune = i.commune
        WHERE list_contains(?, t.register) AND list_contains(?, t.teaching)
        GROUP BY 1 ORDER BY {"1" if by == "commune" else "2 DESC, 1"}
    """  # noqa: S608 - the column comes from a table above
    found = ledger.connection.cursor().execute(query, [list(registers), list(teaching)]).fetchall()
    rows: list[Row] = [
        {
            **({by: code} if by else {}),
            "levels": tuple(levels),
            "registers": registers,
            "implantations": Known(Quantity.exact(count, "implantations")),
            "etablissements": Known(Quantity.exact(schools, "etablissements")),
        }
        for code, count, schools in found
    ]
    return DictTable(rows, columns, answers)


def register_to_load(ledger: Ledger) -> tuple[Message, ...]:
    """What is missing where no register was known, and the command that loads one."""
    return (
        message("No register of schools was known on {day}.", day=ledger.known_at),
        message("Load one: ennum import register FILE"),
    )


def teaching_of(levels: Sequence[str]) -> tuple[str, ...]:
    """The types of teaching of levels (compulsory, adult). Raises `UnknownName` for any other."""
    unknown = [name for name in levels if name not in LEVELS]
    if unknown or not levels:
        raise UnknownName(
            message("There are no levels “{name}”.", name=", ".join(unknown)),
            expected=message("Expected one of: {names}.", names=", ".join(LEVELS)),
        )
    return tuple(code for name in levels for code in LEVELS[name])


Point = tuple[float, float]
"""Longitude, then latitude."""


def borders(ledger: Ledger) -> dict[str, tuple[tuple[Point, ...], ...]]:
    """The rings of each commune; none where no borders were imported."""
    rings: dict[str, list[tuple[Point, ...]]] = {}
    for row in ledger.records("borders"):
        numbers = [float(number) for number in row["points"].split()]
        ring = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        rings.setdefault(row["commune"], []).append(ring)
    return {commune: tuple(found) for commune, found in rings.items()}


def site_points(ledger: Ledger) -> tuple[tuple[Point, ...], tuple[Point, ...], int]:
    """The sites of the last registers known: those that École Numérique reached, the others, and how many
    stand nowhere because their register gives no coordinates."""
    query = f"""
        WITH reached AS (SELECT DISTINCT site FROM ({participations_sql()}))
        SELECT any_value(i.longitude), any_value(i.latitude), bool_or(r.site IS NOT NULL)
        FROM implantations i
        SEMI JOIN (SELECT register, implantation FROM teaching
                   WHERE list_contains($registers, register) AND list_contains($teaching, teaching)) t
          ON t.register = i.register AND t.implantation = i.implantation
        LEFT JOIN reached r ON r.site = i.site
        GROUP BY i.site ORDER BY i.site
    """  # noqa: S608 - no value of a user stands in it
    values = participations_values(ledger, ECOLE_NUMERIQUE, REACHED)
    values |= {"registers": [*registers_known(ledger)], "teaching": [*teaching_of(EVERY_LEVEL)]}
    reached: list[Point] = []
    others: list[Point] = []
    nowhere = 0
    for longitude, latitude, is_reached in (
        ledger.connection.cursor().execute(query, values).fetchall()
    ):
        if longitude is None or latitude is None:
            nowhere += 1
        else:
            (reached if is_reached else others).append((float(longitude), float(latitude)))
    return tuple(reached), tuple(others), nowhere


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
        if call.programme == ECOLE_NUMERIQUE
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
