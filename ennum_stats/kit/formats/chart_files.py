"""What goes with the charts of a kit: their descriptions, whom to credit, and lines for the pages of others.

The lines show a picture with its description and a link, without frames and scripts. Where the publisher
named the address of the site, the picture comes from there: of the day of the kit for ever, or following the
figures; whoever pastes them chooses. Otherwise it is the file of the kit.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.theme import PRESS
from ennum_stats.errors import message
from ennum_stats.figures.figure import noticed
from ennum_stats.kit.edition import Edition

ALTS, CREDITS = "alt.txt", "credits.txt"
EMBED = ".embed.html"
PINNED = message("The chart as known on {day}")
LIVING = message("The chart that follows the figures")
WITH_EVIDENCE = message("The chart with its evidence")


def write_chart_files(edition: Edition, charts: Iterable[Chart], folder: Path) -> None:
    """Write descriptions, credits and lines to paste beside the pictures of charts."""
    alts, lines = [], []
    for chart in charts:
        alts.append(f"{chart.name}\n{chart.alt}\n")
        lines.append(f"{chart.name}\n{_credit(edition, chart)}\n")
        path = folder / edition.file_name(f"{chart.name}{EMBED}")
        path.write_text(embed_lines(edition, chart), "utf-8")
    head = noticed(edition.ledger, edition.language)
    for name, texts in ((ALTS, alts), (CREDITS, lines)):
        text = "\n".join([*([f"{head}\n"] if head else []), *texts])
        (folder / edition.file_name(name)).write_text(text, "utf-8")


def embed_lines(edition: Edition, chart: Chart) -> str:
    """Write the lines that show a chart on a page of others; both kinds, each below what it is."""
    site = edition.given("site_address").rstrip("/")
    pinned = edition.t(PINNED.text, day=edition.known_at)
    now = {"alt": chart.alt, "caption": _credit(edition, chart)}
    if not site:
        return _lines(edition, pinned, edition.file_name(f"{chart.name}.png"), "", **now)
    day, language = edition.ledger.known_at.isoformat(), edition.language
    picture, page = (
        f"{site}/{language}/embed/chart/{chart.name}.svg",
        f"{site}/{language}/chart/{chart.name}",
    )
    query = f"?known_at={day}"
    return "\n".join(
        (
            _lines(edition, pinned, picture + query, page + query, **now),
            _lines(  # which says no number, because it will show others
                edition,
                edition.t(LIVING.text),
                picture,
                page,
                alt=chart.subtitle,
                caption=_credit(edition, None),
            ),
        )
    )


def _lines(edition: Edition, what: str, picture: str, page: str, *, alt: str, caption: str) -> str:
    image = (
        f'<img src="{escape(picture)}" alt="{escape(alt)}" width="{PRESS.width}" '
        f'height="{PRESS.height}" loading="lazy" style="max-width:100%;height:auto">'
    )
    link = f' <a href="{escape(page)}">{escape(edition.t(WITH_EVIDENCE.text))}</a>' if page else ""
    return (
        f"<!-- {escape(what).replace('--', '–')} -->\n"
        f'<figure lang="{edition.language}" style="margin:0">\n{image}\n'
        f"<figcaption>{escape(caption)}{link}</figcaption>\n</figure>\n"
    )


def _credit(edition: Edition, chart: Chart | None) -> str:
    """Say where the numbers come from, whose the drawing is, and under which licence."""
    credit = edition.given("credit") or edition.publisher_name
    drawn = edition.t("Chart: {credit}.", credit=credit)
    documents = chart.source_line if chart else ""
    return " ".join(part for part in (documents, drawn, edition.given("licence")) if part)
