"""Where documents say different things of the same number: the side that is taken, and the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.tables import table_section
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import conflict_cells, known_conflicts
from ennum_stats.languages import plural, translate_plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash import html

    from dashboards.reading import Reading
    from ennum_stats.store.answers import Observation

CONFLICTS = plural(
    "{n} number on which documents disagree", "{n} numbers on which documents disagree"
)
HEADER = (message("Subject"), message("Conflict"), message("Taken"), message("Others"))


def conflicts_shown(
    reading: Reading, is_of: Callable[[Observation], bool] = lambda _: True
) -> Iterator[html.Section]:
    """The conflicts about the numbers of a page; nothing where its documents agree."""
    found = [one for one in known_conflicts(reading.ledger) if is_of(one.key)]
    if not found:
        return
    caption = translate_plural(*CONFLICTS, len(found), reading.language)
    header = [reading.t(text) for text in HEADER]
    rows = [conflict_cells(reading.ledger, one, reading.language) for one in found]
    yield table_section(reading, "conflicts", caption, header, rows)
