"""Lists of schools, registers and deliveries, read from a ledger as typed rows.

Only what was known on the ledger's day is read. A site counts under its identity over time (`site`), whatever
number it had in the year of a list. Here stand the queries; what the rows mean for a measure stands with the
measure. Counts of the sites of registers are in `population`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, compress
from typing import Any

from ennum_stats.store.known_rows import LISTS_IN_FORCE
from ennum_stats.store.ledger import Ledger, once_a_ledger

WINNERS, EQUIPPED, CONNECTIONS, DELIVERIES = "winners", "equipped", "connections", "deliveries"
AWARDED = ("awarded",)
REACHED = ("awarded", "committed", "paid", "installed")
"""Stages in which a site has something; what is planned or only selected has not."""
PARTICIPATIONS = f"""
    SELECT p.list, p.programme, p.call, p.site, p.amount_eur, p.occurred_on
    FROM participations p SEMI JOIN ({LISTS_IN_FORCE}) l USING (list)
    WHERE ($programme::VARCHAR IS NULL OR p.programme = $programme) AND list_contains($stages, p.stage)
"""
"""The participations of a programme (of all where it is null) in some stages, from the lists that count on a
day; to stand in a query with the values `day`, `programme` and `stages`."""


@dataclass(frozen=True)
class SchoolList:
    """Hold a list that was imported: what it lists, of which programme or call, and from when it is known."""

    list: str
    kind: str
    programme: str
    call: str | None
    known_on: date
    size: int
    replaces: str | None = None
    """The earlier list that it corrects."""


@dataclass(frozen=True)
class Register:
    """Hold a register of schools: its Community, its day, and how many school sites of Wallonia it has."""

    register: str
    community: str
    as_of: date
    sites: int


@dataclass(frozen=True)
class ListTotals:
    """Hold what the lists say of a programme: participations and distinct sites."""

    participations: int
    sites: int


@dataclass(frozen=True)
class ListedSchools:
    """Hold what the lists known on a day say: those of winners of each call of one programme, and all of them of
    each other programme."""

    by_programme: Mapping[str, ListTotals]
    by_call: Mapping[str, int]
    """How many participations the lists of each call name: sites are counted apart, which takes longer."""
    list_calls: tuple[tuple[str, str], ...]
    """Which list is of which call."""


@dataclass(frozen=True)
class Delivered:
    """Devices of one part of the deliveries: the codes of the part, devices, rows, and distinct sites."""

    part: tuple[Any, ...]
    devices: int
    deliveries: int
    sites: int


@dataclass(frozen=True)
class SitePlace:
    """Hold where a site of the registers lies, in degrees (not known where its register has no coordinates), and
    whether a programme reached it."""

    longitude: Decimal | None
    latitude: Decimal | None
    is_reached: bool


# --- lists ----------------------------------------------------------------------------------------------


def lists_known(ledger: Ledger, *kinds: str) -> tuple[SchoolList, ...]:
    """Read the lists known on the ledger's day and not corrected by then, in the order of their days; of some
    kinds, or of all."""
    return tuple(one for one in _lists_known(ledger) if not kinds or one.kind in kinds)


@once_a_ledger
def _lists_known(ledger: Ledger) -> tuple[SchoolList, ...]:
    ever = lists_ever_known(ledger)
    corrected = {one.replaces for one in ever}
    return tuple(one for one in ever if one.list not in corrected)


def lists_ever_known(ledger: Ledger) -> tuple[SchoolList, ...]:
    """Read the lists known on the ledger's day in the order of their days, corrected ones too."""
    rows = ledger.query(
        "SELECT list, kind, programme, call, known_on, size, replaces FROM lists "
        "WHERE known_on <= $day ORDER BY known_on, list",
        {"day": ledger.known_at},
    )
    return tuple(SchoolList(*row) for row in rows)


@once_a_ledger
def listed_schools(ledger: Ledger, programme: str) -> ListedSchools:
    """Read what the lists known say; of the calls of one programme; once a ledger."""
    return _read_lists(ledger, programme)


def _read_lists(ledger: Ledger, programme: str) -> ListedSchools:
    by_list = ledger.query(
        f"SELECT list, call, count(*) FROM ({PARTICIPATIONS}) WHERE call IS NOT NULL "
        "GROUP BY 1, 2 ORDER BY 1, 2",
        _won(ledger, programme),
    )
    by_programme = ledger.query(
        f"SELECT programme, count(*), count(DISTINCT site) FROM ({PARTICIPATIONS}) "
        "WHERE programme <> $own GROUP BY 1 ORDER BY 1",
        {"day": ledger.known_at, "programme": None, "stages": [*REACHED], "own": programme},
    )
    by_call: Counter[str] = Counter()
    for _, call, number in by_list:
        by_call[call] += number
    return ListedSchools(
        by_call=dict(sorted(by_call.items())),
        by_programme={name: ListTotals(rows, sites) for name, rows, sites in by_programme},
        list_calls=tuple((name, call) for name, call, _ in by_list),
    )


def listed_sites(ledger: Ledger, programme: str, calls: Collection[str]) -> dict[str, int]:
    """Count the distinct sites of the winners of each of these calls of a programme."""
    rows = ledger.query(
        f"SELECT call, count(DISTINCT site) FROM ({PARTICIPATIONS}) WHERE list_contains($calls, call) "
        "GROUP BY 1 ORDER BY 1",
        _won(ledger, programme) | {"calls": sorted(calls)},
    )
    return dict(rows)


def listed_amounts(ledger: Ledger, programme: str) -> dict[str, Decimal]:
    """Sum the amounts of the winners of each call of a programme, where each of them tells its own."""
    rows = ledger.query(
        f"SELECT call, sum(amount_eur) FROM ({PARTICIPATIONS}) WHERE call IS NOT NULL "
        "GROUP BY 1 HAVING count(amount_eur) = count(*) ORDER BY 1",
        _won(ledger, programme),
    )
    return dict(rows)


def site_patterns(ledger: Ledger, programme: str, calls: Collection[str]) -> Mapping[frozenset[str], int]:
    """Count the sites that have a project in just these of some calls: one entry a set of calls; sites that
    have nothing there are left out."""
    rows = ledger.query(
        f"""
        SELECT calls, count(*) FROM (
            SELECT list(DISTINCT call ORDER BY call) AS calls FROM ({PARTICIPATIONS})
            WHERE call IS NOT NULL GROUP BY site)
        GROUP BY calls ORDER BY calls
        """,
        _won(ledger, programme),
    )
    wanted = frozenset(calls)
    found: Counter[frozenset[str]] = Counter()
    for won, number in rows:
        found[wanted.intersection(won)] += number
    del found[frozenset()]
    return found


def _won(ledger: Ledger, programme: str) -> dict[str, Any]:
    """Give the values of a query of what a programme awarded."""
    return {"day": ledger.known_at, "programme": programme, "stages": [*AWARDED]}


# --- registers ------------------------------------------------------------------------------------------


def registers_known(ledger: Ledger) -> tuple[str, ...]:
    """Read the last register of each community by the ledger's day; none without any."""
    rows = ledger.query(
        "SELECT arg_max(register, as_of) FROM registers WHERE as_of <= ? "
        "GROUP BY community ORDER BY community",
        [ledger.known_at],
    )
    return tuple(row[0] for row in rows)


def registers(ledger: Ledger) -> tuple[Register, ...]:
    """Read all registers, in the order of their days, with how many sites each has."""
    rows = ledger.query(
        """
        SELECT r.register, r.community, r.as_of, count(DISTINCT i.implantation)
        FROM registers r LEFT JOIN implantations i USING (register)
        GROUP BY ALL ORDER BY r.as_of, r.register
        """
    )
    return tuple(Register(*row) for row in rows)


Within = Mapping[str, Sequence[str]]
"""Only sites that have one of these codes of each dimension named: of levels, networks, provinces and
communes. A site that has a level in one network and another in a second one is within both."""
PLACE_COLUMNS = {"network": "e.network", "level": "t.level", "province": "c.province", "commune": "i.commune"}
"""Where the code of each dimension of a site stands: `t` is what is taught there, `i` the site, `e` the
school, `c` the commune."""
SITES_TAUGHT = """
    FROM teaching t
    JOIN implantations i ON i.register = t.register AND i.implantation = t.implantation
    JOIN etablissements e ON e.register = t.register AND e.etablissement = t.etablissement
    JOIN communes c ON c.commune = i.commune
"""
"""What these columns are read from: a row a site, a school and what is taught."""
OF_REGISTERS = "list_contains($registers, t.register) AND list_contains($teaching, t.teaching)"
"""The condition that leaves what registers say of types of teaching."""


def within_sql(within: Within) -> str:
    """Write the condition that leaves the sites of some places, to stand after another one."""
    return "".join(f" AND list_contains($only_{name}, {PLACE_COLUMNS[name]})" for name in within)


def within_values(within: Within) -> dict[str, list[str]]:
    """Give the values of that condition."""
    return {f"only_{name}": [*codes] for name, codes in within.items()}


def schools_by(
    ledger: Ledger, by: Sequence[str], registers: Sequence[str], teaching: Sequence[str], within: Within
) -> list[tuple[tuple[str, ...], int, int]]:
    """Count sites and schools of registers and types of teaching by dimensions (the whole without any): the
    codes, sites, schools; one dimension the largest first, but communes and two dimensions by their code."""
    columns = [PLACE_COLUMNS[name] for name in by] or ["''"]
    order = "2 DESC, 1" if len(by) < 2 and by != ("commune",) else ", ".join(columns)
    query = f"""
        SELECT {", ".join(columns)}, count(DISTINCT i.site), count(DISTINCT t.etablissement)
        {SITES_TAUGHT} WHERE {OF_REGISTERS}{within_sql(within)}
        GROUP BY {", ".join(columns)} ORDER BY {order}
    """
    values = {"registers": [*registers], "teaching": [*teaching]} | within_values(within)
    return [(row[:-2], *row[-2:]) for row in ledger.query(query, values)]


def site_places(
    ledger: Ledger, programme: str, registers: Sequence[str], teaching: Sequence[str]
) -> list[SitePlace]:
    """Read where the sites of registers and types of teaching lie, and which of them a programme reached."""
    query = f"""
        WITH reached AS (SELECT DISTINCT site FROM ({PARTICIPATIONS}))
        SELECT any_value(i.longitude), any_value(i.latitude), bool_or(r.site IS NOT NULL)
        FROM implantations i
        SEMI JOIN (SELECT register, implantation FROM teaching
                   WHERE list_contains($registers, register) AND list_contains($teaching, teaching)) t
          ON t.register = i.register AND t.implantation = i.implantation
        LEFT JOIN reached r ON r.site = i.site
        GROUP BY i.site ORDER BY i.site
    """
    values = {
        "day": ledger.known_at, "programme": programme, "stages": [*REACHED],
        "registers": [*registers], "teaching": [*teaching],
    }  # fmt: skip
    return [SitePlace(*row) for row in ledger.query(query, values)]


# --- deliveries -----------------------------------------------------------------------------------------

DELIVERY_CODES = ("lot", "year", "call", "province")


@once_a_ledger
def delivered(
    ledger: Ledger, parted_by: tuple[tuple[str, ...], ...], lists: Sequence[str], registers: Sequence[str]
) -> Mapping[tuple[str, ...], list[Delivered]]:
    """Count devices of lists of deliveries in one pass by each of these dimensions, or pairs of them, in the order
    of their codes; the province of a site is that of these registers.

    Sites are counted as bits, each at its number: DuckDB takes three times as long for distinct ones.
    """
    [[most]] = ledger.query("SELECT count(DISTINCT implantation) FROM deliveries")
    counted: dict[tuple[str, ...], list[Delivered]] = {by: [] for by in parted_by}
    codes = [code for code in DELIVERY_CODES if code in chain(*parted_by)]
    shown = ", ".join(codes)
    query = f"""
        WITH places AS (
            SELECT i.implantation, any_value(i.site) AS site,
                   max(c.province) FILTER (list_contains(?, i.register)) AS province
            FROM implantations i JOIN communes c ON c.commune = i.commune GROUP BY 1),
        numbers AS (
            SELECT implantation, province,
                   CAST(dense_rank() OVER (ORDER BY coalesce(site, implantation)) AS INTEGER) AS number
            FROM (SELECT DISTINCT implantation FROM deliveries) LEFT JOIN places USING (implantation)),
        parts AS (
            SELECT lot, CAST(year(delivered_on) AS INTEGER) AS year, call, province, quantity, number
            FROM deliveries JOIN numbers USING (implantation) WHERE list_contains(?, list))
        SELECT grouping({shown}), {shown}, sum(quantity), count(*),
               bit_count(bitstring_agg(number, 0, {most}))
        FROM parts GROUP BY GROUPING SETS ({", ".join(f"({', '.join(by)})" for by in parted_by)})
        ORDER BY ALL
    """
    for left_out, *row in ledger.query(query, [[*registers], [*lists]]):
        is_part = [not left_out >> place & 1 for place in reversed(range(len(codes)))]
        counted[tuple(compress(codes, is_part))].append(Delivered(tuple(compress(row, is_part)), *row[-3:]))
    return counted
