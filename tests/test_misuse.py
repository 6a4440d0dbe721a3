"""What an analyst writes by mistake is told as an error of the package, with what to write instead."""

import pickle

import pandas as pd
import pytest

import ennum_stats


@pytest.fixture(scope="module")
def opened(project):
    with ennum_stats.open(project.root, known_at="2026-11-24") as store:
        yield store


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda store: ennum_stats.words(store.winners(), "fr"), "quantity: .*not of a DataFrame"),
        (lambda store: store.budgets(prices=2024), "prices: .*2024.*real:YEAR"),
        (lambda store: store.diff("yesterday"), "yesterday"),
        (lambda store: store.observations(["a", "b"]), "measure: "),
        (lambda store: store.observations(source_id="press-kit"), "source_id: .*press-kit-2020"),
        (lambda _: ennum_stats.winners("x"), r"store: .*ennum_stats\.winners\(ennum_stats\.open\(\)\)"),
        (lambda store: float(store.figure("en_coverage")), "en_coverage is no single number"),
        (lambda store: store.chart("timeline").save("timeline.gif"), r"path: .*\.svg, \.png, \.pdf"),
        (lambda store: pickle.dumps(store.scenario(projects_awarded={"EN2020": 500})), "supposed"),
        (lambda _: ennum_stats.open(language="es"), "The languages are"),
    ],
)
def test_it_is_told_with_the_parameter_and_what_to_write(opened, ask, told):
    with pytest.raises(ennum_stats.UsageError, match=told):
        ask(opened)


def test_a_store_and_its_figures_go_to_other_processes(opened):
    again = pickle.loads(pickle.dumps(opened.known_on("2020-01-31").polars))  # noqa: S301 - our own
    assert (again.known_at.isoformat(), again.library) == ("2020-01-31", "polars")
    figure = pickle.loads(pickle.dumps(opened.figure("en2019_projects")))  # noqa: S301
    assert float(figure) == 503


def test_what_a_document_printed_is_asked_by_its_name(opened):
    printed = opened.observations(source_id="press-kit-2020", call=None)
    every = opened.observations()
    pd.testing.assert_frame_equal(
        printed, every[every["source_id"] == "press-kit-2020"].reset_index(drop=True), check_like=True
    )


def test_a_store_speaks_the_language_in_which_it_was_opened(project):
    with ennum_stats.open(project.root, known_at="2026-11-24", language="de") as store:
        assert "Millionen Euro" in repr(store.figure("total_investment"))
        assert store.winners().attrs["title"].startswith("Eingereichte und ausgewählte Projekte")
        assert "programme_name" in store.budgets().columns
        assert store.rules().equals(store.rules(language="de"))


def test_a_chart_is_saved_without_a_browser(opened, tmp_path):
    path = opened.chart("winners_per_call", "en").save(tmp_path / "winners.png", size="slide")
    assert path.read_bytes().startswith(b"\x89PNG")
