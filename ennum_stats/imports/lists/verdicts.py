"""What words of a list say of a project: that it won, that it did not, or something else.

Only French is read, as the forms. A word that is not known here makes a text unclear, and keeps it from being
quoted: it could name a person ("refusé par …").
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from ennum_stats.raw.communes import communes
from ennum_stats.raw.personal_data import reaches_person
from ennum_stats.typography import fold


class Selection(Enum):
    """Hold what a text says of the projects that it is about."""

    WON = "won"
    NOT_WON = "not won"
    UNCLEAR = "unclear"


_WON = re.compile(
    r"oui|ok|vrai|yes|laureat\w*|retenu\w*|selectionne\w*|accepte\w*|approuve\w*|favorable\w*|positi\w*|"
    r"accorde\w*|octroye\w*|attribue\w*|beneficiaire\w*|gagnant\w*|admis\w*|valide\w*|livre\w*|installe\w*|"
    r"equipe\w*|raccorde\w*|connecte\w*"
)
_NOT_WON = re.compile(
    r"non|pas|aucun\w*|sans|faux|no|refus\w*|rejet\w*|ecart\w*|irreceva\w*|ineligib\w*|reserv\w*|attente|"
    r"defavora\w*|negati\w*|retir\w*|retrait\w*|abandon\w*|desist\w*|annul\w*|suspend\w*|suspens|exclu\w*|"
    r"recal\w*|renonc\w*|supplean\w*|incompl\w*|condition\w*|provisoire\w*|report\w*|cours|examen"
)
_BESIDE = frozenset((
    "a", "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "n", "ou",
    "par", "pour", "sur", "un", "une", "an", "ans", "annee", "aap", "appel", "appels", "attributions", "avis",
    "budget", "candidat", "candidats", "candidature", "candidatures", "classement", "comite", "cyberclasse",
    "cyberecole", "decision", "definitif", "definitive", "dossier", "dossiers", "ecole", "ecoles",
    "etablissement", "etablissements", "faute", "implantation", "implantations", "introduit", "introduits",
    "jury", "liste", "listes", "numerique", "numeriques", "projet", "projets", "selection", "site", "sites",
    "statut", "tres",
))  # fmt: skip
"""Words that change nothing of what is said."""
_OF_PLACES = frozenset((
    "arrondissement", "bassin", "brabant", "cecp", "commune", "communal", "communes", "confessionnel",
    "cpeons", "degre", "enseignement", "felsi", "feuille", "fondamental", "fwb", "hainaut", "libre", "liege",
    "luxembourg", "maternel", "namur", "niveau", "officiel", "ordinaire", "page", "primaire", "promotion",
    "province", "provincial", "region", "reseau", "secondaire", "segec", "sociale", "specialise",
    "subventionne", "suite", "wallon", "wallonie", "wbe", "zone",
))  # fmt: skip
"""Words of titles that say where or for whom, and nothing of winning."""
_NUMBER = re.compile(r"(?:en)?\d{1,4}")  # of a list, a year, a call
_LETTERS = {"o": Selection.WON, "n": Selection.NOT_WON}


@lru_cache(maxsize=500)
def verdict(text: str) -> Selection:
    """Say what a text tells: that projects won, or not. One word against is enough.

    >>> verdict("Projets non retenus"), verdict("Lauréats 2020"), verdict("Jean Dupont")
    (<Verdict.NOT_WON: 'not won'>, <Verdict.WON: 'won'>, <Verdict.UNCLEAR: 'unclear'>)
    """
    folded = fold(text)
    if folded in _LETTERS:
        return _LETTERS[folded]
    words = folded.split()
    if any(_NOT_WON.fullmatch(word) for word in words):
        return Selection.NOT_WON
    return Selection.WON if any(_WON.fullmatch(word) for word in words) else Selection.UNCLEAR


def is_quotable(text: str) -> bool:
    """Tell whether all words of a text are known ones, so that it names nobody.

    >>> is_quotable("Réserve 2"), is_quotable("Refusé par J. Dupont")
    (True, False)
    """
    folded = fold(text)
    return folded in _LETTERS or (
        not reaches_person(text)
        and all(
            _WON.fullmatch(word)
            or _NOT_WON.fullmatch(word)
            or word in _BESIDE
            or word in _OF_PLACES
            or _NUMBER.fullmatch(word)
            for word in folded.split()
        )
    )


def is_clear_win(text: str) -> bool:
    """Tell whether a text says that a project won, and no more.

    >>> is_clear_win("Avis favorable"), is_clear_win("Favorable moyennant accord")
    (True, False)
    """
    return verdict(text) is Selection.WON and is_quotable(text)


def says_where(text: str) -> bool:
    """Tell whether a title only says where or for whom: a place, a network, a level, a page.

    >>> says_where("Province de Namur"), says_where("Réseau libre"), says_where("Réserve")
    (True, True, False)
    """
    if communes().code(text) is not None:
        return True
    words = fold(text).split()
    of_places = [word for word in words if word in _OF_PLACES]
    rest = " ".join(w for w in words if w not in _OF_PLACES and w not in _BESIDE and not w.isdigit())
    return bool(of_places) and (not rest or communes().code(rest) is not None)
