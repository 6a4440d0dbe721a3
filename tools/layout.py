"""Check how the pages of a kit lie: `python -m tools.layout reports/2026-11-28` looks at each page of its PDFs, and
of its Word files and slides as LibreOffice sets them where it is installed, and lists what is wrong (exit code 1).

Looked for: pages that are filled too little, headings and titles left alone at the foot of a page, words printed
over each other, type that is too small, words that leave the page or are cut.
"""

from __future__ import annotations

import argparse
import math
import re
import shutil
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from ctypes import c_double
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from ennum_stats.kit.formats.page_fill import BOTTOM_CM, TOP_CM

POINTS_A_CM = 72 / 2.54
LEAST_FILLED, LEAST_AT_END = 0.6, 0.08
"""How much of a page is filled at least, and of the last one: more than a row."""
SMALLEST_TYPE = 8.0
_ROUNDING = 0.06
_HEADING_SIZE = 13.0
_CAPTION = re.compile(r"(Graphique|Tableau|Grafik|Tabelle|Grafiek|Tabel|Chart|Table)\s\d+\b")
_MARGIN = 28.0
"""Points that every page leaves free at its sides."""


class Word(NamedTuple):
    """Hold a word of a page: its letters, its box in points from the lower left, and the size of its type."""

    letters: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


def words_of(page: Any) -> list[Word]:
    """List the words of a page with their places."""
    text = page.get_textpage()
    words: list[Word] = []
    letters: list[tuple[str, float, float, float, float, float]] = []
    box, matrix = [c_double() for _ in range(4)], pdfium.FS_MATRIX()
    for at in range(pdfium.FPDFText_CountChars(text)):
        letter = chr(pdfium.FPDFText_GetUnicode(text, at))
        if letter.isspace() or not letter.isprintable():
            words += _joined(letters)
            letters = []
            continue
        pdfium.FPDFText_GetCharBox(text, at, *box)
        left, right, bottom, top = (side.value for side in box)
        box_before = letters[-1][1:5] if letters else ()
        is_ligature = box_before == (left, bottom, right, top)
        if box_before and not is_ligature and not -1 <= left - box_before[2] < 3:
            words += _joined(letters)
            letters = []
        pdfium.FPDFText_GetMatrix(text, at, matrix)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        size = pdfium.FPDFText_GetFontSize(text, at) * scale
        letters.append((letter, left, bottom, right, top, size))
    return [*words, *_joined(letters)]


def _joined(letters: Sequence[tuple[str, float, float, float, float, float]]) -> Iterator[Word]:
    if letters:
        word, left, bottom, right, top, size = zip(*letters, strict=True)
        yield Word("".join(word), min(left), min(bottom), max(right), max(top), min(size))


def faults_of(pdf: bytes, *, has_pages: bool = True) -> list[str]:
    """List what is wrong on the pages of a PDF; slides (not `has_pages`) need not be filled."""
    document = pypdfium2.PdfDocument(pdf)
    faults = []
    for number, page in enumerate(document, start=1):
        words, is_last = words_of(page), number == len(document)
        found = [*_small(words), *_overprinted(words), *_cut(words, page.get_width())]
        if has_pages:
            least = LEAST_AT_END if is_last else LEAST_FILLED
            if (share := filled(page)) < least:
                found.append(f"filled to {share:.0%}")
            found += () if is_last else _alone(words, page.get_height())
        faults += [f"page {number}: {fault}" for fault in found]
    return faults


def filled(page: Any) -> float:
    """How far down ink goes on a page, as a share of the height of its text."""
    grey = np.asarray(page.render(scale=0.5).to_pil().convert("L"))
    a_cm = len(grey) / page.get_height() * POINTS_A_CM
    top, bottom = round(TOP_CM * a_cm), round(BOTTOM_CM * a_cm)
    inked = np.nonzero((grey[top:bottom] < 200).any(axis=1))[0]
    return float(inked[-1] + 1) / (bottom - top) if len(inked) else 0.0


def _small(words: Sequence[Word]) -> Iterator[str]:
    small = [word for word in words if word.size < SMALLEST_TYPE - _ROUNDING]
    if small:
        smallest = min(small, key=lambda word: word.size)
        yield f"type of {smallest.size:.1f} points: “{smallest.letters}”"


def _overprinted(words: Sequence[Word]) -> Iterator[str]:
    """Tell of words of which one lies on the other: on more than a line of a letter. From the foot upwards a word
    is compared with those that begin below its own top."""
    upwards = sorted(words, key=lambda word: word.bottom)
    bottoms = [word.bottom for word in upwards]
    for place, one in enumerate(upwards, start=1):
        for other in upwards[place : bisect_left(bottoms, one.top - 1)]:
            wide = min(one.right, other.right) - max(one.left, other.left)
            if wide > 1 and min(one.top, other.top) - other.bottom > 1:
                yield f"“{one.letters}” and “{other.letters}” overlap"


def _cut(words: Sequence[Word], width: float) -> Iterator[str]:
    for word in words:
        if word.left < _MARGIN or word.right > width - _MARGIN:
            yield f"“{word.letters}” leaves the page"
        elif word.letters.endswith("…"):  # three dots may be those that lead to a page number
            yield f"“{word.letters}” is cut"


def _alone(words: Sequence[Word], height: float) -> Iterator[str]:
    """Tell of a heading, or of the title of a chart or table, below which its page has nothing."""
    foot = height - BOTTOM_CM * POINTS_A_CM
    body = [word for word in words if word.bottom > foot]
    lowest = min((word.bottom for word in body), default=0.0)
    line = [word for word in body if word.bottom < lowest + 4]
    said = " ".join(word.letters for word in line)
    if line and (min(word.size for word in line) >= _HEADING_SIZE or _CAPTION.match(said)):
        yield f"“{said}” stands alone at the foot"


def as_pdf(file: Path, folder: Path) -> bytes:
    """Give an Office file as LibreOffice sets it."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", str(folder), str(file)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (folder / f"{file.stem}.pdf").read_bytes()


def main() -> int:
    """Check the kits of the folders that the command names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pdf-only", action="store_true", help="leave out what LibreOffice has to set")
    options = parser.parse_args()
    kinds = ["pdf"] if options.pdf_only or not shutil.which("soffice") else ["pdf", "docx", "pptx"]
    faults = 0
    with tempfile.TemporaryDirectory() as scratch:
        for kind in kinds:
            for file in sorted(path for folder in options.folders for path in folder.rglob(f"*.{kind}")):
                pdf = file.read_bytes() if kind == "pdf" else as_pdf(file, Path(scratch))
                for fault in faults_of(pdf, has_pages=kind != "pptx"):
                    print(f"{file}: {fault}")
                    faults += 1
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
