"""Charts as files: SVG, PNG and PDF, the same bytes every time, without network.

Chromium (through Kaleido) turns a plotly figure into an SVG; it is started once for many charts. PNG
and PDF are made from that SVG by typst, with the typeface of the package: a browser's own pictures
would depend on the fonts of the machine, and Kaleido's PDF does not repeat. The SVG keeps its texts
as texts, to be searched, translated or corrected, and asks for Source Sans Pro, then Arial.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, Literal

from ennum_stats.charts.figure import figure_dict
from ennum_stats.charts.spec import Chart
from ennum_stats.charts.theme import LIGHT, PRESS, Size, Theme, font_folder
from ennum_stats.errors import BrowserMissing, message
from ennum_stats.languages import tag_of

Format = Literal["svg", "png", "pdf"]
_PAGE = """#set document(title: sys.inputs.title, date: none)
#set text(lang: sys.inputs.language, region: sys.inputs.region, font: "Source Sans Pro")
#set page(width: float(sys.inputs.width) * 1cm, height: float(sys.inputs.height) * 1cm, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.alt)
"""
_NOWHERE = "http://127.0.0.1:9"
"""The browser's proxy: nothing answers there, so that it can ask nothing of any network."""
_GET_BROWSER = {
    "darwin": "brew install --cask google-chrome",
    "win32": "winget install --id Google.Chrome",
}


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
    with font_folder() as fonts:
        typesetter = _typesetter(fonts)
        for picture, drawn in zip(wanted, _drawn(wanted), strict=True):
            svg = tidied(drawn, picture)
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


# --- the browser --------------------------------------------------------------------------------


def _drawn(pictures: Sequence[Picture]) -> Iterator[str]:
    """Plotly's SVG of each picture, in order. The browser draws the next one while the last is set.

    It runs in a thread with an event loop of its own, because a notebook's main thread has one already.
    Kaleido's own server for that purpose waits for ever where no browser can be started.
    """
    drawn: Queue[str | Exception] = Queue()
    browser = Thread(target=_draw_all, args=(pictures, drawn), daemon=True)
    browser.start()
    for _ in pictures:
        result = drawn.get()
        if isinstance(result, Exception):
            raise _explained(result) from result
        yield result
    browser.join()


def _draw_all(pictures: Sequence[Picture], drawn: Queue[str | Exception]) -> None:
    try:
        asyncio.run(_draw_each(pictures, drawn))
    except Exception as error:  # noqa: BLE001 - raised again where the pictures are awaited
        drawn.put(error)


async def _draw_each(pictures: Sequence[Picture], drawn: Queue[str | Exception]) -> None:
    """Kaleido with one browser, without MathJax and without any address of a CDN."""
    import kaleido

    path = os.environ.get("ENNUM_BROWSER") or os.environ.get("BROWSER_PATH")
    options = {"path": path} if path else {}
    options["proxy_server"] = _NOWHERE
    async with kaleido.Kaleido(n=1, mathjax=False, **options) as browser:
        for picture in pictures:
            figure = figure_dict(picture.chart, picture.size, picture.theme)
            size = {"width": picture.size.width, "height": picture.size.height, "scale": 1}
            svg = await browser.calc_fig(figure, {"format": "svg", **size})
            drawn.put(svg.decode())


def _explained(error: Exception) -> Exception:
    """What a person can do about a browser that is not there, or does not start."""
    from choreographer.errors import BrowserFailedError, ChromeNotFoundError

    command = _GET_BROWSER.get(sys.platform, "sudo apt-get install -y chromium")
    remedy = message("Run: {command} (or give its path: ENNUM_BROWSER=…)", command=command)
    if isinstance(error, ChromeNotFoundError):
        found = message("Charts need Chromium or Chrome, and none was found.")
        return BrowserMissing(found, remedy=remedy)
    if isinstance(error, BrowserFailedError):
        return BrowserMissing(message("The browser for the charts does not start."), remedy=remedy)
    return error


# --- files --------------------------------------------------------------------------------------


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
        "svg": svg, **said, "region": tag_of(said["language"]).split("-")[1],
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
