"""Quantities in words. Expected texts stand in `tests/golden/words.csv`, typed by hand, from issue 3, the press
kit's numbers and the usage of the languages, never from the program's output; `~` is a no-break space, `_` a narrow
one (French groups). What is printed has its precision and step, what is computed its bounds and their basis.
"""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from ennum_stats.errors import UnknownName
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.quantities import HOUSE_RULES, UNITS, Basis, Bounds, Precision, Quantity, Reason
from ennum_stats.wording import (
    CardNumber,
    headline_words,
    key_figure,
    missing_words,
    precision_words,
    running_words,
    words,
)
from tests.conftest import in_four

GOLDEN = Path(__file__).parents[1] / "golden" / "words.csv"
WORDS = [*csv.DictReader(GOLDEN.read_text("utf-8").splitlines(), delimiter=";")]
WAYS = {
    "long": words,
    "short": lambda quantity, language: words(quantity, language, style="short"),
    "text": lambda quantity, language: words(quantity, language, style="text"),
    "long without noun": lambda quantity, language: words(quantity, language, noun=False),
    "short without noun": lambda quantity, language: words(quantity, language, style="short", noun=False),
    "running": running_words,
    "running without noun": lambda quantity, language: running_words(quantity, language, noun=False),
    "headline": headline_words,
    "precision": precision_words,
    "long precision": lambda quantity, language: precision_words(quantity, language, style="long"),
}
"""In a sentence; in labels and cells; in titles; beside a unit; in running text, where small counts are letters; the
strongest phrase that is true; beside large numbers."""


def quantity_of(unit, precision, value="", lower="", upper="", step=""):
    number, *ends = (Decimal(part) if part else None for part in (value, lower, upper))
    if step:
        return Quantity.printed(number, unit, Precision(precision), Decimal(step))
    return Quantity.derived(number, Bounds(*ends, Basis(precision)), unit)


def expected_of(row):
    """The words of a row, by language."""
    return {one: row[one].replace("~", "\u00a0").replace("_", "\u202f") for one in LANGUAGES if row[one]}


def quantity_in(row):
    return quantity_of(*(row[name] for name in ("unit", "precision", "value", "lower", "upper", "step")))


def is_said(row, way):
    expected = expected_of(row)
    assert {one: WAYS[way](quantity_in(row), one) for one in expected} == expected


@pytest.mark.parametrize("row", [row for row in WORDS if row["way"] == "long"], ids=lambda row: row["fr"])
def test_in_sentences(row):
    is_said(row, "long")


@pytest.mark.parametrize(
    "row", [row for row in WORDS if row["way"] in {*WAYS} - {"long"}], ids=lambda row: row["fr"]
)
def test_elsewhere(row):
    is_said(row, row["way"])
    if row["way"] == "text":  # titles and running text say the same
        is_said(row, "running")


TOTAL = quantity_of("EUR", "proved", "137144460", "136631000", "137658000")
NO_VALUE = quantity_of("EUR", "proved", "", "136631000", "137658000")


def test_what_a_forecast_is_stands_before_how_sure_it_is():
    planned = Quantity.exact(500, "projects")
    assert precision_words(planned, "fr", forecast="prévu") == "prévu"
    budget = quantity_of("EUR", "rounded", "7500000", step="100000")
    assert precision_words(budget, "fr", forecast="prévu", style="long") == "prévu, environ"


@pytest.mark.parametrize(
    ("quantity", "language", "expected"),
    [
        (Quantity.exact(1709, "projects"), "fr", "1_709|projets|exact"),
        (TOTAL, "fr", "136,6–137,7~M€||entre 136,6~M€ et 137,7~M€"),
        (NO_VALUE, "en", "€136.6m–€137.7m||between €136.6m and €137.7m"),
        (NO_VALUE, "nl", "€~136,6–137,7~mln.||tussen €~136,6~mln. en €~137,7~mln."),
        (
            quantity_of("share", "convention", "0.7895", "0.6493", "0.9334"),
            "fr",
            "64–94~%||entre 64~% et 94~%",
        ),
        (quantity_of("share", "convention", "", "0.1480", "0.4558"), "nl", "14–46%||tussen 14% en 46%"),
        (quantity_of("persons", "proved", "", "14", "16"), "fr", "14–16|personnes|entre 14 et 16"),
        (Quantity.exact(15000, "EUR/project"), "de", "15.000~€|pro Projekt|genau"),
        (quantity_of("projects", "proved", "70"), "fr", "–||non connu"),
    ],
)
def test_the_parts_of_a_card(quantity, language, expected):
    number, noun, precision = expected.replace("~", "\u00a0").replace("_", "\u202f").split("|")
    assert key_figure(quantity, language) == CardNumber(number, noun, precision)


def test_why_a_number_is_missing():
    expected = ("pas encore connu", "noch nicht bekannt", "nog niet bekend", "not yet known")
    assert in_four(lambda language: missing_words(Reason.NOT_YET_KNOWN, language)) == expected
    for language in LANGUAGES:
        assert len({missing_words(reason, language) for reason in Reason}) == len(Reason)


# --- every unit, every rule, every language -------------------------------------------------------


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_unit_has_words_in_every_language(unit):
    one, many = Quantity.exact(1, unit), Quantity.exact(5, unit)
    for style in ("long", "short"):
        for language in LANGUAGES:
            assert re.search(r"[^\W\d]|%|€", words(one, language, style=style))
            text = words(many, language, style=style)
            assert text != "5"
            assert "{" not in text
        everywhere = {words(many, language, style=style) for language in ("fr", "de", "nl")}
        assert len(everywhere) > 1 or unit == "percent"


def test_an_unknown_language_is_an_error():
    with pytest.raises(UnknownName, match="fr, de, nl, en"):
        words(TOTAL, "es")


def test_the_house_rules_are_told_in_every_language():
    for rule in HOUSE_RULES.values():
        texts = in_four(lambda language, meaning=rule.meaning: translate(meaning, language))
        assert len(set(texts)) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_straight_apostrophe_is_written(language):
    for unit in UNITS:
        for value in (1, 2, 3_500_000, 2_000_000_000):
            assert "'" not in words(Quantity.exact(value, unit), language)
