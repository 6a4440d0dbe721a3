"""What of a page never changes by itself, as one piece of HTML each: Dash goes on with the rest only.

Dash keeps every element of a page in a store of its own and asks each again at every change: slow for a
thousand of them. Elements that no callback knows are written once, by the server; in the browser a piece that
is drawn anew changes only where it differs (`components.js`), so that focus, selection and what is open stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from dashboards.components.browser import Drawing, Kept, Static
from dashboards.markup import EMPTY, html_of, is_html, props_of

if TYPE_CHECKING:
    from collections.abc import Collection


def islands(node: Any, asked: Collection[str]) -> Any:
    """The same tree with its still parts as HTML; `asked` are the ids that callbacks know.

    What holds the content of a page stays as it is, so that it is the same element on every page.
    """
    if isinstance(node, list | tuple):
        return [islands(one, asked) for one in node]
    if not isinstance(node, Component):
        return node
    props = {name: value for name, value in props_of(node).items() if value is not None}
    if isinstance(node, Drawing):
        return Static("div", props.pop("svg"), props)
    inside = props.pop("children", None)
    tag = node._type.lower()  # noqa: SLF001
    if is_html(node) and tag not in EMPTY and _is_still(node, asked):
        return Static(tag, html_of(inside), props)
    if not isinstance(inside, list | tuple | Component):
        return node
    copied = type(node).__new__(type(node))
    copied.__dict__ = vars(node) | {"children": islands(inside, asked)}
    return copied


def _is_still(node: Any, asked: Collection[str]) -> bool:
    """Whether nothing in a part of a tree is known to a callback, or needs a script of its own."""
    if isinstance(node, list | tuple):
        return all(_is_still(one, asked) for one in node)
    if not isinstance(node, Component) or isinstance(node, Drawing | Kept):
        return True
    if isinstance(node, html.Main) or not is_html(node):
        return False
    props = props_of(node)
    name = props.get("id")
    return (
        not isinstance(name, dict) and name not in asked and _is_still(props.get("children"), asked)
    )
