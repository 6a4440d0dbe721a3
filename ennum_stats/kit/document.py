"""The kit as a document: pandoc's nodes, and the cards, charts and tables that stand among them.

A text is parsed once into pandoc's JSON tree (plain dictionaries), changed in Python, and written by
pandoc again. What the texts say, and how Word and PDF look, is known elsewhere.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ennum_stats.table import Row, TableOf
from ennum_stats.wording import KeyFigure

Node = dict[str, Any]
"""A block or an inline of pandoc's tree: `t` is its kind, `c` what it holds."""

READER = "markdown-smart-tex_math_dollars-citations"


def parse(markdown: str) -> Node:
    """A Markdown text as pandoc's tree."""
    tree: Node = json.loads(_pandoc(["--from", READER, "--to", "json"], markdown))
    return tree


def write(tree: Node, to: str, *options: str, folder: Path | None = None) -> str:
    """A tree in another format; files that it names are looked for in `folder`."""
    return _pandoc(["--from", "json", "--to", to, *options], json.dumps(tree), folder)


def _pandoc(options: list[str], text: str, folder: Path | None = None) -> str:
    # Pandoc's own clock would be in the Word file; an old date is overwritten by ours in any case.
    environment = os.environ | {"SOURCE_DATE_EPOCH": "946684800"}
    done = subprocess.run(
        [_program(), *options], input=text.encode(), capture_output=True, check=False, cwd=folder,
        env=environment,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"pandoc: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode()


@lru_cache(maxsize=1)
def _program() -> str:
    import pypandoc

    path: str = pypandoc.get_pandoc_path()
    return path


# --- reading nodes ------------------------------------------------------------------------------------


def attributes(node: Node) -> dict[str, str]:
    """The key=value attributes of a Div or Span."""
    return dict(node["c"][0][2])


def without_classes(header: Node) -> Node:
    """A heading that is no longer marked for anything."""
    level, (name, _, values), inlines = header["c"]
    return {"t": "Header", "c": [level, [name, [], values], inlines]}


def plain_text(value: Any) -> str:
    """The letters of a node or of a list of nodes, without their form."""
    if isinstance(value, list):
        return "".join(plain_text(item) for item in value)
    if not isinstance(value, dict):
        return ""
    match value.get("t"):
        case "Str" | "Code":
            return str(value["c"] if value["t"] == "Str" else value["c"][1])
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case _:
            return plain_text(value.get("c", []))


def walk(value: Any) -> Iterator[Node]:
    """Every node at or below a value."""
    if isinstance(value, list):
        for item in value:
            yield from walk(item)
    elif isinstance(value, dict):
        yield value
        yield from walk(value.get("c", []))


def replaced(value: Any, change: Callable[[Node], list[Node] | None]) -> Any:
    """The same with each node replaced by what `change` gives; where it gives None, looked into."""
    if isinstance(value, list):
        result: list[Any] = []
        for item in value:
            new = change(item) if isinstance(item, dict) and "t" in item else None
            result += [replaced(item, change)] if new is None else new
        return result
    if isinstance(value, dict):
        return {key: replaced(item, change) for key, item in value.items()}
    return value


# --- making nodes -------------------------------------------------------------------------------------


def text(words: str) -> list[Node]:
    """Words as inlines; plain spaces may break, no-break spaces stay in their word."""
    nodes: list[Node] = []
    for index, word in enumerate(words.split(" ")):
        if index:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes


def span(inlines: Iterable[Node], **values: str) -> Node:
    """A span with attributes."""
    return {"t": "Span", "c": [["", [], [list(item) for item in values.items()]], list(inlines)]}


def raw_inline(form: str, code: str) -> Node:
    """Code of a format inside a paragraph."""
    return {"t": "RawInline", "c": [form, code]}


def raw_block(form: str, code: str) -> Node:
    """Code of a format between paragraphs."""
    return {"t": "RawBlock", "c": [form, code]}


def styled(style: str, blocks: list[Node]) -> Node:
    """Blocks in a paragraph style of Word."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}


def paragraph(inlines: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def image(path: str, alt: str, width: str) -> Node:
    """A picture with the text that stands for it."""
    return {"t": "Image", "c": [["", [], [["width", width]]], text(alt), [path, ""]]}


@dataclass(frozen=True)
class Card:
    """A figure to be quoted: the number large, its precision words, what it is, date and source."""

    figure: str
    key: KeyFigure
    label: str
    evidence: str
    programme: str = ""
    """Whose colour it has; empty for what belongs to no single programme."""


@dataclass(frozen=True)
class Cards:
    """The figures of the first page, with their heading and a note."""

    heading: str
    note: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class ChartPlace:
    """A chart in the text."""

    name: str
    number: int
    caption: str
    alt: str


@dataclass(frozen=True)
class DataTable(TableOf[Row]):
    """A table of words on a page, with its number among those of the text."""

    number: int = 0
    is_dense: bool = False
    """Set small: a list to look something up in."""


def part_node(part: Cards | ChartPlace | DataTable) -> Node:
    """A part as a node of the text; outputs replace it before pandoc sees the tree."""
    return {"t": type(part).__name__, "c": part}


CONTENTS = "Contents"
"""The kind of the node that stands for the list of chapters; it holds its heading."""


def is_number(figure: Node) -> bool:
    """Whether a figure in the text is its number, rather than a date or a rate: numbers stand out."""
    token = attributes(figure)["figure"]
    return ":" not in token and not token.endswith(".when")


def kept_with_next(blocks: list[Node], keep: Callable[[Node], list[Node]]) -> list[Node]:
    """Blocks, with the paragraph before each chart or table changed by `keep`: it stays with them."""
    result: list[Node] = []
    for block, after in zip(blocks, [*blocks[1:], {"t": ""}], strict=True):
        is_lead = block["t"] == "Para" and after["t"] in (ChartPlace.__name__, DataTable.__name__)
        result += keep(block) if is_lead else [block]
    return result
