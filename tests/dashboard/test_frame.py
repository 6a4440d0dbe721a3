"""What stands around every page: contents of long ones, what a page counts, and whom to ask."""

import csv
import re

import pytest

PEOPLE = ("staff", "staff_hired", "information_sessions", "weekly_hours_per_school")


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def main_of(client, address):
    return re.search(r"<main.*?</main>", text_of(client, address), re.DOTALL)[0]


@pytest.mark.parametrize(("language", "number"), [("fr", "1718"), ("de", "1719"), ("nl", "1718")])
def test_somebody_can_be_asked_on_every_page(client, language, number):
    """1718 is the free number of the Walloon administration, 1719 that for readers of German."""
    assert f'href="tel:{number}"' in main_of(client, f"/{language}/")
    for page in ("budgets", "method", "figure/total_investment"):
        footer = text_of(client, f"/{language}/{page}").partition("<footer")[2]
        assert f'href="tel:{number}"' in footer


@pytest.mark.parametrize("page", ["winners", "connectivity", "method"])
def test_a_long_page_has_contents_that_lead_to_its_headings(client, page):
    """Every heading of the second level that stands open is in the contents, and only these."""
    whole = text_of(client, f"/en/{page}")
    contents = re.search(r'<nav[^>]* class="contents".*?</nav>', whole, re.DOTALL) or re.search(
        r'<nav class="contents".*?</nav>', whole, re.DOTALL
    )
    targets = re.findall(r'href="#([^"]+)"', contents[0])
    assert len(targets) == len(set(targets)) >= 4
    assert all(f'id="{target}"' in whole for target in targets)
    main = re.sub(r"<details.*?</details>", "", main_of(client, f"/en/{page}"), flags=re.DOTALL)
    headings = [tag for tag in re.findall(r"<h2[^>]*>", main) if "label" not in tag]
    assert len(headings) == len(targets)


def test_the_head_of_a_page_tells_what_it_counts_and_from_when(client, project):
    """Years and number of documents are those of the rows that people wrote."""
    rows = [
        row
        for file in (project.raw / "observations").glob("*.csv")
        for row in csv.DictReader(file.read_text("utf-8").splitlines())
        if row["measure"] in PEOPLE
    ]
    about = re.search(r'<p class="about">(.*?)</p>', main_of(client, "/en/people"))[1]
    assert f"From {len({row['source_id'] for row in rows})} documents" in about
    first = min(row["valid_from"][:4] for row in rows if row["valid_from"])
    assert f"Period: {first}–" in about


@pytest.mark.parametrize(
    ("language", "back"), [("fr", "Revenir à aujourd’hui"), ("nl", "Terug naar vandaag")]
)
def test_a_past_day_says_so_in_title_heading_and_a_banner_that_leads_back(client, language, back):
    whole = text_of(client, f"/{language}/budgets?known_at=2018-01-01").replace("\u00a0", " ")
    for place in ("title", "h1"):
        assert "2018" in re.search(rf"<{place}[^>]*>(.*?)</{place}>", whole)[1]
    banner = re.search(r'<p[^>]*class="notice past".*?</p>', whole, re.DOTALL)[0]
    assert "2018" in banner
    assert back in banner
    assert f'href="/{language}/budgets"' in banner
    header = re.search(r"<header.*?</header>", whole, re.DOTALL)[0]
    assert "2026" not in re.search(r'class="updated"[^>]*>(.*?)<|>([^<]*)</a></p>', header)[0]
    assert 'class="notice past"' not in text_of(client, f"/{language}/budgets")


def test_what_was_not_known_yet_has_no_frame_and_no_files(client):
    """No amount of a programme was known in 2018."""
    main = main_of(client, "/fr/?known_at=2018-01-01")
    chart = main[main.index('id="budget-by-programme-heading"') :].partition("</figure>")[0]
    assert "<svg" not in chart
    assert "href=" not in chart


@pytest.mark.parametrize(("page", "has_chart"), [("winners", True), ("coverage", True), ("glossary", False)])
def test_a_second_stop_leads_to_the_first_chart(client, page, has_chart):
    """It was the 86th stop of the winners."""
    whole = text_of(client, f"/fr/{page}")
    ways = re.findall(r'<a[^>]*class="skip"[^>]*>', whole)
    assert len(ways) == 1 + has_chart
    for way in ways:
        target = re.search(r'href="#([^"]+)"', way)[1]
        assert f'id="{target}"' in whole
    if has_chart:
        first = re.search(r'<figure class="chart".*?<h2 id="([^"]+)"', whole, re.DOTALL)[1]
        assert f'href="#{first}"' in ways[1]


def test_no_two_units_share_one_scale(client):
    """Years, projects, networks and schools of the plan 2022-2026 stood as bars beside each other; euros do."""
    main = main_of(client, "/fr/connectivity")
    tables = dict(re.findall(r'<table[^>]*id="plan-2022-2026-(\w+)"(.*?)</table>', main, re.DOTALL))
    bars = {kind: bool(re.search(r'class="bar[ "]', table)) for kind, table in tables.items()}
    assert bars == {"amounts": True, "counts": False}
