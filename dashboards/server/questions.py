"""What a request asks for, in one form: the same view is one question, however its address is written.

An answer is kept by its question. A page depends on the day and its own filters and on nothing else in its
address, an answer to a callback on what was posted, and a page drawn anew not even on what had changed.
What no page knows is brought to the view that is shown in its place, so that nobody can make a server draw
the same page again and again by asking for nonsense.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from werkzeug.datastructures import EnvironHeaders
from werkzeug.http import parse_accept_header
from werkzeug.test import EnvironBuilder

from dashboards.inner import CALLBACK, CODE, CONTENT, EMBED, LOCATION, ROUTER, SUGGEST, TITLE
from dashboards.reading import asked_of, settled_search, split_path
from dashboards.registry import all_pages, page_at, page_of_file
from dashboards.server.guards import MAX_ADDRESS, MAX_BODY, is_own_origin
from dashboards.server.posted import as_read
from dashboards.view import SEPARATOR, nearest_language
from ennum_stats.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboards.registry import Page
    from dashboards.served_store import Edition

Environ = dict[str, Any]
CODINGS = ("br", "gzip")
LIGHT = ("/health", "/static/", "/_dash-component-suites/")
"""What is made in no time, so that nobody waits for it, and is the same whatever is asked beside it."""
_TABLE_PARAMETERS = ("by", "known_at", "prices", "universe")
_READ_NOTHING = (".atom", ".ics")
"""What is the same whatever its address asks."""
_ACCEPTED_KEPT = 100


@dataclass(frozen=True)
class Question:
    """What is asked: `key` tells it from others; it can be asked again by its address and what was posted."""

    key: str
    address: str
    posted: bytes = b""
    is_kept: bool = True
    """Whether its answer may be kept: not where it answers to whatever a reader typed."""

    def environ(self) -> Environ:
        """The request of a browser that asks it."""
        kind = "application/json" if self.posted else None
        method = "POST" if self.posted else "GET"
        built = EnvironBuilder(self.address, method=method, data=self.posted, content_type=kind)
        return built.get_environ()


def question_of(environ: Environ, edition: Edition | None) -> Question | None:
    """The question of a request to a store, which is brought into the same form; nothing where no answer may
    be kept."""
    if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
        return _of_address(environ, edition)
    if environ["REQUEST_METHOD"] == "POST" and environ.get("PATH_INFO") == CALLBACK:
        return _of_callback(environ, edition)
    return None


def is_settled(environ: Environ, edition: Edition) -> bool:
    """Whether the one form of a request is known without asking the store for what may be chosen."""
    if environ["REQUEST_METHOD"] == "POST":
        return _posted_form(_posted(environ) or b"") in edition.forms
    path, search = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    page = _page_of(path)
    if page is None or (page.path, search) in edition.forms:
        return True
    asked = asked_of(search)
    return not any(one.name in asked for one in page.filters)


@lru_cache(_ACCEPTED_KEPT)
def coding_of(accepted: str) -> str:
    """How an answer may be compressed for a browser: as it likes best, br where it does not mind.

    >>> [coding_of(told) for told in ("gzip, br", "br;q=0, gzip", "br;q=0.1, gzip", "*;q=0", "")]
    ['br', 'gzip', 'gzip', '', '']
    """
    told = {name.lower(): quality for name, quality in parse_accept_header(accepted)}
    wanted = {one: told.get(one, told.get("*", 0)) for one in CODINGS}
    best = max(CODINGS, key=lambda one: wanted[one])
    return best if wanted[best] > 0 and wanted[best] >= told.get("identity", 0) else ""


def listed_questions() -> Iterator[Question]:
    """Every page of the navigation in each language, as readers come to it: by its address, and from another
    page; and a suggestion of the search."""
    for language in LANGUAGES:
        for page in all_pages().values():
            if page.is_listed:
                path = f"/{language}/{page.path}"
                yield Question(f"{path}?", path)
                yield _to_router(path)
    first = f"/{LANGUAGES[0]}/{SUGGEST}?q=wifi"  # what can be found is listed once a store
    yield Question(first, first, is_kept=False)


def _of_address(environ: Environ, edition: Edition | None) -> Question | None:
    path, asked = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if len(path) + len(asked) > MAX_ADDRESS:
        return None
    search = environ["QUERY_STRING"] = _search_read(path, asked, edition)
    language, _, name = path[1:].partition("/")
    address = f"{path}?{search}"
    is_kept = _is_kept(path, search)
    if language in LANGUAGES:
        return Question(address, address, is_kept=is_kept)
    accepted = EnvironHeaders(environ).get("Accept-Language", "")
    shown = nearest_language(language, [one for one, _ in parse_accept_header(accepted)])
    if _page_of(path) is None:
        return Question(f"{address} {shown}", "")
    return Question(f"/ {shown}/{name}?{search}", "", is_kept=is_kept)


def _is_kept(path: str, search: str) -> bool:
    """Whether what is asked for is one of so many answers, and not one of as many as there are texts."""
    page = _page_of(path)
    if page is None:
        return not path.endswith(f"/{SUGGEST}")
    asked = asked_of(search)
    return not any(one.is_text and one.name in asked for one in page.filters)


def _page_of(path: str) -> Page | None:
    """The page of a path; a file of a page ("compare.csv"), its code ("code/compare") and a chart elsewhere
    ("embed/chart/NAME") read what their page does."""
    found = split_path(path)
    if found is None:
        return None
    name = found[1].removeprefix(CODE)
    name = f"chart/{name.removeprefix(EMBED)}" if name.startswith(EMBED) else name
    return page_at(name) or page_of_file(name)


def _search_read(path: str, search: str, edition: Edition | None) -> str:
    """The part of a query string that the page of a path reads, in one form; all of it where there is no
    page."""
    page = _page_of(path)
    if path.startswith(LIGHT):
        return ""
    if page is None:
        if path.endswith(_READ_NOTHING):
            return ""
        is_table = (split_path(path) or ("", ""))[1].startswith("table/")
        return _named(search, _TABLE_PARAMETERS) if is_table else search
    if not search:
        return ""
    filters = page.filters
    names = ("known_at", *(one.name for one in filters))
    if edition is None:
        return _named(search, names)
    return edition.forms.of(
        (page.path, search), lambda: settled_search(edition, filters, _named(search, names))
    )


def _named(search: str, names: Sequence[str]) -> str:
    """What an address says of these parameters, in the order of their names."""
    asked = asked_of(search)
    told = {name: asked[name] for name in sorted(names) if name in asked}
    return urlencode(told, safe=SEPARATOR)


def _of_callback(environ: Environ, edition: Edition | None) -> Question | None:
    posted, headers = _posted(environ), EnvironHeaders(environ)
    if posted is None:
        return None
    is_json = headers.get("Content-Type", "").partition(";")[0] == "application/json"
    if not is_json or not is_own_origin(headers, environ.get("HTTP_HOST", "")):
        return None
    try:
        key = _settled_key(posted, edition)
        is_kept = all(_is_kept(*place) for place in _places_in(posted))
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return None  # the application refuses it
    return Question(key, CALLBACK, posted, is_kept)


def _places_in(posted: bytes) -> list[tuple[str, str]]:
    """The paths that a callback is asked about, each with its parameters."""
    asked = json.loads(posted)
    given = [
        one for one in (*asked["inputs"], *(asked.get("state") or [])) if isinstance(one, dict)
    ]
    searches = [one["value"] for one in given if one["property"] == "search"]
    paths = [one["value"] for one in given if one["property"] == "pathname"]
    return [(path, search) for path in paths for search in searches or [""]]


def _posted(environ: Environ) -> bytes | None:
    """What was posted, which can still be read afterwards; nothing where it is too much."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit()) or int(length) > MAX_BODY:
        return None
    posted: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(posted)
    return posted


def _posted_form(posted: bytes) -> tuple[str, str]:
    return "", hashlib.sha256(posted).hexdigest()


def _settled_key(posted: bytes, edition: Edition | None) -> str:
    """The key of what was posted, in its one form."""
    if edition is None:
        return _key(_in_one_form(json.loads(posted), None))
    return edition.forms.of(
        _posted_form(posted), lambda: _key(_in_one_form(json.loads(posted), edition))
    )


def _key(asked: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _in_one_form(asked: dict[str, Any], edition: Edition | None) -> dict[str, Any]:
    """What is posted to a callback, without what its answer does not depend on."""
    asked = as_read(asked)
    is_router = asked["output"] == ROUTER
    for given in (asked["inputs"], asked["state"]):
        path = ""
        for one in given:
            if isinstance(one, list):
                continue
            if one["id"] == LOCATION and one["property"] == "pathname":
                path = one["value"]
            elif one["id"] == LOCATION and one["property"] == "search":
                one["value"] = _search_read(path, one["value"].lstrip("?"), edition)
            elif one["id"] == "evidence-address":
                path, _, search = one["value"].partition("?")
                one["value"] = f"{path}?{_search_read(path, search, edition)}"
            elif is_router and one["id"] == "store":
                one["value"] = ""
    return asked


def _to_router(path: str) -> Question:
    """What the renderer asks where a page is drawn anew."""
    where = [
        {"id": LOCATION, "property": name, "value": value}
        for name, value in (("pathname", path), ("search", ""))
    ]
    places = [{"id": CONTENT, "property": "children"}, {"id": TITLE, "property": "data"}]
    asked = {
        "output": ROUTER, "outputs": places, "changedPropIds": [],
        "inputs": [*where, {"id": "store", "property": "data", "value": ""}], "state": where,
    }  # fmt: skip
    posted = json.dumps(asked).encode()
    return Question(_key(_in_one_form(asked, None)), CALLBACK, posted)
