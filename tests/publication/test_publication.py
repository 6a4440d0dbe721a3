"""A store is published only if everything can be made of it; what cannot is told with file and line."""

import sys
from dataclasses import replace
from datetime import date
from unittest.mock import Mock

import pytest
from typer.testing import CliRunner

from ennum_stats import publication
from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.cli import app
from ennum_stats.errors import RulesContradict, UsageError, message
from ennum_stats.figures import catalogue as figure_catalogue
from ennum_stats.figures import figure
from ennum_stats.figures.definition import Definition
from ennum_stats.figures.reports import trace_lines
from ennum_stats.imports import plan_import
from ennum_stats.kit.programme_tables import TABLES as KIT_TABLES
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures import catalogue as measures
from ennum_stats.measures.winners import winners_rows
from ennum_stats.project import Project
from ennum_stats.publication import proof
from ennum_stats.publication.products import Product, products
from ennum_stats.quantities import Bounds, Reason
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.answers import Missing
from ennum_stats.store.conflicts import conflicts
from ennum_stats.store.ledger import open_ledger
from ennum_stats.store.publish import current_store
from tests.conftest import SEEDS

KIT, PUBLISHED = "observations/press_kit_2020.csv", "observations/published.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"
EN2019 = "press-kit-2020.projects_awarded.EN2019"
NAME = "margin_of_en2018"


def difference(ledger):
    """A figure that a mistake of ours makes fail where EN2019 has fewer projects than EN2018."""
    more, less = (
        ledger.answer("projects_awarded", programme="ecole_numerique", call=call).quantity.value
        for call in ("EN2019", "EN2018")
    )
    Bounds(less, more)
    return Missing(Reason.NOT_COLLECTED)


@pytest.fixture(autouse=True)
def figures_and_charts(monkeypatch):
    """Proves of a store its figures, and two charts in one language: of each kind what is asked here."""
    charts = {"the chart timeline", "the chart winners_per_call"}

    def proved(ledger, languages):
        for one in products(ledger, languages[:1]):
            if str(one.name).startswith("the figure") or str(one.name) in charts:
                yield one

    if not SEEDS:
        monkeypatch.setattr(proof, "products", proved)


@pytest.fixture
def mistaken(monkeypatch):
    planted = Definition(NAME, "projects", message("Margin"), difference)  # no translation
    fixed = (*figure_catalogue.FIXED_FIGURES, planted)
    monkeypatch.setattr(figure_catalogue, "FIXED_FIGURES", fixed)


def files(project):
    return {path.relative_to(project.root) for path in project.root.rglob("*") if path.is_file()}


def refused(project):
    with pytest.raises(RawTablesRefused) as caught:
        publication.build(project)
    return [finding.words("en") for finding in caught.value.findings]


# --- what cannot be made ------------------------------------------------------------------------------


def test_what_cannot_be_made_is_told_at_the_fewest_rows_that_make_it_fail(built_copy, mistaken):
    """503 projects of EN2019 become 300, and EN2018 has 326: of 292 numbers it is these two, in all their
    documents, and no other."""
    before, there = current_store(built_copy.project), files(built_copy.project)
    for name in (EN2019, "rtbf-2020-01.projects_awarded.EN2019"):
        if name in built_copy.path(KIT).read_text("utf-8"):
            built_copy.cell(KIT, name, "value", "300")
    found = refused(built_copy.project)
    assert found
    assert all(f"This cannot be made with it: the figure {NAME}" in words for words in found)
    lines = built_copy.path(KIT).read_text("utf-8").splitlines()
    told = {words.split(":")[1] for words in found if words.startswith(f"data/raw/{KIT}:")}
    assert told == {
        str(n) for n, line in enumerate(lines, 1) if line.startswith((f"{EN2018},", f"{EN2019},"))
    }
    calls = ("EN2018,wallonia,,,,", "EN2019,wallonia,,,,")
    for words in found:
        file, line = words.split(":")[:2]
        row = (built_copy.project.root / file).read_text("utf-8").splitlines()[int(line) - 1]
        assert ",projects_awarded,ecole_numerique," in row
        assert any(call in row for call in calls)
    assert current_store(built_copy.project) == before
    assert files(built_copy.project) == there


def test_what_fails_with_any_number_is_told_without_a_row(built_copy, monkeypatch):
    broken = replace(CHARTS["timeline"], build=lambda *_: 1 / 0)
    monkeypatch.setitem(CHARTS, "timeline", broken)
    (words,) = refused(built_copy.project)
    assert words.startswith("data/raw:1: This cannot be made with it: the chart timeline")
    assert "ZeroDivisionError: division by zero" in words


@pytest.mark.parametrize("failing", ["nothing", "the rules", "a product"])
def test_a_store_is_proved_where_neither_its_rules_nor_what_is_made_of_it_fail(
    ledger_at, monkeypatch, failing
):
    made = Product(message("Margin"), lambda _: 1 / (failing != "a product"))
    monkeypatch.setattr(proof, "products", lambda *_: [made])
    if failing == "the rules":
        broken = RulesContradict(message("No sites."), [("rules", "en2017_2020_union")])
        monkeypatch.setattr(proof, "require_possible", Mock(side_effect=broken))
    assert proof.is_proved(ledger_at("2020-01-31")) is (failing == "nothing")


@pytest.mark.skipif(sys.platform == "win32", reason="a backslash is a separator there")
def test_a_project_whose_path_the_database_does_not_read_is_refused_before_anything_is_written(tmp_path):
    root = tmp_path / "a\\b" / "project"
    (root / "data" / "raw").mkdir(parents=True)
    with pytest.raises(UsageError, match="backslash"):
        Project.at(root)
    assert [*root.iterdir()] == [root / "data"]


@pytest.mark.parametrize("has_tables", [True, False])
def test_who_names_no_project_away_from_any_has_the_one_that_came_with_the_package(
    tmp_path, monkeypatch, has_tables
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ENNUM_ROOT", raising=False)
    monkeypatch.setattr(publication, "has_packaged_tables", lambda: has_tables)
    monkeypatch.setattr(publication, "packaged_project", lambda: "packaged")
    monkeypatch.setattr(publication, "build_if_changed", lambda _: None)
    if has_tables:
        assert publication.project_at_hand(None) == "packaged"
    for root in (tmp_path, *[None] * (not has_tables)):
        with pytest.raises(UsageError):
            publication.project_at_hand(root)


def test_everything_that_is_listed_is_made(project, ledger_at):
    ledger = ledger_at(date(2026, 11, 24))
    told = [str(one.name) for one in products(ledger, LANGUAGES)]
    assert len(told) == len(set(told))
    expected = [
        *(f"the figure {name}" for name in figure_catalogue.definitions(ledger)),
        *(f"the chart {name}" for name in CHARTS),
        *(f"the table {name} of the press kit" for name in KIT_TABLES),
        *(f"the text of the press kit ({code})" for code in ("fr", "de", "nl", "en")),
        *(
            f"the measure {name}" + (f", by {by}" if by else "")
            for name, table in measures.TABLES.items()
            for by in table.by
        ),
    ]
    assert set(expected) <= set(told)


@pytest.mark.parametrize("command", ["build", "check"])
def test_build_and_check_say_the_same_in_the_language_of_the_user(built_copy, mistaken, command):
    built_copy.cell(KIT, EN2019, "value", "300")
    there = files(built_copy.project)
    found = CliRunner().invoke(app, [command, "--root", str(built_copy.project.root)])
    assert found.exit_code == 1
    assert f"Cette ligne empêche de produire\u00a0: le chiffre {NAME}" in found.output
    assert "la base en service reste inchangée" in found.output
    assert files(built_copy.project) == there


def test_check_publishes_nothing(raw_copy):
    before = files(raw_copy.project)
    publication.checked(raw_copy.project)
    assert files(raw_copy.project) == before


# --- what is known to be impossible -------------------------------------------------------------------


def test_rules_that_no_sites_can_satisfy_are_told_at_their_rows(built_copy, monkeypatch):
    """57 projects of EN2017 instead of 570, and then 1,724 sites of four calls cannot be. Rules are proved whatever
    is made of a store."""
    before = current_store(built_copy.project)
    line = built_copy.cell(KIT, "press-kit-2020.projects_awarded.EN2017", "value", "57")
    found = refused(built_copy.project)
    here = [words for words in found if words.startswith(f"data/raw/{KIT}:{line}: value: ")]
    assert len(here) == 1
    assert "No sites can satisfy all of: " in here[0]
    rule = built_copy.path("rules.csv").read_text("utf-8").splitlines()
    number = next(n for n, row in enumerate(rule, 1) if row.startswith("en2017_2020_union,"))
    assert any(words.startswith(f"data/raw/rules.csv:{number}: value: ") for words in found)
    assert current_store(built_copy.project) == before


def test_more_winners_than_projects_submitted_are_a_conflict_of_documents(raw_copy):
    """800 in the kit, and the press counted 781 submitted: published, and said wherever it matters."""
    raw_copy.cell(KIT, EN2018, "value", "800")
    publication.build(raw_copy.project)
    ledger = open_ledger(raw_copy.project, date(2026, 11, 24))
    (part,) = [one for one in conflicts(ledger) if one.kind == "part"]
    assert (part.measure, part.calls) == ("projects_awarded", ("EN2018",))
    assert (part.chosen.number, [side.number for side in part.others]) == (800, [781])
    rate = figure(ledger, "en2018_selection_rate")
    assert rate.text("fr") == "les documents se contredisent"
    assert rate.caveats("fr") == [
        "Une partie compte au moins 800, son tout 781 au plus\u00a0: l’un exclut l’autre."
    ]
    assert {o.measure for o in rate.observations} == {"projects_awarded", "projects_introduced"}
    told = " ".join(trace_lines(figure(ledger, "en2018_projects"), "fr"))
    assert "plus que le nombre dont c’est une partie" in told
    row = next(one for one in winners_rows(ledger).rows if one.call == "EN2018")
    assert row.selection_rate.reason is Reason.CONTRADICTED
    ledger.connection.close()


def test_a_form_with_more_winners_than_applicants_is_told_at_its_place(built_copy, tmp_path):
    """950 of 812 typed into the form of numbers: the issue's call that was published and broke every page."""
    columns = ("document", "endroit", "mesure", "appel", "territoire", "valeur", "unité", "précision")
    rows = [
        ("lavenir-2022-05-28", "article", measure, "EN2021", "wallonia", n, "projects", "exact")
        for measure, n in (("projects_introduced", 812), ("projects_awarded", 950))
    ]
    path = tmp_path / "chiffres.csv"
    lines = [";".join(columns), *(";".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    plan = plan_import("observations", path, built_copy.project)
    (finding,) = plan.findings
    assert (finding.file, finding.line) == ("chiffres.csv", 3)
    assert "950" in finding.words("fr")
