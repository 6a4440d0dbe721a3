"""The evidence of one figure, under a stable address."""

from __future__ import annotations

from collections.abc import Iterator

from flask import g

from dashboards.blocks import LargeNumber, Trail
from dashboards.components import copy_button, section
from dashboards.components.citation import figure_cited
from dashboards.components.comparing import compare_link
from dashboards.components.evidence import RESTS_ON, lists_counted, parts_summed, published_numbers
from dashboards.components.sparks import bounds_over_time
from dashboards.components.texts import feed_link
from dashboards.filters import WITH_EVIDENCE
from dashboards.follow import figure_feed, has_feeds
from dashboards.key_figures import key_figure_of
from dashboards.pages.budgets import ALL_BUDGETS, NAMES
from dashboards.pages.proof import statements_with, way_of
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.document.blocks import Bullets, Heading, Illustration, Paragraph, Section
from ennum_stats.errors import message
from ennum_stats.figures import Figure, figure
from ennum_stats.figures.reports import claim_words
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.store.answers import Known
from ennum_stats.typography import colon
from ennum_stats.vocabulary import UNITS

FORMULA = message("Formula")
CAVEATS = message("To know beside it")
ARRIVED = message("What was known of it, as documents arrived")
SINCE = message("Since {day}: {text}")
DISAGREEING = message("Documents that say something else")
NO_NUMBERS = message("No document known on this day gives it.")


def name_of(reading: Reading) -> str:
    """Tell what stands in the address after the page's folder."""
    return reading.view.page.partition("/")[2]


def heading(reading: Reading) -> str:
    """Give the figure's label. Raises `UnknownName`."""
    return figure(reading.ledger, name_of(reading)).label(reading.language)


def evidence(reading: Reading) -> Content:
    """Show a figure: its words, formula, caveats, the numbers it rests on, and those that disagree."""
    language, name = reading.language, name_of(reading)
    known = figure(reading.ledger, name, reading.prices)
    if UNITS[known.unit.split("/")[0]].is_money and not reading.view.place:
        yield _trail(reading, name)
    yield _stated(reading, name)
    yield from _as_documents_arrived(reading, name)
    paragraphs = [f"{reading.t(FORMULA)}{colon(language)} {known.formula(language)}"]
    if claim := claim_words(known, language):
        paragraphs.append(claim)
    yield section(paragraphs=paragraphs)
    caveats = known.caveats(language)
    if caveats:
        yield section(reading.t(CAVEATS), items=caveats)
    if not known.observations and not known.lists:
        yield section(reading.t(RESTS_ON), [reading.t(NO_NUMBERS)])
    if isinstance(known.answer, Known):
        yield from parts_summed(reading, known.answer)
    forms = ("csv", "xlsx", "svg", "png")
    yield from published_numbers(reading, f"figure/{name}", RESTS_ON, known.observations, forms)
    yield from lists_counted(reading, [item.list for item in known.lists])
    if isinstance(known.answer, Known):
        yield from published_numbers(reading, "conflicts", DISAGREEING, known.answer.conflicts)
    yield from statements_with(reading, name)
    yield from way_of(reading, known)
    yield figure_cited(reading, known)


def _trail(reading: Reading, name: str) -> Trail:
    """Give the way from all budgets to the figure of an amount: through its call, or its item of
    Cyberclasse."""
    ledger, prices = reading.ledger, reading.choice("prices")
    is_of_call = any(name.startswith(f"{call.call.lower()}_") for call in ledger.calls)
    is_item = name.startswith("cyberclasse_") and name != "cyberclasse_budget"
    above = [(reading.t(ALL_BUDGETS), reading.view.address("budgets", prices=prices))]
    if by := "call" if is_of_call else "component" if is_item else "":
        address = reading.view.address("budgets", by=by, prices=prices)
        above.append((reading.t(NAMES[by]), address))
    return Trail(tuple(above), figure(ledger, name).label(reading.language))


def _as_documents_arrived(reading: Reading, name: str) -> Iterator[Section]:
    """Draw what was known of a figure from each day on which that changed; not before the past was read once, which
    takes seconds, nor at prices whose index was not known then."""
    ledger, news = reading.ledger, reading.edition.news()
    if not news.is_read:
        g.is_passing = True  # an answer without it is kept until then
        return
    if reading.prices != NOMINAL:
        return
    changed = {
        item.day for item in news.of_figure(name, len(ledger.days_known())) if item.page == f"figure/{name}"
    }
    steps: list[Figure] = []
    for day in sorted({ledger.days_known()[0], *changed}):
        known = figure(ledger.known_on(day), name) if day <= ledger.known_at else None
        if known and known.quantity and not (steps and steps[-1].quantity == known.quantity):
            steps.append(known)
    if not steps:
        return
    heading, language = reading.t(ARRIVED), reading.language
    items = tuple((reading.t(SINCE, day=each.known_at, text=each.full_text(language)),) for each in steps)
    drawn = bounds_over_time(
        [(each.known_at, each.quantity) for each in steps if each.quantity], ledger.known_at, heading
    )
    yield Section((Heading(2, (heading,)), Illustration(drawn, heading, "years"), Bullets(items)), "text")


def _stated(reading: Reading, name: str) -> Section:
    """Give the number with its unit and precision, its change since the press kit, a button that copies it,
    its feed."""
    shown = key_figure_of(reading.view, reading.ledger, name)
    small = " · ".join(filter(None, (shown.basis, shown.change, shown.source)))
    feed = figure_feed(reading, name) if has_feeds(reading) else None
    copy = copy_button(reading, shown.label, shown.copied, reading.view.address(f"figure/{name}"))
    then = compare_link(reading, "day", name, shown.label)
    unit = f"{shown.unit} {shown.precision}".strip()
    number = LargeNumber(shown.number, unit, f"figure/{name}", shown.label)
    return Section(
        (
            Paragraph((number,), "number worded" if shown.is_worded else "number"),
            Paragraph((small, " ", copy, " ", then, *feed_link(reading, feed)), "change"),
        ),
        "stated",
    )


register_page(
    "figure/<name>", message("The evidence of a figure"),
    message("How this number is computed, and the documents it rests on."),
    evidence, filters=WITH_EVIDENCE, heading=heading,
)  # fmt: skip
