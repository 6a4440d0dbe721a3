"""Fill a text with figures, charts and tables, and leave out what was not known on the day.

A paragraph or item with a figure that is not known is left out whole, and so is a heading with nothing
below it: a text stays true on any day.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any

from ennum_stats.document import blocks as doc
from ennum_stats.errors import message
from ennum_stats.kit.conditions import CLAIMS, hold
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import evidence, programme_of
from ennum_stats.kit.programme_tables import TABLES
from ennum_stats.kit.text import AnnexPlace, CardsPlace, ChartPlace, Conditional, KitText, TablePlace, Token
from ennum_stats.typography import FRENCH_SIGNS, NBSP, typeset

_SEEN_AS = {"chart": message("(chart {number})"), "table": message("(table {number})")}
_CARDS = 6
_Within = tuple[doc.Sentence, ...]
"""The sentences in which a piece of a text stands, the outermost first."""
_Piece = tuple[Any, _Within]
"""A word, a space, or an inline that is none of both."""


def titles_of(edition: Edition, text: KitText) -> tuple[str, str]:
    """Give the title of a text, and what kind of text it is and whose."""
    title, kind = (typeset(words, edition.language) for words in (text.title, text.kind))
    return title, f"{kind} · {edition.publisher_name}"


def parted(blocks: doc.Blocks) -> tuple[doc.Blocks, str, doc.Blocks]:
    """Part the filled text of a kit: what stands in the kit itself, the title of the annex, and what stands there."""
    at = next(place for place, block in enumerate(blocks) if isinstance(block, AnnexPlace))
    contents = tuple(block for block in blocks if isinstance(block, doc.Contents))
    return blocks[:at], blocks[at].title, (*contents, *blocks[at + 1 :])


@dataclass
class Resolver:
    """Put an edition's numbers into a text; `drawn` are the charts that have something to draw."""

    edition: Edition
    drawn: Collection[str] = ()
    _numbers: dict[str, int] = field(default_factory=dict)
    """The number of each chart and table that the text shows, by its key."""
    _tables: dict[str, doc.WrittenTable] = field(default_factory=dict)

    def resolved(self, text: KitText) -> doc.Blocks:
        """Give the blocks of a text with figures, charts and tables in their places."""
        self._count(text.blocks)
        return _without_empty_headings(self._blocks(text.blocks))

    def sentence(self, sentence: doc.Sentence) -> str:
        """Write a sentence that rests on conditions; empty where they do not hold."""
        return doc.plain_text(self.filled((sentence,)))

    def _count(self, blocks: doc.Blocks) -> None:
        """Number the charts and the tables that the text shows on the day, each kind in its order, before
        anything refers to them."""
        for block in blocks:
            match block:
                case Conditional() if hold(self.edition, block.conditions):
                    self._count(block.blocks)
                case ChartPlace() if block.name in self.drawn:
                    self._add_number("chart", block.name)
                case TablePlace() if self._table(block.name).rows:
                    self._add_number("table", block.name)

    def _add_number(self, kind: str, name: str) -> None:
        self._numbers[f"{kind}:{name}"] = 1 + sum(key.startswith(kind) for key in self._numbers)

    def _table(self, name: str) -> doc.WrittenTable:
        if name not in self._tables:
            self._tables[name] = TABLES[name](self.edition)
        return self._tables[name]

    # --- blocks -------------------------------------------------------------------------------------

    def _blocks(self, blocks: doc.Blocks) -> doc.Blocks:
        return tuple(new for block in blocks for new in self._block(block))

    def _block(self, block: Any) -> doc.Blocks:
        match block:
            case doc.Heading():
                return (replace(block, inlines=self.filled(block.inlines)),)
            case doc.Paragraph():
                inlines = self.filled(block.inlines)
                return (doc.Paragraph(inlines),) if inlines else ()
            case doc.Bullets():
                items = tuple(filter(None, map(self.filled, block.items)))
                return (replace(block, items=items),) if items else ()
            case doc.Quotation():
                quoted = self._blocks(block.blocks)
                return (doc.Quotation(quoted),) if quoted else ()
            case Conditional():
                return self._conditional(block) if hold(self.edition, block.conditions) else ()
            case TablePlace():
                return self._table_at(block)
            case ChartPlace():
                if block.name not in self.drawn:
                    return ()
                number = self._numbers[f"chart:{block.name}"]
                return (doc.ChartBlock(self.edition.chart(block.name), number, self._set(block.caption)),)
            case CardsPlace():
                chosen = filter(None, map(self._first_known, block.choices))
                cards = tuple(self.card(name) for name in [*chosen][:_CARDS])
                return (doc.Cards(cards, self._set(block.heading), self._set(block.note)),)
            case doc.Contents():
                return (doc.Contents(self._set(block.heading)),)
            case AnnexPlace():
                return (AnnexPlace(self._set(block.title)),)
        raise ValueError(block)

    def _conditional(self, block: Conditional) -> doc.Blocks:
        """Give what stands on conditions: a paragraph on a claim is one sentence; what is quoted, and an item of
        a list, keeps what proves it, and no number changes it alone."""
        proofs = {test: of for test, of in block.conditions.items() if test in CLAIMS or test == "quotes"}
        key = block.key if CLAIMS & {*proofs} else ""

        def proved(inner: Any) -> Any:
            match inner:
                case doc.Paragraph():
                    return doc.Paragraph((doc.Sentence(inner.inlines, key, proofs),))
                case doc.Bullets():
                    items = tuple((doc.Sentence(item, "", proofs),) for item in inner.items)
                    return replace(inner, items=items)
            return inner

        filled = self._blocks(block.blocks)
        return tuple(map(proved, filled)) if proofs else filled

    def _table_at(self, place: TablePlace) -> doc.Blocks:
        table = self._table(place.name)
        if not table.rows:
            return ()
        number = self._numbers[f"table:{place.name}"]
        return (replace(table, caption=self._set(place.caption), number=number, name=place.name),)

    def _first_known(self, names: Iterable[str]) -> str:
        return next((name for name in names if self.edition.can_say(name)), "")

    def card(self, name: str) -> doc.Card:
        """Make the card of a figure that is known."""
        edition, figure = self.edition, self.edition.figure(name)
        return doc.Card(
            figure.name, figure.label(edition.language), *edition.key_figure(name), evidence(edition, figure),
            programme_of(figure),
        )  # fmt: skip

    def _set(self, words: str) -> str:
        return typeset(words, self.edition.language)

    # --- inlines ------------------------------------------------------------------------------------

    def filled(self, inlines: doc.Inlines) -> doc.Inlines:
        """Give the inlines of a line with their figures; nothing where one of these is not known."""
        filled = _trimmed(self._filled(inlines) or [])
        return _grouped(_tied(filled) if self.edition.language == "fr" else filled)

    def _filled(self, inlines: doc.Inlines) -> list[_Piece] | None:
        """Put figures into inlines; `None` where one of these is not known."""
        result: list[_Piece] = []
        for inline in inlines:
            new = self._inline(inline)
            if new is None:
                return None
            result += new
        return result

    def _inline(self, inline: Any) -> list[_Piece] | None:
        match inline:
            case str():
                return _pieces(inline)
            case Token():
                return self._token(inline.name)
            case doc.Strong():
                inner = self.filled(inline.inlines)
                return [(doc.Strong(inner), ())] if inner else []
            case doc.Sentence():
                filled = self._filled(inline.inlines) if hold(self.edition, inline.conditions) else []
                if filled is None and not inline.key:
                    return None
                return [(piece, (inline, *within)) for piece, within in filled or []]
        raise ValueError(inline)

    def _token(self, token: str) -> list[_Piece] | None:
        how, _, of = token.partition(":")
        if how in ("see", "number"):
            return self._reference(how, of)
        if not self.edition.can_say(token if how == "chart" else token.split(".", maxsplit=1)[0]):
            return None
        words = self.edition.words(token)
        if how == "publisher":  # words that no number changes
            return _pieces(words)
        return [(doc.FigureWords(words, self._by_name(token), token), ())]

    def _reference(self, how: str, of: str) -> list[_Piece]:
        """Refer to a chart or table by its number; nothing where the text does not show it."""
        if of not in self._numbers:
            return []
        number: _Piece = (doc.Reference(of, self._numbers[of]), ())
        if how == "number":
            return [number]
        seen_as = _SEEN_AS[of.partition(":")[0]]
        before, after = self.edition.t(seen_as, number="\x00").split("\x00")
        return [*_pieces(before.replace(" ", NBSP)), number, *_pieces(after)]

    def _by_name(self, token: str) -> str:
        """Name the figure of a token as the catalogue does, where the text names its call by a role."""
        if ":" in token:
            return token
        name, dot, aspect = token.partition(".")
        return self.edition.figure(name).name + dot + aspect


def _pieces(words: str) -> list[_Piece]:
    return [(piece, ()) for piece in re.split("( )", words) if piece]


def _grouped(pieces: list[_Piece], depth: int = 0) -> doc.Inlines:
    """Put the pieces of each sentence into one, and words between them together."""

    def sentence_of(piece: _Piece) -> doc.Sentence | None:
        return piece[1][depth] if depth < len(piece[1]) else None

    result: list[Any] = []
    for sentence, of_sentence in groupby(pieces, sentence_of):
        group = [*of_sentence]
        if sentence is not None:
            result.append(replace(sentence, inlines=_grouped(group, depth + 1)))
            continue
        inlines = [piece for piece, _ in group]
        for is_words, same in groupby(inlines, lambda inline: isinstance(inline, str)):
            alike = [*same]
            result += ["".join(alike)] if is_words else alike
    return tuple(result)


def _trimmed(pieces: list[_Piece]) -> list[_Piece]:
    """Remove the spaces that omitted parts leave: at both ends, repeated, and before a full stop or comma."""
    result: list[_Piece] = []
    for piece in pieces:
        if piece[0] == " " and (not result or result[-1][0] == " "):
            continue
        if isinstance(piece[0], str) and piece[0].startswith((".", ",")):
            while result and result[-1][0] == " ":
                result.pop()
        result.append(piece)
    while result and result[-1][0] == " ":
        result.pop()
    return result


def _tied(pieces: list[_Piece]) -> list[_Piece]:
    """Make the spaces before French punctuation and inside quotation marks no-break spaces."""
    result: list[_Piece] = []
    for (piece, within), (after, _) in pairwise([*pieces, (None, ())]):
        is_tied = piece == " " and (
            (isinstance(after, str) and after.startswith(FRENCH_SIGNS))
            or (bool(result) and doc.plain_text(result[-1][0]).endswith("«"))
        )
        result.append((NBSP if is_tied else piece, within))
    return result


def _without_empty_headings(blocks: doc.Blocks) -> doc.Blocks:
    """Remove headings with nothing below them."""
    result: list[Any] = []
    level_below = 0
    for block in reversed(blocks):
        level = block.level if isinstance(block, doc.Heading) else 9
        if level < 9 and (not result or level_below in range(1, level + 1)):
            continue
        level_below = level
        result.append(block)
    return tuple(reversed(result))
