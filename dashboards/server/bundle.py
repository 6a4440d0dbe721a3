"""The browser's scripts: all of Dash as one file, and plotly.js, both compressed once for an environment.

The set-up (`python -m dashboards`) fetches the partial plotly.js and compresses both, which takes seconds
that no reader should wait for. Where it was not fetched, the whole plotly.js of the `plotly` package does the
same and is only larger.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import brotli

from dashboards.inner import BESIDE_DCC, scripts
from ennum_stats.drawing.web_look import KEPT, kept

if TYPE_CHECKING:
    from dash import Dash

ASSETS = Path(__file__).parents[1] / "assets"
LOCK = ASSETS / "packages.json"
"""The npm packages of which one file each is used: version and integrity, no address."""
_LEFT_OUT = ("polyfill", "dash_table")
"""For browsers of ten years ago; a table that no page draws."""


@dataclass(frozen=True)
class Script:
    """A script under an address that says its content, as it is and in two codings."""

    address: str
    content: bytes
    codings: dict[str, bytes]


def script(stem: str, content: bytes, folder: str) -> Script:
    """A script that browsers may keep for ever."""
    digest = hashlib.sha256(content).hexdigest()
    codings = {
        "br": kept(f"{digest[:24]}.br", lambda: brotli.compress(content, quality=11, lgwin=24)),
        "gzip": kept(f"{digest[:24]}.gz", lambda: gzip.compress(content, 9, mtime=0)),
    }
    return Script(f"{folder}{stem}.{digest[:12]}.js", content, codings)


def core(app: Dash) -> Script:
    """Dash's own scripts, dcc's part for charts and our components, in the order in which they must run."""
    client = app.server.test_client()
    small = fetched("regenerator-runtime")
    left_out = _LEFT_OUT if small else _LEFT_OUT[1:]
    parts = [small.read_bytes()] if small else []
    for address, text in scripts(app):
        if not any(name in address for name in left_out):
            parts.append(client.get(address).data if address else text.encode())
    parts += [
        client.get(f"{BESIDE_DCC}async-graph.js").data,
        (ASSETS / "redraw.js").read_bytes(),
        (ASSETS / "components.js").read_bytes(),
        (ASSETS / "charts.js").read_bytes(),
    ]
    return script("core", b";\n".join(parts), BESIDE_DCC)


def plotly() -> Script:
    """The partial plotly.js, if it was fetched in the version of the `plotly` package; else the whole one."""
    import plotly as package

    whole = Path(package.__file__).parent / "package_data" / "plotly.min.js"
    partial = fetched("plotly.js-basic-dist-min")
    version = locked()["plotly.js-basic-dist-min"]["version"]
    is_same = f"v{version}".encode() in whole.read_bytes()[:200]
    return script("charts", (partial if partial and is_same else whole).read_bytes(), BESIDE_DCC)


def locked() -> dict[str, dict[str, str]]:
    """The npm packages by name: version, file and integrity."""
    found: dict[str, dict[str, str]] = json.loads(LOCK.read_text("utf-8"))
    return found


def place_of(name: str) -> Path:
    """Where the file of a package is kept."""
    return KEPT / f"{name}-{locked()[name]['version']}.js"


def fetched(name: str) -> Path | None:
    """The file of a package, where it was fetched."""
    place = place_of(name)
    return place if place.is_file() else None
