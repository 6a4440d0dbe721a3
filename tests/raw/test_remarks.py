"""Remarks of published numbers: written in French, read in the reader's language."""

import csv
import re

import pytest

from ennum_stats.languages import LANGUAGES
from tests.conftest import open_ledger


@pytest.fixture(scope="module")
def ledger(project):
    return open_ledger(project)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_remark_of_the_press_kit_is_read_in_every_language(ledger, language):
    of_kit = [
        one for one in ledger.all_observations() if one.note and one.source.source_id == "press-kit-2020"
    ]
    assert of_kit
    for one in of_kit:
        text, found = ledger.remark(one, language)
        assert found == language, one.note
        assert text


def test_a_translation_has_the_numbers_of_its_remark(project):
    """Whatever the language writes between thousands and before decimals, the digits are the same."""
    rows = csv.DictReader((project.raw / "remarks.csv").read_text("utf-8").splitlines())
    for row in rows:
        digits = sorted(re.sub(r"\D", "", row["note"]))
        for language in ("de", "nl", "en"):
            assert sorted(re.sub(r"\D", "", row[f"note_{language}"])) == digits, row["note"]


def test_a_remark_that_nobody_translated_stays_french(ledger):
    one = next(one for one in ledger.all_observations() if one.note)
    other = type(one)(**{**vars(one), "note": "une remarque toute neuve"})
    assert ledger.remark(other, "de") == ("une remarque toute neuve", "fr")
