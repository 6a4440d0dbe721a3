"""Numbers in running text. Cases are typed by hand from the rules of each language; the digits of the property are
written by Babel, which the reader does not use."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from ennum_stats.languages import LANGUAGES
from ennum_stats.reading.quantities import numbers_in

# language, text -> number as it stands there, value, step, precision, unit
READ = [
    ("fr", "un total de 7 124 359 euros", "7 124 359 euros", "7124359", "1", "exact", "EUR"),
    ("fr", "7.124.359 €", "7.124.359 €", "7124359", "1", "exact", "EUR"),
    ("fr", "8,7 millions d’euros", "8,7 millions d’euros", "8700000", "100000", "rounded", "EUR"),
    ("fr", "coûte 8.7 M€", "8.7 M€", "8700000", "100000", "rounded", "EUR"),
    ("fr", "503 mille euros", "503 mille euros", "503000", "1000", "rounded", "EUR"),
    ("fr", "805 millions de FB", "805 millions de FB", "805000000", "1000000", "rounded", "BEF"),
    ("fr", "quarante mille élèves", "quarante mille", "40000", "10000", "rounded", ""),
    ("fr", "septante-deux projets", "septante-deux", "72", "1", "exact", ""),
    ("fr", "une cinquantaine d’écoles", "une cinquantaine", "50", "10", "about", ""),
    ("fr", "un cinquième des écoles", "un cinquième", "20", "1", "rounded", "percent"),
    ("fr", "une école sur deux", "une école sur deux", "50", "1", "rounded", "percent"),
    ("fr", "deux écoles sur trois", "deux écoles sur trois", "66.67", "1", "rounded", "percent"),
    ("fr", "un sur cinq", "un sur cinq", "20", "1", "rounded", "percent"),
    ("en", "more than nine in ten", "nine in ten", "90", "1", "more_than", "percent"),
    ("fr", "neuf sur dix", "neuf sur dix", "90", "1", "rounded", "percent"),
    ("fr", "2 millions et demi", "2 millions et demi", "2500000", "100000", "rounded", ""),
    ("fr", "huit millions sept cent mille euros", "huit millions sept cent mille euros", "8700000", "100000", "rounded",
     "EUR"),
    ("fr", "plus de 1 700 équipes", "1 700", "1700", "100", "more_than", ""),
    ("fr", "à peine 28 projets", "28", "28", "1", "at_most", ""),
    ("fr", "2 019 projets", "2 019", "2019", "1", "exact", ""),
    ("fr", "soit 2019 élèves", "2019", "2019", "1", "exact", ""),
    ("fr", "un demi-million d’euros", "un demi-million d’euros", "500000", "100000", "rounded", "EUR"),
    ("fr", "85 M d’euros", "85 M d’euros", "85000000", "1000000", "rounded", "EUR"),
    ("fr", "une bonne centaine d’écoles", "une bonne centaine", "100", "100", "about", ""),
    ("de", "eine halbe Million Euro", "eine halbe Million Euro", "500000", "100000", "rounded", "EUR"),
    ("nl", "een half miljoen euro", "een half miljoen euro", "500000", "100000", "rounded", "EUR"),
    ("en", "half a million euros", "half a million euros", "500000", "100000", "rounded", "EUR"),
    ("en", "How many lots? Seven.", "Seven", "7", "1", "exact", ""),
    ("de", "1.709 Projekte", "1.709", "1709", "1", "exact", ""),
    ("de", "rund 8,7 Millionen Euro", "8,7 Millionen Euro", "8700000", "100000", "about", "EUR"),
    ("de", "zweihundertdrei Projekte", "zweihundertdrei", "203", "1", "exact", ""),
    ("de", "jede zweite Schule", "jede zweite", "50", "1", "rounded", "percent"),
    ("nl", "€ 7.124.359", "7.124.359", "7124359", "1", "exact", "EUR"),
    ("nl", "bijna 700 scholen", "700", "700", "100", "nearly", ""),
    ("nl", "veertigduizend leerlingen", "veertigduizend", "40000", "10000", "rounded", ""),
    ("nl", "twee op de drie scholen", "twee op de drie", "66.67", "1", "rounded", "percent"),
    ("en", "about €8.7m", "8.7m", "8700000", "100000", "about", "EUR"),
    ("en", "1,709 projects", "1,709", "1709", "1", "exact", ""),
    ("en", "at least half of the schools", "half of the", "50", "1", "at_least", "percent"),
]  # fmt: skip
SET_ASIDE = [
    ("fr", "En 2018, dit-on", "year"), ("fr", "EN2018 a commencé", "call"), ("fr", "le 6 février 2020", "date"),
    ("fr", "à 12 h 30", "hour"), ("fr", "tél. 081 24 83 10", "telephone"), ("fr", "voir page 12", "page"),
    ("fr", "article 3 du décret", "law"), ("fr", "le 1er appel", "ordinal"), ("fr", "un écran 4K", "name"),
    ("de", "TOP 2: Weiteres", "reference"), ("de", "Aachener Straße 5", "address"),
    ("fr", "les quatre appels", "word"),
    ("en", "Item 3. The count", "reference"), ("fr", "terminaux pour 100 élèves", "word"),
    ("nl", "bladzijde 7", "page"),
    ("de", "am 6. Februar 2020", "date"), ("de", "um 12.30 Uhr", "hour"),
    ("nl", "vanaf 2016, zegt men", "year"),
    ("nl", "pagina 4", "page"), ("en", "at 12:30", "hour"), ("en", "in 2014–2022", "year"),
    ("en", "see chart 2", "reference"),
    ("en", "pages 3 to 5", "page"), ("nl", "om 8 u.", "hour"), ("de", "Buslinie 14", "reference"),
    ("de", "den 3. Aufruf", "ordinal"), ("nl", "op 6, 12 en 19 februari", "date"),
    ("nl", "dossiernummer 48213", "code"), ("en", "Ref. 22/041", "reference"), ("fr", "depuis deux ans", "word"),
    ("de", "der 2016 ausgewählten Standorte", "year"), ("nl", "in de map 12", "reference"),
    ("en", "it takes five minutes", "word"), ("nl", "per schijf van 500 leerlingen", "word"),
    ("en", "under ISO 9001", "code"), ("fr", "5000 Namur", "address"), ("de", "in den zwei Schuljahren", "word"),
]  # fmt: skip
NO_NUMBER = [("fr", "Un projet a été retenu."), ("de", "Ein Projekt wurde ausgewählt."), ("en", "One knows."),
             ("nl", "Een school werd gekozen."), ("fr", "Un matériel neuf.")]  # fmt: skip
LOCALES = {"fr": "fr_BE", "de": "de_DE", "nl": "nl_BE", "en": "en_GB"}


@pytest.mark.parametrize(("language", "text", "written", "value", "step", "precision", "unit"), READ)
def test_a_number_in_a_text(language, text, written, value, step, precision, unit):
    (number,) = numbers_in(text, language)
    first = number.readings[0]
    assert number.text == text[number.start : number.end] == written
    assert (first.value, first.step) == (Decimal(value), Decimal(step))
    assert (number.precision.value, number.unit, number.reason) == (precision, unit, "")


@pytest.mark.parametrize(("language", "text", "reason"), SET_ASIDE)
def test_what_is_no_statistic_is_kept_with_its_reason(language, text, reason):
    (number,) = numbers_in(text, language)
    assert number.reason == reason


@pytest.mark.parametrize(("language", "text"), NO_NUMBER)
def test_articles_and_adjectives_are_no_numbers(language, text):
    assert numbers_in(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [("fr", "entre 14 et 16 personnes", 14, 16), ("fr", "de 14 à 16", 14, 16),
     ("de", "zwischen 14 und 16 Personen", 14, 16),
     ("nl", "tussen 7 en 8 miljoen euro", 7_000_000, 8_000_000), ("en", "from 14 to 16 people", 14, 16)],
)  # fmt: skip
def test_a_range_is_one_number_with_two_ends(language, text, low, high):
    (number,) = numbers_in(text, language)
    (reading,) = number.readings
    assert (reading.value, reading.high) == (low, high)


def test_both_readings_of_a_point_are_kept():
    (french,), (english,) = numbers_in("12.345 projets", "fr"), numbers_in("12.345 points", "en")
    assert [reading.value for reading in french.readings] == [12345, Decimal("12.345")]
    assert [reading.value for reading in english.readings] == [Decimal("12.345"), 12345]


def test_a_reading_that_the_unit_cannot_have_is_left_out():
    """ "3.000" may be three thousand projects, and not three of them to a thousandth."""
    (number,) = numbers_in("fewer than 3.000 projects", "en")
    assert [stated.bounds.upper for stated in number.quantities("projects")] == [2999]


@settings(max_examples=40)
@given(st.integers(2, 10**9), st.sampled_from(LANGUAGES))
def test_digits_are_read_as_they_are_grouped_in_each_language(number, language):
    text = f"= {format_decimal(number, locale=LOCALES[language])} EUR"
    (found,) = numbers_in(text, language)
    assert found.readings[0].value == number


@settings(max_examples=40)
@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_numbers_stand_where_they_are_said_to_stand_and_never_overlap(text, language):
    end = 0
    for number in numbers_in(text, language):
        assert end <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == number.text
        end = number.end


def test_a_range_from_none_has_its_end():
    (number,) = numbers_in("Entre 0 et 700 projets par an", "fr")
    assert [(reading.value, reading.high) for reading in number.readings] == [(0, 700)]
