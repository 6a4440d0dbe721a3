"""Which column is which, wherever the header stands and however it is spelt."""

import pytest

from ennum_stats.imports.columns import recognise
from ennum_stats.imports.foreign import Cell, FileRefused, ForeignFile, ForeignRow, Sheet
from ennum_stats.imports.forms import CALL_FORM, FORMS
from ennum_stats.imports.names import fold


def file(*rows, name=""):
    cells = [
        ForeignRow(n, tuple(Cell(c) for c in row)) for n, row in enumerate(rows, start=1) if row
    ]
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
    with pytest.raises(FileRefused, match="Columns are missing: Code de l’appel"):
        recognise(file(("Programme", "Titre", "Éditeur")), CALL_FORM.fields)


def test_two_columns_of_one_meaning():
    header = ("Code de l’appel", "Budget", "Budget attribué", "Titre")
    with pytest.raises(FileRefused, match="“Budget” and “Budget attribué”"):
        recognise(file(header), CALL_FORM.fields)


def test_two_sheets_of_one_form_until_one_is_named():
    header = ("Code de l’appel", "Programme", "Titre")
    both = ForeignFile(
        "liste.xlsx", (*file(header, name="Un").sheets, *file(header, name="Deux").sheets)
    )
    with pytest.raises(FileRefused, match="Un, Deux"):
        recognise(both, CALL_FORM.fields)
    assert recognise(both, CALL_FORM.fields, "deux").sheet == "Deux"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_name_means_two_columns(form):
    names = [
        (fold(name), field.key) for field in form.fields for name in set(map(fold, field.names))
    ]
    assert len({name for name, _ in names}) == len(names)
    assert len({field.key for field in form.fields}) == len(form.fields)
