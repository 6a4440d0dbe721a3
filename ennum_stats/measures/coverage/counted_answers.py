"""The answers of what lists and registers count of a part: how far each is known.

Lists that are not complete tell at least what they name; what they do not name is not known, and not zero.
"""

from __future__ import annotations

from typing import TypedDict

from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.population import Part


class _Covered(TypedDict):
    sites: Answer
    universe_sites: Answer
    share: Answer


class _Won(TypedDict):
    projects: Answer
    sites: Answer
    universe_sites: Answer
    projects_per_1000_sites: Answer
    amount_eur: Answer


def covered_answers(
    reached: int, universe: int | None, lists: tuple[str, ...] = (), *, is_complete: bool
) -> _Covered:
    """Give the answers of a part: sites reached, all sites, and the share where it is a part of the
    register."""
    sites = _counted_answer(Quantity.exact(reached, "implantations"), lists, is_complete=is_complete)
    if universe is None:
        outside = Missing(Reason.NOT_APPLICABLE)
        return {"sites": sites, "universe_sites": outside, "share": outside}
    whole = Known(Quantity.exact(universe, "implantations"))
    return {"sites": sites, "universe_sites": whole, "share": sites.over(whole, "share")}


def won_answers(part: Part, *, is_complete: bool) -> _Won:
    """Give the answers of a part: projects, sites, their rate, and the amounts where lists tell them."""
    covered = covered_answers(part.reached, part.universe, is_complete=is_complete)
    projects = _counted_answer(Quantity.exact(part.participations, "projects"), is_complete=is_complete)
    rate: Answer = Missing(Reason.NOT_APPLICABLE)
    if part.universe:
        universe = Quantity.exact(part.universe, "implantations")
        thousandfold = Quantity.exact(1000 * part.participations, "projects")
        rate = _counted_answer(thousandfold.over(universe, "per_1000_sites"), is_complete=is_complete)
    return {
        "projects": projects,
        "sites": covered["sites"],
        "universe_sites": covered["universe_sites"],
        "projects_per_1000_sites": rate,
        "amount_eur": _amount(part, is_complete=is_complete),
    }


def _counted_answer(counted: Quantity, lists: tuple[str, ...] = (), *, is_complete: bool) -> Answer:
    """Give what lists count: of lists that are not complete at least that, and of none there nothing."""
    answer = Known(counted, lists=lists)
    if is_complete:
        return answer
    return answer.at_least() if counted.value else Missing(Reason.NOT_COLLECTED)


def _amount(part: Part, *, is_complete: bool) -> Answer:
    """Sum what the lists tell; at least that, where not every participation tells it."""
    if part.participations == 0:
        return _counted_answer(Quantity.exact(0, "EUR"), is_complete=is_complete)
    if part.amount_eur is None:
        return Missing(Reason.NOT_COLLECTED)
    amount = Quantity.exact(part.amount_eur.normalize(), "EUR")
    return _counted_answer(amount, is_complete=is_complete and part.amounts == part.participations)
