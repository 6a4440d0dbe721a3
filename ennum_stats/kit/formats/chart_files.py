"""What goes with the charts of a kit: their descriptions, whom to credit, and lines for the pages of others.

The lines show a picture with its description and a link, without frames and scripts. Where the publisher
named the address of the site, the picture comes from there: of the day of the kit for ever, or following the
figures; whoever pastes them chooses. Otherwise it is the file of the kit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.picture import picture_tag
from ennum_stats.drawing.primitives import Signature
from ennum_stats.drawing.theme import ON_PHONE, PHONE, PRESS, Size
from ennum_stats.errors import message
from ennum_stats.figures.figure import noticed
from ennum_stats.kit.edition import Edition

ALTS, CREDITS = "alt.txt", "credits.txt"
EMBED = ".embed.html"
FILE_SIZES: Mapping[str, Size] = {"": PRESS, ON_PHONE: PHONE}
"""The sizes in which a kit has each chart, by what their file names end with."""
PINNED = message("The chart as known on {day}")
LIVING = message("The chart that follows the figures")
DRAWN = message("Chart: {credit}.")
WITH_EVIDENCE = message("The chart with its evidence")


def write_chart_files(edition: Edition, charts: Iterable[Chart], folder: Path) -> None:
    """Write descriptions, credits and lines to paste beside the pictures of charts."""
    alts, lines = [], []
    for chart in charts:
        alts.append(f"{chart.name}\n{chart.alt}\n\n{chart.description}\n")
        lines.append(f"{chart.name}\n{chart.source_line} {_credit(edition)}\n")
        path = folder / edition.file_name(f"{chart.name}{EMBED}")
        path.write_text(embed_lines(edition, chart), "utf-8")
    head = noticed(edition.ledger, edition.language)
    for name, texts in ((ALTS, alts), (CREDITS, lines)):
        text = "\n".join([*([f"{head}\n"] if head else []), *texts])
        (folder / edition.file_name(name)).write_text(text, "utf-8")


def embed_lines(edition: Edition, chart: Chart) -> str:
    """Write the lines that show a chart on a page of others; both kinds, each below what it is."""
    site = edition.given("site_address").rstrip("/")
    pinned = edition.t(PINNED, day=edition.known_at)
    if not site:
        print_, phone = (edition.file_name(f"{chart.name}{ending}.png") for ending in FILE_SIZES)
        return _lines(edition, pinned, (print_, phone), "", chart.alt)
    day, language = edition.ledger.known_at.isoformat(), edition.language
    page, query = f"{site}/{language}/chart/{chart.name}", f"?known_at={day}"
    embedded = f"{site}/{language}/embed/chart/{chart.name}"
    picture, phone = f"{embedded}.svg", f"{embedded}{ON_PHONE}.svg"
    return "\n".join(
        (
            _lines(edition, pinned, (picture + query, phone + query), page + query, chart.alt),
            # It says no number, because it will show others.
            _lines(edition, edition.t(LIVING), (picture, phone), page, chart.subtitle),
        )
    )


def signature_of(edition: Edition) -> Signature:
    """Say who signs a picture that is seen alone: the publisher, whose the drawing is, and the first logo."""
    credit = edition.given("credit")
    lines = (edition.t(DRAWN, credit=credit) if credit else "", edition.given("licence"))
    logo = next(iter(edition.publisher.pictures.get("logo", ())), b"")
    return Signature(edition.publisher_name, " ".join(filter(None, lines)), logo)


def _lines(edition: Edition, what: str, pictures: tuple[str, str], page: str, alt: str) -> str:
    """Write the lines of a picture and its form for telephones; its documents stand in it, and not again below."""
    image, caption = picture_tag(*pictures, alt), noticed(edition.ledger, edition.language, _credit(edition))
    link = f' <a href="{escape(page)}">{escape(edition.t(WITH_EVIDENCE))}</a>' if page else ""
    return (
        f"<!-- {escape(what).replace('--', '–')} -->\n"
        f'<figure lang="{edition.language}" style="margin:0">\n{image}\n'
        f"<figcaption>{escape(caption)}{link}</figcaption>\n</figure>\n"
    )


def _credit(edition: Edition) -> str:
    """Say whose a drawing is, and under which licence."""
    credit = edition.given("credit") or edition.publisher_name
    return f"{edition.t(DRAWN, credit=credit)} {edition.given('licence')}".strip()
