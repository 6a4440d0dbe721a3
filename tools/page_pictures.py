"""Make pictures of every page of a running dashboard, to be looked at before a release.

    python -m tools.page_pictures http://127.0.0.1:8050 FOLDER

Each page in four languages and three widths, light and dark, on paper and without a script, and the wall: one
sheet of small pictures for each language and way. `ENNUM_BROWSER` is the path of Chromium or Chrome.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
from PIL import Image

from bench.browser import opened
from dashboards.registry import all_pages
from ennum_stats.languages import LANGUAGES
from tools.contact_sheet import Named, sheets

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHOWN_WIDTH, SHOWN_HEIGHT = 480, 1400
"""How large a page is on its sheet, in px; what is longer is cut."""
GOES_LIVE_MS = 900


@dataclass(frozen=True)
class Way:
    """How pages are seen: the name of the sheet, the window, the end of the addresses."""

    name: str
    width: int
    scheme: str = "light"
    has_scripts: bool = True
    search: str = ""
    is_paper: bool = False


WAYS = (
    *(Way(f"{px}-{scheme}", px, scheme) for px in (320, 768, 1280) for scheme in ("light", "dark")),
    Way("no-script", 1280, has_scripts=False),
    Way("print", 1280, is_paper=True),
    Way("wall", 1920, search="?display=wall"),
)


def pictures(browser: Browser, server: str, language: str, way: Way) -> Iterator[Named]:
    """Give each page as it is seen in one way; of the wall there is one page."""
    options: dict[str, Any] = {"color_scheme": way.scheme, "java_script_enabled": way.has_scripts}
    context = browser.new_context(
        viewport={"width": way.width, "height": 1080 if way.search else 900}, **options
    )
    page = context.new_page()
    for one in all_pages().values():
        if one.is_listed and not (way.search and one.path):
            page.goto(f"{server}/{language}/{one.path}{way.search}")
            yield from _seen(page, one.path or "overview", way)
    context.close()


def _seen(page: Page, name: str, way: Way) -> Iterator[Named]:
    if way.is_paper:
        yield from _on_paper(page, name)
        return
    if way.has_scripts:
        page.wait_for_timeout(GOES_LIVE_MS)
    taken = Image.open(io.BytesIO(page.screenshot(full_page=not way.search))).convert("RGB")
    height = round(taken.height * SHOWN_WIDTH / taken.width)
    shown = taken.resize((SHOWN_WIDTH, height)).crop((0, 0, SHOWN_WIDTH, min(height, SHOWN_HEIGHT)))
    yield name, shown


def _on_paper(page: Page, name: str) -> Iterator[Named]:
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    for number, sheet in enumerate(document, start=1):
        yield f"{name} {number}", sheet.render(scale=SHOWN_WIDTH / sheet.get_width()).to_pil()
    document.close()


def main(arguments: Sequence[str]) -> None:
    """Write the sheets of the dashboard named into the folder named."""
    server, out = arguments[0].rstrip("/"), Path(arguments[1])
    out.mkdir(parents=True, exist_ok=True)
    with opened() as browser:
        for language in LANGUAGES:
            for way in WAYS:
                made = sheets(pictures(browser, server, language, way), 4, 2)
                for number, sheet in enumerate(made, start=1):
                    target = out / f"{language}-{way.name}-{number}.png"
                    sheet.save(target)
                    print(target)


if __name__ == "__main__":
    main(sys.argv[1:])
