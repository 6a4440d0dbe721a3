"""What came, went and moved since the register before, and which numbers may be the same site.

Candidates for site_links.csv are shown with their reason, in a workbook beside the register. None is ever
applied by itself: a person looks, dates what is the same site, and imports it (`links`).

Reviewed links between numbers of one site, into site_links.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from ennum_stats.errors import FICTITIOUS, Message, message
from ennum_stats.imports.apply import new_contents, preview
from ennum_stats.imports.cell_values import ParsedRow, convert
from ennum_stats.imports.choices import Choices
from ennum_stats.imports.communes import communes
from ennum_stats.imports.forms import Field, Reading
from ennum_stats.imports.header import MatchedTable, recognise
from ennum_stats.imports.number_parser import CellRefused
from ennum_stats.imports.plan import ImportPlan, NewRow
from ennum_stats.imports.published import raw_tables
from ennum_stats.imports.report import Refusal, cell_format, new_table, new_workbook, refusal
from ennum_stats.imports.site_matcher import fase, plain_name
from ennum_stats.imports.spreadsheet import ForeignRow
from ennum_stats.imports.spreadsheet_reader import read_file
from ennum_stats.languages import translate
from ennum_stats.project import Audience, Project
from ennum_stats.raw.reader import known_rows
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint

_NAMED_CANDIDATES = 20
_LINK_COLUMNS = ("implantation", "same_as", "reason", "reviewed_on")


@dataclass(frozen=True)
class KnownSite:
    """A site as a register has it, with the names of its schools."""

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
class Candidate:
    """Two numbers that may be the same site, and why."""

    former: KnownSite
    now: KnownSite
    reason: Message


@dataclass(frozen=True)
class SiteChanges:
    """The sites whose numbers went, came, or have another address since the register `before`."""

    before: str
    gone: tuple[KnownSite, ...]
    come: tuple[KnownSite, ...]
    moved: tuple[tuple[KnownSite, KnownSite], ...]
    candidates: tuple[Candidate, ...]
    is_invented: bool = False

    def remarks(self) -> Iterator[Message]:
        """What is told before anything is written."""
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

    def workbook(self, path: Path, language: str) -> Path:
        """Writes candidates and changes as XLSX. Raises `OutputInUse`."""
        mark = translate(FICTITIOUS, language) if self.is_invented else ""
        with new_workbook(path) as book:
            for title, headings, rows in self._sheets(language):
                _write_sheet(book, title, headings, rows, mark)
        return path

    def _sheets(self, language: str) -> Iterator[tuple[str, list[str], list[tuple[str, ...]]]]:
        def told(*texts: Message) -> list[str]:
            return [translate(text, language) for text in texts]

        site = (message("Schools"), message("Address"), message("Locality"))
        now = (message("Schools now"), message("Address now"), message("Locality now"))
        number = message("Number of the site")
        (possible, gone, come, moved) = told(
            message("Possible links"), message("Gone"), message("Come"), message("Moved")
        )
        yield possible, [*_LINK_COLUMNS, *told(*site, *now)], [
            (c.former.implantation, c.now.implantation, translate(c.reason, language), "",
             *c.former.cells, *c.now.cells)
            for c in self.candidates
        ]  # fmt: skip
        for title, sites in ((gone, self.gone), (come, self.come)):
            yield title, told(number, *site), [(s.implantation, *s.cells) for s in sites]
        yield moved, told(number, *site, *now), [
            (old.implantation, *old.cells, *new.cells) for old, new in self.moved
        ]  # fmt: skip


def changes_since(project: Project, tables: dict[str, pl.DataFrame]) -> SiteChanges | None:
    """What a register changes against the last one before it of its Community; nothing without any."""
    this = tables["registers"].row(0, named=True)
    earlier = (
        known_rows(project, "registers")
        .filter((pl.col("community") == this["community"]) & (pl.col("as_of") < this["as_of"]))
        .sort("as_of")
    )
    if earlier.is_empty():
        return None
    before = earlier["register"][-1]
    there = {
        name: known_rows(project, name) for name in ("implantations", "etablissements", "teaching")
    }
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


def _sites(tables: dict[str, pl.DataFrame]) -> dict[str, KnownSite]:
    pairs = tables["teaching"].select("implantation", "etablissement").unique()
    named = pairs.join(tables["etablissements"], on="etablissement").sort("etablissement")
    names: dict[str, list[str]] = {}
    for number, name in named.select("implantation", "name").rows():
        names.setdefault(number, []).append(name)
    columns = ("implantation", "address", "locality", "commune")
    rows = (
        tables["implantations"].sort(pl.col("implantation").cast(pl.Int64)).select(columns).rows()
    )
    return {
        number: KnownSite(
            number, tuple(names.get(number, ())), address or "", locality or "", commune
        )
        for number, address, locality, commune in rows
    }


def _candidates(gone: list[KnownSite], come: tuple[KnownSite, ...]) -> Iterator[Candidate]:
    """Those of one address first for each site, then those of one name in its commune."""
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
            yield Candidate(site, now, message("same address: {address}", address=now.address))
        told = {now.implantation for now in near}
        for name in site.names:
            for now in by_name.get((site.commune, plain_name(name)), []):
                if now.implantation not in told:
                    told.add(now.implantation)
                    yield Candidate(
                        site, now,
                        message("same name in the same commune: {name}, {commune}",
                                name=name, commune=communes_by_code[site.commune]),
                    )  # fmt: skip


def _write_sheet(
    book: Any, title: str, headings: list[str], rows: list[tuple[str, ...]], mark: str
) -> None:
    sheet, first = new_table(book, title, headings, mark, frozen=1)
    plain = cell_format(book)
    for number, row in enumerate(rows, start=first):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, plain)
    widths = [max(len(text) for text in column) for column in zip(headings, *rows, strict=True)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, 12), 40))
    sheet.fit_to_pages(1, 0)


_GROUP = "Le lien"
FIELDS = (
    Field("implantation", "Ancien numéro", _GROUP, "Numéro disparu.", is_required=True),
    Field("same_as", "Numéro actuel", _GROUP, "La même implantation, depuis.", is_required=True),
    Field("reason", "Raison", _GROUP, "Pourquoi c’est la même implantation.", is_required=True),
    Field(
        "reviewed_on", "Vérifié le", _GROUP, "Vide : pas pris.", Reading.PERIOD, is_required=True
    ),
)
"""The columns; their keys are those of site_links.csv, which the workbook of candidates has as titles."""
_TABLE = TABLE_BY_NAME["site_links"]


def plan_links(file: Path, project: Project, sheet: str = "") -> ImportPlan:
    """What importing reviewed links would do; nothing is written.

    Raises `FileRefused`, and `RawTablesRefused` where the project is not in order.
    """
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    raw_tables(project)
    foreign = read_file(Path(file))
    table = recognise(foreign, FIELDS, sheet, len(FIELDS))
    pass_ = RowReader(table, project)
    for row in table.rows:
        pass_.row(row)
    contents, _ = new_contents(project.raw, pass_.new_rows)
    shown = preview(project, contents, today())
    return ImportPlan(
        kind="links", file=foreign.name, project=project, table=table,
        columns=tuple((table.heading(f.key), f.heading) for f in FIELDS),
        ignored_columns=table.ignored,
        remarks=(
            *foreign.remarks,
            message("Links without a day of review, left out: {n}.", n=pass_.left_out),
        ),
        examples=0, taken=tuple(row.row for row in pass_.new_rows),
        already_there=tuple(pass_.already_there), refused=tuple(pass_.refused),
        new_rows=tuple(pass_.new_rows), readings=(), findings=shown.findings, changes=shown.changes,
        known_at=today(), contents=contents, fingerprint=fingerprint, left_out=pass_.left_out,
        comparisons=shown.comparisons, breaches=shown.breaches,
    )  # fmt: skip


@dataclass
class RowReader:
    """One way through the links."""

    table: MatchedTable
    project: Project
    new_rows: list[NewRow] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    already_there: list[int] = field(default_factory=list)
    left_out: int = 0

    def __post_init__(self) -> None:
        self._links = dict(
            known_rows(self.project, "site_links").select("implantation", "same_as").rows()
        )
        self._sites = set(known_rows(self.project, "implantations")["implantation"])

    def row(self, row: ForeignRow) -> None:
        """Takes a link that was reviewed, or refuses it with its reason."""
        if self.table.cell(row, "reviewed_on").is_empty:
            self.left_out += 1
            return
        filled = ParsedRow(row.number)
        try:
            for target in FIELDS:
                convert(target, self.table.cell(row, target.key), Choices({}), filled)
            former, now = (self._number(filled, key) for key in ("implantation", "same_as"))
            self._require_possible(former, now)
        except CellRefused as refused:
            self.refused.append(refusal(self.table, row, refused, FIELDS))
            return
        if former in self._links:
            self.already_there.append(row.number)
            return
        self._links[former] = now
        values = {**filled.texts, "implantation": former, "same_as": now}
        self.new_rows.append(NewRow(_TABLE.name, _TABLE.path, values, row.number))

    def _require_possible(self, former: str, now: str) -> None:
        if former == now:
            raise CellRefused("same_as", message("A site is no link to itself."))
        known = self._links.get(former, now)
        if known != now:
            raise CellRefused(
                "implantation",
                message("{number} is linked to {other} already.", number=former, other=known),
            )

    def _number(self, filled: ParsedRow, key: str) -> str:
        number = fase(re.sub(r"\s", "", filled.text(key)), key)
        if number not in self._sites:
            raise CellRefused(key, message("No register has the site {number}.", number=number))
        return number
