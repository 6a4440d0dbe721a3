"""The views of the store for other programs: tables whose natural sum is right.

A long table counts the same projects by call, by level and by commune, so that its sum is none. Each row of a
view is a part of its own, of one dimension; what a program sums or counts of a column is what is known of the
whole. What is not known is empty, and adds nothing: so where a part that took place has no upper end, no row of
the view has one, and the sum has none either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ennum_stats.measures.budgets import CallBudget
from ennum_stats.measures.columns import Column, columns_of, triple
from ennum_stats.measures.coverage.coverage_table import CoverageRow
from ennum_stats.measures.winners import WinnersRow
from ennum_stats.release.schema import CALLS, MEASURES, MILESTONES, SOURCES
from ennum_stats.vocabulary import MEASURES as LEDGER
from ennum_stats.vocabulary import UNITS

AMOUNT, COUNT, SHARE = "DECIMAL(20, 2)", "BIGINT", "DECIMAL(20, 6)"
NOTICE = "/* notice */"
OF_VIEWS = frozenset(("about", "calls", "codes", "measures", "milestones", "sources"))
"""The tables that views are made of."""
_OF_CALL = tuple(
    one for name, one in columns_of(WinnersRow).items() if name in LEDGER and UNITS[one.unit].resolution
)
"""What documents count or pay of a call; sums and means of it are left to whoever reads the view."""
_AMOUNT = columns_of(CallBudget)["value"]
_OF_COVERAGE = tuple(columns_of(CoverageRow)[name] for name in ("sites", "share"))
_MEANINGS = {
    field.name: field.summary for table in (MILESTONES, SOURCES, CALLS, MEASURES) for field in table.fields
}


@dataclass(frozen=True)
class SharedView:
    """Declare a view: what one row is, its query on the tables, and the meaning of each column."""

    name: str
    row_is: str
    query: str
    """With the place of a notice that invented or internal numbers need (`NOTICE`)."""
    columns: Mapping[str, str]

    def with_notice(self, has_notice: bool) -> tuple[str, Mapping[str, str]]:
        """Give its query and the meanings of its columns, with a notice in every row where one is needed."""
        if not has_notice:
            return self.query.replace(NOTICE, ""), self.columns
        query = self.query.replace(NOTICE, ", (SELECT notice FROM about) AS notice")
        return query, {**self.columns, "notice": "What must be said beside the number."}


def _numbers(*numbers: Column, is_added: bool = False) -> str:
    """Write the columns of numbers with both ends, each in the type that it counts in."""
    cells = []
    for one in numbers:
        kind = COUNT if one.kind == "whole" else SHARE if one.unit == "share" else AMOUNT
        for source, target in zip(triple("value"), triple(one.name), strict=True):
            # What is counted whole lies between whole ends.
            cell = f"max({source}) FILTER (measure = '{one.name}')"
            if kind == COUNT:
                cell = f"{'floor' if source == 'upper' else 'ceil'}({cell})"
            cell = f"{cell}::{kind}"
            if is_added and source == "upper":
                open_calls = f"count(*) FILTER ({_TOOK_PLACE} AND {cell} IS NULL) OVER ()"
                cell = f"CASE WHEN {open_calls} = 0 THEN {cell} END"
            cells.append(f"{cell} AS {target}")
    return ", ".join(cells)


_TOOK_PLACE = (
    "any_value(coalesce(calls.closed_on, calls.valid_from::text)) <= (SELECT known_at::text FROM about)"
)
"""Whether projects had been submitted to a call by the day, in SQL."""
_IS_CLOSED = """(SELECT count(*) = count(upper) FROM measures
                WHERE measure = 'budgets' AND given_by = 'programme')"""
"""Whether all of every programme's amount is known, in SQL."""


def _meanings(keys: tuple[str, ...], *numbers: Column) -> dict[str, str]:
    """Tell the meaning of columns, from the declarations of the tables and the headings of the measures."""
    told = {}
    for key in keys:
        of = key.removesuffix("_name")
        told[key] = _MEANINGS.get(key, f"Name of the {of} in French.")
    for number in numbers:
        for column, what in zip(
            triple(number.name), ("", " The least that it can be.", " The most that it can be."), strict=True
        ):
            told[column] = f"{number.label}.{what}"
    return told


def _named(codelist: str, column: str) -> str:
    return f"(SELECT name_fr FROM codes WHERE codelist = '{codelist}' AND code = {column}) AS {codelist}_name"


VIEWS = (
    SharedView(
        "winners_by_call",
        "One row is one call of École Numérique, as documents count its projects; its numbers may be added "
        "over calls",
        f"""
        SELECT c.call, c.name_fr AS call_name, c.school_year, c.valid_from, c.valid_to,
            n.* EXCLUDE (call){NOTICE}
        FROM calls c JOIN (
            SELECT call, {_numbers(*_OF_CALL, is_added=True)}
            FROM measures JOIN calls USING (call)
            WHERE measure_table = 'winners' AND given_by = 'call' GROUP BY call
        ) n USING (call)
        ORDER BY c.valid_from, c.call""",
        _meanings(("call", "call_name", "school_year", "valid_from", "valid_to"), *_OF_CALL),
    ),
    SharedView(
        "budgets_by_programme",
        "One row is the amount of one programme, in euros of its time; that of École Numérique has a row for "
        "each call. Amounts may be added",
        f"""
        SELECT programme, {_named("programme", "programme")}, call, valid_from, valid_to,
            value::{AMOUNT} AS value, lower::{AMOUNT} AS lower,
            CASE WHEN {_IS_CLOSED} THEN upper::{AMOUNT} END AS upper, unit{NOTICE}
        FROM measures
        WHERE measure = 'budgets' AND (given_by = 'call' OR given_by = 'programme' AND programme NOT IN (
            SELECT programme FROM measures
            WHERE measure = 'budgets' AND given_by = 'call' AND programme IS NOT NULL))
        ORDER BY valid_from, call""",
        _meanings(("programme", "programme_name", "call", "valid_from", "valid_to"), _AMOUNT)
        | {"unit": _MEANINGS["unit"]},
    ),
    SharedView(
        "coverage",
        "One row is one programme, with the share of the school sites that it has reached, without any "
        "assumption. Programmes reach the same sites: nothing of it may be added over them",
        f"""
        SELECT programme, {_named("programme", "programme")}, universe, basis, counted,
            {_numbers(*_OF_COVERAGE)}{NOTICE}
        FROM measures
        WHERE measure_table = 'coverage' AND given_by = 'programme'
            AND universe IN ('implantations', 'register') AND basis <> 'one_project_a_site'
        GROUP BY programme, universe, basis, counted
        ORDER BY programme""",
        _meanings(
            ("programme", "programme_name", "universe", "basis", "counted"), *_OF_COVERAGE
        ),
    ),
    SharedView(
        "timeline",
        "One row is something that happened, in the order of the days, with its document",
        f"""
        SELECT m.first_day, m.occurred_on, m.programme, m.call, m.name_fr, m.name_de, m.name_nl, m.name_en,
            m.milestone, m.source_id, s.title, s.publisher, m.locator{NOTICE}
        FROM milestones m JOIN sources s USING (source_id)
        ORDER BY m.first_day, m.milestone""",
        _meanings(
            (
                "first_day", "occurred_on", "programme", "call", "name_fr", "name_de", "name_nl", "name_en",
                "milestone", "source_id", "title", "publisher", "locator",
            )
        ),
    ),
)  # fmt: skip
