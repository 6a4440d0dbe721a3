"""Charts as plotly draws them."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from ennum_stats.charts import CHARTS, chart
from ennum_stats.charts.spec import Mark
from ennum_stats.drawing import DARK, LIGHT, SIZES, figure, figure_dict, size_named
from ennum_stats.errors import UnknownName
from ennum_stats.quantities import Bounds, Quantity


def bars(ledger, name):
    drawn = figure_dict(chart(ledger, name, "fr"))
    return drawn, [trace for trace in drawn["data"] if trace["type"] == "bar"]


@pytest.mark.parametrize("name", ["winners_per_call", "budget_per_call", "mean_grant_per_call"])
def test_columns_start_at_zero(kit_ledger, name):
    drawn, traces = bars(kit_ledger, name)
    assert drawn["layout"]["yaxis"]["range"][0] == 0
    assert all("base" not in trace for trace in traces)


@pytest.mark.parametrize("name", ["budget_by_programme", "cyberclasse_components"])
def test_bars_start_at_zero(kit_ledger, name):
    drawn, traces = bars(kit_ledger, name)
    assert drawn["layout"]["xaxis"]["range"][0] == 0
    assert all("base" not in trace for trace in traces)


def test_columns_are_as_high_as_the_values(kit_ledger):
    _, (trace,) = bars(kit_ledger, "winners_per_call")
    assert trace["y"] == [28, 72, 210, 570, 326, 503, 500]  # chart 1; 5.1
    assert trace["marker"]["pattern"]["shape"] == [""] * 6 + ["/"]


def test_a_missing_value_has_no_column(ledger_at):
    _, (trace,) = bars(ledger_at("2026-11-24"), "winners_per_call")
    *known, missing = chart(ledger_at("2026-11-24"), "winners_per_call", "fr").marks
    assert missing.quantity is None
    assert trace["x"] == [*range(len(known))]


def test_an_interval_is_a_pale_band_and_never_a_bar_up_to_its_end(kit_ledger):
    _, traces = bars(kit_ledger, "coverage_by_programme")
    of_calls = next(t for t in traces if "École Numérique" in t["customdata"][0])
    assert of_calls["base"] == [pytest.approx(318 / 3850)]
    assert of_calls["base"][0] + of_calls["x"][0] == pytest.approx(1700 / 3750)
    assert of_calls["marker"]["color"] == LIGHT.tint("ecole_numerique")


def test_there_is_one_square_a_site(kit_ledger):
    drawn = figure_dict(chart(kit_ledger, "connectivity_progress", "fr"))
    full, open_ = drawn["data"]
    assert (len(full["x"]), len(open_["x"])) == (183, 17)
    assert full["marker"]["color"] == LIGHT.accents["connectivity"]
    assert open_["marker"]["color"] == LIGHT.background
    assert len({*zip(full["x"] + open_["x"], full["y"] + open_["y"], strict=True)}) == 200


def test_types_are_circles_and_lots_are_squares(kit_ledger):
    drawn = figure_dict(chart(kit_ledger, "equipment_lots", "fr"))
    assert [t["marker"]["symbol"] for t in drawn["data"]] == ["circle"] * 2 + ["square"] * 2
    assert [len(t["x"]) for t in drawn["data"]] == [2, 1, 16, 23]  # 4


@pytest.mark.parametrize("name", CHARTS)
def test_plotly_takes_every_chart(kit_ledger, name):
    """Plotly's own validation; and plain data, which a page can serialise."""
    declared = chart(kit_ledger, name, "de")
    for theme in (LIGHT, DARK):
        for framed in (True, False):
            drawn = figure(declared, SIZES["slide"], theme, framed=framed)
            assert drawn.layout.width == 960
            json.dumps(figure_dict(declared, SIZES["slide"], theme, framed=framed))


@pytest.mark.parametrize("schools", ["borders", "dots"])
@pytest.mark.parametrize("name", [name for name, entry in CHARTS.items() if entry.is_counted])
def test_plotly_takes_what_is_counted(counted, name, schools):
    declared = chart(getattr(counted, schools), name, "nl")
    assert figure(declared, SIZES["press"], DARK).layout.width == 640
    json.dumps(figure_dict(declared))


def test_a_page_writes_title_and_source_itself(kit_ledger):
    declared = chart(kit_ledger, "winners_per_call", "fr")
    texts = [n["text"] for n in figure_dict(declared, framed=False)["layout"]["annotations"]]
    assert not any(declared.title in text or "Connu" in text for text in texts)


def test_labels_are_no_markup(kit_ledger):
    declared = chart(kit_ledger, "winners_per_call", "fr")
    marks = (replace(declared.marks[0], label="a < b & c"), *declared.marks[1:])
    texts = [n["text"] for n in figure_dict(replace(declared, marks=marks))["layout"]["annotations"]]
    assert "a &lt; b &amp; c" in texts


def test_people_say_whose_team_they_are(kit_ledger):
    """Pointing at an area, plotly shows its text and never its `customdata`."""
    declared = chart(kit_ledger, "team_over_time", "fr")
    areas = [trace for trace in figure_dict(declared)["data"] if trace.get("fill") == "toself"]
    shown = {trace["text"] for trace in areas}
    assert f"{declared.marks[0].name}<br>{declared.marks[0].words}" in shown


def test_sizes_have_names():
    assert size_named("press").width_cm == 16
    assert size_named("press").height_cm == 10
    assert {name: size.width / size.height for name, size in SIZES.items()} == {
        "press": 1.6, "slide": pytest.approx(16 / 9), "phone": 1, "social": 1, "social-portrait": 0.8,
        "social-wide": pytest.approx(16 / 9),
    }  # fmt: skip
    with pytest.raises(UnknownName, match="poster"):
        size_named("poster")


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
    made = ranges(ledger_at("2026-11-24"), ("EN2019", "27.14", "45.33"), ("EN2020", "44.77", "54.24"))
    texts = {note["text"] for note in figure_dict(made, framed=False)["layout"]["annotations"]}
    assert {"27\u00a0%", "46\u00a0%", "44,7\u00a0%", "54,3\u00a0%"} <= texts
