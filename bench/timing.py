"""Take what is measured, and print it: a line a number."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
ENNUM = PYTHON.with_name("ennum.exe" if sys.platform == "win32" else "ennum")


@dataclass(frozen=True)
class Options:
    """Hold what the user asks for. `is_fresh` includes what downloads everything again; what `is_tiny` only
    shows that a benchmark still runs; `only` are the parts of labelled questions and texts to measure, else all."""

    runs: int
    is_fresh: bool
    scratch: Path
    is_tiny: bool = False
    only: tuple[str, ...] = ()

    def size(self, full: int, tiny: int) -> int:
        """Choose how much is measured: rows, requests, pages."""
        return tiny if self.is_tiny else full


@dataclass(frozen=True)
class Line:
    """Hold a number: what it is of, what is asked, what was measured, whether that is reached, and what stands
    beside it."""

    name: str
    asked: str
    measured: str
    is_reached: bool = True
    beside: tuple[str, ...] = ()


def show(title: str, lines: Iterable[Line], others: tuple[str, ...] = ()) -> None:
    """Print a table as soon as it is measured."""
    table = Table(title, "Demandé", "Mesuré", "", *others)
    for line in lines:
        mark = "" if not line.asked else "✓" if line.is_reached else "✗"
        table.add_row(line.name, line.asked, line.measured, mark, *line.beside)
    Console(highlight=False, width=120).print(table)


def rounded(value: float, asked: float) -> str:
    """Write a number as precisely as what is asked of it.

    >>> rounded(0.2, 0.01), rounded(211.6, 250)
    ('0.200', '212')
    """
    return f"{value:.{3 if asked < 1 else 0}f}"


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


def timed(
    name: str,
    most: float,
    step: Callable[[int], object],
    runs: int,
    first: Callable[[], object] | None = None,
) -> Line:
    """Take the seconds of a step, of which there may be so many at most: the median and the range of some runs.

    The step is given the number of the run; one that times itself returns its seconds. `first` is done before.
    """
    seconds = []
    try:
        if first:
            first()
        for number in range(runs):
            start = time.perf_counter()
            own = step(number)
            seconds.append(own if isinstance(own, float) else time.perf_counter() - start)
    except RunFailedError as error:
        return Line(name, f"≤ {most:g} s", "—", is_reached=False, beside=(str(error),))
    median = statistics.median(seconds)
    span = f"{min(seconds):.3g} - {max(seconds):.3g} s"
    return Line(name, f"≤ {most:g} s", f"{median:.3g} s", median <= most, (span,))
