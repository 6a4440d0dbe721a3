"""Sketches of plotly figures that somebody else declared: what is as high and as far as it says, what has none."""

import re

import lxml.etree
import pytest

from ennum_stats.drawing.sketch import described, sketched, values_of

px = pytest.importorskip("plotly.express")
go = pytest.importorskip("plotly.graph_objects")


def rectangles(figure, colour):
    """The rectangles of a colour: left, top, width and height."""
    found = lxml.etree.fromstring(sketched(figure, 800, 400)).iter("{*}rect")
    return [
        tuple(float(one.get(name)) for name in ("x", "y", "width", "height"))
        for one in found
        if one.get("fill") == colour and one.get("x")
    ]


def test_bars_are_as_high_as_their_values_and_stand_on_one_line():
    figure = go.Figure(go.Bar(x=["a", "b", "c"], y=[2, 5, -1], marker_color="#123456"))
    bars = rectangles(figure, "#123456")
    assert [round(high / bars[0][3], 1) for *_, high in bars] == [1, 2.5, 0.5]
    assert bars[0][1] + bars[0][3] == pytest.approx(bars[1][1] + bars[1][3], abs=0.2)
    assert bars[2][1] == pytest.approx(bars[0][1] + bars[0][3], abs=0.2)  # below the line
    assert bars[1][0] - bars[0][0] == pytest.approx(bars[2][0] - bars[1][0], abs=0.2)


@pytest.mark.parametrize("mode", ["stack", "group"])
def test_bars_of_one_place_stand_on_each_other_or_beside(mode):
    figure = go.Figure(
        [go.Bar(x=["a"], y=[value], marker_color=colour) for value, colour in ((3, "#111111"), (6, "#222222"))],
        {"barmode": mode},
    )  # fmt: skip
    # the first is that of the legend
    low, high = (rectangles(figure, colour)[-1] for colour in ("#111111", "#222222"))
    if mode == "stack":
        assert high[1] + high[3] == pytest.approx(low[1], abs=0.2)
        assert high[0] == low[0]
    else:
        assert high[0] == pytest.approx(low[0] + low[2], abs=0.2)
    assert high[3] == pytest.approx(2 * low[3], abs=0.3)


def test_lying_bars_begin_below():
    figure = px.bar(x=[1, 4], y=["first", "second"], orientation="h")
    figure.update_traces(marker_color="#123456")
    first, second = rectangles(figure, "#123456")
    assert second[2] == pytest.approx(4 * first[2], abs=0.3)
    assert second[1] < first[1]


def test_a_line_is_broken_where_a_value_is_not_known():
    figure = go.Figure(go.Scatter(x=[1, 2, 3, 4, 5], y=[1, 2, None, 4, 5], line_color="#123456"))
    paths = re.findall(r'<path d="([^"]*)"[^>]*stroke="#123456"', sketched(figure, 800, 400))
    assert len(paths) == 1
    assert paths[0].count("M") == 2


def test_numbers_are_written_as_the_template_says():
    frame = {"x": ["a"], "y": [1500]}
    assert "1\N{NARROW NO-BREAK SPACE}500" in sketched(
        px.bar(frame, x="x", y="y", template="ennum"), 800, 400
    )
    assert "1,500" in sketched(px.bar(frame, x="x", y="y", template="ennum-en"), 800, 400)


@pytest.mark.parametrize(
    "figure",
    [
        lambda: px.box(x=["a", "a"], y=[1, 2]),
        lambda: px.scatter(x=[1, 2], y=[1, 2], color=[0.5, 1.5]),
        lambda: px.line(x=[1, 2, 1, 2], y=[1, 2, 3, 4], facet_col=["a", "a", "b", "b"]),
        lambda: px.line(x=[1, 10], y=[1, 2], log_x=True),
        go.Figure,
    ],
    ids=["boxes", "colours that are numbers", "facets", "logarithms", "nothing"],
)
def test_what_a_sketch_could_not_say_has_none(figure):
    assert sketched(figure(), 800, 400) == ""


def test_values_and_description_of_any_figure():
    figure = px.box({"group": ["a", "b"], "size": [1, 2]}, x="group", y="size", title="<b>Sizes</b>")
    assert values_of(figure) == (["", "group", "size"], [["", "a", "1"], ["", "b", "2"]])
    assert described(figure) == "Sizes"
    assert described(px.box({"group": ["a"], "size": [1]}, x="group", y="size")) == "size / group"


def test_names_are_no_markup():
    figure = px.bar(x=["<script>"], y=[1], title="a & b")
    assert "<script>" not in sketched(figure, 800, 400)
    lxml.etree.fromstring(sketched(figure, 800, 400))
