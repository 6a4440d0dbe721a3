"""What could not be taken of a file, and the refused rows back as a workbook: coloured cells, the reason
beside them and as a comment.

Columns are called as in the file, so that the workbook can be mended and imported again.

New workbooks for people. The same content gives the same bytes, every cell stays text, and a file that
is open in Excel is an error with a remedy.

Where a workbook goes that an import gives back: beside the file, where a person looks first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from ennum_stats.errors import Message, OutputInUse, message
from ennum_stats.imports.forms import Field
from ennum_stats.imports.header import MatchedTable, heading_of
from ennum_stats.imports.number_parser import CellRefused
from ennum_stats.imports.spreadsheet import ForeignRow
from ennum_stats.languages import translate
from ennum_stats.project import Project
from ennum_stats.raw.schema import Finding

_MADE_ON = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
_LINE = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#C9CED6"}


@contextmanager
def new_workbook(path: Path, **properties: str) -> Iterator[Any]:
    """An empty workbook with properties (`title`…), written at the end. Raises `OutputInUse`."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            book.set_properties({"created": _MADE_ON, **properties})
            yield book
    except xlsxwriter.exceptions.FileCreateError as error:
        raise in_use(str(path)) from error


def in_use(where: str) -> OutputInUse:
    """The error of a file that cannot be replaced."""
    return OutputInUse(
        message("The file cannot be written; it may be open."),
        where=where,
        remedy=message("Close it and try again."),
    )


def new_table(
    book: Any, title: str, headings: Sequence[str], mark: str, frozen: int
) -> tuple[Any, int]:
    """A sheet with headings, under a mark where its rows are invented; and the number of its first free
    row. The first columns, `frozen` of them, stay in sight.
    """
    sheet = book.add_worksheet(title)
    top = 0
    if mark:
        sheet.write_string(0, 0, mark, book.add_format({"bold": True, "font_color": "#9C1C0C"}))
        top = 1
    sheet.write_row(
        top, 0, headings, book.add_format(_LINE | {"bold": True, "bg_color": "#E8EEF5"})
    )
    sheet.freeze_panes(top + 1, frozen)
    sheet.set_landscape()
    return sheet, top + 1


def cell_format(book: Any, **settings: str) -> Any:
    """The format of a cell of a table: text within lines, and these settings."""
    return book.add_format(_LINE | {"num_format": "@"} | settings)


SHEET = message("Refused rows")
ROW_HEADING = message("Row in the file")
REASON_HEADING = message("Why it is refused")
_NOT_IN_FILE = -1

Reasons = dict[int, list[tuple[int, str]]]
"""By row of the file: the position of each refused cell, and why."""


@dataclass(frozen=True)
class Refusal:
    """A cell of the file that could not be taken, and so its whole row: row number, field, name of the
    column in the file (of the form, or empty, where it has none), what stands there, and why not."""

    row: int
    key: str
    column: str
    shown: str
    reason: Message

    def words(self, language: str) -> str:
        """`row 7, Budget attribué: …` in the reader's language."""
        place = (
            message("row {row}, {column}", row=str(self.row), column=self.column)
            if self.column
            else message("row {row}", row=str(self.row))
        )
        return labelled(translate(place, language), translate(self.reason, language), language)


def refusal(
    table: MatchedTable, row: ForeignRow, refused: CellRefused, fields: Sequence[Field]
) -> Refusal:
    """A refused cell at its place in the file."""
    key = refused.key
    heading = (
        table.heading(key)
        if key in table.positions
        else next(field.heading for field in fields if field.key == key)
    )
    return Refusal(row.number, key, heading, table.cell(row, key).shown, refused.reason)


def labelled(place: str, text: str, language: str) -> str:
    """What is said of something, after its name and a colon."""
    return translate(message("{place}: {text}", place=place, text=text), language)


def write_refused(
    path: Path,
    table: MatchedTable,
    refused: Sequence[Refusal],
    findings: Sequence[Finding],
    mark: str,
    language: str,
) -> Path:
    """Writes the refused rows of a table as XLSX, those with findings among them, under a mark where they
    are invented. Raises `OutputInUse`."""
    reasons = _reasons(table, refused, findings, language)
    headings = [translate(text, language) for text in (ROW_HEADING, REASON_HEADING)]
    headings += [heading_of(cell) for cell in table.header.cells]
    with new_workbook(path) as book:
        sheet, first = new_table(book, translate(SHEET, language), headings, mark, frozen=2)
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, len(headings) - 1, 20)
        sheet.fit_to_pages(3, 0)
        sheet.repeat_columns(0, 1)
        _write_rows(book, sheet, table, reasons, first)
    return path


def _reasons(
    table: MatchedTable, refused: Sequence[Refusal], findings: Sequence[Finding], language: str
) -> Reasons:
    by_heading = {table.heading(key): position for key, position in table.positions.items()}
    reasons: Reasons = {}
    for one in refused:
        position = table.positions.get(one.key, _NOT_IN_FILE)
        sentence = labelled(one.column, translate(one.reason, language), language)
        reasons.setdefault(one.row, []).append((position, sentence))
    for finding in findings:
        position = by_heading.get(finding.column, _NOT_IN_FILE)
        reasons.setdefault(finding.line, []).append((position, _sentence(finding, language)))
    return reasons


def _sentence(finding: Finding, language: str) -> str:
    parts: tuple[Message, ...] = (finding.found, finding.expected, finding.remedy)
    text = " ".join(translate(part, language) for part in parts)
    return labelled(finding.column, text, language) if finding.column else text


def _write_rows(book: Any, sheet: Any, table: MatchedTable, reasons: Reasons, first: int) -> None:
    plain, wrong = cell_format(book), cell_format(book, bg_color="#FFD6D0")
    reason = cell_format(book, font_color="#9C1C0C")
    rows = [row for row in table.rows if row.number in reasons]
    for number, row in enumerate(rows, start=first):
        sentences = reasons[row.number]
        sheet.write_number(number, 0, row.number, plain)
        sheet.write_string(number, 1, "\n".join(text for _, text in sentences), reason)
        sheet.set_row(number, 15 * max(2, sum(1 + len(text) // 58 for _, text in sentences)))
        refused = {position: text for position, text in sentences if position != _NOT_IN_FILE}
        for position in range(len(table.header.cells)):
            cells = wrong if position in refused else plain
            sheet.write_string(number, position + 2, row.cell(position).shown, cells)
            if position in refused:
                sheet.write_comment(number, position + 2, refused[position], {"x_scale": 2})


def leave_beside(
    file: Path, suffix: str, project: Project, write: Callable[[Path], Path]
) -> Path | None:
    """Writes the workbook of a file, called as the file with this suffix, and gives its place; none where no
    folder takes it."""
    name = f"{file.stem}{suffix}.xlsx"
    for folder in (file.parent, project.reports, Path.cwd()):
        try:
            if folder == project.reports:
                folder.mkdir(parents=True, exist_ok=True)
            return write(folder / name)
        except (OutputInUse, OSError):
            continue
    return None
