"""Communes in questions: of which one a question asks, and what the register of schools says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.completeness import incomplete, not_complete
from ennum_stats.measures.school_lists import registers_named
from ennum_stats.measures.school_sites import EVERY_LEVEL, has_lists, register_to_load, sites_rows
from ennum_stats.measures.site_counts import coverage_by_rows
from ennum_stats.search.concepts import IDLE
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import fold
from ennum_stats.wording import words

if TYPE_CHECKING:
    from ennum_stats.raw.communes import Commune

_LONGEST_NAME = 6


def commune_in(question: str, unanswered: Collection[str]) -> Commune | None:
    """Find the Walloon commune that words of a question name which no number answers; the longest name.

    >>> commune_in("combien d'écoles à La Louvière", ["louviere"]).name_fr
    'La Louvière'
    """
    from ennum_stats.raw.communes import communes  # seldom needed

    parts = fold(question).split()
    for length in range(min(_LONGEST_NAME, len(parts)), 0, -1):
        for start in range(len(parts) - length + 1):
            run = parts[start : start + length]
            if set(run) & set(unanswered) and set(run) - IDLE:
                code = communes().by_name.get(" ".join(run))
                if code is not None:
                    return next(one for one in communes().walloon if one.commune == code)
    return None


def name_of(commune: Commune, language: str) -> str:
    """Name a commune in a language; in English as in French."""
    return {"de": commune.name_de, "nl": commune.name_nl}.get(language, commune.name_fr)


def register_sentence(ledger: Ledger, commune: Commune, language: str) -> str:
    """Say how many sites and schools the register has in a commune; nothing where no register was known, or
    where it has none there."""
    rows = sites_rows(ledger, "commune", EVERY_LEVEL).rows
    row = next((one for one in rows if one.part == commune.commune), None)
    if row is None or not (
        isinstance(row.implantations, Known) and isinstance(row.etablissements, Known)
    ):
        return ""
    registers = registers_named(ledger, row.registers)
    counted = message(
        "{commune}: {sites} and {schools} in the register of schools of {days}.",
        commune=name_of(commune, language),
        sites=words(row.implantations.quantity, language),
        schools=words(row.etablissements.quantity, language),
        days=sorted({one.as_of for one in registers}),
    )
    return translate(counted, language)


def commune_remarks(ledger: Ledger, commune: Commune, language: str) -> Iterator[str]:
    """Say what the lists tell of a commune; where they cannot, what is missing and which command loads it."""
    if not has_lists(ledger):
        name = name_of(commune, language)
        yield translate(
            message("No document gives this number for {commune}.", commune=name), language
        )
        for one in register_to_load(ledger):
            yield translate(one, language)
        return
    for row in coverage_by_rows(ledger, "commune").rows:
        if row.part == commune.commune and isinstance(row.sites, Known):
            reached = message(
                "Sites there with a project of École Numérique, by the lists loaded: {sites}.",
                sites=words(row.sites.quantity, language),
            )
            yield translate(reached, language)
    if lacking := incomplete(ledger, ECOLE_NUMERIQUE):
        yield translate(not_complete(lacking), language)
