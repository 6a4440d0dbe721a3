"""A page as slides: first its answer, with its chart, and last its sources; address, choices, day and data stand in the
notes of each slide."""

from __future__ import annotations

from dashboards.files.page_pdf import file_blocks, foot_line, provenance, said_first
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
    first = [Paragraph((line,)) for line in said_first(page, reading)]
    slides.write_blocks(file_blocks(page, reading, first))
    return slides.content()
