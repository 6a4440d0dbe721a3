"""Every sentence of the kit's texts is a statement, a quotation or a definition; and one that is not, is found."""

import csv
import re
import shutil
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest

from ennum_stats.document.blocks import plain_text
from ennum_stats.errors import UnknownName
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.press import KIT_LANGUAGES
from ennum_stats.kit.proofs import Proof, sentences, unproved
from ennum_stats.kit.text import TEXTS, TOKEN, kit_text, read_text, text_of
from ennum_stats.publication import proof
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import NBSP
from ennum_stats.wording import noun_of

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
HEAD = "---\ntitle: T\nsubtitle: S\n---\n"


def sorted_out(body, language="fr"):
    return [(one.line, one.proof, one.compares) for one in sentences(HEAD + body, language)]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("language", KIT_LANGUAGES)
def test_something_proves_each_sentence(language, name):
    assert [f"{line}: {found}" for line, found in unproved(language, name)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_sentence_is_proved_alike_in_each_language(name):
    """A translation may split a sentence in two; the lines and the documents that they quote are the same."""
    quoted = [
        {(one.line, place) for one in sentences(text_of(language, name), language) for place in one.places}
        for language in KIT_LANGUAGES
    ]
    assert quoted[0]
    assert quoted == [quoted[0]] * len(KIT_LANGUAGES)


@cache
def rows_of_places():
    """The rows of the raw tables, by the place of a document that they are from."""
    places = defaultdict(list)
    for path in RAW.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("locator"):
                    places[f"{row['source_id']}#{row['locator'].replace(' ', '-')}"].append(row)
    return places


def test_each_place_quoted_is_one_that_the_raw_tables_are_from():
    quoted = {place for name in TEXTS for one in sentences(text_of("fr", name), "fr") for place in one.places}
    assert len(quoted) > 10
    assert quoted <= rows_of_places().keys()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Les écoles sont contentes.", [(5, None, "")]),
        ("Il y a {{a}}. Les écoles sont contentes.", [(5, Proof.STATEMENT, ""), (5, None, "")]),
        ("Voici tout {{see:chart:a}}.", [(5, None, "")]),
        ("[Tout va.]{known=a}", [(5, None, "")]),
        ("[Tout ira.]{states=ahead:EN2020}", [(5, None, "")]),
        ("[Tout monte.]{states=rises:projects:EN1_EN2019}", [(5, Proof.STATEMENT, "")]),
        ("[Tout va.]{quotes=doc#page} Rien.", [(5, Proof.QUOTATION, ""), (5, None, "")]),
        ("::: {quotes=doc#page}\n- Tout va.\n:::\n\nRien.", [(6, Proof.QUOTATION, ""), (9, None, "")]),
        ("[Un mot est un mot.]{defines=word}", [(5, Proof.DEFINITION, "")]),
        ("[Le premier mot est un mot.]{defines=word}", [(5, Proof.DEFINITION, "premier")]),
        ("[« Plus de » est un mot, chaque fois.]{defines=word}", [(5, Proof.DEFINITION, "")]),
        ("[EN1 a plus.]{states=exact:a defines=word}", [(5, Proof.STATEMENT, "plus")]),
        ("EN1, le premier, a {{a}}.", [(5, Proof.STATEMENT, "premier")]),
        ("EN1 a {{a}}[, plus que tous]{states=exceeds-each-before:EN1:a}.", [(5, Proof.STATEMENT, "")]),
        ("EN1 a {{a}}[, plus que tous]{states=exceeds:a:b}.", [(5, Proof.STATEMENT, "tous")]),
        ("[EN1 est le plus grand.]{states=exceeds:a:b}", [(5, Proof.STATEMENT, "le plus")]),
        ("[EN1 est le plus grand.]{states=highest:EN1:a:EN1_EN2019}", [(5, Proof.STATEMENT, "")]),
        ("Il y eut quatre appels et {{a}}.", [(5, Proof.STATEMENT, "quatre")]),
        ("[Aucun document ne le dit.]{unknown=a}", [(5, Proof.STATEMENT, "")]),
        ("{{call:last}}, le dernier, a {{a}}.", [(5, Proof.STATEMENT, "")]),
        ("# Tout va\n\n**Tout va.** [Un mot.]{defines=word}", [(7, Proof.DEFINITION, "")]),
    ],
)  # fmt: skip
def test_a_sentence_is_sorted_by_what_proves_it(body, expected):
    assert sorted_out(body) == expected


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("[Un mot compte {{a}}.]{defines=word}", ("{{a}}",)),
        ("[Un mot compte {{a}}.]{known=a defines=word}", ("{{a}}",)),
        ("::: {defines=word}\nUn mot de 12 lettres.\n:::", ("12",)),
        ("[Un mot compte des {{a.noun}} {{see:chart:a}}, depuis EN1.]{defines=word}", ()),
        ("Il y a {{a}}. [Un mot en a 12.]{quotes=doc#page defines=word}", ()),
    ],
)
def test_a_definition_prints_no_number(body, numbers):
    assert tuple(n for one in sentences(HEAD + body, "fr") for n in one.numbers) == numbers


def test_a_sentence_that_nothing_proves_stops_the_build_with_its_file_and_line(monkeypatch):
    monkeypatch.setattr("ennum_stats.kit.proofs.text_of", lambda *_: HEAD + "Les écoles sont contentes.\n")
    found = list(proof._unproved(["fr"]))
    assert [(one.file, one.line) for one in found] == [
        ("ennum_stats/kit/texts/fr/press-kit.md", 5), ("ennum_stats/kit/texts/fr/release.md", 5)
    ]  # fmt: skip
    assert "Les écoles sont contentes." in str(found[0].found)


def test_a_quotation_steps_aside_before_its_document_was_known(ledger_at):
    text = read_text(HEAD + "[Tout va.]{quotes=regional-it-2022-11-09#article} [Un mot.]{defines=word}\n")
    told = {
        day: Resolver(Edition(ledger_at(day), "fr")).resolved(text) for day in ("2022-11-08", "2022-11-09")
    }
    assert {day: plain_text(blocks) for day, blocks in told.items()} == {
        "2022-11-08": "Un mot.", "2022-11-09": "Tout va. Un mot."
    }  # fmt: skip


def test_the_noun_of_a_share_is_what_its_row_counts(ledger_at):
    """Regional-IT, October 2021, counts établissements; SPW, known at the end of 2021, implantations."""
    name = "en_never_awarded_share_2020.noun"
    nouns = {day: Edition(ledger_at(day), "fr").words(name) for day in ("2021-11-01", "2026-11-24")}
    assert nouns == {"2021-11-01": "établissements", "2026-11-24": "implantations"}


@pytest.mark.parametrize(
    ("language", "of"), [("fr", "des"), ("de", "der"), ("nl", "van de"), ("en", "of the")]
)
def test_what_a_share_is_a_share_of_comes_from_its_row(ledger_at, language, of):
    behind = re.findall(rf"\{{\{{(\w+)\}}\}} {of} (\S+)", text_of(language))
    edition = Edition(ledger_at("2026-11-24"), language)
    of_things = [(edition.figure(name), word) for name, word in behind]
    shares = [
        (one.name, word)
        for one, word in of_things
        if one.unit in ("share", "percent") and any(o.counted for o in one.observations)
    ]
    assert len(shares) > 1
    assert [one for one in shares if not one[1].startswith("{{")] == []


def test_a_unit_of_no_things_has_no_noun():
    with pytest.raises(UnknownName, match="EUR"):
        noun_of("EUR", "fr")


def test_a_day_behind_a_preposition_has_its_article_in_french(ledger_at):
    """EN2020 opened in January 2020; its projects were due on 4 March."""
    for language, months, day in (
        ("fr", "janvier 2020", "le 4\u00a0mars 2020"),
        ("en", "January 2020", "4\u00a0March 2020"),
    ):
        edition = Edition(ledger_at("2026-11-24"), language)
        assert edition.words("milestone:en2020_opening.on") == months
        assert edition.words("milestone:en2020_submission_closes.on") == day


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("language", KIT_LANGUAGES)
def test_a_text_types_no_year_but_those_that_name_a_plan(language, name):
    """And the one that names the part on what came after the press kit of January 2020."""
    words = re.sub(r"\{[^}]*\}", "", TOKEN.sub("", text_of(language, name)))
    assert {*re.findall(r"\b(?:19|20)\d\d\b", words)} <= {"2014", "2020", "2022", "2026"}


@pytest.fixture
def altered(project, tmp_path):
    """A copy of the store to change, as known today."""
    copy = tmp_path / "altered.duckdb"
    shutil.copy(next(project.processed.glob("stores/*/store.duckdb")), copy)
    with duckdb.connect(str(copy)) as connection:
        yield Ledger(connection, date(2026, 11, 24), "altered")


def test_lists_sessions_and_rules_follow_their_rows(altered, words_at):
    """A list of four aims, four sessions over a table, and whom a rule shuts out, each told while it is so."""
    told = (
        "quatre séances d’information",
        "Une stratégie d’école",
        "sauf celles d’EN2018",
        "les lauréats des appels EN2017 à EN2020.",
    )
    assert [words for words in told if words not in words_at("2026-11-24")] == []
    for change in (
        "DELETE FROM events WHERE event = 'EN2020.information.namur'",
        "UPDATE observations SET value = 3, bound_lower = 3, bound_upper = 3 WHERE measure = 'aims'",
        "DELETE FROM rules WHERE rule IN ('en2020_closed_to_former', 'en2021_closed_to_former')",
    ):
        altered.connection.execute(change)
    blocks = Resolver(Edition(altered.known_on(altered.known_at), "fr")).resolved(kit_text("fr"))
    text = " ".join(map(plain_text, blocks)).replace(NBSP, " ")
    assert "L’appel poursuivait trois objectifs." in text
    assert [words for words in told if words in text] == []
