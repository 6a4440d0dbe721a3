"""The inner names of Dash that the first answer needs; it is pinned exactly, and a test asks for each."""

from __future__ import annotations

import inspect
import json
import logging
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from dash import Dash, Patch, no_update
from dash._grouping import flatten_grouping
from dash._validate import validate_and_group_input_args
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

LOCATION, CONTENT, TITLE, DUMMY = ("_pages_location", "_pages_content", "_pages_store", "_pages_dummy")
"""The ids between which the router of Dash Pages works."""
ROUTER = f"..{CONTENT}.children...{TITLE}.data.."
"""What it gives: a page, and its title."""
CALLBACK = "/_dash-update-component"
SUGGEST = "suggest"
"""The address below the language that suggests what may be meant by what a reader has typed so far."""
CHECK = "check"
DATA = "data"
"""The page on which a data steward brings files, in the internal dashboard only."""
"""The address below the language to which a reader's own text is posted."""
EMBED = "embed/chart/"
"""Below the language, where charts are that other sites may show."""
CODE = "code/"
"""Below the language, before the path of a page, where the code is that leads a phone to it."""
BESIDE_DCC = "/_dash-component-suites/dash/dcc/"
"""Where dcc looks for its own parts: beside the script that it came in."""
_SCRIPT = re.compile(r'<script src="([^"]+)"></script>|<script>(.*?)</script>', re.DOTALL)
_SECRETS = ("end_id", "python_version", "dash_version", "plotly_version", "dash_version_url")
"""What the configuration tells of the server; the first is another one each time, which would spoil tags."""


def callback_list(app: Dash) -> list[dict[str, Any]]:
    """List what the renderer asks for as its dependencies."""
    callbacks = app._callback_list  # noqa: SLF001
    assert isinstance(callbacks, list)
    return callbacks


def ids_asked(app: Dash) -> Collection[str]:
    """List the ids that callbacks ask or draw."""
    outputs = (o.rpartition(".")[0] for key in app.callback_map for o in key.strip(".").split("..."))
    inputs = (
        place
        for callback in app.callback_map.values()
        for name in ("inputs", "state")
        for place in callback[name]
    )
    return {*outputs, *(place["id"] for place in inputs)}


def answer_first(app: Dash, tree: Any) -> None:
    """Fill in what callbacks answer before anyone chooses, as the renderer asks them at the start: those whose
    places all stand in a tree. What one cannot answer outside of a request of its own is left to the renderer.
    """
    named = ((getattr(component, "id", None), component) for component in _components(tree))
    there = {key: component for key, component in named if isinstance(key, str)}
    prevented = {callback["output"] for callback in callback_list(app) if callback["prevent_initial_call"]}
    waiting = [
        (flatten_grouping(callback["output"]), callback)
        for key, callback in app.callback_map.items()
        if key not in prevented and "callback" in callback and not callback["background"]
    ]
    waiting = [
        (outputs, callback)
        for outputs, callback in waiting
        if all(_is_there(output.component_id, there) for output in outputs)
        and all(_is_there(place["id"], there) for place in (*callback["inputs"], *callback["state"]))
    ]
    while waiting:
        drawn = {(o.component_id, o.component_property) for outputs, _ in waiting for o in outputs}
        ready = [
            item for item in waiting
            if not any((place["id"], place["property"]) in drawn for place in item[1]["inputs"])
        ] or waiting[:1]  # fmt: skip
        for callback in ready:
            waiting.remove(callback)
            _fill_in(*callback, there)


def _is_there(key: Any, there: Mapping[str, Component]) -> bool:
    return isinstance(key, str) and key in there


def _fill_in(outputs: Sequence[Any], callback: dict[str, Any], there: Mapping[str, Component]) -> None:
    places = (*callback["inputs"], *callback["state"])
    values = [getattr(there[place["id"]], place["property"], None) for place in places]
    args, named = validate_and_group_input_args(values, callback["inputs_state_indices"])
    try:
        answer = inspect.unwrap(callback["callback"])(*args, **named)
        answers = flatten_grouping(answer, callback["output"])
    except PreventUpdate:
        return
    except Exception:
        logging.getLogger(__name__).warning("Left to the renderer: %s", outputs, exc_info=True)
        return
    for place, value in zip(outputs, answers, strict=True):
        if value is not no_update and not isinstance(value, Patch):
            setattr(there[place.component_id], place.component_property, value)


def _components(tree: Any) -> Iterator[Component]:
    """Yield every component of a tree, in the order of the page."""
    if isinstance(tree, list | tuple):
        for part in tree:
            yield from _components(part)
    elif isinstance(tree, Component):
        yield tree
        yield from _components(getattr(tree, "children", None))


def scripts(app: Dash) -> Sequence[tuple[str, str]]:
    """List Dash's scripts in their order: the address of each, or its text."""
    return _SCRIPT.findall(app._generate_scripts_html())  # noqa: SLF001


def configuration(written: str) -> str:
    """Write the renderer's configuration, from the element that Dash writes, without what is nobody's business."""
    settings = json.loads(re.sub(r"<.*?>", "", written))
    return script_safe(json.dumps({k: v for k, v in settings.items() if k not in _SECRETS}))


def script_safe(text: str) -> str:
    """Write JSON that may stand in a script element."""
    return text.replace("<", r"\u003c")
