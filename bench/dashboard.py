"""Measure the dashboard beside plain Dash, in one sitting.

Each table is printed once it is measured, because most of its numbers are no seconds.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import browser, clients, plain_dash, serving
from bench.timing import Line, Options, show
from ennum_stats.store.publish import POINTER

_LIVE_SECONDS = 3


def measures(options: Options) -> None:
    """Print every number of the dashboard itself."""
    root = serving.copied(options.scratch / "project")
    with serving.dashboard(root, workers=options.size(serving.WORKERS, 1)) as (port, process):
        address = f"http://127.0.0.1:{port}"
        with browser.opened() as opened:
            _first_load(opened, address, root, options)
            show("Pages, fichiers en cache", browser.warm_pages(opened, address, options))
            show("Décalage, processeur six fois plus lent", browser.shifts(opened, address, options))
            show("Chaque commande", browser.interaction(opened, address, options))
            show("Base publiée, page ouverte", _live(opened, address, root))
        if not options.is_tiny:  # `server` shows that they run
            _many_clients(port, process, root, options)


def server(options: Options) -> None:
    """Print what many clients meet, slow and rude ones among them; no browser is needed."""
    root = serving.copied(options.scratch / "server")
    with serving.dashboard(root, workers=options.size(serving.WORKERS, 1)) as (port, process):
        _many_clients(port, process, root, options)


def _many_clients(port: int, process: int, root: Path, options: Options) -> None:
    show("Lents et impolis, 2 processus", clients.crowds(port, options))
    show("50 clients, 2 processus", clients.rates(port, process, options))
    if shutil.which("nginx"):
        front = options.scratch / "nginx"
        front.mkdir(parents=True)
        changes = serving.WITHOUT_TLS | serving.WITHOUT_LIMITS
        with serving.proxied(front, [port], changes) as behind:
            show("50 clients, derrière nginx", clients.rates(behind, process, options))
    show("Adresses", clients.addresses(port, process, options))
    show("Bases publiées pendant les requêtes", clients.publications(port, root, options))
    show("Ensuite", clients.weight_afterwards(process))
    if shutil.which("nginx") and not options.is_tiny:
        show("Trois machines, une adresse", clients.machines(options.scratch / "machines", options))


def _first_load(opened: Any, address: str, root: Path, options: Options) -> None:
    """Print the first load beside the same page in plain Dash."""
    with plain_dash.serving(root) as plain:
        addresses = (f"{address}/fr/", f"http://127.0.0.1:{plain}/fr/")
        found = browser.first_load(opened, *addresses, options.runs)
        show("Vue d’ensemble, rien en cache", found, ("Dash ordinaire",))


def _live(opened: Any, address: str, root: Path) -> Iterator[Line]:
    """Publish a store with another number, and wait until an open page shows it."""
    page = opened.new_page()
    page.goto(f"{address}/fr/winners?known_at=2020-01-31")
    page.locator("html[data-dash=live]").wait_for()
    source = root / "data" / "raw" / "observations" / "press_kit_2020.csv"
    text = source.read_text("utf-8")
    source.write_text(text.replace(",503,", ",604,", 1), "utf-8")
    serving.ennum("build", root)
    page.get_by_text("604", exact=True).first.wait_for(timeout=20_000, state="attached")
    seconds = time.time() - (root / "data" / "processed" / POINTER).stat().st_mtime
    page.close()
    source.write_text(text, "utf-8")
    serving.ennum("build", root)  # what is measured next begins with what documents say
    yield Line("montrée", f"≤ {_LIVE_SECONDS} s", f"{seconds:.1f} s", is_reached=seconds <= _LIVE_SECONDS)
