"""The grid of published numbers: all of them, searched, filtered and sorted by the address alone."""

import re

import pytest

from dashboards.queries.numbers import ROWS
from ennum_stats.figures.observations import used_by
from ennum_stats.store.ledger import open_ledger
from tests.dashboard.conftest import main_of
from tests.dashboard.test_files_read_back import records_of


@pytest.fixture(scope="module")
def ledger(project):
    return open_ledger(project)


def names_of(client, asked=""):
    """The names of the numbers on a page, in their order."""
    page = main_of(client, f"/en/numbers?columns=name{asked}")
    return re.findall(r"<code>([^<]+)</code>", page)


def file_of(client, asked=""):
    return records_of(client, f"/en/numbers.csv?{asked}")


def test_every_number_stands_on_one_of_the_pages(client, ledger):
    every = {o.observation_id for o in ledger.all_observations()}
    pages = -(-len(every) // ROWS)
    found = [name for n in range(1, pages + 1) for name in names_of(client, f"&leaf={n}")]
    assert len(found) == len(every)
    assert set(found) == every


def test_a_page_that_is_not_there_is_never_an_empty_one(client):
    assert names_of(client, "&leaf=999")
    few = names_of(client, "&programme=connectivity")
    assert 0 < len(few) < ROWS
    assert names_of(client, "&leaf=3&programme=connectivity") == few


@pytest.mark.parametrize(
    ("asked", "column", "wanted"),
    [
        ("programme=connectivity", "programme", {"connectivity"}),
        ("measure=projects_awarded", "measure", {"projects_awarded"}),
        ("status=F", "status", {"F"}),
        ("programme=connectivity~cyberclasse&status=F", "programme", {"connectivity", "cyberclasse"}),
    ],
)
def test_a_filter_leaves_only_what_is_asked_for(client, ledger, asked, column, wanted):
    rows = file_of(client, asked)
    assert {row[column] for row in rows} == wanted
    kept = [o for o in ledger.all_observations() if getattr(o, column) in wanted]
    assert "&" in asked or len(rows) == len(kept)


def test_words_are_found_whatever_accents_and_capitals(client):
    """L'Essentiel of 9 September 2009 announced 85 million euros for Cyberclasse."""
    rows = file_of(client, "q=ESSENTIEL+equipment&status=F")
    assert [row["printed"] for row in rows] == ["26600000"]


def test_numbers_are_sorted_by_day_and_by_size(client):
    newest = [row["known_on"] for row in file_of(client)]
    assert newest == sorted(newest, reverse=True)
    assert [row["known_on"] for row in file_of(client, "sort=known")] == newest[::-1]
    values = [
        int(row["printed"]) for row in file_of(client, "measure=projects_awarded&sort=value")
        if row["printed"] and row["precision"] == "exact"
    ]  # fmt: skip
    assert len(values) > 5
    assert values == sorted(values)


def test_a_heading_says_how_the_table_is_sorted_and_turns_it_round(client):
    page = main_of(client, "/en/numbers?sort=what")
    assert page.count("aria-sort=") == 1
    assert re.search(r'<th scope="col" aria-sort="ascending"[^>]*>.*?sort=-what', page)


def test_a_contradiction_is_marked_and_a_number_leads_to_the_figures_that_use_it(client, ledger):
    """The kit and La Libre disagree on how many Wi-Fi schools a year make 1,350 (500 a year, three years)."""
    assert "≠" in main_of(client, "/en/numbers?dispute=yes")
    assert "≠" not in main_of(client, "/en/numbers?dispute=no")
    used = used_by(ledger)["press-kit-2020.projects_awarded.EN2019"]
    assert "en2019_projects" in {one.name for one in used}
    page = main_of(client, "/en/numbers?q=press-kit-2020.projects_awarded.EN2019")
    assert "/en/figure/en2019_projects" in page


def test_nothing_found_is_said(client):
    page = main_of(client, "/fr/numbers?q=qqqq")
    assert "<table" not in page
    assert "Aucun chiffre publié" in page


def test_only_what_is_typed_is_not_kept(app):
    client = app.server.test_client()
    for search, is_kept in (("sort=what", True), ("q=wifi", False)):
        before = set(app.answers.kept)
        assert client.get(f"/fr/numbers?{search}").status_code == 200
        told = client.get(f"/fr/numbers?{search}").headers["Cache-Control"]
        assert ("s-maxage" in told, len(set(app.answers.kept) - before)) == (is_kept, is_kept)
