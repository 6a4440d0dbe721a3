"""The tables of an opened store beside its measures: sums, sensitivity, lists against documents, a list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic

from ennum_stats.errors import Message, Parameter, message, unknown_name
from ennum_stats.files.boundary import translated_errors
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, Whole, call_calendar
from ennum_stats.measures.columns import triple
from ennum_stats.measures.frames.base import FrameT, require_column
from ennum_stats.measures.frames.measured import Measured
from ennum_stats.measures.frames.names import MeasureName
from ennum_stats.measures.measure_table import MeasureTable, kinds_of, records
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.programmes import programmes
from ennum_stats.store.answers import Answer, Known, sum_of_known

if TYPE_CHECKING:
    from ennum_stats.measures.frames.shapes import Labels, Shape

_COMPARED = message("Numbers counted from the lists beside the published ones.")
_TOTAL = message("The sum of {number}, with its bounds.")


@dataclass(frozen=True)
class Total:
    """Hold the sum of a number of a measure."""

    number: str
    value: Answer


@dataclass(frozen=True)
class StoreTables(Measured[FrameT], Generic[FrameT]):
    """Hold a ledger that also gives what follows from its measures: `store.total("winners", "projects_awarded")`."""

    @translated_errors()
    def reconciliation(
        self, *, shape: Shape = "wide", labels: Labels | None = None, provenance: bool = False
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

        >>> store.reconciliation()[["call", "listed", "published", "verdict"]]
        """
        form = self._wanted(shape, labels, provenance)
        from ennum_stats.measures.schools.reconciliation import reconciliation_rows

        table = reconciliation_rows(self, labels or "en")
        return self._shaped("reconciliation", _COMPARED, table, form)

    @translated_errors()
    def sensitivity(self, *, calls: Sequence[str] = (), universe: str | None = None) -> FrameT:
        """Give the coverage of calls with all rules, then without each of them: how far each narrows it.

        >>> store.sensitivity(calls=["EN1", "EN2019"])[["without", "sites_lower"]]
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

        `calls` keeps the rows of these calls. Where a part that took place by the store's day is not known,
        only a lower bound is given.
        Amounts by year are summed as the spans of years that they come from, so that the bounds are those
        of the whole, not the sum of those of each year.

        Raises `UsageError` for a number that does not add up: a share, a mean, a change.

        >>> store.total("winners", "projects_awarded", calls=["EN1", "EN2"])
        """
        from ennum_stats.measures.catalogue import TABLES
        from ennum_stats.measures.frames.known_codes import require_known

        table = self._rows(measure, by, prices=prices)
        told = by or TABLES[measure].by[0]
        meant: Sequence[str] | None = None
        if calls:
            require_known(self, calls=calls)
            meant = call_calendar(self).resolved(calls)
            require_column(table, "call", Parameter("calls"))
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
        value: Answer
        if is_of_spans:
            value = sum_of_known(table.answer(row, "cumulated") for row in table.rows[-1:])
        elif "call" in table.columns:
            parts = {str(table.cell(row, "call")): table.answer(row, wanted) for row in table.rows}
            known = [call for call, part in parts.items() if isinstance(part, Known)]
            whole = call_calendar(self).whole(known, meant)
            value = whole.total(parts[call] for call in (*whole.covered, *whole.not_known) if call in parts)
        else:
            is_listed = told != "programme" or all(row.valid_from for row in programmes(self))
            value = Whole((), is_listed=is_listed).total(table.answer(row, wanted) for row in table.rows)
        one = MeasureTable([Total(wanted, value)], Total)
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
