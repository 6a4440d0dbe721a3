"""The overview as plain Dash shows it: the same components, its charts as graphs, and Dash's own index."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.serving import free_port, running


@contextmanager
def serving(root: Path) -> Iterator[int]:
    """Serve it in a process of its own, on the port that is given."""
    port = free_port()
    with running([sys.executable, "-m", "bench.plain_dash", str(root), str(port)], port):
        yield port


def main(root: str, port: str) -> None:
    """Serve the overview with Dash as its documentation says, compressed by nobody."""
    from dash import Dash, html
    from plotly.utils import PlotlyJSONEncoder

    from dashboards.app import create_app
    from dashboards.rendering.layout import heading_of, page_and_reading
    from dashboards.rendering.screen import Screen
    from ennum_stats.project import Project

    with create_app(Project(Path(root))).server.test_request_context("/fr/"):
        page, reading = page_and_reading("/fr/", "")
        drawn = [html.H1(heading_of(page, reading)), *Screen(reading).drawn(page.content(reading))]
        content = _plain(drawn, reading)
    app = Dash(__name__, suppress_callback_exceptions=True)
    app.layout = html.Main(content, id="plain", className="plain")
    PlotlyJSONEncoder().encode(app.layout)  # a page that cannot be told to the browser would look very fast
    app.run(host="127.0.0.1", port=int(port), debug=False, threaded=True)


def _plain(node: Any, reading: Any) -> Any:
    """A tree of the dashboard as one that knows nothing of its own components."""
    from dash import dcc, html
    from dash.development.base_component import Component

    from dashboards.components.browser import NAMESPACE
    from dashboards.components.charts import live_graph
    from dashboards.queries.comparison import chart_at
    from dashboards.rendering.markup import props_of

    if isinstance(node, list | tuple):
        return [_plain(one, reading) for one in node]
    if not isinstance(node, Component):
        return node
    if name := getattr(node, "data-chart", ""):
        return live_graph(reading, chart_at(reading, name), "wide", is_dark=False)
    props = props_of(node)
    if node._namespace == NAMESPACE:  # noqa: SLF001
        if node._type != "Select":  # noqa: SLF001
            return None
        options = [{"value": value, "label": label} for value, label in props["options"]]
        return html.Label([props["label"], dcc.Dropdown(options, props["value"])])
    children = _plain(props.get("children"), reading)
    if isinstance(node, dcc.Link):
        return html.A(children, href=props["href"])
    if "children" in props:
        node.children = children
    return node


if __name__ == "__main__":
    main(*sys.argv[1:])
