"""Two to four calls, years, places… side by side: the value of each, and how far it lies from one of them.

Numbers are compared where they are of one unit, one set of reference, and one time where a dimension does not
say the time itself; else it is said why not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ennum_stats.comparison.comparables import Comparable, codes_compared, comparable
from ennum_stats.comparison.differences import Difference, NotCompared, Shared, difference
from ennum_stats.errors import Message, UsageError, message, unknown_name
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.columns import COUNTED, ONE_PROJECT_A_SITE, PART, REGISTER
from ennum_stats.measures.coverage.coverage_facts import DEFAULT_UNIVERSE, coverage_facts
from ennum_stats.measures.coverage.coverage_table import shown_rows
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.quantities import ZERO, Bounds, Reason
from ennum_stats.store.answers import Answer, Known, Missing, sum_of_known
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import PLANNED, UNITS

FEWEST, MOST = 2, 4
"""So many things are set side by side."""
UNIVERSES_DIFFER = message(
    "one is counted in the register of schools, the other bounded by what documents say of all school sites"
)
TIMES_DIFFER = message("they are of different times ({one}; {other})")
_ALL = Bounds(ZERO, Decimal(1))
PLANNED_AND_REACHED = message("one is planned, the other was reached")
SPAN = message("{first}–{last}")
PARTS_OVERLAP = message(
    "A school site stands in each of its levels and networks: such parts overlap, and do not add up."
)
LOWER_BOUNDS = message(
    "Lists are missing or not complete ({calls}): a number counted from lists is at least so much."
)
IN_MONEY_OF_THE_TIME = message(
    "Amounts are at current prices: part of a difference between years is a difference of prices."
)
YEARS_OF_CALLS = message("School years covered: {years}.")


@dataclass(frozen=True)
class Side:
    """Hold one of the things compared: its code, its number, and what that is counted in."""

    code: str
    answer: Answer
    universe: str = ""
    """The set of reference of a share; empty where it is none."""
    period: tuple[date, date] | None = None
    """When a number was so that holds at one time only."""
    is_planned: bool = False
    incomplete: tuple[str, ...] = ()
    """The calls whose lists are missing or not complete."""
    lists: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    why: tuple[Message, ...] = ()
    """Why it is missing, where anything is known of that."""


@dataclass(frozen=True)
class SideBySide:
    """Hold what is compared, each with what it is more than the base, which stands first."""

    label: Message
    by: str
    sides: tuple[Side, ...]
    differences: tuple[Difference | NotCompared, ...]
    """One for each side after the first."""
    notes: tuple[Message, ...] = ()
    prices: str = NOMINAL

    @property
    def base(self) -> Side:
        """What the others are compared with."""
        return self.sides[0]

    @property
    def pairs(self) -> Iterator[tuple[Side, Difference | NotCompared]]:
        """Give each of the others with its difference."""
        return zip(self.sides[1:], self.differences, strict=True)

    @property
    def universes(self) -> list[str]:
        """The sets of reference of what is known."""
        known = [side for side in self.sides if isinstance(side.answer, Known)]
        return list(dict.fromkeys(side.universe for side in known if side.universe))

    @property
    def unit(self) -> str:
        """The unit of what is known; empty where nothing is."""
        return next((s.answer.quantity.unit for s in self.sides if isinstance(s.answer, Known)), "")


def side_by_side(
    ledger: Ledger, name: str, by: str, codes: Sequence[str], *, base: str = "", prices: str = NOMINAL
) -> SideBySide:
    """Set two to four parts of a dimension side by side by one of their numbers
    ("winners.projects_awarded", by "call"), each with its difference from the base (the first that is
    known, unless told) and its ratio to it.

    Reads what was known on the ledger's day. Amounts are in the euros of their time, or at the `prices` of a
    year. Raises `UnknownName` for a number or part that there is none of, `UsageError` for too few or too
    many.

    >>> found = side_by_side(store, "winners.projects_awarded", "call", ["EN2018", "EN2019"])
    ... # doctest: +SKIP
    """
    what = comparable(name, by)
    known = codes_compared(ledger, by)
    rows = _rows(ledger, what, by, prices)
    few = require_few(codes)
    for code in few:
        if code not in known:
            raise unknown_name(
                message("There is nothing to compare under “{code}” by “{by}”.", code=code, by=by), known
            )
    sides = based_on([_side(rows, code) for code in few], base)
    compared = tuple(_compared(ledger, rows, side, sides[0]) for side in sides[1:])
    notes = tuple(_notes(ledger, by, sides, rows.prices))
    return SideBySide(what.label, by, tuple(sides), compared, notes, rows.prices)


def codes_known(ledger: Ledger, name: str, by: str) -> list[str]:
    """List the parts of a dimension of which a number is known, in their order. Raises `UnknownName`."""
    rows = _rows(ledger, comparable(name, by), by, NOMINAL)
    codes = codes_compared(ledger, by)
    return [code for code in codes if isinstance(rows.cell(code, rows.what.number.name), Known)]


def require_few(codes: Sequence[str]) -> list[str]:
    """Give what is compared, each once. Raises `UsageError` for too few or too many."""
    distinct = list(dict.fromkeys(codes))
    if not FEWEST <= len(distinct) <= MOST:
        raise UsageError(
            message("{n} things cannot be compared.", n=len(distinct)),
            expected=message("Expected from {least} to {most}.", least=FEWEST, most=MOST),
        )
    return distinct


def based_on(sides: Sequence[Side], base: str) -> list[Side]:
    """Put the base first: the one that is told, else the first that is known.

    Raises `UnknownName` for one that is not compared.
    """
    codes = [side.code for side in sides]
    if base and base not in codes:
        raise unknown_name(message("“{name}” is not among what is compared.", name=base), codes)
    known = [side.code for side in sides if isinstance(side.answer, Known)]
    first = base or next(iter(known), codes[0])
    return sorted(sides, key=lambda side: side.code != first)


# --- rows -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _MeasureRows:
    """Hold the rows of a measure by the code of what each is of, in their order; `nothing` where none could be
    counted, which says why."""

    what: Comparable
    by: str
    table: MeasureTable[object]
    by_code: dict[str, object]
    nothing: object | None
    prices: str
    """The euros of its amounts: what is counted from lists has those of its time."""

    def cell(self, code: str, column: str) -> Any:
        """Read a column of the row of a code; nothing where there is no such row or column."""
        row = self.by_code.get(code, self.nothing)
        has_column = row is not None and column in self.table.columns
        return self.table.cell(row, column) if has_column else None


def _rows(ledger: Ledger, what: Comparable, by: str, prices: str) -> _MeasureRows:
    is_priced = "prices" in TABLES[what.measure].options and not (what.measure == "winners" and by != "call")
    prices = prices if is_priced else NOMINAL
    options = {} if prices == NOMINAL else {"prices": prices}
    declared = TABLES[what.measure]
    table_by = by if by in declared.by else declared.by_all([by])  # staff tells its programmes by component
    table = measure_rows(ledger, what.measure, table_by, **options)
    if what.measure == "coverage" and by == "programme":
        table = replace(table, rows=shown_rows(ledger), shown=())
    rows_by_code: dict[str, object] = {}
    nothing = None
    for row in table.rows:
        code = _code(row, table, by)
        if code is None:
            nothing = row if len(table.rows) == 1 else None
        elif getattr(row, "basis", "") != ONE_PROJECT_A_SITE:  # what is proved, not what is assumed
            rows_by_code.setdefault(code, row)
    return _MeasureRows(what, by, table, rows_by_code, nothing, prices)


def _code(row: object, table: MeasureTable[object], by: str) -> str | None:
    """Read the code of what a row is of; nothing for a part of a programme where programmes are compared."""
    is_part = any(getattr(row, part, None) is not None for part in ("component", "call"))
    code = getattr(row, PART if table.by == by else by, None)
    return None if code is None or (by == "programme" and is_part) else str(code)


def _side(rows: _MeasureRows, code: str) -> Side:
    """Read what is compared, with all that tells whether it can be."""
    answer = _inside_whole(rows, code, rows.cell(code, rows.what.number.name))
    why = answer.caveats if isinstance(answer, Missing) else ()
    if isinstance(answer, Missing) and answer.reason is Reason.NOT_COMPARABLE:
        why = tuple(rows.cell(code, "assumptions") or ())[:1]
    days = rows.cell(code, "valid_from"), rows.cell(code, "valid_to")
    is_dated = rows.what.measure == "staff" and all(days)  # a team is so large at one time
    return Side(
        code=code,
        answer=answer,
        universe=_universe(rows, code) if rows.what.measure == "coverage" else "",
        period=days if is_dated else None,
        is_planned=rows.cell(code, "stage") == PLANNED,
        incomplete=tuple(rows.cell(code, "incomplete") or ()),
        lists=tuple(rows.cell(code, "lists") or ()),
        registers=tuple(rows.cell(code, "registers") or ()),
        why=why,
    )


def _inside_whole(rows: _MeasureRows, code: str, answer: Answer | None) -> Answer:
    """Limit sites reached to those that there are, whatever lists are still awaited: a share is at most 1."""
    if not isinstance(answer, Known):
        return answer or Missing(Reason.NOT_COLLECTED)
    whole = rows.cell(code, "universe_sites")
    sites = Bounds(ZERO, whole.quantity.bounds.upper) if isinstance(whole, Known) else None
    limit = {"share": _ALL, "sites": sites}.get(rows.what.number.name)
    is_open = answer.quantity.bounds.upper is None
    return answer.within(limit) if is_open and limit and limit.overlaps(answer.quantity.bounds) else answer


def _universe(rows: _MeasureRows, code: str) -> str:
    """Name the set of sites of which those reached are a part."""
    named = rows.cell(code, "universe")
    if named is not None:
        return str(named)
    return REGISTER if rows.cell(code, "basis") in (COUNTED, None) else DEFAULT_UNIVERSE


# --- comparing ------------------------------------------------------------------------------------------


def _compared(ledger: Ledger, rows: _MeasureRows, side: Side, base: Side) -> Difference | NotCompared:
    if isinstance(side.answer, Known) and isinstance(base.answer, Known):
        if side.universe != base.universe:
            return NotCompared(UNIVERSES_DIFFER)
        if side.period and base.period and not _overlap(side.period, base.period):
            years = _years(side.period), _years(base.period)
            return NotCompared(message(TIMES_DIFFER.text, one=years[0], other=years[1]))
        if side.is_planned != base.is_planned:
            return NotCompared(PLANNED_AND_REACHED)
    return difference(side.answer, base.answer, _shared(ledger, rows, side, base))


def _overlap(span: tuple[date, date], other: tuple[date, date]) -> bool:
    return span[0] <= other[1] and other[0] <= span[1]


def _years(period: tuple[date, date]) -> str | Message:
    first, last = str(period[0].year), str(period[1].year)
    return first if first == last else message(SPAN.text, first=first, last=last)


def _shared(ledger: Ledger, rows: _MeasureRows, side: Side, base: Side) -> Shared:
    """Find what two numbers have in common: the whole of which both are shares, and what a sum grew by."""
    growth = _growth(rows, side.code, base.code) if rows.what.number.cumulated_by == rows.by else None
    if rows.what.name != "coverage.share" or side.universe in ("", REGISTER):
        return Shared(growth=growth)
    parts = rows.cell(side.code, "sites"), rows.cell(base.code, "sites")
    return Shared(parts, coverage_facts(ledger).universe(side.universe).size, growth)


def _growth(rows: _MeasureRows, code: str, base: str) -> Bounds | None:
    """Bound what lies between two rows of a sum that only grows; nothing where their order is not known."""
    order = [*rows.by_code]
    if code not in order or base not in order:
        return None
    first, last = sorted((order.index(code), order.index(base)))
    between = order[first + 1 : last + 1]
    if rows.by == "call" and not all(rows.cell(code, "school_year") for code in order[: last + 1]):
        return None
    added = Bounds(ZERO, None)
    if grows_by := rows.what.number.grows_by:
        grown = sum_of_known(rows.cell(code, grows_by) for code in between)
        added = grown.quantity.bounds if isinstance(grown, Known) else added
    return added if order.index(code) == last else Bounds(ZERO, ZERO) - added


# --- notes ----------------------------------------------------------------------------------------------


def _notes(ledger: Ledger, by: str, sides: Sequence[Side], prices: str) -> Iterator[Message]:
    """Give what a reader must know of all that is compared."""
    known = [side for side in sides if isinstance(side.answer, Known)]
    if by in ("level", "network"):
        yield PARTS_OVERLAP
    lacking = list(dict.fromkeys(call for side in known for call in side.incomplete))
    if lacking:
        yield message(LOWER_BOUNDS.text, calls=lacking)
    is_money = any(UNITS[_unit(side).split("/")[0]].is_money for side in known)
    if is_money and prices == NOMINAL and by in ("call", "year", "programme"):
        yield IN_MONEY_OF_THE_TIME
    if by == "call":
        spans = {c.call: c.school_year for c in ledger.calls if c.call in {s.code for s in sides}}
        lengths = {_length(span) for span in spans.values() if span}
        if len(lengths) > 1:
            yield message(YEARS_OF_CALLS.text, years=[f"{c} {span}" for c, span in spans.items() if span])
    caveats: list[Message] = []
    for side in known:
        if isinstance(side.answer, Known):
            caveats += [caveat for caveat in side.answer.caveats if caveat not in caveats]
    yield from caveats


def _unit(side: Side) -> str:
    return side.answer.quantity.unit if side.answer.quantity else ""


def _length(school_year: str) -> int:
    first, last = school_year.split("-")
    return int(last) - int(first)
