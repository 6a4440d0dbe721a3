"""Hold a text of somebody's as the pieces in which it stands, so that what is found in it leads back to its place.

An audit reads one string; `SourceText.piece_at` turns offsets of it into a piece and offsets in that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, chain

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.languages import LANGUAGES
from ennum_stats.office.package import Element
from ennum_stats.office.slide_file import SlideFile
from ennum_stats.office.word_file import WordFile
from ennum_stats.reading.forms import FORMS, levelled
from ennum_stats.search.concepts import IDLE_WORDS

_WORDS = {code: frozenset(words.split()) for code, words in IDLE_WORDS.items()}
_OWN_WORDS = {
    code: words - frozenset(chain.from_iterable(_WORDS[other] for other in LANGUAGES if other != code))
    for code, words in _WORDS.items()
}
"""The small words that one language alone has."""
_OTHERS = re.compile(
    "el|los|las|por|con|para|mas|una|la|que|son|y|del|il|che|non|della|delle|di|sono|gli|lo|os|uma|nao|com|dos|das|"
    "i|w|z|na|jest|sie|och|att|det|ar|av|som|og|til|ikke"
)
"""Small words of other languages, some of which French has too."""
_LEAST_SHARE, _AHEAD = 0.06, 2
_FIRST, _LAST, _LONGEST_BESIDE = 8, 3, 40
_MONTHS = {
    name: number for forms in FORMS.values() for number, name in enumerate(forms.months.split("|"), start=1)
}
_NAMES = "|".join(_MONTHS)
_YEAR = r"((?:19|20)\d\d)"
_DAYS = (
    (re.compile(rf"\b(\d{{1,2}})(?:er|st|nd|rd|th|e|\.)? (?:de |of )?({_NAMES}) {_YEAR}\b"), (2, 1, 0)),
    (re.compile(rf"\b({_NAMES}) (\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}\b"), (2, 0, 1)),
    (re.compile(rf"\b(\d{{1,2}})[./-](\d{{1,2}})[./-]{_YEAR}\b"), (2, 1, 0)),
    (re.compile(rf"\b{_YEAR}-(\d\d)-(\d\d)\b"), (0, 1, 2)),
)
"""How a day is written, and which groups are year, month and day."""
_LONGEST_HEAD = 80
NAMED_YEAR, _NUMBER = re.compile(r"\b(?:EN)?(?:19|20)\d\d\b|\bEN\d\b"), re.compile(r"\d")
_ENDS = (".", "!", "?", ":", ";", "…")


@dataclass(frozen=True)
class Passage:
    """Hold a paragraph, cell or value of a text, and where it stands."""

    text: str
    place: Message
    role: str = ""
    """"heading", "text", "cell" or "label"; empty where the file does not say which it is."""
    heads: tuple[str, ...] = ()
    """Of a cell what heads its column and row, which say what its number is of."""
    element: Element | None = None
    """The paragraph of Word or of a slide that holds it."""
    part: str = ""
    is_joined: bool = False
    """Whether it is another line of the cell in which the piece before it stands: they are read together."""

    is_loose: bool = False
    """Whether it is no sentence of a page whose lines have no sure order: what its numbers are of is not sure."""
    ours: tuple[tuple[int, int], ...] = ()
    """From where to where the machine wrote it, where its file is not at hand to say so."""

    @property
    def before(self) -> str:
        """What an audit reads before it."""
        return f"{', '.join(self.heads)}: " if self.heads and not self.is_joined else ""

    @property
    def after(self) -> str:
        """What an audit reads after it: without a full stop, a short line is read as a heading."""
        is_open = self.role in ("text", "cell") and not self.text.rstrip().endswith(_ENDS)
        return "." if is_open else ""


@dataclass(eq=False)
class SourceText:
    """Hold a text: its pieces in their order, what of the file is not in them, and the days that it tells."""

    name: str
    pieces: tuple[Passage, ...]
    remarks: tuple[Message, ...] = ()
    file_days: tuple[tuple[date, Message], ...] = ()
    """Days that its file tells of it, the likeliest first, each with what tells it."""
    file: WordFile | SlideFile | None = None
    """The file, where marks can be put on its words."""

    @cached_property
    def whole(self) -> str:
        """What an audit reads: pieces with blank lines between them, the lines of a cell one below the other."""
        return "".join(self._read)

    @cached_property
    def _read(self) -> list[str]:
        """What an audit reads of each piece, with what parts it from the one before."""
        parts: list[str] = []
        for piece, following in zip(self.pieces, (*self.pieces[1:], None), strict=False):
            gap = "" if not parts else "\n" if piece.is_joined else "\n\n"
            after = "" if following and following.is_joined else piece.after
            parts.append(f"{gap}{piece.before}{piece.text}{after}")
        return parts

    @cached_property
    def _starts(self) -> list[int]:
        ends = accumulate(map(len, self._read))
        return [
            end - len(read) + read.index(piece.before + piece.text) + len(piece.before)
            for end, read, piece in zip(ends, self._read, self.pieces, strict=True)
        ]

    def piece_at(self, start: int, end: int) -> tuple[int, int, int] | None:
        """Find the piece, by its number, that holds what stands between two offsets, with its offsets there; nothing
        where that is what heads a cell, which stands in a piece of its own."""
        number = bisect_right(self._starts, start) - 1
        if number < 0:
            return None
        first = start - self._starts[number]
        last = end - self._starts[number]
        return (number, first, last) if last <= len(self.pieces[number].text) else None

    @cached_property
    def line_days(self) -> tuple[tuple[date, Message], ...]:
        """The days that stand alone in a line at its beginning or end."""
        count = len(self.pieces)
        ends = [*range(min(_FIRST, count)), *range(max(_FIRST, count - _LAST), count)]
        lines = ((_day_alone(self.pieces[n].text), self.pieces[n].text.strip()) for n in ends)
        return tuple((day, message("the line “{line}”", line=line)) for day, line in lines if day)

    @property
    def days(self) -> tuple[tuple[date, Message], ...]:
        """The days of which it may be, the likeliest first, each with what tells it."""
        return (*self.line_days, *self.file_days)

    @cached_property
    def language(self) -> str:
        """The language that the small words of the text show. Raises `UsageError` where they leave it open."""
        words = levelled(self.whole).replace("'", " ").split()
        counts = Counter(words)
        votes = {code: sum(counts[word] for word in _OWN_WORDS[code]) for code in LANGUAGES}
        foreign = sum(bool(_OTHERS.fullmatch(word)) for word in words)
        first, second = sorted(votes, key=lambda code: -votes[code])[:2]
        few = votes[first] <= _LEAST_SHARE * len(words)
        if few or votes[first] <= foreign or votes[first] < _AHEAD * votes[second]:
            raise UsageError(
                message("The language of this text is not clear."),
                where=self.name,
                expected=message("French, German, Dutch and English are read."),
                remedy=message("Name it: {option}", option="--lang fr|de|nl|en"),
            )
        return first


def _day_alone(text: str) -> date | None:
    """Read the day of a line that says little else: “Namur, le 12 mai 2020”."""
    plain = levelled(text.strip())
    for pattern, order in _DAYS:
        match = pattern.search(plain)
        if match and len(plain) - len(match[0]) <= _LONGEST_BESIDE:
            year, month, day = (match[place + 1] for place in order)
            try:
                return date(int(year), _MONTHS.get(month) or int(month), int(day))
            except ValueError:
                return None
    return None


def with_heads(rows: list[list[str]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Give the cells of a table that hold words, by row and column, with what heads each: what stands above in the
    first row of several cells, and what begins its row; a number or a text heads nothing."""
    head = next((n for n, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            if not words:
                continue
            above = rows[head][column] if at > head and column < len(rows[head]) else ""
            begins_row = row[0] if column and at > head else ""
            yield at, column, tuple(words for words in (above, begins_row) if words and _is_head(words))


def _is_head(words: str) -> bool:
    return len(words) <= _LONGEST_HEAD and not _NUMBER.search(NAMED_YEAR.sub("", words))
