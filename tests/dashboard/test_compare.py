"""The page that sets things side by side: what is asked for, what is shown instead, files and ways in."""

import re
from html import unescape

import pytest

from dashboards.components.comparing import OF_CHARTS
from ennum_stats.charts import CHARTS
from ennum_stats.comparison.comparables import COMPARABLES
from tests.dashboard.test_files_read_back import records_of
from tests.dashboard.test_overview import main_of, rows_of

NOTICE = 'class="notice" role="note"'


def plain(main):
    """The text of a page with plain spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\u00a0", " ").split())


def table(client, address):
    return {
        row[0]: [one.replace("\u00a0", " ") for one in row[1:]]
        for row in rows_of(main_of(client, address), "compared")
    }


def links(main):
    return [unescape(one) for one in re.findall(r'href="([^"]*/compare\?[^"]*)"', main)]


def test_two_calls_as_sentence_chart_and_table(client):
    """Question 8: EN2018 against EN2019, 326 and 503 projects in the press kit."""
    main = main_of(client, "/en/compare?of=call&what=EN2018~EN2019&measure=winners.projects_awarded")
    assert "EN2018: 326 projects; EN2019: 503 projects" in plain(main)
    assert "177 more" in main
    rows = table(client, "/en/compare?what=EN2018~EN2019")
    assert rows["EN2018"][1] == "base of the comparison"
    assert rows["EN2019"][:3] == ["503 projects", "177 more", "1.54"]
    drawn = client.get("/en/compare?what=EN2018~EN2019").get_data(as_text=True)
    drawn = drawn.partition("<footer")[0]
    assert [drawn.count(f"drawing {width}") for width in ("wide", "narrow")] == [1, 1]


def test_how_many_applicants_and_winners(client):
    """Question 12: 781 and 762 submitted, of which 326 and 503 won."""
    rows = table(client, "/en/compare?what=EN2018~EN2019&measure=winners.selection_rate")
    assert rows["EN2019"][1].startswith("about 24.3 points more")


def test_who_is_ahead_of_two_provinces(client, listed):
    """Question 7: without lists nobody knows, and with them it is said."""
    told = plain(main_of(client, "/en/compare?of=province&what=hainaut~liege&measure=coverage.share"))
    assert "cannot be told" in told
    assert "How many schools there had nothing is not known" in told
    assert "41 projects" in told  # what a document prints of the province alone
    rows = table(listed, "/en/compare?of=province&what=hainaut~liege&measure=coverage.sites")
    assert re.search(r"\d+ (more|fewer)|the same", rows["Province of Liège"][1])


def test_another_base_is_a_link_and_an_address(client):
    main = main_of(client, "/en/compare?what=EN1~EN2018~EN2019")
    assert any("base=EN2019" in one for one in links(main))
    rows = table(client, "/en/compare?what=EN1~EN2018~EN2019&base=EN2018")
    assert [*rows] == ["EN2018", "EN1", "EN2019"]


@pytest.mark.parametrize(
    ("asked", "notices"),
    [
        ("what=EN2091~EN2019", 1),  # the nearest one
        ("what=EN1~EN2~EN3~EN2017~EN2018", 1),  # four at most
        ("of=planet&what=EN2018~EN2019", 1),
        ("measure=winners.nonsens", 1),
        ("of=year&what=EN2018~EN2019~2018~2019", 0),  # chosen before, of another kind
        ("base=EN1&what=EN2018~EN2019", 0),
        ("of=year&what=9999~2019", 1),
        ("what=%3Cscript%3E~~~", 1),
        ("of=day&what=1066-10-14~2020-01-31", 1),
        ("of=commune&what=Atlantis", None),
    ],
)
def test_whatever_is_asked_there_is_a_page_that_says_what_it_shows(client, asked, notices):
    main = main_of(client, f"/en/compare?{asked}")
    assert notices is None or main.count(NOTICE) == notices
    assert "<script>" not in main


@pytest.mark.parametrize("day", ["1999-01-01", "2012-06-01", "2020-01-31"])
@pytest.mark.parametrize("of", ["call", "year", "programme", "province", "component", "day"])
def test_every_kind_has_a_page_on_every_day(client, of, day):
    for language in ("fr", "de", "nl", "en"):
        assert "<h1" in main_of(client, f"/{language}/compare?of={of}&known_at={day}")


def test_one_thing_stands_beside_its_neighbour_until_another_is_chosen(client):
    main = main_of(client, "/en/compare?what=EN2018")
    assert [*table(client, "/en/compare?what=EN2018")] == ["EN2017", "EN2018"]
    assert "Shown as an example: EN2017" in plain(main)


def test_communes_are_added_by_any_of_their_names(listed):
    """In a form without scripts the field stands beside those that are chosen already."""
    answer = listed.get("/en/compare?of=commune&what=92094&what=Luik&what=Li%C3%A8ge")
    main = answer.get_data(as_text=True)
    assert 'type="hidden" name="what" value="92094"' in main
    assert re.search(r'<input type="search"[^>]* name="what" value=""', main)
    chips = re.findall(r'id="chip-what-(\d+)"', main)
    assert chips[0] == "92094"
    assert len(chips) == 2  # both names are one commune


def test_then_and_now(client):
    """Question 10 and 2: what was known on another day, any day."""
    rows = table(client, "/en/compare?of=day&measure=en2020_projects&what=2020-02-29~2026-11-01")
    assert rows["29 February 2020"][1] == "cannot be compared"
    assert rows["1 November 2026"][0] == "679 projects"
    rows = table(client, "/en/compare?of=day&measure=en_coverage&what=2020-01-31~2026-11-01")
    assert rows["1 November 2026"][1] == "known more precisely"


def test_as_files(client):
    asked = "what=EN2018~EN2019&measure=winners.budget_awarded"
    told = records_of(client, f"/fr/compare.csv?{asked}")
    assert [row["call"] for row in told] == ["EN2018", "EN2019"]
    # 6,910,088 and "6,825,000", a rounded print
    assert (told[1]["difference_lower"], told[1]["difference_upper"]) == ("-85588", "-84588")
    assert client.get(f"/fr/compare.xlsx?{asked}").data[:2] == b"PK"
    assert b"EN2019" in client.get(f"/fr/compare.svg?{asked}").data
    assert client.get(f"/fr/compare.png?{asked}").data[1:4] == b"PNG"
    for nothing in ("compare.pfd", "compare.", "compare.csv.csv"):
        assert client.get(f"/fr/{nothing}").status_code == 404
    for refused in ("/fr/compare.csv?known_at=1990-01-01", "/fr/compare.png?of=province"):
        answer = client.get(refused)
        assert answer.status_code in (200, 400)
        assert "Traceback" not in answer.get_data(as_text=answer.status_code == 400 or "csv" in refused)


def test_every_address_of_one_view_is_one_question(client):
    """Whatever order or nonsense, there are as many answers as views."""
    for asked, shown in (
        ("what=en2018~EN2019&x=1", "what=EN2018~EN2019"),
        ("what=EN2018~EN2019~2018", "what=EN2018~EN2019"),
    ):
        first, other = (client.get(f"/en/compare?{search}").request for search in (asked, shown))
        assert first.full_path == other.full_path


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("winners", "measure=winners.projects_awarded"),
        ("winners?call=EN2018~EN2019", "what=EN2018~EN2019"),
        ("budgets?by=call", "measure=winners.budget_awarded"),
        ("budgets", "of=programme"),
        ("coverage", "measure=coverage.share"),
        ("figure/en2018_budget", "of=day"),
        ("chart/winners_per_call", "of=call"),
        ("point/winners_per_call.EN2018", "what=EN2017~EN2018"),
    ],
)
def test_the_ways_in(client, page, asked):
    found = links(client.get(f"/en/{page}").get_data(as_text=True))
    assert any(asked in one for one in found)
    for one in dict.fromkeys(found):
        assert NOTICE not in main_of(client, one), one


def test_every_chart_that_is_compared_exists_and_shows_a_number_of_its_dimension():
    for chart, (by, measure) in OF_CHARTS.items():
        assert chart in CHARTS
        assert by in COMPARABLES[measure].by
