"""Days, codes and texts of cells. Excel's serial 43857 is 27 January 2020 (Microsoft's own example of
serial 43831 for 1 January 2020, and 26 days)."""

from datetime import date
from decimal import Decimal

import pytest

from ennum_stats.errors import Message
from ennum_stats.imports.choices import Choices, ListEntry
from ennum_stats.imports.forms import CellReading, Field
from ennum_stats.imports.spreadsheets.cell_values import ParsedRow, convert
from ennum_stats.imports.spreadsheets.number_parser import CellRefused
from ennum_stats.imports.spreadsheets.sheet import SheetCell
from ennum_stats.languages import LANGUAGES

CHOICES = Choices(
    {
        "unit": tuple(
            ListEntry(code, dict.fromkeys(LANGUAGES, name))
            for code, name in (("EUR", "euros"), ("projects", "projets"), ("p2", "projets"))
        )
    }
)


def read(reading, value, **options):
    row = ParsedRow(7)
    cell = value if isinstance(value, SheetCell) else SheetCell(value)
    convert(Field("key", *map(Message, ("Colonne", "Groupe", "")), reading, **options), cell, CHOICES, row)
    return row.text("key")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("27/01/2020", "2020-01-27"),
        ("7.1.2020", "2020-01-07"),
        ("2020-01-27", "2020-01-27"),
        ("01/2020", "2020-01"),
        ("2020-01", "2020-01"),
        ("2020", "2020"),
        ("27 janvier 2020", "2020-01-27"),
        ("27 janv. 2020", "2020-01-27"),
        ("27-févr-2020", "2020-02-27"),
        ("1er déc. 2020", "2020-12-01"),
        ("27/01/2020 00:00:00", "2020-01-27"),
        ("2020-01-27T00:00:00", "2020-01-27"),
        ("2020-01-27 00:00", "2020-01-27"),
        ("43857", "2020-01-27"),
        ("1er août 2020", "2020-08-01"),
        ("février\u00a02020", "2020-02"),
        (date(2020, 1, 27), "2020-01-27"),
        (Decimal(43857), "2020-01-27"),
        (Decimal(2020), "2020"),
    ],
)
def test_a_day_a_month_or_a_year(value, expected):
    assert read(CellReading.PERIOD, value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "27/01/20",
        "31/02/2020",
        "01/27/2020",
        "27-janv-20",
        "27/01/2020 10:30",
        "janvier mars 2020",
        "99999",
        "hier",
        Decimal(12),
        Decimal("43857.5"),
    ],
)
def test_no_day(value):
    with pytest.raises(CellRefused, match="no day, month or year"):
        read(CellReading.PERIOD, value)


def test_a_year_that_excel_made_a_day_is_refused():
    # 2031 typed into a cell that Excel shows as a day
    with pytest.raises(CellRefused, match="made a day out of a year"):
        read(CellReading.PERIOD, date(1905, 7, 23))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("15/06/2031", "2031-06-15"),
        ("15/06/2031 10:00", "2031-06-15T10:00"),
        ("15/06/2031 à 9h30", "2031-06-15T09:30"),
        ("2031-06-15T10:00", "2031-06-15T10:00"),
    ],
)
def test_an_embargo_is_a_day_or_a_day_and_an_hour(value, expected):
    assert read(CellReading.MOMENT, value) == expected


@pytest.mark.parametrize("value", ["06/2031", "15/06/2031 25:00"])
def test_no_embargo(value):
    with pytest.raises(CellRefused):
        read(CellReading.MOMENT, value)


def test_school_years():
    assert read(CellReading.SCHOOL_YEARS, "2014 – 2016") == "2014-2016"
    for wrong in ("2030", "2031-2030", "2010-2020", "30-31"):
        with pytest.raises(CellRefused):
            read(CellReading.SCHOOL_YEARS, wrong)


@pytest.mark.parametrize("text", ["=1+1", "+32 471", "-5", "@SUM(A1)"])
def test_what_excel_would_take_for_a_formula_is_refused(text):
    with pytest.raises(CellRefused, match="Excel would take it"):
        read(CellReading.TEXT, text)


def test_a_text_stands_on_one_line():
    assert read(CellReading.TEXT, "École\nNumérique  2031") == "École Numérique 2031"


@pytest.mark.parametrize("text", ["../calls", "EN 2031", "EN2031,x", "é", ".hidden"])
def test_a_code_is_letters_digits_and_dashes(text):
    with pytest.raises(CellRefused, match="no code"):
        read(CellReading.CODE, text)


@pytest.mark.parametrize("text", ["euros [EUR]", "EUR", "Euros", " EUROS "])
def test_a_choice_is_read_by_entry_code_or_name(text):
    assert read(CellReading.CHOICE, text, choices="unit") == "EUR"


@pytest.mark.parametrize("text", ["projets", "euro"])
def test_a_choice_that_is_none_or_two_is_refused(text):
    with pytest.raises(CellRefused, match="not in the list"):
        read(CellReading.CHOICE, text, choices="unit")


def test_an_empty_cell_is_refused_only_where_it_is_required():
    assert read(CellReading.TEXT, None) == ""
    with pytest.raises(CellRefused, match="empty"):
        read(CellReading.TEXT, None, is_required=True)
