"""The measures as methods of an opened store, each giving a typed table with its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic

from ennum_stats.errors import Message, Parameter, message, unknown_name
from ennum_stats.files.boundary import translated_errors
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_calendar
from ennum_stats.measures.columns import triple
from ennum_stats.measures.frames.listed_tables import ListedTables
from ennum_stats.measures.frames.table_store import (
    BudgetsBy,
    CoverageBy,
    FrameT,
    MeasureName,
    WinnersBy,
    dimension_of,
    require_column,
)
from ennum_stats.measures.measure_table import MeasureTable, kinds_of, records
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.store.answers import Answer, sum_of_known

if TYPE_CHECKING:
    from ennum_stats.measures.frames.shapes import Labels, Shape
    from ennum_stats.store.school_rows import Within

_TOTAL = message("The sum of {number}, with its bounds.")


@dataclass(frozen=True)
class Total:
    """Hold the sum of a number of a measure."""

    number: str
    value: Answer


@dataclass(frozen=True)
class Measured(ListedTables[FrameT], Generic[FrameT]):
    """A ledger whose measures are asked by name: `store.winners()`.

    Every table takes `shape` ("wide": one column a number, with `_lower` and `_upper`; "long": one row a
    number), `labels` (a language: adds a column of names beside each code) and `provenance` (adds the
    documents and published numbers behind each row). `by` is one dimension, or two.
    """

    @translated_errors()
    def winners(
        self,
        by: WinnersBy | Sequence[WinnersBy] = "call",
        *,
        levels: Sequence[str] = (),
        prices: str = NOMINAL,
        within: Within | None = None,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the projects of the calls of École Numérique submitted and awarded, with budgets and grants.

        One row is one call, in the order of its school years; `by="school_year"` gives the same rows under
        their school years (EN3 covers two). Population: the projects of Wallonia, promotion sociale
        included. A project is not a school: a school may win several. Reads what was known on the store's
        day.

        Columns, each with `_lower` and `_upper`: `projects_introduced`, `projects_awarded`,
        `projects_cumulated` (only a lower bound where a call before is not known), `projects_change` (from
        the call before), `projects_planned`: projects; `selection_rate` (awarded of introduced),
        `awarded_of_planned`: shares; `applicants_per_winner` (introduced for one awarded);
        `budget_awarded`, `budget_cumulated`, `budget_planned`: EUR; `mean_grant`, `mean_grant_planned`: EUR
        a project. Then `status` (SDMX) and `missing_reason`. Amounts are those of their time, or of a year:
        `prices="real:2019"`.

        By level, network, province, commune or `repeats` (the number of projects of a site), or by two of
        them, projects are counted from the lists of winners known on the day, and one row is one such part
        of the sites of the register (`levels`: compulsory, adult; both unless told; `within`: only of these
        places). A site stands in each of its levels and networks. Projects of sites that are not in the
        register are in the row `not_in_register`. Columns: those of `by`, `incomplete` (calls of which
        lists are missing or not complete: while there are any, every number is a lower bound, and `repeats`
        are "1+", "2+" …), `lists`, `registers`; `projects`; `sites` (implantations with a project),
        `universe_sites` (all), `projects_per_1000_sites`, `amount_eur` (at least that, where not every row
        of a list tells it). By `programme` and by `year` (in which the school years of the calls began) all
        sites of the lists count, in the register or not.

        Raises `UnknownName` for another `by` or level.

        >>> store.winners()[["call", "projects_awarded"]]  # doctest: +SKIP
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("winners", by, form, levels=levels, prices=prices, within=within)

    @translated_errors()
    def budgets(
        self,
        by: BudgetsBy | Sequence[BudgetsBy] = "programme",
        *,
        prices: str = NOMINAL,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give what the Region spent on, or awarded to, the digital equipment of schools, in euro.

        One row is one programme, call, component of Cyberclasse, or year. École Numérique is the sum of the
        budgets awarded to its calls, and only a lower bound where the budget of a call that took place is
        not known (`calls_not_known`); francs are converted at the official rate. `not_detailed` is what the
        published components leave of Cyberclasse. By year an amount of several years is bounded by nothing
        and the whole, never spread evenly (`ennum_stats.allocate` does, as your assumption): there `value`
        is missing unless the whole span lies in the year. `store.total("budgets", by="year")` sums years as
        they are known together.

        `prices="real:2019"` gives the amounts at the prices of 2019, by the Belgian consumer price index
        (yearly mean; World Bank); an amount of a span of years then has bounds and no value. Reads what was
        known on the store's day; a rounded print is in the bounds.

        Columns: `prices`; that of `by`, `valid_from`, `valid_to` where there are any; `value`, `lower`,
        `upper` (EUR), `unit`, `precision`, `status`, `missing_reason`; by year also `cumulated`, with its
        bounds.

        Raises `UnknownName` for another `by`, `UsageError` for prices that cannot be computed.

        >>> store.budgets(by="call", prices="real:2019")[["call", "lower", "upper"]]  # doctest: +SKIP
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("budgets", by, form, prices=prices)

    @translated_errors()
    def coverage(  # noqa: PLR0913 - each is an option of its own
        self,
        by: CoverageBy | Sequence[CoverageBy] = "programme",
        *,
        universe: str | None = None,
        calls: Sequence[str] = (),
        without: Sequence[str] = (),
        programme: str = "",
        levels: Sequence[str] = (),
        within: Within | None = None,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the share of school sites that each programme has reached, as far as documents and lists tell.

        One row is one programme on one universe: all universes, or the one that is named. The universe of
        about 3,800 implantations is given in the three readings of its 300 of promotion sociale. What is
        only bounded has no value: `sites` and `share` are missing and the bounds say what is known.

        Of École Numérique, documents only bound the sites; the bounds are sharp, and given in two rows, by
        `basis`: documents and logic alone, and `one_project_a_site` (also that a site has at most one
        project a call). The first is `proved` where no number is "about"; a universe of about 3,800 makes
        it `convention`. What lists of winners tell is in these bounds. Where a register was loaded, and the
        lists of a programme are complete (of École Numérique those of all calls that are known), the
        programme is counted instead: one row (`counted`) on the universe `register`, at least so many while
        a call that took place is not known. A universe that is named is bounded all the same; `register`
        counts whatever lists there are, or bounds by what is published where there are none. `calls` asks
        for the sites with a project in one of these calls or sets of calls, and for no other programme;
        `without` switches rules off (`store.rules()` lists them).

        Columns: `programme`, `universe`, `counted` (the unit of `sites`), `sites` and `share` with `_lower`
        and `_upper`, `comparable` (where not, there is no share), `assumptions` (sentences in English:
        readings, assumptions, or why it is not comparable), `basis`, `calls_covered`, `calls_not_known`,
        `status`, `missing_reason`.

        With another `by`, or two, one row is one part of the sites of the last register known (`levels`:
        compulsory, adult; both unless told), counted from the lists of a `programme` (École Numérique
        unless told, "all" for any): `level`, `network`, `province`, `commune`, `call`, or `repeats` (how
        many participations a site has: 0, 1, 2 …). Columns: those of `by`, `basis`, `calls_covered`,
        `calls_not_known`, `incomplete` (calls and programmes of which lists are missing or not complete),
        `lists`, `registers`, `sites` (reached), `universe_sites`, `share`. While any are incomplete, sites
        and shares are only lower bounds, and `repeats` are "1+", "2+" … A site stands in each of its levels
        and networks; those that the register does not have are in the row `not_in_register`. `by="year"`
        cumulates from the beginning, and also works without lists.

        Reads what was known on the store's day; "about" is in the bounds.
        Where no sites can satisfy everything that is stated, the answer is missing (`contradicted`) and
        `assumptions` name what cannot all be true. Raises `UnknownName` for a universe, call, rule, level
        or `by` that does not exist, and `UsageError` where two do not go together.

        >>> store.coverage(calls=["EN1", "EN2019"], without=["en2020_closed_to_former"])  # doctest: +SKIP
        """
        form = self._wanted(shape, labels, provenance)
        asked = {"calls": calls, "without": without, "programme": programme, "levels": levels}
        if universe is None:
            return self._table("coverage", by, form, within=within, **asked)
        from ennum_stats.measures.catalogue import TABLES
        from ennum_stats.measures.coverage.coverage_table import coverage_table
        from ennum_stats.measures.frames.known_codes import require_known

        require_known(self, universe=universe, within=within, **asked)
        told = dimension_of("coverage", by)
        table = coverage_table(self, told, calls, without, programme, levels, universe, within)
        return self._shaped("coverage", TABLES["coverage"].description, table, form)

    @translated_errors()
    def sensitivity(self, *, calls: Sequence[str] = (), universe: str | None = None) -> FrameT:
        """Give the coverage of calls with all rules, then without each of them: how far each narrows it.

        >>> store.sensitivity(calls=["EN1", "EN2019"])[["without", "sites_lower"]]  # doctest: +SKIP
        """
        from ennum_stats.measures.coverage.coverage_table import coverage_rows
        from ennum_stats.measures.frames.known_codes import require_known

        require_known(self, calls=calls, universe=universe)
        rows = []
        for without in ((), *((row["rule"],) for row in self.records("rules"))):
            table = coverage_rows(self, universe, calls, without)
            of_calls = [r for r in table.rows if r.programme == ECOLE_NUMERIQUE and r.comparable]
            told = records(replace(table, rows=of_calls))
            rows += [{"without": " ".join(without)} | row for row in told]
        kinds = kinds_of(table)
        names = ["universe", "basis", *triple("sites"), *triple("share")]
        return self._listing(rows, {"without": "text", **{name: kinds[name] for name in names}})

    @translated_errors()
    def connectivity(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the progress of the pilot of internal connectivity: implantations selected, and with Wi-Fi.

        One row is the programme, at the last day for which its state is known. Population: implantations of
        Wallonia. Reads what was known on the store's day.

        Columns, each with `_lower` and `_upper`: `sites_selected`, `sites_installed` (implantations),
        `progress` (share of those selected), `budget_spent` (EUR), `cost_per_site` (EUR an implantation;
        only bounds, because the budget is for those selected or for those installed when it was printed:
        the text allows both).

        >>> store.connectivity()[["sites_selected", "sites_installed"]]  # doctest: +SKIP
        """
        return self._table("connectivity", "programme", self._wanted(shape, labels, provenance))

    @translated_errors()
    def staff(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the persons of the Region's team, by programme and function.

        One row is a programme's team, or one function in it (`component`; empty for the whole team), for
        the days `valid_from` to `valid_to`. Functions that a document names lie inside its whole; they are
        not all of it. Reads what was known on the store's day.

        Columns: `programme`, `component`, `valid_from`, `valid_to`, `value`, `lower`, `upper` (persons; a
        team that "varies between 14 and 16" has no value), `unit`, `precision`, `status`, `missing_reason`.

        >>> store.staff()[["programme", "component", "value"]]  # doctest: +SKIP
        """
        return self._table("staff", "component", self._wanted(shape, labels, provenance))

    @translated_errors()
    def equipment(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give the kinds of equipment offered: types of desktop computer, then lots of the catalogue.

        One row is a programme or a call; `stage` says `planned` where the lots were only announced (the
        lots of the call before, and those to be added). Reads what was known on the store's day.

        Columns: `programme`, `call`, `stage`, `value`, `lower`, `upper` (in `unit`: types or lots, which
        are not the same thing), `unit`, `precision`, `status`, `missing_reason`.

        >>> store.equipment()[["programme", "call", "value", "unit"]]  # doctest: +SKIP
        """
        return self._table("equipment", "call", self._wanted(shape, labels, provenance))

    @translated_errors()
    def targets(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give every number that was ever planned or announced, beside what was reached of it.

        One row is one number of one document, in the order of programmes, subjects and days. Reads what was
        known on the store's day.

        Columns: `programme`, `call`, `component`, `target` (the measure announced), `counted`, `known_on`
        (the day from which it was known), `source_id`, `planned` and `reached` (in the unit counted; money
        in EUR), `share` (of what was planned; more than 1 where more was reached), each with `_lower` and
        `_upper`, `status`, `missing_reason`. `reached` is missing where no later document tells it.

        >>> store.targets()[["target", "planned", "reached"]]  # doctest: +SKIP
        """
        return self._table("targets", "target", self._wanted(shape, labels, provenance))

    @translated_errors()
    def total(
        self,
        measure: MeasureName,
        number: str = "",
        *,
        by: str = "",
        calls: Sequence[str] = (),
        prices: str = NOMINAL,
    ) -> FrameT:
        """Sum a number of a measure as it is known: one row, with value and bounds.

        `calls` keeps the rows of these calls. Where part of it is not known, only a lower bound is given.
        Amounts by year are summed as the spans of years that they come from, so that the bounds are those
        of the whole, not the sum of those of each year.

        Raises `UsageError` for a number that does not add up: a share, a mean, a change.

        >>> store.total("winners", "projects_awarded", calls=["EN1", "EN2"])  # doctest: +SKIP
        """
        from ennum_stats.measures.catalogue import TABLES
        from ennum_stats.measures.frames.known_codes import require_known

        table = self._rows(measure, by, prices=prices)
        told = by or TABLES[measure].by[0]
        if calls:
            require_known(self, calls=calls)
            meant = call_calendar(self).asked(calls)
            require_column(table, "call", Parameter("calls"))
            table = replace(table, rows=[r for r in table.rows if table.cell(r, "call") in meant])
        is_of_spans = told == "year" and "cumulated" in table.answers
        adding = (
            ["value"]
            if is_of_spans
            else [n for n in table.answers if told in TABLES[measure].numbers[n].adds_over]
        )
        wanted = number or next(iter(adding), "")
        if wanted not in adding:
            raise unknown_name(
                message("{measure} by “{by}” has no sum of “{name}”.", measure=measure, by=told,
                        name=wanted or "–"),
                adding, where=Parameter("number"),
            )  # fmt: skip
        answers = [table.cell(row, wanted) for row in table.rows]
        if is_of_spans:
            answers = [table.cell(row, "cumulated") for row in table.rows[-1:]]
        one = MeasureTable([Total(wanted, sum_of_known(answers))], Total)
        title = Message(_TOTAL.text, {"number": wanted})
        return self._shaped(measure, title, one, self._wanted())

    @translated_errors()
    def measures(self) -> FrameT:
        """List the measures, the dimensions by which each is given, and its options."""
        from ennum_stats.measures.catalogue import TABLES

        rows = [
            {
                "measure": one.name,
                "description": str(one.description),
                "by": [by for by in one.by if by],
                "two_at_once": list(one.pairs),
                "options": list(one.options),
            }
            for one in TABLES.values()
        ]
        return self._listing(rows)
