"""Charts for the pages of others: each at an address that any site may frame, without scripts.

Only these addresses may be framed, and only the public server has them: what stands in another's page must
hold nothing under embargo. A chart there follows the figures, or keeps a day that its address names.
"""

from __future__ import annotations

from html import escape

from dash import html
from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components.charts import chart_table, declared, drawings, sources_below
from dashboards.files import downloads
from dashboards.follow import public_address
from dashboards.inner import EMBED
from dashboards.reading import Reading, reading_at
from dashboards.registry import page_at
from dashboards.rendering.document import document
from dashboards.rendering.markup import html_of
from dashboards.rendering.screen import Screen
from dashboards.view import nearest_language
from ennum_stats.charts import CHARTS
from ennum_stats.drawing.theme import ON_PHONE, PHONE, PRESS
from ennum_stats.errors import message
from ennum_stats.figures.citation import SITE
from ennum_stats.figures.figure import noticed
from ennum_stats.languages import LANGUAGES

embeds = Blueprint("embeds", __name__)
WHOLE = message("The chart with its evidence: {site}")
PICTURES = ("png", "svg")
_IN_NEW_WINDOWS = '<base target="_blank">'
"""No other page of ours may be shown in a frame."""


@embeds.get("/embed/chart/<name>")
def in_nearest_language(name: str) -> AnyResponse:
    """Give a chart in the language that its address or the browser asks for."""
    accepted = [language for language, _ in request.accept_languages]
    language = nearest_language(request.args.get("lang", ""), accepted)
    query = request.query_string.decode()
    answer = redirect(f"/{language}/{EMBED}{name}{'?' if query else ''}{query}")
    answer.headers.update({"Vary": "Accept-Language", "Cache-Control": "no-store"})
    return answer


@embeds.get(f"/<language>/{EMBED}<name>")
def chart_embedded(language: str, name: str) -> str:
    """Give a chart with its source and a link to its evidence."""
    reading = _reading(language, name)
    drawn, screen = declared(reading, name), Screen(reading)
    is_table = drawn.is_empty or reading.choice("charts") == "tables"
    here = reading.view.address()
    body = html.Main(
        [
            html.H1(screen.words((drawn.title,))),
            html.P(screen.words((drawn.subtitle,)), className="subtitle"),
            *(screen.drawn([chart_table(reading, drawn)]) if is_table else drawings(drawn, name)),
            html.Div(
                [
                    *screen.drawn(sources_below(drawn)),
                    html.P(html.A(reading.t(WHOLE, site=SITE), href=here, rel="noopener")),
                ],
                className="caption",
            ),
        ],
        className="embedded chart",
    )
    canonical = f'<link rel="canonical" href="{escape(public_address(here))}">'
    return document(
        language=reading.language,
        title=noticed(reading.ledger, reading.language, drawn.title),
        description=drawn.source_line,
        head=f"{_IN_NEW_WINDOWS}\n{canonical}",
        body=html_of(body),
    )


@embeds.get(f"/<language>/{EMBED}<name>.<form>")
def picture_embedded(language: str, name: str, form: str) -> Response:
    """Give the same as a picture, for pages that take no frames; on telephones in a layout of its own."""
    if form not in PICTURES:
        abort(404)
    size = PHONE if name.endswith(ON_PHONE) else PRESS
    name = name.removesuffix(ON_PHONE)
    reading = _reading(language, name)
    content = downloads.chart_file(reading.view, reading.ledger, name, form, size)
    return Response(content, content_type=downloads.TYPES[form])


def _reading(language: str, name: str) -> Reading:
    """Tell what the page of a chart is drawn from; an internal server shows nothing here."""
    page = page_at(f"chart/{name}")
    if page is None or language not in LANGUAGES or name not in CHARTS:
        abort(404)
    search = request.query_string.decode()
    reading = reading_at(language, f"chart/{name}", search, page.filters)
    if not reading.is_public:
        abort(404)
    return reading
