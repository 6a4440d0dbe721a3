"""How what is shown is cited: a figure, a chart, a page or a document, by the address of its page."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from dashboards.follow import public_address
from dashboards.registry import page_at
from ennum_stats.charts.citations import cite_named
from ennum_stats.errors import message, unknown_name
from ennum_stats.figures.citation import Citation, CitedKind, cite
from ennum_stats.languages import translate
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.store.ledger import Ledger

KINDS: tuple[CitedKind, ...] = ("figure", "chart", "page", "document")
FORMS = {
    "text": ("text/plain; charset=utf-8", "txt"),
    "bibtex": ("application/x-bibtex; charset=utf-8", "bib"),
    "csl": ("application/vnd.citationstyles.csl+json; charset=utf-8", "json"),
}
"""The forms of a citation: the type of its file, and how its name ends."""


def cited(ledger: Ledger, language: str, what: str, prices: str = NOMINAL) -> Citation:
    """Give the citation of "figure/NAME", "chart/NAME", "document/KEY" or "page/PATH". Raises
    `UnknownName`."""
    kind, _, name = what.partition("/")
    if (known := next((item for item in KINDS if item == kind), None)) is not None:
        address = address_on(ledger, language, what, prices)
        if result := cite_named(ledger, known, name, language, address, prices):
            return result
    page = page_at(name) if kind == "page" else None
    if page is None or not page.is_listed:
        raise unknown_name(
            message("There is nothing to cite under “{name}”.", name=what[:100]),
            [f"{item}/…" for item in KINDS],
        )
    title = translate(page.title, language)
    address = address_on(ledger, language, page.path)
    return cite(ledger, "page", page.path or "overview", title, language, address)


def address_on(ledger: Ledger, language: str, page: str, prices: str = NOMINAL) -> str:
    """Give the address that shows a page as it was on the ledger's day, for ever."""
    given = {"known_at": ledger.known_at.isoformat()}
    given |= {} if prices == NOMINAL else {"prices": prices}
    return public_address(f"/{language}/{quote(page)}?{urlencode(given)}")
