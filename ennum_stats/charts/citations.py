"""A figure, a chart or a document cited by its name alone, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.errors import message, nearest_names, unknown_name
from ennum_stats.figures import figure
from ennum_stats.figures.catalogue import definitions
from ennum_stats.figures.citation import Citation, CitedKind, cite, cite_document, cite_figure
from ennum_stats.figures.observations import source_named
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.store.ledger import Ledger

Addresses = Callable[[CitedKind, str], str]
"""Gives the address of a figure or chart by its kind and name; empty where there is none."""


def cite_named(
    ledger: Ledger, kind: CitedKind, name: str, language: str, address: str, prices: str = NOMINAL
) -> Citation | None:
    """Cite a figure, chart or document by name; nothing for a chart that there is not, or another kind.

    Raises `UnknownName` for a figure or document that there is not, with the nearest.
    """
    if kind == "figure":
        return cite_figure(figure(ledger, name, prices), language, address)
    if kind == "chart" and name in CHARTS:
        title = chart(ledger, name, language, prices=prices).title
        return cite(ledger, "chart", name, title, language, address)
    return cite_document(source_named(ledger, name)) if kind == "document" else None


def cite_any(ledger: Ledger, name: str, language: str, address_of: Addresses) -> Citation:
    """Cite whatever has a name: a figure, a chart, a document. Raises `UnknownName`, with the nearest."""
    documents = [row["source_id"] for row in ledger.records("sources")]
    of_kind: dict[CitedKind, Iterable[str]] = {
        "document": documents, "chart": CHARTS, "figure": definitions(ledger),
    }  # fmt: skip
    names = {code: kind for kind, codes in of_kind.items() for code in codes}
    kind = names.get(name)
    if kind is None:
        raise unknown_name(
            message("There is nothing to cite under “{name}”.", name=name), nearest_names(name, names)
        )
    citation = cite_named(ledger, kind, name, language, address_of(kind, name))
    assert citation is not None
    return citation
