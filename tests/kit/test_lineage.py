"""The way of a number: each step rests on steps before it, from a place in a document to what is said of it."""

import pytest

import ennum_stats

ORDER = ["document", "row", "rule", "figure", "sentence", "chart"]


@pytest.fixture(scope="module")
def store(project):
    opened = ennum_stats.open(project.root, known_at="2026-11-24", language="en")
    yield opened
    opened.connection.close()


@pytest.mark.parametrize("name", ["en2019_projects", "total_investment", "en_coverage"])
def test_every_step_rests_on_steps_before_it(store, name):
    steps = store.lineage(name).steps
    assert [step.step for step in steps] == sorted((step.step for step in steps), key=ORDER.index)
    seen = set()
    for step in steps:
        assert {*step.rests_on} <= seen
        assert bool(step.rests_on) == (step.step != "document")
        seen.add(step.name)
    used = {name for step in steps for name in step.rests_on}
    assert {step.name for step in steps if step.step in ("document", "row", "rule")} <= used


def test_the_winners_of_a_call_come_from_chart_1_of_the_press_kit(store):
    """Kit of January 2020, chart 1: 503 winning projects."""
    frame = store.lineage("en2019_projects").frame()
    assert frame.columns[:4].tolist() == ["step", "name", "text", "rests_on"]
    of = dict(iter(frame.groupby("step")))
    assert of["document"]["name"].tolist() == ["press-kit-2020#graphique-1"]
    assert of["row"]["text"].iloc[0].startswith("503\N{NO-BREAK SPACE}projects")
    assert "winners_per_call" in of["chart"]["name"].tolist()
    assert all("503" in text for text in of["sentence"]["text"])


def test_a_past_day_knows_no_later_document(store):
    then = store.known_on("2020-01-31").lineage("en2020_projects")
    assert [(step.step, step.rests_on) for step in then.steps] == [("figure", ())]


def test_it_is_drawn_with_a_box_a_step(store):
    way = store.lineage("total_investment")
    assert way._repr_html_().count("v58h") == len(way.steps)
    with pytest.raises(ennum_stats.UnknownName, match="total_investment"):
        store.lineage("total_investmen")
