"""The store for other programs: sums that are right, names and comments, one step with the pointer, and the
queries that business-intelligence tools send."""

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
import pytest

from ennum_stats.measures.frames.measured import Measured
from ennum_stats.project import Audience, Project
from ennum_stats.publication import build_if_changed, shared_store
from ennum_stats.publication.shared_store import FILE, FOLDER, write_shared
from ennum_stats.store import build as stores
from ennum_stats.store.ledger import open_ledger
from ennum_stats.store.publish import current_store, rollback
from ennum_stats.store.writing import StoreNotWritten
from tests.conftest import covering

KIT = "observations/press_kit_2020.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"
PROJECTS = {"EN1": 28, "EN2": 72, "EN3": 210, "EN2017": 570, "EN2018": 326, "EN2019": 503, "EN2020": 679}
"""Press kit of 2020, graph 1; EN2020: RTL/Belga, June 2020."""
TABLES = {
    "about", "calls", "codes", "exchange_rates", "figures", "measures", "milestones", "observations",
    "sources",
}  # fmt: skip
VIEWS = {"winners_by_call", "budgets_by_programme", "coverage", "timeline"}
GOLDEN = Path(__file__).parents[1] / "golden" / "press_kit_2020.csv"


def opened(folder):
    return duckdb.connect(os.fspath(folder / FILE), read_only=True)


@pytest.fixture(scope="module")
def shared(ledger_at, tmp_path_factory):
    """What other programs read, as known at the end of November 2026."""
    folder = tmp_path_factory.mktemp("shared")
    write_shared(ledger_at("2026-11-24"), folder)
    return folder


@pytest.fixture(scope="module")
def connection(shared):
    with opened(shared) as found:
        yield found


def frame(connection, name):
    return pl.DataFrame(connection.table(name))


def one(connection, query, *values):
    return connection.execute(query, values).fetchall()[0][0]


@pytest.mark.parametrize(
    ("named", "made"),
    [
        ((), TABLES),
        (("about",), {"about"}),
        (("about", "participations"), {"about"}),
        (("timeline",), shared_store.OF_VIEWS),
        (("winner_by_call",), TABLES),
    ],
)
def test_a_query_has_the_tables_that_it_names_and_all_where_it_names_none_or_one_that_there_is_not(
    monkeypatch, named, made
):
    asked = []
    monkeypatch.setattr(shared_store, "shared_tables", lambda _, names: asked.extend(names))
    monkeypatch.setattr(shared_store, "create", lambda *_: None)
    with duckdb.connect() as memory:
        shared_store._provide(None, memory, named)
    assert {*asked} == {*made}


# --- what is in it ------------------------------------------------------------------------------------


def test_the_natural_sum_of_projects_is_that_of_the_documents(connection):
    assert one(connection, "SELECT sum(projects_awarded) FROM winners_by_call") == sum(PROJECTS.values())
    found = connection.execute("SELECT call, projects_awarded FROM winners_by_call").fetchall()
    assert {call: n for call, n in found if n is not None} == PROJECTS


def test_the_natural_sum_of_budgets_is_the_total_of_the_kit(ledger_at, tmp_path):
    """As the kit could be written; the golden sum of its parts was computed by hand."""
    write_shared(ledger_at("2020-01-31"), tmp_path)
    golden = {row["name"]: row for row in csv.DictReader(GOLDEN.read_text("utf-8").splitlines())}
    expected = golden["total_investment"]
    with opened(tmp_path) as connection:
        sums = connection.execute(
            "SELECT sum(value), sum(lower), sum(upper) FROM budgets_by_programme"
        ).fetchall()[0]
    for found, end in zip(sums, ("value", "lower", "upper"), strict=True):
        assert float(found) == pytest.approx(float(expected[end]), abs=0.05)


@pytest.mark.parametrize(
    ("view", "number", "kind"),
    [
        ("winners_by_call", "projects_awarded", "BIGINT"),
        ("winners_by_call", "budget_awarded", "DECIMAL(20,2)"),
        ("coverage", "sites", "BIGINT"),
        ("coverage", "share", "DECIMAL(20,6)"),
    ],
)
def test_what_is_counted_is_whole_money_has_cents_and_a_share_neither(connection, view, number, kind):
    found = dict(row[:2] for row in connection.execute(f"DESCRIBE {view}").fetchall())
    assert {found[name] for name in (number, f"{number}_lower", f"{number}_upper")} == {kind}


def test_coverage_has_one_row_a_programme_and_the_timeline_one_a_milestone(connection):
    rows = connection.execute("SELECT programme, count(*) FROM coverage GROUP BY ALL").fetchall()
    assert len(rows) == 4
    assert {n for _, n in rows} == {1}
    dated = connection.execute("SELECT first_day, milestone FROM timeline").fetchall()
    assert dated == sorted(dated)
    assert len(dated) == one(connection, "SELECT count(*) FROM milestones")


def test_columns_have_the_names_that_dataframes_give_them(connection, ledger_at):
    """A column of a view stands in the table of the store's method, and every number has its two ends."""
    ledger = ledger_at("2026-11-24")
    store = Measured(ledger.connection, ledger.known_at, ledger.content_hash, library="polars")
    for view, method, own in (
        ("winners_by_call", store.winners, {"valid_from", "valid_to"}),
        ("budgets_by_programme", store.budgets, {"call"}),
        ("coverage", store.coverage, set()),
    ):
        columns = {name for name, *_ in connection.execute(f"DESCRIBE {view}").fetchall()}
        assert columns - own <= set(method(labels="fr").columns) | {"call_name"}, view
    named = {name for name, *_ in connection.execute("DESCRIBE observations").fetchall()}
    assert {"printed", "printed_lower", "printed_upper", "value", "lower", "upper"} <= named


def test_ends_as_printed_stand_beside_those_that_the_print_implies(connection, raw_observations):
    """A raw row prints a range, or one number of which a range follows."""
    query = "SELECT observation_id, printed_lower, printed_upper, lower, upper FROM observations"
    for key, *ends in connection.execute(query).fetchall():
        raw = raw_observations[key]
        for found, column in zip(ends[:2], ("lower", "upper"), strict=True):
            assert found == (None if raw[column] == "" else pytest.approx(float(raw[column])))
        if raw["lower"] and not raw["value"]:
            assert ends[2] == ends[0]


def test_everything_says_what_it_is(connection):
    said = connection.execute(
        "SELECT table_name, comment FROM duckdb_tables() "
        "UNION SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    assert {name for name, _ in said} == TABLES | VIEWS
    assert all(comment and comment.endswith(".") for _, comment in said)
    columns = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    assert [place for *place, comment in columns if not comment] == []


def test_no_column_needs_quotation_marks_in_sql(connection):
    words = {
        word
        for word, kind in connection.execute(
            "SELECT keyword_name, keyword_category FROM duckdb_keywords()"
        ).fetchall()
        if kind in ("reserved", "type_function")
    }
    names = connection.execute("SELECT column_name FROM duckdb_columns() WHERE NOT internal")
    assert not words & {name for (name,) in names.fetchall()}


def test_parquet_holds_the_same_rows_and_comments(connection, shared):
    assert {path.stem for path in (shared / FOLDER).iterdir()} == TABLES | VIEWS
    for path in (shared / FOLDER).iterdir():
        rows = frame(connection, path.stem)
        assert pl.read_parquet(path).equals(rows), path
        comments = pl.read_parquet_metadata(path)
        assert all(comments[name] for name in rows.columns)


def test_the_format_is_the_one_that_duckdb_has_read_since_1_0(shared):
    """The storage version of DuckDB 1.0 and 1.1 is 64, in the eight bytes after the mark “DUCK”
    (duckdb.org/docs/internals/storage)."""
    head = (shared / FILE).read_bytes()[:24]
    assert head[8:12] == b"DUCK"
    assert int.from_bytes(head[12:20], "little") == 64


def test_lists_of_schools_are_counted_and_no_school_is_named(demonstration, tmp_path):
    ledger = open_ledger(demonstration, date(2026, 11, 24))
    write_shared(ledger, tmp_path)
    ((sites,),) = ledger.query("SELECT count(*) FROM implantations")
    assert sites > 100
    with opened(tmp_path) as connection:
        assert one(connection, "SELECT count(DISTINCT commune) FROM measures") > 10
        for name in TABLES | VIEWS:
            rows = frame(connection, name)
            assert not {"implantation", "etablissement", "address"} & set(rows.columns)
            assert rows["notice"].str.contains("Données fictives").all(), name
    ledger.connection.close()


# --- in one step with the pointer ---------------------------------------------------------------------


def publish(project):
    """Publish with what others read, and without the proof, which is another test's."""
    share = lambda made: [_share(store) for store in made] and []  # noqa: E731
    return stores.build(project, share)


def _share(store):
    with store.opened() as ledger:
        write_shared(ledger, store.folder)


def files(project):
    return {
        path.relative_to(project.root): path.read_bytes()
        for path in project.processed.rglob("*")
        if path.is_file()
    }


def awarded(project, audience="."):
    with opened(project.processed / audience) as connection:
        return one(connection, "SELECT projects_awarded FROM winners_by_call WHERE call = 'EN2018'")


@pytest.fixture
def shared_copy(built_copy):
    """A copy of the built project, with what others read."""
    publish(built_copy.project)
    return built_copy


def test_it_follows_the_store_in_force_there_and_back(shared_copy):
    project = shared_copy.project
    first = current_store(project)
    assert awarded(project) == 326
    shared_copy.cell(KIT, EN2018, "value", "325")
    publish(project)
    assert awarded(project) == 325
    rollback(project, first.content_hash)
    assert awarded(project) == 326
    assert current_store(project).shared.keys() == first.shared.keys()


def test_a_write_that_fails_leaves_everything_as_it_was(shared_copy, monkeypatch):
    project = shared_copy.project
    before = files(project)
    shared_copy.cell(KIT, EN2018, "value", "325")
    monkeypatch.setattr(shared_store, "_is_whole", lambda *_: False)
    with pytest.raises(StoreNotWritten, match="cannot be read back"):
        publish(project)
    assert files(project) == before


def a_folder(path):
    path.unlink()
    path.mkdir()
    (path / "notes.txt").write_text("x", "utf-8")


@pytest.mark.parametrize(
    "damage",
    covering([Path.unlink, partial(Path.write_bytes, data=b""), a_folder, partial(shutil.copy, __file__)], 2),
)
def test_what_is_damaged_is_made_again(shared_copy, damage):
    project = shared_copy.project
    damage(project.processed / FILE)
    build_if_changed(project)
    assert awarded(project) == 326


def test_a_store_of_which_nothing_was_made_shares_nothing(shared_copy):
    shared_copy.cell(KIT, EN2018, "value", "325")
    stores.build(shared_copy.project)
    assert not (shared_copy.project.processed / FILE).exists()
    assert not list(shared_copy.project.processed.glob(f"{FOLDER}/*"))


def test_a_number_under_embargo_is_in_that_of_the_administration_alone(raw_copy):
    like = next(
        line for line in raw_copy.path(KIT).read_text("utf-8").splitlines() if line.startswith(f"{EN2018},")
    )
    header = raw_copy.path(KIT).read_text("utf-8").splitlines()[0]
    cells = dict(zip(header.split(","), next(csv.reader([like])), strict=True))
    cells |= {"observation_id": "soon", "value": "31", "province": "namur"}
    cells |= {"embargo_until": "2099-01-01T08:00:00"}
    folder = raw_copy.project.raw / "embargoed"
    folder.mkdir()
    with (folder / "soon.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([cells.keys(), cells.values()])
    publish(raw_copy.project)
    count = "SELECT count(*) FROM observations WHERE observation_id = 'soon'"
    for audience, expected in ((".", 0), (Audience.INTERNAL, 1)):
        with opened(raw_copy.project.processed / audience) as connection:
            assert one(connection, count) == expected
            notice = one(connection, "SELECT notice FROM about")
            assert bool(notice) == bool(expected)


def test_a_folder_of_any_name_has_it(project, tmp_path):
    root = tmp_path / "x=1 [a-z] {b,c} d'école"
    shutil.copytree(project.root / "data" / "raw", root / "data" / "raw")
    publish(Project(root))
    assert awarded(Project(root)) == 326


# --- the queries of other programs ----------------------------------------------------------------------

DRIVERS = {
    "Metabase lists tables": "SELECT table_schema, table_name, table_type FROM information_schema.tables "
    "WHERE table_catalog = current_database() ORDER BY table_name",
    "Metabase reads columns": "SELECT column_name, data_type, is_nullable, ordinal_position FROM "
    "information_schema.columns WHERE table_schema = 'main' AND table_name = 'winners_by_call'",
    "Metabase asks whether it may read": "SELECT TRUE AS _ FROM main.winners_by_call WHERE 1 <> 1 LIMIT 0",
    "Metabase takes a fingerprint": 'SELECT substring("title", 1, 1234) AS "title" FROM '
    '"main"."timeline" LIMIT 10000',
    "Metabase sums by group": 'SELECT "main"."winners_by_call"."call" AS "call", '
    'sum("main"."winners_by_call"."projects_awarded") AS "sum" FROM "main"."winners_by_call" '
    'GROUP BY "main"."winners_by_call"."call" ORDER BY "sum" DESC, "call" ASC',
    "Metabase cuts days": "SELECT date_trunc('year', \"first_day\") AS y, count(*) FROM timeline GROUP BY 1",
    "Superset lists tables": "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM "
    "duckdb_views() WHERE NOT internal",
    "Superset reads types": "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) FROM "
    "pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid WHERE c.relname = 'measures'",
    "Superset looks at rows": 'SELECT * FROM (SELECT * FROM main."coverage") AS virtual_table LIMIT 1001',
    "Superset draws a chart": "SELECT DATE_TRUNC('month', valid_from) AS __timestamp, programme, "
    'SUM(value) AS "SUM(value)" FROM main.budgets_by_programme GROUP BY 1, 2 LIMIT 10000',
    "Power BI asks for the form": 'SELECT * FROM "main"."coverage" LIMIT 0',
    "Power BI folds": 'select "_"."programme", sum("_"."value") as "a0" from (select "programme", "value" '
    'from "ennum"."main"."budgets_by_programme") "_" group by "_"."programme" limit 1000001',
    "Tableau reads a minimum": 'SELECT MIN("t"."valid_from") AS "m", MAX("t"."valid_to") FROM '
    '"winners_by_call" "t" HAVING (COUNT(1) > 0)',
    "dbt reads comments": "SELECT c.table_name, c.column_name, c.comment FROM duckdb_columns() c "
    "WHERE c.schema_name = 'main' AND NOT internal",
}


@pytest.mark.parametrize("asked", DRIVERS)
def test_the_queries_of_other_programs_are_answered(connection, asked):
    found = connection.execute(DRIVERS[asked])
    assert found.description
    assert bool(found.fetchall()) != DRIVERS[asked].endswith("LIMIT 0")


_COUNTED = """
import json, sys
sys.path.insert(0, sys.argv[1])
import duckdb
with duckdb.connect(sys.argv[2], read_only=True) as store:
    told = {name: store.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in sys.argv[3:]}
print(json.dumps([duckdb.__version__, told]))
"""


@pytest.mark.hour
@pytest.mark.search
@pytest.mark.parametrize("version", ["1.1.0", "1.2.2", "1.3.2", "1.4.4", "1.5.0"])
def test_each_version_of_duckdb_that_is_promised_reads_it(shared, connection, tmp_path, version):
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", tmp_path, f"duckdb=={version}"]
    if subprocess.run([sys.executable, *install], capture_output=True, check=False).returncode:
        pytest.skip("the registry of packages does not answer")
    names = sorted(TABLES | VIEWS)
    command = [sys.executable, "-c", _COUNTED, tmp_path, shared / FILE, *names]
    read = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert read == [version, {name: len(frame(connection, name)) for name in names}]
