"""Maps as they are laid out: communes that fill their plane, borders between groups, sites as dots."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from ennum_stats.charts import chart
from ennum_stats.charts.spec import Area
from ennum_stats.drawing import DARK, LIGHT, SIZES, figure_dict
from ennum_stats.drawing.layouts.maps import Extent, between_groups, dots, drawing, size, thinned
from ennum_stats.drawing.svg import page_svg
from ennum_stats.drawing.theme import Size
from tests.conftest import GRID_COLUMNS

REAL_BORDERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "wallonia_communes_2020.geojson"
PAGE = Size("page", 900, 430, 15, 1, 24)
LIGHTEST = 250_000
"""Bytes of the map of all communes on a page."""


# --- paint --------------------------------------------------------------------------------------------


def test_a_class_has_as_many_communes_as_are_painted_so(counted):
    made = chart(counted.borders, "coverage_map", "fr")
    drawn = figure_dict(made)
    paints = Counter(t["fillcolor"] for t in drawn["data"] if t["mode"] == "lines")
    classes_ = [mark for mark in made.marks if mark.depth is not None]
    for mark in classes_:
        assert paints[LIGHT.depth(mark.colour, mark.depth)] == mark.quantity.value
    assert sum(paints.values()) == sum(mark.quantity.value for mark in made.marks) == 262


def test_depth_is_told_by_lightness_alone():
    """Relative luminance (WCAG 2.2) falls from class to class (on a dark page it rises), by a step that
    a grey print shows."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    seen = [luminance(LIGHT.depth("ecole_numerique", n / 4)) + 0.05 for n in range(5)]
    assert all(pale / strong >= 1.3 for pale, strong in pairwise(seen))
    seen = [luminance(DARK.depth("ecole_numerique", n / 4)) + 0.05 for n in range(5)]
    assert all(strong / pale >= 1.3 for pale, strong in pairwise(seen))


# --- polygons ----------------------------------------------------------------------------------------


def drawn_rings(figure):
    for trace in figure["data"]:
        if trace["mode"] == "lines":
            yield list(zip(trace["x"], trace["y"], strict=True))[:-1]


@pytest.mark.parametrize("name", SIZES)
def test_communes_fill_the_plane_without_gap_or_overlap(counted, name):
    """The squares are a tiling of all but the last row: so are their drawings, to the px."""
    figure = figure_dict(chart(counted.borders, "coverage_map", "fr"), SIZES[name])
    rings = list(drawn_rings(figure))
    assert len(rings) == 262
    xs = sorted({x for ring in rings for x, _ in ring})
    ys = sorted({y for ring in rings for _, y in ring})
    low, high = ys[0], ys[-1]
    edges = [min(y for _, y in ring) for ring in rings]
    last = max(edges)
    whole = (xs[-1] - xs[0]) * (last - low)
    top = [ring for ring in rings if min(y for _, y in ring) == last]
    assert len(top) == 262 % GRID_COLUMNS
    right = max(x for ring in top for x, _ in ring)
    whole += (right - xs[0]) * (high - last)
    assert sum(map(size, rings)) == pytest.approx(whole)


def test_areas_are_those_of_the_plane():
    """A square of degrees at 50° north is cos 50° times as wide as high; thinning moves it by half a px."""
    ring = ((4.0, 49.5), (5.0, 49.5), (5.0, 50.5), (4.0, 50.5), (4.0, 49.5))
    extent = Extent.of([Area("", "", 0, (ring,))])
    places = thinned(ring, extent.plane(300))
    assert len(places) == 4
    assert extent.ratio == pytest.approx(cos(radians(50)))
    assert size(places) == pytest.approx(300 * 300 / cos(radians(50)), rel=0.01)
    assert all(x * 2 == round(x * 2) and y * 2 == round(y * 2) for x, y in places)


def test_the_borders_of_a_plane_are_drawn_once_and_those_of_another_anew():
    square = ((4.0, 50.0), (5.0, 50.0), (5.0, 51.0), (4.0, 51.0), (4.0, 50.0))
    extent = Extent(4, 50, 5, 51)
    first = drawing((("a", (square,)),), extent.plane(300))
    assert drawing((("a", (tuple(square),)),), extent.plane(300)) is first
    assert [[thinned(square, extent.plane(100))]] == [
        list(part) for part in drawing((("a", (square,)),), extent.plane(100)).rings
    ]


def test_lines_stand_where_groups_meet_or_end_and_nowhere_else():
    def square(x):
        return [(x, 0.0), (x + 1, 0.0), (x + 1, 1.0), (x, 1.0)]

    lines = between_groups([("a", square(0)), ("a", square(1)), ("b", square(2))])
    found = {frozenset(edge) for line in lines for edge in pairwise(line)}
    assert frozenset({(1, 0), (1, 1)}) not in found
    assert frozenset({(2, 0), (2, 1)}) in found
    assert len(found) == 9  # eight of the outer border, and one between a and b


@pytest.mark.skipif(not REAL_BORDERS.is_file(), reason="the borders are not beside the project")
def test_the_real_borders_stay_light_and_true(counted):
    import json

    made = chart(counted.borders, "coverage_map", "fr")
    features = json.loads(REAL_BORDERS.read_text("utf-8"))["features"]
    rings = [tuple(map(tuple, f["geometry"]["coordinates"][0])) for f in features]
    areas = [
        replace(area, label="Commune d’un nom assez long", rings=(ring,))
        for area, ring in zip(made.areas, rings, strict=True)
    ]
    real = replace(made, areas=tuple(areas))
    for shown in (PAGE, Size("narrow", 330, 345, 13, 1, 9)):
        svg = page_svg(real, shown, "map")
        assert len(svg.encode()) < LIGHTEST
        assert len(etree.fromstring(svg).findall(".//path/title")) == 262
    plane = Extent.of(areas).plane(700)
    exact = [size([plane.place(*point) for point in ring[:-1]]) for ring in rings]
    drawn = [size(thinned(ring, plane)) for ring in rings]
    assert sum(drawn) == pytest.approx(sum(exact), rel=0.001)
    assert max(abs(one - other) / one for one, other in zip(exact, drawn, strict=True)) < 0.05


def test_each_commune_says_its_name_and_its_numbers(counted):
    made = chart(counted.borders, "coverage_map", "nl")
    titles = [e.text for e in etree.fromstring(page_svg(made, PAGE, "map")).findall(".//path/title")]
    assert len(titles) == 262
    rows = {row[0]: row for row in made.table.rows}
    for said in titles:
        name, _, told = said.partition(": ")
        _, _, reached, sites, share = rows[name]
        if share is None:
            assert told == "geen vestigingsplaats in het register"
        else:
            assert re.findall(r"\d+", told)[1:] == [str(reached), str(sites)]


# --- dots --------------------------------------------------------------------------------------------


def test_tens_of_thousands_of_sites_stay_light(counted):
    made = chart(counted.dots, "coverage_map", "fr")
    chance = Random(1)  # noqa: S311 - the same places each time
    some, others = (
        tuple((chance.uniform(2.9, 6.4), chance.uniform(49.5, 50.8)) for _ in range(19_000)) for _ in range(2)
    )
    areas = tuple(replace(a, points=p) for a, p in zip(made.areas, (some, others), strict=True))
    svg = page_svg(replace(made, areas=areas), PAGE, "map")
    assert len(svg.encode()) < LIGHTEST
    etree.fromstring(svg)


def test_a_dot_is_what_most_of_its_sites_are():
    plane = Extent(0, 0, 1, 1).plane(100)
    near = (0.001, 0.001)
    first, second = dots([(near,), (near, (0.002, 0.002), (0.5, 0.5))], plane, 5)
    assert (len(first), len(second)) == (0, 2)
    first, second = dots([(near,), (near,)], plane, 5)  # the first of equals
    assert (len(first), len(second)) == (1, 0)
