"""What stands around every page: contents of long ones, what a page counts, and whom to ask."""

import csv
import json
import re
from html import unescape

import pytest
from pyshacl import validate
from rdflib import Graph

from dashboards.app import create_app
from ennum_stats.project import Audience

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


def test_a_page_without_tables_and_the_internal_dashboard_offer_no_data_set(client, project):
    internal = create_app(project, Audience.INTERNAL).server.test_client()
    for asked, page in ((client, "glossary"), (internal, "winners")):
        assert "ld+json" not in text_of(asked, f"/de/{page}")
