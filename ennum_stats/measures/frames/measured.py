"""The measures as methods of an opened store, each giving a typed table with its bounds.

Generated from the measures by `python -m tools.store_methods`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from ennum_stats.files.boundary import translated_errors
from ennum_stats.measures.frames.base import FrameT, TableStore
from ennum_stats.measures.frames.names import BudgetsBy, CoverageBy, DeliveriesBy, SitesBy, WinnersBy
from ennum_stats.measures.prices import NOMINAL

if TYPE_CHECKING:
    from ennum_stats.measures.frames.shapes import Labels, Shape
    from ennum_stats.store.school_rows import Within


@dataclass(frozen=True)
class Measured(TableStore[FrameT], Generic[FrameT]):
    """Hold a ledger whose measures are asked by name: `store.winners()`.

    Every table takes `shape` ("wide": one column a number, with `_lower` and `_upper`; "long": one row a
    number), `labels` (a language: adds a column of names beside each code) and `provenance` (adds the
    documents and published numbers behind each row). `by` is one dimension, or two.
    """

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
        budgets awarded to its calls, and only a lower bound where the budget of a call that took place is not
        known (`calls_not_known`); francs are converted at the official rate. `not_detailed` is what the published
        components leave of Cyberclasse. By year an amount of several years is bounded by nothing and the whole,
        never spread evenly (`ennum_stats.allocate` does, as your assumption): there `value` is missing unless the
        whole span lies in the year; a call that took place and is not known may have awarded any amount in its own.
        `store.total("budgets", by="year")` sums years as they are known together.

        `prices="real:2019"` gives the amounts at the prices of 2019, by the Belgian consumer price index (yearly
        mean; World Bank); an amount of a span of years then has bounds and no value. Reads what was known on the
        store's day; a rounded print is in the bounds.

        Columns by `programme`: `prices`, `programme`, `valid_from`, `valid_to`, `calls_not_known`, `value`
        (EUR), `lower`, `upper`, `unit`, `precision`, `status`, `missing_reason`.

        Columns by `call`: `prices`, `call`, `programme`, `school_year`, `valid_from`, `valid_to`, `value`
        (EUR), `lower`, `upper`, `unit`, `precision`, `status`, `missing_reason`.

        Columns by `component`: `prices`, `programme`, `component`, `value` (EUR), `lower`, `upper`, `unit`,
        `precision`, `status`, `missing_reason`.

        Columns by `year`: `prices`, `year`, `calls_not_known`, `value` (EUR), `cumulated` (EUR), each with
        `_lower` and `_upper`, `status`, `missing_reason`.

        Raises `UnknownName` for another `by`, `UsageError` for prices that cannot be computed.

        >>> store.budgets(by="call", prices="real:2019")[["call", "lower", "upper"]]
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("budgets", by, form, prices=prices)

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

        One row is one call, in the order of its school years; `by="school_year"` gives the same rows under their
        school years (EN3 covers two). Population: the projects of Wallonia, promotion sociale included. A project
        is not a school: a school may win several. Amounts are those of their time, or of a year:
        `prices="real:2019"`. Reads what was known on the store's day.

        By level, network, province, commune or `repeats` (the number of projects of a site), or by two of them,
        projects are counted from the lists of winners known on the day, and one row is one such part of the sites
        of the register (`levels`: compulsory, adult; both unless told; `within`: only of these places). A site
        stands in each of its levels and networks. Projects of sites that are not in the register are in the row
        `not_in_register`. `incomplete` are the calls of which lists are missing or not complete: while there are
        any, every number is a lower bound, and `repeats` are "1+", "2+" … By `programme` and by `year` (in which
        the school years of the calls began) all sites of the lists count, in the register or not.

        Columns by `call`, `school_year`: `call`, `school_year`, `prices`, `projects_introduced` (projects),
        `projects_awarded` (projects), `selection_rate` (share; awarded of submitted),
        `applicants_per_winner` (projects/project; submitted for one awarded), `projects_cumulated`
        (projects; only a lower bound where a call before is not known), `budget_awarded` (EUR),
        `budget_cumulated` (EUR), `mean_grant` (EUR/project), `projects_change` (projects),
        `projects_planned` (projects), `budget_planned` (EUR), `mean_grant_planned` (EUR/project),
        `awarded_of_planned` (share), each with `_lower` and `_upper`, `status`, `missing_reason`.

        Columns by `level`, `network`, `province`, `commune`, `repeats`, `programme`, `year`: those of `by`,
        `incomplete`, `lists`, `registers`, `projects` (projects), `sites` (implantations; with a project),
        `universe_sites` (implantations; all of them), `projects_per_1000_sites` (per_1000_sites),
        `amount_eur` (EUR; at least that, where not every row of a list tells it), each with `_lower` and
        `_upper`, `status`, `missing_reason`.

        Raises `UnknownName` for another `by` or level.

        >>> store.winners()[["call", "projects_awarded"]]
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("winners", by, form, levels=levels, prices=prices, within=within)

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

        One row is one programme on one universe: all universes, or the one that is named. The universe of about
        3,800 implantations is given in the three readings of its 300 of promotion sociale. What is only bounded
        has no value: `sites` and `share` are missing and the bounds say what is known.

        Of École Numérique, documents only bound the sites; the bounds are sharp, and given in two rows, by
        `basis`: documents and logic alone, and `one_project_a_site` (also that a site has at most one project a
        call). The first is `proved` where no number is "about"; a universe of about 3,800 makes it `convention`.
        What lists of winners tell is in these bounds. Where a register was loaded, and the lists of a programme
        are complete (of École Numérique those of all calls that are known), the programme is counted instead: one
        row (`counted`) on the universe `register`. While a call that took place (or one asked for) is not known,
        there is a lower bound alone: `calls=["EN1_EN2020"]` bounds those calls on both sides. A
        universe that is named is bounded all the same; `register` counts whatever lists there are, or bounds by
        what is published where there are none. `calls` asks for the sites with a project in one of these calls or
        sets of calls, and for no other programme; `without` switches rules off (`store.rules()` lists them).

        With another `by`, or two, one row is one part of the sites of the last register known (`levels`:
        compulsory, adult; both unless told), counted from the lists of a `programme` (École Numérique unless
        told, "all" for any): `level`, `network`, `province`, `commune`, `call`, or `repeats` (how many
        participations a site has: 0, 1, 2 …). `incomplete` are calls and programmes of which lists are missing or
        not complete. While any are incomplete, sites and shares are only lower bounds, and `repeats` are "1+",
        "2+" … A site stands in each of its levels and networks; those that the register does not have are in the
        row `not_in_register`. `by="year"` cumulates from the beginning, and also works without lists.

        Reads what was known on the store's day; "about" is in the bounds. Where no sites can satisfy everything
        that is stated, the answer is missing (`contradicted`) and `assumptions` name what cannot all be true.
        Raises `UnknownName` for a universe, call, rule, level or `by` that does not exist, and `UsageError` where
        two do not go together.

        Columns by `programme`: `programme`, `universe`, `counted`, `comparable` (where not, there is no
        share), `assumptions` (sentences in English: readings, assumptions, or why it is not comparable),
        `basis`, `calls_covered`, `calls_not_known`, `sites` (implantations), `universe_sites`
        (implantations), `share` (share), each with `_lower` and `_upper`, `status`, `missing_reason`.

        Columns by `year`: `year`, `basis`, `calls_covered`, `calls_not_known`, `lists`, `sites`
        (implantations), `share` (share), each with `_lower` and `_upper`, `status`, `missing_reason`.

        Columns by `call`, `level`, `network`, `province`, `commune`, `repeats`: those of `by`, `basis`,
        `calls_covered`, `calls_not_known`, `incomplete`, `lists`, `registers`, `sites` (implantations),
        `universe_sites` (implantations; all of them), `share` (share), each with `_lower` and `_upper`,
        `status`, `missing_reason`.

        >>> store.coverage(calls=["EN1", "EN2019"], without=["en2020_closed_to_former"])
        """
        form = self._wanted(shape, labels, provenance)
        return self._table(
            "coverage",
            by,
            form,
            universe=universe,
            calls=calls,
            without=without,
            programme=programme,
            levels=levels,
            within=within,
        )

    @translated_errors()
    def connectivity(
        self, *, shape: Shape = "wide", labels: Labels | None = None, provenance: bool = False
    ) -> FrameT:
        """Give the progress of the pilot of internal connectivity: implantations selected, and with Wi-Fi.

        One row is the programme, at the last day for which its state is known. Population: implantations of
        Wallonia. Reads what was known on the store's day.

        Columns: `programme`, `sites_selected` (implantations), `sites_installed` (implantations),
        `progress` (share; of those selected), `budget_spent` (EUR), `cost_per_site` (EUR/implantation; only
        bounds, because the budget is for those selected or for those installed when it was printed: the
        text allows both), each with `_lower` and `_upper`, `status`, `missing_reason`.

        >>> store.connectivity()[["sites_selected", "sites_installed"]]
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("connectivity", "programme", form)

    @translated_errors()
    def staff(
        self, *, shape: Shape = "wide", labels: Labels | None = None, provenance: bool = False
    ) -> FrameT:
        """Give the persons of the Region's team, by programme and function.

        One row is a programme's team, or one function in it (`component`; empty for the whole team), for the days
        `valid_from` to `valid_to`. Functions that a document names lie inside its whole; they are not all of it.
        Reads what was known on the store's day.

        Columns: `programme`, `component`, `valid_from`, `valid_to`, `value` (persons; a team that varies
        between 14 and 16 has no value), `lower`, `upper`, `unit`, `precision`, `status`, `missing_reason`.

        >>> store.staff()[["programme", "component", "value"]]
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("staff", "component", form)

    @translated_errors()
    def equipment(
        self, *, shape: Shape = "wide", labels: Labels | None = None, provenance: bool = False
    ) -> FrameT:
        """Give the kinds of equipment offered: types of desktop computer, then lots of the catalogue.

        One row is a programme or a call; `stage` says `planned` where the lots were only announced (the lots of
        the call before, and those to be added). Reads what was known on the store's day.

        Columns: `programme`, `call`, `stage`, `value` (in `unit`: types or lots, which are not the same
        thing), `lower`, `upper`, `unit`, `precision`, `status`, `missing_reason`.

        >>> store.equipment()[["programme", "call", "value", "unit"]]
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("equipment", "call", form)

    @translated_errors()
    def sites(
        self,
        by: SitesBy | Sequence[SitesBy] = "",
        *,
        levels: Sequence[str] = (),
        within: Within | None = None,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Count school sites (implantations) and schools (établissements), as the registers list them.

        One row is a network, level, province or commune (`by`), one in another (`["level", "network"]`), or all
        of Wallonia. A site counts once wherever it stands in several networks or levels, so rows may add up to
        more than the whole. Reads the last register of each community that was known on the store's day.
        `levels`: compulsory (unless told), adult, or both. `within`: only of these places, `{"province":
        ["liege"]}`.

        Empty, with a warning, where no register was known. Raises `UnknownName` for a `by` or level that there is
        none of.

        Columns: those of `by`, `levels`, `registers`, `implantations` (implantations), `etablissements`
        (etablissements), each with `_lower` and `_upper`, `status`, `missing_reason`.

        >>> store.sites(by="network")[["network", "implantations"]]
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("sites", by, form, levels=levels, within=within)

    @translated_errors()
    def never_awarded(
        self,
        *,
        calls: Sequence[str] = (),
        programme: str = "",
        levels: Sequence[str] = (),
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """List the school sites that never had anything of a programme, one by one.

        One row is one site (implantation) of the last register of each community known on the store's day that no
        known list names: of `programme` (École Numérique unless told; "all" for any), in one of `calls` where
        they are told. Empty, with a warning, where there is no register, or the lists of a call that took place
        by then (of one of `calls`; of any programme) are missing or not complete.

        Columns: `implantation` (FASE), `schools` (names), `address`, `postal_code`, `locality`, `commune`,
        `province`, `networks`, `teaching_levels`, `participations` (participations), each with `_lower` and
        `_upper`, `status`, `missing_reason`.

        >>> store.never_awarded()[["implantation", "commune"]]
        """
        form = self._wanted(shape, labels, provenance)
        return self._table(
            "never_awarded", "implantation", form, calls=calls, programme=programme, levels=levels
        )

    @translated_errors()
    def deliveries(
        self,
        by: DeliveriesBy | Sequence[DeliveriesBy] = "lot_and_year",
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Count devices delivered to school sites, as the lists of deliveries say.

        One row is one lot and year of delivery, another pair (`["year", "province"]`), or one lot, year, call or
        province. A site counts under its identity over time; its province is that of the last register, and empty
        for a site that is not in it. Reads the lists and registers that were known on the store's day.

        Empty, with a warning, where no list was known. Raises `UnknownName` for a `by` that there is none of.

        Columns: `lot`, `year`, `call`, `province`, `lists`, `devices` (devices), `deliveries` (deliveries),
        `sites` (implantations), each with `_lower` and `_upper`, `status`, `missing_reason`.

        >>> store.deliveries(by="lot")[["lot", "devices"]]
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("deliveries", by, form)

    @translated_errors()
    def targets(
        self, *, shape: Shape = "wide", labels: Labels | None = None, provenance: bool = False
    ) -> FrameT:
        """Give every number that was ever planned or announced, beside what was reached of it.

        One row is one number of one document, in the order of programmes, subjects and days. Reads what was known
        on the store's day.

        `reached` is missing where no later document tells it.

        Columns: `programme`, `call`, `component`, `target`, `counted`, `known_on` (the day from which it
        was known), `source_id`, `reached_on` (the last day of the time that it is told for), `planned` (in
        the unit counted; money in EUR), `reached` (likewise; missing where no later document tells it),
        `share` (share; of what was planned; more than 1 where more was reached), each with `_lower` and
        `_upper`, `status`, `missing_reason`.

        >>> store.targets()[["target", "planned", "reached"]]
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("targets", "target", form)
