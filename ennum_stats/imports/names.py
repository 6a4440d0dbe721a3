"""Names compared as people write them: without accents, capitals, punctuation and doubled spaces."""

from __future__ import annotations

import re
import unicodedata


def fold(text: str) -> str:
    """What is left of a name when it is compared.

    >>> fold("  Année(s) scolaire(s)* ")
    'annee s scolaire s'
    """
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()
