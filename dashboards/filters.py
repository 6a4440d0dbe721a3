"""Choices that several pages offer; each page names those that it draws everything by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.view import Filter, Option
from ennum_stats.errors import message
from ennum_stats.languages import translate

if TYPE_CHECKING:
    from ennum_stats.store.ledger import Ledger

OF_THE_TIME = message("in euros of the time")
OF_YEAR = message("at the prices of {year}")
DRAWN = message("as drawings")
TABLES = message("as tables")


def _prices(ledger: Ledger, language: str) -> list[Option]:
    years = sorted({int(row["year"]) for row in ledger.records("prices")}, reverse=True)
    real = [Option(f"real:{y}", translate(OF_YEAR, language, year=str(y))) for y in years]
    return [Option("nominal", translate(OF_THE_TIME, language)), *real]


def _charts(_ledger: Ledger, language: str) -> list[Option]:
    return [
        Option("drawn", translate(DRAWN, language)),
        Option("tables", translate(TABLES, language)),
    ]


PRICES = Filter("prices", message("Prices"), _prices)
CHARTS = Filter("charts", message("Charts"), _charts)
"""`drawn_figure` reads it: a page that names it shows all its charts as tables at once."""


def prices_words(prices: str, language: str) -> str:
    """The unit of amounts in words."""
    if prices in ("", "nominal"):
        return translate(OF_THE_TIME, language)
    return translate(OF_YEAR, language, year=prices.removeprefix("real:"))
