"""Tell what of a page a kit would leave empty, so that its text goes on there.

A chart or a short table is never divided. Where it does not fit it stands at the head of the next page, and what
follows it in the text goes on before it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

TOP_CM, BOTTOM_CM = 2.7, 27.4
"""Where the text of a page begins and ends, from its upper edge."""
SPACINGS = (1.0, 0.9, 0.8)
"""The room between paragraphs, as a share of the usual, in the order in which they are tried."""
_MOST_EMPTY_CM = 2.5
"""What may be left of a page before a block that begins the next one: five lines."""
MOST_PAGES = 12
"""How many pages a kit has at most, where one of the spacings allows it; an annex may have more."""
_LEAST_FILLED_CM = 8.0
"""The last page has more than this, where one of the spacings allows it: a third of it."""


class End(NamedTuple):
    """Hold where a block ends: its key where it is never divided, its page, and how far below its upper edge."""

    key: str
    page: int
    y_cm: float


def first_to_float(ends: Sequence[End], floating: Collection[str]) -> str | None:
    """Name the first undivided block that leaves a page empty before it, or overtakes one that floats.

    >>> first_to_float([End("", 2, 15.0), End("chart:winners", 3, 12.0)], ())
    'chart:winners'
    """
    reached = 0
    for before, after in pairwise(ends):
        is_late = after.page > before.page and BOTTOM_CM - before.y_cm > _MOST_EMPTY_CM
        if after.key in floating:
            reached = after.page
        elif after.key and (is_late or after.page < reached):
            return after.key
    return None


def awkwardness(ends: Sequence[End], most_pages: float) -> tuple[bool, bool]:
    """Tell whether a document has too many pages, which is worse, and whether its last one has hardly anything."""
    last_page = max((end.page for end in ends), default=0)
    filled = max((end.y_cm for end in ends if end.page == last_page), default=BOTTOM_CM) - TOP_CM
    return last_page > most_pages, filled < _LEAST_FILLED_CM
