"""The dashboard as programs and readers' addresses meet it: answers, headers, files, what bad input gets."""

import html
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from PIL import Image
from typer.testing import CliRunner

from dashboards.app import create_app
from dashboards.registry import all_pages
from dashboards.serving import checked_host
from ennum_stats.charts import CHARTS
from ennum_stats.cli import app as cli
from ennum_stats.errors import UsageError
from ennum_stats.figures import figures
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Audience
from ennum_stats.store.build import build
from ennum_stats.store.publish import POINTER, current_store
from tests.conftest import covering
from tests.dashboard.test_files_read_back import records_of

PAGES = [page.path for page in all_pages().values() if page.is_listed]
ADDRESSES = [*PAGES, "figure/total_investment", "figure/en_coverage", "chart/winners_per_call"]


def text_of(answer):
    assert answer.status_code == 200, answer.data[:300]
    return answer.get_data(as_text=True)


def numbers_of(answer):
    """The numbers that a reader sees; addresses hold digits of their files' hashes."""
    return set(re.findall(r"\d+", re.sub(r"<[^>]+>", " ", text_of(answer))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ADDRESSES)
def test_every_page_answers_in_its_language_with_title_and_sentence(client, language, name):
    page = text_of(client.get(f"/{language}/{name}"))
    assert f'<html lang="{language}">' in page
    assert page.count("<h1>") == 1
    assert page.count('<p class="sentence">') == 1
    assert "<script>" not in page
    written = re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)  # what other sites may write
    assert not re.search(r'\son\w+="|style="', written)  # the policy forbids both


def test_pages_name_no_other_host(client):
    for name in ADDRESSES:
        page = text_of(client.get(f"/fr/{name}"))
        loaded = re.findall(r'(?:src|action)="([^"]+)"|<link[^>]+href="([^"]+)"', page)
        assert loaded
        assert all((one or other).startswith(("/", "#")) for one, other in loaded)


def test_overview_shows_six_to_eight_key_figures_with_words_of_precision(client):
    page = text_of(client.get("/fr/?known_at=2020-01-31"))
    assert 6 <= page.count('<li class="card') <= 8
    # The kit: more than 137 million in twenty years; 503 projects of the sixth call.
    assert "136,6–137,7\u00a0M€" in page
    assert re.search(r"503</strong> <span>projets", page)
    assert not re.search(r"\b679\b", page)  # EN2020's winners were not known yet


def test_no_store_is_opened_before_anyone_asks(project):
    """A server makes the application before it forks its workers, which DuckDB does not survive."""
    store = create_app(project).server.extensions["ennum"]
    assert store.shown is None
    assert store.edition() is not None


def test_the_address_is_the_state(client):
    asked = "/fr/budgets?known_at=2020-01-31&by=call&prices=real%3A2019"
    page = text_of(client.get(asked))
    assert '<option value="call" selected>' in page
    assert '<option value="real:2019" selected>' in page
    assert '<option value="2020-01-31" selected>' in page
    assert page == text_of(client.get(asked))
    assert "/de/budgets?known_at=2020-01-31&amp;by=call&amp;prices=real%3A2019" in page
    assert 'href="/fr/coverage?known_at=2020-01-31&amp;prices=real%3A2019"' in page
    assert "/fr/coverage?known_at=2020-01-31&amp;by=" not in page  # what is of a page stays on it


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/fr/?known_at=hier", "La date demandée n’existe pas"),
        ("/fr/?known_at=31/06/2018", "La date demandée n’existe pas"),
        ("/fr/?known_at=1950", "Rien n’était encore connu"),
        ("/fr/?known_at=2999-01-01", "encore à venir"),
        ("/fr/coverage?universe=implantation", "n’existe pas ici"),
        ("/fr/budgets?prices=real:1066", "n’existe pas ici"),
        ("/xx/budgets", "n’existe pas ici"),
        ("/fr/?known_at=%3Cscript%3E", "La date demandée n’existe pas"),
    ],
)
def test_wrong_choices_show_the_nearest_view_and_a_notice(client, address, shown):
    page = text_of(client.get(address, headers={"Accept-Language": "fr"}))
    notices = re.findall(r'<p class="notice" role="note">(.*?)</p>', page)
    assert any(shown in notice.replace("&#39;", "’") for notice in notices), notices
    assert "<script>" not in page


def test_a_day_is_read_with_the_day_first_too(client):
    (iso, ours) = (client.get(f"/fr/budgets?known_at={day}") for day in ("2018-06-30", "30/6/2018"))
    title = re.compile(r"<title>.*?</title>")
    assert title.findall(text_of(iso)) == title.findall(text_of(ours))
    assert "30 juin 2018" in text_of(ours).replace("\u00a0", " ")


def test_an_unknown_address_gets_a_page_with_the_way_home(client):
    for address in ("/nothing", "/de/nothing", "/fr/figure/nothing", "/fr/chart/nothing", "/static/x"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert re.search(r'href="/(fr|de)/"', answer.get_data(as_text=True))


def test_home_speaks_the_language_of_the_reader(client):
    answer = client.get("/", headers={"Accept-Language": "nl-BE,nl;q=0.9,en;q=0.5"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nl/")


# --- programs -------------------------------------------------------------------------------------


def test_health_says_store_date_and_version(client, project):
    told = json.loads(text_of(client.get("/health")))
    assert told["status"] == "ok"
    assert told["store"] == current_store(project).content_hash
    assert date.fromisoformat(told["date"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", told["version"])


def test_figures_are_those_of_the_command_line(client, kit_ledger):
    given = json.loads(text_of(client.get("/api/figures?known_at=2020-01-31&lang=de")))
    expected = [found.record("de") for found in figures(kit_ledger)]
    assert given["items"] == json.loads(json.dumps(expected))
    one = json.loads(text_of(client.get("/api/figures/en2019_projects?known_at=2020-01")))
    assert (one["value"], one["text"]) == (503, "503\u00a0projets")


def test_measures_are_those_of_the_command_line(client, project):
    given = json.loads(text_of(client.get("/api/measures/winners?by=call&known_at=2020-01-31")))
    options = ["--by", "call", "--known-at", "2020-01-31", "--format", "json"]
    told = CliRunner().invoke(cli, ["measure", "winners", *options, "--root", str(project.root)])
    assert given["items"] == json.loads(told.stdout)


def test_single_schools_are_shown_to_the_service_and_not_to_the_public(client, inside):
    addresses = ("/api/measures/never_awarded", "/fr/table/never_awarded.csv")
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 404
        assert b"postal_code" not in answer.data
    assert [inside.get(address).status_code for address in addresses] == [200, 200]


@pytest.mark.parametrize("body", [b"", b"{}", b"[[[", b"\xff\xfe\x00", b'{"output": 1}', b"[" * 60_000])
@pytest.mark.parametrize("address", ["/_dash-update-component", "/_callback"])
def test_garbage_posted_to_a_callback_is_refused_without_a_trace(client, address, body):
    answer = client.post(address, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert b"Traceback" not in answer.data
    assert json.loads(answer.data)["detail"]


def test_every_answer_carries_the_headers_that_guard_readers(client):
    for address in ("/fr/", "/health", "/api/figures/nothing", "/nothing", "/fr/chart/timeline.svg"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy.replace("style-src-attr 'unsafe-inline'; ", "")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


def test_files_of_the_pages_may_be_kept_for_a_year(client):
    page = client.get("/fr/")
    style = re.search(r"/static/dashboard\.[0-9a-f]{12}\.css", page.get_data(as_text=True))[0]
    assert "immutable" in client.get(style).headers["Cache-Control"]


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", covering(CHARTS, 7))
def test_every_chart_has_its_four_files(client, name):
    svg = client.get(f"/de/chart/{name}.svg?known_at=2020-01-31")
    assert ET.fromstring(text_of(svg)).get("lang") == "de"  # noqa: S314  our own
    shape = ET.fromstring(text_of(client.get(f"/fr/chart/{name}.svg"))).get("viewBox")  # noqa: S314
    wide, high = map(float, shape.split()[2:])
    picture = Image.open(io.BytesIO(client.get(f"/fr/chart/{name}.png").data))
    assert picture.height / picture.width == pytest.approx(high / wide, rel=0.002)  # nothing cut off
    assert client.get(f"/fr/chart/{name}.xlsx").data.startswith(b"PK")
    table = client.get(f"/fr/chart/{name}.csv")
    is_empty = CHARTS[name].is_counted  # no lists of schools here
    assert (len(table.data.splitlines()) == 1) is is_empty
    assert f'filename="{name}.csv"' in table.headers["Content-Disposition"]


def test_a_chart_says_the_numbers_of_its_document(client):
    # The kit, page on the six calls: 28, 72, 210, 570, 326, 503 winners.
    svg = text_of(client.get("/fr/chart/winners_per_call.svg?known_at=2020-01-31"))
    assert re.findall(r">(\d+)</text>", svg) == ["28", "72", "210", "570", "326", "503"]


def test_figures_and_measures_as_files(client):
    own, *numbers = records_of(client, "/fr/figure/en2019_projects.csv?known_at=2020-01-31")
    assert (own["value"], own["text"]) == ("503", "503\u00a0projets")
    assert [row["observation_id"] for row in numbers] == ["press-kit-2020.projects_awarded.EN2019"]
    for form in ("xlsx", "png", "svg"):
        assert client.get(f"/fr/figure/total_investment.{form}").status_code == 200
    real, *_ = records_of(client, "/fr/table/budgets.csv?by=call&prices=real:2019")
    assert [real[code] for code in ("prices", "prices_name", "call")] == [
        "real:2019",
        "aux prix de 2019",
        "EN1",
    ]
    assert client.get("/fr/table/budgets.csv?by=nothing").status_code == 400
    assert client.get("/fr/table/budgets.pdf").status_code == 404


# --- the store ------------------------------------------------------------------------------------


def test_without_a_store_a_page_says_so_and_asks_again_by_itself(raw_copy):
    client = create_app(raw_copy.project).server.test_client()
    answer = client.get("/fr/")
    assert answer.status_code == 503
    page = answer.get_data(as_text=True)
    assert '<meta http-equiv="refresh" content="5">' in page
    assert "ennum build" not in page  # readers are told no commands
    assert json.loads(client.get("/health").data)["status"] == "no store"
    assert client.get("/api/figures").status_code == 503
    build(raw_copy.project)
    client.application.extensions["ennum"].look()
    assert client.get("/fr/").status_code == 200


def test_a_new_store_is_shown_and_a_damaged_one_is_not(built_copy):
    project = built_copy.project
    app = create_app(project)
    client, store = app.server.test_client(), app.server.extensions["ennum"]
    first = json.loads(client.get("/health").data)["store"]
    before = numbers_of(client.get("/fr/winners"))
    built_copy.cell(
        "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value", "504"
    )
    build(project)
    store.look()
    second = json.loads(client.get("/health").data)["store"]
    assert second != first
    assert "504" in numbers_of(client.get("/fr/winners"))
    assert "504" not in before
    pointer = project.processed / POINTER
    named = json.loads(pointer.read_text("utf-8"))
    (project.processed / "ennum-broken.duckdb").write_bytes(b"not a store")
    pointer.write_text(json.dumps(named | {"store": "ennum-broken.duckdb"}), "utf-8")
    store.look()
    told = json.loads(client.get("/health").data)
    assert told["store"] == second
    assert "damaged" in told["status"]
    assert told["problem"]
    assert "504" in numbers_of(client.get("/fr/winners"))
    pointer.write_text("{", "utf-8")
    store.look()
    assert json.loads(client.get("/health").data)["problem"]
    assert client.get("/fr/").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])  # noqa: S104
def test_the_internal_dashboard_refuses_to_be_reached(host):
    with pytest.raises(UsageError):
        checked_host(Audience.INTERNAL, host)


def test_the_internal_dashboard_listens_on_loopback():
    for host in ("127.0.0.1", "::1", "localhost"):
        checked_host(Audience.INTERNAL, host)
    checked_host(Audience.PUBLIC, "0.0.0.0")  # noqa: S104


def test_the_server_does_not_load_pandas_or_a_browser(project):
    code = (
        "import sys; from pathlib import Path; from ennum_stats.project import Project;"
        "from dashboards.app import create_app;"
        f"create_app(Project(Path({str(project.root)!r}))).server.test_client().get('/fr/');"
        "print([m for m in ('pandas', 'kaleido', 'polars', 'playwright') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_internal_server_says_so(inside):
    assert "Internal use" in text_of(inside.get("/en/"))


# --- schools one by one ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_lists(counted_projects):
    return {name: create_app(one).server.test_client() for name, one in counted_projects.items()}


@pytest.mark.parametrize("name", ["coverage", "winners"])
def test_without_lists_the_service_is_told_which_command_loads_what(client, inside, name):
    page, public = (text_of(one.get(f"/en/{name}")) for one in (inside, client))
    for command in ("register FILE", "winners FILE --call EN1", "borders FILE.geojson"):
        assert f"ennum import {command}" in page
        assert f"ennum import {command}" not in public
    assert "Single schools are not counted here" in public
    assert "coverage-map" not in page + public


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_lists_the_page_of_coverage_has_the_map_and_all_communes(with_lists, language):
    page = text_of(with_lists["borders"].get(f"/{language}/coverage"))
    assert page.count('<svg viewBox="0 0 900 430"') == 3
    table = re.search(r'<table id="coverage-map-table">.*?</table>', page, re.DOTALL)[0]
    assert table.count("<tr>") == 1 + 262
    assert "ennum import" not in page
    (evidence,) = {*re.findall(rf'href="(/{language}/chart/coverage_map[^".]*)"', page)}
    files = text_of(with_lists["borders"].get(html.unescape(evidence)))
    for form in ("csv", "xlsx", "png", "svg"):
        assert f"/{language}/chart/coverage_map.{form}" in files


def test_without_borders_sites_are_dots_and_the_page_says_so(with_lists):
    page = text_of(with_lists["dots"].get("/en/coverage"))
    assert "no borders of the communes were imported" in page
    assert "ennum import" not in page
    assert 'stroke-linecap="round"' in page
    assert '<table id="coverage-map-table">' in page


def test_with_lists_the_page_of_winners_has_repeats_and_rates(with_lists):
    page = text_of(with_lists["dots"].get("/fr/winners"))
    for name in ("repeat-winners", "winners-by-province", "winners-by-network"):
        assert f'id="{name}-heading"' in page
    assert "Données fictives" in page


def test_a_page_with_the_map_stays_within_the_budget(with_lists):
    """650 kB for a first load (issue 4), before compression even."""
    assert len(with_lists["borders"].get("/de/coverage").data) < 650_000


def test_the_ranking_as_a_file_has_all_communes(with_lists):
    lines = with_lists["dots"].get("/fr/chart/coverage_map.csv").data.decode("utf-8-sig").splitlines()
    assert lines[0] == (
        "À savoir;Commune;Province;Implantations atteintes;Implantations scolaires;Part des implantations"
    )
    assert len(lines) == 1 + 262
    assert all(line.startswith("Données fictives;") for line in lines[1:])


def test_coverage_can_be_read_on_the_register(with_lists, client):
    page = text_of(with_lists["dots"].get("/en/coverage?universe=register"))
    assert '<option value="register" selected>' in page
    assert '<option value="register"' not in text_of(client.get("/en/coverage"))


def test_before_the_lists_were_known_nothing_is_to_be_done(with_lists):
    page = text_of(with_lists["borders"].get("/en/coverage?known_at=2019-06-01"))
    assert "Single schools are not counted here" in page
    assert "ennum import register" not in page


def grid(page, name):
    """The cells of a table, row by row, as text."""
    found = re.search(rf'<table id="{name}">(.*?)</table>', page, re.DOTALL)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", found, re.DOTALL)
    return [
        [html.unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in
         re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]  # fmt: skip


# The days of the lists (2020; of EN2021, 2022) and of the register (2012) are years: known from their end on.
LISTED_AND_REGISTERED = {
    "fr": ("Liste de lauréats", "31\u00a0décembre 2020", "31\u00a0décembre 2012", "Fédération"),
    "de": ("Liste der Gewinner", "31.\u00a0Dezember 2020", "31.\u00a0Dezember 2012", "Föderation"),
    "nl": ("Lijst van laureaten", "31\u00a0december 2020", "31\u00a0december 2012", "Federatie"),
    "en": ("List of winners", "31\u00a0December 2020", "31\u00a0December 2012", "Federation"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_chart_has_its_lists_and_registers_as_evidence(with_lists, language):
    what, known_on, as_of, community = LISTED_AND_REGISTERED[language]
    page = text_of(with_lists["dots"].get(f"/{language}/chart/coverage_map"))
    _, *lists = grid(page, "counted-lists")
    assert sorted(lists) == sorted(
        [
            what, call, str(77 + (call == "EN1")),
            known_on.replace("2020", "2022") if call == "EN2021" else known_on, f"{call}-winners",
        ]
        for call in ("EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019", "EN2020", "EN2021")
    )  # fmt: skip
    _, (named, *register) = grid(page, "counted-registers")
    assert community in named
    assert register == [as_of, "700", "fwb-2012"]


def test_a_figure_that_lists_bound_has_them_as_evidence(with_lists, client):
    page = text_of(with_lists["dots"].get("/fr/figure/en_coverage"))
    calls = [row[1] for row in grid(page, "counted-lists")[1:]]
    assert sorted(calls) == ["EN1", "EN2", "EN2017", "EN2018", "EN2019", "EN3"]
    for address in ("figure/en_coverage", "chart/winners_per_call", "chart/coverage_map"):
        assert "counted-lists" not in text_of(client.get(f"/fr/{address}"))
