"""Fill in slides of somebody's: names become words, pictures and tables; nothing else of the file changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from ennum_stats.charts.spec import Chart
from ennum_stats.document.blocks import Row, WrittenTable, plain_text
from ennum_stats.document.word_markup import CHART_URI
from ennum_stats.drawing.canvas import LINE
from ennum_stats.drawing.office.native import POINTS_ON_A_SLIDE, is_native, native_chart
from ennum_stats.drawing.office.room import Room
from ennum_stats.drawing.theme import EMU_A_POINT, LIGHT, REGULAR, SEMIBOLD, bare, wrapped
from ennum_stats.kit.edition import OF_CHARTS
from ennum_stats.languages import tag_of
from ennum_stats.office.drawn import picture, pixels_of
from ennum_stats.office.fill.placeholders import DRAWING, Placeholder, placeholders, write
from ennum_stats.office.markup import A
from ennum_stats.office.native_charts import add_native
from ennum_stats.office.package import Element, Package
from ennum_stats.office.slide_file import PML, SPACES

_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
"""The table style that every theme of PowerPoint has: its first colour, with bands."""
_SHAPE, _FIELD, _OFFSET = f"{{{PML}}}sp", f"{{{A}}}fld", f"{{{A}}}off"
_ROW_HEIGHT = 300_000
_POINTS = 1200
"""The size of words in a table, in hundredths of a point."""


class SlideFiller:
    """Fill in the names of a presentation."""

    def __init__(self, package: Package) -> None:
        self.package = package
        main = next(iter(package.related("", "officeDocument")), "")
        self.slides = package.related(main, "slide") if main else []
        notes = [note for slide in self.slides for note in package.related(slide, "notesSlide")]
        self.parts = [*self.slides, *notes]
        size = package.tree(main).find(f"{{{PML}}}sldSz") if main else None
        self.size = (int(size.get("cx")), int(size.get("cy"))) if size is not None else (9_144_000, 6_858_000)

    def places(self) -> Iterator[tuple[str, Placeholder]]:
        """Give the names on all slides and in their notes, each with the part in which it stands."""
        for part in self.parts:
            for placeholder in placeholders(self.package.tree(part), DRAWING):
                yield part, placeholder

    def is_guarded(self, placeholder: Placeholder) -> bool:
        """Tell whether a name stands in a field, which PowerPoint writes itself."""
        return next(placeholder.run.iterancestors(_FIELD), None) is not None

    def has_own_paragraph(self, placeholder: Placeholder) -> bool:
        """Tell whether a name stands alone in a shape of a slide, in whose place something else can stand."""
        shape = next(placeholder.run.iterancestors(_SHAPE), None)
        if shape is None:
            return False
        return (
            "".join(element.text or "" for element in shape.iter(DRAWING.text)).strip()
            == (placeholder.run.find(DRAWING.text).text or "").strip()
        )

    def words(self, placeholder: Placeholder, words: str) -> None:
        """Put words in the place of a name."""
        write(placeholder.run, words, DRAWING)

    def chart(self, part: str, placeholder: Placeholder, chart: Chart, aspects: Sequence[str]) -> None:
        """Put a chart in the place of the shape with its name: one that PowerPoint draws, with title and
        notes as text above and below it; else its picture, which holds them, as large as fits."""
        area = self._area(part, placeholder)
        if is_native(chart) and (room := chart_room(chart, area, aspects)):
            name = add_native(self.package, native_chart(chart, room.drawing), "ppt")
            relation = self.package.relate(part, "chart", name)
            self._put(placeholder, *chart_shapes(chart, room, relation, self._free(part)))
            return
        package, png = self.package, picture(chart)
        place = package.free_name("ppt/media/chart%d.png")
        package.add_media(place, png, "png", "image/png")
        number = package.relate(part, "image", place)
        left, top, wide, high = area
        cx, cy = pixels_of(png)
        scale = min(wide / cx, high / cy)
        size = round(cx * scale), round(cy * scale)
        corner = left + (wide - size[0]) // 2, top + (high - size[1]) // 2
        attributes = f"name={quoteattr(chart.title)} descr={quoteattr(chart.alt)}"
        self._put(placeholder, (
            f'<p:pic {SPACES}><p:nvPicPr><p:cNvPr id="{self._free(part)}" {attributes}/><p:cNvPicPr>'
            '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>'
            f'<a:blip r:embed="{number}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr>{_place("a", (*corner, *size))}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
            "</p:pic>"
        ))  # fmt: skip

    def table(self, part: str, placeholder: Placeholder, table: WrittenTable) -> None:
        """Put a table in the place of the shape with its name."""
        left, top, wide, _ = self._area(part, placeholder)
        shares = [column.width for column in table.columns]
        widths = [round(wide * share / sum(shares)) for share in shares]
        grid = "".join(f'<a:gridCol w="{width}"/>' for width in widths)
        numbers = [column.is_number for column in table.columns]
        head = _row([plain_text(column.heading) for column in table.columns], numbers)
        rows = "".join(_data_row(row, numbers) for row in table.rows)
        size = wide, _ROW_HEIGHT * (len(table.rows) + 1)
        self._put(placeholder, (
            f'<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id="{self._free(part)}" '
            f"name={quoteattr(table.name)}/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/>"
            f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{_place('p', (left, top, *size))}"
            f'<a:graphic><a:graphicData uri="{_TABLE}"><a:tbl><a:tblPr firstRow="1" bandRow="1">'
            f"<a:tableStyleId>{_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>{grid}</a:tblGrid>{head}{rows}"
            "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        ))  # fmt: skip

    def _put(self, placeholder: Placeholder, *shapes: str) -> None:
        """Put shapes in the place of the one with a name."""
        from lxml import etree

        shape = next(placeholder.run.iterancestors(_SHAPE))
        for markup in shapes:
            shape.addprevious(etree.fromstring(markup))
        shape.getparent().remove(shape)

    def _free(self, part: str) -> int:
        """Give the next number of a shape."""
        used = (element.get("id", "0") for element in self.package.tree(part).iter(f"{{{PML}}}cNvPr"))
        return max((int(number) for number in used if number.isdigit()), default=1) + 1

    def _area(self, part: str, placeholder: Placeholder) -> tuple[int, int, int, int]:
        """Find where a shape stands: it says so itself, or its layout or master does."""
        shape = next(placeholder.run.iterancestors(_SHAPE))
        if own := _corners(shape):
            return own
        marker = next(shape.iter(f"{{{PML}}}ph"), None)
        above = part
        for kind in ("slideLayout", "slideMaster"):
            above = next(iter(self.package.related(above, kind)), "")
            if not above or marker is None:
                break
            for element in self.package.tree(above).iter(_SHAPE):
                other = next(element.iter(f"{{{PML}}}ph"), None)
                if other is not None and _is_same(marker, other) and (found_at := _corners(element)):
                    return found_at
        wide, high = self.size
        return wide // 10, high // 5, wide * 8 // 10, high * 7 // 10


def _is_same(marker: Element, other: Element) -> bool:
    """Tell whether two places of a layout are the same one: by number, else by kind."""
    if marker.get("idx") and other.get("idx"):
        return bool(marker.get("idx") == other.get("idx"))
    return bool(marker.get("type", "obj") == other.get("type", "obj"))


def _corners(shape: Element) -> tuple[int, int, int, int] | None:
    offset = next(shape.iter(_OFFSET), None)
    if offset is None:
        return None
    extent = offset.getnext()
    return int(offset.get("x")), int(offset.get("y")), int(extent.get("cx")), int(extent.get("cy"))


def _data_row(row: Row, numbers: list[bool]) -> str:
    if not row.is_group:
        return _row([plain_text(cell) for cell in row.cells], numbers, is_bold=row.is_total)
    rest = "".join(
        '<a:tc hMerge="1"><a:txBody><a:bodyPr/><a:p/></a:txBody><a:tcPr/></a:tc>' for _ in numbers[1:]
    )
    first = _cell(plain_text(row.cells[0]), is_bold=True, more=f' gridSpan="{len(numbers)}"')
    return f'<a:tr h="{_ROW_HEIGHT}">{first}{rest}</a:tr>'


def _row(cells: list[str], numbers: list[bool], *, is_bold: bool = False) -> str:
    shown = "".join(
        _cell(text, is_number=is_number, is_bold=is_bold)
        for text, is_number in zip(cells, numbers, strict=True)
    )
    return f'<a:tr h="{_ROW_HEIGHT}">{shown}</a:tr>'


def _cell(text: str, *, is_number: bool = False, is_bold: bool = False, more: str = "") -> str:
    look = f'<a:rPr sz="{_POINTS}"{" b=" + quoteattr("1") if is_bold else ""}/>'
    side = '<a:pPr algn="r"/>' if is_number else ""
    lines = "".join(
        f"<a:p>{side}<a:r>{look}<a:t>{escape(line)}</a:t></a:r></a:p>" for line in text.split("\n")
    )
    return f"<a:tc{more}><a:txBody><a:bodyPr/>{lines}</a:txBody><a:tcPr/></a:tc>"


_LOOKS = {"title": (16, SEMIBOLD), "subtitle": (11, REGULAR), "note": (9, REGULAR)}
"""Size and weight of what is told beside a chart."""
_LEAST = 0.5
"""The share of its place that a drawing has at least; else its picture fits better."""
Area = tuple[int, int, int, int]
"""Left, top, width and height, in EMU."""


@dataclass(frozen=True)
class ChartRoom:
    """Hold the places of a chart and of the texts beside it, by what they tell."""

    chart: Area
    texts: dict[str, Area]

    @property
    def drawing(self) -> Room:
        """The size of the drawing, in points."""
        _, _, wide, high = self.chart
        return Room(wide / EMU_A_POINT, high / EMU_A_POINT, POINTS_ON_A_SLIDE)


def chart_room(chart: Chart, area: Area, aspects: Sequence[str]) -> ChartRoom | None:
    """Share a place between a chart and the texts beside it; nothing where too little is left to draw."""
    left, top, wide, high = area
    heights = {aspect: _height(chart, aspect, wide) for aspect in aspects}
    above = sum(heights[aspect] for aspect in aspects if aspect != "note")
    rest = high - sum(heights.values())
    if rest < _LEAST * high:
        return None
    texts, at = {}, top
    for aspect in aspects:
        at = at if aspect != "note" else top + high - heights["note"]
        texts[aspect] = (left, at, wide, heights[aspect])
        at += heights[aspect]
    return ChartRoom((left, top + above, wide, rest), texts)


def _height(chart: Chart, aspect: str, wide: int) -> int:
    points, weight = _LOOKS[aspect]
    lines = wrapped(OF_CHARTS[aspect](chart), wide / EMU_A_POINT, points, weight)
    return round((len(lines) * LINE + 0.4) * points * EMU_A_POINT)


def chart_shapes(chart: Chart, room: ChartRoom, relation: str, number: int) -> Iterator[str]:
    """Write the shapes in the order in which they are read, numbered from `number`."""
    for aspect, area in room.texts.items():
        if aspect != "note":
            yield _text(chart, aspect, area, number)
            number += 1
    yield (
        f'<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id="{number}" '
        f"name={quoteattr(chart.title)} descr={quoteattr(chart.alt)}/><p:cNvGraphicFramePr/><p:nvPr/>"
        f'</p:nvGraphicFramePr>{_place("p", room.chart)}<a:graphic><a:graphicData uri="{CHART_URI}">'
        f'<c:chart xmlns:c="{CHART_URI}" r:id="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    if "note" in room.texts:
        yield _text(chart, "note", room.texts["note"], number + 1)


def _text(chart: Chart, aspect: str, area: Area, number: int) -> str:
    points, weight = _LOOKS[aspect]
    words = OF_CHARTS[aspect](chart)
    ink = "" if aspect == "title" else f'<a:solidFill><a:srgbClr val="{bare(LIGHT.muted)}"/></a:solidFill>'
    look = f'lang="{tag_of(chart.language)}" sz="{points * 100}" b="{int(weight == SEMIBOLD)}"'
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(words[:60])}/>'
        f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{_place("a", area)}<a:prstGeom prst="rect">'
        '<a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" '
        f'rIns="0" bIns="0"/><a:lstStyle/><a:p><a:r><a:rPr {look}>{ink}</a:rPr><a:t>{escape(words)}</a:t>'
        "</a:r></a:p></p:txBody></p:sp>"
    )


def _place(space: str, area: Area) -> str:
    left, top, wide, high = area
    return f'<{space}:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></{space}:xfrm>'
