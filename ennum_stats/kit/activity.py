"""Find in the files of a kit what would run, fetch or call elsewhere when a newsroom opens them: nothing may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ennum_stats.errors import Message, message
from ennum_stats.files.office import inspect_office

OFFICE = (".docx", ".pptx", ".xlsx")
_RUN = ("script", "iframe", "object", "embed", "base", "form")
_FETCHED = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//|\s*javascript:", re.IGNORECASE)
_FETCHED_BY_STYLE = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?:[a-z]+:)?//", re.IGNORECASE)
_NAMES_ALONE = ("canonical", "alternate", "license")
"""What a page says of itself by an address that no browser asks."""


def active_in(path: Path) -> Iterator[Message]:
    """Give what is active in a file of a kit, in words; nothing of pictures and plain text, nor of a damaged file,
    which its checksum names."""
    suffix = path.suffix.lower()
    if suffix in OFFICE:
        inspection = inspect_office(path.read_bytes())
        yield from (finding.found for finding in inspection.findings if inspection.is_readable)
    elif suffix in (".html", ".svg"):
        page = _OpenedPage()
        page.feed(path.read_text("utf-8", errors="replace"))
        for what in dict.fromkeys(page.active):
            yield message("It holds {what}.", what=what)
    elif suffix == ".pdf":
        for what in dict.fromkeys(_active_in_pdf(path)):
            yield message("It holds {what}.", what=what)


class _OpenedPage(HTMLParser):
    """Read a page or drawing: `active` is what runs or is fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        values = {name: value or "" for name, value in attrs}
        is_named = tag == "a" or values.get("rel", "") in _NAMES_ALONE
        if tag in _RUN:
            self.active.append(f"<{tag}>")
        for name, value in values.items():
            is_address = name in ("src", "srcset", "poster", "href", "xlink:href", "background")
            is_far = is_address and _FETCHED.match(value) and (not is_named or "script" in value[:12].lower())
            if name.startswith("on") or is_far or (name == "style" and _FETCHED_BY_STYLE.search(value)):
                self.active.append(f"<{tag} {name}>")

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        """Look at the rules of styles."""
        if self.lasttag == "style" and _FETCHED_BY_STYLE.search(data):
            self.active.append("<style>")


def _active_in_pdf(path: Path) -> Iterator[str]:
    """Name what a PDF does by itself, and its links that lead to more than a page or an address."""
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        root: Any = reader.trailer["/Root"]
    except (pypdf.errors.PyPdfError, KeyError, ValueError, OSError):
        return
    yield from (name for name in ("/OpenAction", "/AA") if name in root)
    yield from (name for name in ("/JavaScript", "/EmbeddedFiles") if name in root.get("/Names", {}))
    for page in reader.pages:
        yield from (name for name in ("/AA",) if name in page)
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A", {})
            if action and action.get_object().get("/S") not in ("/URI", "/GoTo"):
                yield str(action.get_object().get("/S"))
