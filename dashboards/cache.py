"""Finished answers, kept as long as what they rest on stays the same.

A page depends on nothing but its address, the store and today; so do tables, pictures and JSON, and an answer
to a callback on nothing but what was posted. Each is made once and then given from memory, compressed, before
the application is even asked. That is what a worker keeps, it is bounded, and it may be lost at any moment.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import brotli

from dashboards.guards import MAX_BODY
from dashboards.inner import CALLBACK
from ennum_stats.store.ledger import today

if TYPE_CHECKING:
    from dashboards.served_store import Edition, PublishedStore

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
        question = _question(environ)
        if question is None:
            return self._application(environ, start_response)
        ground = (self._store.edition(), today())
        if ground != self._ground:
            self._forget(ground)
        key = (question, _coding(environ))
        answer = self._kept.get(key)
        if answer is None:
            return self._made(environ, start_response, key, ground)
        if environ.get("HTTP_IF_NONE_MATCH") == answer.tag:
            start_response("304 Not Modified", _without_body(answer.headers))
            return []
        start_response("200 OK", answer.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

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

        method = "POST" if environ["REQUEST_METHOD"] == "POST" else "GET"
        chunks = self._application({**environ, "REQUEST_METHOD": method}, remember)
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        status, headers = told[-1]
        answer = _finished(headers, body, key[1])
        may_keep = not any(k == "Cache-Control" and "no-store" in v for k, v in headers)
        if status.startswith("200") and may_keep and len(key[0]) <= _LONGEST_ADDRESS:
            self._keep(key, answer, ground)
        start_response(status, answer.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

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


def _question(environ: Environ) -> str | None:
    """What an answer is kept by: the address, or the hash of what was posted to a callback; nothing where an
    answer is never kept."""
    if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
        return _address(environ)
    length = environ.get("CONTENT_LENGTH") or ""
    is_callback = environ["REQUEST_METHOD"] == "POST" and environ.get("PATH_INFO") == CALLBACK
    if not is_callback or not length.isdigit() or int(length) > MAX_BODY:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    origin = [environ.get(name, "") for name in ("HTTP_ORIGIN", "HTTP_HOST", "HTTP_SEC_FETCH_SITE")]
    told = "\n".join((environ.get("CONTENT_TYPE", ""), *origin)).encode()
    return f"POST {hashlib.sha256(told + body).hexdigest()}"


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
    is_coded = any(name == "Content-Encoding" for name, _ in headers)
    if coding and not is_coded and len(body) >= _SHORTEST and not kind.startswith(_UNCOMPRESSED):
        body = (
            brotli.compress(body, quality=6) if coding == "br" else gzip.compress(body, 6, mtime=0)
        )
        told.append(("Content-Encoding", coding))
    told += [("Content-Length", str(len(body))), ("ETag", tag), ("Vary", "Accept-Encoding")]
    return _Answer(told, body, tag)


def _without_body(headers: Headers) -> Headers:
    return [(n, v) for n, v in headers if not n.startswith("Content-")]
