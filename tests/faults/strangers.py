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
from ennum_stats.figures.catalogue import FIXED_FIGURES
from ennum_stats.figures.statements import STATEMENTS
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
_FOLDERS = ("figure", "chart", "chart", "table", "point", "people")
_OF_DASH = (
    "/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/_callback", "/_favicon.ico", "/assets/boot.js",
    "/_dash-component-suites/dash/dcc/async-graph.js", "/_dash-component-suites/x/../../server.py",
    "/_dash-component-suites/plotly/package_data/plotly.min.js", "/static/x", "/robots.txt", "/health",
    "/health/live", "/api/figures", "/", "", "/fr", "/data/raw/contacts.csv", "/../data/raw/contacts.csv",
    "/feed.atom", "/de/feed.atom", "/nl/feed/budgets.atom", "/en/feed/figure/total_investment.atom", "/fr/calendar.ics",
    "/fr/search", "/nl/search",
)  # fmt: skip
MISSPELT = {"Vervier": "Verviers", "Namurr": "Namur", "Lige": "Liège", "Charlroi": "Charleroi"}
"""What people type for what they mean."""
_HEADERS = (
    "ACCEPT_LANGUAGE", "ACCEPT_ENCODING", "IF_NONE_MATCH", "RANGE", "COOKIE", "X_FORWARDED_HOST",
    "X_FORWARDED_FOR", "X_FORWARDED_PREFIX", "X_ORIGINAL_URL", "X_HTTP_METHOD_OVERRIDE", "FORWARDED",
    "REFERER", "ORIGIN", "ORIGIN", "IF_MODIFIED_SINCE", "TRANSFER_ENCODING", "EXPECT", "USER_AGENT", "ACCEPT",
)  # fmt: skip


def value(rng: Random) -> str:
    chance = rng.random()
    if chance < 0.7:
        return rng.choice(VALUES)
    if chance < 0.85:
        return rng.choice(VALUES) + rng.choice(VALUES)
    return "".join(chr(rng.choice((rng.randrange(32, 127), rng.randrange(0xD800)))) for _ in range(12))


def path(rng: Random) -> str:
    """An address, mostly of what there is: only there is something to be broken."""
    language = rng.choice(
        LANGUAGES if rng.random() < 0.9 else ("xx", "FR", "fr-BE", "nl_BE", "api", value(rng))
    )
    chance = rng.random()
    page = rng.choice(PAGES if chance < 0.7 else _FOLDERS if chance < 0.85 else ("measures", "figures"))
    names = _NAMES.get(page.partition("/")[0], NAMES)
    name = rng.choice(names if rng.random() < 0.9 else (*NAMES, value(rng)))
    if chance < 0.7:
        return f"/{language}/{page.replace('<name>', name)}"
    if chance < 0.85:
        return f"/{language}/{page}/{name}.{rng.choice(_FORMS) if rng.random() < 0.9 else value(rng)}"
    if chance < 0.9:
        return f"/api/{page if rng.random() < 0.9 else value(rng)}/{name}"
    return rng.choice(_OF_DASH) if chance < 0.98 else f"/{language}/{value(rng)}"


def search(rng: Random, asked: str = "") -> str:
    """What is asked of an address, mostly what its page reads."""
    own = _READ.get("/".join(asked.split("/")[2:3]), PARAMETERS)
    said = [f"q={quote(rng.choice([*MISSPELT]))}"] if rng.random() < 0.04 else []
    said += [f"known_at={rng.choice(_RIGHT['known_at'])}"] if rng.random() < 0.15 else []
    for _ in range(rng.choice((0, 0, 1, 1, 1, 2, 2, 3, 3, 40))):
        name = rng.choice(own if rng.random() < 0.6 else PARAMETERS) if rng.random() < 0.95 else value(rng)
        told = rng.choice(_RIGHT[name]) if name in _RIGHT and rng.random() < 0.7 else value(rng)
        said.append(f"{_quoted(name)}={_quoted(told) if rng.random() < 0.8 else told}")
    return "&".join(said)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


def headers(rng: Random) -> Iterator[tuple[str, str]]:
    for name in rng.sample(_HEADERS, rng.choice((0, 0, 1, 3))):
        right = {
            "ACCEPT_LANGUAGE": (*LANGUAGES, "nl-BE,nl;q=0.9", "*"),
            "ACCEPT_ENCODING": ("br", "gzip", "br;q=0"),
            "ORIGIN": ("http://localhost", "https://other.example"),
        }
        yield name, rng.choice((*right.get(name, ()), value(rng)))


def body(rng: Random) -> bytes:
    """What is posted to a callback: as the renderer asks it, but of another page, or for something."""
    chance = rng.random()
    question = copy.deepcopy(rng.choice(ASKED))
    if rng.random() < 0.8:
        where = {"pathname": path(rng), "search": f"?{search(rng)}"}
        for told in (*question["inputs"], *question["state"]):
            told["value"] = where.get(told["property"], told["value"])
    else:
        question = _changed(rng, question, rng.choice((0.005, 0.03, 0.1)))
    asked = json.dumps(question).encode()
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
_READ = {
    path.partition("/")[0]: ("known_at", *(one.name for one in page.filters))
    for path, page in all_pages().items()
}
NAMES = (
    *CHARTS, *TABLES, "total_investment", "en2019_projects", "winners_per_call.EN1", "timeline.0", ".", "",
)  # fmt: skip
_NAMES = {
    "figure": tuple(one.name for one in FIXED_FIGURES), "proof": (*STATEMENTS,),
    "figures": tuple(one.name for one in FIXED_FIGURES), "measures": (*TABLES, ""), "table": (*TABLES,),
    "chart": (*CHARTS,), "point": ("winners_per_call.EN1", "budget_per_call.EN2019", "timeline.0"),
    "call": ("EN1", "EN2017", "EN2020"), "document": ("press-kit-2020", "awt-2007", "rtbf-2020-01"),
    "commune": ("63079", "92094", "62063"), "province": ("liege", "namur"), "network": ("wbe", "provincial"),
}  # fmt: skip
"""Names that there are, by what they name."""
_RIGHT = {
    "known_at": ("2020-01-31", "2018-06-30", "2026-11-24"), "lang": LANGUAGES, "language": LANGUAGES,
    "prices": ("nominal", "real:2019"), "units": ("numbers", "shares"), "charts": ("tables",),
    "by": ("programme", "call", "year", "component"), "call": ("EN1", "EN2017~EN2018"), "province": ("liege", "namur"),
    "network": ("wbe",), "programme": ("cyberclasse",), "universe": ("implantations", "register"),
    "q": ("coût EN2019", "Verviers"), "measure": ("winners", "budgets", "projects_awarded"), "of": ("call", "day"),
    "what": ("EN2018~EN2019", "2020-01-31~2021-06-30"), "number": ("winners.projects_awarded", "budgets.value"),
    "rows": ("call", "programme", "commune"), "columns": ("call", "year"), "share": ("0", "20", "40", "80"),
    "commune": ("92094",), "kind": ("press", "official"),
    "level": ("fundamental_ordinary",),
}  # fmt: skip
ASKED = tuple(json.loads(one.partition(b"\r\n\r\n")[2]) for one in questions())
