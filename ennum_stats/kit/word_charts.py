"""Put charts that Word draws itself into its file: the drawing in the text, its part, and its workbook.

The drawing names its part by a relationship; it is written before the file exists, and the parts are added
to it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.office.native import NativeChart
from ennum_stats.drawing.picture import size_on_page
from ennum_stats.drawing.theme import EMU_A_CM

CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def native_drawing(
    drawn: Chart, relation: str = "", number: str = "1", widest: int | None = None
) -> str:
    """Write the run of a chart: as wide as the column, as high as its picture would be, but no wider than
    `widest` EMU. Its part is found by the name of the chart, or by a relation of a document of somebody's, in
    which each drawing has a number."""
    size = size_on_page(drawn)
    wide, high = (round(side * EMU_A_CM) for side in (size.width_cm, size.height_cm))
    if widest is not None and wide > widest:
        wide, high = widest, round(high * widest / wide)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" '
        f'distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name="Chart" descr={quoteattr(drawn.alt)}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{CHART_URI}">'
        f'<c:chart xmlns:c="{CHART_URI}" xmlns:r="{_RELATIONS}" r:id="{relation or _number_of(drawn.name)}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _number_of(name: str) -> str:
    return f"chart_{name}"


def add_native_parts(document: Any, charts: Mapping[str, NativeChart]) -> None:
    """Add the parts of the charts of a text to a document of python-docx, by the names of the charts."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    for number, (name, made) in enumerate(charts.items(), start=1):
        uri = PackURI(f"/word/charts/chart{number}.xml")
        part = Part(uri, CHART_TYPE, made.xml, package)
        place = PackURI(f"/word/embeddings/chart{number}.xlsx")
        part.relate_to(
            Part(place, WORKBOOK_TYPE, made.workbook, package), RELATIONSHIP_TYPE.PACKAGE
        )
        document.part.rels.add_relationship(RELATIONSHIP_TYPE.CHART, part, _number_of(name))
