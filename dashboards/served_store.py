"""Follow the store in force, as a worker sees it: opened read-only, and another one when that is published.

A worker keeps nothing else. A new store is opened, its bytes compared with what was published, and asked for
all its figures before any reader sees it; where that fails the old one stays, and `problem` says why.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self

from cachetools import LRUCache

from ennum_stats.errors import EnnumError, Message, StoreDamaged, message
from ennum_stats.figures import figures
from ennum_stats.figures.news import News
from ennum_stats.files.atomic import write_atomic
from ennum_stats.files.boundary import require_file, translated_errors
from ennum_stats.files.journal import FolderInUse
from ennum_stats.files.system import take_rights
from ennum_stats.project import Audience, Project
from ennum_stats.store.ledger import Ledger, open_store, today
from ennum_stats.store.mirror import follow
from ennum_stats.store.publish import POINTER, Published, folder, published_store

_LOG = logging.getLogger(__name__)
_LEDGERS_KEPT = 16
_SECONDS_BETWEEN_LOOKS = 0.2
_SECONDS_BETWEEN_FETCHES = 2
_SECONDS_TO_STOP = 5
_SECONDS_OF_REST = 1
"""So long nobody must have asked for anything before the past is read, which is much work."""
_PAST = ".past.json"
"""It begins with the name of its store, and is removed with it."""
_DAMAGED = message("The published store is not what its name says.")


@dataclass(frozen=True)
class ServedLedger(Ledger):
    """Hold a ledger that keeps the other days that were asked for last."""

    others: LRUCache[date, Any] = field(
        default_factory=lambda: LRUCache(_LEDGERS_KEPT), repr=False, compare=False
    )
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def known_on(self, day: date | None) -> Self:
        """Give the same store as known on another day (today where none is given)."""
        wanted = day or today()
        with self.lock:
            ledger: Self | None = self.others.get(wanted)
            if ledger is None:
                ledger = self.others[wanted] = super().known_on(wanted)
        return ledger


@dataclass(frozen=True, eq=False)
class OpenedStore:
    """Hold a published store that was opened and found whole."""

    published: Published
    ledger: Ledger
    days: tuple[date, ...]
    """The days on which something became known, in order."""
    past: Path | None = None
    """The file beside the store in which what became known is kept; the internal store has none."""
    histories: LRUCache[date, News] = field(default_factory=lambda: LRUCache(1), repr=False)
    """What became known by today."""

    def at(self, day: date | None) -> Ledger:
        """Give the store as known on a day (today where none is given)."""
        return self.ledger.known_on(day)

    def news(self) -> News:
        """Give what became known, day by day: taken from beside the store, or read as far as it is asked
        for."""
        day = today()
        news = self.histories.get(day)
        if news is None:
            news = self.histories[day] = News(self.at(day))
            with suppress(OSError):
                if self.past:
                    news.take(require_file(self.past).read_bytes())
        return news

    def read_past(self) -> bool:
        """Read one more day of what became known; once all is read, keep it for whoever opens the store
        later, and tell so."""
        news = self.news()
        if news.read_on():
            return False
        self.keep(news.written())
        return True

    def keep(self, written: bytes) -> None:
        """Keep what became known beside the store."""
        with suppress(OSError):  # the folder may be there to be read only
            if self.past and not (self.past.is_file() and self.past.read_bytes() == written):
                write_atomic(self.past, written)
                take_rights(self.past, self.past.parent)


class PublishedStore:
    """Follow the pointer of a project's store for one audience."""

    def __init__(self, project: Project, audience: Audience) -> None:
        self.project = project
        self.audience = audience
        self.problem: Message | None = None
        """Why the store that was published last is not shown; nothing where it is."""
        self.shown: OpenedStore | None = None
        self.source = ""
        """The address whose store the project follows; nothing where it is built here."""
        self._fetched_at = -float(_SECONDS_BETWEEN_FETCHES)
        self._unreached: Message | None = None
        self._fault: Message | None = None
        self._seen: object = None
        self._lock = threading.Lock()
        self._watcher: threading.Thread | None = None
        self._stopped = threading.Event()
        self._asked_at = 0.0

    def edition(self) -> OpenedStore | None:
        """Give the store that is shown; nothing where none could be opened yet."""
        self._asked_at = time.monotonic()
        if self.shown is None:
            self.look()
        return self.shown

    def watch(self) -> None:
        """Look for a new store in the background from now on."""
        self._watcher = threading.Thread(target=self._keep_looking, daemon=True)
        self._watcher.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Look no more: the database must be at rest before the process ends."""
        self._stopped.set()
        if self._watcher is not None:
            self._watcher.join(_SECONDS_TO_STOP)

    def look(self) -> None:
        """Show the store in force, if it is another one than before and whole; whatever keeps it from that,
        the one before stays."""
        with self._lock:
            unreached = self._follow()
            try:
                with translated_errors():
                    mark = self._mark()
                    if mark == self._seen:
                        self.problem = unreached or self._fault
                        return
                    self._seen = mark
                    self.shown = self._opened()
                self._fault = None
            except EnnumError as error:
                self._fault = error.found
            except Exception:  # noqa: BLE001 - whatever it is, readers go on with what they have
                self._fault = _DAMAGED
                _LOG.exception("The published store cannot be shown")
            self.problem = unreached or self._fault

    def _follow(self) -> Message | None:
        """Bring the store here that is published at the address followed; say why that is not possible."""
        if not self.source:
            return None
        if time.monotonic() - self._fetched_at >= _SECONDS_BETWEEN_FETCHES:
            self._unreached = None
            try:
                with translated_errors():
                    follow(self.project, self.source)
            except FolderInUse:  # another worker brings it
                pass
            except EnnumError as error:
                self._unreached = error.found
            self._fetched_at = time.monotonic()
        return self._unreached

    def _mark(self) -> object:
        """Tell what changes when another store is published."""
        for audience in (self.audience, Audience.PUBLIC):
            path = folder(self.project, audience) / POINTER
            if path.is_file():
                status = path.stat()
                return status.st_mtime_ns, status.st_ino, status.st_size
        return None

    def _opened(self) -> OpenedStore:
        published, path = published_store(self.project, self.audience)
        ledger = open_store(path, published.content_hash, today(), self.audience)
        ledger.connection.execute("SET threads = 1")  # each holds ten megabytes; one answer is made at a time
        served = ServedLedger(ledger.connection, ledger.known_at, ledger.content_hash, ledger.audience)
        figures(served.known_on(None))
        days = tuple(ledger.days_known())
        if not days:
            raise StoreDamaged(_DAMAGED)
        past = path.with_suffix(_PAST) if self.audience is Audience.PUBLIC else None
        edition = OpenedStore(published, served, days, past)
        edition.news()
        return edition

    def _keep_looking(self) -> None:
        past_read = None
        while not self._stopped.wait(_SECONDS_BETWEEN_LOOKS):
            self.look()
            is_idle = time.monotonic() - self._asked_at > _SECONDS_OF_REST
            if self.shown is not None and self.shown is not past_read and is_idle:
                past_read = self.shown if self.shown.read_past() else None
