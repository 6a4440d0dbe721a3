"""The look of pages, Word and Excel: the colours of the charts, and the measures of a page."""

from __future__ import annotations

from ennum_stats.charts.theme import LIGHT
from ennum_stats.charts.typeface import FAMILY

PROGRAMME_COLOURS = dict(LIGHT.accents)
GREYS = {"ink": LIGHT.text, "grey": LIGHT.quiet, "line_grey": LIGHT.line}
BAND = LIGHT.tint("line", 0.08)
"""The ground of a row that heads others."""
TYPEFACE = FAMILY
EXCEL_TYPEFACE = "Calibri"
"""A workbook cannot carry a typeface: it takes the one that every Excel has."""
TEXT_WIDTH_CM = 16.0
"""Between the margins of an A4 page."""
CHART_WIDTH_CM = 14.0
"""A chart on a page: two of them, with a paragraph each, fill one."""


def bare(colour: str) -> str:
    """A colour as Word and Excel write it: without the sign."""
    return colour.removeprefix("#")
