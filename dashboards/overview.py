"""The overview: key figures, what changed since the last press kit, and how fresh all this is."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.address import View
from dashboards.blocks import Block, Cards, Link, Text
from dashboards.drawing import card, kit_day, picture, when
from dashboards.published import Edition
from ennum_stats.errors import message
from ennum_stats.figures.reports import changes
from ennum_stats.languages import plural, translate, translate_plural
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.winners import winners_rows
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger

KEY_FIGURES = message("Key figures")
FIXED_CARDS = (
    ("total_investment", ""),
    ("en_projects_2012_2019", "ecole_numerique"),
    ("en_budget_2012_2019", "ecole_numerique"),
    ("cyberclasse_coverage", "cyberclasse"),
    ("en_coverage", "ecole_numerique"),
    ("connectivity_progress", "connectivity"),
)
CHANGED = message("What changed since the press kit of {day}")
NOTHING_CHANGED = message("No figure is another one than in the press kit.")
ALL_CHANGES = message("All changes, with their documents")
FRESHNESS = message("How fresh is this?")
LAST_DOCUMENT = message("Last document: {title} ({day}).")
PUBLISHED_AT = message("These pages follow the store that was published on {moment}.")
NUMBERS = plural(
    "{n} published number, each with its document.",
    "{n} published numbers, each with its document.",
)
_CHANGES_SHOWN = 6


def overview(view: View, ledger: Ledger, edition: Edition) -> Iterator[Block]:
    """Key figures, two charts, changes and freshness."""
    cards = [card(view, ledger, name, programme) for name, programme in _cards(ledger)]
    yield Cards(cards, translate(KEY_FIGURES, view.language))
    yield picture(view, ledger, "winners_per_call")
    yield from _changed(view, ledger)
    yield picture(view, ledger, "budget_by_programme")
    yield _fresh(view, ledger, edition)


def _cards(ledger: Ledger) -> list[tuple[str, str]]:
    """The key figures of every day, and those of the last call whose winners are known."""
    known = [r for r in winners_rows(ledger).rows if isinstance(r.projects_awarded, Known)]
    found = [*FIXED_CARDS]
    if known:
        call = known[-1].call.lower()
        found[3:3] = [(f"{call}_projects", ECOLE_NUMERIQUE), (f"{call}_budget", ECOLE_NUMERIQUE)]
    return found


def _changed(view: View, ledger: Ledger) -> Iterator[Text]:
    kit = kit_day(ledger)
    if ledger.known_at <= kit.known_on:
        return
    language = view.language
    found = changes(ledger.known_on(kit.known_on), ledger)
    items = [change.sentence(language) for change in found[:_CHANGES_SHOWN]]
    address = view.address("documents", start=kit.known_on.isoformat()) + "#changes"
    yield Text(
        translate(CHANGED, language, day=when(kit, language)),
        () if items else (translate(NOTHING_CHANGED, language),),
        items,
        [Link(address, translate(ALL_CHANGES, language))] if items else (),
    )


def _fresh(view: View, ledger: Ledger, edition: Edition) -> Text:
    language = view.language
    observations = ledger.all_observations()
    paragraphs = []
    dated = [o.source for o in observations if o.source.published_on]
    if dated:
        last = dated[-1]
        paragraphs.append(
            translate(LAST_DOCUMENT, language, title=last.title, day=when(last, language))
        )
        paragraphs.append(translate_plural(*NUMBERS, len(observations), language))
    moment = edition.published.published_at[:16].replace("T", " ") + " UTC"
    paragraphs.append(translate(PUBLISHED_AT, language, moment=moment))
    return Text(translate(FRESHNESS, language), paragraphs)
