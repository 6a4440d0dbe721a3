"""Figures and measures as a notebook shows them: HTML with words, bounds and documents, in French.

Every text is escaped; there is no style sheet and no script, so that it also prints and exports.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ennum_stats.figures.resolving import Figure
from ennum_stats.languages import day, translate
from ennum_stats.store.opening import Ledger

LANGUAGE = "fr"
"""The readers' language; every text can be had in the others by `.text("en")` and the like."""


def table_html(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """A plain HTML table."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def figure_html(figure: Figure) -> str:
    """The number in words, what it is, how it is computed, its documents and what a reader must know."""
    documents = ""
    for source in {o.source.source_id: o.source for o in figure.observations}.values():
        documents += f"<li>{escape(source.title)}</li>"
    caveats = "".join(f"<p>{escape(text)}</p>" for text in figure.caveats(LANGUAGE))
    formula = f"{translate('Formula', LANGUAGE)}\u00a0: {figure.formula(LANGUAGE)}"
    return (
        f"<div><p><strong>{escape(figure.text(LANGUAGE))}</strong><br>"
        f"{escape(figure.label(LANGUAGE))} ({escape(known_at_words(figure.ledger))})</p>"
        f"<p>{escape(formula)}</p>{caveats}<ul>{documents}</ul></div>"
    )


def figures_html(figures: Sequence[Figure]) -> str:
    """Figures in a table: name, words, label and the number of documents that disagree."""
    header = [translate(text, LANGUAGE) for text in ("Name", "Figure", "What", "Others")]
    rows = [
        [f.name, f.text(LANGUAGE), f.label(LANGUAGE), str(len(f.answer.conflicts) or "–")]
        for f in figures
    ]
    return table_html(header, rows, known_at_words(figures[0].ledger) if figures else "")


def known_at_words(ledger: Ledger) -> str:
    """The day known at, in words."""
    return f"{translate('Known at', LANGUAGE)} {day(ledger.known_at, LANGUAGE)}"
