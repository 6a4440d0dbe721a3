"""Figures of the calls: one set a call by rule, so that a new call needs no code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ennum_stats.errors import Message, message
from ennum_stats.figures.definition import AS_PRINTED, Definition
from ennum_stats.measures import calls
from ennum_stats.measures.budgets import awarded
from ennum_stats.measures.prices import Prices
from ennum_stats.quantities import Reason
from ennum_stats.store.answers import Answer, Missing, sum_of
from ennum_stats.store.ledger import Call, Ledger

Compute = Callable[[Ledger, str], Answer]
AtPrices = Callable[[Ledger, Call, Prices], Answer]


@dataclass(frozen=True)
class CallRule:
    """Declare a figure that every call has: `{call}_suffix`, and the measures it needs."""

    suffix: str
    unit: str
    label: str
    compute: Compute
    measures: tuple[str, ...]
    formula: Message = AS_PRINTED
    is_planned: bool = False
    at_prices: AtPrices | None = None


def _measure(name: str) -> Compute:
    return lambda ledger, call: calls.of_call(ledger, name, call)


def _mean_grant(budget: str, projects: str) -> Compute:
    return lambda ledger, call: calls.of_call(ledger, budget, call).over(
        calls.of_call(ledger, projects, call), "EUR/project"
    )


def _amount_at_prices(measure: str) -> AtPrices:
    return lambda ledger, call, prices: awarded(ledger, call, prices, measure)


def _mean_at_prices(budget: str, projects: str) -> AtPrices:
    return lambda ledger, call, prices: awarded(ledger, call, prices, budget).over(
        calls.of_call(ledger, projects, call.call), "EUR/project"
    )


def _selection_rate(ledger: Ledger, call: str) -> Answer:
    return calls.share_of(
        calls.of_call(ledger, "projects_awarded", call), calls.of_call(ledger, "projects_introduced", call)
    )


def _applicants(ledger: Ledger, call: str) -> Answer:
    return calls.applicants_per_winner(
        calls.of_call(ledger, "projects_introduced", call), calls.of_call(ledger, "projects_awarded", call)
    )


CALL_RULES = (
    CallRule(
        "projects", "projects", "Projects selected under {call}",
        _measure("projects_awarded"), ("projects_awarded",),
    ),
    CallRule(
        "introduced", "projects", "Projects submitted for {call}",
        _measure("projects_introduced"), ("projects_introduced",),
    ),
    CallRule(
        "selection_rate", "share", "Share of the projects submitted for {call} that were selected",
        _selection_rate, ("projects_awarded", "projects_introduced"),
        message("Projects awarded ÷ projects submitted"),
    ),
    CallRule(
        "applicants", "projects/project", "Applicants for one winner of {call}",
        _applicants, ("projects_awarded", "projects_introduced"),
        message("Projects submitted ÷ projects awarded"),
    ),
    CallRule(
        "budget", "EUR", "Budget awarded to the projects of {call}",
        _measure("budget_awarded"), ("budget_awarded",),
        at_prices=_amount_at_prices("budget_awarded"),
    ),
    CallRule(
        "mean_grant", "EUR/project", "Mean budget per project of {call}",
        _mean_grant("budget_awarded", "projects_awarded"),
        ("budget_awarded", "projects_awarded"),
        message("Budget awarded ÷ projects awarded"),
        at_prices=_mean_at_prices("budget_awarded", "projects_awarded"),
    ),
    CallRule(
        "projects_planned", "projects", "Projects planned for {call}",
        _measure("projects_planned"), ("projects_planned",), is_planned=True,
    ),
    CallRule(
        "budget_planned", "EUR", "Budget planned for {call}",
        _measure("budget_planned"), ("budget_planned",), is_planned=True,
        at_prices=_amount_at_prices("budget_planned"),
    ),
    CallRule(
        "mean_grant_planned", "EUR/project", "Mean budget planned per project of {call}",
        _mean_grant("budget_planned", "projects_planned"),
        ("budget_planned", "projects_planned"),
        message("Budget planned ÷ projects planned"), is_planned=True,
        at_prices=_mean_at_prices("budget_planned", "projects_planned"),
    ),
)  # fmt: skip
TWENTY_YEARS_OF_CALLS = "EN1_EN2019"


def _awarded_in_twenty_years(ledger: Ledger, prices: Prices) -> Answer:
    names = ledger.calls_of(TWENTY_YEARS_OF_CALLS)
    known = {call.call: call for call in ledger.calls}
    if not set(names) <= set(known):
        return Missing(Reason.NOT_YET_KNOWN)
    return sum_of(awarded(ledger, known[name], prices) for name in names)


CALL_SUM_FIGURES = (
    Definition(
        "en_projects_2012_2019", "projects",
        message("École Numérique projects awarded from 2012 to 2019"),
        lambda ledger: calls.sum_over_calls(ledger, "projects_awarded", TWENTY_YEARS_OF_CALLS),
        message("Sum of the calls EN1 to EN2019"),
    ),
    Definition(
        "en_budget_2012_2019", "EUR",
        message("Equipment budget of the École Numérique projects from 2012 to 2019"),
        lambda ledger: calls.sum_over_calls(ledger, "budget_awarded", TWENTY_YEARS_OF_CALLS),
        message("Sum of the calls EN1 to EN2019"),
        at_prices=_awarded_in_twenty_years,
    ),
)  # fmt: skip


def call_figures(ledger: Ledger, *, with_unpublished: bool = False) -> list[Definition]:
    """List the figures of every call for which a document known gives what they need; `with_unpublished` adds
    those that none gives, also of calls that were not known of by then."""
    published = ledger.published_measures
    return [
        _definition(rule, call)
        for call in ledger.all_calls(calls.ECOLE_NUMERIQUE)
        for rule in CALL_RULES
        if with_unpublished or all((name, call) in published for name in rule.measures)
    ]


def _definition(rule: CallRule, call: str) -> Definition:
    return Definition(
        f"{call.lower()}_{rule.suffix}",
        rule.unit,
        Message(rule.label, {"call": call}),
        lambda ledger: rule.compute(ledger, call),
        rule.formula,
        rule.is_planned,
        rule.at_prices and partial(_of_call_at_prices, rule.at_prices, call),
    )


def _of_call_at_prices(rule: AtPrices, name: str, ledger: Ledger, prices: Prices) -> Answer:
    """Compute a rule of a call that is known on the day; before that there is no year to convert from."""
    call = next((one for one in ledger.calls if one.call == name), None)
    return rule(ledger, call, prices) if call else Missing(Reason.NOT_YET_KNOWN)
