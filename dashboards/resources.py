"""Style sheet, script and typefaces of the pages, made at the start, under names that say their content.

A name holds a fingerprint, so that browsers may keep a file for a year. The typeface comes from the
package's own dependency, cut down to the signs of our four languages; that takes seconds, hence the cut
files are kept with the environment, once for all projects.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ennum_stats.atomic import write_atomic
from ennum_stats.charts.svg import palette
from ennum_stats.charts.theme import REGULAR, SEMIBOLD, font_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KEPT = Path(sys.prefix) / "share" / "ennum-dashboard"
PREFIX = "/static/"
BOOT = "dash-renderer-boot.js"
"""Dash looks for its renderer's name in every page; this is what starts it."""
_ASSETS = Path(__file__).parent / "assets"
_SHEETS = ("dashboard.css", "print.css")
_WEIGHTS = {REGULAR: 400, SEMIBOLD: 600}
_SIGNS = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x2009, *range(0x2010, 0x2027), 0x202F, 0x2030, 0x2039,
    0x203A, 0x20AC, 0x2190, 0x2192, 0x2193, 0x2212, 0x2248, 0x2264, 0x2265,
]  # fmt: skip
_FONT_RECIPE = "1"
"""Changes when the files would be cut otherwise."""


@dataclass(frozen=True)
class Resource:
    """A file of the pages."""

    content: bytes
    kind: str


@dataclass(frozen=True)
class Resources:
    """All files by their fingerprinted names, and these names by plain ones."""

    files: Mapping[str, Resource]
    names: Mapping[str, str]

    def address(self, name: str) -> str:
        """Where a file is."""
        return PREFIX + self.names[name]


def kept(name: str, made: Callable[[], bytes]) -> bytes:
    """What was made once for this environment; one that may only be read makes it each time."""
    path = KEPT / name
    if path.is_file():
        return path.read_bytes()
    content = made()
    try:
        write_atomic(path, content)
    except OSError:
        return content
    return content


def resources() -> Resources:
    """The files of the pages; typefaces are cut where that was not done before."""
    found: dict[str, Resource] = {}
    names: dict[str, str] = {}

    def add(name: str, content: bytes, kind: str) -> str:
        stem, _, suffix = name.rpartition(".")
        marked = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
        found[marked] = Resource(content, kind)
        names[name] = marked
        return marked

    faces = []
    for weight, degree in _WEIGHTS.items():
        name = add(f"source-sans-{degree}.woff2", _font(weight), "font/woff2")
        faces.append(
            f'@font-face{{font-family:"Source Sans Pro";font-weight:{degree};font-display:optional;'
            f'src:url("{PREFIX}{name}") format("woff2")}}'
        )
    sheets = [(_ASSETS / sheet).read_text("utf-8") for sheet in _SHEETS]
    style = "\n".join([*faces, _colours(), *sheets])
    add("dashboard.css", style.encode(), "text/css; charset=utf-8")
    add(BOOT, (_ASSETS / "boot.js").read_bytes(), "text/javascript; charset=utf-8")
    add("icon.svg", (_ASSETS / "icon.svg").read_bytes(), "image/svg+xml")
    return Resources(found, names)


def _colours() -> str:
    """The colours of charts and pages, light and dark; paper is light."""
    light = "".join(f"--ink-{name}:{value[0]};" for name, value in palette().items())
    dark = "".join(f"--ink-{name}:{value[1]};" for name, value in palette().items())
    return (
        f":root{{{light}color-scheme:light dark}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    )


def _font(weight: str) -> bytes:
    """A weight of the typeface as WOFF2, with the signs that we write and figures of equal width."""
    source = font_file(weight)
    recipe = hashlib.sha256(source.read_bytes() + repr((_SIGNS, _FONT_RECIPE)).encode()).hexdigest()
    return kept(f"source-sans-{weight.lower()}-{recipe[:12]}.woff2", lambda: _cut(source))


def _cut(source: Path) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "tnum"], hinting=False
    )
    font = TTFont(source)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_SIGNS)
    subsetter.subset(font)
    font.flavor = "woff2"
    content = BytesIO()
    font.save(content)
    return content.getvalue()
