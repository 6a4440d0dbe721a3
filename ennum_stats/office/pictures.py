"""Read the picture of a chart in a Word file, and put today's in its place, as wide as people made it."""

from __future__ import annotations

from ennum_stats.document.control import fingerprint, fingerprint_of_bytes
from ennum_stats.office.drawn import pixels_of
from ennum_stats.office.markup import PIC, WP, A, R
from ennum_stats.office.package import Element, Package
from ennum_stats.office.word_file import Control

_BLIP, _EXTENT = f"{{{A}}}blip", f"{{{A}}}ext"
_EMBED = f"{{{R}}}embed"


def picture_of(package: Package, control: Control) -> bytes | None:
    """Read the picture that a control holds; nothing where there is none."""
    blip = next(control.content.iter(_BLIP), None)
    if blip is None:
        return None
    return package.parts.get(package.target(control.part, blip.get(_EMBED, "")))


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
            if extension.tag == f"{{{A}}}extLst":
                blip.remove(extension)
    for part in old - {""}:
        package.unrelate(control.part, part)
    _stretch(content, picture)
    tell(content, before, alt)


def tell(content: Element, before: str, alt: str) -> None:
    """Put a text in the place of the one before, where that is still ours."""
    for element in content.iter(f"{{{WP}}}docPr", f"{{{PIC}}}cNvPr"):
        if fingerprint(element.get("descr", "")) == fingerprint(before):
            element.set("descr", alt)


def _stretch(content: Element, picture: bytes) -> None:
    """Keep the width that people gave a picture, and the proportions of the new one."""
    wide, high = pixels_of(picture)
    for extent in content.iter(f"{{{WP}}}extent", _EXTENT):
        if extent.get("cx"):
            extent.set("cy", str(round(int(extent.get("cx")) * high / wide)))
