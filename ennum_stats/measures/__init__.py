"""Measures: tables of numbers computed from an opened store, each number with its bounds.

`TABLES` declares them. Each has a `…_rows` function (dictionaries with answers, for figures and charts)
and a documented function that gives analysts a pandas DataFrame.
"""

from ennum_stats.measures.budgets import budgets
from ennum_stats.measures.coverage import coverage
from ennum_stats.measures.deliveries import deliveries
from ennum_stats.measures.programmes import connectivity, equipment, staff
from ennum_stats.measures.published_claims import never_winners
from ennum_stats.measures.reconciliation import reconciliation
from ennum_stats.measures.school_sites import sites
from ennum_stats.measures.site_counts import never_awarded
from ennum_stats.measures.winners import winners

__all__ = [
    "budgets",
    "connectivity",
    "coverage",
    "deliveries",
    "equipment",
    "never_awarded",
    "never_winners",
    "reconciliation",
    "sites",
    "staff",
    "winners",
]
