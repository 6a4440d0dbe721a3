"""What the name of a school says, word by word, and when two names are the same.

A name has words of its kind ("école fondamentale communale"), which many schools share; words
of its own ("Aubain", "Tilleuls"); and marks (numbers, single letters), which tell schools apart that are
called the same. Accents, capitals, abbreviations, articles and the order of words say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from ennum_stats.typography import fold

_WRITTEN_OUT = {
    "ec": "ecole", "ecoles": "ecole", "schule": "ecole", "school": "ecole", "grundschule": "ecole primaire",
    "gemeindeschule": "ecole communal", "gemeindegrundschule": "ecole communal primaire",
    "sekundarschule": "ecole secondaire", "athenaum": "athenee", "konigliches": "royal",
    "com": "communal", "comm": "communal", "communale": "communal", "communales": "communal",
    "communaux": "communal", "fond": "fondamental", "fondam": "fondamental", "fondamentale": "fondamental",
    "prim": "primaire", "primaires": "primaire", "mat": "maternel", "matern": "maternel",
    "maternelle": "maternel", "maternelles": "maternel", "lib": "libre", "libres": "libre",
    "inst": "institut", "st": "saint", "ste": "saint", "sts": "saint", "sainte": "saint", "saints": "saint",
    "saintes": "saint", "ath": "athenee", "roy": "royal", "royale": "royal", "coll": "college",
    "ens": "enseignement", "enseign": "enseignement", "spec": "specialise", "specialisee": "specialise",
    "specialises": "specialise", "sec": "secondaire", "second": "secondaire", "prov": "provincial",
    "provinciale": "provincial", "tech": "technique", "techn": "technique", "techniques": "technique",
    "prof": "professionnel", "professionnelle": "professionnel", "gr": "groupe", "grp": "groupe",
    "scol": "scolaire", "scolaires": "scolaire", "ctre": "centre", "ctr": "centre", "soc": "social",
    "sociale": "social", "prom": "promotion", "sup": "superieur", "superieure": "superieur",
    "acad": "academie", "ar": "athenee royal", "efc": "ecole fondamental communal", "annexee": "annexe",
    "efl": "ecole fondamental libre", "nd": "notre dame", "adultes": "adulte", "continuee": "continue",
    "educative": "educatif", "autonomes": "autonome", "degres": "degre", "cycles": "cycle",
    "inferieure": "inferieur", "subventionnee": "subventionne", "confessionnelle": "confessionnel",
    "impl": "implantation", "bat": "batiment", "dr": "docteur", "gd": "grand", "pt": "petit",
}  # fmt: skip
_PHRASES = (
    ("notre dame", "notredame"), ("sacre coeur", "sacrecoeur"), ("communaute francaise", "wbe"),
    ("federation wallonie bruxelles", "wbe"), ("wallonie bruxelles enseignement", "wbe"),
)  # fmt: skip
KINDS = frozenset((
    "ecole", "institut", "college", "athenee", "lycee", "centre", "academie", "universite", "haute", "cefa",
    "conservatoire", "groupe", "scolaire", "communaute", "complexe", "etablissement", "enseignement",
    "section", "cycle", "degre", "implantation", "site", "batiment", "campus", "entite", "communal", "libre",
    "royal", "provincial", "wbe", "subventionne", "confessionnel", "non", "catholique", "officiel",
    "autonome", "maternel", "primaire", "fondamental", "secondaire", "superieur", "inferieur", "promotion",
    "social", "adulte", "formation", "continue", "specialise", "ordinaire", "type", "technique",
    "professionnel", "general", "annexe", "mixte", "application", "educatif", "paroissial", "musique",
    "danse", "art", "arts", "parole", "theatre", "pour",
))  # fmt: skip
_TITLE = "saint"
_MAY_BE_LEFT_OUT = frozenset((
    "ecole", "libre", "communal", "enseignement", "subventionne", "confessionnel", "catholique", "officiel",
    "autonome", "mixte", "groupe", "scolaire", "centre", "communaute", "etablissement", "educatif", "entite",
    "paroissial", "general", "ordinaire",
))  # fmt: skip
_OF_THE_CHURCH = frozenset(("notredame", "sacrecoeur"))
_ARTICLES = frozenset(("de", "du", "des", "la", "le", "les", "en", "au", "aux", "et", "sur", "sous", "lez"))
_ARTICLES_BUT_LAST = frozenset(("a", "d", "l", "y", "n"))  # "Athénée royal d Ans", but "Site A"
_NUMBER_WORDS = frozenset(("n", "no", "nr", "num", "numero"))
_ROMAN = {
    roman: str(number)
    for number, roman in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), start=1
    )
}
_ELIDED = re.compile(r"\b[cdjlmnst]['’´`](?=\w)", re.IGNORECASE)
_SHORT_NOTRE_DAME = re.compile(r"\bn\.?\s*-\s*d\b\.?|\bn\.\s*d\.", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_INITIAL = re.compile(r"\b([^\W\d_])\.|\b([A-Z])(?=\s*[(),;:/\"»])")
_ORDINAL = re.compile(r"(\d+)(?:er|ere|re|e|eme|ieme|nd|nde)?")
_WORD_WITH_NUMBER = re.compile(r"([a-z]{3,})(\d+)")
_INITIAL_SIGN = "xinitial"
_LIKE = 80.0
_LONG = 5
_PREFIX = 4
_FREE = frozenset(("free_denominational", "free_non_denominational"))
_NETWORKS = {
    "communal": frozenset(("municipal",)), "provincial": frozenset(("provincial",)), "libre": _FREE,
    "catholique": _FREE, "royal": frozenset(("wbe",)), "wbe": frozenset(("wbe",)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SchoolName:
    """Hold the words of a name: those of its kind, its own, its marks, and whether a saint is named."""

    kinds: frozenset[str]
    own: frozenset[str]
    marks: frozenset[str]
    is_saint: bool

    @property
    def is_generic(self) -> bool:
        """Whether many schools may be called so."""
        return not (self.own or self.marks)

    @property
    def networks(self) -> frozenset[str]:
        """The networks of which such a school can be; empty where the name does not tell."""
        networks = [_NETWORKS[word] for word in self.kinds if word in _NETWORKS]
        if not networks and (self.is_saint or self.own & _OF_THE_CHURCH):
            return _FREE
        return frozenset().union(*networks)

    def is_same(
        self, other: SchoolName, place: frozenset[str], commune: frozenset[str] = frozenset()
    ) -> bool:
        """Tell whether a school of the register has this name. Of the words of its place, the name may have more
        than the register; or fewer, if the words of its `commune` are beside it."""
        return self.kinds == other.kinds and self._has_words_of(other, place, commune)

    def may_be(self, other: SchoolName, place: frozenset[str], commune: frozenset[str] = frozenset()) -> bool:
        """Tell whether a school has this name but for words of the kind that lists leave out: not for a level."""
        left_out = self.kinds ^ other.kinds
        is_shorter = self.kinds <= other.kinds or other.kinds <= self.kinds
        return (
            is_shorter
            and left_out <= _MAY_BE_LEFT_OUT
            and not self.is_generic
            and self._has_words_of(other, place, commune)
        )

    def _has_words_of(self, other: SchoolName, place: frozenset[str], commune: frozenset[str]) -> bool:
        if (self.marks, self.is_saint) != (other.marks, other.is_saint):
            return False
        more, fewer = self.own - other.own, other.own - self.own
        if (more and fewer) or not (self.own & other.own or self.marks or not (more or fewer)):
            return False
        return more <= place and fewer <= place & commune


@lru_cache(maxsize=100_000)
def school_name(text: str) -> SchoolName:
    """Read a name.

    >>> sorted(school_name("Éc. comm. N-D de l'Espérance n° 3").kinds)
    ['communal', 'ecole']
    >>> school_name("ECOLE COMMUNALE A").marks, school_name("Ecole à Amay").marks
    (frozenset({'a'}), frozenset())
    """
    words = _words(text)
    kinds, own, marks = set(), set(), set()
    is_saint = False
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        if word in _ARTICLES or (word in _NUMBER_WORDS and not is_last):
            continue
        if word in KINDS:
            kinds.add(word)
        elif word == _TITLE:
            is_saint = True
        elif word in _ROMAN:
            marks.add(_ROMAN[word])
        elif any(letter.isdigit() for letter in word):
            marks.add(word.lstrip("0") or "0")
        elif len(word) == 1:
            if is_last or word not in _ARTICLES_BUT_LAST:
                marks.add(word)
        elif word.startswith(_INITIAL_SIGN):
            letter = word.removeprefix(_INITIAL_SIGN)
            marks.add(_ROMAN.get(letter, letter))
        else:
            own.add(word)
    return SchoolName(frozenset(kinds), frozenset(own), frozenset(marks), is_saint)


def _words(text: str) -> list[str]:
    """Split a name into words without accents, capitals and abbreviations."""
    plain = _ELIDED.sub(" ", with_notre_dame(text))
    plain = with_initials(plain)
    plain = _INITIAL.sub(lambda match: f" {_INITIAL_SIGN}{match[1] or match[2]} ", plain)
    spelled = " ".join(_parts(fold(plain)))
    for phrase, word in _PHRASES:
        spelled = re.sub(rf"\b{phrase}\b", word, spelled)
    return spelled.split()


def _parts(folded: str) -> Iterable[str]:
    """Write out abbreviations, and part numbers from words: "boncelles1", "2e"."""
    for word in folded.split():
        joined = _WORD_WITH_NUMBER.fullmatch(word)
        ordinal = _ORDINAL.fullmatch(word)
        if joined:
            yield _WRITTEN_OUT.get(joined[1], joined[1])
            yield joined[2]
        else:
            yield ordinal[1] if ordinal else _WRITTEN_OUT.get(word, word)


@lru_cache(maxsize=100_000)
def plain_name(text: str) -> str:
    """Write the name of a school without accents, capitals and abbreviations."""
    return " ".join(_parts(fold(text)))


def with_notre_dame(text: str) -> str:
    """Write out "N.-D."."""
    return _SHORT_NOTRE_DAME.sub(" Notre Dame ", text)


def with_initials(text: str) -> str:
    """Write initials as a word: "A.R." as "AR"."""
    return _INITIALS.sub(lambda match: match[0].replace(".", ""), text)


def is_like(word: str, others: Iterable[str]) -> bool:
    """Tell whether a word stands among others, but for a slip of the pen or an abbreviation."""
    for other in others:
        if word == other:
            return True
        short, long = sorted((word, other), key=len)
        if len(short) >= _PREFIX and long.startswith(short):
            return True
        if len(short) >= _LONG and fuzz.ratio(word, other) >= _LIKE:
            return True
    return False
