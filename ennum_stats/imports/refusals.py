"""The refused rows back as a workbook: coloured cells, the reason beside them and as a comment.

Columns are called as in the file, so that the workbook can be mended and imported again.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from ennum_stats.errors import FICTITIOUS, Message, OutputInUse, message
from ennum_stats.imports.columns import Recognised, heading_of
from ennum_stats.imports.plan import ImportPlan, told
from ennum_stats.languages import translate
from ennum_stats.raw.findings import Finding

SHEET = message("Refused rows")
ROW_HEADING = message("Row in the file")
REASON_HEADING = message("Why it is refused")
_NOT_IN_FILE = -1


def write_refused(plan: ImportPlan, path: Path, language: str) -> Path:
    """Writes the refused rows of a plan; those with findings among them. Raises `OutputInUse`."""
    reasons = _reasons(plan, language)
    try:
        with xlsxwriter.Workbook(
            path, {"strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            book.set_properties({"created": datetime(2020, 1, 1)})  # noqa: DTZ001
            sheet = book.add_worksheet(translate(SHEET, language))
            top = _mark(book, sheet, plan, language)
            _write(book, sheet, plan.table, reasons, language, top)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OutputInUse(
            message("The file cannot be written; it may be open."),
            where=str(path),
            remedy=message("Close it and try again."),
        ) from error
    return path


def _reasons(plan: ImportPlan, language: str) -> dict[int, list[tuple[int, str]]]:
    """By row of the file: the position of each refused cell, and why."""
    positions = plan.table.positions
    by_heading = {plan.table.heading(key): position for key, position in positions.items()}
    reasons: dict[int, list[tuple[int, str]]] = {}
    for refusal in plan.refused:
        position = positions.get(refusal.key, _NOT_IN_FILE)
        sentence = told(refusal.column, translate(refusal.reason, language), language)
        reasons.setdefault(refusal.row, []).append((position, sentence))
    for finding in plan.findings:
        if finding.file == plan.file:
            position = by_heading.get(finding.column, _NOT_IN_FILE)
            reasons.setdefault(finding.line, []).append((position, _sentence(finding, language)))
    return reasons


def _sentence(finding: Finding, language: str) -> str:
    parts: tuple[Message, ...] = (finding.found, finding.expected, finding.remedy)
    text = " ".join(translate(part, language) for part in parts)
    return told(finding.column, text, language) if finding.column else text


def _mark(book: Any, sheet: Any, plan: ImportPlan, language: str) -> int:
    """Says above the header that rows are invented, where they are; how many lines that takes."""
    if not plan.project.is_demo:
        return 0
    mark = book.add_format({"bold": True, "font_color": "#9C1C0C"})
    sheet.write_string(0, 0, translate(FICTITIOUS, language), mark)
    return 1


def _write(
    book: Any,
    sheet: Any,
    table: Recognised,
    reasons: dict[int, list[tuple[int, str]]],
    language: str,
    top: int,
) -> None:
    line = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#C9CED6"}
    header = book.add_format(line | {"bold": True, "bg_color": "#E8EEF5"})
    plain = book.add_format(line | {"num_format": "@"})
    wrong = book.add_format(line | {"num_format": "@", "bg_color": "#FFD6D0"})
    reason = book.add_format(line | {"font_color": "#9C1C0C"})
    headings = [translate(ROW_HEADING, language), translate(REASON_HEADING, language)]
    headings += [heading_of(cell) for cell in table.header.cells]
    for column, heading in enumerate(headings):
        sheet.write_string(top, column, heading, header)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, len(headings) - 1, 20)
    sheet.freeze_panes(top + 1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(3, 0)
    sheet.repeat_columns(0, 1)
    rows = [row for row in table.rows if row.number in reasons]
    for number, row in enumerate(rows, start=top + 1):
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
