"""The points of charts: what each says, what it rests on, where it is touched."""

import json
import re
from html import escape

import pytest

from dashboards.components.charts import fitted
from dashboards.components.points import ZOOMED, keys, points_of
from dashboards.rendering.layout import page_and_reading
from dashboards.rendering.screen import Screen
from ennum_stats.charts import CHARTS, chart
from ennum_stats.drawing import figure_dict
from ennum_stats.drawing.picture import WIDTHS, size_of
from ennum_stats.drawing.svg import page_svg
from ennum_stats.languages import LANGUAGES
from tests.conftest import covering

CALLS = {"EN1": 28, "EN2": 72, "EN3": 210, "EN2017": 570, "EN2018": 326, "EN2019": 503}
"""The winners of the six calls, as the kit of January 2020 prints them."""
ON_THE_DAY = "?known_at=2020-01-31"


def given(app, path, search=""):
    with app.server.test_request_context("/"):
        page, reading = page_and_reading(path, search)
        made = Screen(reading).drawn(page.content(reading))
    return json.loads(json.dumps([one.to_plotly_json() for one in made], default=_plain)), reading


def _plain(one):
    return one.to_plotly_json()


def lists_of_points(node):
    if isinstance(node, dict):
        if node.get("type") == "Points":
            yield node["props"]
        for one in node.values():
            yield from lists_of_points(one)
    elif isinstance(node, list):
        for one in node:
            yield from lists_of_points(one)


# --- what a point says --------------------------------------------------------------------------------------


def test_a_point_says_its_value_what_was_printed_and_the_document(app):
    tree, _ = given(app, "/en/winners", ON_THE_DAY)
    points = next(lists_of_points(tree))
    told = {point["key"]: point for point in points["points"]}
    assert set(CALLS) <= set(told)
    for call, winners in CALLS.items():
        assert f"{winners}\u00a0projects" in told[call]["said"]
        bounds, printed, document = told[call]["lines"]
        assert bounds == "Bounds: exact"
        assert printed == f"Printed: {winners}\u00a0projects"
        assert "dossier de presse" in points["documents"][document]


def test_bounds_of_a_share_are_told(app):
    tree, _ = given(app, "/en/coverage")
    points = next(one for one in lists_of_points(tree) if "coverage-by-programme" in one["field"])
    lines = next(one["lines"] for one in points["points"] if one["said"].startswith("Cyberclasse"))
    assert lines[0] == "Bounds: from 64% to 94%"  # 2,500 of 3,850 to 3,500 of 3,750, as the chart says


def test_a_milestone_tells_its_document(client, kit_ledger):
    drawn = chart(kit_ledger, "timeline", "fr")
    for code, mark in zip(keys(drawn), drawn.marks, strict=True):
        (source,) = mark.sources
        page = client.get(f"/fr/point/timeline.{code}{ON_THE_DAY}").get_data(as_text=True)
        assert escape(source.title, quote=False) in page


@pytest.mark.parametrize("name", CHARTS)
def test_every_point_can_be_touched_within_its_drawing(kit_ledger, name):
    drawn = chart(kit_ledger, name, "fr")
    if drawn.is_empty:
        return
    for width in WIDTHS:
        size = size_of(drawn, width)
        layout = figure_dict(drawn, size, framed=False)["layout"]
        touched = layout["meta"]["touch"]
        assert {one[0] for one in touched} == set(range(len(points_of(drawn))))
        for _, x0, x1, y0, y1 in touched:
            assert x0 < x1
            assert y0 < y1
        svg = page_svg(drawn, size, "a")
        assert svg.count("data-mark=") == len(touched)


@pytest.mark.parametrize("name", covering(CHARTS, 10))
def test_the_evidence_of_every_point_has_an_address(client, kit_ledger, name):
    drawn = chart(kit_ledger, name, "fr")
    codes = keys(drawn)
    assert len(set(codes)) == len(codes)
    for code, one in zip(codes, points_of(drawn), strict=True):
        answer = client.get(f"/fr/point/{name}.{code}{ON_THE_DAY}")
        assert answer.status_code == 200
        page = answer.get_data(as_text=True)
        assert one.label.split("<")[0][:12] in page
        page = page.replace("\u00a0", " ").replace("’", "'")  # as raw tables have places
        for observation in getattr(one, "observations", ()):
            assert observation.locator.replace("&", "&amp;") in page


def test_the_evidence_of_a_point_is_of_what_the_page_shows(app, client):
    tree, _ = given(app, "/en/winners", "?prices=real:2019&call=EN2017~EN2018")
    points = next(one for one in lists_of_points(tree) if "mean-grant" in one["field"])
    assert points["evidence"].endswith("?prices=real%3A2019&call=EN2017~EN2018")
    said = points["points"][0]["said"]
    assert said.startswith("EN2017")
    page = client.get(points["evidence"].replace(".~", ".EN2017")).get_data(as_text=True)
    assert escape(said, quote=False) in page
    at_the_time = client.get("/en/point/mean_grant_per_call.EN2017").get_data(as_text=True)
    assert escape(said, quote=False) not in at_the_time


def test_how_one_reads_is_kept_on_the_way_to_another_page(client):
    page = client.get("/fr/winners?charts=tables&prices=real:2019&call=EN3").get_data(as_text=True)
    assert 'href="/fr/budgets?prices=real%3A2019&amp;charts=tables"' in page
    assert re.search(r'href="/fr/people\?[^"]*charts=tables[^"]*"', page)


@pytest.mark.parametrize(
    "address", ["winners_per_call.EN1999", "winners_per_call", "winners_per_call.", "nothing.0"]
)
def test_a_point_that_there_is_not_is_not_found(client, address):
    assert client.get(f"/fr/point/{address}").status_code == 404


@pytest.mark.parametrize("width", WIDTHS)
def test_a_live_chart_has_the_room_it_is_given(kit_ledger, width):
    for name in CHARTS:
        drawn = chart(kit_ledger, name, "fr")
        size = fitted(drawn, width, 700, 400)
        assert (size.width, size.height) == (700, 400)
        assert size.em >= size_of(drawn, width).em


def test_a_continuous_axis_is_named_for_each_chart_over_time(kit_ledger):
    assert {n for n in CHARTS if chart(kit_ledger, n, "en").kind in ZOOMED} == {"timeline"}
    assert LANGUAGES
