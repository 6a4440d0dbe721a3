"""Running the dashboard: gunicorn keeps workers that rest on nothing but the store, one process on Windows.

What a worker does with its connections stands in `connections`.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING, Any

from dashboards.app import Dashboard, create_app
from dashboards.page_files import load_libraries
from dashboards.server.connections import SECONDS_TO_END, Connections
from dashboards.server.guards import LOOPBACK, Hosts
from ennum_stats.errors import UsageError, message
from ennum_stats.project import Audience, Project

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboards.served_store import Edition, PublishedStore
    from dashboards.server.cache import KeptAnswers

_SECONDS_TO_NOTICE = 30
"""So long a worker may say nothing before another takes its place."""
_BEHIND_ALL_OTHERS = 10
_SECONDS_TO_SWITCH = 0.0005
"""A thread that makes a page lets the one that answers pass so often."""


def serve(
    project: Project,
    audience: Audience,
    host: str,
    port: int,
    workers: int,
    names: Collection[str] = (),
) -> None:
    """Serves until it is stopped, under `names` too.

    Raises `UsageError` for an internal server that others could reach.
    """
    checked_host(audience, host)
    app = create_app(project, audience, hosts_of(host, names))
    if sys.platform == "win32":
        _serve_alone(app, host, port)
    else:
        _serve_with_workers(app, host, port, workers)


def checked_host(audience: Audience, host: str) -> None:
    """Refuses an internal server anywhere but on loopback: who may read it is decided by the
    administration's own proxy in front of it."""
    if audience is not Audience.PUBLIC and not is_loopback(host):
        raise UsageError(
            message("The internal dashboard is never served on “{host}”.", host=host),
            where="--host",
            expected=message("It listens on this machine only: 127.0.0.1, ::1 or localhost."),
            remedy=message("Put your authenticating proxy in front of it."),
        )


def hosts_of(host: str, names: Collection[str] = ()) -> Hosts:
    """The hosts that a server answers for: the one that it listens on, this machine, and `names`, of which
    readers know the first. Where other machines reach it, it answers under its addresses too."""
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    told = [name.lower() for name in names]
    return Hosts(LOOPBACK | {shown.lower(), *told}, not is_loopback(host), next(iter(told), ""))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def opened(app: Dashboard) -> PublishedStore:
    """Opens the store before the first reader asks for a page, and follows it."""
    sys.setswitchinterval(_SECONDS_TO_SWITCH)
    logging.getLogger("waitress.queue").disabled = True  # how many wait is bounded, and no fault
    store: PublishedStore = app.server.extensions["ennum"]
    store.edition()
    store.watch()
    return store


def _open_in_worker(app: Dashboard) -> None:
    """Opens the store in a worker, which shows another one once its answers are made, and while nobody asks
    loads what files need, and takes what another process reads of the past."""
    store = opened(app)
    store.before_shown = app.kept.wait_until_warm

    def prepare(edition: Edition, seconds: float) -> bool:
        load_libraries()
        return app.kept.take_past(edition, seconds)

    store.when_idle = prepare


def _warm_for_workers(app: Dashboard) -> None:
    """Makes answers from each new store in a process of its own, behind all that readers wait for. It ends
    with the one that has started it."""
    parent = os.getpid()
    if os.fork():
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends, and so does this
    os.nice(_BEHIND_ALL_OTHERS)
    store = opened(app)
    store.before_shown = lambda _edition, _seconds: None
    store.when_idle = app.kept.warm_and_keep_past
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def _serve_alone(app: Dashboard, host: str, port: int) -> None:
    """Serves in this process, until it is stopped."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host.strip("[]"), port), family=family) as listening:
        opened(app).when_idle = app.kept.warm_and_keep_past
        try:
            Connections(app.kept, listening).serve(lambda: True)
        except KeyboardInterrupt:
            return


def _serve_with_workers(app: Dashboard, host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication
    from gunicorn.workers.base import Worker

    class ConnectionsWorker(Worker):  # type: ignore[misc]
        """A process that gunicorn starts, looks after and ends."""

        def run(self) -> None:
            """Answers until it is told to end, or its parent has ended."""
            Connections(app.kept, self.sockets[0].sock).serve(self._goes_on)

        def _goes_on(self) -> bool:
            self.notify()
            return bool(self.alive) and self.ppid == os.getppid()

    class Server(BaseApplication):  # type: ignore[misc]
        """gunicorn with our settings; nothing is read from files or the environment."""

        def load_config(self) -> None:
            shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
            settings: dict[str, Any] = {
                "bind": f"{shown}:{port}",
                "workers": workers,
                "worker_class": ConnectionsWorker,
                "timeout": _SECONDS_TO_NOTICE,
                "graceful_timeout": SECONDS_TO_END + 1,
                "preload_app": True,
                "loglevel": "warning",
                "proc_name": "ennum-dashboard",
                "control_socket_disable": True,
                "post_worker_init": lambda _worker: _open_in_worker(app),
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> KeptAnswers:
            return app.kept

    _warm_for_workers(app)
    Server().run()
