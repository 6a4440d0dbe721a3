"""A page as slides: first what is chosen, of which day and data, then its blocks; address, choices, day and
data stand in the notes of each slide."""

from __future__ import annotations

from dashboards.files.for_files import for_files
from dashboards.files.page_pdf import first_lines, foot_line, provenance
from dashboards.reading import Reading
from dashboards.registry import Page
from dashboards.rendering.layout import heading_on_day
from ennum_stats.document.blocks import Paragraph
from ennum_stats.document.slides import SlideWriter


def page_slides(page: Page, reading: Reading) -> bytes:
    """Give the slides of a page as it is chosen."""
    title = heading_on_day(page, reading)
    slides = SlideWriter(
        title, reading.language, reading.ledger.known_at, foot_line(reading, title),
        notes="\n".join(provenance(page, reading)),
    )  # fmt: skip
    slides.write_blocks(Paragraph((line,)) for line in first_lines(page, reading))
    slides.write_blocks(for_files(page.content(reading), reading.language))
    return slides.content()
