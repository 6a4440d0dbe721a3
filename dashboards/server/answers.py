"""Keep finished answers, one cache a worker: the same question of the same store on the same day is answered
once.

A page depends on nothing but its address, the store and today; so do files and JSON, and an answer to a
callback on nothing but what was posted. What may be lost at any moment is bounded in bytes; the proxy keeps
what is public for two seconds more (`docs/deploy/nginx.conf`), so that many readers of a page are one
question here."""

from __future__ import annotations

import ctypes
import gzip
import hashlib
import json
import threading
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

import brotli
from cachetools import LRUCache
from flask import Response, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.inner import CALLBACK, DATA
from dashboards.reading import edition_shown, split_path, store_of
from dashboards.server.posted import addresses_of, as_read
from dashboards.server.settled import is_typed, settled
from ennum_stats.drawing.picture import forget_pictures
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Audience
from ennum_stats.store.ledger import today

CODINGS = ("br", "gzip")
LIGHT = ("/health", "/metrics", "/static/", "/_dash-component-suites/")
"""What is made in no time, and never kept here."""
SECONDS_TO_WAIT = 20
"""So long a request waits until it is its turn to be answered."""
_KEPT_BYTES = 16_000_000
_LEAST_BYTES = 1_000
"""What the smallest answer takes, headers and all."""
_SHORTEST = 400
_AS_THEY_ARE = ("image/png", "font/", "application/vnd.", "application/pdf")
IN_FRONT = "public, max-age=0, s-maxage=2, must-revalidate"
"""What a proxy in front may give for two seconds, and browsers ask for again."""
INTERNAL = "private, no-cache"


@dataclass(frozen=True)
class KeptAnswer:
    """Hold a finished answer: its bytes as they are sent, and its headers."""

    body: bytes
    headers: list[tuple[str, str]]
    is_passing: bool = False
    """Whether more can be told once the past of the store is read."""

    def holds(self) -> bool:
        """Tell whether it is still all that can be told."""
        edition = edition_shown() if self.is_passing else None
        return edition is None or not edition.news().is_read


class KeptAnswers:
    """Give answers that were made before, and keep new ones. One page is made at a time: threads that make
    pages beside each other would only take turns, and whoever waited may find its answer made."""

    def __init__(self, size: int = _KEPT_BYTES) -> None:
        self.kept: LRUCache[Hashable, KeptAnswer] = LRUCache(
            size, getsizeof=lambda answer: _LEAST_BYTES + len(answer.body)
        )
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def give(self) -> Response | None:
        """Give what was answered before to the same question."""
        if "question" not in g:
            g.question = _question()
        if g.question is None:
            return None
        with self._lock:
            answer = self.kept.get(g.question)
        if answer is None or not answer.holds():
            return None
        g.is_given = True
        return Response(answer.body, headers=answer.headers)

    def await_turn(self) -> Response | None:
        """Wait until nobody else makes an answer, which may be this one.

        Raise `ServiceUnavailable` where that takes too long.
        """
        if request.path.startswith(LIGHT) or request.blueprint == DATA:
            return None
        if not self._turn.acquire(timeout=SECONDS_TO_WAIT):
            abort(503)
        g.is_making = True
        return self.give()

    def end_turn(self, _error: BaseException | None = None) -> None:
        """Let the next one make its answer."""
        if g.pop("is_making", False):
            self._turn.release()

    def keep(self, answer: Response) -> Response:
        """Compress an answer, and keep it if it is the same for the next who asks."""
        if not g.get("is_given") and not answer.is_streamed:
            compress(answer)
            if g.get("question") and answer.status_code == 200 and not answer.cache_control.no_store:
                is_public = store_of().audience is Audience.PUBLIC
                answer.headers["Cache-Control"] = IN_FRONT if is_public else INTERNAL
                is_passing = g.get("is_passing", False)
                finished = KeptAnswer(answer.get_data(), answer.headers.to_wsgi_list(), is_passing)
                with self._lock, suppress(ValueError):  # larger than all there is room for
                    self.kept[g.question] = finished
        if g.get("is_making"):
            _give_back(is_picture=answer.mimetype == "image/png")
        if answer.status_code == 200:
            answer.make_conditional(request.environ)
        return answer


def settle() -> AnyResponse | None:
    """Redirect an address to its settled form; nothing is kept that is answered to another form, or to
    whatever a reader typed."""
    if g.get("question") is None or (edition := edition_shown()) is None:
        return None
    if request.method == "POST":
        addresses = [*addresses_of(request.get_json())]
        is_settled = all(settled(path, search, edition) is None for path, search in addresses)
    else:
        addresses, is_settled = [(request.path, request.query_string.decode())], True
        search = settled(*addresses[0], edition)
        if search is not None:
            answer = redirect(f"{quote(request.path)}?{search}".removesuffix("?"))
            answer.headers["Cache-Control"] = "no-store"
            return answer
    if not is_settled or any(is_typed(path, search) for path, search in addresses):
        g.question = None
    return None


def compress(answer: Response) -> None:
    """Compress an answer as its browser likes best, and tag it for those that ask again."""
    coding = _coding()
    body = answer.get_data()
    is_small = len(body) < _SHORTEST or (answer.content_type or "").startswith(_AS_THEY_ARE)
    if coding in CODINGS and not answer.content_encoding and not is_small:
        is_br = coding == "br"
        answer.set_data(brotli.compress(body, quality=6) if is_br else gzip.compress(body, 6, mtime=0))
        answer.content_encoding = coding
    answer.vary.add("Accept-Encoding")
    if answer.status_code == 200:
        answer.set_etag(f"{hashlib.sha256(body).hexdigest()[:20]}-{coding}")


def _give_back(*, is_picture: bool) -> None:
    """Give back to the system what an answer needed while it was made: two milliseconds, without which a worker holds
    eighty megabytes more."""
    if is_picture:
        forget_pictures()
    with suppress(AttributeError, OSError, TypeError):  # where the system's memory is not that of glibc
        ctypes.CDLL(None).malloc_trim(0)


def _question() -> Hashable | None:
    """Name what is asked by all that its answer rests on; nothing where no answer is kept, as under a
    language that is none of ours: there are many of these."""
    edition = None if request.path.startswith(LIGHT) or request.blueprint == DATA else edition_shown()
    language, _ = split_path(request.path) or (LANGUAGES[0], "")
    if edition is None or language not in LANGUAGES:
        return None
    if request.method in ("GET", "HEAD"):
        question = f"{request.path}?{request.query_string.decode()}"
    elif request.method == "POST" and request.path == CALLBACK:
        question = json.dumps(as_read(request.get_json()), sort_keys=True)
    else:
        return None
    published, audience = edition.published, edition.ledger.audience
    return published.content_hash, published.published_at, audience, today(), _coding(), question


def _coding() -> str:
    """Tell how a browser likes an answer best; as it is where it does not say."""
    return request.accept_encodings.best_match((*CODINGS, "identity"), "identity")
