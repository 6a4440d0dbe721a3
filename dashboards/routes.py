"""Addresses beside the pages: home, files to download, style sheet and scripts; and what goes wrong."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, abort, current_app, g, redirect, request
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.formparser import parse_form_data
from werkzeug.wrappers import Response as AnyResponse

from dashboards.api import problem_json
from dashboards.files import downloads
from dashboards.filters import TEXT, WITH_EVIDENCE
from dashboards.inner import CHECK, SUGGEST
from dashboards.pages.check import checked
from dashboards.queries.comparison import FILTERS
from dashboards.queries.finding import place_address, suggested
from dashboards.queries.numbers import FILTERS as NUMBERS
from dashboards.queries.places import LIKE, WITH_MAP, place_chosen
from dashboards.queries.table_builder import FILTERS as BUILT
from dashboards.reading import Reading, accepted_languages, edition_shown, reading_at, split_path
from dashboards.registry import page_at
from dashboards.rendering.document import SECONDS_TO_RETRY, problem_document, still_document
from dashboards.resources import Resources
from dashboards.server.answers import LIGHT
from dashboards.server.guards import MAX_TEXT
from dashboards.view import Filter, nearest_language
from ennum_stats.charts import CHARTS
from ennum_stats.document.sheet import SHEETS
from ennum_stats.errors import EnnumError, Message, StoreMissing, message
from ennum_stats.files.boundary import translated_error
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.schools.places import KINDS as PLACES
from ennum_stats.project import Audience

routes = Blueprint("routes", __name__)
PROBLEMS = {
    400: message("This question cannot be answered."),
    404: message("There is no page under this address."),
    405: message("This address cannot be used in this way."),
    413: message("That is more than this server takes."),
    414: message("This address is longer than any of ours."),
    503: message("The figures are not there yet."),
}
BUSY = message("Many readers ask at once: this page comes in a few seconds.")
UNREADABLE = message("The figures cannot be read at this moment. It has been noted.")
FAILED = message("Something went wrong on our side. It has been noted.")
_MOST_FIELDS = 8
"""How many fields the form of a text may send."""
_FOR_EVER = "public, max-age=31536000, immutable"
_SHOWN, _TABULAR, _BUILT = (
    f"<any({','.join(forms)}):form>" for forms in (downloads.SHOWN, SHEETS, downloads.BUILT)
)
"""The forms of what an address gives as data; as a page to keep it is a file of `page_files`."""


def in_own_language(path: str) -> AnyResponse:
    """Lead to a page in the reader's language."""
    answer = redirect(f"/{nearest_language('', accepted_languages())}/{path}")
    answer.headers["Vary"] = "Accept-Language"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@routes.get("/<language>")
def without_slash(language: str) -> AnyResponse:
    """Give a language is a folder."""
    if language not in LANGUAGES:
        abort(404)
    return redirect(f"/{language}/", 301)


@routes.get(f"/<language>/figure/<name>.{_SHOWN}")
def figure_file(language: str, name: str, form: str) -> Response:
    """Give a figure as a file."""
    reading = _reading(language, f"figure/{name}", WITH_EVIDENCE)
    content = downloads.figure_file(reading.view, reading.ledger, name, form)
    return downloads.answer(reading.ledger, content, name, form)


@routes.get(f"/<language>/chart/<name>.{_SHOWN}")
def chart_file(language: str, name: str, form: str) -> Response:
    """Give a chart as a file."""
    if name not in CHARTS:
        abort(404)
    reading = _reading(language, f"chart/{name}", (*WITH_EVIDENCE, *WITH_MAP))
    content = downloads.chart_file(reading.view, reading.ledger, name, form)
    return downloads.answer(reading.ledger, content, name, form)


@routes.get(f"/<language>/{SUGGEST}")
def suggestions(language: str) -> Response:
    """Tell what may be meant by what a reader has typed so far, by kind, for the field of the header."""
    reading = _reading(language, "search", (TEXT,))
    text = json.dumps(suggested(reading, reading.choice("q")), ensure_ascii=False)
    answer = Response(text, content_type="application/json; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"  # there are as many answers as texts
    return answer


@routes.get(f"/<language>/compare.{_SHOWN}")
def comparison_file(language: str, form: str) -> Response:
    """Tell what is set side by side as a file."""
    reading = _reading(language, "compare", FILTERS)
    return downloads.answer(reading.ledger, downloads.comparison_file(reading, form), "comparison", form)


@routes.get(f"/<language>/numbers.{_TABULAR}")
def numbers_file(language: str, form: str) -> Response:
    """Give the published numbers chosen as a file."""
    reading = _reading(language, "numbers", NUMBERS)
    return downloads.answer(reading.ledger, downloads.numbers_file(reading, form), "numbers", form)


@routes.get(f"/<language>/table.{_BUILT}")
def built_file(language: str, form: str) -> Response:
    """Give the rows of the table that a reader built as a file."""
    reading = _reading(language, "table", BUILT)
    return downloads.answer(reading.ledger, downloads.built_file(reading, form), "table", form)


@routes.get(f"/<language>/table/<name>.{_TABULAR}")
def table_file(language: str, name: str, form: str) -> Response:
    """Give a measure as a file; the public is given no single schools."""
    if name not in TABLES:
        abort(404)
    reading = _reading(language, "")
    ledger = reading.ledger
    if TABLES[name].is_site_by_site and ledger.audience is Audience.PUBLIC:
        abort(404)
    choices = [request.args.get(key, "") for key in ("by", "prices", "universe")]
    universe = choices[2] if name == "coverage" else ""
    content = downloads.measure_file(reading.view, ledger, name, form, choices[0], choices[1], universe)
    return downloads.answer(ledger, content, name, form)


@routes.get(f"/<language>/<any({', '.join(PLACES)}):kind>/<code>/<name>.{_TABULAR}")
def place_file(language: str, kind: str, code: str, name: str, form: str) -> Response:
    """Give a table of the page of a commune, province or network as a file."""
    reading = _reading(language, f"{kind}/{code}", (LIKE,))
    content = downloads.place_file(reading.ledger, place_chosen(reading, kind, code), name, form, language)
    if content is None:
        abort(404)
    return downloads.answer(reading.ledger, content, f"{kind}-{code}-{name}", form)


@routes.post(f"/<language>/{CHECK}")
def text_checked(language: str) -> Response:
    """Judge the numbers of a reader's own text; it is held in memory alone, and no answer to it is kept anywhere."""
    reading = _reading(language, CHECK)
    _, form, files = parse_form_data(request.environ, lambda *_, **__: io.BytesIO(), max_form_memory_size=MAX_TEXT,
                                     max_content_length=MAX_TEXT, max_form_parts=_MOST_FIELDS)  # fmt: skip
    given = files.get("file")
    name, data = (given.filename or "", given.read()) if given else ("", b"")
    page = page_at(CHECK)
    assert page is not None
    shown = replace(page, content=lambda _: checked(reading, form.to_dict(), name, data))
    answer = Response(still_document(shown, reading), content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def resource() -> Response | None:
    """Give a style sheet, script or typeface as small as the browser can take it; scripts stand where Dash
    has its own files."""
    resources: Resources = current_app.extensions["ennum-resources"]
    file = resources.files.get(request.path)
    if file is None:
        return None
    g.question, g.is_given = None, True
    coding = request.accept_encodings.best_match([*file.codings, "identity"], "identity")
    answer = Response(file.codings.get(coding, file.content), content_type=file.kind)
    answer.headers.update({"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"})
    if coding in file.codings:
        answer.content_encoding = coding
    return answer


def _reading(language: str, name: str, filters: Sequence[Filter] = ()) -> Reading:
    if split_path(f"/{language}/") is None:
        abort(404)
    return reading_at(language, name, request.query_string.decode(), filters, accepted_languages())


# --- what goes wrong ------------------------------------------------------------------------------


def failed(error: Exception) -> AnyResponse:
    """Give a page, or JSON for programs, that says what is wrong; never a trace. A place that is named otherwise
    than by its code is where its name leads."""
    code, title = _told(error)
    if title in (FAILED, UNREADABLE):
        current_app.logger.error("Request failed: %s", request.path, exc_info=error)
    if request.path.startswith(("/api/", "/health", "/metrics", "/_")):
        answer: AnyResponse = problem_json(code, translate(title, "en"))
    else:
        language = nearest_language(request.path[1:3], accepted_languages())
        path = (split_path(request.path) or ("", ""))[1]
        reading = (
            _reading_of_nothing(language) if code == 404 and not request.path.startswith(LIGHT) else None
        )
        if reading and (place := place_address(reading, path)):
            answer = redirect(place)
        else:
            text = problem_document(code, title, language, reading, path)
            answer = Response(text, code, content_type="text/html; charset=utf-8")
    if isinstance(error, HTTPException) and error.get_response().headers.get("Allow"):
        answer.headers["Allow"] = error.get_response().headers["Allow"]
    answer.headers["Cache-Control"] = "no-store"
    if code == 503:
        answer.headers["Retry-After"] = str(SECONDS_TO_RETRY)
    return answer


def _reading_of_nothing(language: str) -> Reading | None:
    """Tell of which day the ways are that lead on from where there is no page; nothing where no store is there."""
    if edition_shown() is None:
        return None
    return reading_at(language, "", request.query_string.decode("utf-8", "replace"))


def _told(error: Exception) -> tuple[int, Message]:
    if isinstance(error, ServiceUnavailable):
        return 503, BUSY
    if isinstance(error, HTTPException):
        code = error.code or 500
        return code, PROBLEMS.get(code, Message(error.name))
    if isinstance(error, StoreMissing):
        return 503, PROBLEMS[503]
    if isinstance(translated_error(error), OSError | MemoryError):
        return 503, UNREADABLE
    if isinstance(error, EnnumError):
        return (404 if isinstance(error, KeyError) else 400), error.found
    return 500, FAILED
