"""Sums, teams, charts along the years, and maps: where they are put, in three sizes and on a narrow page.

What is expected is computed here from the marks of a chart, in the scale that its own axis, track or
grid of years gives; the drawing is read from the SVG as a browser reads it.
"""

import re

import pytest

from ennum_stats.charts.spec import CALL, MILESTONE, PART
from ennum_stats.drawing import LIGHT
from ennum_stats.drawing.theme import NEUTRAL
from tests.drawing.conftest import PX, SVG, ends, value

# --- sums, teams and years ---------------------------------------------------------------------------


def test_each_programme_begins_where_the_sum_before_it_ends(drawn, size):
    declared, drawing = drawn("cumulated_investment", size)
    *parts, whole = declared.marks
    boxes = [drawing.said(mark) for mark in parts]
    of_whole = sorted(
        (box for box in drawing.boxes if box.said == f"{whole.name}: {whole.words}"), key=lambda box: box.left
    )
    scale = sum(box.width for box in boxes) / sum(ends(mark)[0] for mark in parts)
    reached = boxes[0].left
    for mark, box, same in zip(parts, boxes, of_whole, strict=True):
        assert box.left == pytest.approx(reached, abs=PX)
        assert box.width == pytest.approx(ends(mark)[0] * scale, abs=2 * PX)
        assert box.fill == same.fill == LIGHT.colour(mark.colour)
        assert (same.left, same.right) == pytest.approx((box.left, box.right), abs=PX)
        assert same.top > box.bottom
        reached = box.right
    assert [box.top for box in boxes] == sorted(box.top for box in boxes)
    assert reached - boxes[0].left == pytest.approx(ends(whole)[0] * scale, abs=3 * PX)


def test_a_team_is_as_many_people_as_it_had(drawn, size):
    """A silhouette is a head and a body: two parts of an area."""
    declared, drawing = drawn("team_over_time", size)
    for mark in declared.marks:
        areas = [line for line in drawing.lines if line.said == f"{mark.name}: {mark.words}"]
        low, high = (int(end) for end in ends(mark))
        sure, *unsure = areas
        assert (len(sure.parts), sure.fill) == (2 * low, LIGHT.colour(mark.colour))
        assert [len(area.parts) for area in unsure] == ([2 * (high - low)] if high > low else [])
        for area in areas:
            assert all(drawing.has(x, y, 0) for part in area.parts for x, y in part)
    parts = [mark for mark in declared.marks if mark.group == PART]
    whole = next(mark for mark in declared.marks if mark.name.startswith("École Numérique"))
    assert sum(value(mark) for mark in parts) == value(whole)
    widths = {mark.name: _span(drawing, mark) for mark in (whole, *parts)}
    assert (
        min(low for low, _ in widths.values()) == widths[whole.name][0]
    )  # the whole is as long as its parts
    assert max(high for _, high in widths.values()) == pytest.approx(widths[whole.name][1])


def _span(drawing, mark):
    """From where to where the people of a team or function stand."""
    places = [
        x
        for line in drawing.lines
        if line.said == f"{mark.name}: {mark.words}"
        for part in line.parts
        for x, _ in part
    ]
    return min(places), max(places)


def test_programmes_last_from_their_first_to_their_last_day(drawn, size):
    declared, drawing = drawn("timeline", size)
    years = [text for text in drawing.texts if re.fullmatch(r"\d{4}", text.words)]
    low, high = years[0], years[-1]
    year = (high.box.centre[0] - low.box.centre[0]) / (int(high.words) - int(low.words))

    def place(day):
        at = day.year + (day.timetuple().tm_yday - 1) / 365.2425
        return low.box.centre[0] + (at - int(low.words)) * year

    for mark in declared.marks:
        if not mark.group:
            (box,) = (b for b in drawing.boxes if b.said == f"{mark.label}: {mark.words}")
            assert box.left == pytest.approx(place(mark.first), abs=0.5)
            assert box.right == pytest.approx(place(mark.last), abs=0.5)
        if mark.group == CALL:
            (box,) = (b for b in drawing.boxes if b.said == f"{mark.label}: {mark.words}")
            assert box.centre[0] == pytest.approx(place(mark.first), abs=0.5)
        if mark.group == MILESTONE:
            (dot,) = (d for d in drawing.dots if d.said == f"{mark.words}: {mark.label}")
            assert dot.centre[0] == pytest.approx(place(mark.first), abs=0.5)
            assert drawing.text(f"{mark.words}\u2002{mark.label}").box.top > dot.bottom


def test_milestones_are_painted_over_their_programmes(drawn, size):
    _, drawing = drawn("timeline", size)
    painted = [element.tag for element in drawing.root.iter(f"{SVG}rect", f"{SVG}circle") if len(element)]
    assert painted == sorted(painted, key=lambda tag: tag == f"{SVG}circle")


def lie_in_tracks(drawing, marks, tracks):
    """Ranges whose words have no room lie, each in its track, and say their value whole."""
    assert len(tracks) == len(marks)
    for mark, track in zip(marks, tracks, strict=True):
        low, high = ends(mark)
        box = drawing.said(mark)
        assert (box.left - track.left) / track.width == pytest.approx(float(low or 0), abs=0.005)
        if high is None or high > low:
            assert (box.right - track.left) / track.width == pytest.approx(
                1 if high is None else high, abs=0.05
            )
        assert drawing.text(mark.text)


@pytest.mark.parametrize("ledger", ["kit", "dots"])
def test_ranges_end_at_their_bounds_and_say_both(drawn, ledger, size):
    declared, drawing = drawn("coverage_over_time", size, ledger)
    marks = [mark for mark in declared.marks if mark.quantity]
    if tracks := [box for box in drawing.boxes if box.fill == LIGHT.tint(NEUTRAL, 0.14)]:
        lie_in_tracks(drawing, marks, tracks)
        return
    ground = max(y for y, _ in drawing.level(LIGHT.muted))
    is_counted = [ends(mark)[0] == ends(mark)[1] for mark in marks]
    shown = [
        [box for box in (*drawing.boxes, *drawing.dots) if box.said == f"{mark.name}: {mark.words}"]
        for mark in marks
    ]
    last = shown[-1][-1]
    reach = last.centre[1] if is_counted[-1] else last.top
    scale = (ground - reach) / (1 if ends(marks[-1])[1] is None else ends(marks[-1])[1])
    for mark, (box,), counted in zip(marks, shown, is_counted, strict=True):
        low, high = ends(mark)
        if counted:
            assert ground - box.centre[1] == pytest.approx(high * scale, abs=1)
        else:
            assert ground - box.top == pytest.approx((1 if high is None else high) * scale, abs=1)
            assert ground - box.bottom == pytest.approx((low or 0) * scale, abs=1)
        said = [text for text in drawing.texts if re.fullmatch(r"[\d,]+\u00a0%", text.words)]
        there = [text for text in said if abs(text.box.centre[0] - box.centre[0]) < 2]
        assert len(there) == (1 if counted else 2)


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
    hues = [LIGHT.colour(m.colour) if m.state == "reached" else LIGHT.tint("neutral") for m in declared.marks]
    assert {cloud.stroke for cloud in clouds} <= set(hues)
    count = sum(len(cloud.parts) for cloud in clouds)
    assert 0 < count <= sum(len(area.points) for area in declared.areas)
    for cloud in clouds:
        for (x, y), *_ in cloud.parts:
            assert 0 < x < drawing.width
            assert 0 < y < drawing.height
