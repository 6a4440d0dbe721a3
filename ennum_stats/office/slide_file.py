"""Find on the slides of somebody's file what the machine wrote: shapes that are named so, in their order.

Shapes that people drew, and those whose names they changed, are theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from ennum_stats.document.control import ControlForm, Written, read_tag
from ennum_stats.errors import Message, message
from ennum_stats.kit.formats.slide_words import title_and_notes
from ennum_stats.office.markup import A, R
from ennum_stats.office.package import Element, Package

PML = "http://schemas.openxmlformats.org/presentationml/2006/main"
SPACES = f'xmlns:p="{PML}" xmlns:a="{A}" xmlns:r="{R}"'
"""The names of the spaces that the markup of a slide's shapes uses."""
PARAGRAPH, _RUN, _TEXT = f"{{{A}}}p", f"{{{A}}}r", f"{{{A}}}t"
_BREAK, _FIELD, _END = f"{{{A}}}br", f"{{{A}}}fld", f"{{{A}}}endParaRPr"
_TITLES, _NOTES = ("title", "ctrTitle"), ("body",)
_BODY, _NAMED = f"{{{PML}}}txBody", f"{{{PML}}}cNvPr"


@dataclass(frozen=True)
class SlidePlace:
    """Hold on which slide something stands, or in its notes."""

    number: int
    is_in_notes: bool = False

    @property
    def words(self) -> Message:
        """The place in words."""
        if self.is_in_notes:
            return message("Notes of slide {n}", n=str(self.number))
        return message("Slide {n}", n=str(self.number))


@dataclass
class Shape:
    """Hold a shape of ours: its element, what it says of itself, and where it stands."""

    element: Element
    written: Written
    place: SlidePlace
    part: str

    @property
    def paragraphs(self) -> list[Element]:
        """The paragraphs of its words."""
        body = self.element.find(_BODY)
        return [] if body is None else body.findall(PARAGRAPH)

    @cached_property
    def _named(self) -> Element:
        return next(self.element.iter(_NAMED))

    def describe(self, before: Collection[str], alt: str) -> None:
        """Put another description in the place of one that was written; a person's stays."""
        if self._named.get("descr", "") in before:
            self._named.set("descr", alt)

    @property
    def description(self) -> str:
        """What it says for those who do not see it."""
        return str(self._named.get("descr", ""))

    def keep(self, written: Written) -> None:
        """Write what it holds now into its name."""
        self.written = written
        self._named.set("name", written.whole_tag)


class SlideFile:
    """Hold a presentation of somebody's."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = next(iter(package.related("", "officeDocument")), "")

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a file. Raises `DocumentRefused`, `OutputInUse` or `FileFault`."""
        return cls(Package.open(path, (".pptx",)))

    def shapes(self) -> list[Shape]:
        """List our shapes in the order of the slides, those of the notes after those of their slide."""
        return [shape for number, slide in enumerate(self.slides(), 1) for shape in self._on(slide, number)]

    def _on(self, slide: str, number: int) -> Iterator[Shape]:
        shown = [*self._of(slide, SlidePlace(number))]
        yield from shown
        names = title_and_notes([shape.written.name for shape in shown])
        if names and not any(shape.written.name == names[0] for shape in shown):
            yield from self._unnamed(slide, SlidePlace(number), _TITLES, names[0], shown)
        for notes in self.package.related(slide, "notesSlide"):
            place = SlidePlace(number, is_in_notes=True)
            shapes = [*self._of(notes, place)]
            yield from shapes
            if names and not shapes:
                yield from self._unnamed(notes, place, _NOTES, names[1], shown)

    def _unnamed(
        self, part: str, place: SlidePlace, kinds: Collection[str], name: str, others: Sequence[Shape]
    ) -> Iterator[Shape]:
        """Find a place of a layout that lost its name, as LibreOffice saves it, by what stands beside it.
        What was written there is not told."""
        for held in self.package.tree(part).iter(f"{{{PML}}}ph"):
            if held.get("type") in kinds:
                written = replace(others[0].written, name=name, form=ControlForm.WORDS, fingerprint="")
                yield Shape(next(held.iterancestors(f"{{{PML}}}sp")), written, place, part)
                return

    def slides(self) -> Iterator[str]:
        """Give the parts of the slides in their order."""
        for slide in self.package.tree(self.main).iter(f"{{{PML}}}sldId"):
            yield self.package.target(self.main, slide.get(f"{{{R}}}id", ""))

    def _of(self, part: str, place: SlidePlace) -> Iterator[Shape]:
        for named in self.package.tree(part).iter(_NAMED):
            written = read_tag(named.get("name", ""))
            if written is not None:
                yield Shape(named.getparent().getparent(), written, place, part)


def words_of(paragraph: Element) -> str:
    """Read the words of a paragraph."""
    pieces = ("\v" if piece.tag == _BREAK else piece.text or "" for piece in paragraph.iter(_TEXT, _BREAK))
    return "".join(pieces)


def set_words(paragraph: Element, runs: tuple[str, ...]) -> None:
    """Write words in the place of those of a paragraph: run by run where it has as many, else in the look of
    the first."""
    from lxml import etree

    there = paragraph.findall(_RUN)
    others = [piece for piece in paragraph if piece.tag in (_BREAK, _FIELD)]
    if not there:
        element = etree.Element(_RUN)
        end = paragraph.find(_END)
        etree.SubElement(element, f"{{{A}}}rPr", {} if end is None else dict(end.attrib))
        etree.SubElement(element, _TEXT)
        paragraph.append(element) if end is None else end.addprevious(element)
        there = [element]
    if len(there) != len(runs) or others:
        for other in (*there[1:], *others):
            paragraph.remove(other)
        there, runs = there[:1], ("".join(runs),)
    for run, words in zip(there, runs, strict=True):
        text = run.find(_TEXT)
        if text is None:
            text = etree.SubElement(run, _TEXT)
        text.text = words
