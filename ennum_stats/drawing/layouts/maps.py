"""Lay out maps without a base map: communes filled by class, or sites as dots, with the classes beside
them.

Degrees are projected to px, fitted into a box, and rounded to one grid for all areas, so that neighbours
fit without gaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from ennum_stats.charts.spec import Area, Chart, Mark, Points
from ennum_stats.drawing.canvas import Canvas
from ennum_stats.drawing.primitives import Anchor, Dot, Outline, Path, Place, Polyline
from ennum_stats.drawing.theme import REGULAR, SEMIBOLD

GRID = 0.5
"""Points are rounded to the next half px. Neighbours share their points, and the same point is always
rounded alike, so they still fit without gaps; points that coincide are dropped."""


@dataclass(frozen=True)
class Plane:
    """Project degrees to px, with the origin at the lower left of the box."""

    west: float
    south: float
    shortening: float
    scale: float
    """The px of a degree of latitude."""
    left: float = 0
    bottom: float = 0

    def place(self, longitude: float, latitude: float) -> Place:
        """Return the place of a point, in px."""
        return (
            self.left + (longitude - self.west) * self.shortening * self.scale,
            self.bottom + (latitude - self.south) * self.scale,
        )

    def moved(self, left: float, bottom: float) -> Plane:
        """Return the same plane with another origin."""
        return Plane(self.west, self.south, self.shortening, self.scale, left, bottom)


@dataclass(frozen=True)
class Extent:
    """Hold the smallest box of degrees around all that is drawn."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, areas: Iterable[Area]) -> Extent:
        """Find the box around borders and points."""
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
        """Return the plane in which the box is so many px wide."""
        across = (self.east - self.west) * self.shortening
        return Plane(self.west, self.south, self.shortening, width / (across or 1))


@dataclass(frozen=True)
class MapLines:
    """Hold the borders of a map as they are drawn: the rings of each area, and the lines between groups."""

    rings: tuple[tuple[list[Place], ...], ...]
    lines: list[list[Place]]


@lru_cache(maxsize=8)
def drawing(borders: tuple[tuple[str, tuple[Points, ...]], ...], plane: Plane) -> MapLines:
    """Compute the drawing of borders, each with its group, on the grid of a plane.

    Tens of thousands of points give the same drawing in each language and on each day, and a server is
    asked for all of them: so the last few drawings are cached by their input.
    """
    rings = tuple(
        tuple(ring for ring in (thinned(ring, plane) for ring in parts) if ring) for _, parts in borders
    )
    rings_of_groups = (
        (group, ring) for (group, _), parts in zip(borders, rings, strict=True) for ring in parts
    )
    return MapLines(rings, between_groups(rings_of_groups))


def thinned(ring: Points, plane: Plane) -> list[Place]:
    """Round a ring to the grid, without repeated points; empty where it is smaller than the grid."""
    places: list[Place] = []
    for point in ring:
        x, y = plane.place(*point)
        place = (round(x / GRID) * GRID, round(y / GRID) * GRID)
        if not places or place != places[-1]:
            places.append(place)
    if len(places) > 1 and places[0] == places[-1]:
        places.pop()
    return places if len(places) > 2 else []


def size(ring: Sequence[Place]) -> float:
    """Compute the area inside a ring (shoelace), in the square of its unit."""
    following = [*ring[1:], *ring[:1]]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, following, strict=True))) / 2


def between_groups(rings: Iterable[tuple[str, Sequence[Place]]]) -> list[list[Place]]:
    """Find the lines along which areas of different groups meet, and the outer edges of groups, in pieces
    as long as possible."""
    groups: dict[frozenset[Place], list[str]] = defaultdict(list)
    for group, ring in rings:
        for start, end in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            groups[frozenset((start, end))].append(group)
    edges = {
        edge for edge, groups_there in groups.items()
        if len(edge) == 2 and (len(groups_there) == 1 or len(set(groups_there)) > 1)
    }  # fmt: skip
    return _chained(edges)


def _chained(edges: set[frozenset[Place]]) -> list[list[Place]]:
    """Join edges end to end, from junctions first, in an order that depends on the edges alone."""
    at: dict[Place, set[Place]] = defaultdict(set)
    for edge in edges:
        start, end = edge
        at[start].add(end)
        at[end].add(start)
    lines = []
    starts = sorted(at, key=lambda place: (len(at[place]) == 2, place))
    for begin in starts:
        while at[begin]:
            line, here = [begin], begin
            while at[here]:
                following = min(at[here])
                at[here].discard(following)
                at[following].discard(here)
                line.append(following)
                here = following
            lines.append(line)
    return lines


def dots(parts: Sequence[Points], plane: Plane, step: float) -> list[list[Place]]:
    """Merge the points of each part into dots, one for each square of `step` px. A dot belongs to the part
    with most of its points (the first of equals), and stands at the first point of that part."""
    cells: dict[tuple[int, int], list[list[Place]]] = {}
    for part, points in enumerate(parts):
        for point in points:
            x, y = plane.place(*point)
            cell = (int(x // step), int(y // step))
            cells.setdefault(cell, [[] for _ in parts])[part].append((x, y))
    result: list[list[Place]] = [[] for _ in parts]
    for _, places in sorted(cells.items()):
        most = max(range(len(parts)), key=lambda part: (len(places[part]), -part))
        x, y = places[most][0]
        result[most].append((round(x / GRID) * GRID, round(y / GRID) * GRID))
    return result


_DOT = 0.25
"""The width of a dot in em: sites closer than that are one dot."""
_SWATCH, _ROW, _SMALL = 1.15, 1.62, 0.9
"""The square of a class, the height of its row, and the size of small type, in em."""
_MOST_NAMED = 40
"""So many areas may have their names on them."""
_LEAST = 20
"""A map narrower than this, in em, cannot be read."""


@dataclass(frozen=True)
class _Key:
    """Hold where the names of classes begin and their numbers end, in px from the left of the squares."""

    name: float
    width: float


@dataclass(frozen=True)
class _Layout:
    """Hold where map and classes stand, in px from the lower left."""

    plane: Plane
    x: float
    top: float
    key: _Key


def draw_map(chart: Chart, canvas: Canvas) -> None:
    """Draw communes in the colour of their class, the borders of their provinces, and the classes on the
    right, or below where that makes the map larger."""
    if not chart.areas:
        return
    layout = _layout(chart, canvas)
    canvas.x, canvas.y = (0, canvas.plot_width), (0, canvas.plot_height)
    if any(area.rings for area in chart.areas):
        _fill(chart, canvas, layout.plane)
    else:
        _dot(chart, canvas, layout.plane)
    rows = [layout.top - (row + 0.5) * _ROW * canvas.em for row in range(len(chart.marks) + 1)]
    if chart.marks[0].depth is not None:
        _small(canvas, layout.x, rows[0], _heading(chart))
    _small(canvas, layout.x + layout.key.width, rows[0], chart.marks[0].group, anchor="right")
    for y, mark in zip(rows[1:], chart.marks, strict=True):
        _class(canvas, mark, layout, y)
        half = _ROW * canvas.em / 2
        canvas.touch(mark, (layout.x, layout.x + layout.key.width), (y - half, y + half))


def _layout(chart: Chart, canvas: Canvas) -> _Layout:
    """Place the classes where they leave the map larger."""
    em, extent = canvas.em, Extent.of(chart.areas)
    key = _key(chart, canvas)
    wide, high = key.width, (len(chart.marks) + 1) * _ROW * em
    at_side = min(canvas.width - wide - 1.5 * em, canvas.height * extent.ratio)
    below = min(canvas.width, (canvas.height - high - 0.8 * em) * extent.ratio)
    width = max(at_side, below)
    canvas.require_px(_LEAST * em, width)
    canvas.require_px(high, canvas.height)
    canvas.require_px(wide, canvas.width)
    plane = extent.plane(max(width, 1))
    tall = width / extent.ratio
    if at_side >= below:
        left = min((canvas.width - wide - 1.5 * em - width) / 2, 2 * em)
        bottom = (canvas.height - tall) / 2
        top = (canvas.height + high) / 2
        return _Layout(plane.moved(left, bottom), left + width + 1.5 * em, top, key)
    return _Layout(plane.moved(0, canvas.height - tall), 0, canvas.height - tall - 0.8 * em, key)


def _key(chart: Chart, canvas: Canvas) -> _Key:
    """Measure the key: squares, names, and numbers aligned to the right under what they count."""
    lines = [canvas.width_of(mark.label) + canvas.width_of(mark.text, _SMALL) for mark in chart.marks]
    lines.append(sum(canvas.width_of(text, _SMALL) for text in (_heading(chart), chart.marks[0].group)))
    name = (_SWATCH + 0.6) * canvas.em
    return _Key(name, name + max(lines) + 0.9 * canvas.em)


def _heading(chart: Chart) -> str:
    """Name what the classes divide: the column of the table that is drawn."""
    return next(column.name for column in chart.table.columns if column.unit == chart.unit)


def _paint(canvas: Canvas, mark: Mark) -> str:
    if mark.depth is not None:
        return canvas.theme.depth(mark.colour, mark.depth)
    return canvas.theme.background if mark.state == "unknown" else _ink(canvas, mark)


def _ink(canvas: Canvas, mark: Mark) -> str:
    if mark.state == "reached":
        return canvas.theme.colour(mark.colour)
    return canvas.theme.tint("neutral")


def _class(canvas: Canvas, mark: Mark, layout: _Layout, y: float) -> None:
    """Draw a class of the key: a square in its colour, its name, and how many belong to it."""
    edge = 0.08 * canvas.em
    is_dot = mark.depth is None and mark.state != "unknown"
    place = (layout.x + _SWATCH * canvas.em / 2, y)
    wide, paint = (0.6 if is_dot else _SWATCH) * canvas.em - edge, _paint(canvas, mark)
    canvas.points.append(
        Dot((place,), wide, paint, "circle")
        if is_dot
        else Dot((place,), wide, paint, "square", Outline(canvas.theme.muted, edge))
    )
    canvas.text(layout.x, y, mark.label, anchor="left", shift=(layout.key.name, 0))
    _small(canvas, layout.x + layout.key.width, y, mark.text, anchor="right")


def _small(canvas: Canvas, x: float, y: float, text: str, anchor: Anchor = "left") -> None:
    if text:
        canvas.text(x, y, text, size=_SMALL, anchor=anchor, colour=canvas.theme.muted)


# --- communes -----------------------------------------------------------------------------------------


def _fill(chart: Chart, canvas: Canvas, plane: Plane) -> None:
    """Fill communes, large ones first, so that one that lies inside another is seen, and last the one that the map is
    of. What is around it is drawn apart from it: maps of many differ in that one alone."""
    around, own = ([area for area in chart.areas if area.is_outlined is it] for it in (False, True))
    borders, outline = (
        drawing(tuple((area.group, area.rings) for area in areas), plane) for areas in (around, own)
    )
    pairs = zip((*around, *own), (*borders.rings, *outline.rings), strict=True)
    drawn = [(sum(map(size, rings)), area, rings) for area, rings in pairs]
    drawn.sort(key=lambda item: (item[1].is_outlined, -item[0], item[1].label))
    for _, area, rings in drawn:
        if rings:
            _commune(canvas, area, chart.marks[area.mark], rings)
    canvas.above.append(Polyline(tuple(map(tuple, borders.lines)), canvas.theme.muted, 0.75))
    if len(chart.areas) <= _MOST_NAMED:
        _name(canvas, [(area, max(rings, key=size)) for _, area, rings in drawn if rings and area.words])


def _name(canvas: Canvas, shapes: Sequence[tuple[Area, Sequence[Place]]]) -> None:
    """Write the names of areas that have a value and room on them, none over another; that of the one that the map is
    of always."""
    taken: list[tuple[float, float, float]] = []
    for area, ring in sorted(shapes, key=lambda shape: not shape[0].is_outlined):
        across, along = ([place[axis] for place in ring] for axis in (0, 1))
        x, y, wide = (
            sum(across) / len(ring),
            sum(along) / len(ring),
            canvas.width_of(area.label, _SMALL, SEMIBOLD),
        )
        has_room = wide < 0.9 * (max(across) - min(across)) and size(ring) > 3 * wide * canvas.em * _SMALL
        is_free = not any(abs(x - u) < (wide + w) / 2 and abs(y - v) < 1.3 * canvas.em for u, v, w in taken)
        if area.is_outlined or (has_room and is_free):
            taken.append((x, y, wide))
            canvas.text(
                x, y, area.label, size=_SMALL, weight=SEMIBOLD if area.is_outlined else REGULAR,
                ground=canvas.theme.background,
            )  # fmt: skip


def _commune(canvas: Canvas, area: Area, mark: Mark, rings: Sequence[list[Place]]) -> None:
    largest = max(rings, key=size)
    across, along = ([place[axis] for place in largest] for axis in (0, 1))
    canvas.touch(area, (min(across), max(across)), (min(along), max(along)))
    edge = canvas.theme.line if mark.state == "unknown" else canvas.theme.background
    outline = Outline(canvas.theme.text, 2.5) if area.is_outlined else Outline(edge, 0.5)
    closed = tuple((*ring, ring[0]) for ring in rings)
    words = (area.label, area.words) if area.words else None
    canvas.points.append(Path(closed, _paint(canvas, mark), words, outline, area.about[1]))


# --- sites --------------------------------------------------------------------------------------------


def _dot(chart: Chart, canvas: Canvas, plane: Plane) -> None:
    """Draw sites as dots, the first class above the others."""
    step = _DOT * canvas.em
    dots_of = dots([area.points for area in chart.areas], plane, step)
    for area, places in reversed(list(zip(chart.areas, dots_of, strict=True))):
        canvas.points.append(Dot(tuple(places), step, _ink(canvas, chart.marks[area.mark])))
