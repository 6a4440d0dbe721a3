"""What an analyst does with a store: look at it, take frames, ask SQL, and install the wheel anywhere."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import tomllib
from datetime import date
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

import ennum_stats
from ennum_stats.files.boundary import _EXTRAS, translated_errors
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.measure_table import OBSERVATION_COLUMNS
from ennum_stats.publication import shared_store
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store import sql
from ennum_stats.store.build import build

ROOT = Path(__file__).resolve().parents[1]
PRIVATE = ("contacts", "publisher", "logos", "embargoed", "rows")


@pytest.fixture(scope="module")
def store(project):
    opened = ennum_stats.open(project.root, known_at="2020-01-31")
    yield opened
    opened.connection.close()


def test_about_twenty_names_are_public():
    assert 15 <= len(ennum_stats.__all__) <= 30


def test_a_notebook_shows_figures_measures_and_the_store(store):
    """Kit: 503 projects in EN2019."""
    assert "503\u00a0projets" in store.figure("en2019_projects")._repr_html_()
    assert "31\u00a0janvier 2020" in store._repr_html_()
    for name in TABLES:
        assert "<table>" in store.measure(name)._repr_html_()


def test_texts_are_escaped(store):
    shown = store.figure("total_investment")._repr_html_()
    assert "<script" not in shown
    assert "&" not in shown.replace("&#x27;", "").replace("&amp;", "").replace("&quot;", "")


def test_a_measure_is_had_by_another_dimension_and_at_the_prices_of_a_year(store):
    """Press kit: 28 projects in EN1; prices rose from 2011 to 2019, so the same budget is a larger number."""
    found = store.measure("winners", by="school_year").frame("polars")
    assert found["projects_awarded"][0] == 28
    nominal = store.measure("budgets", by="call").frame("polars")
    real = store.measure("budgets", by="call", prices="real:2019").frame("polars")
    assert nominal["call"][0] == real["call"][0] == "EN1"
    assert nominal["upper"][0] < real["lower"][0]


def test_another_library_is_refused(store):
    with pytest.raises(ennum_stats.UsageError, match="pandas, polars"):
        store.measure("winners").frame("arrow")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_names_of_the_package_give_the_tables_of_the_store(store, library):
    asked = getattr(store, library)
    for name in ("winners", "budgets", "coverage", "connectivity", "staff", "equipment", "targets"):
        assert getattr(ennum_stats, name)(asked).equals(getattr(asked, name)())


def test_a_chart_can_be_had_and_sends_nothing_to_a_cloud(store):
    drawn = store.chart("winners_per_call")
    assert "sendChartToCloud" in drawn.layout.modebar.remove


def test_sql_answers_as_known_on_the_day(store):
    last = store.sql("SELECT max(known_on) AS day, count(*) AS n FROM observations")
    assert str(last["day"][0])[:10] == "2020-01-31"
    assert last["n"][0] == len(store.observations())


def test_sql_sees_no_list_or_register_before_its_day(built_copy):
    """Two lists and two registers (made), of 2012 and of 2021: the day is the end of January 2020."""
    rows = {
        "lists": "list,kind,programme,call,known_on,size,replaces,note\n"
        "early,winners,ecole_numerique,EN1,2012-12,1,,\nlate,winners,ecole_numerique,EN1,2021,1,,\n",
        "participations": "participation,list,programme,call,stage,implantation,etablissement,project,"
        "amount_eur,occurred_on\n"
        "a,early,ecole_numerique,EN1,awarded,1,,,,\nb,late,ecole_numerique,EN1,awarded,2,,,,\n",
        "registers": "register,community,as_of,note\nold,fwb,2012-10,\nnew,fwb,2021-10,\n",
        "etablissements": "register,etablissement,name,network\n"
        "old,1,École,municipal\nnew,1,École,municipal\n",
    }
    folder = built_copy.project.raw / "rows"
    folder.mkdir(exist_ok=True)
    for name, text in rows.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    build(built_copy.project)
    store = ennum_stats.open(built_copy.project.root, known_at="2020-01-31")
    for name, key in (("lists", "list"), ("participations", "list"), ("registers", "register"),
                      ("etablissements", "register")):  # fmt: skip
        assert store.sql(f"SELECT {key} FROM {name}")[key].to_list() in (["early"], ["old"])  # noqa: S608
    store.connection.close()


def test_sql_joins_a_frame_given_by_name(store):
    mine = pd.DataFrame({"call": ["EN2019"], "mine": [1]})
    query = "SELECT o.value, mine FROM observations o JOIN mine USING (call) WHERE measure = ?"
    query = query.replace("?", "'projects_awarded'")
    found = store.sql(query, mine=mine, frame="polars")
    assert float(found["value"][0]) == 503


REFUSED = (
    "CREATE TABLE x AS SELECT 1",
    "DELETE FROM observations",
    "UPDATE observations SET value = 0",
    "DROP TABLE observations",
    "COPY observations TO 'out.csv'",
    "ATTACH 'other.duckdb'",
    "INSTALL httpfs",
    "SET enable_external_access = true",
    "SELECT 1; SELECT 2",
    "SELECT 1) TO 'out.csv'; SELECT (2",
    "SELECT * FROM read_csv('pyproject.toml')",
    "SELECT * FROM 'pyproject.toml'",
    "SELECT * FROM read_text('pyproject.toml')",
    "WITH gone AS (DELETE FROM observations RETURNING *) SELECT count(*) FROM gone",
    "WITH more AS (INSERT INTO calls SELECT * FROM calls RETURNING *) SELECT * FROM more",
    "SELECT nothing FROM observations",
    "SELCT",
    "",
    "UPDATE EXTENSIONS",
    "SELECT '\ud800'",
)


def test_sql_that_writes_reads_files_or_makes_no_sense_is_refused(store):
    for query in REFUSED:
        with pytest.raises(ennum_stats.UsageError):
            store.sql(query)
    assert store.sql("SELECT count(*) AS n FROM observations")["n"][0] > 100


ENDLESS = (
    "SELECT sum(a.range * b.range) FROM range(10000000000) a, range(10000000000) b",
    "SELECT string_agg(repeat('x', 1000000) || range) FROM range(100000000)",
    "SELECT lpad('x', 2000000000, 'y')",  # one function, which DuckDB does not interrupt
    "SELECT list_sort(range(300000000))",
)


def test_sql_that_would_never_end_or_fill_memory_is_stopped_and_the_store_goes_on(store, monkeypatch):
    monkeypatch.setattr(sql, "LONGEST_QUERY", 0.4)
    for query in ENDLESS:
        start = time.monotonic()
        with pytest.raises(ennum_stats.UsageError, match="too long"):
            store.sql(query)
        assert time.monotonic() - start < 10
    monkeypatch.undo()
    assert store.sql("SELECT count(*) AS n FROM observations")["n"][0] > 100


def test_sql_gives_as_many_rows_as_it_says_and_no_more(store):
    """A million and one, of the thousand million that are asked for."""
    for rows in ("1000001", "1000000000"):
        with pytest.raises(ennum_stats.UsageError, match="At most 60 seconds, 2 GB and 1000000 rows"):
            store.sql(f"FROM range({rows})")
    assert len(store.sql("FROM range(1000000)")) == 1_000_000


def is_gone(group):
    """Whether the system has no process of a group any more."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def test_whoever_no_longer_waits_ends_the_query(store):
    """Ctrl-C, and then no process is left: not that of the query, nor the one that started it."""
    store.sql("SELECT 1")
    process = sql._waiting[os.getpid()][-1].process
    interrupt = threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    with pytest.raises(KeyboardInterrupt):
        store.sql(ENDLESS[0])
    interrupt.join()
    assert process.poll() == -signal.SIGKILL
    assert any(is_gone(process.pid) or time.sleep(0.1) for _ in range(50))


def test_a_process_that_ended_while_it_waited_is_started_again(store):
    for _ in range(2):
        assert len(store.sql("SELECT 1")) == 1
        waiting = sql._waiting[os.getpid()][-1].process
        waiting.kill()
        waiting.wait()


def test_a_day_is_read_with_the_day_first_too(project):
    opened = ennum_stats.open(project.root, known_at="31/01/2020")
    opened.connection.close()
    assert opened.known_at == date(2020, 1, 31)


def test_a_day_that_does_not_exist_is_refused(project):
    with pytest.raises(ennum_stats.UsageError, match="2020-02-30"):
        ennum_stats.open(project.root, known_at="2020-02-30")


# --- the wheel --------------------------------------------------------------------------------------------


def test_the_wheel_is_told_to_bring_every_public_table_and_no_private_one():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    sent = wheel["targets"]["wheel"]["force-include"]
    raw = ROOT / "data" / "raw"
    inside = (path.relative_to(raw) for path in raw.rglob("*.csv"))
    public = {f"data/raw/{path.parts[0]}" for path in inside if not path.parts[0].startswith(PRIVATE)}
    assert set(sent) == public
    assert all(target == f"ennum_stats/{source}" for source, target in sent.items())


def test_each_extra_is_told_by_the_libraries_that_pyproject_gives_it():
    """The names under which distributions are imported are those of the environment."""
    given = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    imported = {}
    for module, names in packages_distributions().items():
        for name in names:
            imported.setdefault(re.sub(r"[-_.]+", "-", name).lower(), set()).add(module)
    for extra, requirements in given["optional-dependencies"].items():
        names = [re.match(r"[\w-]+", one)[0].replace("_", "-").lower() for one in requirements]
        names = [name for name in names if name != "ennum-stats"]  # an extra may hold another
        found = [imported[name] for name in names if name in imported]
        told = set(_EXTRAS[extra])
        assert all(told & modules for modules in found), extra
        assert len(told) == len(names)
    required = " ".join(given["dependencies"])
    assert not any(f'"{module}' in required for modules in _EXTRAS.values() for module in modules)


def test_a_missing_extra_is_said_with_the_line_to_type(monkeypatch):
    for library, extra in (("typst", "kit"), ("dash", "dashboard"), ("rdflib", "release")):
        monkeypatch.setitem(sys.modules, library, None)
        line = re.escape(f'pip install "ennum-stats[{extra}]"')
        with pytest.raises(ImportError, match=line), translated_errors():
            import_module(library)


@pytest.mark.product
def test_the_installed_wheel_opens_away_from_the_repository(tmp_path):
    pytest.importorskip("hatchling")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, check=True, cwd=ROOT, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (site,) = [*venv.glob("lib/*/site-packages"), *venv.glob("Lib/site-packages")]
    dependencies = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(dependencies) + "\n")
    with ZipFile(wheel) as files:
        files.extractall(site)
    python = next(p for p in (venv / "bin" / "python", venv / "Scripts" / "python.exe") if p.exists())
    (tmp_path / "away").mkdir()
    without = "".join(f"sys.modules['{name}'] = None; " for name in sum(_EXTRAS.values(), ()))
    code = (
        f"import sys; {without}"
        "import ennum_stats; store = ennum_stats.open(known_at='2020-01-31'); "
        "print(ennum_stats.__file__, store.figure('en2019_projects').value)"
    )
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "ENNUM_ROOT")}
    env["ENNUM_CACHE"] = str(tmp_path / "cache")
    for _ in range(2):
        done = subprocess.run(
            [python, "-c", code], cwd=tmp_path / "away", env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        file, value = done.stdout.split()
        assert Path(file).is_relative_to(venv)
        assert value == "503"
    read = f"import sys; {without}sys.argv = ['ennum', 'measure', 'winners', '--format', 'csv']; "
    read += "from ennum_stats.cli import main; main()"
    said = subprocess.run(
        [python, "-c", read], cwd=tmp_path / "away", env=env, capture_output=True, check=True
    )
    assert b"EN2019" in said.stdout
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert not list(site.rglob("contacts*.csv"))


def test_sql_has_the_tables_of_the_store_for_other_programs(store):
    """Press kit of 2020, graph 1: what its natural sum is; the others are those that the store keeps."""
    listed = set(store.sql("SHOW TABLES")["name"])
    shared = {*shared_store.TABLE_NAMES, *shared_store.VIEW_NAMES}
    assert listed == shared | {*TABLE_BY_NAME}
    found = store.sql("SELECT sum(projects_awarded) AS n FROM winners_by_call")
    assert found["n"][0] == 28 + 72 + 210 + 570 + 326 + 503
    columns = set(store.sql("DESCRIBE observations")["column_name"])
    assert set(OBSERVATION_COLUMNS) - {"source_title", "published_on"} <= columns


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ("SELECT printed FROM observations WHERE call = ? AND measure = ?", ["EN2019", "projects_awarded"]),
        ("SELECT printed FROM observations WHERE call = $call AND measure = $what",
         {"call": "EN2019", "what": "projects_awarded"}),
        ("SELECT o.printed FROM observations o JOIN asked USING (call) WHERE o.measure = $1",
         ("projects_awarded",)),
    ],
)  # fmt: skip
def test_sql_takes_values_by_place_or_name_beside_frames(store, query, params):
    """Press kit of 2020, graph 1: 503 projects in EN2019."""
    asked = pd.DataFrame({"call": ["EN2019"]})
    assert {*store.sql(query, params, asked=asked)["printed"]} == {503}


@pytest.mark.parametrize(
    ("query", "params", "hint"),
    [
        ("FROM observation", None, 'Did you mean "observations"'),
        ("FROM winner_by_call", None, 'Did you mean "winners_by_call"'),
        ("SELECT projects_awardd FROM winners_by_call", None, '"projects_awarded"'),
        ("SELECT suum(value) FROM observations", None, 'Did you mean "sum"'),
        ("FROM observations WHERE call = ?", [], "Values were not provided"),
        ("FROM observations WHERE call = ?", "EN2019", "a list or a dictionary"),
        ("FROM observations WHERE call = ?", pd.DataFrame(), "a list or a dictionary"),
    ],
)
def test_sql_says_what_may_be_meant(store, query, params, hint):
    with pytest.raises(ennum_stats.UsageError, match=re.escape(hint)):
        store.sql(query, params)


def test_sql_on_a_scenario_says_so_in_every_row(store):
    supposed = store.scenario(projects_awarded={"EN2019": 400})
    found = supposed.sql("SELECT projects_awarded, notice FROM winners_by_call WHERE call = 'EN2019'")
    assert found["projects_awarded"][0] == 400
    assert found["notice"][0]
