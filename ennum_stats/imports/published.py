"""Reading a filled form: what would be taken, what is refused and why, and which figures would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from ennum_stats.errors import ONE_OF, Message, message, unknown_name
from ennum_stats.imports.apply import new_contents, preview
from ennum_stats.imports.cell_values import ParsedRow, converted
from ennum_stats.imports.choices import EXAMPLE, Choices, choices_of
from ennum_stats.imports.forms import CALL_FORM, EXAMPLE_KEY, OBSERVATIONS_FORM, Form
from ennum_stats.imports.header import MatchedTable, fold, recognise
from ennum_stats.imports.known_rows import KnownRows
from ennum_stats.imports.number_parser import CellRefused, Numbers, RowRefused
from ennum_stats.imports.plan import FilledCell, ImportPlan, NewRow
from ennum_stats.imports.published_rows import call_rows, observation_rows, read_back
from ennum_stats.imports.report import Refusal, refusal
from ennum_stats.imports.spreadsheet import ForeignRow
from ennum_stats.imports.spreadsheet_reader import read_file
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.raw.reader import read_tables
from ennum_stats.raw.row_checks import check_raw_tables
from ennum_stats.raw.schema import Finding, RawTablesRefused
from ennum_stats.raw.tables import EMBARGOED, TABLES
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint

RawRows = Callable[[ParsedRow, KnownRows], list[NewRow]]


@dataclass(frozen=True)
class ImportKind:
    """A kind of file: its form, and what its rows become."""

    form: Form
    raw_rows: RawRows


KINDS = {
    kind.form.kind: kind
    for kind in (
        ImportKind(CALL_FORM, call_rows),
        ImportKind(OBSERVATIONS_FORM, observation_rows),
    )
}


def plan_import(kind: str, file: Path, project: Project, sheet: str = "") -> ImportPlan:
    """What importing a file would do; nothing is written.

    Raises `UnknownName` for another kind, `FileRefused` where the file is not read at all, and
    `RawTablesRefused` where the project's own tables are not in order.
    """
    form = _kind(kind).form
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    frames = raw_tables(project)
    foreign = read_file(Path(file))
    table = recognise(foreign, form.fields, sheet)
    pass_ = RowReader(_kind(kind), table, choices_of(frames), KnownRows(frames))
    pass_.read()
    contents, places = new_contents(project.raw, pass_.new_rows, pass_.completed)
    known_at = max([today(), *_days(pass_.new_rows)])
    shown = preview(project, contents, known_at)
    return ImportPlan(
        kind=kind,
        file=foreign.name,
        project=project,
        table=table,
        columns=tuple((table.heading(key), form.field(key).heading) for key in table.positions),
        ignored_columns=table.ignored,
        remarks=(*foreign.remarks, *_future_documents(pass_.new_rows)),
        examples=pass_.examples,
        taken=tuple(pass_.taken),
        already_there=tuple(pass_.already_there),
        refused=tuple(pass_.refused),
        new_rows=tuple(pass_.new_rows),
        readings=tuple(_readings(pass_.new_rows, table, form)),
        findings=tuple(_placed(f, places, table, foreign.name, project) for f in shown.findings),
        changes=shown.changes,
        known_at=known_at,
        contents=contents,
        fingerprint=fingerprint,
        completed=tuple(pass_.completed),
    )


def _kind(name: str) -> ImportKind:
    if name not in KINDS:
        raise unknown_name(message("There is no form “{name}”.", name=name), KINDS, ONE_OF)
    return KINDS[name]


def raw_tables(project: Project) -> dict[str, pl.DataFrame]:
    """The raw tables as they stand, embargoed rows among the observations."""
    _, findings = check_raw_tables(project.raw, project.root)
    if findings:
        raise RawTablesRefused(findings)
    frames, _ = read_tables(project.raw, project.root, (*TABLES, EMBARGOED))
    frames["observations"] = pl.concat([frames["observations"], frames[EMBARGOED.name]])
    return frames


@dataclass
class RowReader:
    """One way through the rows of a file."""

    kind: ImportKind
    table: MatchedTable
    choices: Choices
    known: KnownRows
    new_rows: list[NewRow] = field(default_factory=list)
    completed: list[FilledCell] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    already_there: list[int] = field(default_factory=list)
    examples: int = 0

    def read(self) -> None:
        """Read the rows that hold anything: taken, refused, or already there."""
        for row in self.table.rows:
            if all(row.cell(position).is_empty for position in self.table.positions.values()):
                continue
            if fold(self.table.cell(row, EXAMPLE_KEY).shown) == EXAMPLE:
                self.examples += 1
                continue
            fields = self.kind.form.fields
            filled, refused = converted(self.table, row, fields, self.choices)
            if refused:
                self._refuse(row, *refused)
            else:
                self._take(row, filled)

    def _take(self, row: ForeignRow, filled: ParsedRow) -> None:
        try:
            rows, completed = self.known.new_ones(self.kind.raw_rows(filled, self.known))
        except CellRefused as refused:
            self._refuse(row, refused)
            return
        except RowRefused as refused:
            self._refuse(row, *refused.refusals)
            return
        self.known.add(rows, completed)
        self.new_rows += rows
        self.completed += completed
        (self.taken if rows or completed else self.already_there).append(row.number)

    def _refuse(self, row: ForeignRow, *refused: CellRefused) -> None:
        self.refused += [refusal(self.table, row, one, self.kind.form.fields) for one in refused]


def _days(rows: list[NewRow]) -> Iterator[date]:
    """The days from which the new documents are known."""
    for row in rows:
        if row.table == "sources":
            yield _known_on(row)


def _known_on(source: NewRow) -> date:
    return Period(source.values["published_on"] or source.values["retrieved_on"]).last


def _future_documents(rows: list[NewRow]) -> Iterator[Message]:
    """What a mistyped year would otherwise hide until that year."""
    for row in rows:
        if row.table == "sources" and _known_on(row) > today():
            yield message(
                "The document “{code}” is of a day to come: its numbers are only known from {day} on.",
                code=row.values["source_id"],
                day=_known_on(row),
            )


def _readings(
    rows: list[NewRow], table: MatchedTable, form: Form
) -> Iterator[tuple[int, str, str]]:
    """How each number was understood: row, what stands in the file, the words for readers (in French, as
    the forms)."""
    by_number = {row.number: row for row in table.rows}
    for new in rows:
        if new.table != "observations":
            continue
        number = Numbers(*(new.values[name] for name in Numbers.__slots__))
        if number == Numbers():
            continue
        key = new.field_of("value" if number.value or "lower" not in table.positions else "lower")
        shown = table.cell(by_number[new.row], key).shown
        heading = form.field(key).heading
        yield new.row, f"{heading} « {shown} »", read_back(number, new.values["unit"], "fr")


def _placed(
    finding: Finding,
    places: dict[tuple[str, int], NewRow | FilledCell],
    table: MatchedTable,
    file: str,
    project: Project,
) -> Finding:
    """A finding on a new row at its place in the workbook; any other where it is."""
    start = project.raw.relative_to(project.root).as_posix() + "/"
    row = places.get((finding.file.removeprefix(start), finding.line))
    if row is None:
        return finding
    key = row.field_of(finding.column)
    column = table.heading(key) if key in table.positions else finding.column
    return replace(finding, file=file, line=row.row, column=column)
