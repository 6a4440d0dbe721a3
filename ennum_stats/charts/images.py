"""Charts as files: SVG, PNG and PDF, the same bytes every time, without network.

Chromium (through Kaleido) turns a plotly figure into an SVG; it is started once for many charts. PNG
and PDF are made from that SVG by typst, with the typeface of the package: a browser's own pictures
would depend on the fonts of the machine, and Kaleido's PDF does not repeat. The SVG keeps its texts as texts (searchable, to be
translated or corrected by an editor) and asks for Source Sans Pro, then Arial.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal

from ennum_stats.charts.plotly_figure import figure_dict
from ennum_stats.charts.specs import Chart
from ennum_stats.charts.theme import LIGHT, PRESS, Size, Theme
from ennum_stats.charts.typeface import font_folder
from ennum_stats.errors import BrowserMissing, message

Format = Literal["svg", "png", "pdf"]
_PAGE = """#set document(title: sys.inputs.title, date: none)
#set text(lang: sys.inputs.language, region: sys.inputs.region, font: "Source Sans Pro")
#set page(width: float(sys.inputs.width) * 1cm, height: float(sys.inputs.height) * 1cm, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.alt)
"""
_GET_BROWSER = {
    "darwin": "brew install --cask google-chrome",
    "win32": "winget install Google.Chrome",
}
_REGIONS = {"fr": "BE", "de": "BE", "nl": "BE", "en": "GB"}


@dataclass(frozen=True)
class Picture:
    """One chart to be drawn, and in which formats."""

    chart: Chart
    formats: Sequence[Format] = ("svg", "png")
    size: Size = PRESS
    theme: Theme = LIGHT


def draw(pictures: Iterable[Picture]) -> Iterator[dict[Format, bytes]]:
    """The files of each picture, in order, with one start of the browser.

    Raises `BrowserMissing` where there is no Chromium or Chrome.
    """
    wanted = list(pictures)
    if not wanted:
        return
    with _browser() as browser, font_folder() as fonts:
        typesetter = _typesetter(fonts)
        for picture in wanted:
            svg = _svg(browser, picture)
            files: dict[Format, bytes] = {}
            for form in picture.formats:
                is_svg = form == "svg"
                files[form] = svg.encode() if is_svg else _set(typesetter, picture, svg, form)
            yield files


def write(pictures: dict[Path, Picture]) -> list[Path]:
    """Writes each picture beside its path, with the suffix of each format; the files written."""
    written = []
    for path, files in zip(pictures, draw(pictures.values()), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        for form, content in files.items():
            file = path.with_suffix(f".{form}")
            file.write_bytes(content)
            written.append(file)
    return written


@contextmanager
def _browser() -> Iterator[Any]:
    """Kaleido with its browser, without MathJax and without any address of a CDN."""
    import kaleido
    from choreographer.errors import ChromeNotFoundError

    path = os.environ.get("ENNUM_BROWSER") or os.environ.get("BROWSER_PATH")
    options = {"path": path} if path else {}
    try:
        kaleido.start_sync_server(n=1, mathjax=False, silence_warnings=True, **options)
    except ChromeNotFoundError as error:
        raise _missing() from error
    try:
        yield kaleido
    finally:
        kaleido.stop_sync_server(silence_warnings=True)


def _missing() -> BrowserMissing:
    command = _GET_BROWSER.get(sys.platform, "sudo apt-get install chromium")
    return BrowserMissing(
        message("Charts need Chromium or Chrome, and none was found."),
        remedy=message("Run: {command} (or give its path: ENNUM_BROWSER=…)", command=command),
    )


def _svg(browser: Any, picture: Picture) -> str:
    size = picture.size
    options = {"format": "svg", "width": size.width, "height": size.height, "scale": 1}
    figure = figure_dict(picture.chart, size, picture.theme)
    return tidied(browser.calc_fig_sync(figure, options).decode(), picture)


def tidied(svg: str, picture: Picture) -> str:
    """Plotly's SVG with ids in order instead of random ones, a name and a description for who cannot
    see it, and its printed size."""
    marks = dict.fromkeys(re.findall(r'id="(?:defs-|topdefs-|clip|p|g)([0-9a-f]{6})', svg))
    for order, mark in enumerate(marks, 1):
        svg = svg.replace(mark, f"chart{order}")
    chart, size = picture.chart, picture.size
    head, rest = svg.split(">", 1)
    head = re.sub(r' (?:width|height|style|role|class)="[^"]*"', "", head)
    return (
        f'{head} width="{size.width_cm:g}cm" height="{size.height_cm:g}cm" role="img"'
        f' lang="{chart.language}" aria-labelledby="{chart.name}-title {chart.name}-alt">'
        f'<title id="{chart.name}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.name}-alt">{escape(chart.alt)}</desc>{rest}'
    )


def png_of(svg: str, *, title: str, alt: str, language: str, size: Size) -> bytes:
    """An SVG as PNG in the typeface of the package, without a browser."""
    with font_folder() as fonts:
        return _compiled(
            _typesetter(fonts), svg, "png", {"title": title, "alt": alt, "language": language}, size
        )


def _typesetter(fonts: Path) -> Any:
    import typst

    only_ours = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    return typst.Compiler(font_paths=only_ours)


def _set(typesetter: Any, picture: Picture, svg: str, form: Format) -> bytes:
    chart = picture.chart
    said = {"title": chart.title, "alt": chart.alt, "language": chart.language}
    return _compiled(typesetter, svg, form, said, picture.size)


def _compiled(typesetter: Any, svg: str, form: Format, said: dict[str, str], size: Size) -> bytes:
    inputs = {
        "svg": svg, **said, "region": _REGIONS[said["language"]],
        "width": f"{size.width_cm}", "height": f"{size.height_cm}",
    }  # fmt: skip
    if form == "png":
        dots = size.width * size.scale / (size.width_cm / 2.54)
        result = typesetter.compile(input=_PAGE.encode(), format="png", ppi=dots, sys_inputs=inputs)
    else:
        result = typesetter.compile(
            input=_PAGE.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=0,
            sys_inputs=inputs,
        )  # fmt: skip
    assert isinstance(result, bytes)
    return result
