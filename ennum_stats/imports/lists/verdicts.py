"""What words of a list say of a project: that it won, that it did not, or something else.

A word that is not known here makes a text unclear, and is not quoted: it could name a person ("refusé par …").
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum
from functools import lru_cache

from ennum_stats.raw.communes import communes
from ennum_stats.raw.personal_data import MASK, reaches_person, without_persons
from ennum_stats.typography import fold


class Selection(Enum):
    """Hold what a text says of the projects that it is about."""

    WON = "won"
    NOT_WON = "not won"
    UNCLEAR = "unclear"


_WON = re.compile(
    r"oui|ok|vrai|yes|laureat\w*|retenu\w*|selectionne\w*|accepte\w*|approuve\w*|favorable\w*|positi\w*|"
    r"accorde\w*|octroye\w*|attribue\w*|beneficiaire\w*|gagnant\w*|admis\w*|valide\w*|livre\w*|installe\w*|"
    r"equipe\w*|raccorde\w*|connecte\w*|livraison\w*|connexion\w*|"
    r"geselecteerd\w*|goedgekeurd\w*|toegekend\w*|weerhouden|gewinner\w*|preistrager\w*|bewilligt\w*|genehmigt\w*|"
    r"ausgewahlt\w*|ja|winner\w*|winning|selected|awarded|granted|approved"
)
_NOT_WON = re.compile(
    r"non|pas|aucun\w*|sans|faux|no|refus\w*|rejet\w*|ecart\w*|irreceva\w*|ineligib\w*|reserv\w*|attente|"
    r"defavora\w*|negati\w*|retir\w*|retrait\w*|abandon\w*|desist\w*|annul\w*|suspend\w*|suspens|exclu\w*|"
    r"recal\w*|renonc\w*|supplean\w*|incompl\w*|condition\w*|provisoire\w*|report\w*|cours|examen|"
    r"geweiger\w*|afgewezen|afgekeurd\w*|niet|nee|geen|voorlopig\w*|abgelehnt\w*|nicht|nein|kein\w*|zuruckgezogen\w*|"
    r"vorlaufig\w*|not|rejected|withdrawn|"
    r"travail|brouillon|draft|entwurf|ontwerp|valider|confirmer|contacter|recontacter|diffuser"
)
_DECIDED_AGAINST = re.compile(
    r"refus\w*|rejet\w*|ecarte\w*|irreceva\w*|ineligib\w*|retire\w*|retrait\w*|abandon\w*|desist\w*|annul\w*|"
    r"exclu\w*|recal\w*|renonc\w*|supplean\w*|geweiger\w*|afgewezen|abgelehnt\w*|zuruckgezogen\w*|rejected|withdrawn"
)
"""Words that are against in the middle of a text of any length, where "sans" or "non" may be of anything."""
_MAY_BE_AGAINST = re.compile(
    r"refus|rejet|cart|irrece|lig|retir|retrait|abandon|sist|annul|exclu|recal|renonc|suppl|geweig|afgew|abgel|"
    r"zur[uü]ck|reject|withdr", re.IGNORECASE,
)  # fmt: skip
"""Parts of these words, which spare most texts being read word by word."""
_PENDING = re.compile(
    r"candidat\w*|introdui\w*|inscri\w*|demand\w*|depos\w*|soumis\w*|propos\w*|recevab\w*|eligib\w*|pressenti\w*|"
    r"kandidat\w*|ingediend\w*|eingereicht\w*|aanvra\w*|antrag\w*|applica\w*|submitted"
)
"""Words of what was not decided yet."""
_BESIDE = frozenset((
    "a", "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "n", "ou",
    "par", "pour", "sur", "un", "une", "an", "ans", "annee", "aap", "appel", "appels", "attributions", "avis",
    "budget", "classement", "comite", "cyberclasse", "cyberecole", "decision", "definitif", "definitive", "dossier",
    "dossiers", "ecole", "ecoles", "etablissement", "etablissements", "faute", "implantation", "implantations",
    "jury", "liste", "listes", "numerique", "numeriques", "projet", "projets", "selection", "site", "sites",
    "statut", "tres",
))  # fmt: skip
"""Words that change nothing of what is said."""
_OF_PLACES = frozenset((
    "arrondissement", "bassin", "belgie", "belgien", "belgique", "brabant", "cecp", "commune", "communal",
    "communes", "confessionnel", "cpeons", "degre", "enseignement", "felsi", "feuille", "fondamental", "fwb",
    "hainaut", "libre", "liege", "luxembourg", "maternel", "namur", "niveau", "officiel", "ordinaire", "page",
    "primaire", "promotion", "province", "provincial", "region", "reseau", "secondaire", "segec", "sociale",
    "specialise", "subventionne", "suite", "wallon", "wallonie", "wbe", "zone",
))  # fmt: skip
"""Words of titles that say where or for whom, and nothing of winning."""
_NUMBER = re.compile(r"(?:en)?\d{1,4}")  # of a list, a year, a call
_LETTERS = {"o": Selection.WON, "n": Selection.NOT_WON}
_WORD = re.compile(r"[^\W_]+")
_NO_VERDICT = re.compile(r"\bnon (?=confessionnel)")
"""A name of a network that is no decision."""


def _words(text: str) -> list[str]:
    return _NO_VERDICT.sub("", fold(text)).split()


@lru_cache(maxsize=500)
def verdict(text: str) -> Selection:
    """Say what a text tells: that projects won, or not. One word against is enough.

    >>> verdict("Projets non retenus"), verdict("Lauréats 2020"), verdict("Jean Dupont")
    (<Selection.NOT_WON: 'not won'>, <Selection.WON: 'won'>, <Selection.UNCLEAR: 'unclear'>)
    """
    folded = fold(text)
    if folded in _LETTERS:
        return _LETTERS[folded]
    words = _words(text)
    if any(_NOT_WON.fullmatch(word) for word in words):
        return Selection.NOT_WON
    return Selection.WON if any(_WON.fullmatch(word) for word in words) else Selection.UNCLEAR


def is_pending(text: str) -> bool:
    """Tell whether a text is of what was not decided yet.

    >>> is_pending("Projets candidats"), is_pending("Candidatures retenues")
    (True, False)
    """
    return verdict(text) is not Selection.WON and any(_PENDING.fullmatch(word) for word in _words(text))


def mentions_refusal(text: str) -> bool:
    """Tell whether a text of any length says somewhere that a project did not go on.

    >>> mentions_refusal("Tablettes (école désistée)"), mentions_refusal("Apprendre sans papier")
    (True, False)
    """
    return bool(_MAY_BE_AGAINST.search(text)) and any(
        _DECIDED_AGAINST.fullmatch(word) for word in _words(text)
    )


def _is_known(word: str) -> bool:
    return bool(
        _WON.fullmatch(word)
        or _NOT_WON.fullmatch(word)
        or _PENDING.fullmatch(word)
        or word in _BESIDE
        or word in _OF_PLACES
        or _NUMBER.fullmatch(word)
    )


def is_quotable(text: str) -> bool:
    """Tell whether all words of a text are known ones, so that it names nobody.

    >>> is_quotable("Réserve 2"), is_quotable("Refusé par J. Dupont")
    (True, False)
    """
    return fold(text) in _LETTERS or (not reaches_person(text) and not unknown_words(text))


def unknown_words(text: str, others: Collection[str] = ()) -> list[str]:
    """Find the words of a text that are neither known here nor among others.

    >>> unknown_words("Écoles à recontacter")
    ['recontacter']
    """
    words = fold(text).split()
    return [word for word in words if not _is_known(word) and word.rstrip("0123456789") not in others]


def quoted(text: str, others: Collection[str] = ()) -> str:
    """Quote a text, each run of words that are not known masked.

    >>> quoted("Projets refusés par J. Dupont")
    'Projets refusés par […]'
    """
    shown = _WORD.sub(lambda word: MASK if unknown_words(word[0], others) else word[0], without_persons(text))
    return re.sub(rf"{re.escape(MASK)}(?:\W+{re.escape(MASK)})+", MASK, shown)


def is_clear_win(text: str) -> bool:
    """Tell whether a text says that a project won, and no more.

    >>> is_clear_win("Avis favorable"), is_clear_win("Favorable moyennant accord")
    (True, False)
    """
    return verdict(text) is Selection.WON and is_quotable(text)


@lru_cache(maxsize=500)
def says_where(text: str) -> bool:
    """Tell whether a title only says where or for whom: a place, a network, a level, a page.

    >>> says_where("Province de Namur"), says_where("Réseau libre"), says_where("Réserve")
    (True, True, False)
    """
    if communes().code(text) is not None:
        return True
    words = _words(text)
    of_places = [word for word in words if word in _OF_PLACES]
    rest = " ".join(w for w in words if w not in _OF_PLACES and w not in _BESIDE and not w.isdigit())
    return bool(of_places) and (not rest or communes().code(rest) is not None)
