"""Declare colours, type and sizes of charts; pages, Word and Excel take theirs from here.

Texts are measured in the one typeface of the package, whose files stand in a dependency.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ennum_stats.errors import ONE_OF, message, unknown_name
from ennum_stats.files.leavings import temporary_folder

NEUTRAL = "neutral"
"""The key of what belongs to no programme."""
RAMP = (0.16, 0.42, 0.72, 1.0, 1.4)
"""The steps of ordered classes in one hue, from pale to strong: the share of the colour on the background;
above 1, the rest is a share of the text colour in it. Steps differ in lightness alone, so that a print in
grey keeps the order."""


@dataclass(frozen=True)
class Theme:
    """Hold the colours of a page: one accent for each programme, the same everywhere, and greys."""

    name: str
    background: str
    text: str
    muted: str
    """Captions, subtitles, axes: grey that is still easy to read."""
    line: str
    """Grid lines and tracks: never text."""
    accents: Mapping[str, str]

    def colour(self, key: str) -> str:
        """Return the colour of a programme, or the grey of `NEUTRAL`; `UnknownName` for any other key."""
        if key == NEUTRAL:
            return self.muted
        if key not in self.accents:
            problem = message("There is no colour “{name}”.", name=key)
            raise unknown_name(problem, (*self.accents, NEUTRAL), ONE_OF)
        return self.accents[key]

    def tint(self, key: str, share: float = 0.3) -> str:
        """Mix a colour with the background, as an opaque colour; bounds are drawn at 30%."""
        return mixed(self.colour(key), self.background, share)

    def depth(self, key: str, depth: float) -> str:
        """Return the colour of a class, from 0 (palest) to 1 (strongest)."""
        share = RAMP[round(depth * (len(RAMP) - 1))]
        if share <= 1:
            return self.tint(key, share)
        return mixed(self.text, self.colour(key), share - 1)


LIGHT = Theme(
    "light",
    background="#FFFFFF",
    text="#1B1F24",
    muted="#55606B",
    line="#D5DADF",
    accents={
        "cyberecole": "#332288",
        "cyberclasse": "#0077BB",
        "ecole_numerique": "#C7470A",
        "connectivity": "#117755",
    },
)
DARK = Theme(
    "dark",
    background="#20262D",
    text="#EEF1F4",
    muted="#B3BDC7",
    line="#434C56",
    accents={
        "cyberecole": "#9288EC",
        "cyberclasse": "#9CD0F2",
        "ecole_numerique": "#EE8D5C",
        "connectivity": "#2CC193",
    },
)


@dataclass(frozen=True)
class Size:
    """Declare the format of a picture: `width` × `height` in px of its canvas, type size `em` in the same
    px, pixels of a PNG for each px, and printed width in cm."""

    name: str
    width: int
    height: int
    em: float
    scale: float
    width_cm: float
    growth: float = 1
    """How many times as high a picture may be, where something does not fit, before its type is smaller."""
    is_small: bool = False
    """Whether it is seen on a telephone, alone: its type is large, publishers stand for documents, and who
    publishes signs it."""

    @property
    def height_cm(self) -> float:
        """How high it is printed."""
        return self.width_cm * self.height / self.width


PRESS = Size("press", 640, 400, 13.3, 3, 16, growth=1.65)
SLIDE = Size("slide", 960, 540, 17, 2, 33.8667)
PHONE = Size("phone", 390, 390, 13.4, 2, 10.3188, growth=4, is_small=True)
"""The width of a telephone: no type in it is below 12 px."""
ON_PHONE = f"-{PHONE.name}"
"""How the name of a picture ends in that layout."""
SOCIAL = Size("social", 540, 540, 18.5, 2, 14.2875, is_small=True)
SOCIAL_PORTRAIT = Size("social-portrait", 540, 675, 18.5, 2, 14.2875, is_small=True)
SOCIAL_WIDE = Size("social-wide", 640, 360, 16, 3, 16.9333, is_small=True)
SIZES = {size.name: size for size in (PRESS, SLIDE, PHONE, SOCIAL, SOCIAL_PORTRAIT, SOCIAL_WIDE)}


def size_named(name: str) -> Size:
    """Find a size by its name; raise `UnknownName` for any other."""
    if name not in SIZES:
        raise unknown_name(message("There is no size “{name}”.", name=name), SIZES, ONE_OF)
    return SIZES[name]


def mixed(colour: str, background: str, share: float) -> str:
    """Mix a `share` of a colour with a background, as one opaque colour."""
    parts = [(int(colour[i : i + 2], 16), int(background[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(share * c + (1 - share) * g):02X}" for c, g in parts)


FAMILY = "Source Sans Pro"
FALLBACK = f'"{FAMILY}", Arial, sans-serif'
"""The fonts that an SVG asks for: where Source Sans Pro is not installed, Arial is shown."""
REGULAR, SEMIBOLD, BOLD = "Regular", "Semibold", "Bold"
CSS_WEIGHTS = {REGULAR: 400, SEMIBOLD: 600, BOLD: 700}
"""How browsers, plotly and typst name weights."""
_ARIAL_IS_WIDER = 1.12
_WIDTHS_KEPT = 4_096
"""Texts are measured as if they were set in the wider Arial (7 to 15% on titles and labels)."""


def font_file(weight: str = REGULAR) -> Path:
    """Find the TTF file of a weight."""
    spec = find_spec("font_source_sans_pro")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / f"SourceSansPro-{weight}.ttf"


@lru_cache(maxsize=1)
def typst_fonts() -> Any:
    """Return our weights as typst's only fonts, without those of the machine; read once a process.

    Typst takes folders only, and reads a file when a text first needs it. The dependency's folder also
    holds OTF files of the same names, and which of both typst takes would depend on the order of the file
    system. So our files are copied to a folder of their own, and read before that is removed.
    """
    import typst

    with temporary_folder() as folder:
        for weight in CSS_WEIGHTS:
            shutil.copy(font_file(weight), folder)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        each = "".join(f"#text(weight: {weight})[a]" for weight in CSS_WEIGHTS.values())
        page = f'#set text(font: "{FAMILY}")\n{each}'
        typst.Compiler(font_paths=fonts).compile(input=page.encode(), format="svg")
    return fonts


@lru_cache(_WIDTHS_KEPT)
def text_width(text: str, size: float, weight: str = REGULAR) -> float:
    """Measure a line of text at a font size, in the unit of the size."""
    return _ARIAL_IS_WIDER * size * sum(map(_widths(weight).__getitem__, text))


def wrapped(text: str, width: float, size: float, weight: str = REGULAR) -> list[str]:
    """Break a text into lines no wider than `width`, at plain spaces and line breaks only."""
    return [*_wrapped(text, width, size, weight)]


@lru_cache(_WIDTHS_KEPT)
def _wrapped(text: str, width: float, size: float, weight: str) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and text_width(longer, size, weight) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return tuple(lines)


def balanced(text: str, width: float, size: float, weight: str = REGULAR) -> list[str]:
    """Break a text into as many lines as `wrapped` does, but of about equal length: for titles."""
    lines = wrapped(text, width, size, weight)
    if len(lines) == 1:
        return lines
    narrow = width
    while narrow > 0.7 * width:
        narrow -= size
        closer = wrapped(text, narrow, size, weight)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


@lru_cache(maxsize=len(CSS_WEIGHTS))
def _widths(weight: str) -> dict[str, float]:
    """Return the advance width of every sign, in font sizes; one that the font lacks is as wide as an n."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file(weight), lazy=True) as font:
        em, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        glyphs = font.getBestCmap()
        known = {chr(sign): advances[glyph][0] / em for sign, glyph in glyphs.items()}
    return defaultdict(lambda: known["n"], known)


BAND = LIGHT.tint(NEUTRAL, 0.08)
"""The background of a row that heads others."""
EXCEL_TYPEFACE = "Calibri"
"""A workbook cannot embed a typeface: it takes one that every Excel has."""
LOGO_HEIGHT_CM = 1.3
"""How high the logos of who publishes stand on a first page."""
TEXT_WIDTH_CM = 16.0
"""The width between the margins of an A4 page, and that of a chart on it."""
TWIPS_A_CM = 567
"""How many units of Word's pages a centimetre has."""
EMU_A_CM, EMU_A_POINT, EMU_AN_INCH = 360_000, 12_700, 914_400
"""How many units of Office's drawings a centimetre, a point and an inch have."""


def bare(colour: str) -> str:
    """Write a colour as Word and Excel do: without the sign `#`."""
    return colour.removeprefix("#")
