"""Give the kit's Word files the look of a team's own: cover, styles, theme, page, header, footer and logo.

The kit stays the file that it is, with its content controls, charts, title and language; what the team's file
has comes into it. What it does not have is the kit's, and is told.
"""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from ennum_stats.document.word import PAGE_TWIPS
from ennum_stats.errors import Message, UsageError, message
from ennum_stats.files.atomic import repeatable
from ennum_stats.kit.formats import word_look
from ennum_stats.kit.formats.template_styles import (
    TABLE,
    Element,
    StylesTaken,
    by_name,
    counterpart,
    kit_name,
    lacking,
    renumber,
    w,
)
from ennum_stats.languages import LANGUAGES, translate

PLACEHOLDER = "{{kit}}"
"""The paragraph of a team's file in whose place the kit stands."""
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BLOCKS = ("p", "tbl", "sdt")
_NOT_TAKEN = ("commentRangeStart", "commentRangeEnd", "commentReference", "footnoteReference",
    "endnoteReference", "lang", "bookmarkStart", "bookmarkEnd")  # fmt: skip
"""What leads to parts of a file that do not come along, or says a language that is not the kit's."""
_SEEN = ("drawing", "pict", "object", "tbl")
_ROUNDING = 20
"""Twips by which margins in inches and in centimetres may differ."""


@dataclass(frozen=True)
class Template:
    """Hold a team's Word file: its path, and its bytes, which were found harmless."""

    path: Path
    data: bytes

    @classmethod
    def of(cls, path: Path, data: bytes) -> Template:
        """Take a file as a template. Raises `UsageError` where it has no headings; what a library raises of a
        damaged file is told by `open_templates`."""
        template = cls(path, data)
        named = by_name(template.document.styles.element)
        if not any(counterpart(f"Heading {level}", named) is not None for level in (1, 2, 3)):
            raise UsageError(
                message("This template has no headings."),
                where=str(path),
                expected=message("Expected: the styles “Heading 1” to “Heading 3” of Word."),
                remedy=message("Give a line each of these styles in Word, and save the file."),
            )
        return template

    @cached_property
    def document(self) -> Any:
        """The file as python-docx reads it, to be read and not changed."""
        from docx import Document

        read = Document(io.BytesIO(self.data))
        read.element.body.get_or_add_sectPr()  # some programs write none
        return read

    def remarks(self, language: str) -> list[Message]:
        """Say what the kit does not find in the file, with names as Word has them in a language."""
        sections, lines = self.sections, []
        absent = lacking(by_name(self.document.styles.element), language)
        if absent:
            lines.append(
                message(
                    "Styles that the template does not have, and that are the kit’s own: {names}.",
                    names=", ".join(absent),
                )
            )
        if not self.table_style:
            lines.append(
                message(
                    "The template says of no style of tables that it is theirs: the kit’s own is taken. To have "
                    "yours, make it the default of tables in Word."
                )
            )
        if not _references(sections, "header"):
            lines.append(message("The template has no header: the kit’s own is taken."))
        if not _references(sections, "footer"):
            lines.append(message("The template has no footer: the kit’s own is taken."))
        if not _is_wide_enough(self.kit_section):
            lines.append(
                message(
                    "The template’s page is not upright, or too narrow for the charts: the kit’s own is taken."
                )
            )
        if self.place is None and _is_seen(self.blocks):
            lines.append(
                message(
                    "The kit follows the first section of the template. To have it elsewhere, write "
                    "{placeholder} there in a paragraph of its own.",
                    placeholder=PLACEHOLDER,
                )
            )
        return lines

    @cached_property
    def table_style(self) -> str:
        """The id of the style of tables that is theirs: the one of the kit's name, the default, or the only one that
        they made; empty where there is none."""
        styles = [
            each for each in self.document.styles.element.iter(w("style")) if each.get(w("type")) == "table"
        ]
        names = {translate(word_look.STYLE_NAMES[TABLE], language) for language in LANGUAGES}
        named = [each for each in styles if each.name_val in names]
        default = self.document.settings.element.find(w("defaultTableStyle"))
        key = None if default is None else default.get(w("val"))
        defaults = [each for each in styles if each.styleId == key and each.get(w("default")) is None]
        own = [each for each in styles if each.get(w("customStyle")) is not None]
        chosen = next(iter((*named, *defaults, *(own if len(own) == 1 else ()))), None)
        return "" if chosen is None else str(chosen.styleId)

    @cached_property
    def blocks(self) -> list[Element]:
        """What the body holds, in order."""
        tags = [w(name) for name in _BLOCKS]
        return [block for block in self.document.element.body if block.tag in tags]

    @cached_property
    def place(self) -> int | None:
        """Where among the blocks the kit is to stand; none where the file does not say."""
        places = (number for number, block in enumerate(self.blocks) if _text(block) == PLACEHOLDER)
        return next(places, None)

    @cached_property
    def sections(self) -> list[Element]:
        """The properties of the sections up to that of the kit."""
        every = [*self.document.element.body.iter(w("sectPr"))]
        if self.place is None:
            return every
        before = sum(len([*block.iter(w("sectPr"))]) for block in self.blocks[: self.place])
        return every[: before + 1]

    @property
    def kit_section(self) -> Element:
        """The properties of the section in which the kit stands."""
        return self.sections[-1]


def dressed(data: bytes, template: Template | None, *, has_cover: bool = True) -> bytes:
    """Give a Word file of ours the look of a team's; `has_cover` if the body of theirs comes along."""
    if template is None:
        return data
    from docx import Document

    document = Document(io.BytesIO(data))
    # What has no cover has no chapters, or such as bear their letters: they are not numbered twice.
    _Dressing(document, template, has_numbers=has_cover).dress(has_cover=has_cover)
    buffer = io.BytesIO()
    document.save(buffer)
    return repeatable(buffer.getvalue())


class _Dressing:
    """Bring the parts of a team's file into one of ours."""

    def __init__(self, document: Any, template: Template, *, has_numbers: bool) -> None:
        self.ours, self.template, self.theirs = document, template, template.document
        styles = self.theirs.styles.element
        word_look.take_lists(document, self.theirs, by_name(styles))
        self.numbering = word_look.NumberingTaken(document, self.theirs)
        number_of = self.numbering.id_of if has_numbers else lambda key: None
        self.styles = StylesTaken(document.styles.element, styles, number_of, template.table_style)
        self._adopted: dict[str, Any] = {}
        """Their parts as ours, by their names."""
        self._roots: list[Element] = []
        """Their texts that stand outside of the body."""
        self._numbers = count(1)

    def dress(self, *, has_cover: bool) -> None:
        self._take_parts("/theme", "/fontTable")
        body = self.ours.element.body
        section = self._section(word_look.sections_of(body)[0])
        before, after = self._cover(section) if has_cover else ([], [])
        word_look.replace_page(body, section)
        first = body[0]
        for block in before:
            first.addprevious(block)
        ends = [element for block in after for element in block.iter(w("sectPr"))]
        for block in after:
            body.sectPr.addprevious(block)
        if ends:  # the kit's last section ends in the text after it
            ends[0].getparent().replace(ends[0], deepcopy(body.sectPr))
            body.replace(body.sectPr, self._brought(self.theirs.element.body.sectPr))
        self.numbering.follow(self.styles.id_of)
        self._number_contents(body)
        self._colour_heads(body)
        drawings = (element for root in (self.ours.element, *self._roots) for element in root.iter(_DRAWING))
        for number, drawing in enumerate(drawings, start=1):
            drawing.set("id", str(number))

    def _number_contents(self, body: Element) -> None:
        """Put the numbers of headings before their lines in the contents, as far as they are digits: Word writes all
        of them when it computes these."""
        counts: list[int] = []
        labels: dict[str, str] = {}
        for paragraph in body.iter(w("p")):
            style = self.ours.styles.element.get_by_id(paragraph.style) if paragraph.style else None
            place = None if style is None else style.find(f"{w('pPr')}/{w('numPr')}")
            name = paragraph.find(w("bookmarkStart"))
            if place is None or not kit_name(style).startswith("Heading") or _is_not_numbered(paragraph):
                continue
            depth = place.find(w("ilvl"))
            at = 0 if depth is None else int(depth.get(w("val")))
            counts = [*counts, *[0] * (at + 1 - len(counts))][: at + 1]
            counts[at] += 1
            level = self.numbering.level_of(place.find(w("numId")).get(w("val")), str(at))
            if name is None or level is None or level.find(w("numFmt")).get(w("val")) != "decimal":
                continue
            label = level.find(w("lvlText")).get(w("val"))
            for number, count_ in enumerate(counts, start=1):
                label = label.replace(f"%{number}", str(count_))
            labels[name.get(w("name"))] = label
        for line in body.iter(w("hyperlink")):
            if label := labels.get(line.get(w("anchor"), "")):
                words = next(line.iter(w("t")))
                words.text = f"{label}\u2002{words.text}"

    def _colour_heads(self, body: Element) -> None:
        """Give the heads of tables the colour that their style has for a first row: that of Normal hides it."""
        style = self.ours.styles.element.get_by_id(TABLE)
        rows = () if style is None else style.iter(w("tblStylePr"))
        first = next((row for row in rows if row.get(w("type")) == "firstRow"), None)
        colour = None if first is None else first.find(f"{w('rPr')}/{w('color')}")
        heads = (row for row in body.iter(w("tr")) if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None)
        for run in (run for head in heads for run in head.iter(w("r"))) if colour is not None else ():
            run.get_or_add_rPr().append(deepcopy(colour))

    def _take_parts(self, *kinds: str) -> None:
        """Put parts that a file has once in the place of ours."""
        for kind in kinds:
            relations = [
                relation for relation in self.theirs.part.rels.values() if relation.reltype.endswith(kind)
            ]
            own = [relation for relation in self.ours.part.rels.values() if relation.reltype.endswith(kind)]
            for relation in own if relations else ():
                del self.ours.part.rels[relation.rId]
                self.ours.part.relate_to(self._adopt(relations[0].target_part), relation.reltype)

    def _adopt(self, part: Any) -> Any:
        """Make a part of theirs one of ours, with all that it leads to, under a name that is free."""
        if part.partname in self._adopted:
            return self._adopted[part.partname]
        folder = part.partname.baseURI.rstrip("/")
        name = f"{folder}/team{next(self._numbers)}-{part.partname.filename}"
        adopted = type(part).load(
            type(part.partname)(name), part.content_type, part.blob, self.ours.part.package
        )
        self._adopted[part.partname] = adopted
        for key, relation in part.rels.items():
            target = relation.target_ref if relation.is_external else self._adopt(relation.target_part)
            adopted.rels.add_relationship(relation.reltype, target, key, is_external=relation.is_external)
        if hasattr(adopted, "element"):
            self._clean(adopted.element)
            self._roots.append(adopted.element)
        return adopted

    def _brought(self, element: Element) -> Element:
        """Copy an element of their text, with all parts that it names."""
        copied = deepcopy(element)
        self._clean(copied)
        for child in copied.iter():
            for name, number in child.attrib.items():
                if name.startswith(_R) and number in self.theirs.part.rels:
                    child.set(name, self._related(self.theirs.part.rels[number]))
        return copied

    def _related(self, relation: Any) -> str:
        part, kind = self.ours.part, relation.reltype
        if relation.is_external:
            return str(part.relate_to(relation.target_ref, kind, is_external=True))
        return str(part.relate_to(self._adopt(relation.target_part), kind))

    def _clean(self, root: Element) -> None:
        """Take out of a text what leads nowhere here, and call its styles as the kit does."""
        for element in [*root.iter(*(w(name) for name in _NOT_TAKEN))]:
            element.getparent().remove(element)
        for element in [*root.iter(*(w(name) for name in ("pStyle", "rStyle", "tblStyle")))]:
            known = self.styles.id_of(element.get(w("val")))
            if known:
                element.set(w("val"), known)
            else:
                element.getparent().remove(element)
        renumber(root, self.numbering.id_of)
        for element in root.iter(w("p"), w("tr")):
            for name in [name for name in element.attrib if not name.startswith(w("rsid"))]:
                del element.attrib[name]  # numbers of paragraphs, which are those of another file

    def _cover(self, section: Element) -> tuple[list[Element], list[Element]]:
        """Bring what stands before the kit and what stands after it; a single section ends
        on its page."""
        blocks, place = self.template.blocks, self.template.place
        if place is not None:
            own = [*blocks[place].iter(w("sectPr"))]
            after = [_closing(own[0])] if own else []
            after += blocks[place + 1 :]
            before = [self._brought(block) for block in blocks[:place]]
            return before, [self._brought(block) for block in after]
        ends = [number for number, block in enumerate(blocks) if [*block.iter(w("sectPr"))]]
        if ends:
            return [self._brought(block) for block in blocks[: ends[0] + 1]], []
        if not _is_seen(blocks):
            return [], []
        cover = [self._brought(block) for block in blocks]
        if cover[-1].tag == w("p"):
            cover[-1].get_or_add_pPr().append(deepcopy(section))
        else:
            cover.append(_closing(section))
        for element in section.findall(w("titlePg")):
            section.remove(element)
        return cover, []

    def _section(self, ours: Element) -> Element:
        """Make the kit's section: their page, header and footer as far as they have them."""
        kinds = {kind: _references(self.template.sections, kind) for kind in ("header", "footer")}
        section = deepcopy(self.template.kit_section)
        for child in [*section]:
            if child.tag in (w("headerReference"), w("footerReference"), w("cols")):
                section.remove(child)
        if not _is_wide_enough(section):
            for name in ("pgSz", "pgMar"):
                for old in section.findall(w(name)):
                    section.remove(old)
            page = [deepcopy(ours.find(w(name))) for name in ("pgSz", "pgMar")]
            at = len(section.findall(w("type")))
            for place, child in enumerate(page, start=at):
                section.insert(place, child)
        references = []
        for kind, of_kind in kinds.items():
            references += self._running(kind, of_kind, ours)
        for place, child in enumerate(references):
            section.insert(place, child)
        return section

    def _running(self, kind: str, references: dict[str, Element], ours: Element) -> list[Element]:
        """Refer to the headers, or the footers, of the kit's section: theirs, with our line below that says
        of which day the figures are, or which page it is."""
        own = [reference for reference in ours if reference.tag == w(f"{kind}Reference")]
        if not references:
            return [deepcopy(reference) for reference in own]
        brought = {name: self._brought(reference) for name, reference in references.items()}
        parts = self.ours.part.related_parts
        root = parts[brought["default"].get(f"{_R}id")].element if "default" in brought else None
        for reference in own:
            line = parts[reference.get(f"{_R}id")].element
            if root is not None and (kind == "header" or not _has_page_number(root)):
                _add_lines(root, line)
                self._set_tabs(root[-1])
            if root is not None:
                del self.ours.part.rels[reference.get(f"{_R}id")]
        kept = [] if root is not None else [deepcopy(reference) for reference in own]
        return [*kept, *brought.values()]

    def _set_tabs(self, line: Element) -> None:
        """Let our line have its own tabs alone, and room below it."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Pt, Twips
        from docx.text.paragraph import Paragraph

        shown = Paragraph(line, self.ours.element.body)
        style = self.ours.styles.element.get_by_id(line.style)
        form = shown.paragraph_format
        form.space_after = Pt(10)
        own = {stop.position for stop in form.tab_stops}
        for stop in () if style is None else [*style.iter(w("tab"))]:
            position = Twips(int(stop.get(w("pos"))))
            if position not in own:
                form.tab_stops.add_tab_stop(position, WD_TAB_ALIGNMENT.CLEAR)


def _is_not_numbered(paragraph: Element) -> bool:
    """Tell whether a paragraph takes itself out of the numbering of its style."""
    number = paragraph.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    return number is not None and number.get(w("val")) == word_look.NOT_NUMBERED


def _closing(section: Element) -> Element:
    """Make the empty paragraph that ends a section."""
    paragraph: Element = section.makeelement(w("p"))
    paragraph.get_or_add_pPr().append(deepcopy(section))
    return paragraph


def _add_lines(root: Element, line: Element) -> None:
    """Put our line below what a header or footer of theirs shows."""
    last = root[-1] if len(root) else None
    if last is not None and last.tag == w("p") and not _is_seen([last]):
        root.remove(last)
    root.extend(deepcopy(element) for element in line)


def _has_page_number(root: Element) -> bool:
    codes = [element.text or "" for element in root.iter(w("instrText"))]
    codes += [element.get(w("instr"), "") for element in root.iter(w("fldSimple"))]
    return any("PAGE" in code.split() for code in codes)


def _references(sections: list[Element], kind: str) -> dict[str, Element]:
    """Give the headers or footers of the last section by the pages that they are for: a section takes those
    that it does not have from the one before. Even pages are as the others."""
    references = {}
    for section in sections:
        for reference in section.findall(w(f"{kind}Reference")):
            references[reference.get(w("type"))] = reference
    return {name: reference for name, reference in references.items() if name != "even"}


def _is_wide_enough(section: Element) -> bool:
    """Tell whether tables and charts of the kit have room on an upright page."""
    page, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if page is None or margins is None:
        return False
    wide, high = (int(page.get(w(name), 0)) for name in ("w", "h"))
    sides = sum(int(margins.get(w(name), 0)) for name in ("left", "right"))
    return wide < high and wide - sides >= PAGE_TWIPS - _ROUNDING


def _is_seen(blocks: list[Element]) -> bool:
    """Tell whether any of these shows something."""
    return any(_text(block) or [*block.iter(*(w(name) for name in _SEEN))] for block in blocks)


def _text(block: Element) -> str:
    return "".join(element.text or "" for element in block.iter(w("t"))).strip()
