"""Lists of schools as administrations make them, into raw rows: winners, equipped and connected sites,
deliveries.

A row is taken where its site is certain, and refused where it reaches a person.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ennum_stats.errors import Message, UnknownName, UsageError, message
from ennum_stats.imports.apply import Preview, new_contents, preview
from ennum_stats.imports.cell_values import ParsedRow, converted
from ennum_stats.imports.choices import EXAMPLE, Choices, choices_of
from ennum_stats.imports.forms import EXAMPLE_KEY, Form
from ennum_stats.imports.header import MatchedTable, fold, heading_of
from ennum_stats.imports.list_forms import LIST_FORMS
from ennum_stats.imports.list_reader import Totals, is_total, read_list
from ennum_stats.imports.number_parser import CellRefused, ParsedNumber, plain
from ennum_stats.imports.plan import ImportPlan, NewRow
from ennum_stats.imports.published import raw_tables
from ennum_stats.imports.report import Refusal, refusal
from ennum_stats.imports.site_matcher import Matcher, matcher
from ennum_stats.imports.spreadsheet import ForeignRow
from ennum_stats.periods import Period, period_of
from ennum_stats.project import Audience, Project
from ennum_stats.raw.reader import known_rows
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint
from ennum_stats.vocabulary import LIST_KINDS

if TYPE_CHECKING:
    import polars as pl

SITE_NUMBERS = ("implantation", "etablissement")
_SITE_KEYS = ("implantation", "etablissement", "school", "address", "postal_code", "commune")
_DELIVERY = ("call", "lot", "implantation", "quantity", "delivered_on")


@dataclass(frozen=True)
class ListOf:
    """What a list is of: its kind, programme, call (empty for several), and the day it was known."""

    kind: str
    programme: str
    call: str
    known_on: str


def plan_list(
    kind: str,
    file: Path,
    project: Project,
    call: str = "",
    programme: str = "",
    as_of: str | None = None,
    sheet: str = "",
) -> ImportPlan:
    """What importing a list of schools would do; nothing is written.

    Raises `FileRefused` where the file is not read at all, `UnknownName` for another call or programme,
    `UsageError` where neither is told or `as_of` is no date, and `RawTablesRefused` where the project is
    not in order.
    """
    return Lists(project).plan(kind, file, call, programme, as_of, sheet)


@dataclass
class Lists:
    """Lists of schools on their way into one project, whose other tables stay as they are meanwhile: they
    are read and checked once."""

    project: Project
    _matchers: dict[date, Matcher] = field(default_factory=dict)

    @cached_property
    def frames(self) -> dict[str, pl.DataFrame]:
        """The raw tables. Raises `RawTablesRefused` where they are not in order."""
        return raw_tables(self.project)

    @cached_property
    def choices(self) -> Choices:
        """What may stand in columns with a list of values."""
        return choices_of(self.frames)

    def plan(
        self,
        kind: str,
        file: Path,
        call: str = "",
        programme: str = "",
        as_of: str | None = None,
        sheet: str = "",
        *,
        looks_ahead: bool = True,
    ) -> ImportPlan:
        """What importing one of them would do, as `plan_list` says. Unless it `looks_ahead`, findings and
        changes of figures are left to the next build."""
        fingerprint = raw_fingerprint(self.project, Audience.INTERNAL)
        of, day = _list_of(kind, self.frames, call, programme, as_of)
        form = LIST_FORMS[kind]
        foreign, table = read_list(Path(file), self.project, form, sheet)
        sites = self._matcher(day, foreign.name)
        pass_ = RowReader(form, table, self.choices, sites, of, self.project)
        pass_.read()
        rows = pass_.rows()
        contents, _ = new_contents(self.project.raw, rows)
        known_at = max(today(), Period(of.known_on).last)
        shown = preview(self.project, contents, known_at) if looks_ahead else Preview()
        return ImportPlan(
            kind=kind,
            file=foreign.name,
            project=self.project,
            table=table,
            columns=tuple((table.heading(key), form.field(key).heading) for key in table.positions),
            ignored_columns=table.ignored,
            remarks=(*foreign.remarks, *pass_.remarks()),
            examples=pass_.examples,
            taken=tuple(pass_.taken),
            already_there=tuple(pass_.already_there),
            refused=tuple(pass_.refused),
            new_rows=tuple(rows),
            readings=(),
            findings=shown.findings,
            changes=shown.changes,
            comparisons=shown.comparisons,
            breaches=shown.breaches,
            known_at=known_at,
            contents=contents,
            fingerprint=fingerprint,
        )

    def _matcher(self, day: date, name: str) -> Matcher:
        if day not in self._matchers:
            self._matchers[day] = matcher(self.project, day, name)
        return self._matchers[day]


def _list_of(
    kind: str, frames: dict[str, pl.DataFrame], call: str, programme: str, as_of: str | None
) -> tuple[ListOf, date]:
    """What the list is of, and the day whose register counts."""
    calls = {row["call"]: row for row in frames["calls"].to_dicts()}
    programmes = frames["programmes"]["programme"].to_list()
    for name, known in ((call, list(calls)), (programme, programmes)):
        if name and name not in known:
            raise UnknownName(
                message("“{code}” is unknown.", code=name),
                expected=message("Known: {names}.", names=", ".join(known)),
            )
    found = programme or (calls[call]["programme"] if call else LIST_KINDS[kind].programme)
    if not found:
        raise UsageError(
            message("Of which call or programme is this list?"),
            where=f"import {kind}",
            remedy=message("Say it: --call EN2020, or --programme cyberclasse."),
        )
    known_on = period_of(as_of or today().isoformat(), "--as-of").text
    day = Period(calls[call]["valid_to"]).last if call else Period(known_on).last
    return ListOf(kind, found, call, known_on), day


@dataclass
class RowReader:
    """One way through the rows of a list."""

    form: Form
    table: MatchedTable
    choices: Choices
    matcher: Matcher
    of: ListOf
    project: Project
    refused: list[Refusal] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    already_there: list[int] = field(default_factory=list)
    examples: int = 0

    def __post_init__(self) -> None:
        self.is_delivery = self.of.kind == "deliveries"
        self.totals = Totals("quantity" if self.is_delivery else "amount_eur")
        self._values: list[tuple[int, dict[str, str]]] = []
        self._seen: dict[str, int] = {}
        there = known_rows(self.project, "deliveries" if self.is_delivery else "participations")
        rows = there.fill_null("").to_dicts()
        self._there = {row["participation"]: row for row in rows if not self.is_delivery}
        self._numbered: dict[tuple[str, ...], dict[str, str]] = {}
        for row in self._there.values():
            self._numbered.setdefault(self._award_of(row), {})[row["project"]] = row[
                "participation"
            ]
        self._delivered = Counter(
            tuple(row[name] for name in _DELIVERY) for row in rows if self.is_delivery
        )

    def read(self) -> None:
        """Reads all rows. Raises `FileRefused` where a total does not match."""
        for row in self.table.rows:
            if all(row.cell(position).is_empty for position in self.table.positions.values()):
                continue
            if fold(self.table.cell(row, EXAMPLE_KEY).shown) == EXAMPLE:
                self.examples += 1
            elif self._is_header_again(row):
                continue
            elif is_total(row, self.table, SITE_NUMBERS):
                self.totals.foot(row, self.table)
            else:
                self._row(row)
        self.totals.require_matching(self.table)

    def _is_header_again(self, row: ForeignRow) -> bool:
        return all(
            heading_of(row.cell(place)) == self.table.heading(key)
            for key, place in self.table.positions.items()
        )

    def _row(self, row: ForeignRow) -> None:
        filled, refused = converted(self.table, row, self.form.fields, self.choices)
        self.totals.unread += sum(one.key == self.totals.key for one in refused)
        self.totals.add(filled.numbers.get(self.totals.key))
        if refused:
            self._refuse(row, *refused)
            return
        try:
            texts = filled.given(*_SITE_KEYS)
            site = self.matcher.site(texts)
            values = self._delivery(filled, site) if self.is_delivery else self._award(filled, site)
            self._take(row.number, values)
        except CellRefused as error:
            self._refuse(row, error)

    def _award(self, filled: ParsedRow, site: str) -> dict[str, str]:
        call = filled.text("call") or self.of.call
        stage = filled.text("stage") or LIST_KINDS[self.of.kind].stage
        project = filled.text("project")
        number = filled.numbers.get("amount_eur")
        parts = (call or self.of.programme, stage, site, fold(project).replace(" ", "-"))
        school = filled.text("etablissement")
        return {
            "participation": ".".join(part for part in parts if part),
            "list": "",
            "programme": self.of.programme,
            "call": call,
            "stage": stage,
            "implantation": site,
            "etablissement": re.sub(r"\D", "", school).lstrip("0"),
            "project": project,
            "amount_eur": _euro(number) if number else "",
            "occurred_on": filled.text("occurred_on"),
        }

    def _delivery(self, filled: ParsedRow, site: str) -> dict[str, str]:
        day = filled.text("delivered_on")
        if len(day) != len("2020-01-15"):
            raise CellRefused("delivered_on", message("“{value}” is no single day.", value=day))
        quantity = filled.numbers["quantity"]
        if quantity.value % 1 or quantity.precision or quantity.unit:
            raise CellRefused("quantity", message("A whole number is expected."))
        return {
            "list": "",
            "position": str(filled.row),
            "call": filled.text("call") or self.of.call,
            "lot": filled.text("lot"),
            "implantation": site,
            "quantity": plain(quantity.value),
            "delivered_on": day,
        }

    def _take(self, number: int, values: dict[str, str]) -> None:
        if self.is_delivery:
            key = tuple(values[name] for name in _DELIVERY)
            if self._delivered[key] > 0:
                self._delivered[key] -= 1
                self.already_there.append(number)
                return
        else:
            self._require_once(number, values)
            there = self._there.get(values["participation"])
            if there is not None:
                _require_same(values, there)
                self.already_there.append(number)
                return
            self._require_told_apart(values)
        self.taken.append(number)
        self._values.append((number, values))

    def _require_once(self, number: int, values: dict[str, str]) -> None:
        earlier = self._seen.setdefault(values["participation"], number)
        if earlier != number:
            raise CellRefused(
                "implantation",
                message("The same award stands in row {row} already; two projects of a site need their "
                        "numbers.", row=str(earlier)),
            )  # fmt: skip

    def _require_told_apart(self, values: dict[str, str]) -> None:
        """That of several awards of a site in a call each has a number: else they may be one."""
        others = self._numbered.setdefault(self._award_of(values), {})
        if others and ("" in others or values["project"] in ("", *others)):
            raise CellRefused(
                "project",
                message("This site has an award of this call already (“{key}”): only numbers of projects "
                        "tell two apart.", key=next(iter(others.values()))),
            )  # fmt: skip
        others[values["project"]] = values["participation"]

    def _award_of(self, values: dict[str, str]) -> tuple[str, ...]:
        """What a site has at most once where no project has a number, whichever of its numbers it has."""
        site = self.matcher.identity(values["implantation"])
        return (*(values[name] for name in ("programme", "call", "stage")), site)

    def _refuse(self, row: ForeignRow, *refused: CellRefused) -> None:
        self.refused += [refusal(self.table, row, one, self.form.fields) for one in refused]

    def rows(self) -> list[NewRow]:
        """The new rows: the list, and what it says; none where everything is there."""
        if not self._values:
            return []
        name = self._free_name()
        table = TABLE_BY_NAME["deliveries" if self.is_delivery else "participations"]
        header = {
            "list": name,
            "kind": self.of.kind,
            "programme": self.of.programme,
            "call": self.of.call,
            "known_on": self.of.known_on,
            "size": str(len(self._values)),
            "note": "",
        }
        first = NewRow("lists", TABLE_BY_NAME["lists"].path, header, self._values[0][0])
        return [first] + [
            NewRow(table.name, table.path, values | {"list": name}, number)
            for number, values in self._values
        ]

    def _free_name(self) -> str:
        taken = set(known_rows(self.project, "lists")["list"])
        stem = f"{self.of.call or self.of.programme}-{self.of.kind}-{self.of.known_on}"
        names = (stem, *(f"{stem}.{n}" for n in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def remarks(self) -> list[Message]:
        """What a person must know before confirming."""
        told = [
            message("Sites are those of the register {register}.", register=self.matcher.register)
        ]
        return [*told, *self.totals.remarks]


def _euro(number: ParsedNumber) -> str:
    """An amount in full. Raises `CellRefused` where it is about, or in another currency."""
    if number.precision or number.high is not None or number.unit not in ("", "EUR"):
        raise CellRefused("amount_eur", message("An amount in full, in euro, is expected."))
    return plain(number.value)


def _require_same(values: dict[str, str], there: dict[str, str]) -> None:
    for name in ("amount_eur", "occurred_on"):
        if values[name] != there[name]:
            raise CellRefused(
                name,
                message(
                    "“{key}” is there already with another content ({column}): “{there}” there, "
                    "“{here}” here.",
                    key=values["participation"], column=name, there=there[name], here=values[name],
                ),
            )  # fmt: skip
