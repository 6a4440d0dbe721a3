"""Tell what became of a document: what changed, what was left and why, by page and paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

from ennum_stats.document.control import Written
from ennum_stats.errors import Message, message
from ennum_stats.languages import plural, translate, translate_plural
from ennum_stats.office.markup import alike
from ennum_stats.office.package import DocumentRefused
from ennum_stats.office.refresh.growth import Growth
from ennum_stats.office.refresh.slide_growth import SlideGrowth
from ennum_stats.office.slide_file import SlidePlace
from ennum_stats.office.word_file import WordPlace

_LONGEST = 70
_ALIKE = 5
"""How many places that are left for the same reason are told one by one."""
_NAMED = 3
"""How many of more are named."""


class Outcome(StrEnum):
    """List what can become of a control."""

    CHANGED = "changed"
    DATED = "dated"
    """Only the day known at changed."""
    LEFT = "left"
    REMARKED = "remarked"


@dataclass(frozen=True)
class ReportLine:
    """Hold what became of one control: where it stands, what it is, and what is told of it."""

    outcome: Outcome
    place: WordPlace | SlidePlace
    title: str
    text: Message


@dataclass
class Report:
    """Hold what became of a document, in its language."""

    path: Path
    language: str = "fr"
    controls: int = 0
    lines: list[ReportLine] = field(default_factory=list)
    is_changed: bool = False
    """Whether the file would no longer be the same bytes."""
    is_written: bool = False
    is_recovered: bool = False
    """Whether another program had dropped what is kept of our controls."""
    data: bytes = b""
    """The document as it would be, where only a trial says what is ours in it."""
    added: list[Message] = field(default_factory=list)
    """What of today's kit was put in."""
    more: list[Message] = field(default_factory=list)
    """What today's kit has more, in the order of the numbers by which it can be put in."""
    less: list[Message] = field(default_factory=list)
    """What today's kit no longer has."""
    left_out: list[Message] = field(default_factory=list)
    """What the document would have fetched, and does not any more once it is written."""
    days: frozenset[date] = frozenset()
    """The days of what we wrote into it before."""

    @classmethod
    def begun(cls, path: Path, written: Sequence[Written]) -> Self:
        """Begin the report of a document in the language of most of what we wrote into it.

        Raises `DocumentRefused` where there is nothing of ours.
        """
        if not written:
            raise DocumentRefused(
                message("This document holds nothing that ennum-stats wrote."),
                where=str(path),
                remedy=message("Make one with: {press}. Or fill in names with: {fill}",
                               press="ennum press", fill="ennum fill"),
            )  # fmt: skip
        ((language, _),) = Counter(entry.language for entry in written).most_common(1)
        return cls(path, language, len(written), days=frozenset(entry.known_at for entry in written))

    def grow(self, growth: Growth | SlideGrowth, add: Collection[str]) -> None:
        """Put in what is to be added of what today's kit has more, and tell what else it has more and less."""
        if add:
            self.added = growth.add(add)
            self.is_changed = True
        self.more = [each.what for each in growth.more if each.what not in self.added]
        self.less = [*growth.less]

    def of(self, outcome: Outcome) -> list[ReportLine]:
        """List the lines of an outcome."""
        return [line for line in self.lines if line.outcome is outcome]

    def text(self, reader: str = "", *, is_tried: bool = False, is_whole: bool = False) -> list[str]:
        """Write the report in the language of the reader, where none is given in the document's: many places that are
        left for the same reason in one sentence, unless it is to be whole."""
        return list(self._text(reader or self.language, is_tried, is_whole))

    def _text(self, reader: str, is_tried: bool, is_whole: bool) -> Iterator[str]:
        if not self.lines:
            sentence = message("Everything is up to date: {n} places of ours.", n=self.controls)
            yield translate(sentence, reader)
        if self.is_written or is_tried:
            yield from (translate(each, reader) for each in self.left_out)
        for outcome, heading in _HEADINGS.items():
            lines = self.of(outcome)
            if not lines:
                continue
            yield translate_plural(*heading, len(lines), reader)
            if outcome is Outcome.DATED:
                yield from dict.fromkeys(f"  {translate(line.text, reader)}" for line in lines)
                continue
            many = {} if is_whole or outcome is not Outcome.LEFT else _many_alike(lines)
            for line in lines:
                alike = many.get(str(line.text), [line])
                if len(alike) == 1:
                    yield f"  {self._line(line, reader)}"
                elif line is alike[0]:
                    yield f"  {self._together(alike, reader)}"
        yield from self._grown(reader)
        if self.lines and is_tried:
            yield translate(message("Nothing was written: this was a trial."), reader)

    def _grown(self, reader: str) -> Iterator[str]:
        """Tell what was put in, and what today's kit has more and less."""
        for heading, things in ((_ADDED, self.added), (_LESS, self.less), (_MORE, self.more)):
            if things:
                yield translate(heading, reader)
            for number, what in enumerate(things, 1):
                yield f"  {f'{number}. ' if heading is _MORE else ''}{translate(what, reader)}"
        if self.more:
            numbers = message(
                "To put in some of it, as tracked insertions: {option}", option="--add 1 --add 2, --add all"
            )
            yield translate(numbers, reader)

    def _together(self, lines: list[ReportLine], reader: str) -> str:
        """Say of many places at once why they are left, which the first are, and how all are listed."""
        names = [*dict.fromkeys(line.title for line in lines if line.title)]
        sentence = message(
            "{told}: {n} places, among them {names}. To list them all: {option}",
            told=lines[0].text,
            n=len(lines),
            names=[message("“{name}”", name=name) for name in names[:_NAMED]],
            option="--details",
        )
        return translate(sentence, reader)

    def _line(self, line: ReportLine, reader: str) -> str:
        place = translate(line.place.words, reader)
        whole = message("{place}: {title}: {told}", place=place, title=line.title, told=line.text)
        bare = message("{place}: {told}", place=place, told=line.text)
        return translate(whole if line.title else bare, reader)


def _many_alike(lines: list[ReportLine]) -> dict[str, list[ReportLine]]:
    """Find the lines that tell the same, where they are too many to be told one by one."""
    by_words: dict[str, list[ReportLine]] = {}
    for line in lines:
        by_words.setdefault(str(line.text), []).append(line)
    return {words: ones for words, ones in by_words.items() if len(ones) > _ALIKE}


_ADDED = message("Put in, as tracked insertions; the contents follow when Word renews them:")
_LESS = message("Today’s kit no longer has:")
_MORE = message("Today’s kit has more:")
_HEADINGS = {
    Outcome.CHANGED: plural("{n} change", "{n} changes"),
    Outcome.DATED: plural(
        "{n} place of which only the day changed", "{n} places of which only the day changed"
    ),
    Outcome.REMARKED: plural(
        "{n} sentence that no longer holds, marked with a comment",
        "{n} sentences that no longer hold, marked with comments",
    ),
    Outcome.LEFT: plural("{n} place left as it was", "{n} places left as they were"),
}


def shortened(words: str) -> str:
    """Give the beginning of words for a line of a report."""
    one_line = " ".join(words.split(" ")).replace("\n", " ")
    return one_line if len(one_line) <= _LONGEST else one_line[: _LONGEST - 1].rstrip() + "…"


def shortened_pair(before: str, after: str) -> tuple[str, str]:
    """Give two wordings for a line of a report, from shortly before the word where they differ."""
    if max(len(before), len(after)) <= _LONGEST:
        return before, after
    same = alike(before, after)
    start = before.rfind(" ", 0, max(0, same - _LONGEST // 4)) + 1
    left_out = "…\u00a0" if start else ""
    return left_out + shortened(before[start:]), left_out + shortened(after[start:])
