"""Numbers as documents print them. Expected values are typed from the rules in the module and from the
documents that they come from (6,85 M€ and 6,850 millions: L'Echo and Regional-IT, June 2018)."""

from decimal import Decimal

import pytest

from ennum_stats.imports.spreadsheets.number_parser import CellRefused, NumberCells, numbers, read_number
from ennum_stats.imports.spreadsheets.sheet import SheetCell

# text, unit -> value, step, precision
READ = [
    ("503", "projects", "503", "1", "exact"),
    ("1 709", "projects", "1709", "1", "exact"),
    ("etwa 500", "projects", "500", "100", "about"),
    ("bijna 6,85 miljoen euro", "EUR", "6850000", "10000", "nearly"),
    ("more than 6,8 million", "EUR", "6800000", "100000", "more_than"),
    ("1\u202f709", "projects", "1709", "1", "exact"),
    ("12\u00a0345,50\u00a0€", "EUR", "12345.5", "0.01", "exact"),
    ("12.345,50 €", "EUR", "12345.5", "0.01", "exact"),
    ("€ 12.345,50", "EUR", "12345.5", "0.01", "exact"),
    ("EUR 12\u202f345,50", "EUR", "12345.5", "0.01", "exact"),
    ("12.345,- €", "EUR", "12345", "0.01", "exact"),
    ("12\u00a0345,-", "EUR", "12345", "0.01", "exact"),
    ("6'910'088 EUR", "EUR", "6910088", "1", "exact"),
    ("6,85 M€", "EUR", "6850000", "10000", "rounded"),
    ("6,850 millions", "EUR", "6850000", "1000", "rounded"),
    ("6,8 millions d’euros", "EUR", "6800000", "100000", "rounded"),
    ("85 millions", "EUR", "85000000", "1000000", "rounded"),
    ("650 k€", "EUR", "650000", "1000", "rounded"),
    ("1,2 Md€", "EUR", "1200000000", "100000000", "rounded"),
    ("32 mille", "devices", "32000", "1000", "rounded"),
    ("environ 500", "projects", "500", "100", "about"),
    ("près de 700", "schools", "700", "100", "nearly"),
    ("plus de 25 millions d'euros", "EUR", "25000000", "1000000", "more_than"),
    ("Plus de 1 700", "teams", "1700", "100", "more_than"),
    ("moins de 9 millions", "EUR", "9000000", "1000000", "less_than"),
    ("au moins 16", "schools", "16", "1", "at_least"),
    ("au plus 20", "schools", "20", "10", "at_most"),
    ("exactement 9 000 000", "EUR", "9000000", "1", "exact"),
    ("arrondi 15 000", "EUR/project", "15000", "1000", "rounded"),
    ("environ 13,5 %", "percent", "13.5", "0.1", "about"),
    ("250 millions de francs belges", "BEF", "250000000", "1000000", "rounded"),
    ("0", "projects", "0", "1", "exact"),
]


@pytest.mark.parametrize(("text", "unit", "value", "step", "precision"), READ)
def test_a_number_as_printed(text, unit, value, step, precision):
    found = numbers(read_number(SheetCell(text), "value"), "value", unit)
    assert found == NumberCells(value, "", "", step, precision)


@pytest.mark.parametrize(
    "text", ["entre 14 et 16", "de 14 à 16", "14 à 16", "zwischen 14 und 16", "van 14 tot 16"]
)
def test_a_range_has_bounds_and_no_value(text):
    found = numbers(read_number(SheetCell(text), "value"), "value", "persons")
    assert found == NumberCells("", "14", "16", "", "range")


def test_a_range_in_millions_is_one_in_millions_at_both_ends():
    found = numbers(read_number(SheetCell("entre 7 et 8,5 millions"), "value"), "value", "EUR")
    assert (found.lower, found.upper) == ("7000000", "8500000")


def test_a_number_cell_of_excel():
    found = numbers(read_number(SheetCell(Decimal("12345.5")), "value"), "value", "EUR")
    assert found == NumberCells("12345.5", "", "", "0.1", "exact")


def test_a_percentage_cell_counts_as_shown():
    printed = read_number(SheetCell(Decimal(85), is_percent=True), "value")
    assert numbers(printed, "value", "percent", "rounded", Decimal(1)).value == "85"
    with pytest.raises(CellRefused):
        numbers(printed, "value", "projects")


REFUSED = [
    ("1,2 billion", "EUR", "cannot be read"),  # a thousand times as much in German
    ("12.345", "projects", "thousands"),  # a thousand or a decimal point?
    ("1,234,567", "EUR", "English"),
    ("1,234.50", "EUR", "English"),
    ("7 500 000", "EUR", "exact or rounded"),
    ("12 34", "projects", "cannot be read"),
    ("cinq cents", "projects", "cannot be read"),
    ("n.c.", "projects", "cannot be read"),
    ("503 pommes", "projects", "cannot be read"),
    ("€ 503 €", "EUR", "cannot be read"),
    ("€ 503", "projects", "the unit is projects"),
    ("-5", "projects", "cannot be read"),
    ("12,5", "projects", "no such fraction"),
    ("12,345 €", "EUR", "no such fraction"),
    ("503 €", "projects", "the unit is projects"),
    ("13,5", "percent", "how the document gives"),
    ("entre 16 et 14", "persons", "larger"),
]


@pytest.mark.parametrize(("text", "unit", "reason"), REFUSED)
def test_what_is_not_certain_is_refused(text, unit, reason):
    with pytest.raises(CellRefused, match=reason):
        numbers(read_number(SheetCell(text), "value"), "value", unit)


def test_a_word_and_a_column_that_disagree_are_refused():
    with pytest.raises(CellRefused, match="do not say the same"):
        numbers(read_number(SheetCell("environ 500"), "value"), "value", "projects", "exact")


def test_the_column_of_the_precision_decides_where_no_word_does():
    printed = read_number(SheetCell("7 500 000"), "value")
    assert numbers(printed, "value", "EUR", "rounded").step == "100000"
    assert numbers(printed, "value", "EUR", "exact").step == "1"
    assert numbers(printed, "value", "EUR", "rounded", Decimal(1000)).step == "1000"
