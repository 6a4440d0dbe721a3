"""What stands around every page: contents of long ones, what a page counts, and whom to ask."""

import csv
import json
import re
from html import unescape

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


STOP = re.compile(
    r'<a [^>]*href|<button|<select|<summary|<input(?! type="hidden")|tabindex="0"', re.IGNORECASE
)


@pytest.mark.parametrize(
    "page", ["", "budgets", "winners", "coverage", "compare", "connectivity", "people", "targets", "glossary"]
)
def test_the_first_chart_is_within_ten_stops_and_each_part_within_reach(client, page):
    """It was the 86th stop of the winners. Ways past the rest lead to the content, the first chart, the contents."""
    whole = text_of(client, f"/fr/{page}")
    ways = re.findall(r'<a[^>]*class="skip"[^>]*>', whole)
    targets = [re.search(r'href="#([^"]+)"', way)[1] for way in ways]
    assert all(f'id="{target}"' in whole for target in targets)
    assert ("contents" in targets) == ('class="contents"' in whole)
    chart = whole.find('class="stage"')
    if chart < 0:
        return
    heading = next(at for at, target in enumerate(targets) if target.endswith("-heading"))
    between = whole[whole.index(f'id="{targets[heading]}"') : chart]
    assert heading + 1 + len(STOP.findall(between)) <= 10


@pytest.mark.parametrize(
    "page", ["budgets", "winners", "coverage", "connectivity", "people", "documents", "numbers"]
)
def test_a_page_begins_with_a_sentence_and_its_chart_then_come_its_choices(client, page):
    main = main_of(client, f"/de/{page}")
    places = [main.index(part) for part in ('class="state lead"', "<svg", 'class="choices"', "<table")]
    assert places[0] < places[1] < places[2]
    words = re.sub(r"<pre.*?</pre>|<[^>]+>", "", main, flags=re.DOTALL)  # BibTeX has its own braces
    assert not re.search(r"{[a-z_]+}", words)  # a text whose place nothing filled
    opening = re.sub(r"<details.*?</details>", "", main[: places[2]], flags=re.DOTALL)
    assert "<table" not in opening
    assert len(STOP.findall(opening[: opening.index("<svg")])) <= 10


LINKS_BEFORE = {
    "": 42, "budgets": 41, "winners": 73, "coverage": 30, "compare": 13, "table": 14, "connectivity": 84,
    "targets": 121, "people": 27, "documents": 167, "numbers": 159, "calendar": 29, "method": 6,
}  # fmt: skip
"""Links of the main part on 28 November 2026 (commit 9fa140a6), but for those of what is taken along, counted in the
same way from the same data."""


@pytest.mark.parametrize("page", LINKS_BEFORE)
def test_a_page_has_half_the_links_that_it_had(client, page):
    """The half of an odd number is rounded up."""
    main = main_of(client, f"/fr/{page}").partition('id="take-along"')[0]
    assert 0 < len(re.findall(r"<a [^>]*href", main)) <= (LINKS_BEFORE[page] + 1) // 2


def test_sources_stand_once_a_page_and_charts_name_them_by_number(client):
    main = main_of(client, "/fr/winners")
    listed = main[main.index('id="sources"') :]
    numbers = {int(n) for n in re.findall(r"<li>\[(\d+)\] ", listed)}
    assert numbers == set(range(1, max(numbers) + 1))
    cited = re.findall(r'class="source">[^<]*\[([\d, ]+)\]', main)
    assert cited
    assert {int(n) for group in cited for n in group.split(", ")} <= numbers
    assert (
        main.count("dossier de presse : 20 ans".replace(" :", "\u00a0:")) <= 2
    )  # its title, and in what is folded


def test_no_two_units_share_one_scale(client):
    """Years, projects, networks and schools of the plan 2022-2026 stood as bars beside each other; euros do."""
    main = main_of(client, "/fr/connectivity")
    tables = dict(re.findall(r'<table[^>]*id="plan-2022-2026-(\w+)"(.*?)</table>', main, re.DOTALL))
    bars = {kind: bool(re.search(r'class="bar[ "]', table)) for kind, table in tables.items()}
    assert bars == {"amounts": True, "counts": False}


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix s: <https://schema.org/> . @prefix x: <urn:x:> .
x:set a sh:NodeShape ; sh:targetClass s:Dataset ;
  sh:property [sh:path s:name ; sh:minCount 1 ; sh:maxCount 1] ,
    [sh:path s:description ; sh:minCount 1 ; sh:minLength 50 ; sh:maxLength 5000] ,
    [sh:path s:license ; sh:minCount 1] , [sh:path s:publisher ; sh:minCount 1] ,
    [sh:path s:distribution ; sh:minCount 1 ; sh:class s:DataDownload] .
x:file a sh:NodeShape ; sh:targetClass s:DataDownload ;
  sh:property [sh:path s:contentUrl ; sh:minCount 1] , [sh:path s:encodingFormat ; sh:minCount 1 ; sh:pattern "/"] .
"""
"""What Google asks of a data set (developers.google.com/search/docs/appearance/structured-data/dataset)."""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's own
@pytest.mark.parametrize("page", ["winners", "table", "chart/winners_per_call", "method"])
def test_a_page_with_files_of_tables_says_so_to_searches_for_data(client, page):
    """It names each file that it offers, and none that there is not."""
    from pyshacl import validate
    from rdflib import Graph

    whole = text_of(client, f"/de/{page}")
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', whole)
    told = json.loads(written) | {
        "@context": {"@vocab": "https://schema.org/"}
    }  # as theirs has it, without the net
    graph = Graph().parse(data=json.dumps(told), format="json-ld")
    assert validate(graph, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))[0]
    files = {one["contentUrl"] for one in told["distribution"]}
    offered = {unescape(one) for one in re.findall(r'href="(/de/[^"]+\.(?:csv|xlsx|parquet)[^"]*)"', whole)}
    assert {one for one in files if not one.startswith("/api/")} == offered
    assert client.get(min(files)).status_code == 200


def test_a_page_without_tables_and_the_internal_dashboard_offer_no_data_set(client, inside):
    for asked, page in ((client, "glossary"), (inside, "winners")):
        assert "ld+json" not in text_of(asked, f"/de/{page}")
