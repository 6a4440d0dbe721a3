"""What is doubtful in a file, asked of a person before anything of it is taken.

A question is about rows (hidden ones, struck ones, those of another call) or about the file as a whole. Its
rows are set aside until they are told to be taken; while any question has no answer, nothing can be written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ennum_stats.errors import Message, UsageError, message

Doubt = tuple[str, Message]
"""The name of a question, and what it doubts."""


@dataclass(frozen=True)
class Question:
    """Hold what is doubtful in a file: the name by which it is answered, what is doubted, the rows that are set
    aside for it (none where it is about the file as a whole), and the answer: "take", "leave", "rows" where each row
    has its own (`of_rows`), or none. What may not be taken stands where this import does not read, and can only be
    left."""

    name: str
    text: Message
    rows: tuple[int, ...] = ()
    answer: str = ""
    may_be_taken: bool = True
    of_rows: Mapping[int, str] = field(default_factory=dict)


LIST_TITLE, CALL_TITLE = "list-title", "call-title"
OF_THE_WHOLE = frozenset((LIST_TITLE, CALL_TITLE))
"""Questions about all rows of a list, which are read on meanwhile: what is refused is told in the same round."""


class RowSetAside(Exception):
    """Hold a row of a question that is not to be taken, or not yet."""


@dataclass
class Questions:
    """Hold the questions of a file so far, and what a person answers: the names of those whose rows are taken,
    and of those whose rows are left; and answers about single rows, which go before these."""

    take: frozenset[str] = frozenset()
    leave: frozenset[str] = frozenset()
    of_rows: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    _texts: dict[str, Message] = field(default_factory=dict, init=False)
    _rows: dict[str, list[int]] = field(default_factory=dict, init=False)
    _unread: set[str] = field(default_factory=set, init=False)

    def ask_to_leave(self, name: str, text: Message) -> None:
        """Put a question about what is not read, which can only be left."""
        self._unread.add(name)
        self.ask(name, text)

    def ask(self, name: str, text: Message, *rows: int) -> bool:
        """Put a question, or more rows to it; give whether its rows are to be read on."""
        self._texts[name] = text
        self._rows.setdefault(name, []).extend(rows)
        return all(self.takes(name, row) for row in rows) if rows else self.takes(name)

    def takes(self, name: str, row: int = 0) -> bool:
        """Tell whether a row of a question is to be read on."""
        if answer := self.of_rows.get(name, {}).get(row):
            return answer == "take"
        return name in self.take or (name in OF_THE_WHOLE and name not in self.leave)

    def require_taken(self, row: int, *doubts: Doubt) -> None:
        """Put a question for each doubt about a row. Raises `RowSetAside` unless it is to be taken."""
        answers = [self.ask(*doubt, row) for doubt in doubts]
        if not all(answers):
            raise RowSetAside

    @property
    def all(self) -> tuple[Question, ...]:
        """All questions, in the order in which they came up, each with its rows and its answer."""
        return tuple(
            Question(
                name,
                text,
                tuple(self._rows[name]),
                self._answer(name),
                name not in self._unread,
                self.of_rows.get(name, {}),
            )
            for name, text in self._texts.items()
        )

    def _answer(self, name: str) -> str:
        if name in self.take and name not in self._unread:
            return "take"
        if name in self.leave:
            return "leave"
        rows = self._rows[name]
        return "rows" if rows and all(row in self.of_rows.get(name, {}) for row in rows) else ""


def row_answers(answers: Iterable[str]) -> tuple[frozenset[str], dict[str, set[int]]]:
    """Part the answers about whole questions from those about rows of one: `struck-through:12,15-17`.

    Raises `UsageError`.
    """
    whole: set[str] = set()
    of_rows: dict[str, set[int]] = {}
    for answer in answers:
        name, colon, numbers = answer.partition(":")
        if not colon:
            whole.add(name)
            continue
        for part in numbers.split(","):
            ends = [end.strip() for end in part.split("-")]
            if len(ends) > 2 or not all(end.isdecimal() for end in ends):
                raise UsageError(
                    message("“{value}” names no rows.", value=numbers),
                    where=name,
                    expected=message("Rows of the question: {example}", example=f"{name}:12,15-17"),
                )
            of_rows.setdefault(name, set()).update(range(int(ends[0]), int(ends[-1]) + 1))
    return frozenset(whole), of_rows
