"""Lists of schools as administrations make them, into raw rows: winners, equipped and connected sites,
deliveries.

A row is taken where its site is certain, and refused where it reaches a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from ennum_stats.errors import Message, Parameter, UsageError, message, unknown_name
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.forms import Form
from ennum_stats.imports.kind import ImportKind, ImportOptions
from ennum_stats.imports.lists.award_doubts import doubts_of_call, doubts_of_levels, renumbered
from ennum_stats.imports.lists.changes import ListChanges, list_changes
from ennum_stats.imports.lists.days import ListDays, past_day
from ennum_stats.imports.lists.list_rows import ListDoubts, is_header_again
from ennum_stats.imports.lists.loaded import Award, Delivery, ListOf, LoadedLists, Row, deliveries_there
from ennum_stats.imports.lists.reader import read_list
from ennum_stats.imports.lists.sender_titles import SenderTitles
from ennum_stats.imports.lists.titles import ListTitles
from ennum_stats.imports.lists.totals import Totals, is_total
from ennum_stats.imports.plan import FileChanges, NewRow
from ennum_stats.imports.questions import Doubt
from ennum_stats.imports.report import row_ranges
from ennum_stats.imports.row_reader import RowReader
from ennum_stats.imports.schools.aliases import TABLE, Aliases
from ennum_stats.imports.schools.contradictions import SiteDescription
from ennum_stats.imports.schools.matcher import Matcher, NumberContradicted
from ennum_stats.imports.schools.number_column import Contradictions, with_numbers_of
from ennum_stats.imports.spreadsheets.cell_values import ParsedRow
from ennum_stats.imports.spreadsheets.number_parser import CellRefused, ParsedNumber, plain
from ennum_stats.imports.spreadsheets.sheet import ForeignRow
from ennum_stats.periods import Period
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import today
from ennum_stats.typography import fold
from ennum_stats.vocabulary import LIST_KINDS


class SchoolListImport(ImportKind):
    """Hold a list of schools of one of the forms."""

    may_correct = True

    def __init__(self, form: Form) -> None:
        self.name, self.form = form.kind, form

    def changes(self, file: Path, destination: Destination, options: ImportOptions) -> FileChanges:
        """Read a list of schools.

        Raises also `UnknownName` for another call or programme, `UsageError` for none or an impossible day.
        """
        of, day = self.list_of(destination, options)
        days = ListDays.of_list(of, destination.frames["calls"])
        loaded = LoadedLists(destination, of)
        loaded.require_correctable()
        questions = options.questions
        sender = SenderTitles.of_list(self.form, options, destination)
        titles = ListTitles.of_list(of, sender.of_form, destination.frames)
        foreign, table, doubts = read_list(
            file, destination.project, sender.of_form, titles, questions, options
        )
        matcher = destination.matcher(day, foreign.name)
        table, corrected = with_numbers_of(table, matcher, foreign.name)
        reader = (DeliveryReader if self.name == "deliveries" else AwardReader)(
            table, self.form.fields, destination.choices,
            of=of, matcher=matcher, destination=destination, loaded=loaded, days=days,
            questions=questions, list_doubts=doubts, sites=options.sites,
            aliases=Aliases(dict(matcher.aliases), options.remembered_by),
        )  # fmt: skip
        reader.read()
        reader.new_rows += sender.new_rows(options.titles_remembered_by, table.header.number)
        known_at = max(today(), Period(of.known_on).last)
        register = message(
            "Sites are those of the register {register}.", register=reader.matcher.register.name
        )
        remarks = (
            register, *corrected, *doubts.remarks, *reader.totals.remarks, *reader.overlaps,
            *reader.remembered_remarks, *sender.remarks,
        )  # fmt: skip
        return replace(reader.changes(foreign, known_at, *remarks), corrected=reader.corrected)

    def list_of(self, destination: Destination, options: ImportOptions) -> tuple[ListOf, date]:
        """Say what a list is of, and give the day whose register counts. Raises `UnknownName` and `UsageError`."""
        frames = destination.frames
        call, programme = options.call, options.programme
        if options.replaces:
            rows = destination.rows("lists").fill_null("")
            lists = rows.rows_by_key("list", named=True, unique=True)
            if options.replaces not in lists:
                raise unknown_name(message("“{code}” is unknown.", code=options.replaces), lists)
            earlier = lists[options.replaces]
            call, programme = call or earlier["call"], programme or earlier["programme"]
        calls = {
            name: (of, valid_to)
            for name, of, valid_to in frames["calls"].select("call", "programme", "valid_to").rows()
        }
        programmes = frames["programmes"]["programme"].to_list()
        for name, known in ((call, list(calls)), (programme, programmes)):
            if name and name not in known:
                raise unknown_name(message("“{code}” is unknown.", code=name), known)
        code = programme or (calls[call][0] if call else LIST_KINDS[self.name].programme)
        if not code:
            raise UsageError(
                message("Of which call or programme is this list?"),
                where=f"import {self.name}",
                remedy=message(
                    "Say it: {call}, or {programme}.",
                    call=Parameter("call", "EN2020"),
                    programme=Parameter("programme", "cyberclasse"),
                ),
            )
        known_on = past_day(options.as_of or today().isoformat())
        day = Period(calls[call][1] if call else known_on.text).last
        return ListOf(self.name, code, call, known_on.text, options.replaces), day


@dataclass
class ListReader(RowReader):
    """Go through a list: sites are found, totals at its foot compared."""

    of: ListOf = field(kw_only=True)
    matcher: Matcher = field(kw_only=True)
    destination: Destination = field(kw_only=True)
    list_doubts: ListDoubts = field(kw_only=True)
    loaded: LoadedLists = field(kw_only=True)
    days: ListDays = field(kw_only=True)
    sites: Mapping[int, str] = field(kw_only=True)
    aliases: Aliases = field(kw_only=True)
    recognised: list[int] = field(default_factory=list, init=False)
    """Rows whose site is that of a remembered spelling."""
    totals: Totals = field(init=False)
    contradictions: Contradictions = field(default_factory=Contradictions, init=False)
    overlaps: list[Message] = field(default_factory=list, init=False)
    corrected: ListChanges | None = field(default=None, init=False)

    def finish(self, table: str, kind: type[Row], rows: Sequence[tuple[int, Row]]) -> None:
        """Make the raw rows of what was taken, compared with the list that it corrects, or that it overlaps.

        Raises `FileRefused` where most rows contradict their number or a total does not match, and
        `UsageError` where another list corrected the same one already.
        """
        self.new_rows += [
            NewRow(TABLE.name, TABLE.path, cells, row) for row, cells in self.aliases.new.items()
        ]
        self.contradictions.require_few(self.table)
        self.totals.require_matching(self.table)
        name = self.loaded.corrects
        if not name:
            same_list = tuple(self.loaded.overlaps(len(rows)))
            self.overlaps += self.loaded.remarks
            self.overlaps += [text for _, text in same_list if not rows]
            rows = self._without_doubtful(rows, *(same_list if rows else ()))
        elif not self._is_correction(name, table, kind, [row for _, row in rows]):
            return
        self._write(table, self._without_doubtful(rows, *self.loaded.longer(len(rows))))

    def _without_doubtful(
        self, rows: Sequence[tuple[int, Row]], *doubts: Doubt, only: Collection[int] | None = None
    ) -> Sequence[tuple[int, Row]]:
        """Ask about rows that were taken until now (`only` some, or all); set them aside unless they are to be
        taken."""
        for doubt in doubts:
            numbers = [number for number, _ in rows if only is None or number in only]
            self.questions.ask(*doubt, *numbers)
            going = {number for number in numbers if not self.questions.takes(doubt[0], number)}
            rows = [row for row in rows if row[0] not in going]
            self.taken = [number for number in self.taken if number not in going]
            self.set_aside += sorted(going)
        return rows

    def _is_correction(self, name: str, table: str, kind: type[Row], rows: Sequence[Row]) -> bool:
        """Compare the rows with those of a list; say whether they are to take its place. A list of the same
        content is there already."""
        before = [row for _, row in self.loaded.rows(table, kind, only=name)]
        self.corrected = list_changes(name, before, rows, self.matcher.register.identity, self.destination)
        if self.corrected.is_nothing:
            self.already_there += self.taken
            self.taken.clear()
            return False
        self.loaded.require_last()
        unread = len({refusal.row for refusal in self.refused}) + len(self.set_aside)
        if self.corrected.went and unread:
            gone = message(
                "Rows of the list {name} that this file does not have: {gone}; its own rows that are refused "
                "or set aside, and may be the same: {unread}. To take the list as it is means that they go.",
                name=name, gone=len(self.corrected.went), unread=unread,
            )  # fmt: skip
            return self.questions.ask("rows-gone", gone) or "rows-gone" not in self.questions.leave
        return True

    def passes_over(self, row: ForeignRow) -> bool:
        """Leave out the header where it stands again, and totals."""
        if row.number in self.list_doubts.starts:
            self.totals.begin_section()
        if any(before < row.number for before in self.list_doubts.sheets):
            self.list_doubts.sheets = {before for before in self.list_doubts.sheets if before > row.number}
            self.totals.require_matching(self.table)  # a foot is that of its sheet
            self.totals.begin_section()
        if super().passes_over(row) or is_header_again(row, self.table):
            return True
        if is_total(row, self.table):
            self.totals.foot(row, self.table)
            return True
        return False

    def doubts(self, row: ForeignRow) -> Iterator[Doubt]:
        """Say what is doubtful in a row, its section and what was decided of it included."""
        yield from super().doubts(row)
        yield from self.list_doubts.of_row.get(row.number, ())

    def note(self, parsed: ParsedRow, refused: Sequence[CellRefused], *, is_certain: bool) -> None:
        """Add the number of a row to the sums, whether or not it is taken."""
        self.totals.unread += sum(refusal.key == self.totals.key for refusal in refused)
        self.totals.add(parsed.numbers.get(self.totals.key), is_certain=is_certain)

    def site(self, parsed: ParsedRow) -> str:
        """Find the site that a row means. Raises `CellRefused`."""
        given = SiteDescription(**parsed.given(*SiteDescription.__slots__))
        if chosen := self._chosen.get(given):
            site = self.matcher.site(SiteDescription(implantation=chosen))
            self.aliases.remember(given, site, parsed.row)
            return site
        try:
            site = self.matcher.site(given)
        except CellRefused as refused:
            is_contradicted = isinstance(refused, NumberContradicted)
            self.contradictions.judge(given, is_contradicted=is_contradicted)
            raise
        self.contradictions.judge(given, is_contradicted=False)
        if given in self.matcher.by_alias:
            self.recognised.append(parsed.row)
        return site

    @property
    def remembered_remarks(self) -> Iterator[Message]:
        """Tell which sites were recognised by remembered spellings, and which choices are remembered, and are not."""
        if rows := self.recognised:
            yield message("Schools recognised by a spelling that is remembered, rows ({n}): {rows}.",
                          n=len(rows), rows=row_ranges(rows))  # fmt: skip
        if rows := self.aliases.forgotten:
            yield message("Not remembered, since many schools may be called so, rows ({n}): {rows}.",
                          n=len(rows), rows=row_ranges(rows))  # fmt: skip
        for row, alias in self.aliases.other.items():
            yield message("Not remembered, since another site is, row {row}: ennum remove alias {alias}",
                          row=str(row), alias=alias)  # fmt: skip

    @cached_property
    def _chosen(self) -> dict[SiteDescription, str]:
        """The sites that a person chose, by what the rows say: the same spelling means the same site."""
        return {
            SiteDescription(**self.parsed(row)[0].given(*SiteDescription.__slots__)): self.sites[row.number]
            for row in self.table.rows
            if row.number in self.sites
        }

    def _write(self, table: str, rows: Sequence[tuple[int, Award | Delivery]]) -> None:
        """Make the raw rows of a list: itself, and what it says; none where everything is there."""
        if not rows:
            return
        of, name = self.of, self._free_name()
        header = {
            "list": name, "kind": of.kind, "programme": of.programme, "call": of.call,
            "known_on": of.known_on, "size": str(len(rows)), "replaces": self.loaded.corrects, "note": "",
        }  # fmt: skip
        self.new_rows.append(NewRow("lists", TABLE_BY_NAME["lists"].path, header, rows[0][0]))
        declared = TABLE_BY_NAME[table]
        for number, row in rows:
            cells = vars(row) | {"list": name}
            values = {column: cells[column] for column in declared.column_names}
            self.new_rows.append(NewRow(table, declared.path, values, number))

    def _free_name(self) -> str:
        taken = set(self.destination.rows("lists")["list"])
        stem = f"{self.of.call or self.of.programme}-{self.of.kind}-{self.of.known_on}"
        names = (stem, *(f"{stem}.{n}" for n in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)


@dataclass
class DeliveryReader(ListReader):
    """Go through a list of deliveries: two alike are two, unless they are there already."""

    def __post_init__(self) -> None:
        self.totals = Totals("quantity")
        self._rows: list[tuple[int, Delivery]] = []
        self._there, self._past = deliveries_there(self.loaded)

    def read(self) -> None:
        """Read all rows, and make the raw ones."""
        super().read()
        self.finish("deliveries", Delivery, self._rows)

    def take(self, parsed: ParsedRow) -> bool:
        """Take a delivery of a whole number of devices on a single day."""
        site, day = self.site(parsed), parsed.text("delivered_on")
        if len(day) != len("2020-01-15"):
            raise CellRefused("delivered_on", message("“{value}” is no single day.", value=day))
        quantity = parsed.numbers["quantity"]
        if quantity.value % 1 or quantity.precision or quantity.unit:
            raise CellRefused("quantity", message("A whole number is expected."))
        row = Delivery(
            position=str(parsed.row), call=parsed.text("call") or self.of.call, lot=parsed.text("lot"),
            implantation=site, quantity=plain(quantity.value), delivered_on=day,
        )  # fmt: skip
        self.days.require_possible("delivered_on", day, row.call)
        for name, there in self._there.items():
            if there[row.key] > 0:
                there[row.key] -= 1
                self.loaded.shared[name] += 1
                return False
        if self._past[row.key] > 0:
            self._past[row.key] -= 1
            self.loaded.past += 1
            return False
        self.questions.require_taken(parsed.row, *doubts_of_call(row.call, self.of.call))
        self._rows.append((parsed.row, row))
        return True


@dataclass
class AwardReader(ListReader):
    """Go through a list of sites that won, were equipped or connected: each stands in it once, unless
    numbers of projects tell several awards apart."""

    def __post_init__(self) -> None:
        self.totals = Totals("amount_eur")
        self._rows: list[tuple[int, Award]] = []
        self._seen: dict[str, int] = {}
        rows = self.loaded.rows("participations", Award)
        self._there = {award.participation: (name, award) for name, award in rows if self.loaded.counts(name)}
        counting = {award.content for _, award in self._there.values()}
        past = {award.content for name, award in rows if self.loaded.counted_once(name)}
        self._past = past - counting
        self._numbered: dict[tuple[str, ...], dict[str, str]] = {}
        for _, award in self._there.values():
            self._numbered.setdefault(self._award_of(award), {})[award.project] = award.participation

    def read(self) -> None:
        """Read all rows, and make the raw ones."""
        super().read()
        self._ask_about_renumbered()
        self.finish("participations", Award, self._rows)

    def take(self, parsed: ParsedRow) -> bool:
        """Take an award that stands only once in the list, and is not there yet."""
        award = self._award(parsed, self.site(parsed))
        self.days.require_possible("occurred_on", award.occurred_on, award.call)
        is_past = award.content in self._past
        if not is_past and award.participation not in self._there:
            self.questions.require_taken(
                parsed.row,
                *doubts_of_call(award.call, self.of.call),
                *doubts_of_levels(award.implantation, self.matcher.register),
            )
        earlier = self._seen.setdefault(award.participation, parsed.row)
        if earlier != parsed.row:
            raise CellRefused(
                "implantation",
                message("The same award stands in row {row} already; two projects of a site need their "
                        "numbers.", row=str(earlier)),
            )  # fmt: skip
        if is_past:
            self.loaded.past += 1
            return False
        if award.participation in self._there:
            self._require_same(award, *self._there[award.participation])
            return False
        self._require_distinct(award)
        self._rows.append((parsed.row, award))
        return True

    def _ask_about_renumbered(self) -> None:
        """Ask about awards that a list which counts seems to have under other numbers; leave them out unless
        they are to be taken."""
        there: dict[str, list[Award]] = {}
        for name, award in self._there.values():
            there.setdefault(name, []).append(award)
        for doubt, rows in renumbered(self._rows, self._seen.keys(), there, self._award_of):
            self._rows = [*self._without_doubtful(self._rows, doubt, only=rows)]

    def _award(self, parsed: ParsedRow, site: str) -> Award:
        call = parsed.text("call") or self.of.call
        stage = parsed.text("stage") or LIST_KINDS[self.of.kind].stage
        project = parsed.text("project")
        number = parsed.numbers.get("amount_eur")
        parts = (call or self.of.programme, stage, site, fold(project).replace(" ", "-"))
        return Award(
            participation=".".join(part for part in parts if part),
            programme=self.of.programme,
            call=call,
            stage=stage,
            implantation=site,
            etablissement=re.sub(r"\D", "", parsed.text("etablissement")).lstrip("0"),
            project=project,
            amount_eur=_euro(number) if number else "",
            occurred_on=parsed.text("occurred_on"),
        )

    def _require_same(self, award: Award, name: str, there: Award) -> None:
        """Require that an award which a list has already has the same amount and day."""
        for column in ("amount_eur", "occurred_on"):
            here, known = getattr(award, column), getattr(there, column)
            if here != known:
                self.loaded.differing[name] += 1
                raise CellRefused(
                    column,
                    message(
                        "“{key}” is there already with another content ({column}): “{there}” there, "
                        "“{here}” here.",
                        key=award.participation, column=column, there=known, here=here,
                    ),
                )  # fmt: skip
        self.loaded.shared[name] += 1

    def _require_distinct(self, award: Award) -> None:
        """Require that of several awards of a site in a call each has a number: else they may be one."""
        others = self._numbered.setdefault(self._award_of(award), {})
        if others and ("" in others or award.project in ("", *others)):
            raise CellRefused(
                "project",
                message("This site has an award of this call already (“{key}”): only numbers of projects "
                        "tell two apart.", key=next(iter(others.values()))),
            )  # fmt: skip
        others[award.project] = award.participation

    def _award_of(self, award: Award) -> tuple[str, ...]:
        """Give what a site has at most once where no project has a number, whichever of its numbers it
        has."""
        site = self.matcher.register.identity(award.implantation)
        return award.programme, award.call, award.stage, site


def _euro(number: ParsedNumber) -> str:
    """Write an amount in full. Raises `CellRefused` where it is about, or in another currency."""
    if number.precision or number.high is not None or number.unit not in ("", "EUR"):
        raise CellRefused("amount_eur", message("An amount in full, in euros, is expected."))
    return plain(number.value)
