"""What an import would do, as plain data: nothing here reads or writes anything but the refused rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import FICTITIOUS, Message, message
from ennum_stats.imports.header import MatchedTable
from ennum_stats.imports.report import Refusal, labelled, write_refused
from ennum_stats.languages import translate, translate_plural
from ennum_stats.measures.reconciliation import BREAKS, VERDICTS, Breach, Comparison
from ennum_stats.project import Project
from ennum_stats.raw.schema import Finding
from ennum_stats.store.answers import Answer, Missing
from ennum_stats.wording import missing_words, words

if TYPE_CHECKING:
    from ennum_stats.imports.site_links import SiteChanges

ADDED = {
    "opened_on": message("opening day {text} added"),
    "closed_on": message("closing day {text} added"),
    "note": message("remark “{text}” added"),
}
ADDED_TO = message("{column}: “{text}” added")
NAMED_ROWS = 20
"""New rows whose keys are told; of a longer list the number says enough."""


@dataclass(frozen=True)
class NewRow:
    """A row for a raw table: its file (relative to data/raw), its cells, and the row of the workbook that
    it comes from. `fields` says which field of the form a cell comes from, where the names differ."""

    table: str
    path: str
    values: dict[str, str]
    row: int
    fields: dict[str, str] = field(default_factory=dict)

    def field_of(self, column: str) -> str:
        """The field of the form that a column of the raw table comes from."""
        return self.fields.get(column, self.fields.get("*", column))


@dataclass(frozen=True)
class FilledCell:
    """A cell of a row that is there already, empty until now: its table and file, the row's key, the column,
    what is to stand there, and the row and field of the workbook that it comes from."""

    table: str
    path: str
    key: str
    column: str
    text: str
    row: int
    field: str

    def field_of(self, _column: str) -> str:
        """The field of the form that it comes from."""
        return self.field

    def words(self, language: str) -> str:
        """`EN2021: closing day 2021-12-17 added` in the reader's language."""
        added = ADDED.get(self.column, ADDED_TO)
        said = translate(message(added.text, column=self.column, text=self.text), language)
        return labelled(self.key, said, language)


@dataclass(frozen=True)
class FigureChange:
    """A published figure that would change. `before` is nothing where the figure is new."""

    name: str
    label: Message
    before: Answer | None
    after: Answer

    def old(self, language: str) -> str:
        """The figure in words as it is now."""
        if self.before is None:
            return translate(message("not there yet"), language)
        return _words(self.before, language)

    def new(self, language: str) -> str:
        """The figure in words as it would be."""
        return _words(self.after, language)

    def record(self, language: str) -> dict[str, str]:
        """As plain values."""
        return {
            "name": self.name,
            "label": translate(self.label, language),
            "from": self.old(language),
            "to": self.new(language),
        }


@dataclass(frozen=True)
class ImportPlan:
    """What an import of a file would do to a project; `apply` does it.

    `known_at` is the day for which `changes` compares the figures: today, or the day of the latest
    document of the file. `since` is what a register changes against the one before it, `comparisons` are
    the numbers of the lists beside the published ones, where they are new, `breaches` the rules that
    they newly break, `completed` the empty cells of
    rows that are there already which the file fills. `findings` are what the checks
    of the raw tables would say, at the place in the workbook; with any, nothing can be applied.
    """

    kind: str
    file: str
    project: Project
    table: MatchedTable
    columns: tuple[tuple[str, str], ...]
    ignored_columns: tuple[str, ...]
    remarks: tuple[Message, ...]
    examples: int
    taken: tuple[int, ...]
    already_there: tuple[int, ...]
    refused: tuple[Refusal, ...]
    new_rows: tuple[NewRow, ...]
    readings: tuple[tuple[int, str, str], ...]
    findings: tuple[Finding, ...]
    changes: tuple[FigureChange, ...]
    known_at: date
    contents: dict[str, bytes] = field(repr=False)
    fingerprint: str = field(repr=False)
    left_out: int = 0
    since: SiteChanges | None = None
    comparisons: tuple[Comparison, ...] = ()
    completed: tuple[FilledCell, ...] = ()
    breaches: tuple[Breach, ...] = ()

    @property
    def refused_rows(self) -> tuple[int, ...]:
        """The numbers of the rows that are refused."""
        return tuple(dict.fromkeys(refusal.row for refusal in self.refused))

    @property
    def rows_read(self) -> int:
        """Rows that hold anything, examples left out."""
        rows = (self.taken, self.already_there, self.refused_rows)
        return sum(len(numbers) for numbers in rows) + self.left_out

    @property
    def row_count(self) -> int:
        """How many rows would be written: those of the raw tables, or of the file where it goes whole."""
        completed = {(cell.table, cell.key) for cell in self.completed}
        return len(self.new_rows) + len(completed) or len(self.taken)

    @property
    def rows_by_table(self) -> dict[str, list[dict[str, str]]]:
        """The new rows of each raw table."""
        tables: dict[str, list[dict[str, str]]] = {}
        for row in self.new_rows:
            tables.setdefault(row.table, []).append(row.values)
        return tables

    def lines(self, language: str) -> list[str]:
        """The plan for a person at a terminal: columns, rows, refusals, findings, changes."""
        return [
            *self._column_lines(language),
            *(translate(remark, language) for remark in self.remarks),
            translate(
                message(
                    "Rows: {read} read, {taken} taken, {there} there already, {refused} refused; "
                    "{examples} examples left out.",
                    read=self.rows_read, taken=len(self.taken), there=len(self.already_there),
                    refused=len(self.refused_rows), examples=self.examples,
                ),
                language,
            ),
            *(f"  {refusal.words(language)}" for refusal in self.refused),
            *(f"  {finding.words(language)}" for finding in self.findings),
            *self._reading_lines(language),
            *self._row_lines(language),
            *(f"  {cell.words(language)}" for cell in self.completed),
            *self._change_lines(language),
            *comparison_lines(self.comparisons, language),
            *(
                "  " + labelled(one.words(language), translate(VERDICTS[BREAKS], language), language)
                for one in self.breaches
            ),
        ]  # fmt: skip

    def record(self, language: str) -> dict[str, Any]:
        """The plan as plain values, for JSON."""
        return {
            "kind": self.kind,
            "file": self.file,
            "sheet": self.table.sheet,
            "header_row": self.table.header.number,
            "columns": dict(self.columns),
            "ignored_columns": list(self.ignored_columns),
            "read": self.rows_read,
            "taken": list(self.taken),
            "already_there": list(self.already_there),
            "refused": [
                {
                    "row": refusal.row,
                    "column": refusal.column,
                    "value": refusal.shown,
                    "reason": translate(refusal.reason, language),
                }
                for refusal in self.refused
            ],
            "findings": [finding.words(language) for finding in self.findings],
            "new_rows": self.rows_by_table,
            "completed": [
                {"table": cell.table, "key": cell.key, "column": cell.column, "value": cell.text}
                for cell in self.completed
            ],
            "known_at": self.known_at.isoformat(),
            "changes": [change.record(language) for change in self.changes],
            "comparisons": [
                {"text": one.words(language), "verdict": one.verdict} for one in self.comparisons
            ],
            "breaches": [
                {"rule": one.rule, "text": one.words(language), "sites": one.sites}
                for one in self.breaches
            ],
        }

    def refused_workbook(self, path: Path, language: str = "fr") -> Path:
        """Writes the refused rows as XLSX, with the reason beside each cell. Raises `OutputInUse`."""
        here = [finding for finding in self.findings if finding.file == self.file]
        mark = translate(FICTITIOUS, language) if self.project.is_demo else ""
        return write_refused(path, self.table, self.refused, here, mark, language)

    def _column_lines(self, language: str) -> list[str]:
        shown = [
            found if found == heading else f"{found} → {heading}" for found, heading in self.columns
        ]
        if not shown:
            return []
        lines = [translate(message("Columns recognised (row {row}): {names}.",
                                   row=str(self.table.header.number), names=" ; ".join(shown)),
                           language)]  # fmt: skip
        if self.ignored_columns:
            names = " ; ".join(self.ignored_columns)
            lines.append(translate(message("Columns left out: {names}.", names=names), language))
        return lines

    def _reading_lines(self, language: str) -> list[str]:
        lines = []
        for row, shown, read in self.readings:
            place = translate(message("row {row}", row=str(row)), language)
            lines.append("  " + labelled(place, f"{shown} → {read}", language))
        return lines

    def _row_lines(self, language: str) -> list[str]:
        lines = []
        for table, rows in self.rows_by_table.items():
            count = translate_plural("{n} new row", "{n} new rows", len(rows), language)
            shown = [next(iter(row.values())) for row in rows[:NAMED_ROWS]]
            names = ", ".join([*shown, "…"] if len(rows) > NAMED_ROWS else shown)
            lines.append("  " + labelled(table, f"{count} – {names}", language))
        return lines

    def _change_lines(self, language: str) -> list[str]:
        if not self.changes and self.kind in ("register", "borders"):
            return []
        return change_lines(self.changes, self.known_at, language)


def change_lines(changes: Sequence[FigureChange], known_at: date, language: str) -> list[str]:
    """The figures that change, for a person: one that moves by less than its words tell is not named."""
    seen = [(c.name, c.old(language), c.new(language)) for c in changes]
    lines = [
        "  " + labelled(name, f"{old} → {new}", language) for name, old, new in seen if old != new
    ]
    if not lines:
        return [translate(message("No published figure would change."), language)]
    header = message("Published figures that would change (as known on {day}):", day=known_at)
    return [translate(header, language), *lines]


def comparison_lines(comparisons: Sequence[Comparison], language: str) -> list[str]:
    """The numbers of the lists beside the published ones, each with its verdict."""
    return [
        "  " + labelled(one.words(language), translate(VERDICTS[one.verdict], language), language)
        for one in comparisons
    ]


def _words(answer: Answer, language: str) -> str:
    if isinstance(answer, Missing):
        return missing_words(answer.reason, language)
    return words(answer.quantity, language)
