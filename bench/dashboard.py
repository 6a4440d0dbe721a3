"""Measure the dashboard: first load, interaction, many clients at once, and new stores meanwhile."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
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

from bench import plain_dash
from bench.timing import ROOT, Measure, Options

CLIENTS = 50
REQUESTS = 10_000
ADDRESSES = 50_000
QUESTIONS = 200
STORES = 20
WORKERS = 2
HEAVIEST = "/fr/documents?start=2020-01-31"
_TOUR = ("", "budgets", "winners", "coverage", "connectivity", "people", "documents", "method")
_OBSERVE = """(() => {
  const seen = { largest: 0, blocking: 0, shift: 0, dash: 0, charts: 0 };
  window.seen = seen;
  const watch = (type, add) => new PerformanceObserver((list) => list.getEntries().forEach(add))
    .observe({ type, buffered: true });
  watch("largest-contentful-paint", (one) => { seen.largest = one.startTime; });
  watch("longtask", (one) => { seen.blocking += Math.max(0, one.duration - 50); });
  watch("layout-shift", (one) => { if (!one.hadRecentInput) seen.shift += one.value; });
  const look = () => {
    const root = document.documentElement;
    const isLive = root?.dataset.dash === "live" || document.querySelector("#plain");
    if (isLive) seen.dash ||= performance.now();
    if (isLive && document.querySelector(".stage .main-svg, .plain .main-svg"))
      seen.charts ||= performance.now();
    requestAnimationFrame(look);
  };
  look();
})()"""
_SEEN = """() => {
  const files = performance.getEntriesByType("resource");
  const page = performance.getEntriesByType("navigation")[0];
  const size = (chosen) => chosen.reduce((sum, one) => sum + one.transferSize, page.transferSize) / 1000;
  const isCore = (one) => one.name.includes("/core.");
  const isChart = (one) => one.name.includes("/charts.") || one.name.includes("_dash-update");
  return { ...window.seen, requests: files.length + 1, whole: size(files),
    live: size(files.filter((one) => !isChart(one))),
    first: size(files.filter((one) => !isChart(one) && !isCore(one))) };
}"""
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
        yield from _first_load(port, root)
        yield from _warm_pages(port)
        yield from _interaction(port)
        asyncio.run(_load(port, 1_000, _pages()))
        yield from _rates(f"{CLIENTS} clients, pages", port, _pages(), 3_000)
        asyncio.run(_load(port, 2_000, _questions()))
        yield from _rates("  questions à Dash", port, _questions(), 1_500)
        before = _memory(process.pid)
        asyncio.run(_load(port, ADDRESSES, _distinct()))
        after = _memory(process.pid)
        text = f"{after:.0f} Mo ({after - before:+.0f})"
        yield f"mémoire après {ADDRESSES} adresses", "≤ 350 Mo", text, after <= 350
        errors, builds = asyncio.run(_while_publishing(port, root))
        text = f"{errors} erreurs, {builds} bases"
        yield f"{REQUESTS} requêtes, {STORES} bases", "0 erreur", text, not errors
        last = _memory(process.pid)
        yield "  mémoire ensuite", "≤ 350 Mo", f"{last:.0f} Mo", last <= 350


def _rates(
    name: str, port: int, asked: Iterator[bytes], least: int
) -> Iterator[tuple[str, str, str, bool]]:
    seconds, times, errors = asyncio.run(_load(port, REQUESTS, asked))
    rate, late = REQUESTS / seconds, times[int(0.95 * len(times))] * 1e3
    yield name, f"≥ {least}/s", f"{rate:.0f}/s, {errors} erreurs", rate >= least and not errors
    yield "  95e centile", "≤ 50 ms", f"{late:.0f} ms", late <= 50


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


_ASKED = (
    ("plus grand élément", "largest", 250, "ms"), ("avant Dash", "first", 90, "ko"),
    ("avec Dash", "live", 260, "ko"), ("avec les graphiques vivants", "whole", 600, "ko"),
    ("requêtes", "requests", 12, ""), ("Dash vivant", "dash", 450, "ms"),
    ("premier graphique vivant", "charts", 900, "ms"), ("temps bloqué", "blocking", 200, "ms"),
    ("décalage de mise en page", "shift", 0.01, ""),
)  # fmt: skip


def _first_load(port: int, root: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Load the overview with nothing cached, in turn with the same charts in plain Dash; give medians."""
    ours, plain = [], []
    with _browser() as browser, plain_dash.serving(root) as other:
        for _ in range(5):
            ours.append(_seen(browser, f"http://127.0.0.1:{port}/fr/"))
            plain.append(_seen(browser, f"http://127.0.0.1:{other}/"))
    yield "premier affichage", "", "(Dash ordinaire)", True
    for name, key, asked, unit in _ASKED:
        found, beside = (statistics.median(one[key] for one in seen) for seen in (ours, plain))
        digits = 3 if asked < 1 else 0
        text = f"{found:.{digits}f} {unit} ({beside:.{digits}f})"
        yield f"  {name}", f"≤ {asked} {unit}", text, found <= asked


def _seen(browser: Any, address: str) -> dict[str, float]:
    """Measure the first seconds of a page in a browser with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(_OBSERVE)
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(4_000)
    found: dict[str, float] = page.evaluate(_SEEN)
    context.close()
    return {
        name: value or (0.0 if name in ("blocking", "shift") else 1e6)
        for name, value in found.items()
    }


def _warm_pages(port: int) -> Iterator[tuple[str, str, str, bool]]:
    """Load every page with its files cached by the browser; give the largest paint of the slowest."""
    found: dict[str, float] = {}
    with _browser() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(_OBSERVE)
        page = context.new_page()
        for name in ("", *_TOUR):
            page.goto(f"http://127.0.0.1:{port}/fr/{name}")
            page.wait_for_timeout(1_500)
            found[name or "vue d’ensemble"] = page.evaluate("window.seen.largest")
    slowest = max(found, key=lambda name: found[name])
    text = f"{found[slowest]:.0f} ms ({slowest})"
    yield "autres pages, la plus lente", "≤ 150 ms", text, found[slowest] <= 150


def _interaction(port: int) -> Iterator[tuple[str, str, str, bool]]:
    """Measure evidence, tables and choices on every page: from the key press to the next paint."""
    delays: list[float] = []
    with _browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(5_000)
        for name in _TOUR:
            page.goto(f"http://127.0.0.1:{port}/fr/{name}")
            page.locator("html[data-dash=live]").wait_for()
            page.evaluate(_WATCH)
            for act in _acts(page):
                act()
                page.wait_for_timeout(150)
            delays += page.evaluate("window.delays")
    cuts = statistics.quantiles(delays, n=100) if len(delays) > 1 else [0.0] * 99
    for part, most in ((75, 100), (98, 200)):
        late = cuts[part - 1]
        text = f"{late:.0f} ms ({len(delays)})"
        yield f"interaction, {part}e centile", f"≤ {most} ms", text, late <= most


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


def _request(method: str, path: str, body: bytes = b"") -> bytes:
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\nConnection: close\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def _pages() -> Iterator[bytes]:
    return itertools.cycle([_request("GET", HEAVIEST)])


def _questions() -> Iterator[bytes]:
    """Yield callbacks: the evidence of so many views, one after the other."""
    names = ("total_investment", "en2019_projects", "en_budget_2012_2019", "cyberecole_budget")
    found = []
    for number in range(QUESTIONS):
        day = f"{2010 + number // 4 % 10}-{1 + number // 40:02}-28"
        address = f"/fr/figure/{names[number % 4]}?known_at={day}"
        given = {"id": "evidence-address", "property": "data", "value": address}
        body = {
            "output": "evidence-body.children",
            "outputs": {"id": "evidence-body", "property": "children"},
            "inputs": [given], "state": [], "changedPropIds": ["evidence-address.data"],
        }  # fmt: skip
        found.append(_request("POST", "/_dash-update-component", json.dumps(body).encode()))
    return itertools.cycle(found)


def _distinct() -> Iterator[bytes]:
    return (_request("GET", f"/fr/method?x={number}") for number in itertools.count())


async def _load(port: int, requests: int, asked: Iterator[bytes]) -> tuple[float, list[float], int]:
    """Send requests; return the seconds in all, those of each in order, and how many failed."""
    loop = asyncio.get_running_loop()
    left, times, errors = requests, list[float](), 0

    async def client() -> None:
        nonlocal left, errors
        while left > 0:
            left -= 1
            begin = time.perf_counter()
            errors += not await _asked(loop, port, next(asked))
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
        _, _, failed = await _load(port, 500, _pages())
        errors, asked = errors + failed, asked + 500
    await task
    return errors, done


def _memory(parent: int) -> float:
    """Return the memory of the largest worker, in MB."""
    shown = subprocess.run(
        ["ps", "-o", "rss=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return max((int(line) for line in shown.stdout.split()), default=0) / 1024
