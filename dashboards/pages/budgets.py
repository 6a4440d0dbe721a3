"""Budgets by programme, call, item or year, in euros of the time or at the prices of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components import cards, chart_figure, measure_table, section
from dashboards.filters import CHARTS, PRICES, prices_words
from dashboards.registry import Content, register_page
from dashboards.view import Filter, Option
from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE

if TYPE_CHECKING:
    from dashboards.reading import Reading
    from ennum_stats.store.ledger import Ledger

NAMES: dict[str, Message] = {
    "programme": message("by programme"),
    "call": message("by call"),
    "component": message("by item of Cyberclasse"),
    "year": message("by year"),
}
BUDGET_TABLE = message("Budgets {by}, {prices}")
PRICES_NOTE = message(
    "The charts are in euros of the time. At the prices of a year, an amount of a span of years is "
    "bounded by the prices of its first and its last year."
)
_CHARTS_BY = {
    "programme": ("budget_by_programme", "cumulated_investment"),
    "call": ("budget_per_call", "mean_grant_per_call"),
    "component": ("cyberclasse_components",),
    "year": ("cumulated_investment",),
}
_BUDGET_CARDS = {
    "programme": (
        ("cyberecole_budget", "cyberecole"), ("cyberclasse_budget", "cyberclasse"),
        ("en_budget_2012_2019", ECOLE_NUMERIQUE), ("connectivity_budget", "connectivity"),
    ),
}  # fmt: skip


def _by(_ledger: Ledger, language: str) -> list[Option]:
    return [Option(code, translate(text, language)) for code, text in NAMES.items()]


BY = Filter("by", message("Amounts"), _by)


def budgets(reading: Reading) -> Content:
    """Cards of the programmes, the charts of what was chosen, and the measure as a table."""
    by = reading.choice("by") or "programme"
    prices = reading.choice("prices") or "nominal"
    if by in _BUDGET_CARDS:
        yield cards(reading, _BUDGET_CARDS[by])
    for name in _CHARTS_BY[by]:
        yield chart_figure(reading, name)
    caption = reading.t(BUDGET_TABLE, by=NAMES[by], prices=prices_words(prices, reading.language))
    yield measure_table(reading, "budgets", caption, by=by, prices=prices)
    yield section(reading, paragraphs=[reading.t(PRICES_NOTE)])


register_page(
    "budgets", message("Budgets"),
    message("What was spent and awarded: by programme, call, item and year."),
    budgets, filters=(BY, PRICES, CHARTS), order=10,
)  # fmt: skip
