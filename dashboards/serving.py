"""Run the dashboard: granian starts workers that rest on nothing but the store, and looks after them.

It receives requests whole and sends answers itself, whatever a client does; what is slow or too much for it
is ended by the proxy in front (`docs/deploy/nginx.conf`)."""

from __future__ import annotations

import ctypes
import gc
import ipaddress
import signal
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from dashboards.app import create_app
from dashboards.files.page_files import load_libraries
from dashboards.server.answers import SECONDS_TO_WAIT
from dashboards.server.guards import LOOPBACK, Hosts
from ennum_stats.drawing.picture import typesetter
from ennum_stats.errors import UsageError, message
from ennum_stats.project import Audience, Project

if TYPE_CHECKING:
    from flask import Flask

    from dashboards.served_store import PublishedStore

_THREADS = 8
"""Of a worker; one makes an answer, the others give what is kept, or wait for their turn."""
_MAX_HEADERS = 16 * 1024
_SECONDS_TO_ASK = 20
"""So long the head of a request may take to arrive, however slowly it does; a silent connection is closed then."""
_CONNECTIONS = 2_000
"""Of a worker, silent ones among them: further ones wait until one is closed."""
SECONDS_TO_END = SECONDS_TO_WAIT + 10
"""So long a process that is told to end goes on answering what was asked before: whoever waits for a turn has one by
then, or was told to come back."""
_MOST_MEGABYTES, _SECONDS_BETWEEN_LOOKS = 300, 10
"""A worker that holds more is replaced by a fresh one before it ends: two of them, their parent and one that takes a
place held 615 MB at most over 72,000 addresses, as a third of what each holds is shared (29 November 2026)."""
_MOST_ARENAS = -8
"""What glibc calls `M_ARENA_MAX`."""
_END_WITH_PARENT = 1
"""What Linux calls `PR_SET_PDEATHSIG`."""
_SECONDS_TO_SWITCH = 0.0005
"""A thread that makes a page lets one that answers pass so often."""


def serve(
    project: Project, audience: Audience, host: str, port: int, workers: int, names: Collection[str] = (),
    proxy_secret: str = "", source: str = "",
) -> None:  # fmt: skip
    """Serve until it is stopped, under `names` too; with a `proxy_secret`, data are for those alone whom a proxy names.
    With a `source`, the project follows the store at that address.

    Raise `UsageError` for an internal server that others could reach.
    """
    checked_host(audience, host)
    with suppress(AttributeError, OSError, TypeError):  # where the system's memory is not that of glibc
        ctypes.CDLL(None).mallopt(
            _MOST_ARENAS, 1
        )  # threads take turns; of each its own, a third stays unused
    application = partial(_application, project, audience, hosts_of(host, names), proxy_secret, source)
    application()  # workers that are forked have it from here, and faults are told before any is started
    load_libraries()
    gc.freeze()  # so that they share its memory
    Granian(
        "dashboards",
        "127.0.0.1" if host == "localhost" else host.strip("[]"), port, interface=Interfaces.WSGI,
        workers=workers, blocking_threads=_THREADS,
        backlog=2 * _CONNECTIONS, backpressure=_CONNECTIONS, http=HTTPModes.http1, websockets=False,
        http1_settings=HTTP1Settings(_SECONDS_TO_ASK * 1000, max_buffer_size=_MAX_HEADERS),
        workers_kill_timeout=SECONDS_TO_END, respawn_failed_workers=True, log_enabled=False,
        workers_max_rss=_MOST_MEGABYTES, rss_sample_interval=_SECONDS_BETWEEN_LOOKS,
    ).serve(target_loader=partial(_worker, application), wrap_loader=False)  # fmt: skip


@cache
def _application(project: Project, audience: Audience, hosts: Hosts, proxy_secret: str, source: str) -> Flask:
    """Make the application of a process."""
    server: Flask = create_app(project, audience, hosts, proxy_secret).server
    server.extensions["ennum"].source = source
    return server


def _worker(application: Callable[[], Flask], *_target: Any) -> Flask:
    """Open the store before the first reader asks for a page, and follow it; open what sets files, whose threads
    would not outlive a fork."""
    with suppress(AttributeError, OSError, TypeError):  # where the system is not Linux
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGTERM)
    sys.setswitchinterval(_SECONDS_TO_SWITCH)
    server = application()
    store: PublishedStore = server.extensions["ennum"]
    store.edition()
    store.watch()
    typesetter()
    return server


def checked_host(audience: Audience, host: str) -> None:
    """Refuse an internal server anywhere but on loopback: who may read it is decided by the
    administration's own proxy in front of it."""
    if audience is not Audience.PUBLIC and not is_loopback(host):
        raise UsageError(
            message("The internal dashboard is never served on “{host}”.", host=host),
            where="--host",
            expected=message("It listens on this machine only: 127.0.0.1, ::1 or localhost."),
            remedy=message("Put your authenticating proxy in front of it."),
        )


def hosts_of(host: str, names: Collection[str] = ()) -> Hosts:
    """Give the hosts that a server answers for: the one that it listens on, this machine, and `names`, of
    which readers know the first. Where other machines reach it, it answers under its addresses too."""
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    public = [name.lower() for name in names]
    return Hosts(LOOPBACK | {shown.lower(), *public}, not is_loopback(host), next(iter(public), ""))


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches a host.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
