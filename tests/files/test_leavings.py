"""What a killed process leaves beside its places is removed by the next; what a living one makes is not."""

import os
import signal
import sys
import tempfile

import pytest

from ennum_stats.files import leavings
from ennum_stats.files.atomic import folder_beside, write_atomic
from ennum_stats.files.journal import JOURNAL, writing
from ennum_stats.files.system import lock
from ennum_stats.project import Project

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork a process")


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Temporary files of this test alone."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def running():
    """A function that makes something in a process of its own, which goes on until it is killed."""
    children = []

    def run(make):
        ready, told = os.pipe()
        child = os.fork()
        if child == 0:
            with make() as _:
                os.write(told, b"x")
                signal.pause()
        os.close(told)
        os.read(ready, 1)
        os.close(ready)
        children.append(child)
        return child

    yield run
    for child in children:
        _kill(child)


def _kill(child):
    try:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        return


MAKERS = [leavings.owned_folder, leavings.owned_file, folder_beside]


@needs_fork
@pytest.mark.parametrize("make", MAKERS)
def test_what_a_living_process_makes_stays_and_goes_when_it_was_killed(tmp_path, elsewhere, running, make):
    place = tmp_path / "place"
    place.mkdir()
    child = running(lambda: make(place / "kit"))
    made = place / f".kit.{child}"
    leavings.remove_leavings(place)
    assert made.exists()
    _kill(child)
    leavings.remove_leavings(place)
    assert list(place.iterdir()) == []


@needs_fork
def test_temporary_folders_of_killed_processes_go(elsewhere, running):
    child = running(leavings.temporary_folder)
    with leavings.temporary_folder() as own:
        assert len(list(elsewhere.iterdir())) == 2
        assert own.stat().st_mode & 0o777 == 0o700
        _kill(child)
        leavings.remove_leavings(elsewhere / "nothing")
        assert list(elsewhere.iterdir()) == [own]
    assert list(elsewhere.iterdir()) == []


def test_people_are_told_the_folder_that_they_know(tmp_path):
    made = tmp_path / ".trial.4711" / "public" / ".building.4711"
    assert leavings.seen_from(made / "store.duckdb") == tmp_path
    assert leavings.seen_from(tmp_path / ".cache" / "kit") == tmp_path / ".cache" / "kit"


def test_two_in_one_process_are_not_in_each_others_way(tmp_path):
    with leavings.owned_folder(tmp_path / "kit") as one, leavings.owned_folder(tmp_path / "kit") as other:
        assert one != other
        (one / "file").write_text("one")
    with (
        leavings.owned_file(tmp_path / "kit") as (one, _),
        leavings.owned_file(tmp_path / "kit") as (other, _),
    ):
        assert one != other
    assert list(tmp_path.iterdir()) == []


def test_what_people_hide_beside_it_is_left_alone(tmp_path):
    kept = {".gitkeep", ".journal", ".kit", ".kit.txt", ".kit.4711.change-1", ".~lock.kit.docx#"}
    for name in kept:
        (tmp_path / name).write_text("mine")
    (tmp_path / ".other.4711").mkdir()
    leavings.remove_leavings(tmp_path, tmp_path / "kit")
    assert {path.name for path in tmp_path.iterdir()} == kept | {".other.4711"}
    leavings.remove_leavings(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == kept


@pytest.mark.parametrize("name", ["x" * 255, "é" * 127, "a [b] *?", "d'école"])
def test_any_name_has_a_place_beside_it(tmp_path, name):
    write_atomic(tmp_path / name, b"one")
    leavings.place_beside(tmp_path / name).write_bytes(b"left")
    write_atomic(tmp_path / name, b"two")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"two"]


def test_what_is_under_embargo_stays_in_the_project(tmp_path, elsewhere, monkeypatch):
    project = Project(tmp_path / "project")
    (project.root / "data" / "raw" / "embargoed").mkdir(parents=True)
    with project.workplace() as place:
        assert place.parent == project.processed
        assert place.stat().st_mode & 0o777 == 0o700
    assert list(elsewhere.iterdir()) == []
    project.processed.rmdir()
    project.processed.write_text("no folder can be made here")
    with project.workplace() as place:
        assert elsewhere in place.parents or place.parent == elsewhere
    (project.raw / "embargoed" / "numbers.csv").write_text("secret")
    with pytest.raises(OSError, match="processed"), project.workplace():
        pass


def test_what_a_killed_publication_noted_is_settled_by_any_command_that_writes(tmp_path):
    project = Project(tmp_path)
    project.processed.mkdir(parents=True)
    left = project.processed / JOURNAL
    left.write_text('{"by": "someone"}\n')
    project.tidy()
    assert not left.exists()
    with writing(project.processed):
        project.tidy()  # nobody waits for themselves
        assert left.exists()
    held = left.open("a")
    assert lock(held.fileno())
    project.tidy()  # nor for another
    assert left.exists()
    held.close()
