"""Embed the package's typeface into a Word file, so that it looks the same where Source Sans Pro is not
installed."""

from __future__ import annotations

from typing import Any

from ennum_stats.drawing.theme import BOLD, FAMILY, REGULAR, font_file

_KEYS = {
    REGULAR: ("embedRegular", "{5A1B7C20-4E4E-4D55-8D01-000000000001}"),
    BOLD: ("embedBold", "{5A1B7C20-4E4E-4D55-8D01-000000000002}"),
}
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def embed(document: Any) -> None:
    """Embed the regular and bold weights into a document of python-docx."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    uri = PackURI("/word/fontTable.xml")
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
    table = Part(uri, content_type, b"", package)
    entries = ""
    for number, (weight, (element, key)) in enumerate(_KEYS.items(), start=1):
        place = PackURI(f"/word/fonts/font{number}.odttf")
        font = Part(place, _OBFUSCATED, obfuscated(font_file(weight).read_bytes(), key), package)
        relation = table.relate_to(font, RELATIONSHIP_TYPE.FONT)
        entries += f'<w:{element} r:id="{relation}" w:fontKey="{key}"/>'
    table._blob = _font_table(entries)  # noqa: SLF001 - python-docx has no font tables
    for relation in list(document.part.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation._target = table  # noqa: SLF001
    _say_so(document)


def obfuscated(font: bytes, key: str) -> bytes:
    """Combine a font with its key, as Word asks; done twice, it gives the font itself."""
    digits = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    head = bytes(byte ^ digits[index % 16] for index, byte in enumerate(font[:32]))
    return head + font[32:]


def _font_table(entries: str) -> bytes:
    """Declare the embedded fonts, and a sans-serif for readers without support for them."""
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts {spaces}><w:font w:name="{FAMILY}"><w:altName w:val="Arial"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        f"{entries}</w:font></w:fonts>"
    ).encode()


def _say_so(document: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    settings = document.settings.element
    for name in ("w:embedTrueTypeFonts", "w:embedSystemFonts"):
        for element in settings.findall(qn(name)):
            settings.remove(element)
    zoom = settings.find(qn("w:zoom"))
    place = 0 if zoom is None else settings.index(zoom) + 1
    settings.insert(place, OxmlElement("w:embedTrueTypeFonts"))
