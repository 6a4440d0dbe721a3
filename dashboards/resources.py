"""Style sheet, script and typefaces of the pages, made at the start, under names that say their content.

A name holds a fingerprint, so that browsers may keep a file for a year.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ennum_stats.drawing.web_look import WEB_WEIGHTS, page_colours, web_font

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "/static/"
BOOT = "dash-renderer-boot.js"
"""Dash looks for its renderer's name in every page; this is what starts it."""
_ASSETS = Path(__file__).parent / "assets"
_SHEETS = ("dashboard.css", "print.css")


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
    for weight, degree in WEB_WEIGHTS.items():
        name = add(f"source-sans-{degree}.woff2", web_font(weight), "font/woff2")
        faces.append(
            f'@font-face{{font-family:"Source Sans Pro";font-weight:{degree};font-display:optional;'
            f'src:url("{PREFIX}{name}") format("woff2")}}'
        )
    sheets = [(_ASSETS / sheet).read_text("utf-8") for sheet in _SHEETS]
    style = "\n".join([*faces, page_colours(), *sheets])
    add("dashboard.css", style.encode(), "text/css; charset=utf-8")
    add(BOOT, (_ASSETS / "boot.js").read_bytes(), "text/javascript; charset=utf-8")
    add("icon.svg", (_ASSETS / "icon.svg").read_bytes(), "image/svg+xml")
    return Resources(found, names)
