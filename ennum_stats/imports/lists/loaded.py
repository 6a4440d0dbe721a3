"""What the lists of a project hold already, beside a new list: which of its rows are there, and which list it
corrects.

A list that another one corrected counts no more, but its file may come a second time: its rows are there
still. A list that corrects another is compared with all lists but that one and those before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

import polars as pl

from ennum_stats.errors import Message, Parameter, UsageError, message
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.questions import Doubt
from ennum_stats.periods import Period
from ennum_stats.raw.list_checks import SAME_KIND


@dataclass(frozen=True)
class ListOf:
    """Hold what a list is of: its kind, programme, call (empty for several), the day it was known, and the list
    that it corrects (empty for none)."""

    kind: str
    programme: str
    call: str
    known_on: str
    replaces: str = ""


@dataclass(frozen=True)
class Award:
    """Hold a row of participations but for its list: what a site had of a call or programme."""

    participation: str
    programme: str
    call: str
    stage: str
    implantation: str
    etablissement: str
    project: str
    amount_eur: str
    occurred_on: str

    @property
    def content(self) -> tuple[str, ...]:
        """What makes two awards the same, in whichever lists they stand."""
        return self.participation, self.amount_eur, self.occurred_on


@dataclass(frozen=True)
class Delivery:
    """Hold a row of deliveries but for its list: devices of a lot that a site received on a day."""

    position: str
    call: str
    lot: str
    implantation: str
    quantity: str
    delivered_on: str

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two deliveries the same, wherever they stand in a list."""
        return self.call, self.lot, self.implantation, self.quantity, self.delivered_on


Row = TypeVar("Row", Award, Delivery)


@dataclass
class LoadedLists:
    """Hold the lists of a project, beside a new one of this."""

    destination: Destination
    of: ListOf
    shared: Counter[str] = field(default_factory=Counter)
    """How many rows of the new list stand in each of those that count, with the same content or another."""
    differing: Counter[str] = field(default_factory=Counter)
    past: int = 0
    """How many of them stand only in lists that were corrected since."""

    @cached_property
    def lists(self) -> dict[str, dict[str, Any]]:
        """The rows of the table of lists, by name."""
        rows = self.destination.rows("lists").fill_null("").to_dicts()
        return {row["list"]: row for row in rows}

    @cached_property
    def corrected_by(self) -> dict[str, str]:
        """For each list that counts no more, the one that corrects it."""
        return {row["replaces"]: name for name, row in self.lists.items() if row["replaces"]}

    @cached_property
    def corrects(self) -> str:
        """The list that the new one is compared with: the last that corrected the one it is said to correct;
        empty where it corrects none."""
        name = self.of.replaces
        while name in self.corrected_by:
            name = self.corrected_by[name]
        return name

    @cached_property
    def compared(self) -> frozenset[str]:
        """The list that the new one corrects, and those which that one corrected."""
        names, name = set(), self.corrects
        while name:
            names.add(name)
            name = self.lists[name]["replaces"]
        return frozenset(names)

    def counts(self, name: str) -> bool:
        """Tell whether a list goes on counting beside the new one."""
        return name not in self.compared and name not in self.corrected_by

    def counted_once(self, name: str) -> bool:
        """Tell whether a list counted until another corrected it; what the new one corrects is left out."""
        return name not in self.compared and name in self.corrected_by

    def rows(self, table: str, row: type[Row], only: str = "") -> list[tuple[str, Row]]:
        """Read the rows of a table, each with its list; those of one list, or of all."""
        columns = [column.name for column in fields(row)]
        frame = self.destination.rows(table)
        if only:
            frame = frame.filter(pl.col("list") == only)
        cells = frame.fill_null("").select("list", *columns).iter_rows()
        return [(name, row(*values)) for name, *values in cells]

    def require_correctable(self) -> None:
        """Raise `UsageError` where the new list cannot correct the one that it names."""
        if not self.of.replaces:
            return
        earlier = self.lists[self.of.replaces]
        if any(earlier[column] != getattr(self.of, column) for column in SAME_KIND):
            raise self._no_correction(
                message("The list {name} is of something else: {kind}, {of}.", name=self.of.replaces,
                        kind=earlier["kind"], of=earlier["call"] or earlier["programme"])
            )  # fmt: skip
        if Period(self.of.known_on).last < Period(self.lists[self.corrects]["known_on"]).last:
            raise self._no_correction(
                message("The list {name} is known since {day} only: nothing corrects it before.",
                        name=self.corrects, day=Period(self.lists[self.corrects]["known_on"]))
            )  # fmt: skip

    def require_last(self) -> None:
        """Raise `UsageError` where the new list differs from the one that corrected the same list already."""
        if self.corrects != self.of.replaces:
            raise UsageError(
                message("The list {other} is corrected by {by} already.",
                        other=self.of.replaces, by=self.corrects),
                where=Parameter("replaces", self.of.replaces),
                remedy=message("Correct that one: {replaces}.",
                               replaces=Parameter("replaces", self.corrects)),
            )  # fmt: skip

    def _no_correction(self, sentence: Message) -> UsageError:
        return UsageError(
            sentence,
            where=Parameter("replaces", self.of.replaces),
            remedy=message("Name a list of the same kind and call, known before this one."),
        )

    @property
    def remarks(self) -> list[Message]:
        """Say how many rows stand only in lists that were corrected since."""
        if not self.past:
            return []
        return [
            message("Rows of a list that was corrected since, which are not taken again: {n}.", n=self.past)
        ]

    def overlaps(self, new: int) -> Iterator[Doubt]:
        """Doubt the `new` rows of a list that looks like one of the same kind and call in another state, and say the
        two ways on."""
        for name in self.shared | self.differing:
            row = self.lists[name]
            missing = int(row["size"]) - self.shared[name] - self.differing[name]
            is_same = not (new or self.differing[name] or (missing and not self.past))
            if is_same or any(row[column] != getattr(self.of, column) for column in SAME_KIND):
                continue
            yield f"overlaps-{name}", message(
                "This looks like the list {name} in another state: rows that are the same {same}, "
                "different {differing}, only here {new}, only there {missing}. To correct that list: "
                "{replaces}; otherwise only the new rows are taken.",
                name=name, same=self.shared[name], differing=self.differing[name], new=new,
                missing=missing, replaces=Parameter("replaces", name),
            )  # fmt: skip

    def longer(self, rows: int) -> Iterator[Doubt]:
        """Doubt a list of winners that has more rows than any document says that projects won, or were submitted."""
        if self.of.kind != "winners" or not self.of.call:
            return
        for measure, text in _PUBLISHED.items():
            published = self._published(measure)
            if published is not None and rows > published:
                yield "longer", message(text.text, n=rows, published=published)
                return

    def _published(self, measure: str) -> int | None:
        """Give the highest number that documents print of the list's call as a whole."""
        frame = self.destination.frames["observations"].filter(
            pl.col("measure") == measure, pl.col("call") == self.of.call,
            *(pl.col(column).is_null() for column in _DIVIDED_BY),
        )  # fmt: skip
        texts = [text for column in ("value", "upper") for text in frame[column].drop_nulls()]
        return max((int(Decimal(text)) for text in texts), default=None)


_DIVIDED_BY = ("level", "network", "province", "component")
_PUBLISHED = {
    "projects_awarded": message("The list has {n} rows, more than the projects that won: {published}."),
    "projects_introduced": message("The list has {n} rows, more than the projects submitted: {published}."),
}


Deliveries = Counter[tuple[str, ...]]
"""How often each delivery stands in a list."""


def deliveries_there(loaded: LoadedLists) -> tuple[dict[str, Deliveries], Deliveries]:
    """Count the deliveries of each list that counts, and those that only lists have which were corrected
    since."""
    by_list: dict[str, Deliveries] = {}
    for name, row in loaded.rows("deliveries", Delivery):
        by_list.setdefault(name, Counter())[row.key] += 1
    counting = {name: rows for name, rows in by_list.items() if loaded.counts(name)}
    past: Deliveries = Counter()
    for name, rows in by_list.items():
        if loaded.counted_once(name):
            past |= rows
    return counting, past - sum(counting.values(), Counter())
