"""The way of every form and list: row by row, each taken, there already, or refused with its reasons."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ennum_stats.errors import Message, message
from ennum_stats.imports.choices import Choices, is_example
from ennum_stats.imports.forms import EXAMPLE_KEY, Field
from ennum_stats.imports.plan import FileChanges, FilledCell, NewRow, ReadNumber, Refusal
from ennum_stats.imports.questions import Doubt, Questions, RowSetAside
from ennum_stats.imports.schools.matcher import SiteNotCertain
from ennum_stats.imports.spreadsheets.bounds import rows_compared
from ennum_stats.imports.spreadsheets.cell_values import ParsedRow, converted
from ennum_stats.imports.spreadsheets.header import MatchedTable
from ennum_stats.imports.spreadsheets.number_parser import CellRefused, RowRefused
from ennum_stats.imports.spreadsheets.sheet import ForeignFile, ForeignRow

HIDDEN_ROWS = ("hidden-rows", message("Rows that are hidden in the workbook, by hand or by a filter."))
STRUCK_ROWS = ("struck-through", message("Rows with cells that are struck through."))


@dataclass
class RowReader(ABC):
    """Go through the rows of a table; a kind of file says what it makes of a row (`take`), and may
    pass over some."""

    table: MatchedTable
    fields: Sequence[Field]
    choices: Choices
    questions: Questions = field(default_factory=Questions, kw_only=True)
    new_rows: list[NewRow] = field(default_factory=list, init=False)
    completed: list[FilledCell] = field(default_factory=list, init=False)
    taken: list[int] = field(default_factory=list, init=False)
    already_there: list[int] = field(default_factory=list, init=False)
    refused: list[Refusal] = field(default_factory=list, init=False)
    set_aside: list[int] = field(default_factory=list, init=False)
    examples: int = field(default=0, init=False)
    left_out: int = field(default=0, init=False)

    @abstractmethod
    def take(self, parsed: ParsedRow) -> bool:
        """Make raw rows of a row of the file; false where all of it is there already.

        Raises `CellRefused`, or `RowRefused` where several cells cannot be taken.
        """

    def passes_over(self, row: ForeignRow) -> bool:
        """Tell whether a row is none of the table: empty in all its columns, or an example."""
        if all(row.cell(position).is_empty for position in self.table.positions.values()):
            return True
        self.examples += (is_one := is_example(self.table.cell(row, EXAMPLE_KEY)))
        return is_one

    def doubts(self, row: ForeignRow) -> Iterator[Doubt]:
        """Say what is doubtful in a row before it is read: that a person does not see it, or struck it."""
        if row.is_hidden:
            yield HIDDEN_ROWS
        if any(row.cell(position).is_struck for position in self.table.positions.values()):
            yield STRUCK_ROWS

    def parsed(self, row: ForeignRow) -> tuple[ParsedRow, list[CellRefused]]:
        """Read the cells of a row; and those that cannot be taken."""
        return converted(self.table, row, self.fields, self.choices)

    def note(  # noqa: B027 - most kinds note nothing
        self, parsed: ParsedRow, refused: Sequence[CellRefused], *, is_certain: bool
    ) -> None:
        """Note what a row holds, whether or not it is taken; `is_certain` where nothing of it is doubtful."""

    def read(self) -> None:
        """Read all rows."""
        for row in rows_compared(self.table.rows):
            if self.passes_over(row):
                continue
            answers = [self.questions.ask(*doubt, row.number) for doubt in self.doubts(row)]
            parsed, refused = self.parsed(row)
            self.note(parsed, refused, is_certain=not answers)
            if not all(answers):
                self.set_aside.append(row.number)
                continue
            if not refused:
                try:
                    (self.taken if self.take(parsed) else self.already_there).append(row.number)
                except RowSetAside:
                    self.set_aside.append(row.number)
                except CellRefused as error:
                    refused = [error]
                except RowRefused as error:
                    refused = list(error.refusals)
            self.refused += [self._refusal(row, refusal) for refusal in refused]

    def _refusal(self, row: ForeignRow, refused: CellRefused) -> Refusal:
        key = refused.key
        heading = (
            self.table.heading(key)
            if key in self.table.positions
            else next(column.heading for column in self.fields if column.key == key)
        )
        candidates = refused.candidates if isinstance(refused, SiteNotCertain) else ()
        return Refusal(row.number, key, heading, self.table.cell(row, key).shown, refused.reason, candidates)

    def changes(
        self, file: ForeignFile, known_at: date, *remarks: Message, readings: Sequence[ReadNumber] = ()
    ) -> FileChanges:
        """Give what was read, with what is told of the file."""
        headings = {column.key: column.heading for column in self.fields}
        return FileChanges(
            file=file.name,
            table=self.table,
            columns=tuple((self.table.heading(key), headings[key]) for key in self.table.positions),
            known_at=known_at,
            ignored_columns=self.table.ignored,
            remarks=(*file.remarks, *remarks),
            examples=self.examples,
            taken=tuple(self.taken),
            already_there=tuple(self.already_there),
            refused=tuple(self.refused),
            left_out=self.left_out,
            questions=self.questions.all,
            set_aside=tuple(self.set_aside),
            new_rows=tuple(self.new_rows),
            completed=tuple(self.completed),
            readings=tuple(readings),
        )
