"""What is doubtful in a list of schools before its rows are read: sheets that are not read, columns that are
hidden, sections with a title of their own, and every signal that is not used.

Titles and decisions often stand in columns that are not kept, since they may name persons. They are looked
at here, once, and quoted only where every word of them is a known one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ennum_stats.errors import Parameter, message
from ennum_stats.imports.choices import is_example
from ennum_stats.imports.lists import signals
from ennum_stats.imports.lists.decisions import doubt_decisions
from ennum_stats.imports.lists.list_rows import ListDoubts, is_of_table, rows_of
from ennum_stats.imports.lists.titles import ListTitles
from ennum_stats.imports.lists.totals import says_total
from ennum_stats.imports.lists.verdicts import Selection, is_quotable, says_where, verdict
from ennum_stats.imports.questions import CALL_TITLE, Doubt, Questions
from ennum_stats.imports.spreadsheets.header import MERGED_ROWS, MatchedTable, heading_of
from ennum_stats.imports.spreadsheets.sheet import ForeignFile, ForeignRow, Sheet
from ennum_stats.imports.template import GUIDE
from ennum_stats.imports.workbooks import LISTS, is_of_refused_rows
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.typography import fold

HIDDEN_COLUMNS, UNREAD_SHEETS = "hidden-columns", "sheets"


def looked_through(
    file: ForeignFile, table: MatchedTable, questions: Questions, titles: ListTitles
) -> tuple[MatchedTable, ListDoubts]:
    """Look for what is doubtful in a list; give its table without titles of sections and columns that are to
    be left, and the doubts about its rows."""
    _ask_about_sheets(file, table, questions)
    [sheet] = [sheet for sheet in file.sheets if sheet.name == table.sheet]
    is_ours = any(is_of_refused_rows(heading_of(cell)) for cell in table.header.cells)
    doubts = ListDoubts()
    table = _without_titles(
        table, [] if is_ours else _of_the_whole(file, sheet, table, titles), titles, doubts
    )
    rows = rows_of(table)
    doubt_decisions(table, rows, titles, doubts)
    if not is_ours:  # its title, colours and notes are those of refused rows
        signals.doubt_looks(rows, doubts)
        signals.doubt_notes(rows, sheet, questions, doubts)
    signals.doubt_stars(table, rows, doubts)
    signals.doubt_words(table, rows, doubts)
    signals.doubt_project_numbers(table, rows, titles.other_calls, doubts)
    signals.doubt_letters(table, rows, doubts)
    signals.doubt_amounts(table, rows, doubts)
    table = signals.without_doubtful_money(table, rows, questions)
    return _without_hidden_columns(sheet, table, questions), doubts


def _of_the_whole(file: ForeignFile, sheet: Sheet, table: MatchedTable, titles: ListTitles) -> list[Doubt]:
    """Doubt a list as a whole by what stands above its columns, where these do not have titles over two rows."""
    above = [
        cell.shown
        for row in sheet.rows
        if row.number < table.header.number
        and not (
            table.header.number - row.number <= MERGED_ROWS and sum(not c.is_empty for c in row.cells) > 1
        )
        for cell in row.cells
    ]
    return [
        *titles.doubts([sheet.name, *above, *sheet.page_lines], [Path(file.name).stem]),
        *titles.other_counts(above, table),
    ]


# --- sheets and columns -----------------------------------------------------------------------------


def _ask_about_sheets(file: ForeignFile, table: MatchedTable, questions: Questions) -> None:
    """Ask about the sheets that hold anything and are not read, but those of our own forms."""
    unread = [
        message("“{name}” (hidden, rows: {n})", name=without_persons(sheet.name), n=len(sheet.rows))
        if sheet.is_hidden
        else message("“{name}” (rows: {n})", name=without_persons(sheet.name), n=len(sheet.rows))
        for sheet in file.sheets
        if sheet.rows and sheet.name != table.sheet and not _is_of_form(sheet)
    ]
    if unread:
        questions.ask_to_leave(
            UNREAD_SHEETS,
            message("Sheets that are not read: {sheets}. To read one of them: {sheet}.",
                    sheets=unread, sheet=Parameter("sheet", "…")),
        )  # fmt: skip


def _is_of_form(sheet: Sheet) -> bool:
    """Tell whether it is the guide or the lists of a form that `ennum template` made."""
    first = sheet.rows[0].cell(0).shown
    guides, lists = ({translate(name, language) for language in LANGUAGES} for name in (GUIDE, LISTS))
    return sheet.name == first in guides or (sheet.name in lists and first.startswith("liste_"))


def _without_hidden_columns(sheet: Sheet, table: MatchedTable, questions: Questions) -> MatchedTable:
    """Ask about the hidden columns that would be read; leave them out where they are to be left."""
    hidden = {k: table.heading(k) for k, at in table.positions.items() if at in sheet.hidden_columns}
    if not hidden:
        return table
    names = list(hidden.values())
    questions.ask(HIDDEN_COLUMNS, message("Columns that are hidden in the workbook: {names}.", names=names))
    if HIDDEN_COLUMNS not in questions.leave:
        return table
    kept = {key: place for key, place in table.positions.items() if key not in hidden}
    return replace(table, positions=kept, ignored=(*table.ignored, *names))


# --- sections ---------------------------------------------------------------------------------------

_SCHOOL = re.compile(r"ecole|ec|institut|inst|athenee|college|lycee|cefa|implantation|saint|sainte|st|ste")
_MOST_BESIDE_TITLE = 2
_WORD = re.compile(r"[^\W\d_]{3}")


def _without_titles(
    table: MatchedTable, whole: list[Doubt], titles: ListTitles, doubts: ListDoubts
) -> MatchedTable:
    """Leave out the titles of sections, and doubt the rows below one unless it is of winners. A title that
    only says where changes nothing; one of winners settles what the titles of the `whole` list left open."""
    kept: list[ForeignRow] = []
    sections = {row.number: cell for row in table.rows if (cell := _title(row, table)) is not None}
    followed, starts = _followed_by_rows(table, sections), False
    signals.doubt_breaks(table, sections, doubts)
    for row in table.rows:
        title = sections.get(row.number)
        if title is None or (row.number not in followed and not is_quotable(title)):
            kept.append(row)
            if starts:
                doubts.starts.add(row.number)
                starts = False
            for doubt in whole if is_of_table(row, table) else ():
                doubts.add(row.number, doubt)
        elif not says_where(title):
            starts = True
            whole = [doubt for doubt in whole if doubt[0] == CALL_TITLE]
            if verdict(title) is not Selection.WON or titles.is_of_another(title):
                whole.append(_doubt_of_section(title, row.number))
    return replace(table, rows=tuple(kept))


def _doubt_of_section(title: str, row: int) -> Doubt:
    name = f"section-{row}"
    if is_quotable(title):
        return name, message("Rows below the title “{title}” (row {row}).", title=title, row=str(row))
    return name, message("Rows below the title in row {row}.", row=str(row))


def _title(row: ForeignRow, table: MatchedTable) -> str | None:
    """Give the text of a row that is a title: alone in its row, or beside numbers where all of it is known
    words; and neither a total nor the name of a school."""
    filled = [(place, cell) for place, cell in enumerate(row.cells) if not cell.is_empty]
    texts = [(place, cell) for place, cell in filled if _WORD.search(cell.shown)]
    if len(texts) != 1 or len(filled) > 1 + _MOST_BESIDE_TITLE:
        return None
    [(place, cell)] = texts
    text = cell.shown
    if cell.fault or says_total(cell) or is_example(cell):
        return None
    if len(filled) > 1:
        names_site = any(
            not table.cell(row, key).is_empty and place != table.positions.get(key)
            for key in ("implantation", "etablissement", "postal_code")
        )
        is_known = is_quotable(text) and verdict(text) is not Selection.UNCLEAR
        return text if is_known and not names_site else None
    is_school = place == table.positions.get("school") and any(
        _SCHOOL.fullmatch(word) for word in fold(text).split()
    )
    return None if is_school and verdict(text) is Selection.UNCLEAR else text


def _followed_by_rows(table: MatchedTable, titles: dict[int, str]) -> set[int]:
    """Find the titles below which rows of the table stand."""
    followed, last = set(), 0
    for row in table.rows:
        if row.number in titles:
            last = row.number
        elif last and is_of_table(row, table):
            followed.add(last)
    return followed
