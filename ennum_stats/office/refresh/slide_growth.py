"""Tell what the slides of today's kit have more or less than those of an earlier day, and put cards and charts of them
onto the slides, or between them, where they belong.

What is put in is taken from the slides of today's kit, made anew in the look of the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ennum_stats.document.control import read_tag
from ennum_stats.document.slide_ground import Ground
from ennum_stats.drawing.theme import EMU_AN_INCH
from ennum_stats.errors import Message, message
from ennum_stats.kit.filling import titles_of
from ennum_stats.kit.formats.slide_words import SlideWords, card_name, chart_name, figure_of_card
from ennum_stats.kit.formats.slides import CHARTS, write_slides
from ennum_stats.kit.text import kit_text
from ennum_stats.office.markup import A, R
from ennum_stats.office.package import Element, Package
from ennum_stats.office.refresh.growth import chosen_of
from ennum_stats.office.slide_file import PML, Shape, SlideFile

_SHAPES, _SHAPE, _NUMBERS = f"{{{PML}}}spTree", f"{{{PML}}}sp", f"{{{PML}}}sldIdLst"
_PAGE_OF = re.compile(r"\d+ / \d+")
"""The number of a slide, and how many there are, at its foot."""
_FIRST_NUMBER = 256
"""The least number that PowerPoint takes for a slide."""
_INSIDE = EMU_AN_INCH // 10


@dataclass(frozen=True)
class SlideAddition:
    """Hold what today's slides have and a file has not: what it is, and the name of its shape."""

    what: Message
    name: str


class SlideGrowth:
    """Compare slides with those of today's kit; `words` are today's."""

    def __init__(self, file: SlideFile, shapes: Sequence[Shape], words: SlideWords) -> None:
        self.file, self.words, self.edition = file, words, words.edition
        self._part_of = {shape.written.name: shape.part for shape in shapes if not shape.place.is_in_notes}

    @cached_property
    def more(self) -> tuple[SlideAddition, ...]:
        """The cards and charts that today's slides have and the file has not, in their order."""
        return tuple(self._more())

    def _more(self) -> Iterator[SlideAddition]:
        for card in self.words.cards.cards if any(map(figure_of_card, self._part_of)) else ():
            if (name := card_name(card)) not in self._part_of:
                yield SlideAddition(message("card “{title}”", title=card.label), name)
        for chart in map(self.edition.chart, CHARTS):
            if not chart.is_empty and (name := chart_name(chart.name)) not in self._part_of:
                yield SlideAddition(message("slide “{title}”", title=chart.title), name)

    @property
    def less(self) -> Iterator[Message]:
        """The cards and charts that the file has, of which nothing is known today."""
        for name in self._part_of:
            if (figure := figure_of_card(name)) and not self.edition.can_say(figure):
                yield message(
                    "card “{title}”", title=self.edition.figure(figure).label(self.edition.language)
                )
        for chart in map(self.edition.chart, CHARTS):
            if chart.is_empty and chart_name(chart.name) in self._part_of:
                yield message("slide “{title}”", title=chart.title)

    def add(self, wished: Collection[str]) -> list[Message]:
        """Put in the additions of these numbers, as `more` is listed; tell what was put in."""
        chosen = chosen_of(self.more, wished, self.file.package.path)
        today = SlideFile(Package.of(Path("today.pptx"), self._today(), (".pptx",)))
        places = {shape.written.name: shape for shape in today.shapes() if not shape.place.is_in_notes}
        for addition in chosen:
            shape = places[addition.name]
            if figure_of_card(addition.name):
                self._add_card(today.package, shape)
            else:
                self._add_slide(today.package, shape)
        self._count()
        return [addition.what for addition in chosen]

    def _today(self) -> bytes:
        """Make today's slides: on the ground of the file, where its titles stand as their layout says."""
        title, _ = titles_of(self.edition, kit_text(self.edition.language))
        tree = self.file.package.tree(self._sibling)
        titles = (held.getparent().getparent().getparent() for held in tree.iter(f"{{{PML}}}ph"))
        is_own = any(shape.find(f"{{{PML}}}spPr/{{{A}}}xfrm") is not None for shape in titles)
        return write_slides(self.words, title, None if is_own else Ground(self.file.package.data()))

    @property
    def _sibling(self) -> str:
        """The slide of ours whose layout new ones have: the last one with a card or chart."""
        parts = [part for name, part in self._part_of.items() if name.startswith(("card:", "chart:"))]
        return (parts or [*self._part_of.values()])[-1]

    # --- a card -----------------------------------------------------------------------------------------

    def _add_card(self, today: Package, shape: Shape) -> None:
        """Put a card onto the slide of the others: where there is room, else in its own place."""
        part = next(part for name, part in self._part_of.items() if figure_of_card(name))
        tree = self.file.package.tree(part).find(f".//{_SHAPES}")
        cards = [card for card in today.tree(shape.part).iter(_SHAPE) if _is_card(card)]
        taken = [*filter(None, map(_box, tree))]
        own, *places = (box for card in (shape.element, *cards) if (box := _box(card)))
        free = (box for box in places if not any(_lie_on_each_other(box, other) for other in taken))
        left, top, *_ = next(free, own)
        for element in map(deepcopy, (shape.element.getprevious(), shape.element)):
            offset = element.find(f".//{{{A}}}off")
            offset.set("x", str(int(offset.get("x")) + left - own[0]))
            offset.set("y", str(int(offset.get("y")) + top - own[1]))
            for link in [*element.iter(f"{{{A}}}hlinkClick")]:
                link.getparent().remove(link)
            self._insert(tree, element)
        self._part_of[shape.written.name] = part

    def _insert(self, tree: Element, element: Element) -> None:
        numbers = [int(named.get("id")) for named in tree.iter(f"{{{PML}}}cNvPr")]
        next(element.iter(f"{{{PML}}}cNvPr")).set("id", str(max(numbers, default=1) + 1))
        tree.append(element)

    # --- a slide ----------------------------------------------------------------------------------------

    def _add_slide(self, today: Package, shape: Shape) -> None:
        """Put a slide of today's with all that it leads to behind the one that it follows there."""
        package, main = self.file.package, self.file.main
        layout, *_ = package.related(self._sibling, "slideLayout")
        masters = [
            master
            for held in self._part_of.values()
            for notes in package.related(held, "notesSlide")
            for master in package.related(notes, "notesMaster")
        ]
        kept = {"slideLayout": layout, "notesMaster": masters[0]} if masters else {"slideLayout": layout}
        part = package.adopt(today, shape.part, "slide", kept)
        order = package.tree(main).find(_NUMBERS)
        number = max((int(slide.get("id")) for slide in order), default=_FIRST_NUMBER - 1) + 1
        values = {"id": str(number), f"{{{R}}}id": package.relate(main, "slide", part)}
        order.insert(self._place_of(shape.written.name), order.makeelement(f"{{{PML}}}sldId", values))
        self._part_of[shape.written.name] = part

    def _place_of(self, name: str) -> int:
        """Find how many slides stand before that of a chart: up to the one that it follows today."""
        names = [chart_name(chart) for chart in CHARTS]
        before = [other for other in names[: names.index(name)] if other in self._part_of]
        cards = [other for other in self._part_of if figure_of_card(other)]
        followed = {self._part_of[other] for other in (before or cards)[-1:]}
        slides = [*self.file.slides()]
        return max((at for at, slide in enumerate(slides, 1) if slide in followed), default=len(slides))

    def _count(self) -> None:
        """Count the slides anew at their feet."""
        slides = [*self.file.slides()]
        for number, slide in enumerate(slides, 1):
            for words in self.file.package.tree(slide).iter(f"{{{A}}}t"):
                if _PAGE_OF.fullmatch(words.text or ""):
                    words.text = f"{number} / {len(slides)}"


def _is_card(shape: Element) -> bool:
    written = read_tag(next(shape.iter(f"{{{PML}}}cNvPr")).get("name", ""))
    return written is not None and bool(figure_of_card(written.name))


_Box = tuple[int, int, int, int]


def _box(element: Element) -> _Box | None:
    """Give the place of a shape: left, top, right and bottom."""
    place = element.find(f".//{{{A}}}xfrm")
    if place is None:
        return None
    left, top = (int(place.find(f"{{{A}}}off").get(axis)) for axis in "xy")
    wide, high = (int(place.find(f"{{{A}}}ext").get(side)) for side in ("cx", "cy"))
    return left, top, left + wide, top + high


def _lie_on_each_other(one: _Box, other: _Box) -> bool:
    """Tell whether two places have more than a narrow strip in common."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > _INSIDE and high > _INSIDE
