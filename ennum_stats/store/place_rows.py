"""The sites of each commune, province and network, and what lists say that they had, all places at once.

A place is asked for beside hundreds of others: so each query reads all places of a kind, and its answer is
kept once a ledger. Sites are counted here as `population` counts them; single ones are read for the
administration only, which `measures.places` sees to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import OF_REGISTERS, PARTICIPATIONS, PLACE_COLUMNS, REACHED, SITES_TAUGHT

COMMUNE, PROVINCE, NETWORK = "commune", "province", "network"
ACROSS = {COMMUNE: NETWORK, PROVINCE: NETWORK, NETWORK: PROVINCE}
"""By what the sites of a kind of place are counted beside their level."""


@dataclass(frozen=True)
class SitesIn:
    """Hold the sites and schools of a place: of a level, of a network (of a network: a province), or of all where
    these are `None`."""

    place: str
    level: str | None
    across: str | None
    sites: int
    schools: int


@dataclass(frozen=True)
class HadIn:
    """Hold what the sites of a place had of a call, of a programme (in any call where it is `None`), or of any
    programme where both are."""

    place: str
    programme: str | None
    call: str | None
    sites: int
    participations: int
    amount_eur: Decimal | None
    amounts: int
    """How many of the participations tell an amount."""


@dataclass(frozen=True)
class SiteIn:
    """Hold one site of a commune, with the calls, and programmes without calls, that it had something of."""

    implantation: str
    schools: tuple[str, ...]
    address: str | None
    postal_code: str | None
    locality: str | None
    networks: tuple[str, ...]
    levels: tuple[str, ...]
    had: tuple[str, ...]


def sites_in(ledger: Ledger, kind: str, registers: Sequence[str], teaching: Sequence[str]) -> list[SitesIn]:
    """Count the sites and schools of each place of a kind by level and `ACROSS`, with all totals."""
    query = f"""
        WITH taught AS (
            SELECT DISTINCT {PLACE_COLUMNS[kind]} AS place, t.level,
                   {PLACE_COLUMNS[ACROSS[kind]]} AS across, i.site, t.etablissement
            {SITES_TAUGHT} WHERE {OF_REGISTERS})
        SELECT place, level, across, count(DISTINCT site), count(DISTINCT etablissement) FROM taught
        GROUP BY GROUPING SETS ((place), (place, level), (place, across), (place, level, across))
        ORDER BY ALL
    """
    return [SitesIn(*row) for row in _rows(ledger, query, _site_values(registers, teaching))]


def had_in(
    ledger: Ledger,
    kind: str,
    registers: Sequence[str],
    teaching: Sequence[str],
    stages: Sequence[str] = REACHED,
) -> list[HadIn]:
    """Count the sites of each place of a kind that lists name, and their participations in some stages: by
    call, by programme, and of any programme."""
    query = f"""
        WITH universe AS (
            SELECT DISTINCT {PLACE_COLUMNS[kind]} AS place, i.site {SITES_TAUGHT} WHERE {OF_REGISTERS}),
        had AS (
            SELECT programme, coalesce(call, '') AS call, site, count(*) AS n,
                   sum(amount_eur)::DECIMAL(30, 6) AS amount, count(amount_eur) AS amounts
            FROM ({PARTICIPATIONS}) GROUP BY ALL)
        SELECT place, programme, nullif(call, ''), count(DISTINCT site), sum(n), sum(amount), sum(amounts),
               grouping(call)
        FROM had JOIN universe USING (site)
        GROUP BY GROUPING SETS ((place), (place, programme), (place, programme, call))
        ORDER BY ALL
    """
    values = {"day": ledger.known_at, "programme": None, "stages": [*stages]}
    rows = _rows(ledger, query, values | _site_values(registers, teaching))
    return [HadIn(*row) for *row, is_sum in rows if is_sum or row[2]]  # what has no call is its programme


def sites_of_commune(
    ledger: Ledger, commune: str, registers: Sequence[str], teaching: Sequence[str]
) -> list[SiteIn]:
    """Read the sites of a commune one by one, with what each had: for the administration only."""
    query = f"""
        WITH had AS (
            SELECT site, list(DISTINCT coalesce(call, programme) ORDER BY coalesce(call, programme)) AS had
            FROM ({PARTICIPATIONS}) GROUP BY site)
        SELECT i.implantation, list(DISTINCT e.name ORDER BY e.name), any_value(i.address),
               any_value(i.postal_code), any_value(i.locality),
               list(DISTINCT e.network ORDER BY e.network), list(DISTINCT t.level ORDER BY t.level),
               coalesce(any_value(h.had), [])
        {SITES_TAUGHT} LEFT JOIN had h ON h.site = i.site
        WHERE {OF_REGISTERS} AND i.commune = $commune
        GROUP BY i.register, i.implantation ORDER BY any_value(i.locality), i.implantation
    """
    values = {"day": ledger.known_at, "programme": None, "stages": [*REACHED], "commune": commune}
    sites = []
    for row in _rows(ledger, query, values | _site_values(registers, teaching)):
        cells: list[Any] = [tuple(cell) if isinstance(cell, list) else cell for cell in row]
        sites.append(SiteIn(*cells))
    return sites


def localities(ledger: Ledger, registers: Sequence[str]) -> list[tuple[str, str]]:
    """Read the names of the localities where registers have a site, each with its commune."""
    query = """
        SELECT DISTINCT locality, commune FROM implantations
        WHERE locality IS NOT NULL AND list_contains($registers, register) ORDER BY ALL
    """
    return _rows(ledger, query, {"registers": [*registers]})


def _site_values(registers: Sequence[str], teaching: Sequence[str]) -> dict[str, Any]:
    return {"registers": [*registers], "teaching": [*teaching]}


def _rows(ledger: Ledger, query: str, values: dict[str, Any]) -> list[Any]:
    """Read rows that the ledger is not to keep as they are: whoever asks keeps what is made of them."""
    return ledger.connection.cursor().execute(query, values).fetchall()
