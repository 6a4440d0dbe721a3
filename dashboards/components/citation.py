"""How a reader cites what is shown: a line to copy, and the same for programs that keep references."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.texts import copy_button
from dashboards.follow import public_address
from ennum_stats.errors import message
from ennum_stats.figures.citation import CitedKind, cite, cite_document, cite_figure

if TYPE_CHECKING:
    from dashboards.reading import Reading
    from ennum_stats.figures import Figure
    from ennum_stats.figures.citation import Citation
    from ennum_stats.store.answers import Source

CITE = message("Cite")


def figure_cited(reading: Reading, found: Figure) -> html.Details:
    """How a figure is cited as this view shows it."""
    return _shown(reading, cite_figure(found, reading.language, _address(reading)))


def title_cited(reading: Reading, kind: CitedKind, title: str) -> html.Details:
    """How a chart or a page is cited, by its title, as this view shows it."""
    page, address = reading.view.page, _address(reading)
    name = page.partition("/")[2] if kind == "chart" else page
    found = cite(reading.ledger, kind, name, title, reading.language, address)
    return _shown(reading, found)


def document_cited(reading: Reading, source: Source) -> html.Details:
    """How a document of others is cited."""
    return _shown(reading, cite_document(source))


def _address(reading: Reading) -> str:
    """The address that shows this view, as it is today, for ever."""
    return public_address(reading.view.address(known_at=reading.ledger.known_at.isoformat()))


def _shown(reading: Reading, found: Citation) -> html.Details:
    """A citation folded away: its line with a button that copies it, and what programs read."""
    line = found.text(reading.language)
    words = line.removesuffix(found.address).rstrip()
    is_foreign = found.title_language != reading.language
    told: dict[str, Any] = {"lang": found.title_language} if is_foreign else {}
    copy = copy_button(reading, found.title, words, found.address or reading.view.address())
    csl = json.dumps([found.csl()], ensure_ascii=False, indent=2)
    forms = [("BibTeX", found.bibtex()), ("CSL-JSON", csl)]
    return html.Details(
        [
            html.Summary(reading.t(CITE)),
            html.P([html.Span(line, **told), " ", copy]),
            *(html.Details([html.Summary(name), html.Pre(text)]) for name, text in forms),
        ],
        className="citation",
    )  # fmt: skip
