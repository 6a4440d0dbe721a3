"""The tables that the text may name: each a function of an edition.

Numbers come from measures and figures, names from the ledger, headings from the catalogues. A table without
rows is left out of the kit.
"""

from __future__ import annotations

from collections.abc import Callable

from ennum_stats.kit import figure_tables, subject_tables
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.parts import DataTable

TABLES: dict[str, Callable[[Edition], DataTable]] = {
    "actors": subject_tables.actors,
    "budgets": subject_tables.budgets,
    "calls": subject_tables.calls,
    "communes": subject_tables.communes,
    "conflicts": figure_tables.conflicts,
    "contacts": subject_tables.contacts,
    "derived": figure_tables.derived_figures,
    "events": subject_tables.events,
    "figures": figure_tables.all_figures,
    "milestones": subject_tables.milestones,
    "precisions": figure_tables.precisions,
    "sources": figure_tables.documents,
    "staff": subject_tables.staff,
    "universes": subject_tables.universes,
}
