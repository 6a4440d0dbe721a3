"""Draw how the share of the school sites with a project of École Numérique grew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ennum_stats.charts import spec
from ennum_stats.errors import Message, message
from ennum_stats.languages import listed, span_words, translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_range
from ennum_stats.measures.columns import COUNTED, ONE_PROJECT_A_SITE
from ennum_stats.measures.coverage.call_constraints import CONVENTION, PROVED
from ennum_stats.measures.coverage.coverage_over_time import CoverageYear, coverage_by_year_rows
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import registers_known
from ennum_stats.table import Value, ValueColumn, ValueTable
from ennum_stats.typography import first_capital, typeset
from ennum_stats.wording import words

TITLE = message("With the calls up to {year}, École Numérique reached {share} of the school sites")
SUBTITLE = message(
    "Share of the school sites of Wallonia with at least one project since {first}, call after call, adult "
    "education included"
)
SUBTITLE_PLAIN = message(
    "Share of the school sites of Wallonia with at least one project, adult education included"
)
TITLE_SITES = message("With the calls up to {year}, École Numérique reached {share}")
SUBTITLE_SITES = message(
    "School sites of Wallonia with at least one project since {first}, call after call, adult education "
    "included"
)
IS_RANGE = message("Bar: the share lies between its ends.")
IS_RANGE_OF_SITES = message("Bar: the number lies between its ends.")
IS_DOT = message("Dot: counted site by site.")
HYPOTHESIS = message("If a site has at most one project per call: {share} with the calls up to {year}.")
SCHOOL_YEAR = message("Calls up to the school year")
SHARE, SITES = message("Share of the sites"), message("School sites reached")
CALLS = message("Calls")
UNDER = message("{end}, one project a site")


@dataclass(frozen=True)
class _Drawn:
    """Say what is drawn of each row, and how it is said."""

    unit: str
    title: Message
    subtitle: Message
    heading: Message
    is_range: Message


_SHARES = _Drawn("share", TITLE, SUBTITLE, SHARE, IS_RANGE)
_NUMBERS = _Drawn("implantations", TITLE_SITES, SUBTITLE_SITES, SITES, IS_RANGE_OF_SITES)
VALUE, OUTER, INNER = "counted", "outer", "inner"
"""Groups of rows: counted values; proved bounds; bounds under an assumption, which lie within them."""
_GROUPS = {PROVED: OUTER, CONVENTION: OUTER, ONE_PROJECT_A_SITE: INNER, COUNTED: VALUE}


def coverage_over_time(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw the share of the sites with at least one project of the calls up to each school year, or their
    number: counted, or bounded."""
    rows = [
        row
        for row in coverage_by_year_rows(ledger).rows
        if isinstance(row.share, Known) and row.basis in _GROUPS
    ]
    drawn, whole = _SHARES, Decimal(1)
    if options.is_in_numbers:  # what is drawn of each row is then the number of its sites
        rows = [replace(row, share=row.sites) for row in rows]
        size = ledger.answer("implantations").quantity
        drawn, whole = _NUMBERS, size.value if size and size.value else whole
    return spec.ChartDraft(
        kind="ranges",
        title=_title(rows, language, drawn.title),
        subtitle=_subtitle(rows, language, drawn.subtitle),
        marks=[_mark(ledger, row, calls, language) for row, calls in _by_call(rows)],
        evidence=[row.share for row in rows],
        unit=drawn.unit,
        label_heading=translate(SCHOOL_YEAR, language),
        value_heading=translate(drawn.heading, language),
        whole=whole,
        notes=_notes(ledger, rows, language, drawn.is_range),
        table=_table(ledger, rows, drawn, language),
        lists=tuple(dict.fromkeys(key for row in rows for key in row.lists or ())),
        registers=registers_known(ledger) if any(row.basis == COUNTED for row in rows) else (),
    ).completed(ledger, language)


def _by_call(rows: Sequence[CoverageYear]) -> Iterator[tuple[CoverageYear, list[str]]]:
    """Give the rows in which calls came in, with these calls: what is proved, or counted. A year without a
    new call changes nothing."""
    before: set[str] = set()
    for row in rows:
        came = [call for call in row.calls_covered or () if call not in before]
        if came and _GROUPS[row.basis] != INNER:
            before.update(came)
            yield row, came


def _mark(ledger: Ledger, row: CoverageYear, calls: Sequence[str], language: str) -> spec.Mark:
    quantity = row.share.quantity
    assert quantity is not None
    assert row.year is not None
    years = [call.school_year for call in ledger.calls if call.call == calls[0]]
    return spec.Mark(
        label=listed(calls, language),
        detail=typeset(years[0], language) if len(calls) == 1 else _school_year(row, language),
        quantity=quantity,
        text=words(quantity, language, style="short"),
        words=row.share.words(language),
        colour=ECOLE_NUMERIQUE,
        about=("call", calls[0]) if len(calls) == 1 else ("", ""),
        first=date(row.year, 9, 1),
        observations=row.share.observations,
    )


def _school_year(row: CoverageYear, language: str) -> str:
    """Name the year as the calls are named in every other chart: 2019-2020."""
    assert row.year is not None
    return span_words(row.year, row.year + 1, language)


def _title(rows: Sequence[CoverageYear], language: str, text: Message) -> str:
    """Tell the last year: its value, or its proved bounds."""
    certain = [row for row in rows if row.basis != ONE_PROJECT_A_SITE]
    if not certain:
        return ""
    last = certain[-1]
    share = last.share.quantity
    assert share is not None
    shown = words(share, language, style="text")
    title = translate(text, language, year=_school_year(last, language), share=shown)
    return first_capital(title)


def _subtitle(rows: Sequence[CoverageYear], language: str, text: Message) -> str:
    if not rows:
        return translate(SUBTITLE_PLAIN, language) + "."
    return translate(text, language, first=_school_year(rows[0], language)) + "."


def _notes(ledger: Ledger, rows: Sequence[CoverageYear], language: str, band: Message) -> list[str]:
    bases = {row.basis for row in rows}
    texts: list[Message] = []
    texts += [IS_DOT] if COUNTED in bases else []
    texts += [band] if {PROVED, CONVENTION} & bases else []
    notes = [translate(text, language) for text in texts]
    notes += _under_assumption(rows, language)
    covered = {call for row in rows for call in row.calls_covered or ()}
    unknown = [
        call.call
        for call in ledger.calls
        if call.programme == ECOLE_NUMERIQUE and call.call not in covered and call.took_place(ledger.known_at)
    ]
    if rows and unknown:
        notes.append(translate(spec.NUMBER_NOT_KNOWN, language, calls=listed(unknown, language)))
    return notes + spec.deduced(ledger, covered, language)


def _under_assumption(rows: Sequence[CoverageYear], language: str) -> list[str]:
    """Tell the newest bounds that the assumption of one project a site makes sharper."""
    proved = {row.year: row.share.quantity for row in rows if _GROUPS[row.basis] == OUTER}
    sharper = [
        row for row in rows if _GROUPS[row.basis] == INNER and row.share.quantity != proved.get(row.year)
    ]
    if not sharper:
        return []
    share = sharper[-1].share.quantity
    assert share is not None
    shown = words(share, language, style="text")
    return [translate(HYPOTHESIS, language, share=shown, year=_school_year(sharper[-1], language))]


def _table(ledger: Ledger, rows: Sequence[CoverageYear], drawn: _Drawn, language: str) -> ValueTable:
    """Tabulate each year: its value, the bounds without an assumption, and those under it."""
    groups = [g for g in (OUTER, INNER, VALUE) if any(_GROUPS[row.basis] == g for row in rows)]
    years: dict[str, dict[str, CoverageYear]] = defaultdict(dict)
    for row in rows:
        years[_school_year(row, language)][_GROUPS[row.basis]] = row
    columns = [ValueColumn(translate(SCHOOL_YEAR, language))]
    for group in groups:
        if group == VALUE:
            columns.append(ValueColumn(translate(drawn.heading, language), drawn.unit))
        else:
            columns += spec.bound_columns(drawn.unit, language, UNDER if group == INNER else None)
    columns += [ValueColumn(translate(spec.IN_WORDS, language)), ValueColumn(translate(CALLS, language))]
    cells = [_cells(ledger, year, of_year, groups, language) for year, of_year in years.items()]
    return ValueTable(tuple(columns), tuple(cells))


def _cells(
    ledger: Ledger, year: str, of_year: dict[str, CoverageYear], groups: Sequence[str], language: str
) -> tuple[Value, ...]:
    cells: list[Value] = [year]
    for group in groups:
        quantity = of_year[group].share.quantity if group in of_year else None
        if group == VALUE:
            cells.append(quantity.value if quantity else None)
        else:
            cells += [quantity.bounds.lower, quantity.bounds.upper] if quantity else [None, None]
    row = of_year.get(VALUE) or of_year.get(OUTER) or next(iter(of_year.values()))
    cells.append(row.share.words(language))
    cells.append(call_range(ledger, row.calls_covered or (), language))
    return tuple(cells)
