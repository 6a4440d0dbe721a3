"""What is doubtful in a list before its rows are read: sheets, columns, sections, decisions. Every file is
made here; schools and amounts are invented (données fictives)."""

from itertools import cycle

import openpyxl
import pytest

from ennum_stats.imports import ImportRefused, apply, template
from ennum_stats.imports.lists.verdicts import Selection, is_quotable, says_where, verdict
from ennum_stats.imports.report import plan_lines, plan_record
from tests.conftest import covering
from tests.imports.conftest import asked


@pytest.fixture
def workbook(tmp_path):
    """Makes a list of these rows, after something is done to its book."""

    def made(*rows, change=lambda book: None):
        book = openpyxl.Workbook()
        book.active.title = "Liste"
        for row in rows:
            book.active.append(row)
        change(book)
        path = tmp_path / "lauréats.xlsx"
        book.save(path)
        return path

    return made


def told(plan, language="fr"):
    return "\n".join(plan_lines(plan, language)).replace("\u00a0", " ")


HEADER = ("N° FASE", "École", "Montant")
SITES = ((101, "École A", 1), (102, "École B", 2), (104, "École C", 3))


# --- sheets and columns -----------------------------------------------------------------------------


def another_sheet(name, state="visible", rows=3):
    def change(book):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for number in range(rows):
            sheet.append(["à lire", number])

    return change


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_a_sheet_that_is_not_read_is_told_and_asked_about(workbook, planned, state):
    path = workbook(HEADER, *SITES, change=another_sheet("Réserve", state))
    plan = planned(path)
    assert asked(plan) == {"sheets": ()}
    assert plan.taken == (2, 3, 4)
    kind = "" if state == "visible" else "masquée, "
    assert f"« Réserve » ({kind}lignes : 3)" in told(plan)
    assert planned(path, leave=["sheets"]).unanswered == ()
    taken = planned(path, take=["sheets"])
    with pytest.raises(ImportRefused, match=r"sheets.*can only be left: leave=.sheets"):
        apply(taken)


def test_an_empty_sheet_asks_nothing(workbook, planned):
    path = workbook(HEADER, *SITES, change=another_sheet("Feuil2", rows=0))
    assert planned(path).questions == ()


def test_a_hidden_sheet_is_read_only_by_its_name(workbook, planned):
    def hidden_list(book):
        sheet = book.create_sheet("Réserve")
        sheet.append(HEADER)
        sheet.append((104, "École C", 3))
        sheet.sheet_state = "hidden"

    path = workbook(HEADER, *SITES[:2], change=hidden_list)
    assert planned(path).taken == (2, 3)
    named = planned(path, sheet="Réserve", leave=["sheets"], take=["list-title"])
    assert named.taken == (2,)


def test_the_sheets_of_our_own_form_are_no_question(schools, planned, tmp_path):
    path = template("winners", schools.project, tmp_path / "winners.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    [number] = [cell.column for cell in sheet[3] if cell.value == "N° FASE de l’implantation"]
    sheet.cell(6, number, 101)
    book.save(path)
    plan = planned(path)
    assert (plan.questions, plan.taken) == ((), (6,))


def hide_amounts(book):
    book.active.column_dimensions["C"].hidden = True


def test_a_hidden_column_that_would_be_read_is_asked_about(workbook, planned):
    path = workbook(HEADER, *SITES, change=hide_amounts)
    plan = planned(path)
    assert asked(plan) == {"hidden-columns": ()}
    assert "Colonnes masquées dans le classeur : Montant." in told(plan)
    amounts = [row.values["amount_eur"] for row in plan.new_rows if "amount_eur" in row.values]
    assert amounts == ["1", "2", "3"]
    left = planned(path, leave=["hidden-columns"])
    assert {row.values.get("amount_eur", "") for row in left.new_rows} == {""}
    assert "Montant" in left.ignored_columns
    assert planned(path, take=["hidden-columns"]).unanswered == ()


def test_a_hidden_column_that_is_not_read_is_no_question(workbook, planned):
    path = workbook(("N° FASE", "Montant", "Contact"), (101, 1, "x"), change=hide_amounts)
    assert planned(path).questions == ()


# --- sections ---------------------------------------------------------------------------------------

REFUSED = (
    "Projets non retenus", "Réserve", "Liste d’attente", "Refusés", "PROJETS REFUSÉS",
    "Dossiers irrecevables", "Désistements", "Liste de réserve n° 2", "Autres demandes",
)  # fmt: skip


@pytest.mark.parametrize(("title", "place"), covering(zip(REFUSED, cycle([0, 1, 3]), strict=False), 4))
def test_rows_below_a_title_that_is_not_of_winners_are_a_question(workbook, planned, title, place):
    row = [None] * 4
    row[place] = title
    path = workbook((*HEADER, "Contact"), *SITES[:2], row, *SITES[2:])
    plan = planned(path)
    assert asked(plan) == {"section-4": (5,)}
    assert (plan.taken, plan.set_aside, plan.refused) == ((2, 3), (5,), ())
    assert planned(path, take=["section-4"]).taken == (2, 3, 5)
    assert planned(path, leave=["section-4"]).taken == (2, 3)


def test_rows_below_a_title_of_winners_are_taken(workbook, planned):
    path = workbook(HEADER, ("Projets refusés",), SITES[0], ("Lauréats de l’appel 2020",), *SITES[1:])
    plan = planned(path)
    assert (asked(plan), plan.taken) == ({"section-2": (3,)}, (5, 6))


def test_titles_of_places_change_nothing(workbook, planned):
    path = workbook(
        HEADER, ("Province de Namur",), SITES[0], ("Non retenus",), (None, "HUY"), SITES[1],
        ("Réseau libre",), SITES[2],
    )  # fmt: skip
    plan = planned(path)
    assert (asked(plan), plan.taken, plan.refused) == ({"section-4": (6, 8)}, (3,), ())


def test_a_title_may_stand_beside_a_number_of_its_rows(workbook, planned):
    path = workbook(HEADER, SITES[0], ("Réserve", None, 5), *SITES[1:])
    assert asked(planned(path)) == {"section-3": (4, 5)}


def test_a_site_with_nothing_but_its_number_is_no_title(workbook, planned):
    plan = planned(workbook(HEADER, (101,), (102,)))
    assert (plan.questions, plan.taken) == ((), (2, 3))


def test_a_school_with_nothing_but_its_name_is_no_title_but_told(workbook, planned):
    plan = planned(workbook(HEADER, (None, "Institut Saint-Aubain"), SITES[0]))
    assert (plan.questions, plan.taken, plan.refused_rows) == ((), (3,), (2,))


def test_a_title_that_could_name_a_person_is_not_quoted(workbook, planned):
    path = workbook(HEADER, SITES[0], (None, None, None, "Refusés par Jean Dupont"), SITES[1])
    plan = planned(path)
    assert asked(plan) == {"section-3": (4,)}
    assert "sous le titre de la ligne 3" in told(plan)
    assert "Dupont" not in told(plan) + str(plan_record(plan, "fr"))


@pytest.mark.parametrize("above", [True, False])
def test_a_list_with_a_title_of_refusal_is_a_question_as_a_whole(workbook, planned, above):
    def name(book):
        book.active.title = "Liste" if above else "Non retenus"

    head = [("Appel École Numérique 2020 : projets non retenus",)] if above else [("École Numérique",)]
    plan = planned(workbook(*head, HEADER, *SITES, change=name))
    assert (asked(plan), len(plan.unanswered), plan.taken) == ({"list-title": (3, 4, 5)}, 1, (3, 4, 5))
    with pytest.raises(ImportRefused, match="list-title"):
        apply(plan)


def test_each_section_may_have_its_own_total(workbook, planned):
    path = workbook(
        HEADER, SITES[0], SITES[1], ("TOTAL", None, 3), ("Réserve",), SITES[2], ("TOTAL", None, 3)
    )
    plan = planned(path)
    assert (plan.taken, plan.set_aside) == ((2, 3), (6,))


# --- decisions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "yes", "no", "name"),
    [
        ("Décision", "Retenu", "Refusé", "decision-refuse"),
        ("Statut du projet", "retenue", "En attente", "statut-en-attente"),
        ("Avis", "Avis favorable", "Avis défavorable", "avis-avis-defavorable"),
        ("Retenu ?", "x", None, "retenu-empty"),
        ("Retenu ?", "Oui", "Non", "retenu-non"),
        ("Retenu", True, False, "retenu-faux"),
        ("Avis", "Favorable", "Favorable moyennant adaptation", "avis-other"),
        ("Résultat", "Lauréat", "Réserve", "resultat-reserve"),
        ("Refusé ?", None, "x", "refuse-x"),
        ("Refusé ?", "non", "oui", "refuse-oui"),
    ],
)
def test_rows_without_a_clear_yes_are_a_question(workbook, planned, heading, yes, no, name):
    rows = [(*site, text) for site, text in zip(SITES, (yes, no, yes), strict=True)]
    path = workbook((*HEADER, heading), *rows)
    plan = planned(path)
    assert asked(plan) == {name: (3,)}
    assert plan.taken == (2, 4)
    assert f"Colonne « {heading} » : " in told(plan)
    assert planned(path, take=[name]).taken == (2, 3, 4)


def test_the_values_of_a_decision_are_told_with_their_counts(workbook, planned):
    values = ("Retenu", "Refusé", "Retenu")
    rows = [(*site, text) for site, text in zip(SITES, values, strict=True)]
    assert "Colonne « Statut » : Retenu (2) et Refusé (1)." in told(
        planned(workbook((*HEADER, "Statut"), *rows))
    )


def test_a_decision_that_could_name_a_person_is_not_quoted(workbook, planned):
    plan = planned(workbook((*HEADER, "Avis"), (*SITES[0], "Jean Dupont : favorable")))
    assert asked(plan) == {"avis-other": (2,)}
    assert "Dupont" not in told(plan) + str(plan_record(plan, "fr"))


@pytest.mark.parametrize("heading", ["Date de la décision", "Motif du refus", "Remarque", "Avis n°"])
def test_other_columns_decide_nothing(workbook, planned, heading):
    plan = planned(workbook((*HEADER, heading), (*SITES[0], "27/01/2020")))
    assert (plan.questions, plan.taken) == ((), (2,))


# --- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lauréats", Selection.WON),
        ("Projets sélectionnés par le jury", Selection.WON),
        ("Sélectionnés sous réserve", Selection.NOT_WON),
        ("Pas retenu", Selection.NOT_WON),
        ("N", Selection.NOT_WON),
        ("Liste n° 2", Selection.UNCLEAR),
        ("", Selection.UNCLEAR),
    ],
)
def test_one_word_against_is_enough(text, said):
    assert verdict(text) is said


def test_only_known_words_are_quoted():
    assert is_quotable("Liste de réserve, appel 2020")
    assert not is_quotable("Dupont")
    assert not is_quotable("Refusé : 0475 12 34 56")


@pytest.mark.parametrize("text", ["Province de Liège", "Somme-Leuze", "Commune de Huy", "Page 2"])
def test_a_title_of_a_place_says_where(text):
    assert says_where(text)


@pytest.mark.parametrize("text", ["Réserve", "Jean Dupont", "Autres", "Province inconnue"])
def test_another_title_does_not(text):
    assert not says_where(text)
