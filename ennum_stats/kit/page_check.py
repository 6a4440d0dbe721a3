"""Check how finished pages lie: filled, no heading alone at a foot, nothing overprinted, cut or too small.

Pages are read from outside, whatever set them: PDF as it is, Word files and slides as LibreOffice sets them. What is
found is told with its page and what to do.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from ctypes import byref, c_float
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.kit.formats.page_fill import BOTTOM_CM, TOP_CM

LEAST_FILLED, LEAST_AT_END = 0.6, 0.08
"""How much of a page is filled at least, and of the last one: more than a row."""
SMALLEST_TYPE = 8.0
_ROUNDING = 0.06
_HEADING_SIZE = 13.0
_CAPTION = re.compile(r"(Graphique|Tableau|Grafik|Tabelle|Grafiek|Tabel|Chart|Table)\s\d+\b")
_CUT = re.compile(r"\S*\w…(?!\w)")
_MARGIN = 28.0
"""Points that every page of text leaves free at its sides."""
_OVERLAP_WIDE, _OVERLAP = 3.0, 1.0
"""Points across and along by which words lie on each other: a slanted letter reaches over the space before it."""
_POINTS_A_CM = 72 / 2.54
_ONE_LETTER, _GAP, _SAME_LINE = 10.0, 3.0, 1.5
"""Points: wider are several letters, so far apart are those of a word at most, and so high their line is at least."""
_ONE_READER = Lock()
"""Pdfium knows no threads: one document is read at a time, and closed by the thread that read it."""
_OFFICE = (".docx", ".pptx")
KINDS = (".pdf", *_OFFICE)
"""How the names of files end whose pages can be checked."""

FILLED = message("page {page} is filled to {share}% only: shorten or lengthen a paragraph above, or move the chart or "
                 "table that follows")  # fmt: skip
FILLED_AT_END = message("the last page, {page}, holds hardly more than a line: shorten a paragraph above")
ALONE = message("“{words}” stands alone at the foot of page {page}: begin a page before it")
SMALL = message("page {page} has type of {size} points, at least {least} can be read: “{words}”")
OVERPRINTED = message("on page {page} “{first}” and “{second}” lie on each other: give them more room")
OUTSIDE = message("on page {page} “{words}” leaves the page: shorten it")
CUT = message("on page {page} “{words}” is cut: shorten it")
NOT_SET = message("Word files and slides were not looked at: LibreOffice is not installed.")


class LayoutFailed(EnnumError, RuntimeError):
    """Tell that the program that sets pages did not."""


class TextArea(NamedTuple):
    """Hold where the text of pages begins and ends, in centimetres from their upper edge."""

    top_cm: float = TOP_CM
    bottom_cm: float = BOTTOM_CM


OURS = TextArea()


class _Run(NamedTuple):
    """Hold the place of letters that are set as one, in points from the lower left, and the size of their type."""

    left: float
    bottom: float
    right: float
    top: float
    size: float = 0.0


class _PageContent:
    """Hold what stands on a page of a PDF, with its places."""

    def __init__(self, page: Any, number: int) -> None:
        self.number = str(number)
        self.width, self.height = page.get_size()
        self.text = page.get_textpage()
        self.runs: list[_Run] = []
        for at in range(self.text.count_rects()):
            self._add(_Run(*self.text.get_rect(at)))
        self.pictures = [*self._pictures(page)]

    def _add(self, run: _Run) -> None:
        """Add letters; a single one, as in charts, to those before it where it goes on in the same line."""
        before = self.runs[-1] if self.runs else run
        is_in_line = run.bottom < before.top - _SAME_LINE and before.bottom < run.top - _SAME_LINE
        is_next = is_in_line and -1 <= run.left - before.right < _GAP
        if self.runs and is_next and run.right - run.left < _ONE_LETTER:
            low, high = min(run.bottom, before.bottom), max(run.top, before.top)
            self.runs[-1] = _Run(before.left, low, run.right, high, before.size)
        else:
            self.runs.append(run._replace(size=self._size(run)))

    def _size(self, run: _Run) -> float:
        """Find the size of type of letters, as it is on the page."""
        import pypdfium2.raw as pdfium

        middle, matrix = (run.bottom + run.top) / 2, pdfium.FS_MATRIX()
        letter = pdfium.FPDFText_GetCharIndexAtPos(self.text, run.left + 0.5, middle, 4, 1)
        if letter < 0 or not pdfium.FPDFText_GetMatrix(self.text, letter, byref(matrix)):
            return SMALLEST_TYPE
        scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        return float(pdfium.FPDFText_GetFontSize(self.text, letter) * scale)

    def _pictures(self, page: Any) -> Iterator[float]:
        """Tell where pictures end: below the last words of a page one may stand."""
        import pypdfium2.raw as pdfium

        for at in range(pdfium.FPDFPage_CountObjects(page)):
            drawn = pdfium.FPDFPage_GetObject(page, at)
            if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_IMAGE:
                sides = [c_float() for _ in range(4)]
                pdfium.FPDFPageObj_GetBounds(drawn, *map(byref, sides))
                yield sides[1].value

    def words(self, run: _Run) -> str:
        """Read letters."""
        return " ".join(str(self.text.get_text_bounded(*run[:4])).split())


def faults_of(pdf: bytes, area: TextArea | None = OURS) -> list[Message]:
    """List what is wrong on the pages of a PDF, whose text has this area; slides have none, and need not be filled."""
    import pypdfium2

    with _ONE_READER, closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [_PageContent(page, number) for number, page in enumerate(document, 1)]
        return [fault for page in pages for fault in _faults(page, area, is_last=page is pages[-1])]


def _faults(page: _PageContent, area: TextArea | None, *, is_last: bool) -> Iterator[Message]:
    if area is not None:
        yield from _empty(page, area, is_last=is_last)
        yield from () if is_last else _alone(page, area)
    yield from _small(page)
    yield from _overprinted(page)
    yield from _outside(page, _MARGIN if area else 0)
    for words in _CUT.findall(page.text.get_text_bounded()):
        yield message(CUT.text, page=page.number, words=words)


def _empty(page: _PageContent, area: TextArea, *, is_last: bool) -> Iterator[Message]:
    head, foot = (page.height - edge * _POINTS_A_CM for edge in area)
    ends = [
        end for end in (*(run.bottom for run in page.runs), *page.pictures) if foot - _OVERLAP <= end < head
    ]
    share = (head - min(ends, default=head)) / (head - foot)
    if share < (LEAST_AT_END if is_last else LEAST_FILLED):
        sentence = FILLED_AT_END if is_last else FILLED
        yield message(sentence.text, page=page.number, share=round(share * 100))


def _alone(page: _PageContent, area: TextArea) -> Iterator[Message]:
    """Tell of a heading, or of the title of a chart or table, below which its page has nothing."""
    foot = page.height - area.bottom_cm * _POINTS_A_CM
    body = [run for run in page.runs if run.bottom > foot]
    lowest = min((run.bottom for run in body), default=0.0)
    line = [run for run in body if run.bottom < lowest + 4]
    words = " ".join(map(page.words, line))
    if line and (min(run.size for run in line) >= _HEADING_SIZE or _CAPTION.match(words)):
        yield message(ALONE.text, page=page.number, words=words)


def _small(page: _PageContent) -> Iterator[Message]:
    run = min(page.runs, key=lambda run: run.size, default=None)
    if run and run.size < SMALLEST_TYPE - _ROUNDING:
        words, size = page.words(run), round(run.size, 1)
        yield message(SMALL.text, page=page.number, size=size, least=round(SMALLEST_TYPE), words=words)


def _overprinted(page: _PageContent) -> Iterator[Message]:
    """Tell of words of which one lies on the other."""
    import numpy as np

    left, bottom, right, top, _ = np.array(page.runs or [_Run(0, 0, 0, 0, 0)]).T
    wide = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    high = np.minimum.outer(top, top) - np.maximum.outer(bottom, bottom)
    lying = np.argwhere(np.triu((wide > _OVERLAP_WIDE) & (high > _OVERLAP), 1))
    pairs = [[page.words(page.runs[at]) for at in pair] for pair in lying]
    for first, second in dict.fromkeys(map(tuple, pairs)):
        yield message(OVERPRINTED.text, page=page.number, first=first, second=second)


def _outside(page: _PageContent, margin: float) -> Iterator[Message]:
    for run in page.runs:
        if run.left < margin or run.right > page.width - margin or run.bottom < 0:
            yield message(OUTSIDE.text, page=page.number, words=page.words(run))


# --- files ----------------------------------------------------------------------------------------------


def faults_of_files(files: Iterable[Path]) -> Iterator[tuple[Path, Message]]:
    """List what is wrong on the pages of PDFs, Word files and slides, file by file; the latter two are passed over
    where LibreOffice is not installed (`has_office`)."""
    files = [*files]
    office = [path for path in files if path.suffix in _OFFICE and has_office()]
    with tempfile.TemporaryDirectory() as scratch:
        pdfs = as_pdf(office, Path(scratch))
        for path in files:
            if path.suffix == ".pdf" or path in pdfs:
                pdf = pdfs.get(path) or path.read_bytes()
                yield from ((path, fault) for fault in faults_of(pdf, _area_of(path)))


def _area_of(path: Path) -> TextArea | None:
    """Find where the text of a file begins and ends on its pages."""
    if path.suffix == ".pptx":
        return None
    if path.suffix == ".pdf":
        return OURS
    from docx import Document

    section = Document(str(path)).sections[0]
    sides = section.top_margin, section.page_height, section.bottom_margin
    top, height, bottom = (side.cm if side is not None else 0.0 for side in sides)
    return TextArea(top, height - bottom)


def has_office() -> bool:
    """Tell whether LibreOffice is there, which sets Word files and slides."""
    return shutil.which("soffice") is not None


def as_pdf(files: Sequence[Path], folder: Path) -> dict[Path, bytes]:
    """Give Office files as LibreOffice sets them, all in one run of it; it works in an empty folder."""
    if not files:
        return {}
    copies = {path: folder / f"{number}{path.suffix}" for number, path in enumerate(files)}
    for path, copy in copies.items():
        shutil.copyfile(path, copy)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", str(folder), *map(str, copies.values())]  # fmt: skip
    done = subprocess.run(command, check=False, capture_output=True, timeout=120 + 30 * len(files))
    pdfs = {path: copy.with_suffix(".pdf") for path, copy in copies.items()}
    if done.returncode or not all(pdf.exists() for pdf in pdfs.values()):
        raise LayoutFailed(
            message("LibreOffice could not set the pages."), where=str(files[0].parent),
            remedy=message("Close LibreOffice, then start again; without it the PDFs are checked."),
        )  # fmt: skip
    return {path: pdf.read_bytes() for path, pdf in pdfs.items()}
