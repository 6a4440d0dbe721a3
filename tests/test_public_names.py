"""What an analyst gets from `import ennum_stats`: names that exist, say what they are, and load late."""

import ast
import inspect
import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

import ennum_stats
from ennum_stats.figures import figures

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ennum_stats.__all__)
def test_a_public_name_exists_and_says_what_it_is(name):
    thing = getattr(ennum_stats, name)
    assert inspect.getdoc(thing)
    if inspect.isclass(thing) and thing.__module__.startswith("ennum_stats"):
        for method, function in vars(thing).items():
            if inspect.isfunction(function) and not method.startswith("_"):
                assert inspect.getdoc(function), f"{name}.{method}"


def test_public_names_are_sorted_and_unique():
    assert list(ennum_stats.__all__) == sorted(set(ennum_stats.__all__))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="winner"):
        _ = ennum_stats.winner


MEASURES = (
    "budgets winners coverage connectivity staff equipment deliveries targets never_awarded reconciliation"
)


@pytest.mark.parametrize("name", MEASURES.split())
def test_a_measure_says_its_row_its_clock_its_columns_and_an_example(name):
    text = " ".join(inspect.getdoc(getattr(ennum_stats, name)).split())
    for told in ("One row is", "known on the", ">>> store."):
        assert told in text
    assert "olumns" in text


def test_importing_the_package_and_listing_its_names_loads_nothing_heavy():
    assert {*ennum_stats.__all__} <= {*dir(ennum_stats)}
    code = "import ennum_stats as e, sys; dir(e); print(sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    heavy = {"pandas", "plotly", "duckdb", "polars", "numpy", "pyarrow", "typer", "babel"}
    assert not heavy & set(ast.literal_eval(loaded.stdout))


def test_the_version_is_that_of_the_project():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert ennum_stats.__version__ == declared


@pytest.fixture(scope="module")
def store(project):
    opened = ennum_stats.open(project.root, known_at=date(2020, 1, 31))
    yield opened
    opened.connection.close()


def test_a_store_gives_figures_by_name(store):
    """Kit, chart 1: 503 projects."""
    assert store.known_at == date(2020, 1, 31)
    assert store.figure("en2019_projects").text("fr") == "503\u00a0projets"
    assert len(store.figures()) >= 64


def test_a_figure_of_which_only_bounds_are_known_refuses_to_be_one_number(store):
    with pytest.raises(TypeError):
        float(store.figure("staff_cyberclasse").quantity)


def test_a_record_is_plain_json(store):
    for found in figures(store):
        assert json.loads(json.dumps(found.record("fr"), allow_nan=False))["name"] == found.name
