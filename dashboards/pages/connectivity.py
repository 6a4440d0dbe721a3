"""Wi-Fi and equipment: what was done, planned and announced, and where documents disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components import cards, chart_figure, measure_table, table_section
from dashboards.components.evidence import published_numbers
from dashboards.filters import CHARTS
from dashboards.pages.documents import CONFLICT_HEADER, CONFLICTS
from dashboards.registry import Content, register_page
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import conflict_cells, known_conflicts
from ennum_stats.languages import translate_plural
from ennum_stats.vocabulary import PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

    from dashboards.reading import Reading
    from ennum_stats.errors import Message
    from ennum_stats.store.answers import Observation

CONNECTIVITY_TABLE = message("The pilot of internal connectivity")
EQUIPMENT_TABLE = message("Equipment on offer, by programme and call")
DONE = message("Wi-Fi: what was selected, installed and paid")
IN_PLAN = message("Wi-Fi: what the Region planned")
ANNOUNCED = message("Wi-Fi and equipment: what was announced or estimated, and by whom")
_CARDS = ("connectivity_progress", "connectivity_budget", "connectivity_cost_per_site")
_PROGRAMMES = ("connectivity", "plan_2022_2026")


def connectivity(reading: Reading) -> Content:
    """Cards and chart of the pilot, the numbers of the pilot and of the plan, then the lots of equipment."""
    yield cards(reading, [(name, "connectivity") for name in _CARDS])
    yield chart_figure(reading, "connectivity_progress")
    yield measure_table(reading, "connectivity", reading.t(CONNECTIVITY_TABLE))
    yield from _numbers(reading)
    yield from _conflicts(reading)
    yield chart_figure(reading, "equipment_lots")
    yield measure_table(reading, "equipment", reading.t(EQUIPMENT_TABLE))


def _numbers(reading: Reading) -> Iterator[Component]:
    """All published numbers of the pilot and of the plan, by how firm they are, the latest first."""
    groups: dict[str, tuple[Message, list[Observation]]] = {
        "done": (DONE, []), "planned": (IN_PLAN, []), "announced": (ANNOUNCED, []),
    }  # fmt: skip
    for one in reversed(reading.ledger.all_observations()):
        if one.programme in _PROGRAMMES:
            groups[_firmness(one)][1].append(one)
    for name, (title, found) in groups.items():
        yield from published_numbers(reading, name, title, found)


def _firmness(observation: Observation) -> str:
    """Done where it reached a stage other than a plan; planned where an official document plans it; else
    announced."""
    if observation.stage and observation.stage != PLANNED:
        return "done"
    return "planned" if observation.source.kind == "official" else "announced"


def _conflicts(reading: Reading) -> Iterator[Component]:
    """Where two documents say different things of the pilot or of the plan."""
    found = [one for one in known_conflicts(reading.ledger) if one.key.programme in _PROGRAMMES]
    if found:
        caption = translate_plural(*CONFLICTS, len(found), reading.language)
        rows = [conflict_cells(reading.ledger, one, reading.language) for one in found]
        header = [reading.t(text) for text in CONFLICT_HEADER]
        yield table_section(reading, "wifi-conflicts", caption, header, rows)


register_page(
    "connectivity", message("Connectivity and equipment"),
    message("How far Wi-Fi in schools is, what is planned and announced, and what equipment was on offer."),
    connectivity, filters=(CHARTS,), order=40,
)  # fmt: skip
