"""Finished answers, kept as long as what they rest on stays the same.

A page depends on nothing but its address, the store and today; so do tables, pictures and JSON, and an answer
to a callback on nothing but what was posted. Each is made once and then given from memory, compressed, before
the application is even asked. That is what a worker keeps, it is bounded, and it may be lost at any moment.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from math import inf
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.test import EnvironBuilder

from dashboards.guards import MAX_BODY
from dashboards.inner import CALLBACK
from dashboards.reading import asked_of, split_path
from dashboards.registry import all_pages, page_at
from dashboards.view import SEPARATOR
from ennum_stats.languages import LANGUAGES
from ennum_stats.store.ledger import today

if TYPE_CHECKING:
    from datetime import date

    from dashboards.served_store import Edition, PublishedStore

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]
Ground = tuple["Edition | None", "date | None"]
"""What answers rest on: a store and a day."""

_KEPT_BYTES = 24_000_000
_KEPT_ANSWERS = 2_000
_LONGEST_ADDRESS = 500
_WARMED_AGAIN = 40
_BROWSER = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
_SHORTEST = 400
_UNCOMPRESSED = ("image/png", "font/", "application/vnd.")


@dataclass(frozen=True)
class _Answer:
    headers: Headers
    body: bytes
    tag: str


class _Shelf:
    """Answers that rest on one store and one day, the last ones asked for, within bounds."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._kept: OrderedDict[tuple[str, str], _Answer] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str]) -> _Answer | None:
        """What was answered before."""
        return self._kept.get(key)

    def keep(self, key: tuple[str, str], answer: _Answer) -> None:
        """Keeps an answer, and lets the oldest ones go where there are too many."""
        with self._lock:
            if key not in self._kept:
                self._bytes += len(answer.body)
            self._kept[key] = answer
            while self._bytes > _KEPT_BYTES or len(self._kept) > _KEPT_ANSWERS:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.body)

    def pages(self) -> list[str]:
        """The addresses that were asked for, the last one first."""
        return [question for question, _ in reversed(self._kept) if question.startswith("/")]


class KeptAnswers:
    """The application, behind what it has answered before."""

    def __init__(self, application: Application, store: PublishedStore) -> None:
        self._application = application
        self._store = store
        self._shelf = _Shelf((None, None))
        self._following: _Shelf | None = None
        self._lock = threading.Lock()
        store.before_shown = self.warm

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers from memory, or asks the application and remembers."""
        self._store.watch()
        question = _question(environ)
        if question is None:
            return self._application(environ, start_response)
        shelf = self._shelf_of((self._store.edition(), today()))
        key = (question, _coding(environ))
        answer = shelf.get(key)
        if answer is None:
            return self._made(environ, start_response, key, shelf)
        if environ.get("HTTP_IF_NONE_MATCH") == answer.tag:
            start_response("304 Not Modified", _without_body(answer.headers))
            return []
        start_response("200 OK", answer.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def warm(self, edition: Edition, seconds: float) -> bool:
        """Makes the pages of a store, those first that were asked for last, for so many seconds at most, and
        tells whether all are made. Where another store is still shown, they wait until this one is."""
        ground = (edition, today())
        is_shown = edition is self._store.shown
        shelf = self._shelf_of(ground) if is_shown else _Shelf(ground)
        end = time.monotonic() + seconds
        for address in dict.fromkeys([*self._shelf.pages()[:_WARMED_AGAIN], *_listed_addresses()]):
            if time.monotonic() > end:
                break
            environ = EnvironBuilder(path=address.strip()).get_environ() | _BROWSER
            key = (_question(environ) or "", _coding(environ))
            if shelf.get(key) is None:
                self._made(environ, lambda *_: None, key, shelf)
        else:
            end = inf
        if not is_shown:
            self._following = shelf
        return end == inf

    def _shelf_of(self, ground: Ground) -> _Shelf:
        with self._lock:
            if ground != self._shelf.ground:
                ready = self._following
                self._shelf = ready if ready and ready.ground == ground else _Shelf(ground)
                self._following = None
            return self._shelf

    def _made(
        self, environ: Environ, start_response: StartResponse, key: tuple[str, str], shelf: _Shelf
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
        is_same = shelf.ground == (self._store.edition(), today())
        if status.startswith("200") and may_keep and is_same and len(key[0]) <= _LONGEST_ADDRESS:
            shelf.keep(key, answer)
        start_response(status, answer.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _listed_addresses() -> list[str]:
    paths = [page.path for page in all_pages().values() if page.is_listed]
    return [f"/{language}/{path}" for language in LANGUAGES for path in paths]


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
    """The address without what its page does not read; with the languages of the reader where they count."""
    path = environ.get("PATH_INFO", "")
    found = split_path(path)
    page = page_at(found[1]) if found else None
    if page is not None:
        names = {"known_at", *(one.name for one in page.filters)}
        asked = asked_of(environ.get("QUERY_STRING", ""))
        read = {name: value for name, value in asked.items() if name in names}
        environ["QUERY_STRING"] = urlencode(read, safe=SEPARATOR)
    query = environ.get("QUERY_STRING", "")
    is_plain = found is not None and found[0] in LANGUAGES
    accepted = "" if is_plain else environ.get("HTTP_ACCEPT_LANGUAGE", "")
    return f"{path}?{query} {accepted}".replace("? ", " ")


def _coding(environ: Environ) -> str:
    accepted = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING", ""), Accept)
    return next((one for one in ("br", "gzip") if accepted.quality(one) > 0), "")


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
