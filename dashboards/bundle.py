"""The browser's scripts: all of Dash as one file, and plotly.js, both compressed once for an environment.

`python -m dashboards.bundle` is a step of the set-up: it fetches the partial plotly.js and compresses it,
which takes seconds that no reader should wait for. Where there is no npm, or no network, the whole plotly.js
of the `plotly` package does the same and is only larger.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import brotli

from dashboards.inner import BESIDE_DCC, scripts

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash

ASSETS = Path(__file__).parent / "assets"
KEPT = Path(sys.prefix) / "share" / "ennum-dashboard"
LOCK = ASSETS / "packages.json"
"""The npm packages of which one file each is used: version and integrity, no address."""
_LEFT_OUT = ("polyfill", "dash_table")
"""For browsers of ten years ago; a table that no page draws."""
_SECONDS = 60


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
        "br": _kept(f"{digest[:24]}.br", lambda: brotli.compress(content, quality=11, lgwin=24)),
        "gzip": _kept(f"{digest[:24]}.gz", lambda: gzip.compress(content, 9, mtime=0)),
    }
    return Script(f"{folder}{stem}.{digest[:12]}.js", content, codings)


def _kept(name: str, made: Callable[[], bytes]) -> bytes:
    """What was made once for this environment; one that may only be read makes it each time."""
    path = KEPT / name
    if path.is_file():
        return path.read_bytes()
    content = made()
    try:
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=KEPT, delete=False) as part:
            part.write(content)
        Path(part.name).replace(path)
    except OSError:
        return content
    return content


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


# --- the set-up -----------------------------------------------------------------------------------


def locked() -> dict[str, dict[str, str]]:
    """The npm packages by name: version, file and integrity."""
    found: dict[str, dict[str, str]] = json.loads(LOCK.read_text("utf-8"))
    return found


def _place(name: str) -> Path:
    return KEPT / f"{name}-{locked()[name]['version']}.js"


def fetched(name: str) -> Path | None:
    """The file of a package, where it was fetched."""
    place = _place(name)
    return place if place.is_file() else None


def fetch(name: str) -> bool:
    """Gets a package's file by npm, as this machine is set up to, and checks it; whether it is there then."""
    if fetched(name):
        return True
    npm, package = shutil.which("npm"), locked()[name]
    if npm is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        line = [
            npm,
            "pack",
            f"{name}@{package['version']}",
            "--pack-destination",
            folder,
            "--silent",
        ]
        try:
            subprocess.run(line, check=True, capture_output=True, timeout=_SECONDS, cwd=folder)
        except (OSError, subprocess.SubprocessError):
            return False
        packed = next(Path(folder).glob("*.tgz")).read_bytes()
        digest = base64.b64encode(hashlib.sha512(packed).digest()).decode()
        if package["integrity"] != f"sha512-{digest}":
            return False
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            member = archive.extractfile(f"package/{package['file']}")
            content = member.read() if member else b""
    return bool(content) and bool(_kept(_place(name).name, lambda: content))


def main() -> None:
    """Fetches and compresses what the browser needs, once for an environment."""
    from dashboards.app import create_app
    from ennum_stats.project import Project

    for name in locked():
        if not fetch(name):
            print(f"{name}: npm absent; plotly.js entier / full plotly.js", file=sys.stderr)
    create_app(Project(Path.cwd()))


if __name__ == "__main__":
    main()
