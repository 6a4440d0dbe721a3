"""Sort the sentences of a text by what proves them, and find those that nothing proves.

A sentence that says something about the programmes is a statement: it prints a figure, a milestone or a call,
or stands only where numbers prove it (`states=`, `proved=` …). Or it is a quotation: `quotes="document#place"`
on it, or on the block around it, names where a document says so; it steps aside on a day before that document
was known. Or it is a definition (`defines="term"`): what a word means, how the kit is made and read. A word
that compares ("first", "more", "never") is not proved by a number beside it, but by one of the three around
it.

Headings, captions, and bold words that open a paragraph or an item, are labels of what stands below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ennum_stats.document.blocks import Sentence, Strong
from ennum_stats.errors import Message, message
from ennum_stats.kit.conditions import CLAIMS
from ennum_stats.kit.text import Proved, Token, read_attributes, read_line, text_of


class Proof(StrEnum):
    """Hold what proves a sentence."""

    STATEMENT = "statement"
    QUOTATION = "quotation"
    DEFINITION = "definition"


NOTHING_PROVES = message(
    "Nothing proves the sentence “{sentence}”: it is no statement, no quotation and no definition."
)
COMPARES = message("The sentence “{sentence}” compares (“{word}”), and nothing around the word proves it.")
_TENSES = ("ahead:", "took-place:", "outside:")
"""Statements that choose the tense of a sentence, or whether a later call is told of, and prove no more."""
_ROLE = "call:"
"""How a token begins that names the call of a role: numbers decide which is the last."""
_REFERENCES = ("see:", "number:")
_LABELS = re.compile(r"#|!\[")
_MARKER = re.compile(r"^(?:-|\d+\.|>) ")
_ENDS = re.compile(r"(?<=[.!?])[”»“]?\s+(?=\S)")
_COMPARING = {
    language: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for language, words in {
        "fr": r"premi(?:er|ère)s?|derni(?:er|ère)s?|davantage|jamais|toujours|sauf|moins|plus (?:de|que|aucune?)"
        r"|la plus|le plus|les plus|augment\w+|diminu\w+|grandi\w*",
        "de": r"erste[nrs]?|letzte[nrs]?|jüngste[nrs]?|mehr als|weniger|höher|höchste[nrs]?|nie|immer|wachsen"
        r"|steigt|gestiegen",
        "nl": r"eerste|laatste|jongste|meer dan|minder|hoger|hoogste|nooit|altijd|stijgt|gestegen",
        "en": r"first|last|latest|more than|less|fewer|higher|highest|never|always|rises|grown",
    }.items()
}
"""Words that compare, or exclude what was not looked at, by language."""


@dataclass(frozen=True)
class ProvedSentence:
    """Hold a sentence of a text, its line, and what proves it; nothing where nothing does."""

    line: int
    words: str
    proof: Proof | None
    compares: str = ""
    """A word in it that compares and that nothing around it proves."""
    places: tuple[str, ...] = ()
    """The places of documents that it quotes."""


def sentences(text: str, language: str) -> Iterator[ProvedSentence]:
    """Sort the sentences of a text in a language by what proves them."""
    around: list[Mapping[str, str]] = []
    is_head = False
    for number, line in enumerate(text.splitlines(), 1):
        if line == "---":
            is_head = not is_head
        elif line == ":::":
            around.pop()
        elif line.startswith(":::"):
            around.append(read_attributes(line))
        elif line and not is_head and not _LABELS.match(line) and not _is_caption(around):
            yield from _of_line(number, _MARKER.sub("", line, count=1), around, language)


def unproved(language: str, name: str) -> Iterator[tuple[int, Message]]:
    """Find what nothing proves of a text in a language: its line, and what is wrong."""
    for sentence in sentences(text_of(language, name), language):
        if sentence.proof is None:
            yield sentence.line, Message(NOTHING_PROVES.text, {"sentence": sentence.words})
        elif sentence.compares:
            yield (
                sentence.line,
                Message(COMPARES.text, {"sentence": sentence.words, "word": sentence.compares}),
            )


def _is_caption(around: Sequence[Mapping[str, str]]) -> bool:
    return bool(around) and bool({"table", "contents"} & {*around[-1]})


@dataclass(frozen=True)
class _Piece:
    """Hold words of a line, what proves them, what they quote, and whether they compare at their own risk."""

    words: str
    proof: Proof | None
    quotes: tuple[str, ...] = ()
    may_compare: bool = True


def _pieces(inlines: Sequence[Any], around: Sequence[Mapping[str, str]]) -> Iterator[_Piece]:
    proof = min(filter(None, map(_proof, around)), default=None, key=[*Proof].index)
    quotes = tuple(place for conditions in around for place in conditions.get("quotes", "").split())
    for at, inline in enumerate(inlines):
        match inline:
            case str():
                yield _Piece(inline, proof, quotes, proof is not None)
            case Token() if inline.name.startswith(_REFERENCES):
                yield _Piece(inline.words, proof, quotes)
            case Token():
                yield _Piece(inline.words, Proof.STATEMENT, quotes)
            case Strong() if at:
                yield from _pieces(inline.inlines, around)
            case Sentence() | Proved():
                yield from _pieces(inline.inlines, (*around, inline.conditions))


def _proof(conditions: Mapping[str, str]) -> Proof | None:
    """Find what conditions prove of the words under them."""
    stated = conditions.get("states", "").split()
    if any(not statement.startswith(_TENSES) for statement in stated) or (CLAIMS - {"states"}) & {
        *conditions
    }:
        return Proof.STATEMENT
    if "quotes" in conditions:
        return Proof.QUOTATION
    return Proof.DEFINITION if "defines" in conditions else None


def _of_line(
    number: int, line: str, around: Sequence[Mapping[str, str]], language: str
) -> Iterator[ProvedSentence]:
    """Split a line into its sentences, and find what proves each."""
    pieces = [*_pieces(read_line(line), around)]
    whole = "".join(piece.words for piece in pieces)
    of_letter = [piece for piece in pieces for _ in piece.words]
    begin = 0
    for end in (*(match.start() for match in _ENDS.finditer(whole)), len(whole)):
        within = of_letter[begin:end]
        proof = min(filter(None, (piece.proof for piece in within)), default=None, key=[*Proof].index)
        comparing = (match for match in _COMPARING[language].finditer(whole, begin, end))
        is_of_role = _ROLE in whole[begin:end]
        at_risk = (m[0] for m in comparing if not (is_of_role or of_letter[m.start()].may_compare))
        quotes = tuple(dict.fromkeys(place for piece in within for place in piece.quotes))
        if words := whole[begin:end].strip():
            yield ProvedSentence(number, words, proof, next(at_risk, ""), quotes)
        begin = end
