"""A press release begins with what is new, or with an angle; its short forms fit; what it lacks it says."""

import re
import shutil
from datetime import date

import pytest

from ennum_stats.document.blocks import Cards, Heading, plain_text
from ennum_stats.errors import UsageError
from ennum_stats.figures.figure import figure
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.press import KIT_LANGUAGES, press
from ennum_stats.kit.press_release import lead_of, page_of, short_forms
from ennum_stats.kit.text import kit_text
from ennum_stats.raw.communes import communes
from ennum_stats.store.ledger import open_ledger
from tests.kit.conftest import sites_counted
from tests.kit.test_set import EVERYTHING

TODAY, THEN = "2026-11-24", "2020-10-31"
ANGLES = ("total", "EN2018", "EN2020", "wifi", "end")
LONGEST = 280


def release_of(project, ledger, language, angle, *publisher):
    edition = Edition(ledger, language, *publisher, news=lead_of(project, ledger, angle))
    return edition, Resolver(edition).resolved(kit_text(language, "release"))


@pytest.mark.parametrize("language", KIT_LANGUAGES)
@pytest.mark.parametrize("angle", ANGLES)
def test_the_message_fits_and_says_a_number_whole(project, ledger_at, language, angle):
    edition, release = release_of(project, ledger_at(TODAY), language, angle)
    heading, message, *_ = short_forms(edition, release).split("\n\n")
    assert len(message) <= LONGEST
    assert str(len(message)) in heading
    assert message.endswith(".")
    assert any(sign.isdigit() for sign in message)


@pytest.mark.parametrize(
    ("angle", "number"),
    [
        ("EN2018", "326 projets"),
        ("EN2020", "679 projets"),
        ("end", "9 novembre 2022"),
        ("wifi", "1 350 écoles"),
    ],
)
def test_an_angle_is_the_headline(project, ledger_at, angle, number):
    edition, release = release_of(project, ledger_at(TODAY), "fr", angle)
    page = page_of(edition, release)
    (heading,) = (block for block in page if isinstance(block, Heading))
    assert number in plain_text(heading).replace("\u00a0", " ").replace("\u202f", " ")
    assert sum(isinstance(block, Cards) for block in page) == 1


@pytest.mark.parametrize(
    ("day", "angle"), [("2012-06-30", "end"), ("2012-06-30", "EN2020"), (TODAY, "nulle part")]
)
def test_an_angle_that_no_number_supports_is_told_and_nothing_is_written(
    project, ledger_at, tmp_path, day, angle
):
    with pytest.raises(UsageError, match=r"No number of .* supports the angle") as caught:
        press(project, ledger_at(day), ("fr",), tmp_path / "kit", angle=angle)
    assert caught.value.where == "--angle"
    assert not (tmp_path / "kit").exists()


def test_without_lists_no_list_supports_a_province_and_nothing_is_written(project, ledger_at, tmp_path):
    for angle in ("liège", "province de Liège"):
        with pytest.raises(UsageError, match="No list of schools known on") as caught:
            press(project, ledger_at(TODAY), ("fr",), tmp_path / "kit", angle=angle)
        assert caught.value.where == "--angle"
        assert not (tmp_path / "kit").exists()


@pytest.mark.parametrize("language", KIT_LANGUAGES)
def test_a_province_begins_with_what_lists_count_there(demonstration, invented, language):
    provinces = {item.commune: item.province for item in communes().walloon}
    there = [row for row in sites_counted(demonstration) if provinces[row[0]] == "namur"]
    sites, reached = (sum(row[n] for row in there) for n in (1, 2))
    edition, release = release_of(demonstration, invented, language, "province namur")
    first, counted, bullets = (plain_text(block) for block in page_of(edition, release)[:3])
    assert [int(n) for n in re.findall(r"\d+", first)] == [reached, sites - reached]
    assert "EN2021" in counted
    assert str(sites) in bullets
    heading, message, *_ = short_forms(edition, release).split("\n\n")
    assert len(message) <= LONGEST
    assert str(len(message)) in heading


def test_what_the_last_kit_did_not_say_is_the_news(kit_of, built_copy):
    project = built_copy.project
    now, before = (open_ledger(project, date.fromisoformat(day)) for day in (TODAY, THEN))
    assert lead_of(project, now, "") == ()
    shutil.copytree(kit_of(THEN), project.reports / THEN)
    names = lead_of(project, now, "")
    assert 1 <= len(names) <= 4
    for name in names:
        assert figure(now, name).text("fr") != figure(before, name).text("fr")
    dated = [o.source.published_on for o in figure(now, names[0]).observations]
    assert any(dated)  # a document without a date is no news


def test_what_is_missing_is_told_and_what_was_given_is_not(project, ledger_at):
    edition, release = release_of(project, ledger_at(TODAY), "fr", "EN2020")
    assert "À compléter avant l’envoi" in plain_text(page_of(edition, release)[-1])
    edition, release = release_of(project, ledger_at(TODAY), "fr", "EN2020", EVERYTHING)
    words = " ".join(
        map(plain_text, (block for block in page_of(edition, release) if not isinstance(block, Cards)))
    )
    assert "À compléter" not in words
    assert "press_contact (fictif)" in words
    assert "Notes aux rédactions" in words
