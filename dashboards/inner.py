"""The inner names of Dash that the first answer needs; it is pinned exactly, and a test asks for each."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dash import Dash

LOCATION, CONTENT, TITLE, DUMMY = (
    "_pages_location",
    "_pages_content",
    "_pages_store",
    "_pages_dummy",
)
"""The ids between which the router of Dash Pages works."""
ROUTER = f"..{CONTENT}.children...{TITLE}.data.."
"""What it gives: a page, and its title."""
CALLBACK = "/_dash-update-component"
SUGGEST = "suggest"
"""The address below the language that suggests what may be meant by what a reader has typed so far."""
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
    """What the renderer asks for as its dependencies."""
    found = app._callback_list  # noqa: SLF001
    assert isinstance(found, list)
    return found


def ids_asked(app: Dash) -> Collection[str]:
    """The ids that callbacks ask or draw."""
    outputs = (
        one.rpartition(".")[0] for key in app.callback_map for one in key.strip(".").split("...")
    )
    told = (
        one
        for callback in app.callback_map.values()
        for name in ("inputs", "state")
        for one in callback[name]
    )
    return {*outputs, *(one["id"] for one in told)}


def scripts(app: Dash) -> Sequence[tuple[str, str]]:
    """Dash's scripts in their order: the address of each, or its text."""
    return _SCRIPT.findall(app._generate_scripts_html())  # noqa: SLF001


def configuration(written: str) -> str:
    """The renderer's configuration, from the element that Dash writes, without what is nobody's business."""
    told = json.loads(re.sub(r"<.*?>", "", written))
    return script_safe(json.dumps({k: v for k, v in told.items() if k not in _SECRETS}))


def script_safe(text: str) -> str:
    """JSON that may stand in a script element."""
    return text.replace("<", r"\u003c")
