"""Where documents say different things of the same number: the side that is taken, and the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dashboards.components.tables import table_section
from dashboards.reading import Reading
from ennum_stats.document.blocks import Section
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import conflict_cells, known_conflicts
from ennum_stats.languages import plural, translate_plural
from ennum_stats.store.answers import Observation

CONFLICTS = plural("{n} number on which documents disagree", "{n} numbers on which documents disagree")
HEADER = (message("Subject"), message("Conflict"), message("Taken"), message("Others"))


def conflicts_shown(
    reading: Reading, is_of: Callable[[Observation], bool] = lambda _: True
) -> Iterator[Section]:
    """Give the conflicts about the numbers of a page; nothing where its documents agree."""
    shown = [item for item in known_conflicts(reading.ledger) if is_of(item.key)]
    if shown:
        caption = translate_plural(*CONFLICTS, len(shown), reading.language)
        rows = [conflict_cells(reading.ledger, item, reading.language) for item in shown]
        yield table_section("conflicts", caption, map(reading.t, HEADER), rows)
