"""The workbook of refused rows is always left somewhere, and never stops an import; a list that is loaded is
not asked for."""

import os

import openpyxl
import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.imports import ImportOptions, apply, plan_import
from ennum_stats.store.build import build

NAME = "liste-refus.xlsx"


@pytest.fixture
def imported(schools, tmp_path, csv_list, monkeypatch):
    """Imports a list of which one row is refused; what stands in the way is a folder of the same name, which
    nobody may write as a file, whatever the rights of the tester."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    path = csv_list("FASE;Montant", "101;1,00", "999;2,00", name="liste.csv")

    def run(*in_the_way, options=("--yes",)):
        for folder in in_the_way:
            (folder / NAME).mkdir(parents=True)
        root = os.fspath(schools.project.root)
        asked = ("winners", os.fspath(path), "--call", "EN2020", "--as-of", "2020-06", *options)
        return CliRunner().invoke(app, ["--root", root, "import", *asked])

    return run, path.parent, schools.project.reports, here


def refused_in(folder):
    sheet = openpyxl.load_workbook(folder / NAME).active
    return [row[2].value for row in sheet.iter_rows(min_row=2)]


def is_written(reports):
    path = reports.parent / "data" / "raw" / "rows" / "participations.csv"
    return path.is_file() and "EN2020.awarded.101" in path.read_text("utf-8")


def test_it_stands_beside_the_file(imported):
    run, beside, reports, _ = imported
    answer = run(options=("--dry-run",))
    assert refused_in(beside) == ["999"]
    assert str(beside / NAME) in answer.stderr
    assert "ne pouvait pas" not in answer.stderr
    assert not reports.exists()
    book = openpyxl.load_workbook(beside / NAME)
    book.active["C2"] = "101"
    book.save(beside / NAME)
    before = (beside / NAME).read_bytes()
    again = run()
    assert (beside / NAME).read_bytes() == before, "somebody may be mending it"
    assert str(beside / NAME.replace(".", "-2.")) in again.stderr
    assert "Lignes écrites : 1 ; non écrites, car refusées : 1." in again.stderr.replace("\u00a0", " ")


def test_else_in_the_reports_of_the_project_and_the_import_goes_on(imported):
    run, beside, reports, _ = imported
    answer = run(beside)
    assert refused_in(reports) == ["999"]
    assert str(reports / NAME) in answer.stderr
    assert "ne pouvait pas être enregistré à côté du fichier" in answer.stderr
    assert is_written(reports)


def test_else_in_the_current_folder(imported):
    run, beside, reports, here = imported
    answer = run(beside, reports, options=("--dry-run",))
    assert refused_in(here) == ["999"]
    assert str(here / NAME) in answer.stderr


def test_and_where_no_folder_takes_it_that_is_told_and_the_import_goes_on(imported):
    run, beside, reports, here = imported
    answer = run(beside, reports, here)
    assert "ne peut être enregistré nulle part" in answer.stderr
    assert NAME in answer.stderr
    assert is_written(reports)


def test_a_list_that_is_not_built_yet_is_not_asked_for_once_more(schools, csv_list):
    build(schools.project)
    asked = ["reconcile", "--root", str(schools.project.root)]
    before = CliRunner().invoke(app, asked)
    assert "ennum import winners --call EN2020" in before.stdout
    assert "ennum build" not in before.stderr
    options = ImportOptions(call="EN2020", as_of="2020-06-27")
    path = csv_list("FASE;Montant", "101;1,00")
    apply(plan_import("winners", path, schools.project, options, looks_ahead=False))
    after = CliRunner().invoke(app, asked)
    assert "ennum import" not in after.stdout
    assert "ennum build" in after.stderr
