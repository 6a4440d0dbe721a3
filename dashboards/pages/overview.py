"""The overview: key figures, what changed since the last press kit, and how fresh all this is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboards.components import cards, chart_figure, page_link, section
from dashboards.filters import CHARTS
from dashboards.key_figures import kit_day, service_name, when
from dashboards.registry import Content, register_page
from ennum_stats.errors import message
from ennum_stats.figures.reports import changes
from ennum_stats.languages import plural, translate_plural
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.winners import winners_rows
from ennum_stats.store.answers import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

    from dashboards.reading import Reading
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
PUBLISHED_AT = message("These pages follow the store that was published on {day} at {time}.")
SERVICE = message("Responsible: {service}.")
NUMBERS = plural(
    "{n} published number, each with its document.",
    "{n} published numbers, each with its document.",
)
_CHANGES_SHOWN = 6
_HERE = ZoneInfo("Europe/Brussels")
"""Where the readers are, wherever the server is."""


def overview(reading: Reading) -> Content:
    """Key figures, two charts, changes and freshness."""
    yield cards(reading, _cards(reading.ledger), reading.t(KEY_FIGURES))
    yield chart_figure(reading, "winners_per_call")
    yield from _changed(reading)
    yield chart_figure(reading, "budget_by_programme")
    yield _fresh(reading)


def _cards(ledger: Ledger) -> list[tuple[str, str]]:
    """The key figures of every day, and those of the last call whose winners are known."""
    known = [r for r in winners_rows(ledger).rows if isinstance(r.projects_awarded, Known)]
    found = [*FIXED_CARDS]
    if known:
        call = known[-1].call.lower()
        found[3:3] = [(f"{call}_projects", ECOLE_NUMERIQUE), (f"{call}_budget", ECOLE_NUMERIQUE)]
    return found


def _changed(reading: Reading) -> Iterator[Component]:
    ledger = reading.ledger
    kit = kit_day(ledger)
    if ledger.known_at <= kit.known_on:
        return
    found = changes(ledger.known_on(kit.known_on), ledger)
    items = [change.sentence(reading.language) for change in found[:_CHANGES_SHOWN]]
    address = reading.view.address("documents", start=kit.known_on.isoformat()) + "#changes"
    yield section(
        reading,
        reading.t(CHANGED, day=when(kit, reading.language)),
        () if items else (reading.t(NOTHING_CHANGED),),
        items,
        [page_link(address, reading.t(ALL_CHANGES))] if items else (),
    )


def _fresh(reading: Reading) -> Component:
    language = reading.language
    observations = reading.ledger.all_observations()
    paragraphs = []
    dated = [o.source for o in observations if o.source.published_on]
    if dated:
        last = dated[-1]
        paragraphs.append(reading.t(LAST_DOCUMENT, title=last.title, day=when(last, language)))
        paragraphs.append(translate_plural(*NUMBERS, len(observations), language))
    moment = datetime.fromisoformat(reading.edition.published.published_at).astimezone(_HERE)
    told = reading.t(PUBLISHED_AT, day=moment.date(), time=f"{moment:%H:%M}")
    paragraphs += [told, reading.t(SERVICE, service=service_name(reading))]
    return section(reading, reading.t(FRESHNESS), paragraphs)


register_page(
    "", message("Overview"),
    message("Where twenty years of digital equipment of the schools of Wallonia stand."),
    overview, filters=(CHARTS,), order=0,
)  # fmt: skip
