"""Sort the sentences of a text by what proves them, and find those that nothing proves.

A sentence that says something about the programmes is a statement: it prints a figure, a milestone or a call,
or stands only where numbers prove it (`states=`). Or it is a quotation: `quotes="document#place"`
on it, or on the block around it, names where a document says so; it steps aside on a day before that document
was known. Or it is a definition (`defines="term"`): what a word means, how the kit is made and read; it prints
no number. A word
that claims more ("first", "more", "never", "four") is not proved by a number beside it, but by a quotation or
a statement of that kind around it: what exceeds proves "more", and no "first". A definition may say "each" and
"none" of what it rules, and a word between quotation marks is not said, but spoken of.

Headings, captions, and bold words that open a paragraph or an item, are labels of what stands below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ennum_stats.document.blocks import Sentence, Strong
from ennum_stats.errors import Message, message
from ennum_stats.kit.conditions import CLAIMS, TENSES
from ennum_stats.kit.text import Token, read_attributes, read_line, text_of


class Proof(StrEnum):
    """Hold what proves a sentence."""

    STATEMENT = "statement"
    QUOTATION = "quotation"
    DEFINITION = "definition"


NOTHING_PROVES = message(
    "Nothing proves the sentence “{sentence}”: it is no statement, no quotation and no definition."
)
NUMBERED = message("The definition “{sentence}” prints a number (“{word}”), which no definition proves.")
COMPARES = message("The sentence “{sentence}” compares (“{word}”), and nothing around the word proves it.")
_ROLE = "call:"
"""How a token begins that names the call of a role: numbers decide which is the last."""
_REFERENCES = ("see:", "number:")
_NOUN = ".noun"
_LABELS = re.compile(r"#|!\[")
_MARKER = re.compile(r"^(?:-|\d+\.|>) ")
_MENTIONED = re.compile(r"[«„“‘][^«»„“”‘’]*[»“”’]")
"""Words between quotation marks."""
_ENDS = re.compile(r"(?<=[.!?])[”»“]?\s+(?=\S)")
_KINDS = ("most", "more", "all", "count")
"""The kinds of claims that a word makes: that something comes first or last, is more than another, holds of each or
of none, or is so many."""
_CLAIMING = {
    language: re.compile(
        "|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in zip(_KINDS, patterns, strict=True)),
        re.IGNORECASE,
    )
    for language, patterns in {
        "fr": (
            r"premi(?:er|ère)s?|derni(?:er|ère)s?|(?:la|le|les) (?:plus|moins)",
            (
                r"(?<!au )(?:plus|moins)|davantage|augment\w+|diminu\w+|grandi\w*|dépass\w+|baiss\w+"
                r"|(?<!borne )(?:inf|sup)érieure?s?"
            ),
            r"jamais|toujours|sauf|tou(?:s|te|tes)|chaque|chacune?s?|aucune?s?|seule?s?|seulement|uniquement",
            r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|vingt",
        ),
        "de": (
            r"erste[nrs]?|letzte[nrs]?|jüngste[nrs]?|höchste[nrs]?|meisten|größte[nrs]?|kleinste[nrs]?",
            r"mehr als|mehr|weniger|höher\w*|größer\w*|später\w*|wachsen|steigt|gestiegen|sinkt|sinken",
            r"nie|niemals|immer|alle[nrs]?|jede[nmrs]?|kein\w*|nur|allein|ausschließlich|außer|Ausnahme",
            r"zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig",
        ),
        "nl": (
            r"eerste|laatste|jongste|hoogste|meeste|grootste|kleinste",
            r"meer|minder|hoger\w*|groter\w*|latere?|stijgt|gestegen|daalt|dalen",
            r"nooit|altijd|alle|elke?|iedere?|geen|enkel|alleen|uitsluitend|behalve|op één keer na",
            r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig",
        ),
        "en": (
            r"first|last|latest|highest|lowest|largest|smallest|(?<!\bat )most",
            r"more|less|fewer|higher(?! bound)|lower(?! bound)|larger|later|rises?|rose|gr[eo]wn?|falls?|fell|exceeds?",
            r"never|always|all|every|each|any|none?|nothing|only|alone|except(?:ion)?",
            r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty",
        ),
    }.items()
}
"""Words that claim more than that something is, by language, in groups of their kind."""
_PROVING = {
    "exceeds": {"more"},
    "exceeds-each-before": {"more", "all"},
    "highest": {"more", "most"},
    "rises": {"more", "all"},
    "beyond": {"more"},
    "outside": {"more"},
    "excludes": {"all"},
    "only-planned": {"all"},
    "thin-years": {"all"},
    "falling": {"more", "all"},
    "unpublished": {"all"},
}
"""The kinds of claims that a statement proves, by its name, or that a call has its role; another proves none."""


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
    numbers: tuple[str, ...] = ()
    """The numbers that it prints as a definition."""


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


def unproved(language: str, name: str) -> tuple[tuple[int, Message], ...]:
    """Find what nothing proves of a text in a language: its line, and what is wrong."""
    return _unproved(text_of(language, name), language)


@lru_cache(maxsize=16)
def _unproved(text: str, language: str) -> tuple[tuple[int, Message], ...]:
    """Read a text once a process: each build and each preview of an import asks of the same texts."""
    wrong = []
    for sentence in sentences(text, language):
        if sentence.proof is None:
            wrong.append((sentence.line, Message(NOTHING_PROVES.text, {"sentence": sentence.words})))
        elif sentence.numbers:
            values = {"sentence": sentence.words, "word": sentence.numbers[0]}
            wrong.append((sentence.line, Message(NUMBERED.text, values)))
        elif sentence.compares:
            values = {"sentence": sentence.words, "word": sentence.compares}
            wrong.append((sentence.line, Message(COMPARES.text, values)))
    return tuple(wrong)


def claims_of(words: str, language: str) -> list[tuple[str, str]]:
    """List the words that claim something, each with the kind of its claim."""
    return [(match.lastgroup or "", match[0]) for match in _CLAIMING[language].finditer(words)]


def claims_proved(statement: str) -> frozenset[str]:
    """Give the kinds of claims that a statement proves, or that a call has its role."""
    return frozenset(_PROVING.get(statement.partition(":")[0], ()))


def _is_caption(around: Sequence[Mapping[str, str]]) -> bool:
    return bool(around) and bool({"table", "contents", "annex"} & {*around[-1]})


@dataclass(frozen=True)
class _Piece:
    """Hold words of a line, what proves them, what they quote, and which kinds of claims are proved of them."""

    words: str
    proof: Proof | None
    quotes: tuple[str, ...] = ()
    claims: frozenset[str] = frozenset(_KINDS)
    number: str = ""
    """The number that it prints although it stands in a definition."""


def _pieces(inlines: Sequence[Any], around: Sequence[Mapping[str, str]]) -> Iterator[_Piece]:
    proof = min(filter(None, map(_proof, around)), default=None, key=[*Proof].index)
    claims = frozenset(claim for conditions in around for claim in _claims(conditions))
    quotes = tuple(place for conditions in around for place in conditions.get("quotes", "").split())
    is_defined = any("defines" in conditions for conditions in around) and not quotes
    for at, inline in enumerate(inlines):
        match inline:
            case str():
                typed = re.search(r"\b\d[\d.,]*", inline) if is_defined else None
                yield _Piece(inline, proof, quotes, claims, typed[0] if typed else "")
            case Token() if inline.name.startswith(_REFERENCES):
                yield _Piece(inline.words, proof, quotes)
            case Token():
                printed = inline.words if is_defined and not inline.name.endswith(_NOUN) else ""
                yield _Piece(inline.words, Proof.STATEMENT, quotes, number=printed)
            case Strong() if at:
                yield from _pieces(inline.inlines, around)
            case Sentence():
                yield from _pieces(inline.inlines, (*around, inline.conditions))


def _proof(conditions: Mapping[str, str]) -> Proof | None:
    """Find what conditions prove of the words under them."""
    stated = conditions.get("states", "").split()
    if any(not statement.startswith(TENSES) for statement in stated) or (CLAIMS - {"states"}) & {*conditions}:
        return Proof.STATEMENT
    if "quotes" in conditions:
        return Proof.QUOTATION
    return Proof.DEFINITION if "defines" in conditions else None


def _claims(conditions: Mapping[str, str]) -> Iterable[str]:
    """Give the kinds of claims that conditions prove of the words under them."""
    if "quotes" in conditions:
        return _KINDS
    named = f"{conditions.get('states', '')} {conditions.get('known', '').replace('call:', '')}".split()
    proved = {claim for name in named for claim in claims_proved(name)}
    return proved | ({"all"} if {"unknown", "defines"} & {*conditions} else set())


def _of_line(
    number: int, line: str, around: Sequence[Mapping[str, str]], language: str
) -> Iterator[ProvedSentence]:
    """Split a line into its sentences, and find what proves each."""
    pieces = [*_pieces(read_line(line), around)]
    whole = "".join(piece.words for piece in pieces)
    mentioned = {at for match in _MENTIONED.finditer(whole) for at in range(*match.span())}
    of_letter = [piece for piece in pieces for _ in piece.words]
    begin = 0
    for end in (*(match.start() for match in _ENDS.finditer(whole)), len(whole)):
        within = of_letter[begin:end]
        proof = min(filter(None, (piece.proof for piece in within)), default=None, key=[*Proof].index)
        of_role = {"most"} if _ROLE in whole[begin:end] else set()
        at_risk = (
            m[0] for m in _CLAIMING[language].finditer(whole, begin, end)
            if m.start() not in mentioned and m.lastgroup not in of_letter[m.start()].claims | of_role
        )  # fmt: skip
        quotes = tuple(dict.fromkeys(place for piece in within for place in piece.quotes))
        if words := whole[begin:end].strip():
            numbers = tuple(dict.fromkeys(piece.number for piece in within if piece.number))
            yield ProvedSentence(number, words, proof, next(at_risk, ""), quotes, numbers)
        begin = end
