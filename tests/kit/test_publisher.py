"""Who publishes: what they give stands in the kit, in its language; what they do not give leaves no trace."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from lxml import html

from ennum_stats.document.blocks import Heading, Paragraph, plain_text
from ennum_stats.errors import UnknownName, UsageError
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.formats import web_page
from ennum_stats.kit.publisher import ITEMS, NOBODY, read_publisher

PNG = b"\x89PNG invented"
HEAD = "item,fr,de,nl,en\n"


def written(copy, rows, head=HEAD):
    copy.path("publisher.csv").write_text(head + rows, "utf-8")
    return read_publisher(copy.project)


def test_the_committed_example_names_every_item_and_no_person(raw_copy):
    example = raw_copy.path("publisher.example.csv").read_text("utf-8")
    assert [line.split(",")[0] for line in example.splitlines()] == ["item", *ITEMS]
    assert "@" not in example
    raw_copy.path("publisher.csv").write_text(example, "utf-8")
    assert read_publisher(raw_copy.project).text("quote", "fr") == ""


def test_an_item_is_given_in_each_language_or_once_for_all(raw_copy):
    given = written(raw_copy, "credit,SPW (fictif),ÖDW,,\npublished_on,2026-11-27,,,\n")
    given_credits = [given.text("credit", one) for one in ("fr", "de", "nl")]
    assert given_credits == ["SPW (fictif)", "ÖDW", "SPW (fictif)"]
    assert given.text("published_on", "fr") == "27\u00a0novembre 2026"
    assert given.embargo is None


def test_pictures_lie_beside_the_table(raw_copy):
    raw_copy.path("logos").mkdir()
    for name in ("a.png", "b.png"):
        (raw_copy.path("logos") / name).write_bytes(PNG)
    given = written(raw_copy, "logo,logos/a.png; logos/b.png,,,\n")
    assert given.pictures["logo"] == (PNG, PNG)


@pytest.mark.parametrize(
    ("rows", "error", "found"),
    [
        ("logos,a.png,,,\n", UnknownName, "no item “logos”"),
        ("logo,none.png,,,\n", UsageError, "not a PNG picture"),
        ("logo,sources.csv,,,\n", UsageError, "not a PNG picture"),
        ("published_on,31/02/2026,,,\n", UsageError, "not a date"),
        ("embargo,demain,,,\n", UsageError, "not the moment of an embargo"),
        ("embargo,2026-12-01,,,\n", UsageError, "not the moment"),  # of a day nobody knows the hour
        ("embargo,2026-03-29T02:30,,,\n", UsageError, "not the moment"),  # which clocks skip
        ("embargo,2026-10-25T02:30,,,\n", UsageError, "not the moment"),  # which they show twice
    ],
)
def test_what_cannot_be_is_told_with_its_line(raw_copy, rows, error, found):
    with pytest.raises(error, match=found) as caught:
        written(raw_copy, rows)
    assert caught.value.where.endswith("publisher.csv:2")


def test_other_columns_are_refused(raw_copy):
    with pytest.raises(UsageError, match="The columns of this table are item,fr"):
        written(raw_copy, "credit,SPW\n", "item,fr\n")


@pytest.fixture
def words_of(ledger_at, tree):
    """The running text of the French kit of a publisher."""

    def of(publisher):
        blocks = Resolver(Edition(ledger_at("2026-11-24"), "fr", publisher)).resolved(tree)
        return plain_text([one for one in blocks if isinstance(one, Paragraph | Heading)])

    return of


def test_a_cover_says_who_publishes(raw_copy, ledger_at):
    given = written(raw_copy, "publisher,Cabinet fictif,,,\n")
    assert Edition(ledger_at("2026-11-24"), "fr", given).publisher_name == "Cabinet fictif"
    nobody = Edition(ledger_at("2026-11-24"), "fr", NOBODY)
    assert nobody.publisher_name == "SPW Emploi Formation"
    assert len(nobody.cover_lines) == 1


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-01T05:00", "2026-12-01T04:00+00:00"),
        ("2026-12-01 05:00", "2026-12-01T04:00+00:00"),
        ("2026-07-01T05:00", "2026-07-01T03:00+00:00"),
        ("2026-12-01T05:00Z", "2026-12-01T05:00+00:00"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30+00:00"),
    ],
)
def test_the_hour_of_an_embargo_is_belgian_unless_it_names_a_zone(raw_copy, text, moment):
    given = written(raw_copy, f"embargo,{text},,,\n")
    assert given.embargo.timestamp() == datetime.fromisoformat(moment).timestamp()


def test_the_kit_says_what_was_given_and_has_no_heading_without_it(raw_copy, words_of):
    given = written(raw_copy, "press_contact,Personne (fictif),,,\nlicence,CC BY 4.0.,,,\n")
    words = words_of(given)
    assert "Personne (fictif)" in words
    assert "Réutiliser ce dossier" in words
    words = words_of(NOBODY)
    assert "Réutiliser" not in words
    assert "Contact presse" not in words


def test_words_of_a_photo_with_signs_of_markup_are_its_alternative_text():
    said = 'Une « école » dite "pilote" <Namur> & Huy (données fictives)'
    publisher = SimpleNamespace(pictures={"photo": [b"png"]})
    figure = html.fromstring(web_page._photo(SimpleNamespace(publisher=publisher, given=lambda _: said)))
    assert figure.find("img").get("alt") == said
    assert figure.findtext("figcaption") == said
