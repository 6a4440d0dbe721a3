"""The application: Dash, whose first answer is the whole page as HTML, and which goes on from there.

Dash Pages routes to the pages of `registry`; `layout` makes their tree, `markup` writes it as HTML, and the
same tree travels with the page as JSON, so that the browser asks nothing before it is live.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import dash
from flask import request

from dashboards import callbacks
from dashboards.api import api
from dashboards.files.embeds import embeds
from dashboards.files.feeds import feeds
from dashboards.files.page_files import page_files
from dashboards.inner import BESIDE_DCC, callback_list, configuration, script_safe
from dashboards.ordinary import adopt, folder_of
from dashboards.reading import accepted_languages
from dashboards.registry import all_pages, register_with_dash
from dashboards.rendering import layout
from dashboards.rendering.dataset import dataset_markup
from dashboards.rendering.document import alternates, document, feed_links
from dashboards.rendering.markup import html_of, json_of
from dashboards.resources import BOOT, SCRIPT, Resources, own_resources
from dashboards.routes import failed, in_own_language, resource, routes
from dashboards.served_store import PublishedStore
from dashboards.server import bundle
from dashboards.server.answers import KeptAnswers, settle
from dashboards.server.guards import Hosts, check_parameters, protect, with_headers
from dashboards.server.meter import Meter
from ennum_stats.figures.figure import noticed
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Audience, Project

_WHOLE_CONTENT = f'<link rel="expect" href="#{layout.CONTENT_READ}" blocking="render">'


class Dashboard(dash.Dash):
    """Hold Dash whose index is the page itself: HTML and SVG first, then the same layout for the browser."""

    resources: Resources
    answers: KeptAnswers

    def interpolate_index(self, *_args: Any, config: str = "", **_parts: str) -> str:
        """Write the page of the address that is asked. Raises `NotFound`, `EnnumError`."""
        query = request.query_string.decode("utf-8", "replace")
        search = f"?{query}" if query else ""
        accepted = tuple(accepted_languages())
        page, reading = layout.page_and_reading(request.path, search, accepted)
        path = reading.view.address().partition("?")[0]  # the language shown, if another was asked
        tree = layout.shell(page, reading, path, search)
        html = html_of(tree)
        first = json_of({"layout": tree, "dependencies": callback_list(self)})
        addresses = {code: reading.view.address(language=code) for code in LANGUAGES}
        boot, core, plotly = (
            self.resources.addresses[name]
            for name in (BOOT, "core.js", "all-charts.js" if page.is_ordinary else "charts.js")
        )
        body = (
            f'<div id="first">{html}</div>\n'
            f'<div id="react-entry-point"{" data-ordinary" * page.is_ordinary} hidden></div>\n'
            f'<script id="_dash-config" type="application/json">{configuration(config)}</script>\n'
            f'<script id="first-tree" type="application/json">{script_safe(first)}</script>\n'
            f'<script id="_dash-renderer" defer src="{boot}" data-core="{core}" '
            f'data-plotly="{plotly}"></script>'
        )
        return document(
            language=reading.language, title=layout.window_title(page, reading),
            description=noticed(reading.ledger, reading.language, reading.t(page.sentence)),
            head="\n".join((
                _WHOLE_CONTENT, alternates(addresses), *feed_links(page, reading), dataset_markup(page, reading, html),
            )), body=body,
        )  # fmt: skip


def create_app(
    project: Project, audience: Audience = Audience.PUBLIC, hosts: Hosts | None = None, proxy_secret: str = ""
) -> Dashboard:
    """Make the application of a project for an audience; `hosts` are those of loopback unless told. With a
    `proxy_secret`, who changes data is whom a proxy names that knows it, and nobody else may.

    No store is opened before the first request, so that each worker opens its own.
    """
    with folder_of(project.root) as folder:
        app = Dashboard(
            "dashboards", use_pages=True, pages_folder=folder, include_assets_files=False,
            include_pages_meta=False, suppress_callback_exceptions=True, update_title="",
        )  # fmt: skip
    server = app.server
    app.resources, app.answers = own_resources(), KeptAnswers()
    server.extensions["ennum"] = PublishedStore(project, audience)
    server.extensions["ennum-dash"] = app
    server.extensions["ennum-resources"] = app.resources
    hosts = hosts or Hosts()
    server.extensions["ennum-address"] = hosts.address
    server.extensions["ennum-proxy-secret"] = proxy_secret
    blueprints = [api, embeds, feeds, page_files, routes]
    if audience is Audience.INTERNAL:
        from dashboards.decisions_page import ROUTES  # the public application knows nothing that writes

        blueprints.insert(0, ROUTES)
    for blueprint in blueprints:
        server.register_blueprint(blueprint)
    server.view_functions["/"] = partial(in_own_language, "")  # where Dash would look for a page
    server.url_map.merge_slashes = False  # else a redirect names whatever host was asked for
    server.register_error_handler(Exception, failed)
    app.layout = partial(dash.html.Div)
    for path in adopt(app):
        server.add_url_rule(f"/{path}", f"ordinary-{path}", partial(in_own_language, path))
    register_with_dash(layout.layout_at, layout.title_at)
    callbacks.register(app)
    # The way of a request until its page is made, and of its answer, the last first (docs/architecture.md).
    meter = server.extensions["ennum-meter"] = Meter()
    server.before_request(meter.begin)
    protect(app, hosts)
    for step in (resource, app.answers.give, settle, check_parameters, app.answers.await_turn):
        server.before_request(step)
    server.after_request(meter.end)
    server.after_request(app.answers.keep)
    server.after_request(with_headers)
    server.teardown_request(app.answers.end_turn)
    server.test_client().get("/static/")  # Dash adds its router at the first request, whatever it is
    parts = {"core.js": bundle.core(app), "charts.js": bundle.plotly()}
    if any(page.is_ordinary for page in all_pages().values()):
        parts["all-charts.js"] = bundle.plotly(is_whole=True)
    for name, content in parts.items():
        app.resources.add(name, content, SCRIPT, BESIDE_DCC)
    return app
