"""R16: what the system refuses is a sentence with a remedy, and also the built-in error."""

import errno
import json
import os
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from ennum_stats.errors import EnnumError, StoreDamaged
from ennum_stats.files.boundary import program_fault, require_file, shown, translated_error, translated_errors
from ennum_stats.languages import LANGUAGES, translate

KINDS = [
    "EACCES", "EBUSY", "EDQUOT", "EEXIST", "EFBIG", "EIO", "EISDIR", "ELOOP", "EMFILE", "ENAMETOOLONG",
    "ENFILE", "ENODEV", "ENOENT", "ENOSPC", "ENOTDIR", "ENXIO", "EPERM", "EROFS", "ESTALE", "ETXTBSY",
]  # fmt: skip
NUMBERS = [getattr(errno, name) for name in KINDS]


@pytest.mark.parametrize("number", NUMBERS, ids=KINDS)
def test_what_the_system_refuses_names_the_file_and_a_remedy(number):
    error = translated_error(OSError(number, os.strerror(number), "/folder/file.csv"))
    assert error.where == "/folder/file.csv"
    assert error.errno == number
    assert error.remedy is not None
    assert error.exit_code == 1
    for part in (error.found, error.remedy):
        sentences = {translate(part, language) for language in LANGUAGES}
        assert len(sentences) == len(LANGUAGES)
        assert not any(os.strerror(number) in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOENT, FileNotFoundError),
        (errno.EACCES, PermissionError),
        (errno.EPERM, PermissionError),
        (errno.EISDIR, IsADirectoryError),
        (errno.ENOTDIR, NotADirectoryError),
        (errno.ENOSPC, OSError),
    ],
)
def test_it_is_also_the_error_that_python_raises(number, kind):
    with pytest.raises(kind) as caught, translated_errors():
        raise OSError(number, os.strerror(number), "file")
    assert isinstance(caught.value, EnnumError)


def test_another_error_of_the_system_is_quoted():
    error = translated_error(OSError(errno.EDOM, "Something rare", "file"))
    assert str(error) == "file: The system reports an error: Something rare."


def test_no_folder_for_temporary_files_is_told_as_such():
    error = translated_error(
        FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")
    )
    assert "TMPDIR" in str(error)


def test_a_file_that_is_made_beside_its_place_is_told_by_its_folder():
    hidden = str(Path("kits") / ".kit.docx.4711")
    assert translated_error(PermissionError(errno.EACCES, "…", hidden)).where == "kits"


def test_what_a_database_says_of_the_system_is_told_as_the_system_would():
    full = duckdb.IOException("IO Error: Could not write file: No space left on device")
    assert str(translated_error(full)).startswith("The disk is full.")
    rolled_back = duckdb.TransactionException("Failed to commit: No space left on device")
    assert str(translated_error(rolled_back)).startswith("The disk is full.")
    locked = duckdb.IOException('IO Error: Could not set lock on file "x": Conflicting lock')
    assert "Another program" in str(translated_error(locked))
    damaged = translated_error(duckdb.IOException("IO Error: Corrupt database file"), "store.duckdb")
    assert isinstance(damaged, StoreDamaged)
    assert str(damaged) == "store.duckdb: The published store cannot be opened. Run: ennum build"
    assert isinstance(translated_error(duckdb.OutOfMemoryException("Out of Memory Error")), MemoryError)


@pytest.mark.parametrize(
    "error",
    [
        UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "invalid"),
        json.JSONDecodeError("Expecting value", "", 0),
        zipfile.BadZipFile("File is not a zip file"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_damaged_file_is_told_where_the_file_is_known(error):
    found = translated_error(error, "contacts.csv")
    assert isinstance(found, ValueError)
    assert found.where == "contacts.csv"
    assert translated_error(error) is None  # of no file that anybody knows, it is an error of the program


def test_an_error_of_the_program_is_no_fault_of_files():
    with pytest.raises(ZeroDivisionError), translated_errors("file"):
        raise ZeroDivisionError("division by zero")
    error = program_fault(ZeroDivisionError("division by zero\nmore"))
    assert "ZeroDivisionError: division by zero)" in str(error)
    assert "--debug" in str(error)


def test_a_place_is_written_in_signs_that_can_be_printed():
    assert shown("d'été/a\x1b[2J\nb\udce9") == r"d'été/a\x1b[2J\nb\udce9"


posix = pytest.mark.skipif(sys.platform == "win32", reason="a pipe is no file there")


@posix
def test_only_ordinary_files_are_opened(tmp_path):
    file, pipe, loop = (tmp_path / name for name in ("file", "pipe", "loop"))
    file.touch()
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    assert require_file(file) == file
    for path, kind in (
        (pipe, OSError), (tmp_path, IsADirectoryError), (loop, OSError), (tmp_path / "no", FileNotFoundError),
    ):  # fmt: skip
        with pytest.raises(kind) as caught:
            require_file(path)
        assert isinstance(caught.value, EnnumError)
        assert caught.value.where == str(path)
