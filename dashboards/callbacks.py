"""What the browser asks once Dash is live: a page at another address, a live chart, evidence beside the page.

Every answer is a function of what was posted, of the store and of today, so that `cache` may keep it.
"""

from __future__ import annotations

from typing import Any

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State
from flask import abort

from dashboards.components.charts import live_graph
from dashboards.inner import LOCATION
from dashboards.queries.comparison import chart_at
from dashboards.rendering.layout import evidence_beside, page_and_reading
from ennum_stats.drawing.picture import WIDTHS

_LEAST_PX, _MOST_PX = (200, 100), 4000
_WHERE = (State(LOCATION, "pathname"), State(LOCATION, "search"))


def register(app: Dash) -> None:
    """Add the callbacks; the router of Dash Pages gets what it needs to draw a page anew."""
    app.routing_callback_inputs = {
        "store": Input("store", "data"),  # another store: the same address is drawn anew
        "here": State(LOCATION, "pathname"),
        "search": State(LOCATION, "search"),
    }
    live, ask = ({"part": part, "chart": MATCH, "place": MATCH} for part in ("live", "ask"))
    app.callback(Output(live, "children"), Input(ask, "data"), *_WHERE, prevent_initial_call=True)(live_chart)
    app.callback(
        Output("evidence-body", "children"), Input("evidence-address", "data"), prevent_initial_call=True
    )(evidence)
    app.clientside_callback(
        ClientsideFunction("ennum_page", "opened"),
        Output("nowhere", "data"), Input("evidence-body", "children"), prevent_initial_call=True,
    )  # fmt: skip


def live_chart(wanted: Any, path: Any, search: Any) -> Any:
    """Give a chart as plotly draws it, for the place of its drawing: which width, how much room, light or dark, on
    which day."""
    if not isinstance(wanted, dict) or not isinstance(path, str) or not isinstance(search, str):
        abort(400)
    width, name = wanted.get("width"), wanted.get("chart")
    if not isinstance(width, str) or width not in WIDTHS or not isinstance(name, str):
        abort(400)
    room = wanted.get("room")
    if room is not None and not _is_room(room):
        abort(400)
    _, reading = page_and_reading(path, search)
    drawn = chart_at(reading, name)
    return live_graph(
        reading, drawn, width, tuple(room) if room else None, is_dark=wanted.get("dark") is True
    )


def _is_room(room: Any) -> bool:
    """Tell whether it is a width and a height in px that a page can have."""
    return (
        isinstance(room, list)
        and len(room) == 2
        and all(
            type(side) is int and low <= side <= _MOST_PX for side, low in zip(room, _LEAST_PX, strict=True)
        )
    )


def evidence(address: Any) -> Any:
    """Give a page of evidence for the dialog, by its address with the day."""
    if not isinstance(address, str):
        abort(400)
    path, _, search = address.partition("?")
    page, reading = page_and_reading(path, search)
    if not page.has_name:
        abort(400)
    return evidence_beside(page, reading, reading.view.address())
