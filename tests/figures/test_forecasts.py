"""A forecast is told as one until it is settled, and never as a fact: what settles it is read in the raw tables."""

import re

import pytest

from ennum_stats.doubt.alterations import NUMBERS, Tables
from ennum_stats.doubt.sentences import lines_of_blocks
from ennum_stats.figures import figures
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.text import kit_text
from ennum_stats.languages import LANGUAGES

WORDS = {
    "fr": ("prévision", "prévision d’alors"), "de": ("geplant", "damals geplant"),
    "nl": ("gepland", "toen gepland"), "en": ("planned", "planned at the time"),
}  # fmt: skip
DAYS = ("2017-06-30", "2020-01-31", "2020-03-03", "2020-03-04", "2022-11-09", "2026-12-31", "2027-01-01")
"""EN2020 closed on 4 March 2020; the plan of 2022-2026 ends with 2026."""
SECOND_PHASE = {
    "fr": "Une deuxième phase {} prévue pour 2027.", "de": "Eine zweite Phase {} für 2027 geplant.",
    "nl": "Een tweede fase {} gepland voor 2027.", "en": "A second phase {} planned for 2027.",
}  # fmt: skip
IS_AND_WAS = {"fr": ("est", "était"), "de": ("ist", "war"), "nl": ("is", "was"), "en": ("is", "was")}


@pytest.fixture(scope="module")
def forecasts(project):
    """The rows of forecasts, each with the first day on which it is settled."""
    tables, found = Tables(project.raw), {}
    calls = {row["call"]: row["closed_on"] or row["valid_from"] for row in tables.read("calls.csv")}
    for name in NUMBERS:
        for row in tables.read(name):
            if row["status"] == "F" and row["measure"] != "pupils_per_computer_target":
                over = f"{int(row['valid_to']) + 1}-01-01" if row["valid_to"] else calls.get(row["call"], "9")
                found[row["observation_id"]] = over
    return found


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forecast_is_told_as_one_until_it_is_settled(ledger_at, forecasts, day, language):
    edition, is_open, was = Edition(ledger_at(day), language), *WORDS[language]
    read = 0
    for figure in figures(edition.ledger):
        if figure.quantity is None:
            continue
        beside = re.split(r", ", edition.key_figure(figure.name).precision)[0]
        behind = re.split(r"\(|;\s", edition.words_in_table(figure.name).removesuffix(")"))[-1]
        settled = [forecasts[o.observation_id] for o in figure.observations if o.observation_id in forecasts]
        if settled:
            told = was if max(settled) <= day else is_open
            assert (beside, behind) == (told, told), figure.name
            read += 1
        else:
            assert beside not in WORDS[language], figure.name
    assert read > (20 if day > "2023" else 3 if day >= "2020" else 0)


@pytest.mark.parametrize(("day", "tense"), [("2027-12-31", 0), ("2028-01-01", 1)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_planned_day_that_is_over_lies_no_longer_ahead(ledger_at, day, tense, language):
    blocks = Resolver(Edition(ledger_at(day), language)).resolved(kit_text(language))
    words = " ".join(line.words for line in lines_of_blocks("press-kit", blocks)).replace("\u00a0", " ")
    sentences = [SECOND_PHASE[language].format(verb) in words for verb in IS_AND_WAS[language]]
    assert sentences == [tense == 0, tense == 1]
