"""Figures, charts and press kit of the digital equipment of the schools of Wallonia.

These are the public names for analysts; each is loaded when it is first used, so that importing the package
takes next to no time.

>>> import ennum_stats
>>> store = ennum_stats.open()
>>> store.winners()
>>> store.figure("total_investment")
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from ennum_stats.analyst import Measure, Store
    from ennum_stats.errors import EnnumError, StoreMissing, UnknownName, UsageError
    from ennum_stats.figures import Figure
    from ennum_stats.measures.frames.allocation import allocate
    from ennum_stats.measures.frames.bounded_table import BoundedTable, sum_bounds
    from ennum_stats.measures.frames.shapes import NothingCollected
    from ennum_stats.opening import open  # noqa: A004
    from ennum_stats.quantities import Basis, Bounds, Precision, Quantity, Reason
    from ennum_stats.wording import words

    budgets, coverage, winners = Store.budgets, Store.coverage, Store.winners
    connectivity, equipment, staff = Store.connectivity, Store.equipment, Store.staff
    deliveries, sites, targets = Store.deliveries, Store.sites, Store.targets
    never_awarded, reconciliation = Store.never_awarded, Store.reconciliation

__version__ = "0.1.0"
_PLACES = {
    "Basis": "quantities",
    "BoundedTable": "measures.frames.bounded_table",
    "Bounds": "quantities",
    "EnnumError": "errors",
    "Figure": "figures",
    "Measure": "analyst",
    "NothingCollected": "measures.frames.shapes",
    "Precision": "quantities",
    "Quantity": "quantities",
    "Reason": "quantities",
    "Store": "analyst",
    "StoreMissing": "errors",
    "UnknownName": "errors",
    "UsageError": "errors",
    "allocate": "measures.frames.allocation",
    "open": "opening",
    "sum_bounds": "measures.frames.bounded_table",
    "words": "wording",
}
_METHODS = (
    "budgets", "connectivity", "coverage", "deliveries", "equipment", "never_awarded", "reconciliation",
    "sites", "staff", "targets", "winners",
)  # fmt: skip
"""Methods of a store that are names of the package, too: `ennum_stats.winners(store)`."""
__all__ = [
    "Basis",
    "BoundedTable",
    "Bounds",
    "EnnumError",
    "Figure",
    "Measure",
    "NothingCollected",
    "Precision",
    "Quantity",
    "Reason",
    "Store",
    "StoreMissing",
    "UnknownName",
    "UsageError",
    "allocate",
    "budgets",
    "connectivity",
    "coverage",
    "deliveries",
    "equipment",
    "never_awarded",
    "open",
    "reconciliation",
    "sites",
    "staff",
    "sum_bounds",
    "targets",
    "winners",
    "words",
]


def __getattr__(name: str) -> Any:
    if name in _METHODS:
        return import_module("ennum_stats.analyst").of_any_store(name)
    if name not in _PLACES:
        raise AttributeError(f"module 'ennum_stats' has no attribute {name!r}")
    return getattr(import_module(f"ennum_stats.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__doc__", "__version__"]


# --- the house's look in Plotly -------------------------------------------------------------------

_TEMPLATES = "plotly.io._templates"


class _LookOfTheHouse:
    """Add the template "ennum" to those of Plotly when these are first used, and import no Plotly before:
    `px.bar(frame, template="ennum")` works whichever of the two is imported first."""

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != _TEMPLATES:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def execute_and_register(module: ModuleType) -> None:
            execute(module)
            _register(module)

        spec.loader.exec_module = execute_and_register  # type: ignore[method-assign]
        return spec


def _register(module: ModuleType) -> None:
    from ennum_stats.drawing.template import register

    register(module.templates)


if _TEMPLATES in sys.modules:
    _register(sys.modules[_TEMPLATES])
else:
    sys.meta_path.insert(0, _LookOfTheHouse())
