"""How a reader cites what is shown: a line to copy, and the same for programs that keep references."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dash import html

from dashboards.citations import address_on, cited
from dashboards.components.texts import copy_button
from ennum_stats.errors import message
from ennum_stats.measures.prices import NOMINAL

if TYPE_CHECKING:
    from dashboards.reading import Reading

CITE = message("Cite")
FOR_PROGRAMS = message("For reference managers:")
_FORMS = {"bibtex": "BibTeX", "csl": "CSL-JSON"}


def citation_shown(reading: Reading, what: str, label: str) -> html.Details:
    """How "figure/NAME", "chart/NAME", "page/PATH" or "document/KEY" is cited, folded away: its line, with
    the day and the content of the store, a button that copies it with its address, and files.

    Raises `UnknownName`.
    """
    ledger, prices = reading.ledger, reading.choice("prices") or NOMINAL
    found = cited(ledger, reading.language, what, prices)
    line = found.text(reading.language)
    words = line.removesuffix(found.address).rstrip()
    page = "" if what == "page/" else what.removeprefix("page/")
    address = found.address or address_on(ledger, reading.language, page, prices)
    asked = {"of": what, "lang": reading.language, "known_at": ledger.known_at.isoformat()}
    asked |= {} if prices == NOMINAL else {"prices": prices}
    links = [
        html.A(name, href=f"/api/citation?{urlencode({**asked, 'form': form}, safe='/:')}")
        for form, name in _FORMS.items()
    ]
    return html.Details(
        [
            html.Summary(reading.t(CITE)),
            html.P([line, " ", copy_button(reading, label, words, address)]),
            html.P([html.Span(reading.t(FOR_PROGRAMS)), *links], className="files"),
        ],
        className="citation",
    )  # fmt: skip
