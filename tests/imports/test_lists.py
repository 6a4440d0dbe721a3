"""Lists of schools as administrations make them: what is read, matched, refused, and never kept."""

import json
import os
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import UnknownName, UsageError, message
from ennum_stats.imports import FileRefused, ImportOptions, apply, plan_import, template
from ennum_stats.imports.report import plan_lines, plan_record
from ennum_stats.imports.workbooks import write_refused
from ennum_stats.languages import translate
from ennum_stats.store.build import build


def planned(schools, path, kind="winners", call="EN2020", **options):
    """The plan of a list; what it would change is another matter, and takes its time."""
    asked = ImportOptions(call=call, as_of="2020-06-27", **options)
    return plan_import(kind, path, schools.project, asked, looks_ahead=False)


def reasons(plan):
    return [(r.row, str(r.reason)) for r in plan.refused]


def test_a_messy_workbook_is_read_as_it_is(schools, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Lisez-moi"
    book.active["A1"] = "Service du numérique"
    sheet = book.create_sheet("Liste")
    sheet["A1"] = "Appel École Numérique 2020 : lauréats"
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["Contact", "FASE impl.", "ÉCOLE", "Commune", "Montant  octroyé (€)", "Date d’octroi"])
    sheet.append(["Jean Dupont, 081 23 45 67", "000 101", "Bouge", "Namur", "12 345,50 €", 43857])
    sheet.append(["jd@ecole.be", 102, "St-Aubain", "Namur", 1000.5, date(2020, 1, 28)])
    sheet.append(["x", None, "Athénée Royal de Huy", "HUY", "2.000,00", "29/01/2020"])
    sheet.append(["TOTAL", None, None, None, 15346, None])
    path = tmp_path / "lauréats.xlsx"
    book.save(path)

    unread = frozenset(("sheets",))  # "Lisez-moi"
    plan = plan_import(
        "winners", path, schools.project, ImportOptions(call="EN2020", as_of="2020-06-27", leave=unread)
    )
    assert reasons(plan) == []
    rows = [row.values for row in plan.new_rows if row.table == "participations"]
    assert [(r["implantation"], r["amount_eur"], r["occurred_on"]) for r in rows] == [
        ("101", "12345.5", "2020-01-27"),
        ("102", "1000.5", "2020-01-28"),
        ("104", "2000", "2020-01-29"),
    ]
    assert "Contact" in plan.ignored_columns
    assert any("total at the foot matches" in str(remark) for remark in plan.remarks)

    apply(plan)
    build(schools.project)
    again = planned(schools, path, leave=unread)
    assert (again.contents, again.already_there) == ({}, (4, 5, 6))
    assert_no_person(schools.project.root, b"Dupont", b"081 23", b"jd@")


def assert_no_person(root, *patterns):
    files = [p for p in root.rglob("*") if p.is_file() and "press_kit" not in p.name]
    assert files
    for path in files:
        data = path.read_bytes()
        for pattern in patterns:
            assert pattern not in data, path


def test_what_is_refused_goes_back_without_the_columns_of_persons(schools, csv_list, tmp_path):
    path = csv_list("FASE;Directeur;École;Montant", "999;Jean Dupont;Bouge (tél. 081/23.45.67);10,00")
    plan = planned(schools, path)
    back = write_refused(plan, tmp_path / "back.xlsx")
    values = [c.value for row in openpyxl.load_workbook(back).active.iter_rows() for c in row]
    assert {"999", "Bouge (tél. […])"} <= set(values)
    for told in (*map(str, values), *plan_lines(plan, "fr"), str(plan_record(plan, "fr"))):
        assert "Dupont" not in told
        assert "23.45" not in told


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("105;;;10,00;", "105 is a school of Bruxelles, not of Wallonia"),
        ("777;;;10,00;", "has no site 777"),
        ("12a;;;10,00;", "“12a” is no FASE number"),
        ("101, 102;;;10,00;", "one number a cell"),
        ("idem;;;10,00;", "“idem” stands for the cell above"),
        ("101;id.;;10,00;", "“id.” stands for the cell above"),
        ("9000001;;;10,00;", "Invented schools and real ones never stand"),
        (";Institut Saint-Aubain;Namur;10,00;", "Candidates: 102 Institut Saint-Aubain, Rue B 2 (100)"),
        (";École libre de Bouge;Namur;10,00;", "Not certain which site is meant"),
        (";École de Gand;Gand;10,00;", "Gand is not in Wallonia"),
        (";Bouge;;10,00;", "Give its FASE number, or its name and commune"),
        ("101;;;environ 500;", "An amount in full"),
        ("101;;;10.000;", "is the point for thousands"),
        ("101;;;7,500;", "is the comma for thousands or for decimals? Write 7500 or 7,50"),
        ("101;;;=A1;", "A formula stands here"),
        ("101;;;10,00;31/02/2020", "is no day"),
        ("101;a@b.be;Namur;10,00;", "looks like a telephone number or an e-mail"),
        ("101;;;(0475) 12 34 56;", "looks like a telephone number or an e-mail"),
    ],
)
def test_a_row_that_is_not_certain_is_not_taken_but_told(schools, csv_list, line, reason):
    path = csv_list("FASE;École;Commune;Montant;Date", line, "104;;;1,00;")
    plan = planned(schools, path)
    assert [row for row, _ in reasons(plan)] == [2]
    assert reason in reasons(plan)[0][1]
    assert plan.taken == (3,)


@pytest.mark.parametrize("number", ["FASE 101", "n° 101", "N° FASE : 101", "0 101", "101.00"])
def test_a_number_may_be_called_by_its_name(schools, csv_list, number):
    plan = planned(schools, csv_list("FASE;Montant", f"{number};1,00"))
    assert plan.new_rows[1].values["implantation"] == "101"


def test_a_list_without_rows_is_refused(schools, csv_list):
    with pytest.raises(FileRefused, match="Nothing stands below"):
        planned(schools, csv_list("FASE;Montant"))


def test_a_list_on_several_sheets_is_read_as_one_or_sheet_by_sheet(schools, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Liège"
    book.create_sheet("Namur")
    for sheet, number in zip(book, (101, 102), strict=True):
        sheet.append(("FASE", "Montant") if number == 101 else ("Bedrag", "Remarque", "FASE-Nummer"))
        sheet.append((number, 1) if number == 101 else (2, None, number))
        sheet.append(("Total", 1) if number == 101 else (2, None, "Total"))
    book.save(tmp_path / "a.xlsx")
    whole = planned(schools, tmp_path / "a.xlsx")
    assert (whole.taken, [question.name for question in whole.unanswered]) == ((2, 2002), [])
    rows = [row.values for row in whole.new_rows if row.table == "participations"]
    assert [(row["implantation"], row["amount_eur"]) for row in rows] == [("101", "1"), ("102", "2")]
    told = [translate(remark, "fr").replace("\u00a0", " ") for remark in whole.remarks]
    assert any("« Namur » (lignes 2002 à 2003)" in text for text in told), told
    book["Namur"].cell(3, 1, 5)
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(FileRefused, match="total in row 2003 is 5"):
        planned(schools, tmp_path / "b.xlsx")
    with pytest.raises(UnknownName, match="Liège, Namur"):
        planned(schools, tmp_path / "a.xlsx", sheet="Luxembourg")
    plan = planned(schools, tmp_path / "a.xlsx", sheet="namur", leave=frozenset(["sheets"]))
    assert plan.new_rows[1].values["implantation"] == "102"


def test_an_address_tells_two_sites_of_a_school_apart(schools, csv_list):
    path = csv_list("École;Commune;Adresse", "Inst. St-Aubain;Namur;Rue C, 3")
    assert planned(schools, path).new_rows[1].values["implantation"] == "103"


def test_the_same_award_twice_is_told_and_two_projects_are_not(schools, csv_list):
    twice = planned(schools, csv_list("FASE;Montant", "101;1,00", "101;1,00"))
    assert "The same award stands in row 2 already" in reasons(twice)[0][1]
    path = csv_list("FASE;Montant;N° dossier", "101;1,00;A", "101;1,00;B")
    assert planned(schools, path).taken == (2, 3)


def test_an_award_with_a_number_and_one_without_may_be_one(schools, csv_list):
    apply(planned(schools, csv_list("FASE;Montant;Dossier", "101;1,00;EN20-1", "102;2,00;")))
    plan = planned(schools, csv_list("FASE;Montant;Dossier", "101;1,00;", "102;2,00;EN20-2"))
    assert [reason for _, reason in reasons(plan)] == [
        f"This site has an award of this call already (“EN2020.awarded.{key}”): only numbers of "
        "projects tell two apart."
        for key in ("101.en20-1", "102")
    ]


def test_another_amount_for_the_same_award_changes_nothing(schools, csv_list):
    apply(planned(schools, csv_list("FASE;Montant", "101;1,00")))
    plan = planned(schools, csv_list("FASE;Montant", "101;2,00"))
    assert "there already with another content" in reasons(plan)[0][1]
    assert plan.contents == {}


def test_a_number_of_a_project_is_no_name(schools, csv_list):
    plan = planned(schools, csv_list("FASE;Dossier", "101;Jeanne Dupont", "102;bis", "103;EN20-7"))
    assert reasons(plan) == [(2, "This is no number of a project.")]


def test_a_school_that_is_not_on_its_site_is_refused_with_those_that_are(schools, csv_list):
    path = csv_list("FASE impl.;FASE école", "103;0 12", "103;13", "104;13,0", "101;999")
    plan = planned(schools, path)
    there = "in the register fwb-2019; there:"
    assert plan.taken == (2, 4)
    assert reasons(plan) == [
        (3, f"The school 13 is not on the site 103 {there} 12 Institut Saint-Aubain."),
        (5, f"The school 999 is not on the site 101 {there} 11 École communale de Bouge."),
    ]
    assert {refusal.column for refusal in plan.refused} == {"FASE école"}


def test_a_remark_that_begins_with_total_hides_no_award(schools, csv_list):
    path = csv_list(
        "FASE;École;Montant;Remarque", "101;Bouge;1,00;total versé en 2021", "Total;;1,00;",
        "102;Institut Total;2,00;", ";TOTAL GÉNÉRAL;3,00;",
    )  # fmt: skip
    plan = planned(schools, path, take=frozenset(["below-total"]))
    assert (plan.taken, plan.set_aside, plan.refused) == ((4,), (2,), ())


def test_a_total_that_only_another_column_names_is_one(schools, csv_list):
    path = csv_list("Rang;FASE;Montant", "1;101;1,00", "2;102;2,00", "Total;;3,00")
    plan = planned(schools, path)
    assert (plan.taken, plan.refused) == ((2, 3), ())
    with pytest.raises(FileRefused, match="row 4 is 4"):
        planned(schools, csv_list("Rang;FASE;Montant", "1;101;1,00", "2;102;2,00", "Total;;4,00"))


def test_a_total_that_does_not_match_refuses_the_file(schools, csv_list):
    path = csv_list("FASE;Montant", "101;1,00", "102;2,00", "Total;4,00")
    with pytest.raises(FileRefused, match="row 4 is 4, but the rows add up to 3"):
        planned(schools, path)
    assert not schools.path("rows/participations.csv").exists()


def test_refused_rows_keep_the_number_of_their_project(schools, csv_list, tmp_path):
    path = csv_list("FASE;Réf. dossier;Montant", "101;A-1;1,00", "FASE;Réf. dossier;Montant", "102;A-2;voir")
    plan = planned(schools, path)
    assert ("Réf. dossier", message("Number of the project")) in plan.columns
    assert [row for row, _ in reasons(plan)] == [4]
    refused = write_refused(plan, tmp_path / "refused.xlsx")
    book = openpyxl.load_workbook(refused)
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    header = next(row for row in rows if "FASE" in row)
    assert rows[-1][header.index("Réf. dossier")] == "A-2"
    amount = book.active.cell(len(rows), header.index("Montant") + 1)
    amount.value = "3,00"
    book.save(refused)
    again = planned(schools, refused)
    assert [r.values["project"] for r in again.new_rows if r.table == "participations"] == ["A-2"]


def test_an_amount_that_cannot_be_read_is_refused_by_row_and_the_total_not_compared(schools, csv_list):
    path = csv_list("FASE;Montant", "101;1,00", "102;voir annexe", "Total;4,00")
    plan = planned(schools, path)
    assert plan.taken == (2,)
    assert [(refusal.row, refusal.column) for refusal in plan.refused] == [(3, "Montant")]
    told = [str(remark) for remark in plan.remarks if "total in row 4" in str(remark)]
    assert told == ["The total in row 4 was not compared: amounts above it that cannot be read: 1."]


def test_deliveries_and_connections_have_their_own_columns(schools, csv_list):
    path = csv_list(
        "N° FASE implantation;Type de matériel;Qté;Date de livraison", "101;Tablettes;12;05/02/2020",
        "101;Tablettes;12;05/02/2020", "102;Tableaux;2;02/2020", "Total;;26;",
    )  # fmt: skip
    plan = planned(schools, path, "deliveries")
    assert plan.taken == (2, 3)
    assert "no single day" in reasons(plan)[0][1]
    apply(plan)
    assert planned(schools, path, "deliveries").contents == {}
    path = csv_list("FASE;Statut;Raccordé le", "101;sélectionné;", "102;installé;01/06/2020")
    plan = planned(schools, path, "connections", "")
    stages = [r.values["stage"] for r in plan.new_rows if r.table == "participations"]
    assert stages == ["selected", "installed"]
    apply(plan)
    build(schools.project)


def test_a_list_says_its_call_or_programme(schools, csv_list):
    path = csv_list("FASE;Date", "101;2014")
    with pytest.raises(UsageError, match="Of which call or programme"):
        planned(schools, path, "equipped", "")
    with pytest.raises(UnknownName, match="cyberclass"):
        planned(schools, path, "equipped", "", programme="cyberclass")
    assert planned(schools, path, "equipped", "", programme="cyberclasse").taken == (2,)


def test_without_a_register_a_list_is_refused(raw_copy, csv_list):
    with pytest.raises(FileRefused, match="No register of schools"):
        planned(raw_copy, csv_list("FASE;Montant", "101;1,00"))


def test_an_invented_list_never_enters_a_real_project(schools, csv_list):
    path = csv_list("DONNÉES FICTIVES", "FASE;Montant", "101;1,00")
    with pytest.raises(FileRefused, match="This list is invented"):
        planned(schools, path)


@pytest.mark.parametrize("kind", ["winners", "equipped", "connections", "deliveries"])
def test_the_empty_form_is_recognised_and_its_examples_are_not_imported(schools, tmp_path, kind):
    path = template(kind, schools.project, tmp_path / f"{kind}.xlsx")
    plan = planned(schools, path, kind)
    assert (plan.examples, plan.taken, plan.ignored_columns) == (1, (), ())


def test_a_list_is_shown_beside_what_was_published(schools, csv_list):
    """EN1 had 28 projects (press kit): a list of two has fewer, and says so before anything is written."""
    path = csv_list("FASE impl.;Montant", "101;100", "102;200")
    plan = plan_import("winners", path, schools.project, ImportOptions(call="EN1", as_of="2020-06-27"))
    assert [(c.measure, c.verdict) for c in plan.preview.comparisons.new] == [
        ("projects_awarded", "fewer"), ("budget_awarded", "fewer"),
    ]  # fmt: skip
    (line,) = [line for line in plan_lines(plan, "en") if "Projects awarded" in line]
    assert "2\u00a0projects in the lists, 28\u00a0projects published" in line
    assert line.endswith("less than published")
    apply(plan)
    build(schools.project)
    path = csv_list("FASE impl.;Montant", "101;1", "102;1", name="again.csv")
    same = plan_import("winners", path, schools.project, ImportOptions(call="EN2", as_of="2020-06-27"))
    assert {c.call for c in same.preview.comparisons.new} == {"EN2"}


# Published: 210 projects of EN3, 326 of EN2018 (press kit), these in 317 sites (Batichronique).
EXPLAINED = """reconciliation,measure,programme,call,listed,published,takes,reviewed_on,\
name_fr,name_de,name_nl,name_en
a,projects_awarded,ecole_numerique,EN3,1,210,list,2020-12,x,x,x,x
b,projects_awarded,ecole_numerique,EN2018,2,326,list,2020-12,x,x,x,x
c,sites_awarded,ecole_numerique,EN2018,2,317,list,2020-12,x,x,x,x
"""
RULES = ["en2018_closed_to_former", "en2018_closed_to_former_2"]


def test_a_list_that_breaks_a_rule_says_so_before_and_after(schools, csv_list):
    """Two documents say that EN2018 was closed to the winners of EN3; site 101 won both."""
    apply(planned(schools, csv_list("FASE impl.;Dossier", "101;A"), call="EN3"))
    schools.path("rows/reconciliations.csv").write_text(EXPLAINED, "utf-8")
    path = csv_list("FASE impl.;Dossier", "101;A", "102;B")
    plan = plan_import("winners", path, schools.project, ImportOptions(call="EN2018", as_of="2020-06-27"))
    assert [(b.call, b.excluded_call, b.sites) for b in plan.preview.breaches.new] == [
        ("EN2018", "EN3", 1)
    ] * 2
    line, _ = [line for line in plan_lines(plan, "en") if line.endswith("breaks a rule")]
    assert "EN2018 and EN3: 1\u00a0school site in both lists" in line
    assert "“EN2018: open only to school sites without a project in EN3 or EN2017”" in line
    assert [one["rule"] for one in plan_record(plan, "en")["breaches"]] == RULES
    apply(plan)
    build(schools.project)
    root = os.fspath(schools.project.root)
    answer = CliRunner().invoke(app, ["--root", root, "reconcile", "--format", "json"])
    assert answer.exit_code == 0
    assert "Règles enfreintes par les listes\u00a0: 2." in answer.stderr
    rows = [row for row in json.loads(answer.stdout) if row["rule"]]
    assert [row["rule"] for row in rows] == RULES
    assert {(row["verdict"], row["listed"], row["published"]) for row in rows} == {("breaks", 1, 0)}
    more = csv_list("FASE impl.;Dossier", "103;C", name="more.csv")
    other = plan_import("winners", more, schools.project, ImportOptions(call="EN2017", as_of="2020-06-27"))
    assert other.preview.breaches.new == ()


LINKS = """implantation,same_as,reason,reviewed_on
96,98,même adresse,2026-11-24
98,101,même adresse,2026-11-24
104,204,même adresse,2026-11-24
"""


@pytest.mark.parametrize("number", ["101", "98", "96"])
def test_a_number_is_the_site_at_the_end_of_its_chain_of_links(schools, csv_list, number):
    schools.path("rows/site_links.csv").write_text(LINKS, "utf-8")
    plan = planned(schools, csv_list("FASE;FASE établ.;Montant", f"{number};11;1,00"))
    assert (plan.refused, plan.taken) == ((), (2,))


def test_the_list_may_know_the_later_number_and_the_register_the_former(schools, csv_list):
    schools.path("rows/site_links.csv").write_text(LINKS, "utf-8")
    assert planned(schools, csv_list("FASE;Montant", "204;1,00")).taken == (2,)
    wrong = planned(schools, csv_list("FASE;FASE établ.;Montant", "204;11;1,00"))
    assert "not on the site 204" in reasons(wrong)[0][1]
    assert "13 Athénée royal de Huy" in reasons(wrong)[0][1]


@pytest.mark.parametrize("project", ["", "A"])
def test_two_numbers_of_one_site_are_not_two_awards(schools, csv_list, project):
    schools.path("rows/site_links.csv").write_text(LINKS, "utf-8")
    rows = (f"101;1,00;{project}", f"96;1,00;{project}", f"98;1,00;{project and 'B'}")
    plan = planned(schools, csv_list("FASE;Montant;N° dossier", *rows))
    assert plan.taken == ((2, 4) if project else (2,))
    assert all("has an award of this call already" in reason for _, reason in reasons(plan))
