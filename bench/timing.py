"""Declare what a measure is, take it and print it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
ENNUM = PYTHON.with_name("ennum.exe" if sys.platform == "win32" else "ennum")


@dataclass(frozen=True)
class Options:
    """Hold what the user asks for. `is_fresh` includes what downloads everything again; what `is_tiny` only
    shows that a benchmark still runs."""

    runs: int
    is_fresh: bool
    scratch: Path
    is_tiny: bool = False

    def size(self, full: int, tiny: int) -> int:
        """Choose how much is measured: rows, requests, pages."""
        return tiny if self.is_tiny else full


@dataclass(frozen=True)
class Measure:
    """Declare one time to take: its name, the most seconds that it may take, and what is run.

    `once` is the timed step; its argument is the number of the run. `first` is done before, untimed. `runs`
    is set where the number of runs is not the user's to choose. A step that times itself inside a process
    has `measured`, which returns its seconds.
    """

    name: str
    asked: float
    once: Callable[[int], object]
    first: Callable[[], object] | None = None
    runs: int | None = None
    measured: Callable[[], float] | None = None


class RunFailedError(Exception):
    """Raised where a timed command ended with an error: its time would mean nothing."""


def command(arguments: Sequence[str | Path], env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a command and return what it prints; `RunFailedError` with its last words where it fails."""
    done = subprocess.run(
        [str(argument) for argument in arguments],
        env=env,
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise RunFailedError(words[-1] if words else f"code {done.returncode}")
    return done.stdout


def seconds(measure: Measure, runs: int) -> list[float]:
    """Return the wall-clock seconds of each run."""
    if measure.first:
        measure.first()
    if measure.measured:
        return [measure.measured() for _ in range(measure.runs or runs)]
    taken = []
    for number in range(measure.runs or runs):
        start = time.perf_counter()
        measure.once(number)
        taken.append(time.perf_counter() - start)
    return taken


def row(measure: Measure, runs: int) -> tuple[str, ...]:
    """Return a measure's line of the table: name, asked, median, range, verdict."""
    try:
        taken = seconds(measure, runs)
    except RunFailedError as error:
        return measure.name, f"≤ {measure.asked:g} s", "—", "—", str(error)
    median = statistics.median(taken)
    return (
        measure.name,
        f"≤ {measure.asked:g} s",
        f"{median:.2f} s",
        f"{min(taken):.2f} - {max(taken):.2f} s",
        "atteint" if median <= measure.asked else "dépassé",
    )
