"""Measure many clients at once: pages, questions to Dash, new stores meanwhile, and memory.

A client keeps its connection, as a browser does.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import brotli

from bench import serving
from bench.serving import children, memory, processor, whole_memory
from bench.timing import Line, Options
from dashboards import inner
from dashboards.registry import all_pages
from ennum_stats.charts import CHARTS
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Project
from ennum_stats.store.publish import current_store

CLIENTS = 50
REQUESTS = 10_000
ADDRESSES = CLIENTS * 24 * 60
_MOST_MEGABYTES = 600
QUESTIONS = 200
STORES = 20
MACHINES, _AWAY_S = 3, 15
IDLE = 2_300
RUDE = 8
READERS = 4
FEW = 20
"""Requests that only show that all runs."""
HEAVIEST = "/fr/documents?start=2020-01-31"
_DAYS = ("", "2020-01-31", "2016-06-30")
_FIRST_DAY, _DAYS_ASKED = date(2013, 1, 1), 2_500
_VIEW_OF_ITS_OWN = 6
"""One in so many addresses is a view that must be made; the others are known under another address."""
_FIGURE = "/api/figures/en2019_projects?known_at=2020-01-31"
_PRINTED = 503
"""What the press kit prints for that figure; each store that is published has one more."""
_STORE, _VALUE = (
    re.compile(rb"ennum-store: (\w+)"),
    re.compile(rb'"name": "en2019_projects".*?"value": (\d+)', re.DOTALL),
)
_HEAD = "Host: localhost\r\nAccept-Encoding: br\r\n"


@dataclass
class Load:
    """What many clients met: the seconds in all, those of each request, and how many failed."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    errors: int = 0
    mixed: list[str] = field(default_factory=list)
    """Each answer that is said to be of one store and shows another: what was said, and what was shown."""
    values: set[tuple[str, int]] = field(default_factory=set)
    """What programs were told of one figure, each with the store that it was told to be of."""
    is_read: bool = False

    def late(self, part: float) -> float:
        """The time within which this part of the requests was answered, in ms."""
        return sorted(self.times)[int(part * len(self.times))] * 1e3


def rates(port: int, process: int, options: Options) -> Iterator[Line]:
    """Ask for pages, then for answers to callbacks, each once before so that all are made."""
    for name, asked, least in (
        ("pages", pages(), 1_500),
        ("réponses à Dash (200 questions)", itertools.cycle(questions()), 800),
    ):
        requests = options.size(REQUESTS, FEW)
        asyncio.run(load(port, options.size(20 * QUESTIONS, FEW), asked))
        before = processor(process)
        found = asyncio.run(load(port, requests, asked))
        used = (processor(process) - before) / requests * 1e3
        rate, late = requests / found.seconds, found.late(0.95)
        text = f"{rate:.0f}/s, {found.errors} erreurs"
        reached = rate >= least and not found.errors
        yield Line(f"{CLIENTS} clients, {name}", f"≥ {least}/s", text, reached)
        yield Line("  95e centile", "≤ 80 ms", f"{late:.0f} ms", late <= 80)
        yield Line("  processeur du serveur pour une réponse", "", f"{used:.2f} ms")


def addresses(port: int, process: int, options: Options) -> Iterator[Line]:
    """Ask for views that nobody asked for, on many days; then for as many addresses that differ as 50 readers open in
    24 hours, one a minute, without pause."""
    many, before = options.size(QUESTIONS, FEW), processor(process)
    found = asyncio.run(load(port, many, _views(), READERS))
    rate, used = many / found.seconds, (processor(process) - before) / many * 1e3
    text = f"{rate:.0f}/s, {found.errors} erreurs"
    yield Line("premières demandes de vues de jours divers", "≥ 10/s", text, rate >= 10 and not found.errors)
    yield Line("  processeur du serveur pour une vue", "", f"{used:.0f} ms")
    many = options.size(ADDRESSES, FEW)
    found, most, workers = asyncio.run(_weighed(port, process, many))
    text = f"{most:.0f} Mo, {workers} processus, {found.errors} erreurs"
    is_reached = most <= _MOST_MEGABYTES and not found.errors
    yield Line(f"service entier, {many} adresses", f"≤ {_MOST_MEGABYTES} Mo", text, is_reached)


async def _weighed(port: int, process: int, many: int) -> tuple[Load, float, int]:
    """Give what clients met, the largest memory of the service meanwhile, and how many workers it had."""
    asking, most = asyncio.create_task(load(port, many, _distinct())), 0.0
    workers: set[str] = set()
    while not asking.done():
        await asyncio.wait((asking,), timeout=1)
        most, workers = max(most, whole_memory(process)), workers.union(children(process))
    return asking.result(), most, len(workers)


def publications(
    port: int, root: Path, options: Options, after: Callable[[int], None] = lambda _: None
) -> Iterator[Line]:
    """Publish stores one after the other while clients ask; `after` each, its number is told."""
    found, builds = asyncio.run(_while_publishing(port, root, options, after))
    text = f"{found.errors} erreurs, {len(found.mixed)} incohérentes"
    is_reached = not found.errors and not found.mixed
    yield Line(f"{len(found.times)} requêtes, {builds} bases", "0, 0", text, is_reached)
    for answer in found.mixed:
        yield Line("  incohérente", "", answer)
    late = found.late(0.95)
    yield Line("  95e centile", "≤ 200 ms", f"{late:.0f} ms", late <= 200)


def weight_afterwards(process: int) -> Iterator[Line]:
    """Say how large the largest worker is after all that."""
    last = memory(process)
    yield Line("  mémoire ensuite", "≤ 350 Mo", f"{last:.0f} Mo", last <= 350)


def machines(scratch: Path, options: Options) -> Iterator[Line]:
    """Publish stores to an address that three machines behind nginx follow, while clients ask; halfway the storage is
    gone for some seconds."""
    root, storage, front = serving.copied(scratch / "project"), scratch / "storage", scratch / "nginx"
    serving.ennum("publish", root, "--to", str(storage))
    front.mkdir()
    port, told = serving.free_port(), list[Any]()
    served = [
        sys.executable,
        "-m",
        "http.server",
        str(port),
        "--bind",
        "127.0.0.1",
        "--directory",
        str(storage),
    ]

    def health(follower: int) -> dict[str, Any]:
        with urlopen(f"http://127.0.0.1:{follower}/health", timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def after(number: int) -> None:
        if number == options.size(STORES, 1) // 2:
            away.close()
            time.sleep(_AWAY_S)
            told.extend(health(each)["problem"] for each in followers)
            away.enter_context(serving.running(served, port))
        serving.ennum("publish", root, "--to", str(storage))

    with ExitStack() as opened, ExitStack() as away:
        away.enter_context(serving.running(served, port))
        address = f"http://127.0.0.1:{port}"
        followers = [
            opened.enter_context(serving.follower(scratch / str(n), address)) for n in range(MACHINES)
        ]
        changes = serving.WITHOUT_TLS | serving.WITHOUT_LIMITS
        behind = opened.enter_context(serving.proxied(front, followers, changes))
        yield from publications(behind, root, options, after)
        begin, last = time.monotonic(), current_store(Project(root)).content_hash
        while {health(each)["store"] for each in followers} != {last} and time.monotonic() - begin < _AWAY_S:
            time.sleep(0.2)
        late, missed = time.monotonic() - begin, sum(map(bool, told))
    yield Line(f"  stockage absent {_AWAY_S} s, dit par", f"{MACHINES}", str(missed), missed == MACHINES)
    yield Line("  la dernière base partout après", "≤ 5 s", f"{late:.1f} s", late <= 5)


def crowds(port: int, options: Options) -> Iterator[Line]:
    """Ask beside connections that say nothing, and beside clients that ask for what there is not."""
    asyncio.run(load(port, options.size(QUESTIONS, FEW), pages(), READERS))
    idle = options.size(IDLE, FEW)
    with ExitStack() as opened:
        for _ in range(idle):
            opened.enter_context(socket.create_connection(("127.0.0.1", port)))
        late = asyncio.run(load(port, options.size(10 * QUESTIONS, FEW), pages(), READERS)).late(0.95)
    yield Line(f"{idle} connexions muettes, 95e centile", "≤ 50 ms", f"{late:.1f} ms", late <= 50)
    requests = options.size(5 * QUESTIONS, FEW)
    rude = options.size(RUDE, 1)
    usual = asyncio.run(_beside(port, pages(), requests, rude))
    for name, asked in (
        ("paramètres inconnus", _nonsense("x")),
        ("valeurs inconnues", _nonsense("prices")),
        ("questions à Dash avec ce qu’il ne lit pas", _padded()),
        ("un autre jour chaque fois", _other_days()),
    ):
        found = asyncio.run(_beside(port, asked, requests, rude))
        text = f"{found:.1f} ms ({usual:.1f} avec {rude} lecteurs de plus)"
        yield Line(f"{rude} clients, {name}, médiane des autres", "< +50 %", text, found < 1.5 * usual)


async def _beside(port: int, asked: Iterator[bytes], requests: int, rude: int) -> float:
    """The median of readers while others ask something else without pause, in ms."""
    others = asyncio.create_task(load(port, ADDRESSES, asked, rude))
    found = await load(port, requests, pages(), READERS)
    others.cancel()
    with suppress(asyncio.CancelledError):
        await others
    return found.late(0.5)


def _nonsense(name: str) -> Iterator[bytes]:
    """Yield addresses that all differ and all mean the same page."""
    return (_request("GET", f"/fr/budgets?{name}=z{number}") for number in itertools.count())


def _padded() -> Iterator[bytes]:
    """Yield posted bodies that all differ and all ask for the same."""
    address = "/fr/figure/total_investment"
    return (_evidence(address, "", more=number) for number in itertools.count())


def _other_days() -> Iterator[bytes]:
    """Yield views that must all be made: what a client can ask for that costs most."""
    days = (_FIRST_DAY + timedelta(number % 2_500) for number in itertools.count())
    return (_request("GET", f"/fr/coverage?known_at={day.isoformat()}") for day in days)


def pages() -> Iterator[bytes]:
    """Yield the page that is largest, again and again."""
    return itertools.cycle([_request("GET", HEAVIEST)])


def questions() -> list[bytes]:
    """List what readers of live pages ask: another page, a chart, evidence; each on some days."""
    listed = [page.path for page in all_pages().values() if page.is_listed]
    figures = ("total_investment", "en2019_projects", "en_budget_2012_2019", "cyberecole_budget")
    found = [
        asked
        for day in _DAYS
        for code in LANGUAGES
        for asked in (
            *(_page(f"/{code}/{path}", day) for path in listed),
            *(_evidence(f"/{code}/figure/{name}", day) for name in figures),
            *(_chart(name, f"/{code}/", day) for name in sorted(CHARTS)[:6]),
        )
    ]
    return found[:QUESTIONS]


def _page(path: str, day: str) -> bytes:
    where = _location(path, day)
    store = {"id": "store", "property": "data", "value": "x"}
    places = [{"id": inner.CONTENT, "property": "children"}, {"id": inner.TITLE, "property": "data"}]
    return _posted(inner.ROUTER, places, [*where, store], where, f"{inner.LOCATION}.pathname")


def _chart(name: str, path: str, day: str, px: int = 848) -> bytes:
    place = {"chart": name, "part": "live", "place": ""}
    asked = {**place, "part": "ask"}
    data = {"chart": name, "width": "wide", "room": [px, 400], "dark": False}
    given = [{"id": asked, "property": "data", "value": data}]
    changed = json.dumps(asked, separators=(",", ":"), sort_keys=True) + ".data"
    output = '{"chart":["MATCH"],"part":"live","place":["MATCH"]}.children'
    return _posted(output, {"id": place, "property": "children"}, given, _location(path, day), changed)


def _evidence(path: str, day: str, **more: Any) -> bytes:
    address = f"{path}?known_at={day}" if day else path
    given = [{"id": "evidence-address", "property": "data", "value": address}]
    place = {"id": "evidence-body", "property": "children"}
    return _posted("evidence-body.children", place, given, [], "evidence-address.data", **more)


def _location(path: str, day: str) -> list[dict[str, Any]]:
    values = (("pathname", path), ("search", f"?known_at={day}" if day else ""))
    return [{"id": inner.LOCATION, "property": name, "value": value} for name, value in values]


def _posted(output: str, outputs: Any, inputs: Any, state: Any, changed: str, **more: Any) -> bytes:
    body = {
        "output": output, "outputs": outputs, "inputs": inputs, "state": state,
        "changedPropIds": [changed], **more,
    }  # fmt: skip
    return _request("POST", inner.CALLBACK, json.dumps(body).encode())


def _request(method: str, path: str, body: bytes = b"") -> bytes:
    head = f"{method} {path} HTTP/1.1\r\n{_HEAD}"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def _distinct() -> Iterator[bytes]:
    """Yield addresses that all differ: most are a page that was asked before, one in so many is a view of its own."""
    nonsense = (
        "/{}/method?x={}", "/{}/budgets?prices=z{}", "/{}/?known_at=q{}", "/{}/chart/timeline.svg?x={}",
        "/{}/figure/total_investment?utm={}",
    )  # fmt: skip
    views = _views()
    for number in itertools.count():
        if number % _VIEW_OF_ITS_OWN:
            address = nonsense[number % len(nonsense)].format(LANGUAGES[number % len(LANGUAGES)], number)
            yield _request("GET", address)
        else:
            yield next(views)


def _views() -> Iterator[bytes]:
    """Yield views that must all be made, by language, day and choice: pages and their files, figures, pictures and
    slides of charts, and live charts of a size of their own."""
    names, figures = sorted(CHARTS), ("total_investment", "en2019_projects", "cyberecole_budget")
    paths = [page.path for page in all_pages().values() if page.is_listed]
    paths += [f"documents?start={_FIRST_DAY}&end={{day}}", "compare?x=budget&y=projects", "table.xlsx"]
    paths += [f"figure/{name}" for name in figures]
    for turn in itertools.count():
        day = (_FIRST_DAY + timedelta(7 * turn % _DAYS_ASKED)).isoformat()
        language = LANGUAGES[turn // _DAYS_ASKED % len(LANGUAGES)]
        kind, rest = turn % 4, turn // 4
        if kind == 3:
            yield _chart(names[rest % len(names)], f"/{language}/", "", 300 + rest % 3_000)
            continue
        path = paths[rest % len(paths)]
        if kind == 2:
            path = f"chart/{names[rest % len(names)]}.{('svg', 'png', 'pdf', 'pptx')[rest % 4]}"
        joint = "&" if "?" in path else "?"
        yield _request("GET", f"/{language}/{path.format(day=day)}{joint}known_at={day}")


async def load(
    port: int, requests: int, asked: Iterator[bytes], clients: int = CLIENTS, *, is_read: bool = False
) -> Load:
    """Send requests by all clients, one after the other each."""
    found, left = Load(is_read=is_read), requests

    async def client() -> None:
        nonlocal left
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            while left > 0:
                left -= 1
                begin, question, is_answered = time.perf_counter(), next(asked), False
                for _ in range(2):  # an idle connection that a worker closed is opened again
                    try:
                        writer.write(question)
                        is_answered = await _answered(reader, found)
                        break
                    except (OSError, EOFError, ValueError) as error:
                        writer.close()
                        reader, writer = await asyncio.open_connection("127.0.0.1", port)
                        if getattr(error, "partial", b""):
                            break
                found.errors += not is_answered
                found.times.append(time.perf_counter() - begin)
        finally:  # also where it is asked to stop
            writer.close()

    begin = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    found.seconds = time.perf_counter() - begin
    return found


async def _answered(reader: asyncio.StreamReader, found: Load) -> bool:
    """Tell whether a request was answered completely and without an error; note pages of two stores."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    if found.is_read and b"content-type: text/html" in head:
        told = _STORE.search(head)
        shown = re.search(rb'data-store="(\w+)"', brotli.decompress(body))
        if not (told and shown and told[1] == shown[1]):
            found.mixed.append(f"page : {told and told[1]!r}, {shown and shown[1]!r}")
    if found.is_read and (told := _STORE.search(head)) and b"application/json" in head:
        value = _VALUE.search(brotli.decompress(body) if b"\r\ncontent-encoding: br" in head else body)
        found.values |= {(told[1].decode(), int(value[1]))} if value else set()
    is_settled = head.startswith((b"http/1.1 200", b"http/1.1 302"))  # or is led to the one form of its view
    return is_settled and len(body) == length


async def _while_publishing(
    port: int, root: Path, options: Options, after: Callable[[int], None]
) -> tuple[Load, int]:
    """Send requests without pause until all stores are published; return what was met, and how many were."""
    done, published = 0, {current_store(Project(root)).content_hash: _PRINTED}

    async def publish() -> None:
        nonlocal done
        source = root / "data" / "raw" / "observations" / "press_kit_2020.csv"
        text = source.read_text("utf-8")
        for number in range(1, options.size(STORES, 1) + 1):
            source.write_text(text.replace(f",{_PRINTED},", f",{_PRINTED + number},", 1), "utf-8")
            await asyncio.to_thread(serving.ennum, "build", root)
            done += 1
            published[current_store(Project(root)).content_hash] = _PRINTED + number
            await asyncio.to_thread(after, number)

    task = asyncio.create_task(publish())
    met = Load()
    asked = itertools.cycle([next(pages()), _request("GET", _FIGURE), *questions()])
    while not task.done() or len(met.times) < options.size(REQUESTS, 1):
        found = await load(port, options.size(500, FEW), asked, options.size(READERS, 1), is_read=True)
        met.times += found.times
        met.errors += found.errors
        met.mixed += found.mixed
        met.values |= found.values
    await task
    met.mixed += [
        f"{_FIGURE} : {store}, {value}, {published.get(store, 'base inconnue')}"
        for store, value in sorted(met.values)
        if published.get(store) != value
    ]
    return met, done
