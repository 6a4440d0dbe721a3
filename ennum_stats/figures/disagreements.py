"""Conflicts between documents as plain values and in words."""

from __future__ import annotations

from typing import Any

from ennum_stats.errors import message
from ennum_stats.figures.subjects import subject
from ennum_stats.languages import period_words, translate
from ennum_stats.measures.frames import plain
from ennum_stats.periods import Period
from ennum_stats.store.conflicts import Conflict, ConflictKind, Side
from ennum_stats.store.opening import Ledger
from ennum_stats.wording import words

KINDS = {
    ConflictKind.DISAGREEMENT: message("documents disagree"),
    ConflictKind.SUM: message("not the sum of its parts"),
    ConflictKind.RATIO: message("not the published ratio"),
}


def conflict_record(ledger: Ledger, conflict: Conflict, language: str) -> dict[str, Any]:
    """A conflict as `ennum conflicts --format json` gives it, the side that is taken first."""
    return {
        "subject": subject(ledger, conflict.key, language),
        "measure": conflict.measure,
        "programme": conflict.key.programme,
        "calls": list(conflict.calls),
        "chosen": _side(conflict.chosen, language),
        "others": [_side(side, language) for side in conflict.others],
        "distance": plain(conflict.distance),
        "kind": conflict.kind.value,
    }


def conflict_cells(ledger: Ledger, conflict: Conflict, language: str) -> list[str]:
    """A conflict as a row of a table: subject, kind, what is taken, what others say."""
    return [
        subject(ledger, conflict.key, language),
        translate(KINDS[conflict.kind], language),
        _told(conflict.chosen, language),
        "\n".join(_told(side, language) for side in conflict.others),
    ]


def _side(side: Side, language: str) -> dict[str, Any]:
    bounds = side.quantity.bounds
    return {
        "value": plain(side.number),
        "lower": plain(bounds.lower),
        "upper": plain(bounds.upper),
        "unit": side.quantity.unit,
        "text": words(side.quantity, language),
        "source_id": side.source_id,
        "published_on": side.published_on,
        "observations": [o.observation_id for o in side.observations],
    }


def _told(side: Side, language: str) -> str:
    day = side.published_on or side.observations[0].known_on.isoformat()
    documents = " + ".join(dict.fromkeys(o.source.publisher for o in side.observations))
    return f"{words(side.quantity, language)} ({documents}, {period_words(Period(day), language)})"
