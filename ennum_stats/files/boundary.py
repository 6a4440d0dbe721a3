"""Errors of the system and of libraries, told as errors of the package: the one place that knows them.

`translated_error` turns what a file, disk, right, encoding or database makes fail into an `EnnumError` that is also the
built-in error; what it does not know is an error of the program itself. Libraries are known by the names of
their errors, so that asking loads none of them. Ordinary files are told from what a program could wait for
without end (`require_file`).
"""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ennum_stats.errors import EnnumError, Message, StoreDamaged, message


class FileFault(EnnumError, OSError):
    """Tell of a file, folder or disk that cannot be used as it is."""

    __str__ = EnnumError.__str__


class FileMissing(FileFault, FileNotFoundError):
    """Tell of a file or folder that is not there."""

    __str__ = EnnumError.__str__


class AccessRefused(FileFault, PermissionError):
    """Tell of a file or folder that this user may not read, or not write to."""

    __str__ = EnnumError.__str__


class NotAFile(FileFault, IsADirectoryError):
    """Tell of a folder, pipe or device where a file is needed."""

    __str__ = EnnumError.__str__


class NotAFolder(FileFault, NotADirectoryError):
    """Tell of a file where a folder is needed."""

    __str__ = EnnumError.__str__


class TextFault(EnnumError, ValueError):
    """Tell of a text that is in another encoding or form than it must be."""


class MemoryShort(EnnumError, MemoryError):
    """Less memory than is needed."""


class ExtraMissing(EnnumError, ImportError):
    """Tell of a library of an extra of the package (`[project.optional-dependencies]`) that is not installed."""

    __str__ = EnnumError.__str__


class ProgramFault(EnnumError, RuntimeError):
    """Tell of an error of the program itself."""


_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # a letter alone is a drive of Windows
_Told = tuple[type[FileFault], Message, Message]
_MISSING: _Told = (
    FileMissing, message("There is no such file or folder."), message("Check its name and its folder."),
)  # fmt: skip
_REFUSED: _Told = (
    AccessRefused, message("The system refuses access."),
    message("Look at the access rights of the file and of its folder, or choose another place."),
)  # fmt: skip
_FOLDER: _Told = (
    NotAFile, message("This is a folder, not a file."),
    message("Move the folder elsewhere, or name a file."),
)  # fmt: skip
_NO_FOLDER: _Told = (
    NotAFolder, message("A file stands where a folder is needed."),
    message("Move the file elsewhere, or name another folder."),
)  # fmt: skip
_NO_FILE: _Told = (
    NotAFile, message("This is no ordinary file, but a pipe or a device."),
    message("Put a file in its place, or name another one."),
)  # fmt: skip
_FULL: _Told = (FileFault, message("The disk is full."), message("Make room on the disk, then try again."))
_NO_PLACE: _Told = (
    FileMissing, message("No folder for temporary files can be written to."),
    message("Make room there, or name another folder in the variable TMPDIR."),
)  # fmt: skip
_IN_USE: _Told = (
    FileFault, message("Another program is using this file."),
    message("Close it there, then try again."),
)  # fmt: skip
_MANY_OPEN: _Told = (
    FileFault, message("Too many files are open at once."),
    message("Close other programs, then try again."),
)  # fmt: skip
_GONE: _Told = (
    FileFault, message("The disk does not answer."),
    message("See whether it is connected and in order, then try again."),
)  # fmt: skip
_SYSTEM: dict[int, _Told] = {
    errno.ENOENT: _MISSING,
    errno.EACCES: _REFUSED,
    errno.EPERM: _REFUSED,
    errno.EISDIR: _FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,  # only folders are made where nothing may be yet
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EBUSY: _IN_USE,
    errno.ETXTBSY: _IN_USE,
    errno.EMFILE: _MANY_OPEN,
    errno.ENFILE: _MANY_OPEN,
    errno.EIO: _GONE,
    errno.ENXIO: _GONE,
    errno.ENODEV: _GONE,
    errno.ESTALE: _GONE,
    errno.EROFS: (
        AccessRefused, message("This disk can only be read."),
        message("Choose a folder on another disk."),
    ),
    errno.ENAMETOOLONG: (
        FileFault, message("This name is longer than the system allows."),
        message("Choose a shorter name, or a folder nearer to the root of the disk."),
    ),
    errno.ELOOP: (
        FileFault, message("This link leads back to itself."),
        message("Remove the link, and put a file or folder in its place."),
    ),
    errno.EFBIG: (
        FileFault, message("The file grows larger than the system allows."),
        message("Raise the limit for this user, or choose another disk."),
    ),
}  # fmt: skip
_NOT_OPENED = message("The published store cannot be opened.")
_DATABASE = (
    ("No space left", _FULL),
    ("Permission denied", _REFUSED),
    ("Could not set lock", _IN_USE),
    ("Too many open files", _MANY_OPEN),
    ("File too large", _SYSTEM[errno.EFBIG]),
)
"""What DuckDB's own sentences say of the system, which it reports without a number."""
_DAMAGES = frozenset((
    "duckdb.IOException", "duckdb.SerializationException", "duckdb.InternalException",
    "duckdb.FatalException",
))  # fmt: skip
_EXTRAS = {
    "kit": ("docx", "lxml", "openpyxl", "pptx", "pypdf", "pypdfium2", "typst", "xlrd", "xlsxwriter"),
    "dashboard": ("brotli", "cachetools", "dash", "flask", "granian", "markdown_it", "segno"),
    "release": ("rdflib",),
    "notebooks": ("jupyterlab", "pyarrow"),
    "mcp": ("mcp",),
    "remote": ("obstore",),
}
"""The libraries that each extra of the package brings, by the names under which they are imported."""
_TEXTS = frozenset((
    "builtins.UnicodeError", "csv.Error", "json.JSONDecodeError", "tomllib.TOMLDecodeError",
    "zipfile.BadZipFile", "polars.ComputeError",
))  # fmt: skip


def translated_error(error: BaseException, where: Path | str = "") -> EnnumError | None:
    """Tell an error as one of the package; nothing where it is none that the system, a file or a database
    may cause. `where` is the file that was being read, told unless the error itself names one."""
    if isinstance(error, EnnumError):
        return error
    names = {f"{_library(kind)}.{kind.__name__}" for kind in type(error).__mro__}
    if isinstance(error, MemoryError) or "duckdb.OutOfMemoryException" in names:
        return MemoryShort(
            message("There is not enough memory."), remedy=message("Close other programs, then try again.")
        )
    if isinstance(error, ModuleNotFoundError):
        return extra_missing(error.name or "")
    if isinstance(error, OSError):
        return system_fault(error, where)
    if "duckdb.Error" in names:
        explanation = next((known for sign, known in _DATABASE if sign in str(error)), None)
        if explanation:
            return _fault(explanation, where)
    if names & _DAMAGES:
        return store_damaged(where)
    if where and names & _TEXTS:  # of no file that anybody knows, it is an error of the program
        return TextFault(
            message("This file is damaged, or in another encoding or form than it must be."),
            where=shown(where),
            remedy=message("Save it again, or put back a copy that was in order."),
        )
    return None


def extra_missing(library: str) -> ExtraMissing | None:
    """Say which line installs the extra that a library belongs to; nothing where it belongs to none."""
    module = library.partition(".")[0]
    extra = next((name for name, modules in _EXTRAS.items() if module in modules), None)
    if extra is None:
        return None
    return ExtraMissing(
        message("A part of the program is not installed here ({library}).", library=module),
        remedy=message("Type: {line}", line=f'pip install "ennum-stats[{extra}]"'),
    )


def require_installed(library: str) -> None:
    """Raise `ExtraMissing` where a library of an extra is not there."""
    if not is_installed(library) and (missing := extra_missing(library)):
        raise missing


def is_installed(library: str) -> bool:
    """Tell whether a library is there, without loading it."""
    return importlib.util.find_spec(library) is not None


def store_damaged(where: Path | str, found: Message = _NOT_OPENED) -> StoreDamaged:
    """Make the error for the file of a store that cannot be used."""
    return StoreDamaged(found, where=shown(where), remedy=message("Run: ennum build"))


@contextmanager
def translated_errors(where: Path | str = "") -> Iterator[None]:
    """Raise as an error of the package what `translated_error` knows; anything else as it is."""
    try:
        yield
    except EnnumError:
        raise
    except Exception as error:
        known = translated_error(error, where)
        if known is None:
            raise
        raise known from error


def require_file(path: Path) -> Path:
    """Give a path back that leads to a file: opening a pipe would wait for who writes to it, and a device
    may never end.

    Raises `FileFault`, which is also the built-in error.
    """
    with translated_errors(path):
        mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise _fault(_FOLDER, path)
    if not stat.S_ISREG(mode):
        raise _fault(_NO_FILE, path)
    return path


def is_address(place: object) -> bool:
    """Tell whether a place is an address, not a path.

    >>> is_address("s3://bucket/release"), is_address("C:/release"), is_address("release")
    (True, False, False)
    """
    return isinstance(place, str) and bool(_ADDRESS.match(place))


def program_fault(error: BaseException) -> ProgramFault:
    """Make the error for what nobody foresaw: what it is, and what to send to whom."""
    kind = type(error).__name__
    sentence = f"{kind}: {error}" if str(error) else kind
    return ProgramFault(
        message("This is an error of the program, not of yours ({error}).", error=sentence.splitlines()[0]),
        remedy=message(
            "Run the same command with --debug, and send what it shows to those who look after the program."
        ),
    )


def shown(path: Path | str) -> str:
    """Write a path so that a terminal can show it: what is no printable sign in it is written as Python
    writes it."""
    text = os.fspath(path)
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def system_fault(error: OSError, where: Path | str = "") -> FileFault:
    """Tell what the system says, with the number that it gave it."""
    place = _place(error) or where
    if error.errno in _SYSTEM:
        fault = _fault(
            _NO_PLACE
            if error.errno == errno.ENOENT and "temporary" in (error.strerror or "")
            else _SYSTEM[error.errno],
            place,
        )
    else:
        sentence = error.strerror or str(error) or type(error).__name__
        fault = FileFault(message("The system reports an error: {error}.", error=sentence.rstrip(".")),
                         where=shown(place))  # fmt: skip
    fault.errno, fault.filename = error.errno, error.filename
    return fault


def _place(error: OSError) -> Path | str:
    """Find the file that an error is about; of one that is made beside its place, its folder."""
    names = [name for name in (error.filename2, error.filename) if isinstance(name, str | bytes)]
    if not names:
        return ""
    path = Path(os.fsdecode(names[0]))
    return path.parent if path.name.startswith(".") and path.name.strip(".") else path


def _fault(known: _Told, where: Path | str) -> FileFault:
    kind, explanation, remedy = known
    return kind(explanation, where=shown(where), remedy=remedy)


def _library(kind: type) -> str:
    """Name the library of an error: its own modules may be hidden ones (`_csv`, `json.decoder`)."""
    return kind.__module__.partition(".")[0].lstrip("_")
