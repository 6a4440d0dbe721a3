"""Find our content controls in a Word file, wherever people moved or copied them, and say where each stands.

A control that LibreOffice dropped is found again by its bookmark. A page is said where Word noted its breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from ennum_stats.document.control import (
    BOOKMARK,
    NAMESPACE,
    NESTING,
    ControlEntry,
    ControlForm,
    Registry,
    Written,
    alias_of,
    bookmark_of,
    read_tag,
)
from ennum_stats.errors import Message, message
from ennum_stats.kit.formats.word import CONTROLS_DESCRIBED, DESCRIPTION_TYPE
from ennum_stats.office import markup
from ennum_stats.office.markup import is_struck
from ennum_stats.office.package import Element, Package, damaged

_MAIN = "officeDocument"
_STORIES = ("header", "footer", "footnotes", "endnotes")
_HEADING = re.compile(r"(?i)heading \d")
_LONGEST_HEADING = 60
_CUSTOM_XML = "application/xml"


@dataclass(frozen=True)
class WordPlace:
    """Hold where something stands: in which story, on which page, under which heading, in which paragraph of
    its section."""

    story: str = "body"
    page: int | None = None
    heading: str = ""
    paragraph: int = 0
    is_in_table: bool = False

    @property
    def words(self) -> Message:
        """The place in words, as far as it is known."""
        match self.story:
            case "header":
                return message("Header")
            case "footer":
                return message("Footer")
            case "footnotes" | "endnotes":
                return message("Notes")
        counted = message("paragraph {n}", n=str(self.paragraph))
        spot = message("in a table") if self.is_in_table else counted
        if self.page is None and not self.heading:
            return message("Before the first heading, {spot}", spot=spot)
        if self.page is None:
            return message("“{heading}”, {spot}", heading=self.heading, spot=spot)
        if not self.heading:
            return message("Page {page}, {spot}", page=str(self.page), spot=spot)
        return message(
            "Page {page}, “{heading}”, {spot}", page=str(self.page), heading=self.heading, spot=spot
        )


@dataclass(eq=False)
class Control:
    """Hold a control of ours: its element (of a dropped one that of its bookmark), what its tag says, and
    what is kept of it."""

    element: Element
    written: Written
    entry: ControlEntry | None
    place: WordPlace
    part: str
    is_dropped: bool = False

    @property
    def content(self) -> Element:
        """The element that holds what the control holds."""
        return self.element.find(markup.CONTENT)

    @property
    def title(self) -> str:
        """What the control calls itself in the document's language; in whole where the document kept it."""
        if self.entry and self.entry.title:
            return self.entry.title
        alias = markup.property_of(self.element, "alias")
        return "" if alias is None else str(alias.get(markup.VALUE, ""))

    def rename(self, title: str) -> None:
        """Let the control call itself otherwise."""
        alias = markup.property_of(self.element, "alias")
        if alias is not None:
            alias.set(markup.VALUE, alias_of(title))
        self.entry = replace(self.entry, title=title) if self.entry else None

    @property
    def words_of_sentence(self) -> str:
        """The words of a sentence, of a dropped control those between the ends of its bookmark."""
        if not self.is_dropped:
            return self.text
        number = self.element.get(markup.w("id"))
        inside = takewhile(lambda sibling: not _ends(sibling, number), self.element.itersiblings())
        return "".join(markup.text_of(sibling) for sibling in inside)

    @property
    def text(self) -> str:
        """The words in it, as they are once tracked changes are accepted."""
        return markup.text_of(self.content)

    @property
    def is_struck(self) -> bool:
        """Whether somebody marked it as deleted or moved away."""
        return is_struck(self.element)

    @property
    def is_emptied(self) -> bool:
        """Whether Word shows its own words in it, because somebody took ours out."""
        return markup.property_of(self.element, "showingPlcHdr") is not None

    @property
    def is_copy_for_old_programs(self) -> bool:
        """Whether it stands in what older programs show in the place of a text box."""
        return markup.within(self.element, markup.FALLBACK)

    @property
    def paragraph(self) -> Element:
        """The paragraph or, of a table, the control itself, in which it stands."""
        above = next(self.element.iterancestors(markup.P), None)
        return self.element if above is None else above

    @property
    def cell(self) -> Element:
        """The cell of a table in which it stands, else its paragraph."""
        above = next(self.element.iterancestors(markup.CELL), None)
        return self.paragraph if above is None else above

    @property
    def table(self) -> Element | None:
        """The table that it holds, or in whose first cell its bookmark stands."""
        if self.is_dropped:
            return next(self.element.iterancestors(markup.TABLE), None)
        return next(self.content.iter(markup.TABLE), None)


@dataclass
class WordFile:
    """Hold a Word file with its controls."""

    package: Package
    main: str
    registry: Registry = field(default_factory=Registry)
    registry_part: str = ""

    @classmethod
    def open(cls, path: Path) -> WordFile:
        """Open a Word file; raises what `Package.open` does."""
        return cls.of(Package.open(path, (".docx",)))

    @classmethod
    def of(cls, package: Package) -> WordFile:
        """Find what is ours in the parts of a Word file. Raises `DocumentRefused`."""
        mains = package.related("", _MAIN)
        if not mains or not package.has(mains[0]):
            raise damaged(package.path)
        document = cls(package, mains[0])
        for part in package.related(document.main, "customXml"):
            if package.has(part) and NAMESPACE.encode() in package.parts[part]:
                document.registry_part = part
                document.registry = Registry.read(package.tree(part))
        return document

    @cached_property
    def stories(self) -> dict[str, str]:
        """The parts with texts, each with its story."""
        stories = {self.main: "body"}
        for story in _STORIES:
            stories |= dict.fromkeys(self.package.related(self.main, story), story)
        return {part: story for part, story in stories.items() if self.package.has(part)}

    @cached_property
    def marks(self) -> markup.Marks:
        """The numbers that are free."""
        parts = [*self.stories, *self.package.related(self.main, "comments")]
        return markup.Marks([self.package.tree(part) for part in parts if self.package.has(part)])

    def controls(self) -> list[Control]:
        """List our controls in the order of the text."""
        return [
            control
            for part, story in self.stories.items()
            for control in self._controls_of(part, WordPlace(story))
        ]

    def paragraphs(self) -> Iterator[tuple[str, Element, WordPlace]]:
        """Give the paragraphs of all texts in their order, each with its part and place."""
        for part, story in self.stories.items():
            for element, place in self._walked(self.package.tree(part), WordPlace(story)):
                if element.tag == markup.P and not markup.within(element, markup.FALLBACK):
                    yield part, element, place

    def _controls_of(self, part: str, start: WordPlace) -> Iterator[Control]:
        root = self.package.tree(part)
        kept = {
            mark.get(markup.w("name"), "")
            for control in root.iter(markup.SDT)
            if (written := self.written(control)) and written.form in NESTING
            for mark in control.iter(markup.w("bookmarkStart"))
        }
        for element, place in self._walked(root, start):
            if element.tag == markup.SDT:
                written = self.written(element)
                if written is not None and element.find(markup.CONTENT) is not None:
                    yield Control(element, written, self.registry.get(written.tag), place, part)
                continue
            name = element.get(markup.w("name"), "")
            entry = self.registry.bookmarked(name) if name.startswith(BOOKMARK) else None
            if entry is not None and name not in kept:
                is_inside = place.is_in_table and entry.written.form is not ControlForm.TABLE
                spot = replace(place, is_in_table=is_inside)
                yield Control(element, entry.written, entry, spot, part, is_dropped=True)

    def written(self, control: Element) -> Written | None:
        """Read what the tag of a control says; nothing where it is not ours."""
        tag = markup.property_of(control, "tag")
        if tag is None:
            return None
        words = tag.get(markup.VALUE, "")
        entry = self.registry.get(words)
        return (
            entry.written
            if entry
            else read_tag(words, (each.written.name for each in self.registry.values()))
        )

    def lost(self) -> Iterator[WordPlace]:
        """Say where something of ours stands of which the file no longer tells what it is."""
        for part, story in self.stories.items():
            for element, place in self._walked(self.package.tree(part), WordPlace(story)):
                name = element.get(markup.w("name"), "") if element.tag == markup.w("bookmarkStart") else ""
                if name.startswith(BOOKMARK) and self.registry.bookmarked(name) is None:
                    yield place

    def _walked(self, root: Element, place: WordPlace) -> Iterator[tuple[Element, WordPlace]]:
        """Give paragraphs, controls and bookmarks in the order of the text, each with its place."""
        notes_pages = next(root.iter(markup.w("lastRenderedPageBreak")), None) is not None
        place = replace(place, page=1 if notes_pages else None)
        wanted = (markup.P, markup.SDT, markup.w("bookmarkStart"), markup.w("lastRenderedPageBreak"))
        for element in root.iter(*wanted):
            if element.tag == markup.P:
                place = self._after(place, element)
            elif element.tag == markup.w("lastRenderedPageBreak"):
                place = replace(place, page=(place.page or 1) + 1)
                continue
            yield element, replace(place, is_in_table=True) if markup.within(element, markup.TABLE) else place

    def _after(self, place: WordPlace, paragraph: Element) -> WordPlace:
        style = paragraph.find(f"{markup.w('pPr')}/{markup.w('pStyle')}")
        if style is not None and style.get(markup.VALUE) in self.heading_styles:
            words = " ".join(markup.text_of(paragraph).split())[:_LONGEST_HEADING]
            return replace(place, heading=words, paragraph=0) if words else place
        is_counted = not markup.within(paragraph, markup.TABLE) and markup.text_of(paragraph).strip()
        return replace(place, paragraph=place.paragraph + 1) if is_counted else place

    @cached_property
    def heading_styles(self) -> set[str]:
        """The styles of headings, which Word names in English whatever its language."""
        parts = self.package.related(self.main, "styles")
        if not parts or not self.package.has(parts[0]):
            return set()
        return {
            style.get(markup.w("styleId"))
            for style in self.package.tree(parts[0]).iter(markup.w("style"))
            if _HEADING.fullmatch(style.find(markup.w("name")).get(markup.VALUE, ""))
        }

    # --- what a control says of itself ------------------------------------------------------------------

    def retag(self, control: Control, entry: ControlEntry) -> None:
        """Write what a control holds now into its tag and bookmark, and keep the rest."""
        old, tag = control.written.tag, self.registry.add(entry)
        control.written, control.entry = entry.written, entry
        if control.is_dropped:
            self._restore(control)
        tagged = markup.property_of(control.element, "tag")
        if tagged is not None:
            tagged.set(markup.VALUE, tag)
        if entry.written.form in NESTING:
            marks = (
                [control.element] if control.is_dropped else control.element.iter(markup.w("bookmarkStart"))
            )
            for mark in marks:
                name = mark.get(markup.w("name"), "")
                if name.startswith(bookmark_of(old)):
                    mark.set(markup.w("name"), name.replace(bookmark_of(old), bookmark_of(tag), 1))

    def _restore(self, control: Control) -> None:
        """Put a control back that was dropped: around its table, or between the ends of its bookmark."""
        mark = control.element
        if control.written.form is ControlForm.TABLE:
            inside = [control.table]
        else:
            number = mark.get(markup.w("id"))
            inside = [mark, *mark.itersiblings()]
            ends = [n for n, child in enumerate(inside) if _ends(child, number)]
            inside = inside[: ends[0] + 1] if ends else []
        if not inside or inside[0] is None:
            return
        element = _control(control.title, self.marks.control())
        inside[0].addprevious(element)
        for child in inside:
            element.find(markup.CONTENT).append(child)
        control.element, control.is_dropped = element, False

    def keep_registry(self) -> None:
        """Put the registry back into the file, with what its controls need alone."""
        used, bookmarks = set(), set()
        for part in self.stories:
            for element in self.package.tree(part).iter(markup.w("tag"), markup.w("bookmarkStart")):
                used.add(element.get(markup.VALUE, ""))
                bookmarks.add(element.get(markup.w("name"), "").rpartition("_")[0])
        for tag in list(self.registry):
            if tag not in used and bookmark_of(tag) not in bookmarks:
                del self.registry[tag]
        data, package = self.registry.xml(), self.package
        if self.registry_part:
            package.add(self.registry_part, data, _CUSTOM_XML)
            return
        self.registry_part = package.free_name("customXml/item%d.xml")
        described = self.registry_part.replace("item", "itemProps")
        package.add(self.registry_part, data, _CUSTOM_XML)
        package.add(described, CONTROLS_DESCRIBED, DESCRIPTION_TYPE)
        package.relate(self.registry_part, "customXmlProps", described)
        package.relate(self.main, "customXml", self.registry_part)


def _ends(element: Element, number: str) -> bool:
    return bool(element.tag == markup.w("bookmarkEnd") and element.get(markup.w("id")) == number)


def _control(title: str, number: str) -> Element:
    from lxml import etree

    element = etree.Element(markup.SDT)
    properties = etree.SubElement(element, markup.w("sdtPr"))
    etree.SubElement(properties, markup.w("alias"), {markup.VALUE: alias_of(title)})
    etree.SubElement(properties, markup.w("tag"), {markup.VALUE: ""})
    etree.SubElement(properties, markup.w("id"), {markup.VALUE: number})
    etree.SubElement(element, markup.CONTENT)
    return element


DRAWN = frozenset((ControlForm.CHART, ControlForm.PICTURE, ControlForm.NATIVE))
"""The forms of charts."""


def is_words(form: ControlForm) -> bool:
    """Tell whether a control of this form holds words alone."""
    return form not in (*NESTING, *DRAWN)
