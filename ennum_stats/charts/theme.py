"""Colours, sizes and grounds of every chart, declared once; pages and documents take theirs from here.

The one typeface of charts and pages: its files, and how wide a text is in it.

The look of pages, Word and Excel: the colours of the charts, and the measures of a page.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ennum_stats.errors import ONE_OF, message, unknown_name

NEUTRAL = "neutral"
"""What belongs to no programme."""
RAMP = (0.16, 0.42, 0.72, 1.0, 1.4)
"""Ordered classes in one hue, from pale to strong: so much of the colour on the ground, and above 1 so much
more of the text in it. Each step differs in lightness alone, so that a print in grey keeps the order."""


@dataclass(frozen=True)
class Theme:
    """The colours of a page. `accents` has one colour a programme, the same everywhere; beside it stand
    one neutral grey ramp and nothing else."""

    name: str
    background: str
    text: str
    muted: str
    """Captions, subtitles, axes: grey that is still easy to read."""
    line: str
    """Hairlines and tracks: never text."""
    accents: Mapping[str, str]

    def colour(self, key: str) -> str:
        """Return the colour of a programme, or the grey of `NEUTRAL`; `UnknownName` for any other key."""
        if key == NEUTRAL:
            return self.muted
        if key not in self.accents:
            found = message("There is no colour “{name}”.", name=key)
            raise unknown_name(found, (*self.accents, NEUTRAL), ONE_OF)
        return self.accents[key]

    def tint(self, key: str, share: float = 0.3) -> str:
        """A colour mixed with the ground, as opaque paint: bounds are drawn at 30%."""
        return mixed(self.colour(key), self.background, share)

    def depth(self, key: str, depth: float) -> str:
        """The paint of a class, from 0 (palest) to 1 (strongest)."""
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
    """A picture's format: `width` × `height` in px of its own canvas, the type's size `em` in the same
    px, how many pixels of a PNG stand for one px, and how wide it is printed."""

    name: str
    width: int
    height: int
    em: float
    scale: float
    width_cm: float

    @property
    def height_cm(self) -> float:
        """How high it is printed."""
        return self.width_cm * self.height / self.width


PRESS = Size("press", 640, 400, 12, 3, 16)
SLIDE = Size("slide", 960, 540, 17, 2, 33.8667)
SOCIAL = Size("social", 540, 540, 15.5, 2, 14.2875)
SOCIAL_PORTRAIT = Size("social-portrait", 540, 675, 16, 2, 14.2875)
SIZES = {size.name: size for size in (PRESS, SLIDE, SOCIAL, SOCIAL_PORTRAIT)}


def size_named(name: str) -> Size:
    """A size by its name; `UnknownName` for any other."""
    if name not in SIZES:
        raise unknown_name(message("There is no size “{name}”.", name=name), SIZES, ONE_OF)
    return SIZES[name]


def mixed(colour: str, background: str, share: float) -> str:
    """`share` of a colour on a background, as one opaque colour."""
    parts = [(int(colour[i : i + 2], 16), int(background[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(share * c + (1 - share) * g):02X}" for c, g in parts)


FAMILY = "Source Sans Pro"
FALLBACK = f'"{FAMILY}", Arial, sans-serif'
"""What an SVG asks for: who has not installed the typeface sees Arial."""
REGULAR, SEMIBOLD, BOLD = "Regular", "Semibold", "Bold"
_WEIGHTS = (REGULAR, SEMIBOLD, BOLD)
_ARIAL_IS_WIDER = 1.12
"""Texts are given room as if they were set in the wider Arial (measured: 7 to 15% on titles and labels)."""


def font_file(weight: str = REGULAR) -> Path:
    """The TTF file of a weight."""
    spec = find_spec("font_source_sans_pro")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / f"SourceSansPro-{weight}.ttf"


@lru_cache(maxsize=1)
def typst_fonts() -> Any:
    """Return the weights we use as typst's fonts, and none of the machine's; each is read once a process.

    Typst takes folders only, and reads a file when a text first needs it. The dependency's own folder also
    holds OTF files of the same names: which of both typst took would depend on the order of the file
    system. So our files are copied, and read at once, before their folder goes.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="ennum-fonts-") as folder:
        for weight in _WEIGHTS:
            shutil.copy(font_file(weight), folder)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        each = "".join(f"#text(weight: {weight})[a]" for weight in (400, 600, 700))
        page = f'#set text(font: "{FAMILY}")\n{each}'
        typst.Compiler(font_paths=fonts).compile(input=page.encode(), format="svg")
    return fonts


def text_width(text: str, size: float, weight: str = REGULAR) -> float:
    """How much room a line of text needs at a font size, in the unit of the size."""
    widths = _widths(weight)
    fallback = widths[ord("n")]
    return _ARIAL_IS_WIDER * size * sum(widths.get(ord(sign), fallback) for sign in text)


def wrapped(text: str, room: float, size: float, weight: str = REGULAR) -> list[str]:
    """A text in lines that fit into `room`; broken at plain spaces and at line breaks only."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and text_width(longer, size, weight) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def balanced(text: str, room: float, size: float, weight: str = REGULAR) -> list[str]:
    """As `wrapped`, in as many lines, but of about the same length: for titles."""
    lines = wrapped(text, room, size, weight)
    if len(lines) == 1:
        return lines
    narrow = room
    while narrow > 0.7 * room:
        narrow -= size
        closer = wrapped(text, narrow, size, weight)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


@lru_cache(maxsize=len(_WEIGHTS))
def _widths(weight: str) -> dict[int, float]:
    """Return the advance of every sign, as a part of the font size."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file(weight), lazy=True) as font:
        em, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        glyphs = font.getBestCmap()
        return {sign: advances[glyph][0] / em for sign, glyph in glyphs.items()}


PROGRAMME_COLOURS = dict(LIGHT.accents)
GREYS = {"ink": LIGHT.text, "grey": LIGHT.muted, "line_grey": LIGHT.line}
BAND = LIGHT.tint(NEUTRAL, 0.08)
"""The ground of a row that heads others."""
TYPEFACE = FAMILY
EXCEL_TYPEFACE = "Calibri"
"""A workbook cannot carry a typeface: it takes the one that every Excel has."""
TEXT_WIDTH_CM = 16.0
"""Between the margins of an A4 page."""
CHART_WIDTH_CM = 14.0
"""A chart on a page: two of them, with a paragraph each, fill one."""


def bare(colour: str) -> str:
    """A colour as Word and Excel write it: without the sign."""
    return colour.removeprefix("#")
