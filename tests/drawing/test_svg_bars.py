"""Columns, bars, shares and squares: where the printer puts them, in three sizes and on a narrow page.

What is expected is computed here from the marks of a chart, in the scale that its own axis, track or
grid of years gives; the drawing is read from the SVG as a browser reads it.
"""

from itertools import combinations, pairwise

import pytest

from ennum_stats.drawing import LIGHT
from tests.drawing.conftest import PX, ends, meet, value

# --- columns and bars ---------------------------------------------------------------------------------


_COLUMNS = ("winners_per_call", "budget_per_call", "mean_grant_per_call")
columns = pytest.mark.parametrize(
    ("name", "ledger"),
    [
        ("winners_per_call", "kit"), ("budget_per_call", "kit"), ("mean_grant_per_call", "kit"),
        ("repeat_winners", "dots"),
    ],
)  # fmt: skip


def lies(declared, drawing):
    """Whether columns were drawn as bars, because their words had no room below and above them."""
    boxes = [drawing.said(mark) for mark in declared.marks if value(mark) is not None]
    return declared.kind == "columns" and len({round(box.left) for box in boxes}) == 1


@columns
def test_columns_stand_on_zero_and_are_as_high_as_their_values(drawn, name, ledger, size):
    declared, drawing = drawn(name, size, ledger)
    assert declared.kind == "columns"
    if lies(declared, drawing):
        assert name != "winners_per_call" or size.is_small or size.width < 400
        return
    columns = [(mark, drawing.said(mark)) for mark in declared.marks if value(mark) is not None]
    ground = drawing.level(LIGHT.muted)[-1][0]
    highest, tallest = max(columns, key=lambda column: value(column[0]))
    scale = tallest.height / value(highest)
    assert tallest.height > 6 * size.em
    for mark, box in columns:
        assert box.bottom == pytest.approx(ground, abs=PX)
        assert box.height == pytest.approx(value(mark) * scale, abs=PX)
        assert box.width == pytest.approx(tallest.width, abs=PX)
    middles = [box.centre[0] for _, box in columns]
    steps = {round(after - before) for before, after in pairwise(middles)}
    assert max(steps) - min(steps) <= 1


@columns
def test_a_columns_value_stands_above_it_and_its_name_below(drawn, name, ledger, size):
    declared, drawing = drawn(name, size, ledger)
    if lies(declared, drawing):
        return
    ground = drawing.level(LIGHT.muted)[-1][0]
    for mark in declared.marks:
        if value(mark) is None:
            continue
        box, number, label = drawing.said(mark), drawing.text(mark.text), drawing.text(mark.label)
        same = [t for t in drawing.texts if t.words == mark.text]
        number = min(same, key=lambda text: abs(text.x - box.centre[0]))
        assert number.x == pytest.approx(box.centre[0], abs=PX)
        assert label.x == pytest.approx(box.centre[0], abs=PX)
        assert 0 < box.top - number.box.bottom < size.em
        assert 0 < label.box.top - ground < size.em


def test_a_planned_column_is_hatched_in_its_own_hue(drawn, size):
    declared, drawing = drawn("winners_per_call", size)
    (planned,) = (mark for mark in declared.marks if mark.state == "planned")
    fill = drawing.said(planned).fill
    (pattern,) = drawing.root.xpath(f"//*[@id='{fill[5:-1]}']")
    ground, stripe = pattern
    assert (ground.get("fill"), stripe.get("fill")) == (LIGHT.background, LIGHT.colour(planned.colour))
    assert 0.1 < float(stripe.get("width")) / float(ground.get("width")) < 0.4
    assert pattern.get("patternTransform") == "rotate(45)"


@pytest.mark.parametrize("ledger", ["kit", "dots"])
def test_bars_begin_at_zero_and_are_as_long_as_their_values(drawn, ledger, size):
    names = ("budget_by_programme", "cyberclasse_components")
    if ledger == "dots":
        names = ("winners_by_province", "winners_by_network")
    else:
        names += tuple(name for name in _COLUMNS if lies(*drawn(name, size)))
    for name in names:
        declared, drawing = drawn(name, size, ledger)
        (axis,) = {
            line.parts[0][0][0] for line in drawing.lines
            if line.stroke == LIGHT.muted and len({x for x, _ in line.parts[0]}) == 1
        }  # fmt: skip
        bars = [(mark, drawing.said(mark)) for mark in declared.marks if value(mark) is not None]
        longest_mark, longest = max(bars, key=lambda bar: value(bar[0]))
        scale = longest.width / value(longest_mark)
        for mark, box in bars:
            assert box.left == pytest.approx(axis, abs=PX)
            assert box.width == pytest.approx(value(mark) * scale, abs=PX)
            reach = box.left + scale * max(value(mark), ends(mark)[1] or 0)
            numbers = [t for t in drawing.texts if t.words == mark.text]
            number = min(numbers, key=lambda text: abs(text.box.centre[1] - box.centre[1]))
            assert 0 < number.box.left - reach < size.em
            assert number.box.centre[1] == pytest.approx(box.centre[1], abs=0.3 * size.em)
            assert drawing.text(mark.label).box.right < box.left
        tops = [box.top for _, box in bars]
        assert tops == sorted(tops)


@pytest.mark.parametrize(
    "name", ["winners_per_call", "budget_per_call", "mean_grant_per_call", "budget_by_programme"]
)
def test_a_pale_band_lies_from_bound_to_bound_of_what_is_not_exact(drawn, name, size):
    declared, drawing = drawn(name, size)
    is_upright = declared.kind == "columns" and not lies(declared, drawing)
    full = max((m for m in declared.marks if value(m) is not None), key=value)
    whole = drawing.said(full)
    scale = (whole.height if is_upright else whole.width) / value(full)
    for mark in declared.marks:
        if value(mark) is None or None in ends(mark):
            continue
        low, high = ends(mark)
        box = drawing.said(mark)
        bands = [
            band for band in drawing.boxes
            if band.fill == LIGHT.tint(mark.colour) and not band.said
            and (abs(band.left - box.left) < PX if is_upright else abs(band.top - box.top) < PX)
        ]  # fmt: skip
        if (high - low) * scale < 2 - PX:
            assert bands == []
        elif (high - low) * scale > 2 + PX:
            (band,) = bands
            found = (
                (box.bottom - band.bottom, box.bottom - band.top) if is_upright
                else (band.left - box.left, band.right - box.left)
            )  # fmt: skip
            assert found == pytest.approx((low * scale, high * scale), abs=PX)


@pytest.mark.parametrize("ledger", ["kit", "dots"])
def test_shares_lie_on_a_track_from_nothing_to_all(drawn, ledger, size):
    declared, drawing = drawn("coverage_by_programme", size, ledger)
    assert declared.kind == "shares"
    tracks = [box for box in drawing.boxes if box.fill == LIGHT.tint("neutral", 0.14)]
    compared = [mark for mark in declared.marks if mark.quantity]
    assert len(tracks) == len(compared)
    for mark, track in zip(compared, tracks, strict=True):
        low, high = ends(mark)
        band, hue = drawing.said(mark), LIGHT.colour(mark.colour)
        assert band.left == pytest.approx(track.left + low * track.width, abs=PX)
        strokes = [box for box in drawing.boxes if box.fill == hue and abs(box.top - track.top) < PX]
        dots = [dot for dot in drawing.dots if dot.fill == hue and track.top < dot.centre[1] < track.bottom]
        # A value and the ends of what is not known have two signs.
        signs, others, at = (
            (strokes, dots, [low, high]) if value(mark) is None else (dots, strokes, [value(mark)])
        )
        assert others == []
        middles = [sign.centre[0] for sign in signs]
        assert middles == pytest.approx([track.left + end * track.width for end in at], abs=PX)
        if high - low > 0.05:
            assert band.right == pytest.approx(track.left + high * track.width, abs=PX)
    ticks = [drawing.text(words).x for words in ("0\u00a0%", "50\u00a0%", "100\u00a0%")]
    track = tracks[0]
    assert ticks == pytest.approx([track.left, track.centre[0], track.right], abs=PX)


# --- things that can be counted -----------------------------------------------------------------------


def test_a_square_a_thing_in_rows_without_gap(drawn, size):
    declared, drawing = drawn("connectivity_progress", size)
    things = [box for box in drawing.boxes if box.said]
    counts = [int(value(mark)) for mark in declared.marks]
    assert len(things) == sum(counts)
    assert len({(round(box.left), round(box.top)) for box in things}) == sum(counts)
    reached = [box for box in things if box.fill == LIGHT.colour(declared.marks[0].colour)]
    assert len(reached) == counts[0]
    assert not any(meet(one, other, 0) for one, other in combinations(things, 2))
    rows = sorted({round(box.centre[1]) for box in things})
    assert max(box.height for box in things) < (rows[1] - rows[0])


def test_types_are_circles_and_lots_squares_in_rows_of_their_own(drawn, size):
    declared, drawing = drawn("equipment_lots", size)
    for mark in declared.marks:
        things = drawing.dots if mark.quantity.unit == "types" else drawing.boxes
        row = [box for box in things if box.said == f"{mark.name}: {mark.words}"]
        assert len(row) == value(mark)
        assert {round(box.centre[1], 1) for box in row} == {round(row[0].centre[1], 1)}
        label = drawing.text(mark.name)
        assert label.box.right < row[0].left
        assert abs(label.box.centre[1] - row[0].centre[1]) < 2 * size.em
