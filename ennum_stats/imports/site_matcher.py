"""Which site of the register a list means: by its number, or by name and commune where that is certain.

A name is certain where one site of the commune comes out well before all others. Everything else is
refused with its nearest candidates and their scores (0 to 100): a person decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from rapidfuzz import fuzz

from ennum_stats.errors import message
from ennum_stats.imports.number_parser import CellRefused
from ennum_stats.imports.spreadsheet import FileRefused
from ennum_stats.periods import Period
from ennum_stats.project import Project
from ennum_stats.raw.communes import communes
from ennum_stats.raw.reader import known_rows
from ennum_stats.raw.school_tables import INVENTED_FROM, latest_numbers
from ennum_stats.typography import fold

CERTAIN = 92.0
AHEAD = 6.0
_ADDRESS_WEIGHT = 0.4
_CANDIDATES = 3
_ABBREVIATIONS = {
    "ec": "ecole", "com": "communale", "fond": "fondamentale", "prim": "primaire", "inst": "institut",
    "st": "saint", "ste": "sainte", "ath": "athenee", "roy": "royal", "coll": "college",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteDescription:
    """What a row of a list says of its site; empty where it says nothing."""

    implantation: str = ""
    etablissement: str = ""
    school: str = ""
    address: str = ""
    postal_code: str = ""
    commune: str = ""


@dataclass(frozen=True)
class Site:
    """A site of the register, as lists may name it."""

    implantation: str
    commune: str
    address: str
    names: tuple[str, ...]


@dataclass
class Matcher:
    """The sites of the register that holds on a day, and the numbers of all the others. `latest` are the
    numbers at the end of reviewed links: what ends at the same one is the same site."""

    project: Project
    register: str
    sites: dict[str, Site]
    schools: dict[str, list[str]]
    on_site: dict[str, dict[str, str]]
    elsewhere: dict[str, str]
    other_registers: frozenset[str]
    latest: dict[str, str]
    _by_commune: dict[str, list[Site]] = field(default_factory=dict)
    _by_identity: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for site in self.sites.values():
            self._by_commune.setdefault(site.commune, []).append(site)
            self._by_identity.setdefault(self.identity(site.implantation), []).append(
                site.implantation
            )

    def identity(self, number: str) -> str:
        """Give the number under which a site is counted, whichever of its numbers is given."""
        return self.latest.get(number, number)

    def _in_register(self, number: str) -> list[str]:
        """Give the numbers that a site has in the register: its own, else those of the same site."""
        if number in self.sites:
            return [number]
        return self._by_identity.get(self.identity(number), [])

    def site(self, given: SiteDescription) -> str:
        """Find the number of the site that a row means. Raises `CellRefused`."""
        if given.implantation:
            number = self._known(fase(given.implantation, "implantation"), given)
            if given.etablissement:
                self._require_on_site(fase(given.etablissement, "etablissement"), number)
            return number
        if given.etablissement:
            return self._only_site(fase(given.etablissement, "etablissement"), given)
        if given.school and (given.commune or given.postal_code):
            return self._named(given)
        raise CellRefused(
            "implantation", message("Which site? Give its FASE number, or its name and commune.")
        )

    def _known(self, number: str, given: SiteDescription) -> str:
        if (int(number) >= INVENTED_FROM) != self.project.is_demo:
            raise CellRefused(
                "implantation",
                message("Invented schools and real ones never stand in one project."),
            )
        if self._in_register(number):
            return number
        if number in self.elsewhere:
            raise CellRefused(
                "implantation",
                message("{number} is a school of {place}, not of Wallonia.",
                        number=number, place=self.elsewhere[number]),
            )  # fmt: skip
        self._require_wallonia(given)
        if number in self.schools:
            raise CellRefused(
                "implantation",
                message("{number} is the number of a school, not of a site. Its sites: {names}.",
                        number=number, names=", ".join(self.schools[number])),
            )  # fmt: skip
        if number in self.other_registers:
            raise CellRefused(
                "implantation",
                message("Another register has the site {number}, that of the list ({register}) has not: "
                        "a link in site_links.csv says which site it is.",
                        number=number, register=self.register),
            )  # fmt: skip
        raise CellRefused(
            "implantation",
            message("The register {register} has no site {number}: of another Community, closed, or "
                    "mistyped.", number=number, register=self.register),
        )  # fmt: skip

    def _require_on_site(self, school: str, number: str) -> None:
        """That a row which gives both numbers says of which school the site is one."""
        on_site = {
            known: name
            for one in self._in_register(number)
            for known, name in self.on_site.get(one, {}).items()
        }
        if school not in on_site:
            raise CellRefused(
                "etablissement",
                message("The school {school} is not on the site {number} in the register {register}; "
                        "there: {names}.", school=school, number=number, register=self.register,
                        names=", ".join(f"{n} {name}" for n, name in on_site.items())),
            )  # fmt: skip

    @staticmethod
    def _require_wallonia(given: SiteDescription) -> None:
        if communes().is_elsewhere(given.commune, given.postal_code):
            place = given.commune or given.postal_code
            raise CellRefused("commune", message("{place} is not in Wallonia.", place=place))

    def _only_site(self, number: str, given: SiteDescription) -> str:
        """Find the site of a school that has only one; of several, the one that the name or address tells."""
        found = self.schools.get(number, [])
        if len(found) == 1:
            return found[0]
        if found and given.address:
            return self._chosen([self.sites[n] for n in found], given)
        if found:
            raise CellRefused(
                "implantation",
                message("The school {number} has several sites: {names}.",
                        number=number, names=", ".join(found)),
            )  # fmt: skip
        self._require_wallonia(given)
        raise CellRefused(
            "etablissement",
            message("The register {register} has no school {number}.",
                    number=number, register=self.register),
        )  # fmt: skip

    def _named(self, given: SiteDescription) -> str:
        self._require_wallonia(given)
        code = communes().code(given.commune, given.postal_code)
        if code is None:
            raise CellRefused("commune", message("No commune of Belgium has this name."))
        return self._chosen(self._by_commune.get(code, []), given)

    def _chosen(self, sites: list[Site], given: SiteDescription) -> str:
        scored = sorted(((self._score(site, given), site) for site in sites), key=lambda s: -s[0])
        if not scored:
            raise CellRefused("commune", message("The register has no site in this commune."))
        best, site = scored[0]
        second = scored[1][0] if len(scored) > 1 else 0.0
        if best >= CERTAIN and best - second >= AHEAD:
            return site.implantation
        shown = " ; ".join(
            f"{s.implantation} {s.names[0]}, {s.address} ({score:.0f})"
            for score, s in scored[:_CANDIDATES]
        )
        raise CellRefused(
            "school", message("Not certain which site is meant. Candidates: {names}.", names=shown)
        )

    @staticmethod
    def _score(site: Site, given: SiteDescription) -> float:
        name = plain_name(given.school)
        by_name = (
            max((fuzz.token_sort_ratio(name, plain_name(n)) for n in site.names), default=0.0)
            if name
            else 100.0
        )
        if not given.address:
            return by_name
        address = fuzz.token_set_ratio(fold(given.address), fold(site.address))
        return (1 - _ADDRESS_WEIGHT) * by_name + _ADDRESS_WEIGHT * address


def plain_name(text: str) -> str:
    """Write the name of a school without accents, capitals and abbreviations."""
    return " ".join(_ABBREVIATIONS.get(word, word) for word in fold(text).split())


def fase(text: str, key: str) -> str:
    """Write a FASE number without spaces, points and leading zeros. Raises `CellRefused`."""
    digits = re.sub(r"[\s\u00a0\u202f]+|\.(?=\d{3})", "", re.sub(r"(?:,0+|\.00?)$", "", text))
    if not re.fullmatch(r"\d{1,7}", digits) or not int(digits):
        raise CellRefused(key, message("“{value}” is no FASE number.", value=text))
    return str(int(digits))


def matcher(project: Project, day: date, name: str) -> Matcher:
    """Read the sites of the register of a day: of each community the last one by then, else the first.

    Raises `FileRefused` where there is no register at all.
    """
    registers = known_rows(project, "registers")
    if registers.is_empty():
        raise FileRefused(
            message("No register of schools has been loaded yet."),
            where=name,
            remedy=message("Load one first: ennum import register FILE"),
        )
    chosen = [_of_day(rows, day) for rows in registers.partition_by("community")]
    sites = known_rows(project, "implantations")
    here = sites.filter(pl.col("register").is_in(chosen))
    teaching = known_rows(project, "teaching").filter(pl.col("register").is_in(chosen))
    schools = known_rows(project, "etablissements").filter(pl.col("register").is_in(chosen))
    pairs = teaching.select("register", "implantation", "etablissement").unique()
    named = pairs.join(schools, on=["register", "etablissement"]).sort(
        "etablissement", pl.col("implantation").cast(pl.Int64)
    )
    on_site: dict[str, dict[str, str]] = {}
    of_school: dict[str, list[str]] = {}
    for number, school, text in named.select("implantation", "etablissement", "name").rows():
        on_site.setdefault(number, {})[school] = text
        of_school.setdefault(school, []).append(number)
    return Matcher(
        project,
        ", ".join(chosen),
        {
            number: Site(
                number, commune, address or "", tuple(on_site.get(number, {"": ""}).values())
            )
            for number, commune, address in here.select("implantation", "commune", "address").rows()
        },
        of_school,
        on_site,
        dict(known_rows(project, "elsewhere").select("implantation", "place").rows()),
        frozenset(sites["implantation"]),
        latest_numbers(
            dict(known_rows(project, "site_links").select("implantation", "same_as").rows())
        ),
    )


def _of_day(registers: pl.DataFrame, day: date) -> str:
    rows: list[tuple[date, str]] = sorted(
        (Period(as_of).last, register)
        for register, as_of in registers.select("register", "as_of").rows()
    )
    earlier = [register for last, register in rows if last <= day]
    return earlier[-1] if earlier else rows[0][1]
