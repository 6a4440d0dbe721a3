"""What people bring by spreadsheet: forms to fill in, and their way into the raw tables.

`template` writes an empty form, `plan_import` reads a filled one and says what would be taken, what is
refused and which figures would change, `apply` writes. Nothing else in the package reads a foreign file:
`ennum_stats.raw` stays strict.

A foreign file goes through the same steps whatever it holds: `files` (safely into rows of cells),
`columns` (which column is which), `converting` and `printed` (cells into values), `refusals` (what cannot
be taken, each cell with its reason), a module a kind, `plan`, `preview` (which figures would change) and
`writing`. Forms of published numbers (`calls`, `observations`) go row by row through `planning`, with
`merging` for what is there already; `lists` reads lists of schools, `register`, `borders` and `links` what
they are counted in. `asking` is the one way in. A new form adds a `Form` and `raw_rows`, and an entry in
`planning.KINDS`; a new list of schools a `Form` in `list_forms`.

One way in for every kind of file: what is asked beside the file, and who plans it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ennum_stats.errors import ONE_OF, message, unknown_name
from ennum_stats.imports.apply import ImportRefused, apply
from ennum_stats.imports.borders import plan_borders
from ennum_stats.imports.list_forms import LIST_FORMS
from ennum_stats.imports.lists import plan_list
from ennum_stats.imports.plan import FigureChange, ImportPlan, NewRow
from ennum_stats.imports.published import KINDS, plan_import
from ennum_stats.imports.register import plan_register
from ennum_stats.imports.register_reader import FEDERATION, read_form
from ennum_stats.imports.report import Refusal
from ennum_stats.imports.site_links import plan_links
from ennum_stats.imports.spreadsheet import FileRefused
from ennum_stats.imports.template import template
from ennum_stats.project import Project


@dataclass(frozen=True)
class ImportOptions:
    """What a person says beside the file; empty where it is not of that kind."""

    call: str = ""
    programme: str = ""
    as_of: str | None = None
    mapping: Path | None = None
    sheet: str = ""


def _register(file: Path, project: Project, asked: ImportOptions) -> ImportPlan:
    form = read_form(asked.mapping) if asked.mapping else FEDERATION
    return plan_register(file, project, asked.as_of, form)


def _borders(file: Path, project: Project, _asked: ImportOptions) -> ImportPlan:
    return plan_borders(file, project)


def _links(file: Path, project: Project, asked: ImportOptions) -> ImportPlan:
    return plan_links(file, project, asked.sheet)


_PLANNERS: dict[str, Callable[[Path, Project, ImportOptions], ImportPlan]] = {
    "register": _register,
    "borders": _borders,
    "links": _links,
}


def plan_any(kind: str, file: Path, project: Project, asked: ImportOptions) -> ImportPlan:
    """What importing a file of a kind would do; nothing is written. Raises what its planner raises."""
    if kind in KINDS:
        return plan_import(kind, file, project, asked.sheet)
    if kind in LIST_FORMS:
        return plan_list(kind, file, project, asked.call, asked.programme, asked.as_of, asked.sheet)
    if kind not in _PLANNERS:
        raise unknown_name(
            message("There is no form “{name}”.", name=kind),
            [*KINDS, *_PLANNERS, *LIST_FORMS],
            ONE_OF,
        )
    return _PLANNERS[kind](file, project, asked)


__all__ = [
    "KINDS",
    "Asked",
    "FigureChange",
    "FileRefused",
    "ImportPlan",
    "ImportRefused",
    "NewRow",
    "Refusal",
    "apply",
    "plan_any",
    "plan_import",
    "template",
]
