"""Which column is which, wherever the header stands and however it is spelt."""

import pytest

from ennum_stats.imports.forms import CALL_FORM, FORMS
from ennum_stats.imports.lists.forms import LIST_FORMS
from ennum_stats.imports.spreadsheets.bounds import FileRefused
from ennum_stats.imports.spreadsheets.header import recognise, title_of
from ennum_stats.imports.spreadsheets.sheet import ForeignFile, ForeignRow, Sheet, SheetCell
from ennum_stats.languages import translate


def file(*rows, name=""):
    cells = [ForeignRow(n, tuple(SheetCell(c) for c in row)) for n, row in enumerate(rows, start=1) if row]
    return ForeignFile("liste.xlsx", (Sheet(name, tuple(cells)),))


def test_a_header_below_a_title_in_other_spellings():
    table = recognise(
        file(
            ("Appel 2031 : décision du Gouvernement",),
            (),
            ("CODE  APPEL", "Projets retenus*", "Divers", "titre du document", "Lauréats 2"),
            ("EN2031", "612", "x", "Décision"),
        ),
        CALL_FORM.fields,
    )
    assert table.header.number == 3
    assert table.positions == {"call": 0, "projects_awarded": 1, "title": 3}
    assert table.ignored == ("Divers", "Lauréats 2")
    assert [row.number for row in table.rows] == [4]
    assert table.cell(table.rows[0], "projects_awarded").value == "612"
    assert table.cell(table.rows[0], "budget_awarded").is_empty


def test_no_header():
    with pytest.raises(FileRefused, match="No columns"):
        recognise(file(("a", "b"), ("1", "2")), CALL_FORM.fields)
    with pytest.raises(FileRefused, match="No columns"):
        recognise(file(), CALL_FORM.fields)


def test_a_header_that_stands_too_low():
    rows = [("x",)] * 30 + [("Code de l’appel", "Programme", "Titre du document")]
    with pytest.raises(FileRefused, match="No columns"):
        recognise(file(*rows), CALL_FORM.fields)


def test_a_required_column_is_missing():
    with pytest.raises(FileRefused) as refused:
        recognise(file(("Programme", "Titre", "Éditeur")), CALL_FORM.fields)
    assert translate(refused.value.found, "de") == "Es fehlen Spalten: Code des Aufrufs."


def test_two_columns_of_one_meaning():
    header = ("Code de l’appel", "Budget", "Budget attribué", "Titre")
    with pytest.raises(FileRefused, match="“Budget” and “Budget attribué”"):
        recognise(file(header), CALL_FORM.fields)


def test_two_sheets_of_one_form_until_one_is_named():
    header = ("Code de l’appel", "Programme", "Titre")
    both = ForeignFile("liste.xlsx", (*file(header, name="Un").sheets, *file(header, name="Deux").sheets))
    with pytest.raises(FileRefused, match="Un, Deux"):
        recognise(both, CALL_FORM.fields)
    assert recognise(both, CALL_FORM.fields, "deux").sheet == "Deux"


@pytest.mark.parametrize("form", (FORMS | LIST_FORMS).values(), ids=FORMS | LIST_FORMS)
def test_no_name_means_two_columns(form):
    meant = {}
    for field in form.fields:
        for name in (*field.headings, *field.aliases):
            assert meant.setdefault(title_of(name), field.key) == field.key, name
    assert len({field.key for field in form.fields}) == len(form.fields)


# As lists of Walloon and Belgian administrations write them: with and without accents, articles, "N°" with a
# degree sign or an ordinal one, abbreviations, units.
SPELT = {
    "implantation": (
        "N°FASE", "Nº FASE", "N° Fase Impl.", "Nr FASE", "FASE (implantation)", "Fase implant.",
        "Matricule FASE", "FASE_IMPL", "Code Fase implantation", "Numéro Fase de l'implantation",
        "N° d’implantation", "  n°  fase *",
    ),
    "etablissement": (
        "N° Fase établ.", "FASE Ets", "N° de l'établissement", "Fase école", "etablissement fase",
    ),
    "school": (
        "Ecole", "ÉTABLISSEMENT", "Nom de l'école", "Nom de l’établissement scolaire",
        "Dénomination de l'école", "Dénomination", "Intitulé de l'établissement", "Bénéficiaire",
    ),
    "commune": ("COMMUNE", "Commune (implantation)", "Entité communale", "Ville"),
    "postal_code": ("C.P.", "CP", "Code postal"),
    "address": ("Adresse", "Rue et numéro", "Adresse de l’école"),
    "amount_eur": (
        "Montant (EUR)", "Montant en €", "Montant TVAC (€)", "Montant du subside", "Subside accordé",
        "Subvention octroyée (€)", "Budget (€)", "Budget accordé", "Montant  octroyé", "Montant alloué",
    ),
    "occurred_on": ("Date d'attribution", "Date de la décision", "Notifié le", "Date d’octroi", "Année"),
    "project": ("N° dossier", "Réf. dossier", "Numéro du projet", "Référence"),
}  # fmt: skip


@pytest.mark.parametrize("key", SPELT)
def test_titles_of_lists_in_many_spellings(key):
    for title in SPELT[key]:
        table = recognise(file((title, "Appel"), ("x", "EN2020")), LIST_FORMS["winners"].fields, "", 2)
        assert table.positions == {key: 0, "call": 1}, title


def test_what_is_not_certain_is_told_and_not_guessed():
    titles = ("FASE", "Montant", "Montant total", "Montant HTVA", "Localité", "Directeur", None)
    table = recognise(file(titles, tuple("12345678")), LIST_FORMS["winners"].fields, "", 2)
    assert table.positions == {"implantation": 0, "amount_eur": 1}
    assert table.ignored == ("Montant total", "Montant HTVA", "Localité", "Directeur", "G", "H")


def test_a_title_merged_with_cells_below_it():
    table = recognise(
        file(
            ("Lauréats de l’appel 2020", None, None, None),
            ("École", None, "Montant octroyé", "Date d’octroi"),  # merged: A2:B2, C2:C3, D2:D3
            ("N° FASE", "Commune", None, None),
            ("101", "Namur", "1,00", "2020"),
        ),
        LIST_FORMS["winners"].fields,
    )
    assert table.header.number == 3
    assert table.positions == {"implantation": 0, "commune": 1, "amount_eur": 2, "occurred_on": 3}
    assert [row.number for row in table.rows] == [4]
