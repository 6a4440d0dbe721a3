"""A list of schools as its columns and rows, before anything is made of them.

Words in the place of a number of a project are masked, as telephone numbers and e-mails are (`kept_cells`):
what is refused goes back to people, and must tell of none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ennum_stats.errors import message
from ennum_stats.imports.forms import Form
from ennum_stats.imports.kind import ImportOptions
from ennum_stats.imports.lists.doubts import looked_through
from ennum_stats.imports.lists.list_rows import ListDoubts
from ennum_stats.imports.lists.sheets import joined
from ennum_stats.imports.lists.titles import ListTitles
from ennum_stats.imports.lists.totals import says_total, with_totals_named
from ennum_stats.imports.questions import Questions
from ennum_stats.imports.spreadsheets.bounds import FileRefused
from ennum_stats.imports.spreadsheets.header import MatchedTable, recognise, require_unbroken
from ennum_stats.imports.spreadsheets.kept_cells import kept
from ennum_stats.imports.spreadsheets.reader import read_file
from ennum_stats.imports.spreadsheets.sheet import ForeignFile, SheetCell
from ennum_stats.project import Project
from ennum_stats.raw.personal_data import MASK
from ennum_stats.typography import fold

_FEWEST_COLUMNS = 2
_LONGEST_LETTERS = 3  # project A and project B, or "bis"
_NO_NUMBER = message("This is no number of a project.")
_DITTO = re.compile(r"""idem|id\.|ibid(?:em|\.)?|ditto|["'″”“»〃]+|[-–]*//[-–]*""", re.IGNORECASE)
_FREE_TEXTS = frozenset(("school", "address", "lot"))
"""The columns whose cells may have several lines."""
_FICTITIOUS = fold("données fictives")


def read_list(
    file: Path, project: Project, form: Form, titles: ListTitles, questions: Questions, options: ImportOptions
) -> tuple[ForeignFile, MatchedTable, ListDoubts]:
    """Read a file, the table in it that has the columns of the form, and what is doubtful in its rows.

    Raises `FileRefused`.
    """
    foreign = read_file(file)
    _require_not_fictitious(foreign, project)
    starts: frozenset[int] = frozenset()
    if not options.sheet:
        foreign, starts = joined(foreign, form.fields, titles, _FEWEST_COLUMNS)
    table = recognise(foreign, form.fields, options.sheet, _FEWEST_COLUMNS)
    if not table.rows:
        raise FileRefused(
            message("Nothing stands below the titles of the columns."),
            where=foreign.name,
            remedy=message("Check that it is the right sheet, and that the list was saved."),
        )
    require_unbroken(table, table.positions.keys() - _FREE_TEXTS, foreign.name)
    table = with_totals_named(table, "quantity" if "quantity" in table.positions else "amount_eur")
    table, doubts = looked_through(foreign, table, questions, titles)
    doubts.sheets |= starts
    table = kept(table, form.fields, written=options.cells, mask=_masked, also=says_total)
    return foreign, table, doubts


def _require_not_fictitious(file: ForeignFile, project: Project) -> None:
    """Invented lists say so in their first rows; they belong to their own project."""
    head = (cell.shown for s in file.sheets for row in s.rows[:5] for cell in row.cells)
    if not project.is_demo and any(_FICTITIOUS in fold(text) for text in head):
        raise FileRefused(
            message("This list is invented (données fictives); this project is real."),
            where=file.name,
            remedy=message("Use the project in which it was invented."),
        )


def _masked(key: str, cell: SheetCell) -> SheetCell:
    """Refuse what stands for another cell, and mask words in the place of a number of a project."""
    if _DITTO.fullmatch(cell.shown):
        return replace(cell, fault=message("“{value}” stands for the cell above: write in each row what "
                                           "it stands for.", value=cell.shown))  # fmt: skip
    is_words = len(cell.shown) > _LONGEST_LETTERS and not re.search(r"\d", cell.shown)
    if key == "project" and is_words and not says_total(cell):
        return replace(cell, value=MASK, fault=_NO_NUMBER)
    return cell
