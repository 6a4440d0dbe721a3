"""Workbooks of LibreOffice (.ods), read as those of Excel: values, and all that a person sees of them.

The format names what cells are: kinds of values, styles, rows that are hidden, notes. It is read row by row.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from ennum_stats.errors import message
from ennum_stats.imports.spreadsheets import bounds, sheet
from ennum_stats.imports.spreadsheets.archive import damaged, require_harmless_archive

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": "office:1.0", "style": "style:1.0", "table": "table:1.0", "text": "text:1.0",
    "fo": "xsl-fo-compatible:1.0",
}  # fmt: skip
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_HIDDEN = frozenset(("collapse", "filter"))


def _name(qualified: str) -> str:
    """Give the whole name of an element or attribute: `table:table-row`."""
    space, _, local = qualified.partition(":")
    return f"{{{_NAMESPACE}{_SPACES[space]}}}{local}"


_ROW, _CELL, _COVERED = map(_name, ("table:table-row", "table:table-cell", "table:covered-table-cell"))
_P, _SPAN, _NOTE, _STYLE = map(_name, ("text:p", "text:span", "office:annotation", "table:style-name"))
_STRUCK = tuple(_name(f"style:text-line-through-{by}") for by in ("style", "type"))
_MAP = _name("style:map")
_VALUE_TYPE, _ROWS, _COLUMNS = map(
    _name, ("office:value-type", "table:number-rows-repeated", "table:number-columns-repeated")
)


def read_ods(path: Path) -> sheet.ForeignFile:
    """Read the sheets of a workbook of LibreOffice. Raises `FileRefused`."""
    require_harmless_archive(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if "encryption-data" in archive.read("META-INF/manifest.xml").decode("utf-8", "replace"):
                raise bounds.FileRefused(
                    message("This workbook has a password."),
                    where=path.name,
                    remedy=message("Save it without a password."),
                )
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            content = etree.fromstring(archive.read("content.xml"), parser)
            pages = etree.fromstring(archive.read("styles.xml"), parser)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, ValueError) as error:
        raise damaged(path) from error
    styles = _Styles(content)
    lines = {
        page.get(_name("style:name")): tuple(_page_lines(page))
        for page in pages.iter(_name("style:master-page"))
    }
    sheets = tuple(_sheet(table, styles, lines, path.name) for table in content.iter(_name("table:table")))
    return sheet.ForeignFile(path.name, sheets, sheet.computed_remark(sheets))


def _page_lines(page: Any) -> Iterator[str]:
    """Give what is printed above and below pages, without the fields that stand for page, sheet and day."""
    for line in page.iter(_P):
        spans = (child.text or "" if child.tag == _SPAN else "" for child in line)
        tails = (child.tail or "" for child in line)
        text = " ".join(
            [line.text or "", *(part for pair in zip(spans, tails, strict=True) for part in pair)]
        )
        if any(sign.isalpha() for sign in text):
            yield " ".join(text.split())


@dataclass
class _Styles:
    """Give what a style shows: whether struck through, and the look."""

    content: Any
    by_name: dict[str, dict[str, str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for style in self.content.iter(_name("style:style")):
            shown = {key: text for part in (style, *style) for key, text in part.attrib.items()}
            self.by_name[style.get(_name("style:name"), "")] = shown

    def shown(self, name: str | None) -> dict[str, str]:
        """Give the properties of a style; none where it is that of the program."""
        return self.by_name.get(name or "", {})

    def is_struck(self, name: str | None) -> bool:
        """Tell whether a style strikes through."""
        return any(self.shown(name).get(key, "none") != "none" for key in _STRUCK)

    def look(self, name: str | None) -> str:
        """Name a look."""
        shown = self.shown(name)
        fill, letters = (shown.get(_name(f"fo:{key}"), "") for key in ("background-color", "color"))
        return sheet.look_of(
            "" if fill == "transparent" else fill.lstrip("#").upper(),
            "" if letters in ("#000000", "") else letters.lstrip("#").upper(),
            is_bold=shown.get(_name("fo:font-weight")) == "bold",
            is_italic=shown.get(_name("fo:font-style")) == "italic",
            is_underlined=shown.get(_name("style:text-underline-style"), "none") != "none",
        )


def _sheet(
    table: Any, styles: _Styles, page_lines: Mapping[str | None, tuple[str, ...]], name: str
) -> sheet.Sheet:
    hidden: set[int] = set()
    of_columns: list[str | None] = []
    for column in table.iter(_name("table:table-column")):
        count = min(int(column.get(_COLUMNS, "1")), bounds.WIDEST_ROW)
        if column.get(_name("table:visibility")) in _HIDDEN:
            hidden.update(range(len(of_columns), len(of_columns) + count))
        of_columns += [column.get(_name("table:default-cell-style-name"))] * count
    noted: set[int] = set()
    rows = tuple(_rows(table, styles, of_columns, noted, name))
    ruled = {
        s.get(_name("style:name"))
        for s in styles.content.iter(_name("style:style"))
        if s.find(_MAP) is not None
    }
    shown = styles.shown(table.get(_STYLE))
    return sheet.Sheet(
        table.get(_name("table:name"), ""), rows, frozenset(hidden),
        is_hidden=shown.get(_name("table:display")) == "false", noted_rows=frozenset(noted),
        page_lines=page_lines.get(shown.get(_name("style:master-page-name")), ()),
        has_colour_rules=any(cell.get(_STYLE) in ruled for cell in table.iter(_CELL)),
    )  # fmt: skip


def _rows(
    table: Any, styles: _Styles, of_columns: list[str | None], noted: set[int], name: str
) -> Iterator[sheet.ForeignRow]:
    number = filled = 0
    for row in bounds.rows_read(table.iter(_ROW)):
        first, number = number + 1, number + int(row.get(_ROWS, "1"))
        cells = _cells(row, styles, of_columns, name)
        if not cells:
            continue
        bounds.require_rows(number, name)
        filled += len(cells) * (number - first + 1)
        bounds.require_cells(filled, name)
        if next(row.iter(_NOTE), None) is not None:
            noted.update(range(first, number + 1))
        for each in range(first, number + 1):
            yield sheet.ForeignRow(each, cells, row.get(_name("table:visibility")) in _HIDDEN)


def _cells(row: Any, styles: _Styles, of_columns: list[str | None], name: str) -> tuple[sheet.SheetCell, ...]:
    """Give the cells of a row up to the last in which anything stands."""
    cells: list[sheet.SheetCell] = []
    behind = 0
    for element in row.iterchildren(_CELL, _COVERED):
        count = int(element.get(_COLUMNS, "1"))
        place = len(cells) + behind
        default = of_columns[place] if place < len(of_columns) else None
        cell = _cell(
            element, styles, element.get(_STYLE) or row.get(_name("table:default-cell-style-name")) or default
        )
        if cell.is_empty or element.tag == _COVERED:
            behind += count
            continue
        if place + count > bounds.WIDEST_ROW:
            raise bounds.too_wide(name)
        cells += [sheet.EMPTY] * behind + [cell] * count
        behind = 0
    return tuple(cells)


def _cell(element: Any, styles: _Styles, style: str | None) -> sheet.SheetCell:
    kind = element.get(_VALUE_TYPE)
    if kind is None:
        return sheet.EMPTY
    spans = element.iter(_SPAN)
    marks: dict[str, Any] = {
        "is_struck": styles.is_struck(style)
        or any(styles.is_struck(s.get(_name("text:style-name"))) for s in spans),
        "look": styles.look(style),
        "is_computed": element.get(_name("table:formula")) is not None,
    }
    text = "\n".join("".join(line.itertext()) for line in element.iterchildren(_P)).strip()
    if element.get(f"{_CALC}value-type") == "error" or (
        marks["is_computed"] and text.startswith(("#", "Err:"))
    ):
        return sheet.text_cell(text, sheet.ERROR_VALUE)
    value = element.get(_name("office:value"), "")
    match kind:
        case "float" | "percentage" | "currency":
            currency = element.get(_name("office:currency"), "")
            return sheet.value_cell(float(value), "%" if kind == "percentage" else f"[${currency}]", **marks)
        case "date":
            return sheet.value_cell(
                datetime.fromisoformat(element.get(_name("office:date-value"), "")), **marks
            )
        case "boolean":
            return sheet.value_cell(element.get(_name("office:boolean-value")) == "true", **marks)
    return sheet.value_cell(text, **marks)
