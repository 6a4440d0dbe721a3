"""What strangers send to a server: values that mean something elsewhere, in addresses and posted bodies."""

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote

from bench.clients import questions
from dashboards.registry import all_pages
from ennum_stats.charts import CHARTS
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.catalogue import TABLES

MARKUP = "<script>alert(1)</script>"
VALUES = (
    "", MARKUP, "'\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "\x00", "%00",
    "../../etc/passwd", "'\"", "é", "\u202e", "\ud800", "\U0001f600", "=1+1", "{}", "[]", "null", "-1",
    "9" * 400, "1e309", "NaN", "~", "~" * 50, "?", "?EN1", "EN1", "EN1~EN2", "2020-01-31", "2020-02-30",
    "0000-00-00", "9999-99-99", "31/12/2019", "2019", "0001", "00001", "10000", "2020-1", "٢٠٢٠-٠١-٣١", "²",
    "real:2019", "real:1066", "real:²", "nominal", "a" * 1_000, "%", "%zz", "%c3%28", ";", "&", "#", "/",
    "//", "\\", "a/b", "\r\n", "\t", " ", "+", "true", "programme", "call", "year", "province", "commune",
    "register", "x:y", "*", "{name}", "%s", "%(x)s", "{0.__class__}", "fr", "xx", "FR", "fr-BE", "internal",
    "embargoed", "contacts.csv", "shares", "wall", "7",
)  # fmt: skip
"""Also right ones, so that wrong ones come to where those lead."""
_WILD = (
    None, True, 0, -1, 1e308, "", [], {}, [[]], {"a": 1}, "x" * 5_000, "\x00", "\ud800", ["x"] * 200,
    {"id": "x", "property": "y"}, 10**30,
)  # fmt: skip
_MORE = ("output", "outputs", "id", "value", "sideOutput", "background", "cancelJob", "job", "x")
_FORMS = ("csv", "xlsx", "svg", "png", "pdf", "")
_FOLDERS = ("figure", "chart", "table", "point", "document", "people")
_OF_DASH = (
    "/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/_callback", "/_favicon.ico", "/assets/boot.js",
    "/_dash-component-suites/dash/dcc/async-graph.js", "/_dash-component-suites/x/../../server.py",
    "/_dash-component-suites/plotly/package_data/plotly.min.js", "/static/x", "/robots.txt", "/health",
    "/health/live", "/api/figures", "/", "", "/fr", "/data/raw/contacts.csv", "/../data/raw/contacts.csv",
)  # fmt: skip
_HEADERS = (
    "ACCEPT_LANGUAGE", "ACCEPT_ENCODING", "IF_NONE_MATCH", "RANGE", "COOKIE", "X_FORWARDED_HOST",
    "X_FORWARDED_FOR", "X_FORWARDED_PREFIX", "X_ORIGINAL_URL", "X_HTTP_METHOD_OVERRIDE", "FORWARDED",
    "REFERER", "IF_MODIFIED_SINCE", "TRANSFER_ENCODING", "EXPECT", "USER_AGENT", "ACCEPT",
)  # fmt: skip


def value(rng: Random) -> str:
    chance = rng.random()
    if chance < 0.7:
        return rng.choice(VALUES)
    if chance < 0.85:
        return rng.choice(VALUES) + rng.choice(VALUES)
    return "".join(chr(rng.choice((rng.randrange(32, 127), rng.randrange(0xD800)))) for _ in range(12))


def path(rng: Random) -> str:
    language = rng.choice((*LANGUAGES, *LANGUAGES, "xx", "FR", "fr-BE", "nl_BE", "api", value(rng)))
    name = rng.choice((*NAMES, value(rng)))
    chance = rng.random()
    if chance < 0.45:
        return f"/{language}/{rng.choice(PAGES).replace('<name>', name)}"
    if chance < 0.65:
        return f"/{language}/{rng.choice(_FOLDERS)}/{name}.{rng.choice((*_FORMS, value(rng)))}"
    if chance < 0.8:
        return f"/api/{rng.choice(('figures', 'measures', value(rng)))}/{name}"
    return rng.choice(_OF_DASH) if chance < 0.95 else f"/{language}/{value(rng)}"


def search(rng: Random) -> str:
    said = []
    for _ in range(rng.choice((0, 1, 1, 2, 3, 40))):
        name = rng.choice(PARAMETERS) if rng.random() < 0.9 else value(rng)
        told = value(rng)
        said.append(f"{_quoted(name)}={_quoted(told) if rng.random() < 0.8 else told}")
    return "&".join(said)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


def headers(rng: Random) -> Iterator[tuple[str, str]]:
    for name in rng.sample(_HEADERS, rng.choice((0, 0, 1, 3))):
        right = {
            "ACCEPT_LANGUAGE": (*LANGUAGES, "nl-BE,nl;q=0.9", "*"),
            "ACCEPT_ENCODING": ("br", "gzip", "br;q=0"),
        }
        yield name, rng.choice((*right.get(name, ()), value(rng)))


def body(rng: Random) -> bytes:
    """What is posted to a callback: as the renderer asks it, but for something."""
    chance = rng.random()
    asked = json.dumps(
        _changed(rng, copy.deepcopy(rng.choice(ASKED)), rng.choice((0.005, 0.03, 0.1)))
    ).encode()
    if chance < 0.03:
        return asked[: rng.randrange(len(asked))]
    if chance < 0.06:
        return rng.choice(
            (b"", b"{}", b"[" * 5_000, b"\xff\xfe\x00", b"NaN", b"9" * 5_000, b'{"output":' * 500)
        )
    return asked


def _changed(rng: Random, found: Any, rate: float) -> Any:
    if rng.random() < rate:
        return rng.choice((*_WILD, value(rng)))
    if isinstance(found, dict):
        kept = {name: _changed(rng, one, rate) for name, one in found.items() if rng.random() > rate / 2}
        return kept | ({rng.choice(_MORE): rng.choice(_WILD)} if rng.random() < rate / 2 else {})
    if isinstance(found, list):
        kept = [_changed(rng, one, rate) for one in found if rng.random() > rate / 2]
        return [*kept, rng.choice(_WILD)] if rng.random() < rate / 2 else kept
    if isinstance(found, str) and rng.random() < 0.15:
        return rng.choice((value(rng), path(rng), f"?{search(rng)}", f"{path(rng)}?{search(rng)}"))
    return found


PAGES = tuple(all_pages())
PARAMETERS = tuple(
    sorted(
        {"known_at", "lang", "by", "prices", "universe", "language", "levels", "x"}
        | {one.name for page in all_pages().values() for one in page.filters}
    )
)
NAMES = (
    *CHARTS, *TABLES, "total_investment", "en2019_projects", "winners_per_call.EN1", "timeline.0", ".", "",
)  # fmt: skip
ASKED = tuple(json.loads(one.partition(b"\r\n\r\n")[2]) for one in questions())
