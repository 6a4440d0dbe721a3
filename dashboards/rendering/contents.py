"""The table of contents of a long page, taken from its headings."""

from __future__ import annotations

from dash import html

from dashboards.components.browser import dashed
from dashboards.rendering.screen import Screen
from ennum_stats.errors import message

ON_THIS_PAGE = message("On this page")
CONTENTS = "contents"
"""The anchor of the contents, to which a skip link leads."""
_FROM = 3
"""So many headings make a page long."""


def contents(screen: Screen) -> list[html.Nav]:
    """Give links to the headings of what a screen shows, none for a short page."""
    if len(screen.headings) < _FROM:
        return []
    links = [html.Li(html.A(screen.words(inlines), href=f"#{target}")) for target, inlines in screen.headings]
    title = screen.reading.t(ON_THIS_PAGE)
    named = dashed(aria_label=title)
    return [
        html.Nav([html.P(title), html.Ul(links)], className="contents", id=CONTENTS, tabIndex="-1", **named)
    ]
