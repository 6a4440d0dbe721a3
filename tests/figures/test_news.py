"""What is new follows from the store: documents, figures made and revised, contradictions, corrections."""

from dataclasses import replace
from datetime import date

import pytest

from ennum_stats.figures.figure import figure
from ennum_stats.figures.news import News, NewsKind
from ennum_stats.figures.reports import Change
from ennum_stats.languages import LANGUAGES
from ennum_stats.quantities import Reason
from ennum_stats.store.answers import Missing
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger

EVERYTHING = 100_000


@pytest.fixture(scope="module")
def news(ledger_at):
    """The news of the store as known on the day of the press kit."""
    return News(ledger_at("2020-01-31"))


@pytest.fixture(scope="module")
def read(news):
    """All of them."""
    return news.latest(lambda _: True, EVERYTHING)


def test_every_document_is_told_once_on_its_day(read, ledger_at):
    ledger = ledger_at("2020-01-31")
    documents = {one.source.source_id: one.source.known_on for one in ledger.all_observations()}
    assert {one.key: one.day for one in read if one.kind is NewsKind.DOCUMENT} == documents


def test_the_press_kit_made_its_figures_on_its_day(read):
    # The kit of January 2020 is the first document that prints the 503 projects of EN2019.
    [item] = [one for one in read if one.page == "figure/en2019_projects"]
    assert (item.kind, item.day) == (NewsKind.FIGURE, date(2020, 1, 31))
    assert "503" in item.sentences["en"]


def test_keys_are_unique_and_days_in_order(read):
    assert len({(one.kind, one.key) for one in read}) == len(read)
    assert [one.day for one in read] == sorted((one.day for one in read), reverse=True)
    assert max(one.day for one in read) <= date(2020, 1, 31)


def test_every_item_is_told_in_four_languages(read):
    for one in read:
        assert set(one.titles) == set(one.sentences) == set(LANGUAGES)
        assert all(one.titles.values())


def test_reading_a_part_first_changes_nothing(ledger_at):
    whole, parted = (News(ledger_at("2012-06-30")) for _ in range(2))
    read = whole.latest(lambda _: True, EVERYTHING)
    assert parted.latest(lambda _: True, 5) == read[:5]
    assert parted.latest(lambda _: True, EVERYTHING) == read


def test_an_earlier_day_is_told_the_same_whatever_was_read_before(ledger_at):
    later, earlier = News(ledger_at("2010-06-30")), ledger_at("2009-05-04")
    for _ in range(4):  # the days after the earlier one, and two of its own
        later.read_on()
    alone = News(earlier).latest(lambda _: True, EVERYTHING)
    assert {one.kind for one in alone} >= {NewsKind.DOCUMENT, NewsKind.FIGURE}
    assert later.known_on(earlier).latest(lambda _: True, EVERYTHING) == alone


def test_news_of_a_figure_are_its_own(news):
    found = news.of_figure("en2019_budget")
    assert found
    for one in found:
        is_own = one.page == "figure/en2019_budget"
        assert is_own or one.kind in (NewsKind.CONTRADICTION, NewsKind.CORRECTION)


# --- revisions and corrections ------------------------------------------------------------------------


@pytest.fixture
def changed(raw_copy):
    """A document of 2026 that says another number of the kit's; and a correction of a number of 2018."""
    raw_copy.row(
        "sources.csv", "press-kit-2020", source_id="later-2026", title="Plus tard",
        published_on="2026-11-20", retrieved_on="2026-11-20",
    )  # fmt: skip
    raw_copy.row(
        "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019",
        observation_id="later-2026.projects_awarded.EN2019", value="504", source_id="later-2026",
    )  # fmt: skip
    build(raw_copy.project)
    return News(open_ledger(raw_copy.project)).latest(lambda _: True, EVERYTHING)


def test_a_later_document_revises_and_a_row_of_corrections_corrects(changed):
    [revised] = [
        one for one in changed if one.page == "figure/en2019_projects" and one.day == date(2026, 11, 20)
    ]
    assert revised.kind is NewsKind.REVISED
    assert "504" in revised.sentences["en"]
    assert "503" in revised.sentences["en"]
    [against] = [
        one for one in changed
        if one.kind is NewsKind.CONTRADICTION and one.day == date(2026, 11, 20)
        and {"later-2026.projects_awarded.EN2019", "press-kit-2020.projects_awarded.EN2019"}
        <= {o.observation_id for o in one.observations}
    ][:1]  # fmt: skip
    assert against.page == "documents"
    # corrections.csv, decided on 24 November 2026: 320,000 pupils were set aside.
    [corrected] = [one for one in changed if one.key == "batichronique-2018.pupils_concerned.EN2018.value"]
    assert (corrected.kind, corrected.day) == (NewsKind.CORRECTION, date(2026, 11, 24))
    assert "320,000\u00a0pupils" in corrected.sentences["en"]


@pytest.mark.product
def test_a_correction_is_not_told_before_it_was_decided(ledger_at):
    found = News(ledger_at("2026-11-20")).latest(lambda _: True, EVERYTHING)
    assert not [one for one in found if one.kind is NewsKind.CORRECTION]


# --- written down -------------------------------------------------------------------------------------


def test_what_was_written_down_is_taken_instead_of_computed(ledger_at):
    ledger = ledger_at("2012-06-30")
    read, taken = News(ledger), News(ledger)
    assert taken.take(read.written())
    assert taken.is_read
    everything = taken.latest(lambda _: True, EVERYTHING)
    assert everything == read.latest(lambda _: True, EVERYTHING)
    assert len(everything) > 5


def test_what_was_written_down_of_another_day_store_or_code_is_not_taken(ledger_at, monkeypatch):
    ledger = ledger_at("2012-06-30")
    written = News(ledger).written()
    assert News(ledger_at("2012-07-01")).take(written)  # nothing became known in between
    assert not News(ledger_at("2020-01-31")).take(written)
    assert not News(ledger).take(written[:-10])
    assert not News(ledger).take(b"[]")
    monkeypatch.setattr("ennum_stats.figures.news.code_fingerprint", lambda: "another")
    assert not News(ledger).take(written)


def test_a_number_that_stays_unknown_for_another_reason_names_no_document(ledger_at):
    known = figure(ledger_at("2026-11-24"), "en2020_projects")
    before, after = (
        replace(known, answer=Missing(reason)) for reason in (Reason.NOT_YET_KNOWN, Reason.NOT_COLLECTED)
    )
    assert Change(before, after).sentence("en") == f"{known.label('en')}: not known."
