"""Write the forms of a language: an XLSX with the sheet to fill in, drop-down lists, explanations and examples.

The same project gives the same bytes. The lists stand on a hidden sheet. Cells for days are text, so that
Excel does not turn "2031" into the 23rd of July 1905.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ennum_stats.errors import ONE_OF, Message, message, unknown_name
from ennum_stats.imports.choices import Choices, choices_of
from ennum_stats.imports.decided import form_rows
from ennum_stats.imports.decision_forms import DECIDED, DECISION_FORMS
from ennum_stats.imports.forms import EXAMPLE_KEY, FORMS, NUMBERS_GUIDANCE, CellReading, Field, Form
from ennum_stats.imports.lists.forms import LIST_FORMS
from ennum_stats.imports.preview import FORMS_LANGUAGE
from ennum_stats.imports.workbooks import new_workbook, write_lists
from ennum_stats.languages import translate
from ennum_stats.project import Project
from ennum_stats.raw.embargoed_rows import IS_SHARED
from ennum_stats.raw.reader import read_tables
from ennum_stats.raw.schema import RawTablesRefused

LINES = 1000
GUIDE = message("How to fill it in")
_HEADLINE_ROW, _GROUP_ROW, _HEADER_ROW = 0, 1, 2
_NAVY, _PALE, _GREY, _WHITE = "#1F3A5F", "#E8EEF5", "#F1F1F1", "#FFFFFF"
_LONGEST_HELP, _LONGEST_TITLE = 255, 32
_AS_TEXT = (CellReading.PERIOD, CellReading.MOMENT, CellReading.SCHOOL_YEARS, CellReading.CODE)


def template(kind: str, project: Project, path: Path, language: str = FORMS_LANGUAGE) -> Path:
    """Write the form of a kind ("call", "observations", "winners"…) for a project in a language, and return its path.

    Raises `UnknownName` for another kind, `RawTablesRefused` where the project's tables cannot be read,
    `OutputInUse` where the file is open.
    """
    forms = FORMS | LIST_FORMS | DECISION_FORMS
    if kind not in forms:
        raise unknown_name(message("There is no form “{name}”.", name=kind), forms, ONE_OF)
    frames, findings = read_tables(project.raw, project.root)
    if findings:
        raise RawTablesRefused(findings)
    frames["sources"] = frames["sources"].filter(IS_SHARED)  # a form may go to anybody
    form, choices, rows = forms[kind], choices_of(frames), form_rows(kind, project, language)
    with new_workbook(path, title=translate(form.headline, language)) as book:
        sheet, guide = (book.add_worksheet(translate(title, language)) for title in (form.sheet, GUIDE))
        ranges = write_lists(book, form.fields, choices, language)
        _FormSheet(book, sheet, form, choices, ranges, language).write(rows)
        _write_guide(book, guide, form, language)
    return path


class _FormSheet:
    """Write the sheet to fill in."""

    def __init__(
        self, book: Any, sheet: Any, form: Form, choices: Choices, ranges: dict[str, str], language: str
    ) -> None:
        self.sheet, self.form, self.choices, self.ranges, self.language = (
            sheet,
            form,
            choices,
            ranges,
            language,
        )
        line = {"border": 1, "border_color": "#C9CED6", "valign": "top"}
        self.headline = book.add_format({"bold": True, "font_size": 14, "font_color": _NAVY})
        self.group = book.add_format(
            {"bold": True, "bg_color": _NAVY, "font_color": _WHITE, "indent": 1, "border": 1}
        )
        header = {"bold": True, "text_wrap": True, "bg_color": _PALE, "align": "left"}
        self.header = book.add_format(line | header)
        self.plain = book.add_format({"valign": "top", "text_wrap": True})
        self.text = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"})
        self.known = book.add_format(line | {"bg_color": _GREY, "num_format": "@", "text_wrap": True})
        self.example = book.add_format(
            line
            | {"italic": True, "font_color": "#5A5A5A", "bg_color": _GREY, "num_format": "@"}
            | {"text_wrap": True}
        )

    def write(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Write it with rows that are filled in already, by field."""
        sheet, fields = self.sheet, self.form.fields
        sheet.write_string(_HEADLINE_ROW, 0, self._t(self.form.headline), self.headline)
        self._write_groups()
        for column, field in enumerate(fields):
            star = " *" if field.is_required else ""
            sheet.write_string(_HEADER_ROW, column, self._t(field.heading) + star, self.header)
            cells = self.text if field.reading in _AS_TEXT else self.plain
            sheet.set_column(column, column, field.width, cells)
            self._write_column(column, field, rows)
        sheet.set_row(_HEADLINE_ROW, 24)
        sheet.set_row(_HEADER_ROW, 48)
        sheet.freeze_panes(_HEADER_ROW + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(3, 0)
        sheet.repeat_columns(0, 1)

    def _t(self, text: Message) -> str:
        return translate(text, self.language)

    def _write_groups(self) -> None:
        groups = [self._t(field.group) for field in self.form.fields]
        start = 0
        for column, group in enumerate(groups):
            if column + 1 == len(groups) or groups[column + 1] != group:
                if column > start:
                    self.sheet.merge_range(_GROUP_ROW, start, _GROUP_ROW, column, group, self.group)
                else:
                    self.sheet.write_string(_GROUP_ROW, column, group, self.group)
                start = column + 1

    def _write_column(self, column: int, field: Field, rows: Sequence[Mapping[str, str]]) -> None:
        first = _HEADER_ROW + 1
        for line, example in enumerate(self.form.examples):
            text = EXAMPLE_KEY if field.key == EXAMPLE_KEY else example.get(field.key, "")
            shown = self.choices.shown(field.choices, text, self.language) if field.choices and text else text
            self.sheet.write_string(first + line, column, shown, self.example)
        for line, cells in enumerate(rows):
            text = cells.get(field.key, "")
            shown = self.choices.shown(field.choices, text, self.language) if field.choices and text else text
            cell_format = self.text if field.group is DECIDED else self.known
            write = self.sheet.write_string if shown else self.sheet.write_blank
            write(first + line, column, shown, cell_format)
        last = first + LINES + len(rows) - 1
        self.sheet.data_validation(first, column, last, column, self._rule(field))

    def _rule(self, field: Field) -> dict[str, Any]:
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": self._t(field.heading)[:_LONGEST_TITLE],
            "input_message": self._t(field.explanation)[:_LONGEST_HELP],
        }
        if field.choices:
            rule |= {
                "validate": "list",
                "source": self.ranges[field.choices],
                "show_error": field.reading is CellReading.CHOICE,
                "error_title": self._t(field.heading)[:_LONGEST_TITLE],
                "error_message": self._t(message("Choose from the list.")),
            }
        return rule


def _write_guide(book: Any, sheet: Any, form: Form, language: str) -> None:
    """Write the page that explains the form: how to fill it in, then column by column."""
    title = book.add_format({"bold": True, "font_size": 14, "font_color": _NAVY})
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 13)
    sheet.set_column(2, 2, 88)
    sheet.write_string(0, 0, translate(GUIDE, language), title)
    row = 2
    is_filled = not form.examples
    start = (
        (
            message(
                "Fill in the white cells of the sheet “{sheet}”, on the rows that you decide.",
                sheet=form.sheet,
            ),
        )
        if is_filled
        else (
            message("Fill in the sheet “{sheet}”, from its first empty row on.", sheet=form.sheet),
            message("Rows marked “example” are never imported."),
        )
    )
    how = (
        *start,
        *form.guidance,
        *(() if is_filled else NUMBERS_GUIDANCE),
        message(
            "Then drop it on the page for data, or: ennum import {kind} FILE.xlsx --dry-run", kind=form.kind
        ),
        message(
            "What would be taken, what is refused and why, and which published figures would change is shown."
        ),
        message("Nothing is written before you agree."),
    )
    for text in how:
        sheet.write_string(row, 0, translate(text, language))
        row += 1
    row += 1
    for column, heading in enumerate((message("Column"), message("Required"), message("What goes into it"))):
        sheet.write_string(row, column, translate(heading, language), bold)
    for field in form.fields:
        row += 1
        explanation = translate(field.explanation, language)
        sheet.write_string(row, 0, translate(field.heading, language), bold)
        sheet.write_string(row, 1, translate(message("yes"), language) if field.is_required else "", wrapped)
        sheet.write_string(row, 2, explanation, wrapped)
        sheet.set_row(row, 15 * (1 + len(explanation) // 110))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
