"""Stores that are published while readers ask: what they are given is of one store, and says of which."""

import http.client
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.serving import free_port
from dashboards.inner import CALLBACK
from dashboards.server.guards import STORE_HEADER
from ennum_stats.project import Project
from ennum_stats.store.publish import current_store, rollback
from tests.conftest import RawCopy
from tests.faults.commands import GRACE_S, command, slowness
from tests.faults.ground import Ground, ground
from tests.faults.outcome import DONE, Case, Outcome, Verdict
from tests.faults.scenarios import SCENARIOS

WEIGHT = 1
_STORES = 5
_READERS = 4
_LEAST_REQUESTS = 120
_DAY = "?known_at=2020-01-31"
_CHANGED = ("observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value")
_FIRST = 504
"""The winners of the sixth call in the first of the stores, one more in each of the others."""
_NAMES = re.compile(r'data-store="(\w+)"')
_STARTS = 900


@dataclass
class _Read:
    """What readers were given while a case ran."""

    requests: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


class _Site:
    """A server of two processes over a project whose stores differ in one number."""

    def __init__(self, made: Ground, opened: ExitStack, stores: int) -> None:
        copy = opened.enter_context(made.copied(Path("project"), SCENARIOS[0]))
        self.project = Project(copy.root)
        raw = RawCopy(self.project)
        self.numbers: dict[str, int] = {}
        for number in range(_FIRST, _FIRST + stores):
            raw.cell(*_CHANGED, str(number))
            ended = command(["build", "--root", str(copy.root)], copy.folder)
            assert ended.code == 0, ended.said
            self.numbers[current_store(self.project).content_hash] = number
        self.port = free_port()
        code = "from ennum_stats.cli import main; main()"
        served = [sys.executable, "-c", code, "dashboard", "--root", str(copy.root), "--workers", "2"]
        self.process = subprocess.Popen([*served, "--port", str(self.port)], stderr=subprocess.DEVNULL)
        opened.callback(self.process.wait)
        opened.callback(self.process.terminate)
        for _ in range(_STARTS):
            with suppress(OSError):
                self.asked("GET", "/health")
                return
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def asked(self, method: str, path: str, body: bytes = b"") -> tuple[int, str, str]:
        """Ask once; status, store and text of the answer."""
        client = http.client.HTTPConnection("localhost", self.port, timeout=2 * GRACE_S * slowness())
        try:
            client.request(method, path, body or None, {"Content-Type": "application/json"})
            answer = client.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return answer.status, answer.headers.get(STORE_HEADER, ""), text
        finally:
            client.close()


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made, ExitStack() as opened:
        sites: list[_Site] = []
        stores = min(_STORES, n + 1)

        def tried(which: int, languages: list[str]) -> Outcome:
            if not sites:
                sites.append(_Site(made, opened, stores))
            return _tried(sites[0], which, languages)

        which = stores - 1  # the one built last is in force
        for _ in range(n):
            which = rng.choice([one for one in range(stores) if one != which])
            languages = rng.choices(("fr", "de", "nl", "en"), k=_READERS)
            yield Case(f"store {which}, readers of {languages}", lambda w=which, k=languages: tried(w, k))


def _tried(site: _Site, which: int, languages: list[str]) -> Outcome:
    """Publish one of the stores while readers ask, until all are shown it, and a while longer."""
    published = [*site.numbers][which]
    read, ends, lock = _Read(), threading.Event(), threading.Lock()
    readers = [
        threading.Thread(target=_reader, args=(site, language, read, ends, lock)) for language in languages
    ]
    for one in readers:
        one.start()
    time.sleep(0.2)
    rollback(site.project, published)
    begin = time.monotonic()
    is_shown = False
    limit = GRACE_S * slowness()
    while time.monotonic() - begin < 4 * limit and not (is_shown and read.requests >= _LEAST_REQUESTS):
        is_shown = all(json.loads(site.asked("GET", "/health")[2])["store"] == published for _ in range(6))
        time.sleep(0.05)
    ends.set()
    for one in readers:
        one.join()
    if site.process.poll() is not None:
        return Outcome(Verdict.LOST, "the server ended")
    if read.wrong:
        return Outcome(Verdict.INCONSISTENT, f"{len(read.wrong)} of {read.requests}\n{read.wrong[0]}")
    if not is_shown or read.slowest > max(limit, GRACE_S * slowness()):
        return Outcome(Verdict.HANG, f"shown: {is_shown}; the slowest answer: {read.slowest:.1f} s")
    return DONE


def _reader(site: _Site, language: str, read: _Read, ends: threading.Event, lock: threading.Lock) -> None:
    """Ask for page, program's answer, file and callbacks in turn, and look whether each fits its store."""
    page = f"/{language}/winners"
    asked = (
        ("GET", f"{page}{_DAY}", b"", r">{}</"),
        ("GET", f"/api/figures/en2019_projects{_DAY}", b"", r'"value": {},'),
        ("GET", f"/{language}/figure/en2019_projects.csv{_DAY}", b"", r";{};"),
        ("POST", CALLBACK, _evidence(f"/{language}/figure/en2019_projects{_DAY}"), r"\b{}\b"),
        ("GET", f"/{language}/chart/winners_per_call.svg{_DAY}", b"", r">{}</text>"),
    )
    while not ends.is_set():
        for method, path, body, pattern in asked:
            begin = time.monotonic()
            try:
                status, store, text = site.asked(method, path, body)
            except OSError as error:
                status, store, text = 0, "", repr(error)
            seconds = time.monotonic() - begin
            number = site.numbers.get(store)
            shown = {one for one in site.numbers.values() if re.search(pattern.format(one), text)}
            named = {*_NAMES.findall(text)}
            is_right = status == 200 and shown == {number} and named <= {store}
            with lock:
                read.requests += 1
                read.slowest = max(read.slowest, seconds)
                if not is_right:
                    read.wrong.append(
                        f"{method} {path}: {status}, store of {number}, shows {shown}\n{text[:300]}"
                    )


def _evidence(address: str) -> bytes:
    """What is posted to have evidence shown beside a page."""
    place = {"id": "evidence-body", "property": "children"}
    return json.dumps({
        "output": "evidence-body.children", "outputs": place, "state": [],
        "inputs": [{"id": "evidence-address", "property": "data", "value": address}],
        "changedPropIds": ["evidence-address.data"],
    }).encode()  # fmt: skip
