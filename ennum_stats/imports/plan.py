"""What an import would do, as plain data.

`FileChanges` is what a kind of import makes of a file; `ImportPlan` is the same with what follows from it
for the project: findings, figures that change, and the raw files as they would be. What is only said of it
(lines at a terminal, JSON, workbooks) is in `report` and `workbooks`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from ennum_stats.errors import Message
from ennum_stats.imports.lists.changes import ListChanges
from ennum_stats.imports.questions import Question
from ennum_stats.imports.register.changes import SiteChanges
from ennum_stats.imports.schools.candidates import SiteCandidate
from ennum_stats.imports.spreadsheets.header import MatchedTable
from ennum_stats.measures.coverage.coverage_table import CoverageRow
from ennum_stats.measures.coverage.site_counts import SiteCoverage
from ennum_stats.measures.schools.completeness import Completeness
from ennum_stats.measures.schools.listed_and_published import Comparison
from ennum_stats.measures.schools.reconciliation import Breach
from ennum_stats.project import Project
from ennum_stats.quantities import Quantity
from ennum_stats.raw.communes import Commune
from ennum_stats.raw.history import ChangeMade
from ennum_stats.raw.schema import Finding
from ennum_stats.raw.tables import RAW_TABLE_BY_NAME
from ennum_stats.store.answers import Answer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class NewRow:
    """Hold a row for a raw table: its file (relative to data/raw), its cells, and the row of the workbook that
    it comes from. `fields` says which field of the form a cell comes from, where the names differ. One that
    `takes_place` of an earlier row of its key is a decision about the same thing."""

    table: str
    path: str
    values: dict[str, str]
    row: int
    fields: dict[str, str] = field(default_factory=dict)
    takes_place: bool = False

    @property
    def key(self) -> str:
        """What names it: the cells of its key."""
        return " ".join(self.values[column] for column in RAW_TABLE_BY_NAME[self.table].key)

    def field_of(self, column: str) -> str:
        """Give the field of the form that a column of the raw table comes from."""
        return self.fields.get(column, self.fields.get("*", column))


@dataclass(frozen=True)
class FilledCell:
    """Hold a cell of a row that is there already, empty until now: its table and file, the row's key, the column,
    what is to stand there, and the row and field of the workbook that it comes from."""

    table: str
    path: str
    key: str
    column: str
    text: str
    row: int
    field: str

    def field_of(self, _column: str) -> str:
        """Give the field of the form that it comes from."""
        return self.field


@dataclass(frozen=True)
class Refusal:
    """Hold a cell of the file that could not be taken, and so its whole row: row number, field, name of the
    column in the file (of the form, where it has none), what stands there, and why not."""

    row: int
    key: str
    column: str | Message
    shown: str
    reason: Message
    candidates: tuple[SiteCandidate, ...] = ()
    """The sites that the row may mean, best first; one is chosen by the number of the row (`ImportOptions.sites`)."""


@dataclass(frozen=True)
class ReadNumber:
    """Hold how a number of the file was understood: its row and field, what stands there, and the quantity that
    readers will see."""

    row: int
    column: Message
    shown: str
    quantity: Quantity


@dataclass(frozen=True)
class FigureChange:
    """Hold a published figure that would change. `before` is nothing where it is new, `after` where it is gone."""

    name: str
    label: Message
    before: Answer | None
    after: Answer | None


_NAMED = frozenset((
    "lists", "calls", "sources", "site_links", "school_aliases", "corrections", "reconciliations", "complete_lists",
))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FileChanges:
    """Hold what a file would change in the raw tables, as its kind of import reads it.

    `known_at` is the day for which figures are compared: today, or the day of the latest document of the
    file. New rows come one by one with the row of the file (`new_rows`), or as whole columns by table where
    there are thousands (`frames`). `completed` are cells of rows that are there already which the file
    fills, `since` what a register changes against the one before it, `corrected` what a list changes
    against the one that it corrects, `remarks` what a person is told of
    the file as a whole before anything is taken. `questions` are what a person has to say first: the rows of
    those that are not taken are `set_aside`.
    """

    file: str
    table: MatchedTable
    columns: tuple[tuple[str, str | Message], ...]
    known_at: date
    ignored_columns: tuple[str, ...] = ()
    remarks: tuple[Message, ...] = ()
    examples: int = 0
    taken: tuple[int, ...] = ()
    already_there: tuple[int, ...] = ()
    refused: tuple[Refusal, ...] = ()
    left_out: int = 0
    questions: tuple[Question, ...] = ()
    set_aside: tuple[int, ...] = ()
    new_rows: tuple[NewRow, ...] = ()
    completed: tuple[FilledCell, ...] = ()
    readings: tuple[ReadNumber, ...] = ()
    frames: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False)
    since: SiteChanges | None = None
    corrected: ListChanges | None = None

    @property
    def refused_rows(self) -> tuple[int, ...]:
        """The numbers of the rows that are refused."""
        return tuple(dict.fromkeys(refusal.row for refusal in self.refused))

    @property
    def rows_read(self) -> int:
        """How many rows hold anything, examples left out."""
        rows = (self.taken, self.already_there, self.refused_rows, self.set_aside)
        return sum(len(numbers) for numbers in rows) + self.left_out

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """The questions without an answer: with any, nothing is written."""
        return tuple(question for question in self.questions if not question.answer)

    @property
    def row_count(self) -> int:
        """How many rows would be written: those of the raw tables, or of the file where it goes whole."""
        completed = {(cell.table, cell.key) for cell in self.completed}
        return len(self.new_rows) + len(completed) or len(self.taken)

    @property
    def keys(self) -> list[str]:
        """The names of the lists, registers, calls and documents that come with it."""
        named = [row.key for row in self.new_rows if row.table in _NAMED]
        registers = self.frames["registers"]["register"].to_list() if "registers" in self.frames else []
        return [*named, *registers]

    @property
    def rows_by_table(self) -> dict[str, list[dict[str, str]]]:
        """The new rows of each raw table."""
        tables: dict[str, list[dict[str, str]]] = {}
        for row in self.new_rows:
            tables.setdefault(row.table, []).append(row.values)
        return tables


Value = TypeVar("Value")


@dataclass(frozen=True)
class Appearing(Generic[Value]):
    """Hold what would be there that is not now, and what would be gone."""

    new: tuple[Value, ...] = ()
    gone: tuple[Value, ...] = ()


@dataclass(frozen=True)
class CoverageChange:
    """Hold what a programme reached of a universe (in words), before and after; none where it is not told."""

    name: str
    before: CoverageRow | SiteCoverage | None
    after: CoverageRow | SiteCoverage | None


@dataclass(frozen=True)
class CountChange:
    """Hold the sites that École Numérique reached in a commune, before and after."""

    commune: Commune
    before: Answer | None
    after: Answer | None


@dataclass(frozen=True)
class Preview:
    """Hold what the checks say of the raw tables as they would be; where they say nothing, what would be said
    otherwise: figures, how lists compare with what was published, the rules that they break, whether they are
    complete, coverage, communes, contradictions between documents and sentences of the kit, these two in words."""

    findings: tuple[Finding, ...] = ()
    changes: tuple[FigureChange, ...] = ()
    comparisons: Appearing[Comparison] = Appearing()
    breaches: Appearing[Breach] = Appearing()
    completeness: Appearing[Completeness] = Appearing()
    coverage: tuple[CoverageChange, ...] = ()
    communes: tuple[CountChange, ...] = ()
    contradictions: Appearing[str] = Appearing()
    sentences: Appearing[str] = Appearing()


@dataclass(frozen=True, kw_only=True)
class ImportPlan(FileChanges):
    """Hold what an import of a file would do to a project; `apply` does it.

    `preview` is nothing for kinds whose rows no figure counts yet. `contents` are the raw files as they
    would be, by path relative to data/raw, `fingerprint` that of the raw tables they were made from, and `made` what
    the history says of it.
    """

    kind: str
    project: Project
    preview: Preview | None
    contents: dict[str, bytes] = field(repr=False)
    fingerprint: str = field(repr=False)
    made: ChangeMade = field(repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks of the raw tables would say, at the place in the file; with any, nothing is
        applied."""
        return self.preview.findings if self.preview else ()

    @property
    def changes(self) -> tuple[FigureChange, ...]:
        """The published figures that would change."""
        return self.preview.changes if self.preview else ()


@dataclass(frozen=True)
class RemovalPlan:
    """Hold what removing things by their names, or undoing a change, would do; `remove` does it. `rows` says how many
    go from each table, `back` how many come back. A file without content goes."""

    project: Project
    names: tuple[str, ...]
    rows: dict[str, int]
    preview: Preview
    known_at: date
    contents: dict[str, bytes | None] = field(repr=False)
    fingerprint: str = field(repr=False)
    made: ChangeMade = field(repr=False)
    back: dict[str, int] = field(default_factory=dict)
