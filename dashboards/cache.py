"""Finished answers, kept as long as what they rest on stays the same.

A page depends on nothing but its address, the store and today; so do tables, pictures and JSON, and an answer
to a callback on nothing but what was posted. Each is made once, by one thread of one worker, and then given
from memory, compressed, before the application is even asked. That is what workers keep, it is bounded, and
it may be lost at any moment.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import brotli
from werkzeug.http import parse_etags, parse_set_header

from dashboards.guards import BUSY
from dashboards.questions import (
    CODINGS,
    LIGHT,
    Environ,
    Question,
    coding_of,
    is_settled,
    listed_questions,
    question_of,
)
from dashboards.shared_answers import SharedAnswers, SingleFlight
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
_SECONDS_OF_REST = 0.05
"""So long nobody must have asked for anything before answers are made that nobody has asked for."""
_READY = "ennum.ready"
"""Carries an answer that was found before its request was given to the application."""
_SHORTEST = 400
_UNCOMPRESSED = ("image/png", "font/", "application/vnd.")


@dataclass(frozen=True)
class _Answer:
    status: str
    headers: Headers
    body: bytes
    tag: str
    question: Question

    @property
    def size(self) -> int:
        return len(self.body) + len(self.question.posted)

    @property
    def may_be_kept(self) -> bool:
        """Whether it is what was asked for, and the same for the next who asks."""
        is_fleeting = any(k == "Cache-Control" and "no-store" in v for k, v in self.headers)
        return (
            self.status.startswith("200")
            and not is_fleeting
            and len(self.question.key) <= _LONGEST_QUESTION
        )

    def packed(self) -> bytes:
        """It as bytes that another worker can read."""
        return json.dumps([self.status, self.headers, self.tag]).encode() + b"\n" + self.body


def _unpacked(content: bytes, question: Question) -> _Answer:
    told, _, body = content.partition(b"\n")
    status, headers, tag = json.loads(told)
    return _Answer(status, [(name, value) for name, value in headers], body, tag, question)


class _Shelf:
    """Answers that rest on one store and one day, the last ones asked for, within bounds."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._kept: OrderedDict[Key, _Answer] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """What its answers rest on, alike in all workers."""
        edition, day = self.ground
        told = edition.published if edition else None
        return f"{told.content_hash} {told.published_at} {day}" if told else f"- {day}"

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
        self._shared = SharedAnswers()
        self._flights: SingleFlight[_Answer] = SingleFlight()
        self._one_at_a_time = threading.Lock()
        self._asked_at = 0.0
        store.before_shown = self.warm

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers from memory, or asks the application and remembers."""
        environ["PATH_INFO"] = environ["PATH_INFO"] or "/"  # else a redirect to it names the host
        self._store.watch()
        self._asked_at = time.monotonic()
        ready = environ.pop(_READY, None)
        if ready is not None:
            return _given(ready, environ, start_response)
        edition = self._store.edition()
        with self._store.answered_from(edition):
            question = self._question(environ, edition)
            if question is None:
                return self._application(environ, start_response)
            shelf = self._shelf_of((edition, today()))
            coding = coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
            answer = shelf.get((question.key, coding))
            if answer is None:
                answer = self._made(environ, question, coding, shelf)
        return _given(answer, environ, start_response)

    def is_at_hand(self, environ: Environ) -> bool:
        """Whether a request is answered in no time: it is refused, or what it asks was answered before."""
        edition = self._store.shown
        if edition is None:
            return False
        if environ["PATH_INFO"].startswith(LIGHT):
            return True
        if not is_settled(environ, edition):
            return False
        question = self._question(environ, edition)
        if question is None:
            return True
        coding = coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        found = self._shelf_of((edition, today())).get((question.key, coding))
        environ[_READY] = found
        return found is not None

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
            if shelf.get((question.key, CODINGS[0])) is None:
                if time.monotonic() > end or (is_shown and self._is_asked()):
                    is_whole = False
                    break
                with self._store.answered_from(edition):
                    self._made(question.environ(), question, CODINGS[0], shelf)
        if not is_shown:
            self._following = shelf
        return is_whole

    def _question(self, environ: Environ, edition: Edition | None) -> Question | None:
        """What is asked and may be kept; nothing where a request is for another host, or there is no room."""
        if environ.get(BUSY) or not self._hosts.allows(environ.get("HTTP_HOST", "")):
            return None
        return question_of(environ, edition)

    def _is_asked(self) -> bool:
        return time.monotonic() - self._asked_at < _SECONDS_OF_REST

    def _shelf_of(self, ground: Ground) -> _Shelf:
        with self._lock:
            if ground != self._shelf.ground:
                ready = self._following
                self._shelf = ready if ready and ready.ground == ground else _Shelf(ground)
                self._following = None
            return self._shelf

    def _made(self, environ: Environ, question: Question, coding: str, shelf: _Shelf) -> _Answer:
        """An answer, made by one thread of one worker while the others that want it wait."""
        if environ["PATH_INFO"].startswith(LIGHT):
            answer = self._answered(environ, question, coding)
            if answer.may_be_kept:
                shelf.keep((question.key, coding), answer)
            return answer
        key = (question.key, coding)
        return self._flights.of(
            (shelf, key), lambda: self._shared_or_made(environ, key, question, shelf)
        )

    def _shared_or_made(
        self, environ: Environ, key: Key, question: Question, shelf: _Shelf
    ) -> _Answer:
        name = f"{shelf.name} {' '.join(key)}"
        found = self._shared.get(name)
        if found is None:
            with self._shared.making(name):
                found = self._shared.get(name)
                if found is None:
                    with self._one_at_a_time:
                        answer = self._answered(environ, question, key[1])
                    if not answer.may_be_kept or shelf.ground[1] != today():
                        return answer
                    found = answer.packed()
                    self._shared.put(name, found)
        answer = _unpacked(found, question)
        shelf.keep(key, answer)
        return answer

    def _answered(self, environ: Environ, question: Question, coding: str) -> _Answer:
        told: list[tuple[str, Headers]] = []

        def remember(status: str, headers: Headers, _problem: object = None) -> Callable[..., None]:
            told.append((status, headers))
            return lambda _data: None

        method = "POST" if environ["REQUEST_METHOD"] == "POST" else "GET"
        chunks = self._application({**environ, "REQUEST_METHOD": method}, remember)
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        return _finished(*told[-1], body, coding, question)


def _given(answer: _Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """An answer as a browser is given it, which may have it already."""
    told = parse_etags(environ.get("HTTP_IF_NONE_MATCH"))
    is_there = told.contains_weak(answer.tag.strip('"'))  # a proxy that compresses weakens a tag
    if is_there and answer.status.startswith("200"):
        kept = [(n, v) for n, v in answer.headers if not n.startswith("Content-")]
        start_response("304 Not Modified", kept)
        return []
    start_response(answer.status, answer.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _finished(
    status: str, headers: Headers, body: bytes, coding: str, question: Question
) -> _Answer:
    """The answer compressed, with its length and a tag for browsers that ask again."""
    kind = next((value for name, value in headers if name == "Content-Type"), "")
    told = [(n, v) for n, v in headers if n not in ("Content-Length", "ETag", "Vary")]
    varies = parse_set_header(", ".join(v for n, v in headers if n == "Vary"))
    varies.add("Accept-Encoding")
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}-{coding}"'
    is_coded = any(name == "Content-Encoding" for name, _ in headers)
    if coding and not is_coded and len(body) >= _SHORTEST and not kind.startswith(_UNCOMPRESSED):
        body = (
            brotli.compress(body, quality=6) if coding == "br" else gzip.compress(body, 6, mtime=0)
        )
        told.append(("Content-Encoding", coding))
    told += [("Content-Length", str(len(body))), ("ETag", tag), ("Vary", varies.to_header())]
    return _Answer(status, told, body, tag, question)
