"""Moments at which a process may be killed: before each thing that it does to a file of a folder.

A process counts them itself, by Python's audit events; what DuckDB and other libraries do to files is not
seen here, and is met by kills at random times.
"""

import os
import stat
import sys
from collections.abc import Callable
from mmap import mmap
from pathlib import Path

KILLED = 99
WRITES = frozenset(("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link"))


def watch(folder: Path, moment: Callable[[int | None], None], *, reads: bool = True) -> None:
    """Call a function before each thing that this process does from now on to files under a folder: with the
    descriptor of the file that is to be synced, else with nothing. What is opened counts where `reads`."""
    events = WRITES | {"open"} if reads else WRITES

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in events and str(arguments[0]).startswith(str(folder)):
            moment(None)

    os.fsync = moment  # without syncing: what a process wrote outlives it
    sys.addaudithook(hook)


def end_before(number: int, folder: Path, *, loses: bool = False, reads: bool = True) -> None:
    """End this process before the n-th thing that it does to files under a folder. With `loses`, the file
    that was to be synced loses its end, as when the power fails."""
    left = iter(range(1, number))

    def moment(descriptor: int | None) -> None:
        if next(left, None) is None:
            if loses and descriptor is not None and stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)
            os._exit(KILLED)

    watch(folder, moment, reads=reads)


class Counter:
    """Counts such moments of another process."""

    def __init__(self) -> None:
        self._shared = mmap(-1, 4)

    def start(self, folder: Path) -> None:
        """Begin to count, in the process that is counted."""
        watch(folder, lambda _: self._count(), reads=False)

    def _count(self) -> None:
        self._shared[:] = (self.counted + 1).to_bytes(4, "little")

    @property
    def counted(self) -> int:
        return int.from_bytes(self._shared[:], "little")
