"""What every answer carries so that browsers guard its readers, and what no request may do.

Dash answers 200 to every address, 500 to what is no question of its callbacks, and gives its own files away
raw. Only what pages need is let through to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from dash import Dash
from flask import Flask, Response, abort, current_app, request
from werkzeug.exceptions import MethodNotAllowed

from dashboards.inner import BESIDE_DCC, CALLBACK, CHECK, DATA, EMBED
from dashboards.reading import edition_shown, split_path
from dashboards.registry import Page, page_at
from dashboards.server.posted import addresses_of, is_question
from ennum_stats.languages import LANGUAGES

MAX_BODY = 64 * 1024
MAX_TEXT = 4 * 1024**2 + MAX_BODY
"""Of a text that a reader has checked."""
MAX_FILE = 64 * 1024**2 + MAX_BODY
"""Of a file that a data steward drops."""
MAX_ADDRESS = 2_048
STORE_HEADER = "Ennum-Store"
"""Names the store that an answer was made from, by its hash."""
_STILL = ("/static/", "/_dash-component-suites/")
"""Where the files of the pages are, which rest on no store."""
_STYLES = (Path(__file__).parents[1] / "assets" / "styles.sha256").read_text("utf-8").split()
"""The style elements that Dash and plotly.js put into a page; a test in a browser finds no other."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' {styles}; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
).format(styles=" ".join(f"'sha256-{style}'" for style in _STYLES))
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_FRAMED = re.compile(rf"/[A-Za-z-]+/{EMBED}[^/]+")
_FRAMED_HEADERS = {
    **{name: value for name, value in HEADERS.items() if name != "X-Frame-Options"},
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors *"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PARTS = re.compile(rf"{BESIDE_DCC}async-[\w-]+[\w.]*\.js")
"""Files that a page may still ask for beside the core: parts of dcc."""
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?", re.ASCII | re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))


@dataclass(frozen=True)
class Hosts:
    """Hold the names under which a server answers. Another site may have its own name lead here, and would
    then be what browsers take for this one."""

    names: frozenset[str] = LOOPBACK
    is_any_address: bool = False
    """Whether it also answers under every address in numbers, which no other site can have lead here."""
    public: str = ""
    """The name under which readers elsewhere know it, where there is one."""

    @property
    def address(self) -> str:
        """Tell what stands before every path in an address that leaves this server, in feeds and citations;
        nothing where no name is declared: what a request says of its host and scheme is the proxy's."""
        return f"https://{self.public}" if self.public else ""

    def allows(self, host: str) -> bool:
        """Tell whether a request for this host is for this server."""
        parts = _HOST.fullmatch(host)
        name = parts[1].lower() if parts else ""
        return name in self.names or (self.is_any_address and is_address(name))


def is_address(name: str) -> bool:
    """Tell whether a host is told by its address and not by a name."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def protect(app: Dash, hosts: Hosts) -> None:
    """Bound what is sent to the server, and let through what pages ask."""
    server: Flask = app.server
    server.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, DEBUG=False)

    @server.before_request
    def let_through() -> None:
        _check_request(hosts)
        if request.path == CALLBACK and request.method == "POST":
            _check_callback(app)
        elif request.path.startswith(("/_", "/assets/")):
            _check_inner()
        elif request.endpoint == "/<path:path>":
            _check_page()


def _check_request(hosts: Hosts) -> None:
    """Refuse what no page of ours asks: another host, an address without end or that is no line of text."""
    if not hosts.allows(request.host):
        abort(400)
    if most := _most_sent():
        if not is_own_origin(request.headers, request.host):
            abort(400)
        request.max_content_length, request.max_form_memory_size = most, MAX_TEXT
    if (request.content_length or 0) > (request.max_content_length or MAX_BODY):
        abort(413)
    if len(request.path) + len(request.query_string) > MAX_ADDRESS:
        abort(414)
    if not _is_line(request.path, request.query_string):
        abort(400)


def _most_sent() -> int:
    """Tell how many bytes a form of ours may send: a text to be checked, a file of a data steward; else none."""
    address = split_path(request.path)
    if request.method != "POST" or address is None:
        return 0
    if request.blueprint == DATA:
        return MAX_FILE if address[1] == DATA else MAX_BODY
    return MAX_TEXT if address[1] == CHECK else 0


def _is_line(path: str, query: bytes) -> bool:
    """Tell whether an address is text, its path a line of it."""
    try:
        query.decode()
    except UnicodeDecodeError:
        return False
    return not _CONTROL.search(path.encode())


def check_parameters() -> None:
    """Refuse parameters that are no line of text, where an address is in its settled form."""
    if _CONTROL.search(unquote_to_bytes(request.query_string)):
        abort(400)


def with_headers(answer: Response) -> Response:
    """Add to an answer what guards its readers, and the store that it was made from."""
    headers = _FRAMED_HEADERS if _FRAMED.fullmatch(request.path) else HEADERS
    for name, value in headers.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Cache-Control", "no-cache")
    edition = edition_shown() if not request.path.startswith(_STILL) else None
    if edition is not None:
        answer.headers[STORE_HEADER] = edition.published.content_hash
    address = split_path(request.path)
    if address[0] not in LANGUAGES if address else answer.mimetype == "text/html":
        answer.vary.add("Accept-Language")
    return answer


def _check_callback(app: Dash) -> None:
    if not is_own_origin(request.headers, request.host):
        abort(400)
    body: Any = None
    try:
        body = request.get_json(silent=True)
        is_asked = is_question(app, body)
    except RecursionError:  # lists in lists in lists
        is_asked = False
    if not is_asked:
        abort(400)
    if any(_page_of(path) is None for path, _ in addresses_of(body)):
        abort(404)


def _check_inner() -> None:
    """Let through our own files and parts of dcc, and all of Dash's while ours are made of them."""
    if request.method == "POST":
        request.get_data(cache=False)
        abort(400)
    files = current_app.extensions["ennum-resources"]
    is_ours = request.path in files.files or _PARTS.fullmatch(request.path)
    if "core.js" in files.addresses and not is_ours:
        abort(404)


def _check_page() -> None:
    if request.method not in ("GET", "HEAD"):
        raise MethodNotAllowed(["GET", "HEAD"])
    if _page_of(request.path) is None:
        abort(404)


def _page_of(path: str) -> Page | None:
    address = split_path(path)
    return page_at(address[1]) if address else None


def is_own_origin(headers: Any, host: str) -> bool:
    """Tell whether a page of this server asks, as far as a browser tells."""
    origin = headers.get("Origin")
    is_foreign = headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    return not is_foreign and (not origin or urlsplit(origin).netloc == host)
