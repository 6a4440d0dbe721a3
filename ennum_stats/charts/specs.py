"""What a chart is, whatever draws it: its message, its marks, their values, and where they come from.

A chart is declared by a subject (`winners`, `budgets`, …) from the ledger; `plotly_figure`, the kit's
workbook and the dashboard draw the same declaration. No colour and no position here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Observation, Source

Kind = Literal[
    "columns", "bars", "shares", "grid", "rows", "band", "steps", "spans", "growth", "map"
]
State = Literal["reached", "planned", "rest", "unknown"]
Cell = str | Decimal | None
Points = tuple[tuple[float, float], ...]
"""Longitude and latitude of each, in degrees."""


@dataclass(frozen=True)
class Mark:
    """One thing that is drawn: a column, a bar, a row of squares, a span of years, a moment.

    `text` stands beside the mark; `words` say the value in full, for alt text, tables and hovering.
    Without a quantity there is nothing to draw but the text: what is missing is never zero.
    """

    label: str
    words: str
    text: str = ""
    quantity: Quantity | None = None
    colour: str = "neutral"
    """A programme, or `neutral`."""
    state: State = "reached"
    detail: str = ""
    """A second line of the label."""
    remark: str = ""
    """What a reader must know of this value: planned, not comparable because …"""
    group: str = ""
    first: date | None = None
    last: date | None = None
    depth: float | None = None
    """Of a class: its place in their order, from 0 (drawn palest) to 1 (strongest)."""

    @property
    def name(self) -> str:
        """Label and detail in one line."""
        if not self.detail:
            return self.label
        is_closed = self.label.endswith(")")
        return f"{self.label}, {self.detail}" if is_closed else f"{self.label} ({self.detail})"

    @property
    def ends(self) -> tuple[Decimal | None, Decimal | None]:
        """Lower and upper bound; nothing where nothing is known."""
        return (
            (self.quantity.bounds.lower, self.quantity.bounds.upper)
            if self.quantity
            else (None, None)
        )


@dataclass(frozen=True)
class Area:
    """A commune on a map: its name, its value in words, the mark (a class) that it belongs to, by its place
    among them, and its borders as closed rings; or, where borders are not known, sites of a class as
    points."""

    label: str
    words: str
    mark: int
    rings: tuple[Points, ...] = ()
    points: Points = ()
    group: str = ""
    """What it is a part of: its province."""


@dataclass(frozen=True)
class Column:
    """A column of a chart's table; `unit` where its cells are numbers."""

    name: str
    unit: str | None = None


@dataclass(frozen=True)
class Table:
    """The values of a chart: the first column names the row, those in the chart's unit hold what is
    drawn. Cells are texts, numbers in the unit of their column, or `None` for what is not known."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart in one language, as known on one day."""

    name: str
    kind: Kind
    language: str
    known_at: date
    title: str
    """The message, in a sentence with its numbers."""
    subtitle: str
    """What is counted, in which unit, of whom."""
    marks: tuple[Mark, ...]
    table: Table
    source_line: str
    alt: str
    """The message and all values, for who does not see the chart."""
    unit: str
    note: str = ""
    """How to read the chart, and what is not known."""
    areas: tuple[Area, ...] = field(default=(), repr=False)
    """What a map is drawn of; its marks are the classes."""
    observations: tuple[Observation, ...] = field(default=(), repr=False)
    """The numbers plotted, as their documents give them."""

    sources: tuple[Source, ...] = field(default=(), repr=False)
    """The documents of what is plotted, in the order of their first number."""

    lists: tuple[str, ...] = field(default=(), repr=False)
    """Keys of the lists of schools of which single sites were counted."""
    registers: tuple[str, ...] = field(default=(), repr=False)
    """Keys of the registers whose sites they are."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it was known on the day: there is a title that says so, and no drawing."""
        if self.kind == "spans":
            return not self.marks
        return not any(mark.quantity for mark in self.marks)
