"""The addresses of the API as a page for people, with an example of each that can be followed."""

from __future__ import annotations

from dash import html

from dashboards.api.addresses import ADDRESSES
from dashboards.rendering.document import document
from dashboards.rendering.layout import REGION
from dashboards.rendering.markup import html_of
from ennum_stats.errors import message
from ennum_stats.figures.citation import SITE
from ennum_stats.languages import translate

TITLE = message("The figures for programs")
TOLD = message(
    "Each address gives JSON. Each answer says the day as known on which it was made, and the hash of the "
    "data. “known_at” asks for any earlier day, “lang” for the language of the words."
)
DESCRIBED = message("Description for programs (OpenAPI 3.1)")
BACK = message("To the overview")
_EXAMPLES = {
    "/api/figures/{name}": "/api/figures/total_investment",
    "/api/measures/{name}": "/api/measures/winners?by=call,school_year",
    "/api/observations/{name}": "/api/observations?call=EN2019",
    "/api/sources/{name}": "/api/sources/press-kit-2020",
    "/api/compare": "/api/compare?of=call&what=EN2018,EN2019&measure=winners.projects_awarded",
    "/api/changes": "/api/changes?from=2020-01-31",
    "/api/citation": "/api/citation?of=figure/total_investment&form=bibtex",
}
"""What can be followed of addresses that need a name or a day."""


def index_document(language: str) -> str:
    """Give the page."""
    title = translate(TITLE, language)
    rows = [
        html.Li(
            [
                html.A(_shown(address.path), href=_shown(address.path)),
                html.Br(),
                translate(address.summary, language),
            ]
        )
        for address in ADDRESSES
    ]
    described = html.A(translate(DESCRIBED, language), href=f"/api/openapi.json?lang={language}")
    body = html.Main(
        [
            html.H1(title),
            html.P(translate(TOLD, language)),
            html.P(described),
            html.Ul(rows),
            html.P(html.A(translate(BACK, language), href=f"/{language}/")),
        ],
        id="main", className="problem",
    )  # fmt: skip
    return document(
        language=language, title=f"{title} – {translate(SITE, language)}",
        description=f"{title} {translate(REGION, language)}", head="", body=html_of(body),
    )  # fmt: skip


def _shown(path: str) -> str:
    return _EXAMPLES.get(path, path)
