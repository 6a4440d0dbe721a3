"""Draw charts as files: SVG, PNG and PDF, the same bytes every time, without browser and without network.

The SVG is the project's own (`svg`); PNG and PDF are made of it by typst, with the typeface of the package
and none of the machine's. The SVG keeps its texts as texts, to be searched, translated or corrected, and
asks for Source Sans Pro, then Arial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Literal

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.fitting import UNSIGNED, drawing_of
from ennum_stats.drawing.primitives import Signature
from ennum_stats.drawing.svg import print_svg
from ennum_stats.drawing.theme import FAMILY, LIGHT, PRESS, TEXT_WIDTH_CM, Size, Theme, typst_fonts
from ennum_stats.languages import tag_of

Format = Literal["svg", "png", "pdf"]
_CM_PER_INCH = 2.54
_PAGE = f"""#set document(title: sys.inputs.title, date: none)
#set text(lang: sys.inputs.language, region: sys.inputs.region, font: "{FAMILY}")
#set page(width: float(sys.inputs.width) * 1cm, height: float(sys.inputs.height) * 1cm, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.alt)
""".encode()


MOST_OF_PHONE = 600
"""The widest page, in px, that shows the layout of a telephone."""
WIDTHS = {"wide": 900, "narrow": 300}
"""The two widths of a drawing on a page, in its own px: beside other things on a desk, and on a phone, where its type
still has 12 px on a screen of 320."""
_HEIGHTS = {"spans": 620, "people": 560, "shares": 620, "grid": 430, "map": 345}


def size_of(drawn: Chart, width: str) -> Size:
    """Give the size of a drawing on a page of the dashboard, "wide" or "narrow"."""
    if width == "narrow":
        # What does not fit makes it higher, as smaller type could not be read.
        return Size("narrow", WIDTHS["narrow"], _HEIGHTS.get(drawn.kind, 470), 13.9, 1, 9, growth=2)
    return Size("page", WIDTHS["wide"], 430, 15, 1, 24)


_ROW_PX = {"people": 29, "waterfall": 34, "bars": 26, "shares": 40, "rows": 40}
_ON_PAGE_PX = {"map": 280, "grid": 150, "spans": 200, "columns": 180, "ranges": 185}
"""How high rows and drawings are on the page of a kit: so low that a chart with its words seldom needs more
than a third of the page, because what does not fit leaves so much of the page before it empty."""


def picture_tag(picture: str, phone: str, alt: str) -> str:
    """Write the lines that show a picture on a page of others, by its address, and on a telephone that of its own
    layout."""
    return (
        f'<picture><source media="(max-width: {MOST_OF_PHONE}px)" srcset="{escape(phone)}">'
        f'<img src="{escape(picture)}" alt="{escape(alt)}" width="{PRESS.width}" height="{PRESS.height}" '
        'loading="lazy" style="max-width:100%;height:auto"></picture>'
    )


@dataclass(frozen=True)
class Picture:
    """Hold a chart to be drawn, and in which formats."""

    chart: Chart
    formats: Sequence[Format] = ("svg", "png")
    size: Size = PRESS
    theme: Theme = LIGHT
    framed: bool = True
    """Whether title, note and source stand in the picture, and not beside it."""
    signature: Signature = UNSIGNED


def on_page(drawn: Chart, *formats: Format) -> Picture:
    """Ask for the drawing of a chart for a page that tells title and notes itself: as wide as its column, and
    as high as its rows need."""
    rows = _ROW_PX.get(drawn.kind, 0) * len(drawn.marks) + 20
    height = max(_ON_PAGE_PX.get(drawn.kind, rows), 130)
    size = Size("column", 640, height, 14.4, 2.5, TEXT_WIDTH_CM, growth=1.65)
    return Picture(drawn, formats, size, framed=False)


def size_on_page(drawn: Chart) -> Size:
    """Give the size that this drawing has: higher, where it needs more room."""
    return drawing_of(drawn, on_page(drawn).size, framed=False).size


def draw(pictures: Iterable[Picture]) -> Iterator[dict[Format, bytes]]:
    """Give the files of each picture, in order."""
    for picture in pictures:
        chart = picture.chart
        drawing = drawing_of(
            chart, picture.size, picture.theme, framed=picture.framed, signature=picture.signature
        )
        svg = print_svg(chart, drawing)
        texts = {"title": chart.title, "alt": chart.description, "language": chart.language}
        files: dict[Format, bytes] = {}
        for form in picture.formats:
            match form:
                case "svg":
                    files[form] = svg.encode()
                case "png":
                    files[form] = png_of(svg, **texts, size=drawing.size)
                case "pdf":
                    files[form] = pdf_of(svg, **texts, size=drawing.size)
        yield files


def png_of(svg: str, *, title: str, alt: str, language: str, size: Size) -> bytes:
    """Return an SVG as PNG, in the resolution of its size."""
    dots = size.width * size.scale / (size.width_cm / _CM_PER_INCH)
    return _compiled(svg, title, alt, language, size, format="png", ppi=dots)


def pdf_of(svg: str, *, title: str, alt: str, language: str, size: Size) -> bytes:
    """Return an SVG as a PDF of one page, tagged for accessibility (PDF/UA-1)."""
    return _compiled(svg, title, alt, language, size, format="pdf", pdf_standards=["ua-1"], timestamp=0)


def _compiled(svg: str, title: str, alt: str, language: str, size: Size, **options: Any) -> bytes:
    inputs = {
        "svg": svg, "title": title, "alt": alt, "language": language,
        "region": tag_of(language).split("-")[1],
        "width": f"{size.width_cm}", "height": f"{size.height_cm}",
    }  # fmt: skip
    return compiled(_PAGE, inputs, **options)


def compiled(source: bytes, inputs: dict[str, str], **options: Any) -> bytes:
    """Return what typst makes of a page description and the values that it asks for."""
    result = typesetter().compile(input=source, sys_inputs=inputs, **options)
    assert isinstance(result, bytes)
    return result


def forget_pictures() -> None:
    """Have typst let go of what it keeps for its next ten pages: of pictures that are pixels, a hundred megabytes."""
    for _ in range(10):
        typesetter().compile(input=b"", format="pdf")


@lru_cache(maxsize=1)
def typesetter() -> Any:
    """Return the one compiler of a process."""
    import typst

    return typst.Compiler(font_paths=typst_fonts())
