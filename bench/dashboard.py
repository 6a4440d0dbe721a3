"""Measure the dashboard: first load, interaction, many clients at once, and new stores meanwhile."""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.timing import ROOT, Measure, Options

CLIENTS = 50
REQUESTS = 10_000
STORES = 20
WORKERS = 2
HEAVIEST = "/fr/documents?start=2020-01-31"
_TOUR = ("", "budgets", "winners", "coverage", "connectivity", "people", "documents", "method")
_PAINTS = """() => new Promise((resolve) => {
  let largest = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) largest = one.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => {
    const first = performance.getEntriesByName("first-contentful-paint")[0];
    const files = performance.getEntriesByType("resource");
    const page = performance.getEntriesByType("navigation")[0];
    resolve({
      largest: largest || 1e6,
      chart: first && document.querySelector(".drawing svg") ? first.startTime : 1e6,
      requests: files.length + 1,
      bytes: files.reduce((sum, one) => sum + one.transferSize, page.transferSize),
    });
  }, 700);
})"""
_WATCH = """() => { window.delays = [];
  new PerformanceObserver((list) => { for (const one of list.getEntries())
    if (one.interactionId) window.delays.push(one.duration); })
    .observe({ type: "event", durationThreshold: 16, buffered: true }); }"""


def measures(options: Options) -> list[Measure]:
    """Print every number of the dashboard itself, because most of them are not seconds."""
    table = Table("Tableau de bord", "Demandé", "Mesuré", "")
    for name, asked, found, is_reached in _numbers(options.scratch):
        table.add_row(name, asked, found, "✓" if is_reached else "✗")
    Console(highlight=False, width=110).print(table)
    return []


def _numbers(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    root = _copied(scratch / "project")
    with _server(root) as (port, process):
        yield from _first_load(port)
        yield from _interaction(port)
        asyncio.run(_load(port, 1_000))
        before = _memory(process.pid)
        seconds, times, errors = asyncio.run(_load(port, REQUESTS))
        rate, late = REQUESTS / seconds, times[int(0.95 * len(times))] * 1e3
        yield f"{CLIENTS} clients", "≥ 1500/s", f"{rate:.0f}/s", rate >= 1_500
        yield "  95e centile", "≤ 50 ms", f"{late:.0f} ms", late <= 50
        yield "  erreurs", "0", str(errors), errors == 0
        after = _memory(process.pid)
        yield "mémoire d’un processus", "≤ 350 Mo", f"{after:.0f} Mo", after <= 350
        grown = after - before
        yield f"  croissance en {REQUESTS} requêtes", "aucune", f"{grown:+.0f} Mo", grown < 10
        errors, builds = asyncio.run(_while_publishing(port, root))
        text = f"{errors} erreurs, {builds} bases"
        yield f"{REQUESTS} requêtes, {STORES} bases", "0 erreur", text, not errors
        last = _memory(process.pid)
        yield "  mémoire ensuite", "≤ 350 Mo", f"{last:.0f} Mo", last <= 350


def _copied(root: Path) -> Path:
    """Make a project of its own with the public raw tables."""
    private = shutil.ignore_patterns("contacts.csv", "embargoed", "rows")
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw", ignore=private)
    _ennum("build", root)
    return root


def _ennum(command: str, root: Path, *options: str) -> None:
    subprocess.run(_line(command, root, *options), check=True, capture_output=True, cwd=ROOT)


def _line(command: str, root: Path, *options: str) -> list[str]:
    code = "from ennum_stats.cli import main; main()"
    return [sys.executable, "-c", code, command, "--root", str(root), *options]


@contextmanager
def _server(root: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ("--port", str(port), "--workers", str(WORKERS))
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        _line("dashboard", root, *options), cwd=ROOT, stdout=quiet, stderr=quiet
    )
    try:
        _wait(port)
        yield port, process
    finally:
        process.terminate()
        process.wait(15)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(2)  # until both workers have opened the store
            return
    raise TimeoutError(port)


# --- in the browser -------------------------------------------------------------------------------


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("ENNUM_BROWSER") or shutil.which("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


def _first_load(port: int) -> Iterator[tuple[str, str, str, bool]]:
    """Load the overview with nothing cached, five times; return the median."""
    found = []
    with _browser() as browser:
        for _ in range(5):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}/fr/")
            found.append(page.evaluate(_PAINTS))
            context.close()
    middle = {name: statistics.median(one[name] for one in found) for name in found[0]}
    kilobytes, requests = middle["bytes"] / 1e3, middle["requests"]
    yield "premier chargement", "≤ 650 ko", f"{kilobytes:.0f} ko", kilobytes <= 650
    yield "  requêtes", "≤ 15", f"{requests:.0f}", requests <= 15
    for name, key, asked in (("plus grand élément", "largest", 500), ("graphique", "chart", 600)):
        yield f"  {name}", f"≤ {asked} ms", f"{middle[key]:.0f} ms", middle[key] <= asked


def _interaction(port: int) -> Iterator[tuple[str, str, str, bool]]:
    """Measure evidence, tables and choices on every page: from the key press to the next paint."""
    delays: list[float] = []
    with _browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(5_000)
        for name in _TOUR:
            page.goto(f"http://127.0.0.1:{port}/fr/{name}")
            page.evaluate(_WATCH)
            for act in _acts(page):
                act()
                page.wait_for_timeout(150)
            delays += page.evaluate("window.delays")
    late = statistics.quantiles(delays, n=4)[2] if len(delays) > 1 else 0.0
    yield "interaction, 75e centile", "≤ 100 ms", f"{late:.0f} ms ({len(delays)})", late <= 100


def _acts(page: Any) -> Iterator[Callable[[], object]]:
    """List what a reader does on a page."""
    for selector, key in (("summary", "Enter"), ("a[data-evidence-link]", "Enter")):
        for one in page.locator(selector).all()[:2]:
            yield lambda one=one, key=key: one.press(key)  # type: ignore[misc]
            if selector.startswith("a"):
                yield lambda: page.keyboard.press("Escape")
    for one in page.locator("form.choices select").all():
        yield lambda one=one: one.press("ArrowDown")  # type: ignore[misc]
    yield lambda: page.locator("input.slider").press("ArrowLeft")


# --- many clients ---------------------------------------------------------------------------------


async def _load(port: int, requests: int) -> tuple[float, list[float], int]:
    """Send requests; return the seconds in all, those of each request in order, and how many failed."""
    loop = asyncio.get_running_loop()
    asked = f"GET {HEAVIEST} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\n\r\n".encode()
    left, times, errors = requests, list[float](), 0

    async def client() -> None:
        nonlocal left, errors
        while left > 0:
            left -= 1
            begin = time.perf_counter()
            errors += not await _asked(loop, port, asked)
            times.append(time.perf_counter() - begin)

    begin = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return time.perf_counter() - begin, sorted(times), errors


async def _asked(loop: asyncio.AbstractEventLoop, port: int, asked: bytes) -> bool:
    """Tell whether a request was answered completely and without an error."""
    with socket.socket() as connection:
        connection.setblocking(False)
        try:
            await loop.sock_connect(connection, ("127.0.0.1", port))
            await loop.sock_sendall(connection, asked)
            answer = b""
            while part := await loop.sock_recv(connection, 65_536):
                answer += part
        except OSError:
            return False
    head, _, body = answer.partition(b"\r\n\r\n")
    length = f"Content-Length: {len(body)}\r".encode()
    return head.startswith(b"HTTP/1.1 200") and length in head + b"\r"


async def _while_publishing(port: int, root: Path) -> tuple[int, int]:
    """Send requests without pause until 20 other stores are published; return how many failed."""
    done = 0

    async def publish() -> None:
        nonlocal done
        source = root / "data" / "raw" / "observations" / "press_kit_2020.csv"
        text = source.read_text("utf-8")
        for number in range(1, STORES + 1):
            source.write_text(text.replace(",503,", f",{503 + number},", 1), "utf-8")
            await asyncio.to_thread(_ennum, "build", root)
            done += 1

    task = asyncio.create_task(publish())
    errors = asked = 0
    while not task.done() or asked < REQUESTS:
        _, _, failed = await _load(port, 500)
        errors, asked = errors + failed, asked + 500
    await task
    return errors, done


def _memory(parent: int) -> float:
    """Return the memory of the largest worker, in MB."""
    shown = subprocess.run(
        ["ps", "-o", "rss=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return max((int(line) for line in shown.stdout.split()), default=0) / 1024
