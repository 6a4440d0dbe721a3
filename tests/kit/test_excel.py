"""The workbook: figures with their bounds, a sheet a chart with its data, charts that Excel draws."""

import zipfile

import openpyxl
import pytest


@pytest.fixture(scope="module")
def path(kit):
    return kit / "fr" / "press-kit.xlsx"


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def figures(book):
    rows = list(book["Chiffres"].iter_rows(values_only=True))
    return {row[rows[0].index("Nom")]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}


def test_sheets(book):
    first, second, *charts = book.sheetnames
    assert (first, second, charts[0]) == ("Lisez-moi", "Chiffres", "1 Ligne du temps des…")
    assert [name.partition(" ")[0] for name in charts] == [str(number) for number in range(1, 14)]
    index = [cell for (cell,) in book[first].iter_rows(max_col=1, values_only=True)]
    assert index[-len(book.sheetnames) :] == ["Feuille", second, *charts]
    assert all(len(name) <= 31 and len(name.split()) > 2 for name in charts)  # Excel takes no more letters


def test_a_figure_stands_with_value_bounds_words_and_source(figures):
    """Section 2.2 of the kit: 85 millions, rounded; section 3: between 14 and 16 persons."""
    budget = figures["cyberclasse_budget"]
    assert (budget["Valeur"], budget["Au moins"], budget["Au plus"]) == (85e6, 84.5e6, 85.5e6)
    assert budget["Unité"] == "euros"
    assert budget["En mots"] == "environ 85\u00a0millions d’euros"
    assert budget["Source"] == "SPW, section\u00a02.2"
    team = figures["staff_cyberclasse"]
    assert (team["Valeur"], team["Au moins"], team["Au plus"]) == (None, 14, 16)


def test_heads_are_frozen_and_numbers_have_formats(book):
    assert book["Chiffres"].freeze_panes == "C2"
    assert book["Chiffres"]["C2"].number_format == '#,##0\\ "€"'
    assert book.worksheets[4].freeze_panes == "B5"


def test_a_bound_is_shown_to_more_places_than_its_value(book):
    """44.779% of the school sites are reached at least: “44.8%” would be more than is proved."""
    shown = [
        (cell.value, cell.number_format)
        for row in book["Chiffres"].iter_rows(min_row=2, min_col=4, max_col=5)
        for cell in row
        if isinstance(cell.value, float) and not cell.value.is_integer() and "%" in cell.number_format
    ]
    assert shown
    for value, form in shown:
        places = len(form.partition(".")[2].rstrip('%"')) + (0 if '"' in form else 2)
        assert abs(round(value, places) - value) <= 1e-6


def test_charts_are_excels_own(path):
    with zipfile.ZipFile(path) as archive:
        charts = [n for n in archive.namelist() if n.startswith("xl/charts/chart")]
        texts = b"".join(archive.read(n) for n in archive.namelist() if "drawings/drawing" in n)
    assert len(charts) == 12  # the time line has no numbers to draw
    assert texts.count(b"descr=") == 12


def test_properties_do_not_tell_when_it_was_made(book):
    properties = book.properties
    assert properties.title == "Le numérique à l’école en\u00a0Wallonie"
    assert properties.language == "fr-BE"
    assert properties.created.isoformat() == "2026-11-24T00:00:00"


def test_no_cell_is_a_formula(book):
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
