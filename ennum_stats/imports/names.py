"""Names compared as people write them: without accents, capitals, punctuation and doubled spaces; titles
of columns also without articles, units and abbreviations."""

from __future__ import annotations

import re
import unicodedata

_SAME_WORD = {
    "no": "n", "nr": "n", "num": "n", "numero": "n", "code": "n", "matricule": "n",
    "impl": "implantation", "implant": "implantation", "implantations": "implantation",
    "etab": "etablissement", "etabl": "etablissement", "ets": "etablissement",
    "etablissements": "etablissement", "ecoles": "ecole", "denomination": "nom", "intitule": "nom",
    "ref": "reference", "nb": "nombre", "nbre": "nombre", "qte": "quantite",
    "octroye": "accorde", "attribue": "accorde", "alloue": "accorde", "octroyee": "accorde",
    "attribuee": "accorde", "accordee": "accorde", "allouee": "accorde", "subvention": "subside",
}  # fmt: skip
_ARTICLES = frozenset(("de", "du", "des", "d", "la", "le", "les", "l", "en", "a"))
_UNITS = frozenset(("eur", "euro", "euros", "tvac", "scolaire"))


def fold(text: str) -> str:
    """What is left of a name when it is compared.

    >>> fold("  Année(s) scolaire(s)* ")
    'annee s scolaire s'
    """
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def title_of(text: str) -> str:
    """What is left of the title of a column when it is compared.

    >>> title_of("Nº Fase Impl."), title_of("Numéro FASE de l’implantation")
    ('n fase implantation', 'n fase implantation')
    """
    words = fold(text.replace("º", " ").replace("№", "n ").replace("€", " eur ")).split()
    last = len(words) - 1  # "Nom (de)" is a name in German
    told = [
        _SAME_WORD.get(word, word)
        for place, word in enumerate(words)
        if word not in _UNITS and (word not in _ARTICLES or place == last)
    ]
    return " ".join(told or words)
