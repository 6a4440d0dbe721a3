"""Workbooks that go back to people: empty ones to write in, the refused rows of a file, and what a new
register changes.

The same content gives the same bytes, every cell stays text, and a file that is open in Excel is an error
with a remedy. Refused rows keep the columns of their file, so that the workbook can be mended and imported
again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from ennum_stats.errors import FICTITIOUS, Message, OutputInUse, message
from ennum_stats.files.atomic import write_atomic
from ennum_stats.imports.choices import Choices, choices_of
from ennum_stats.imports.decision_forms import DECISION_FORMS
from ennum_stats.imports.forms import FORMS, Field
from ennum_stats.imports.lists.forms import LIST_FORMS
from ennum_stats.imports.plan import ImportPlan
from ennum_stats.imports.register.changes import LINK_COLUMNS, SiteChanges
from ennum_stats.imports.report import labelled
from ennum_stats.imports.spreadsheets.header import MatchedTable, heading_of
from ennum_stats.languages import LANGUAGES, translate, written
from ennum_stats.project import Project
from ennum_stats.raw.reader import read_tables
from ennum_stats.raw.schema import Finding

SHEET = message("Refused rows")
ROW_HEADING = message("Row in the file")
REASON_HEADING = message("Why it is refused")
_MADE_ON = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
_LINE = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#C9CED6"}
_NOT_IN_FILE = -1
_MOST_LEFT = 1_000
LISTS = message("Lists of values")
"""The hidden sheet with the values of drop-down lists."""

Reasons = dict[int, list[tuple[int, str]]]
"""By row of the file: the position of each refused cell, and why."""


@contextmanager
def new_workbook(path: Path, **properties: str) -> Iterator[Any]:
    """Open an empty workbook with properties (`title`…), written whole at the end, or not at all.

    Raises `OutputInUse` where it may not be replaced.
    """
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": _MADE_ON, **properties})
        yield book
    try:
        write_atomic(path, content.getvalue())
    except PermissionError as error:
        raise OutputInUse(
            message("The file cannot be written; it may be open."),
            where=str(path),
            remedy=message("Close it and try again."),
        ) from error


def is_of_refused_rows(heading: str) -> bool:
    """Tell whether a column is one that a workbook of refused rows has beside those of its file."""
    return heading in {
        translate(text, language) for text in (ROW_HEADING, REASON_HEADING) for language in LANGUAGES
    }


def leave_beside(file: Path, suffix: str, project: Project, write: Callable[[Path], Path]) -> Path | None:
    """Write a workbook called as the file with this suffix beside it, else in the reports of the project,
    else in the current folder; give its place, or none where no folder takes it. Another one that is there stays, since
    somebody may be mending it: the new one has the next number (`…-refus-2.xlsx`)."""
    stem = re.sub(rf"{suffix}(?:-\d+)?$", "", file.stem)
    names = [f"{stem}{suffix}{number}.xlsx" for number in ("", *(f"-{n}" for n in range(2, _MOST_LEFT)))]
    with TemporaryDirectory() as folder_of_new:
        content = write(Path(folder_of_new) / names[0]).read_bytes()
    for folder in (file.parent, project.reports, Path.cwd()):
        try:
            if folder == project.reports:
                folder.mkdir(parents=True, exist_ok=True)
            path = next(
                p for p in map(folder.joinpath, names) if not p.is_file() or p.read_bytes() == content
            )
            write_atomic(path, content)
        except OSError:
            continue
        return path
    return None


@dataclass(frozen=True)
class _Sheet:
    """Hold a sheet of a new workbook: its title, its headings, and how many of its first columns stay in sight.

    A mark stands above the headings where the rows are invented.
    """

    title: str
    headings: Sequence[str]
    frozen: int

    def start(self, book: Any, mark: str) -> tuple[Any, int]:
        """Add it to a workbook; give the sheet and the number of its first free row."""
        sheet = book.add_worksheet(self.title)
        top = 0
        if mark:
            sheet.write_string(0, 0, mark, book.add_format({"bold": True, "font_color": "#9C1C0C"}))
            top = 1
        bold = book.add_format(_LINE | {"bold": True, "bg_color": "#E8EEF5"})
        sheet.write_row(top, 0, self.headings, bold)
        sheet.freeze_panes(top + 1, self.frozen)
        sheet.set_landscape()
        return sheet, top + 1


def _mark(is_invented: bool, language: str) -> str:
    return translate(FICTITIOUS, language) if is_invented else ""


def _cell_format(book: Any, **settings: str) -> Any:
    """Make the format of a cell of a table: text within lines, and these settings."""
    return book.add_format(_LINE | {"num_format": "@"} | settings)


# --- refused rows -----------------------------------------------------------------------------------


def write_refused(plan: ImportPlan, path: Path, language: str = "fr") -> Path:
    """Write the refused rows of a file as XLSX, those with findings among them: coloured cells, the reason
    beside them and as a comment. Raises `OutputInUse`."""
    table, reasons = plan.table, _reasons(plan, language)
    headings = [translate(text, language) for text in (ROW_HEADING, REASON_HEADING)]
    headings += [heading_of(cell) for cell in table.header.cells]
    with new_workbook(path) as book:
        mark = _mark(plan.project.is_demo, language)
        sheet, first = _Sheet(translate(SHEET, language), headings, 2).start(book, mark)
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, len(headings) - 1, 20)
        sheet.fit_to_pages(3, 0)
        sheet.repeat_columns(0, 1)
        _write_rows(book, sheet, table, reasons, first)
        _offer_choices(book, sheet, plan, first, language)
    return path


def _offer_choices(book: Any, sheet: Any, plan: ImportPlan, first: int, language: str) -> None:
    """Let the cells of a form choose from its lists, as in the empty form."""
    form = (FORMS | LIST_FORMS | DECISION_FORMS).get(plan.kind)
    chosen = (
        [field for field in form.fields if field.choices and field.key in plan.table.positions]
        if form
        else []
    )
    if not chosen:
        return
    choices = choices_of(read_tables(plan.project.raw, plan.project.root)[0])
    ranges = write_lists(book, chosen, choices, language)
    for field in chosen:
        column = plan.table.positions[field.key] + 2
        rule = {"validate": "list", "source": ranges[field.choices], "show_error": False}
        sheet.data_validation(first, column, first + len(plan.table.rows), column, rule)


def write_lists(book: Any, fields: Iterable[Field], choices: Choices, language: str) -> dict[str, str]:
    """Write the hidden sheet with the lists of fields; return the cell range of each."""
    name_of_sheet = translate(LISTS, language)
    sheet = book.add_worksheet(name_of_sheet)
    ranges: dict[str, str] = {}
    for column, name in enumerate(dict.fromkeys(field.choices for field in fields if field.choices)):
        entries = [choice.shown(language) for choice in choices.lists[name]]
        sheet.write_string(0, column, f"liste_{name}")
        sheet.write_column(1, column, entries)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        ranges[name] = f"='{name_of_sheet}'!${letter}$2:${letter}${len(entries) + 1}"
    sheet.hide()
    return ranges


def _reasons(plan: ImportPlan, language: str) -> Reasons:
    table = plan.table
    by_heading = {table.heading(key): position for key, position in table.positions.items()}
    reasons: Reasons = {}
    for refusal in plan.refused:
        position = table.positions.get(refusal.key, _NOT_IN_FILE)
        sentence = labelled(written(refusal.column, language), translate(refusal.reason, language), language)
        reasons.setdefault(refusal.row, []).append((position, sentence))
    for finding in plan.findings:
        if finding.file == plan.file:
            position = by_heading.get(finding.column, _NOT_IN_FILE)
            reasons.setdefault(finding.line, []).append((position, _sentence(finding, language)))
    return reasons


def _sentence(finding: Finding, language: str) -> str:
    parts: tuple[Message, ...] = (finding.found, finding.expected, finding.remedy)
    text = " ".join(translate(part, language) for part in parts)
    return labelled(finding.column, text, language) if finding.column else text


def _write_rows(book: Any, sheet: Any, table: MatchedTable, reasons: Reasons, first: int) -> None:
    plain, wrong = _cell_format(book), _cell_format(book, bg_color="#FFD6D0")
    reason = _cell_format(book, font_color="#9C1C0C")
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


# --- what a register changes ------------------------------------------------------------------------

Rows = list[tuple[str, ...]]


def write_site_changes(changes: SiteChanges, path: Path, language: str) -> Path:
    """Write candidates for links, and what came, went and moved, as XLSX. Raises `OutputInUse`."""
    mark = _mark(changes.is_invented, language)
    with new_workbook(path) as book:
        for title, headings, rows in _site_sheets(changes, language):
            sheet, first = _Sheet(title, headings, 1).start(book, mark)
            plain = _cell_format(book)
            for number, row in enumerate(rows, start=first):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text, plain)
            columns = zip(headings, *rows, strict=True)
            for column, texts in enumerate(columns):
                width = max(len(text) for text in texts)
                sheet.set_column(column, column, min(max(width + 2, 12), 40))
            sheet.fit_to_pages(1, 0)
    return path


def _site_sheets(changes: SiteChanges, language: str) -> Iterator[tuple[str, list[str], Rows]]:
    def translated(*texts: Message) -> list[str]:
        return [translate(text, language) for text in texts]

    site = (message("Schools"), message("Address"), message("Locality"))
    now = (message("Schools now"), message("Address now"), message("Locality now"))
    number = message("Number of the site")
    (possible, gone, come, moved) = translated(
        message("Possible links"), message("Gone"), message("Come"), message("Moved")
    )
    yield possible, [*LINK_COLUMNS, *translated(*site, *now)], [
        (c.former.implantation, c.now.implantation, translate(c.reason, language), "",
         *c.former.cells, *c.now.cells)
        for c in changes.candidates
    ]  # fmt: skip
    for title, sites in ((gone, changes.gone), (come, changes.come)):
        yield title, translated(number, *site), [(s.implantation, *s.cells) for s in sites]
    yield moved, translated(number, *site, *now), [
        (old.implantation, *old.cells, *new.cells) for old, new in changes.moved
    ]  # fmt: skip
