"""What a request asks for, in one form: the same view is one question, however its address is written.

An answer is kept by its question. A page depends on the day and its own filters and on nothing else in its
address, an answer to a callback on what was posted, and a page drawn anew not even on what had changed.
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
from werkzeug.test import EnvironBuilder

from dashboards.guards import MAX_BODY, is_own_origin
from dashboards.inner import CALLBACK, CONTENT, LOCATION, ROUTER, TITLE
from dashboards.reading import asked_of, split_path
from dashboards.registry import all_pages, page_at
from dashboards.view import SEPARATOR
from ennum_stats.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

Environ = dict[str, Any]
_SEARCHES_KEPT = 1_000


@dataclass(frozen=True)
class Question:
    """What is asked: `key` tells it from others; it can be asked again by its address and what was posted."""

    key: str
    address: str
    posted: bytes = b""

    def environ(self) -> Environ:
        """The request of a browser that asks it."""
        kind = "application/json" if self.posted else None
        method = "POST" if self.posted else "GET"
        built = EnvironBuilder(self.address, method=method, data=self.posted, content_type=kind)
        return built.get_environ()


def question_of(environ: Environ) -> Question | None:
    """The question of a request, which is brought into the same form; nothing where no answer may be kept."""
    if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
        return _of_address(environ)
    if environ["REQUEST_METHOD"] == "POST" and environ.get("PATH_INFO") == CALLBACK:
        return _of_callback(environ)
    return None


def listed_questions() -> Iterator[Question]:
    """Every page of the navigation in each language, as readers come to it: by its address, and from another
    page."""
    for language in LANGUAGES:
        for page in all_pages().values():
            if page.is_listed:
                path = f"/{language}/{page.path}"
                yield Question(f"{path}?", path)
                yield _to_router(path)


def _of_address(environ: Environ) -> Question:
    path, asked = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    search = environ["QUERY_STRING"] = _search_read(path, asked)
    found = split_path(path)
    is_plain = found is not None and found[0] in LANGUAGES
    address = f"{path}?{search}"
    if is_plain:
        return Question(address, address)
    return Question(f"{address} {environ.get('HTTP_ACCEPT_LANGUAGE', '')}", "")


@lru_cache(_SEARCHES_KEPT)
def _search_read(path: str, search: str) -> str:
    """The part of a query string that the page of a path reads; all of it where there is no page."""
    found = split_path(path)
    page = page_at(found[1]) if found else None
    if page is None:
        return search
    names = ("known_at", *sorted(one.name for one in page.filters))
    asked = asked_of(search)
    return urlencode({name: asked[name] for name in names if name in asked}, safe=SEPARATOR)


def _of_callback(environ: Environ) -> Question | None:
    length, headers = environ.get("CONTENT_LENGTH") or "", EnvironHeaders(environ)
    if not length.isdigit() or int(length) > MAX_BODY:
        return None
    posted = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(posted)
    is_json = headers.get("Content-Type", "").partition(";")[0] == "application/json"
    if not is_json or not is_own_origin(headers, environ.get("HTTP_HOST", "")):
        return None
    try:
        key = _key(_in_one_form(json.loads(posted)))
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return None  # the application refuses it
    return Question(key, CALLBACK, posted)


def _key(asked: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _in_one_form(asked: dict[str, Any]) -> dict[str, Any]:
    """What is posted to a callback, without what its answer does not depend on."""
    is_router = asked["output"] == ROUTER
    if is_router:
        asked = {name: asked.get(name) for name in ("output", "outputs", "inputs", "state")}
    for given in (asked["inputs"], asked.get("state") or []):
        path = ""
        for one in given:
            if isinstance(one, list):
                continue
            if one["id"] == LOCATION and one["property"] == "pathname":
                path = one["value"]
            elif one["id"] == LOCATION and one["property"] == "search":
                one["value"] = _search_read(path, one["value"].lstrip("?"))
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
    return Question(_key(_in_one_form(asked)), CALLBACK, json.dumps(asked).encode())
