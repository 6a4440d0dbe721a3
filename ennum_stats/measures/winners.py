"""Who won: projects submitted and awarded, budgets, and what follows from them, call by call."""

from __future__ import annotations

from decimal import Decimal

from ennum_stats.errors import UnknownName, message
from ennum_stats.measures.frames import Row, Rows
from ennum_stats.quantities import Bounds, Reason
from ennum_stats.store.answers import Answer, Known, Missing, sum_of
from ennum_stats.store.opening import Call, Ledger

PROGRAMME = "ecole_numerique"
BY = ("call", "school_year")
_ANSWERS = (
    "projects_introduced", "projects_awarded", "selection_rate", "projects_cumulated",
    "budget_awarded", "budget_cumulated", "mean_grant", "projects_change", "projects_planned",
    "budget_planned", "mean_grant_planned", "awarded_of_planned",
)  # fmt: skip


def winners_rows(ledger: Ledger, by: str = "call") -> Rows:
    """The rows of `winners` by call or school year, with answers: what was published."""
    if by not in BY:
        raise UnknownName(
            message("Winners cannot be given by “{name}”.", name=by),
            expected=message("Expected one of: {names}.", names=", ".join(BY)),
        )
    calls = [call for call in ledger.calls if call.programme == PROGRAMME]
    rows = [call_row(ledger, call) for call in calls]
    _add_running_totals(rows)
    keys = ("school_year", "call") if by == "school_year" else ("call", "school_year")
    return Rows(rows, (*keys, *_ANSWERS), _ANSWERS)


def call_row(ledger: Ledger, call: Call) -> Row:
    """What one call is known for."""
    introduced = of_call(ledger, "projects_introduced", call.call)
    awarded = of_call(ledger, "projects_awarded", call.call)
    budget = of_call(ledger, "budget_awarded", call.call)
    projects_planned = of_call(ledger, "projects_planned", call.call)
    budget_planned = of_call(ledger, "budget_planned", call.call)
    return {
        "call": call.call,
        "school_year": call.school_year,
        "projects_introduced": introduced,
        "projects_awarded": awarded,
        "selection_rate": share_of(awarded, introduced),
        "budget_awarded": budget,
        "mean_grant": budget.over(awarded, "EUR/project"),
        "projects_planned": projects_planned,
        "budget_planned": budget_planned,
        "mean_grant_planned": budget_planned.over(projects_planned, "EUR/project"),
        "awarded_of_planned": awarded.over(projects_planned, "share"),
    }


def of_call(ledger: Ledger, measure: str, call: str) -> Answer:
    """A measure of one call or set of calls of École Numérique."""
    return ledger.answer(measure, programme=PROGRAMME, call=call)


def share_of(part: Answer, whole: Answer) -> Answer:
    """Part of whole as a share: at most 1, because the part lies inside the whole."""
    share = part.over(whole, "share")
    if isinstance(share, Known):
        return share.within(Bounds(Decimal(0), Decimal(1)))
    return share


def sum_over_calls(ledger: Ledger, measure: str, call_set: str) -> Answer:
    """The sum of a measure over the calls of a set; the total that was published for the set stands
    beside it as a claim."""
    total = sum_of(of_call(ledger, measure, call) for call in ledger.calls_of(call_set))
    published = of_call(ledger, measure, call_set)
    if isinstance(total, Known) and isinstance(published, Known):
        return total.claiming(published.observations[0])
    return total


def _add_running_totals(rows: list[Row]) -> None:
    """Sums of all calls so far, and the change from the call before."""
    projects: list[Answer] = []
    budgets: list[Answer] = []
    before: Answer | None = None
    for row in rows:
        projects.append(row["projects_awarded"])
        budgets.append(row["budget_awarded"])
        row["projects_cumulated"] = sum_of(projects)
        row["budget_cumulated"] = sum_of(budgets)
        row["projects_change"] = (
            Missing(Reason.NOT_APPLICABLE) if before is None else row["projects_awarded"] - before
        )
        before = row["projects_awarded"]
