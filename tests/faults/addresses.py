"""Addresses and posted bodies of strangers, asked of the application as a server calls it: of the public
one, and of the internal one beside it. Every page and picture that is answered is looked at (`pages`)."""

import gzip
import io
import json
import logging
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from random import Random
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import brotli

from dashboards.app import Dashboard, create_app
from dashboards.inner import CALLBACK
from dashboards.server.guards import HEADERS, STORE_HEADER
from dashboards.view import nearest_language
from ennum_stats.project import Audience, Project
from tests.faults.commands import GRACE_S, slowness
from tests.faults.ground import EMBARGOED_TITLE, EMBARGOED_VALUE, PERSON, ground
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict
from tests.faults.pages import faults_of_page, faults_of_picture, faults_of_table, found_misspelt, of_later
from tests.faults.strangers import MARKUP, MISSPELT, body, headers, path, search, value

WEIGHT = 30
_METHODS = ("GET",) * 60 + (
    "HEAD",
    "POST",
    "PUT",
    "OPTIONS",
    "OPTIONS",
    "OPTIONS",
    "DELETE",
    "PATCH",
    "TRACE",
    "BREW",
)
_SERVED = (
    ("project", Audience.PUBLIC), ("project", Audience.INTERNAL), ("project", Audience.PUBLIC),
    ("demonstration", Audience.PUBLIC),
)  # fmt: skip
_PLANTED = (EMBARGOED_TITLE, EMBARGOED_VALUE, PERSON)
_IN_NUMBERS = re.compile(r"(?<=\d)[\s.,’'](?=\d{3})")
_LANGUAGE = re.compile(r'<html lang="(\w+)">')
_STORE = re.compile(r'data-store="(\w+)"')
_HERE = re.compile(r"(?:http://localhost)?/(?!/)")
_SEARCHED = re.compile(r"/\w\w/search")
_PAGE = re.compile(r"/(?:fr|de|nl|en)/(?!check)[\w/-]*")
_DAY = re.compile(r"20[012]\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])")
_HTML = "text/html"
_HOST = "localhost"
_ORIGIN = f"http://{_HOST}"


@dataclass(frozen=True)
class Answer:
    """What was answered: its body as it is read."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float
    logged: str


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        apps: dict[tuple[str, Audience], Dashboard] = {}

        def tried(of: str, audience: Audience, environ: dict[str, Any]) -> Outcome:
            if (of, audience) not in apps:
                apps[of, audience] = create_app(Project(made.of(of)), audience)
            return _tried(apps[of, audience], environ, is_public=audience is Audience.PUBLIC)

        for _ in range(n):
            of, audience = rng.choice(_SERVED)
            environ = _environ(rng)
            asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']}"
            yield Case(f"{of} {audience} {asked}"[:300], lambda o=of, a=audience, e=environ: tried(o, a, e))


def _environ(rng: Random) -> dict[str, Any]:
    """A request as a server tells it, which has decoded the escapes of the path."""
    is_posted = rng.random() < 0.25
    posted = body(rng) if is_posted else b""
    asked = {f"HTTP_{name}": _sent(told) for name, told in headers(rng)}
    host = _HOST if rng.random() < 0.97 else _sent(value(rng))
    method = "POST" if is_posted else rng.choice(_METHODS)
    asked_path = path(rng)
    return {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": CALLBACK if is_posted else _sent(asked_path),
        "QUERY_STRING": _sent(search(rng, asked_path)) if not is_posted or rng.random() < 0.1 else "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": host,
        "CONTENT_TYPE": "application/json" if rng.random() < 0.98 else _sent(value(rng)),
        "CONTENT_LENGTH": str(len(posted)) if rng.random() < 0.99 else _sent(value(rng)), "posted": posted,
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False, **asked,
    }  # fmt: skip


def _sent(text: str) -> str:
    """A text as it is on its way: bytes, told as signs of one byte."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def _asked(app: Dashboard, environ: dict[str, Any]) -> Answer:
    told: list[tuple[str, list[tuple[str, str]]]] = []
    log = io.StringIO()
    listening = logging.StreamHandler(log)
    app.server.logger.addHandler(listening)
    streams = {"wsgi.input": io.BytesIO(environ["posted"]), "wsgi.errors": sys.stderr}
    begin = time.monotonic()
    try:
        chunks = app.server.wsgi_app({**environ, **streams}, lambda *said: told.append(said[:2]))
        content = b"".join(chunks)
    finally:
        app.server.logger.removeHandler(listening)
    status, given = told[-1]
    named = {name.lower(): one for name, one in given}
    coding = named.get("content-encoding", "") if content else ""
    plain = {"br": brotli.decompress, "gzip": gzip.decompress}.get(coding, bytes)(content)
    seconds = time.monotonic() - begin
    return Answer(int(status[:3]), named, plain.decode("utf-8", "replace"), seconds, log.getvalue())


def _tried(app: Dashboard, environ: dict[str, Any], *, is_public: bool) -> Outcome:
    """Ask twice: what is kept from the first time must be as good the second time, for whomever."""
    outcome = _judged(environ, first := _asked(app, environ), is_public=is_public)
    if outcome.verdict.is_bad or environ["REQUEST_METHOD"] not in ("GET", "POST"):
        return outcome
    if first.status in (301, 302, 308):  # what is asked is there under another address
        there = urlsplit(first.headers["location"])
        asked = {"PATH_INFO": _sent(unquote(there.path)), "QUERY_STRING": there.query}
        return _judged(environ | asked, _asked(app, environ | asked), is_public=is_public)
    other = {**environ, "HTTP_ACCEPT_LANGUAGE": "de", "HTTP_ACCEPT_ENCODING": "gzip"}
    outcome = _judged(other, again := _asked(app, other), is_public=is_public)
    if not outcome.verdict.is_bad and (wrong := _unlike(app, environ, first, again)):
        return Outcome(Verdict.INCONSISTENT, f"{wrong}\n{environ}")
    return outcome


def _unlike(app: Dashboard, environ: dict[str, Any], first: Answer, again: Answer) -> str:
    """What does not fit in answers to the same address, to readers of other languages; and to an address that asks
    the same in another word."""
    if first.status not in (again.status, 304):
        return f"{first.status}, and then {again.status}"
    shown = [_LANGUAGE.search(one.text) for one in (first, again)]
    if (
        all(shown)
        and shown[0][1] != shown[1][1]
        and "accept-language" not in first.headers.get("vary", "").lower()
    ):
        return "caches are not told that it depends on the language"
    if first.status == 200 and _SEARCHED.fullmatch(environ["PATH_INFO"]):
        typed = parse_qs(environ["QUERY_STRING"]).get("q", [""])[0]
        right = (
            _asked(app, environ | {"QUERY_STRING": f"q={quote(MISSPELT[typed])}"})
            if typed in MISSPELT
            else first
        )
        return "" if found_misspelt(first.text, right.text) else f"{typed} finds nothing of {MISSPELT[typed]}"
    return ""


def _judged(environ: dict[str, Any], answer: Answer, *, is_public: bool) -> Outcome:
    told = f"{environ}\n{answer.status} {answer.headers}\n{answer.text[:300]}\n{answer.logged[-2_000:]}"
    if answer.status >= 500 or answer.logged or "Traceback" in answer.text:
        return Outcome(Verdict.TRACE, told)
    if answer.seconds > GRACE_S * slowness():
        return Outcome(Verdict.HANG, f"{answer.seconds:.1f} s\n{told}")
    is_error_for_programs = (
        answer.headers.get("content-type") == "application/problem+json"
    )  # says what was asked
    if (MARKUP in answer.text or "<img src=x" in answer.text) and not is_error_for_programs:
        return Outcome(Verdict.LEAK, f"markup\n{told}")
    if is_public and (found := [one for one in _PLANTED if one in _IN_NUMBERS.sub("", answer.text)]):
        return Outcome(Verdict.LEAK, f"{found}\n{told}")
    if wrong := _contradiction(environ, answer, is_public=is_public):
        return Outcome(Verdict.INCONSISTENT, f"{wrong}\n{told}")
    return REFUSED if answer.status >= 400 else DONE


def _contradiction(environ: dict[str, Any], answer: Answer, *, is_public: bool) -> str:
    """What does not fit in an answer; empty where all does."""
    kind = answer.headers.get("content-type", "")
    is_posted = environ["REQUEST_METHOD"] == "POST"
    if answer.status < 400 and environ["HTTP_HOST"] not in (_HOST, ""):
        return "under another name"
    if answer.status < 400 and is_posted and (environ.get("HTTP_ORIGIN") or _ORIGIN) != _ORIGIN:
        return "for another site"
    if missing := [name for name in HEADERS if name.lower() not in answer.headers]:
        return f"without {missing}"
    if "set-cookie" in answer.headers:
        return "a cookie"
    if "location" in answer.headers and not _HERE.match(answer.headers["location"]):
        return "leads elsewhere"
    if wrong := _not_allowed(environ, answer, is_public=is_public):
        return wrong
    if environ["REQUEST_METHOD"] == "HEAD" or answer.status in (204, 304):
        return "a body" if answer.text else ""
    if answer.status >= 400 and _HTML not in kind:
        return "" if json.loads(answer.text).get("detail") else "no sentence"
    shown = _LANGUAGE.search(answer.text) if _HTML in kind else None
    if shown:
        accepted = re.split(r"[,;]", environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        wanted = nearest_language(environ["PATH_INFO"][1:].partition("/")[0][:5], accepted)
        store = _STORE.search(answer.text)
        if answer.status == 200 and shown[1] != wanted:
            return f"in {shown[1]}, not {wanted}"
        if store and store[1] != answer.headers[STORE_HEADER.lower()]:
            return "of two stores"
    if answer.status != 200:
        return ""
    seen = chain(
        faults_of_page(answer.text, shown[1]) if shown else (),
        faults_of_picture(answer.text, is_chart="/chart/" in environ["PATH_INFO"]) if "svg" in kind else (),
        faults_of_table(answer.text) if kind.startswith("text/csv") else (),
        _later(environ, answer),
    )
    return next(seen, "")


def _not_allowed(environ: dict[str, Any], answer: Answer, *, is_public: bool) -> str:
    """What no request may do, or no answer of the internal server give."""
    if answer.status == 405 and "allow" not in answer.headers:
        return "does not say what is allowed"
    is_page = bool(_PAGE.fullmatch(environ["PATH_INFO"]))
    if answer.status < 400 and environ["REQUEST_METHOD"] not in (
        "GET",
        "HEAD",
        "POST",
        *(() if is_page else ["OPTIONS"]),
    ):
        return "as if it could be done"
    if not is_public and "access-control-allow-origin" in answer.headers:
        return "any site may read what is internal"
    typed = "q" in parse_qs(environ["QUERY_STRING"], errors="replace", max_num_fields=None)
    if is_page and typed and answer.status == 200 and "s-maxage" in answer.headers.get("cache-control", ""):
        return "kept for all, whatever is typed"
    is_sent = answer.status == 200 and environ["REQUEST_METHOD"] != "OPTIONS"
    if not is_public and is_sent and environ["PATH_INFO"].endswith((".atom", ".ics")):
        return "what is internal goes to programs that keep it"
    return ""


def _later(environ: dict[str, Any], answer: Answer) -> Iterator[str]:
    """Say what an answer of a day tells that nobody knew then."""
    asked = parse_qs(environ["QUERY_STRING"], errors="replace", max_num_fields=None).get("known_at", [])
    if (
        len(asked) == 1
        and _DAY.fullmatch(asked[0])
        and (told := of_later(answer.text, date.fromisoformat(asked[0])))
    ):
        yield f"tells on {asked[0]} of {told}"
