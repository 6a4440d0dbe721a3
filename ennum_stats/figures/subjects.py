"""What a published number is about, in words: measure, programme, call and breakdown."""

from __future__ import annotations

from ennum_stats.languages import translate
from ennum_stats.raw.vocabulary import MEASURES
from ennum_stats.store.answers import Observation
from ennum_stats.store.opening import HOME, Ledger

_NAMED = {
    "programme": "programmes",
    "territory": "codelists.territory",
    "level": "codelists.level",
    "network": "codelists.network",
    "province": "codelists.province",
    "component": "codelists.component",
}


def subject(ledger: Ledger, observation: Observation, language: str) -> str:
    """As in: Winning projects – École Numérique, EN2018. Wallonia is not said."""
    parts = []
    for dimension, table in _NAMED.items():
        code = getattr(observation, dimension)
        if code and not (dimension == "territory" and code == HOME):
            parts.append(ledger.name(table, code, language))
    if observation.call:
        calls = ledger.calls_of(observation.call)
        parts.insert(1 if observation.programme else 0, " + ".join(calls))
    meaning = translate(MEASURES[observation.measure].meaning, language)
    return f"{meaning} – {', '.join(parts)}" if parts else meaning
