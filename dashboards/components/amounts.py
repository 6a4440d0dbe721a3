"""Tables of amounts in the euros chosen, and beside them in others; by year, as far as years are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dashboards.components import downloads
from dashboards.components.bars import NO_NUMBER, BarredLine, barred, barred_table
from dashboards.components.comparing import compare_link
from dashboards.reading import Reading
from ennum_stats.charts.spec import deduced
from ennum_stats.document.blocks import Heading, Paragraph, Section, Text
from ennum_stats.errors import Message, message
from ennum_stats.languages import span_words
from ennum_stats.measures.budgets import Span, spans, years_rows
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.labels import prices_words
from ennum_stats.measures.prices import NOMINAL, price_years, prices_named
from ennum_stats.measures.winners import winners_rows
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.typography import typeset

CALLS_TABLE = message("Known for sure: awarded by each call, with its school years")
SPANS_TABLE = message("What is known of the amounts: their periods")
YEARS_TABLE = message("Budgets by year, as bands")
CALL, YEAR, SPAN = message("Call"), message("Year"), message("Programme or call")
# Defines since the first call.
AWARDED, SINCE = message("Awarded, {prices}"), message("Since the first call, {prices}")
IN_YEAR, UNTIL_YEAR = message("In the year, {prices}"), message("Until its end, {prices}")
AMOUNT, MEAN = message("Amount, {prices}"), message("On average, a year, {prices}")
MEAN_NOTE = message(
    "The average divides an amount by the years of its period: it is not what was spent in any of them."
)
YEARS_NOTE = message(
    "An amount of which only the period is known is not spread over its years: of a year is known what was "
    "spent at least, and at most."
)
_NO_INDEX = Missing(Reason.NOT_YET_KNOWN)


def both_prices(reading: Reading) -> tuple[str, str]:
    """Give the euros in which amounts are shown, and those beside them: of their time beside those of a year,
    the last that has an index beside those of their time."""
    chosen, years = reading.prices, price_years(reading.ledger)
    neighbour = f"real:{years[0]}" if chosen == NOMINAL and years else NOMINAL
    return chosen, neighbour


def amounts_section(
    reading: Reading,
    caption: str,
    name: str,
    header: Sequence[str],
    lines: Sequence[BarredLine],
    axes: Sequence[set[int]],
    notes: Sequence[str],
    by: str = "",
) -> Section:
    """Make a table of amounts with bars, its notes, and where it is one of a measure, its files and its
    comparison."""
    files: list[Any] = []
    if by:
        given = {"by": by} | ({"prices": reading.prices} if reading.prices != NOMINAL else {})
        files += downloads(reading, "table/budgets", ("csv", "xlsx"), caption, **given)
    if by == "year":  # the chart of all else leads there
        files.append(Paragraph((compare_link(reading, by, "budgets.value", caption),), "tools"))
    small = [Paragraph((Text(text),), "small") for text in notes]
    drawn = barred_table(reading, name, caption, header, lines, axes=axes)
    return Section((Heading(2, (caption,)), drawn, *small, *files), "table-section")


def by_year(reading: Reading) -> Iterator[Section]:
    """Tell what is known of years, the surest first: each call with its school years, each amount with its
    period, and every year as what is sure and what is possible."""
    yield _calls(reading)
    yield _spans(reading)
    yield _years(reading)


def _calls(reading: Reading) -> Section:
    """Tell what each call awarded, and what all had awarded by then."""
    chosen, neighbour = (winners_rows(reading.ledger, prices=item).rows for item in both_prices(reading))
    lines = []
    for row, other in zip(chosen, neighbour, strict=True):
        answers = (row.budget_awarded, other.budget_awarded, row.budget_cumulated, other.budget_cumulated)
        cells = [barred(reading, item) for item in answers]
        school_year = typeset(row.school_year, reading.language)
        lines.append(BarredLine(row.call, cells, "", school_year, f"call/{row.call}", ECOLE_NUMERIQUE))
    header = _header(reading, CALL, AWARDED, SINCE)
    caption, name = reading.t(CALLS_TABLE), "budgets-calls"
    return amounts_section(reading, caption, name, header, lines, [{0, 1}, {2, 3}], ())


def _spans(reading: Reading) -> Section:
    """Give each amount with the period in which documents say that it was spent or awarded, and what that
    makes a year on average where it is of several."""
    ledger, language = reading.ledger, reading.language
    school_years = {call.call: typeset(call.school_year, language) for call in ledger.calls}
    chosen, neighbour = (
        {(item.programme, item.call): item for item in spans(ledger, prices=prices_named(ledger, name))}
        for name in both_prices(reading)
    )
    lines = []
    for key, item in chosen.items():
        other = neighbour.get(key)
        period = item.stated_period
        texts = span_words(period[0].year, period[1].year, language) if period else ""
        mean = _mean(item)
        cells = [
            barred(reading, item.answer), barred(reading, other.answer if other else _NO_INDEX),
            barred(reading, mean) if mean else NO_NUMBER,
        ]  # fmt: skip
        name = item.call or ledger.name("programmes", item.programme, language)
        page = f"call/{item.call}" if item.call else ""
        lines.append(BarredLine(name, cells, "", school_years.get(item.call, texts), page, item.programme))
    prices = prices_words(reading.prices, language)
    header = [*_header(reading, SPAN, AMOUNT), reading.t(MEAN, prices=prices)]
    notes = deduced(ledger, [item.call or item.programme for item in chosen.values()], language)
    caption, name = reading.t(SPANS_TABLE), "budgets-spans"
    notes = [reading.t(MEAN_NOTE), *notes]
    return amounts_section(reading, caption, name, header, lines, [{0, 1}, {2}], notes)


def _mean(span: Span) -> Answer | None:
    """Divide an amount by the years of its period; nothing of a call, whose school years say more."""
    if span.call or not span.stated_period:
        return None
    first, last = span.stated_period
    count = Quantity.exact(last.year - first.year + 1, "years")
    return span.answer.over(Known(count), "EUR")


def _years(reading: Reading) -> Section:
    ledger = reading.ledger
    chosen, neighbour = (
        {row.year: row for row in years_rows(ledger, prices_named(ledger, name)).rows}
        for name in both_prices(reading)
    )
    lines = []
    for year, row in chosen.items():
        other = neighbour.get(year)
        answers = (
            row.value, other.value if other else _NO_INDEX,
            row.cumulated, other.cumulated if other else _NO_INDEX,
        )  # fmt: skip
        lines.append(BarredLine(str(year), [barred(reading, item) for item in answers]))
    header = _header(reading, YEAR, IN_YEAR, UNTIL_YEAR)
    axes = [{0, 1}, {2, 3}]
    return amounts_section(reading, reading.t(YEARS_TABLE), "budgets-year", header, lines, axes, (), "year")


def _header(reading: Reading, first: Message, *others: Message) -> list[str]:
    """Give the first heading, then each of the others at both prices."""
    basis = [prices_words(item, reading.language) for item in both_prices(reading)]
    return [reading.t(first), *(reading.t(text, prices=item) for text in others for item in basis)]
