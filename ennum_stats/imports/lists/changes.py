"""What a corrected list changes against the earlier one: which rows come, go and change, by site with the
names of its schools.

Rows are the same where they say the same of a site, whatever order they have. Of what is left of a call and
site (for deliveries, of a lot and site), rows with one project number or day are one row that changed, then
the others in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.lists.loaded import Award, Delivery, Row
from ennum_stats.languages import translate, written
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity
from ennum_stats.raw.communes import communes
from ennum_stats.wording import words

SHOWN = 20
"""Rows of each sort that are told at a terminal; JSON has them all."""
_SAYS = {
    "project": message("project number"),
    "etablissement": message("school number"),
    "amount_eur": message("amount"),
    "occurred_on": message("day"),
    "quantity": message("devices"),
    "delivered_on": message("day"),
}
"""What a row says of its site, by column."""
_TELLS_APART = {Award: "project", Delivery: "delivered_on"}


@dataclass(frozen=True)
class RowChange:
    """Hold a row before and after: one of the two is missing where it comes or goes."""

    site: str
    name: str
    call: str
    before: dict[str, str]
    after: dict[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """What differs; where the row comes or goes, what it says."""
        return tuple(column for column in _SAYS if self.before.get(column, "") != self.after.get(column, ""))

    def words(self, language: str) -> str:
        """Say which site it is, and what changes."""
        words = [self._column_words(column, language) for column in self.columns]
        place = " ".join(filter(None, (self.site, self.name)))
        return f"{place} – {', '.join(words)}" if words else place

    def _column_words(self, column: str, language: str) -> str:
        old, new = (
            _cell_words(column, cells[column], language) if cells.get(column) else ""
            for cells in (self.before, self.after)
        )
        shown = f"{old or '–'} → {new or '–'}" if self.before and self.after else old or new
        named = message("{place}: {text}", place=_SAYS[column], text=shown)
        return translate(named, language)


@dataclass(frozen=True)
class ListChanges:
    """Hold what comes, goes and changes where a list corrects another, and how many rows stay as they are."""

    corrects: str
    came: tuple[RowChange, ...]
    went: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    same: int

    @property
    def is_nothing(self) -> bool:
        """Whether both lists say the same."""
        return not (self.came or self.went or self.changed)

    def lines(self, language: str) -> Iterator[str]:
        """Say it to a person: the numbers, then the rows of each sort."""
        yield translate(
            message("Corrects the list {name}: rows that come {came}, go {went}, change {changed}, stay as "
                    "they are {same}.", name=self.corrects, came=len(self.came), went=len(self.went),
                    changed=len(self.changed), same=self.same),
            language,
        )  # fmt: skip
        for title, rows in self._sorts():
            for row in rows[:SHOWN]:
                sentence = message("{place}: {text}", place=title, text=row.words(language))
                yield "  " + translate(sentence, language)
            if len(rows) > SHOWN:
                yield "  " + translate(message("… and {n} more.", n=len(rows) - SHOWN), language)

    def _sorts(self) -> tuple[tuple[Message, Sequence[RowChange]], ...]:
        return (
            (message("comes"), self.came),
            (message("goes"), self.went),
            (message("changes"), self.changed),
        )

    def record(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        return {
            "list": self.corrects,
            "came": [vars(row) for row in self.came],
            "went": [vars(row) for row in self.went],
            "changed": [vars(row) for row in self.changed],
            "same": self.same,
        }


def list_changes(
    corrects: str,
    before: Sequence[Row],
    after: Sequence[Row],
    identity: Callable[[str], str],
    destination: Destination,
) -> ListChanges:
    """Compare the rows of a list with those that correct it; `identity` gives the number under which a site
    is counted."""
    groups: dict[tuple[str, ...], tuple[list[Row], list[Row]]] = {}
    for side, rows in enumerate((before, after)):
        for row in rows:
            groups.setdefault(_subject(row, identity), ([], []))[side].append(row)
    pairs: list[tuple[Row | None, Row | None]] = []
    for old, new in groups.values():
        pairs += _paired(old, new)
    differing = [
        (old, new) for old, new in pairs if _shown_cells(old) != _shown_cells(new) or not (old and new)
    ]
    names = _site_names(destination, {row.implantation for pair in differing for row in pair if row})
    changes = sorted((_change(pair, names) for pair in differing), key=lambda change: int(change.site))
    return ListChanges(
        corrects,
        tuple(change for change in changes if not change.before),
        tuple(change for change in changes if not change.after),
        tuple(change for change in changes if change.before and change.after),
        len(pairs) - len(differing),
    )


def _subject(row: Award | Delivery, identity: Callable[[str], str]) -> tuple[str, ...]:
    """Give what a row is about, of which a changed row still is."""
    of = row.stage if isinstance(row, Award) else row.lot
    return row.call, of, identity(row.implantation)


def _paired(old: list[Row], new: list[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Pair the rows of one subject: those that are the same, those told apart by the same number or day,
    then the rest in order."""
    rest = list(new)
    for key in (_shown_cells, _telling_apart):
        for row in list(old):
            other = next((row_after for row_after in rest if key(row_after) == key(row)), None)
            if other is not None:
                old.remove(row)
                rest.remove(other)
                yield row, other
    yield from zip(old, rest, strict=False)
    shorter = min(len(old), len(rest))
    yield from ((row, None) for row in old[shorter:])
    yield from ((None, row) for row in rest[shorter:])


def _shown_cells(row: Award | Delivery | None) -> dict[str, str]:
    cells = vars(row) if row else {}
    return {column: cells[column] for column in _SAYS if column in cells}


def _telling_apart(row: Award | Delivery) -> str:
    return str(getattr(row, _TELLS_APART[type(row)]))


def _change(pair: tuple[Row | None, Row | None], names: dict[str, str]) -> RowChange:
    old, new = pair
    row = new or old
    assert row is not None
    number = row.implantation
    return RowChange(number, names.get(number, ""), row.call, _shown_cells(old), _shown_cells(new))


def _cell_words(column: str, text: str, language: str) -> str:
    if column == "amount_eur":
        return words(Quantity.exact(Decimal(text), "EUR"), language)
    if column in ("occurred_on", "delivered_on"):
        return written(Period(text), language)
    return text


def _site_names(destination: Destination, numbers: set[str]) -> dict[str, str]:
    """Name sites by the schools on them and their commune, as the last register says that has them."""
    is_asked = pl.col("implantation").is_in(list(numbers))
    on = ["register", "implantation"]
    places = {commune.commune: commune.name_fr for commune in communes().walloon}
    rows = (
        destination.rows("implantations").filter(is_asked).select(*on, "commune")
        .join(destination.rows("registers").select("register", "as_of"), on="register")
        .join(destination.rows("teaching").filter(is_asked).select(*on, "etablissement").unique(), on=on)
        .join(destination.rows("etablissements").select("register", "etablissement", "name"),
              on=["register", "etablissement"])
        .sort("as_of", "etablissement")
    )  # fmt: skip
    last = rows.filter(pl.col("as_of") == pl.col("as_of").last().over("implantation"))
    named = last.group_by("implantation", "commune").agg(pl.col("name").unique(maintain_order=True))
    return {number: f"{' / '.join(schools)}, {places[commune]}" for number, commune, schools in named.rows()}
