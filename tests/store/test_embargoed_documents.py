"""A document from which only numbers under embargo come is under embargo with them: its words are in nothing
that the public sees, and no table that git shares may hold them.

Document, address and number are invented; the words stand nowhere else and are looked for everywhere.
"""

import csv
import subprocess
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from dashboards.app import create_app
from dashboards.registry import all_pages
from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.cli import app
from ennum_stats.kit.press import press
from ennum_stats.project import Audience, Project
from ennum_stats.publication import build_if_changed
from ennum_stats.raw import embargo
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.release import release
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from ennum_stats.store.publish import is_up_to_date
from tests.drawing.conftest import file_svg

pytestmark = pytest.mark.product

ROOT = Path(__file__).resolve().parents[2]
VALUE = "98761234"
DOCUMENT = {
    "source_id": "zebrulon-2026",
    "title": "Rapport Quibolmique",
    "title_language": "fr",
    "publisher": "Institut Farfadoche",
    "kind": "official",
    "published_on": "2026-11-20",
    "retrieved_on": "2026-11-24",
    "url": "https://example.org/tarabistouille",
    "note": "Reçu sous pli mirlitonné.",
}
NUMBER = {
    "observation_id": "zebrulon-2026.budget_awarded.EN2021",
    "measure": "budget_awarded",
    "programme": "ecole_numerique",
    "call": "EN2021",
    "territory": "wallonia",
    "stage": "awarded",
    "value": VALUE,
    "unit": "EUR",
    "precision": "exact",
    "status": "A",
    "source_id": "zebrulon-2026",
    "locator": "page Croquembouche",
    "note": "Remarque Patachonne.",
}
WORDS = (
    "zebrulon", "Quibolmique", "Farfadoche", "tarabistouille", "mirliton", "Croquembouche", "Patachon", VALUE,
)  # fmt: skip
KNOWN = date(2026, 11, 25)


def in_hours(hours):
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat(timespec="seconds")


def write(path, table, *rows):
    """Writes rows of a table, with its header where the file is new."""
    path.parent.mkdir(exist_ok=True)
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLE_BY_NAME[table].column_names, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerows(rows)


def hide(project, until=None):
    """Puts the document and its number under embargo."""
    row = NUMBER | {"embargo_until": until or in_hours(24)}
    write(project.raw / "embargoed" / "sources.csv", "sources", DOCUMENT)
    write(project.raw / "embargoed" / "zebrulon-2026.csv", "observations", row)
    return project


@pytest.fixture
def hidden(raw_copy):
    """A project with a document and its number under embargo until tomorrow."""
    hide(raw_copy.project)
    return raw_copy


@pytest.fixture(scope="module")
def published(made_once, raw_copy_at):
    """The same with its stores built. Tests read it and change nothing."""
    return Project(made_once("under-embargo", lambda root: build(hide(raw_copy_at(root).project))))


def found_in(data):
    """The words that bytes hold, in the parts of a zipped file too."""
    return [word for word in WORDS if word.encode() in data]


def found_in_file(path):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return [word for name in parts.namelist() for word in found_in(parts.read(name))]
    return found_in(path.read_bytes())


def rows_of(store):
    """Everything in the tables of a store: its file may hold texts in pieces."""
    with duckdb.connect(str(store), read_only=True) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        return "".join(str(connection.execute(f"FROM {name}").fetchall()) for (name,) in names)


class Tomorrow(datetime):
    """The real clock, two days on."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(hours=48)


# --- what the public sees -------------------------------------------------------------------------------


def test_the_public_store_never_heard_of_it(hidden, raw_copy_at, tmp_path):
    """Content and fingerprint are those of a project without it, and the internal store has it all."""
    project = hidden.project
    public, without = build(project), build(raw_copy_at(tmp_path / "without").project)
    assert public.content_hash == without.content_hash
    assert public.raw_fingerprint == without.raw_fingerprint
    assert not found_in(rows_of(project.processed / public.store).encode())
    for path in project.processed.rglob("*"):
        if path.is_file() and "internal" not in path.relative_to(project.processed).parts:
            assert not found_in_file(path), path
            if path.suffix == ".parquet":
                assert not found_in(str(pl.read_parquet(path).rows()).encode()), path
    inside = open_ledger(project, KNOWN, Audience.INTERNAL)
    source = inside.source("zebrulon-2026")
    assert (source.title, source.known_on) == (DOCUMENT["title"], date(2026, 11, 20))


def test_an_internal_document_has_its_rank_and_day_as_any_other(published):
    """Of rank “official” and later than the press: it is taken, from its own day on and not before."""
    known, before = (
        open_ledger(published, day, Audience.INTERNAL).answer(
            "budget_awarded", programme="ecole_numerique", call="EN2021", stage="awarded"
        )
        for day in (date(2026, 11, 20), date(2026, 11, 19))
    )
    assert [one.source.source_id for one in known.observations] == ["zebrulon-2026"]
    assert all(one.source.source_id != "zebrulon-2026" for one in before.observations)


COMMANDS = (
    ("check",), ("stores", "--format", "json"), ("figures", "--format", "json"),
    ("conflicts", "--format", "json"),
    ("observations", "--format", "json"), ("find", "budget", "EN2021"), ("find", "Quibolmique"),
    ("trace", "en2021_budget"), ("trace", "total_investment", "--format", "json"), ("rules",),
    ("measure", "budgets", "--format", "csv"), ("diff", "--from", "2026-11-01", "--to", "2026-11-25"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_tells_of_it(published, command):
    known = [] if command[0] in ("check", "stores", "diff") else ["--known-at", "2026-11-25"]
    result = CliRunner().invoke(app, ["--root", str(published.root), *command, *known])
    said = result.output.replace(command[1], "") if command[0] == "find" else result.output
    assert said
    assert not found_in(said.encode()), said


def test_no_page_and_no_answer_of_the_public_server_tells_of_it(published):
    client = create_app(published).server.test_client()
    names = [page.path for page in all_pages().values() if page.is_listed]
    addresses = [*(f"/fr/{name}" for name in (*names, "figure/en2021_budget", "chart/budget_per_call"))]
    addresses += [
        "/api/figures", "/api/measures/budgets?by=call", "/api/observations", "/api/sources", "/api/news",
        "/feed.atom", "/fr/feed/budgets.atom", "/fr/feed/figure/en2021_budget.atom", "/health",
        "/fr/table/budgets.csv",
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not found_in(answer.data), address
    assert client.get("/fr/document/zebrulon-2026").status_code == 404


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own
def test_no_kit_no_chart_and_no_release_tells_of_it(published, tmp_path):
    ledger = open_ledger(published, KNOWN)
    files = [
        *press(published, ledger, ("fr", "en"), tmp_path / "kit"),
        *release(ledger, tmp_path / "release"),
    ]
    for path in files:
        assert not found_in_file(path), path
    for name in CHARTS:
        assert not found_in(file_svg(chart(ledger, name, "fr")).encode()), name


def test_git_shares_nothing_of_it():
    place = "data/raw/embargoed/sources.csv"
    asked = ["git", "-C", str(ROOT), "check-ignore", "--no-index", "-q", place]
    assert subprocess.run(asked, check=False).returncode == 0


# --- the clock ------------------------------------------------------------------------------------------


def test_the_document_is_public_with_its_number_by_the_clock_alone(hidden, monkeypatch):
    project = hidden.project
    before = build(project)
    monkeypatch.setattr(embargo, "datetime", Tomorrow)
    assert not is_up_to_date(project)
    after = build_if_changed(project)
    assert after.content_hash != before.content_hash
    assert open_ledger(project, KNOWN).source("zebrulon-2026").url == DOCUMENT["url"]
    assert hidden.findings() == []
    assert is_up_to_date(project)


def test_a_document_is_public_with_the_first_of_its_numbers(raw_copy):
    project = hide(raw_copy.project, until=in_hours(-1))
    later = NUMBER | {
        "observation_id": "zebrulon-2026.projects_awarded.EN2021", "measure": "projects_awarded",
        "value": "8765", "unit": "projects", "embargo_until": in_hours(24),
    }  # fmt: skip
    write(project.raw / "embargoed" / "zebrulon-2026.csv", "observations", later)
    build(project)
    public = open_ledger(project, KNOWN)
    numbers = [one for one in public.all_observations() if one.source.source_id == "zebrulon-2026"]
    assert [one.observation_id for one in numbers] == [NUMBER["observation_id"]]


# --- what git shares ------------------------------------------------------------------------------------


def only(findings):
    assert len(findings) == 1, findings
    return findings[0]


def test_what_is_under_embargo_and_apart_passes(hidden):
    assert hidden.findings() == []


def test_a_document_of_embargoed_numbers_alone_is_no_row_of_the_shared_table(raw_copy):
    write(raw_copy.path("sources.csv"), "sources", DOCUMENT)
    row = NUMBER | {"embargo_until": in_hours(24)}
    write(raw_copy.project.raw / "embargoed" / "zebrulon-2026.csv", "observations", row)
    line = len(raw_copy.path("sources.csv").read_text("utf-8").splitlines())
    found = only(raw_copy.findings())
    assert found.startswith(f"data/raw/sources.csv:{line}: source_id: Only numbers under embargo")
    assert found.endswith("Move the row to data/raw/embargoed/sources.csv.")


def test_a_public_document_may_give_a_number_under_embargo(raw_copy):
    row = NUMBER | {"embargo_until": in_hours(24), "source_id": "lavenir-2022-05-28"}
    write(raw_copy.project.raw / "embargoed" / "next.csv", "observations", row)
    assert raw_copy.findings() == []


def test_a_number_under_embargo_is_no_row_of_a_shared_file(raw_copy):
    key = "adn-2021-impact.projects_awarded.EN2017_EN2018"
    line = raw_copy.cell("observations/published.csv", key, "embargo_until", in_hours(24))
    number, remark = raw_copy.findings()
    assert number.startswith(
        f"data/raw/observations/published.csv:{line}: embargo_until: This number is under embargo until"
    )
    assert remark.startswith("data/raw/remarks.csv:")  # nobody else makes this remark


SHARED = {
    "milestones.csv": "en1_launch", "calls.csv": "EN2021", "events.csv": "EN2020.opening",
    "observations/published.csv": "adn-2021-impact.projects_awarded.EN2017_EN2018",
}  # fmt: skip


@pytest.mark.parametrize("file", SHARED)
def test_no_shared_row_names_a_document_under_embargo(hidden, file):
    line = hidden.cell(file, SHARED[file], "source_id", "zebrulon-2026")
    found = [one for one in hidden.findings() if one.startswith(f"data/raw/{file}:{line}: source_id:")]
    assert "The document “zebrulon-2026” is under embargo" in only(found)


def test_corrections_and_remarks_of_a_number_wait_until_it_is_public(hidden, monkeypatch):
    write(hidden.path("corrections.csv"), "corrections", {
        "observation_id": NUMBER["observation_id"], "column": "value", "old_value": VALUE,
        "new_value": "98761235", "reason": "Faute de frappe.", "decided_on": "2026-11-24",
    })  # fmt: skip
    translated = {f"note_{code}": f"{NUMBER['note']} ({code})" for code in ("de", "nl", "en")}
    write(hidden.path("remarks.csv"), "remarks", {"note": NUMBER["note"]} | translated)
    found = hidden.findings()
    assert [one.split(":")[0] for one in found] == ["data/raw/corrections.csv", "data/raw/remarks.csv"]
    assert all("git shares this file" in one for one in found)
    monkeypatch.setattr(embargo, "datetime", Tomorrow)
    assert hidden.findings() == []
