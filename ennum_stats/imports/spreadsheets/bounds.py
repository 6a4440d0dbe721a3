"""The bounds of what is read of a foreign file, and how far its reading is.

The largest lists known have some ten thousand rows; whatever is far beyond them is a mistake or an attack,
and is refused in a sentence before it takes time and memory. What takes its time within the bounds says how
far it is to whoever listens (`reporting_progress`): a terminal does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from time import monotonic
from typing import TypeVar

from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.files.boundary import FileMissing, NotAFile, require_file, translated_errors
from ennum_stats.files.office import LARGEST_FILE, is_locked

T = TypeVar("T")
MOST_ROWS = 200_000
MOST_CELLS = 2_000_000
WIDEST_ROW = 500
LONGEST_CELL = 2_000
"""Excel's own bound is 32,767 signs; no name, place or remark has a thousand."""
LONGEST_LINE = 1_000_000
"""Of a CSV: more than the longest cells of the widest row."""
_SHOWN_OF_LONG = 60
_TOLD_EVERY = 1_000
_TOLD_AFTER_S = 2.0
LONGEST_STEP_S = 300.0
"""How long the rows of a file may take to be read, checked or compared: ten times what the longest list takes
on a slow machine."""
_LISTENER: ContextVar[Callable[[Message], None] | None] = ContextVar("listener", default=None)


class FileRefused(EnnumError, ValueError):
    """Tell of a file that is not read at all: what it is, and what to do."""


_KEEP_LIST = message("Copy the list into a new workbook and save it.")


def require_rows(count: int, name: str) -> None:
    """Raise `FileRefused` where there are more rows than any list has."""
    if count > MOST_ROWS:
        raise FileRefused(
            message("This file holds more than {n} rows.", n=MOST_ROWS),
            where=name,
            remedy=message("Import it in parts: leave the rows out that are not of this list."),
        )


def require_cells(count: int, name: str) -> None:
    """Raise `FileRefused` where there are more cells than any list has."""
    if count > MOST_CELLS:
        raise FileRefused(
            message("This file holds more than {n} cells.", n=MOST_CELLS), where=name, remedy=_KEEP_LIST
        )


def too_wide(name: str) -> FileRefused:
    """Make the error for a row with something in it beyond the last column that is read."""
    return FileRefused(
        message("This file has more than {n} columns.", n=WIDEST_ROW), where=name, remedy=_KEEP_LIST
    )


def too_long(text: str) -> tuple[str, Message]:
    """Cut a text that no cell of a list has, and say why it is not taken."""
    return text[:_SHOWN_OF_LONG].rstrip() + "…", message(
        "This cell is {n} signs long; at most {most} are read.", n=len(text), most=LONGEST_CELL
    )


# --- the file ---------------------------------------------------------------------------------------


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Read a file that can be read, and that stays as it is meanwhile.

    Raises `FileRefused`: not there, no file, open in a spreadsheet program, too large, or changed or gone
    while it was read; and `FileFault` for what the system refuses.
    """
    try:
        before = _state(path)
        _require_closed(path)
        _require_small(path)
        with translated_errors(path), path.open("rb"):
            pass
        with translated_errors(path):
            yield
        is_same = _state(path) == before
    except (FileMissing, NotAFile) as fault:
        raise FileRefused(fault.found, where=fault.where, remedy=fault.remedy) from fault
    if not is_same:
        raise FileRefused(
            message("This file changed while it was read."),
            where=path.name,
            remedy=message("Wait until it is saved, then import it again."),
        )


def _state(path: Path) -> tuple[int, int, int]:
    """Give what tells two states of a file apart."""
    status = require_file(path).stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _require_closed(path: Path) -> None:
    if is_locked(path):
        raise FileRefused(
            message("This file is still open in Excel or LibreOffice."),
            where=path.name,
            remedy=message("Save it and close it, then import it again."),
        )


def _require_small(path: Path) -> None:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise FileRefused(
            message("This file is too large: {size} MB.", size=size // 1024**2),
            where=path.name,
            expected=message("At most {size} MB are read.", size=LARGEST_FILE // 1024**2),
            remedy=message("Keep only the sheet with the list, and save it again."),
        )


# --- how far it is ----------------------------------------------------------------------------------


@contextmanager
def reporting_progress(listener: Callable[[Message], None]) -> Iterator[None]:
    """Let somebody hear how far reading is."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def rows_read(rows: Iterable[T]) -> Iterator[T]:
    """Tell now and then how many rows were read. Raises `FileRefused` where it takes too long."""
    return _counted(rows, lambda n: message("{n} rows read…", n=n))


def rows_checked(rows: Iterable[T]) -> Iterator[T]:
    """Tell now and then how many rows were checked. Raises `FileRefused` where it takes too long."""
    return _counted(rows, lambda n: message("{n} rows checked…", n=n))


def rows_compared(rows: Iterable[T]) -> Iterator[T]:
    """Tell now and then how many rows were compared with what is there. Raises `FileRefused` where it takes
    too long."""
    return _counted(rows, lambda n: message("{n} rows compared…", n=n))


def _counted(rows: Iterable[T], words: Callable[[int], Message]) -> Iterator[T]:
    listener = _LISTENER.get()
    began = last = monotonic()
    for number, row in enumerate(rows, start=1):
        now = monotonic()
        if now - began > LONGEST_STEP_S:
            raise FileRefused(
                message("This file takes too long: {n} rows in {seconds} seconds.",
                        n=number - 1, seconds=round(now - began)),
                remedy=message("Import it in parts: leave the rows out that are not of this list."),
            )  # fmt: skip
        if listener and (number % _TOLD_EVERY == 0 or now - last > _TOLD_AFTER_S):
            listener(words(number))
            last = now
        yield row
