"""Measure what readers take along and build: feeds, pages as files, communes and tables of their own.

What is cold is asked of a server that has just started; what is warm, of one that has answered others before,
never the same address twice.
"""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench import serving
from bench.timing import Line, Options, show
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Project
from ennum_stats.store.ledger import open_ledger

SITES = 38_000
FEEDS = ("/fr/feed.atom", "/de/feed/budgets.atom", "/fr/feed/figure/total_investment.atom")
FILES = ("overview", "budgets", "winners", "coverage", "numbers", "documents")
TABLES = (
    "number=sites.implantations&rows=level&columns=network&province=liege",
    "number=sites.implantations&rows=commune&columns=level",
    "number=coverage.share&rows=province&columns=network",
    "number=winners.projects&rows=commune&columns=call",
    "number=winners.amount_eur&rows=network&columns=level",
    "number=deliveries.devices&rows=lot&columns=province",
)
_SECONDS_TO_READ_THE_PAST = 120


def measures(options: Options) -> None:
    """Print every number itself: most of them are of several requests."""
    root = serving.copied(options.scratch / "explore")
    show("Juste après le démarrage, 1 processus", _cold(root, options))
    sites = options.size(SITES, 400)
    demo = serving.invented(options.scratch / "explore-demo", sites)
    show(f"{sites} implantations (données fictives), 1 processus", _warm(demo, options))


def _cold(root: Path, options: Options) -> Iterator[Line]:
    """Ask for one address after each start; the first one reads the past, as `python -m dashboards` does."""
    with serving.dashboard(root, workers=1):
        end = time.monotonic() + _SECONDS_TO_READ_THE_PAST
        while not [*(root / "data" / "processed").glob("stores/*/*.past.json")] and time.monotonic() < end:
            time.sleep(0.1)
    for name, asked, addresses in (
        ("flux", 0.05, FEEDS),
        ("page en PDF", 0.6, tuple(f"/fr/{one}.pdf" for one in FILES)),
        ("page en PPTX", 1.0, tuple(f"/fr/{one}.pptx" for one in FILES)),
    ):
        seconds = []
        many = options.size(max(options.runs, len(addresses)), 1)
        for address in (addresses * options.runs)[:many]:
            with serving.dashboard(root, workers=1) as (port, _):
                seconds += _seconds(port, [address])
        yield _line(f"{name}, médiane de {len(seconds)}", asked, statistics.median(seconds))
        yield Line("  la plus lente", "", f"{max(seconds):.3f} s")


def _warm(root: Path, options: Options) -> Iterator[Line]:
    ledger = open_ledger(Project(root))
    communes = [row["commune"] for row in ledger.records("communes")]
    communes = communes[: options.size(len(communes), 2)]
    days = ledger.days_known()[-options.size(5, 1) :]
    ledger.connection.close()
    with serving.dashboard(root, workers=1) as (port, process):
        begun = serving.memory(process)
        found = _seconds(port, (f"/fr/commune/{one}" for one in communes))
        late = sorted(found)[int(0.95 * len(found))]
        yield _line(f"pages de {len(communes)} communes, 95e centile", 0.15, late)
        others = [code for code in LANGUAGES if code != "fr"]
        _seconds(port, (f"/{code}/commune/{one}" for code in others for one in communes))
        once = serving.memory(process)
        yield _memory(f"mémoire, {len(communes)} communes en quatre langues", once, begun)
        asked = f"known_at={days[0].isoformat()}"
        _seconds(port, (f"/{c}/commune/{one}?{asked}" for c in LANGUAGES for one in communes))
        yield _memory("  et d’un autre jour", serving.memory(process), once)
        taken = {
            table: statistics.median(
                _seconds(port, (f"/fr/table?{table}&known_at={day.isoformat()}" for day in days))
            )
            for table in TABLES[: options.size(len(TABLES), 2)]
        }
        yield _line("tableau composé, médiane", 0.3, statistics.median(taken.values()))
        slowest = max(taken, key=lambda table: taken[table])
        yield Line("  le plus lent", "", f"{taken[slowest]:.3f} s ({slowest})")


def _seconds(port: int, addresses: Iterable[str]) -> list[float]:
    """The seconds of each answer, on one connection. Raises `OSError` for one that is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    connection.connect()
    taken = []
    for address in addresses:
        start = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - start)
        if answer.status != http.client.OK:
            raise OSError(f"{answer.status}: {address}")
    connection.close()
    return taken


def _line(name: str, asked: float, found: float) -> Line:
    return Line(name, f"≤ {asked:g} s", f"{found:.3f} s", found <= asked)


def _memory(name: str, now: float, before: float) -> Line:
    return Line(name, "≤ 350 Mo", f"{now:.0f} Mo ({now - before:+.0f})", now <= 350)
