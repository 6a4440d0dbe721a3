"""What came, went and moved since the register before, and which numbers may be the same site.

Candidates for site_links.csv are given with their reason; a workbook shows them beside the register. None is
ever applied by itself: a person looks, dates what is the same site, and imports it (`links`), or decides on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.imports.schools.names import plain_name
from ennum_stats.project import Project
from ennum_stats.raw.communes import communes
from ennum_stats.raw.reader import known_rows

LINK_COLUMNS = ("implantation", "same_as", "reason", "reviewed_on")
"""The columns of site_links.csv, which the workbook of candidates has as titles."""
_NAMED_CANDIDATES = 20


@dataclass(frozen=True)
class KnownSite:
    """Hold a site as a register has it, with the names of its schools."""

    implantation: str
    names: tuple[str, ...]
    address: str
    locality: str
    commune: str

    @property
    def cells(self) -> tuple[str, str, str]:
        """Names, address and place, for a person who compares."""
        return " ; ".join(self.names), self.address, self.locality

    @property
    def place(self) -> tuple[str, str]:
        """Where it is, however the address is spelt; empty where no address is known."""
        return (self.commune, plain_name(self.address)) if self.address else ("", "")


@dataclass(frozen=True)
class SitePair:
    """Hold two numbers that may be the same site, and why."""

    former: KnownSite
    now: KnownSite
    reason: Message


@dataclass(frozen=True)
class SiteChanges:
    """Hold the sites whose numbers went, came, or have another address since the register `before`."""

    before: str
    gone: tuple[KnownSite, ...]
    come: tuple[KnownSite, ...]
    moved: tuple[tuple[KnownSite, KnownSite], ...]
    candidates: tuple[SitePair, ...]
    is_invented: bool = False

    def remarks(self) -> Iterator[Message]:
        """Give what is told before anything is written."""
        yield message(
            "Since {before}: numbers gone {gone}, come {come}, with another address {moved}.",
            before=self.before, gone=len(self.gone), come=len(self.come), moved=len(self.moved),
        )  # fmt: skip
        if self.candidates:
            yield message("Numbers that may be the same site: {n}. If they are, date them in the workbook, "
                          "then: ennum import links.",
                          n=len(self.candidates))  # fmt: skip
        for candidate in self.candidates[:_NAMED_CANDIDATES]:
            numbers = f"  {candidate.former.implantation} → {candidate.now.implantation}"
            yield message("{place}: {text}", place=numbers, text=candidate.reason)


def changes_since(project: Project, tables: dict[str, pl.DataFrame]) -> SiteChanges | None:
    """Give what a register changes against the last one before it of its Community; nothing without any."""
    this = tables["registers"].row(0, named=True)
    earlier = (
        known_rows(project, "registers")
        .filter((pl.col("community") == this["community"]) & (pl.col("as_of") < this["as_of"]))
        .sort("as_of")
    )
    if earlier.is_empty():
        return None
    before = earlier["register"][-1]
    there = {name: known_rows(project, name) for name in ("implantations", "etablissements", "teaching")}
    old = _sites({name: f.filter(pl.col("register") == before) for name, f in there.items()})
    new = _sites(tables)
    gone = tuple(site for number, site in old.items() if number not in new)
    come = tuple(site for number, site in new.items() if number not in old)
    linked = set(known_rows(project, "site_links")["implantation"])
    return SiteChanges(
        before,
        gone,
        come,
        tuple((s, new[n]) for n, s in old.items() if n in new and s.place != new[n].place),
        tuple(_candidates([s for s in gone if s.implantation not in linked], come)),
        project.is_demo,
    )


def latest_changes(project: Project) -> Iterator[SiteChanges]:
    """Give what the latest register of each Community changes against the one before it. Of a number that went where
    another stays at its address, that one is a candidate, too: the sites may have become one."""
    registers = known_rows(project, "registers").sort("as_of")
    for _, of_community in registers.group_by("community", maintain_order=True):
        latest = of_community.tail(1)
        tables = {
            name: known_rows(project, name).filter(pl.col("register") == latest["register"][0])
            for name in ("implantations", "etablissements", "teaching")
        }
        changes = changes_since(project, {"registers": latest, **tables})
        if changes is None:
            continue
        come = {site.implantation for site in changes.come}
        stays = [site for number, site in _sites(tables).items() if number not in come and site.address]
        by_place = {site.place: site for site in stays if site.names}
        near = {pair.former.implantation for pair in changes.candidates}
        linked = set(known_rows(project, "site_links")["implantation"])
        merged = tuple(
            SitePair(site, now, message("at this address now: {name}", name=now.names[0]))
            for site in changes.gone
            if (now := by_place.get(site.place)) and site.implantation not in near | linked
        )
        gone = tuple(site for site in changes.gone if site.implantation not in linked)
        yield replace(changes, candidates=(*changes.candidates, *merged), gone=gone)


def _sites(tables: dict[str, pl.DataFrame]) -> dict[str, KnownSite]:
    pairs = tables["teaching"].select("implantation", "etablissement").unique()
    named = pairs.join(tables["etablissements"], on="etablissement").sort("etablissement")
    names: dict[str, list[str]] = {}
    for number, name in named.select("implantation", "name").rows():
        names.setdefault(number, []).append(name)
    columns = ("implantation", "address", "locality", "commune")
    rows = tables["implantations"].sort(pl.col("implantation").cast(pl.Int64)).select(columns).rows()
    return {
        number: KnownSite(number, tuple(names.get(number, ())), address or "", locality or "", commune)
        for number, address, locality, commune in rows
    }


def _candidates(gone: list[KnownSite], come: tuple[KnownSite, ...]) -> Iterator[SitePair]:
    """Give those of one address first for each site, then those of one name in its commune."""
    by_place: dict[tuple[str, str], list[KnownSite]] = {}
    by_name: dict[tuple[str, str], list[KnownSite]] = {}
    for site in come:
        by_place.setdefault(site.place, []).append(site)
        for name in site.names:
            by_name.setdefault((site.commune, plain_name(name)), []).append(site)
    communes_by_code = {c.commune: c.name_fr for c in communes().walloon}
    for site in gone:
        near = by_place.get(site.place, []) if site.address else []
        for now in near:
            yield SitePair(site, now, message("same address: {address}", address=now.address))
        sites = {now.implantation for now in near}
        for name in site.names:
            for now in by_name.get((site.commune, plain_name(name)), []):
                if now.implantation not in sites:
                    sites.add(now.implantation)
                    yield SitePair(
                        site, now,
                        message("same name in the same commune: {name}, {commune}",
                                name=name, commune=communes_by_code[site.commune]),
                    )  # fmt: skip
