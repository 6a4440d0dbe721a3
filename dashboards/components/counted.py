"""Charts that are counted school by school from lists and registers; without these, that they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboards.blocks import ChartFrame
from dashboards.components.charts import declared, drawn_figure
from dashboards.components.texts import section
from dashboards.reading import Reading
from ennum_stats.document.blocks import Section
from ennum_stats.errors import message
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.schools.completeness import incomplete
from ennum_stats.measures.schools.school_sites import has_borders, has_lists, rows_to_load
from ennum_stats.project import Audience

COUNTED_HEADING = message("School by school")
NOT_COUNTED = message(
    "Single schools are not counted here: on {day} no register or no list of them was known. How many "
    "schools of a commune or a province have had nothing is therefore not known: totals do not tell it."
)
NOT_COMPLETE = message(
    "What single schools, communes and provinces have had is not shown: on {day} lists of winners were "
    "missing or not complete. How many schools have had nothing is therefore not known. Lists awaited: "
    "{calls}."
)
LOADS = message("What the service that holds the lists can load:")
THEN_BUILD = message("Then: ennum build")
DOTS_NOTE = message("The map shows sites as dots, because no borders of the communes were imported.")
ALL_COMMUNES = message("All communes as a ranked table")


def counted_figures(reading: Reading, names: Sequence[str]) -> Iterator[ChartFrame | Section]:
    """Give the charts of these names; the service, and nobody else, is told what to load where it lacks."""
    drawn = [declared(reading, name) for name in names]
    if all(item.is_empty for item in drawn):
        yield not_counted(reading)
        return
    for item in drawn:
        is_all = item.kind == "map" and not (reading.chosen("share") or reading.chosen("province"))
        label = reading.t(ALL_COMMUNES) if is_all else ""
        yield drawn_figure(reading, item, table_label=label)
    if "coverage_map" in names and not has_borders(reading.ledger):
        yield _to_load(reading, [reading.t(DOTS_NOTE)])


def not_counted(reading: Reading) -> Section:
    """Tell why single schools are not counted; to the service also what to load."""
    ledger = reading.ledger
    lacking = [*incomplete(ledger, ECOLE_NUMERIQUE)] if has_lists(ledger) else []
    texts = NOT_COMPLETE if lacking else NOT_COUNTED
    return _to_load(reading, [reading.t(texts, day=ledger.known_at, calls=lacking)])


def _to_load(reading: Reading, texts: list[str]) -> Section:
    """Tell what is missing; to the service also each with its command, unless the day is only too early."""
    items = []
    if reading.ledger.audience is Audience.INTERNAL:
        items = [reading.t(text) for text in rows_to_load(reading.ledger)]
    if items:
        texts.append(reading.t(LOADS))
        items.append(reading.t(THEN_BUILD))
    return section(reading.t(COUNTED_HEADING), texts, items)
