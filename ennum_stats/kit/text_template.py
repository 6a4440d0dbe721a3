"""Fill the text with figures, charts and tables, and leave out what was not known on the day.

The text uses this notation; nothing here knows what it says:

- `{{name}}` is a figure in words (aspects: see `Edition.words`);
- `[…]{known=a}` and `::: {known="a b"}` stand only where their conditions hold
  (`ennum_stats.kit.conditions`); one may stand inside another;
- `![caption](chart:name)` is a chart, `::: {table=name}` a table with the block's words as its caption,
  `::: {key-figures="a b|c"}` the cards of the first page: the first six that are known
  (`b|c`: the first of both);
- `{{see:chart:name}}` and `{{see:table:name}}` refer to one by its number, in brackets, where the text
  shows it; `{{number:chart:name}}` is the number alone.

A paragraph or item with a figure that is not known is left out whole, and so is a heading with nothing
below it: a text stays true on any day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from ennum_stats.errors import message
from ennum_stats.kit.conditions import CLAIMS, has_conditions, hold, sentence_key
from ennum_stats.kit.document import (
    CONTENTS,
    REFERS,
    Card,
    Cards,
    ChartPlace,
    DataTable,
    Node,
    attributes,
    part_node,
    plain_text,
    span,
    text,
    walk,
)
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import evidence, programme_of
from ennum_stats.kit.programme_tables import TABLES
from ennum_stats.typography import FRENCH_SIGNS, NBSP, typeset

TOKEN = re.compile(r"\{\{([a-zA-Z0-9_.:]+)\}\}")
_CHART, _TABLE = "chart:", "table:"
_SEE, _NUMBER = "see", "number"
_SEEN_AS = {_CHART: message("(chart {number})"), _TABLE: message("(table {number})")}
_GIVEN = "publisher:"
_CARDS = 6
_TEXTS = Path(__file__).parent / "texts"


def text_of(language: str, name: str = "press-kit") -> str:
    """Read a text of the kit in a language: that of the kit itself, or another ("release")."""
    return (_TEXTS / language / f"{name}.md").read_text("utf-8")


def languages_of_texts() -> tuple[str, ...]:
    """List the languages in which there is a text."""
    return tuple(sorted(path.parent.name for path in _TEXTS.glob("*/press-kit.md")))


def titles_of(edition: Edition, tree: Node) -> tuple[str, str]:
    """Give the title of a text, and what kind of text it is and whose."""
    title, kind = (
        typeset(plain_text(tree["meta"][key]), edition.language) for key in ("title", "subtitle")
    )
    return title, f"{kind} · {edition.publisher_name}"


def charts_named(tree: Node) -> list[str]:
    """List the charts that a text shows, in its order."""
    images = [node for node in walk(tree["blocks"]) if node.get("t") == "Image"]
    return [node["c"][2][0].removeprefix(_CHART) for node in images]


def _picture_in(block: Node) -> Node:
    return next(node for node in walk(block["c"][2]) if node.get("t") == "Image")


def _chart_in(block: Node) -> str:
    """Name the chart that a figure of the text shows."""
    return str(_picture_in(block)["c"][2][0]).removeprefix(_CHART)


@dataclass
class Resolver:
    """Put an edition's numbers into a text; `alts` are the charts that have something to draw, with their
    alternative texts."""

    edition: Edition
    alts: dict[str, str]
    _numbers: dict[str, int] = field(default_factory=dict)
    """The number of each chart and table that the text shows, by its key."""
    _tables: dict[str, DataTable] = field(default_factory=dict)

    def resolved(self, tree: Node) -> Node:
        """Return the tree with figures, charts and tables in their places; these are nodes that pandoc does
        not know."""
        self._count(tree["blocks"])
        blocks = _without_empty_headings(self._blocks(tree["blocks"]))
        return tree | {"blocks": blocks}

    def sentence(self, node: Node) -> str:
        """Write a sentence that rests on conditions; empty where they do not hold."""
        return plain_text(self._inlines([node]))

    def _count(self, blocks: list[Node]) -> None:
        """Number the charts and the tables that the text shows on the day, each kind in its order, before
        anything refers to them."""
        for block in blocks:
            if block["t"] == "Figure":
                key = f"{_CHART}{_chart_in(block)}"
                is_shown = _chart_in(block) in self.alts
            elif block["t"] == "Div" and hold(self.edition, values := attributes(block)):
                self._count(block["c"][1])
                key = f"{_TABLE}{values.get('table')}"
                is_shown = "table" in values and bool(self._made(values["table"]).rows)
            else:
                continue
            if is_shown:
                kind = key.partition(":")[0]
                self._numbers[key] = 1 + sum(one.startswith(kind) for one in self._numbers)

    def _made(self, name: str) -> DataTable:
        if name not in self._tables:
            self._tables[name] = TABLES[name](self.edition)
        return self._tables[name]

    # --- blocks -------------------------------------------------------------------------------------

    def _blocks(self, blocks: list[Node]) -> list[Node]:
        return [new for block in blocks for new in self._block(block)]

    def _block(self, block: Node) -> list[Node]:
        kind = block["t"]
        if kind == "Div":
            return self._div(block)
        if kind == "Figure":
            return self._chart(block)
        if kind in ("BulletList", "OrderedList"):
            return self._list(block)
        if kind in ("Para", "Plain"):
            inlines = self._inlines(block["c"])
            return [{"t": kind, "c": inlines}] if inlines else []
        if kind == "BlockQuote":
            quoted = self._blocks(block["c"])
            return [block | {"c": quoted}] if quoted else []
        if kind == "Header":
            level, attr, inlines = block["c"]
            return [{"t": kind, "c": [level, attr, self._inlines(inlines)]}]
        return [block]

    def _list(self, block: Node) -> list[Node]:
        items = block["c"] if block["t"] == "BulletList" else block["c"][1]
        left = [new for item in items if (new := self._blocks(item))]
        if not left:
            return []
        return [block | {"c": left if block["t"] == "BulletList" else [block["c"][0], left]}]

    def _div(self, block: Node) -> list[Node]:
        values = attributes(block)
        if not hold(self.edition, values):
            return []
        caption = self._plain(block["c"][1])
        if "table" in values:
            return self._table(values["table"], caption)
        if "key-figures" in values:
            return [part_node(self._cards(values["key-figures"].split(), block["c"][1]))]
        if "contents" in values:
            return [{"t": CONTENTS, "c": caption}]
        blocks = self._blocks(block["c"][1])
        claims = {test: of for test, of in values.items() if test in CLAIMS}
        return [_as_sentence(one, block, claims) for one in blocks] if claims else blocks

    def _table(self, name: str, caption: str) -> list[Node]:
        table = self._made(name)
        if not table.rows:
            return []
        number = self._numbers[f"{_TABLE}{name}"]
        return [part_node(replace(table, caption=caption, number=number, name=name))]

    def _chart(self, block: Node) -> list[Node]:
        name = _chart_in(block)
        if name not in self.alts:
            return []
        caption = self._plain(_picture_in(block)["c"][1])
        told = [self.edition.words(f"{_CHART}{name}.{of}") for of in ("title", "subtitle", "note")]
        place = ChartPlace(name, self._numbers[f"{_CHART}{name}"], caption, self.alts[name], *told)
        return [part_node(place)]

    def _cards(self, names: list[str], blocks: list[Node]) -> Cards:
        chosen = [self._first_known(choice.split("|")) for choice in names]
        heading, *notes = [self._plain([block]) for block in blocks]
        cards = tuple([self.card(name) for name in chosen if name][:_CARDS])
        return Cards(heading, " ".join(notes), cards)

    def _first_known(self, names: list[str]) -> str:
        return next((name for name in names if self.edition.can_say(name)), "")

    def card(self, name: str) -> Card:
        """Make the card of a figure that is known."""
        edition, figure = self.edition, self.edition.figure(name)
        return Card(
            figure.name,
            edition.key_figure(name),
            figure.label(edition.language),
            evidence(edition, figure),
            programme_of(figure),
        )

    # --- inlines ------------------------------------------------------------------------------------

    def _plain(self, blocks: list[Node]) -> str:
        return typeset(plain_text(blocks), self.edition.language)

    def _inlines(self, inlines: list[Node]) -> list[Node]:
        """Return inlines with their figures; nothing where one of these is not known."""
        filled = _trimmed(self._filled(inlines) or [])
        return _grouped(_tied(filled) if self.edition.language == "fr" else filled)

    def _filled(self, inlines: list[Node]) -> list[Node] | None:
        """Put figures into inlines; `None` where one of these is not known."""
        result: list[Node] = []
        for node in inlines:
            new = self._inline(node)
            if new is None:
                return None
            result += new
        return result

    def _inline(self, node: Node) -> list[Node] | None:
        if node["t"] == "Str":
            return self._string(node["c"])
        if node["t"] == "Span" and has_conditions(node):
            values = attributes(node)
            filled = (self._filled(node["c"][1]) or []) if hold(self.edition, values) else []
            sentence = sentence_key(node), tuple(values.items())
            return [one | {_WITHIN: (sentence, *one.get(_WITHIN, ()))} for one in filled]
        if node["t"] in ("Strong", "Emph"):
            return [{"t": node["t"], "c": self._inlines(node["c"])}]
        return [node]

    def _string(self, words: str) -> list[Node] | None:
        result: list[Node] = []
        for index, part in enumerate(TOKEN.split(words)):
            if index % 2 == 0:
                result += text(part) if part else []
                continue
            how, _, of = part.partition(":")
            if how in (_SEE, _NUMBER):
                result += self._reference(how, of)
                continue
            if not self.edition.can_say(part.split(".")[0]):
                return None
            inlines = text(self.edition.words(part))
            if part.startswith(_GIVEN):  # words of the publisher, which no number changes
                result += inlines
                continue
            result.append(span(inlines, figure=self._by_name(part), token=part))
        return result

    def _reference(self, how: str, of: str) -> list[Node]:
        """Refer to a chart or table by its number; nothing where the text does not show it."""
        if of not in self._numbers:
            return []
        number = span(text(str(self._numbers[of])), **{REFERS: of})
        if how == _NUMBER:
            return [number]
        told = _SEEN_AS[of.partition(":")[0] + ":"]
        before, after = self.edition.t(told.text, number="\x00").split("\x00")
        return [*text(before.replace(" ", NBSP)), number, *text(after)]

    def _by_name(self, token: str) -> str:
        """Name the figure of a token as the catalogue does, where the text names its call by a role."""
        if ":" in token:
            return token
        name, dot, aspect = token.partition(".")
        return self.edition.figure(name).name + dot + aspect


_WITHIN = "within"
"""Where an inline keeps in which sentences it stands, the outermost first, until they are made of them."""


def _as_sentence(block: Node, source: Node, claims: dict[str, str]) -> Node:
    """Make the words of a paragraph one sentence that rests on the conditions of its block."""
    if block["t"] not in ("Para", "Plain"):
        return block
    return block | {"c": [span(block["c"], sentence=sentence_key(source), **claims)]}


def _grouped(inlines: list[Node], depth: int = 0) -> list[Node]:
    """Make a span of the inlines of each sentence."""

    def sentence_of(node: Node) -> Any:
        within = node.get(_WITHIN, ())
        return within[depth] if depth < len(within) else None

    result: list[Node] = []
    for sentence, nodes in groupby(inlines, sentence_of):
        if sentence is None:
            result += [{key: node[key] for key in node if key != _WITHIN} for node in nodes]
        else:
            key, values = sentence
            result.append(span(_grouped(list(nodes), depth + 1), sentence=key, **dict(values)))
    return result


_SPACES = ("Space", "SoftBreak")


def _trimmed(inlines: list[Node]) -> list[Node]:
    """Remove the spaces that omitted parts leave: at both ends, repeated, and before a full stop or comma."""
    result: list[Node] = []
    for node in inlines:
        if node["t"] in _SPACES and (not result or result[-1]["t"] in _SPACES):
            continue
        if node["t"] == "Str" and node["c"].startswith((".", ",")):
            while result and result[-1]["t"] in _SPACES:
                result.pop()
        result.append(node)
    while result and result[-1]["t"] in _SPACES:
        result.pop()
    return result


def _tied(inlines: list[Node]) -> list[Node]:
    """Make the spaces before French punctuation and inside quotation marks no-break spaces."""
    result: list[Node] = []
    for node, after in pairwise([*inlines, {"t": ""}]):
        is_tied = node["t"] == "Space" and (
            (after["t"] == "Str" and after["c"].startswith(FRENCH_SIGNS))
            or (bool(result) and plain_text(result[-1]).endswith("«"))
        )
        result.append(node | {"t": "Str", "c": NBSP} if is_tied else node)
    return result


def _without_empty_headings(blocks: list[Node]) -> list[Node]:
    """Remove headings with nothing below them."""
    result: list[Node] = []
    level_below = 0
    for block in reversed(blocks):
        level: Any = block["c"][0] if block["t"] == "Header" else 9
        if level < 9 and level_below in range(1, level + 1):
            continue
        if level < 9 and not result:
            continue
        level_below = level
        result.append(block)
    return result[::-1]
