"""The connectivity pilot: sites selected and installed, progress, and cost of a site."""

from __future__ import annotations

from ennum_stats.measures.frames import Frame, FrameKind, Rows, in_frame
from ennum_stats.measures.winners import share_of
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, combined
from ennum_stats.store.opening import Ledger

PROGRAMME = "connectivity"
_ANSWERS = ("sites_selected", "sites_installed", "progress", "budget_spent", "cost_per_site")


def connectivity(ledger: Ledger, *, frame: FrameKind = "pandas") -> Frame:
    """How far the pilot of internal connectivity is: implantations selected, and those with Wi-Fi.

    One row is the programme, at the last day for which its state is known. Population: implantations of
    Wallonia. Reads what was known on the ledger's day.

    Columns, each with `_lower` and `_upper`: `sites_selected`, `sites_installed` (implantations),
    `progress` (share of those selected), `budget_spent` (EUR), `cost_per_site` (EUR an implantation;
    only bounds, because the budget is for those selected or for those installed: the text allows both).

    >>> connectivity(store)[["sites_selected", "sites_installed"]]  # doctest: +SKIP
    """
    return in_frame(connectivity_rows(ledger), frame)


def connectivity_rows(ledger: Ledger) -> Rows:
    """The row of `connectivity`, with answers."""
    selected = ledger.answer("sites_selected", programme=PROGRAMME)
    installed = ledger.answer("sites_installed", programme=PROGRAMME)
    budget = ledger.answer("budget_spent", programme=PROGRAMME)
    row = {
        "programme": PROGRAMME,
        "sites_selected": selected,
        "sites_installed": installed,
        "progress": share_of(installed, selected),
        "budget_spent": budget,
        "cost_per_site": _either(
            budget.over(selected, "EUR/implantation"), budget.over(installed, "EUR/implantation")
        ),
    }
    return Rows([row], ("programme", *_ANSWERS), _ANSWERS)


def _either(first: Answer, second: Answer) -> Answer:
    """What holds in both readings of a text: no value, and the bounds around both."""
    return combined(
        lambda a, b: Quantity.derived(None, a.bounds.hull(b.bounds), a.unit), first, second
    )
