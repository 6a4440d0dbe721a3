"""Which site of the register a list means: by its number, or by name and place where that is certain.

A number is believed only where the rest of its row does not contradict it. A name is certain where it is the
same as that of one site of the place but for abbreviations and the like, and many schools are not called so;
or where the house is the same as well. Everything else is refused with its nearest candidates (`candidates`): a
person decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ennum_stats.errors import message
from ennum_stats.imports.schools.aliases import alias_of
from ennum_stats.imports.schools.candidates import SHOWN, CandidateIndex, SiteCandidate
from ennum_stats.imports.schools.contradictions import SiteDescription, contradiction
from ennum_stats.imports.schools.names import SchoolName, school_name
from ennum_stats.imports.schools.places import PossiblePlaces, postal_code_of, street
from ennum_stats.imports.schools.sites import Site, SiteRegister
from ennum_stats.imports.spreadsheets.number_parser import CellRefused
from ennum_stats.raw.communes import communes
from ennum_stats.raw.school_tables import INVENTED_FROM
from ennum_stats.typography import Apart

_NAME_OF_NUMBER = re.compile(r"^\s*(?:n\s*[°º.])?\s*(?:fase\b)?\s*:?\s*", re.IGNORECASE)
_TELLING = 2
"""More schools of the register with the same words of their own: a house must tell which one is meant."""


class NumberContradicted(CellRefused):
    """Hold a cell that does not fit the number of its row."""


class SiteNotCertain(CellRefused):
    """Hold the name of a row of which no site is certain, with the sites that a person may choose from."""

    def __init__(self, candidates: tuple[SiteCandidate, ...]) -> None:
        names = Apart(candidate.shown for candidate in candidates)
        text = message("Not certain which site is meant. Candidates: {names}.", names=names)
        if len(candidates) > SHOWN:
            text = message("Not certain which site is meant: many are called alike. Candidates ({n}): {names}.",
                           n=len(candidates), names=names)  # fmt: skip
        super().__init__("school", text)
        self.candidates = candidates


@dataclass
class Matcher:
    """Finds the sites of rows in a register; what is described alike is looked for once."""

    register: SiteRegister
    is_invented: bool
    aliases: Mapping[str, str] = field(default_factory=dict)
    """The numbers of the sites of spellings that are remembered."""
    by_alias: set[SiteDescription] = field(default_factory=set, init=False)
    """What was recognised by them."""
    _found: dict[SiteDescription, str | CellRefused] = field(default_factory=dict, init=False)
    _contradictions: dict[tuple[str, ...], str | None] = field(default_factory=dict, init=False)
    _names: dict[tuple[SchoolName, frozenset[str], PossiblePlaces], tuple[list[Site], list[Site]]] = field(
        default_factory=dict, init=False
    )

    @cached_property
    def candidates(self) -> CandidateIndex:
        """The sites that a row may mean, by their words."""
        return CandidateIndex(self.register)

    def site(self, given: SiteDescription) -> str:
        """Find the number of the site that a row means. Raises `CellRefused`."""
        if given not in self._found:
            try:
                self._found[given] = self._site(given)
            except CellRefused as refused:
                self._found[given] = refused
        answer = self._found[given]
        if isinstance(answer, CellRefused):
            raise answer.with_traceback(None)  # else it grows with every row
        return answer

    def _site(self, given: SiteDescription) -> str:
        if given.implantation:
            number = self._known(fase(given.implantation, "implantation"), given)
            if given.etablissement:
                self._require_on_site(fase(given.etablissement, "etablissement"), number)
            self._require_fitting(number, self.register.with_number(number), given)
            return number
        if given.etablissement:
            return self._of_school(fase(given.etablissement, "etablissement"), given)
        if given.school and (given.commune or given.postal_code):
            return self._named(given)
        raise CellRefused(
            "implantation", message("Which site? Give its FASE number, or its name and commune.")
        )

    def _known(self, number: str, given: SiteDescription) -> str:
        if (int(number) >= INVENTED_FROM) != self.is_invented:
            raise CellRefused(
                "implantation", message("Invented schools and real ones never stand in one project.")
            )
        register = self.register
        if register.with_number(number):
            return number
        if number in register.elsewhere:
            raise CellRefused(
                "implantation",
                message("{number} is a school of {place}, not of Wallonia.",
                        number=number, place=register.elsewhere[number]),
            )  # fmt: skip
        _require_wallonia(given)
        if number in register.of_school:
            sites = self.fitting(register.of_school[number], given)
            if sites and (given.school or given.address):
                raise CellRefused(
                    "implantation",
                    message("{number} is the number of a school, not of a site. Its sites: {names}.",
                            number=number, names=", ".join(site.implantation for site in sites)),
                )  # fmt: skip
            raise CellRefused(
                "implantation",
                message("{number} is no number of a site; a school has it, of which this row says nothing.",
                        number=number),
            )  # fmt: skip
        if number in register.others:
            raise CellRefused(
                "implantation",
                message("Another register has the site {number}, that of the list ({register}) has not: "
                        "a link in site_links.csv says which site it is.",
                        number=number, register=register.name),
            )  # fmt: skip
        raise CellRefused(
            "implantation",
            message("The register {register} has no site {number}: of another Community, closed, or "
                    "mistyped.", number=number, register=register.name),
        )  # fmt: skip

    def _require_on_site(self, school: str, number: str) -> None:
        """Require that a row which gives both numbers says of which school the site is one."""
        on_site = {
            each_school.etablissement: each_school.name
            for site in self.register.with_number(number)
            for each_school in site.schools
        }
        if school not in on_site:
            raise NumberContradicted(
                "etablissement",
                message("The school {school} is not on the site {number} in the register {register}; "
                        "there: {names}.", school=school, number=number, register=self.register.name,
                        names=", ".join(f"{n} {name}" for n, name in on_site.items())),
            )  # fmt: skip

    def _require_fitting(self, number: str, sites: list[Site], given: SiteDescription) -> None:
        """Require that what a row says beside a number may be said of one of its sites."""
        keys = [self._contradiction(site, given) for site in sites]
        if all(keys):
            key = str(keys[0])
            raise NumberContradicted(
                key,
                message("“{value}” does not fit the number {number}; the register {register} says: "
                        "{site}.", value=getattr(given, key), number=number,
                        register=self.register.name, site=sites[0].described),
            )  # fmt: skip

    def fitting(self, sites: list[Site], given: SiteDescription) -> list[Site]:
        """Give those of the sites of which a row may say what it says beside its number."""
        return [site for site in sites if self._contradiction(site, given) is None]

    def _contradiction(self, site: Site, given: SiteDescription) -> str | None:
        key = (site.implantation, given.school, given.address, given.postal_code, given.commune)
        if key not in self._contradictions:
            self._contradictions[key] = contradiction(site, given, self.register)
        return self._contradictions[key]

    def _of_school(self, number: str, given: SiteDescription) -> str:
        """Find the site of a school that has only one; of several, the one in the place that is told."""
        sites = self.register.of_school.get(number, [])
        if not sites:
            _require_wallonia(given)
            raise CellRefused(
                "etablissement",
                message("The register {register} has no school {number}.",
                        number=number, register=self.register.name),
            )  # fmt: skip
        self._require_fitting(number, sites, given)
        there = sites if len(sites) == 1 else self._in_place(sites, given)
        if len(there) == 1:
            return there[0].implantation
        raise CellRefused(
            "implantation",
            message("The school {number} has several sites: {names}. Add the number or the address of one.",
                    number=number, names=Apart(f"{s.implantation} {s.address}" for s in sites)),
        )  # fmt: skip

    def _named(self, given: SiteDescription) -> str:
        _require_wallonia(given)
        place = self.register.gazetteer.place(given.commune, given.postal_code)
        if not place:
            raise CellRefused("commune", message("No commune of Belgium has this name."))
        sites = self.register.in_place(place)
        if not sites:
            raise CellRefused("commune", message("The register has no site in this commune."))
        certain = self._certain(place, given) or self._remembered(place, given)
        if certain is None:
            raise SiteNotCertain(self.candidates.ranked(given))
        return certain.implantation

    def _certain(self, place: PossiblePlaces, given: SiteDescription) -> Site | None:
        """Give the one site with this name in this place; None where there are several or none.

        A name that many schools may have needs its house: the register may lack the one that is meant.
        """
        name, of_commune = school_name(given.school), school_name(given.commune).own
        same, near = self._called(name, of_commune, place)
        there = self._in_place(same or near, given)
        is_telling = bool(same) and self.register.schools_called(name) <= _TELLING
        if not is_telling or len(there) > 1:
            house = street(given.address)
            there = [site for site in there if site.street.is_same_house(house)]
        return there[0] if len(there) == 1 else None

    def _remembered(self, place: PossiblePlaces, given: SiteDescription) -> Site | None:
        """Give the site that a person decided once for this spelling, where the register has it, nothing else of the
        row is against it, and no other site of the place has this very name."""
        number = self.aliases.get(alias_of(given))
        sites = self.fitting(self.register.with_number(number), replace(given, school="")) if number else []
        same, _ = self._called(school_name(given.school), school_name(given.commune).own, place)
        if len(sites) != 1 or any(site != sites[0] for site in same):
            return None
        self.by_alias.add(given)
        return sites[0]

    def _called(
        self, name: SchoolName, of_commune: frozenset[str], place: PossiblePlaces
    ) -> tuple[list[Site], list[Site]]:
        """Give the sites of a place with this name, and those with it but for words that lists leave out."""
        key = (name, of_commune, place)
        if key not in self._names:
            sites = self.register.in_place(place)
            self._names[key] = (
                [s for s in sites if any(name.is_same(own, s.place_words, of_commune) for own in s.names)],
                [s for s in sites if any(name.may_be(own, s.place_words, of_commune) for own in s.names)],
            )
        return self._names[key]

    def _in_place(self, sites: list[Site], given: SiteDescription) -> list[Site]:
        """Give, of these sites those to which all agrees that a row says of their place."""
        near = sites
        if given.address:
            house = street(given.address)
            near = [
                site
                for site in near
                if site.street.is_same_house(house)
                or (not house.houses and site.street.is_same_street(house))
            ]
        code = postal_code_of(given.postal_code)
        if code:
            near = [site for site in near if site.postal_code in ("", code)]
        place = self.register.gazetteer.place(given.commune, given.postal_code)
        return [site for site in near if not place or place.has(site.commune, site.locality)]


def _require_wallonia(given: SiteDescription) -> None:
    if communes().is_elsewhere(given.commune, given.postal_code):
        place = given.commune or given.postal_code
        raise CellRefused("commune", message("{place} is not in Wallonia.", place=place))


def fase(text: str, key: str) -> str:
    """Write a FASE number without spaces, points, leading zeros and its own name ("FASE 1234", "n° 1234").
    Raises `CellRefused`."""
    bare = _NAME_OF_NUMBER.sub("", text)
    digits = re.sub(r"[\s\u00a0\u202f]+|\.(?=\d{3})", "", re.sub(r"(?:,0+|\.00?)$", "", bare))
    if not re.fullmatch(r"\d{1,7}", digits) or not int(digits):
        raise CellRefused(
            key, message("“{value}” is no FASE number: one number a cell, digits alone.", value=text)
        )
    return str(int(digits))
