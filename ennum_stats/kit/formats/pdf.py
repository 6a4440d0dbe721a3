"""Write kit and annex as PDF: typst typesets it, tagged for accessibility (PDF/UA-1).

The text calls the functions of `press-kit.typ`, which says how they look. The same text and charts give the
same bytes: the file's date is the day known at.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from ennum_stats.document.blocks import Blocks, Cards
from ennum_stats.document.typst import (
    TypesettingFailed,
    array,
    call,
    card,
    colour,
    colours,
    save_charts,
    setting,
    text,
    typst_of,
)
from ennum_stats.drawing import theme
from ennum_stats.drawing.theme import typst_fonts
from ennum_stats.figures.figure import noticed
from ennum_stats.files.leavings import owned_folder
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.page_fill import MOST_PAGES, SPACINGS, End, awkwardness, first_to_float

_LOOK = Path(__file__).with_name("press-kit.typ")


class SetPages(NamedTuple):
    """Hold a document as PDF, and the page of each heading by its anchor."""

    pdf: bytes
    page_of: Mapping[str, int]


def write_pdf(edition: Edition, blocks: Blocks, title: str, kind: str, place: Path) -> SetPages:
    """Write the PDF of a filled text; it is made beside a `place` that is no other document's."""
    with owned_folder(place) as root:
        (root / "kit.typ").write_text(page_description(edition, blocks, title, kind), "utf-8")
        save_charts(blocks, root / "charts")
        save_logos(edition, root)
        is_kit = any(isinstance(block, Cards) for block in blocks)
        return _compiled(root, edition, MOST_PAGES if is_kit else math.inf)


def save_logos(edition: Edition, root: Path) -> None:
    """Write the publisher's logos where `logos_of` finds them."""
    for number, logo in enumerate(edition.publisher.pictures.get("logo", ())):
        (root / f"logo-{number}.png").write_bytes(logo)


def logos_of(edition: Edition) -> str:
    """Write the publisher's logos in typst's language."""
    return array(
        f'image("logo-{number}.png", height: {theme.LOGO_HEIGHT_CM}cm, alt: {text(edition.publisher_name)})'
        for number in range(len(edition.publisher.pictures.get("logo", ())))
    )


def _compiled(root: Path, edition: Edition, most_pages: float) -> SetPages:
    import typst

    moment = datetime.combine(edition.ledger.known_at, time(), UTC)
    try:
        attempts: list[tuple[tuple[bool, bool], Any]] = []
        for spacing in SPACINGS:
            compiler, ends = _filled(root, spacing)
            attempts.append((awkwardness(ends, most_pages), compiler))
            if not any(attempts[-1][0]):
                break
        _, compiler = min(attempts, key=lambda attempt: attempt[0])
        result, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards="ua-1", timestamp=int(moment.timestamp())
        )
    except typst.TypstError as error:
        raise TypesettingFailed(str(error)) from error
    if warnings:  # for typst an unknown font is only a warning: it takes another one
        raise TypesettingFailed("; ".join(str(warning) for warning in warnings))
    assert isinstance(result, bytes)
    return SetPages(result, dict(json.loads(compiler.query("<pages>", field="value", one=True))))


def _filled(root: Path, spacing: float) -> tuple[Any, list[End]]:
    """Set the pages in a spacing, with charts and tables at the head of a page where the one before would be
    left empty; give where their blocks end too."""
    import typst

    floating: list[str] = []
    while True:
        (root / "fit.json").write_text(json.dumps({"spacing": spacing, "floating": floating}), "utf-8")
        compiler = typst.Compiler(str(root / "kit.typ"), root=str(root), font_paths=typst_fonts())
        ends = [End(*end) for end in json.loads(compiler.query("<ends>", field="value", one=True))]
        key = first_to_float(ends, floating)
        if key is None:
            return compiler, ends
        floating.append(key)


def page_description(edition: Edition, blocks: Blocks, title: str, kind: str) -> str:
    """Write the whole document in typst's language: with key figures its head and these are a cover."""
    before, between = edition.page_words
    setup = call(
        "show: kit.with", title=text(title), known=_known(edition), **setting(edition.language),
        page_words=f"(n, all) => [#{text(before)}#n#{text(between)}#all]",
    )  # fmt: skip
    language = edition.language
    is_cover = any(isinstance(block, Cards) for block in blocks)
    head = _masthead(edition, kind, is_cover=is_cover)
    body = (
        call("cover", text(block.heading), text(block.note), array(map(card, block.cards)))
        if isinstance(block, Cards)
        else typst_of((block,), language)
        for block in blocks
    )
    return "\n\n".join((colours(), _LOOK.read_text("utf-8"), setup, head, *body, "#ends"))


def _known(edition: Edition) -> str:
    """Write the line with the day known at: in bold where it warns of something."""
    line = text(edition.known_line)
    return f"strong({line})" if noticed(edition.ledger, edition.language) else line


def _masthead(edition: Edition, kind: str, *, is_cover: bool) -> str:
    return call(
        "masthead", text(kind), is_cover=str(is_cover).lower(),
        lines=" + linebreak() + ".join((*map(text, edition.cover_lines[:-1]), _known(edition))),
        logos=logos_of(edition), colours=array(map(colour, theme.LIGHT.accents.values())),
    )  # fmt: skip
