"""Winners call by call; by level or province where documents tell, and school by school where lists do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components import chart_figure, measure_table, section, table_section
from dashboards.components.counted import counted_figures
from dashboards.filters import CHARTS
from dashboards.registry import Content, register_page
from dashboards.view import Filter, Option
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.wording import words

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.reading import Reading
    from ennum_stats.store.ledger import Ledger

WINNERS_TABLE = message("All calls, with what follows from their numbers")
ALL_CALLS = message("all calls")
LEVELS = message("by level of education")
PROVINCES = message("by province")
BREAKDOWN_TABLE = message("Projects awarded {by}, where documents tell")
BREAKDOWN_NOTE = message(
    "Only what documents print. The parts of a call need not be all of it, and projects are not schools."
)
NO_BREAKDOWN = message("No document known on this day breaks the winners down in this way.")
CALL, PART, PROJECTS, SOURCE = (
    message("Call"),
    message("Part"),
    message("Projects"),
    message("Source"),
)


def _breakdowns(_ledger: Ledger, language: str) -> list[Option]:
    texts = {"call": ALL_CALLS, "level": LEVELS, "province": PROVINCES}
    return [Option(code, translate(text, language)) for code, text in texts.items()]


BREAKDOWN = Filter("by", message("Broken down"), _breakdowns)


def winners(reading: Reading) -> Content:
    """The breakdown chosen, charts of all calls, the measure as a table, and what lists tell."""
    breakdown = reading.choice("by")
    if breakdown:
        yield _breakdown(reading, breakdown)
        yield section(reading, paragraphs=[reading.t(BREAKDOWN_NOTE)])
    for name in ("winners_per_call", "mean_grant_per_call"):
        yield chart_figure(reading, name)
    yield measure_table(reading, "winners", reading.t(WINNERS_TABLE))
    yield from counted_figures(
        reading, ("repeat_winners", "winners_by_province", "winners_by_network")
    )


def _breakdown(reading: Reading, dimension: str) -> Component:
    """Projects awarded by level or province: a row a number that a document prints."""
    ledger, language = reading.ledger, reading.language
    rows = []
    for observation in ledger.all_observations():
        code = getattr(observation, dimension)
        if observation.measure != "projects_awarded" or not observation.call or not code:
            continue
        if observation.quantity is not None:
            name = ledger.name(f"codelists.{dimension}", code, language)
            if observation.component:
                part = ledger.name("codelists.component", observation.component, language)
                name = f"{name} ({part})"
            number = words(observation.quantity, language)
            rows.append([observation.call, name, number, observation.source.title])
    by = {"level": LEVELS, "province": PROVINCES}[dimension]
    caption = reading.t(BREAKDOWN_TABLE, by=by)
    if not rows:
        return section(reading, caption, [reading.t(NO_BREAKDOWN)])
    header = [reading.t(text) for text in (CALL, PART, PROJECTS, SOURCE)]
    return table_section(
        reading, f"by-{dimension}", caption, header, rows, foreign={3}, numeric={2}
    )


register_page(
    "winners", message("Winners"),
    message("Who won: projects submitted and awarded, call by call."),
    winners, filters=(BREAKDOWN, CHARTS), order=20,
)  # fmt: skip
