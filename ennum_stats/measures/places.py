"""Where communes and sites lie: borders as rings, and sites as points, in degrees (WGS 84)."""

from __future__ import annotations

from ennum_stats.measures.counted import EVERY_LEVEL
from ennum_stats.measures.lists import REACHED, participations_sql, participations_values
from ennum_stats.measures.sites import registers_known, teaching_of
from ennum_stats.measures.winners import PROGRAMME
from ennum_stats.store.opening import Ledger

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
    values = participations_values(ledger, PROGRAMME, REACHED)
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
