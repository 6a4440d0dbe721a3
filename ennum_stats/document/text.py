"""Write blocks as Markdown, for files that people read as they are."""

from __future__ import annotations

import re
from typing import Any

from ennum_stats.document import blocks as doc

_SIGNS = re.compile(r"([\\`*_\[\]<>])")


def markdown_of(blocks: doc.Blocks) -> str:
    """Write headings, paragraphs, lists and quotations; other blocks have no place in running text."""
    return "\n\n".join(filter(None, map(_block, doc.flat(blocks)))) + "\n"


def _block(block: Any) -> str:
    match block:
        case doc.Heading():
            return f"{'#' * block.level} {_words(block.inlines)}"
        case doc.Paragraph():
            return _words(block.inlines)
        case doc.Bullets():
            signs = (f"{at}. " if block.is_numbered else "- " for at in range(1, len(block.items) + 1))
            return "\n".join(sign + _words(item) for sign, item in zip(signs, block.items, strict=True))
        case doc.Quotation():
            return "\n".join(f"> {_words(inner.inlines)}" for inner in block.blocks)
    return ""


def _words(inlines: Any) -> str:
    match inlines:
        case tuple():
            return "".join(map(_words, inlines))
        case doc.Strong():
            return f"**{_words(inlines.inlines)}**"
        case _:
            return _SIGNS.sub(r"\\\1", doc.plain_text(inlines))
