"""Measures: tables of numbers computed from an opened store, each number with its bounds.

`catalogue.TABLES` lists them. Each has a `…_rows` function, whose rows are objects of a dataclass with
answers (for figures and charts), and a function of its own name that gives analysts a DataFrame.
"""

from ennum_stats.measures.budgets import budgets
from ennum_stats.measures.coverage import coverage
from ennum_stats.measures.deliveries import deliveries
from ennum_stats.measures.programmes import connectivity, equipment, staff
from ennum_stats.measures.reconciliation import reconciliation
from ennum_stats.measures.school_sites import sites
from ennum_stats.measures.site_counts import never_awarded
from ennum_stats.measures.targets import targets
from ennum_stats.measures.winners import winners

__all__ = [
    "budgets",
    "connectivity",
    "coverage",
    "deliveries",
    "equipment",
    "never_awarded",
    "reconciliation",
    "sites",
    "staff",
    "targets",
    "winners",
]
