"""The one typeface of charts and pages: its files, and how wide a text is in it.

Source Sans Pro comes as a dependency (a folder of TTF and OTF files), so that nothing depends on what
is installed on a machine. Charts are laid out before a browser is asked, hence the widths are read from
the font's own tables.
"""

from __future__ import annotations

import shutil
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Source Sans Pro"
FALLBACK = f'"{FAMILY}", Arial, sans-serif'
"""What an SVG asks for: who has not installed the typeface sees Arial."""
REGULAR, SEMIBOLD, BOLD = "Regular", "Semibold", "Bold"
_WEIGHTS = (REGULAR, SEMIBOLD, BOLD)
_ARIAL_IS_WIDER = 1.12
"""Texts are given room as if they were set in the wider Arial (measured: 7 to 15% on titles and labels)."""


def font_file(weight: str = REGULAR) -> Path:
    """The TTF file of a weight."""
    spec = find_spec("font_source_sans_pro")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / f"SourceSansPro-{weight}.ttf"


@contextmanager
def font_folder() -> Iterator[Path]:
    """A folder with nothing but the TTF files of the weights we use, for typst's `font_paths`.

    The dependency's own folder also holds OTF files of the same names; which of both typst takes there
    would depend on the order of the file system.
    """
    with tempfile.TemporaryDirectory(prefix="ennum-fonts-") as folder:
        for weight in _WEIGHTS:
            shutil.copy(font_file(weight), folder)
        yield Path(folder)


def text_width(text: str, size: float, weight: str = REGULAR) -> float:
    """How much room a line of text needs at a font size, in the unit of the size."""
    widths = _widths(weight)
    fallback = widths[ord("n")]
    return _ARIAL_IS_WIDER * size * sum(widths.get(ord(sign), fallback) for sign in text)


def wrapped(text: str, room: float, size: float, weight: str = REGULAR) -> list[str]:
    """A text in lines that fit into `room`; broken at plain spaces and at line breaks only."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and text_width(longer, size, weight) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def balanced(text: str, room: float, size: float, weight: str = REGULAR) -> list[str]:
    """As `wrapped`, in as many lines, but of about the same length: for titles."""
    lines = wrapped(text, room, size, weight)
    if len(lines) == 1:
        return lines
    narrow = room
    while narrow > 0.7 * room:
        narrow -= size
        closer = wrapped(text, narrow, size, weight)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


@lru_cache(maxsize=len(_WEIGHTS))
def _widths(weight: str) -> dict[int, float]:
    """The advance of every sign, as a part of the font size."""
    data = font_file(weight).read_bytes()
    tables = {
        data[at : at + 4].decode("ascii"): struct.unpack(">L", data[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * struct.unpack(">H", data[4:6])[0], 16)
    }
    (em,) = struct.unpack_from(">H", data, tables["head"] + 18)
    (count,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
    advances = struct.unpack_from(">" + "HH" * count, data, tables["hmtx"])[::2]
    return {
        sign: advances[min(glyph, count - 1)] / em
        for sign, glyph in _glyphs(data, tables["cmap"]).items()
    }


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """The glyph of every sign, from the font's `cmap` table of format 4 (OpenType specification)."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    offsets = [struct.unpack_from(">L", data, cmap + 8 + 8 * i)[0] for i in range(count)]
    start = next(cmap + o for o in offsets if struct.unpack_from(">H", data, cmap + o)[0] == 4)
    (double,) = struct.unpack_from(">H", data, start + 6)
    rows = [
        struct.unpack_from(f">{double // 2}H", data, start + at)
        for at in (14, 16 + double, 16 + 2 * double, 16 + 3 * double)
    ]
    found: dict[int, int] = {}
    for i, (last, first, delta, reach) in enumerate(zip(*rows, strict=True)):
        for sign in range(first, min(last, 0xFFFE) + 1):
            if reach == 0:
                found[sign] = (sign + delta) & 0xFFFF
                continue
            at = start + 16 + 3 * double + 2 * i + reach + 2 * (sign - first)
            (glyph,) = struct.unpack_from(">H", data, at)
            if glyph:
                found[sign] = (glyph + delta) & 0xFFFF
    return found
