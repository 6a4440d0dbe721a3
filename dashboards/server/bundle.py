"""The browser's scripts: all of Dash as one file, and plotly.js, both compressed once for an environment.

The set-up (`python -m dashboards`) fetches the partial plotly.js and compresses both, which takes seconds
that no reader should wait for. Where it was not fetched, the whole plotly.js of the `plotly` package does the
same and is only larger.
"""

from __future__ import annotations

import json
from pathlib import Path

from dash import Dash

from dashboards.inner import BESIDE_DCC, scripts
from ennum_stats.drawing.web_look import KEPT

ASSETS = Path(__file__).parents[1] / "assets"
LOCK = ASSETS / "packages.json"
"""The npm packages of which one file each is used: version and integrity, no address."""
_LEFT_OUT = ("polyfill", "dash_table")
"""For browsers of ten years ago; a table that no page draws."""


def core(app: Dash) -> bytes:
    """Join Dash's own scripts, dcc's part for charts and our components, in the order in which they must
    run."""
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
        (ASSETS / "controls.js").read_bytes(),
        (ASSETS / "components.js").read_bytes(),
        (ASSETS / "charts.js").read_bytes(),
    ]
    return b";\n".join(parts)


def plotly(*, is_whole: bool = False) -> bytes:
    """Give the partial plotly.js, if it was fetched in the version of the `plotly` package; else the whole
    one, which ordinary pages need for any kind of chart."""
    import plotly as package

    whole = Path(package.__file__).parent / "package_data" / "plotly.min.js"
    partial = fetched("plotly.js-basic-dist-min")
    version = locked()["plotly.js-basic-dist-min"]["version"]
    is_same = f"v{version}".encode() in whole.read_bytes()[:200]
    return (partial if partial and is_same and not is_whole else whole).read_bytes()


def locked() -> dict[str, dict[str, str]]:
    """Give the npm packages by name: version, file and integrity."""
    lock: dict[str, dict[str, str]] = json.loads(LOCK.read_text("utf-8"))
    return lock


def place_of(name: str) -> Path:
    """Tell where the file of a package is kept."""
    return KEPT / f"{name}-{locked()[name]['version']}.js"


def fetched(name: str) -> Path | None:
    """Give the file of a package, where it was fetched."""
    place = place_of(name)
    return place if place.is_file() else None
