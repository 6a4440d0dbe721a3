"""The measures by name, with the dimensions by which each can be given: what `ennum measure` offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ennum_stats.errors import Message, UsageError, message, unknown_name
from ennum_stats.measures.budgets import (
    CallBudget,
    ComponentBudget,
    ProgrammeBudget,
    YearBudget,
    budgets_rows,
)
from ennum_stats.measures.columns import Column, numbers_of
from ennum_stats.measures.coverage.coverage_over_time import CoverageYear
from ennum_stats.measures.coverage.coverage_table import COVERAGE_BY, CoverageRow, coverage_table
from ennum_stats.measures.coverage.crossed_counts import OF_REGISTER, PAIRS
from ennum_stats.measures.coverage.site_counts import (
    NeverAwarded,
    SiteCoverage,
    SiteWinners,
    never_awarded_rows,
)
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.programmes import (
    ConnectivityRow,
    EquipmentRow,
    StaffRow,
    connectivity_rows,
    equipment_rows,
    staff_rows,
)
from ennum_stats.measures.schools.deliveries import BY as DELIVERIES_BY
from ennum_stats.measures.schools.deliveries import PAIRS as DELIVERIES_PAIRS
from ennum_stats.measures.schools.deliveries import DeliveriesRow, deliveries_rows
from ennum_stats.measures.schools.school_sites import BY as SITES_BY
from ennum_stats.measures.schools.school_sites import (
    PLACE_PAIRS,
    PLACES,
    TOGETHER,
    SitesRow,
    sites_rows,
)
from ennum_stats.measures.targets import TargetRow, targets_rows
from ennum_stats.measures.winners import WINNERS_BY_ANY, WinnersRow, winners_table
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import Within


@dataclass(frozen=True)
class MeasureDefinition:
    """Declare a measure that can be asked for by name.

    The first of `by` is meant where no dimension is named; `options` are what else can be asked of it.
    """

    name: str
    by: tuple[str, ...]
    rows: Callable[..., MeasureTable[object]]
    row_types: tuple[type, ...]
    """The dataclasses of its rows; the last is that of rows by two dimensions, where there are any."""
    description: Message
    options: tuple[str, ...] = ()
    is_site_by_site: bool = False
    """Whether its rows are single schools: such rows stay with the service that loaded them."""
    carried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The further dimensions that rows by one of them tell too."""
    pairs: tuple[str, ...] = ()
    """Two dimensions at once, "province_and_network", by which it is counted where that is asked for."""

    @cached_property
    def numbers(self) -> dict[str, Column]:
        """List its numbers, by whatever dimension."""
        return numbers_of(self.row_types)

    @property
    def crossed(self) -> dict[str, Column]:
        """List the numbers that are counted by two dimensions."""
        return numbers_of(self.row_types[-1:]) if self.pairs else {}

    @property
    def dimensions(self) -> tuple[str, ...]:
        """List the dimensions that its rows may tell."""
        every = dict.fromkeys(one for by in self.by for one in self.told_by(by))
        return tuple(every)

    def told_by(self, by: str) -> tuple[str, ...]:
        """List the dimensions that rows by one of them tell: it, unless it only stands for others, and what
        they carry."""
        if by in self.pairs:
            return tuple(by.split(TOGETHER))
        carried = self.carried.get(by, ())
        return carried if by == TOGETHER.join(carried) or not by else (by, *carried)

    def places_of(self, by: str) -> tuple[str, ...]:
        """List the dimensions of places of which it can count some only (`within`), though its rows by one do
        not tell them."""
        is_of_sites = by in OF_REGISTER.get(self.name, ())
        return tuple(one for one in PLACES if is_of_sites and one not in self.told_by(by))

    def by_all(self, dimensions: Sequence[str]) -> str:
        """Choose by what to ask it so that its rows tell all of these dimensions. Raises `UsageError`."""
        for by in (*self.by, *self.pairs):
            if set(dimensions) <= {*self.told_by(by), by}:
                return by
        together = [
            " + ".join(self.told_by(by))
            for by in (*self.by, *self.pairs)
            if len(self.told_by(by)) > 1
        ]
        raise UsageError(
            message("{measure} cannot be given by “{by}”.", measure=self.name,
                    by=" + ".join(dimensions)),
            expected=message("Expected one of: {names}.",
                             names=", ".join((*self.dimensions, *together))),
        )  # fmt: skip


TABLES: dict[str, MeasureDefinition] = {
    table.name: table
    for table in (
        MeasureDefinition(
            "budgets", ("programme", "call", "component", "year"), budgets_rows,
            (ProgrammeBudget, YearBudget, ComponentBudget, CallBudget),
            message("What was spent and awarded, in euro."), ("prices",),
            carried={"call": ("programme", "school_year"), "component": ("programme",)},
        ),
        MeasureDefinition(
            "winners", WINNERS_BY_ANY, winners_table, (WinnersRow, SiteWinners),
            message("Projects submitted and awarded, budgets and mean grants, call by call; counted from "
                    "the lists by level, network, province, commune and number of projects."),
            ("levels", "prices", "within"),
            carried={"call": ("school_year",), "school_year": ("call",)}, pairs=PAIRS,
        ),
        MeasureDefinition(
            "coverage", COVERAGE_BY, coverage_table, (CoverageYear, CoverageRow, SiteCoverage),
            message("Share of the school sites that each programme has reached, or its bounds; by year; "
                    "counted from the lists by call, level, network, province, commune and repeats."),
            ("calls", "without", "programme", "levels", "within"), carried={"programme": ("universe",)},
            pairs=PAIRS,
        ),
        MeasureDefinition(
            "connectivity", ("programme",), lambda ledger, _: connectivity_rows(ledger),
            (ConnectivityRow,),
            message("Sites of the connectivity pilot selected and installed, and their cost."),
        ),
        MeasureDefinition(
            "staff", ("component",), lambda ledger, _: staff_rows(ledger), (StaffRow,),
            message("Persons of the team, by programme and function."),
            carried={"component": ("programme",)},
        ),
        MeasureDefinition(
            "equipment", ("call",), lambda ledger, _: equipment_rows(ledger), (EquipmentRow,),
            message("Kinds of equipment on offer, by programme and call."),
            carried={"call": ("programme", "stage")},
        ),
        MeasureDefinition(
            "sites", ("", *SITES_BY), sites_rows, (SitesRow,),
            message("School sites and schools of the register, counted."), ("levels", "within"),
            pairs=PLACE_PAIRS,
        ),
        MeasureDefinition(
            "never_awarded", ("implantation",),
            lambda ledger, _, **asked: never_awarded_rows(ledger, **asked), (NeverAwarded,),
            message("The school sites that never had anything, one by one."),
            ("calls", "programme", "levels"), is_site_by_site=True,
        ),
        MeasureDefinition(
            "deliveries", DELIVERIES_BY, deliveries_rows, (DeliveriesRow,),
            message("Devices delivered to school sites, counted from the lists of deliveries."),
            carried={"lot_and_year": ("lot", "year")}, pairs=DELIVERIES_PAIRS,
        ),
        MeasureDefinition(
            "targets", ("target",), lambda ledger, _: targets_rows(ledger), (TargetRow,),
            message("What was planned or announced, and what was reached of it."),
            carried={"target": ("programme", "call", "component", "counted")},
        ),
    )
}  # fmt: skip


def measure_rows(
    ledger: Ledger, name: str, by: str | None = None, **asked: str | Sequence[str] | Within | None
) -> MeasureTable[object]:
    """Give the rows of a measure by its name, and by one of its dimensions (by the first, unless told).

    `asked` are options of the measure: prices, levels, calls, without, programme, within; empty ones are left
    out.

    Raises `UnknownName`, and `UsageError` for a `by` or an option that it does not have.
    """
    if name not in TABLES:
        raise unknown_name(message("There is no measure “{name}”.", name=name), TABLES)
    table = TABLES[name]
    if by is not None and by not in (*table.by, *table.pairs):
        raise UsageError(
            message("{measure} cannot be given by “{by}”.", measure=name, by=by),
            expected=message("Expected one of: {names}.", names=", ".join(filter(None, table.by))),
        )
    given = {option: value for option, value in asked.items() if value}
    for option in given:
        if option not in table.options:
            having = (other.name for other in TABLES.values() if option in other.options)
            raise UsageError(
                message(
                    "The measure {measure} has no option {option}.", measure=name, option=option
                ),
                expected=message("It is asked of: {names}.", names=", ".join(having)),
            )
    return table.rows(ledger, table.by[0] if by is None else by, **given)
