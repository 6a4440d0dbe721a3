"""Measure pages in a browser: the first load with nothing cached, the other pages warm, every control."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.timing import Line, Options, rounded
from bench.tour import acts

PAGES = ("", "budgets", "winners", "coverage", "connectivity", "people", "documents", "method")
_SECONDS_TO_LIVE = 8
_TIMES_SLOWER, _MOST_SHIFT = 6, 0.01
_WINDOW = {"width": 1280, "height": 900}
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
  const isCore = (one) => /core\\./.test(one.name);
  const isChart = (one) => /charts\\.|plotly-basic|_dash-update/.test(one.name);
  return { ...window.seen, requests: files.length + 1, whole: size(files),
    live: size(files.filter((one) => !isChart(one))),
    first: size(files.filter((one) => !isChart(one) && !isCore(one))) };
}"""
_WATCH = """() => {
  window.delays = new Map();
  window.acts = [];
  const actAt = (time) => window.acts.findLast(([began]) => began <= time)?.[1];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.interactionId)
      if (one.duration > (window.delays.get(one.interactionId)?.[0] || 0))
        window.delays.set(one.interactionId, [one.duration, actAt(one.startTime)]);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}"""
_DELAYS = "() => [[...window.delays.values()], performance.interactionCount - window.counted]"
_FIRST_LOAD = (
    ("plus grand élément", "largest", 250, "ms"), ("avant Dash", "first", 90, "ko"),
    ("avec Dash", "live", 260, "ko"), ("avec tous les graphiques vivants", "whole", 600, "ko"),
    ("requêtes", "requests", 12, ""), ("Dash vivant", "dash", 450, "ms"),
    ("premier graphique vivant", "charts", 900, "ms"), ("temps bloqué", "blocking", 200, "ms"),
    ("décalage de mise en page", "shift", 0.01, ""),
)  # fmt: skip


@contextmanager
def opened() -> Iterator[Any]:
    """Open a browser until it is used no more."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("ENNUM_BROWSER") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


def first_load(browser: Any, address: str, plain: str, runs: int) -> Iterator[Line]:
    """Load the overview with nothing cached, ours and that of plain Dash in turn; give medians."""
    pairs = [(_seen(browser, address), _seen(browser, plain)) for _ in range(runs)]
    for name, key, asked, unit in _FIRST_LOAD:
        ours, others = (statistics.median(seen[key] for seen in loads) for loads in zip(*pairs, strict=True))
        yield Line(f"  {name}", f"≤ {asked} {unit}", f"{rounded(ours, asked)} {unit}", ours <= asked,
                   (rounded(others, asked),))  # fmt: skip


def _seen(browser: Any, address: str) -> dict[str, float]:
    """Measure the first seconds of a page in a browser with an empty cache."""
    context = browser.new_context(viewport=_WINDOW)
    context.add_init_script(_OBSERVE)
    page = context.new_page()
    page.goto(address)
    end = time.monotonic() + _SECONDS_TO_LIVE
    while time.monotonic() < end and not page.evaluate("window.seen.charts"):
        page.wait_for_timeout(100)
    page.wait_for_timeout(1_200)
    found: dict[str, float] = page.evaluate(_SEEN)
    context.close()
    return found


def warm_pages(browser: Any, address: str, options: Options) -> Iterator[Line]:
    """Load every page with its files cached by the browser; give the largest paint of the slowest."""
    found: dict[str, list[float]] = {name: [] for name in PAGES[: options.size(len(PAGES), 1)]}
    context = browser.new_context(viewport=_WINDOW)
    context.add_init_script(_OBSERVE)
    page = context.new_page()
    page.goto(f"{address}/fr/")
    page.locator("html[data-dash=live]").wait_for()
    for _ in range(options.runs):
        for name, paints in found.items():
            page.goto(f"{address}/fr/{name}")
            page.locator("html[data-dash=live]").wait_for()
            page.wait_for_timeout(400)
            paints.append(page.evaluate("window.seen.largest"))
    context.close()
    medians = {name or "vue d’ensemble": statistics.median(all_) for name, all_ in found.items()}
    slowest = max(medians, key=lambda name: medians[name])
    told = ", ".join(f"{value:.0f}" for value in medians.values())
    text = f"{medians[slowest]:.0f} ms ({slowest})"
    yield Line("pages, fichiers en cache : la plus lente", "≤ 150 ms", text, medians[slowest] <= 150)
    yield Line(f"  {told}", "", "")


def shifts(browser: Any, address: str, options: Options) -> Iterator[Line]:
    """Load every page on a CPU six times slower; give what moves after its first paint."""
    from dashboards.registry import all_pages

    paths = [page.path for page in all_pages().values() if page.is_listed]
    for path in paths[: options.size(len(paths), 1)]:
        shift = throttled_shift(browser, f"{address}/fr/{path}")
        name = f"  {path or 'vue d’ensemble'}"
        yield Line(name, f"≤ {_MOST_SHIFT}", f"{shift:.4f}", shift <= _MOST_SHIFT)


def throttled_shift(browser: Any, address: str) -> float:
    """What moves on a page until it has been live for a second, with nothing cached, on a slow CPU."""
    context = browser.new_context(viewport=_WINDOW)
    context.add_init_script(_OBSERVE)
    page = context.new_page()
    slow = context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": _TIMES_SLOWER})
    page.goto(address)
    page.locator("html[data-dash=live]").wait_for(timeout=60_000)
    page.wait_for_timeout(1_000)
    found: float = page.evaluate("window.seen.shift")
    context.close()
    return found


def interaction(browser: Any, address: str, options: Options) -> Iterator[Line]:
    """Use every control of every page once: from the key press to the next paint."""
    delays: list[float] = []
    slow: list[tuple[float, str]] = []
    failed: list[str] = []
    page = browser.new_page(viewport=_WINDOW)
    page.set_default_timeout(5_000)
    for name in PAGES[: options.size(len(PAGES), 1)]:
        page.goto(f"{address}/fr/{name}")
        page.locator("html[data-dash=live]").wait_for()
        page.wait_for_timeout(1_500)
        page.evaluate(f"() => {{ ({_WATCH})(); window.counted = performance.interactionCount; }}")
        failed += [f"{name}: {one}" for one in acts(page, options.size(2, 1))]
        page.wait_for_timeout(300)
        late, count = page.evaluate(_DELAYS)
        delays += [*(one for one, _ in late), *[16.0] * max(0, count - len(late))]  # a frame or less
        slow += [(one, f"{act} ({name or 'vue d’ensemble'}) {one:.0f}") for one, act in late]
    page.close()
    cuts = statistics.quantiles(delays, n=100) if len(delays) > 1 else [0.0] * 99
    for part, most in ((75, 100), (98, 200)):
        late = cuts[part - 1]
        text = f"{late:.0f} ms ({len(delays)})"
        yield Line(f"interaction, {part}e centile", f"≤ {most} ms", text, late <= most)
    slowest = ", ".join(text for _, text in sorted(slow, reverse=True)[:5])
    yield Line("  les plus lentes, en ms", "", slowest)
    yield Line("  commandes qui n’ont pas répondu", "0", "; ".join(failed) or "0", not failed)
