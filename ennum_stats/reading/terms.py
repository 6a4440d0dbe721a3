"""What a question asks of one by one: calls, else programmes, places, levels or parts; and what a largest is of."""

from __future__ import annotations

import re

from ennum_stats.reading.forms import levelled
from ennum_stats.reading.operators import phrases
from ennum_stats.reading.references import references_in
from ennum_stats.reading.statements import ASKS
from ennum_stats.search.concepts import CONCEPTS, concepts
from ennum_stats.search.subjects import AMOUNTS, POPULATIONS
from ennum_stats.store.ledger import Ledger

ALTERNATIVES: tuple[frozenset[str], ...] = tuple(frozenset(ideas) for ideas in (
    ("cyberecole", "cyberclasse", "ecolenumerique", "connected"),
    ("liege", "hainaut", "namur", "luxembourg", "brabant"), ("wallonia", "brussels", "germanspeaking"),
    ("primary", "secondary", "fundamental", "adult", "special"),
    ("helpdesk", "insurance", "sparepart", "tablet", "ipad", "macbook", "board", "computer", "server"),
    ("submitted", "won", "rejected"), ("special", "ordinary"),
))  # fmt: skip
"""Ideas of which a number can have but one: a question that names two asks of both, each by itself."""
PROGRAMME_NAMES = ALTERNATIVES[0]
DIMENSION_OF = {
    idea: dimension
    for dimension, group in zip(
        ("programme", "province", "territory", "level", "component"), ALTERNATIVES, strict=False
    )
    for idea in group
}
DIMENSIONS = {
    dimension: phrases(f"of {dimension}")
    for dimension in ("call", "programme", "province", "level", "territory", "network", "component")
}
"""The nouns of what may be the largest or smallest."""
OF_ANY_DIMENSION = re.compile("|".join(names.pattern for names in DIMENSIONS.values()))
_SCHOOLING = frozenset(("primary", "secondary", "fundamental"))
_CHOSEN = CONCEPTS - POPULATIONS - AMOUNTS - PROGRAMME_NAMES | {"connected"}
"""Ideas of what one may be chosen of: calls, programmes and whose they are stand beside it."""
_LONGEST_CHOICE = 4
"""How many words name one of what is listed."""


def terms_of(ledger: Ledger, text: str) -> tuple[str, ...]:
    """List what a question asks of one by one: calls, with a programme beside one; else what stands for one another."""
    ideas = list(dict.fromkeys(concepts(text)))
    names = references_in(text, levelled(text), ledger)
    named = [name for name in names if name.calls] or [name for name in names if name.since]
    calls = tuple(dict.fromkeys(call for name in named for call in name.order or name.calls))
    programmes = tuple(idea for idea in ideas if idea in PROGRAMME_NAMES - {"ecolenumerique"})
    is_of_one_level = bool(_SCHOOLING & {*ideas})  # "primary special schools"
    several = (
        tuple(
            idea
            for idea in ideas
            if idea in group and not (is_of_one_level and idea == "special" and "adult" in group)
        )
        for group in ALTERNATIVES
    )
    alike = next((group for group in several if len(group) > 1), programmes)
    if len(calls) > 1 or (calls and len(alike) < 2):
        return (*programmes, *calls) if len(calls) == len(programmes) == 1 else calls
    return alike


def are_calls(terms: tuple[str, ...]) -> bool:
    """Tell whether what a question asks of one by one are calls."""
    return bool(terms) and terms[0].startswith("EN")


def is_named_in(term: str, plain: str) -> bool:
    """Tell whether words name a call, by its code or year, or an idea."""
    return not {term, term.lower(), term.removeprefix("EN")}.isdisjoint(concepts(plain))


def dimension_in(plain: str) -> str:
    """Find the noun that says of what the largest or smallest is to be named."""
    return next((code for code, names in DIMENSIONS.items() if names.search(plain)), "")


def listed_in(text: str, language: str) -> tuple[str, ...]:
    """List the ideas of what a question lists for one to be chosen: "training, Wi-Fi or internet"."""
    joins = rf"(?:{phrases('or', language).pattern}|{phrases('and', language).pattern})"
    between = re.compile(rf", (?:{joins} )?| {joins} ")
    for clause in re.split(r"[:;?!.–]", levelled(text)):
        items = [item for item in between.split(clause) if not ASKS.search(item)]
        ideas = [{*concepts(item)} & _CHOSEN for item in items if len(item.split()) <= _LONGEST_CHOICE]
        if len(items) == len(ideas) > 1 and all(len(own) == 1 for own in ideas):
            return tuple(dict.fromkeys(idea for own in ideas for idea in own))
    return ()
