"""Whatever leaves a demonstration says that it is invented: every record, file, page and answer.

A real project says nothing of the kind.
"""

import csv
import io
import json
import re
from itertools import islice

import openpyxl
import pytest
from typer.testing import CliRunner

from dashboards.app import create_app
from dashboards.site import MARK, _Copy
from ennum_stats.cli import app
from ennum_stats.kit.press import press
from ennum_stats.store.ledger import open_ledger
from tests.conftest import covering

WORDS = {"fr": "Données fictives", "de": "Fiktive Daten", "nl": "Fictieve gegevens", "en": "Fictitious data"}
COMMANDS = (
    ("figures",), ("trace", "total_investment"), ("trace", "press-kit-2020.budget_awarded.EN2018"),
    ("observations", "--call", "EN2019"), ("find", "budget", "EN2019"), ("measure", "winners"),
    ("measure", "coverage", "--by", "commune"), ("measure", "deliveries"), ("measure", "sites"),
    ("measure", "never_awarded"), ("reconcile",), ("conflicts",), ("rules",), ("stores",), ("lists",),
    ("diff", "--from", "2020-01-31", "--to", "2020-10-31"),
)  # fmt: skip


def run(project, *arguments):
    result = CliRunner().invoke(app, ["--root", str(project.root), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("command", covering(COMMANDS, 8), ids=" ".join)
def test_every_record_for_a_program_says_so(demonstration, command):
    records = json.loads(run(demonstration, *command, "--format", "json", "--lang", "nl"))
    records = records if isinstance(records, list) else [records]
    rows = list(csv.DictReader(io.StringIO(run(demonstration, *command, "--format", "csv"))))
    for found, words in ((records, WORDS["nl"]), (rows, WORDS["fr"])):
        assert found
        assert {record["notice"] for record in found} == {words}
        assert "audience" not in found[0]


def test_the_plan_of_an_import_says_so(demonstration):
    path = demonstration.root / "listes-fictives" / "laureats_EN1_fictifs.csv"
    asked = ("import", "winners", str(path), "--call", "EN1", "--dry-run", "--format", "json")
    assert json.loads(run(demonstration, *asked))["notice"] == WORDS["fr"]


def test_the_rules_say_so_above_their_tables(demonstration, project):
    assert run(demonstration, "rules").startswith(WORDS["fr"])
    assert WORDS["fr"] not in run(project, "rules")


def test_a_record_of_a_real_project_says_nothing_of_the_kind(project):
    for command in (("figures",), ("stores",), ("rules",)):
        records = json.loads(run(project, *command, "--format", "json"))
        assert all("notice" not in record for record in records)


def test_a_chart_says_so_in_its_picture_and_in_its_name(demonstration, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run(demonstration, "chart", "winners_per_call", "--format", "svg", "--lang", "de")
    (path,) = tmp_path.iterdir()
    assert path.name == "fictitious_winners_per_call.svg"
    assert WORDS["de"] in re.sub(r"<[^>]+>", " ", path.read_text("utf-8"))


def test_the_kit_says_so_in_its_names(demonstration):
    files = press(demonstration, open_ledger(demonstration), ("fr",))
    assert files[0].relative_to(demonstration.reports).parts[0].startswith("fictitious_")
    documents = [path for path in files if path.suffix in (".docx", ".pdf", ".pptx", ".xlsx")]
    assert len(documents) == 7
    assert all(path.name.startswith("fictitious_") for path in documents)


# --- the dashboard --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(demonstration):
    return create_app(demonstration).server.test_client()


@pytest.mark.parametrize("language", WORDS)
def test_every_page_says_so(client, language):
    for name in ("", "coverage", "winners", "figure/total_investment", "chart/winners_per_call"):
        page = client.get(f"/{language}/{name}").get_data(as_text=True)
        assert re.search(rf"<title>{WORDS[language]} – ", page), name
        assert re.search(rf'<p class="notice strong">{WORDS[language]}</p>', page), name
        assert re.search(rf'<meta name="description" content="{WORDS[language]} – ', page), name


@pytest.mark.parametrize("language", WORDS)
def test_every_answer_to_a_program_says_so(client, language):
    for address in ("figures", "figures/total_investment", "measures/winners?by=level"):
        mark = "&" if "?" in address else "?"
        found = client.get(f"/api/{address}{mark}lang={language}").get_json()
        records = found if isinstance(found, list) else [found]
        assert {record["notice"] for record in records} == {WORDS[language]}
    assert client.get("/health").get_json()["notice"] == WORDS["en"]


FILES = ("figure/total_investment", "chart/winners_per_call", "table/winners")


@pytest.mark.parametrize("name", FILES)
def test_every_table_to_download_says_so_in_each_row_and_in_its_name(client, name):
    answer = client.get(f"/fr/{name}.csv")
    last = name.rpartition("/")[2]
    assert f'filename="fictitious_{last}.csv"' in answer.headers["Content-Disposition"]
    heads, codes, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    at = heads.index("À savoir")
    if name.startswith("chart/"):  # its columns have no codes
        rows.append(codes)
    else:
        assert codes[at] == "notice"
    assert {row[at] for row in rows} == {WORDS["fr"]}
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/fr/{name}.xlsx").data))
    notices = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert notices[0] == "À savoir"
    assert set(notices[1:]) == {WORDS["fr"]}


@pytest.mark.parametrize("name", FILES[:2])
def test_every_picture_to_download_says_so(client, name):
    svg = client.get(f"/nl/{name}.svg").get_data(as_text=True)
    assert WORDS["nl"] in re.sub(r"<[^>]+>", " ", svg)


def test_a_copy_without_a_server_says_so_where_it_begins_and_on_its_pages(demonstration):
    """The first pages of it: all are drawn as the dashboard's are."""
    copy = _Copy(demonstration, [], ["nl"])
    files = dict(copy.shared()) | dict(islice(copy.pages("nl"), 6))
    pages = [content.decode() for name, content in files.items() if name.endswith(".html")]
    assert len(pages) == 7
    assert all(f"<title>{WORDS['nl']} – " in page for page in pages)
    assert json.loads(files[MARK])["notice"] == WORDS["nl"]
