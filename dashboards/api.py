"""What programs ask: the state of the server, and the figures as the command line gives them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from dashboards.reading import edition_of, store_of
from ennum_stats import __version__
from ennum_stats.errors import (
    EnnumError,
    StoreMissing,
    UnknownName,
    UsageError,
    message,
    unknown_name,
)
from ennum_stats.figures import figure, figures
from ennum_stats.figures.figure import marks
from ennum_stats.languages import LANGUAGES, locale_of, translate
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.frames import records
from ennum_stats.periods import period_of
from ennum_stats.project import Audience
from ennum_stats.store.ledger import Ledger, today

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

api = Blueprint("api", __name__)
_PARAMETERS = ("known_at", "lang")


@api.get("/health")
def health() -> Response:
    """Which store is shown, since when, by which version; and why a newer one is not."""
    store = store_of()
    edition = store.edition()
    told: dict[str, Any] = {
        "status": "ok" if edition else "no store",
        "store": edition.published.content_hash if edition else None,
        "published_at": edition.published.published_at if edition else None,
        "date": today().isoformat(),
        "version": __version__,
        "audience": store.audience.value,
        "problem": None,
    }
    if edition:
        told |= marks(edition.at(None), "en")
    if store.problem is not None:
        told["problem"] = str(store.problem)
        told["status"] = (
            "the last store is damaged, an earlier one is shown" if edition else "no store"
        )
    answer = _json(told, 200 if edition else 503)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@api.get("/health/live")
def alive() -> Response:
    """Whether the process answers, whatever store there is."""
    answer = _json({"status": "ok"})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@api.get("/api/figures")
def all_figures() -> Response:
    """Every figure, as `ennum figures --format json`."""
    ledger, language = _asked(request.args)
    return _json([marks(ledger, language) | found.record(language) for found in figures(ledger)])


@api.get("/api/figures/<name>")
def one_figure(name: str) -> Response:
    """One figure, as `ennum trace NAME --format json`."""
    ledger, language = _asked(request.args)
    return _json(marks(ledger, language) | figure(ledger, name).record(language))


@api.get("/api/measures/<name>")
def one_measure(name: str) -> Response:
    """A measure, as `ennum measure NAME --by … --format json`; the public is given no single schools."""
    ledger, language = _asked(request.args, ("by", *_PARAMETERS))
    shown = [
        table.name
        for table in TABLES.values()
        if ledger.audience is Audience.INTERNAL or not table.is_site_by_site
    ]
    if name not in shown:
        raise unknown_name(message("There is no measure “{name}”.", name=name[:40]), shown)
    by = request.args.get("by", "")
    rows = records(measure_rows(ledger, name, by or None))
    return _json([marks(ledger, language) | row for row in rows])


@api.errorhandler(EnnumError)
def refused(error: EnnumError) -> Response:
    """What is wrong with a question, in its language where it has one."""
    asked = request.args.get("lang", "")
    language = asked if asked in LANGUAGES else "en"
    parts = [translate(p, language) for p in (error.found, error.expected, error.remedy) if p]
    code = 400
    if isinstance(error, StoreMissing):
        code = 503
    elif isinstance(error, UnknownName) and error.where != "lang":
        code = 404
    return _json({"error": " ".join(parts), "where": error.where or None}, code)


def _asked(
    arguments: Mapping[str, str], parameters: Sequence[str] = _PARAMETERS
) -> tuple[Ledger, str]:
    unknown = sorted(set(arguments) - set(parameters))
    if unknown:
        raise UsageError(
            message("There is no parameter “{name}”.", name=unknown[0][:40]),
            expected=message("Expected one of: {names}.", names=", ".join(parameters)),
        )
    language = arguments.get("lang", "fr")
    try:
        locale_of(language)
    except UnknownName as error:
        raise UnknownName(error.found, where="lang", expected=error.expected) from error
    return edition_of().at(_day(arguments.get("known_at"))), language


def _day(text: str | None) -> date | None:
    return None if text is None else period_of(text[:40], "known_at").last


def _json(value: Any, code: int = 200) -> Response:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return Response(text, code, content_type="application/json; charset=utf-8")
