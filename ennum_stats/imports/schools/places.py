"""Where a site lies and where a row of a list says that it lies: streets, localities, communes, postal codes.

A list may name the commune of today, one that was merged into it in 1977, or a locality; the register's own
localities and postal codes tell which sites are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from ennum_stats.imports.schools.names import with_notre_dame
from ennum_stats.raw.communes import communes
from ennum_stats.typography import fold

_PLACE_WORDS = {"st": "saint", "ste": "sainte", "s": "sur", "lz": "lez", "les": "lez", "mt": "mont"}
_STREET_WORDS = {
    "r": "rue", "av": "avenue", "ave": "avenue", "aven": "avenue", "bd": "boulevard", "bld": "boulevard",
    "blvd": "boulevard", "boul": "boulevard", "pl": "place", "ch": "chaussee", "chee": "chaussee",
    "chs": "chaussee", "chauss": "chaussee", "rte": "route", "imp": "impasse", "all": "allee", "q": "quai",
    "sq": "square", "chem": "chemin", "st": "saint", "ste": "saint", "sainte": "saint", "dr": "docteur",
    "gal": "general", "gen": "general", "prof": "professeur", "grd": "grand", "gd": "grand",
}  # fmt: skip
_SMALL_WORDS = frozenset(("de", "du", "des", "d", "la", "le", "les", "l", "en", "a", "au", "aux", "et"))
_BOX = re.compile(r"\b(?:bte|boite|bus|bt)\b.*$")
_SHARED_NUMBER = re.compile(r"(?<!\d)(\d+\s?[a-z]?)\s*/\s*\w+", re.IGNORECASE)
_HOUSE_NUMBER = re.compile(r"(\d{1,4})([a-z]?)")
_SEVERAL_NAMES = re.compile(r"[(),;/]|\s[-–]\s")
_POSTAL_CODE = re.compile(r"\b([1-9]\d{3})\b")
_LIKE = 88.0

HouseNumber = tuple[str, str]
"""Digits and letter of a house."""


@dataclass(frozen=True, slots=True)
class Street:
    """Hold a street and the houses in it, as an address says."""

    words: frozenset[str]
    houses: frozenset[HouseNumber]

    def is_same_house(self, other: Street) -> bool:
        """Tell whether two addresses are the same street and house."""
        return self.is_same_street(other) and any(
            house[0] == other_house[0] and (house[1] == other_house[1] or not house[1] or not other_house[1])
            for house in self.houses
            for other_house in other.houses
        )

    def is_same_street(self, other: Street) -> bool:
        """Tell whether two addresses are in the same street."""
        return bool(self.words) and self.words == other.words

    def is_like(self, other: Street) -> bool:
        """Tell whether two addresses may be in the same street, misspelt or without its kind."""
        words, others = (" ".join(sorted(street.words)) for street in (self, other))
        return fuzz.token_set_ratio(words, others) >= _LIKE


@lru_cache(maxsize=100_000)
def street(address: str) -> Street:
    """Read an address.

    >>> street("12, r. du Dr Roux") == street("Rue Docteur Roux 12")
    True
    """
    folded = _BOX.sub("", fold(_SHARED_NUMBER.sub(r"\1", with_notre_dame(address))))
    tokens = [word for word in folded.split() if word not in ("n", "no")]
    houses: list[HouseNumber] = []
    while len(tokens) > 1:
        letter = tokens[-1] if len(tokens[-1]) == 1 and tokens[-1].isalpha() else ""
        number = _HOUSE_NUMBER.fullmatch(tokens[-2] + letter if letter else tokens[-1])
        if number is None:
            break
        houses.append((number[1].lstrip("0"), number[2]))
        del tokens[-2 if letter and len(tokens) > 2 else -1 :]
    first = _HOUSE_NUMBER.fullmatch(tokens[0]) if tokens and not houses else None
    if first:
        houses, tokens = [(first[1].lstrip("0"), first[2])], tokens[1:]
    telling = [word for word in tokens[:-1] if word not in _SMALL_WORDS] + tokens[-1:]
    return Street(frozenset(_STREET_WORDS.get(word, word) for word in telling), frozenset(houses))


@dataclass(frozen=True, slots=True)
class PossiblePlaces:
    """Hold the communes and localities that a row may mean; none where nothing known is named."""

    communes: frozenset[str] = frozenset()
    localities: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.communes or self.localities)

    def has(self, commune: str, locality: str) -> bool:
        """Tell whether what lies in a commune and locality lies in this place."""
        return commune in self.communes or place_key(locality) in self.localities


@dataclass
class Gazetteer:
    """Hold the names of communes, and of the localities of a register with their communes."""

    localities: dict[str, frozenset[str]]
    _places: dict[tuple[str, str], PossiblePlaces] = field(default_factory=dict, init=False)

    def place(self, name: str, postal_code: str = "") -> PossiblePlaces:
        """Find what a row names: communes by name, localities, else the communes of the postal code."""
        key = (name, postal_code)
        if key not in self._places:
            self._places[key] = self._found(name, postal_code_of(postal_code or name))
        return self._places[key]

    def _found(self, name: str, postal_code: str) -> PossiblePlaces:
        parts = [part for part in _SEVERAL_NAMES.split(_POSTAL_CODE.sub(" ", name)) if fold(part)]
        whole = _POSTAL_CODE.sub(" ", name)
        places = [self._named(part, postal_code) for part in {*parts, whole}]
        codes: frozenset[str] = frozenset().union(*(possible.communes for possible in places))
        localities: frozenset[str] = frozenset().union(*(possible.localities for possible in places))
        within = frozenset(locality for locality in localities if self.localities[locality] & codes)
        if codes and within and len(parts) > 1:  # "Namur (Jambes)" is Jambes
            return PossiblePlaces(localities=within)
        if codes or localities:
            return PossiblePlaces(codes, localities)
        return PossiblePlaces(frozenset(communes().by_postal_code.get(postal_code, ())))

    def _named(self, name: str, postal_code: str) -> PossiblePlaces:
        code = communes().code(name, postal_code) or communes().code(place_key(name), postal_code)
        key = place_key(name)
        localities = frozenset((key,)) if key in self.localities else frozenset[str]()
        if code is None:
            return PossiblePlaces(localities=localities)
        return PossiblePlaces(_merged(code), localities - {key} if self._is_all_of(key, code) else localities)

    def _is_all_of(self, key: str, code: str) -> bool:
        """Tell whether a locality has the name of its commune, all of which is meant then."""
        return self.localities.get(key, frozenset()) <= {code}


def _merged(code: str) -> frozenset[str]:
    """Give a commune and those with which it was merged in 2025: either name may stand for both."""
    now = {commune.commune: commune.commune_2025 for commune in communes().walloon}
    return frozenset(old for old, later in now.items() if later == now[code])


def gazetteer(localities: Iterable[tuple[str, str]]) -> Gazetteer:
    """Make a gazetteer of pairs of a locality and its commune."""
    by_name: dict[str, set[str]] = {}
    for locality, commune in localities:
        if locality:
            by_name.setdefault(place_key(locality), set()).add(commune)
    return Gazetteer({key: frozenset(codes) for key, codes in by_name.items()})


@lru_cache(maxsize=20_000)
def place_key(name: str) -> str:
    """Give what is left of the name of a place when it is compared.

    >>> place_key("St-Georges s/Meuse")
    'saint georges sur meuse'
    """
    words = fold(re.sub(r"\bs[/.](?!\w*\.)", "s ", name, flags=re.IGNORECASE)).split()
    return " ".join(_PLACE_WORDS.get(word, word) for word in words)


def postal_code_of(text: str) -> str:
    """Find the postal code in a text: "B-5000", "5000,0", "5000 Namur"; empty where there is none."""
    match = _POSTAL_CODE.search(text)
    return match[1] if match else ""
