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
"""

from ennum_stats.imports.asking import Asked, plan_any
from ennum_stats.imports.foreign import FileRefused
from ennum_stats.imports.plan import FigureChange, ImportPlan, NewRow
from ennum_stats.imports.planning import KINDS, plan_import
from ennum_stats.imports.refusals import Refusal
from ennum_stats.imports.template import template
from ennum_stats.imports.writing import ImportRefused, apply

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
