"""Measure single schools at full size: the build beside a bare load of the same files, counted coverage,
the real register, and the linear program.

Every step is a process of its own, with its largest memory.
"""

from __future__ import annotations

import math
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from bench import serving
from bench.rows import Size
from bench.timing import ENNUM, PYTHON, ROOT, Line, Options, RunFailedError, command, show
from ennum_stats.raw.school_tables import SCHOOL_TABLES
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.writing import store_columns

LARGER, SMALLEST = 10, 0.01
"""How many times as large what is compared is, and what only shows that all runs."""
REGISTER = ROOT.parent / "shared" / "data" / "school_register_2023.csv"

_BARE_LOAD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
for query in sys.argv[2:]:
    connection.execute(query)
connection.close()
"""
_COVERAGE = """
import statistics, sys, time
from pathlib import Path
from ennum_stats.measures.coverage.site_counts import coverage_by_rows
from ennum_stats.project import Project
from ennum_stats.store.ledger import open_ledger
ledger = open_ledger(Project(Path(sys.argv[1])))
times = []
for _ in range(int(sys.argv[2]) + 1):
    asked = ledger.known_on(ledger.known_at)  # an empty cache for each run
    start = time.perf_counter()
    rows = coverage_by_rows(asked, "commune")
    times.append(time.perf_counter() - start)
assert len(rows.rows) > 200, rows
print(statistics.median(times[1:]))
"""
_TWELVE_CALLS = """
import time
from ennum_stats.measures.coverage.union_bounds import Exclusion, SizeConstraint, union_bounds
calls = [f"C{n}" for n in range(12)]
sizes = (28, 61, 212, 318, 326, 411, 497, 568, 570, 603, 655, 679)
known = [SizeConstraint("size", (call,), size, size) for call, size in zip(calls, sizes)]
known += [Exclusion("next", (calls[n],), (calls[n + 1],)) for n in range(0, 11, 2)]
known += [Exclusion("once", (calls[3],), tuple(calls[8:]))]
known += [Exclusion("small", (calls[0],), tuple(calls[6:9]))]
known += [SizeConstraint("union", tuple(calls[5:9]), 1201, 1333)]
known += [SizeConstraint("union", tuple(calls[1:5]), 611, 702)]
known += [SizeConstraint("union", tuple(calls[2:11:2]), 1502, 1777)]
known += [SizeConstraint("all", tuple(calls), 0, 3_800)]
start = time.perf_counter()
union_bounds(calls[:11], known)
print(time.perf_counter() - start)
"""


@dataclass(frozen=True)
class Taken:
    """Hold the seconds of a processor that a whole process took (where the system does not tell: of the clock),
    and its largest memory in MB (NaN there)."""

    seconds: float
    megabytes: float


def measures(options: Options) -> None:
    """Print times, memory and sizes."""
    show("Écoles (données fictives)", _lines(options))


def _lines(options: Options) -> Iterator[Line]:
    usual = Size().times(SMALLEST if options.is_tiny else 1)
    larger = usual.times(options.size(LARGER, 2))
    small = _invented(options.scratch / "schools", usual)
    yield _size(small, usual)
    taken = yield from _against_bare_load(small, options.runs)
    if not options.is_tiny:
        few = _build(_invented(options.scratch / "few", usual.times(SMALLEST)))
        yield Line("  dont pour tout ce qui ne dépend pas des lignes", "", f"{few.seconds:.2f} s")
    yield from _coverage(small, options.runs, 0.05)
    shutil.rmtree(small)
    large = _invented(options.scratch / "schools-larger", larger)
    yield _size(large, larger)
    yield from _per_row(taken, usual, large, larger)
    yield from _coverage(large, options.runs, 0.1)
    shutil.rmtree(large)
    if not options.is_tiny:
        yield from _register(options)
    seconds = [float(command([PYTHON, "-c", _TWELVE_CALLS])) for _ in range(options.runs)]
    yield _seconds("programme linéaire, 12 appels", seconds, 1.0)


def _invented(root: Path, size: Size) -> Path:
    """Invent rows in a process of its own, so that its memory is not measured."""
    command([PYTHON, "-m", "bench.rows", ROOT, root, *map(str, astuple(size))])
    return root


def _size(root: Path, size: Size) -> Line:
    counts = (size.sites, size.participations, size.deliveries)
    named = "{} implantations, {} participations, {} livraisons".format(
        *(f"{count:,}".replace(",", "\u202f") for count in counts)
    )
    megabytes = sum(path.stat().st_size for path in _files(root).values()) / 1e6
    return Line(named, "", f"{megabytes:.0f} Mo de CSV")


# --- the build --------------------------------------------------------------------------------------


def _against_bare_load(root: Path, runs: int) -> Generator[Line, None, Taken]:
    """Run build and bare load in turn, so that other work of the machine weighs on both; return the median
    of the build."""
    pairs = [(_bare_load(root), _build(root)) for _ in range(runs)]
    bare = statistics.median(bare.seconds for bare, _ in pairs)
    build = statistics.median(build.seconds for _, build in pairs)
    ratio = statistics.median(build.seconds / bare.seconds for bare, build in pairs)
    megabytes = max(build.megabytes for _, build in pairs)
    yield Line("  chargement nu par DuckDB", "", f"{bare:.2f} s")
    yield Line("  ennum build", "≤ 2 fois", f"{build:.2f} s, {ratio:.2f} fois", ratio <= 2)
    yield Line("  mémoire", "≤ 1500 Mo", f"{megabytes:.0f} Mo", megabytes <= 1_500)
    return Taken(build, megabytes)


def _per_row(small: Taken, usual: Size, root: Path, larger: Size) -> Iterator[Line]:
    """Compare with ten times as many rows, which should take at most ten times as long and ten times as
    much memory."""
    bare, large = _bare_load(root), _build(root)
    ratio = f"{large.seconds:.1f} s, {large.seconds / bare.seconds:.2f} fois"
    yield Line("  ennum build", "", ratio)
    yield Line("  mémoire", "", f"{large.megabytes:.0f} Mo")
    rows, more = usual.rows, larger.rows
    before, after = small.seconds / rows * 1e6, large.seconds / more * 1e6
    yield Line("  temps par ligne", f"≤ {before:.2f} µs", f"{after:.2f} µs", after <= before)
    before, after = small.megabytes / rows * 1e6, large.megabytes / more * 1e6
    yield Line("  mémoire par ligne", f"≤ {before:.0f} octets", f"{after:.0f} octets", after <= before)


def _build(root: Path) -> Taken:
    shutil.rmtree(root / "data" / "processed", ignore_errors=True)
    return _taken([ENNUM, "--root", root, "build"])


def _bare_load(root: Path) -> Taken:
    """Load the same files with the same types into a new DuckDB file: no check, no hash, no pointer."""
    target = root / "bare.duckdb"
    target.unlink(missing_ok=True)
    queries = [_query(name, path) for name, path in _files(root).items()]
    return _taken([PYTHON, "-c", _BARE_LOAD, target, *queries])


def _query(table: str, path: Path) -> str:
    declared = TABLE_BY_NAME[table]
    types = [kind for _, kind in store_columns(declared)]
    columns = dict(zip(declared.column_names, types, strict=False))
    return f"CREATE TABLE {table} AS FROM read_csv('{path}', header = true, columns = {columns})"


def _files(root: Path) -> dict[str, Path]:
    rows = {table.name: root / "data" / "raw" / table.path for table in SCHOOL_TABLES}
    return {name: path for name, path in rows.items() if path.is_file()}


def _taken(arguments: Sequence[str | Path]) -> Taken:
    """Run a process of its own. Its largest memory is told in kB by most systems, in bytes by macOS."""
    line = [str(argument) for argument in arguments]
    start = time.perf_counter()
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    with process.stdout as told:
        words = told.read().decode("utf-8", "replace").splitlines()
    memory = math.nan
    if sys.platform == "win32":
        code = process.wait()
        seconds = time.perf_counter() - start
    else:
        _, status, usage = os.wait4(process.pid, 0)
        code = process.returncode = os.waitstatus_to_exitcode(status)
        seconds = usage.ru_utime + usage.ru_stime
        memory = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3 / 1.024)
    if code:
        raise RunFailedError(words[-1] if words else f"code {code}")
    return Taken(seconds, memory)


# --- questions and imports --------------------------------------------------------------------------


def _coverage(root: Path, runs: int, asked: float) -> Iterator[Line]:
    seconds = float(command([PYTHON, "-c", _COVERAGE, root, str(runs)]))
    yield _seconds("  couverture par commune, base ouverte", [seconds], asked)


def _register(options: Options) -> Iterator[Line]:
    """Import the real register into projects that have none yet."""
    if not REGISTER.is_file():
        return
    seconds = []
    for number in range(options.runs):
        root = options.scratch / f"register-{number}"
        serving.copy_raw(root)
        asked = ("import", "register", REGISTER, "--as-of", "2023", "--yes")
        seconds.append(_taken([ENNUM, "--root", root, *asked]).seconds)
    yield _seconds("import du registre réel", seconds, 3.0)


def _seconds(name: str, taken: Sequence[float], asked: float) -> Line:
    median = statistics.median(taken)
    return Line(name, f"≤ {asked:g} s".replace(".", ","), f"{median:.3f} s", median <= asked)
