"""The sites and schools of the registers of a day, as lists may name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import TypeVar

import polars as pl

from ennum_stats.errors import message
from ennum_stats.imports.schools.names import SchoolName, school_name
from ennum_stats.imports.schools.places import Gazetteer, PossiblePlaces, Street, gazetteer, place_key, street
from ennum_stats.imports.spreadsheets.bounds import FileRefused
from ennum_stats.periods import Period
from ennum_stats.project import Project
from ennum_stats.raw.communes import communes
from ennum_stats.raw.reader import known_rows
from ennum_stats.raw.school_tables import latest_numbers

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class School:
    """Hold a school of the register, with what it teaches on a site: levels, and types of teaching."""

    etablissement: str
    name: str
    network: str
    levels: frozenset[str]
    teaching: frozenset[str]


@dataclass(frozen=True)
class Site:
    """Hold a site of the register, with the schools on it."""

    implantation: str
    commune: str
    address: str = ""
    postal_code: str = ""
    locality: str = ""
    schools: tuple[School, ...] = ()

    @cached_property
    def street(self) -> Street:
        """Where in its locality it lies."""
        return street(self.address)

    @cached_property
    def names(self) -> tuple[SchoolName, ...]:
        """The names of its schools."""
        return tuple(school_name(school.name) for school in self.schools)

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of its commune and locality, which the name of a school may have or not."""
        return _commune_words()[self.commune] | school_name(self.locality).own

    @property
    def described(self) -> str:
        """What the register says of it, on one line."""
        names = " / ".join(school.name for school in self.schools)
        place = self.locality or _commune_names()[self.commune]
        return ", ".join(filter(None, (names, self.address, f"{self.postal_code} {place}".strip())))


@lru_cache(maxsize=1)
def _commune_names() -> dict[str, str]:
    return {commune.commune: commune.name_fr for commune in communes().walloon}


@lru_cache(maxsize=1)
def _commune_words() -> dict[str, frozenset[str]]:
    return {
        commune.commune: school_name(commune.name_fr).own | school_name(commune.name_nl).own
        for commune in communes().walloon
    }


@dataclass
class SiteRegister:
    """Hold the sites of the registers that hold on a day, and the numbers of all the others. `latest` are the
    numbers at the end of reviewed links: what ends at the same one is the same site."""

    name: str
    sites: dict[str, Site]
    elsewhere: dict[str, str]
    others: frozenset[str]
    latest: dict[str, str]
    gazetteer: Gazetteer = field(init=False)
    _of_place: dict[PossiblePlaces, list[Site]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.gazetteer = gazetteer((site.locality, site.commune) for site in self.sites.values())

    def identity(self, number: str) -> str:
        """Give the number under which a site is counted, whichever of its numbers is given."""
        return self.latest.get(number, number)

    def with_number(self, number: str) -> list[Site]:
        """Give the site of a number: of its own, else those that links make the same."""
        if number in self.sites:
            return [self.sites[number]]
        return self._by_identity.get(self.identity(number), [])

    def knows(self, number: str) -> bool:
        """Tell whether a number is that of a site or school of any register, or of a site elsewhere."""
        is_site = bool(self.with_number(number)) or number in self.others or number in self.elsewhere
        return is_site or number in self.of_school

    @cached_property
    def _by_identity(self) -> dict[str, list[Site]]:
        return _grouped((self.identity(site.implantation), site) for site in self.sites.values())

    @cached_property
    def of_school(self) -> dict[str, list[Site]]:
        """The sites of each school."""
        return _grouped((school.etablissement, site) for site in self._in_order for school in site.schools)

    @cached_property
    def _in_order(self) -> list[Site]:
        return sorted(self.sites.values(), key=lambda site: int(site.implantation))

    @cached_property
    def in_commune(self) -> dict[str, list[Site]]:
        """The sites in each commune."""
        return _grouped((site.commune, site) for site in self.sites.values())

    @cached_property
    def in_locality(self) -> dict[str, list[Site]]:
        """The sites in each locality."""
        return _grouped((place_key(site.locality), site) for site in self.sites.values() if site.locality)

    def in_place(self, place: PossiblePlaces) -> list[Site]:
        """Give the sites in the communes and localities of a place."""
        if place not in self._of_place:
            sites = {
                site.implantation: site
                for keys, by_key in ((place.communes, self.in_commune), (place.localities, self.in_locality))
                for key in sorted(keys)
                for site in by_key.get(key, ())
            }
            self._of_place[place] = list(sites.values())
        return self._of_place[place]

    @cached_property
    def named(self) -> dict[SchoolName, list[Site]]:
        """The sites with a school of exactly this name."""
        return _grouped((name, site) for site in self.sites.values() for name in set(site.names))

    def schools_called(self, name: SchoolName) -> int:
        """Count the schools that have the same words of their own, whatever their kinds and marks."""
        return self._called[name.own]

    @cached_property
    def _called(self) -> Counter[frozenset[str]]:
        every = {school.etablissement: school for site in self.sites.values() for school in site.schools}
        return Counter(school_name(school.name).own for school in every.values())

    @cached_property
    def in_street(self) -> dict[tuple[str, frozenset[str]], list[Site]]:
        """The sites in each street of each commune."""
        return _grouped(((site.commune, site.street.words), site) for site in self.sites.values())

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that names of schools and places have of their own."""
        every = (name.own for site in self.sites.values() for name in site.names)
        return self.place_words.union(*every)

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of the names of all places."""
        every = (site.place_words for site in self.sites.values())
        return frozenset().union(*every)

    def neighbours(self, site: Site) -> list[Site]:
        """Give the sites in the same house, itself among them: schools change numbers, not doors."""
        near = self.in_street[site.commune, site.street.words]
        return [other for other in near if other is site or other.street.is_same_house(site.street)]

    def siblings(self, site: Site) -> list[Site]:
        """Give the sites of the schools on a site, itself among them."""
        neighbours = {
            other.implantation: other
            for school in site.schools
            for other in self.of_school[school.etablissement]
        }
        return list((neighbours | {site.implantation: site}).values())


def _grouped(pairs: Iterable[tuple[_Key, Site]]) -> dict[_Key, list[Site]]:
    groups: dict[_Key, list[Site]] = {}
    for key, site in pairs:
        groups.setdefault(key, []).append(site)
    return groups


def read_site_register(project: Project, day: date, file: str) -> SiteRegister:
    """Read the registers of a day: of each community the last one by then, else the first.

    Raises `FileRefused` where there is no register at all.
    """
    registers = known_rows(project, "registers")
    if registers.is_empty():
        raise FileRefused(
            message("No register of schools has been loaded yet."),
            where=file,
            remedy=message("Load one first: ennum import register FILE"),
        )
    chosen = [_of_day(rows, day) for rows in registers.partition_by("community")]
    sites = known_rows(project, "implantations")
    here = sites.filter(pl.col("register").is_in(chosen)).fill_null("")
    on_site: dict[str, list[School]] = {}
    for number, school in _taught(project, chosen):
        on_site.setdefault(number, []).append(school)
    columns = ("implantation", "commune", "address", "postal_code", "locality")
    return SiteRegister(
        ", ".join(chosen),
        {
            number: Site(number, commune, address, code, locality, tuple(on_site.get(number, ())))
            for number, commune, address, code, locality in here.select(columns).iter_rows()
        },
        dict(known_rows(project, "elsewhere").select("implantation", "place").rows()),
        frozenset(sites["implantation"]),
        latest_numbers(dict(known_rows(project, "site_links").select("implantation", "same_as").rows())),
    )


def _taught(project: Project, chosen: list[str]) -> Iterator[tuple[str, School]]:
    """Give the schools on each site, in the order of their numbers."""
    teaching = known_rows(project, "teaching").filter(pl.col("register").is_in(chosen))
    schools = known_rows(project, "etablissements").filter(pl.col("register").is_in(chosen))
    rows = (
        teaching.group_by("register", "implantation", "etablissement").agg("level", "teaching")
        .join(schools, on=["register", "etablissement"])
        .sort("etablissement", "implantation")
        .select("implantation", "etablissement", "name", "network", "level", "teaching")
    )  # fmt: skip
    for number, school, name, network, levels, teaching in rows.iter_rows():
        yield number, School(school, name, network, frozenset(levels), frozenset(teaching))


def _of_day(registers: pl.DataFrame, day: date) -> str:
    rows: list[tuple[date, str]] = sorted(
        (Period(as_of).last, register) for register, as_of in registers.select("register", "as_of").rows()
    )
    earlier = [register for last, register in rows if last <= day]
    return earlier[-1] if earlier else rows[0][1]
