"""Draw what is known for sure to have been spent and awarded since the first call, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ennum_stats.charts.budgets import PROGRAMMES_SUBTITLE
from ennum_stats.charts.spec import Chart, ChartDraft, ChartOptions, deduced, mark_of
from ennum_stats.errors import message
from ennum_stats.languages import span_words, translate
from ennum_stats.measures.budgets import Span, YearBudget, first_call_year, spans, years_rows
from ennum_stats.measures.labels import prices_words
from ennum_stats.measures.prices import NOMINAL, prices_named
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital, semicolons
from ennum_stats.wording import words

TITLE = message("{total} since {year}")
SUBTITLE = message(
    "Of what was spent and awarded since {year}, the part whose years are known: at least so much by the end "
    "of each year, {prices}"
)
OTHERS = message("On top of that comes a part, not known, of {spans}.")
SPAN = message("{programme}, {years} ({amount})")
YEAR, AMOUNT = message("End of the year"), message("At least (euros)")


def committed_since_first_call(ledger: Ledger, language: str, options: ChartOptions) -> Chart:
    """Draw for the end of each year what was spent and awarded at least since the first call of École
    Numérique; what is only known of a longer period is told in the note."""
    prices = options.prices
    basis, year = prices_named(ledger, prices), first_call_year(ledger)
    rows: list[tuple[YearBudget, Known]] = []
    if year is not None:
        budgets = years_rows(ledger, basis, since=date(year, 1, 1)).rows
        rows = [(row, known) for row in budgets if (known := _at_least(row)) is not None]
    title = ""
    if rows:
        total = words(rows[-1][1].quantity, language, style="text")
        title = first_capital(translate(TITLE, language, total=total, year=str(year)))
    return ChartDraft(
        kind="bars",
        title=title,
        subtitle=translate(
            SUBTITLE if year else PROGRAMMES_SUBTITLE,
            language,
            year=str(year),
            prices=prices_words(prices, language),
        )
        + ".",
        marks=[
            replace(mark_of(str(row.year), known, language), about=("year", str(row.year)))
            for row, known in rows
        ],
        evidence=[known for _, known in rows],
        unit="EUR",
        label_heading=translate(YEAR, language),
        value_heading=translate(AMOUNT, language),
        notes=_notes(ledger, spans_across(ledger, year, prices) if year else (), language),
    ).completed(ledger, language)


def spans_across(ledger: Ledger, year: int, prices: str = NOMINAL) -> list[Span]:
    """List the amounts that documents tell for a period which began before a year and reaches into it: how
    much of them was spent since is not known."""
    return [
        span
        for span in spans(ledger, prices=prices_named(ledger, prices))
        if (period := span.stated_period) and period[0].year < year <= period[1].year
    ]


def _at_least(row: YearBudget) -> Known | None:
    """Give what was spent at least; nothing where that is nothing."""
    known = row.cumulated
    if not isinstance(known, Known) or not known.quantity.bounds.lower:
        return None
    return known.at_least()


def _notes(ledger: Ledger, across: Sequence[Span], language: str) -> list[str]:
    parts = [
        translate(
            SPAN, language, amount=words(span.answer.quantity, language, style="text"),
            programme=ledger.name("programmes", span.programme, language),
            years=span_words(period[0].year, period[1].year, language),
        )
        for span in across
        if (period := span.stated_period)
    ]  # fmt: skip
    notes = [translate(OTHERS, language, spans=semicolons(parts, language))] if parts else []
    return [*notes, *deduced(ledger, [call.call for call in ledger.calls], language)]
