"""What browsers need for the look of pages: the typeface, cut down to the signs of our four languages, and
the colours of charts by name, light and dark.

Cutting takes seconds, hence the cut files are kept with the environment, once for all projects.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from ennum_stats.drawing.svg import palette
from ennum_stats.drawing.theme import REGULAR, SEMIBOLD, font_file
from ennum_stats.files.atomic import write_atomic

KEPT = Path(sys.prefix) / "share" / "ennum-dashboard"
WEB_WEIGHTS = {REGULAR: 400, SEMIBOLD: 600}
_SIGNS = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x2009, *range(0x2010, 0x2027), 0x202F, 0x2030, 0x2039,
    0x203A, 0x20AC, 0x2190, 0x2192, 0x2193, 0x2212, 0x2248, 0x2264, 0x2265,
]  # fmt: skip
_FONT_RECIPE = "2"
"""Changes when the files would be cut otherwise."""


def page_colours() -> str:
    """Declare the colours of charts and pages, light and dark; paper is light."""
    light = "".join(f"--ink-{name}:{value[0]};" for name, value in palette().items())
    dark = "".join(f"--ink-{name}:{value[1]};" for name, value in palette().items())
    return (
        f":root{{{light}color-scheme:light dark}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    )


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """Give what was made once for this environment; one that may only be read makes it each time."""
    path = KEPT / name
    if path.is_file():
        return path.read_bytes()
    content = make()
    try:
        write_atomic(path, content)
    except OSError:
        return content
    return content


def web_font(weight: str) -> bytes:
    """Give a weight of the typeface as WOFF2, with the signs that we write and figures of equal width."""
    source = font_file(weight)
    recipe = hashlib.sha256(source.read_bytes() + repr((_SIGNS, _FONT_RECIPE)).encode()).hexdigest()
    return kept(f"source-sans-{weight.lower()}-{recipe[:12]}.woff2", lambda: _cut(source))


def _cut(source: Path) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "tnum"], hinting=False)
    font = TTFont(source, recalcTimestamp=False)  # one recipe, one file: its address is a hash
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_SIGNS)
    subsetter.subset(font)
    font.flavor = "woff2"
    content = BytesIO()
    font.save(content)
    return content.getvalue()
