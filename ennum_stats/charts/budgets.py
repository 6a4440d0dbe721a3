"""Charts of what was spent and awarded: by programme, by component of Cyberclasse, and added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ennum_stats.charts import spec
from ennum_stats.errors import message
from ennum_stats.figures import figure
from ennum_stats.languages import listed, plural, span_words, translate, translate_plural
from ennum_stats.measures import budgets
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.columns import NOT_DETAILED
from ennum_stats.measures.labels import prices_words
from ennum_stats.measures.prices import NOMINAL, prices_named
from ennum_stats.store.answers import Answer, Known, Observation, sum_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital, semicolons
from ennum_stats.wording import headline_words, words

PROGRAMMES_TITLE = message("{total} in all, of which {amount} for {programme}")
LARGEST_TITLE = message("{amount} for {programme}")
MISSING = message("Amount not known: {names}.")
PROGRAMMES_SUBTITLE = message(
    "Spent on the programmes, and awarded by the calls of École Numérique, {prices}"
)
WITHOUT_LATER = message("With {calls}; without, for {years}: {total}.")
BUDGET = message("Amount (euros)")
PROGRAMME = message("Programme")
CALLS_ALONE = plural("{n} call", "{n} calls")
CALLS = plural("{n} call, {years}", "{n} calls, {years}")
COMPONENTS_TITLE = message("Cyberclasse: details are published for {known} out of {whole}")
COMPONENTS_TITLE_REAL = message("Cyberclasse: {whole} in all; with details, {known}")
COMPONENTS_SUBTITLE = message("Spending on Cyberclasse, {years}, {prices}")
COMPONENTS_WITHOUT_YEARS = message("Spending on Cyberclasse, {prices}")
COMPONENT = message("Item")
IN_ALL = message("Cyberclasse in all")
REST = message("Not detailed")
REST_DETAIL = message("the rest, without the items above")
PARTS_NOTE = message("The items known are a part of the whole; the helpdesk also serves École Numérique.")
CUMULATED_TITLE = message("{total} invested from {first} to {last}")
CUMULATED_SUBTITLE = message(
    "Spent on each programme, or awarded by its calls, from {first} to {last}, {prices}"
)
TOGETHER = message("In all")
STEPS_NOTE = message("Each bar begins where the one above it ends.")
STEPS_BAND = message("Pale at an end: what is not sure of the sum so far.")
_Spent = tuple[budgets.ProgrammeBudget, Known]
"""A programme and what is known of its cost."""


def budget_by_programme(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw what each programme cost; of École Numérique, what was awarded to its calls. Shares are of the
    twenty years, where all of these is known."""
    known: list[_Spent] = []
    missing: list[str] = []
    until = figure(ledger, "total_investment", options.prices).answer
    is_of_twenty = options.is_in_shares and budgets.is_closed(until)
    last = budgets.TWENTY_YEARS[1] if is_of_twenty else date.max
    rows = budgets.programme_rows(ledger, prices_named(ledger, options.prices), last).rows
    for row in rows:
        if isinstance(row.value, Known):
            known.append((row, row.value))
        else:
            missing.append(ledger.name("programmes", row.programme, language))
    is_all = not missing and all(row.valid_from for row in rows)
    missing += [call for row, _ in known for call in row.calls_not_known]
    return spec.ChartDraft(
        kind="bars",
        title=_programmes_title(ledger, known, language, is_all=is_all),
        subtitle=(
            _twenty_years_subtitle(language, options.prices)
            if is_of_twenty
            else _programmes_subtitle(ledger, language, options.prices)
        ),
        marks=[_programme(ledger, row, value, language) for row, value in known],
        evidence=[value for _, value in known],
        unit="EUR",
        label_heading=translate(PROGRAMME, language),
        value_heading=translate(BUDGET, language),
        notes=[
            *([translate(MISSING, language, names=listed(missing, language))] if missing else []),
            *spec.deduced(ledger, [row.programme for row, _ in known], language),
        ],
    ).completed(ledger, language)


def _programme(ledger: Ledger, row: budgets.ProgrammeBudget, value: Known, language: str) -> spec.Mark:
    """Mark what a programme cost."""
    return replace(
        spec.mark_of(ledger.name("programmes", row.programme, language), value, language),
        detail=_period(ledger, row, language),
        colour=row.programme,
        about=("programme", row.programme),
    )


def _programmes_subtitle(ledger: Ledger, language: str, prices: str) -> str:
    """Say what is summed up; where calls after the twenty years are in it, also the sum without them."""
    basis = prices_words(prices, language)
    subtitle = translate(PROGRAMMES_SUBTITLE, language, prices=basis) + "."
    later = [call.call for call in budgets.later_calls(ledger, prices_named(ledger, prices))]
    until = figure(ledger, "total_investment", prices).answer
    if not later or not isinstance(until, Known):
        return subtitle
    total = headline_words(until.quantity, language)
    calls = listed(later, language)
    without = translate(
        WITHOUT_LATER, language, calls=calls, years=budgets.twenty_years(language), total=total
    )
    return f"{subtitle} {without}"


def _twenty_years_subtitle(language: str, prices: str) -> str:
    """Say what was spent when, where only the twenty years count."""
    first, last = (str(day.year) for day in budgets.TWENTY_YEARS)
    basis = prices_words(prices, language)
    return translate(CUMULATED_SUBTITLE, language, first=first, last=last, prices=basis) + "."


def _programmes_title(ledger: Ledger, known: Sequence[_Spent], language: str, *, is_all: bool) -> str:
    """Say the whole and its largest part; not the whole where a part of it is not known."""
    if not known:
        return ""
    row, largest = max(known, key=lambda item: item[1].quantity.bounds.ends[0])
    part = {
        "amount": words(largest.quantity, language, style="text"),
        "programme": ledger.name("programmes", row.programme, language),
    }
    total = sum_of(value for _, value in known)
    if not is_all or not isinstance(total, Known):
        return first_capital(translate(LARGEST_TITLE, language, **part))
    whole = headline_words(total.quantity, language)
    return first_capital(translate(PROGRAMMES_TITLE, language, total=whole, **part))


def _period(ledger: Ledger, row: budgets.ProgrammeBudget, language: str) -> str:
    """Say the years in which the money was spent; of calls, their number and their school years."""
    observations = row.value.observations
    if row.programme == ECOLE_NUMERIQUE:
        names = {observation.call for observation in observations}
        calls = [call for call in ledger.calls if call.call in names]
        years = [call.years for call in calls if call.years]
        if len(years) < len(calls):
            return translate_plural(*CALLS_ALONE, len(calls), language)
        span = span_words(years[0][0].year, years[-1][1].year, language)
        return translate_plural(*CALLS, len(calls), language, years=span)
    return years_of(observations[0], language)


def years_of(observation: Observation, language: str) -> str:
    """Write the years of which an amount is; nothing where its document tells none."""
    period = observation.period
    return span_words(period[0].year, period[1].year, language) if period else ""


def cyberclasse_components(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw the published items of Cyberclasse's spending, and what they leave of the whole."""
    basis = prices_named(ledger, options.prices)
    whole = budgets.spent_on(ledger, basis, "cyberclasse")
    rows = budgets.components_rows(ledger, basis).rows
    items = [row for row in rows if row.component != NOT_DETAILED]
    marks = [_mark(translate(IN_ALL, language), whole, language)]
    marks += [
        _mark(first_capital(ledger.name("codelists.component", row.component, language)), row.value, language)
        for row in items
    ]
    marks += [
        _mark(translate(REST, language), row.value, language, is_rest=True)
        for row in rows
        if row.component == NOT_DETAILED
    ]
    known = sum_of(row.value for row in items)
    years = ""
    title = ""
    if isinstance(whole, Known):
        years = years_of(whole.observations[0], language)
        if isinstance(known, Known):
            title = translate(
                COMPONENTS_TITLE if basis is None else COMPONENTS_TITLE_REAL, language,
                known=words(known.quantity, language, style="text"),
                whole=words(whole.quantity, language, style="text"),
            )  # fmt: skip
    return spec.ChartDraft(
        kind="bars",
        title=title,
        subtitle=translate(
            COMPONENTS_SUBTITLE if years else COMPONENTS_WITHOUT_YEARS,
            language,
            years=years,
            prices=prices_words(options.prices, language),
        )
        + ".",
        marks=[mark for mark in marks if mark.quantity],
        evidence=[whole, *(row.value for row in items)],
        unit="EUR",
        label_heading=translate(COMPONENT, language),
        value_heading=translate(BUDGET, language),
        notes=[translate(PARTS_NOTE, language)],
    ).completed(ledger, language)


def _mark(label: str, answer: Answer, language: str, *, is_rest: bool = False) -> spec.Mark:
    return replace(
        spec.mark_of(label, answer, language),
        detail=translate(REST_DETAIL, language) if is_rest else "",
        colour="cyberclasse",
        state="rest" if is_rest else "reached",
    )


def cumulated_investment(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw how the programmes add up to what was spent and awarded in the twenty years."""
    total = figure(ledger, "total_investment", options.prices).answer
    rows: Sequence[budgets.ProgrammeBudget] = ()
    if isinstance(total, Known):  # else the parts would add up to something else
        rows = budgets.programme_rows(
            ledger, prices_named(ledger, options.prices), budgets.TWENTY_YEARS[1]
        ).rows
    first, last = (str(day.year) for day in budgets.TWENTY_YEARS)
    marks = [_programme(ledger, row, row.value, language) for row in rows if isinstance(row.value, Known)]
    title = ""
    if isinstance(total, Known):
        amount = words(total.quantity, language, style="text")
        title = translate(CUMULATED_TITLE, language, total=amount, first=first, last=last)
        whole = spec.mark_of(translate(TOGETHER, language), total, language)
        marks.append(replace(whole, detail=span_words(first, last, language), group=spec.WHOLE))
    calls = [call for row in rows for call in row.calls_not_known]
    return spec.ChartDraft(
        kind="waterfall",
        title=first_capital(title),
        subtitle=_twenty_years_subtitle(language, options.prices),
        marks=marks,
        evidence=[total, *(row.value for row in rows)],
        unit="EUR",
        label_heading=translate(PROGRAMME, language),
        value_heading=translate(BUDGET, language),
        notes=[
            translate(STEPS_NOTE, language),
            *([translate(STEPS_BAND, language)] if marks and spec.has_band(marks) else []),
            *([translate(MISSING, language, names=listed(calls, language))] if calls else []),
            *spec.deduced(ledger, [row.programme for row in rows], language),
        ],
    ).completed(ledger, language)


SINCE_TITLE = message("{total} since {year}")
SINCE_SUBTITLE = message(
    "Of what was spent and awarded since {year}, the part whose years are known: at least so much by the end "
    "of each year, {prices}"
)
OTHERS = message("On top of that comes a part, not known, of {spans}.")
SPAN = message("{programme}, {years} ({amount})")
YEAR, AMOUNT = message("End of the year"), message("At least (euros)")


def committed_since_first_call(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw for the end of each year what was spent and awarded at least since the first call of École
    Numérique; what is only known of a longer period is told in the note."""
    prices = options.prices
    basis, year = prices_named(ledger, prices), budgets.first_call_year(ledger)
    rows: list[tuple[budgets.YearBudget, Known]] = []
    if year is not None:
        years = budgets.years_rows(ledger, basis, since=date(year, 1, 1)).rows
        rows = [(row, known) for row in years if (known := _at_least(row)) is not None]
    title = ""
    if rows:
        total = words(rows[-1][1].quantity, language, style="text")
        title = first_capital(translate(SINCE_TITLE, language, total=total, year=str(year)))
    return spec.ChartDraft(
        kind="bars",
        title=title,
        subtitle=translate(
            SINCE_SUBTITLE if year else PROGRAMMES_SUBTITLE,
            language,
            year=str(year),
            prices=prices_words(prices, language),
        )
        + ".",
        marks=[
            replace(spec.mark_of(str(row.year), known, language), about=("year", str(row.year)))
            for row, known in rows
        ],
        evidence=[known for _, known in rows],
        unit="EUR",
        label_heading=translate(YEAR, language),
        value_heading=translate(AMOUNT, language),
        notes=_notes_across(ledger, spans_across(ledger, year, prices) if year else (), language),
    ).completed(ledger, language)


def spans_across(ledger: Ledger, year: int, prices: str = NOMINAL) -> list[budgets.Span]:
    """List the amounts that documents tell for a period which began before a year and reaches into it: how
    much of them was spent since is not known."""
    return [
        span
        for span in budgets.spans(ledger, prices=prices_named(ledger, prices))
        if (period := span.stated_period) and period[0].year < year <= period[1].year
    ]


def _at_least(row: budgets.YearBudget) -> Known | None:
    """Give what was spent at least; nothing where that is nothing."""
    known = row.cumulated
    if not isinstance(known, Known) or not known.quantity.bounds.lower:
        return None
    return known.at_least()


def _notes_across(ledger: Ledger, across: Sequence[budgets.Span], language: str) -> list[str]:
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
    return [*notes, *spec.deduced(ledger, [call.call for call in ledger.calls], language)]
