"""Tables that compute with bounds: what is not known stays not known, whatever is summed, divided or compared.

`frame["value"].sum()` leaves out what is not known; `BoundedTable(frame).sum()` says what the whole lies between,
and what the plain sum would have lost. Bounds are carried as intervals, in double precision: those of two numbers
that depend on each other are true, and wider than they need to be.
"""

# ruff: noqa: SLF001 - a table makes other tables of its class

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self, TypeAlias, TypeVar, cast

import numpy as np
import pandas as pd
import polars as pl

from ennum_stats.errors import ONE_OF, Message, Parameter, UsageError, message, unknown_name
from ennum_stats.files.boundary import require_file, require_installed
from ennum_stats.languages import translate
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.columns import SHARED_COLUMNS, VALUE, Column, triple
from ennum_stats.measures.frames.shapes import NOTICE
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.vocabulary import BREAKDOWNS, DIMENSIONS, UNITS

FrameT = TypeVar("FrameT")
Floats: TypeAlias = np.ndarray[Any, Any]
Places: TypeAlias = np.ndarray[Any, Any]
By: TypeAlias = str | Sequence[str]
METADATA = "PANDAS_ATTRS"
"""Under which name the metadata stand in Parquet and Arrow: where pandas writes its attributes, and finds them."""
ASSUMPTION = "assumption"
"""The column in which a row says what it supposes."""
_LABELS = (NOTICE, ASSUMPTION)
"""Columns of what is supposed: sums keep them."""
_BESIDE = ("notice_x", "notice_y", "notice_right")
"""What merges make of the column of notices, where both tables have it."""
_OVERLAPPING = ("network", "level", "repeats")
"""Columns whose parts have things in common: a site stands in each of its networks and levels."""
_SCOPES = ("universe", "stage", "counted", "known_at")
"""Columns whose rows tell of the same thing otherwise: of another day, or divided by something else."""
_UNTOLD = {"prices": NOMINAL}
"""What rows are of that do not tell it."""
_LISTS = ("documents", "observation_ids", "calls_not_known", "incomplete")
"""Columns of several codes: a sum has those of all its rows."""
_DIMENSIONS = (*DIMENSIONS, *SHARED_COLUMNS, "measure", "number", *_SCOPES)
_ATTRIBUTES = ("school_year", "valid_from", "valid_to", "basis", *_LISTS, "levels", "lists", "registers")
"""Columns that say more of a row, and not of what it is a part."""
_PRINTED = "source_id"
_NONE: Mapping[str, list[str | None]] = MappingProxyType({})


@cache
def declared_numbers() -> dict[str, Column]:
    """Map the numbers of all measures to what is declared of them."""
    return {name: column for table in TABLES.values() for name, column in table.numbers.items()}


@cache
def _adding() -> dict[str, frozenset[str]]:
    """Map each number, and each measure of one number, to the columns over which it may be summed."""
    over: dict[str, frozenset[str]] = {}
    for measure in TABLES.values():
        for name, number in measure.numbers.items():
            is_only = name == VALUE
            for key in (name, *([measure.name] if is_only else [])):
                more = ["year"] if is_only and number.adds_over else []
                over[key] = over.get(key, frozenset()).union(number.adds_over, more)
    return over


@dataclass(frozen=True, eq=False)
class BoundedColumn:
    """Hold one number of each row: its value (NaN where there is none) and ends (infinite where there is none), its
    unit, the columns over which it adds up, and whether it is counted whole."""

    value: Floats
    low: Floats
    high: Floats
    unit: str = ""
    adds_over: frozenset[str] = frozenset()
    is_whole: bool = False
    given: tuple[Any, ...] = ()
    """The columns of the table that it was read of, where these say the same: they are given back as they are."""

    def at(self, rows: Places) -> Self:
        """Give the numbers of some rows; of row -1, which there is not, nothing is known."""
        least = 0.0 if self.adds_over else -np.inf
        ends = ((self.value, np.nan), (self.low, least), (self.high, np.inf))
        value, low, high = (np.where(rows < 0, none, np.append(cells, none)[rows]) for cells, none in ends)
        return replace(self, value=value, low=low, high=high, given=())

    def summed(self, groups: Places, count: int) -> Self:
        """Add the numbers of each group: a value where all of them have one, an end where all have that end."""
        value, low, high = (np.bincount(groups, of, count) for of in (self.value, self.low, self.high))
        return replace(self, value=value, low=low, high=high, given=())

    def less(self, other: BoundedColumn) -> Self:
        """Subtract another number of each row."""
        return replace(
            self, value=self.value - other.value, low=self.low - other.high, high=self.high - other.low,
            adds_over=self.adds_over & other.adds_over, is_whole=self.is_whole and other.is_whole, given=(),
        )  # fmt: skip

    def weighing(self, weight: BoundedColumn) -> Self:
        """Multiply by a weight of each row, which is 0 or more; nothing, however often, is nothing."""
        low = _product(self.low, np.where(self.low < 0, weight.high, weight.low))
        high = _product(self.high, np.where(self.high < 0, weight.low, weight.high))
        return type(self)(self.value * weight.value, low, high)

    def over(self, other: BoundedColumn, unit: str) -> Self:
        """Divide by another number of each row; by what may be nothing, only a lower end is known."""
        if self.low.min(initial=0) >= 0 and other.low.min(initial=1) > 0:
            return type(self)(self.value / other.value, self.low / other.high, self.high / other.low, unit)
        (a, b), (c, d), is_negative = (self.low, self.high), (other.low, other.high), other.high < 0
        if is_negative.any():
            a, b = np.where(is_negative, -b, a), np.where(is_negative, -a, b)
            c, d = np.where(is_negative, -d, c), np.where(is_negative, -c, d)
        with np.errstate(invalid="ignore", divide="ignore"):
            value = np.where(other.value == 0, np.nan, self.value / other.value)
            low, high = a / np.where(a < 0, c, d), b / np.where(b < 0, d, c)
        may_be_nothing = (c <= 0) & (d >= 0)
        low = np.where(may_be_nothing & ((c < 0) | (a < 0) | (d == 0)), -np.inf, low)
        return type(self)(value, low, np.where(may_be_nothing, np.inf, high), unit)

    @property
    def ends(self) -> tuple[Floats, Floats, Floats]:
        """Its value and both ends."""
        return self.value, self.low, self.high


class BoundedTable:
    """Hold a table whose numbers have bounds, and compute with them: sums, differences, ratios, growth, means.

    Made of any table that has the columns `x`, `x_lower`, `x_upper` (or `value`, `lower`, `upper`) of a number: one
    of the store, filtered or joined as you like, of pandas, polars or Arrow, or a file of `store.save` (`read`). Each
    number keeps its unit (`units` gives those of numbers of your own), and each method gives another table. What of
    a number is not known is missing; counts and amounts of which nothing is known are 0 or more.

    `pandas()`, `polars()` and `arrow()` give plain tables, `units` the units, `lost(language)` what a plain sum would
    have left out.

    >>> winners = BoundedTable(store.winners())
    >>> winners.ratio("grant", "budget_awarded", "projects_awarded").pandas()
    """

    def __init__(self, frame: Any, *, units: Mapping[str, str] | None = None) -> None:
        """Read the numbers of a table with their bounds. Raises `UsageError` for what is no table of that kind."""
        self.attrs: Mapping[str, Any] = dict(getattr(frame, "attrs", {}))
        if type(frame).__module__.startswith("pyarrow"):
            self.attrs = json.loads((frame.schema.metadata or {}).get(METADATA.encode(), "{}"))
            frame = pl.from_arrow(frame)
        if isinstance(frame, pl.DataFrame):
            frame = pandas_of(frame)
        if isinstance(frame, pd.DataFrame):
            frame = with_one_notice(frame).reset_index(drop=True)
        else:
            raise UsageError(
                message("This is no table: {kind}.", kind=type(frame).__name__), where=Parameter("frame"),
                remedy=message("Write: {example}", example="BoundedTable(store.winners())"),
            )  # fmt: skip
        names = [name for name in frame.columns if {*triple(str(name))} <= {*frame.columns}]
        ends = {column for name in names for column in triple(name)}
        rows = [frame[name] for name in frame.columns if name not in ends]
        self._rows = _side_by_side(rows, len(frame))
        self._coded: dict[str, tuple[Places, list[Any]]] = {}
        self._lost: tuple[Message, ...] = ()
        self._numbers = {name: self._read(frame, name, units or {}) for name in names}

    @classmethod
    def read(cls, path: Path | str) -> Self:
        """Read a file that `store.save` wrote, with its units, documents and notices. Raises `FileMissing`,
        `UnknownName` for another ending than .parquet, .xlsx or .csv.

        >>> units = BoundedTable.read(store.save(store.winners(), "winners.xlsx")).units
        """
        file = require_file(Path(path))
        attrs: dict[str, Any] = {}
        frame: Any
        if file.suffix == ".parquet":
            frame = pl.read_parquet(file)
            attrs = json.loads(pl.read_parquet_metadata(file).get(METADATA, "{}"))
        elif file.suffix == ".xlsx":
            require_installed("openpyxl")
            frame, columns, sources, about = pd.read_excel(file, sheet_name=None).values()
            attrs = dict(zip(about["what"], about["value"], strict=True))
            attrs["documents"] = [*sources.get("source_id", ())]
            attrs["units"] = dict(columns.set_index("column").get("unit", pd.Series(dtype="str")).dropna())
        elif file.suffix == ".csv":
            frame = pl.read_csv(file, try_parse_dates=True)
            csvw = json.loads(require_file(file.with_name(f"{file.name}-metadata.json")).read_text("utf-8"))
            names = {"title": "dc:title", NOTICE: "dc:description", "known_at": "dc:date"}
            attrs = {name: csvw[theirs] for name, theirs in names.items() if theirs in csvw}
            attrs["documents"] = [document["source_id"] for document in csvw["dc:source"]]
            attrs["units"] = {
                of["name"]: of.get("schema:unitText", "") for of in csvw["tableSchema"]["columns"]
            }
        else:
            raise unknown_name(
                message("A file “{name}” cannot be read.", name=file.name), (".parquet", ".xlsx", ".csv"), ONE_OF,
                where=Parameter("path"),
            )  # fmt: skip
        table = cls(frame, units=attrs.get("units"))
        table.attrs = attrs
        return table

    def _read(self, frame: Any, name: str, units: Mapping[str, str]) -> BoundedColumn:
        key = (
            str(self.attrs.get("measure")) if name == VALUE and self.attrs.get("measure") in TABLES else name
        )
        over = _adding().get(key, frozenset())
        declared = declared_numbers()[name].unit if name in declared_numbers() else ""
        unit = units.get(name) or self.attrs.get("units", {}).get(name, declared)
        if name == VALUE and "unit" in self._rows.columns:
            _, every = self._codes("unit")
            unit = every[0] if len(every) == 1 else ""
        value, lower, upper = (_floats(frame[column]) for column in triple(name))
        is_counted = name != VALUE and unit in UNITS and UNITS[unit].resolution == 1
        is_whole = is_counted and all(_are_whole(frame[column]) for column in triple(name))
        least: Any = 0.0 if over else -np.inf
        if name == VALUE and "measure" in self._rows.columns:
            codes, measures = self._codes("measure")
            least = np.array([*(0.0 if _adding().get(of) else -np.inf for of in measures), -np.inf])[codes]
        columns = tuple(frame[column] for column in triple(name))
        is_open = np.isnan(lower), np.isnan(upper)
        if not any(map(np.any, is_open)):
            kind = "Int64" if is_whole else "Float64"
            given = columns if all(column.dtype == kind for column in columns) else ()
            return BoundedColumn(value, lower, upper, unit, over, is_whole, given)
        low, high = np.where(is_open[0], least, lower), np.where(is_open[1], np.inf, upper)
        return BoundedColumn(value, low, high, unit, over, is_whole)

    # --- what it holds ---------------------------------------------------------------------------------

    @property
    def units(self) -> dict[str, str]:
        """Give the unit of each number; an empty one where rows have several."""
        return {name: number.unit for name, number in self._numbers.items()}

    def lost(self, language: str = "en") -> list[str]:
        """Say what a plain sum of the values would have left out of the sums that this table holds."""
        return [translate(sentence, language) for sentence in self._lost]

    def pandas(self) -> pd.DataFrame:
        """Give a plain table of pandas, as the store gives them: counts `Int64`, other numbers `Float64`."""
        columns: list[Any] = [self._rows[column] for column in self._rows.columns]
        for name, number in self._numbers.items():
            columns += number.given
            for column, cells in zip(triple(name), () if number.given else number.ends, strict=False):
                is_open = ~np.isfinite(cells)
                plain = np.where(is_open, 0, cells) if is_open.any() else cells
                array = (
                    pd.arrays.IntegerArray(plain.astype(np.int64), is_open)
                    if number.is_whole
                    else pd.arrays.FloatingArray(plain.copy() if plain is cells else plain, is_open)
                )
                columns.append(pd.Series(array, name=column, copy=False))
        frame = _side_by_side(columns, len(self))
        frame.attrs.update(self.attrs, units=self.units)
        return frame

    def polars(self) -> pl.DataFrame:
        """Give a plain table of polars, as the store gives them."""
        return polars_of(self.pandas())

    def arrow(self) -> Any:
        """Give a table of Arrow, whose schema says units and documents; needs pyarrow."""
        require_installed("pyarrow")
        told = json.dumps({**self.attrs, "units": self.units}, ensure_ascii=False)
        return self.polars().to_arrow().replace_schema_metadata({METADATA: told})

    def uncertain(self, number: str) -> tuple[Floats, Floats]:
        """Give the middle of a number's bounds, and as standard uncertainty half their distance over √3, as if each
        value between them were as likely (GUM 4.3.7); NaN where an end is not known. What is computed of it is an
        estimate, and no bound any more.

        >>> uncertainties.unumpy.uarray(*table.uncertain("mean_grant"))
        """
        of = self._number(number, "number")
        lower, upper = (np.where(np.isinf(end), np.nan, end) for end in (of.low, of.high))
        return (upper + lower) / 2, (upper - lower) / np.sqrt(12)

    def with_uncertain(
        self, name: str, nominal: Sequence[float], deviation: Sequence[float], unit: str = "", *, k: float = 2
    ) -> Self:
        """Add a number of nominal values with standard uncertainties (NaN: not known): it lies within `k` of these,
        which is a convention and no proof.

        >>> table.with_uncertain("x", unumpy.nominal_values(x), unumpy.std_devs(x), "EUR")
        """
        middle, half = np.asarray(nominal, float), k * np.asarray(deviation, float)
        return self._and(name, BoundedColumn(middle, middle - half, middle + half, unit))

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        numbers = ", ".join(f"{name} ({unit})" if unit else name for name, unit in self.units.items())
        return f"<BoundedTable {len(self)} rows: {numbers}>\n{self.pandas()!r}"

    def _repr_html_(self) -> str:
        from html import escape

        return str(cast("Any", self.pandas())._repr_html_()) + "".join(
            f"<p>{escape(text)}</p>" for text in self.lost()
        )

    # --- what it computes ------------------------------------------------------------------------------

    def sum(self, by: By = ()) -> Self:
        """Sum the numbers, all of them or by some columns; `lost` says what a plain sum would have left out.

        A sum has a value where all of its parts have one, and an upper bound where all of them have one; of a part
        of which nothing is known, nothing is added below: counts and amounts are never negative. Shares, means and
        cumulated numbers are left out, and sites where rows of several calls are summed: one may have won in each.

        Raises `UsageError` where nothing in it adds up, and where its rows have things in common: a site stands in
        each of its networks, the same thing stands in two rows, in two documents, on two days or in two units, a
        whole beside its parts; `UnknownName` for a column of `by` that it does not have.
        """
        keys = self._keys(by)
        if "year" in self._rows.columns and "year" not in keys and "cumulated" in self._numbers:
            raise UsageError(
                message("Amounts by year overlap: the same span of years is in each of them."),
                remedy=message("Write: {example}", example='store.total("budgets", by="year")'),
            )
        if _PRINTED in self._rows.columns and _PRINTED not in keys:
            raise UsageError(
                message("These numbers are as documents print them: several may tell of the same thing."),
                remedy=message("Take the table of a measure: {example}", example="store.winners()"),
            )
        table = self._adding_over(keys)
        groups, first = table._groups(keys)
        table._require_alike(groups, keys)
        table._require_distinct(groups)
        lists = {
            name: table._united(name, groups, len(first))
            for name in _LISTS
            if name in table._rows.columns and name not in keys
        }
        summed = table._at(first, keys, lists)
        summed._numbers = {name: of.summed(groups, len(first)) for name, of in table._numbers.items()}
        summed._lost = tuple(
            _lost(name, of) for name, of in table._numbers.items() if np.isnan(of.value).any()
        )
        return summed

    def difference(self, name: str, first: str, second: str) -> Self:
        """Add the number `name`: the first less the second. Raises `UsageError` for numbers of two units.

        >>> BoundedTable(store.winners()).difference("refused", "projects_introduced", "projects_awarded")
        """
        number, other = self._number(first, "first"), self._number(second, "second")
        if number.unit != other.unit or not number.unit:
            raise UsageError(
                message("“{one}” and “{other}” cannot be added.", one=number.unit or first,
                        other=other.unit or second),
                where=Parameter("second"),
            )  # fmt: skip
        return self._and(name, number.less(other))

    def ratio(self, name: str, of: str, to: str) -> Self:
        """Add the number `name`: so much of the first for one of the second ("EUR/project"; a share, of one unit)."""
        top, bottom = self._number(of, "of"), self._number(to, "to")
        units = (top.unit, bottom.unit)
        if not all(units):
            raise UsageError(
                message("Numbers of several units cannot be divided: {names}.", names=f"{of}, {to}")
            )
        return self._and(name, top.over(bottom, _unit_of_ratio(*units)))

    def growth(self, name: str, number: str, along: str, by: By = ()) -> Self:
        """Add the number `name`: by what share the number grew from the row before, in the order of `along`.

        Rows are put in that order; the first of each part (`by`) has none. Raises `UsageError` where two rows of a
        part stand at the same place.

        >>> BoundedTable(store.winners()).growth("growth", "projects_awarded", along="call")
        """
        keys = self._columns_named(by, "by")
        self._columns_named(along, "along")
        parts, _ = self._groups(keys)
        places, first = self._groups([*keys, along])
        if len(first) < len(self):
            raise self._twice(places)
        ordered = self._at(np.lexsort((_ranks(self._rows[along]), parts)))
        of = ordered._number(number, "number")
        parts = np.sort(parts, kind="stable")
        before = np.where(np.diff(parts, prepend=-1) == 0, np.arange(len(parts)) - 1, -1)
        share = of.over(of.at(before), "share")
        low = np.where(before < 0, -np.inf, share.low - 1)
        return ordered._and(name, BoundedColumn(share.value - 1, low, share.high - 1, "share"))

    def weighted_mean(self, number: str, weight: str, by: By = ()) -> Self:
        """Give the mean of a number, each row weighing as much as its `weight`, all of it or by some columns.

        The weights are summed, and what cannot be summed is refused (`sum`). A mean lies between the ends of its
        parts, whatever they weigh.

        >>> BoundedTable(store.winners()).weighted_mean("mean_grant", "projects_awarded")
        """
        of, weights = self._number(number, "number"), self._number(weight, "weight")
        keys = self._keys(by)
        summed = self._with({weight: weights}).sum(by)
        groups, first = self._groups(keys)
        if (weights.low < 0).any():
            raise UsageError(message("“{name}” cannot be a weight.", name=weight), where=Parameter("weight"))
        mean = of.weighing(weights).summed(groups, len(first)).over(summed._numbers[weight], of.unit)
        least, most = np.full(len(first), np.inf), np.full(len(first), -np.inf)
        np.minimum.at(least, groups, of.low)
        np.maximum.at(most, groups, of.high)
        ends = {"low": np.maximum(mean.low, least), "high": np.minimum(mean.high, most)}
        return summed._with({number: replace(mean, **ends)})

    def join(self, other: Any, on: By, how: str = "left") -> Self:
        """Join another table, bounded or plain, by columns of the same names; units and documents of both stay.

        Rows that the join doubles are refused by `sum`. `how` is "left" or "inner"."""
        keys = self._columns_named(on, "on")
        joined = other if isinstance(other, BoundedTable) else BoundedTable(other)
        joined._columns_named(on, "on")
        common = [name for name in joined._numbers if name in self._numbers]
        if common:
            raise UsageError(
                message("Both tables have the number {names}.", names=", ".join(common)), where=Parameter("other"),
                remedy=message("Give it another name in one of them."),
            )  # fmt: skip
        extra = [name for name in joined._rows.columns if name in self._rows.columns and name not in keys]
        try:
            types = {key: self._rows[key].dtype for key in keys}
            theirs = joined.pandas().drop(columns=extra).astype(types).dropna(subset=keys)
            frame = self.pandas().merge(theirs, on=keys, how=cast("Any", how))
        except (TypeError, ValueError) as error:
            raise UsageError(
                message("The tables cannot be joined by {names}.", names=", ".join(keys)),
                where=Parameter("on"),
            ) from error
        table = type(self)(frame, units={**joined.units, **self.units})
        documents = dict.fromkeys((*self.attrs.get("documents", ()), *joined.attrs.get("documents", ())))
        table.attrs = {**joined.attrs, **self.attrs, "documents": [*documents]}
        return table

    def pivot(self, number: str, on: str, index: By) -> Self:
        """Give one row an `index`, and of a number one column (with its bounds) for each code of a column.

        Raises `UsageError` where a cell would have two numbers; one that would have none is not known."""
        keys = self._columns_named(index, "index")
        self._columns_named(on, "on")
        of = self._number(number, "number")
        rows, first = self._groups(keys)
        cells, of_cells = self._groups([*keys, on])
        if len(of_cells) < len(self):
            raise self._twice(cells)
        columns, codes = self._codes(on)
        table = self._at(first, keys)
        numbers = {}
        for place in pd.unique(columns[np.argsort(_ranks(self._rows[on]), kind="stable")]):
            taken = np.full(len(first), -1)
            chosen = np.flatnonzero(columns == place)
            taken[rows[chosen]] = chosen
            part = self._at(chosen)._unit_of(number)
            code = str(codes[place]) if place >= 0 else "none"
            numbers[code] = replace(of.at(taken), unit=part, adds_over=of.adds_over - {on})
        table._numbers = numbers
        return table

    # --- how --------------------------------------------------------------------------------------------

    def _with(self, numbers: Mapping[str, BoundedColumn]) -> Self:
        table = copy(self)
        table._numbers = dict(numbers)
        return table

    def _and(self, name: str, number: BoundedColumn) -> Self:
        return self._with({**self._numbers, name: number})

    def _at(
        self,
        rows: Places,
        columns: Sequence[str] | None = None,
        lists: Mapping[str, list[str | None]] = _NONE,
    ) -> Self:
        """Give some rows: all columns beside their numbers or some of them, and lists of codes."""
        table = copy(self)
        kept = [*self._rows.columns] if columns is None else [*columns]
        taken = self._rows[kept].take(rows) if kept else pd.DataFrame(index=range(len(rows)))
        own = {name: pd.array(of, dtype="str") for name, of in lists.items()}
        table._rows = taken.reset_index(drop=True).assign(**own)
        table._coded = {}
        table._numbers = {name: number.at(rows) for name, number in self._numbers.items()}
        return table

    def _united(self, name: str, groups: Places, count: int) -> list[str | None]:
        """Unite the codes of each group, each once, in the order in which they come."""
        codes, texts = self._codes(name)
        united: list[dict[str, None]] = [{} for _ in range(count)]
        pairs = pd.unique((groups * (len(texts) + 1) + codes)[codes >= 0])
        for group, code in zip(*np.divmod(pairs, len(texts) + 1), strict=True):
            united[group] |= dict.fromkeys(texts[code].split())
        return [" ".join(of) or None for of in united]

    def _number(self, name: str, parameter: str) -> BoundedColumn:
        if name not in self._numbers:
            absent = message("There is no number “{name}” with bounds.", name=name)
            raise unknown_name(absent, self._numbers, ONE_OF, where=Parameter(parameter))
        return self._numbers[name]

    def _columns_named(self, by: By, parameter: str) -> list[str]:
        keys = [by] if isinstance(by, str) else list(by)
        for key in keys:
            if key not in self._rows.columns:
                absent = message("There is no column “{name}”.", name=key)
                raise unknown_name(absent, self._rows.columns, ONE_OF, where=Parameter(parameter))
        return keys

    def _keys(self, by: By) -> list[str]:
        """Name the columns of groups: those asked for, what rows suppose, and of a long table the number."""
        keys = self._columns_named(by, "by")
        kept = (*_LABELS, *(("measure",) if VALUE in self._numbers else ()))
        return keys + [name for name in kept if name in self._rows.columns and name not in keys]

    def _groups(self, columns: Sequence[str]) -> tuple[Places, Places]:
        """Number the groups of rows that have the same codes, as they come, and give the first row of each."""
        if not columns:
            return np.zeros(len(self), np.int64), np.zeros(1, np.int64) if len(self) else np.full(1, -1)
        groups = pd.factorize(self._together(np.zeros(len(self), np.int64), columns))[0]
        return groups, _first(groups, np.arange(len(self)))

    def _together(self, groups: Places, columns: Sequence[str]) -> Places:
        """Part groups of rows further, by the codes of columns; the numbers of the parts are any."""
        size = groups.max(initial=0) + 1
        for column in columns:
            codes, cells = self._codes(column)
            if size > 2**62 // (len(cells) + 1):
                groups, size = pd.factorize(groups)[0], len(self)
            groups = groups * (len(cells) + 1) + codes + 1
            size *= len(cells) + 1
        return groups

    def _codes(self, column: str) -> tuple[Places, list[Any]]:
        """Number what stands in a column, as it comes (-1: nothing does), and list it."""
        if column not in self._coded:
            codes, distinct = pd.factorize(self._rows[column])
            self._coded[column] = codes, [*distinct]
        return self._coded[column]

    def _adding_over(self, keys: Sequence[str]) -> Self:
        """Keep the numbers (of a long table, the rows) that add up over what is summed. Raises `UsageError`."""
        groups, _ = self._groups(keys)
        columns = {*self._rows.columns}
        over = {name for name in _summed_over() & columns - {*keys} if len(self._mixed(groups, name))}

        def adds(adding: frozenset[str]) -> bool:
            return bool(adding & columns) and over <= adding

        table = self
        if "measure" in columns and VALUE in self._numbers:
            codes, measures = self._codes("measure")
            kept = np.array([*(adds(_adding().get(name, frozenset())) for name in measures), False])[codes]
            table = self._at(np.flatnonzero(kept))
            numbers = {VALUE: table._numbers[VALUE]} if kept.any() else {}
        else:
            numbers = {name: of for name, of in self._numbers.items() if adds(of.adds_over)}
        if not numbers:
            raise UsageError(
                message("No number of this table adds up."),
                remedy=message("Sum counts or amounts that have columns of their bounds beside them."),
            )
        return table._with(numbers)

    def _mixed(self, groups: Places, column: str) -> Places:
        """Find the groups in which several codes stand in a column."""
        codes, cells = self._codes(column)
        if column in _UNTOLD:
            plain = cells.index(_UNTOLD[column]) if _UNTOLD[column] in cells else len(cells)
            codes = np.where(codes < 0, plain, codes)
        is_there = codes >= 0
        if not is_there.all():
            groups, codes = groups[is_there], codes[is_there]
        return np.flatnonzero(np.bincount(groups[codes != _first(groups, codes)[groups]]))

    def _require_alike(self, groups: Places, keys: Sequence[str]) -> None:
        """Refuse to sum rows that have things in common, or are in different units or prices. Raises `UsageError`."""
        for column in (*_OVERLAPPING, "unit", *_UNTOLD, *_SCOPES):
            if column in keys or column not in self._rows.columns:
                continue
            mixed = self._mixed(groups, column)
            if len(mixed):
                codes, cells = self._codes(column)
                every = [*cells, _UNTOLD.get(column, "–")]
                names = {str(every[code]) for code in pd.unique(codes[np.isin(groups, mixed)])}
                raise UsageError(
                    message("Rows of different {column} cannot be summed: {names}.", column=column,
                            names=", ".join(sorted(names)[:6])),
                    remedy=message("Keep one of them, or name the column in {parameter}.",
                                   parameter=Parameter("by", column)),
                )  # fmt: skip

    def _require_distinct(self, groups: Places) -> None:
        """Refuse a sum that would have the same thing twice, or a whole beside its parts. Raises `UsageError`."""
        columns = [name for name in self._rows.columns if name in _DIMENSIONS and name not in _ATTRIBUTES]
        if not columns or not len(self):
            return
        places = self._together(groups, columns)
        if len(pd.unique(places)) < len(self):
            raise self._twice(places)
        of_parts = [name for name in columns if name in BREAKDOWNS and (self._codes(name)[0] < 0).any()]
        if not of_parts:
            return
        open_ = np.stack([self._codes(name)[0] < 0 for name in of_parts], axis=1)
        for pattern in np.unique(open_, axis=0):
            wholes = (open_ == pattern).all(axis=1)
            parts = ~wholes & (open_ <= pattern).all(axis=1)
            wide = {*np.array(of_parts)[pattern]}
            places = self._together(groups, [name for name in columns if name not in wide])
            common = np.intersect1d(places[wholes], places[parts])
            if len(common):
                row = int(np.flatnonzero(wholes & (places == common[0]))[0])
                raise UsageError(
                    message("A whole and parts of it would be in one sum: {names}.", names=self._named(row)),
                    remedy=message("Keep one of them, or name the column in {parameter}.",
                                   parameter=Parameter("by", of_parts[0])),
                )  # fmt: skip

    def _twice(self, places: Places) -> UsageError:
        row = int(np.flatnonzero(pd.Series(places).duplicated().to_numpy())[0])
        return UsageError(
            message("The same thing stands in several rows: {names}.", names=self._named(row)),
            remedy=message("Keep one row of it: joins and several days double rows."),
        )

    def _named(self, row: int) -> str:
        """Name a row by its codes."""
        names = [name for name in self._rows.columns if name in _DIMENSIONS and name not in _ATTRIBUTES]
        coded = {name: (self._codes(name)[0][row], self._codes(name)[1]) for name in names}
        return ", ".join(f"{name} {cells[code]}" for name, (code, cells) in coded.items() if code >= 0)

    def _unit_of(self, number: str) -> str:
        """Give the unit of a number in the rows there are: of a long table, that of its measure."""
        if self._numbers[number].unit or "unit" not in self._rows.columns:
            return self._numbers[number].unit
        codes = self._codes("unit")[1]
        return codes[0] if len(codes) == 1 else ""


def sum_bounds(frame: FrameT, by: By = ()) -> FrameT:
    """Sum the numbers of a table with their bounds, all of it or by some of its columns: `BoundedTable.sum`, as a
    frame of the same library.

    >>> sum_bounds(store.winners(), by="call")
    """
    summed = BoundedTable(frame).sum(by)
    return cast("FrameT", summed.polars() if isinstance(frame, pl.DataFrame) else summed.pandas())


def with_one_notice(frame: Any) -> Any:
    """Put the notices that a merge of pandas or polars has set side by side into one column again.

    >>> with_one_notice(pd.DataFrame({"notice_x": ["Scenario"], "notice_y": [None]}))["notice"].tolist()
    ['Scenario']
    """
    beside = [name for name in frame.columns if name in _BESIDE]
    if not beside:
        return frame
    sides = zip(*(frame[name].to_list() for name in (NOTICE, *beside) if name in frame.columns), strict=True)
    texts = [" – ".join(text for text in dict.fromkeys(row) if not is_missing(text)) or None for row in sides]
    if isinstance(frame, pl.DataFrame):
        return frame.drop(beside).with_columns(pl.Series(NOTICE, texts, pl.String))
    return frame.drop(columns=beside).assign(**{NOTICE: pd.array(texts, dtype="str")})


@cache
def _summed_over() -> frozenset[str]:
    """Name all columns over which some number adds up."""
    return frozenset().union(*_adding().values())


def _lost(name: str, of: BoundedColumn) -> Message:
    """Say what a plain sum of a number leaves out."""
    is_missing_ = np.isnan(of.value)
    plain, least = np.nansum(of.value), of.low.sum()
    return message(
        "{number}: {missing} of {all} rows have no value; a plain sum leaves them out and gives {plain}, where at "
        "least {least} is known.",
        number=name, missing=int(is_missing_.sum()), all=len(of.value), plain=float(plain), least=float(least),
    )  # fmt: skip


def _unit_of_ratio(top: str, bottom: str) -> str:
    """Name the unit of a ratio: a share, of two numbers of one unit; as the vocabulary has it ("EUR/project")."""
    if top == bottom:
        return "share"
    single = f"{top}/{bottom.removesuffix('s')}"
    return single if single in UNITS else f"{top}/{bottom}"


def _are_whole(column: Any) -> bool:
    """Tell whether the numbers of a column are whole, as a file without types has them, too."""
    if pd.api.types.is_integer_dtype(column.dtype):
        return True
    cells = _floats(column)
    return bool((np.isnan(cells) | (cells == np.rint(cells))).all())


def _side_by_side(columns: Sequence[Any], size: int) -> pd.DataFrame:
    """Make a table of columns, which it shares until somebody writes to one of the two."""
    return pd.concat(columns, axis=1) if columns else pd.DataFrame(index=range(size))


def _product(left: Floats, right: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.where((left == 0) | (right == 0), 0.0, left * right)


def _first(groups: Places, cells: Places) -> Places:
    """Give what stands first in each group."""
    first = np.empty(groups.max(initial=-1) + 1, np.int64)
    first[groups[::-1]] = cells[::-1]
    return first


def _floats(column: Any) -> Floats:
    """Read numbers of a column; what is missing is NaN."""
    return cast("Floats", column.to_numpy("float64", na_value=np.nan))


def _ranks(column: Any) -> Places:
    """Number the rows in the order of a column: calls in that of time."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return cast("Places", column.cat.codes.to_numpy())
    return cast("Places", pd.factorize(column, sort=True)[0])


def is_missing(value: Any) -> bool:
    """Tell what either library has in the place of what is missing."""
    return (
        value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value))
    )


_OF_PANDAS = {"i": pl.Int64, "u": pl.Int64, "f": pl.Float64, "b": pl.Boolean, "M": pl.Date}
"""What columns of pandas hold, by the letter of their kind; all others are words."""


def polars_of(frame: pd.DataFrame) -> pl.DataFrame:
    """Make a table of polars; an index that has a name becomes columns, ordered categories an Enum."""
    plain = frame.reset_index() if any(frame.index.names) else frame
    cells = {}
    for name in plain.columns:
        column: Any = plain[name]
        kind: Any = _OF_PANDAS.get(column.dtype.kind, pl.String)
        if isinstance(column.dtype, pd.CategoricalDtype) and column.dtype.ordered:
            kind = pl.Enum([str(code) for code in column.dtype.categories])
        values = [None if is_missing(cell) else cell for cell in column.astype(object)]
        if kind in (pl.String, pl.Enum):
            values = [cell if cell is None else str(cell) for cell in values]
        elif kind == pl.Date:
            values = [cell if cell is None else cell.date() for cell in values]
        cells[str(name)] = pl.Series(values, dtype=kind)
    return pl.DataFrame(cells)


def pandas_of(frame: pl.DataFrame) -> pd.DataFrame:
    """Make a table of pandas, with the types of the store's."""

    def dtype(kind: Any) -> Any:
        if isinstance(kind, pl.Enum):
            return pd.CategoricalDtype(kind.categories.to_list(), ordered=True)
        if kind.is_integer() or kind.is_float():
            return "Int64" if kind.is_integer() else "Float64"
        return {pl.Boolean: "boolean", pl.Date: "datetime64[s]"}.get(kind.base_type(), "str")

    return pd.DataFrame(
        {name: pd.Series(frame[name].to_list(), dtype=dtype(frame.schema[name])) for name in frame.columns}
    )
