"""Clients that are slow, rude or break off, before nginx as it is delivered, while others read."""

import http.client
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.serving import WITHOUT_LIMITS, WITHOUT_TLS, dashboard, proxied
from dashboards.inner import CALLBACK
from tests.faults.commands import GRACE_S, slowness
from tests.faults.ground import ground
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict

WEIGHT = 6
_HOST = b"Host: localhost\r\n"
_MOST = 60
_LIMIT_S = 1
_LIMITS = {
    "client_header_timeout": 10,
    "client_body_timeout": 10,
    "send_timeout": 30,
    "keepalive_timeout": 30,
}
"""How long nginx waits for a client."""
_LARGE = b"GET /fr/documents HTTP/1.1\r\n" + _HOST + b"\r\n"
_SMALL = b"GET /health/live HTTP/1.1\r\n" + _HOST + b"\r\n"
_POST = b"POST " + CALLBACK.encode() + b" HTTP/1.1\r\n" + _HOST + b"Content-Type: application/json\r\n"
_SAID = {
    "nothing": b"",
    "a line end": b"\r\n" * 50,
    "half a line": b"GET /fr/ HTT",
    "half a head": b"GET /fr/ HTTP/1.1\r\nHost: loc",
    "half a body": _POST + b"Content-Length: 5000\r\n\r\n{",
    "no body": _POST + b"Content-Length: 60000\r\n\r\n",
    "half a chunk": _POST + b"Transfer-Encoding: chunked\r\n\r\nff\r\n{",
    "no end of chunks": _POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n{\r\n" * 200,
    "a large chunk": _POST + b"Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\n" + b"x" * 5_000,
    "chunks of nonsense": _POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nzz\r\n;;;\r\n",
    "two lengths": _POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    "too much": _POST + b"Content-Length: 99999999\r\n\r\n" + b"x" * 100_000,
    "an endless line": b"GET /fr/?" + b"x" * 40_000,
    "an endless head": b"GET /fr/ HTTP/1.1\r\n" + b"X-A: b\r\n" * 4_000,
    "many answers": _LARGE * 20,
    "many questions": _SMALL * 300,
    "a question behind two lengths":
        _POST + b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + _SMALL,
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "zeros": b"\x00" * 3_000,
    "continue": _POST + b"Expect: 100-continue\r\nContent-Length: 100\r\n\r\n",
}  # fmt: skip
_ENDS = ("waits", "closes", "resets", "stops sending", "drips")


class _Site:
    """A service behind nginx as it is delivered, with short limits; readers ask it meanwhile."""

    def __init__(self, root: Path, folder: Path, opened: ExitStack) -> None:
        service = opened.enter_context(dashboard(root, workers=1))[0]
        limits = {f"{name} {seconds}s": f"{name} {_LIMIT_S}s" for name, seconds in _LIMITS.items()}
        nginx = proxied(folder, [service], limits | WITHOUT_TLS | WITHOUT_LIMITS)
        self.port = opened.enter_context(nginx)

    def opened(self) -> socket.socket:
        """A connection of a client that is not polite."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def slowest(self) -> float:
        """The seconds of the slowest of what a reader asks."""
        seconds = []
        for path in ("/fr/", "/health", "/nl/budgets", "/api/figures/total_investment"):
            begin = time.monotonic()
            client = http.client.HTTPConnection("localhost", self.port, timeout=2 * GRACE_S * slowness())
            try:
                client.request("GET", path)
                answer = client.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException):
                return float("inf")
            finally:
                client.close()
            if answer.status != 200 or int(answer.headers["Content-Length"]) != len(body):
                return float("inf")
            seconds.append(time.monotonic() - begin)
        return max(seconds)

    def left(self) -> int:
        """How many connections are still there."""
        lines = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
        return sum(line[1].endswith(f":{self.port:04X}") and line[3] == "01" for line in lines)


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made, ExitStack() as opened:
        sites: list[_Site] = []

        def tried(said: list[str], ends: list[str], cut: float) -> Outcome:
            if not sites:
                folder = Path(opened.enter_context(TemporaryDirectory()))
                sites.append(_Site(made.project, folder, opened))
            return _tried(sites[0], said, ends, cut)

        for _ in range(n):
            count = rng.choice((1, 3, 10, _MOST))
            said = rng.choices((*_SAID,), k=min(count, 3))
            ends = rng.choices(_ENDS, k=count)
            cut = rng.choice((1.0, 1.0, rng.random()))
            name = f"{count} clients say {said} and {sorted(set(ends))}, cut at {cut:.2f}"
            yield Case(name, lambda s=said, e=ends, c=cut: tried(s, e, c))


def _tried(site: _Site, said: list[str], ends: list[str], cut: float) -> Outcome:
    with ExitStack() as opened:
        clients = []
        for number, end in enumerate(ends):
            sent = _SAID[said[number % len(said)]]
            client = opened.enter_context(site.opened())
            with suppress(OSError):  # what is too much is refused before it has come
                client.sendall(sent[: round(cut * len(sent))])
                _end(client, end)
            clients.append(client)
        slowest = site.slowest()
        if slowest > GRACE_S * slowness():
            return Outcome(Verdict.HANG, f"others waited {slowest:.1f} s")
        answers = [_heard(client) for client in clients if client.fileno() >= 0]
    if bad := [one for one in answers if b" 500 " in one or b"Traceback" in one]:
        return Outcome(Verdict.TRACE, repr(bad[0][:500]))
    begin = time.monotonic()
    while site.left():
        if time.monotonic() - begin > GRACE_S * slowness() + 2 * _LIMIT_S:
            return Outcome(Verdict.HALF, f"{site.left()} connections are still there")
        time.sleep(0.02)
    return DONE if any(b" 200 " in one for one in answers) else REFUSED


def _end(client: socket.socket, end: str) -> None:
    """What a client does after it has said its part."""
    if end == "closes":
        client.close()
    elif end == "resets":
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    elif end == "stops sending":
        client.shutdown(socket.SHUT_WR)
    elif end == "drips":
        threading.Thread(target=_drip, args=(client,), daemon=True).start()


def _drip(client: socket.socket) -> None:
    """Send a byte now and then, as who wants a place for ever; until the server has enough."""
    with suppress(OSError):
        for _ in range(100):
            client.send(b"x")
            time.sleep(0.05)


def _heard(client: socket.socket) -> bytes:
    """The beginning of what a client is answered, if it comes soon."""
    client.settimeout(0.05)
    with suppress(OSError):
        return client.recv(5_000)
    return b""
