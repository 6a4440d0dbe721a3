"""Choices that several pages offer; each page names those that it draws everything by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dashboards.view import Filter, Option
from ennum_stats.charts.catalogue import CHARTS as DECLARED
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.labels import prices_words
from ennum_stats.measures.prices import NOMINAL, price_years
from ennum_stats.store.ledger import Ledger

DRAWN = message("as drawings")
TABLES = message("as tables")
AS_NUMBERS = message("as they are")
AS_SHARES = message("as shares of the whole")
AS_SITES = message("as numbers of school sites")
PARTS = ("province", "network", "level")
"""Dimensions by which documents may break the winners of a call down."""


def _prices(ledger: Ledger, language: str) -> list[Option]:
    names = [NOMINAL, *(f"real:{year}" for year in price_years(ledger))]
    return [Option(name, prices_words(name, language)) for name in names]


def _charts(_ledger: Ledger, language: str) -> list[Option]:
    return [Option("drawn", translate(DRAWN, language)), Option("tables", translate(TABLES, language))]


def _units(_ledger: Ledger, language: str) -> list[Option]:
    return [
        Option("numbers", translate(AS_NUMBERS, language)),
        Option("shares", translate(AS_SHARES, language)),
    ]


def _calls(ledger: Ledger, _language: str) -> list[Option]:
    calls = [call.call for call in ledger.calls if call.programme == ECOLE_NUMERIQUE]
    return [Option(call, call) for call in calls]


def _programmes(ledger: Ledger, language: str) -> list[Option]:
    """Give the programmes and plans that a document gives a number of, by their beginnings."""
    texts = {item.programme for item in ledger.all_observations()}
    codes = [row["programme"] for row in ledger.records("programmes", order="valid_from, programme")]
    return [Option(c, ledger.name("programmes", c, language)) for c in codes if c in texts]


def _codes_of(dimension: str) -> Callable[[Ledger, str], Sequence[Option]]:
    """Give the codes of a dimension that a document gives a number for, or a list of winners may name."""

    def options(ledger: Ledger, language: str) -> list[Option]:
        rows = ledger.records("codelists")
        codes = [row["code"] for row in rows if row["codelist"] == dimension]
        if dimension == "level":
            texts = {o.level for o in ledger.all_observations() if o.call}
            codes = [code for code in codes if code in texts]
        table = f"codelists.{dimension}"
        return [Option(code, ledger.name(table, code, language)) for code in codes]

    return options


PRICES = Filter("prices", message("Prices"), _prices, is_kept=True)
PRICES_ALONG = replace(PRICES, is_carried=True)
"""On a page without amounts: it comes along to the next."""
PRICES_AS_PRINTED = replace(PRICES, is_carried=True)
"""On a page whose amounts stay as they are printed, which says so: it comes along to the next."""
CHARTS = Filter("charts", message("Charts"), _charts, is_kept=True)
"""`drawn_figure` reads it: a page that names it shows all its charts as tables at once."""


def _charts_named(_ledger: Ledger, language: str) -> list[Option]:
    return [Option(name, translate(entry.description, language)) for name, entry in DECLARED.items()]


IN_TURN = Filter("turn", message("Charts that follow each other"), _charts_named, is_many=True)
"""Those among which the arrow keys go where a chart fills the screen."""


def _units_of_sites(_ledger: Ledger, language: str) -> list[Option]:
    return [
        Option("shares", translate(AS_SHARES, language)),
        Option("numbers", translate(AS_SITES, language)),
    ]


def _all_units(_ledger: Ledger, _language: str) -> list[Option]:
    return [Option(code, code) for code in ("", "numbers", "shares")]


UNITS = Filter("units", message("Numbers"), _units, is_kept=True)
"""Where the numbers of a page are parts of a whole; `reading.is_in_shares` tells it."""
UNITS_OF_SITES = replace(UNITS, options=_units_of_sites)
"""Where sites reached are shares of all sites, unless their number is asked for."""
CALL = Filter("call", message("Calls"), _calls, is_many=True)
PROGRAMME = Filter("programme", message("Programmes and plans"), _programmes, is_many=True)
PROVINCE = Filter("province", message("Provinces"), _codes_of("province"), is_many=True)
NETWORK = Filter("network", message("Networks"), _codes_of("network"), is_many=True)
LEVEL = Filter("level", message("Levels"), _codes_of("level"), is_many=True)
TEXT = Filter("q", message("Search"), lambda _ledger, _language: [], is_text=True, is_carried=True)
"""What a reader typed into the search of the header."""
WITH_EVIDENCE = tuple(
    replace(item, is_carried=True) for item in (PRICES, replace(UNITS, options=_all_units), CALL)
)
"""What comes along to the evidence of a figure, a chart or a point."""
