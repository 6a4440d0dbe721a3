"""Drawings read from their SVG as a browser reads them: boxes, dots, lines and texts, in px."""

import re
from dataclasses import dataclass
from functools import cache

import pytest
from lxml import etree
from PIL import ImageFont

from ennum_stats.charts import chart
from ennum_stats.drawing import SIZES
from ennum_stats.drawing.fitting import drawing_of
from ennum_stats.drawing.svg import page_svg, palette, print_svg
from ennum_stats.drawing.theme import PRESS, REGULAR, SEMIBOLD, Size, font_file

NARROW = Size("narrow", 330, 345, 13, 1, 9)
"""A drawing on a telephone, without title and source."""
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d*\.?\d+")
PX = 0.16
"""Places are written to a tenth of a px, and a length is between two of them."""


def ends(mark):
    return [None if end is None else float(end) for end in mark.ends]


def value(mark):
    return None if mark.quantity is None else mark.quantity.value and float(mark.quantity.value)


def meet(one, other, slack=0.5):
    return (
        one.left < other.right - slack and other.left < one.right - slack
        and one.top < other.bottom - slack and other.top < one.bottom - slack
    )  # fmt: skip


@pytest.fixture(params=["press", "slide", "social", "narrow"])
def size(request):
    """Three formats of files, and a page's narrow one."""
    return SIZES.get(request.param, NARROW)


@dataclass(frozen=True)
class Box:
    """A rectangle, or the square around a dot, in px from the upper left."""

    left: float
    top: float
    right: float
    bottom: float
    fill: str = ""
    said: str = ""
    is_round: bool = False

    @property
    def width(self):
        return self.right - self.left

    @property
    def height(self):
        return self.bottom - self.top

    @property
    def centre(self):
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Line:
    """Straight lines through points; an area where it is filled."""

    parts: list
    fill: str
    stroke: str
    said: str

    def between(self, x):
        """Highest and lowest y of an area at an x."""
        found = []
        for part in self.parts:
            for (a, b), (c, d) in zip(part, [*part[1:], part[0]], strict=True):
                if min(a, c) <= x <= max(a, c) and a != c:
                    found.append(b + (d - b) * (x - a) / (c - a))
        return min(found), max(found)


@dataclass(frozen=True)
class Text:
    """One text with its lines, and the room that it takes."""

    words: str
    box: Box
    anchor: str
    x: float


class Drawing:
    """An SVG as read."""

    def __init__(self, svg):
        self.root = etree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
                                     if "xmlns=" not in svg else svg)  # fmt: skip
        self.width, self.height = map(float, self.root.get("viewBox").split()[2:])
        self.boxes, self.dots, self.lines, self.texts = [], [], [], []
        for element in self.root.iter(f"{SVG}rect", f"{SVG}circle", f"{SVG}path", f"{SVG}text"):
            if element.getparent().tag != f"{SVG}pattern":
                self._read(element)

    def _read(self, element):
        kind = etree.QName(element).localname
        said = element.findtext(f"{SVG}title") or element.getparent().findtext(f"{SVG}title") or ""
        said = "" if element.getparent() is self.root and not len(element) else said
        fill = element.get("fill")
        if kind == "rect":
            x, y, wide, high = (float(element.get(k)) if element.get(k) else 0.0
                                for k in ("x", "y", "width", "height"))  # fmt: skip
            self.boxes.append(Box(x, y, x + wide, y + high, fill, said))
        elif kind == "circle":
            x, y, r = (float(element.get(key)) for key in ("cx", "cy", "r"))
            self.dots.append(Box(x - r, y - r, x + r, y + r, fill, said, is_round=True))
        elif kind == "path":
            self.lines.append(Line(points(element.get("d")), fill, element.get("stroke"), said))
        else:
            self.texts.append(text_of(element))

    def holds(self, box, slack):
        """Whether a box lies within the picture."""
        return self.has(box.left, box.top, slack) and self.has(box.right, box.bottom, slack)

    def has(self, x, y, slack):
        """Whether a point lies within the picture."""
        return -slack <= x <= self.width + slack and -slack <= y <= self.height + slack

    def said(self, mark):
        """The box that says this mark."""
        (found,) = (box for box in self.boxes if box.said == f"{mark.name}: {mark.words}")
        return found

    def text(self, words, last=False):
        """The text of these words; where they stand more than once, the first or the last."""
        found = [text for text in self.texts if text.words == " ".join(words.split(" "))]
        assert found, f"{words!r} is not among {[text.words for text in self.texts]}"
        return found[-1 if last else 0]

    def level(self, colour):
        """The horizontal lines of a colour, from the top down."""
        return sorted(
            {
                line.parts[0][0][1]: line
                for line in self.lines
                if line.stroke == colour and len({y for part in line.parts for _, y in part}) == 1
            }.items()
        )


def points(path):
    """The parts of a path with their points: M, l, h, H, V and L as the printer writes them."""
    parts = []
    for part in path.strip("M").split("M"):
        at, found = (0.0, 0.0), []
        for command, numbers in re.findall(r"([lhHVLZ]?)([^lhHVLZ]*)", part):
            values = [float(number) for number in NUMBER.findall(numbers)]
            if command == "H":
                values = [values[0], at[1]]
            if command == "V":
                values = [at[0], values[0]]
            if command == "h":
                values = [at[0] + values[0], at[1]]
            for x, y in zip(values[::2], values[1::2], strict=True):
                at = (at[0] + x, at[1] + y) if command == "l" else (x, y)
                found.append(at)
        parts.append(found)
    return parts


@cache
def font(weight):
    return ImageFont.truetype(str(font_file(weight)), 1000)


def text_of(element):
    """A text with the room it takes in the typeface itself, from its ascenders to its descenders."""
    spans = list(element) or [element]
    lines = [span.text for span in spans]
    size, anchor, x = (float(element.get("font-size")), element.get("text-anchor"), float(element.get("x")))
    weight = SEMIBOLD if element.get("font-weight") == "600" else REGULAR
    width = max(font(weight).getlength(line) for line in lines) * size / 1000
    left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
    baselines = [float(span.get("y")) for span in spans]
    box = Box(left, baselines[0] - 0.7 * size, left + width, baselines[-1] + 0.2 * size)
    return Text(" ".join(lines), box, anchor, x)


def file_svg(declared, size=PRESS):
    """The whole picture as a file."""
    return print_svg(declared, drawing_of(declared, size))


def svg_of(declared, size):
    """As a file; the narrow one as on a page, with the light value of each of its colours."""
    if size is not NARROW:
        return file_svg(declared, size)
    svg = page_svg(declared, size, "page")
    for name, (light, _) in palette().items():
        svg = svg.replace(f"var(--ink-{name})", light)
    return svg


@pytest.fixture(scope="session")
def drawn(kit_ledger, counted):
    """A chart and its drawing; what needs lists of schools is of invented ones."""

    @cache
    def draw(name, size, ledger="kit", language="fr"):
        of = kit_ledger if ledger == "kit" else getattr(counted, ledger)
        declared = chart(of, name, language)
        return declared, Drawing(svg_of(declared, size))

    return draw
