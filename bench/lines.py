"""What is printed of the dashboard: a line a number, with what was measured beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Line:
    """A number: what it is of, what is asked, what was found, whether that is reached, and the others'."""

    name: str
    asked: str
    found: str
    is_reached: bool
    beside: tuple[str, ...] = ()


def show(title: str, lines: Iterable[Line], others: tuple[str, ...] = ()) -> None:
    """Print a table as soon as it is measured."""
    table = Table(title, "Demandé", "Mesuré", "", *others)
    for one in lines:
        mark = "" if not one.asked else "✓" if one.is_reached else "✗"
        table.add_row(one.name, one.asked, one.found, mark, *one.beside)
    Console(highlight=False, width=120).print(table)


def rounded(value: float, asked: float) -> str:
    """A number as precise as what is asked of it.

    >>> rounded(0.2, 0.01), rounded(211.6, 250)
    ('0.200', '212')
    """
    return f"{value:.{3 if asked < 1 else 0}f}"
