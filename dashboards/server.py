"""Running the dashboard: gunicorn with workers that share nothing; waitress on Windows."""

from __future__ import annotations

import ipaddress
import sys
from typing import TYPE_CHECKING, Any

from dashboards.app import Dashboard, create_app
from dashboards.guards import LOOPBACK, Hosts
from ennum_stats.errors import UsageError, message
from ennum_stats.project import Audience, Project

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask import Flask

REQUESTS_AT_ONCE = 1_000
THREADS = 4
"""A worker's threads; connections that ask nothing wait beside them."""
_SECONDS_TO_ANSWER = 30


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
        _serve_with_waitress(app, host, port)
    else:
        _serve_with_gunicorn(app, host, port, workers)


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
    """The hosts that a server answers for: the one that it listens on, this machine, and `names`. Where other
    machines reach it, it answers under its addresses too."""
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    own = {name.lower() for name in (shown, *names)}
    return Hosts(LOOPBACK | own, is_any_address=not is_loopback(host))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def opened(app: Dashboard) -> None:
    """Opens the store before the first reader asks for a page; pages are made when nobody asks for one."""
    store = app.server.extensions["ennum"]
    store.edition()
    store.when_idle = app.kept.warm
    store.watch()


def _serve_with_waitress(app: Dashboard, host: str, port: int) -> None:
    import waitress

    opened(app)
    waitress.serve(app.server, host=host, port=port, threads=2 * THREADS, ident=None)


def _serve_with_gunicorn(app: Dashboard, host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """gunicorn with our settings; nothing is read from files or the environment."""

        def load_config(self) -> None:
            shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
            settings: dict[str, Any] = {
                "bind": f"{shown}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": THREADS,
                "backlog": REQUESTS_AT_ONCE,
                "timeout": _SECONDS_TO_ANSWER,
                "graceful_timeout": 5,
                "keepalive": 5,
                "preload_app": True,
                "limit_request_line": 2048,
                "limit_request_fields": 50,
                "limit_request_field_size": 4096,
                "loglevel": "warning",
                "proc_name": "ennum-dashboard",
                "control_socket_disable": True,
                "post_worker_init": lambda _worker: opened(app),
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            server: Flask = app.server
            return server

    Server().run()
