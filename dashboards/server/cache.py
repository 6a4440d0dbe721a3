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
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import brotli
from werkzeug.http import parse_etags, parse_set_header

from dashboards.server.guards import BUSY
from dashboards.server.questions import (
    CODINGS,
    LIGHT,
    Environ,
    Question,
    coding_of,
    is_settled,
    listed_questions,
    question_of,
)
from dashboards.server.shared_answers import SharedAnswers, SingleFlight
from ennum_stats.store.ledger import today

if TYPE_CHECKING:
    from datetime import date

    from dashboards.served_store import Edition, PublishedStore
    from dashboards.server.guards import Hosts

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
_ASKED_AGAIN = 100
"""So many views that readers have asked for are made from a new store before anyone asks for them."""
_ASKED_LOOKED_AT = 1_000
_ASKED_BYTES = 2_000_000
_SECONDS_OF_REST = 0.05
"""So long nobody must have asked for anything before answers are made that nobody has asked for."""
_SECONDS_BETWEEN_LOOKS = 0.05
_WARM = "warm"
"""Stands where answers stand, once all are made that are made before anyone asks."""
_READY = "ennum.ready"
"""Carries an answer that was found before its request was given to the application."""
_READS_THE_PAST = (".atom", "/calendar", "/api/news")
"""What may take seconds while the past is not read yet, for which no other page waits."""
_SHORTEST = 400
_UNCOMPRESSED = ("image/png", "font/", "application/vnd.", "application/pdf")


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
            and self.question.is_kept
            and not is_fleeting
            and len(self.question.key) <= _LONGEST_QUESTION
        )

    def packed(self) -> bytes:
        """It as bytes that another worker can read."""
        return json.dumps([self.status, self.headers, self.tag]).encode() + b"\n" + self.body


def _noted(told: bytes) -> Question:
    key, address, posted = json.loads(told)
    return Question(key, address, posted.encode("latin-1"))


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

    def name_of(self, question: str, coding: str) -> str:
        """What an answer is called among those that workers share."""
        return f"{self.name} {question} {coding}"

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


class KeptAnswers:
    """The application, behind what it has answered before."""

    def __init__(self, application: Application, store: PublishedStore, hosts: Hosts) -> None:
        self._application = application
        self._store = store
        self._hosts = hosts
        self._shelf = _Shelf((None, None))
        self._lock = threading.Lock()
        self._shared = SharedAnswers()
        self._asked = SharedAnswers(_ASKED_BYTES)
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
        """Makes answers from a store for all workers, for so many seconds at most: what was asked last, then
        every page of the navigation; tells whether all are made. A store that is not shown yet has them once
        it is."""
        shelf = _Shelf((edition, today()))
        end = time.monotonic() + seconds
        for question in self._wanted():
            name = shelf.name_of(question.key, CODINGS[0])
            if self._shared.get(name) is None:
                is_in_the_way = edition is self._store.shown and self._is_asked()
                if time.monotonic() > end or is_in_the_way:
                    return False
                with self._store.answered_from(edition):
                    self._make(question.environ(), question, CODINGS[0], shelf)
        self._shared.put(f"{shelf.name} {_WARM}", b"")
        return True

    def warm_and_keep_past(self, edition: Edition, seconds: float) -> bool:
        """Makes answers from a store, then reads its past; tells whether both are done."""
        return self.warm(edition, seconds) and self.keep_past(edition, seconds)

    def keep_past(self, edition: Edition, seconds: float) -> bool:
        """Reads what became known, day by day, while nobody asks, for so many seconds at most; then keeps it
        for all workers, and beside the store for those that start later. Tells whether it is kept."""
        end = time.monotonic() + seconds
        news = edition.news()
        while not news.is_read:
            if self._is_asked() or time.monotonic() > end:
                return False
            news.read_on()
        written = news.written()
        self._shared.put(self._past_of(edition), written)
        edition.keep(written)
        return True

    def take_past(self, edition: Edition, _seconds: float) -> bool:
        """Takes what became known once another process has read it. Tells whether it is there."""
        news = edition.news()
        if not news.is_read and (written := self._shared.get(self._past_of(edition))):
            news.take(written)
        return news.is_read

    def _past_of(self, edition: Edition) -> str:
        return f"{_Shelf((edition, today())).name} past"

    def wait_until_warm(self, edition: Edition, seconds: float) -> None:
        """Waits until another process has made the answers from a store, so many seconds at most."""
        name = f"{_Shelf((edition, today())).name} {_WARM}"
        end = time.monotonic() + seconds
        while self._shared.get(name) is None and time.monotonic() < end:
            time.sleep(_SECONDS_BETWEEN_LOOKS)

    def _wanted(self) -> list[Question]:
        """What readers of any worker asked last, and the pages of the navigation."""
        asked = (_noted(told) for told in self._asked.last(_ASKED_LOOKED_AT))
        last = {question.key: question for question in asked}
        wanted = [*islice(last.values(), _ASKED_AGAIN), *listed_questions()]
        return [*{question.key: question for question in wanted}.values()]

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
                self._shelf = _Shelf(ground)
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
        name = shelf.name_of(*key)
        found = self._shared.get(name)
        if found is None:
            with self._shared.making(name):
                found = self._shared.get(name)
                if found is None:
                    answer = self._make(environ, question, key[1], shelf)
                    if not answer.may_be_kept or shelf.ground[1] != today():
                        return answer
        answer = answer if found is None else _unpacked(found, question)
        shelf.keep(key, answer)
        self._note(question, shelf)
        return answer

    def _make(self, environ: Environ, question: Question, coding: str, shelf: _Shelf) -> _Answer:
        """An answer that nobody has made yet, for all workers if it may be kept."""
        reads_the_past = environ["PATH_INFO"].endswith(_READS_THE_PAST)
        with nullcontext() if reads_the_past else self._one_at_a_time:
            answer = self._answered(environ, question, coding)
        if answer.may_be_kept and shelf.ground[1] == today():
            self._shared.put(shelf.name_of(question.key, coding), answer.packed())
        return answer

    def _note(self, question: Question, shelf: _Shelf) -> None:
        """Notes what was asked of a store, once for all workers, if it can be asked again."""
        name = f"{shelf.name} {question.key}"
        if question.address and self._asked.get(name) is None:
            told = [question.key, question.address, question.posted.decode("latin-1")]
            self._asked.put(name, json.dumps(told).encode())

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
