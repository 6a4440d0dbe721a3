"""Which published numbers are asked for by measure and dimensions, and what is said where there are none."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence

from ennum_stats.errors import NEAREST, Parameter, message, nearest_names, unknown_name
from ennum_stats.measures.frames.shapes import NOTHING, NothingCollected
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import HOME, Ledger
from ennum_stats.vocabulary import BREAKDOWNS, DIMENSIONS, MEASURES

SOURCE = "source_id"
"""Asked as a dimension is: the document that printed a number."""
_LISTED = message("{call} lists them all.", call="store.observations()")


def published_numbers(
    ledger: Ledger,
    measure: str | None,
    dimensions: Mapping[str, str | Sequence[str] | None],
    *,
    is_whole: bool,
) -> list[Observation]:
    """Read the published numbers of a measure (of any, where none is named) that have one of the codes asked
    for; of a dimension that is not asked for, any code, or only the whole.

    Raises `UnknownName` for a measure, dimension or code that does not exist; warns where there is none.
    """
    _require(measure, MEASURES, "measure")
    asked = {
        name: [codes] if isinstance(codes, str) else list(codes)
        for name, codes in dimensions.items()
        if codes is not None
    }
    every = ledger.all_observations()
    for name, codes in asked.items():
        _require(name, {**DIMENSIONS, SOURCE: SOURCE}, "dimension")
        known = dict.fromkeys(code for one in every if (code := _code(one, name)) is not None)
        if name == "call":
            known |= dict.fromkeys([call.call for call in ledger.calls])
        for code in codes:
            _require(code, known, name)
    found = [
        one
        for one in every
        if measure in (None, one.measure)
        and all(_code(one, name) in codes for name, codes in asked.items())
        and (not is_whole or _is_whole(one, asked))
    ]
    if not found:
        what = ", ".join([measure or "observations", *(c for codes in asked.values() for c in codes)])
        warnings.warn(f"{what}: {NOTHING}", NothingCollected, stacklevel=4)
    return found


def _code(one: Observation, name: str) -> str | None:
    return one.source.source_id if name == SOURCE else getattr(one, name)


def _require(name: object, known: Mapping[str, object], parameter: str) -> None:
    if name is not None and (not isinstance(name, str) or name not in known):
        raise unknown_name(
            message("“{code}” is unknown.", code=str(name)), nearest_names(str(name), known), NEAREST,
            where=Parameter(parameter), remedy=_LISTED,
        )  # fmt: skip


def _is_whole(one: Observation, asked: Mapping[str, object]) -> bool:
    """Tell whether a number is of no part that was not asked for: of Wallonia, of a call's own programme."""
    return all(
        getattr(one, name) in (None, HOME if name == "territory" else None)
        for name in BREAKDOWNS
        if name not in asked and not (name == "programme" and "call" in asked)
    )
