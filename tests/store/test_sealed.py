"""A store is published as one sealed folder by one rename: whatever is killed, every reader, public and internal,
by any name, sees the publication of before or the one after, and the next command takes away what was left."""

import json
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from ennum_stats.project import Audience, Project
from ennum_stats.store import publish
from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store, folder, history, publishing, rollback
from tests.conftest import RawCopy, covering
from tests.store.test_embargo import in_hours, write

KIT = "observations/press_kit_2020.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"
CHANGES = ("rename", "replace", "symlink", "unlink", "rmdir", "mkdir", "link")
NOTHING = {}


def built(project):
    """Builds stores of which the tables for other programs say no more than which store they are of."""

    def share(stores):
        for store in stores:
            (store.folder / "ennum").mkdir()
            for name in ("ennum.duckdb", "ennum/about.parquet"):
                (store.folder / name).write_text(store.content_hash, "utf-8")
        return []

    return build(project, share)


def seen(processed):
    """What each reader sees, by the names that stay, without the program; all names of one audience agree."""
    found = {}
    for audience, place in (("public", processed), ("internal", processed / "internal")):
        names = [place / "ennum.duckdb", place / "ennum" / "about.parquet"]
        hashes = {name.read_text("utf-8") for name in names if name.exists()}
        if (place / "current.json").exists():
            told = json.loads((place / "current.json").read_text("utf-8"))
            with duckdb.connect(os.fspath(place / told["store"]), read_only=True) as store:
                ((own,),) = store.execute("SELECT content_hash FROM store").fetchall()
            hashes |= {told["content_hash"], own}
            assert all(name.exists() for name in names)
        assert len(hashes) <= 1, audience
        found |= dict.fromkeys([audience] * len(hashes), *hashes)
    return found


@pytest.fixture
def moments(monkeypatch, tmp_path):
    """A function that does something, and keeps a copy of a folder before each thing that is meanwhile done to
    a name: what a kill at that moment would leave."""

    def copies(processed, action):
        kept, is_copying = [], []

        def watched(change):
            def changed(*args, **kwargs):
                if not is_copying:
                    is_copying.append(True)
                    kept.append(tmp_path / f"moment-{len(kept)}" / "data" / "processed")
                    shutil.copytree(processed, kept[-1], symlinks=True, copy_function=link)
                    is_copying.clear()
                return change(*args, **kwargs)

            return changed

        link = os.link
        with monkeypatch.context() as patched:
            for name in CHANGES:
                patched.setattr(os, name, watched(getattr(os, name)))
            action()
        return kept

    return copies


def as_before_it_was_sealed(processed):
    """Puts the files of a store where earlier versions published them."""
    for place in (processed, processed / "internal"):
        told = json.loads((place / "current.json").read_text("utf-8"))
        sealed = (place / told["store"]).parent
        name = f"ennum-{told['content_hash'][:16]}.duckdb"
        shutil.copy(sealed / "store.duckdb", place / name)
        told |= {"store": name, "files": {name: told["files"][told["store"]]}}
        for link in ("current.json", "ennum.duckdb", "ennum"):
            (place / link).unlink()
        shutil.copytree(sealed / "ennum", place / "ennum")
        shutil.copy(sealed / "ennum.duckdb", place)
        for file, content in (("current.json", told), ("history.json", [told])):
            (place / file).write_text(json.dumps(content), "utf-8")
    (processed / "current").unlink()
    for gone in ("stores", "internal/stores", "publications"):
        shutil.rmtree(processed / gone)


def begun(raw_copy, way):
    """A project before something is published, and what publishes it."""
    project = raw_copy.project
    if way == "first":
        write(project, in_hours(24))
        return lambda: built(project)
    if way != "embargo begins":
        write(project, in_hours(24))
    first = built(project)
    raw_copy.cell(KIT, EN2018, "value", "325")
    if way == "put back":
        built(project)
        return lambda: rollback(project, first.content_hash)
    if way == "of an earlier version":
        as_before_it_was_sealed(project.processed)
    if way == "embargo ends":
        (project.raw / "embargoed" / "next.csv").unlink()
    if way == "embargo begins":
        write(project, in_hours(24))
    return lambda: built(project)


WAYS = ["first", "next", "put back", "of an earlier version", "embargo begins", "embargo ends"]


@pytest.mark.parametrize("way", covering(WAYS, 3))
def test_a_kill_at_any_step_leaves_one_publication_for_all_readers(raw_copy, moments, way):
    publishes = begun(raw_copy, way)
    processed = raw_copy.project.processed
    processed.mkdir(exist_ok=True)
    before = seen(processed)
    kept = moments(processed, publishes)
    after = seen(processed)
    assert before != after
    found = [seen(copy) for copy in kept]
    assert found == sorted(found, key=lambda state: state != before)  # the old one, and then the new one
    assert all(state in (before, after) for state in found)
    for copy, state in zip(kept, found, strict=True):
        project = Project(copy.parents[1])
        (project.root / "data" / "raw").mkdir()
        with publishing(project):
            pass
        assert seen(copy) == state
        for audience in Audience:
            place = folder(project, audience)
            names = {path.name for path in place.glob("*") if path.is_symlink() or path.is_file()}
            assert names <= {"current", "current.json", "ennum", "ennum.duckdb"}, names
            assert not [*place.glob(".*")]
            listed = {entry.content_hash for entry in history(project, audience)}
            assert len([*place.glob("stores/*")]) <= len(listed) + 1
            assert state.get(audience) in listed | {None}


def test_where_there_are_no_links_the_names_that_stay_are_files(raw_copy, monkeypatch):
    """As on Windows, where an account may not make any; and back again."""
    project = raw_copy.project
    write(project, in_hours(24))
    built(project)

    def refused(*_args, **_kwargs):
        raise OSError(22, "a required privilege is not held by the client")

    for value in ("325", "324"):
        raw_copy.cell(KIT, EN2018, "value", value)
        before = seen(project.processed)
        with monkeypatch.context() as patched:
            patched.setattr(os, "symlink", refused)
            published = built(project)
        assert not [path for path in project.processed.rglob("*") if path.is_symlink()]
        assert seen(project.processed)["public"] == published.content_hash
        assert seen(project.processed).keys() == before.keys()
    again = rollback(project, before["public"])
    assert seen(project.processed)["public"] == again.content_hash == before["public"]
    assert seen(project.processed).keys() == {"public", "internal"}


def test_a_copy_that_follows_links_is_read_and_published_into(raw_copy, tmp_path):
    first = built(raw_copy.project)
    root = tmp_path / "copied"
    shutil.copytree(raw_copy.project.root, root)
    copied = RawCopy(Project(root))
    assert current_store(copied.project) == first
    copied.cell(KIT, EN2018, "value", "325")
    second = built(copied.project)
    assert seen(copied.project.processed) == {"public": second.content_hash}
    assert (root / "data" / "processed" / "current").is_symlink()


def test_what_was_in_force_before_stays_for_who_was_led_to_it(raw_copy):
    """Also where the same rows are published again, by which no store is one more."""
    first = built(raw_copy.project)
    second = built(raw_copy.project)
    assert first.content_hash == second.content_hash
    stores = [raw_copy.project.processed / Path(one.store) for one in (first, second)]
    assert all(path.is_file() for path in stores)
    built(raw_copy.project)
    assert [path.is_file() for path in stores] == [False, True]


def test_ten_stores_are_kept(raw_copy, monkeypatch):
    monkeypatch.setattr(publish, "STORES_KEPT", 2)
    hashes = []
    for value in ("325", "324", "323"):
        raw_copy.cell(KIT, EN2018, "value", value)
        hashes.append(built(raw_copy.project).content_hash)
    assert [entry.content_hash for entry in history(raw_copy.project)] == hashes[:0:-1]
    assert len([*raw_copy.project.processed.glob("stores/*")]) == 2
