"""Several files are changed as one, by one writer at a time, whatever is killed, full or held open."""

import errno
import os
import signal
import sys
from itertools import count

import pytest

from ennum_stats.errors import EnnumError, OutputInUse
from ennum_stats.files import journal
from ennum_stats.files.journal import JOURNAL, FolderInUse, settle, writing
from ennum_stats.project import Project
from tests.conftest import SEEDS, crossed

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork a process")

BEFORE = {"a.csv": b"old a", "rows/b.csv": b"old b"}
AFTER = {"a.csv": b"new a, longer", "rows/b.csv": b"new b", "rows/c.csv": b"new c"}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "data" / "raw"
    for name, data in BEFORE.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(data)
    return made


def found(folder):
    """Every file of a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(folder):
    with writing(folder) as change:
        change.write_all(AFTER)


def test_all_files_are_written_and_nothing_stays_beside_them(folder):
    write(folder)
    assert found(folder) == AFTER


@needs_fork
@pytest.mark.parametrize("loses", [False, True])
def test_a_writer_killed_at_any_moment_has_written_all_or_nothing(folder, killed_at, loses):
    """In each run at every second one, by turns with what loses the end of a file."""
    outcomes = []
    for moment in count(1) if SEEDS else count(1 + loses, 2):
        for name, data in BEFORE.items():
            (folder / name).write_bytes(data)
        (folder / "rows/c.csv").unlink(missing_ok=True)
        if not killed_at(moment, lambda: write(folder), loses=loses):
            break
        assert Project(folder.parent.parent).raw == folder  # the next command
        outcomes.append(found(folder))
    assert moment > 20
    assert all(outcome in (BEFORE, AFTER) for outcome in outcomes)
    # From one moment on everything is there: what was undone once is never finished later.
    turn = outcomes.index(AFTER)
    assert outcomes == [BEFORE] * turn + [AFTER] * (len(outcomes) - turn)
    assert 0 < turn < len(outcomes) - 2


@needs_fork
def test_who_mends_may_be_killed_too(folder, killed_at):
    for second, first in crossed(range(2, 14, 2), range(12, 28, 4)):
        for name, data in BEFORE.items():
            (folder / name).write_bytes(data)
        (folder / "rows/c.csv").unlink(missing_ok=True)
        killed_at(first, lambda: write(folder))
        killed_at(second, lambda: settle(folder))
        settle(folder)
        assert found(folder) in (BEFORE, AFTER)


@pytest.mark.parametrize("is_made", [True, False])
def test_what_a_dead_writer_began_is_finished_where_all_of_it_is_there_and_else_undone(folder, is_made):
    """Dead after each of its steps: of three files none to all were exchanged, or one that was made is lost."""
    for number in range(len(AFTER) + 1):
        for name in AFTER:
            (folder / name).unlink(missing_ok=True)
        for name, data in BEFORE.items():
            (folder / name).write_bytes(data)
        with (folder / JOURNAL).open("w+b") as file:
            changes = journal.Journal(folder, file)._prepared(AFTER)
        if is_made:
            for change in changes[:number]:
                change.exchange(folder)
        else:
            (folder / changes[number % len(changes)].made).unlink()
        settle(folder)
        assert found(folder) == (AFTER if is_made else BEFORE)


def test_a_journal_cut_off_tells_of_nothing_done(folder):
    (folder / journal.JOURNAL).write_bytes(b'{"by": "x", "since": "2026-01-01T10:00:00"}\n{"chan')
    settle(folder)
    assert found(folder) == BEFORE


def test_where_one_file_cannot_be_replaced_the_others_are_put_back(folder):
    (folder / "rows/c.csv").mkdir()  # a folder stands where the last file is to be
    with pytest.raises(OutputInUse, match=r"a folder, not a file\. Nothing was written"):
        write(folder)
    assert found(folder) == BEFORE


def test_a_full_disk_is_told_and_leaves_nothing(folder, monkeypatch):
    made = count(1)
    write_synced = journal._write_synced

    def full_at_the_second(path, data):
        if next(made) == 2:
            path.write_bytes(data[:2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        write_synced(path, data)

    monkeypatch.setattr(journal, "_write_synced", full_at_the_second)
    with pytest.raises(OutputInUse, match=r"The disk is full\. Nothing was written\. Make room"):
        write(folder)
    assert found(folder) == BEFORE


def test_a_folder_that_may_only_be_read_is_told(folder, monkeypatch):
    def refuse(path, *_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    (folder / journal.JOURNAL).write_bytes(b"")
    monkeypatch.setattr(journal.os, "open", refuse)
    monkeypatch.setattr(journal, "PATIENCE_S", 0)
    for attempt in (write, settle):
        with pytest.raises(OutputInUse, match="protected") as refused:
            attempt(folder)
        assert refused.value.where == str(folder / journal.JOURNAL)
    monkeypatch.undo()
    settle(folder)
    assert found(folder) == BEFORE


@needs_fork
class TestTwoWriters:
    """One in a process of its own, which writes until it is told to end, or is killed."""

    @pytest.fixture
    def other(self, folder):
        ready, told = os.pipe()
        go, ended = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ended)
            with writing(folder) as change:
                os.write(told, b"x")
                os.read(go, 1)
                change.write_all(AFTER)
            os._exit(0)
        os.close(told)
        os.close(go)
        os.read(ready, 1)
        yield child, ended
        os.close(ready)

    def test_the_second_says_who_writes_and_since_when(self, folder, other, monkeypatch):
        child, ended = other
        monkeypatch.setattr(journal, "PATIENCE_S", 0)
        for attempt in (write, settle, lambda at: Project(at.parent.parent).raw):
            with pytest.raises(FolderInUse, match=rf"\({child}\) has been writing .* \d\d:\d\d"):
                attempt(folder)
        os.close(ended)
        os.waitpid(child, 0)
        assert found(folder) == AFTER

    def test_the_second_waits_for_the_first(self, folder, other, monkeypatch):
        child, ended = other

        def let_the_first_end(_seconds):
            os.close(ended)
            os.waitpid(child, 0)

        monkeypatch.setattr(journal.time, "sleep", let_the_first_end)
        with writing(folder) as change:
            assert found(folder).keys() == AFTER.keys() | {journal.JOURNAL}
            change.write_all({"a.csv": b"later"})
        assert found(folder) == AFTER | {"a.csv": b"later"}

    def test_a_lock_dies_with_its_process(self, folder, other):
        child, ended = other
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ended)
        settle(folder)
        assert found(folder) == BEFORE


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe is no file there")
def test_a_journal_that_is_no_file_is_told_and_never_waited_for(tmp_path):
    """R16: a pipe is opened for ever, and a device has no end."""
    for name, put in (
        ("pipe", os.mkfifo),
        ("device", lambda path: path.symlink_to("/dev/zero")),
        ("folder", lambda path: path.mkdir()),
    ):
        folder = tmp_path / name
        folder.mkdir()
        put(folder / JOURNAL)
        with pytest.raises(IsADirectoryError) as caught, writing(folder):
            pass
        assert isinstance(caught.value, EnnumError)
