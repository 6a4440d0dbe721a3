"""The measures as methods of an opened store, each giving a typed table with its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, cast

from ennum_stats.boundary import errors_told
from ennum_stats.errors import (
    NEAREST,
    Message,
    Parameter,
    UsageError,
    message,
    nearest_names,
    unknown_name,
)
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_calendar
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.coverage import coverage_rows, coverage_table
from ennum_stats.measures.frame_sums import summable
from ennum_stats.measures.frames import FrameKind, MeasureTable, records, triple
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.reconciliation import reconciliation_rows
from ennum_stats.measures.shapes import (
    Labels,
    Shape,
    Wanted,
    shaped,
    store_attrs,
    typed_frame,
)
from ennum_stats.store.answers import Answer, sum_of_known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import Within

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    FrameT = TypeVar("FrameT", default="pd.DataFrame")
    import pandas as pd
else:
    from typing import TypeVar

    FrameT = TypeVar("FrameT")

By = str | Sequence[str]
"""A dimension, or two at once: `["province", "network"]`."""
_LISTS = ("calls", "without", "levels")
_TOTAL = message("The sum of {number}, with its bounds.")
_COMPARED = message("Numbers counted from the lists beside the published ones.")


@dataclass(frozen=True)
class Measured(Ledger, Generic[FrameT]):
    """A ledger whose measures are asked by name: `store.winners()`.

    Every table takes `shape` ("wide": one column a number, with `_lower` and `_upper`; "long": one row a
    number), `labels` (a language: adds a column of names beside each code) and `provenance` (adds the
    documents and published numbers behind each row). `by` is one dimension, or two.
    """

    library: FrameKind = "pandas"

    @errors_told()
    def winners(
        self,
        by: By = "call",
        *,
        levels: Sequence[str] = (),
        prices: str = NOMINAL,
        within: Within | None = None,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the projects submitted and awarded, their budgets and mean grants, call by call.

        >>> store.winners()[["call", "projects_awarded"]]  # doctest: +SKIP
        """
        form = Wanted(self.library, shape, labels, provenance)
        return self._table("winners", by, form, levels=levels, prices=prices, within=within)

    @errors_told()
    def budgets(
        self,
        by: By = "programme",
        *,
        prices: str = NOMINAL,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give what was spent and awarded, in euro, by programme, call, component or year.

        By year an amount of several years has only bounds; `store.total("budgets", by="year")` sums them
        as they are known together.

        >>> store.budgets(by="call", prices="real:2019")  # doctest: +SKIP
        """
        form = Wanted(self.library, shape, labels, provenance)
        return self._table("budgets", by, form, prices=prices)

    @errors_told()
    def coverage(  # noqa: PLR0913 - each is an option of its own
        self,
        by: By = "programme",
        *,
        universe: str | None = None,
        calls: Sequence[str] = (),
        without: Sequence[str] = (),
        programme: str = "",
        levels: Sequence[str] = (),
        within: Within | None = None,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the share of the school sites that each programme has reached, or its bounds.

        `calls` asks for the sites with a project in one of these calls, `without` switches rules off
        (`store.rules()` lists them); by place, network or level it is counted from the lists.

        >>> store.coverage(calls=["EN1", "EN2019"], without=["EN2_not_EN1"])  # doctest: +SKIP
        """
        form = Wanted(self.library, shape, labels, provenance)
        asked = {"calls": calls, "without": without, "programme": programme, "levels": levels}
        if universe is None:
            return self._table("coverage", by, form, within=within, **asked)
        _require_lists(**asked)
        told = _dimension("coverage", by)
        table = coverage_table(self, told, calls, without, programme, levels, universe, within)
        return self._shaped("coverage", TABLES["coverage"].description, table, form)

    @errors_told()
    def sensitivity(self, *, calls: Sequence[str] = (), universe: str | None = None) -> FrameT:
        """Give the coverage of calls with all rules, then without each of them: how far each narrows it.

        >>> store.sensitivity(calls=["EN1", "EN2019"])[["without", "sites_lower"]]  # doctest: +SKIP
        """
        _require_lists(calls=calls)
        rows = []
        for without in ((), *((row["rule"],) for row in self.records("rules"))):
            table = coverage_rows(self, universe, calls, without)
            of_calls = [r for r in table.rows if r.programme == ECOLE_NUMERIQUE and r.comparable]
            told = records(replace(table, rows=of_calls))
            rows += [{"without": " ".join(without)} | row for row in told]
        numbers = [*triple("sites"), *triple("share")]
        return self._listing(rows, ["without", "universe", "basis", *numbers])

    @errors_told()
    def connectivity(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the sites of the connectivity pilot selected and installed, and their cost."""
        return self._table(
            "connectivity", "programme", Wanted(self.library, shape, labels, provenance)
        )

    @errors_told()
    def staff(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the persons of the team, by programme and function."""
        return self._table("staff", "component", Wanted(self.library, shape, labels, provenance))

    @errors_told()
    def equipment(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the kinds of equipment on offer, by programme and call."""
        return self._table("equipment", "call", Wanted(self.library, shape, labels, provenance))

    @errors_told()
    def sites(
        self,
        by: By = "",
        *,
        levels: Sequence[str] = (),
        within: Within | None = None,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the school sites and schools of the register, counted."""
        form = Wanted(self.library, shape, labels, provenance)
        return self._table("sites", by, form, levels=levels, within=within)

    @errors_told()
    def deliveries(
        self,
        by: By = "lot_and_year",
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the devices delivered to school sites, counted from the lists of deliveries."""
        return self._table("deliveries", by, Wanted(self.library, shape, labels, provenance))

    @errors_told()
    def never_awarded(
        self,
        *,
        calls: Sequence[str] = (),
        programme: str = "",
        levels: Sequence[str] = (),
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the school sites that never had anything, one by one."""
        form = Wanted(self.library, shape, labels, provenance)
        asked = {"calls": calls, "programme": programme, "levels": levels}
        return self._table("never_awarded", "implantation", form, **asked)

    @errors_told()
    def targets(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give what was planned or announced, and what was reached of it."""
        return self._table("targets", "target", Wanted(self.library, shape, labels, provenance))

    @errors_told()
    def reconciliation(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the numbers counted from the lists beside the published ones, with a verdict."""
        form = Wanted(self.library, shape, labels, provenance)
        table = reconciliation_rows(self, labels or "en")
        return self._shaped("reconciliation", _COMPARED, table, form)

    @errors_told()
    def total(
        self,
        measure: str,
        number: str = "",
        *,
        by: str = "",
        calls: Sequence[str] = (),
        prices: str = NOMINAL,
    ) -> FrameT:
        """Sum a number of a measure as it is known: one row, with value and bounds.

        `calls` keeps the rows of these calls. Where part of it is not known, only a lower bound is given.
        Amounts by year are summed as the spans of years that they come from, so that the bounds are those
        of the whole, not the sum of those of each year.

        Raises `UsageError` for a number that does not add up: a share, a mean, a change.

        >>> store.total("winners", "projects_awarded", calls=["EN1", "EN2"])  # doctest: +SKIP
        """
        table = self._rows(measure, by, prices=prices)
        told = by or TABLES[measure].by[0]
        if calls:
            _require_lists(calls=calls)
            meant = call_calendar(self).asked(calls)
            require_column(table, "call", Parameter("calls"))
            table = replace(table, rows=[r for r in table.rows if table.cell(r, "call") in meant])
        is_of_spans = told == "year" and "cumulated" in table.answers
        adding = ["value"] if is_of_spans else summable(table.answers, measure, told)
        wanted = number or next(iter(adding), "")
        if wanted not in adding:
            raise unknown_name(
                message("{measure} by “{by}” has no sum of “{name}”.", measure=measure, by=told,
                        name=wanted or "–"),
                adding, where=Parameter("number"),
            )  # fmt: skip
        answers = [table.cell(row, wanted) for row in table.rows]
        if is_of_spans:
            answers = [table.cell(row, "cumulated") for row in table.rows[-1:]]
        one = MeasureTable([Total(wanted, sum_of_known(answers))], Total)
        title = Message(_TOTAL.text, {"number": wanted})
        return self._shaped(measure, title, one, Wanted(self.library))

    @errors_told()
    def measures(self) -> FrameT:
        """List the measures, the dimensions by which each is given, and its options."""
        rows = [
            {
                "measure": one.name,
                "description": str(one.description),
                "by": [by for by in one.by if by],
                "two_at_once": list(one.pairs),
                "options": list(one.options),
            }
            for one in TABLES.values()
        ]
        return self._listing(rows)

    # --- inside -------------------------------------------------------------------------------------

    def _listing(self, rows: Sequence[dict[str, Any]], columns: Sequence[str] = ()) -> FrameT:
        """Make a table of plain rows."""
        named = columns or [*rows[0]]
        made = typed_frame(self, rows, named, self.library, store_attrs(self))
        return cast("FrameT", made)

    def _shaped(
        self, name: str, title: Message, table: MeasureTable[object], wanted: Wanted
    ) -> FrameT:
        return cast("FrameT", shaped(self, name, title, table, wanted))

    def _table(self, name: str, by: By, wanted: Wanted, **asked: Any) -> FrameT:
        _require_lists(**asked)
        table = self._rows(name, by, **asked)
        return cast("FrameT", shaped(self, name, TABLES[name].description, table, wanted))

    def _rows(self, name: str, by: By, **asked: Any) -> MeasureTable[object]:
        """Ask a measure by one dimension, or by several at once; what is not told is left out."""
        told = _dimension(name, by)
        if asked.get("prices") == NOMINAL:
            asked.pop("prices")
        return measure_rows(self, name, told or None, **asked)


@dataclass(frozen=True)
class Total:
    """Hold the sum of a number of a measure."""

    number: str
    value: Answer


def _dimension(name: str, by: By) -> str:
    """Find the dimension, or the pair of them, by which a measure is asked; raise `UnknownName`."""
    if name not in TABLES:
        raise unknown_name(
            message("There is no measure “{name}”.", name=name), nearest_names(name, TABLES),
            NEAREST, where=Parameter("measure"), remedy=listed_by("measures"),
        )  # fmt: skip
    table = TABLES[name]
    told = by if isinstance(by, str) else table.by_all(by or ())
    every = [*filter(None, table.by), *table.pairs]
    if told and told not in every:
        raise unknown_name(
            message("{measure} cannot be given by “{by}”.", measure=name, by=told),
            nearest_names(told, every), NEAREST, where=Parameter("by"),
            remedy=listed_by("measures"),
        )  # fmt: skip
    return told


def require_column(table: MeasureTable[object], column: str, option: str) -> None:
    """Refuse an option that chooses among rows by a column that they do not have. Raises `UsageError`."""
    if column not in table.columns:
        raise UsageError(
            message("The table has no column “{column}” by which to choose.", column=column),
            where=option,
        )


def _require_lists(**asked: Any) -> None:
    """Refuse one name where a list of names is meant: its letters would be read as names."""
    lists = {name: (value, f'["{value}"]') for name, value in asked.items() if name in _LISTS}
    for place, codes in (asked.get("within") or {}).items():
        lists["within"] = codes, f'{{"{place}": ["{codes}"]}}'
    for name, (value, meant) in lists.items():
        if isinstance(value, str) and value:
            raise UsageError(
                message("A list of names is needed, not one."),
                where=Parameter(name),
                remedy=message("Write: {example}", example=f"{name}={meant}"),
            )


def listed_by(method: str) -> Message:
    """Say which call lists the names that exist."""
    return message("{call} lists them all.", call=f"store.{method}()")
