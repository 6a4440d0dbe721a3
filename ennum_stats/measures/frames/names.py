"""The names of the measures, and the dimensions of each, for editors and mypy.

Generated from the measures by `python -m tools.store_methods`: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

MeasureName: TypeAlias = Literal[
    "budgets",
    "winners",
    "coverage",
    "connectivity",
    "staff",
    "equipment",
    "sites",
    "never_awarded",
    "deliveries",
    "targets",
]
MEASURE_NAMES: tuple[str, ...] = get_args(MeasureName)
BudgetsBy: TypeAlias = Literal["programme", "call", "component", "year"]
WinnersBy: TypeAlias = Literal[
    "call", "school_year", "level", "network", "province", "commune", "repeats", "programme", "year"
]
CoverageBy: TypeAlias = Literal[
    "programme", "year", "call", "level", "network", "province", "commune", "repeats"
]
SitesBy: TypeAlias = Literal["", "network", "level", "province", "commune"]
DeliveriesBy: TypeAlias = Literal["lot_and_year", "lot", "year", "call", "province"]
