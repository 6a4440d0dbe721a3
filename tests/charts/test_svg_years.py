"""Charts along the years, and maps: where the printer puts them, in three sizes and on a narrow page.

What is expected is computed here from the marks of a chart, in the scale that its own axis, track or
grid of years gives; the drawing is read from the SVG as a browser reads it.
"""

import re

import pytest

from ennum_stats.charts import LIGHT
from ennum_stats.charts.layout_growth import COUNTED, OUTER
from ennum_stats.charts.layout_time import EVENT, MILESTONE, PART

SVG = "{http://www.w3.org/2000/svg}"
PX = 0.16
"""Places are written to a tenth of a px, and a length is between two of them."""


def ends(mark):
    return [None if end is None else float(end) for end in mark.ends]


def value(mark):
    return None if mark.quantity is None else mark.quantity.value and float(mark.quantity.value)


# --- along the years ----------------------------------------------------------------------------------


def test_a_sum_lies_between_what_it_was_and_what_it_becomes(drawn, size):
    declared, drawing = drawn("cumulated_investment", size)
    marks = [mark for mark in declared.marks if mark.quantity and mark.first]
    (area,) = (line for line in drawing.lines if line.fill == LIGHT.tint("neutral"))
    xs = [x for x, _ in area.parts[0]]
    left, right = min(xs), max(xs)
    ground, top = drawing.level(LIGHT.line)[-1][0], min(y for _, y in area.parts[0])
    scale = (ground - top) / max(ends(mark)[1] for mark in marks)
    lows = [0.0, *(ends(mark)[0] for mark in marks)]
    for place, mark in enumerate(marks):
        x = left + (place + 0.5) * (right - left) / len(marks)
        high, low = area.between(x)
        assert ground - high == pytest.approx(ends(mark)[1] * scale, abs=2 * PX)
        assert ground - low == pytest.approx(lows[place] * scale, abs=2 * PX)
        if mark.text:
            (dot,) = (box for box in drawing.dots if box.said == f"{mark.label}: {mark.words}")
            there = (left + (place + 1) * (right - left) / len(marks), ground - value(mark) * scale)
            assert dot.centre == pytest.approx(there, abs=2 * PX)


def test_teams_stand_in_their_years_as_high_as_they_had_members(drawn, size):
    declared, drawing = drawn("team_over_time", size)
    teams = [m for m in declared.marks if not m.group and m.quantity and m.first and m.last]
    boxes = [drawing.said(mark) for mark in teams]
    ground = drawing.level(LIGHT.muted)[-1][0]
    first = teams[0]
    year = boxes[0].width / (first.last.year + 1 - first.first.year)
    scale = boxes[0].height / ends(first)[0]
    for mark, box in zip(teams, boxes, strict=True):
        low, high = ends(mark)
        assert box.bottom == pytest.approx(ground, abs=PX)
        assert box.height == pytest.approx(low * scale, abs=size.height / 300)
        begin = boxes[0].left + (mark.first.year - first.first.year) * year
        assert box.left == pytest.approx(begin, abs=1)
        assert box.width == pytest.approx((mark.last.year + 1 - mark.first.year) * year, abs=1)
        if high > low:
            (band,) = (
                b for b in drawing.boxes
                if b.fill == LIGHT.tint(mark.colour) and abs(b.left - box.left) < PX
            )  # fmt: skip
            assert band.bottom == pytest.approx(box.top, abs=PX)
            assert ground - band.top == pytest.approx(high * scale, abs=size.height / 300)
    for mark in declared.marks:
        if mark.group == PART and mark.quantity:
            assert drawing.text(mark.label).box.left > boxes[-1].right
        if mark.group == EVENT:
            assert mark.words in {dot.said for dot in drawing.dots}


def test_programmes_last_from_their_first_to_their_last_day(drawn, size):
    declared, drawing = drawn("timeline", size)
    years = [
        text
        for text in drawing.texts
        if text.anchor == "end" and re.fullmatch(r"\d{4}", text.words)
    ]
    low, high = years[0], years[-1]
    year = (high.box.centre[1] - low.box.centre[1]) / (int(high.words) - int(low.words))

    def place(day):
        at = day.year + (day.timetuple().tm_yday - 1) / 365.2425
        return low.box.centre[1] + (at - int(low.words)) * year - middle

    middle = low.box.centre[1] - drawing.level(LIGHT.line)[0][0]
    spans = [m for m in declared.marks if m.group != MILESTONE and m.first and m.last]
    for mark in spans:
        (box,) = (b for b in drawing.boxes if b.said == f"{mark.label}: {mark.words}")
        assert box.top == pytest.approx(place(mark.first), abs=2 * PX)
        assert box.bottom == pytest.approx(place(mark.last), abs=2 * PX)
    for mark in declared.marks:
        if mark.group == MILESTONE:
            said = f"{mark.words}: {mark.label}"
            dots = [dot for dot in drawing.dots if dot.said == said]
            assert len(dots) == 1
            assert dots[0].centre[1] == pytest.approx(place(mark.first), abs=2 * PX)
            assert drawing.text(mark.label).box.left > dots[0].right


def test_milestones_are_painted_over_their_programmes(drawn, size):
    _, drawing = drawn("timeline", size)
    painted = [
        element.tag for element in drawing.root.iter(f"{SVG}rect", f"{SVG}circle") if len(element)
    ]
    assert painted == sorted(painted, key=lambda tag: tag == f"{SVG}circle")


@pytest.mark.parametrize("ledger", ["kit", "dots"])
def test_growth_runs_through_the_bounds_of_each_school_year(drawn, ledger, size):
    declared, drawing = drawn("coverage_over_time", size, ledger)
    marks = [m for m in declared.marks if m.quantity and m.first and m.group in (COUNTED, OUTER)]
    ground = max(y for y, _ in drawing.level(LIGHT.muted))
    said = [
        (mark, [d for d in drawing.dots if d.said == f"{mark.label}: {mark.words}"])
        for mark in marks
    ]
    last = max((1 if ends(m)[1] is None else ends(m)[1], -min(d.centre[1] for d in dots))
               for m, dots in said)  # fmt: skip
    scale = (ground + last[1]) / last[0]
    for mark, dots in said:
        low, high = ends(mark)
        expected = [1 if high is None else high] + ([low or 0] if mark.group == OUTER else [])
        tops = sorted(ground - dot.centre[1] for dot in dots)
        assert tops == pytest.approx(sorted(end * scale for end in expected), abs=0.5)
        years = mark.first.year - marks[0].first.year
        x0, x1 = said[0][1][0].centre[0], said[-1][1][0].centre[0]
        whole = marks[-1].first.year - marks[0].first.year
        assert dots[0].centre[0] == pytest.approx(x0 + years * (x1 - x0) / (whole or 1), abs=PX)


# --- maps ---------------------------------------------------------------------------------------------


def test_communes_lie_where_they_are_in_the_paint_of_their_class(drawn, size):
    declared, drawing = drawn("coverage_map", size, "borders")
    areas = {line.said: line for line in drawing.lines if line.said}
    assert len(areas) == len(declared.areas)
    fills = [LIGHT.depth(m.colour, m.depth) if m.depth is not None else LIGHT.background
             for m in declared.marks]  # fmt: skip
    everything = [p for area in declared.areas for ring in area.rings for p in ring]
    all_drawn = [p for line in areas.values() for part in line.parts for p in part]
    box = [f(p[i] for p in everything) for i in (0, 1) for f in (min, max)]
    px = [f(p[i] for p in all_drawn) for i in (0, 1) for f in (min, max)]
    for area in declared.areas:
        line = areas[f"{area.label}: {area.words}"]
        assert line.fill == fills[area.mark]
        longitudes = [x for ring in area.rings for x, _ in ring]
        latitudes = [y for ring in area.rings for _, y in ring]
        left = px[0] + (min(longitudes) - box[0]) / (box[1] - box[0]) * (px[1] - px[0])
        top = px[3] - (max(latitudes) - box[2]) / (box[3] - box[2]) * (px[3] - px[2])
        found = (min(x for p in line.parts for x, _ in p), min(y for p in line.parts for _, y in p))
        assert found == pytest.approx((left, top), abs=0.75)  # points move to the next half px
    shown = [box.fill for box in drawing.boxes if box.fill in fills and not box.said]
    assert shown[-len(fills) :] == fills or set(fills) <= set(shown)
    for mark in declared.marks:
        assert drawing.text(mark.label).box.left > 0


def test_sites_are_dots_inside_the_picture(drawn, size):
    declared, drawing = drawn("coverage_map", size, "dots")
    clouds = [line for line in drawing.lines if not line.said and len(line.parts) > 20]
    hues = [
        LIGHT.colour(m.colour) if m.state == "reached" else LIGHT.tint("neutral")
        for m in declared.marks
    ]
    assert {cloud.stroke for cloud in clouds} <= set(hues)
    count = sum(len(cloud.parts) for cloud in clouds)
    assert 0 < count <= sum(len(area.points) for area in declared.areas)
    for cloud in clouds:
        for (x, y), *_ in cloud.parts:
            assert 0 < x < drawing.width
            assert 0 < y < drawing.height
