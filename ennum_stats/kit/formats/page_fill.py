"""Tell how much of a page is left empty, so that a kit can be set in the spacing that fills its pages.

A chart or a short table is never divided: where it does not fit, it begins the next page, and what is left of
the one before stays empty. A little more or less room between paragraphs changes what fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

TOP_CM, BOTTOM_CM = 2.7, 27.4
"""Where the text of a page begins and ends, from its upper edge."""
SPACINGS = ("1", "0.9", "0.8", "0.85", "0.95", "1.1", "0.75")
"""The room between paragraphs, as a share of the usual, in the order in which they are tried."""
MOST_EMPTY = 0.32
"""How much of a page is left empty at most, where one of the spacings allows it: less than a third."""
MOST_PAGES = 12
"""How many pages a kit has at most, where one of the spacings allows it; an annex may have more."""
_LEAST_FILLED = 0.12
"""The last page has more than this: not a single line or row."""
_ALONE = 1.0


class EndKind(StrEnum):
    """Say how a block of the text takes its place on a page."""

    DIVIDED = "divided"
    """It goes on on the next page where it does not fit."""
    WHOLE = "whole"


class End(NamedTuple):
    """Hold where a block ends: its kind, its page, and how far below the upper edge of that."""

    kind: EndKind
    page: int
    y_cm: float


def emptiness(ends: Sequence[End]) -> float:
    """Give the greatest share of a page that is left empty, or one where the last page has hardly anything."""
    is_alone = any((end.y_cm - TOP_CM) / (BOTTOM_CM - TOP_CM) < _LEAST_FILLED for end in ends[-1:])
    return max((*_gaps(ends), _ALONE * is_alone), default=0.0)


def _gaps(ends: Iterable[End]) -> Iterable[float]:
    """Give what is left of each page before a block that began the next one because it did not fit."""
    for before, after in pairwise(ends):
        if after.page > before.page and after.kind is EndKind.WHOLE:
            yield (BOTTOM_CM - before.y_cm) / (BOTTOM_CM - TOP_CM)
