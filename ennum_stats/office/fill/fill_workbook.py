"""Fill in a workbook of somebody's: names in cells, headers, notes, shapes and names of sheets become words, and
numbers where a cell holds one alone; the picture of a chart, or a table, stands from the cell with its name on. Nothing
else of the file changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from ennum_stats.charts.spec import Chart
from ennum_stats.document.blocks import WrittenTable
from ennum_stats.document.sheet import sheet_name
from ennum_stats.kit.edition import Edition
from ennum_stats.office.drawn import picture, pixels_of
from ennum_stats.office.fill.cell_numbers import CellFormats, CellNumber, cell_number, read_cell
from ennum_stats.office.fill.placeholders import (
    DRAWING,
    SHEET,
    Dialect,
    Placeholder,
    S,
    filled_text,
    names_of,
    placeholders,
    plain_placeholders,
    write,
    write_plain,
)
from ennum_stats.office.markup import A, R
from ennum_stats.office.package import Element, Package
from ennum_stats.wording import words as worded

_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_WIDTH_EMU = 5_400_000
CELL, WORKSHEET, _ROW, _VALUE, _SHEET = (
    f"{{{S}}}c",
    f"{{{S}}}worksheet",
    f"{{{S}}}row",
    f"{{{S}}}v",
    f"{{{S}}}sheet",
)
_READ = ("comments", "drawing")
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_INLINE = Dialect(f"{{{S}}}is", SHEET.run, SHEET.text, SHEET.look)
_NOTE = Dialect(f"{{{S}}}text", SHEET.run, SHEET.text, SHEET.look)
_AFTER_DRAWING = frozenset(f"{{{S}}}{name}" for name in (
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
))  # fmt: skip
_HEADERS = frozenset(f"{{{S}}}{name}" for name in (
    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
))  # fmt: skip


@dataclass(frozen=True)
class _Cell:
    """Hold a cell with a name: its sheet and its place."""

    sheet: str
    element: Element

    @property
    def place(self) -> tuple[int, int]:
        """Column and row, from nought."""
        match = _PLACE.fullmatch(self.element.get("r", ""))
        assert match is not None
        return column_of(match[1]), int(match[2]) - 1


class WorkbookFiller:
    """Fill in the names of a workbook."""

    def __init__(self, package: Package, edition: Edition) -> None:
        self.package, self.edition = package, edition
        self.main = next(iter(package.related("", "officeDocument")), "")
        self.sheets = package.related(self.main, "worksheet")
        self.strings = next(iter(package.related(self.main, "sharedStrings")), "")
        attached = (
            part
            for sheet in self.sheets
            for kind in ("comments", "drawing")
            for part in package.related(sheet, kind)
        )
        self.parts = [self.main, self.strings, *self.sheets, *attached]
        self._cells = self._cells_of_strings()
        self._formats = CellFormats(package, next(iter(package.related(self.main, "styles")), ""))
        self._headings = {
            (sheet, left + right, top): (column, table)
            for sheet in self.sheets
            for table in package.related(sheet, "table")
            for left, top, right, column in _headings(package.tree(table))
        }
        self.renamed: dict[str, str] = {}
        """What each sheet was called whose name was filled in, and what it is called now."""

    def places(self) -> Iterator[tuple[str, Placeholder]]:
        """Give the names in all texts, each with the part in which it stands."""
        package = self.package
        for element in package.tree(self.main).iter(_SHEET):
            for token in names_of(element.get("name", "")):
                yield self.main, Placeholder(token, element, element)
        if self.strings:
            for placeholder in placeholders(package.tree(self.strings), SHEET):
                yield self.strings, placeholder
        for sheet in self.sheets:
            for placeholder in placeholders(package.tree(sheet), _INLINE):
                yield sheet, placeholder
            for part in package.related(sheet, "comments"):
                for placeholder in placeholders(package.tree(part), _NOTE):
                    yield part, placeholder
            for part in package.related(sheet, "drawing"):
                for placeholder in placeholders(package.tree(part), DRAWING):
                    yield part, placeholder
            yield from self._headers(sheet)

    def _headers(self, sheet: str) -> Iterator[tuple[str, Placeholder]]:
        for element in self.package.tree(sheet).iter(*_HEADERS):
            for placeholder in plain_placeholders(element):
                yield sheet, placeholder

    def is_guarded(self, _found: Placeholder) -> bool:
        """Tell whether a name stands where Excel writes itself: in no text that is found here."""
        return False

    def has_own_paragraph(self, placeholder: Placeholder) -> bool:
        """Tell whether a name is all that its cell says, and free cells are below and right of it."""
        return bool(self._cells_with(placeholder))

    def words(self, placeholder: Placeholder, words: str) -> None:
        """Put words in the place of a name; a number in a cell that holds the name of one alone."""
        if placeholder.run.tag == _SHEET:
            self._rename(placeholder, words)
        elif placeholder.run.tag in _HEADERS:
            write_plain(placeholder, words.replace("&", "&&"))  # Excel's own sign for a field of a header
        elif placeholder.run.tag == DRAWING.run:
            write(placeholder.run, words, DRAWING)
        else:
            cells = self._cells_with(placeholder)
            number = self._number(placeholder.token) if cells else None
            write(placeholder.run, words, SHEET)
            for cell in cells:
                if (cell.sheet, *cell.place) in self._headings:
                    column, _ = self._headings[cell.sheet, *cell.place]
                    column.set("name", words)
                elif number:
                    self._put_number(cell.element, number)

    def _number(self, token: str) -> CellNumber | None:
        """Give what a cell holds for the name of a figure; nothing where only words are true."""
        value = self.edition.number(token)
        if value is None:
            return None
        name, _, aspect = token.partition(".")
        quantity = self.edition.figure(name).quantity
        if aspect in ("", "number") and quantity is not None:
            words = worded(quantity, self.edition.language, style="text", noun=not aspect)
        else:
            words = self.edition.words(token)
        return cell_number(words, value, self.edition.language)

    def _put_number(self, cell: Element, number: CellNumber) -> None:
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        self._formats.set(cell, number)
        value = cell.makeelement(_VALUE)
        value.text = f"{number.value:f}"
        cell.append(value)

    def _rename(self, placeholder: Placeholder, words: str) -> None:
        """Give a sheet its name, also where formulas lead to it."""
        sheet, tree = placeholder.run, self.package.tree(self.main)
        before = sheet.get("name")
        others = [other.get("name", "") for other in tree.iter(_SHEET) if other is not sheet]
        name = sheet_name(filled_text(before, placeholder.token, words), others)
        sheet.set("name", name)
        self.renamed[before] = name
        formulas = [tree.iter(f"{{{S}}}definedName")]
        formulas += [self.package.tree(part).iter(f"{{{S}}}f") for part in self.sheets]
        for formula in (element for elements in formulas for element in elements):
            formula.text = (formula.text or "").replace(quoted(before), quoted(name))

    def chart(self, _part: str, escaped: Placeholder, chart: Chart, _beside: Sequence[str]) -> None:
        """Put the picture of a chart over the cells from the one with its name on."""
        package = self.package
        place = package.free_name("xl/media/chart%d.png")
        drawn = picture(chart)
        package.add_media(place, drawn, "png", "image/png")
        size = pixels_of(drawn)
        for cell in self._cells_with(escaped):
            drawing = self._drawing_of(cell.sheet)
            number = package.relate(drawing, "image", place)
            root = package.tree(drawing)
            root.append(_anchor(cell.place, number, chart, size, len(root) + 2))
        self.words(escaped, "")

    def table(self, _part: str, placeholder: Placeholder, table: WrittenTable) -> None:
        """Write a table into the cells from the one with its name on."""
        for cell in self._cells_with(placeholder):
            column, row = cell.place
            for down, cells in enumerate(table.shown):
                for right, text in enumerate(cells):
                    is_number = down > 0 and table.columns[right].is_number
                    number = read_cell(text, self.edition.language) if is_number else None
                    self._write(cell.sheet, column + right, row + down, text, number)

    def is_free(self, placeholder: Placeholder, table: WrittenTable) -> bool:
        """Tell whether nothing stands in the cells that a table needs."""
        return all(
            not self._has_value(cell.sheet, cell.place[0] + right, cell.place[1] + down)
            for cell in self._cells_with(placeholder)
            for down, cells in enumerate(table.shown)
            for right in range(len(cells))
            if down or right
        )

    # --- cells ------------------------------------------------------------------------------------------

    def _cells_of_strings(self) -> dict[int, list[_Cell]]:
        cells: dict[int, list[_Cell]] = {}
        for sheet in self.sheets:
            for cell in self.package.tree(sheet).iter(CELL):
                value = cell.findtext(_VALUE)
                if cell.get("t") == "s" and value:
                    cells.setdefault(int(value), []).append(_Cell(sheet, cell))
        return cells

    def _cells_with(self, placeholder: Placeholder) -> list[_Cell]:
        text = "".join(element.text or "" for element in placeholder.paragraph.iter(SHEET.text))
        if text.strip() != (placeholder.run.findtext(SHEET.text) or "").strip():
            return []
        if placeholder.paragraph.tag == SHEET.paragraph:
            number = placeholder.paragraph.getparent().index(placeholder.paragraph)
            return self._cells.get(number, [])
        above = placeholder.paragraph.getparent()
        sheets = [
            sheet for sheet in self.sheets if self.package.tree(sheet) is list(above.iterancestors())[-1]
        ]
        return [_Cell(sheets[0], above)] if above.tag == CELL and sheets else []

    def _cell(self, sheet: str, column: int, row: int, *, is_made: bool) -> Element | None:
        data = self.package.tree(sheet).find(f"{{{S}}}sheetData")
        line = _ordered(
            data, _ROW, "r", str(row + 1), lambda line: int(line.get("r", 0)), row + 1, is_made=is_made
        )
        if line is None:
            return None
        name = f"{_letters(column)}{row + 1}"
        return _ordered(
            line, CELL, "r", name, lambda cell: _Cell(sheet, cell).place[0], column, is_made=is_made
        )

    def _has_value(self, sheet: str, column: int, row: int) -> bool:
        cell = self._cell(sheet, column, row, is_made=False)
        return cell is not None and len(cell) > 0

    def value(self, sheet: str, column: int, row: int) -> str:
        """Read what a cell of a sheet, by its part, holds: a number as it is kept, or its text."""
        cell = self._cell(sheet, column, row, is_made=False)
        if cell is None:
            return ""
        if cell.get("t") == "s":
            strings = self.package.tree(self.strings).findall(SHEET.paragraph)
            return "".join(text.text or "" for text in strings[int(cell.findtext(_VALUE))].iter(SHEET.text))
        return cell.findtext(_VALUE) or "".join(text.text or "" for text in cell.iter(SHEET.text))

    def part_of(self, name: str) -> str:
        """Find the part of the sheet of a name; empty where there is none."""
        return next((part for part in self.sheets if name_of_sheet(self.package, part) == name), "")

    def _write(self, sheet: str, column: int, row: int, text: str, number: CellNumber | None) -> None:
        from lxml import etree

        cell = self._cell(sheet, column, row, is_made=True)
        assert cell is not None
        if number:
            self._put_number(cell, number)
            return
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "inlineStr")
        inside = etree.SubElement(etree.SubElement(cell, f"{{{S}}}is"), f"{{{S}}}t")
        inside.text = text

    def _drawing_of(self, sheet: str) -> str:
        """Find the drawing of a sheet; where it has none, make one."""
        from lxml import etree

        package = self.package
        drawings = package.related(sheet, "drawing")
        if drawings:
            return drawings[0]
        name = package.free_name("xl/drawings/drawing%d.xml")
        package.add(name, f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{A}"/>'.encode(), _DRAWING_TYPE)
        number = package.relate(sheet, "drawing", name)
        root = package.tree(sheet)
        element = etree.Element(f"{{{S}}}drawing", {f"{{{R}}}id": number}, nsmap={"r": R})
        later = next((child for child in root if child.tag in _AFTER_DRAWING), None)
        if later is None:
            root.append(element)
        else:
            later.addprevious(element)
        return name


def _ordered(
    parent: Element, tag: str, key: str, name: str, place_of: Any, place: int, *, is_made: bool
) -> Element | None:
    """Find a row or cell among its likes, which stand in order; make it where it is not there."""
    from lxml import etree

    for sibling in parent.iterchildren(tag):
        if sibling.get(key) == name:
            return sibling
        if place_of(sibling) > place:
            if is_made:
                element = etree.Element(tag, {key: name})
                sibling.addprevious(element)
                return element
            return None
    return etree.SubElement(parent, tag, {key: name}) if is_made else None


def name_of_sheet(package: Package, part: str) -> str:
    """Find what the sheet of a part is called."""
    main = next(iter(package.related("", "officeDocument")))
    sheets = package.tree(main).iter(_SHEET)
    return next(
        (sheet.get("name") for sheet in sheets if package.target(main, sheet.get(f"{{{R}}}id", "")) == part),
        part,
    )


def quoted(name: str) -> str:
    """Write the name of a sheet as a formula has it, where it has other signs than letters."""
    return "'{}'!".format(name.replace("'", "''"))


def column_of(letters: str) -> int:
    """Read the letters of a column, from nought."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _headings(table: Element) -> Iterator[tuple[int, int, int, Element]]:
    """Give the columns of a table of Excel, whose names must be what their heading cells say: where the first stands,
    and how far right of it each."""
    match = _PLACE.match(table.get("ref", ""))
    if match and table.get("headerRowCount", "1") != "0":
        columns = table.iter(f"{{{S}}}tableColumn")
        yield from (
            (column_of(match[1]), int(match[2]) - 1, right, each) for right, each in enumerate(columns)
        )


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _anchor(
    place: tuple[int, int], number: str, chart: Chart, size: tuple[int, int], shape_id: int
) -> Element:
    from lxml import etree

    wide, high = size
    cx, cy = _WIDTH_EMU, round(_WIDTH_EMU * high / wide)
    return etree.fromstring(
        f'<xdr:oneCellAnchor xmlns:xdr="{_XDR}" xmlns:a="{A}" xmlns:r="{R}"><xdr:from>'
        f"<xdr:col>{place[0]}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{place[1]}</xdr:row>"
        f'<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="{cx}" cy="{cy}"/><xdr:pic><xdr:nvPicPr>'
        f'<xdr:cNvPr id="{shape_id}" name={quoteattr(chart.title)} descr={quoteattr(chart.alt)}/>'
        '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip r:embed="{number}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"
    )
