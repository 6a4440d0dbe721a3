"""Lay out all pages and charts of the newest kit on a few pictures, to be looked at before a release.

`python3 run.py contact-sheet [REPORT DIR]` writes `reports/contact-sheet/<lang>-<what>-<n>.png`: the PDF's
pages, the Word document's (through LibreOffice, where it is installed) and the charts.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from ennum_stats.kit.page_check import as_pdf, has_office
from ennum_stats.languages import LANGUAGES

ROOT = Path(os.environ.get("ENNUM_ROOT", Path(__file__).resolve().parents[1]))
PAGE_WIDTH = 620  # an A4 page at about 75 dots an inch: its text can still be read
CHART_WIDTH = 800
GAP = 16
CAPTION = 22
GREY = (150, 155, 160)

Named = tuple[str, Image.Image]


def newest_report(reports: Path) -> Path:
    """Return the folder of the latest date known in `reports/`."""
    dated = [path for path in reports.iterdir() if re.fullmatch(r"\d{4}-\d\d-\d\d.*", path.name)]
    if not dated:
        sys.exit(f"{reports} : aucun dossier de presse ; d'abord « python3 run.py press ».")
    return max(dated, key=lambda path: path.name)


def pdf_pages(pdf: Path | bytes, name: str, width: int = PAGE_WIDTH) -> Iterator[Named]:
    """Give each page of a PDF as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, start=1):
            scale = width / page.get_width()
            yield f"{name} p. {number}/{len(document)}", page.render(scale=scale).to_pil()
    finally:
        document.close()


def office_pages(path: Path, width: int = PAGE_WIDTH) -> Iterator[Named]:
    """Give each page of a Word document or workbook as LibreOffice lays it out; none where that is missing."""
    if not has_office():
        print(f"{path.name} : LibreOffice n'est pas installé, pages omises.", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield from pdf_pages(as_pdf([path], Path(folder))[path], path.name, width)


def charts(folder: Path) -> Iterator[Named]:
    """Give each chart, as wide as the sheet can show it."""
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as picture:
            height = round(picture.height * CHART_WIDTH / picture.width)
            yield path.name, picture.convert("RGB").resize((CHART_WIDTH, height))


def sheets(pictures: Iterable[Named], columns: int, rows: int) -> Iterator[Image.Image]:
    """Lay pictures out in a grid, each with its name above it; one sheet after the other."""
    named = list(pictures)
    for start in range(0, len(named), columns * rows):
        shown = named[start : start + columns * rows]
        width = max(picture.width for _, picture in shown) + GAP
        height = max(picture.height for _, picture in shown) + CAPTION + GAP
        used = -(-len(shown) // columns)
        sheet = Image.new("RGB", (min(columns, len(shown)) * width + GAP, used * height + GAP), GREY)
        draw = ImageDraw.Draw(sheet)
        for place, (name, picture) in enumerate(shown):
            x = GAP + place % columns * width
            y = GAP + place // columns * height
            draw.text((x, y), name, fill="black", font_size=15)
            sheet.paste(picture, (x, y + CAPTION))
        yield sheet


def write(report: Path, out: Path) -> list[Path]:
    """Write the sheets of every language of a report; return their paths."""
    written = []
    for folder in (report / language for language in LANGUAGES):
        kinds = (
            (
                "pdf",
                (page for pdf in sorted(folder.glob("*.pdf")) for page in pdf_pages(pdf, pdf.name)),
                3,
                2,
            ),
            ("word", (page for d in sorted(folder.glob("*.docx")) for page in office_pages(d)), 3, 2),
            ("charts", charts(folder / "charts"), 2, 3),
        )
        for kind, pictures, columns, rows in kinds:
            for number, sheet in enumerate(sheets(pictures, columns, rows), start=1):
                path = out / f"{folder.name}-{kind}-{number}.png"
                sheet.save(path)
                written.append(path)
    return written


def main(arguments: Sequence[str]) -> None:
    """Write the contact sheets of the report named, or of the newest one."""
    report = Path(arguments[0]) if arguments else newest_report(ROOT / "reports")
    out = ROOT / "reports" / "contact-sheet"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for path in write(report, out):
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
