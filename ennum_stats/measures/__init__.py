"""Measures: tables of numbers computed from an opened store, each number with its bounds.

`TABLES` declares them. Each has a `…_rows` function (dictionaries with answers, for figures and charts)
and a documented function that gives analysts a pandas DataFrame.
"""

from ennum_stats.measures.breakdowns import coverage, winners
from ennum_stats.measures.budgets import budgets
from ennum_stats.measures.claims import never_winners
from ennum_stats.measures.connectivity import connectivity
from ennum_stats.measures.counted import never_awarded
from ennum_stats.measures.deliveries import deliveries
from ennum_stats.measures.equipment import equipment
from ennum_stats.measures.reconciling import reconciliation
from ennum_stats.measures.sites import sites
from ennum_stats.measures.staff import staff

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
