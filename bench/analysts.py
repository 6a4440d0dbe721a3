"""Measure the times of analysts: a store opened, its tables, a first chart, the release, the site."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.timing import ENNUM, PYTHON, Line, Options, command, show, timed

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
_OF_ROWS = """
import time, numpy, pandas
from ennum_stats import BoundedTable
place = numpy.arange(100_000)
rows = pandas.DataFrame({{
    "year": place % 20, "lot": (place // 20 % 100).astype(str), "province": (place // 2000).astype(str)}})
numbers = [number + end for number in ("devices", "deliveries") for end in ("", "_lower", "_upper")]
for number in numbers:
    rows[number] = pandas.array(place % 90 + 1, dtype="Int64")
table = BoundedTable(rows)
times = []
for run in range(6):
    start = time.process_time()
    {step}
    times.append(time.process_time() - start)
print(min(times))
"""
_ON_ROWS = {
    "somme": ('BoundedTable(rows).sum("province").pandas()', 'rows.groupby("province")[numbers].sum()'),
    "rapport": ('table.ratio("r", "devices", "deliveries")', "rows.devices / rows.deliveries"),
    "évolution": (
        'table.growth("g", "devices", along="year", by=["province", "lot"])',
        'rows.sort_values("year").groupby(["province", "lot"])["devices"].pct_change()',
    ),
    "moyenne pondérée": (
        'table.weighted_mean("devices", "deliveries", by="province")',
        'rows.assign(p=rows.devices * rows.deliveries).groupby("province")[["p", "deliveries"]].sum()',
    ),
}
"""What is computed on 100,000 rows: with bounds, and by pandas alone."""
_FIRST_CHART = """
import ennum_stats
store = ennum_stats.open()
store.chart("winners_per_call").to_json()
"""


def measures(options: Options) -> None:
    """Take the times; each is of a process of its own, started from nothing."""
    runs = options.runs

    def release(run: int) -> None:
        folder: Path = options.scratch / f"release-{run}"
        command([ENNUM, "release", folder])

    def site(run: int) -> None:
        folder = options.scratch / f"site-{run}"
        command([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", folder])

    def of_processor(name: str, asked: float, step: str, before: str = "") -> Line:
        """Time a step in a process of its own by its processor: others at work on the machine count not."""
        code = _TIMED.format(step=step, before=before)
        return timed(name, asked, lambda _: float(command([PYTHON, "-c", code])), runs)

    def whole(step: str) -> float:
        """Take what a process uses of its processor from its start to the end of a step."""
        return float(command([PYTHON, "-c", _WHOLE.format(step=step)]))

    def on_rows(name: str, bounded: str, plain: str) -> Line:
        """Time a computation with bounds against that of plain columns."""
        bare = min(float(command([PYTHON, "-c", _OF_ROWS.format(step=plain)])) for _ in range(runs))
        code = _OF_ROWS.format(step=bounded)
        title = f"{name} avec bornes, 100 000 lignes (pandas seul : {1000 * bare:.1f} ms)"
        return timed(title, 5 * bare, lambda _: float(command([PYTHON, "-c", code])), runs)

    command([ENNUM, "build"])
    alone = min(whole("import duckdb") for _ in range(runs))
    methods = _METHODS[: options.size(len(_METHODS), 2)]
    lines = [
        of_processor("import, dir()", 0.05, "import ennum_stats; dir(ennum_stats)"),
        of_processor("open()", 0.1, "ennum_stats.open()", "import ennum_stats"),
        timed(
            f"open(), processus neuf (import duckdb seul : {alone:.2f} s)",
            2 * alone,
            lambda _: whole("import ennum_stats; ennum_stats.open()"),
            runs,
        ),
        *(of_processor(f"{name}()", 0.3, f"store.{name}()", _OPENED) for name in methods),
        *(on_rows(name, *steps) for name, steps in [*_ON_ROWS.items()][: options.size(len(_ON_ROWS), 1)]),
        timed("premier graphique d’un carnet", 3.0, lambda _: command([PYTHON, "-c", _FIRST_CHART]), runs),
        timed("ennum release", 5.0, release, runs),
        *([] if options.is_tiny else [timed("documentation", 60.0, site, runs)]),
    ]
    show("Analystes", lines, ("étendue",))
