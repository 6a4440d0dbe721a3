"""Every named figure. Names are never reused for another number: press releases quote them."""

from __future__ import annotations

from ennum_stats.errors import NEAREST, message, nearest_names, unknown_name
from ennum_stats.figures.calls import CALL_SUM_FIGURES, call_figures
from ennum_stats.figures.definition import Definition
from ennum_stats.figures.programmes import PROGRAMME_FIGURES
from ennum_stats.figures.since_2020 import since_2020_figures
from ennum_stats.figures.team_and_equipment import TEAM_AND_EQUIPMENT_FIGURES
from ennum_stats.store.ledger import Ledger, once_a_ledger

FIXED_FIGURES = (*PROGRAMME_FIGURES, *CALL_SUM_FIGURES, *TEAM_AND_EQUIPMENT_FIGURES)


def definitions(ledger: Ledger) -> dict[str, Definition]:
    """Declare all figures by name: those of the programmes, one set a call, then what came after 2020."""
    every = (*FIXED_FIGURES, *call_figures(ledger), *since_2020_figures(ledger))
    return {one.name: one for one in every}


@once_a_ledger
def _named(ledger: Ledger) -> dict[str, Definition]:
    """Declare by name what may be asked for: all figures, and those that no document gives."""
    of_calls = call_figures(ledger, with_unpublished=True)
    later = since_2020_figures(ledger, with_unknown=True)
    return {one.name: one for one in (*of_calls, *later)} | definitions(ledger)


def definition(ledger: Ledger, name: str) -> Definition:
    """Find the figure of that name, also one of a call of which nothing was published.

    Raises `UnknownName`, with the names that come nearest.
    """
    known = _named(ledger)
    if name not in known:
        raise unknown_name(
            message("There is no figure “{name}”.", name=name),
            nearest_names(name, known),
            NEAREST,
            remedy=message("ennum figures lists them all."),
        )
    return known[name]
