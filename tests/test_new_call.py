"""A call is added by rows alone: an invented EN2099 in a copy of the raw tables, and no code touched."""

import csv
import io
from datetime import date

import pytest

import ennum_stats
from ennum_stats.charts.catalogue import chart
from ennum_stats.document.blocks import plain_text
from ennum_stats.figures import figures
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.programme_tables import TABLES
from ennum_stats.release import release
from ennum_stats.store.build import build
from tests.conftest import leave_out_later

DAY = date(2026, 6, 30)
NAMES = {f"name_{code}": "EN2099" for code in ("fr", "de", "nl", "en")}
PUBLISHED = {  # invented
    "projects_introduced": ("1000", "projects"),
    "projects_awarded": ("800", "projects"),
    "budget_awarded": ("9600000", "EUR"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("new-call")


@pytest.fixture(scope="module")
def store(root, raw_copy_at):
    copy = raw_copy_at(root)
    add_call(copy)
    assert copy.findings() == []
    build(copy.project)
    opened = ennum_stats.open(copy.project.root, known_at=DAY)
    yield opened
    opened.connection.close()


def add_call(copy, read_on="2026-05-15"):
    """What docs/add-a-call.md says to do: a document, a call, its names, its numbers."""
    copy.row(
        "sources.csv", "press-kit-2020", source_id="invented-2026", title="Document inventé, 2026",
        kind="official", published_on="2026-05-15", retrieved_on=read_on, note="inventé",
    )  # fmt: skip
    copy.row(
        "calls.csv", "EN2020", call="EN2099", **NAMES, valid_from="2025-09-01", valid_to="2026-08-31",
        opened_on="", closed_on="", source_id="invented-2026", note="",
    )  # fmt: skip
    for measure, (value, unit) in PUBLISHED.items():
        copy.row(
            "observations/press_kit_2020.csv", "press-kit-2020.budget_awarded.EN2018",
            observation_id=f"invented-2026.{measure}.EN2099", measure=measure, call="EN2099",
            counted=unit if unit == "projects" else "", value=value, unit=unit,
            step="1", source_id="invented-2026", locator="page 1", note="",
        )  # fmt: skip


def test_figures_know_the_call(store):
    """800 of 1,000 is 80 %; 9.6 million for 800 projects is 12,000 a project."""
    known = {found.name: found for found in figures(store)}
    assert known["en2099_projects"].value == 800
    assert known["en2099_budget"].value == 9_600_000
    assert known["en2099_selection_rate"].value == ennum_stats.Quantity.exact(8, "share").value / 10
    assert known["en2099_mean_grant"].value == 12_000
    assert known["total_investment"].text("fr").endswith("137,7\u00a0millions d’euros")


def test_measures_know_the_call(store):
    row = ennum_stats.winners(store).set_index("call").loc["EN2099"]
    assert (row["projects_awarded"], row["mean_grant"]) == (800, 12_000)
    budgets = ennum_stats.budgets(store, by="call").set_index("call")
    assert budgets.loc["EN2099", "value"] == 9_600_000


@pytest.mark.parametrize("name", ["winners_per_call", "budget_per_call", "mean_grant_per_call"])
@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
def test_charts_show_the_call(store, name, language):
    drawn = chart(store, name, language)
    assert "EN2099" in drawn.description
    assert "Document inventé, 2026" in drawn.source_line


@pytest.mark.parametrize("name", ["calls", "figures", "sources"])
def test_the_kit_shows_the_call(store, name):
    table = TABLES[name](Edition(store, "fr"))
    told = " ".join(plain_text(cell) for row in table.rows for cell in row.cells)
    assert ("Document inventé, 2026" if name == "sources" else "EN2099") in told


def test_the_release_has_the_call(store, tmp_path):
    release(store, tmp_path / "out")
    text = (tmp_path / "out" / "data" / "figures.csv").read_text("utf-8")
    figures = {row["name"]: row for row in csv.DictReader(io.StringIO(text))}
    assert figures["en2099_projects"]["value"] == "800"


def test_before_its_document_nothing_of_it_is_known(store, root):
    before = ennum_stats.open(root, known_at="2026-05-14")
    assert before.figure("en2099_projects").value is None
    assert "EN2099" not in set(ennum_stats.winners(before)["call"])


def test_a_call_that_is_published_later_changes_no_table_of_the_tests(raw_copy):
    """Else its first row breaks whatever counts what is there today."""

    def tables():
        return {path.name: path.read_bytes() for path in raw_copy.project.raw.rglob("*.csv")}

    before = tables()
    add_call(raw_copy, read_on="2026-12-05")
    assert tables() != before
    leave_out_later(raw_copy.project.raw)
    assert tables() == before
