"""What figures, measures and stores share where a notebook shows them: HTML in French.

Every text is escaped; there is no style sheet and no script, so that it also prints and exports.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

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


def known_at_words(ledger: Ledger) -> str:
    """The day known at, in words."""
    return f"{translate('Known at', LANGUAGE)} {day(ledger.known_at, LANGUAGE)}"
