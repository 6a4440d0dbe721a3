"""Files and folders are written whole or not at all, and archives repeat byte for byte."""

import errno
import io
import os
import shutil
import sys
import zipfile
from itertools import count
from pathlib import Path

import pytest

from ennum_stats.files import atomic
from ennum_stats.files.atomic import folder_beside, repeatable, swap_folder, write_atomic
from ennum_stats.files.leavings import remove_leavings
from ennum_stats.files.sums import put

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork a process")


def _folder(folder: Path):
    folder.mkdir()
    (folder / "old").write_text("old")


def test_a_file_is_swapped_in_and_leaves_nothing_beside(tmp_path):
    path = tmp_path / "deep" / "file.txt"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_what_is_swapped_in_was_synced_and_its_name_is_synced_then(tmp_path, monkeypatch):
    """A power failure shows the old file or the new one: content first, then the name."""
    path, synced = tmp_path / "file.txt", []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (synced.append(os.fstat(file).st_ino), real(file)))
    write_atomic(path, b"new")
    assert synced == [path.stat().st_ino, tmp_path.stat().st_ino]


def test_what_people_keep_among_files_of_ours_stays_as_it_is(tmp_path):
    """A file, one in a folder, a link and an empty folder; what of ours is no more goes."""
    folder = tmp_path / "kit"
    put(folder, {"a.txt": b"old", "b/gone.txt": b"old"}, ())
    for name in ("note.txt", "b/note.txt"):
        (folder / name).write_text("mine")
    (folder / "empty").mkdir()
    (folder / "link").symlink_to("note.txt")
    put(folder, {"a.txt": b"new"}, ["a.txt", "b/gone.txt"])
    files = {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }
    assert files == {"a.txt": "new", "note.txt": "mine", "b/note.txt": "mine", "link": "mine"}
    assert (folder / "link").is_symlink()
    assert (folder / "empty").is_dir()


def test_who_has_the_old_file_open_goes_on_reading_it(tmp_path):
    path = tmp_path / "file.txt"
    write_atomic(path, b"old")
    with path.open("rb") as reader:
        write_atomic(path, b"new and longer")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new and longer"


def test_a_failure_leaves_the_old_folder_as_it_was(tmp_path):
    target = tmp_path / "kit"
    _folder(target)

    def half_a_folder():
        with folder_beside(target) as folder:
            (folder / "half").write_text("written")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_a_folder()
    assert (target / "old").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kit"]


def test_a_run_killed_in_the_middle_of_the_swap_loses_nothing(tmp_path):
    _folder(tmp_path / ".kit.4711.old")
    with folder_beside(tmp_path / "kit") as folder:
        assert (tmp_path / "kit" / "old").read_text() == "old"
        (folder / "new").write_text("new")
        swap_folder(folder, tmp_path / "kit")
    assert [path.name for path in tmp_path.iterdir()] == ["kit"]
    assert [path.name for path in (tmp_path / "kit").iterdir()] == ["new"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_takes_the_place_of_another(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:  # as on file systems of the network
        monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    target = tmp_path / "kit"
    _folder(target)
    with folder_beside(target) as folder:
        (folder / "new").write_text("new")
        swap_folder(folder, target)
    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["kit"]


@needs_fork
def test_a_folder_is_there_whole_at_every_moment(tmp_path, killed_at):
    """Killed before any operation, the target is the old folder or the new one, and the next run leaves
    nothing beside it."""
    place = tmp_path / "reports"
    place.mkdir()
    target = place / "kit"
    _folder(target)

    def replaced():
        with folder_beside(target) as folder:
            for name in ("one", "two"):
                (folder / name).write_text("new")
            swap_folder(folder, target)

    seen = []
    for moment in count(1):
        shutil.rmtree(target)
        _folder(target)
        if not killed_at(moment, replaced):
            break
        seen.append(sorted(path.name for path in target.iterdir()))
        remove_leavings(place)
        assert [path.name for path in place.iterdir()] == ["kit"]
    assert len(seen) > 5
    assert {*map(tuple, seen)} == {("old",), ("one", "two")}


def test_a_folder_that_cannot_take_its_place_leaves_the_old_one_there(tmp_path, monkeypatch):
    target = tmp_path / "kit"
    _folder(target)
    rename = Path.rename

    def refuse(path, to):
        if to == target and not path.name.endswith(".old"):
            raise PermissionError(13, "in use")
        return rename(path, to)

    monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with folder_beside(target) as folder, pytest.raises(PermissionError):
        swap_folder(folder, target)
    assert (target / "old").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kit"]


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")

    def full(_file):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic, "sync", full)
    with pytest.raises(OSError, match="full"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_archive_repeats_whatever_its_order_and_times(tmp_path):
    def made(names, moment):
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(zipfile.ZipInfo(name, moment), name * 50)
        return repeatable(path.read_bytes())

    one = made(["b.xml", "[Content_Types].xml", "a.xml"], (2026, 11, 24, 1, 2, 4))
    two = made(["a.xml", "b.xml", "[Content_Types].xml"], (2025, 1, 1, 0, 0, 0))
    assert one == two
    assert zipfile.ZipFile(io.BytesIO(one)).namelist()[0] == "[Content_Types].xml"
