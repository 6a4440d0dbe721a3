"""The few components that `dash.html` lacks; their browser side is `assets/components.js`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component

NAMESPACE = "dashboards"
"""A package that can be imported: Dash tries to, for every property of every component."""


def dashed(**props: Any) -> dict[str, Any]:
    """Properties whose names hold hyphens, which Python's do not: `aria_label`, `data_cell`."""
    return {name.replace("_", "-"): value for name, value in props.items()}


class _Own(Component):
    """Hold a component whose properties are those of `_prop_names`."""

    _namespace = NAMESPACE
    _children_props: list[str] = []
    _base_nodes: list[str] = ["children"]
    _valid_wildcard_attributes: list[str] = ["data-", "aria-"]
    _prop_names: list[str] = []

    def __init__(self, **props: Any) -> None:
        self.available_properties = self._prop_names
        self.available_wildcard_properties = self._valid_wildcard_attributes
        super().__init__(**props)  # type: ignore[no-untyped-call]


class SvgDrawing(_Own):
    """SVG drawn by the server: `dash.html` has no SVG elements, and an image would lose colours and texts.
    Or an image that is loaded when it is seen."""

    svg: str | None
    _type = "Drawing"
    _prop_names: list[str] = ["id", "className", "svg", "role", "tabIndex"]

    def __init__(self, svg: str, className: str = "drawing", **props: Any) -> None:  # noqa: N803
        super().__init__(svg=svg, className=className, **props)


class Still(_Own):
    """Hold a part of a page that no callback touches, as HTML: an element with what is in it.
    `dashboards.rendering.still` makes it of other components; controls are written so (`components.controls`)."""

    html: str | None
    _type = "Still"
    _prop_names: list[str] = ["id", "tag", "html", "given"]

    def __init__(self, tag: str, html: str, given: dict[str, Any]) -> None:
        super().__init__(tag=tag, html=html, given=given)


class Sort(_Own):
    """Hold the heading of a column by which a table can be sorted; without a script it is a text."""

    _type = "Sort"
    _prop_names: list[str] = ["id", "label", "title"]

    def __init__(self, label: str, title: str) -> None:
        super().__init__(label=label, title=title)


class Points(_Own):
    """Hold the points of a chart as a list on its drawing, for pointer and keyboard; without a script, nothing:
    the description of the drawing and the table say the same."""

    _type = "Points"
    _prop_names: list[str] = [
        "id", "field", "label", "hint", "points", "documents", "evidence", "evidence_label", "zoom",
        "zoom_texts", "legend", "pages", "page_label",
    ]  # fmt: skip


class LastVisit(_Own):
    """Hold a link to what changed since the reader's last visit, by a day that only the reader's browser keeps."""

    _type = "LastVisit"
    _prop_names: list[str] = ["id", "text", "nothing", "address", "days", "language"]

    def __init__(self, text: str, nothing: str, address: str, days: Sequence[str], language: str) -> None:
        super().__init__(text=text, nothing=nothing, address=address, days=days, language=language)


class SavedViews(_Own):
    """Hold the views that a reader keeps, by name: in the reader's own browser, without an account."""

    _type = "SavedViews"
    _prop_names: list[str] = ["id", "title", "label", "field", "save", "remove", "told", "failed"]


class Kept(_Own):
    """Hold a value that a form sends beside what is chosen in it."""

    _type = "Kept"
    _prop_names: list[str] = ["id", "name", "value"]

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name=name, value=value)
