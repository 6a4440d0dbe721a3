"""From degrees to the px of a drawing: projected, fitted into a box, and thinned on one grid for all.

Wallonia is small enough for the plainest projection: degrees of longitude are shortened by the cosine of the
middle latitude (equirectangular), which keeps north up and, over 1.3 degrees, areas right to within 2%.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from ennum_stats.charts.specs import Area, Points

GRID = 0.5
"""Points are moved to the next half px. As neighbours share their points, and the same point always goes to
the same place, they still fit without gaps; what falls together is left out."""
_Place = tuple[float, float]


@dataclass(frozen=True)
class Plane:
    """Degrees to px, with the origin at the lower left of the box."""

    west: float
    south: float
    shortening: float
    scale: float
    """Px of a degree of latitude."""
    left: float = 0
    bottom: float = 0

    def place(self, longitude: float, latitude: float) -> _Place:
        """Where a point lies, in px."""
        return (
            self.left + (longitude - self.west) * self.shortening * self.scale,
            self.bottom + (latitude - self.south) * self.scale,
        )

    def moved(self, left: float, bottom: float) -> Plane:
        """The same with another origin."""
        return Plane(self.west, self.south, self.shortening, self.scale, left, bottom)


@dataclass(frozen=True)
class Extent:
    """The smallest box of degrees around all that is drawn."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, areas: Iterable[Area]) -> Extent:
        """Around borders and points."""
        points = [p for area in areas for part in (*area.rings, area.points) for p in part]
        x, y = [p[0] for p in points], [p[1] for p in points]
        return cls(min(x), min(y), max(x), max(y))

    @property
    def shortening(self) -> float:
        """How long a degree of longitude is, beside one of latitude."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def ratio(self) -> float:
        """Width over height in the plane."""
        return (self.east - self.west) * self.shortening / ((self.north - self.south) or 1)

    def plane(self, width: float) -> Plane:
        """The plane in which the box is so many px wide."""
        across = (self.east - self.west) * self.shortening
        return Plane(self.west, self.south, self.shortening, width / (across or 1))


@dataclass(frozen=True)
class Drawing:
    """The borders of a map as they are drawn: the rings of each area, and the lines between groups."""

    rings: tuple[tuple[list[_Place], ...], ...]
    lines: list[list[_Place]]


@lru_cache(maxsize=8)
def drawing(borders: tuple[tuple[str, tuple[Points, ...]], ...], plane: Plane) -> Drawing:
    """Borders, each with its group, on the grid of a plane.

    Tens of thousands of points give the same drawing in each language and on each day, and a server is
    asked for all of them: so a few drawings are kept, by what they are drawn from."""
    rings = tuple(
        tuple(ring for ring in (thinned(ring, plane) for ring in parts) if ring)
        for _, parts in borders
    )
    told = (
        (group, ring) for (group, _), parts in zip(borders, rings, strict=True) for ring in parts
    )
    return Drawing(rings, between_groups(told))


def thinned(ring: Points, plane: Plane) -> list[_Place]:
    """A ring on the grid, without repeats; nothing where it is smaller than the grid."""
    places: list[_Place] = []
    for point in ring:
        x, y = plane.place(*point)
        place = (round(x / GRID) * GRID, round(y / GRID) * GRID)
        if not places or place != places[-1]:
            places.append(place)
    if len(places) > 1 and places[0] == places[-1]:
        places.pop()
    return places if len(places) > 2 else []


def size(ring: Sequence[_Place]) -> float:
    """The area inside a ring (shoelace), in the square of its unit."""
    following = [*ring[1:], *ring[:1]]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, following, strict=True))) / 2


def between_groups(rings: Iterable[tuple[str, Sequence[_Place]]]) -> list[list[_Place]]:
    """The lines along which areas of different groups meet, and where a group ends, in as long pieces as
    can be."""
    groups: dict[frozenset[_Place], list[str]] = defaultdict(list)
    for group, ring in rings:
        for one, other in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            groups[frozenset((one, other))].append(group)
    edges = {
        edge for edge, found in groups.items()
        if len(edge) == 2 and (len(found) == 1 or len(set(found)) > 1)
    }  # fmt: skip
    return _chained(edges)


def _chained(edges: set[frozenset[_Place]]) -> list[list[_Place]]:
    """Edges joined end to end, from junctions first, in an order that depends on nothing but them."""
    at: dict[_Place, set[_Place]] = defaultdict(set)
    for edge in edges:
        one, other = edge
        at[one].add(other)
        at[other].add(one)
    lines = []
    starts = sorted(at, key=lambda place: (len(at[place]) == 2, place))
    for start in starts:
        while at[start]:
            line, here = [start], start
            while at[here]:
                following = min(at[here])
                at[here].discard(following)
                at[following].discard(here)
                line.append(following)
                here = following
            lines.append(line)
    return lines


def dots(parts: Sequence[Points], plane: Plane, step: float) -> list[list[_Place]]:
    """The points of each part as dots, those within one square of `step` px as one: it belongs to the
    part with most of them (the first of equals), and stands where the first of that part is."""
    found: dict[tuple[int, int], list[list[_Place]]] = {}
    for part, points in enumerate(parts):
        for point in points:
            x, y = plane.place(*point)
            cell = (int(x // step), int(y // step))
            found.setdefault(cell, [[] for _ in parts])[part].append((x, y))
    result: list[list[_Place]] = [[] for _ in parts]
    for _, places in sorted(found.items()):
        most = max(range(len(parts)), key=lambda part: (len(places[part]), -part))
        x, y = places[most][0]
        result[most].append((round(x / GRID) * GRID, round(y / GRID) * GRID))
    return result
