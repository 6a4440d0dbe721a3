"""What people bring by spreadsheet: forms to fill in, and their way into the raw tables.

`template` writes an empty form, `plan_import` reads a file and says what would be taken, what is refused and
which figures would change, `apply` writes. Nothing else in the package reads a foreign file:
`ennum_stats.raw` stays strict.

A kind of import is one class (`kind`), and stands in `KINDS`. Whatever it holds, a file goes one road:
`spreadsheet_reader` (safely into rows of cells), `header` (which column is which), `cell_values` and
`number_parser` (cells into values), `row_reader` (rows taken or refused, each with its reason), then `plan`
(what would change), and `report` and `workbooks` (said to a person) or `apply` (written). A new form is a
`Form` and what a row of it becomes (`published_rows`); a new list of schools a `Form` in `list_forms`.
"""

from __future__ import annotations

from pathlib import Path

from ennum_stats.errors import ONE_OF, message, unknown_name
from ennum_stats.imports.additions import AddedNumbers, add
from ennum_stats.imports.apply import ImportRefused, apply, require_answers
from ennum_stats.imports.decided import DecisionsImport
from ennum_stats.imports.decision_forms import DECISION_FORMS
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.kind import ImportKind, ImportOptions
from ennum_stats.imports.lists.forms import LIST_FORMS
from ennum_stats.imports.lists.school_list import SchoolListImport
from ennum_stats.imports.numbers.published import CALL, COMMUNES, OBSERVATIONS
from ennum_stats.imports.plan import FigureChange, ImportPlan, NewRow, Refusal
from ennum_stats.imports.questions import Question
from ennum_stats.imports.register.borders import Borders
from ennum_stats.imports.register.kind import RegisterImport
from ennum_stats.imports.spreadsheets.bounds import FileRefused
from ennum_stats.imports.template import template
from ennum_stats.project import Project
from ennum_stats.raw.history import Author

KINDS: dict[str, ImportKind] = {
    kind.name: kind
    for kind in (
        CALL,
        OBSERVATIONS,
        COMMUNES,
        RegisterImport(),
        Borders(),
        *map(SchoolListImport, LIST_FORMS.values()),
        *map(DecisionsImport, DECISION_FORMS),
    )
}
"""What can be imported, by the name that a person gives."""


def plan_import(
    kind: str, file: Path, project: Project, options: ImportOptions | None = None, *, looks_ahead: bool = True
) -> ImportPlan:
    """Say what importing a file of a kind would do; nothing is written.

    Unless it `looks_ahead`, findings and changes of figures are left to the next build.

    Raises `UnknownName` for another kind, `FileRefused` where the file is not read at all, `UsageError` for
    options that cannot be, and `RawTablesRefused` where the project's own tables are not in order.
    """
    if kind not in KINDS:
        raise unknown_name(message("There is no form “{name}”.", name=kind), KINDS, ONE_OF)
    destination = Destination(project)
    return KINDS[kind].plan(file, destination, options or ImportOptions(), looks_ahead=looks_ahead)


__all__ = [
    "KINDS",
    "AddedNumbers",
    "Author",
    "Destination",
    "FigureChange",
    "FileRefused",
    "ImportKind",
    "ImportOptions",
    "ImportPlan",
    "ImportRefused",
    "NewRow",
    "Question",
    "Refusal",
    "add",
    "apply",
    "plan_import",
    "require_answers",
    "template",
]
