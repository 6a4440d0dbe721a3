"""A reader who knows nothing of the program: each check finds a planted bad sentence, and passes a good one, in
four languages; numbers and comparisons are read as people read them."""

import csv
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from ennum_stats.doubt import reading
from ennum_stats.doubt.claims import UNCONFIRMED, unconfirmed
from ennum_stats.doubt.reading import INFINITY, PrintedNumber, doubts, figure_read, typed_counts
from ennum_stats.errors import Message
from ennum_stats.languages import LANGUAGES

GOLDEN = Path(__file__).parents[1] / "golden" / "doubtful.tsv"
SENTENCES = [*csv.DictReader(GOLDEN.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: f"{row['check']}-{row['language']}")
def test_a_planted_sentence_is_found_and_a_good_one_passes(row):
    bad, good = (row[name].replace(" %", "\u00a0%") for name in ("doubtful", "good"))
    assert getattr(reading, row["check"]) in [
        doubt.kind for doubt in doubts(bad, row["language"], is_prose=True)
    ]
    assert [*doubts(good, row["language"], is_prose=True)] == []


def test_every_check_of_words_is_tried_in_every_language():
    checks = [name for name, value in vars(reading).items() if isinstance(value, Message)]
    assert {(row["check"], row["language"]) for row in SENTENCES} == {*product(checks, LANGUAGES)}


READ = [
    ("fr", "1 709 projets", 1709, 1709),
    ("fr", "environ 3 000 implantations", 2500, 3500),
    ("fr", "plus de 25 millions d’euros", 25_000_000, None),
    ("fr", "environ 60 millions d’euros, à 500 000 euros près", 59_500_000, 60_500_000),
    ("fr", "environ 8,05 milliards de francs belges", 8_045_000_000, 8_055_000_000),
    ("de", "mehr als 1,2 Mrd. €", 1_200_000_000, None),
    ("de", "fast 10.000 Lehrkräfte, auf 1.000 genau", 9000, 10_000),
    ("nl", "ongeveer 50%, op 5 punten nauwkeurig", "0.45", "0.55"),
    ("en", "about 13,570 euros per project, to within 3 euros", 13_567, 13_573),
    ("fr", "environ 79 % (entre 64 % et 94 %)", "0.64", "0.94"),
    ("fr", "environ 72 projets (entre 22 et 122 projets)", 22, 122),
    ("fr", "14 à 16 personnes", 14, 16),
    ("fr", "quatre séances", 4, 4),
    ("fr", "1 773 établissements (2006)", 1773, 1773),
    ("fr", "entre 27 % et 46 % (2021)", "0.27", "0.46"),
    ("fr", "environ 79 % (entre 64 % et 94 % ; janvier 2020)", "0.64", "0.94"),
    ("en", "7 people (1999–2008)", 7, 7),
    ("de", "zwischen 136,6 und 137,7 Millionen Euro", 136_600_000, 137_700_000),
    ("de", "höchstens 15 Schüler pro Computer", None, 15),
    ("de", "rund 21.197 Euro", "21196.5", "21197.5"),
    ("nl", "ongeveer 8,7 miljoen euro", 8_650_000, 8_750_000),
    ("nl", "minstens 44,7%", "0.447", None),
    ("nl", "bijna 10.000 leerkrachten", 0, 10_000),
    ("en", "fewer than 1,700 schools", None, 1700),
    ("en", "about 24 million euros or more", 23_500_000, None),
    ("en", "fifteen people", 15, 15),
]


@pytest.mark.parametrize(("language", "words", "low", "high"), READ)
def test_numbers_are_read_as_wide_as_they_are_said(language, words, low, high):
    read = figure_read(words, language)
    assert read.low == (-INFINITY if low is None else Decimal(low))
    assert read.high == (INFINITY if high is None else Decimal(high))


COUNTED = {"EN1": 28, "EN2": 72, "EN3": 210, "EN2017": 570, "EN2018": 326, "EN2019": 503, "EN2020": 679}
MEANS = {"EN1": 3746, "EN2": 7493, "EN3": 16307, "EN2017": 12738, "EN2018": 21197, "EN2019": 13570}
"""Of the press kit of January 2020, and of June 2020."""
COMPARING = {
    "fr": "EN2020 a retenu 679 projets, plus que chacun des appels précédents.",
    "de": "EN2020 zählt 679 Projekte, mehr als jeder Aufruf davor.",
    "nl": "Voor EN2020 werden 679 projecten geselecteerd, meer dan in elke vorige oproep.",
    "en": "EN2020 selected 679 projects, more than any of the calls before it.",
}
HIGHEST = {
    "fr": "EN2018 a attribué le plus par projet : environ 21 197 euros.",
    "de": "Höchster Durchschnitt pro Projekt bei EN2018: rund 21.197 Euro.",
    "nl": "EN2018 kende het meeste toe per project: ongeveer 21.197 euro.",
    "en": "EN2018 awarded the most per project: about 21,197 euros.",
}
FALLS = {
    "fr": "Le nombre augmente, sauf une fois : EN2018 compte 326 projets, après 570 pour EN2017.",
    "de": "Die Zahl steigt, mit einer Ausnahme: EN2018 zählt 326 Projekte, EN2017 zuvor 570.",
    "nl": "Het aantal stijgt, op één keer na: EN2018 telt 326 projecten, na 570 voor EN2017.",
    "en": "The number rises, with one exception: EN2018 has 326 projects, after 570 for EN2017.",
}
PARTS = {
    "fr": (
        "Budget : 120 millions d’euros (18 mars 2025), dont 60 millions.",
        "Retenus : 979 projets sur 955.",
    ),
    "de": (
        "Budget: 120 Millionen Euro, davon 60 Millionen.",
        "Budget: 12 Millionen Euro, davon rund 60 Millionen.",
    ),
    "nl": ("Budget: 120 miljoen euro, waarvan 60 miljoen.", "Budget: 12 miljoen euro, waarvan 60 miljoen."),
    "en": ("Selected: 679 projects out of 955.", "Selected: 979 projects out of 955."),
}


def printed(projects=COUNTED, means=MEANS, planned=500):
    def exact(numbers):
        return {call: PrintedNumber(Decimal(n), Decimal(n), 0, 0) for call, n in numbers.items()}

    return {
        "projects": exact(projects), "mean_grant": exact(means), "projects_planned": exact({"EN2020": planned})
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_comparisons_are_confirmed_by_printed_numbers_alone(language):
    for sentences, other in (
        (COMPARING, {"projects": COUNTED | {"EN2020": 570}}),
        (HIGHEST, {"means": MEANS | {"EN3": 30_000}}),
        (FALLS, {"projects": COUNTED | {"EN2019": 300}}),
    ):
        assert [*unconfirmed(sentences[language], language, printed())] == []
        (found,) = unconfirmed(sentences[language], language, printed(**other))
        assert found.kind is UNCONFIRMED
    good, bad = PARTS[language]
    assert [*unconfirmed(good, language, printed())] == []
    assert [doubt.kind for doubt in unconfirmed(bad, language, printed())] == [UNCONFIRMED]


def test_what_is_above_the_plan_is_above_it():
    above = "Le nombre de projets retenus dépasse la prévision : 679 projets."
    assert [*unconfirmed(above, "fr", printed())] == []
    assert len([*unconfirmed(above, "fr", printed(planned=700))]) == 1


def test_a_typed_number_is_found_where_its_row_says_another():
    gone = {(Decimal(4), "sessions"), (Decimal(200), "implantations")}
    assert len([*typed_counts("Le calendrier comprenait quatre séances.", "fr", gone)]) == 1
    assert len([*typed_counts("Ein Pilotprojekt für 200 Schulstandorte.", "de", gone)]) == 1
    assert [*typed_counts("Quatre partenaires ; 200 projets.", "fr", gone)] == []
