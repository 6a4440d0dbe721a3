"""The tables of an opened store that are counted from registers and lists of schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from ennum_stats.errors import message
from ennum_stats.files.boundary import translated_errors
from ennum_stats.measures.frames.table_store import DeliveriesBy, FrameT, SitesBy, TableStore

if TYPE_CHECKING:
    from ennum_stats.measures.frames.shapes import Labels, Shape
    from ennum_stats.store.school_rows import Within

_COMPARED = message("Numbers counted from the lists beside the published ones.")


@dataclass(frozen=True)
class ListedTables(TableStore[FrameT], Generic[FrameT]):
    """A ledger whose schools are counted by name: `store.sites()`."""

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

        One row is a network, level, province or commune (`by`), one in another (`["level", "network"]`), or
        all of Wallonia. A site counts once wherever it stands in several networks or levels, so rows may
        add up to more than the whole. Reads the last register of each community that was known on the
        store's day. `levels`: compulsory (unless told), adult, or both. `within`: only of these places,
        `{"province": ["liege"]}`.

        Columns: those of `by`, `levels`, `registers`, `implantations` and `etablissements` with `_lower`
        and `_upper` (counts, exact), `status`, `missing_reason`. Empty, with a warning, where no register
        was known. Raises `UnknownName` for a `by` or level that there is none of.

        >>> store.sites(by="network")[["network", "implantations"]]  # doctest: +SKIP
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("sites", by, form, levels=levels, within=within)

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

        One row is one lot and year of delivery, another pair (`["year", "province"]`), or one lot, year,
        call or province. A site counts under its identity over time; its province is that of the last
        register, and empty for a site that is not in it. Reads the lists and registers that were known on
        the store's day.

        Columns: those of `by`, `lists`, `devices` (number of devices), `deliveries` (rows of the lists),
        `sites` (distinct implantations), each with `_lower` and `_upper` (exact), `status`,
        `missing_reason`. Empty, with a warning, where no list was known. Raises `UnknownName` for a `by`
        that there is none of.

        >>> store.deliveries(by="lot")[["lot", "devices"]]  # doctest: +SKIP
        """
        return self._table("deliveries", by, self._wanted(shape, labels, provenance))

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

        One row is one site (implantation) of the last register of each community known on the store's day
        that no known list names: of `programme` (École Numérique unless told; "all" for any), in one of
        `calls` where they are told. Empty, with a warning, where there is no register, or the lists of a
        call that took place by then (of one of `calls`; of any programme) are missing or not complete.

        Columns: `implantation` (FASE number), `schools` (names), `address`, `postal_code`, `locality`,
        `commune` (NIS code of 2019), `province`, `networks`, `teaching_levels`, `participations` with
        `_lower` and `_upper` (0), `status`, `missing_reason`.

        >>> store.never_awarded()[["implantation", "commune"]]  # doctest: +SKIP
        """
        form = self._wanted(shape, labels, provenance)
        asked = {"calls": calls, "programme": programme, "levels": levels}
        return self._table("never_awarded", "implantation", form, **asked)

    @translated_errors()
    def reconciliation(
        self,
        *,
        shape: Shape = "wide",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give what the lists say beside what documents published, wherever there are both.

        One row is one number of a call, set of calls or programme: projects, budget or distinct sites of the
        winners, sites equipped or connected. A list of a call or of all calls of a set is compared with the
        published number as known on the store's day; a published “about” agrees with all that it allows.

        A row of measure `sites_despite_rule` is a rule that closes a call to the winners of another one, of
        which both lists are complete: `listed` are the sites that won in both, where the rule says 0
        (`published`).

        Columns: `measure`, `programme`, `call`, `excluded_call` (of a rule), `listed` and `published` with
        `_lower` and `_upper` (projects, EUR or implantations), `verdict` (agrees, explained, fewer,
        differs, breaks), `takes` (list or published: which of two numbers is right, where explained),
        `explanation`, `rule`, `meaning` and `document` (title) of a rule, `status`, `missing_reason`.
        Empty, with a warning, without lists.

        >>> store.reconciliation()[["call", "listed", "published", "verdict"]]  # doctest: +SKIP
        """
        form = self._wanted(shape, labels, provenance)
        from ennum_stats.measures.schools.reconciliation import reconciliation_rows

        table = reconciliation_rows(self, labels or "en")
        return self._shaped("reconciliation", _COMPARED, table, form)
