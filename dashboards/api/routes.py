"""The routes of the API, made from the declarations; and the state of the server.

Every answer says from which store it was made, as known on which day, and whether it is for internal use or
invented. The public server lets pages of any other site read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, request

from dashboards.api.addresses import ADDRESSES
from dashboards.api.declarations import KNOWN_AT, Address, ApiQuestion, Plain
from dashboards.api.description import description
from dashboards.api.index import index_document
from dashboards.reading import edition_of, store_of
from dashboards.served_store import OpenedStore
from dashboards.server.guards import LOOPBACK
from dashboards.server.meter import OPEN_METRICS, Meter
from dashboards.view import nearest_language
from ennum_stats import __version__
from ennum_stats.errors import EnnumError, StoreMissing, UnknownName
from ennum_stats.figures.figure import marks
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.project import Audience
from ennum_stats.store.condition import memory
from ennum_stats.store.ledger import Ledger, today

api = Blueprint("api", __name__)
DESCRIPTION = "/api/openapi.json"
_EXPOSED = "ETag, Last-Modified, Ennum-Store, Ennum-Known-At"
PROBLEM = "application/problem+json"


@api.get("/health")
def health() -> Response:
    """Tell which store is shown, since when, by which version; and why a newer one is not."""
    store = store_of()
    edition = store.edition()
    state: dict[str, Any] = {
        "status": "ok" if edition else "no store",
        "store": edition.published.content_hash if edition else None,
        "published_at": edition.published.published_at if edition else None,
        "date": today().isoformat(),
        "version": __version__,
        "audience": store.audience.value,
        "problem": None,
    }
    if edition:
        state |= marks(edition.at(None), "en")
    if store.problem is not None:
        state["problem"] = str(store.problem)
        state["status"] = "the last store is damaged, an earlier one is shown" if edition else "no store"
    answer = _json(state, 200 if edition else 503)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@api.get("/health/live")
def alive() -> Response:
    """Tell whether the process answers, whatever store there is."""
    answer = _json({"status": "ok"})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@api.get("/health/ready")
def ready() -> Response:
    """Tell whether to send readers here: the last store is shown, and there is memory; and what to do otherwise. It is
    what `ennum doctor` says of a service."""
    store = store_of()
    bad = [each for each in memory() if not each.is_good]
    findings = [
        f"{translate(each.found, 'en')} {translate(each.remedy, 'en')}" for each in bad if each.remedy
    ]
    if problem := store.problem:
        findings.insert(0, translate(problem, "en"))
    is_ready = store.edition() is not None
    answer = _json({"ready": is_ready, "findings": findings}, 200 if is_ready else 503)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@api.get("/metrics")
def metrics() -> Response:
    """Tell what this worker counts, as OpenMetrics, to whoever asks by a name of this machine alone."""
    if request.host.rpartition(":")[0] not in LOOPBACK and request.host not in LOOPBACK:
        abort(404)
    meter: Meter = current_app.extensions["ennum-meter"]
    answer = Response(meter.open_metrics(store_of()), content_type=OPEN_METRICS)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@api.get("/api/", strict_slashes=False)
def index() -> Response:
    """List all addresses: as JSON for programs, as a page for people, in the language that they accept."""
    accepted = [language for language, _ in request.accept_languages]
    language = nearest_language(request.args.get("lang", ""), accepted)
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        answer = Response(index_document(language), content_type="text/html; charset=utf-8")
    else:
        listed = [
            {"path": address.path, "summary": translate(address.summary, language)} for address in ADDRESSES
        ]
        edition = edition_of()
        answer = _json(
            _envelope(edition, edition.at(None), language) | {"description": DESCRIPTION, "addresses": listed}
        )
    answer.headers["Cache-Control"] = "no-store"  # what is kept is not told apart by what is accepted
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


@api.get(DESCRIPTION)
def described() -> Response:
    """Give the description for programs."""
    accepted = request.args.get("lang", "en")
    return _json(description(ADDRESSES, accepted if accepted in LANGUAGES else "en"))


def _answered(address: Address, **path: str) -> Response:
    values = address.read(request.args, path)
    edition = edition_of()
    ledger = edition.at(values[KNOWN_AT.name])
    question = ApiQuestion(ledger, edition, values["lang"], values)
    try:
        content = address.answer(question)
    except UnknownName as error:
        if not path or error.where:
            raise
        raise UnknownName(error.found, where="name", expected=error.expected) from error
    if isinstance(content, Plain):
        answer = Response(content.text, content_type=content.kind)
        answer.headers["Content-Disposition"] = f'inline; filename="{content.name}"'
    else:
        envelope = _envelope(edition, ledger, question.language)
        answer = _json(envelope | (_page_of(content, question) if address.is_list else content))
    published = datetime.fromisoformat(edition.published.published_at)
    answer.last_modified = published.astimezone(UTC)
    answer.headers["Ennum-Known-At"] = ledger.known_at.isoformat()
    return answer


def _envelope(edition: OpenedStore, ledger: Ledger, language: str) -> dict[str, Any]:
    """Tell what every answer says of itself."""
    envelope = {"store": edition.published.content_hash, "known_at": ledger.known_at.isoformat()}
    return envelope | marks(ledger, language)


def _page_of(items: list[Any], question: ApiQuestion) -> dict[str, Any]:
    """Give so many items as were asked for, and the address of the next ones."""
    limit, offset = question["limit"], question["offset"]
    after = offset + limit
    asked_again = [(n, v) for n, v in request.args.items(multi=True) if n != "offset"]
    query = urlencode([*asked_again, ("offset", after)], safe=",~:")
    return {
        "total": len(items), "limit": limit, "offset": offset,
        "next": f"{request.path}?{query}" if after < len(items) else None,
        "items": items[offset:after],
    }  # fmt: skip


def _register(address: Address) -> None:
    path = address.path.replace("{", "<").replace("}", ">")
    api.add_url_rule(path, address.name, partial(_answered, address), methods=["GET"])


for _address in ADDRESSES:
    _register(_address)


@api.after_request
def readable_elsewhere(answer: Response) -> Response:
    """Let pages of other sites read what is public; a browser guards what is not."""
    if store_of().audience is Audience.PUBLIC and request.path.startswith("/api"):
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = _EXPOSED
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@api.errorhandler(EnnumError)
def refused(error: EnnumError) -> Response:
    """Tell what is wrong with a question, in its language where it has one."""
    wanted = request.args.get("lang", "")
    language = wanted if wanted in LANGUAGES else "en"
    code = 400
    if isinstance(error, StoreMissing):
        code = 503
    elif isinstance(error, UnknownName) and error.where == "name":
        code = 404
    parts = [translate(part, language) for part in (error.expected, error.remedy) if part]
    return problem_json(code, translate(error.found, language), " ".join(parts), error.where)


def problem_json(code: int, title: str, detail: str = "", where: str = "") -> Response:
    """Give a problem for programs (RFC 9457): what was found, and what was expected instead."""
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": code,
        "detail": detail or title,
    }
    problem["parameter"] = where or None
    answer = _json(problem, code)
    answer.content_type = PROBLEM
    return answer


def _json(value: Mapping[str, Any], code: int = 200) -> Response:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    data = text.encode(errors="backslashreplace")  # half of a sign, which is no text, as JSON writes it
    return Response(data, code, content_type="application/json; charset=utf-8")
