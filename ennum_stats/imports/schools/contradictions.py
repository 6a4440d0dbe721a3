"""Whether what stands beside a number in a list may be said of the site that has the number.

Another spelling, an abbreviation, a commune of before the mergers, the name of another school in the same
house or of the authority that runs it contradict nothing. A name, house, postal code or commune that is
another site's does: numbers are mistyped, and columns are sorted on their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from ennum_stats.imports.schools.names import KINDS, SchoolName, is_like, school_name
from ennum_stats.imports.schools.places import PossiblePlaces, postal_code_of, street
from ennum_stats.imports.schools.sites import Site, SiteRegister
from ennum_stats.raw.communes import communes
from ennum_stats.typography import fold


@dataclass(frozen=True, slots=True)
class SiteDescription:
    """Hold what a row of a list says of its site; empty where it says nothing."""

    implantation: str = ""
    etablissement: str = ""
    school: str = ""
    address: str = ""
    postal_code: str = ""
    commune: str = ""


class Agreement(Enum):
    """Hold what a cell says of a site: that it is the one, nothing, that it may be another, that it is."""

    AGREES = "agrees"
    SILENT = "silent"
    DOUBTS = "doubts"
    DENIES = "denies"


_AUTHORITY = re.compile(
    r"\b(?:asbl|po|pouvoir organisateur|administration|comite|bourgmestre|echevins|conseil|ecoles|"
    r"(?:ville|commune|province) d(?:e|u|es)?)\b"
)
_AUTHORITY_OF = re.compile(r"\b(?:administration communale|ville|commune|ac)\s+d(?:e la|es|e|u)?\s+(.+)$")
_SPLIT = {"notredame": ("notre", "dame"), "sacrecoeur": ("sacre", "coeur")}
_ACRONYM = 5
_WHOLE_NAME_LIKE = 88.0
_LEVELS = {
    "maternel": {"fundamental_ordinary", "fundamental_special"},
    "primaire": {"fundamental_ordinary", "fundamental_special"},
    "fondamental": {"fundamental_ordinary", "fundamental_special"},
    "secondaire": {"secondary_ordinary", "secondary_special", "adult_education"},
}


def contradiction(site: Site, given: SiteDescription, register: SiteRegister) -> str | None:
    """Give the field of a row that contradicts its number; None where none does."""
    place = register.gazetteer.place(given.commune) if given.commune else PossiblePlaces()
    name = _name(site, given.school, place, register)
    address = _address(site, given.address, register)
    commune = _commune(site, place, register, is_named=name is Agreement.AGREES)
    code = _postal_code(site, given.postal_code, register, is_named=name is Agreement.AGREES)
    if Agreement.DENIES in (name, commune, address, code):
        return next(
            key
            for key, evidence in (
                ("school", name), ("address", address), ("commune", commune), ("postal_code", code),
            )
            if evidence is Agreement.DENIES
        )  # fmt: skip
    if name is Agreement.DOUBTS and address is not Agreement.AGREES:
        return "school"
    if address is Agreement.DOUBTS and name is not Agreement.AGREES:
        return "address"
    if code is Agreement.DOUBTS and Agreement.AGREES not in (name, address):
        return "postal_code"
    return None


def _name(site: Site, text: str, place: PossiblePlaces, register: SiteRegister) -> Agreement:
    """Judge the name of a row by all names that the site may be called."""
    if not fold(text):
        return Agreement.SILENT
    name = school_name(text)
    near = register.neighbours(site)
    names = {other for neighbour in near for other in neighbour.names}
    places = frozenset().union(*(sibling.place_words for sibling in (*near, *register.siblings(site))))
    if any(name.is_same(other, places) for other in names):
        return Agreement.AGREES
    if _AUTHORITY.search(fold(text)):
        return _authority(site, text, register)
    weighed = {_compared(name, other, places, site, register) for other in names}
    evidence = next((kind for kind in Agreement if kind in weighed), Agreement.SILENT)
    if not name.is_generic and _is_anothers(name, near, site, place, register):
        is_called_so = any((name.own, name.marks) == (other.own, other.marks) for other in names)
        return Agreement.DOUBTS if is_called_so else Agreement.DENIES
    return evidence


def _authority(site: Site, text: str, register: SiteRegister) -> Agreement:
    """Judge the authority in the place of a school: a commune runs schools of its own."""
    match = _AUTHORITY_OF.search(fold(text))
    place = register.gazetteer.place(match[1]) if match else PossiblePlaces()
    if not place or any(place.has(sibling.commune, sibling.locality) for sibling in register.siblings(site)):
        return Agreement.SILENT
    return Agreement.DOUBTS


def _is_anothers(
    name: SchoolName, near: list[Site], site: Site, place: PossiblePlaces, register: SiteRegister
) -> bool:
    """Tell whether another school of the same commune, or of the one that the row tells, has this very name."""
    here = place.communes | {site.commune}
    return any(other not in near and other.commune in here for other in register.named.get(name, ()))


def _compared(
    name: SchoolName, known: SchoolName, places: frozenset[str], site: Site, register: SiteRegister
) -> Agreement:
    """Compare the name of a row with one that the site has."""
    if name.marks and known.marks and not name.marks & known.marks:
        return Agreement.DOUBTS
    own = {word for word in name.own if _is_telling(word, register)}
    known_own = known.own.union(*(_SPLIT.get(word, ()) for word in known.own))
    matched = {word for word in own if is_like(word, known_own)}
    rest = own - matched
    rest_known = {word for word in known.own - places if not is_like(word, name.own)}
    in_place = {word for word in rest if is_like(word, places)}
    networks = {school.network for school in site.schools}
    is_other_kind = bool(name.networks) and not name.networks & networks
    if matched and (not (rest - in_place) or not rest_known or len(matched) > len(rest - in_place)):
        return Agreement.DOUBTS if is_other_kind and matched <= places else Agreement.AGREES
    if _joined_alike(name, known):
        return Agreement.AGREES
    if is_other_kind or _is_other_level(name, site):
        return Agreement.DOUBTS
    if rest - in_place and (rest_known or (rest - in_place) & register.place_words):
        return Agreement.DOUBTS
    return Agreement.SILENT


def _is_telling(word: str, register: SiteRegister) -> bool:
    """Tell whether a word can tell a school: no acronym, and no misspelt or cut word of its kind."""
    return word in register.words or (len(word) > _ACRONYM and not is_like(word, KINDS))


def _joined_alike(name: SchoolName, known: SchoolName) -> bool:
    """Tell whether the words are the same when written together: "Val-Dieu", "Valdieu"."""
    here, there = ("".join(sorted(each_name.own)) for each_name in (name, known))
    return bool(here and there) and fuzz.ratio(here, there) >= _WHOLE_NAME_LIKE


def _is_other_level(name: SchoolName, site: Site) -> bool:
    levels: set[str] = set().union(*(_LEVELS[word] for word in name.kinds if word in _LEVELS))
    return bool(levels) and not any(levels & school.levels for school in site.schools)


def _address(site: Site, text: str, register: SiteRegister) -> Agreement:
    """Judge an address: that of another site denies, one that the register does not know only doubts."""
    address = street(text)
    if not address.words or not site.street.words:
        return Agreement.SILENT
    if address.is_same_house(site.street) or (not address.houses and address.is_same_street(site.street)):
        return Agreement.AGREES
    near = register.in_street.get((site.commune, address.words), [])
    if any(sibling.street.is_same_house(address) for sibling in (*near, *register.siblings(site))):
        return Agreement.DENIES
    return Agreement.SILENT if address.is_like(site.street) else Agreement.DOUBTS


def _commune(site: Site, place: PossiblePlaces, register: SiteRegister, *, is_named: bool) -> Agreement:
    """Judge the commune: beside the right name it may be that of another site of the school."""
    if not place:
        return Agreement.SILENT
    if place.has(site.commune, site.locality):
        return Agreement.AGREES
    siblings = register.siblings(site) if is_named else []
    if any(place.has(sibling.commune, sibling.locality) for sibling in siblings):
        return Agreement.SILENT
    return Agreement.DENIES


def _postal_code(site: Site, text: str, register: SiteRegister, *, is_named: bool) -> Agreement:
    """Judge a postal code: lists often give every school the first one of its commune."""
    code = postal_code_of(text)
    known = communes().by_postal_code.get(code, ())
    if not site.postal_code or not (known or code in communes().other_postal_codes):
        return Agreement.SILENT
    if code == site.postal_code:
        return Agreement.AGREES
    if is_named and any(sibling.postal_code == code for sibling in register.siblings(site)):
        return Agreement.SILENT
    return Agreement.DOUBTS if site.commune in known else Agreement.DENIES
