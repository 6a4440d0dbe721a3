"""Colours, sizes and grounds of every chart, declared once; pages and documents take theirs from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ennum_stats.errors import UnknownName, message

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
    ground: str
    text: str
    quiet: str
    """Captions, subtitles, axes: grey that is still easy to read."""
    line: str
    """Hairlines and tracks: never text."""
    accents: Mapping[str, str]

    def colour(self, key: str) -> str:
        """The colour of a programme, or the neutral grey."""
        return self.accents.get(key, self.quiet)

    def tint(self, key: str, share: float = 0.3) -> str:
        """A colour mixed with the ground, as opaque paint: bounds are drawn at 30%."""
        return mixed(self.colour(key), self.ground, share)

    def depth(self, key: str, depth: float) -> str:
        """The paint of a class, from 0 (palest) to 1 (strongest)."""
        share = RAMP[round(depth * (len(RAMP) - 1))]
        if share <= 1:
            return self.tint(key, share)
        return mixed(self.text, self.colour(key), share - 1)


LIGHT = Theme(
    "light",
    ground="#FFFFFF",
    text="#1B1F24",
    quiet="#55606B",
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
    ground="#20262D",
    text="#EEF1F4",
    quiet="#B3BDC7",
    line="#434C56",
    accents={
        "cyberecole": "#9288EC",
        "cyberclasse": "#9CD0F2",
        "ecole_numerique": "#EE8D5C",
        "connectivity": "#2CC193",
    },
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


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
        raise UnknownName(
            message("There is no size “{name}”.", name=name),
            expected=message("Expected one of: {names}.", names=", ".join(SIZES)),
        )
    return SIZES[name]


def mixed(colour: str, ground: str, share: float) -> str:
    """`share` of a colour on a ground, as one opaque colour."""
    parts = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(share * c + (1 - share) * g):02X}" for c, g in parts)
