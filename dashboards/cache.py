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
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from dashboards.questions import Environ, Question, listed_questions, question_of
from ennum_stats.store.ledger import today

if TYPE_CHECKING:
    from datetime import date

    from dashboards.guards import Hosts
    from dashboards.served_store import Edition, PublishedStore

StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]
Ground = tuple["Edition | None", "date | None"]
"""What answers rest on: a store and a day."""
Key = tuple[str, str]
"""A question and the coding of its answer."""

_KEPT_BYTES = 24_000_000
_KEPT_ANSWERS = 2_000
_LONGEST_QUESTION = 500
_ASKED_AGAIN = 40
_CODINGS_KEPT = 100
_SECONDS_OF_REST = 0.05
"""So long nobody must have asked for anything before answers are made that nobody has asked for."""
_BROWSER = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
_SHORTEST = 400
_UNCOMPRESSED = ("image/png", "font/", "application/vnd.")


@dataclass(frozen=True)
class _Answer:
    headers: Headers
    body: bytes
    tag: str
    question: Question

    @property
    def size(self) -> int:
        return len(self.body) + len(self.question.posted)


class _Shelf:
    """Answers that rest on one store and one day, the last ones asked for, within bounds."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._kept: OrderedDict[Key, _Answer] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> _Answer | None:
        """What was answered before."""
        found = self._kept.get(key)
        if found is not None:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, answer: _Answer) -> None:
        """Keeps an answer, and lets go of those that were not asked for longest where there are too many."""
        with self._lock:
            if key in self._kept:
                self._bytes -= self._kept.pop(key).size
            self._kept[key] = answer
            self._bytes += answer.size
            while self._bytes > _KEPT_BYTES or len(self._kept) > _KEPT_ANSWERS:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.size

    def questions(self) -> list[Question]:
        """What was asked and can be asked again, the last first."""
        with self._lock:
            kept = [answer.question for answer in reversed(self._kept.values())]
        return [question for question in kept if question.address]


class KeptAnswers:
    """The application, behind what it has answered before."""

    def __init__(self, application: Application, store: PublishedStore, hosts: Hosts) -> None:
        self._application = application
        self._store = store
        self._hosts = hosts
        self._shelf = _Shelf((None, None))
        self._following: _Shelf | None = None
        self._lock = threading.Lock()
        self._asked_at = 0.0
        store.before_shown = self.warm

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers from memory, or asks the application and remembers."""
        self._store.watch()
        self._asked_at = time.monotonic()
        is_ours = self._hosts.allows(environ.get("HTTP_HOST", ""))
        question = question_of(environ) if is_ours else None
        if question is None:
            return self._application(environ, start_response)
        shelf = self._shelf_of((self._store.edition(), today()))
        coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        answer = shelf.get((question.key, coding))
        if answer is None:
            return self._made(environ, start_response, question, shelf)
        return _given(answer, environ, start_response)

    def warm(self, edition: Edition, seconds: float) -> bool:
        """Makes answers from a store for so many seconds at most: what was asked last, then every page of the
        navigation; tells whether all are made. A store that is not shown yet has them once it is."""
        ground = (edition, today())
        is_shown = edition is self._store.shown
        shelf = self._shelf_of(ground) if is_shown else _Shelf(ground)
        wanted = [*self._shelf.questions()[:_ASKED_AGAIN], *listed_questions()]
        end = time.monotonic() + seconds
        is_whole = True
        for question in {one.key: one for one in wanted}.values():
            environ = question.environ() | _BROWSER
            if shelf.get((question.key, _coding(_BROWSER["HTTP_ACCEPT_ENCODING"]))) is None:
                if time.monotonic() > end or (is_shown and self._is_asked()):
                    is_whole = False
                    break
                self._made(environ, lambda *_: None, question, shelf)
        if not is_shown:
            self._following = shelf
        return is_whole

    def _is_asked(self) -> bool:
        return time.monotonic() - self._asked_at < _SECONDS_OF_REST

    def _shelf_of(self, ground: Ground) -> _Shelf:
        with self._lock:
            if ground != self._shelf.ground:
                ready = self._following
                self._shelf = ready if ready and ready.ground == ground else _Shelf(ground)
                self._following = None
            return self._shelf

    def _made(
        self, environ: Environ, start_response: StartResponse, question: Question, shelf: _Shelf
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
        coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        answer = _finished(headers, body, coding, question)
        if not status.startswith("200"):
            return _given(answer, environ, start_response, status)
        may_keep = not any(k == "Cache-Control" and "no-store" in v for k, v in headers)
        is_same = shelf.ground == (self._store.edition(), today())
        if may_keep and is_same and len(question.key) <= _LONGEST_QUESTION:
            shelf.keep((question.key, coding), answer)
        return _given(answer, environ, start_response)


def _given(
    answer: _Answer, environ: Environ, start_response: StartResponse, status: str = "200 OK"
) -> Iterable[bytes]:
    """An answer as a browser is given it, which may have it already."""
    if status == "200 OK" and environ.get("HTTP_IF_NONE_MATCH") == answer.tag:
        told = [(n, v) for n, v in answer.headers if not n.startswith("Content-")]
        start_response("304 Not Modified", told)
        return []
    start_response(status, answer.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


@lru_cache(_CODINGS_KEPT)
def _coding(accepted: str) -> str:
    parsed = parse_accept_header(accepted, Accept)
    return next((one for one in ("br", "gzip") if parsed.quality(one) > 0), "")


def _finished(headers: Headers, body: bytes, coding: str, question: Question) -> _Answer:
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
    return _Answer(told, body, tag, question)
