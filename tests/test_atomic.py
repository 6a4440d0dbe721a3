"""Files and folders are written whole or not at all, and archives repeat byte for byte."""

import io
import zipfile
from pathlib import Path

import pytest

from ennum_stats.atomic import folder_beside, repeatable, swap_folder, write_atomic


def _folder(folder: Path):
    folder.mkdir()
    (folder / "old").write_text("old")


def test_a_file_is_swapped_in_and_leaves_nothing_beside(tmp_path):
    path = tmp_path / "deep" / "file.txt"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


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


def test_a_folder_that_cannot_take_its_place_leaves_the_old_one_there(tmp_path, monkeypatch):
    target = tmp_path / "kit"
    _folder(target)
    rename = Path.rename

    def refuse(path, to):
        if to == target and not path.name.endswith(".old"):
            raise PermissionError(13, "in use")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refuse)
    with folder_beside(target) as folder, pytest.raises(PermissionError):
        swap_folder(folder, target)
    assert (target / "old").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kit"]


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
