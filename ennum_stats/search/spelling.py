"""What a word means that no table has as it stands: written without umlauts, made of two, or misspelled.

Names are corrected by the same likeness: whoever looks for one says how much of it must agree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ennum_stats.search.concepts import IDLE, NAMES, concept, ideas_of, is_named

_SHORTEST_MISSPELLED = 5
_ALIKE, _ALIKE_SHORT = 83, 88
_SPELLED_OUT = re.compile(r"([aou])e")
_ASKING = (
    "combien", "nombre", "quelle", "quelles", "quand", "comment", "depuis", "wieviel", "wieviele", "viele", "welche",
    "welcher", "welches", "anzahl", "wurden", "werden", "haben", "hoeveel", "welke", "wanneer", "aantal", "hebben",
    "many", "much", "which", "when", "where", "were", "number", "have",
)  # fmt: skip
"""Words that ask and say nothing of what is asked; other small words are too like names: "machen", "Mädchen"."""


def alike(text: str, names: Sequence[str], least: float, most: int = 1) -> list[tuple[str, float, int]]:
    """List the names spelled most like a text, those that agree in `least` of a hundred: each with its likeness and
    place in `names`, the likest first.

    >>> alike("anvers", ["Anvers", "anver"], 80)
    [('anver', 90.9090909090909, 1)]
    """
    from rapidfuzz import fuzz, process  # seldom needed

    return process.extract(text, names, scorer=fuzz.ratio, score_cutoff=least, limit=most)


def meant_by(word: str, ideas: Collection[str]) -> tuple[str, ...]:
    """Read the ideas that a folded word names which no table has: none where it says nothing, itself where nobody knows
    it. `ideas` are those of what is looked through.

    >>> meant_by("wifinetwerken", ()), meant_by("ausgewaehlt", ()), meant_by("commbien", ()), meant_by("girafe", ())
    (('wifi', 'network'), ('won',), (), ('girafe',))
    """
    plain = _SPELLED_OUT.sub(r"\1", word)
    if plain in IDLE:
        return ()
    if is_named(plain) or len(ideas_of(plain)) > 1:
        return ideas_of(plain)
    read = _spelled_like(word, ideas)
    return (word if read is None else read,) if read != "" else ()


def _spelled_like(word: str, ideas: Collection[str]) -> str | None:
    """Find the idea of the name or stem that a misspelled word is spelled most like; nothing in place of a word that
    says nothing."""
    if len(word) < _SHORTEST_MISSPELLED or not word.isalpha():
        return None
    least = _ALIKE if len(word) > _SHORTEST_MISSPELLED else _ALIKE_SHORT
    if near := alike(word, (*NAMES, *sorted(ideas), *_ASKING), least):
        return "" if near[0][0] in _ASKING else concept(near[0][0])
    stems = {
        stem: alike(word[: len(stem)], (stem,), least)
        for stem in NAMES
        if len(stem) >= _SHORTEST_MISSPELLED and len(stem) < len(word)
    }
    best = max(
        (stem for stem in stems if stems[stem]), key=lambda stem: (stems[stem][0][1], len(stem)), default=None
    )
    return concept(best) if best else None
