"""Components as HTML and as JSON: a tree as the first answer shows it, and as the browser goes on with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from html import escape
from textwrap import dedent
from typing import Any

from dash.development.base_component import Component
from markdown_it import MarkdownIt
from plotly.utils import PlotlyJSONEncoder

from dashboards.components.browser import NAMESPACE, Still
from dashboards.components.still_graph import still_graph

_NAMES = {"className": "class", "htmlFor": "for"}
_EMPTY = frozenset(("br", "hr", "img", "input", "link", "meta"))
_HUMP = re.compile("[A-Z]")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_UNSEEN = frozenset(("Store", "Location", "Interval", "Download", "Geolocation", "ConfirmDialog"))
_WITH_VALUE = ("label", "value", "date", "start_date", "end_date")
_NOT_WRITTEN = frozenset(("children", "n_clicks", "n_clicks_timestamp", "disable_n_clicks"))


def html_of(node: Any) -> str:
    """Write the HTML of a component, a text, a number, or a list; what begins in the browser is left out."""
    if node is None or isinstance(node, bool):
        return ""
    if isinstance(node, list | tuple):
        return "".join(html_of(child) for child in node)
    if not isinstance(node, Component):
        return escape(str(node), quote=False)
    props = {name: value for name, value in props_of(node).items() if value is not None}
    kind, namespace = node._type, node._namespace  # noqa: SLF001
    if namespace == "dash_html_components":
        return _element(kind.lower(), props)
    if namespace == NAMESPACE:
        return _OWN[kind](props)
    if namespace == "dash_core_components":
        return _of_dcc(kind, props)
    return ""


def json_of(tree: Any) -> str:
    """Write the JSON that travels with a page; what stands still is in its HTML already, where `redraw.js`
    finds it."""
    return json.dumps(tree, cls=_WithoutStill, separators=(",", ":"), ensure_ascii=False)


class _WithoutStill(PlotlyJSONEncoder):  # type: ignore[misc]
    def default(self, obj: Any) -> Any:
        if not isinstance(obj, Component):
            return super().default(obj)
        props = props_of(obj)
        if isinstance(obj, Still):
            del props["html"]
        return {"props": props, "type": obj._type, "namespace": obj._namespace}  # noqa: SLF001


def props_of(node: Component) -> dict[str, Any]:
    """List the properties that a component was given, in the order in which its kind declares them: what Dash's
    `to_plotly_json` says, in a third of its time. Dash keeps the others in an order that every process has of
    its own; readers whom two servers answer in turn must be given the same page."""
    given = vars(node)
    props = {name: given[name] for name in node._prop_names if name in given}  # noqa: SLF001
    return props | {name: given[name] for name in sorted(given) if name.startswith(("data-", "aria-"))}


def attributes(props: Mapping[str, Any], apart: Collection[str] = ()) -> str:
    """Write properties as HTML has them; an id of several keys is Dash's own business."""
    written = []
    for name, given in props.items():
        value = _style(given) if name == "style" else given
        if name in _NOT_WRITTEN or name in apart or value is False or isinstance(value, dict):
            continue
        shown = _NAMES.get(name, name if "-" in name else name.lower())
        written.append(f" {shown}" if value is True else f' {shown}="{escape(str(value))}"')
    return "".join(written)


def _element(tag: str, props: Mapping[str, Any], apart: Collection[str] = ()) -> str:
    opened = f"<{tag}{attributes(props, apart)}>"
    return opened if tag in _EMPTY else f"{opened}{html_of(props.get('children'))}</{tag}>"


def _style(given: Mapping[str, Any]) -> str:
    return ";".join(f"{_HUMP.sub(_hyphen, name)}:{value}" for name, value in given.items())


def _hyphen(hump: re.Match[str]) -> str:
    return f"-{hump[0].lower()}"


def _of_dcc(kind: str, props: Mapping[str, Any]) -> str:
    """Write a component of Dash's own as far as it says something without a script: a chart as a drawing, a
    control as what is chosen in it."""
    if kind == "Link":
        return _element("a", props, apart=("refresh",))
    if kind in _UNSEEN:
        return ""
    if kind == "Graph":
        return still_graph(props.get("figure"), props.get("style") or {})
    if kind == "Markdown":
        children = props.get("children") or ""
        text = children if isinstance(children, str) else "\n".join(children)
        return f"<div>{_MARKDOWN.render(dedent(text))}</div>"
    if "children" in props:
        return f"<div>{html_of(props['children'])}</div>"
    key = props.get("id")
    named = f' data-for="{escape(key)}"' if isinstance(key, str) else ""
    return f'<div class="to-come"{named}>{escape(_chosen(props), quote=False)}</div>'


def _chosen(props: Mapping[str, Any]) -> str:
    """Tell what is chosen in a control, by its label where it has options."""
    options = props.get("options") or []
    pairs = options.items() if isinstance(options, dict) else [
        (option.get("value"), option.get("label")) if isinstance(option, dict) else (option, option)
        for option in options
    ]  # fmt: skip
    labels = {value: label for value, label in pairs if isinstance(label, str | int | float)}
    values = [props[name] for name in _WITH_VALUE if props.get(name) not in (None, "")]
    flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return ", ".join(str(labels.get(item, item)) for item in flat)


def _drawing(props: Mapping[str, Any]) -> str:
    return f"<div{attributes(props, ('svg',))}>{props['svg']}</div>"


def _kept(props: Mapping[str, Any]) -> str:
    return f'<input type="hidden" name="{escape(props["name"])}" value="{escape(props["value"])}">'


def _of_browser(_props: Mapping[str, Any]) -> str:
    """Write nothing: only the reader's browser knows of visits before and of views kept."""
    return ""


def _sort(props: Mapping[str, Any]) -> str:
    """Write a text; scripts make it a button."""
    label, title = escape(props["label"], quote=False), escape(props["title"])
    return f'<span class="sort" data-title="{title}">{label}</span>'


def _still(props: Mapping[str, Any]) -> str:
    tag = props["tag"]
    return f"<{tag}{attributes(props['given'])}>{props['html']}</{tag}>"


def _points(_props: Mapping[str, Any]) -> str:
    return ""


_OWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "Drawing": _drawing, "Still": _still, "Kept": _kept, "Sort": _sort, "Points": _points,
    "LastVisit": _of_browser, "SavedViews": _of_browser,
}  # fmt: skip
