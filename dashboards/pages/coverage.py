"""How many school sites each programme has reached, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components import chart_figure, downloads, section, table_section
from dashboards.components.counted import counted_figures
from dashboards.filters import CHARTS
from dashboards.registry import Content, register_page
from dashboards.view import Filter, Option
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.coverage import coverage_rows
from ennum_stats.measures.coverage_facts import DEFAULT_UNIVERSE, REGISTER
from ennum_stats.measures.labels import worded_rows
from ennum_stats.measures.school_sites import is_counted
from ennum_stats.store.answers import Known

if TYPE_CHECKING:
    from dashboards.reading import Reading
    from ennum_stats.store.ledger import Ledger

ALL_UNIVERSES = message("all sets of reference")
IN_REGISTER = message("School sites of the register")
COVERAGE_TABLE = message("Coverage by programme and set of reference")
ASSUMED = message("What is assumed")
INTERVAL_NOTE = message(
    "Where only bounds are known the band runs from one to the other, and no value is given in it."
)


def _universes(ledger: Ledger, language: str) -> list[Option]:
    rows = ledger.records("universes", order="counted DESC, universe")
    named = [Option(row["universe"], row[f"name_{language}"]) for row in rows]
    named.sort(key=lambda option: option.value != DEFAULT_UNIVERSE)
    if is_counted(ledger):
        named.append(Option(REGISTER, translate(IN_REGISTER, language)))
    return [*named, Option("all", translate(ALL_UNIVERSES, language))]


UNIVERSE = Filter("universe", message("Set of reference"), _universes)


def coverage(reading: Reading) -> Content:
    """Coverage by programme on a set of reference, with its assumptions, and the map."""
    universe = reading.choice("universe") or DEFAULT_UNIVERSE
    yield chart_figure(reading, "coverage_by_programme")
    yield chart_figure(reading, "coverage_over_time")
    found = coverage_rows(reading.ledger, None if universe == "all" else universe)
    header, rows = worded_rows(reading.ledger, found, reading.language)
    caption = reading.t(COVERAGE_TABLE)
    files = downloads(reading, "table/coverage", ("csv", "xlsx"), caption, universe=universe)
    yield table_section(reading, "coverage-table", caption, header, rows, files=files)
    known = [row for row in found.rows if isinstance(row.share, Known)]
    assumed = dict.fromkeys(reading.t(text) for row in known for text in row.assumptions)
    yield section(reading, reading.t(ASSUMED), [reading.t(INTERVAL_NOTE)], [*assumed])
    yield from counted_figures(reading, ("coverage_map",))


register_page(
    "coverage", message("Coverage"),
    message("How many of the school sites each programme has reached, and how sure that is."),
    coverage, filters=(UNIVERSE, CHARTS), order=30,
)  # fmt: skip
