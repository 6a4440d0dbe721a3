"""Budgets from programme to call or item to evidence: planned, awarded and spent; nominal and real."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from dashboards.blocks import Trail
from dashboards.components import chart_figure, section
from dashboards.components.amounts import YEARS_NOTE, amounts_section, both_prices, by_year
from dashboards.components.bars import NO_NUMBER, BarredLine, BarredNumber, barred
from dashboards.components.conflicts import conflicts_shown
from dashboards.components.evidence import justified
from dashboards.components.shares import OF_THE_WHOLE, in_shares
from dashboards.filters import CHARTS, PRICES, UNITS
from dashboards.reading import Reading
from dashboards.registry import About, Content, register_page
from dashboards.view import Filter, Option
from ennum_stats.charts.budgets import MISSING
from ennum_stats.document.blocks import Paragraph, Section
from ennum_stats.errors import Message, message
from ennum_stats.figures import figure
from ennum_stats.figures.catalogue import definitions
from ennum_stats.languages import listed, translate
from ennum_stats.measures.budgets import (
    TWENTY_YEARS,
    awarded,
    components_rows,
    is_closed,
    later_calls,
    programme_budget,
    spent_on,
    twenty_years,
    whole_of_calls,
)
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.columns import NOT_DETAILED
from ennum_stats.measures.labels import prices_words
from ennum_stats.measures.prices import NOMINAL, prices_named
from ennum_stats.measures.programmes import plans, programmes
from ennum_stats.quantities import Reason
from ennum_stats.store.answers import Answer, Known, Missing, Observation, sum_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital, typeset
from ennum_stats.wording import headline_words

ALL_BUDGETS = message("All programmes")
NAMES: dict[str, Message] = {
    "programme": message("by programme"),
    "call": message("by call"),
    "component": message("by item of Cyberclasse"),
    "year": message("by year"),
}
BUDGET_TABLE = message("Budgets {by}: planned, awarded, spent, {prices}")
NOT_CONVERTED = message("{amount} (not converted)")
WHAT, PLANNED, AWARDED, SPENT = (message("What"), message("Planned"), message("Awarded"), message("Spent"))
TOGETHER = message("Awarded or spent, {prices}")
TOTAL = message("Total {years}")
TOTAL_WITH = message("Total with {calls}")
TOTALS_NOTE = message(
    "These totals differ by {calls} alone: {until} for {years}, {all_known} with {calls}, which ended after them."
)
OF_TWENTY_YEARS = message("{what}, in shares of the total {years}")
PLANS_NOTE = message(
    "A plan announces what several measures may cost; it is no fifth programme and in no total."
)
REAL_NOTE = message(
    "At the prices of a year, by the Belgian consumer price index: an amount of several years lies between "
    "what the index of each of them would make of it."
)
_CHARTS_BY = {
    "programme": ("budget_by_programme", "cumulated_investment"),
    "call": ("budget_per_call", "mean_grant_per_call"),
    "component": ("cyberclasse_components",),
    "year": ("committed_since_first_call",),
}
_FURTHER = {ECOLE_NUMERIQUE: "call", "cyberclasse": "component"}
"""How a programme is divided further."""
_WHOLES = {"programme": {1: 3, 2: 3, 3: 3, 4: 4}, "call": {1: 1, 3: 3}, "component": {2: 2, 3: 3}}
"""By level, each column of amounts, and the one whose sum is the whole that it is a share of."""
_MEASURES = ("budget_planned", "budget_awarded", "budget_spent")


TOTAL_SPENT = message("{total} were spent on digital equipment of schools from {first} to {last}.")
TOTAL_REAL = message("{total}, {prices}, were spent on digital equipment of schools from {first} to {last}.")
YEARS_STAY = message("Years stay amounts: which part of the whole a year has is not known.")


def _by(_ledger: Ledger, language: str) -> list[Option]:
    return [Option(code, translate(text, language)) for code, text in NAMES.items()]


BY = Filter("by", message("Amounts"), _by)


def budgets(reading: Reading) -> Content:
    """Tell where the reader is, what was spent or that years cannot be told apart, its chart, the amounts as a table
    that leads further, and other charts."""
    by = reading.choice("by") or "programme"
    if by != "programme":
        above = [(reading.t(ALL_BUDGETS), reading.view.address(by=""))]
        yield Trail(tuple(above), reading.t(NAMES[by]))
    yield Paragraph((reading.t(YEARS_NOTE) if by == "year" else spent_words(reading),), "state lead")
    first, *others = (chart_figure(reading, name) for name in _CHARTS_BY[by])
    yield first
    if by == "year":
        yield from by_year(reading)
    else:
        yield _TABLES[by](reading)
    yield from others
    notes = [REAL_NOTE] + [YEARS_STAY] * (reading.is_in_shares and by in ("programme", "year"))
    yield section(paragraphs=[reading.t(text) for text in notes])
    yield from justified(reading, conflicts_shown(reading, _is_of))


def spent_words(reading: Reading) -> str:
    """Say what was spent in the twenty years; nothing where no total is known."""
    total = figure(reading.ledger, "total_investment", reading.prices).quantity
    if total is None:
        return ""
    first, last = (str(day.year) for day in TWENTY_YEARS)
    text = reading.t(
        TOTAL_SPENT if reading.prices == NOMINAL else TOTAL_REAL, total=headline_words(total, reading.language),
        prices=prices_words(reading.prices, reading.language), first=first, last=last,
    )  # fmt: skip
    return first_capital(text)


def _is_of(observation: Observation) -> bool:
    """Tell whether a number is an amount of a budget."""
    return observation.measure in _MEASURES


def both_totals(reading: Reading, prices: str = NOMINAL) -> tuple[Answer, Answer]:
    """Show the total of the twenty years, and that with the later calls whose budget is known."""
    ledger, basis = reading.ledger, prices_named(reading.ledger, prices)
    until = figure(ledger, "total_investment", prices).answer
    added = [awarded(ledger, call, basis) for call in later_calls(ledger)]
    return until, sum_of([until, *added])


# --- planned, awarded, spent ----------------------------------------------------------------------


def _programmes(reading: Reading) -> Section:
    ledger, lines = reading.ledger, []
    both = [prices_named(ledger, item) for item in both_prices(reading)]
    last = TWENTY_YEARS[1] if _is_of_twenty(reading) else date.max
    for row in programmes(ledger):
        code = row.programme
        is_calls = code == ECOLE_NUMERIQUE
        page = "" if is_calls else f"figure/{code}_budget"
        cost, other = (programme_budget(ledger, code, last, item) for item in both)
        cells = [
            _planned(reading, ledger.answer("budget_planned", programme=code)),
            barred(reading, cost) if is_calls else NO_NUMBER,
            NO_NUMBER if is_calls else barred(reading, cost, page),
            barred(reading, cost, page),
            barred(reading, other, page),
        ]
        further = reading.view.address(by=_FURTHER[code]) if code in _FURTHER else ""
        name = ledger.name("programmes", code, reading.language)
        lines.append(BarredLine(name, cells, further, programme=code))
    lines += _totals(reading)
    lines += _plans(reading)
    return _table(reading, "programme", lines, is_summed=True, notes=_totals_notes(reading))


def _is_of_twenty(reading: Reading) -> bool:
    """Tell whether the programmes are given as shares of the twenty years, of which all is known."""
    return reading.is_in_shares and is_closed(both_totals(reading)[0])


def _totals(reading: Reading) -> list[BarredLine]:
    """Give both totals, one below the other, the second with what makes it larger in its name."""
    (until, all_known), other = (both_totals(reading, item) for item in both_prices(reading))
    blank = [NO_NUMBER, NO_NUMBER, NO_NUMBER]
    page = "figure/total_investment"
    cells = [*blank, barred(reading, until, page), barred(reading, other[0], page)]
    lines = [BarredLine(reading.t(TOTAL, years=twenty_years(reading.language)), cells, is_part=False)]
    later = [call.call for call in later_calls(reading.ledger)]
    if later and not _is_of_twenty(reading):
        page = "chart/budget_by_programme"
        cells = [*blank, barred(reading, all_known, page), barred(reading, other[1], page)]
        lines.append(BarredLine(reading.t(TOTAL_WITH, calls=later), cells, is_part=False))
    return lines


def _totals_notes(reading: Reading) -> list[str]:
    notes, later = [], [call.call for call in later_calls(reading.ledger)]
    totals = both_totals(reading, reading.prices)
    until, all_known = (barred(reading, item, unit=True) for item in totals)
    if later and all(isinstance(total, Known) for total in totals):
        texts = {"until": until.text, "all_known": all_known.text, "years": twenty_years(reading.language)}
        notes.append(reading.t(TOTALS_NOTE, calls=listed(later, reading.language), **texts))
    lacking = whole_of_calls(reading.ledger).not_known
    if lacking:
        notes.append(reading.t(MISSING, names=listed(lacking, reading.language)))
    return [*notes, reading.t(PLANS_NOTE)]


def _plans(reading: Reading) -> Iterator[BarredLine]:
    ledger = reading.ledger
    for plan in plans(ledger):
        planned = ledger.answer("budget_planned", programme=plan.programme)
        if isinstance(planned, Known):
            name = ledger.name("programmes", plan.programme, reading.language)
            yield BarredLine(name, [_planned(reading, planned), *[NO_NUMBER] * 4], is_part=False)


def _calls(reading: Reading) -> Section:
    ledger = reading.ledger
    chosen, other = (prices_named(ledger, item) for item in both_prices(reading))
    lines = []
    for call in ledger.calls:
        if call.programme != ECOLE_NUMERIQUE:
            continue
        cells = [
            _planned(reading, awarded(ledger, call, None, "budget_planned")),
            barred(reading, awarded(ledger, call, chosen)),
            barred(reading, Missing(Reason.NOT_COLLECTED)),
            barred(reading, awarded(ledger, call, other)),
        ]
        school_year = typeset(call.school_year, reading.language)
        page = f"call/{call.call}"
        lines.append(BarredLine(call.call, cells, "", school_year, page, ECOLE_NUMERIQUE))
    return _table(reading, "call", lines)


def _components(reading: Reading) -> Section:
    ledger = reading.ledger
    both = [prices_named(ledger, item) for item in both_prices(reading)]
    code, known = "cyberclasse", definitions(ledger)

    def line(
        name: str, chosen: Answer, other: Answer, planned: Answer, figure_name: str, *, is_part: bool = True
    ) -> BarredLine:
        page = f"figure/{figure_name}" if figure_name in known else ""
        cells = [
            _planned(reading, planned), NO_NUMBER, barred(reading, chosen, page),
            barred(reading, other, page),
        ]  # fmt: skip
        return BarredLine(name, cells, programme=code, is_part=is_part)

    whole = [spent_on(ledger, item, code) for item in both]
    planned = ledger.answer("budget_planned", programme=code)
    name = ledger.name("programmes", code, reading.language)
    lines = [line(name, whole[0], whole[1], planned, "cyberclasse_budget", is_part=False)]
    for row, other in zip(*(components_rows(ledger, item).rows for item in both), strict=True):
        part = row.component
        planned = Missing(Reason.NOT_APPLICABLE)
        texts = reading.t(NOT_DETAILED_WORDS)
        if part != NOT_DETAILED:
            texts = ledger.name("codelists.component", part, reading.language)
            planned = ledger.answer("budget_planned", programme=code, component=part)
        lines.append(line(texts, row.value, other.value, planned, f"{code}_{part}"))
    return _table(reading, "component", lines)


NOT_DETAILED_WORDS = message("not detailed")


def _planned(reading: Reading, answer: Answer) -> BarredNumber:
    """Tell what was planned, at the prices chosen where the index reaches as far as the plan; a dash where
    nothing was."""
    if not isinstance(answer, Known):
        return NO_NUMBER
    basis = prices_named(reading.ledger, reading.prices)
    converted = basis.of_its_period(answer) if basis else answer
    drawn = barred(reading, converted if isinstance(converted, Known) else answer)
    text = drawn.text
    if not isinstance(converted, Known):
        text = reading.t(NOT_CONVERTED, amount=text)
    return BarredNumber(text, drawn.quantity, is_planned=True)


def _table(
    reading: Reading,
    by: str,
    lines: Sequence[BarredLine],
    *,
    is_summed: bool = False,
    notes: Sequence[str] = (),
) -> Section:
    """Give the amounts of a level side by side, all bars on one scale, with their files."""
    chosen, other = (prices_words(item, reading.language) for item in both_prices(reading))
    header = [reading.t(text) for text in (WHAT, PLANNED, AWARDED, SPENT)]
    if reading.prices != NOMINAL:
        header[2:] = [f"{text}, {chosen}" for text in header[2:]]
    if is_summed:
        header.append(reading.t(TOGETHER, prices=chosen))
    header.append(reading.t(TOGETHER, prices=other))
    caption = reading.t(BUDGET_TABLE, by=reading.t(NAMES[by]), prices=chosen)
    if reading.is_in_shares:
        is_of_twenty = by == "programme" and _is_of_twenty(reading)
        of = OF_TWENTY_YEARS if is_of_twenty else OF_THE_WHOLE
        caption = reading.t(of, what=caption, years=twenty_years(reading.language))
        lines, notes = in_shares(reading, lines, _WHOLES[by], blank={0}), ()
    columns = set(range(len(header) - 1))
    return amounts_section(reading, caption, f"budgets-{by}", header, lines, [columns], notes, by)


_TABLES: dict[str, Callable[[Reading], Section]] = {
    "programme": _programmes, "call": _calls, "component": _components,
}  # fmt: skip


register_page(
    "budgets", message("Budgets"),
    About(
        message("What was spent and awarded: by programme, call, item and year."),
        message("euros planned, awarded and spent, as each document gives them"),
        _is_of,
    ),
    budgets, filters=(BY, PRICES, UNITS, CHARTS), order=10,
)  # fmt: skip
