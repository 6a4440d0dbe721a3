"""How a reader cites what is shown: a line to copy, and the same for programs that keep references."""

from __future__ import annotations

import json

from dashboards.components.texts import copy_button
from dashboards.follow import public_address
from dashboards.reading import Reading
from ennum_stats.document.blocks import Folded, Paragraph, Text, Verbatim
from ennum_stats.errors import message
from ennum_stats.figures import Figure
from ennum_stats.figures.citation import Citation, CitedKind, cite, cite_document, cite_figure
from ennum_stats.store.answers import Source

CITE = message("Cite")


def figure_cited(reading: Reading, known: Figure) -> Folded:
    """Tell how a figure is cited as this view shows it."""
    return _folded(reading, cite_figure(known, reading.language, _address(reading)))


def title_cited(reading: Reading, kind: CitedKind, title: str) -> Folded:
    """Tell how a chart or a page is cited, by its title, as this view shows it."""
    page, address = reading.view.page, _address(reading)
    name = page.partition("/")[2] if kind == "chart" else page
    citation = cite(reading.ledger, kind, name, title, reading.language, address)
    return _folded(reading, citation)


def document_cited(reading: Reading, source: Source) -> Folded:
    """Tell how a document of others is cited."""
    return _folded(reading, cite_document(source))


def _address(reading: Reading) -> str:
    """Give the address that shows this view, as it is today, for ever."""
    return public_address(reading.view.address(known_at=reading.ledger.known_at.isoformat()))


def _folded(reading: Reading, citation: Citation) -> Folded:
    """Make a citation folded away: its line with a button that copies it, and what programs read."""
    line = citation.text(reading.language)
    words = line.removesuffix(citation.address).rstrip()
    address = citation.address or reading.view.address()
    copy = copy_button(reading, citation.title, words, address)
    csl = json.dumps([citation.csl()], ensure_ascii=False, indent=2)
    forms = (("BibTeX", citation.bibtex()), ("CSL-JSON", csl))
    return Folded(
        (reading.t(CITE),),
        (
            Paragraph((Text(line, citation.title_language), " ", copy)),
            *(Folded((name,), (Verbatim(text),)) for name, text in forms),
        ),
        style="citation",
    )
