"""The sites of each commune, province and network, and what lists say that they had, all places at once.

A place is asked for beside hundreds of others: so each query reads all places of a kind, and its answer is
kept once a ledger. Sites are counted here as `population` counts them.
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
