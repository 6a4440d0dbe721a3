"""The page of targets: every promise once with its documents, its state, and what was reached of it."""

import re

import pytest

from ennum_stats.measures.targets import promises, targets_rows
from ennum_stats.store.ledger import open_ledger
from tests.dashboard.conftest import main_of


def lines_of(page):
    return len(re.findall(r"<tr>\s*<th scope=\"row\"|<tr><th[^>]*scope=\"row\"", page))


def test_13_how_far_is_wi_fi_and_what_is_planned(client):
    """Kit of 2020: 183 of 200 sites; La Libre, 13 July 2023: 1,350 schools."""
    page = main_of(client, "/en/targets")
    for told in ("200 school sites", "183 school sites", "91.5%", "1,350 schools"):
        assert told in page
    assert "Nothing heard for" in page


def test_every_promise_has_a_line_and_they_are_counted_above(client, project):
    page, shown = main_of(client, "/en/targets"), promises(open_ledger(project))
    assert lines_of(page) == len(shown)
    counts = re.search(r"(\d+) announcements: (.*?)\.<", page)
    assert int(counts[1]) == sum(map(int, re.findall(r"\d+", counts[2]))) == len(shown)


def test_a_programme_is_chosen_in_the_address(client):
    page = main_of(client, "/fr/targets?programme=connectivity")
    assert "Connectivité interne" in page
    assert "Cyberclasse" not in page[page.index("<table") : page.index("</table>")]


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
def test_before_anything_was_announced_the_page_says_so(client, language):
    """The only norm of Cyberécole was told in February 2009."""
    page = main_of(client, f"/{language}/targets?known_at=2008-01-01&programme=cyberecole")
    assert "<table" not in page


def test_the_file_holds_what_the_page_does(client, project):
    text = client.get("/fr/table/targets.csv").get_data().decode("utf-8-sig")
    assert len(text.splitlines()) == 2 + len(targets_rows(open_ledger(project)).rows)
