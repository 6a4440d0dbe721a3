"""Every named figure. Names are never reused for another number: press releases quote them."""

from __future__ import annotations

from difflib import get_close_matches

from ennum_stats.errors import UnknownName, message
from ennum_stats.figures.calls import CALL_SUM_FIGURES, call_figures
from ennum_stats.figures.definition import Definition
from ennum_stats.figures.programmes import PROGRAMME_FIGURES
from ennum_stats.figures.team_and_equipment import TEAM_AND_EQUIPMENT_FIGURES
from ennum_stats.store.ledger import Ledger

FIXED_FIGURES = (*PROGRAMME_FIGURES, *CALL_SUM_FIGURES, *TEAM_AND_EQUIPMENT_FIGURES)


def definitions(ledger: Ledger) -> dict[str, Definition]:
    """Declare all figures by name: those of the programmes, then one set a call."""
    return {d.name: d for d in (*FIXED_FIGURES, *call_figures(ledger))}


def definition(ledger: Ledger, name: str) -> Definition:
    """Find the figure of that name, also one of a call of which nothing was published.

    Raises `UnknownName`, with the names that come nearest.
    """
    known = {d.name: d for d in call_figures(ledger, with_unpublished=True)} | definitions(ledger)
    if name not in known:
        raise UnknownName(
            message("There is no figure “{name}”.", name=name),
            expected=message("Nearest names: {names}.", names=", ".join(_nearest(name, known))),
            remedy=message("ennum figures lists them all."),
        )
    return known[name]


def _nearest(name: str, known: dict[str, Definition]) -> list[str]:
    return get_close_matches(name, known, n=5, cutoff=0.3) or list(known)[:5]
