"""Numbers of different measures that speak of the same fact: what one of them makes of another.

One document counts pupils a computer, another computers a hundred pupils; one says how many schools joined,
another how many did not. Each entry of `SAME_FACTS` computes, for a published number, what the others make
of it; `conflicts` compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Missing, Observation, combined, sum_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import BREAKDOWNS

Fact = Callable[[Ledger, Observation], Answer]
_WHOLE = Quantity.exact(100, "percent")
_MONEY = ("walloon_recovery_plan", "european_recovery_plan")
"""The two sources of money of the plan 2022-2026."""


def broken_down(one: Observation, *without: str) -> dict[str, Any]:
    """Give the dimensions that a number is broken down by."""
    named = ((name, getattr(one, name)) for name in BREAKDOWNS if name not in without)
    return {name: code for name, code in named if code is not None}


def _turned(turn: Callable[[Quantity], Quantity], answer: Answer) -> Answer:
    """Turn a number into another one that says the same, with its evidence."""
    return combined(lambda a, _: turn(a), answer, answer)


def _then(ledger: Ledger, measure: str, one: Observation) -> Answer:
    """Answer another measure of the same subject, as given for a time within that of a number."""
    first, last = one.valid_from or date.min, one.valid_to or date.max
    same = [
        other
        for other in ledger.select(measure, **broken_down(one))
        if first <= (other.valid_from or date.min) and (other.valid_to or date.max) <= last
    ]
    choice = ledger.choice(same)
    return ledger.known(choice) if choice else Missing(Reason.NOT_COLLECTED)


def _complement(measure: str) -> Fact:
    """Compute what the share of another measure leaves of the whole."""
    return lambda ledger, one: _turned(lambda share: _WHOLE - share, _then(ledger, measure, one))


def _inverse(measure: str) -> Fact:
    """Compute pupils a computer from computers a hundred pupils."""
    pupils = Quantity.exact(100, "pupils")
    return lambda ledger, one: _turned(
        lambda rate: pupils.over(rate, "pupils/computer"), _then(ledger, measure, one)
    )


def _by_years(measure: str) -> Fact:
    """Compute what a number a year makes in the years that another one is given for."""

    def total(ledger: Ledger, one: Observation) -> Answer:
        if one.valid_from is None or one.valid_to is None:
            return Missing(Reason.NOT_COLLECTED)
        years = Quantity.exact(one.valid_to.year - one.valid_from.year + 1, "years")
        a_year = ledger.answer(measure, **broken_down(one))
        return _turned(lambda number: number.times(years, number.unit), a_year)

    return total


def _growth(ledger: Ledger, one: Observation) -> Answer:
    """Compute the change of a call's budget from the call before, in percent."""
    calls = [call.call for call in ledger.calls if call.programme == one.programme]
    if one.call not in calls[1:]:
        return Missing(Reason.NOT_APPLICABLE)
    before = calls[calls.index(one.call) - 1]
    here = broken_down(one, "call")
    now, then = (ledger.answer("budget_awarded", **here, call=call) for call in (one.call, before))
    return combined(lambda a, b: (a - b).over(b, "share").times(_WHOLE, "percent"), now, then)


def _of_both_plans(ledger: Ledger, one: Observation) -> Answer:
    """Sum up what the two sources of money are to pay."""
    if one.component is not None:
        return Missing(Reason.NOT_APPLICABLE)
    here = broken_down(one)
    return sum_of(ledger.answer(one.measure, **here, component=money) for money in _MONEY)


SAME_FACTS: dict[str, tuple[Fact, ...]] = {
    "budget_growth": (_growth,),
    "budget_planned": (_by_years("budget_planned_per_year"),),
    "projects_planned": (_of_both_plans,),
    "pupils_per_computer": (_inverse("computers_per_100_pupils"),),
    "pupils_per_terminal": (_inverse("terminals_per_100_pupils"),),
    "schools_not_joined_share": (_complement("schools_joined_share"),),
    "wifi_sites_planned": (_by_years("wifi_sites_planned_per_year"),),
}
"""For each measure, what numbers of other measures make of it."""
_OTHERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("etablissements", {}),
    ("etablissements", {"territory": "fwb"}),
    ("schools", {}),
    ("sites_targeted", {"programme": "cyberclasse"}),
)


def other_counts(ledger: Ledger) -> list[Observation]:
    """Read what counts other things than the school sites of Wallonia, or other years or territories."""

    def read() -> Iterator[Observation]:
        for measure, place in _OTHERS:
            yield from (o for o in ledger.select(measure, **place) if o.quantity is not None)

    return list(read())
