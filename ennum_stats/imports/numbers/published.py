"""Forms of published numbers: a call with what documents say of it, observations one by one, inhabitants and pupils of
communes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ennum_stats.errors import Message, message
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.forms import CALL_FORM, COMMUNES_FORM, OBSERVATIONS_FORM, Form
from ennum_stats.imports.kind import ImportKind, ImportOptions
from ennum_stats.imports.numbers.known_rows import KnownRows
from ennum_stats.imports.numbers.published_rows import call_rows, commune_rows, observation_rows, read_back
from ennum_stats.imports.plan import FileChanges, NewRow, ReadNumber
from ennum_stats.imports.row_reader import RowReader
from ennum_stats.imports.spreadsheets.cell_values import ParsedRow
from ennum_stats.imports.spreadsheets.header import MatchedTable, recognise
from ennum_stats.imports.spreadsheets.kept_cells import kept
from ennum_stats.imports.spreadsheets.number_parser import NumberCells
from ennum_stats.imports.spreadsheets.reader import read_file
from ennum_stats.imports.spreadsheets.sheet import ForeignRow
from ennum_stats.periods import Period
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import today

RawRows = Callable[[ParsedRow, KnownRows], list[NewRow]]


class PublishedNumbers(ImportKind):
    """Hold a form whose rows hold what documents have published; `raw_rows` says what a row becomes."""

    places_findings = True

    def __init__(self, form: Form, raw_rows: RawRows) -> None:
        self.name, self.form, self.raw_rows = form.kind, form, raw_rows

    def changes(self, file: Path, destination: Destination, options: ImportOptions) -> FileChanges:
        """Read the rows of the form."""
        frames = destination.frames
        foreign = read_file(file)
        recognised = recognise(foreign, self.form.fields, options.sheet)
        table = kept(recognised, self.form.fields, written=options.cells)
        reader = PublishedReader(
            table, self.form.fields, destination.choices,
            known=KnownRows(frames), raw_rows=self.raw_rows, questions=options.questions,
        )  # fmt: skip
        reader.read()
        reader.new_rows = _with_their_numbers(reader.new_rows)
        documents = [row for row in reader.new_rows if row.table == "sources"]
        left_out = [
            message("Places outside Wallonia, or larger than a commune, left out: {n}.", n=reader.left_out)
        ]
        return reader.changes(
            foreign,
            max([today(), *map(_known_on, documents)]),
            *_future_documents(documents),
            *(left_out if reader.left_out else ()),
            readings=tuple(_readings(reader.new_rows, table, self.form)),
        )


CALL = PublishedNumbers(CALL_FORM, call_rows)
OBSERVATIONS = PublishedNumbers(OBSERVATIONS_FORM, observation_rows)
COMMUNES = PublishedNumbers(COMMUNES_FORM, commune_rows)
_ELSEWHERE = re.compile(r"0\d*|[1347]\d*|2[134]\d*|\d\d000")
"""The NIS codes of other regions, and of what is larger than a commune: files of all Belgium have these rows, too."""


@dataclass
class PublishedReader(RowReader):
    """Go through the rows, each beside what is known so far."""

    known: KnownRows = field(kw_only=True)
    raw_rows: RawRows = field(kw_only=True)

    def passes_over(self, row: ForeignRow) -> bool:
        """Leave out places that are no communes of Wallonia."""
        if super().passes_over(row):
            return True
        is_elsewhere = bool(_ELSEWHERE.fullmatch(self.table.cell(row, "commune").shown))
        self.left_out += is_elsewhere
        return is_elsewhere

    def take(self, parsed: ParsedRow) -> bool:
        """Take what is new in a row."""
        rows, completed = self.known.new_ones(self.raw_rows(parsed, self.known))
        self.known.add(rows, completed)
        self.new_rows += rows
        self.completed += completed
        return bool(rows or completed)


def _with_their_numbers(rows: list[NewRow]) -> list[NewRow]:
    """Put a new document where its numbers go: beside them where all are under embargo."""
    folder = TABLE_BY_NAME["observations"].embargoed
    others = [row for row in rows if row.table != "sources"]
    shared = {row.values["source_id"] for row in others if Path(row.path).parent.name != folder}
    return [
        row if row.table != "sources" or row.values["source_id"] in shared
        else replace(row, path=TABLE_BY_NAME["sources"].embargoed)
        for row in rows
    ]  # fmt: skip


def _known_on(source: NewRow) -> date:
    """Give the day from which a new document is known."""
    return Period(source.values["published_on"] or source.values["retrieved_on"]).last


def _future_documents(documents: list[NewRow]) -> Iterator[Message]:
    """Tell what a mistyped year would otherwise hide until that year."""
    for row in documents:
        if _known_on(row) > today():
            yield message(
                "The document “{code}” is of a day to come: its numbers are only known from {day} on.",
                code=row.values["source_id"],
                day=_known_on(row),
            )


def _readings(rows: list[NewRow], table: MatchedTable, form: Form) -> Iterator[ReadNumber]:
    """Say how each number was understood."""
    by_number = {row.number: row for row in table.rows}
    for new in rows:
        if new.table != "observations":
            continue
        number = NumberCells(*(new.values[name] for name in NumberCells.__slots__))
        if number == NumberCells():
            continue
        key = new.field_of("value" if number.value or "lower" not in table.positions else "lower")
        shown = table.cell(by_number[new.row], key).shown
        yield ReadNumber(new.row, form.field(key).heading, shown, read_back(number, new.values["unit"]))
