"""Every named figure. Names are never reused for another number: press releases quote them."""

from __future__ import annotations

from ennum_stats.errors import NEAREST, message, nearest_names, unknown_name
from ennum_stats.figures.calls import CALL_SUM_FIGURES, call_figures
from ennum_stats.figures.definition import Definition
from ennum_stats.figures.programmes import PROGRAMME_FIGURES
from ennum_stats.figures.team_and_equipment import TEAM_AND_EQUIPMENT_FIGURES
from ennum_stats.store.ledger import Ledger

FIXED_FIGURES = (*PROGRAMME_FIGURES, *CALL_SUM_FIGURES, *TEAM_AND_EQUIPMENT_FIGURES)


def definitions(ledger: Ledger) -> dict[str, Definition]:
    """Declare all figures by name: those of the programmes, then one set a call."""
    return {d.name: d for d in (*FIXED_FIGURES, *call_figures(ledger))}


def _named(ledger: Ledger) -> dict[str, Definition]:
    """Declare by name what may be asked for: all figures, and those of calls that no document gives."""
    of_calls = {d.name: d for d in call_figures(ledger, with_unpublished=True)}
    return of_calls | definitions(ledger)


def definition(ledger: Ledger, name: str) -> Definition:
    """Find the figure of that name, also one of a call of which nothing was published.

    Raises `UnknownName`, with the names that come nearest.
    """
    known = ledger.cached(("figures by name",), lambda: _named(ledger))
    if name not in known:
        raise unknown_name(
            message("There is no figure “{name}”.", name=name),
            nearest_names(name, known),
            NEAREST,
            remedy=message("ennum figures lists them all."),
        )
    return known[name]
