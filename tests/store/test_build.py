"""The store: its name says its content, it is swapped in whole, and nobody edits it."""

import csv
import hashlib
import io
import json
import os
from pathlib import Path

import duckdb
import pytest

from ennum_stats.errors import StoreDamaged, StoreMissing
from ennum_stats.publication import build_if_changed
from ennum_stats.raw.tables import TABLES
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger, open_store
from ennum_stats.store.publish import POINTER, current_store
from tests.conftest import covering

KIT = "observations/press_kit_2020.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"


def reversed_rows(data):
    header, *rows = data.splitlines(keepends=True)
    return b"".join([header, *reversed(rows)])


def content_hash(copy):
    return build(copy.project).content_hash


# --- the name says the content -------------------------------------------------------------------


def test_the_same_raw_tables_give_the_same_hash(project, raw_copy):
    assert content_hash(raw_copy) == current_store(project).content_hash


def test_the_order_of_raw_rows_does_not_matter(project, raw_copy):
    for path in raw_copy.project.raw.rglob("*.csv"):
        path.write_bytes(reversed_rows(path.read_bytes()))
    assert content_hash(raw_copy) == current_store(project).content_hash


def test_the_file_of_an_observation_does_not_matter(project, raw_copy):
    kit = raw_copy.path(KIT).read_bytes().splitlines(keepends=True)
    raw_copy.path(KIT).write_bytes(b"".join(kit[:20]))
    raw_copy.path("observations/zweite.csv").write_bytes(b"".join([kit[0], *kit[20:]]))
    assert content_hash(raw_copy) == current_store(project).content_hash


@pytest.mark.parametrize(
    ("file", "key", "column", "value"),
    covering(
        [
            (KIT, EN2018, "value", "325"),
            (KIT, EN2018, "note", "relu"),
            (KIT, EN2018, "locator", "graphique 2"),
            ("sources.csv", "press-kit-2020", "published_on", "2020-01-15"),
            (KIT, EN2018, "step", ""),
            ("calls.csv", "EN2018", "name_nl", "EN 2018"),
            ("exchange_rates.csv", "BEF", "per_euro", "40.34"),
        ],
        3,
    ),
)
def test_a_changed_cell_is_another_content(project, raw_copy, file, key, column, value):
    raw_copy.cell(file, key, column, value)
    assert content_hash(raw_copy) != current_store(project).content_hash


def test_a_repeated_row_is_another_content(project, raw_copy):
    """Under a name of its own and of another call; a row that is the same throughout is refused."""
    raw_copy.row(KIT, EN2018, observation_id="again", call="EN2017_EN2018")
    assert content_hash(raw_copy) != current_store(project).content_hash


def test_a_cell_that_moves_to_the_next_column_is_another_content(raw_copy):
    raw_copy.cell(KIT, EN2018, "level", "primary")
    one = content_hash(raw_copy)
    raw_copy.cell(KIT, EN2018, "level", "")
    raw_copy.cell(KIT, EN2018, "note", "primary")
    assert content_hash(raw_copy) != one


def in_order(table):
    """The columns by which rows stand in the store."""
    return ("site", "participation") if table.name == "participations" else table.key


def test_the_hash_is_that_of_the_rows_of_the_store_in_their_order(project, demonstration):
    """Computed here without the program: each table as CSV in its order, then the list of hashes."""
    for one in (project, demonstration):
        published = current_store(one)
        whole = hashlib.sha256()
        with duckdb.connect(os.fspath(one.processed / published.store), read_only=True) as opened:
            for table in TABLES:
                relation = opened.table(table.name)
                places = [relation.columns.index(name) for name in in_order(table)]
                rows = relation.fetchall()
                rows.sort(key=lambda row, places=places: [row[place] for place in places])
                text = io.StringIO()
                csv.writer(text, lineterminator="\n").writerows(rows)
                own = hashlib.sha256(text.getvalue().encode()).hexdigest()
                whole.update(f"{table.name} {own}\n".encode())
        assert published.content_hash == whole.hexdigest()


def test_rows_stand_in_order_and_keys_once(demonstration):
    """What reads a table without an order gets the same rows in the same order from the same content."""
    published = current_store(demonstration)
    store = demonstration.processed / published.store
    with duckdb.connect(os.fspath(store), read_only=True) as opened:
        for table in TABLES:
            found = opened.table(table.name).select(*in_order(table)).fetchall()
            assert found == sorted(found)
            keys = opened.table(table.name).select(*table.key).fetchall()
            assert len(keys) == len(set(keys))
        assert opened.table("participations").fetchall()


def test_the_store_is_named_after_its_content(project):
    published = current_store(project)
    assert Path(published.store).parent.name.partition("-")[2] == published.content_hash[:16]
    assert (project.processed / published.store).is_file()


def test_nothing_is_built_where_nothing_changed(raw_copy, monkeypatch):
    published = build(raw_copy.project)
    monkeypatch.setattr("ennum_stats.store.build.build", lambda _: pytest.fail("built again"))
    assert build_if_changed(raw_copy.project) == published


def test_changed_code_is_built(built_copy, monkeypatch):
    for module in ("build", "publish"):  # the one writes it, the other compares it
        monkeypatch.setattr(f"ennum_stats.store.{module}.code_fingerprint", lambda: "changed")
    assert build_if_changed(built_copy.project).code_fingerprint == "changed"


def test_a_changed_table_is_built(built_copy):
    before = current_store(built_copy.project)
    built_copy.cell(KIT, EN2018, "value", "325")
    assert build_if_changed(built_copy.project).content_hash != before.content_hash


def test_a_store_that_is_gone_is_built(built_copy):
    published = current_store(built_copy.project)
    (built_copy.project.processed / published.store).unlink()
    again = build_if_changed(built_copy.project)
    assert again.content_hash == published.content_hash
    assert (built_copy.project.processed / again.store).is_file()


# --- swapped in whole ----------------------------------------------------------------------------


def test_a_reader_keeps_the_store_that_it_opened(built_copy):
    ledger = open_ledger(built_copy.project)
    built_copy.cell(KIT, EN2018, "value", "1")
    build(built_copy.project)
    query = "SELECT value FROM observations WHERE observation_id = ?"
    assert ledger.connection.execute(query, [EN2018]).fetchone()[0] == 326


def test_before_the_first_build_the_store_is_missing(raw_copy):
    with pytest.raises(StoreMissing):
        open_ledger(raw_copy.project)


def test_a_pointer_that_cannot_be_read_says_so(built_copy):
    (built_copy.project.processed / POINTER).write_text("{", "utf-8")
    with pytest.raises(StoreDamaged):
        open_ledger(built_copy.project)
    build_if_changed(built_copy.project)
    assert open_ledger(built_copy.project).calls


def test_a_store_of_another_version_says_so(built_copy):
    """It has no table of the remarks, as those built before November 2026; nobody wrote down its bytes."""
    project = built_copy.project
    store = project.processed / current_store(project).store
    with duckdb.connect(str(store)) as connection:
        connection.execute("DROP TABLE remarks")
    with pytest.raises(StoreDamaged, match="another version"):
        open_store(store, current_store(project).content_hash)
    pointer = json.loads((project.processed / POINTER).read_text("utf-8"))
    del pointer["files"]
    (project.processed / POINTER).write_text(json.dumps(pointer), "utf-8")
    with pytest.raises(StoreDamaged, match="another version"):
        open_ledger(project)
    build(project)  # the same rows have the same hash, and here other columns
    open_ledger(project).connection.close()


# --- what is in it -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def connection(project):
    with duckdb.connect(
        os.fspath(project.processed / current_store(project).store), read_only=True
    ) as opened:
        yield opened


def column_types(connection):
    query = "SELECT table_name, column_name, data_type FROM information_schema.columns"
    return {(table, column): kind for table, column, kind in connection.execute(query).fetchall()}


def test_numbers_are_decimal_never_double(connection):
    types = column_types(connection)
    assert not {kind for kind in types.values() if kind in {"DOUBLE", "FLOAT"}}
    decimals = {
        (table.name, column.name)
        for table in TABLES
        for column in table.columns
        if column.kind.name == "decimal"
    }
    assert ("observations", "value") in decimals
    assert {types[place] for place in decimals} == {"DECIMAL(20,6)"}


def test_every_raw_table_is_a_table_of_the_store(connection):
    tables = {table for table, _ in column_types(connection)}
    assert tables == {table.name for table in TABLES} | {"store"}


def test_the_store_says_its_own_hash(connection, project):
    found = connection.execute("SELECT content_hash FROM store").fetchall()
    assert found == [(current_store(project).content_hash,)]


def test_an_opened_store_is_read_only(kit_ledger):
    for command in ("DELETE FROM observations", "CREATE TABLE x (y INTEGER)"):
        with pytest.raises(duckdb.Error, match="read-only"):
            kit_ledger.connection.cursor().execute(command)


def test_periods_are_days_first_of_a_beginning_last_of_an_end(connection):
    """The kit: Cyberécole from 1999; EN3 covers the school years 2014-2016."""
    query = (
        "SELECT strftime(valid_from, '%Y-%m-%d'), strftime(valid_to, '%Y-%m-%d') "
        "FROM observations WHERE observation_id = 'press-kit-2020.staff.2020-01'"
    )
    assert connection.execute(query).fetchall() == [("2020-01-01", "2020-01-31")]


@pytest.mark.parametrize(
    ("source", "known_on"),
    [
        ("press-kit-2020", "2020-01-31"),  # printed "2020-01": the last day of the month
        ("regional-it-2018-06-06", "2018-06-06"),
        ("digital-wallonia-2020", "2020-12-31"),  # printed "2020": the last day of the year
        ("ludomag", "2026-11-24"),  # without a date: the day it was read
    ],
)
def test_a_document_is_known_from_the_last_day_of_its_date(connection, source, known_on):
    query = "SELECT known_on::VARCHAR FROM sources WHERE source_id = ?"
    assert connection.execute(query, [source]).fetchall() == [(known_on,)]
