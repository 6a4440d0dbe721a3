"""A figure as a card tells it: number, unit, precision, change since the press kit, source."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.view import View
from ennum_stats.charts.spec import source_line
from ennum_stats.errors import message
from ennum_stats.figures import Figure, figure
from ennum_stats.figures.reports import labelled
from ennum_stats.languages import period_words, plural, translate, translate_plural
from ennum_stats.measures.dates import dated, state_words
from ennum_stats.measures.labels import prices_words
from ennum_stats.measures.prices import NOMINAL, price_years
from ennum_stats.measures.targets import forecast_words
from ennum_stats.store.answers import Source
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import UNITS
from ennum_stats.wording import key_figure

KIT = "press-kit-2020"
WAS = message("in {day}: {before}")
UNCHANGED = message("unchanged since {day}")
NOT_CONVERTED = message("at current prices: of no single period, not converted")
NO_SOURCE = message("No document yet")
COUNTED_FROM = plural("counted from {n} list of schools", "counted from {n} lists of schools")
COMPUTED_FROM = message("computed from {n} documents ({day})")
COMPUTED = message("computed ({document})")
AND_OTHERS = message("{document} and {n} more")


@dataclass(frozen=True)
class WordedFigure:
    """Hold a figure in words: the number large; unit, precision, change, source and date small around it."""

    name: str
    label: str
    number: str
    unit: str
    precision: str
    change: str
    source: str
    words: str
    copied: str
    basis: str = ""
    """In which euros an amount is, where the reader chose others than those of its time."""
    is_worded: bool = False
    """Whether `number` is words: why there is none."""


def kit_day(ledger: Ledger) -> Source:
    """Give the press kit from which changes are counted."""
    return ledger.source(KIT)


def key_figure_of(view: View, ledger: Ledger, name: str) -> WordedFigure:
    """Give a key figure with its precision, its change since the press kit, its source and day."""
    prices = view.choice("prices") or NOMINAL
    known = figure(ledger, name, prices)
    worded = known.text(view.language)
    source = _source(known, view.language)
    number_, unit, precision = worded, "", ""
    if known.quantity is not None:
        forecast = forecast_words(ledger, known.answer, view.language)
        number_, unit, precision = key_figure(known.quantity, view.language, forecast=forecast)
        if "–" in number_:  # a range says itself how well it is known
            precision = forecast
        elif known.quantity.value is None:  # the number is but an end: that stands beside it
            unit, precision = f"{unit} {precision}".strip(), ""
    return WordedFigure(
        name=name,
        label=known.label(view.language),
        number=number_,
        unit=dated(unit, state_words(ledger, known.answer, view.language), view.language).strip(),
        precision=precision,
        change=_change(known, ledger, view.language),
        source=source,
        words=worded,
        copied=copied(view, known),
        basis=_basis(known, prices, view.language),
        is_worded=known.quantity is None,
    )


def copied(view: View, known: Figure) -> str:
    """Give the figure in words with its source, to be pasted elsewhere."""
    sources = list({o.source.source_id: o.source for o in known.observations}.values())
    source = (
        source_line(sources, known.ledger, view.language) if sources else _source(known, view.language) + "."
    )
    stated = labelled(known.label(view.language), known.full_text(view.language), view.language)
    return f"{stated}. {source}"


def _source(known: Figure, language: str) -> str:
    """Give the last document, by its publisher and date, or only its date and how many it is computed
    from."""
    sources = list({o.source.source_id: o.source for o in known.observations}.values())
    if not sources:
        lists = len(known.lists)
        return translate_plural(*COUNTED_FROM, lists, language) if lists else translate(NO_SOURCE, language)
    last = max(sources, key=lambda source: source.known_on)
    when = period_words(last.day, language)
    shown = f"{last.publisher}, {when}"
    if len(sources) > 1 and not known.is_printed:
        return translate(COMPUTED_FROM, language, n=len(sources), day=when)
    if len(sources) > 1:
        shown = translate(AND_OTHERS, language, document=shown, n=len(sources) - 1)
    return shown if known.is_printed else translate(COMPUTED, language, document=shown)


def _basis(known: Figure, prices: str, language: str) -> str:
    """Give the euros of an amount where others were chosen; of what no year is known, that it stays as it
    was."""
    if prices == NOMINAL:
        return ""
    if known.prices != NOMINAL:
        return prices_words(prices, language)
    is_amount = UNITS[known.unit.split("/")[0]].is_money
    return translate(NOT_CONVERTED, language) if is_amount else ""


def _change(known: Figure, ledger: Ledger, language: str) -> str:
    kit = kit_day(ledger)
    if ledger.known_at <= kit.known_on:
        return ""
    earlier = ledger.known_on(kit.known_on)
    if known.prices not in (NOMINAL, *(f"real:{year}" for year in price_years(earlier))):
        return ""  # the index of that year was not known yet
    before = figure(earlier, known.name, known.prices)
    when = period_words(kit.day, language)
    if (before.value, before.lower, before.upper) == (known.value, known.lower, known.upper):
        return translate(UNCHANGED, language, day=when)
    return translate(WAS, language, before=before.text(language), day=when)
