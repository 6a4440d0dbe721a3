"""Read a chart in a Word file, and put today's in its place, as wide as people made it: its picture, or the
chart that Word draws, with its workbook."""

from __future__ import annotations

import struct

from ennum_stats.charts.native import NativeChart
from ennum_stats.kit.control import fingerprint, fingerprint_of_bytes
from ennum_stats.kit.word_charts import CHART_URI
from ennum_stats.office.markup import R
from ennum_stats.office.package import Element, Package
from ennum_stats.office.word_file import Control

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_BLIP, _EXTENT = f"{{{_A}}}blip", f"{{{_A}}}ext"
_EMBED = f"{{{R}}}embed"


def picture_of(package: Package, control: Control) -> bytes | None:
    """Read the picture that a control holds; nothing where there is none."""
    blip = next(control.content.iter(_BLIP), None)
    if blip is None:
        return None
    return package.parts.get(package.target(control.part, blip.get(_EMBED, "")))


def native_of(package: Package, control: Control) -> bytes | None:
    """Read the chart that Word draws in a control; nothing where there is none."""
    name = _native_part(package, control)
    return package.parts.get(name) if name else None


def _native_part(package: Package, control: Control) -> str | None:
    chart = next(control.content.iter(f"{{{CHART_URI}}}chart"), None)
    return None if chart is None else package.target(control.part, chart.get(f"{{{R}}}id", ""))


def put_native(
    package: Package, control: Control, made: NativeChart, before: str, alt: str
) -> None:
    """Put a chart and its workbook in the place of those of a control; what it is drawn in stays."""
    name = _native_part(package, control)
    assert name is not None
    package.parts[name] = made.xml
    for workbook in package.related(name, "package"):
        package.parts[workbook] = made.workbook
    _tell(control.content, before, alt)


def put_picture(package: Package, control: Control, picture: bytes, before: str, alt: str) -> None:
    """Put a picture in the place of the one that a control holds, and its text in the place of the one before
    where that is still ours."""
    name = f"word/media/chart-{fingerprint_of_bytes(picture)}.png"
    package.add_media(name, picture, "png", "image/png")
    number = package.relate(control.part, "image", name)
    content = control.content
    old = {blip.get(_EMBED, "") for blip in content.iter(_BLIP)}
    for blip in content.iter(_BLIP):
        blip.set(_EMBED, number)
        for extension in list(blip):
            if extension.tag == f"{{{_A}}}extLst":
                blip.remove(extension)
    for one in old - {""}:
        package.unrelate(control.part, one)
    _stretch(content, picture)
    _tell(content, before, alt)


def _tell(content: Element, before: str, alt: str) -> None:
    """Put a text in the place of the one before, where that is still ours."""
    for told in content.iter(f"{{{_WP}}}docPr", f"{{{_PIC}}}cNvPr"):
        if fingerprint(told.get("descr", "")) == fingerprint(before):
            told.set("descr", alt)


_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def _stretch(content: Element, picture: bytes) -> None:
    """Keep the width that people gave a picture, and the proportions of the new one."""
    wide, high = struct.unpack(">II", picture[16:24])
    for extent in content.iter(f"{{{_WP}}}extent", _EXTENT):
        if extent.get("cx"):
            extent.set("cy", str(round(int(extent.get("cx")) * high / wide)))
