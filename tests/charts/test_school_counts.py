"""Charts of what lists of schools tell, against what these tests count themselves from the rows."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ennum_stats.charts import chart
from ennum_stats.charts.coverage_map import class_of, classes
from ennum_stats.charts.spec import Area, Mark
from ennum_stats.drawing import DARK, LIGHT, SIZES, figure_dict
from ennum_stats.drawing.layouts.maps import Extent, between_groups, dots, drawing, size, thinned
from ennum_stats.drawing.svg import page_svg
from ennum_stats.drawing.theme import Size
from ennum_stats.languages import LANGUAGES
from ennum_stats.quantities import Bounds, Quantity
from tests.conftest import GRID_COLUMNS

NAMES = ("coverage_map", "repeat_winners", "winners_by_province", "winners_by_network")
LEVELS = {
    "nursery_ordinary", "primary_ordinary", "nursery_special", "primary_special",
    "secondary_ordinary", "secondary_special", "cefa", "adult_secondary",
}  # fmt: skip
REAL_BORDERS = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "wallonia_communes_2020.geojson"
)
PAGE = Size("page", 900, 430, 15, 1, 24)
LIGHTEST = 250_000
"""Bytes of the map of all communes on a page."""


@pytest.fixture(scope="module")
def facts(counted):
    """Sites, their commune and networks, and the projects of each, counted in plain Python."""
    sites = {row["implantation"] for row in counted.rows("teaching") if row["teaching"] in LEVELS}
    network = {row["etablissement"]: row["network"] for row in counted.rows("etablissements")}
    networks = defaultdict(set)
    for row in counted.rows("teaching"):
        if row["teaching"] in LEVELS:
            networks[row["implantation"]].add(network[row["etablissement"]])
    commune = {row["implantation"]: row["commune"] for row in counted.rows("implantations")}
    province = {row["commune"]: row["province"] for row in counted.rows("communes")}
    projects = Counter(row["implantation"] for row in counted.rows("participations"))
    return sites, networks, commune, province, projects


# --- the ranking ------------------------------------------------------------------------------------


def test_the_ranking_is_what_the_rows_say(counted, facts):
    sites, _, commune, province, projects = facts
    of = defaultdict(list)
    for site in sites:
        of[commune[site]].append(projects[site] > 0)
    table = chart(counted.borders, "coverage_map", "fr").table
    assert len(table.rows) == len(province) == 262  # communes of Wallonia before 2025
    names = {row["commune"]: row["name_fr"] for row in counted.rows("communes")}
    expected = {names[code]: (sum(found), len(found)) for code, found in of.items()}
    shown = {row[0]: row[2:] for row in table.rows if row[4] is not None}
    assert {name: (int(a), int(b)) for name, (a, b, _) in shown.items()} == expected
    for reached, all_sites, share in shown.values():
        assert share == pytest.approx(reached / all_sites)
    shares = [row[4] for row in table.rows if row[4] is not None]
    assert shares == sorted(shares, reverse=True)
    without = [row for row in table.rows if row[4] is None]
    assert table.rows[len(shares) :] == tuple(without)
    assert {row[0] for row in without} == set(names.values()) - set(expected)


def test_the_title_counts_communes_with_half_of_their_sites(counted, facts):
    sites, _, commune, _, projects = facts
    of = defaultdict(list)
    for site in sites:
        of[commune[site]].append(projects[site] > 0)
    half = sum(Fraction(sum(found), len(found)) >= Fraction(1, 2) for found in of.values())
    assert re.findall(r"\d+", chart(counted.borders, "coverage_map", "en").title) == [
        str(half), str(len(of)),
    ]  # fmt: skip


def test_borders_change_the_picture_and_not_the_table(counted):
    filled, dotted = (chart(one, "coverage_map", "de") for one in (counted.borders, counted.dots))
    assert filled.table == dotted.table
    assert filled.title == dotted.title
    assert [bool(area.rings) for area in filled.areas] == [True] * 262
    assert [mark.state for mark in dotted.marks] == ["reached", "rest"]


# --- classes -----------------------------------------------------------------------------------------

SHARES = st.lists(
    st.builds(lambda a, b: Decimal(min(a, b)) / max(a, b, 1), st.integers(0, 60), st.integers(1, 60)),
    min_size=1, max_size=60,
)  # fmt: skip


@given(SHARES)
def test_classes_are_few_equal_and_hold_every_share_once(shares):
    found = classes(shares)
    assert 1 <= len(found) <= 5
    widths = {high - low for low, high in found}
    assert len(widths) == 1
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert found[0][0] >= 0
    assert found[-1][1] <= 1
    for share in shares:
        low, high = found[class_of(share, found)]
        assert low <= share
        assert share < high or (share == high == 1)


def test_classes_of_all_shares_are_fifths():
    assert classes([Decimal(0), Decimal(1)]) == [
        (Decimal(n) / 5, Decimal(n + 1) / 5) for n in range(5)
    ]


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
    titles = [
        e.text for e in etree.fromstring(page_svg(made, PAGE, "map")).findall(".//path/title")
    ]
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
        tuple((chance.uniform(2.9, 6.4), chance.uniform(49.5, 50.8)) for _ in range(19_000))
        for _ in range(2)
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


def test_sites_without_coordinates_are_told(counted):
    nowhere = sum(not row["latitude"] for row in counted.rows("implantations"))
    made = chart(counted.dots, "coverage_map", "en")
    assert f"{nowhere} sites without coordinates are not drawn." in made.note
    drawn = sum(len(area.points) for area in made.areas)
    assert drawn == sum(mark.quantity.value for mark in made.marks) == 700 - nowhere


# --- repeats and rates -----------------------------------------------------------------------------


def test_sites_by_number_of_projects_are_all_sites(counted, facts):
    sites, _, _, _, projects = facts
    times = Counter(min(projects[site], 4) for site in sites)
    made = chart(counted.dots, "repeat_winners", "fr")
    assert [mark.quantity.value for mark in made.marks] == [times[n] for n in range(max(times) + 1)]
    assert sum(row[1] for row in made.table.rows) == len(sites)
    assert sum(row[2] for row in made.table.rows) == pytest.approx(1)
    several = sum(number for n, number in times.items() if n > 1)
    numbers = [int(n) for n in re.findall(r"\d+", re.sub(r"[\s\u202f]", "", made.title))]
    assert numbers == [several, times[0]]


@pytest.mark.parametrize("by", ["province", "network"])
def test_rates_are_projects_over_sites(counted, facts, by):
    sites, networks, commune, province, projects = facts
    of = defaultdict(lambda: [0, 0])
    for site in sites:
        for part in networks[site] if by == "network" else [province[commune[site]]]:
            of[part][0] += projects[site]
            of[part][1] += 1
    made = chart(counted.dots, f"winners_by_{by}", "en")
    rates = sorted((1000 * won / all_sites for won, all_sites in of.values()), reverse=True)
    assert [float(mark.quantity.value) for mark in made.marks] == pytest.approx(rates)
    assert sorted((int(row[2]), int(row[3])) for row in made.table.rows) == sorted(
        tuple(pair) for pair in of.values()
    )


def test_a_site_that_the_register_has_lost_is_told_and_not_counted(counted):
    made = chart(counted.dots, "winners_by_province", "en")
    assert "1 site of the lists is not in the register any more, and is not counted." in made.note


# --- sources -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_source_line_names_lists_register_and_that_all_is_invented(counted, name, language):
    line = chart(counted.borders, name, language).source_line.replace("\u00a0", " ")
    invented = {
        "fr": "Données fictives", "de": "Fiktive Daten", "nl": "Fictieve gegevens",
        "en": "Fictitious data",
    }  # fmt: skip
    assert line.startswith(f"{invented[language]} – ")
    assert re.search(r"EN1(?: \S+ |–)EN2021", line)
    assert "2012" in line  # the register of the demonstration
    assert "2022)" in line  # when its lists are known
    assert line.rstrip(".").endswith("2026")


def test_in_french_a_source_line_reads_so(counted):
    line = chart(counted.borders, "repeat_winners", "fr").source_line.replace("\u00a0", " ")
    assert line == (
        "Données fictives – Sources : listes des lauréats de EN1 à EN2021 (la dernière connue au "
        "31 décembre 2022) ; registre des écoles au 31 décembre 2012 (Fédération Wallonie-Bruxelles)"
        ". Connu au 24 novembre 2026."
    )


@pytest.mark.parametrize("name", NAMES)
def test_without_lists_a_title_says_so_and_nothing_is_drawn(ledger_at, name):
    made = chart(ledger_at("2026-11-24"), name, "fr")
    assert made.is_empty
    assert "aucune liste d’écoles" in made.title
    figure_dict(made)
    assert (
        "ennum" not in made.title + made.note + made.source_line
    )  # a public chart gives no orders


def test_lists_are_not_known_before_their_day(counted):
    before = counted.borders.known_on(date(2019, 6, 1))
    assert chart(before, "coverage_map", "fr").is_empty


# --- ranges ------------------------------------------------------------------------------------------


def ranges(ledger, *marks):
    """The chart of coverage with other marks: call, lower and upper bound in percent."""
    made = chart(ledger, "coverage_over_time", "fr")

    def mark(call, low, high):
        low, high = Decimal(low) / 100, Decimal(high) / 100
        quantity = Quantity.derived(low if low == high else None, Bounds(low, high), "share")
        return Mark(call, "", quantity=quantity, colour="ecole_numerique")

    return replace(made, marks=tuple(mark(*one) for one in marks))


def test_a_range_is_one_bar_and_what_is_counted_a_dot(ledger_at):
    made = ranges(ledger_at("2026-11-24"), ("EN1", 0, 10), ("EN2", 10, 30), ("EN3", 25, 25))
    figure = figure_dict(made, framed=False)
    bars = [t for t in figure["data"] if t["type"] == "bar"]
    assert [(t["x"], t.get("base", [0]), t["y"]) for t in bars] == [
        ([0], [0.0], [0.1]), ([1], [0.1], [pytest.approx(0.2)]),
    ]  # fmt: skip
    (dot,) = (t for t in figure["data"] if t["type"] == "scatter")
    assert (dot["x"], dot["y"]) == ([2], [0.25])
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert texts.count("10\u00a0%") == 2
    assert texts.count("25\u00a0%") == 1


def test_bounds_in_labels_are_those_of_the_words(ledger_at):
    """Outwards: to whole percents where they lie ten or more apart, as in titles and sentences."""
    made = ranges(
        ledger_at("2026-11-24"), ("EN2019", "27.14", "45.33"), ("EN2020", "44.77", "54.24")
    )
    texts = {note["text"] for note in figure_dict(made, framed=False)["layout"]["annotations"]}
    assert {"27\u00a0%", "46\u00a0%", "44,7\u00a0%", "54,3\u00a0%"} <= texts
