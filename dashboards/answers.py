"""Finished answers, kept as long as what they rest on stays the same.

A page depends on nothing but its address, the store and today; so do tables, pictures and JSON. Each is
made once and then given from memory, compressed, before the application is even asked. That is what a
worker keeps, it is bounded, and it may be lost at any moment.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import brotli

from dashboards.published import Edition, PublishedStore
from ennum_stats.store.ledger import today

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

_KEPT_BYTES = 24_000_000
_KEPT_ANSWERS = 2_000
_LONGEST_ADDRESS = 500
_SHORTEST = 400
_UNCOMPRESSED = ("image/png", "font/", "application/vnd.")


@dataclass(frozen=True)
class _Answer:
    headers: Headers
    body: bytes
    tag: str


class KeptAnswers:
    """The application, behind what it has answered before."""

    def __init__(self, application: Application, store: PublishedStore) -> None:
        self._application = application
        self._store = store
        self._kept: OrderedDict[tuple[str, str], _Answer] = OrderedDict()
        self._bytes = 0
        self._ground: tuple[Edition | None, object] = (None, None)
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers from memory, or asks the application and remembers."""
        self._store.watch()
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        ground = (self._store.edition(), today())
        if ground != self._ground:
            self._forget(ground)
        key = (_address(environ), _coding(environ))
        answer = self._kept.get(key)
        if answer is None:
            return self._made(environ, start_response, key, ground)
        if environ.get("HTTP_IF_NONE_MATCH") == answer.tag:
            start_response("304 Not Modified", _without_body(answer.headers))
            return []
        start_response("200 OK", answer.headers)
        return [answer.body] if environ["REQUEST_METHOD"] == "GET" else []

    def _made(
        self,
        environ: Environ,
        start_response: StartResponse,
        key: tuple[str, str],
        ground: tuple[Edition | None, object],
    ) -> Iterable[bytes]:
        told: list[tuple[str, Headers]] = []

        def remember(status: str, headers: Headers, _problem: object = None) -> Callable[..., None]:
            told.append((status, headers))
            return lambda _data: None

        chunks = self._application({**environ, "REQUEST_METHOD": "GET"}, remember)
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        status, headers = told[-1]
        answer = _finished(headers, body, key[1])
        may_keep = not any(k == "Cache-Control" and "no-store" in v for k, v in headers)
        if status.startswith("200") and may_keep and len(key[0]) <= _LONGEST_ADDRESS:
            self._keep(key, answer, ground)
        start_response(status, answer.headers)
        return [answer.body] if environ["REQUEST_METHOD"] == "GET" else []

    def _keep(
        self, key: tuple[str, str], answer: _Answer, ground: tuple[Edition | None, object]
    ) -> None:
        """Unless another store came into force while the answer was made."""
        with self._lock:
            if ground != self._ground or ground[0] is not self._store.edition():
                return
            if key not in self._kept:
                self._bytes += len(answer.body)
            self._kept[key] = answer
            while self._bytes > _KEPT_BYTES or len(self._kept) > _KEPT_ANSWERS:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.body)

    def _forget(self, ground: tuple[Edition | None, object]) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0
            self._ground = ground


def _address(environ: Environ) -> str:
    path = environ.get("PATH_INFO", "")
    accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "") if path.count("/") < 2 else ""
    return f"{path}?{environ.get('QUERY_STRING', '')} {accepted}"


def _coding(environ: Environ) -> str:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def _finished(headers: Headers, body: bytes, coding: str) -> _Answer:
    """The answer compressed, with its length and a tag for browsers that ask again."""
    kind = next((value for name, value in headers if name == "Content-Type"), "")
    told = [(n, v) for n, v in headers if n not in ("Content-Length", "ETag", "Vary")]
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}-{coding}"'
    if coding and len(body) >= _SHORTEST and not kind.startswith(_UNCOMPRESSED):
        body = (
            brotli.compress(body, quality=6) if coding == "br" else gzip.compress(body, 6, mtime=0)
        )
        told.append(("Content-Encoding", coding))
    told += [("Content-Length", str(len(body))), ("ETag", tag), ("Vary", "Accept-Encoding")]
    return _Answer(told, body, tag)


def _without_body(headers: Headers) -> Headers:
    return [(n, v) for n, v in headers if not n.startswith("Content-")]
