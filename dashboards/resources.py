"""Hold the files that pages are shown with: style sheet, scripts and typefaces, under names that say their
content, so that browsers may keep them for a year; compressed once for an environment."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import brotli

from ennum_stats.drawing.web_look import WEB_WEIGHTS, kept, page_colours, web_font

PREFIX = "/static/"
BOOT = "dash-renderer-boot.js"
"""Dash looks for its renderer's name in every page; this is what starts it."""
SCRIPT = "text/javascript; charset=utf-8"
_ASSETS = Path(__file__).parent / "assets"
_SHEETS = ("dashboard.css", "print.css")


@dataclass(frozen=True)
class Resource:
    """Hold a file of the pages, as it is and in the codings that it was compressed to."""

    content: bytes
    kind: str
    codings: dict[str, bytes]


@dataclass
class Resources:
    """Hold all files by their addresses, and these by plain names."""

    files: dict[str, Resource] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, content: bytes, kind: str, folder: str = PREFIX) -> str:
        """Add a file, and give its address."""
        stem, _, suffix = name.rpartition(".")
        digest = hashlib.sha256(content).hexdigest()
        codings = {}
        if suffix != "woff2":  # compressed in itself
            codings = {
                "br": kept(f"{digest[:24]}.br", lambda: brotli.compress(content, quality=11, lgwin=24)),
                "gzip": kept(f"{digest[:24]}.gz", lambda: gzip.compress(content, 9, mtime=0)),
            }
        self.addresses[name] = f"{folder}{stem}.{digest[:12]}.{suffix}"
        self.files[self.addresses[name]] = Resource(content, kind, codings)
        return self.addresses[name]


def own_resources() -> Resources:
    """Give the files that are ours; typefaces are cut where that was not done before."""
    resources = Resources()
    faces = []
    for weight, degree in WEB_WEIGHTS.items():
        address = resources.add(f"source-sans-{degree}.woff2", web_font(weight), "font/woff2")
        faces.append(
            f'@font-face{{font-family:"Source Sans Pro";font-weight:{degree};font-display:optional;'
            f'src:url("{address}") format("woff2")}}'
        )
    sheets = [(_ASSETS / sheet).read_text("utf-8") for sheet in _SHEETS]
    style = "\n".join([*faces, page_colours(), *sheets])
    resources.add("dashboard.css", style.encode(), "text/css; charset=utf-8")
    resources.add(BOOT, (_ASSETS / "boot.js").read_bytes(), SCRIPT)
    resources.add("icon.svg", (_ASSETS / "icon.svg").read_bytes(), "image/svg+xml")
    return resources
