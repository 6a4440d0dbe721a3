"""Digits, dates and catalogues in the four languages. Expected texts are typed by hand, after CLDR
and the usage of Belgian administrations; invisible characters are written as escapes."""

import gettext
import importlib.util
import io
import re
import sys
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from ennum_stats import languages
from ennum_stats.errors import UnknownName, UsageError, message
from ennum_stats.languages import (
    LANGUAGES,
    catalogue,
    clock_time,
    day,
    listed,
    number,
    period_words,
    read_catalogue,
    translate,
    translate_plural,
)
from ennum_stats.periods import Period
from ennum_stats.quantities import Bounds
from tests.conftest import in_four
from tools.catalogues import TRANSLATED

ROOT = Path(__file__).parent.parent


# --- digits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1709, None, ("1\u202f709", "1.709", "1.709", "1,709")),
        (0, None, ("0", "0", "0", "0")),
        (7124359, 0, ("7\u202f124\u202f359", "7.124.359", "7.124.359", "7,124,359")),
        (Decimal("3745.714285"), 2, ("3\u202f745,71", "3.745,71", "3.745,71", "3,745.71")),
        (Decimal("41.60"), None, ("41,6", "41,6", "41,6", "41.6")),
        (Decimal("41.6"), 2, ("41,60", "41,60", "41,60", "41.60")),
        (-244, None, ("\u2212244", "\u2212244", "\u2212244", "\u2212244")),
        (Decimal("-0.001"), 1, ("0,0", "0,0", "0,0", "0.0")),
        (0.1, None, ("0,1", "0,1", "0,1", "0.1")),
    ],
)
def test_digits_are_written_as_the_language_writes_them(value, decimals, expected):
    assert in_four(lambda language: number(value, language, decimals)) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    # to even, these would be 0, 2, 0.12, 2.67 and 6.8
    [("0.5", 0, "1"), ("2.5", 0, "3"), ("0.125", 2, "0.13"), ("2.675", 2, "2.68"),
     ("6.85", 1, "6.9"), ("-2.5", 0, "\u22123")],
)  # fmt: skip
def test_halves_are_rounded_up(value, decimals, expected):
    assert number(Decimal(value), "en", decimals) == expected


@pytest.mark.parametrize(("value", "expected"), [(177, "+177"), (-244, "\u2212244"), (0, "0")])
def test_a_change_shows_its_sign(value, expected):
    assert number(value, "fr", signed=True) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(UsageError, match="why it is missing"):
        number(value, "fr")


@given(st.decimals(-(10**12), 10**12, places=4), st.integers(0, 3), st.sampled_from(LANGUAGES))
def test_a_written_number_is_within_half_of_its_last_place(value, decimals, language):
    group, point = {"fr": ("\u202f", ","), "en": (",", ".")}.get(language, (".", ","))
    text = number(value, language, decimals).replace(group, "").replace(point, ".")
    difference = abs(Decimal(text.replace("\u2212", "-")) - value)
    assert difference <= Decimal(1).scaleb(-decimals) / 2


# --- dates and lists ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            date(2020, 1, 31),
            ("31\u00a0janvier 2020", "31.\u00a0Januar 2020", "31\u00a0januari 2020", "31\u00a0January 2020"),
        ),
        (
            date(2014, 3, 1),
            ("1er\u00a0mars 2014", "1.\u00a0März 2014", "1\u00a0maart 2014", "1\u00a0March 2014"),
        ),
        (
            date(2017, 8, 11),
            ("11\u00a0août 2017", "11.\u00a0August 2017", "11\u00a0augustus 2017", "11\u00a0August 2017"),
        ),
    ],
)
def test_days(value, expected):
    assert in_four(lambda language: day(value, language)) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2020", ("2020", "2020", "2020", "2020")),
        ("2020-01", ("janvier 2020", "Januar 2020", "januari 2020", "January 2020")),
        (
            "2007-03-20",
            ("20\u00a0mars 2007", "20.\u00a0März 2007", "20\u00a0maart 2007", "20\u00a0March 2007"),
        ),
    ],
)
def test_periods_are_no_finer_than_they_are_known(period, expected):
    assert in_four(lambda language: period_words(Period(period), language)) == expected


def test_times_of_day():
    expected = ("13\u00a0h\u00a030", "13:30\u00a0Uhr", "13.30\u00a0uur", "13:30")
    assert in_four(lambda language: clock_time(time(13, 30), language)) == expected
    expected = ("9\u00a0h", "9:00\u00a0Uhr", "9.00\u00a0uur", "9:00")
    assert in_four(lambda language: clock_time(time(9), language)) == expected


def test_lists():
    assert in_four(lambda language: listed(["a", "b", "c"], language)) == (
        "a, b et c",
        "a, b und c",
        "a, b en c",
        "a, b and c",
    )
    assert in_four(lambda language: listed(["a", "b"], language, "or")) == (
        "a ou b",
        "a oder b",
        "a of b",
        "a or b",
    )
    assert listed([], "fr") == ""


# --- texts ----------------------------------------------------------------------------------------


def test_a_text_is_translated_and_its_places_filled():
    assert in_four(lambda language: translate("about {n}", language, n=1709)) == (
        "environ 1\u202f709",
        "rund 1.709",
        "ongeveer 1.709",
        "about 1,709",
    )
    nested = message("about {n}", n=message("not yet known"))
    assert translate(nested, "nl") == "ongeveer nog niet bekend"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020", "2020"),
        (Decimal("8.5"), "8,5"),
        (date(2020, 1, 1), "1er\u00a0janvier 2020"),
        (datetime(2020, 2, 6, 13, 30), "6\u00a0février 2020, 13\u00a0h\u00a030"),  # noqa: DTZ001
        (Period("2020-01"), "janvier 2020"),
        (["EN1", Decimal(2), message("planned")], "EN1, 2 et prévision"),
        (Bounds(Decimal(1), None), "1 – …"),
        (True, "True"),
    ],
)
def test_values_are_written_as_the_language_writes_them(value, expected):
    assert translate("{value}", "fr", value=value) == expected


def test_a_text_without_translation_stays_english():
    assert translate("no such text {n}", "fr", n=1) == "no such text 1"
    assert translate_plural("{n} thing", "{n} things", 2, "de") == "2 things"


def test_braces_without_values_are_left_alone():
    assert translate("{not a place}", "fr") == "{not a place}"


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, ("0 projet", "0 Projekte", "0 projecten", "0 projects")),
        (1, ("1 projet", "1 Projekt", "1 project", "1 project")),
        (Decimal("1.5"), ("1,5 projet", "1,5 Projekte", "1,5 projecten", "1.5 projects")),
        (2, ("2 projets", "2 Projekte", "2 projecten", "2 projects")),
        (-1, ("\u22121 projet", "\u22121 Projekt", "\u22121 project", "\u22121 project")),
    ],
)
def test_nouns_agree_with_their_number(n, expected):
    plural = ("{n} project", "{n} projects")
    assert in_four(lambda language: translate_plural(*plural, n, language)) == expected


@pytest.mark.parametrize("language", ["", "FR", "es", "fr_BE"])
def test_another_language_is_an_error_that_names_the_four(language):
    for attempt in (
        lambda: translate("exact", language),
        lambda: number(1, language),
        lambda: day(date(2020, 1, 1), language),
        lambda: translate_plural("{n} project", "{n} projects", 1, language),
        lambda: clock_time(time(9), language),
    ):
        with pytest.raises(UnknownName, match="fr, de, nl, en"):
            attempt()


# --- catalogues -----------------------------------------------------------------------------------


def test_a_catalogue_is_read_as_gettext_does(tmp_path):
    path = tmp_path / "a.po"
    path.write_text(
        '# comment\nmsgid ""\nmsgstr ""\n"Language: fr\\n"\n\n'
        '#: ennum_stats/x.py:1\nmsgid ""\n"one \\"quoted\\" "\n"line\\n"\nmsgstr "un \\\\ \\t"\n\n'
        '#, fuzzy\nmsgid "unsure"\nmsgstr "incertain"\n\n'
        'msgid "empty"\nmsgstr ""\n\n'
        '#~ msgid "old"\n#~ msgstr "vieux"\n\n'
        'msgid "{n} dog"\nmsgid_plural "{n} dogs"\nmsgstr[0] "{n} chien"\nmsgstr[1] "{n} chiens"\n',
        encoding="utf-8",
    )
    found = read_catalogue(path)
    assert found.texts == {'one "quoted" line\n': "un \\ \t"}
    assert found.plurals == {("{n} dog", "{n} dogs"): ("{n} chien", "{n} chiens")}


def test_a_damaged_catalogue_is_told_by_its_line(tmp_path):
    path = tmp_path / "a.po"
    path.write_text('msgid "a"\nmsgstr missing quotes\n', encoding="utf-8")
    with pytest.raises(ValueError, match="missing quotes"):
        read_catalogue(path)


@pytest.mark.parametrize("language", TRANSLATED)
def test_compiled_catalogues_say_the_same(language):
    """GNU gettext, on catalogues compiled as translators' programs do, gives the same texts."""
    texts, plurals = {}, {}
    for path in sorted((Path(languages.__file__).parent / "locale" / language).rglob("*.po")):
        compiled = io.BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=language))
        compiled.seek(0)
        translations = gettext.GNUTranslations(compiled)
        one = read_catalogue(path)
        texts |= {text: translations.gettext(text) for text in one.texts}
        plurals |= {
            key: (translations.ngettext(*key, 1), translations.ngettext(*key, 2)) for key in one.plurals
        }
    assert catalogue(language).texts == texts
    assert catalogue(language).plurals == plurals


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "tools" / "catalogues.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def report(tool):
    return tool.report()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_of_the_package_lacks_a_translation(report, language):
    assert report.missing[language] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_of_a_text_that_is_gone(report, language):
    assert report.unused[language] == []


def test_translations_have_the_places_of_their_texts_and_agree_among_catalogues(report):
    assert report.faults == []


def test_texts_are_found_wherever_code_declares_them(tool, tmp_path):
    package = tmp_path / "ennum_stats"
    package.mkdir()
    (package / "a.py").write_text(
        'message("found {n}", n=1)\n'
        'translate_plural("{n} cat", "{n} cats", 2, "fr")\n'
        'errors.message("by " "parts")\n'
        'Chart(title="a title", caveats=("one caveat", "another"), name="no text")\n'
        "class Rule:\n    code: str\n    meaning: str\n\n"
        'Rule("code", "by its place")\n'
        'figure(title="left out")  # no translation\n'
        'message("{n}")\n'
        'message(f"never {this}")\n',
        encoding="utf-8",
    )
    assert set(tool.declared(package)) == {
        "found {n}",
        ("{n} cat", "{n} cats"),
        "by parts",
        "a title",
        "one caveat",
        "another",
        "by its place",
    }


def test_what_no_translator_can_see_is_reported(tool, tmp_path):
    package = tmp_path / "ennum_stats"
    package.mkdir()
    code = 'message(f"never {this}")\nYES = {"fr": "oui", "de": "ja", "nl": "ja"}\n'
    (package / "a.py").write_text(code, encoding="utf-8")
    assert tool.report(package).faults == [
        "ennum_stats/a.py:1: an f-string cannot be translated; use named places",
        "ennum_stats/a.py:2: lacks en",
    ]


def test_what_is_wrong_with_a_translation_is_reported(tool, tmp_path):
    package = tmp_path / "ennum_stats"
    for language in TRANSLATED:
        (package / "locale" / language / "LC_MESSAGES").mkdir(parents=True)
    (package / "a.py").write_text('message("{n} of {all}")\nmessage("missing")\n', encoding="utf-8")
    texts = package / "locale" / "fr" / "LC_MESSAGES" / "a.po"
    texts.write_text('msgid "{n} of {all}"\nmsgstr "{n} de tous"\n\nmsgid "gone"\nmsgstr "parti"\n')
    found = tool.report(package)
    assert found.missing == {
        "fr": ["missing"],
        "de": ["{n} of {all}", "missing"],
        "nl": ["{n} of {all}", "missing"],
    }
    assert found.unused == {"fr": ["gone"], "de": [], "nl": []}
    assert len(found.faults) == 1
    assert "['n'] instead of ['all', 'n']" in found.faults[0]
    for _ in range(2):
        tool.write_missing(package)
    catalogues = sorted((package / "locale").rglob("*.po"))
    assert [path.name for path in catalogues] == ["a.po"] * 3
    for path in catalogues:
        written = path.read_text("utf-8").replace('"missing"\nmsgstr ""', '"missing"\nmsgstr "filled"')
        assert written.count("filled") == 1
        path.write_text(written, "utf-8")
    assert tool.report(package).missing == {"fr": [], "de": ["{n} of {all}"], "nl": ["{n} of {all}"]}


# --- one word for one thing -----------------------------------------------------------------------

OTHER_WORDS = {
    "fr": r"\binconnue?s?\b|\bnon disponible|\bindisponible|\bnon renseigné|\bn\. ?d\.|\bEUR\b|€ ?[\d{]",
    "de": r"\bunbekannt\w*|\bnicht verfügbar|\bkeine Angabe|\bk\. ?A\.|\bEUR\b|€ ?[\d{]|\bEuros\b",
    "nl": r"\bonbekende?\b|\bniet gekend|\bEUR\b|[\d}] ?€|\beuros\b",
    "en": r"\bunknown\b|\bnot available|\bn/a\b|\bEUR\b|[\d}] ?€|\bin euro\b",
}
"""What a language might say where it says “non connu”, “nicht bekannt”, “niet bekend”, “not known”, and how it might
write money otherwise than in euros, before or after the sign as its readers do."""
OF_NAMES = {"“{code}” is unknown.", "“{value}” is unknown.", "This column is unknown."}
"""A name that is in no list, which is an error, is no number that no document tells."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_and_money_have_one_word_in_all_texts(language):
    translated = catalogue("fr" if language == "en" else language).texts.items()
    texts = [english if language == "en" else text for english, text in translated if english not in OF_NAMES]
    texts += [text for pair in catalogue(language).plurals.values() for text in pair]
    for path in (ROOT / "ennum_stats" / "kit" / "texts" / language).glob("*.md"):
        texts.append(path.read_text("utf-8").replace("unknown=", ""))
    others = [
        text[max(0, m.start() - 30) : m.end() + 30]
        for text in texts
        for m in re.finditer(OTHER_WORDS[language], text)
    ]
    assert len(texts) > 2_000
    assert others == []


def test_french_has_no_break_spaces_where_its_punctuation_asks_for_them():
    folder = Path(languages.__file__).parent / "locale" / "fr" / "LC_MESSAGES"
    lines = [line for path in folder.glob("*.po") for line in path.read_text("utf-8").splitlines()]
    shown = [line for line in lines if line.startswith("msgstr")]
    assert len(shown) > 1000
    assert [line for line in shown if re.search("[ \u202f][:;!?»]|«[ \u202f]", line)] == []
