"""Fill in what is attached to a document: charts with the workbooks that they are drawn from, SmartArt, layouts,
properties. What stands where nothing can be filled in is named with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from ennum_stats.document.word_markup import CHART_URI
from ennum_stats.errors import Message, message
from ennum_stats.kit.edition import Edition
from ennum_stats.office.chart_merge import c, number
from ennum_stats.office.fill import placeholders
from ennum_stats.office.fill.fill_workbook import (
    CELL,
    WORKSHEET,
    WorkbookFiller,
    column_of,
    name_of_sheet,
    quoted,
)
from ennum_stats.office.package import Element, Package

_CORE = "docProps/core.xml"
_CHART = f"{{{CHART_URI}}}chartSpace"
_CELLS = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


class AttachedFiller:
    """Fill in the names of an Office file beside those of its texts, slides or cells, which `read` names."""

    def __init__(self, package: Package, edition: Edition, read: Collection[str]) -> None:
        self.package = package
        self.parts = [name for name in package.holding(b"{") if name not in read]
        self.charts = [name for name in package.holding(b"chartSpace") if package.tree(name).tag == _CHART]
        self.workbooks = {
            chart: WorkbookFiller(Package.of(Path(book), package.parts[book], (".xlsx",)), edition)
            for chart in self.charts
            for book in package.related(chart, "package")
            if book.lower().endswith(".xlsx")
        }

    def places(self) -> Iterator[tuple[str, placeholders.Placeholder]]:
        """Give the names in charts, in the cells from which these are drawn, in SmartArt and properties."""
        for part in self.parts:
            tree = self.package.tree(part)
            for placeholder in placeholders.placeholders(tree, placeholders.DRAWING):
                yield part, placeholder
            plain = tree.iter("{http://purl.org/dc/elements/1.1/}*") if part == _CORE else ()
            if part in self.charts and part not in self.workbooks:
                plain = tree.iter(c("v"))
            for element in plain:
                for placeholder in placeholders.plain_placeholders(element):
                    yield part, placeholder
        for workbook in self.workbooks.values():
            yield from workbook.places()

    def is_guarded(self, placeholder: placeholders.Placeholder) -> bool:
        """Tell whether a name stands in a field, which a program writes itself."""
        return next(placeholder.run.iterancestors("{*}fld"), None) is not None

    def has_own_paragraph(self, _placeholder: placeholders.Placeholder) -> bool:
        """Tell whether a chart or table can stand in the place of a name: beside the text, nowhere."""
        return False

    def words(self, placeholder: placeholders.Placeholder, words: str) -> None:
        """Put words in the place of a name."""
        root = placeholder.run.getroottree().getroot()
        for workbook in self.workbooks.values():
            if any(root is tree for tree in workbook.package.roots):
                workbook.words(placeholder, words)
                return
        if placeholder.run.tag == placeholders.DRAWING.run:
            placeholders.write(placeholder.run, words, placeholders.DRAWING)
        else:
            placeholders.write_plain(placeholder, words)

    def finish(self, book: WorkbookFiller | None) -> None:
        """Let charts show what their cells hold now: those of their own workbooks, or of the one they stand in."""
        for chart in self.charts:
            workbook = self.workbooks.get(chart, book)
            if workbook is None:
                continue
            for formula in self.package.tree(chart).iter(c("f")):
                for before, name in workbook.renamed.items():
                    formula.text = (formula.text or "").replace(quoted(before), quoted(name))
                _renew(formula, workbook)
        for chart, workbook in self.workbooks.items():
            (place,) = self.package.related(chart, "package")
            self.package.parts[place] = workbook.package.data()


def _renew(formula: Element, workbook: WorkbookFiller) -> None:
    """Write what the cells of a formula hold into what a chart keeps of them, where that has changed."""
    match = _CELLS.fullmatch(formula.text or "")
    kept = formula.getnext()
    sheet = workbook.part_of((match[1] or match[2]).replace("''", "'")) if match else ""
    if match is None or kept is None or not sheet or kept.tag not in (c("strCache"), c("numCache")):
        return
    left, top = column_of(match[3]), int(match[4]) - 1
    right, bottom = (column_of(match[5]), int(match[6]) - 1) if match[5] else (left, top)
    cells = [
        workbook.value(sheet, column, row)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
    known = {int(point.get("idx", -1)): point for point in kept.iter(c("pt"))}
    is_number = kept.tag == c("numCache")
    for at, value in enumerate(cells):
        if is_number and not isinstance(number(value), float):
            continue
        point = known.get(at)
        if point is None and value:
            point = kept.makeelement(c("pt"), {"idx": str(at)})
            point.append(point.makeelement(c("v")))
            kept.append(point)
        if point is not None and number(point.findtext(c("v")) or "") != number(value):
            point.find(c("v")).text = value
    kept[:] = sorted(kept, key=lambda entry: int(entry.get("idx", -1)))


@dataclass(frozen=True)
class NameLeft:
    """Hold a name that could not be filled in, and where it stands."""

    token: str
    place: Message


def names_left(package: Package) -> Iterator[NameLeft]:
    """Find the names that still stand in a file: in formulas, instructions, titles of shapes and wherever else no words
    can be put."""
    for part in package.holding(b"{{"):
        root = package.tree(part)
        for element in [*root.iter(CELL)] if root.tag == WORKSHEET else [root]:
            texts = [
                element.xpath("string()"),
                *(value for each in element.iter() for value in each.attrib.values()),
            ]
            for token in dict.fromkeys(token for text in texts for token in placeholders.names_of(text)):
                yield NameLeft(token, _place(package, part, element))


_KINDS = (
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), message("Slide {n}")),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), message("Notes of slide {n}")),
    (re.compile(r".*/charts/\D*(\d*)\.xml"), message("Chart {n}")),
    (re.compile(r"word/document\.xml"), message("in the text")),
    (re.compile(r"docProps/.*"), message("in the properties of the file")),
)


def _place(package: Package, part: str, element: Element) -> Message:
    if element.tag == CELL:
        return message(
            "Sheet “{sheet}”, cell {cell}", sheet=name_of_sheet(package, part), cell=element.get("r", "")
        )
    for pattern, words in _KINDS:
        if match := pattern.fullmatch(part):
            return message(words.text, n=(match.groups() or ("",))[0])
    return message("in “{part}”", part=part)
