"""Say what an audit found in a text: a headline of what was not judged, a table, records, and the text with marks.

A mark has its verdict in words beside it and, where it wants another look, a number that leads to a remark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any

from ennum_stats.audit import Verdict, VerdictKind, audit
from ennum_stats.audit.verdict import FAULTY, RIGHT
from ennum_stats.document import blocks as doc
from ennum_stats.errors import Message, message
from ennum_stats.languages import day, language_name, plural, translate, translate_plural
from ennum_stats.office.texts.own import Ours
from ennum_stats.office.texts.text import Passage, SourceText
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital, fold, semicolons

TITLE = message("The numbers of “{name}”")
WANTS_LOOK, NOT_JUDGED, THE_TEXT = (
    message("What wants another look"),
    message("Not judged"),
    message("The text, with its numbers marked"),
)
NO_NUMBERS = message("No number of this text was read as a statistic.")
NOT_JUDGED_OF = plural(
    "{n} of {all} numbers was not judged: nobody may take it for right.",
    "{n} of {all} numbers were not judged: nobody may take them for right.",
)
JUDGED_ALL = message("All {all} numbers were judged.")
OF_EACH = message("Of the others: {counts}.")
READ_AS = message("Read as {language}; judged as of {day} ({why}), and by what is known on {today}.")
OTHER_DAY = message("Another day stands in it: {day} ({why}). Where that is the day of the text: {option}")
NO_DAY, CHOSEN = message("no day was found in it"), message("as chosen")
OURS = message(
    "Not read here, as ennum-stats wrote them and follows them by name: {n} ({verify}, {refresh})."
)
OWN_WORDS = plural(
    "{n} number outside of our figures wants another look",
    "{n} numbers outside of our figures want another look",
)
OWN_NOT_JUDGED = plural(
    "{n} number outside of our figures was not judged; “ennum audit” lists it",
    "{n} numbers outside of our figures were not judged; “ennum audit” lists them",
)
LOOSE = message("it stands in no sentence, and a PDF does not say what belongs together")
LATER = message("right on the day of the text, and today: {label}")
RIGHT_WORDS = message("Right: {words}")
AMONG_OTHERS = message("It can also be about: {subjects}.")
REMARKED, REMARKED_AT = message("“{number}” – {remark}"), message("{place}, “{number}” – {remark}")
NUMBERED = message("{at} – “{number}”, {verdict}")


@dataclass(eq=False)
class TextAudit:
    """Hold a text, the language and day by which it was judged, and what was found of each of its numbers."""

    text: SourceText
    verdicts: list[Verdict]
    language: str
    day: date
    why_day: Message
    ledger: Ledger
    ours: int = 0
    """How many numbers the machine wrote, which are followed by the names of their figures and not read here."""
    reader: str = ""
    """The language of those who read what was found; empty where it is that of the text."""

    @classmethod
    def of(
        cls, text: SourceText, ledger: Ledger, language: str = "", day: date | None = None, reader: str = ""
    ) -> TextAudit:
        """Judge the numbers of a text, by its own language and day unless others are given.

        Raises `UsageError` where its language is not clear.
        """
        spoken = language or text.language
        own = next(((at, why) for at, why in text.days if at <= ledger.known_at), (ledger.known_at, NO_DAY))
        judged_on, why = (day, CHOSEN) if day else own
        ours, verdicts, left = Ours(text), [], 0

        @cache
        def own_place(start: int, end: int) -> tuple[int, int, int] | None:
            place = text.piece_at(start, end)
            return place if place and place not in ours else None

        for verdict in audit(text.whole, ledger, spoken, judged_on, reader=reader or spoken,
                             is_asked=lambda start, end: own_place(start, end) is not None):  # fmt: skip
            if place := own_place(verdict.start, verdict.end):
                verdicts.append(_loosened(verdict) if text.pieces[place[0]].is_loose else verdict)
            elif text.piece_at(verdict.start, verdict.end):
                left += verdict.kind is not VerdictKind.NOT_STATISTIC
        return cls(text, verdicts, spoken, judged_on, why, ledger, left, reader)

    @cached_property
    def statistics(self) -> list[Verdict]:
        """The verdicts of numbers that are statistics."""
        return [verdict for verdict in self.verdicts if kind_of(verdict) is not VerdictKind.NOT_STATISTIC]

    @cached_property
    def remarked(self) -> list[Verdict]:
        """Those on which there is something to say, in the order of the text: of a number of a heading whose subject
        is not known, such as "Vingt ans", there is nothing."""
        return [
            verdict for verdict in self.statistics
            if kind_of(verdict) not in RIGHT
            and (verdict.is_judged or verdict.subject or verdict.others or self.piece_of(verdict).role != "heading")
        ]  # fmt: skip

    @property
    def is_contradicted(self) -> bool:
        """Whether a number of the text is contradicted."""
        return any(kind_of(verdict) is VerdictKind.CONTRADICTED for verdict in self.verdicts)

    @property
    def spoken(self) -> str:
        """The language of the words about the text."""
        return self.reader or self.language

    def t(self, text: Message, **values: object) -> str:
        """Translate a sentence for those who read what was found."""
        return translate(text, self.spoken, **values)

    def piece_of(self, verdict: Verdict) -> Passage:
        """Find the piece in which a number stands."""
        place = self.text.piece_at(verdict.start, verdict.end)
        assert place is not None
        return self.text.pieces[place[0]]

    def by_piece(self, verdicts: Sequence[Verdict]) -> dict[int, list[tuple[int, int, Verdict]]]:
        """Give verdicts by the piece in which they stand, each with its offsets there."""
        result: dict[int, list[tuple[int, int, Verdict]]] = {}
        for verdict in verdicts:
            place = self.text.piece_at(verdict.start, verdict.end)
            assert place is not None
            result.setdefault(place[0], []).append((*place[1:], verdict))
        return result

    def label(self, verdict: Verdict) -> str:
        """Give a verdict in words."""
        return self.t(kind_of(verdict).label)

    def remark(self, verdict: Verdict) -> str:
        """Say what is to be said of a number: the verdict, why, and what would be right."""
        is_later = verdict.is_right and kind_of(verdict) is not verdict.kind
        head = self.t(LATER, label=self.label(verdict)) if is_later else self.label(verdict)
        return f"{first_capital(head)}. {self._known(verdict).removesuffix('.')}."

    def _known(self, verdict: Verdict) -> str:
        """Say of a number why it is judged so, and what would be right."""
        parts = [verdict.suggestion or (self.t(verdict.reason) if verdict.reason else verdict.subject)]
        is_same = kind_of(verdict) is VerdictKind.STALE and fold(verdict.text) in fold(verdict.right_words)
        if verdict.right_words and kind_of(verdict) in FAULTY and not is_same:
            parts.insert(0, self.t(RIGHT_WORDS, words=verdict.right_words) + ".")
        if subjects := [other.subject for other in verdict.others if other.subject]:
            parts.append(self.t(AMONG_OTHERS, subjects=semicolons(subjects, self.spoken)))
        return first_capital(" ".join(filter(None, parts)))

    def remark_at(self, verdict: Verdict) -> str:
        """Say where a number stands, which it is, and what is to be said of it."""
        place = self.piece_of(verdict).place
        return self.t(REMARKED_AT, place=place, number=verdict.text, remark=self.remark(verdict))

    # --- in words -----------------------------------------------------------------------------------

    def headline(self) -> list[str]:
        """Say first what was not judged, then what was found, by what it was judged, and what was not read."""
        counts = Counter(kind_of(verdict) for verdict in self.statistics)
        whole, open_ = len(self.statistics), counts.pop(VerdictKind.UNVERIFIABLE, 0)
        lines = [self.t(JUDGED_ALL, all=whole) if whole else self.t(NO_NUMBERS)]
        if open_:
            lines = [translate_plural(*NOT_JUDGED_OF, open_, self.spoken, all=whole)]
        if counts:
            each = (f"{self.t(kind.label)} {counts[kind]}" for kind in VerdictKind if counts[kind])
            lines.append(self.t(OF_EACH, counts=" · ".join(each)))
        spoken, today = language_name(self.language, self.spoken), day(self.ledger.known_at, self.spoken)
        lines.append(
            self.t(READ_AS, language=spoken, day=day(self.day, self.spoken), why=self.why_day, today=today)
        )
        if self.why_day is not CHOSEN:
            lines += [
                self.t(OTHER_DAY, day=day(at, self.spoken), why=why, option=f"--date {at:%d/%m/%Y}")
                for at, why in self.text.line_days[:2] if at < self.day
            ]  # fmt: skip
        if self.ours:
            lines.append(self.t(OURS, n=self.ours, verify="ennum verify", refresh="ennum refresh"))
        return [*lines, *(self.t(remark) for remark in self.text.remarks)]

    def own_lines(self) -> Iterator[str]:
        """Tell for the report of another command which numbers want another look, and how many were not judged."""
        faulty = [verdict for verdict in by_urgency(self.remarked) if verdict.is_judged]
        if faulty:
            yield translate_plural(*OWN_WORDS, len(faulty), self.spoken)
        for verdict in faulty:
            yield f"  {self.remark_at(verdict)}"
        if more := len(self.remarked) - len(faulty):
            yield translate_plural(*OWN_NOT_JUDGED, more, self.spoken)

    def table(self, *, is_whole: bool = False) -> doc.WrittenTable:
        """List what wants another look, the most urgent first; with `is_whole` every number."""
        head = (message("Verdict"), message("Words"), message("What is known"), message("Place"))
        rows = [
            [self.label(verdict), verdict.text, self._known(verdict), self.t(self.piece_of(verdict).place)]
            for verdict in by_urgency(self.verdicts if is_whole else self.remarked)
        ]  # fmt: skip
        return doc.written_table([self.t(heading) for heading in head], rows)

    def record(self) -> dict[str, Any]:
        """Give all of it as plain values; `start` and `end` are places in `text`, which is what was read."""
        return {
            "file": self.text.name,
            "language": self.language,
            "day": self.day.isoformat(),
            "known_at": self.ledger.known_at.isoformat(),
            "remarks": self.headline(),
            "text": self.text.whole,
            "verdicts": [
                {**verdict.record(self.spoken), "place": self.t(self.piece_of(verdict).place)}
                for verdict in self.verdicts
            ],
        }

    # --- with marks ---------------------------------------------------------------------------------

    def blocks(self) -> doc.Blocks:
        """Write the text with a mark on each number that was read, and the remarks on them before it."""
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[Any]:
        headline, *rest = self.headline()
        yield doc.Paragraph((doc.Strong((headline,)),))
        for line in rest:
            yield doc.Paragraph((line,), "note")
        ordered = by_urgency(self.remarked)
        numbers = {id(verdict): at for at, verdict in enumerate(ordered, 1)}
        for title, is_open in ((WANTS_LOOK, False), (NOT_JUDGED, True)):
            items = tuple(
                ((self.t(NUMBERED, at=at, number=verdict.text, verdict=self.label(verdict)),),
                 (f"{self._known(verdict).removesuffix('.')}.", doc.Small((self.t(self.piece_of(verdict).place),))),
                 f"remark-{at}")
                for at, verdict in enumerate(ordered, 1)
                if (kind_of(verdict) is VerdictKind.UNVERIFIABLE) is is_open
            )  # fmt: skip
            if items:
                yield doc.Heading(2, (self.t(title),), "not-judged" if is_open else "remarks")
                yield doc.Definitions(items)
        yield doc.Heading(2, (self.t(THE_TEXT),), "marked")
        of_piece = self.by_piece(self.statistics)
        for at, piece in enumerate(self.text.pieces):
            inlines = tuple(self._inlines(piece, of_piece.get(at, []), numbers))
            yield doc.Paragraph((doc.Strong(inlines),) if piece.role == "heading" else inlines)

    def _inlines(
        self, piece: Passage, verdicts: list[tuple[int, int, Verdict]], numbers: dict[int, int]
    ) -> Iterator[Any]:
        place = 0
        if piece.before:
            yield piece.before
        for start, end, verdict in verdicts:
            if start >= place:
                yield piece.text[place:start]
                number, kind = numbers.get(id(verdict), 0), kind_of(verdict)
                yield doc.Marked(
                    piece.text[start:end], self.label(verdict), kind.value, f"remark-{number}" * bool(number)
                )
                place = end
        yield piece.text[place:]


def _loosened(verdict: Verdict) -> Verdict:
    """Leave a number open of which it is not sure what stands around it, whatever it seems to be."""
    if verdict.kind is VerdictKind.NOT_STATISTIC:
        return verdict
    open_ = VerdictKind.UNVERIFIABLE
    return replace(verdict, kind=open_, today=open_, reason=LOOSE, suggestion="", right_words="", others=())


def kind_of(verdict: Verdict) -> VerdictKind:
    """Tell what is to be said of a number: what it was on the day of the text, or what became of a right one."""
    return verdict.today if verdict.is_right and verdict.today in FAULTY else verdict.kind


def by_urgency(verdicts: list[Verdict]) -> list[Verdict]:
    """Order verdicts as they are read: contradicted first, then doubtful, not judged, right, no statistic."""
    order = {kind: place for place, kind in enumerate(VerdictKind)}
    return sorted(verdicts, key=lambda verdict: (order[kind_of(verdict)], verdict.start))
