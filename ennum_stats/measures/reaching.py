"""How many sites had a project in some calls of École Numérique: counted from lists, or in sharp bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from ennum_stats.errors import Message, RulesContradict, message
from ennum_stats.measures.bounding import Constraint, Contradiction, Reached, union_bounds
from ennum_stats.measures.constraining import ONE_PROJECT_A_SITE, PROVED, calls_known, grounds
from ennum_stats.measures.frames import Row
from ennum_stats.measures.lists import lists_of_calls
from ennum_stats.quantities import Basis, Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.opening import Ledger

DEFAULT_UNIVERSE = "implantations"
"""About 3,800 school sites, adult education included: the universe of the press kit."""
ASSUMED = message("A site has at most one project a call (an assumption).")
COUNTED_CALLS = message("Counted from the lists of winners: {calls}.")


def universe_size(ledger: Ledger, universe: Row) -> Answer:
    """How many sites a universe has, in its reading of what is inside and what is beside."""
    territory = universe["territory"]
    size = ledger.answer(universe["measure"], territory=territory)
    for level, sign in ((universe["adds_level"], 1), (universe["removes_level"], -1)):
        if level:
            part = ledger.answer(universe["measure"], territory=territory, level=level)
            size = size + part if sign > 0 else size - part
    return size


def sites_of_calls(
    ledger: Ledger,
    calls: Sequence[str],
    basis: str = ONE_PROJECT_A_SITE,
    without: Sequence[str] = (),
    size: Answer | None = None,
) -> Answer:
    """Distinct implantations with a project in these calls, inside a universe of a size: only bounds.

    They are the sharpest that the documents known on the ledger's day allow on a basis; calls whose
    projects were not known are left out.

    Raises `RulesContradict` where no sites can satisfy everything that is stated.
    """
    known = calls_known(ledger)
    asked = [call for call in calls if call in known]
    if not asked:
        return Missing(Reason.NOT_YET_KNOWN)
    stated = grounds(ledger, basis, without)
    limit = size.quantity.bounds.upper if isinstance(size, Known) else None
    constraints = list(stated.constraints)
    if limit is not None:
        constraints.append(Reached("universe", tuple(known), 0, math.floor(limit)))
    lower, upper = _bounds(asked, constraints)
    evidence = stated.about(asked)
    is_convention = upper == limit or any(
        answer.quantity.bounds.basis is Basis.CONVENTION for answer in evidence
    )
    bounds = Bounds(
        Decimal(lower),
        None if upper is None else Decimal(upper),
        Basis.CONVENTION if is_convention else Basis.PROVED,
    )
    observations = dict.fromkeys(o for answer in evidence for o in answer.observations)
    return Known(
        Quantity.derived(bounds.lower if lower == upper else None, bounds, "implantations"),
        tuple(observations),
        status="A" if set(asked) <= set(stated.counted) else "E",
        caveats=_caveats(asked, stated.counted, basis),
        lists=lists_of_calls(ledger, asked),
    )


def _caveats(asked: Sequence[str], counted: Sequence[str], basis: str) -> tuple[Message, ...]:
    """What was counted, and what was assumed of the rest."""
    listed = [call for call in asked if call in counted]
    told = (message(COUNTED_CALLS.text, calls=", ".join(listed)),) if listed else ()
    is_assumed = basis != PROVED and len(listed) < len(asked)
    return (*told, ASSUMED) if is_assumed else told


def _bounds(asked: Sequence[str], constraints: Sequence[Constraint]) -> tuple[int, int | None]:
    try:
        return union_bounds(asked, constraints)
    except Contradiction as contradiction:
        raise RulesContradict(
            message("No sites can satisfy all of: {rules}.",
                    rules="; ".join(map(str, contradiction.constraints))),
            remedy=message("Correct one of them, or leave one out with --without."),
        ) from contradiction  # fmt: skip
