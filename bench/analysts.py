"""Measure the times of analysts: a store opened, its tables, a first chart, the release, the site."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.timing import ENNUM, PYTHON, Measure, Options, command

_METHODS = (
    "winners", "budgets", "coverage", "connectivity", "staff", "equipment", "targets", "sites", "deliveries",
    "never_awarded", "reconciliation", "sensitivity", "figures", "observations", "sources", "rules", "charts",
    "conflicts", "measures",
)  # fmt: skip
_TIMED = """
import time, warnings
{before}
start = time.process_time()
{step}
print(time.process_time() - start)
"""
_OPENED = """
import pandas, ennum_stats
warnings.simplefilter("ignore", ennum_stats.NothingCollected)
store = ennum_stats.open()
store.winners()
"""
_WHOLE = """
{step}
import time
print(time.process_time())
"""
_FIRST_CHART = """
import ennum_stats
store = ennum_stats.open()
store.chart("winners_per_call").to_json()
"""


def measures(options: Options) -> list[Measure]:
    """Return the times; each is a process of its own, started from nothing."""

    def release(run: int) -> None:
        folder: Path = options.scratch / f"release-{run}"
        command([ENNUM, "release", folder])

    def site(run: int) -> None:
        folder = options.scratch / f"site-{run}"
        command([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", folder])

    def of_processor(name: str, asked: float, step: str, before: str = "") -> Measure:
        """Time a step in a process of its own by its processor: others at work on the machine count not."""
        code = _TIMED.format(step=step, before=before)
        return Measure(name, asked, lambda _: None, measured=lambda: float(command([PYTHON, "-c", code])))

    def whole(step: str) -> float:
        """Take what a process uses of its processor from its start to the end of a step."""
        return float(command([PYTHON, "-c", _WHOLE.format(step=step)]))

    command([ENNUM, "build"])
    alone = min(whole("import duckdb") for _ in range(options.runs))
    methods = _METHODS[: options.size(len(_METHODS), 2)]
    return [
        of_processor("import, dir()", 0.05, "import ennum_stats; dir(ennum_stats)"),
        of_processor("open()", 0.1, "ennum_stats.open()", "import ennum_stats"),
        Measure(
            f"open(), processus neuf (import duckdb seul : {alone:.2f} s)",
            2 * alone,
            lambda _: None,
            measured=lambda: whole("import ennum_stats; ennum_stats.open()"),
        ),
        *(of_processor(f"{name}()", 0.3, f"store.{name}()", _OPENED) for name in methods),
        Measure("premier graphique d’un carnet", 3.0, lambda _: command([PYTHON, "-c", _FIRST_CHART])),
        Measure("ennum release", 5.0, release),
        *([] if options.is_tiny else [Measure("documentation", 60.0, site)]),
    ]
