"""What is doubtful in a file is told, asked, and set aside until it is answered. Every file is made here;
schools and amounts are invented (données fictives)."""

import json
from types import SimpleNamespace

import openpyxl
import pytest
from openpyxl.styles import Font
from typer.testing import CliRunner

from ennum_stats.cli import app, steward
from ennum_stats.errors import UsageError
from ennum_stats.imports import FileRefused, ImportRefused, apply
from ennum_stats.imports.removal import plan_removal, remove
from ennum_stats.imports.report import plan_lines, plan_record
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.raw.history import entries
from tests.imports.conftest import asked, rows_of

ROWS = ((101, "10,00"), (102, "20,00"), (104, "30,00"))


@pytest.fixture
def workbook(tmp_path):
    """Makes a list of three sites, in rows 2 to 4, after something is done to its sheet."""

    def made(change=lambda sheet: None, rows=ROWS, header=("N° FASE", "Montant")):
        book = openpyxl.Workbook()
        for row in (header, *rows):
            book.active.append(row)
        change(book.active)
        path = tmp_path / "lauréats.xlsx"
        book.save(path)
        return path

    return made


def hide_row(sheet):
    sheet.row_dimensions[3].hidden = True


def filter_rows(sheet):
    sheet.auto_filter.ref = "A1:B4"
    sheet.auto_filter.add_filter_column(0, ["101", "104"])
    sheet.row_dimensions[3].hidden = True


@pytest.mark.parametrize("hide", [hide_row, filter_rows])
def test_hidden_rows_are_asked_about_and_taken_only_when_told(workbook, planned, hide):
    path = workbook(hide)
    plan = planned(path)
    assert asked(plan) == {"hidden-rows": (3,)}
    assert (plan.taken, plan.set_aside, plan.rows_read) == ((2, 4), (3,), 3)
    with pytest.raises(ImportRefused, match="hidden-rows"):
        apply(plan)
    left = planned(path, leave=["hidden-rows"])
    assert (left.unanswered, left.taken, left.set_aside) == ((), (2, 4), (3,))
    taken = planned(path, take=["hidden-rows"])
    assert (taken.unanswered, taken.taken, taken.set_aside) == ((), (2, 3, 4), ())


def test_an_answer_is_one_of_two(workbook, planned):
    with pytest.raises(UsageError, match="hidden-rows"):
        planned(workbook(hide_row), take=["hidden-rows"], leave=["hidden-rows"])


def test_a_file_without_doubts_asks_nothing(workbook, planned):
    plan = planned(workbook())
    assert (plan.questions, plan.set_aside, plan.taken) == ((), (), (2, 3, 4))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_said_with_its_name_and_rows(workbook, planned, language):
    lines = "\n".join(plan_lines(planned(workbook(hide_row)), language))
    assert "hidden-rows" in lines
    assert "(1)" in lines


def test_questions_are_in_the_record(workbook, planned):
    record = plan_record(planned(workbook(hide_row)), "en")
    [question] = record["questions"]
    assert (question["name"], question["rows"], question["answer"]) == ("hidden-rows", [3], None)
    assert record["set_aside"] == [3]


def import_with(schools, path, *options, **typed):
    arguments = ["import", "winners", str(path), "--call", "EN2020", "--as-of", "2020-06-27"]
    root = ["--root", str(schools.project.root)]
    return CliRunner().invoke(app, [*root, *arguments, *options], **typed)


@pytest.mark.parametrize("options", [(), ("--yes",), ("--dry-run",), ("--format", "json")])
def test_nothing_is_written_while_a_question_is_open(schools, workbook, options):
    result = import_with(schools, workbook(hide_row), *options)
    assert result.exit_code == 1
    assert "--take hidden-rows" in result.output
    assert "--leave hidden-rows" in result.output
    assert not schools.path("rows/participations.csv").exists()
    if "json" in options:
        assert json.loads(result.stdout)["questions"][0]["name"] == "hidden-rows"


def test_who_would_not_leave_a_sheet_is_asked_once_and_told_how_to_read_it(schools, workbook, monkeypatch):
    def add_a_sheet(sheet):
        sheet.parent.create_sheet("Réserve").append(["à lire", 1])

    streams = {"stdin": True, "stderr": False}
    terminal = {name: SimpleNamespace(isatty=lambda t=t: t) for name, t in streams.items()}
    monkeypatch.setattr(steward, "sys", SimpleNamespace(**terminal))
    result = import_with(schools, workbook(add_a_sheet), "--lang", "en", input="n\n")
    assert result.exit_code == 1
    assert result.output.count("Leave it unread?") == 1
    assert "--sheet" in result.output
    assert "can only be left: --leave sheets" in result.output
    assert not schools.path("rows/participations.csv").exists()


def test_the_answer_is_an_option_of_the_command(schools, workbook):
    result = import_with(schools, workbook(hide_row), "--leave", "hidden-rows", "--yes")
    assert result.exit_code == 0
    text = schools.path("rows/participations.csv").read_text("utf-8")
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == [
        "EN2020.awarded.101", "EN2020.awarded.104",
    ]  # fmt: skip


STRUCK = ("N° FASE", "École", "Montant")


@pytest.fixture
def struck(tmp_path):
    """A list with two rows of a question: one is struck out whole, of the other the amount alone."""
    book = openpyxl.Workbook()
    for row in (STRUCK, (101, "Bouge", 1), (102, "Saint-Aubain", 2), (104, "Huy", 3)):
        book.active.append(row)
    for place in ("A3", "B3", "C3", "C4"):
        book.active[place].font = Font(strike=True)
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


def test_each_row_of_a_question_may_have_its_own_answer(planned, struck):
    assert planned(struck).unanswered[0].rows == (3, 4)
    plan = planned(struck, take=["struck-through:4"], leave=["struck-through:3"])
    assert (plan.unanswered, plan.taken, plan.set_aside) == ((), (2, 4), (3,))
    assert [(question.answer, question.of_rows) for question in plan.questions] == [
        ("rows", {3: "leave", 4: "take"})
    ]
    half = planned(struck, take=["struck-through:4"])
    assert [question.name for question in half.unanswered] == ["struck-through"]
    others = planned(struck, take=["struck-through:2-4"])
    assert (others.unanswered, others.taken) == ((), (2, 3, 4))


@pytest.mark.parametrize("rows", ["", "a", "3-", "3--4", "1-2-3"])
def test_rows_that_are_none_are_told(planned, struck, rows):
    with pytest.raises(UsageError, match="names no rows"):
        planned(struck, take=[f"struck-through:{rows}"])


def test_a_row_cannot_be_taken_and_left(planned, struck):
    with pytest.raises(UsageError, match="struck-through"):
        planned(struck, take=["struck-through:3,4"], leave=["struck-through:4"])


def test_a_site_that_a_person_chose_is_that_of_every_row_that_says_the_same(planned, csv_list):
    path = csv_list(
        "École;Commune;N° du projet;Montant",
        "Saint-Obin;Namur;A-1;1", "Saint-Obin;Namur;A-2;2", "Ath. de Huy;Huy;A-3;3", "Bouge;Namur;A-4;4",
    )  # fmt: skip
    plan = planned(path)
    candidates = {refusal.row: [site.implantation for site in refusal.candidates] for refusal in plan.refused}
    assert {*candidates[2][:2]} == {"102", "103"}
    assert candidates[4][0] == "104"
    chosen = planned(path, sites={2: "103", 4: "104"})
    sites = {row.row: row.values["implantation"] for row in chosen.new_rows if row.table == "participations"}
    assert {row: sites[row] for row in (2, 3, 4)} == {2: "103", 3: "103", 4: "104"}
    absent = planned(path, sites={2: "999"})
    assert {2, 3} <= {*absent.refused_rows}


def test_a_spelling_is_remembered_for_the_next_list_and_never_beside_what_contradicts_it(
    schools, planned, csv_list
):
    """Site 103 is that of the Rue C; the name is none of the register, so that only a person can have said it."""
    header = "École;Commune;Adresse;N° du projet"
    first = csv_list(header, "Les Lilas d’Aubain;Namur;;1", "École communale;Namur;;2", name="a.csv")
    plan = planned(first, sites={2: "103", 3: "102"}, remembered_by="Tester")
    assert any("many schools" in str(remark) and "(1): 3" in str(remark) for remark in plan.remarks)
    apply(plan)
    [alias] = rows_of(schools.project.raw / "rows" / "school_aliases.csv")
    assert (alias["implantation"], alias["spelling"], alias["decided_by"]) == (
        "103",
        "Les Lilas d’Aubain",
        "Tester",
    )
    assert {"school_aliases", "participations"} <= entries(schools.project)[-1].rows().keys()
    again = [
        "LES LILAS D'AUBAIN;Namur;;11", "Les Lilas d’Aubain;Namur;Rue B 2;12", "Les Lilas d’Aubain;Huy;;13",
        "École communale;Namur;;14", "Les Lilas d’Aubain;Namur;Rue C 3;15",
    ]  # fmt: skip
    second = planned(csv_list(header, *again, name="b.csv"), as_of="2020-07")
    taken = {row.row: row.values["implantation"] for row in second.new_rows if row.table == "participations"}
    assert taken == {2: "103", 6: "103"}
    assert any(
        "spelling that is remembered" in str(remark) and "2, 6" in str(remark) for remark in second.remarks
    )
    other = planned(
        csv_list(header, "Les Lilas d’Aubain;Namur;;21", name="c.csv"), sites={2: "101"}, remembered_by="X"
    )
    assert not [row for row in other.new_rows if row.table == "school_aliases"]
    remove(plan_removal(schools.project, "alias", [alias["alias"]]))
    assert planned(csv_list(header, "Les Lilas d’Aubain;Namur;;31", name="d.csv")).refused_rows == (2,)


def test_what_titles_of_a_sender_mean_is_remembered_for_it_alone(schools, planned, csv_list):
    """“Code” may be anything: this sender means the site."""
    header = "Code;Octroi final;Commune"
    first = csv_list(header, "101;5,00;Namur", name="a.csv")
    said = {
        "columns": {"Code": "N° FASE de l’implantation", "Octroi final": "amount_eur"},
        "sender": "Cellule EN",
    }
    plan = planned(first, titles_remembered_by="Tester", **said)
    [row] = [row.values for row in plan.new_rows if row.table == "participations"]
    assert (row["implantation"], row["amount_eur"]) == ("101", "5")
    apply(plan)
    titles = rows_of(schools.project.raw / "rows" / "column_titles.csv")
    assert [(each["title"], each["field"], each["decided_by"]) for each in titles] == [
        ("Code", "implantation", "Tester"), ("Octroi final", "amount_eur", "Tester"),
    ]  # fmt: skip
    second = csv_list(header, "102;6,00;Namur", name="b.csv")
    again = planned(second, sender="Cellule EN", as_of="2020-07")
    [row] = [row.values for row in again.new_rows if row.table == "participations"]
    assert (row["implantation"], row["amount_eur"], again.unanswered) == ("102", "6", ())
    assert any("Code → N° FASE" in translate(remark, "fr") for remark in again.remarks)
    with pytest.raises(FileRefused):
        planned(second, sender="Somebody else")
    with pytest.raises(UsageError, match="no field “nothing”"):
        planned(second, columns={"Code": "nothing"})
