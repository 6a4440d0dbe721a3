"""Compare new rows with those that the raw tables hold already.

A row that is there already is skipped. Another content under the same key is refused, with both contents:
an import never changes what stands in a raw table. It only fills an empty cell of a call where a document
gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ennum_stats.errors import message
from ennum_stats.imports.plan import FilledCell, NewRow
from ennum_stats.imports.spreadsheets.number_parser import CellRefused
from ennum_stats.raw.schema import RawColumn
from ennum_stats.raw.tables import KEY_COLUMNS, TABLE_BY_NAME

if TYPE_CHECKING:
    import polars as pl

Row = Mapping[str, str]
_FILLED_IN = ("calls",)
"""The tables of whose rows empty cells are filled, because a later document may say more of the same call.
A published number or a document is never completed."""
_KEY = ("source_id", *KEY_COLUMNS)
_OBSERVATIONS = "observations"
_COLUMNS = {table.name: {column.name: column for column in table.columns} for table in TABLE_BY_NAME.values()}


class KnownRows:
    """Hold the rows of the raw tables by key, and those that an import has added so far."""

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self._rows: dict[str, dict[str, Row]] = {}
        for name in ("sources", "calls", "call_sets", "commune_numbers", _OBSERVATIONS):
            key = TABLE_BY_NAME[name].key[0]
            rows = frames[name].fill_null("").to_dicts()
            self._rows[name] = {row[key]: row for row in rows}
        observations = self._rows[_OBSERVATIONS].values()
        self._observations = {observation_key(row): row for row in observations}

    def get(self, table: str, key: str) -> Row | None:
        """Find a row by its key."""
        return self._rows[table].get(key)

    def names_taken(self) -> Iterable[str]:
        """Return the ids of all observations."""
        return self._rows[_OBSERVATIONS].keys()

    def same_observation(self, values: Row) -> Row | None:
        """Find what the same document already says of the same thing."""
        return self._observations.get(observation_key(values))

    def new_ones(self, rows: Iterable[NewRow]) -> tuple[list[NewRow], list[FilledCell]]:
        """Return the rows that are not there yet, and the cells to fill in those that are.

        Raises `CellRefused` for a contradiction.
        """
        fresh: list[NewRow] = []
        filled: list[FilledCell] = []
        for row in rows:
            known = self._known(row)
            if known is None:
                fresh.append(row)
            else:
                require_same(row, known)
                filled += _filled(row, known)
        return fresh, filled

    def add(self, rows: Iterable[NewRow], filled: Iterable[FilledCell] = ()) -> None:
        """Add rows and filled cells to those that are there."""
        for cell in filled:
            known = self._rows[cell.table]
            known[cell.key] = {**known[cell.key], cell.column: cell.text}
        for row in rows:
            self._rows[row.table][_name(row)] = row.values
            if row.table == _OBSERVATIONS:
                self._observations[observation_key(row.values)] = row.values

    def _known(self, row: NewRow) -> Row | None:
        if row.table == _OBSERVATIONS:
            return self.same_observation(row.values)
        return self.get(row.table, _name(row))


def observation_key(row: Row) -> tuple[object, ...]:
    """Return what identifies the thing that a number of a document is about."""
    return tuple(_normal(_COLUMNS[_OBSERVATIONS][name], row[name] or "") for name in _KEY)


def require_same(row: NewRow, known: Row, columns: Iterable[str] | None = None) -> None:
    """Require that a row has the same content as the known one, in these columns or in all that the form
    has; an empty cell that may be filled is no other content.

    Raises `CellRefused` with both values.
    """
    for name in row.values if columns is None else columns:
        if name == "observation_id":
            continue
        column = _COLUMNS[row.table][name]
        here, there = row.values[name], known[name] or ""
        if not there and row.table in _FILLED_IN:
            continue
        if _normal(column, here) != _normal(column, there):
            raise CellRefused(
                row.field_of(name),
                message(
                    "“{key}” is there already with another content ({column}): “{there}” there, "
                    "“{here}” here.",
                    key=known[TABLE_BY_NAME[row.table].key[0]], column=name, there=there, here=here,
                ),
            )  # fmt: skip


def _filled(row: NewRow, known: Row) -> list[FilledCell]:
    if row.table not in _FILLED_IN:
        return []
    return [
        FilledCell(row.table, row.path, _name(row), name, text, row.row, row.field_of(name))
        for name, text in row.values.items()
        if text and not known[name]
    ]


def _name(row: NewRow) -> str:
    return row.values[TABLE_BY_NAME[row.table].key[0]]


def _normal(column: RawColumn, text: str) -> object:
    """Write a cell in the form in which it is compared: 500 and 500.0, or 2030 and 2030-01-01 as a
    beginning, are the same."""
    return column.kind.normal(text) if text else ""
