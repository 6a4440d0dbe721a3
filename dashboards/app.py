"""The application: addresses to pages, files and JSON. It keeps no state; see `published` and `answers`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, redirect, render_template, request
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from dashboards import files
from dashboards.address import (
    NO_LANGUAGE,
    View,
    nearest_language,
    with_choices,
    with_day,
)
from dashboards.answers import KeptAnswers
from dashboards.api import api, edition_of, store_of
from dashboards.blocks import Block
from dashboards.drawing import language_of
from dashboards.evidence import chart_blocks, figure_blocks
from dashboards.pages import PAGES, Page, choices
from dashboards.protection import protect
from dashboards.published import Edition, PublishedStore
from dashboards.resources import PREFIX, Resources, resources
from ennum_stats.charts import CHARTS, chart
from ennum_stats.errors import EnnumError, Message, StoreMissing, message
from ennum_stats.figures import figure
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.project import Audience, Project
from ennum_stats.store.ledger import Ledger, today

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

pages = Blueprint("pages", __name__)
FIGURE_TITLE = message("The evidence of a figure")
CHART_TITLE = message("A chart and its evidence")
FIGURE_SENTENCE = message("How this number is computed, and the documents it rests on.")
CHART_SENTENCE = message("What this chart shows, as a picture, as a table, and with its documents.")
NAMES = {"fr": "Français", "de": "Deutsch", "nl": "Nederlands", "en": "English"}
PROBLEMS = {
    400: message("This question cannot be answered."),
    404: message("There is no page under this address."),
    405: message("This address cannot be used in this way."),
    413: message("That is more than this server takes."),
    503: message("No store has been built yet."),
}
FAILED = message("Something went wrong on our side. It has been noted.")
_FOREIGN = re.compile(r"Cyberécole|Cyberclasse|École Numérique|promotion sociale")


def create_app(project: Project, audience: Audience = Audience.PUBLIC) -> Flask:
    """The application of a project for an audience. Nothing is opened before the first request, so
    that each worker opens its own."""
    app = Flask(__name__, static_folder=None)
    store = PublishedStore(project, audience)
    app.extensions["ennum"] = store
    app.extensions["ennum-resources"] = resources(project)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["foreign"] = foreign
    app.register_blueprint(api)
    app.register_blueprint(pages)
    protect(app)
    app.register_error_handler(Exception, failed)
    app.wsgi_app = KeptAnswers(app.wsgi_app, store)  # type: ignore[method-assign]
    return app


def foreign(text: str, language: str) -> Markup:
    """A text with the French names in it marked as French."""
    safe = str(escape(text))
    if language != "fr":
        safe = _FOREIGN.sub(lambda name: f'<span lang="fr">{name[0]}</span>', safe)
    return Markup(safe)  # noqa: S704  escaped above


# --- addresses ------------------------------------------------------------------------------------


@pages.get("/")
def home() -> AnyResponse:
    """The overview in the reader's language."""
    accepted = [language for language, _ in request.accept_languages]
    answer = redirect(f"/{nearest_language('', accepted)}/")
    answer.headers["Vary"] = "Accept-Language"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/<language>")
def without_slash(language: str) -> AnyResponse:
    """A language is a folder."""
    if language not in LANGUAGES:
        abort(404)
    return redirect(f"/{language}/")


@pages.get("/<language>/")
@pages.get("/<language>/<name>")
def page(language: str, name: str = "") -> str:
    """A page of the registry."""
    if name not in PAGES or not _could_be_language(language):
        abort(404)
    shown = PAGES[name]
    view, ledger, edition = _viewed(language, name, shown)
    blocks = [*choices(view, shown, ledger), *shown.build(view, ledger, edition)]
    return _page(view, edition, shown.title, shown.sentence, blocks)


@pages.get("/<language>/figure/<name>")
def figure_page(language: str, name: str) -> AnyResponse | str:
    """The evidence of a figure; with a suffix, the figure as a file."""
    name, _, form = name.partition(".")
    view, ledger, edition = _viewed(language, f"figure/{name}")
    found = figure(ledger, name)
    if form:
        return _file(files.figure_file(view, ledger, name, _form(form)), name, form)
    blocks = list(figure_blocks(view, ledger, name))
    title = Message(found.label(view.language))
    return _page(view, edition, title, FIGURE_SENTENCE, blocks, FIGURE_TITLE)


@pages.get("/<language>/chart/<name>")
def chart_page(language: str, name: str) -> AnyResponse | str:
    """A chart alone with its evidence; with a suffix, the chart as a file."""
    name, _, form = name.partition(".")
    view, ledger, edition = _viewed(language, f"chart/{name}")
    if name not in CHARTS:
        abort(404)
    if form:
        return _file(files.chart_file(view, ledger, name, _form(form)), name, form)
    title = Message(chart(ledger, name, view.language).title)
    return _page(
        view, edition, title, CHART_SENTENCE, list(chart_blocks(view, ledger, name)), CHART_TITLE
    )


@pages.get("/<language>/table/<name>")
def table_file(language: str, name: str) -> AnyResponse:
    """A measure as a file."""
    name, _, form = name.partition(".")
    if name not in TABLES or form not in files.TABULAR:
        abort(404)
    _view, ledger, _ = _viewed(language, "")
    if TABLES[name].is_site_by_site and ledger.audience is Audience.PUBLIC:
        abort(404)
    asked = [request.args.get(key, "") for key in ("by", "prices", "universe")]
    universe = asked[2] if name == "coverage" else ""
    return _file(files.measure_file(ledger, name, form, asked[0], asked[1], universe), name, form)


@pages.get(f"{PREFIX}<name>")
def resource(name: str) -> Response:
    """A style sheet, script or typeface: it may be kept for a year, its name says its content."""
    found = _resources().files.get(name)
    if found is None:
        abort(404)
    answer = Response(found.content, content_type=found.kind)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


# --- how an address becomes an answer -------------------------------------------------------------


def _could_be_language(text: str) -> bool:
    """Such as "fr", "FR", "fr-BE", and also "xx": a wrong language shows the nearest one."""
    return re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2})?", text) is not None


def _viewed(language: str, name: str, shown: Page | None = None) -> tuple[View, Ledger, Edition]:
    """What an address asks for, or the nearest that there is."""
    if not _could_be_language(language):
        abort(404)
    edition = edition_of()
    accepted = [code for code, _ in request.accept_languages]
    view = View(nearest_language(language, accepted), name)
    if language not in LANGUAGES:
        view = replace(view, notices=(Message(NO_LANGUAGE.text, {"value": language}),))
    view = with_day(view, request.args.get("known_at", ""), edition.days)
    ledger = edition.at(view.known_at)
    filters = shown.filters if shown else ()
    return with_choices(view, request.args, filters, ledger), ledger, edition


def _form(form: str) -> str:
    if form not in files.TYPES:
        abort(404)
    return form


def _file(content: bytes, name: str, form: str) -> Response:
    answer = Response(content, content_type=files.TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _page(
    view: View,
    edition: Edition,
    title: Message,
    sentence: Message,
    blocks: Sequence[Block],
    above: Message | None = None,
) -> str:
    return render_template(
        "page.html",
        view=view,
        title=title,
        sentence=sentence,
        above=above,
        blocks=blocks,
        pages=PAGES.values(),
        days=[day for day in edition.days if day < today()],
        today=today(),
        store=edition.published.content_hash,
        **_around(view.language),
    )


def _around(language: str) -> dict[str, object]:
    """What every template needs."""
    return {
        "language": language,
        "languages": NAMES,
        "is_internal": store_of().audience is Audience.INTERNAL,
        "resource": _resources().address,
        "language_of": language_of,
        "t": lambda text, **values: translate(text, language, **values),
    }


def _resources() -> Resources:
    from flask import current_app

    found = current_app.extensions["ennum-resources"]
    assert isinstance(found, Resources)
    return found


# --- what goes wrong ------------------------------------------------------------------------------


def failed(error: Exception) -> AnyResponse:
    """A page, or JSON for programs, that says what is wrong; never a trace."""
    code, told = 500, FAILED
    if isinstance(error, HTTPException):
        code = error.code or 500
        told = PROBLEMS.get(code, Message(error.name))
    elif isinstance(error, StoreMissing):
        code, told = 503, PROBLEMS[503]
    elif isinstance(error, EnnumError):
        code, told = (404 if isinstance(error, KeyError) else 400), error.found
    if code == 500:
        from flask import current_app

        current_app.logger.error("Request failed: %s", request.path, exc_info=error)
    language = nearest_language(request.path[1:3], [code for code, _ in request.accept_languages])
    if request.path.startswith(("/api/", "/health", "/_")):
        answer = Response(
            f'{{"error": "{translate(told, "en")}"}}\n', code, content_type="application/json"
        )
    else:
        answer = Response(
            render_template("problem.html", code=code, told=told, **_around(language)), code
        )
    if isinstance(error, HTTPException) and error.get_response().headers.get("Allow"):
        answer.headers["Allow"] = error.get_response().headers["Allow"]
    answer.headers["Cache-Control"] = "no-store"
    return answer
