"""Write the kit as one page for browsers: a single file that needs nothing else, accessible and printable."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from ennum_stats.document import blocks as doc
from ennum_stats.document.html import html_of
from ennum_stats.drawing.theme import FAMILY, LIGHT
from ennum_stats.drawing.web_look import WEB_WEIGHTS, page_colours, web_font
from ennum_stats.figures.figure import noticed
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.resting import with_proofs
from ennum_stats.languages import tag_of

_SPANS = {400: "100 500", 600: "501 900"}
"""Which weights each of the two files stands for."""
_STYLE = Path(__file__).with_name("press-kit.css")


def page_look() -> str:
    """Give the style sheet of the page, with its typeface in it: the same in all languages."""
    faces = "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{_SPANS[degree]};'
        f'src:url("data:font/woff2;base64,{b64encode(web_font(weight)).decode()}")}}\n'
        for weight, degree in WEB_WEIGHTS.items()
    )
    return f"{faces}{page_colours()}\n{_STYLE.read_text('utf-8')}"


def write_page(edition: Edition, blocks: doc.Blocks, title: str, kind: str, look: str) -> bytes:
    """Write the page of a filled text; what somebody says of it stands below the key figures."""
    quotes: doc.Blocks = ()
    if quoted := edition.given("quote"):
        quotes = (doc.Quotation((doc.Paragraph((quoted,)),), edition.given("quoted")),)
    shown = tuple(
        part for block in blocks for part in ((block, *quotes) if isinstance(block, doc.Cards) else (block,))
    )
    if edition.given("site_address"):
        shown = tuple(_linked(edition, block) for block in with_proofs(edition, shown))
    text = html_of(shown, edition.language, first_level=2)
    return _document(edition, title, kind, f"{_photo(edition)}{text}\n", look)


def _linked(edition: Edition, block: Any) -> Any:
    """Make the numbers of a block lead to their evidence."""
    match block:
        case doc.Paragraph():
            return replace(block, inlines=_with_links(edition, block.inlines))
        case doc.Bullets():
            return replace(block, items=tuple(_with_links(edition, item) for item in block.items))
        case doc.Quotation():
            return replace(block, blocks=tuple(_linked(edition, inner) for inner in block.blocks))
    return block


def _with_links(edition: Edition, inlines: doc.Inlines) -> doc.Inlines:
    result: list[Any] = []
    for inline in inlines:
        match inline:
            case doc.FigureWords() if inline.is_number:
                page = f"figure/{inline.figure.partition('.')[0]}"
                result.append(doc.Link((inline,), edition.address(page)))
            case doc.Strong() | doc.Sentence():
                result.append(replace(inline, inlines=_with_links(edition, inline.inlines)))
            case _:
                result.append(inline)
    return tuple(result)


def write_short_page(edition: Edition, title: str, kind: str, blocks: doc.Blocks, look: str) -> bytes:
    """Write a page of running text alone; its first heading is the title."""
    shown = tuple(block for block in blocks if not isinstance(block, doc.Heading) or block.level > 1)
    return _document(edition, title, kind, f"{html_of(shown, edition.language)}\n", look)


def _document(edition: Edition, title: str, kind: str, text: str, look: str) -> bytes:
    lines = "".join(f"<p>{escape(line)}</p>" for line in edition.cover_lines)
    logos = "".join(
        f'<img class="logo" src="{_data(logo)}" alt="{escape(edition.publisher_name)}">'
        for logo in edition.publisher.pictures.get("logo", ())
    )
    skip = escape(edition.t("Skip to the text"))
    return (
        f'<!DOCTYPE html>\n<html lang="{tag_of(edition.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(noticed(edition.ledger, edition.language, f'{title} – {kind}'))}</title>\n"
        f'<meta name="author" content="{escape(edition.publisher_name)}">\n'
        f"<style>\n{look}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#text">{skip}</a>\n'
        f'<header><div class="stripe" aria-hidden="true">{_stripe()}</div>{logos}'
        f'<p class="kind">{escape(kind)}</p><h1>{escape(title)}</h1>{lines}</header>\n'
        f'<main id="text">\n{text}</main>\n</body>\n</html>\n'
    ).encode()


def _photo(edition: Edition) -> str:
    photos = edition.publisher.pictures.get("photo", ())
    credit = edition.given("photo_credit")
    caption = f"<figcaption>{escape(credit)}</figcaption>" if credit else ""
    return "".join(
        f'<figure><img src="{_data(photo)}" alt="{escape(edition.given("photo_alt"))}">{caption}</figure>'
        for photo in photos
    )


def _data(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"


def _stripe() -> str:
    return "".join(
        f'<i style="background:var(--ink-{name.replace("_", "-")})"></i>' for name in LIGHT.accents
    )
