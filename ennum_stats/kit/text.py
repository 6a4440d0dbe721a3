"""Read the texts of the kit as blocks that are not filled yet: figures, charts and tables are named in them.

A text is Markdown of a few kinds (headings, paragraphs, lists, quotations, `**strong**`) with this notation;
nothing here knows what it says:

- `{{name}}` is a figure in words (aspects: see `Edition.words`);
- `[…]{known=a}` and `::: {known="a b"}` stand only where their conditions hold
  (`ennum_stats.kit.conditions`); one may stand inside another; what proves a sentence is such a condition
  too, or `defines=` (`ennum_stats.kit.proofs`);
- `![caption](chart:name)` is a chart, `::: {table=name}` a table with the block's words as its caption,
  `::: {key-figures="a b|c"}` the cards of the first page: the first six that are known
  (`b|c`: the first of both), `::: {contents=true}` the table of contents, `::: {annex=true}` where the annex
  begins, a file of its own;
- `{{see:chart:name}}` and `{{see:table:name}}` refer to one by its number, in brackets, where the text
  shows it; `{{number:chart:name}}` is the number alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from ennum_stats.document import blocks as doc
from ennum_stats.document.control import fingerprint

PROOFS = frozenset({"quotes", "defines"})
"""The conditions that prove words without a number."""
TOKEN = re.compile(r"\{\{([a-zA-Z0-9_.:]+)\}\}")
_TEXTS = Path(__file__).parent / "texts"
TEXTS = ("press-kit", "release")
"""The names of the texts of each language."""
_MARK = re.compile(TOKEN.pattern + r"|\*\*|\[|\]\{([^{}]*)\}")
_ATTRIBUTE = re.compile(r'([\w-]+)=(?:"([^"]*)"|(\S+))')
_HEADING = re.compile(r"(#+) (.*)")
_CHART = re.compile(r"!\[(.*)\]\(chart:(\w+)\)")
_ITEM = re.compile(r"(?:-|(\d+)\.) (.*)")


@dataclass(frozen=True)
class Token:
    """Hold the name of a figure in whose place its words are put."""

    name: str

    @property
    def words(self) -> str:
        """How a text writes it."""
        return f"{{{{{self.name}}}}}"


@dataclass(frozen=True)
class Conditional:
    """Hold blocks that stand only where conditions hold, under the name of them as sentences."""

    blocks: doc.Blocks
    key: str
    conditions: Mapping[str, str]


@dataclass(frozen=True)
class ChartPlace:
    """Hold the place of a chart, by its name."""

    name: str
    caption: str


@dataclass(frozen=True)
class TablePlace:
    """Hold the place of a table, by its name."""

    name: str
    caption: str


@dataclass(frozen=True)
class CardsPlace:
    """Hold the place of the key figures: for each card names, of which the first that is known is shown."""

    choices: tuple[tuple[str, ...], ...]
    heading: str
    note: str


@dataclass(frozen=True)
class AnnexPlace:
    """Hold the place from which on a text is its annex, with the title of that."""

    title: str


@dataclass(frozen=True)
class KitText:
    """Hold a text as it is written: its title, what kind of text it is, and its blocks."""

    title: str
    kind: str
    blocks: doc.Blocks

    @property
    def charts(self) -> list[str]:
        """The names of the charts that it shows, in its order."""
        return [part.name for part in parts_of(self.blocks) if isinstance(part, ChartPlace)]


def text_of(language: str, name: str = "press-kit") -> str:
    """Read a text of the kit in a language as it is written: the kit itself, or another ("release")."""
    return (_TEXTS / language / f"{name}.md").read_text("utf-8")


@lru_cache(maxsize=8)
def kit_text(language: str, name: str = "press-kit") -> KitText:
    """Read a text of the kit in a language; once a process."""
    return read_text(text_of(language, name))


def languages_of_texts() -> tuple[str, ...]:
    """List the languages in which there is a text."""
    return tuple(sorted(path.parent.name for path in _TEXTS.glob("*/press-kit.md")))


def read_text(text: str) -> KitText:
    """Read a text from its notation."""
    _, head, body = text.split("---\n", 2)
    values = dict(line.split(": ", 1) for line in unescape(head).splitlines())
    return KitText(values["title"], values["subtitle"], tuple(_blocks(iter(body.splitlines()))))


def parts_of(blocks: doc.Blocks) -> Iterator[Any]:
    """Yield every block and inline of a text that is not filled yet, in its order."""
    for part in blocks:
        yield part
        for inside in (
            getattr(part, "blocks", ()),
            getattr(part, "inlines", ()),
            *getattr(part, "items", ()),
        ):
            yield from parts_of(inside)


def sentence_key(conditions: Mapping[str, str], words: str) -> str:
    """Name a sentence by what it rests on and its words before they are filled, so that it is found again in
    the text of another day."""
    return "s" + fingerprint(f"{sorted(conditions.items())} {words}")


def _blocks(lines: Iterator[str]) -> Iterator[Any]:
    """Read lines to the end of the block that they stand in."""
    items: list[doc.Inlines] = []
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item:
            is_numbered = item[1] is not None
            items.append(read_line(item[2]))
            continue
        if items:
            yield doc.Bullets(tuple(items), is_numbered)
            items = []
        if line == ":::":
            return
        if line.startswith(":::"):
            yield _part(read_attributes(line), tuple(_blocks(lines)))
        elif heading := _HEADING.fullmatch(line):
            inlines = read_line(heading[2])
            yield doc.Heading(len(heading[1]), inlines, doc.anchor_of(doc.plain_text(inlines)))
        elif chart := _CHART.fullmatch(line):
            yield ChartPlace(chart[2], unescape(chart[1]))
        elif line.startswith("> "):
            yield doc.Quotation((doc.Paragraph(read_line(line[2:])),))
        elif line:
            yield doc.Paragraph(read_line(line))
    if items:
        yield doc.Bullets(tuple(items), is_numbered)


def _part(values: Mapping[str, str], blocks: doc.Blocks) -> Any:
    if "table" in values:
        return TablePlace(values["table"], doc.plain_text(blocks))
    if "key-figures" in values:
        heading, *notes = map(doc.plain_text, blocks)
        choices = tuple(tuple(choice.split("|")) for choice in values["key-figures"].split())
        return CardsPlace(choices, heading, " ".join(notes))
    if "contents" in values:
        return doc.Contents(doc.plain_text(blocks))
    if "annex" in values:
        return AnnexPlace(doc.plain_text(blocks))
    return Conditional(blocks, sentence_key(values, doc.plain_text(blocks)), values)


def read_attributes(text: str) -> dict[str, str]:
    """Read what stands between braces: names, each with its value."""
    return {name: quoted or plain for name, quoted, plain in _ATTRIBUTE.findall(text.strip("{}: "))}


def read_line(text: str) -> doc.Inlines:
    """Read a line: its names, and what is strong or stands on conditions."""
    text, at = unescape(text), 0
    open_parts: list[list[Any]] = [[]]
    is_strong = False
    for mark in _MARK.finditer(text):
        if mark.start() > at:
            open_parts[-1].append(text[at : mark.start()])
        at = mark.end()
        if mark[1]:
            open_parts[-1].append(Token(mark[1]))
        elif mark[0] == "[" or (mark[0] == "**" and not is_strong):
            open_parts.append([])
            is_strong = is_strong or mark[0] == "**"
        elif mark[0] == "**":
            inner = tuple(open_parts.pop())
            open_parts[-1].append(doc.Strong(inner))
            is_strong = False
        else:
            inner, conditions = tuple(open_parts.pop()), read_attributes(mark[2])
            key = "" if PROOFS.issuperset(conditions) else sentence_key(conditions, doc.plain_text(inner))
            open_parts[-1].append(doc.Sentence(inner, key, conditions))
    (read,) = open_parts
    return (*read, text[at:]) if at < len(text) else tuple(read)
