"""What was spent and awarded, in euro, by programme, call, component and year.

Amounts are those of their time, or at the prices of one year (`prices`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from ennum_stats.errors import ONE_OF, message, unknown_name
from ennum_stats.languages import span_words
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, Whole, call_calendar, of_call
from ennum_stats.measures.columns import NOT_DETAILED, VALUE_LABEL, Column
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.prices import NOMINAL, Prices, prices_named
from ennum_stats.measures.programmes import Programme, programmes
from ennum_stats.quantities import Basis, Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing, remainder, sum_of
from ennum_stats.store.ledger import Call, Ledger
from ennum_stats.vocabulary import PLANNED

SPENT = Column(
    VALUE_LABEL, "EUR", ("call", "programme"), ("programme", "year", "component"),
    message("Spent and awarded"),
)  # fmt: skip
TWENTY_YEARS = (date(1999, 1, 1), date(2019, 12, 31))
"""The twenty years of the press kit of 2020."""


def twenty_years(language: str) -> str:
    """Write the twenty years: "1999-2019"."""
    return span_words(TWENTY_YEARS[0].year, TWENTY_YEARS[1].year, language)


@dataclass(frozen=True)
class ProgrammeBudget:
    """Hold what one programme cost."""

    prices: str
    programme: str
    valid_from: date | None
    valid_to: date | None
    value: Annotated[Answer, SPENT]
    calls_not_known: tuple[str, ...] = ()
    """The calls that took place and of which no budget is known: the value is a lower bound then."""


@dataclass(frozen=True)
class CallBudget:
    """Hold what one call awarded, and the days between which it did."""

    prices: str
    call: str
    programme: str
    school_year: str
    valid_from: date | None
    valid_to: date | None
    value: Annotated[Answer, SPENT]


@dataclass(frozen=True)
class ComponentBudget:
    """Hold what was spent on one component of a programme."""

    prices: str
    programme: str
    component: str
    value: Annotated[Answer, SPENT]


@dataclass(frozen=True)
class YearBudget:
    """Hold what was spent in one year, and until its end since the first programme."""

    prices: str
    year: int
    value: Annotated[Answer, SPENT]
    cumulated: Annotated[Answer, Column(
        message("Cumulated"), "EUR", (), ("year",), message("Spent and awarded since the beginning"),
        cumulated_by="year", grows_by="value",
    )]  # fmt: skip
    calls_not_known: tuple[str, ...] = ()
    """The calls that may have awarded in the year and of which no budget is known."""


def budgets_rows(ledger: Ledger, by: str = "programme", prices: str = NOMINAL) -> MeasureTable[object]:
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

    Raises `UnknownName` for another `by`, `UsageError` for prices that cannot be computed.

    >>> store.budgets(by="call", prices="real:2019")[["call", "lower", "upper"]]
    """
    if by not in _ROWS:
        raise unknown_name(message("Budgets cannot be given by “{name}”.", name=by), _ROWS, ONE_OF)
    return _ROWS[by](ledger, prices_named(ledger, prices))


def programme_budget(
    ledger: Ledger, programme: str, last: date = date.max, prices: Prices | None = None
) -> Answer:
    """Sum up what a programme cost: what was spent on it; of École Numérique, what was awarded to its calls
    whose school years ended by `last`, which is a lower bound where one of them is not known."""
    if programme != ECOLE_NUMERIQUE:
        return spent_on(ledger, prices, programme)
    whole = whole_of_calls(ledger, last, prices)
    calls = [call for call in ledger.calls if call.call in (*whole.covered, *whole.not_known)]
    return whole.total(awarded(ledger, call, prices) for call in calls)


def whole_of_calls(ledger: Ledger, last: date = date.max, prices: Prices | None = None) -> Whole:
    """Find the calls whose budget awarded is known, of those that took place and whose school years ended by
    `last`."""
    calendar = call_calendar(ledger)
    known = [call.call for call in calendar.known if isinstance(awarded(ledger, call, prices), Known)]
    ended = [call.call for call in calendar.known if call.ended_by(last)]
    return calendar.whole(known, None if last == date.max else ended)


def is_closed(total: Answer) -> bool:
    """Tell whether all of a total is known, so that parts are shares of it."""
    return isinstance(total, Known) and total.quantity.bounds.upper is not None


def later_calls(ledger: Ledger, prices: Prices | None = None) -> list[Call]:
    """List the calls whose school years ended after the twenty years and whose budget awarded is known: what
    a total with them is larger by."""
    return [
        call
        for call in ledger.calls
        if call.programme == ECOLE_NUMERIQUE
        and not call.ended_by(TWENTY_YEARS[1])
        and isinstance(awarded(ledger, call, prices), Known)
    ]


def components_rows(ledger: Ledger, prices: Prices | None = None) -> MeasureTable[ComponentBudget]:
    """Give the published components of Cyberclasse's spending, and what they leave of the whole."""
    programme = "cyberclasse"
    whole = spent_on(ledger, prices, programme)
    codes = ledger.codes("budget_spent", "component", programme=programme)
    spent = {code: spent_on(ledger, prices, programme, code) for code in codes}
    parts = dict(sorted(spent.items(), key=lambda part: -_size(part[1])))
    if parts:
        parts[NOT_DETAILED] = remainder(whole, parts.values())
    rows = [ComponentBudget(_name(prices), programme, code, part) for code, part in parts.items()]
    return MeasureTable(rows, ComponentBudget)


def _name(prices: Prices | None) -> str:
    return prices.name if prices else NOMINAL


def spent_on(ledger: Ledger, prices: Prices | None, programme: str, component: str | None = None) -> Answer:
    """Give what was spent on a programme, or on a component of it, at the prices asked for."""
    dimensions = {"programme": programme} | ({"component": component} if component else {})
    answer = ledger.answer("budget_spent", **dimensions)
    if isinstance(answer, Missing) or prices is None:
        return answer
    row = next(row for row in programmes(ledger) if row.programme == programme)
    return prices.real(answer, *_period(ledger, row, answer))


def programme_rows(
    ledger: Ledger, prices: Prices | None = None, last: date = date.max
) -> MeasureTable[ProgrammeBudget]:
    """Give what each programme cost; of École Numérique, its calls whose school years ended by `last`."""
    rows = [
        ProgrammeBudget(
            prices=_name(prices),
            programme=row.programme,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            value=programme_budget(ledger, row.programme, last, prices),
            calls_not_known=(
                whole_of_calls(ledger, last, prices).not_known if row.programme == ECOLE_NUMERIQUE else ()
            ),
        )
        for row in programmes(ledger)
    ]
    return MeasureTable(rows, ProgrammeBudget)


def _call_rows(ledger: Ledger, prices: Prices | None) -> MeasureTable[CallBudget]:
    rows = [
        CallBudget(
            prices=_name(prices),
            call=call.call,
            programme=call.programme,
            school_year=call.school_year,
            valid_from=call.years[0] if call.years else None,
            valid_to=call.years[1] if call.years else None,
            value=awarded(ledger, call, prices),
        )
        for call in ledger.calls
    ]
    return MeasureTable(rows, CallBudget)


def awarded(ledger: Ledger, call: Call, prices: Prices | None, measure: str = "budget_awarded") -> Answer:
    """Give the budget awarded to a call, or another amount of it, at the prices asked for."""
    answer = of_call(ledger, measure, call.call)
    if prices is None or isinstance(answer, Missing):
        return answer
    return prices.real(answer, *call.years) if call.years else Missing(Reason.NOT_YET_KNOWN)


def _size(answer: Answer) -> Decimal:
    if isinstance(answer, Known) and answer.quantity.value is not None:
        return answer.quantity.value
    return Decimal(0)


# --- by year ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """Hold money of which only the period is known: it was spent somewhere between two days."""

    programme: str
    first: date
    last: date
    answer: Known
    call: str = ""

    @property
    def stated_period(self) -> tuple[date, date] | None:
        """The period as the document tells it, or as it is deduced; it may have been spent beyond that."""
        return self.answer.observations[0].period

    def spent(self, first: date, last: date) -> Known:
        """Bound what of it was spent between two days: all, nothing, or anything in between."""
        if first <= self.first and self.last <= last:
            return self.answer
        if self.last < first or last < self.first:
            zero = Quantity.exact(0, "EUR")
            return Known(zero, self.answer.observations)
        bounds = Bounds(Decimal(0), self.answer.quantity.bounds.upper, Basis.PROVED)
        return Known(Quantity.derived(None, bounds, "EUR"), self.answer.observations)


def spans(ledger: Ledger, last: date = date.max, prices: Prices | None = None) -> list[Span]:
    """List all money known, each with the period in which it was spent or awarded; calls whose school years
    ended after `last` are left out."""
    found = []
    for row in programmes(ledger):
        answer = spent_on(ledger, prices, row.programme)
        if row.programme != ECOLE_NUMERIQUE and isinstance(answer, Known):
            found.append(Span(row.programme, *_period(ledger, row, answer), answer))
    covered = whole_of_calls(ledger, last, prices).covered
    for call in ledger.calls:
        answer = awarded(ledger, call, prices)
        if call.call in covered and isinstance(answer, Known):
            years = call.years or (date.min, max(one.known_on for one in answer.observations))
            found.append(Span(call.programme, *years, answer, call.call))
    return found


_ALWAYS = (date.min, date.max)
_ANY_AMOUNT = Known(Quantity.derived(None, Bounds(Decimal(0), None), "EUR"))


def _spans_not_known(ledger: Ledger, last: date, prices: Prices | None) -> list[Span]:
    """List the periods in which money was spent or awarded of which no amount is known."""
    rows = programmes(ledger)
    found = [
        Span(row.programme, row.valid_from or date.min, row.valid_to or date.max, _ANY_AMOUNT)
        for row in rows
        if row.programme != ECOLE_NUMERIQUE and isinstance(spent_on(ledger, prices, row.programme), Missing)
    ]
    lacking = whole_of_calls(ledger, last, prices).not_known
    found += [
        Span(call.programme, *(call.years or _ALWAYS), _ANY_AMOUNT, call.call)
        for call in ledger.calls
        if call.call in lacking
    ]
    if not all(row.valid_from for row in rows):  # there may be programmes and calls not known of
        found.append(Span("", *_ALWAYS, _ANY_AMOUNT))
    return found


def _period(ledger: Ledger, programme: Programme, answer: Known) -> tuple[date, date]:
    """Say when money was spent: as the document says, else while the programme ran, until the document; and
    from when another document shows it at work. A deduced end is none: it may have been spent until the end
    of the whole of which it is a part."""
    observation = answer.observations[0]
    first = observation.valid_from or programme.valid_from or date.min
    last = observation.valid_to or programme.valid_to
    if last == programme.valid_to and programme.has_deduced_end:
        last = _end_of_whole(ledger)
    return min(first, _at_work_from(ledger, programme.programme)), last or observation.known_on


def _end_of_whole(ledger: Ledger) -> date | None:
    whole = ledger.answer("budget_spent")
    return whole.observations[0].valid_to if isinstance(whole, Known) else None


def _at_work_from(ledger: Ledger, programme: str) -> date:
    """Find the first day on which a document shows a programme at work, plans aside."""
    return min(
        (
            one.valid_from
            for one in ledger.all_observations()
            if one.programme == programme and one.valid_from and one.stage != PLANNED
        ),
        default=date.max,
    )


def first_call_year(ledger: Ledger) -> int | None:
    """Say in which year the first call of École Numérique began: from then on amounts are known by their
    school years. None where no document has told it."""
    begun = [call.years[0].year for call in ledger.calls if call.programme == ECOLE_NUMERIQUE and call.years]
    return min(begun, default=None)


def years_rows(
    ledger: Ledger, prices: Prices | None = None, last: date = date.max, since: date = date.min
) -> MeasureTable[YearBudget]:
    """Give what was spent in each year, and `since` a day cumulated to its end, as intervals."""
    known = spans(ledger, last, prices)
    dated = [span for span in known if span.first != date.min]
    if not dated:
        return MeasureTable([], YearBudget)
    begin = min(span.first for span in dated)
    not_known = _spans_not_known(ledger, last, prices)
    end = max(span.last for span in (*dated, *not_known) if span.last != date.max)
    all_spans = [*known, *not_known]
    rows = []
    for year in range(max(begin, since).year, end.year + 1):
        first, final = date(year, 1, 1), date(year, 12, 31)
        value = sum_of(span.spent(first, final) for span in all_spans)
        cumulated = sum_of(span.spent(since, final) for span in all_spans)
        lacking = tuple(s.call for s in not_known if s.call and s.first <= final and first <= s.last)
        rows.append(YearBudget(_name(prices), year, value, cumulated, lacking))
    return MeasureTable(rows, YearBudget)


_ROWS: dict[str, Callable[[Ledger, Prices | None], MeasureTable[object]]] = {
    "programme": programme_rows,
    "call": _call_rows,
    "component": components_rows,
    "year": years_rows,
}


BUDGETS = MeasureDefinition(
    "budgets",
    message("What was spent and awarded, in euros."),
    budgets_rows,
    {
        ProgrammeBudget: ("programme",),
        CallBudget: ("call",),
        ComponentBudget: ("component",),
        YearBudget: ("year",),
    },
    options=("prices",),
    carried={"call": ("programme", "school_year"), "component": ("programme",)},
    is_released=True,
)
