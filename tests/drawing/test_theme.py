"""Colours that can be read, and told apart by colour-blind readers.

Simulation: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
Vision Deficiency", IEEE TVCG 15 (2009), severity 1.0, in linear RGB; for red and green also Viénot,
Brettel and Mollon, "Digital Video Colourmaps for Checking the Legibility of Displays by Dichromats",
Color Research & Application 24 (1999). Difference: CIEDE2000, after Sharma, Wu and Dalal, Color
Research & Application 30 (2005). Contrast: WCAG 2.
"""

import math
from itertools import combinations

import numpy as np
import pytest

from ennum_stats.drawing.theme import DARK, LIGHT, NEUTRAL, mixed
from ennum_stats.errors import UnknownName

MACHADO = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
VIENOT = {
    "protan": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "deutan": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
}
VISIONS = [("normal", np.eye(3))]
VISIONS += [(f"machado {kind}", np.array(matrix)) for kind, matrix in MACHADO.items()]
VISIONS += [(f"viénot {kind}", np.array(matrix)) for kind, matrix in VIENOT.items()]


def linear(colour):
    part = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    light = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def lab(rgb):
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
              [0.0193339, 0.1191920, 0.9503041]]  # fmt: skip
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def difference(one, other):
    """CIEDE2000."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - math.sqrt(mean_c7 / (mean_c7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, c = (l1 + l2) / 2, (c1 + c2) / 2
    h = h1 + h2 if not c1 * c2 else ((h1 + h2) / 2 + (180 if abs(h1 - h2) > 180 else 0)) % 360
    t = (
        1 - 0.17 * math.cos(math.radians(h - 30)) + 0.24 * math.cos(math.radians(2 * h))
        + 0.32 * math.cos(math.radians(3 * h + 6)) - 0.2 * math.cos(math.radians(4 * h - 63))
    )  # fmt: skip
    sl = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * c, 1 + 0.015 * c * t
    rotation = 2 * math.sqrt(c**7 / (c**7 + 25**7))
    rotation *= -math.sin(math.radians(60 * math.exp(-(((h - 275) / 25) ** 2))))
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, dh / sh
    return math.sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # Sharma, Wu and Dalal, table 1, pairs 1, 7, 17 and 25
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_difference_is_the_published_one(one, other, expected):
    assert difference(one, other) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_colours_and_texts_can_be_read_on_their_ground(theme):
    for colour in (*theme.accents.values(), theme.text, theme.muted):
        assert contrast(colour, theme.background) >= 4.8


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("vision", "matrix"), VISIONS, ids=[name for name, _ in VISIONS])
def test_programmes_can_be_told_apart(theme, vision, matrix):
    seen = {name: lab(matrix @ linear(colour)) for name, colour in theme.accents.items()}
    for one, other in combinations(seen, 2):
        assert difference(seen[one], seen[other]) >= 9.4, (one, other, vision)


def test_both_pages_colour_the_same_programmes():
    assert set(LIGHT.accents) == set(DARK.accents)
    assert LIGHT.accents == {
        "cyberecole": "#332288", "cyberclasse": "#0077BB", "ecole_numerique": "#C7470A",
        "connectivity": "#117755",
    }  # fmt: skip


def test_a_tint_is_opaque_paint():
    assert mixed("#000000", "#FFFFFF", 0.3) == "#B2B2B2"  # 0.7 x 255 = 178.5, to even
    assert LIGHT.tint(NEUTRAL) == mixed(LIGHT.muted, "#FFFFFF", 0.3)


@pytest.mark.parametrize("key", ["nobody", "line", "background", ""])
def test_a_colour_that_nobody_declared_is_refused(key):
    for theme in (LIGHT, DARK):
        for paint in (theme.colour, theme.tint):
            with pytest.raises(UnknownName, match="cyberecole, cyberclasse"):
                paint(key)
        with pytest.raises(UnknownName, match=f"“{key}”"):
            theme.depth(key, 0.5)
