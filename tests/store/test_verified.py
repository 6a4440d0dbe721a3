"""A store is read back before it is shown and compared before it is opened; the one published before stays in
force whatever a build meets, and building repairs whatever is damaged."""

import errno
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import OutputInUse, StoreDamaged, StoreMissing
from ennum_stats.files import journal
from ennum_stats.files.journal import FolderInUse
from ennum_stats.project import Audience, Project
from ennum_stats.publication import build_if_changed, trial
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store import build as stores
from ennum_stats.store import publish, writing
from ennum_stats.store.build import build
from ennum_stats.store.files import are_whole, file_hash, require_bytes
from ennum_stats.store.ledger import open_ledger
from ennum_stats.store.publish import (
    POINTER,
    Published,
    current_store,
    history,
    publishing,
    raw_fingerprint,
    rollback,
    store_records,
)
from ennum_stats.store.writing import StoreNotWritten, store_columns, write_store
from tests.conftest import covering

KIT = "observations/press_kit_2020.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"


def files(project):
    """Every file of the stores, hidden ones too."""
    return {
        path.relative_to(project.processed).as_posix(): path.read_bytes()
        for path in project.processed.rglob("*")
        if path.is_file()
    }


def number(project):
    """The number of projects of EN2018 that the store in force has: 326 in the press kit of 2020."""
    ledger = open_ledger(project)
    query = "SELECT value FROM observations WHERE observation_id = ?"
    ((value,),) = ledger.query(query, [EN2018])
    ledger.connection.close()
    return value


# --- written whole, or not shown ------------------------------------------------------------------


def losing_the_end(work, _frames):
    store = work / writing.FILE
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])


def losing_everything(work, _frames):
    """An empty store is a valid one."""
    (work / writing.FILE).unlink()
    duckdb.connect(str(work / writing.FILE)).close()


def is_lost(monkeypatch, lose):
    """Loses something of each store that is written."""
    written = writing._written

    def written_and_lost(work, frames, audience):
        hashes = written(work, frames, audience)
        lose(work, frames)
        return hashes

    monkeypatch.setattr(writing, "_written", written_and_lost)


@pytest.mark.parametrize("lose", [losing_the_end, losing_everything])
def test_nothing_is_said_of_a_trial_that_the_disk_does_not_give_back(built_copy, monkeypatch, lose):
    is_lost(monkeypatch, lose)
    with pytest.raises(StoreNotWritten, match="ennum build"), trial(built_copy.project):
        pass


def losing_the_row(work, _frames):
    with duckdb.connect(str(work / writing.FILE)) as connection:
        connection.execute("DELETE FROM calls")


def test_a_store_that_is_not_read_back_as_it_was_given_is_none(tmp_path, monkeypatch):
    calls = TABLE_BY_NAME["calls"]
    call = {name: None for name, _ in store_columns(calls)} | {"call": "EN1"}
    monkeypatch.setattr(writing, "TABLES", (calls,))
    is_lost(monkeypatch, losing_the_row)
    with pytest.raises(StoreNotWritten, match="ennum build"):
        write_store(tmp_path, {"calls": pl.DataFrame([call], dict.fromkeys(call, pl.String))})


def test_what_the_disk_does_not_give_back_is_not_published(built_copy, monkeypatch):
    is_lost(monkeypatch, losing_the_end)
    built_copy.cell(KIT, EN2018, "value", "325")
    before = files(built_copy.project)
    with pytest.raises(StoreNotWritten, match=r"stays in force.*ennum build"):
        build(built_copy.project)
    assert files(built_copy.project) == before
    assert number(built_copy.project) == 326
    monkeypatch.undo()
    build(built_copy.project)
    assert number(built_copy.project) == 325


_WITH_A_LIMIT = """
import resource, sys
from ennum_stats.cli import main

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = ["ennum", "build", "--lang", "en", "--root", sys.argv[2]]
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no files")
@pytest.mark.parametrize("most", covering([3_000_000, 300_000], 1))
def test_a_file_that_may_not_grow_leaves_the_old_store_in_force(built_copy, most):
    built_copy.cell(KIT, EN2018, "value", "325")
    before = files(built_copy.project)
    command = [sys.executable, "-c", _WITH_A_LIMIT, str(most), str(built_copy.project.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "The store could not be written whole" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(built_copy.project) == before
    assert number(built_copy.project) == 326
    build(built_copy.project)
    assert number(built_copy.project) == 325


@pytest.mark.parametrize(
    "step", covering([(Path, "replace"), (Path, "symlink_to"), (publish, "sync_all")], 2)
)
def test_where_the_pointer_cannot_be_written_nothing_is_left(built_copy, monkeypatch, step):
    built_copy.cell(KIT, EN2018, "value", "325")
    before = files(built_copy.project)

    def full(path, *_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(*step, full)
    with pytest.raises(OutputInUse, match="The disk is full"):
        build(built_copy.project)
    monkeypatch.undo()
    with publishing(built_copy.project):
        pass
    assert files(built_copy.project) == before


# --- damaged, told, repaired ----------------------------------------------------------------------


def halved(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path):
    path.write_bytes(b"")


def flipped(path):
    data = bytearray(path.read_bytes())
    place = len(data) // 2
    data[place : place + 8] = bytes(byte ^ 0xFF for byte in data[place : place + 8])
    path.write_bytes(data)


def gone(path):
    path.unlink()


def made_a_folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [halved, emptied, flipped, gone, made_a_folder])
def test_a_file_without_the_bytes_with_which_it_was_published_is_damaged(tmp_path, damage):
    path = tmp_path / "store.duckdb"
    path.write_bytes(bytes(range(200)))
    published = {path.name: file_hash(path)}
    require_bytes(path, published[path.name])
    assert are_whole(tmp_path, published)
    damage(path)
    with pytest.raises(StoreDamaged, match="Run: ennum build"):
        require_bytes(path, published[path.name])
    assert not are_whole(tmp_path, published)


def test_what_was_published_is_up_to_date_where_its_files_its_tables_and_the_code_are_as_they_were(
    project, monkeypatch
):
    published = current_store(project)
    assert publish.is_up_to_date(project)
    for other in (
        {"raw_fingerprint": "0"}, {"code_fingerprint": "0"}, {"files": {published.store: "0" * 64}},
        {"shared": published.shared | {published.store: "0" * 64}},
    ):  # fmt: skip
        monkeypatch.setattr(publish, "current_store", lambda *_, one=other: replace(published, **one))
        assert not publish.is_up_to_date(project), other


@pytest.mark.parametrize("damage", covering([halved, emptied, flipped, gone, made_a_folder], 3))
def test_a_damaged_store_is_told_and_built_again(built_copy, damage):
    project = built_copy.project
    published = current_store(project)
    damage(project.processed / published.store)
    with pytest.raises(StoreDamaged, match="Run: ennum build"):
        open_ledger(project)
    again = build(project)
    assert again.content_hash == published.content_hash
    assert number(project) == 326
    assert len(history(project)) == 1


def test_commands_build_again_what_is_damaged_also_where_no_table_changed(built_copy):
    flipped(built_copy.project.processed / current_store(built_copy.project).store)
    build_if_changed(built_copy.project)
    assert number(built_copy.project) == 326


def test_a_store_is_compared_once_a_process_and_again_when_it_changes(built_copy, monkeypatch):
    read = []
    hashed = "ennum_stats.store.files.file_hash"
    monkeypatch.setattr(hashed, lambda path: read.append(path) or published.files[published.store])
    published = current_store(built_copy.project)
    for _ in range(3):
        open_ledger(built_copy.project).connection.close()
    assert len(read) == 1
    os.utime(built_copy.project.processed / published.store, ns=(1, 1))
    open_ledger(built_copy.project).connection.close()
    assert len(read) == 2


WITHOUT_FILES = json.dumps(asdict(Published("", "", "", "", "")) | {"files": []}).encode()
DEEP = pytest.param(b"[" * 100_000, id="deep")
POINTERS = [
    b"", b"{", b"null", b"[1]", b"\xff\x00", b'{"store": 5}', b'{"files": [], "store": ""}', WITHOUT_FILES,
    DEEP,
]  # fmt: skip


@pytest.mark.parametrize("content", covering(POINTERS, 5))
def test_a_damaged_pointer_is_told_and_set_again(built_copy, content):
    project = built_copy.project
    (project.processed / POINTER).write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"pointer.*Run: ennum build"):
        open_ledger(project)
    build(project)
    assert number(project) == 326


def test_a_pointer_to_nowhere_or_gone_is_set_again(built_copy):
    project = built_copy.project
    path = project.processed / POINTER
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(told | {"store": "ennum-0.duckdb"}), "utf-8")
    with pytest.raises(StoreDamaged, match="Run: ennum build"):
        open_ledger(project)
    build(project)
    assert number(project) == 326
    path.unlink()
    with pytest.raises(StoreMissing, match="Run: ennum build"):
        open_ledger(project)
    build(project)
    assert number(project) == 326


# --- the stores published before ------------------------------------------------------------------


@pytest.mark.parametrize("content", covering([*POINTERS, b"[{}]", b"[%s]" % WITHOUT_FILES], 3))
def test_a_store_whose_manifest_is_damaged_is_not_listed(built_copy, content):
    project = built_copy.project
    first = current_store(project)
    for value in ("325", "324"):
        built_copy.cell(KIT, EN2018, "value", value)
        build(project)
    (project.processed / first.store).with_name(POINTER).write_bytes(content)
    told = CliRunner().invoke(app, ["stores", "--root", str(project.root), "--format", "json"])
    assert [entry["in_force"] for entry in json.loads(told.stdout)] == [True, False]


def test_a_store_that_is_damaged_or_of_another_version_is_listed_and_not_put_back(built_copy, monkeypatch):
    project = built_copy.project
    first = current_store(project)
    built_copy.cell(KIT, EN2018, "value", "325")
    second = build(project)
    with monkeypatch.context() as another:
        another.setattr("ennum_stats.store.ledger._is_of_this_version", lambda _: False)
        with pytest.raises(StoreDamaged, match="of another version") as refused:
            rollback(project, first.content_hash)
        assert "ennum undo" in str(refused.value.remedy)
    flipped(project.processed / first.store)
    newer, older = store_records(project)
    assert newer["in_force"]
    assert newer["observations"] > 0
    assert older["observations"] is None
    with pytest.raises(StoreDamaged, match="is damaged"):
        rollback(project, first.content_hash)
    assert current_store(project) == second
    assert number(project) == 325


# --- one at a time --------------------------------------------------------------------------------


def test_the_second_who_publishes_is_told_who_does(built_copy, monkeypatch):
    monkeypatch.setattr(journal, "PATIENCE_S", 0)
    before = current_store(built_copy.project)
    for attempt in (build, lambda project: rollback(project, before.content_hash)):
        with publishing(built_copy.project), pytest.raises(FolderInUse, match="has been writing"):
            attempt(built_copy.project)
    assert current_store(built_copy.project) == before


def test_a_build_between_another_ones_file_and_pointer_leaves_the_pointer_valid(built_copy, monkeypatch):
    monkeypatch.setattr(journal, "PATIENCE_S", 0)
    project = built_copy.project

    def while_another_builds(*arguments, **options):
        with pytest.raises(FolderInUse):
            build(project)
        return publish.publish(*arguments, **options)

    built_copy.cell(KIT, EN2018, "value", "325")
    monkeypatch.setattr(stores, "publish", while_another_builds)
    build(project)
    assert number(project) == 325


def test_tables_that_change_while_they_are_read_are_read_again(built_copy, monkeypatch):
    project, values = built_copy.project, iter(["325", "324"])
    read = stores.check_raw_tables

    def read_while_somebody_writes(*arguments):
        found = read(*arguments)
        if value := next(values, None):
            built_copy.cell(KIT, EN2018, "value", value)
        return found

    monkeypatch.setattr(stores, "check_raw_tables", read_while_somebody_writes)
    published = build(project)
    assert number(project) == 324
    assert published.raw_fingerprint == raw_fingerprint(project, Audience.PUBLIC)
    values = map(str, range(1, 100))
    with pytest.raises(FolderInUse, match="change while they are read"):
        build(project)
    assert current_store(project) == published


# --- any name of a folder -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    covering(["d'école", "à la «\u202fmaison\u202f»", "50% #1 & co; --", "x=1 [a-z] {b,c}", "x" * 200], 3),
)
def test_a_project_may_stand_in_any_folder(project, tmp_path, name):
    root = tmp_path / name
    shutil.copytree(project.root / "data" / "raw", root / "data" / "raw")
    moved = Project(root)
    assert build(moved).content_hash == current_store(project).content_hash
