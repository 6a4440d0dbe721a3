"""Quantities in words. Expected texts are typed by hand, from issue 3, the press kit's numbers and the
usage of the languages, never from the program's output; invisible characters are escapes: U+00A0
no-break space, U+202F narrow no-break space (French groups), U+2019 apostrophe, U+2212 minus.
"""

import re
from decimal import Decimal

import pytest

from ennum_stats import wording
from ennum_stats.errors import UnknownName
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.quantities import HOUSE_RULES, UNITS, Basis, Bounds, Precision, Quantity, Reason
from tests.conftest import in_four


def printed(value, unit, precision="exact", step="1"):
    return Quantity.printed(Decimal(value), unit, Precision(precision), Decimal(step))


def computed(value, lower, upper, unit, basis=Basis.PROVED):
    number, *ends = (None if part is None else Decimal(part) for part in (value, lower, upper))
    return Quantity.derived(number, Bounds(*ends, basis), unit)


# The press kit's figures, with the bounds that follow from its parts.
EN_BUDGET = computed("25064672", "25064172", "25065172", "EUR")
TOTAL = computed("137144460", "136631000", "137658000", "EUR")
CYBERECOLE = computed("19955428.74", "19943034", "19967824", "EUR")
CYBERCLASSE = printed("85000000", "EUR", "rounded", "1000000")
CONNECTIVITY = printed("7124359", "EUR")
COST_PER_SITE = computed(None, "35621.795", "38930.9235", "EUR/implantation")
TEAM = computed(None, "14", "16", "persons")
COVERAGE = computed("0.7895", "0.6493", "0.9334", "share", Basis.CONVENTION)
EN_COVERAGE = computed(None, "0.1480", "0.4558", "share", Basis.CONVENTION)


# --- golden: sentences ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (
            printed("1709", "projects"),
            ("1\u202f709\u00a0projets", "1.709\u00a0Projekte", "1.709\u00a0projecten", "1,709\u00a0projects"),
        ),
        (printed("1", "persons"), ("1\u00a0personne", "1\u00a0Person", "1\u00a0persoon", "1\u00a0person")),
        (
            printed("0", "projects"),
            ("0\u00a0projet", "0\u00a0Projekte", "0\u00a0projecten", "0\u00a0projects"),
        ),
        (
            EN_BUDGET,
            (
                "plus de 25\u00a0millions d\u2019euros",
                "mehr als 25\u00a0Millionen Euro",
                "meer dan 25\u00a0miljoen euro",
                "more than 25\u00a0million euros",
            ),
        ),
        (
            TOTAL,  # "about 137" is read as 136.5 to 137.5: the upper end lies outside
            (
                "entre 136,6 et 137,7\u00a0millions d\u2019euros",
                "zwischen 136,6 und 137,7\u00a0Millionen Euro",
                "tussen 136,6 en 137,7\u00a0miljoen euro",
                "between 136.6 and 137.7\u00a0million euros",
            ),
        ),
        (
            CYBERCLASSE,
            (
                "environ 85\u00a0millions d\u2019euros",
                "rund 85\u00a0Millionen Euro",
                "ongeveer 85\u00a0miljoen euro",
                "about 85\u00a0million euros",
            ),
        ),
        (
            CONNECTIVITY,
            (
                "7\u202f124\u202f359\u00a0euros",
                "7.124.359\u00a0Euro",
                "7.124.359\u00a0euro",
                "7,124,359\u00a0euros",
            ),
        ),
        (
            printed("104880", "EUR"),
            ("104\u202f880\u00a0euros", "104.880\u00a0Euro", "104.880\u00a0euro", "104,880\u00a0euros"),
        ),
        (
            printed("503000", "EUR", "rounded", "1000"),
            (
                "environ 503\u202f000\u00a0euros, à\u00a0500\u00a0euros\u00a0près",
                "rund 503.000\u00a0Euro, auf\u00a0500\u00a0Euro genau",
                "ongeveer 503.000\u00a0euro, op\u00a0500\u00a0euro nauwkeurig",
                "about 503,000\u00a0euros, to within 500\u00a0euros",
            ),
        ),
        (
            printed("805000000", "BEF", "rounded", "1000000"),
            (
                "environ 805\u00a0millions de francs belges",
                "rund 805\u00a0Millionen belgische Franken",
                "ongeveer 805\u00a0miljoen Belgische frank",
                "about 805\u00a0million Belgian francs",
            ),
        ),
        (
            printed("1500000", "EUR", "rounded", "100000"),
            (
                "environ 1,5\u00a0million d\u2019euros",
                "rund 1,5\u00a0Millionen Euro",
                "ongeveer 1,5\u00a0miljoen euro",
                "about 1.5\u00a0million euros",
            ),
        ),
        (printed("1", "EUR"), ("1\u00a0euro", "1\u00a0Euro", "1\u00a0euro", "1\u00a0euro")),
        (
            printed("2400", "teams", "nearly", "100"),
            (
                "près de 2\u202f400\u00a0équipes, à\u00a0100\u00a0près",
                "fast 2.400\u00a0Teams, auf\u00a0100 genau",
                "bijna 2.400\u00a0teams, op\u00a0100 nauwkeurig",
                "nearly 2,400\u00a0teams, to within 100",
            ),
        ),
        (
            printed("1700", "etablissements", "more_than", "100"),
            (
                "plus de 1\u202f700\u00a0établissements",
                "mehr als 1.700\u00a0Bildungseinrichtungen",
                "meer dan 1.700\u00a0onderwijsinstellingen",
                "more than 1,700\u00a0educational institutions",
            ),
        ),
        (
            printed("10", "projects", "less_than"),
            (
                "moins de 10\u00a0projets",
                "weniger als 10\u00a0Projekte",
                "minder dan 10\u00a0projecten",
                "fewer than 10\u00a0projects",
            ),
        ),
        (
            printed("10000", "EUR", "less_than"),
            (
                "moins de 10\u202f000\u00a0euros",
                "weniger als 10.000\u00a0Euro",
                "minder dan 10.000\u00a0euro",
                "less than 10,000\u00a0euros",
            ),
        ),
        (
            printed("500", "schools", "at_least"),
            (
                "au moins 500\u00a0écoles",
                "mindestens 500\u00a0Schulen",
                "minstens 500\u00a0scholen",
                "at least 500\u00a0schools",
            ),
        ),
        (
            printed("15", "pupils/computer", "at_most"),
            (
                "au plus 15\u00a0élèves par ordinateur",
                "höchstens 15\u00a0Schüler pro Computer",
                "hoogstens 15\u00a0leerlingen per computer",
                "at most 15\u00a0pupils per computer",
            ),
        ),
        (
            TEAM,
            (
                "entre 14 et 16\u00a0personnes",
                "zwischen 14 und 16\u00a0Personen",
                "tussen 14 en 16\u00a0personen",
                "between 14 and 16\u00a0people",
            ),
        ),
        (
            printed("3000", "implantations", "about", "1000"),
            (
                "environ 3\u202f000\u00a0implantations, à\u00a0500\u00a0près",
                "rund 3.000\u00a0Schulstandorte, auf\u00a0500 genau",
                "ongeveer 3.000\u00a0vestigingsplaatsen, op\u00a0500 nauwkeurig",
                "about 3,000\u00a0school sites, to within 500",
            ),
        ),
        (
            printed("60000000", "EUR", "rounded", "1000000"),  # the zero of 60 counts, those of 3,000 do not
            (
                "environ 60\u00a0millions d\u2019euros, à\u00a0500\u202f000\u00a0euros\u00a0près",
                "rund 60\u00a0Millionen Euro, auf\u00a0500.000\u00a0Euro genau",
                "ongeveer 60\u00a0miljoen euro, op\u00a0500.000\u00a0euro nauwkeurig",
                "about 60\u00a0million euros, to within 500,000\u00a0euros",
            ),
        ),
        (
            printed("50", "percent", "about", "10"),
            (
                "environ 50\u00a0%, à\u00a05\u00a0points\u00a0près",
                "rund 50\u00a0%, auf\u00a05\u00a0Punkte genau",
                "ongeveer 50%, op\u00a05\u00a0punten nauwkeurig",
                "about 50%, to within 5\u00a0points",
            ),
        ),
        (
            printed("90", "percent", "nearly", "10"),  # two ends, of which "about 90%" would be the one
            (
                "entre 80\u00a0% et 90\u00a0%",
                "zwischen 80\u00a0% und 90\u00a0%",
                "tussen 80% en 90%",
                "between 80% and 90%",
            ),
        ),
        (
            EN_COVERAGE,
            (
                "entre 14\u00a0% et 46\u00a0%",
                "zwischen 14\u00a0% und 46\u00a0%",
                "tussen 14% en 46%",
                "between 14% and 46%",
            ),
        ),
        (
            COVERAGE,
            (
                "environ 79\u00a0% (entre 64\u00a0% et 94\u00a0%)",
                "rund 79\u00a0% (zwischen 64\u00a0% und 94\u00a0%)",
                "ongeveer 79% (tussen 64% en 94%)",
                "about 79% (between 64% and 94%)",
            ),
        ),
        (printed("0.915", "share"), ("91,5\u00a0%", "91,5\u00a0%", "91,5%", "91.5%")),
        (
            printed("12737.996491", "EUR/project"),
            (
                "environ 12\u202f738\u00a0euros par projet",
                "rund 12.738\u00a0Euro pro Projekt",
                "ongeveer 12.738\u00a0euro per project",
                "about 12,738\u00a0euros per project",
            ),
        ),
        (
            COST_PER_SITE,
            (
                "entre 35\u202f621 et 38\u202f931\u00a0euros par implantation",
                "zwischen 35.621 und 38.931\u00a0Euro pro Schulstandort",
                "tussen 35.621 en 38.931\u00a0euro per vestigingsplaats",
                "between 35,621 and 38,931\u00a0euros per school site",
            ),
        ),
        (printed("3", "years"), ("3\u00a0ans", "3\u00a0Jahre", "3\u00a0jaar", "3\u00a0years")),
        (
            printed("8.5", "per_100_pupils"),
            (
                "8,5\u00a0pour 100 élèves",
                "8,5\u00a0je 100 Schüler",
                "8,5\u00a0per 100 leerlingen",
                "8.5\u00a0per 100 pupils",
            ),
        ),
        (
            computed("2240", "2100", None, "teams", Basis.CONVENTION),
            (
                "environ 2\u202f100\u00a0équipes ou plus",
                "rund 2.100\u00a0Teams oder mehr",
                "ongeveer 2.100\u00a0teams of meer",
                "about 2,100\u00a0teams or more",
            ),
        ),
        (
            computed(None, "0", "450", "sites", Basis.CONVENTION),
            (
                "au plus 450\u00a0sites",
                "höchstens 450\u00a0Standorte",
                "hoogstens 450\u00a0locaties",
                "at most 450\u00a0sites",
            ),
        ),
        (
            computed("500", "0", "450", "sites", Basis.CONVENTION),
            (
                "environ 500\u00a0sites ou moins",
                "rund 500\u00a0Standorte oder weniger",
                "ongeveer 500\u00a0locaties of minder",
                "about 500\u00a0sites or less",
            ),
        ),
        (
            computed(None, "0.44779", None, "share", Basis.CONVENTION),  # 1,724 / 3,850
            ("au moins 44,7\u00a0%", "mindestens 44,7\u00a0%", "minstens 44,7%", "at least 44.7%"),
        ),
        (computed("70", None, None, "projects"), ("non connu", "nicht bekannt", "niet bekend", "not known")),
    ],
)
def test_in_sentences(quantity, expected):
    assert in_four(lambda language: wording.words(quantity, language)) == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (EN_BUDGET, ("25,1\u00a0M€", "25,1\u00a0Mio.\u00a0€", "€\u00a025,1\u00a0mln.", "€25.1m")),
        (CYBERCLASSE, ("85\u00a0M€", "85\u00a0Mio.\u00a0€", "€\u00a085\u00a0mln.", "€85m")),
        (
            TOTAL,
            (
                "entre 136,6\u00a0M€ et 137,7\u00a0M€",
                "zwischen 136,6\u00a0Mio.\u00a0€ und 137,7\u00a0Mio.\u00a0€",
                "tussen €\u00a0136,6\u00a0mln. en €\u00a0137,7\u00a0mln.",
                "between €136.6m and €137.7m",
            ),
        ),
        (CONNECTIVITY, ("7,1\u00a0M€", "7,1\u00a0Mio.\u00a0€", "€\u00a07,1\u00a0mln.", "€7.1m")),
        (printed("104880", "EUR"), ("104\u202f880\u00a0€", "104.880\u00a0€", "€\u00a0104.880", "€104,880")),
        (
            printed("805000000", "BEF", "rounded", "1000000"),
            ("805\u00a0M\u00a0FB", "805\u00a0Mio.\u00a0BEF", "BEF\u00a0805\u00a0mln.", "BEF\u00a0805m"),
        ),
        (
            computed(None, "136631000", "137658000", "EUR"),
            (
                "entre 136,6\u00a0M€ et 137,7\u00a0M€",
                "zwischen 136,6\u00a0Mio.\u00a0€ und 137,7\u00a0Mio.\u00a0€",
                "tussen €\u00a0136,6\u00a0mln. en €\u00a0137,7\u00a0mln.",
                "between €136.6m and €137.7m",
            ),
        ),
        (
            printed("15000", "EUR/project", "rounded", "1000"),
            (
                "environ 15\u202f000\u00a0€ par projet",
                "rund 15.000\u00a0€ pro Projekt",
                "ongeveer €\u00a015.000\u00a0per project",
                "about €15,000\u00a0per project",
            ),
        ),
        (
            COST_PER_SITE,
            (
                "entre 35\u202f621\u00a0€ et 38\u202f931\u00a0€ par implantation",
                "zwischen 35.621\u00a0€ und 38.931\u00a0€ pro Schulstandort",
                "tussen €\u00a035.621 en €\u00a038.931\u00a0per vestigingsplaats",
                "between €35,621 and €38,931\u00a0per school site",
            ),
        ),
        (
            COVERAGE,
            (
                "entre 64\u00a0% et 94\u00a0%",
                "zwischen 64\u00a0% und 94\u00a0%",
                "tussen 64% en 94%",
                "between 64% and 94%",
            ),
        ),
        (
            computed("33764672", "33714172", "33815172", "EUR"),  # as "about 34 million euros"
            ("34\u00a0M€", "34\u00a0Mio.\u00a0€", "€\u00a034\u00a0mln.", "€34m"),
        ),
        (printed("0.660105", "share"), ("66\u00a0%", "66\u00a0%", "66%", "66%")),
        (
            printed("1709", "projects"),
            ("1\u202f709\u00a0projets", "1.709\u00a0Projekte", "1.709\u00a0projecten", "1,709\u00a0projects"),
        ),
    ],
)
def test_in_labels_and_cells(quantity, expected):
    assert in_four(lambda language: wording.words(quantity, language, style="short")) == expected


@pytest.mark.parametrize(
    ("quantity", "style", "expected"),
    [
        (printed("1709", "projects"), "long", "1\u202f709"),
        (TEAM, "long", "entre 14 et 16"),
        (printed("1700", "etablissements", "more_than", "100"), "long", "plus de 1\u202f700"),
        (printed("15000", "EUR/project"), "long", "15\u202f000\u00a0euros"),
        (printed("15000", "EUR/project"), "short", "15\u202f000\u00a0€"),
        (CYBERCLASSE, "short", "85\u00a0M€"),
        (printed("0.915", "share"), "short", "91,5\u00a0%"),
        (printed("3", "years"), "long", "3"),
    ],
)
def test_without_noun_a_sum_keeps_its_currency_and_a_share_its_sign(quantity, style, expected):
    assert wording.words(quantity, "fr", style=style, noun=False) == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        # up to three figures are said as printed; 6.9 for 6,850,000 would be another number
        (printed("6850000", "EUR", "rounded", "10000"), "environ 6,85\u00a0millions d\u2019euros"),
        (printed("7500000", "EUR", "rounded", "100000"), "environ 7,5\u00a0millions d\u2019euros"),
        (printed("120000000", "EUR"), "120\u00a0millions d\u2019euros"),
        # as the press kit of 2020 prints them, to the thousand
        (
            printed("6825000", "EUR", "rounded", "1000"),
            "environ 6\u202f825\u202f000\u00a0euros, à\u00a0500\u00a0euros\u00a0près",
        ),
        (
            printed("9489000", "EUR", "rounded", "1000"),
            "environ 9\u202f489\u202f000\u00a0euros, à\u00a0500\u00a0euros\u00a0près",
        ),
        # "quelque 325 dossiers" (Regional-IT, 6 June 2018)
        (printed("325", "projects", "about", "1"), "environ 325\u00a0projets"),
        # "about 75" would be read as 74.5 to 75.5, "about 74.5" as 74.45 to 74.55
        (computed("74545052", "74044052", "75046052", "EUR"), "entre 74 et 75,1\u00a0millions d\u2019euros"),
        # 8.7 million, rounded, over 679 projects; "about 12,800" would be read as 12,750 to 12,850
        (
            computed("12812.96", "12739.32", "12886.60", "EUR/project"),
            "entre 12\u202f739 et 12\u202f887\u00a0euros par projet",
        ),
        (printed("25000000", "EUR", "more_than", "1000000"), "plus de 25\u00a0millions d\u2019euros"),
        (printed("12.50", "EUR"), "12,50\u00a0euros"),
        (printed("5500000000", "BEF", "about", "100000000"), "environ 5,5\u00a0milliards de francs belges"),
        # 13,567.59 to 13,569.58: the last figure of 13,569 is not known
        (
            computed("13568.59", "13567.59", "13569.58", "EUR/project"),
            "environ 13\u202f570\u00a0euros par projet, à\u00a03\u00a0euros\u00a0près",
        ),
        # 325 of 781, 503 of 762: rounded, and said to be
        (printed("0.416133", "share"), "environ 41,6\u00a0%"),
        (printed("0.660105", "share"), "environ 66\u00a0%"),
        # 183 of about 3,800 sites, or of 3,750 to 3,850
        (
            computed("0.048158", "0.047532", "0.0488", "share", Basis.CONVENTION),
            "entre 4,7\u00a0% et 4,9\u00a0%",
        ),
        (printed("-244", "projects"), "\u2212244\u00a0projets"),
        (computed(None, "400000", "1300000", "EUR"), "entre 400\u202f000 et 1\u202f300\u202f000\u00a0euros"),
        (computed(None, "0.15", "1", "share"), "au moins 15\u00a0%"),
        (computed(None, "0", "1", "share"), "non connu"),
        # less than 10 and less than 20
        (computed("30", "0", "28", "projects"), "moins de 30\u00a0projets"),
        # things are whole: 69.5 to 70.5
        (printed("70", "projects", "rounded", "1"), "70\u00a0projets"),
        (printed("70", "projects", "about", "1"), "environ 70\u00a0projets, à\u00a01\u00a0près"),
    ],
)
def test_how_far_a_number_is_rounded(quantity, expected):
    assert wording.words(quantity, "fr") == expected


# --- running text ---------------------------------------------------------------------------------


RUNNING = [
    (
        printed("7", "persons"),
        ("sept\u00a0personnes", "sieben\u00a0Personen", "zeven\u00a0personen", "seven\u00a0people"),
    ),
    (
        printed("16", "lots"),
        ("seize\u00a0lots", "sechzehn\u00a0Lose", "zestien\u00a0percelen", "sixteen\u00a0lots"),
    ),
    (
        printed("17", "persons"),
        ("17\u00a0personnes", "17\u00a0Personen", "17\u00a0personen", "17\u00a0people"),
    ),
    (printed("1", "persons"), ("1\u00a0personne", "1\u00a0Person", "1\u00a0persoon", "1\u00a0person")),
    (
        computed(None, "14", "16", "persons"),
        (
            "14 à 16\u00a0personnes",
            "14 bis 16\u00a0Personen",
            "14 à 16\u00a0personen",
            "14 to 16\u00a0people",
        ),
    ),
    (
        computed(None, "14", "30", "persons"),
        (
            "entre 14 et 30\u00a0personnes",
            "zwischen 14 und 30\u00a0Personen",
            "tussen 14 en 30\u00a0personen",
            "between 14 and 30\u00a0people",
        ),
    ),
    (
        computed("3", "3", None, "persons"),
        (
            "au moins 3\u00a0personnes",
            "mindestens 3\u00a0Personen",
            "minstens 3\u00a0personen",
            "at least 3\u00a0people",
        ),
    ),
]


@pytest.mark.parametrize(("quantity", "expected"), RUNNING)
def test_running_text_writes_small_counts_in_letters(quantity, expected):
    said = tuple(wording.running_words(quantity, language) for language in ("fr", "de", "nl", "en"))
    assert said == expected


def test_running_text_can_leave_out_what_is_counted():
    assert wording.running_words(printed("3", "persons"), "fr", noun=False) == "trois"
    assert wording.running_words(printed("503", "projects"), "fr", noun=False) == "503"


# --- titles and running text: no more figures than a reader believes ----------------------------------


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (
            computed("21196.588957", "21196.588957", "21196.588957", "EUR/project"),  # 6,910,088 / 326
            (
                "quelque 21\u202f200\u00a0euros par projet",
                "etwa 21.200\u00a0Euro pro Projekt",
                "zowat 21.200\u00a0euro per project",
                "some 21,200\u00a0euros per project",
            ),
        ),
        (
            printed("3000", "implantations", "about", "1000"),
            (
                "environ 3\u202f000\u00a0implantations",
                "rund 3.000\u00a0Schulstandorte",
                "ongeveer 3.000\u00a0vestigingsplaatsen",
                "about 3,000\u00a0school sites",
            ),
        ),
        (
            COST_PER_SITE,
            (
                "entre 35\u202f600 et 39\u202f000\u00a0euros par implantation",
                "zwischen 35.600 und 39.000\u00a0Euro pro Schulstandort",
                "tussen 35.600 en 39.000\u00a0euro per vestigingsplaats",
                "between 35,600 and 39,000\u00a0euros per school site",
            ),
        ),
        (
            printed("9489000", "EUR", "rounded", "1000"),
            (
                "quelque 9,5\u00a0millions d\u2019euros",
                "etwa 9,5\u00a0Millionen Euro",
                "zowat 9,5\u00a0miljoen euro",
                "some 9.5\u00a0million euros",
            ),
        ),
        (
            computed(
                None, "33714172", None, "EUR"
            ),  # the words of the label and of the sentence are one number
            (
                "au moins 33,7\u00a0millions d\u2019euros",
                "mindestens 33,7\u00a0Millionen Euro",
                "minstens 33,7\u00a0miljoen euro",
                "at least 33.7\u00a0million euros",
            ),
        ),
        (CONNECTIVITY, in_four(lambda language: wording.words(CONNECTIVITY, language))),  # exact: in full
        (
            computed("0.4975", "0.4975", "0.4975", "share"),  # 199 of 400, counted: rounded, and told to be
            ("environ 49,8\u00a0%", "rund 49,8\u00a0%", "ongeveer 49,8%", "about 49.8%"),
        ),
    ],
)
def test_in_titles_and_running_text(quantity, expected):
    assert in_four(lambda language: wording.words(quantity, language, style="text")) == expected
    assert in_four(lambda language: wording.running_words(quantity, language)) == expected


# --- headlines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (EN_BUDGET, "plus de 25\u00a0millions d\u2019euros"),
        (TOTAL, "entre 136,6 et 137,7\u00a0millions d\u2019euros"),
        (printed("9489000", "EUR", "rounded", "1000"), "près de 9,5\u00a0millions d\u2019euros"),
        (CONNECTIVITY, "plus de 7,1\u00a0millions d\u2019euros"),
        (CYBERECOLE, "près de 20\u00a0millions d\u2019euros"),
        (CYBERCLASSE, "environ 85\u00a0millions d\u2019euros"),
        (printed("503", "projects"), "503\u00a0projets"),
        (printed("104880", "EUR"), "104\u202f880\u00a0euros"),
        (COVERAGE, "environ 79\u00a0% (entre 64\u00a0% et 94\u00a0%)"),
        (TEAM, "entre 14 et 16\u00a0personnes"),
    ],
)
def test_the_strongest_true_phrase(quantity, expected):
    assert wording.headline_words(quantity, "fr") == expected


# --- beside large numbers -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (printed("503", "projects"), ("exact", "genau", "exact", "exact")),
        (
            printed("2400", "teams", "about", "100"),
            (
                "environ, à\u00a050\u00a0près",
                "rund, auf\u00a050 genau",
                "ongeveer, op\u00a050 nauwkeurig",
                "about, to within 50",
            ),
        ),
        (CYBERCLASSE, ("arrondi", "gerundet", "afgerond", "rounded")),
        (CONNECTIVITY, ("arrondi", "gerundet", "afgerond", "rounded")),
        (TEAM, ("entre 14 et 16", "zwischen 14 und 16", "tussen 14 en 16", "between 14 and 16")),
        (
            printed("1700", "etablissements", "more_than", "100"),
            ("plus de", "mehr als", "meer dan", "more than"),
        ),
        (
            COVERAGE,
            (
                "environ, entre 64\u00a0% et 94\u00a0%",
                "rund, zwischen 64\u00a0% und 94\u00a0%",
                "ongeveer, tussen 64% en 94%",
                "about, between 64% and 94%",
            ),
        ),
    ],
)
def test_precision_beside_a_number(quantity, expected):
    style = "long" if quantity is COVERAGE else "short"
    assert in_four(lambda language: wording.precision_words(quantity, language, style=style)) == expected


def test_what_a_forecast_is_stands_before_how_sure_it_is():
    planned = printed("500", "projects")
    assert wording.precision_words(planned, "fr", forecast="prévu") == "prévu"
    budget = printed("7500000", "EUR", "rounded", "100000")
    assert wording.precision_words(budget, "fr", forecast="prévu", style="long") == "prévu, environ"


@pytest.mark.parametrize(
    ("quantity", "language", "expected"),
    [
        (printed("1709", "projects"), "fr", wording.CardNumber("1\u202f709", "projets", "exact")),
        (TOTAL, "fr", wording.CardNumber("136,6–137,7\u00a0M€", "", "entre 136,6\u00a0M€ et 137,7\u00a0M€")),
        (COVERAGE, "fr", wording.CardNumber("64–94\u00a0%", "", "entre 64\u00a0% et 94\u00a0%")),
        (TEAM, "fr", wording.CardNumber("14–16", "personnes", "entre 14 et 16")),
        (EN_COVERAGE, "nl", wording.CardNumber("14–46%", "", "tussen 14% en 46%")),
        (printed("15000", "EUR/project"), "de", wording.CardNumber("15.000\u00a0€", "pro Projekt", "genau")),
        (
            computed(None, "136631000", "137658000", "EUR"),
            "en",
            wording.CardNumber("€136.6m–€137.7m", "", "between €136.6m and €137.7m"),
        ),
        (
            computed(None, "136631000", "137658000", "EUR"),
            "nl",
            wording.CardNumber(
                "€\u00a0136,6–137,7\u00a0mln.", "", "tussen €\u00a0136,6\u00a0mln. en €\u00a0137,7\u00a0mln."
            ),
        ),
        (computed("70", None, None, "projects"), "fr", wording.CardNumber("–", "", "non connu")),
    ],
)
def test_the_parts_of_a_card(quantity, language, expected):
    assert wording.key_figure(quantity, language) == expected


def test_why_a_number_is_missing():
    assert in_four(lambda language: wording.missing_words(Reason.NOT_YET_KNOWN, language)) == (
        "pas encore connu",
        "noch nicht bekannt",
        "nog niet bekend",
        "not yet known",
    )
    for language in LANGUAGES:
        assert len({wording.missing_words(reason, language) for reason in Reason}) == len(Reason)


# --- every unit, every rule, every language -------------------------------------------------------


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_unit_has_words_in_every_language(unit):
    one, many = Quantity.exact(1, unit), Quantity.exact(5, unit)
    for style in ("long", "short"):
        for language in LANGUAGES:
            assert re.search(r"[^\W\d]|%|€", wording.words(one, language, style=style))
            text = wording.words(many, language, style=style)
            assert text != "5"
            assert "{" not in text
        everywhere = {wording.words(many, language, style=style) for language in ("fr", "de", "nl")}
        assert len(everywhere) > 1 or unit == "percent"


def test_an_unknown_language_is_an_error():
    with pytest.raises(UnknownName, match="fr, de, nl, en"):
        wording.words(TOTAL, "es")


def test_the_house_rules_are_told_in_every_language():
    for rule in HOUSE_RULES.values():
        texts = in_four(lambda language, meaning=rule.meaning: translate(meaning, language))
        assert len(set(texts)) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_straight_apostrophe_is_written(language):
    for unit in UNITS:
        for value in (1, 2, 3_500_000, 2_000_000_000):
            assert "'" not in wording.words(Quantity.exact(value, unit), language)
