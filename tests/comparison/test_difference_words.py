"""Differences in words: which number is larger is said only where it is proved, in every language."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ennum_stats.comparison.difference_words import difference_words
from ennum_stats.languages import LANGUAGES
from ennum_stats.quantities import Basis, Bounds, Quantity
from ennum_stats.wording import words
from tests.conftest import plain
from tests.wording.test_phrases import WORDS, expected_of, quantity_in
from tests.wording.test_words_are_true import numbers_of

# Typed here again, so that the test does not read what it tests.
MORE = {"fr": "de plus", "de": "mehr", "nl": "meer", "en": "more"}
LESS = {"fr": "de moins", "de": "weniger", "nl": "minder", "en": "fewer|less"}
UNSURE = {"fr": "on ne sait pas", "de": "nicht bekannt", "nl": "niet bekend", "en": "not known"}
SAME = {"fr": "aucun écart|autant", "de": "gleich viel", "nl": "evenveel", "en": "the same"}
ends = st.none() | st.integers(-5_000, 5_000).map(Decimal)


def between(low, high, unit="projects", value=None, basis=Basis.PROVED):
    ends = (None if end is None else Decimal(end) for end in (low, high))
    return Quantity.derived(None if value is None else Decimal(value), Bounds(*ends, basis), unit)


@pytest.mark.parametrize(
    "row", [row for row in WORDS if row["way"] == "difference"], ids=lambda row: row["en"]
)
def test_a_difference_in_words(row):
    expected = expected_of(row)
    assert {code: plain(difference_words(quantity_in(row), code)) for code in expected} == expected


@given(ends, ends, st.sampled_from(("projects", "EUR")), st.sampled_from(LANGUAGES))
def test_more_and_less_are_said_only_where_they_are_proved(one, other, unit, language):
    low, high = sorted((one, other)) if None not in (one, other) else (one, other)
    told = difference_words(between(low, high, unit), language)
    if low is not None and low > 0:
        assert re.search(MORE[language], told)
        assert not re.search(f"{LESS[language]}|{UNSURE[language]}", told)
    elif high is not None and high < 0:
        assert re.search(LESS[language], told)
        assert not re.search(f"{MORE[language]}|{UNSURE[language]}", told)
    elif 0 in (low, high):
        assert re.search(SAME[language], told)
    else:
        assert re.search(UNSURE[language], told)


@given(st.integers(1, 5_000), st.integers(1, 5_000), st.sampled_from(LANGUAGES))
def test_how_far_apart_two_numbers_may_be_is_rounded_outwards(less, more, language):
    told = difference_words(between(-less, more, "EUR"), language)
    said = numbers_of(told, language, "EUR")
    assert said[0] >= less
    assert said[1] >= more


@pytest.mark.parametrize(
    ("ratio", "long", "cell"),
    [
        ("1.5", "1.50 times", "1.50"),
        ("1.5429447852760736", "about 1.54 times", "1.54"),
        ("24.256", "about 24.3 times", "24.3"),
    ],
)
def test_a_ratio_in_words(ratio, long, cell):
    quantity = between(ratio, ratio, "times", ratio)
    assert plain(words(quantity, "en")) == long
    assert words(quantity, "en", style="short", noun=False) == cell


def test_the_bounds_of_a_ratio_are_rounded_outwards():
    quantity = between("0.664", "1.996", "times")
    assert plain(words(quantity, "fr")) == "entre 0,66 et 2 fois"
