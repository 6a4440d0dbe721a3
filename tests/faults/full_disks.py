"""Commands on a disk that is full, or becomes full: the old stays, a sentence says what to do, and with room
again the same command does all.

Root mounts small file systems, of few bytes or few files; elsewhere the system forbids files to grow.
"""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random

from tests.faults.ground import Ground, ground
from tests.faults.judgement import judged, recovered
from tests.faults.outcome import Case, Outcome
from tests.faults.scenarios import QUICK, Scenario

WEIGHT = 6
_MB = 1_000_000
_FILES = 4_000
_BYTES = 160 * _MB


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        can_mount = _can_mount()
        for _ in range(n):
            scenario = rng.choice(QUICK)
            free = rng.choice((0, 4096, int(10 ** rng.uniform(4, 7.2)), rng.randrange(8 * _MB)))
            files = rng.randrange(60)
            kind = rng.choice(("bytes", "bytes", "files", "size"))
            if kind == "size" or not can_mount:
                tried, told = partial(_too_large, made, scenario, free), f"files of {free} bytes"
            elif kind == "bytes":
                tried, told = partial(_full, made, scenario, free, None), f"{free} bytes free"
            else:
                tried, told = partial(_full, made, scenario, None, files), f"{files} files free"
            yield Case(f"{scenario.name}, {told}", tried)


def _full(made: Ground, scenario: Scenario, free: int | None, files: int | None) -> Outcome:
    with _small_disk() as disk, made.copied(Path("project"), scenario, disk) as copy:
        assert copy.reference
        fill = disk / "fill"
        fill.mkdir()
        room = os.statvfs(disk)
        if free is not None:
            with (fill / "bytes").open("wb") as filler:
                os.posix_fallocate(filler.fileno(), 0, max(room.f_bavail * room.f_frsize - free, 1))
        for number in range(room.f_favail - files if files is not None else 0):
            os.mknod(fill / str(number))
        outcome = judged(copy, copy.run())
        shutil.rmtree(fill)
        return outcome if outcome.verdict.is_bad else recovered(copy)


def _too_large(made: Ground, scenario: Scenario, most: int) -> Outcome:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(most, 2_000), resource.RLIM_INFINITY))

    with made.copied(Path("project"), scenario) as copy:
        outcome = judged(copy, copy.run(before=limit))
        return outcome if outcome.verdict.is_bad else recovered(copy)


def _can_mount() -> bool:
    """Tell whether this user may mount file systems: root may not in every container."""
    try:
        with _small_disk():
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def _small_disk() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="faults-disk-"))
    options = f"size={_BYTES},nr_inodes={_FILES}"
    mount = ["mount", "-t", "tmpfs", "-o", options, "none", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
        try:
            yield place
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)
    finally:
        place.rmdir()
