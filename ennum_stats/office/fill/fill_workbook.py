"""Fill in a workbook of somebody's: names in cells, headers, notes and shapes become words; the picture of a
chart, or a table, stands from the cell with its name on. Nothing else of the file changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from ennum_stats.charts.spec import Chart
from ennum_stats.document.blocks import WrittenTable
from ennum_stats.office.drawn import picture, pixels_of
from ennum_stats.office.fill.placeholders import DRAWING, SHEET, Dialect, Placeholder, S, placeholders, write
from ennum_stats.office.markup import A, R
from ennum_stats.office.names import TOKEN
from ennum_stats.office.package import Element, Package

_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_WIDTH_EMU = 5_400_000
_CELL, _ROW, _VALUE = f"{{{S}}}c", f"{{{S}}}row", f"{{{S}}}v"
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
        found = _PLACE.fullmatch(self.element.get("r", ""))
        assert found is not None
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
        return column - 1, int(found[2]) - 1


class WorkbookFiller:
    """Fill in the names of a workbook."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = next(iter(package.related("", "officeDocument")), "")
        self.sheets = package.related(self.main, "worksheet")
        self.strings = next(iter(package.related(self.main, "sharedStrings")), "")
        self._cells = self._cells_of_strings()

    def places(self) -> Iterator[tuple[str, Placeholder]]:
        """Give the names in all texts, each with the part in which it stands."""
        package = self.package
        if self.strings:
            for found in placeholders(package.tree(self.strings), SHEET):
                yield self.strings, found
        for sheet in self.sheets:
            for found in placeholders(package.tree(sheet), _INLINE):
                yield sheet, found
            for part in package.related(sheet, "comments"):
                for found in placeholders(package.tree(part), _NOTE):
                    yield part, found
            for part in package.related(sheet, "drawing"):
                for found in placeholders(package.tree(part), DRAWING):
                    yield part, found
            yield from self._headers(sheet)

    def _headers(self, sheet: str) -> Iterator[tuple[str, Placeholder]]:
        for one in self.package.tree(sheet).iter(*_HEADERS):
            for match in TOKEN.finditer(one.text or ""):
                yield sheet, Placeholder("".join(match[1].split()), one, one)

    def is_guarded(self, _found: Placeholder) -> bool:
        """Tell whether a name stands where Excel writes itself: in no text that is found here."""
        return False

    def has_own_paragraph(self, found: Placeholder) -> bool:
        """Tell whether a name is all that its cell says, and free cells are below and right of it."""
        return bool(self._cells_with(found))

    def words(self, found: Placeholder, words: str) -> None:
        """Put words in the place of a name."""
        if found.run.tag in _HEADERS:
            told = words.replace("&", "&&")  # Excel's own sign for a field of a header
            pattern = re.compile(r"\{\{\s*" + r"\s*".join(map(re.escape, found.token)) + r"\s*\}\}")
            found.run.text = pattern.sub(lambda _: told, found.run.text)
        else:
            write(found.run, words, DRAWING if found.run.tag == DRAWING.run else SHEET)

    def chart(self, _part: str, found: Placeholder, made: Chart, _beside: Sequence[str]) -> None:
        """Put the picture of a chart over the cells from the one with its name on."""
        package = self.package
        place = package.free_name("xl/media/chart%d.png")
        drawn = picture(made)
        package.add_media(place, drawn, "png", "image/png")
        size = pixels_of(drawn)
        for cell in self._cells_with(found):
            drawing = self._drawing_of(cell.sheet)
            number = package.relate(drawing, "image", place)
            root = package.tree(drawing)
            root.append(_anchor(cell.place, number, made, size, len(root) + 2))
        self.words(found, "")

    def table(self, _part: str, found: Placeholder, table: WrittenTable) -> None:
        """Write a table into the cells from the one with its name on."""
        for cell in self._cells_with(found):
            column, row = cell.place
            for down, cells in enumerate(table.shown):
                for right, text in enumerate(cells):
                    self._write(cell.sheet, column + right, row + down, text)

    def is_free(self, found: Placeholder, table: WrittenTable) -> bool:
        """Tell whether nothing stands in the cells that a table needs."""
        return all(
            not self._has_value(cell.sheet, cell.place[0] + right, cell.place[1] + down)
            for cell in self._cells_with(found)
            for down, cells in enumerate(table.shown)
            for right in range(len(cells))
            if down or right
        )

    # --- cells ------------------------------------------------------------------------------------------

    def _cells_of_strings(self) -> dict[int, list[_Cell]]:
        found: dict[int, list[_Cell]] = {}
        for sheet in self.sheets:
            for cell in self.package.tree(sheet).iter(_CELL):
                value = cell.findtext(_VALUE)
                if cell.get("t") == "s" and value:
                    found.setdefault(int(value), []).append(_Cell(sheet, cell))
        return found

    def _cells_with(self, found: Placeholder) -> list[_Cell]:
        text = "".join(one.text or "" for one in found.paragraph.iter(SHEET.text))
        if text.strip() != (found.run.findtext(SHEET.text) or "").strip():
            return []
        if found.paragraph.tag == SHEET.paragraph:
            number = found.paragraph.getparent().index(found.paragraph)
            return self._cells.get(number, [])
        above = found.paragraph.getparent()
        sheets = [one for one in self.sheets if self.package.tree(one) is list(above.iterancestors())[-1]]
        return [_Cell(sheets[0], above)] if above.tag == _CELL and sheets else []

    def _cell(self, sheet: str, column: int, row: int, *, is_made: bool) -> Element | None:
        data = self.package.tree(sheet).find(f"{{{S}}}sheetData")
        line = _ordered(
            data, _ROW, "r", str(row + 1), lambda one: int(one.get("r", 0)), row + 1, is_made=is_made
        )
        if line is None:
            return None
        name = f"{_letters(column)}{row + 1}"
        return _ordered(
            line, _CELL, "r", name, lambda one: _Cell(sheet, one).place[0], column, is_made=is_made
        )

    def _has_value(self, sheet: str, column: int, row: int) -> bool:
        cell = self._cell(sheet, column, row, is_made=False)
        return cell is not None and len(cell) > 0

    def _write(self, sheet: str, column: int, row: int, text: str) -> None:
        from lxml import etree

        cell = self._cell(sheet, column, row, is_made=True)
        assert cell is not None
        for one in list(cell):
            cell.remove(one)
        cell.set("t", "inlineStr")
        inside = etree.SubElement(etree.SubElement(cell, f"{{{S}}}is"), f"{{{S}}}t")
        inside.text = text

    def _drawing_of(self, sheet: str) -> str:
        """Find the drawing of a sheet; where it has none, make one."""
        from lxml import etree

        package = self.package
        found = package.related(sheet, "drawing")
        if found:
            return found[0]
        name = package.free_name("xl/drawings/drawing%d.xml")
        package.add(name, f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{A}"/>'.encode(), _DRAWING_TYPE)
        number = package.relate(sheet, "drawing", name)
        root = package.tree(sheet)
        made = etree.Element(f"{{{S}}}drawing", {f"{{{R}}}id": number}, nsmap={"r": R})
        later = next((one for one in root if one.tag in _AFTER_DRAWING), None)
        if later is None:
            root.append(made)
        else:
            later.addprevious(made)
        return name


def _ordered(
    parent: Element, tag: str, key: str, name: str, place_of: Any, place: int, *, is_made: bool
) -> Element | None:
    """Find a row or cell among its likes, which stand in order; make it where it is not there."""
    from lxml import etree

    for one in parent.iterchildren(tag):
        if one.get(key) == name:
            return one
        if place_of(one) > place:
            if is_made:
                made = etree.Element(tag, {key: name})
                one.addprevious(made)
                return made
            return None
    return etree.SubElement(parent, tag, {key: name}) if is_made else None


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _anchor(place: tuple[int, int], number: str, made: Chart, size: tuple[int, int], one: int) -> Element:
    from lxml import etree

    wide, high = size
    cx, cy = _WIDTH_EMU, round(_WIDTH_EMU * high / wide)
    return etree.fromstring(
        f'<xdr:oneCellAnchor xmlns:xdr="{_XDR}" xmlns:a="{A}" xmlns:r="{R}"><xdr:from>'
        f"<xdr:col>{place[0]}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{place[1]}</xdr:row>"
        f'<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="{cx}" cy="{cy}"/><xdr:pic><xdr:nvPicPr>'
        f'<xdr:cNvPr id="{one}" name={quoteattr(made.title)} descr={quoteattr(made.alt)}/>'
        '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip r:embed="{number}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"
    )
