"""What of a page no callback touches, as one component each: tables, texts and drawings.

Dash keeps every component that it is given, and asks each of them at every change. A page has some thousand
cells and words; so what stands still goes to the browser as HTML, and `assets/redraw.js` changes of it what
another view changes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from dash.development.base_component import Component
from flask import current_app

from dashboards.components.browser import NAMESPACE, Still
from dashboards.inner import ids_asked
from dashboards.rendering.markup import html_of, props_of

_OWN_STILL = ("Drawing", "Sort", "Kept", "Still")
_EMPTY = ("Br", "Hr", "Img", "Input", "Kept")


def stilled(nodes: Sequence[Component]) -> list[Component]:
    """Make each part that no callback names one `Still`; the components are changed."""
    ids = ids_asked(current_app.extensions["ennum-dash"])
    moving: set[int] = set()
    for node in nodes:
        _is_still(node, ids, moving)
    return [_settled(node, moving) for node in nodes]


def _is_still(node: Any, ids: Collection[str], moving: set[int]) -> bool:
    """Tell whether no callback asks or draws anything in it; note what is not so."""
    if isinstance(node, list | tuple):
        parts = [_is_still(part, ids, moving) for part in node]  # each is looked at
        return all(parts)
    if not isinstance(node, Component):
        return True
    is_html = node._namespace == "dash_html_components"  # noqa: SLF001
    is_own = node._namespace == NAMESPACE and node._type in _OWN_STILL  # noqa: SLF001
    key = getattr(node, "id", None)
    is_named = isinstance(key, dict) or key in ids
    is_inside_still = _is_still(getattr(node, "children", None), ids, moving)
    if (is_html or is_own) and not is_named and is_inside_still:
        return True
    moving.add(id(node))
    return False


def _settled(node: Any, moving: Collection[int]) -> Any:
    if isinstance(node, list | tuple):
        return [_settled(part, moving) for part in node]
    if not isinstance(node, Component) or node._type in _EMPTY:  # noqa: SLF001
        return node
    if id(node) in moving:
        if getattr(node, "children", None) is not None:
            node.children = _settled(node.children, moving)
        return node
    return _still(node)


def _still(node: Component) -> Component:
    if isinstance(node, Still):
        return node
    props = {name: value for name, value in props_of(node).items() if value is not None}
    inside = html_of(props.pop("children", None))
    if node._type == "Drawing":  # noqa: SLF001
        return Still("div", props.pop("svg"), props)
    return Still(node._type.lower(), inside, props)  # noqa: SLF001
