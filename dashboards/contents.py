"""The table of contents of a long page, taken from its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from dashboards.components.browser import dashed
from ennum_stats.errors import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboards.reading import Reading

ON_THIS_PAGE = message("On this page")
_FROM = 3
"""So many headings make a page long."""


def contents(reading: Reading, inside: Sequence[Component]) -> list[Component]:
    """Links to the headings of what a page shows, none for a short one; a heading without an id gets one."""
    headings = [*_headings(inside)]
    if len(headings) < _FROM:
        return []
    links = []
    for place, heading in enumerate(headings, 1):
        target = getattr(heading, "id", None) or reading.view.id(f"part-{place}")
        heading.id = target
        links.append(html.Li(html.A(_copied(heading.children), href=f"#{target}")))
    title = reading.t(ON_THIS_PAGE)
    inside_of_it = [html.P(title), html.Ul(links)]
    return [html.Nav(inside_of_it, className="contents", **dashed(aria_label=title))]


def _headings(node: Any) -> Iterator[Any]:
    """The headings of the second level, but for those of key figures and of what is folded."""
    if isinstance(node, list | tuple):
        for one in node:
            yield from _headings(one)
    elif isinstance(node, html.H2) and getattr(node, "className", "") != "label":
        yield node
    elif isinstance(node, Component) and not isinstance(node, html.Details):
        yield from _headings(getattr(node, "children", None))


def _copied(children: Any) -> Any:
    """The same texts once more: a component may stand in a tree once only."""
    if isinstance(children, list | tuple):
        return [_copied(one) for one in children]
    if isinstance(children, html.Span):
        return html.Span(children.children, lang=getattr(children, "lang", None))
    return children
