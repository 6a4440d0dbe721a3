"""The store in force, as a worker sees it: opened read-only, followed when another is published.

A worker keeps nothing else. A new store is opened, its bytes compared with what was published, and asked for
all its figures before any reader sees it; where that fails the old one stays, and `problem` says why.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboards.latest import Latest
from ennum_stats.errors import EnnumError, Message, StoreDamaged, message
from ennum_stats.figures import figures
from ennum_stats.figures.news import News
from ennum_stats.files.atomic import write_atomic
from ennum_stats.files.boundary import require_file, translated_errors
from ennum_stats.project import Audience, Project
from ennum_stats.store.ledger import Ledger, open_store, today
from ennum_stats.store.publish import POINTER, Published, folder, published_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

_LOG = logging.getLogger(__name__)
_LEDGERS_KEPT = 16
_LAYOUTS_KEPT = 4
_FORMS_KEPT = 1_000
_SECONDS_BETWEEN_LOOKS = 0.2
_SECONDS_TO_STOP = 5
_SECONDS_BEFORE_SHOWN = 1.2
"""Open pages show a new store within three seconds; what is not prepared by then is prepared after."""
_ANSWERED_FROM: ContextVar[Edition | None] = ContextVar("answered_from", default=None)
"""The store of the answer that is being made: it stays the same to the end, whatever is published."""
_PAST = ".past.json"
"""It begins with the name of its store, and is removed with it."""
_DAMAGED = message("The published store is not what its name says.")


@dataclass(frozen=True)
class ServedLedger(Ledger):
    """A ledger that keeps the other days that were asked for last."""

    others: Latest[date, Ledger] = field(
        default_factory=lambda: Latest(_LEDGERS_KEPT), repr=False, compare=False
    )

    def known_on(self, day: date | None) -> Ledger:
        """The same store as known on another day (today where none is given)."""
        wanted = day or today()
        return self.others.of(wanted, lambda: super(ServedLedger, self).known_on(wanted))


@dataclass(frozen=True, eq=False)
class Edition:
    """A published store that was opened and found whole."""

    published: Published
    ledger: Ledger
    days: tuple[date, ...]
    """The days on which something became known, in order."""
    past: Path | None = None
    """The file beside the store in which what became known is kept; the internal store has none."""
    forms: Latest[tuple[str, str], str] = field(
        default_factory=lambda: Latest(_FORMS_KEPT), repr=False
    )
    """The one form of questions that were asked in others: by page and parameters, or by what was posted."""
    layouts: Latest[str, Any] = field(default_factory=lambda: Latest(_LAYOUTS_KEPT), repr=False)
    """Pages as trees of components: the first answer writes as HTML what Dash may ask for a moment later."""

    histories: Latest[date, News] = field(default_factory=lambda: Latest(1), repr=False)
    """What became known by today."""

    def at(self, day: date | None) -> Ledger:
        """The store as known on a day (today where none is given)."""
        return self.ledger.known_on(day)

    def news(self) -> News:
        """What became known, day by day: taken from beside the store, or read once for every feed."""
        return self.histories.of(today(), self._news)

    def _news(self) -> News:
        found = News(self.at(None))
        with suppress(OSError):
            if self.past:
                found.take(require_file(self.past).read_bytes())
        return found

    def keep(self, written: bytes) -> None:
        """Keeps what became known beside the store, for whoever opens it later."""
        with suppress(OSError):  # the folder may be there to be read only
            if self.past and not (self.past.is_file() and self.past.read_bytes() == written):
                write_atomic(self.past, written)


def _nothing(_edition: Edition, _seconds: float) -> bool:
    return True


class PublishedStore:
    """Follows the pointer of a project's store for one audience."""

    def __init__(self, project: Project, audience: Audience) -> None:
        self.project = project
        self.audience = audience
        self.problem: Message | None = None
        """Why the store that was published last is not shown; nothing where it is."""
        self.before_shown: Callable[[Edition, float], object] = _nothing
        self.when_idle: Callable[[Edition, float], bool] = _nothing
        """What prepares answers from a store: before it takes another one's place, and once it is shown."""
        self.shown: Edition | None = None
        self._seen: object = None
        self._lock = threading.Lock()
        self._watcher: threading.Thread | None = None
        self._stopped = threading.Event()

    def edition(self) -> Edition | None:
        """The store of the answer that is being made, else the one that is shown; nothing where none could be
        opened yet."""
        if self.shown is None:
            self.look()
        return _ANSWERED_FROM.get() or self.shown

    @contextmanager
    def answered_from(self, edition: Edition | None) -> Iterator[None]:
        """While an answer is made, there is this store and no other."""
        token = _ANSWERED_FROM.set(edition)
        try:
            yield
        finally:
            _ANSWERED_FROM.reset(token)

    def watch(self) -> None:
        """Looks for a new store in the background from now on; once a process is enough."""
        if self._watcher is None or not self._watcher.is_alive():
            self._watcher = threading.Thread(target=self._keep_looking, daemon=True)
            self._watcher.start()
            atexit.register(self.stop)

    def stop(self) -> None:
        """Looks no more: the database must be at rest before the process ends."""
        self._stopped.set()
        if self._watcher is not None:
            self._watcher.join(_SECONDS_TO_STOP)

    def look(self) -> None:
        """Shows the store in force, if it is another one than before and whole; whatever keeps it from that,
        the one before stays."""
        with self._lock:
            try:
                with translated_errors():
                    mark = self._mark()
                    if mark == self._seen:
                        return
                    self._seen = mark
                    self._show(self._opened())
                self.problem = None
            except EnnumError as error:
                self.problem = error.found
            except Exception:  # noqa: BLE001 - whatever it is, readers go on with what they have
                self.problem = _DAMAGED
                _LOG.exception("The published store cannot be shown")

    def _show(self, edition: Edition) -> None:
        """Where readers see another store meanwhile, the new one is prepared before they see it."""
        if self.shown is not None:
            self.before_shown(edition, _SECONDS_BEFORE_SHOWN)
        self.shown = edition

    def _mark(self) -> object:
        """What changes when another store is published."""
        for audience in (self.audience, Audience.PUBLIC):
            path = folder(self.project, audience) / POINTER
            if path.is_file():
                found = path.stat()
                return found.st_mtime_ns, found.st_ino, found.st_size
        return None

    def _opened(self) -> Edition:
        published, path = published_store(self.project, self.audience)
        ledger = open_store(path, published.content_hash, today(), self.audience)
        served = ServedLedger(
            ledger.connection, ledger.known_at, ledger.content_hash, ledger.audience
        )
        figures(served.known_on(None))
        days = tuple(ledger.days_known())
        if not days:
            raise StoreDamaged(_DAMAGED)
        past = path.with_suffix(_PAST) if self.audience is Audience.PUBLIC else None
        edition = Edition(published, served, days, past)
        edition.news()
        return edition

    def _keep_looking(self) -> None:
        prepared = None
        while not self._stopped.wait(_SECONDS_BETWEEN_LOOKS):
            self.look()
            if self.shown is not None and prepared is not self.shown:
                edition = self.shown
                prepared = edition if self.when_idle(edition, _SECONDS_BETWEEN_LOOKS) else None
