"""The measures by name, with the dimensions by which each can be given: what `ennum measure` offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ennum_stats.errors import Message, UnknownName, UsageError, message
from ennum_stats.measures.budgets import budgets_rows
from ennum_stats.measures.connectivity import connectivity_rows
from ennum_stats.measures.coverage import coverage_rows
from ennum_stats.measures.equipment import equipment_rows
from ennum_stats.measures.frames import Rows
from ennum_stats.measures.sites import BY as SITES_BY
from ennum_stats.measures.sites import sites_rows
from ennum_stats.measures.staff import staff_rows
from ennum_stats.measures.winners import winners_rows
from ennum_stats.store.opening import Ledger


@dataclass(frozen=True)
class MeasureTable:
    """A measure that can be asked for by name; the first of `by` is meant where none is named."""

    name: str
    by: tuple[str, ...]
    rows: Callable[[Ledger, str], Rows]
    description: Message


TABLES: dict[str, MeasureTable] = {
    table.name: table
    for table in (
        MeasureTable(
            "budgets", ("programme", "call", "component", "year"), budgets_rows,
            message("What was spent and awarded, in euro."),
        ),
        MeasureTable(
            "winners", ("call", "school_year"), winners_rows,
            message("Projects introduced and awarded, budgets and mean grants, call by call."),
        ),
        MeasureTable(
            "coverage", ("programme",), lambda ledger, _: coverage_rows(ledger),
            message("Share of the school sites that each programme has reached, or its bounds."),
        ),
        MeasureTable(
            "connectivity", ("programme",), lambda ledger, _: connectivity_rows(ledger),
            message("Sites of the connectivity pilot selected and installed, and their cost."),
        ),
        MeasureTable(
            "staff", ("component",), lambda ledger, _: staff_rows(ledger),
            message("Persons of the team, by programme and function."),
        ),
        MeasureTable(
            "equipment", ("call",), lambda ledger, _: equipment_rows(ledger),
            message("Kinds of equipment on offer, by programme and call."),
        ),
        MeasureTable(
            "sites", ("", *SITES_BY), sites_rows,
            message("School sites and schools of the register, counted."),
        ),
    )
}  # fmt: skip


def measure_rows(
    ledger: Ledger,
    name: str,
    by: Sequence[str] = (),
    prices: str | None = None,
    levels: Sequence[str] = (),
    calls: Sequence[str] = (),
    without: Sequence[str] = (),
) -> Rows:
    """The rows of a measure by name.

    Only budgets have prices, only sites levels, and only coverage chosen calls and rules.

    Raises `UnknownName`, and `UsageError` for a `by` or prices that it does not have.
    """
    if name not in TABLES:
        raise UnknownName(
            message("There is no measure “{name}”.", name=name),
            expected=message("Known: {names}.", names=", ".join(TABLES)),
        )
    table = TABLES[name]
    unknown = [dimension for dimension in by if dimension not in table.by]
    if unknown or len(by) > 1:
        raise UsageError(
            message("{measure} cannot be given by “{by}”.", measure=name, by=", ".join(by)),
            expected=message("Expected one of: {names}.", names=", ".join(filter(None, table.by))),
        )
    chosen = by[0] if by else table.by[0]
    if calls or without:
        if name != "coverage":
            raise UsageError(
                message("{measure} is not given for chosen calls or rules.", measure=name),
                expected=message("Calls and rules are asked of the measure coverage."),
            )
        return coverage_rows(ledger, calls=calls, without=without)
    if levels and name != "sites":
        raise UsageError(
            message("{measure} has no levels.", measure=name),
            expected=message("Levels are asked of the measure sites."),
        )
    if levels:
        return sites_rows(ledger, chosen, levels)
    if prices is None:
        return table.rows(ledger, chosen)
    if name != "budgets":
        raise UsageError(
            message("{measure} has no prices.", measure=name),
            expected=message("Prices are asked of the measure budgets."),
        )
    return budgets_rows(ledger, chosen, prices)
