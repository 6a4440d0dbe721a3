"""Measure the analysts' times: a notebook's first chart, the open-data release, the documentation."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.timing import ENNUM, PYTHON, Measure, Options, command

_FIRST_CHART = """
import ennum_stats
store = ennum_stats.open()
store.chart("winners_per_call").to_json()
"""


def measures(options: Options) -> list[Measure]:
    """Return the times; each is a process of its own, started from nothing."""

    def build() -> None:
        command([ENNUM, "build"])

    def release(run: int) -> None:
        folder: Path = options.scratch / f"release-{run}"
        command([ENNUM, "release", folder])

    def site(run: int) -> None:
        folder = options.scratch / f"site-{run}"
        command([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", folder])

    return [
        Measure("premier graphique d’un carnet", 3.0, lambda _: command([PYTHON, "-c", _FIRST_CHART]),
                first=build),
        Measure("ennum release", 5.0, release),
        Measure("documentation", 60.0, site),
    ]  # fmt: skip
